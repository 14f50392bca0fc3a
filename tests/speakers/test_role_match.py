"""Descriptions beside what is known of a referent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quotes.language.lexicon import load_lexicon
from quotes.records import Word
from quotes.speakers import Mention, mentions
from quotes.speakers.entities import Entity, HeldRole
from quotes.speakers.referents import Referent, referents_of
from quotes.speakers.role_match import describe, match, places
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
    found = match(describe(mention, own, LEXICON), referent, LEXICON)
    assert (found.fits, found.place) == (fits, place)


def test_only_the_noun_of_an_office_is_certain() -> None:
    for words, sure in (("The president", True), ("The man", False)):
        mention, own = described(*words.split())
        referent = Referent(0, "Roe", "person", words=frozenset({words.split()[1]}))
        assert match(describe(mention, own, LEXICON), referent, LEXICON).certain == sure


def test_places_of_demonyms_are_those_of_the_nation() -> None:
    assert places(["french", "cook"], LEXICON) == places(["french"], LEXICON) != set()


def office(*roles: str) -> Referent:
    """Return a person who holds these roles."""
    held = tuple(
        HeldRole(role, 0, role.split()[0].lower(), frozenset(role.lower().split()))
        for role in roles
    )
    return referents_of([Entity("Anna Roe", "person", roles=held)])[0]


@pytest.mark.parametrize(
    ("words", "role", "certain"),
    [
        ("The HFA president", "president of the Harbour Fishing Association", True),
        ("The HFA president", "president of the Lake Rowing Union", False),
        ("The HFA president", "president", True),
        ("The HF president", "Harbour Fund president", True),
        ("The vice president", "president", False),
        ("The president", "president deputy", False),
        ("The former president", "president ex", True),
    ],
)
def test_an_office_of_another_body_or_standing_is_not_meant(
    words: str, role: str, certain: bool
) -> None:
    mention, own = described(*words.split())
    own = tuple(replace(w, upos="PROPN") if w.form.isupper() else w for w in own)
    assert match(describe(mention, own, LEXICON), office(role), LEXICON).certain == certain


@pytest.mark.parametrize(
    ("words", "role", "certain"),
    [
        ("The HFA chief", "director of the Harbour Fishing Association", True),
        ("The HFA chief", "director of the Lake Rowing Union", False),
        ("The HFA chief", "clerk of the Harbour Fishing Association", False),
        ("The chief", "director of the Harbour Fishing Association", False),
    ],
)
def test_whoever_heads_a_body_is_its_chief(words: str, role: str, certain: bool) -> None:
    mention, own = described(*words.split())
    own = tuple(replace(w, upos="PROPN") if w.form.isupper() else w for w in own)
    assert match(describe(mention, own, LEXICON), office(role), LEXICON).certain == certain


@pytest.mark.parametrize(
    ("words", "role", "completed"),
    [
        ("The harbour minister", "minister", True),
        ("The harbour minister", "minister of trade", False),
        ("The French minister", "minister", False),
    ],
)
def test_a_description_completes_an_office_that_is_given_alone(
    words: str, role: str, completed: bool
) -> None:
    mention, own = described(*words.split())
    assert match(describe(mention, own, LEXICON), office(role), LEXICON).completed == completed


def test_a_place_and_its_adjective_are_the_same_place() -> None:
    mention, own = described("The", "Egyptian", "president")
    assert (
        match(describe(mention, own, LEXICON), office("president of Egypt"), LEXICON).place
        == "same"
    )
