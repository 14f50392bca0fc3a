"""Nouns for offices beside the names of people and inside the names of organizations.

In: words of a sentence, and the names that the tagger found, by word. Out: answers for
`name_spans`: where a name begins behind an office, and which nouns for offices belong to a name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise, takewhile

from quotes.language.lexicon import Lexicon
from quotes.records import EntityKind, EntityMention, Sentence, Word
from quotes.text.folding import fold_word

MAX_OFFICE = 6  # words of an office and what it is of, before an organization
OFFICE_TAGS = frozenset({"NOUN", "PROPN", "ADJ", "ADP", "DET"})
MIN_INITIALS = 3  # letters of a body, where two would be those of a person ("MK Roe")
MAX_FIELD = 3  # words of one field in the name of an organization ("Homeland Security")


def kind_at(tagged: Mapping[int, EntityMention], index: int) -> EntityKind | None:
    """Return the kind that the tagger gave to a word."""
    return tagged[index].kind if index in tagged else None


def person_after(
    sentence: Sentence, start: int, end: int, tagged: Mapping[int, EntityMention], lexicon: Lexicon
) -> int:
    """Return where the name of a person begins behind the organization or place of an office.

    With the forms of address before it: "Minister in the Ministry of Finance | Dr Ann Roe", "Mayor
    of Oslo | Ann Roe"; else the start.
    """
    index = _person_behind_office(sentence, start, end, tagged, lexicon)
    forms = [word.form for word in sentence.words[start:index]]
    return start + lexicon.honorific_before(forms, len(forms))


def _person_behind_office(
    sentence: Sentence, start: int, end: int, tagged: Mapping[int, EntityMention], lexicon: Lexicon
) -> int:
    """Return the first word of that name, the start of the run where there is none."""
    words = sentence.words
    if start < 2 or words[start - 1].upos not in ("ADP", "DET"):
        return start
    if not _stands_behind_office(sentence, start, lexicon):
        return start
    for index in range(start + 1, end - 1):
        own = tagged.get(index)
        if own is None or own.kind != "PER" or tagged.get(index + 1) is not own:
            continue
        if tagged.get(index - 1) is not own:
            return index
        first, before = (fold_word(words[i].form) in lexicon.first_names for i in (index, start))
        if first and not before and index == start + 1 and end - index == 2:
            return index  # the tagger took the place for a part of the name
    return start + 1 if _is_body_in_initials(sentence, start, end, tagged, lexicon) else start


def _is_body_in_initials(
    sentence: Sentence, start: int, end: int, tagged: Mapping[int, EntityMention], lexicon: Lexicon
) -> bool:
    """Return True for the initials of the body of an office: "representative at NAM | Ann Roe".

    The tagger sees one name in all, and no organization, or a first name follows the initials.
    """
    initials, rest = sentence.words[start].form, sentence.words[start + 1 : end]
    if len(initials) < MIN_INITIALS or not (initials.isupper() and initials.isalpha()):
        return False
    own, forms = tagged.get(start), [fold_word(word.form) for word in rest]
    return (
        len(rest) > 1
        and own is not None
        and tagged.get(end - 1) is own
        and (own.kind != "ORG" or forms[0] in lexicon.first_names)
        and not any(word.form.isupper() for word in rest)
        and not any(form in lexicon.organizations or lexicon.is_role(form) for form in forms)
        and not any(form in lexicon.places or form in lexicon.honorifics for form in forms)
    )


def _stands_behind_office(sentence: Sentence, start: int, lexicon: Lexicon) -> bool:
    """Return True for what an office is of: "Minister of State in the | Ministry"."""
    before = reversed(sentence.words[max(0, start - MAX_OFFICE) : start])
    return any(
        word.upos in ("NOUN", "PROPN") and lexicon.is_role(fold_word(word.form))
        for word in takewhile(lambda word: word.upos in OFFICE_TAGS, before)
    )


def is_tagged_organization(
    sentence: Sentence, start: int, end: int, tagged: Mapping[int, EntityMention], lexicon: Lexicon
) -> bool:
    """Return True for a newspaper called after a role, tagged whole as an organization.

    "The Harbour Falls Post Leader".
    """
    own = {id(tagged[i]) if i in tagged else None for i in range(start, end)}
    after = start > 0 and fold_word(sentence.words[start - 1].form) in lexicon.definite_articles
    return (
        end - start > 1
        and len(own) == 1
        and kind_at(tagged, start) == "ORG"
        and (after or end - start > 2)
        and fold_word(sentence.words[end - 1].form) in lexicon.newspapers
        and not any(
            fold_word(word.form) in lexicon.demonyms or fold_word(word.form) in lexicon.titles
            for word in sentence.words[start:end]
        )
    )


def fields_end(
    sentence: Sentence,
    start: int,
    end: int,
    capital: Sequence[bool],
    tagged: Mapping[int, EntityMention],
    lexicon: Lexicon,
) -> int:
    """Return the end of an organization moved past the fields that its name lists.

    "Department of Environment | , Land, Water and Planning". The list ends with "and" and a field;
    people, and what the tagger sees as a name of its own, are no fields.
    """
    words = sentence.words
    forms = [fold_word(word.form) for word in words]
    opened = any(
        forms[i] in lexicon.organizations and forms[i + 1] in lexicon.organization_prepositions
        for i in range(start, end - 1)
    )
    at = end
    while opened and at < len(words) and words[at].form == ",":
        at = _field_end(sentence, at + 1, end, capital, tagged, lexicon)
        joint = at + (at < len(words) and words[at].form == ",")
        if at and joint < len(words) and words[joint].upos == "CCONJ":
            return _field_end(sentence, joint + 1, end, capital, tagged, lexicon) or end
        if not at:
            break
    return end


def _field_end(
    sentence: Sentence,
    start: int,
    name_end: int,
    capital: Sequence[bool],
    tagged: Mapping[int, EntityMention],
    lexicon: Lexicon,
) -> int:
    """Return where a field of at most `MAX_FIELD` words ends, 0 where none begins."""
    at = start
    while (
        at < len(capital)
        and capital[at]
        and at - start < MAX_FIELD
        and not sentence.words[at].form.isupper()
        and (
            tagged.get(at) is tagged.get(name_end - 1) is not None
            or (at not in tagged and not lexicon.is_role(fold_word(sentence.words[at].lemma)))
        )
    ):
        at += 1
    return at if at > start else 0


def is_field_of_office(
    sentence: Sentence, start: int, end: int, tagged: Mapping[int, EntityMention], lexicon: Lexicon
) -> bool:
    """Return True for one of the fields that an office lists.

    "Secretary for Culture, | Sports | and Tourism": the list ends with "and", and the tagger sees
    no name in it. Also of the first one before an office: "Deputy | Youth | and Sports Minister".
    """
    words = sentence.words
    if _is_field_before_office(sentence, start, end, tagged, lexicon):
        return True

    def of_list(at: int) -> bool:
        return words[at].form == "," or (words[at].form[:1].isupper() and at not in tagged)

    if not all(of_list(at) for at in range(start, end)):
        return False
    first = start
    while first > 0 and of_list(first - 1):
        first -= 1
    last = end
    while last < len(words) and of_list(last):
        last += 1
    return (
        first > 1
        and last < len(words)
        and words[last].upos == "CCONJ"
        and fold_word(words[first - 1].form) in lexicon.organization_prepositions
        and lexicon.is_role(fold_word(words[first - 2].form))
    )


def _is_field_before_office(
    sentence: Sentence, start: int, end: int, tagged: Mapping[int, EntityMention], lexicon: Lexicon
) -> bool:
    """Return True for a field that "and" joins to another before the noun for the office."""
    words = sentence.words
    head = words[end - 1].head
    return (
        start < end < head
        and words[end].upos == "CCONJ"
        and words[end - 1].deprel in ("amod", "compound", "nmod")
        and lexicon.is_role(fold_word(words[head].form))
        and all(i not in tagged for i in range(start, head))
        and all(words[i].form[:1].isupper() for i in range(end + 1, head))
    )


def is_office_of_place(
    sentence: Sentence, start: int, end: int, tagged: Mapping[int, EntityMention], lexicon: Lexicon
) -> bool:
    """Return True for an office with what it is of on both sides, whatever the tagger sees first.

    "The | Harbour West Municipal Director | of Education".
    """
    words = sentence.words
    return (
        0 < start < end - 1
        and end < len(words)
        and words[start - 1].upos == "DET"
        and lexicon.is_role(fold_word(words[end - 1].form))
        and end - 1 not in tagged
        and fold_word(words[end].form) in lexicon.organization_prepositions
    )


def is_person_called_so(
    sentence: Sentence, end: int, tagged: Mapping[int, EntityMention], lexicon: Lexicon
) -> bool:
    """Return True for a noun for an organization that is a surname: "Chief | Daisy House".

    The tagger sees a person with a listed first name.
    """
    own = tagged.get(end - 1)
    if own is None or own.kind != "PER" or tagged.get(end - 2) is not own:
        return False
    first = next(word for word in sentence.words if own.span.overlaps(word.span))
    return fold_word(first.form) in lexicon.first_names


def office_holder(
    sentence: Sentence, start: int, end: int, tagged: Mapping[int, EntityMention], lexicon: Lexicon
) -> tuple[int, int] | None:
    """Return where office and person begin behind the name of an organization with "of".

    "House of Representatives | Speaker | Ann Roe".
    """
    forms = [fold_word(word.form) for word in sentence.words[start:end]]
    for at in range(3, len(forms) - 1):
        if (
            lexicon.is_role(forms[at - 1])
            and kind_at(tagged, start + at) == "PER"
            and tagged.get(start + at - 1) is not tagged[start + at]
            and tagged.get(end - 1) is tagged[start + at]
            and any(word in lexicon.organization_prepositions for word in forms[: at - 2])
        ):
            return start + at - 1, start + at
    return None


def opens_office(words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Return True for "Minister of Trade", "Director of National Intelligence"."""
    forms = [fold_word(word.form) for word in words]
    return any(
        lexicon.is_role(word) and after in lexicon.organization_prepositions
        for word, after in pairwise(forms[:3])
    )


def is_named_whole(
    sentence: Sentence,
    tagged: Mapping[int, EntityMention],
    index: int,
    end: int,
    lexicon: Lexicon,
) -> bool:
    """Return True if a word for a role, no title, begins what the tagger sees as one person.

    Not where a first name and a surname follow it: "Coxswain | Alf Roe", but "Ally Roe".
    """
    word = fold_word(sentence.words[index].form)
    tagged_whole = (
        kind_at(tagged, index) == "PER"
        and tagged.get(index - 1) is not tagged[index]
        and tagged.get(index + 1) is tagged[index]
    )
    full_name_after = (
        end - index > 2
        and word not in lexicon.first_names
        and fold_word(sentence.words[index + 1].form) in lexicon.first_names
    )
    return (
        tagged_whole
        and not full_name_after
        and word not in lexicon.titles
        and not lexicon.is_honorific(sentence.words[index].form)
        and word not in lexicon.abbreviated_offices
    )


def is_inside_name(
    sentence: Sentence, tagged: Mapping[int, EntityMention], index: int, lexicon: Lexicon
) -> bool:
    """Return True for a word for a role behind a first name of what the tagger sees as one person.

    "Sohail | Sultan | Roe": the first name is listed, or the title is one of men or of women.
    """
    own, title = tagged.get(index), fold_word(sentence.words[index].form)
    return (
        own is not None
        and own.kind == "PER"
        and tagged.get(index - 1) is own
        and tagged.get(index + 1) is own
        and (
            fold_word(sentence.words[index - 1].form) in lexicon.first_names
            or lexicon.titles.get(title) is not None
        )
    )


def is_office_with_initials(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> bool:
    """Return True for an office whose initials follow in brackets: "Harbour Road Officer (HRO)".

    Whatever the tagger takes its words for.
    """
    own = initials_before(sentence, end + 3)
    office = lexicon.is_role(fold_word(sentence.words[end - 1].form))
    return office and {end - start} == {len(initials) for initials in own}


def initials_before(sentence: Sentence, end: int) -> frozenset[str]:
    """Return the initials in brackets that end at `end`, behind the words that they stand for.

    "Harbour District Officer (HDO) | Ann Roe": HDO; an empty set where there are none.
    """
    words = sentence.words
    if not 3 < end <= len(words) or (words[end - 3].form, words[end - 1].form) != ("(", ")"):
        return frozenset()
    initials = words[end - 2].form
    start = end - 3 - len(initials)
    spelled = "".join(word.form[:1] for word in words[max(0, start) : end - 3])
    whole = start >= 0 and len(initials) > 1 and initials.isupper() and spelled == initials
    return frozenset({initials}) if whole else frozenset()


def are_initials(
    sentence: Sentence,
    index: int,
    end: int,
    tagged: Mapping[int, EntityMention],
    lexicon: Lexicon,
) -> bool:
    """Return True for capitals that are initials behind an office: "chief minister | MK Stalin"."""
    if index == 0 or end - index != 2 or kind_at(tagged, index) != "PER":
        return False
    before = fold_word(sentence.words[index - 1].form)
    office = lexicon.is_role(before) and before not in lexicon.role_standings
    return office and tagged.get(index + 1) is tagged[index]
