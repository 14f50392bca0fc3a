"""The person whose name closes a source phrase, behind an office that the tree reads as another's.

In: the words of a source and the mentions in it. Out: the place of the mention of the name. Parsers
hang a name on the nearest noun: "the secretary of justice | Ann Roe", "the chief of police |
General Ann Roe", "Roads and Bridges Minister | Ann Roe".
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.language.lexicon import Lexicon
from quotes.records import Sentence
from quotes.speakers.mentions import Mention
from quotes.speakers.role_phrases import COMMAS, OPENING, describes_person
from quotes.text.folding import fold_word

Numbered = Sequence[tuple[int, Mention]]


def is_of_titled(sentence: Sentence, end: int, name: Mention, lexicon: Lexicon) -> bool:
    """Return True for a name with a title of its own in the complement of a noun phrase.

    "The nephew of the author Ann Roe", whose phrase ends at `end`: the author is called so.
    """
    between = sentence.words[end : name.title]
    return (
        bool(between)
        and between[0].upos == "ADP"
        and not any(word.upos == "PUNCT" for word in between)
        and describes_person(between[-1], lexicon)
    )


def holder_behind_complement(
    sentence: Sentence, head: int, base: int, last: int, inside: Numbered, lexicon: Lexicon
) -> int | None:
    """Return the name behind the complement of an office: "secretary of justice | Ann Roe".

    The complement is that of a body ("of"), and a noun or an adjective of it, no preposition,
    stands before the name and its titles: "a spokesman for President Roe", "the wife of Mayor
    Roe" and "the driver of singer Ann Roe" are not called Roe.
    """
    words = sentence.words
    if (
        not lexicon.is_role(fold_word(words[head].form))
        or fold_word(words[head].form) in lexicon.spokespeople
        or base >= last
        or fold_word(words[base].form) not in lexicon.organization_prepositions
    ):
        return None
    found = _closing_person(sentence, last, inside)
    if found is None or words[found[1].title - 1].upos not in ("NOUN", "PROPN", "ADJ"):
        return None
    if is_of_titled(sentence, base, found[1], lexicon):
        return None
    between = range(base + 1, found[1].title)
    names = any(m.form == "name" and m.kind == "person" and m.start in between for _, m in inside)
    parts = any(words[i].form in COMMAS | OPENING for i in between)
    return None if not between or names or parts else found[0]


def holder_behind_fields(
    sentence: Sentence, first: int, last: int, inside: Numbered, lexicon: Lexicon
) -> int | None:
    """Return the name of who holds an office of two fields: "Roads and Bridges Minister | Roe".

    Not "the council and Mayor Roe", "Oslo and Norwegian Minister Roe", which are two speakers.
    """
    words = sentence.words
    found = _closing_person(sentence, last, inside)
    if found is None:
        return None
    office = found[1].start - 1
    joint = next((i for i in range(first + 1, office) if words[i].upos == "CCONJ"), None)
    if joint is None or not lexicon.is_role(fold_word(words[office].form)):
        return None
    before, fields = words[first:joint], words[joint + 1 : office]
    if any(
        word.upos not in ("NOUN", "PROPN", "ADJ") or lexicon.is_role(fold_word(word.lemma))
        for word in (*before, *fields)
    ):
        return None
    forms = [fold_word(word.form) for word in fields]
    demonymic = all(form in lexicon.demonyms or form in lexicon.places for form in forms)
    return None if demonymic else found[0]


def _closing_person(sentence: Sentence, last: int, inside: Numbered) -> tuple[int, Mention] | None:
    """Return the name of a person that ends a source, or stands before a comma in it."""
    words = sentence.words
    people = [(i, m) for i, m in inside if m.form == "name" and m.entity == "PER" and m.title > 0]
    first = min(people, key=lambda pair: pair[1].start, default=None)
    if first is None:
        return None
    end = first[1].end
    return first if end >= last or words[end].form in COMMAS | OPENING else None
