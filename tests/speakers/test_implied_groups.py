"""Sources that belong to a group or an organization that was named before."""

from __future__ import annotations

import pytest

from quotes.records import Attribution, Span
from quotes.speakers import resolve
from tests.builders import build_analysis

GUARDS = """
Four four NUM 2 nummod
guards guard NOUN 6 nsubj Number=Plur
of of ADP 5 case
the the DET 5 det
museum museum NOUN 2 nmod
came come VERB 0 root
. . PUNCT 6 punct
"""
ACME = """
Acme Acme PROPN 2 compound
Brewing Brewing PROPN 3 nsubj
closed close VERB 0 root
. . PUNCT 3 punct
"""
SAID = """
said say VERB 0 root
so so ADV {verb} advmod
. . PUNCT {verb} punct
"""


def speaker_of(before: str, source: str, *rows: str) -> tuple[str | None, str | None]:
    """Return speaker and kind of the source of the last sentence."""
    verb = len(rows) + 1
    table = before + "\n" + "\n".join(rows) + SAID.format(verb=verb)
    analysis = build_analysis(table, entities={"Acme Brewing": "ORG"} if "Acme" in before else {})
    at = analysis.text.rindex(source)
    cue = analysis.text.rindex("said")
    attribution = Attribution(
        id="1",
        document="hand",
        content=(Span(cue + 5, cue + 7),),
        cue=(Span(cue, cue + 4),),
        source=(Span(at, at + len(source)),),
        type="indirect",
        rule="by hand",
        confidence=0.9,
    )
    (found,), _ = resolve(analysis, (attribution,))
    return found.speaker, found.kind


@pytest.mark.parametrize(
    ("source", "rows", "speaker"),
    [
        ("One", ("One one PRON 2 nsubj",), "one of the guards of the museum"),
        ("Three", ("Three three NUM 2 nsubj",), "three guards of the museum"),
        (
            "One of them",
            ("One one PRON 4 nsubj", "of of ADP 3 case", "them they PRON 1 nmod"),
            "one of the guards of the museum",
        ),
    ],
)
def test_one_is_a_member_of_the_last_group(
    source: str, rows: tuple[str, ...], speaker: str
) -> None:
    assert speaker_of(GUARDS, source, *rows) == (speaker, "unnamed")


def test_one_of_no_group_is_nobody_in_particular() -> None:
    assert speaker_of(ACME, "One", "One one PRON 2 nsubj")[0] is None


@pytest.mark.parametrize(
    ("source", "rows", "speaker"),
    [
        (
            "A spokesman",
            ("A a DET 2 det", "spokesman spokesman NOUN 3 nsubj"),
            "Acme Brewing spokesman",
        ),
        (
            "A company spokesman",
            (
                "A a DET 3 det",
                "company company NOUN 3 compound",
                "spokesman spokesman NOUN 4 nsubj",
            ),
            "Acme Brewing spokesman",
        ),
        (
            "A police spokesman",
            ("A a DET 3 det", "police police NOUN 3 compound", "spokesman spokesman NOUN 4 nsubj"),
            "police spokesman",
        ),
    ],
)
def test_a_spokesman_speaks_for_the_last_organization(
    source: str, rows: tuple[str, ...], speaker: str
) -> None:
    assert speaker_of(ACME, source, *rows) == (speaker, "unnamed")
