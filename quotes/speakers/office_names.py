"""Nouns for offices beside the names of people and inside the names of organizations.

In: words of a sentence, and the names that the tagger found, by word. Out: answers for
`name_spans`: where a name begins behind an office, and which nouns for offices belong to a name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from quotes.language.lexicon import Lexicon
from quotes.records import EntityKind, EntityMention, Sentence, Word
from quotes.text.folding import fold_word


def kind_at(tagged: Mapping[int, EntityMention], index: int) -> EntityKind | None:
    """Return the kind that the tagger gave to a word."""
    return tagged[index].kind if index in tagged else None


def person_after(
    sentence: Sentence, start: int, end: int, tagged: Mapping[int, EntityMention], lexicon: Lexicon
) -> int:
    """Return where the name of a person begins behind the organization or place of an office.

    "Minister in the Ministry of Finance | Ann Roe", "Mayor of Oslo | Ann Roe"; else the start.
    """
    words = sentence.words
    if start < 2 or words[start - 1].upos not in ("ADP", "DET"):
        return start
    office = next(
        (i for i in range(start - 1, max(-1, start - 5), -1) if words[i].upos in ("NOUN", "PROPN")),
        None,
    )
    if office is None or not lexicon.is_role(fold_word(words[office].form)):
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
    return start


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


def opens_office(words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Return True for "Minister of Trade", "Director of National Intelligence"."""
    forms = [fold_word(word.form) for word in words]
    return any(
        lexicon.is_role(word) and after in lexicon.organization_prepositions
        for word, after in pairwise(forms[:3])
    )


def is_named_whole(
    tagged: Mapping[int, EntityMention], index: int, lexicon: Lexicon, word: str
) -> bool:
    """Return True if a word for a role, no title, begins what the tagger sees as one person."""
    return (
        kind_at(tagged, index) == "PER"
        and tagged.get(index - 1) is not tagged[index]
        and tagged.get(index + 1) is tagged[index]
        and word not in lexicon.titles
        and word not in lexicon.honorifics
        and word not in lexicon.abbreviated_offices
    )
