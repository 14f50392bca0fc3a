"""Mentions and roles on parses built by hand, with wrong attachments on which none must depend."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.language.lexicon import load_lexicon
from quotes.records import Document, EntityKind, Parse, Span
from quotes.speakers import Mention, mentions
from quotes.speakers.antecedent_features import KINDS
from quotes.speakers.antecedents import load_weights
from quotes.speakers.roles import roles_of
from tests.builders import ENGLISH, analysis_of, build_analysis, build_document

LEXICON = load_lexicon(ENGLISH)


def named(document: Document, parse: Parse) -> list[tuple[str, str | None]]:
    return [
        (m.span.of(document.text), m.kind)
        for m in mentions(analysis_of(document, parse))
        if m.form == "name"
    ]


FLAT_ON_TITLE = """
Russia   Russia   PROPN 5 nmod:poss
's       's       PART  1 case
Deputy   Deputy   PROPN 5 compound
Foreign  Foreign  PROPN 5 compound
Minister Minister PROPN 8 nsubj
Mikhail  Mikhail  PROPN 5 flat
Bogdanov Bogdanov PROPN 1 flat
said     say      VERB  0 root
so       so       ADV   8 advmod
"""


def test_a_surname_hung_on_the_country_still_belongs_to_the_name() -> None:
    document, parse = build_document(FLAT_ON_TITLE)
    assert ("Mikhail Bogdanov", "person") in named(document, parse)


def test_role_before_the_name_without_help_from_the_tree() -> None:
    document, parse = build_document(FLAT_ON_TITLE)
    (mention,) = [
        m for m in mentions(analysis_of(document, parse)) if m.form == "name" and m.kind == "person"
    ]
    assert [
        role.span.of(document.text)
        for role in roles_of(parse.sentences[0], mention, (mention,), LEXICON)
    ] == ["Russia's Deputy Foreign Minister"]


@pytest.mark.parametrize(
    ("rows", "names", "wanted"),
    [
        (
            """
            Bashar Bashar PROPN 4 nsubj
            al     al     PROPN 1 flat
            -      -      PUNCT 2 punct
            Assad  Assad  PROPN 1 flat
            spoke  speak  VERB  0 root
            """,
            {},
            [("Bashar al-Assad", "person")],
        ),
        (
            """
            Carlos Carlos PROPN 5 nsubj
            Lopez  Lopez  PROPN 1 flat
            -      -      PUNCT 4 punct
            Rivera Rivera PROPN 1 flat
            spoke  speak  VERB  0 root
            """,
            {},
            [("Carlos Lopez-Rivera", "person")],
        ),
        (
            """
            Florida    Florida    PROPN 4 compound
            Republican Republican PROPN 4 compound
            Marco      Marco      PROPN 4 compound
            Ruiz       Ruiz       PROPN 5 nsubj
            spoke      speak      VERB  0 root
            """,
            {},
            [("Marco Ruiz", "person")],
        ),
        (
            """
            Democrats Democrats PROPN 2 nsubj
            agreed    agree     VERB  0 root
            """,
            {},
            [("Democrats", None)],
        ),
        (
            """
            The       the       DET   2 det
            Secretary Secretary PROPN 3 nsubj
            left      leave     VERB  0 root
            """,
            {},
            [],
        ),
        (
            """
            The        the        DET   3 det
            Justice    Justice    PROPN 3 compound
            Department Department PROPN 4 nsubj
            sued       sue        VERB  0 root
            """,
            {},
            [("Justice Department", "organization")],
        ),
        (
            """
            Dean   Dean   PROPN 3 nsubj
            Hollis Hollis PROPN 1 flat
            spoke  speak  VERB  0 root
            """,
            {},
            [("Dean Hollis", "person")],
        ),
        (
            """
            Zyx   Zyx   PROPN 2 nsubj
            spoke speak VERB  0 root
            """,
            {"Zyx": "PER"},
            [("Zyx", "person")],
        ),
    ],
)
def test_names(
    rows: str, names: dict[str, EntityKind], wanted: list[tuple[str, str | None]]
) -> None:
    document, parse = build_document(rows, entities=names)
    found = named(document, parse)
    assert found == wanted or (wanted == [("Democrats", None)] and found == [])


def test_pronouns_and_descriptions() -> None:
    document, parse = build_document(
        """
        The      the      DET   2 det
        minister minister NOUN  4 nsubj
        quickly  quickly  ADV   4 advmod
        told     tell     VERB  0 root
        her      her      PRON  4 obj
        .        .        PUNCT 4 punct
        """
    )
    minister, her = mentions(analysis_of(document, parse))
    assert (minister.form, minister.noun, minister.definite, minister.place) == (
        "nominal",
        "minister",
        "definite",
        "subject",
    )
    assert (her.is_pronoun, her.gender, her.number, her.place) == (True, "female", "sing", "object")


def test_a_spokeswoman_is_a_woman() -> None:
    document, parse = build_document(
        """
        The         the         DET  2 det
        spokeswoman spokeswoman NOUN 3 nsubj
        spoke       speak       VERB 0 root
        """
    )
    (mention,) = mentions(analysis_of(document, parse))
    assert mention.gender == "female"


def test_spans_are_cut_from_the_text() -> None:
    document, parse = build_document(FLAT_ON_TITLE)
    found = mentions(analysis_of(document, parse))
    words = parse.sentences[0].words
    assert all(
        isinstance(m, Mention)
        and m.span == Span(words[m.start].span.start, words[m.end - 1].span.end)
        for m in found
    )
    assert list(found) == sorted(found, key=lambda m: m.span.start)


def test_every_class_of_pronoun_has_weights_for_nobody_and_salience() -> None:
    weights = load_weights(ENGLISH)
    assert set(weights) == set(KINDS)
    assert all({"salience", "nobody"} <= own.names.keys() for own in weights.values())


@pytest.mark.parametrize(
    "name",
    [
        "titles",
        "role-nouns",
        "person-nouns",
        "honorifics",
        "demonyms",
        "unnamed",
        "pronouns",
        "nicknames",
    ],
)
def test_lists_are_sorted_and_well_formed(name: str, root: Path) -> None:
    lines = (root / f"data/en/words/{name}.txt").read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if line and not line.startswith("#")]
    assert entries == sorted(entries, key=lambda entry: (entry.casefold(), entry))
    assert not {"female", "male", "neuter"} & set(entries)
    assert len({entry.split("\t")[0] for entry in entries}) == len(entries) or name == "nicknames"


def test_a_noun_of_a_nation_describes_somebody() -> None:
    table = """
        The      the      DET  2 det
        Welshman welshman NOUN 3 nsubj
        slept    sleep    VERB 0 root
    """
    (found,) = mentions(build_analysis(table, entities={"Welshman": "PER"}))
    assert (found.form, found.kind, found.gender) == ("nominal", "person", "male")


@pytest.mark.parametrize("tag", ["ORG", "LOC", "MISC"])
def test_the_name_of_a_law_is_that_of_a_document(tag: EntityKind) -> None:
    table = """
        The       the       DET   3 det
        Second    second    PROPN 3 compound
        Amendment amendment PROPN 4 nsubj
        says      say       VERB  0 root
        so        so        ADV   4 advmod
    """
    analysis = build_analysis(table, entities={"Second Amendment": tag})
    assert [m.kind for m in mentions(analysis) if m.form == "name"] == ["document"]


def test_several_institutions_are_a_group_and_the_media_an_institution() -> None:
    table = """
        Striking striking ADJ   2 amod
        unions   union    NOUN  6 nsubj Number=Plur
        and      and      CCONJ 5 cc
        local    local    ADJ   5 amod
        media    medium   NOUN  2 conj  Number=Plur
        agreed   agree    VERB  0 root
    """
    found = {m.noun: m.kind for m in mentions(build_analysis(table))}
    assert found == {"union": "group", "media": "organization"}


def test_a_name_that_looks_like_a_pronoun_is_one_inside_a_sentence() -> None:
    table = """
    Speaker Speaker PROPN 3 nsubj
    You     you     PRON  3 dep
    Si-kun  Si-kun  PROPN 0 root
    left    leave   VERB  3 dep
    today   today   ADV   3 dep
    and     and     CCONJ 3 dep
    You     you     PRON  3 dep
    said    say     VERB  3 dep
    you     you     PRON  3 dep
    knew    know    VERB  3 dep
    """
    document, parse = build_document(table, entities={"You Si-kun": "PER"})
    found = mentions(analysis_of(document, parse))
    shown = [(m.span.of(document.text), m.form) for m in found if "ou" in m.span.of(document.text)]
    assert shown == [("You Si-kun", "name"), ("You", "name"), ("you", "pronoun")]
    document, parse = build_document(table)
    found = mentions(analysis_of(document, parse))
    assert [m.form for m in found if m.span.of(document.text) == "You"] == ["pronoun"] * 2
