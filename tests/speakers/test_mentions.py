"""Mentions and roles on parses built by hand: wrong attachments included, since names must not depend on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.language.lexicon import load_lexicon
from quotes.records import Document, EntityKind, EntityMention, Parse, Sentence, Span, Word
from quotes.speakers import Mention, mentions
from quotes.speakers.roles import roles_of

LEXICON = load_lexicon("en")


def build(rows: str, names: dict[str, EntityKind] | None = None) -> tuple[Document, Parse]:
    """A document of one sentence from lines "form upos head deprel", heads counted from 1; words are joined by spaces but for a hyphen."""
    cells = [line.split() for line in rows.strip().splitlines()]
    text, words = "", list[Word]()
    for form, upos, head, deprel in cells:
        if text and form not in ("-", "'s", ",", ".") and not text.endswith("-"):
            text += " "
        feats = (("Number", "Plur"),) if upos == "NOUN" and form.endswith("s") else ()
        words.append(
            Word(
                form,
                Span(len(text), len(text) + len(form)),
                form.lower().rstrip("s"),
                upos,
                int(head) - 1,
                deprel,
                feats=feats,
            )
        )
        text += form
    entities = tuple(
        EntityMention(Span(text.index(name), text.index(name) + len(name)), kind)
        for name, kind in (names or {}).items()
    )
    return Document(id="hand", text=text), Parse((Sentence(tuple(words)),), entities)


def named(document: Document, parse: Parse) -> list[tuple[str, str | None]]:
    return [
        (m.span.of(document.text), m.kind) for m in mentions(document, parse) if m.form == "name"
    ]


FLAT_ON_TITLE = """
Russia PROPN 5 nmod:poss
's PART 1 case
Deputy PROPN 5 compound
Foreign PROPN 5 compound
Minister PROPN 8 nsubj
Mikhail PROPN 5 flat
Bogdanov PROPN 1 flat
said VERB 0 root
so ADV 8 advmod
"""


def test_a_surname_hung_on_the_country_still_belongs_to_the_name() -> None:
    document, parse = build(FLAT_ON_TITLE)
    assert ("Mikhail Bogdanov", "person") in named(document, parse)


def test_role_before_the_name_without_help_from_the_tree() -> None:
    document, parse = build(FLAT_ON_TITLE)
    (mention,) = [m for m in mentions(document, parse) if m.form == "name" and m.kind == "person"]
    assert [
        role.span.of(document.text) for role in roles_of(parse.sentences[0], mention, LEXICON)
    ] == ["Russia's Deputy Foreign Minister"]


@pytest.mark.parametrize(
    ("rows", "names", "wanted"),
    [
        (
            "Bashar PROPN 4 nsubj\nal PROPN 1 flat\n- PUNCT 2 punct\nAssad PROPN 1 flat\nspoke VERB 0 root",
            {},
            [("Bashar al-Assad", "person")],
        ),
        (
            "Carlos PROPN 5 nsubj\nLopez PROPN 1 flat\n- PUNCT 4 punct\nRivera PROPN 1 flat\nspoke VERB 0 root",
            {},
            [("Carlos Lopez-Rivera", "person")],
        ),
        (
            "Florida PROPN 4 compound\nRepublican PROPN 4 compound\nMarco PROPN 4 compound\nRuiz PROPN 5 nsubj\nspoke VERB 0 root",
            {},
            [("Marco Ruiz", "person")],
        ),
        ("Democrats PROPN 2 nsubj\nagreed VERB 0 root", {}, [("Democrats", None)]),
        ("The DET 2 det\nSecretary PROPN 3 nsubj\nleft VERB 0 root", {}, []),
        (
            "The DET 3 det\nJustice PROPN 3 compound\nDepartment PROPN 4 nsubj\nsued VERB 0 root",
            {},
            [("Justice Department", "organization")],
        ),
        (
            "Dean PROPN 3 nsubj\nHollis PROPN 1 flat\nspoke VERB 0 root",
            {},
            [("Dean Hollis", "person")],
        ),
        ("Zyx PROPN 2 nsubj\nspoke VERB 0 root", {"Zyx": "PER"}, [("Zyx", "person")]),
    ],
)
def test_names(
    rows: str, names: dict[str, EntityKind], wanted: list[tuple[str, str | None]]
) -> None:
    document, parse = build(rows, names)
    found = named(document, parse)
    assert found == wanted or (wanted == [("Democrats", None)] and found == [])


def test_pronouns_and_descriptions() -> None:
    document, parse = build(
        "The DET 2 det\nminister NOUN 4 nsubj\nquickly ADV 4 advmod\ntold VERB 0 root\nher PRON 4 obj\n. PUNCT 4 punct"
    )
    minister, her = mentions(document, parse)
    assert (minister.form, minister.noun, minister.definite, minister.place) == (
        "nominal",
        "minister",
        "definite",
        "subject",
    )
    assert (her.is_pronoun, her.gender, her.number, her.place) == (True, "female", "sing", "object")


def test_a_spokeswoman_is_a_woman() -> None:
    document, parse = build("The DET 2 det\nspokeswoman NOUN 3 nsubj\nspoke VERB 0 root")
    (mention,) = mentions(document, parse)
    assert mention.gender == "female"


def test_spans_are_cut_from_the_text() -> None:
    document, parse = build(FLAT_ON_TITLE)
    found = mentions(document, parse)
    words = parse.sentences[0].words
    assert all(
        isinstance(m, Mention)
        and m.span == Span(words[m.start].span.start, words[m.end - 1].span.end)
        for m in found
    )
    assert list(found) == sorted(found, key=lambda m: m.span.start)


def test_every_class_of_pronoun_has_weights_for_nobody_and_salience() -> None:
    from quotes.speakers.antecedents import KINDS, WEIGHTS

    assert set(WEIGHTS) == set(KINDS)
    assert all(weights["salience"] > 0 and "nobody" in weights for weights in WEIGHTS.values())


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
