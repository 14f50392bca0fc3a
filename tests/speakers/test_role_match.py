"""Descriptions beside what is known of a referent."""

from __future__ import annotations

import pytest

from quotes.language.lexicon import load_lexicon
from quotes.records import Word
from quotes.speakers import Mention, mentions
from quotes.speakers.referents import Referent
from quotes.speakers.role_match import match, places
from tests.builders import ENGLISH, build_analysis

LEXICON = load_lexicon(ENGLISH)


def described(*words: str) -> tuple[Mention, tuple[Word, ...]]:
    rows = [f"{word} {word.lower()} ADJ {len(words)} amod" for word in words[1:-1]]
    table = "\n".join(
        [
            f"{words[0]} {words[0].lower()} DET {len(words)} det",
            *rows,
            f"{words[-1]} {words[-1].lower()} NOUN {len(words) + 1} nsubj",
            "slept sleep VERB 0 root",
        ]
    )
    analysis = build_analysis(table)
    (mention,) = [m for m in mentions(analysis) if m.form == "nominal"]
    sentence = analysis.parse.sentences[0]
    return mention, sentence.words[mention.start : mention.end]


@pytest.mark.parametrize(
    ("words", "role", "fits", "place"),
    [
        ("The French president", "french president", True, "same"),
        ("The French president", "polish president", False, "other"),
        ("The French president", "president", True, "own"),
        ("The president", "polish president", True, "role"),
        ("The president", "president", True, "none"),
        ("The reporter", "journalist", True, "none"),
        ("The president", "gardener", False, "none"),
    ],
)
def test_noun_and_place_of_a_description_and_a_role(
    words: str, role: str, fits: bool, place: str
) -> None:
    mention, own = described(*words.split())
    referent = Referent(0, "Anna Roe", "person", words=frozenset(role.split()))
    found = match(mention, own, referent, LEXICON)
    assert (found.fits, found.place) == (fits, place)


def test_only_the_noun_of_an_office_is_certain() -> None:
    for words, sure in (("The president", True), ("The man", False)):
        mention, own = described(*words.split())
        referent = Referent(0, "Roe", "person", words=frozenset({words.split()[1]}))
        assert match(mention, own, referent, LEXICON).certain == sure


def test_places_of_demonyms_are_those_of_the_nation() -> None:
    assert places(["french", "cook"], LEXICON) == places(["french"], LEXICON) != set()
