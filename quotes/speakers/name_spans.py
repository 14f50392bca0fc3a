"""Names as words of a sentence: which words make a name, its titles, and what kind it names.

In: a `Sentence` and the names that the tagger found. Out: `NameSpan`s, in text order. Runs of
capitalised words, word lists and the spans of the tagger decide, not the tree: a parser may hang a
surname on a title. Finds no pronouns and no common nouns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from quotes.language.lexicon import Lexicon
from quotes.records import EntityKind, EntityMention, Sentence, Word
from quotes.speakers.given_names import (
    glued,
    is_first_name_of_calendar,
    is_listed,
    is_untagged_first_name,
    stands_behind_role,
)
from quotes.speakers.headlines import is_headline, is_in_capitals
from quotes.speakers.name_runs import long_title_end, name_runs, opens_sentence
from quotes.speakers.office_names import (
    are_initials,
    is_field_of_office,
    is_inside_name,
    is_named_whole,
    is_office_of_place,
    is_office_with_initials,
    is_person_called_so,
    is_tagged_organization,
    kind_at,
    office_holder,
    opens_office,
    person_after,
)
from quotes.speakers.organization_names import (
    ends_with_place,
    is_called_after,
    is_thing_described,
)
from quotes.text.folding import fold_word

WEBSITE = re.compile(r"[\w-]+\.(?:com|org|net|info|gov|edu)(?:\.[a-z]{2})?")  # "domain.com.au"


@dataclass(frozen=True, slots=True)
class NameSpan:
    """The words `start:end` of a sentence, which are a name.

    Attributes:
        start: Its first word.
        end: The word after its last.
        title: Where the titles before it begin (`start` where there are none).
        kind: None where nothing tells whether a person or something else is named.
        honorific: Mr, Mrs and the like before it, in lower case.
    """

    start: int
    end: int
    title: int
    kind: EntityKind | None
    honorific: str = ""


def known_names(sentences: Sequence[Sentence], lexicon: Lexicon) -> frozenset[str]:
    """Return the capitalised words that are names for sure.

    Those are proper nouns that open no sentence and stand in no headline.
    """
    known = set[str]()
    for sentence in sentences:
        if is_headline(sentence):
            continue
        for index, word in enumerate(sentence.words):
            if (
                word.upos == "PROPN"
                and not opens_sentence(sentence, index)
                and word.form[:1].isupper()
            ):
                known.add(word.form)
    return frozenset(form for form in known if not is_listed(fold_word(form), lexicon))


def pronouns_in_names(
    sentences: Sequence[Sentence], entities: Sequence[EntityMention], lexicon: Lexicon
) -> frozenset[str]:
    """Return words taken for pronouns that open the name of a person: "*You* Si-kun"."""
    found = set[str]()
    for entity in entities:
        if entity.kind != "PER":
            continue
        sentence = next((s for s in sentences if entity.span.overlaps(s.span)), None)
        words = () if sentence is None else sentence.words
        own = [word for word in words if entity.span.overlaps(word.span)]
        if len(own) > 1 and lexicon.is_pronoun(own[0].form, own[0].upos):
            found.add(own[0].form)
    return frozenset(form for form in found if form[:1].isupper())


def find_name_spans(
    sentence: Sentence,
    entities: tuple[EntityMention, ...],
    lexicon: Lexicon,
    *,
    known: frozenset[str] = frozenset(),
) -> tuple[NameSpan, ...]:
    """Find the names of a sentence, in text order, not overlapping.

    `entities` are those of the sentence, `known` words that are names elsewhere in the text.
    """
    tagged = _tagged(sentence, entities)
    found: list[NameSpan] = []
    for start, end in name_runs(sentence, tagged, lexicon, known=known):
        person = person_after(sentence, start, end, tagged, lexicon)
        if person > start:
            found += _split(sentence, start, person, tagged, lexicon)
        behind = _split(sentence, person, end, tagged, lexicon)
        if person > start:  # a tag of the place in front is none of the person
            behind = (replace(own, kind="PER") if own.end == end else own for own in behind)
        found += behind
    found = _with_places(sentence, found, lexicon)
    return tuple(_with_possessor(sentence, run, found, lexicon) for run in found)


def _with_places(sentence: Sentence, found: list[NameSpan], lexicon: Lexicon) -> list[NameSpan]:
    """Join organizations with the places that the initials behind tell to be in their names."""
    joined: list[NameSpan] = []
    for run in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and (last.kind, run.kind) == ("ORG", "LOC")
            and ends_with_place(sentence, last.start, last.end, run.start, run.end, lexicon)
        ):
            joined[-1] = replace(last, end=run.end)
        else:
            joined.append(run)
    return joined


def _with_possessor(
    sentence: Sentence, run: NameSpan, found: list[NameSpan], lexicon: Lexicon
) -> NameSpan:
    """Return an institution together with the country it belongs to.

    "Russia's Foreign Ministry" is a name, "Foreign Ministry" is half of one.
    """
    words = sentence.words
    if (
        run.kind != "ORG"
        or run.start < 2
        or words[run.start - 1].form not in lexicon.possessive_particles
        or fold_word(words[run.end - 1].form) not in lexicon.organizations
    ):
        return run
    owner = next(
        (other for other in found if other.end == run.start - 1 and other.kind == "LOC"), None
    )
    return replace(run, start=owner.start, title=owner.start) if owner else run


def _tagged(sentence: Sentence, entities: tuple[EntityMention, ...]) -> dict[int, EntityMention]:
    return {
        index: entity
        for entity in entities
        for index, word in enumerate(sentence.words)
        if entity.span.overlaps(word.span)
    }


def _split(
    sentence: Sentence, start: int, end: int, tagged: Mapping[int, EntityMention], lexicon: Lexicon
) -> Iterator[NameSpan]:
    """Yield the name in a run: what is left without titles and adjectives before it.

    An organization keeps all its words.
    """
    while end - start > 1 and lexicon.is_abbreviated_office(sentence.words[end - 1].form):
        end -= 1  # "Ann Roe MP"
    holder = office_holder(sentence, start, end, tagged, lexicon)
    if holder is not None:
        office, first = holder
        yield from _split(sentence, start, office, tagged, lexicon)
        yield NameSpan(first, end, office, "PER")
        return
    words = [fold_word(word.form) for word in sentence.words[start:end]]
    whole = " ".join(words)
    if not is_person_called_so(sentence, end, tagged, lexicon) and (
        words[-1] in lexicon.organizations
        or whole in lexicon.organization_names
        or _opens_organization(words, lexicon)
        or is_tagged_organization(sentence, start, end, tagged, lexicon)
    ):
        if len(words) > 1 or whole in lexicon.organization_names or start in tagged:
            yield NameSpan(start, end, start, "ORG")
        return
    if len(words) > 1 and words[-1] in lexicon.laws and not _is_tagged_person(start, end, tagged):
        yield NameSpan(start, end, start, None)  # "Child Justice Act", no act called so by a judge
        return
    if _is_common(sentence, start, end, tagged, lexicon):
        return
    core = start + _title_end(sentence, start, end, tagged, lexicon)
    core = _after_adjectives(sentence, core, end, lexicon)
    person = next((i for i in range(core, end) if kind_at(tagged, i) == "PER"), None)
    if (
        person is not None
        and core < person
        and not _first_name_before(sentence, core, person, lexicon)
        and not is_untagged_first_name(sentence, core, person, tagged, lexicon)
        and not is_first_name_of_calendar(sentence, core, tagged, lexicon)
        and not glued(sentence, person)
    ):
        core = person
    if end - core > 2 and is_headline(sentence):
        while end - core > 2 and _is_noun_for_people(words[end - start - 1], lexicon):
            end -= 1  # "Marco Rubio Donor Says ...": the donor is not called Donor
    if core >= end:
        return
    forms = [word.form for word in sentence.words[start:core]]
    honorific = " ".join(words[lexicon.honorific_before(forms, core - start) : core - start])
    yield NameSpan(core, end, start, _kind(sentence, start, core, end, tagged, lexicon), honorific)


def _is_common(
    sentence: Sentence, start: int, end: int, tagged: Mapping[int, EntityMention], lexicon: Lexicon
) -> bool:
    """Return True for capitalised words that are no name.

    An office without its holder ("the Secretary of State"), people of a nation or party
    ("Democrats").
    """
    words = sentence.words[start:end]
    if any(
        tuple(fold_word(word.form) for word in sentence.words[end - len(form) : end]) == form
        for form in lexicon.long_honorifics
        if len(form) <= end and start <= end - len(form) + 1
    ) and not _is_tagged_person(start, end, tagged):
        return True  # "His | Highness"
    if is_field_of_office(sentence, start, end, tagged, lexicon):
        return True
    if is_office_of_place(sentence, start, end, tagged, lexicon):
        return True
    if len(words) == 1 and fold_word(words[0].form) in lexicon.documents:
        numbered = end < len(sentence.words) and sentence.words[end].upos == "NUM"
        if numbered:
            return True  # "Article 12"
    if len(words) == 1 and (words[0].xpos == "NNPS" or words[0].feat("Number") == "Plur"):
        return (
            fold_word(words[0].form) in lexicon.groups
            or lexicon.singular(fold_word(words[0].form)) in lexicon.demonyms
            or lexicon.singular(fold_word(words[0].form)) in lexicon.abbreviated_offices
        )
    if any(long_title_end(sentence, at, lexicon) == end for at in range(start, end)):
        return True
    if is_office_with_initials(sentence, start, end, lexicon):
        return True
    if lexicon.is_abbreviated_office(words[-1].form) and (
        len(words) == 1 or fold_word(words[-1].form) not in lexicon.suffixes
    ):
        return True
    named = any(fold_word(word.form) in lexicon.first_names for word in words) or _is_tagged_person(
        start, end, tagged
    )
    if not named and opens_office(words, lexicon) and kind_at(tagged, start) != "LOC":
        return True
    return lexicon.is_role(fold_word(words[-1].form)) and not named


def _is_tagged_person(start: int, end: int, tagged: Mapping[int, EntityMention]) -> bool:
    """Return True if the tagger sees a person in words."""
    return any(kind_at(tagged, index) == "PER" for index in range(start, end))


def _is_noun_for_people(word: str, lexicon: Lexicon) -> bool:
    return lexicon.is_role(word) or word in lexicon.people or word in lexicon.groups


def _opens_organization(words: list[str], lexicon: Lexicon) -> bool:
    """Return True for "University of Chicago", "Department of the Treasury"."""
    return any(
        word in lexicon.organizations and after in lexicon.organization_prepositions
        for word, after in pairwise(words)
    )


def _first_name_before(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> bool:
    return any(fold_word(word.form) in lexicon.first_names for word in sentence.words[start:end])


def _title_end(
    sentence: Sentence,
    start: int,
    end: int,
    tagged: Mapping[int, EntityMention],
    lexicon: Lexicon,
) -> int:
    """Return how many words of the run are titles, or stand before one."""
    words = [fold_word(word.form) for word in sentence.words[start:end]]
    best = 0
    for index, word in enumerate(words):
        long_end = min(long_title_end(sentence, start + index, lexicon) - start, len(words))
        after = long_end if long_end > index else index + 1
        title = (
            long_end > index
            or lexicon.is_honorific(sentence.words[start + index].form)
            or lexicon.is_role(word)
            or (
                lexicon.is_abbreviated_office(sentence.words[start + index].form)
                and not are_initials(sentence, start + index, end, tagged, lexicon)
            )
        )
        rest = [w for w in words[after:] if w not in lexicon.suffixes and w != ","]
        goes_on = after < len(words) and (
            words[after] == "-" or words[after] in lexicon.organization_prepositions
        )
        whole = tagged.get(start + index)
        inside = whole is tagged.get(start + index - 1) and whole is tagged.get(end - 1)
        if not title or not rest or goes_on:
            continue
        initials = _may_be_initials(sentence.words[start + index : start + after])
        if len(rest) == 1 and initials:
            continue  # "H. E. Roe", a writer; "HE Lifeng", a surname in capitals
        if inside and whole is not None and whole.kind == "ORG":
            continue  # "African Peer Review Panel"
        if (
            word in lexicon.first_names
            and index == best == 0
            and len(rest) == 1
            and not lexicon.is_honorific(sentence.words[start + index].form)
        ):
            continue  # "Dean Heller" is a name, not the dean called Heller
        if not initials and is_named_whole(sentence, tagged, start + index, end, lexicon):
            continue  # "Hunter Foster"
        if is_inside_name(sentence, tagged, start + index, lexicon):
            continue  # "Sohail Sultan Roe"
        best = after
    return best


def _may_be_initials(words: Sequence[Word]) -> bool:
    """Return True for a form of address of two capital letters, which may be those of a name."""
    letters = "".join(word.form for word in words).replace(".", "")
    return len(letters) == 2 and letters.isupper()


def _after_adjectives(sentence: Sentence, core: int, end: int, lexicon: Lexicon) -> int:
    """Return `core` moved past adjectives of nation or party, places and organizations.

    "Florida Republican Marco Rubio", "F.B.I. agent Ann Roe".
    """
    moved = True
    while moved and core < end - 1:
        moved = False
        word, two = (
            fold_word(sentence.words[core].form),
            " ".join(fold_word(w.form) for w in sentence.words[core : core + 2]),
        )
        adjective = (
            word in lexicon.demonyms
            and word not in lexicon.first_names
            and not stands_behind_role(sentence, core, lexicon)
        )
        body = word.replace(".", "") in lexicon.organization_names and core < end - 2
        if adjective or body:
            core, moved = core + 1, True
        elif two in lexicon.places and core < end - 3:
            core, moved = core + 2, True
        elif (
            word in lexicon.places
            and word not in lexicon.first_names
            and core < end - 2
            and sentence.words[core + 1].form != ","
        ):
            core, moved = core + 1, True
    return core


def _kind(
    sentence: Sentence,
    start: int,
    core: int,
    end: int,
    tagged: Mapping[int, EntityMention],
    lexicon: Lexicon,
) -> EntityKind | None:
    """Return what a name names, by title, first name, lists and the tagger, in this order."""
    words = [fold_word(word.form) for word in sentence.words[core:end]]
    name = " ".join(words).replace(" - ", "-")
    if name in lexicon.organization_names or WEBSITE.fullmatch(name):
        return "ORG"
    if name in lexicon.places:
        return "LOC"
    forms = [word.form for word in sentence.words[start:core]]
    before = [fold_word(form) for form in forms]
    if before and (
        lexicon.honorific_before(forms, len(forms)) < len(forms)
        or lexicon.is_role(before[-1])
        or lexicon.is_abbreviated_office(sentence.words[core - 1].form)
        or tuple(before[-2:]) in _ends(lexicon)
    ):
        return "PER"
    if name in lexicon.demonyms:
        return "MISC"
    tags = [kind_at(tagged, i) for i in range(core, end) if sentence.words[i].form != ","]
    known = [tag for tag in tags if tag]
    if core == start and "LOC" not in known and is_thing_described(sentence, core, end, lexicon):
        return "ORG"
    if len(words) > 1 and words[0] in lexicon.first_names:
        return (
            "PER" if "PER" in known or None in tags else None
        )  # "Rose Bowl": the tagger knows better, or it is left open
    if core == start and is_called_after(sentence, core, end, lexicon):
        return "ORG"
    if known:
        return "PER" if "PER" in known else known[-1]
    if (
        len(words) == 1
        and 2 <= len(words[0]) <= 5
        and sentence.words[core].form.isupper()
        and not is_in_capitals(sentence)
    ):
        return "ORG"
    return "PER" if len(words) > 1 and words[-1] in lexicon.suffixes else None


def _ends(lexicon: Lexicon) -> frozenset[tuple[str, ...]]:
    return frozenset(title[-2:] for titles in lexicon.long_titles.values() for title in titles)
