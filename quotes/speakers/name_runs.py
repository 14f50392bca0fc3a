"""Runs of words that may be one name: capitalised words, and the small words between them.

In: a `Sentence` and the names that the tagger found, by their words. Out: runs, as ranges of words,
in text order. A run may hold several names, with titles: `name_spans` takes it apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from quotes.language.lexicon import Lexicon
from quotes.records import EntityMention, Sentence, Word
from quotes.speakers.given_names import (
    behind_nickname,
    glued,
    is_first_name_of_calendar,
    small_half,
)
from quotes.speakers.headlines import is_headline
from quotes.speakers.office_names import (
    fields_end,
    kind_at,
)
from quotes.text.folding import fold_word

NAME_TAGS = frozenset({"PROPN"})
INNER_STOPS = frozenset({"PUNCT", "CCONJ", "VERB", "AUX", "PART"})  # they end a name all the same
# Capitalised inside a sentence, these are part of a name ("Foreign Ministry").
LOOSE_TAGS = frozenset({"PROPN", "NOUN", "ADJ", "X"})


def name_runs(
    sentence: Sentence,
    tagged: Mapping[int, EntityMention],
    lexicon: Lexicon,
    *,
    known: frozenset[str],
) -> Iterator[tuple[int, int]]:
    """Yield the longest runs of name words and the small words between them.

    `tagged` are the names of the tagger by their words, `known` words that are names elsewhere.
    """
    loud = is_headline(sentence)
    capital = [
        _is_name_word(sentence, index, tagged, lexicon, loud=loud, known=known)
        for index in range(len(sentence.words))
    ]
    index, size = 0, len(sentence.words)
    while index < size:
        if not capital[index] and not _opens_with_particle(sentence, index, capital, lexicon):
            index += 1
            continue
        start, end = index, index + 1
        while (longer := _extend(sentence, end, capital, tagged, lexicon)) > end:
            end = longer
        end = fields_end(sentence, start, end, capital, tagged, lexicon)
        yield start, end
        index = end


def _is_name_word(
    sentence: Sentence,
    index: int,
    tagged: Mapping[int, EntityMention],
    lexicon: Lexicon,
    *,
    loud: bool,
    known: frozenset[str],
) -> bool:
    word = sentence.words[index]
    low = fold_word(word.form)
    if not word.form[:1].isupper():
        return False
    if lexicon.is_pronoun(word.form, word.upos):
        return word.form in known and not opens_sentence(sentence, index)
    if word.form in lexicon.calendar and kind_at(tagged, index) != "PER":
        return is_first_name_of_calendar(sentence, index, tagged, lexicon)
    if word.upos in NAME_TAGS or lexicon.is_honorific(word.form):
        return low not in lexicon.determiners or index in tagged
    if index in tagged:
        return (
            word.upos not in ("DET", "ADP", "PUNCT", "PRON", "AUX", "CCONJ", "SCONJ")
            and low not in lexicon.determiners
        )
    if word.form in known and word.upos in (*LOOSE_TAGS, "VERB", "INTJ"):
        return True
    return not loud and not opens_sentence(sentence, index) and word.upos in LOOSE_TAGS


def _opens_with_particle(
    sentence: Sentence, index: int, capital: list[bool], lexicon: Lexicon
) -> bool:
    """Return True if a lower-case particle opens a name: "de Blasio", "al-Assad"."""
    word = sentence.words[index]
    if fold_word(word.form) not in lexicon.particles or index + 1 >= len(capital):
        return False
    hyphen = (
        sentence.words[index + 1].form == "-" and index + 2 < len(capital) and capital[index + 2]
    )
    return bool(hyphen) or (word.upos == "PROPN" and capital[index + 1])


def _extend(
    sentence: Sentence,
    end: int,
    capital: list[bool],
    tagged: Mapping[int, EntityMention],
    lexicon: Lexicon,
) -> int:
    """Return the end of the run that ends at `end` when what belongs to it is added once."""
    words, size = sentence.words, len(capital)
    if end >= size:
        return end
    if capital[end]:
        return end + 1
    behind = behind_nickname(sentence, end, capital, tagged)
    if behind:
        return behind
    region = _region_end(sentence, end, capital, tagged)
    if region > end:
        return region
    small = small_half(sentence, end, tagged)
    if small:
        return end + small
    after = next((i for i in range(end, min(end + 4, size)) if capital[i]), None)
    if after is None:
        return end
    if _inside_organization(range(end - 1, after + 1), words, tagged):
        return after + 1
    between = [fold_word(word.form) for word in words[end:after]]
    if between in (["-"], ["–"]) and glued(sentence, end) and glued(sentence, after):
        return after + 1
    suffix = fold_word(words[after].form) in lexicon.suffixes
    if (
        between in ([","], [", "])
        and suffix
        and not lexicon.is_abbreviated_office(words[after].form)
    ):
        return after + 1
    if (
        all(w in lexicon.particles or w == "-" for w in between)
        and between[0] != "-"
        and _before_is_person(words, end, lexicon)
    ):
        return after + 1
    title = long_title_end(sentence, end - 1, lexicon)
    if title > end:
        return title
    if (
        len(between) <= 2
        and all(w in lexicon.connectors for w in between)
        and _joins_organization(sentence, end, after, tagged, lexicon)
    ):
        return after + 1
    return end


def _region_end(
    sentence: Sentence, end: int, capital: list[bool], tagged: Mapping[int, EntityMention]
) -> int:
    """Return the end of the region behind a place and a comma in a compound, or `end`.

    "Oslo | , Norway | -based singer": one place, which describes the singer; not "in Oslo,
    Norway-based singer".
    """
    words, at, start = sentence.words, end + 1, end - 1
    while start > 0 and capital[start - 1]:
        start -= 1
    if (
        words[end].form != ","
        or kind_at(tagged, end - 1) != "LOC"
        or (start > 0 and words[start - 1].upos == "ADP")
    ):
        return end
    while at < len(capital) and capital[at] and kind_at(tagged, at) == "LOC":
        at += 1
    compound = (
        at > end + 1
        and at + 1 < len(words)
        and words[at].form == "-"
        and glued(sentence, at)
        and glued(sentence, at + 1)
        and words[at + 1].form.islower()
    )
    return at if compound else end


def _inside_organization(
    places: range, words: Sequence[Word], tagged: Mapping[int, EntityMention]
) -> bool:
    """Return True if the tagger sees the words as one organization: "Freedom | Under | Law"."""
    whole = tagged.get(places[0])
    return (
        whole is not None
        and whole.kind == "ORG"
        and all(
            tagged.get(i) is whole
            and (words[i].upos not in INNER_STOPS or _is_plural_possessive(words, i))
            for i in places
        )
    )


def _is_plural_possessive(words: Sequence[Word], index: int) -> bool:
    """Return True for the apostrophe of many, for whom an organization is: "Owners | ' Union"."""
    if words[index].upos != "PART" or index == 0:
        return False
    owner = words[index - 1]
    return owner.xpos in ("NNS", "NNPS") or owner.feat("Number") == "Plur"


def _before_is_person(words: tuple[Word, ...], end: int, lexicon: Lexicon) -> bool:
    form = fold_word(words[end - 1].form)
    return form not in lexicon.organizations and not lexicon.is_role(form)


def _joins_organization(
    sentence: Sentence, end: int, after: int, tagged: Mapping[int, EntityMention], lexicon: Lexicon
) -> bool:
    """Return True if small words join two halves of the name of one organization.

    "Ministry of Foreign Affairs".
    """
    if end - 1 in tagged and tagged[end - 1] is tagged.get(after):
        return True
    before = fold_word(sentence.words[end - 1].form)
    return (
        before in lexicon.organizations
        and fold_word(sentence.words[end].form) in lexicon.organization_prepositions
        and after not in tagged
    )


def opens_sentence(sentence: Sentence, index: int) -> bool:
    """Return True if a word stands where every word has a capital."""
    return index == 0 or sentence.words[index - 1].form in ('"', "'", ":", "(", "“", "‘")


def long_title_end(sentence: Sentence, start: int, lexicon: Lexicon) -> int:
    """Return the end of a title of several words that begins at `start`, or `start`."""
    words = sentence.words
    for title in lexicon.long_titles.get(fold_word(words[start].form), ()):
        if tuple(fold_word(word.form) for word in words[start : start + len(title)]) == title:
            return start + len(title)
    return start
