"""How the words of a claim differ from a passage."""

from __future__ import annotations

import pytest

from quotes.verification.wording import WordingKind, compare_wording
from tests.verification.sources import ENGLISH

SAID = "We will not close the library in May, whatever the council of Velm says about it."


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        (SAID, "verbatim"),
        ("We will not close the library", "trimmed"),
        ("We will close the library in May", "altered"),
        ("We will not close the library in June", "altered"),
        ("close the library in May", "altered"),
        ("We will ... close the library in May", "altered"),
        ("We will not close [it] in May", "altered"),
        ("We will not close the library ... whatever the council of Velm says", "trimmed"),
        ("Dogs are not allowed", None),
    ],
)
def test_the_kind_of_a_wording(claim: str, kind: WordingKind | None) -> None:
    assert compare_wording(claim, SAID, language=ENGLISH).kind == kind


def test_what_is_cut_off_is_a_change_of_its_own() -> None:
    found = compare_wording("close the library", SAID, language=ENGLISH, frame="would not close")
    assert found.kind == "trimmed"
    assert [(c.kind, c.source) for c in found.changes] == [
        ("cut off", "We will not"),
        ("cut off", "in May, whatever the council of Velm says about it."),
    ] or [c.kind for c in found.changes] == ["cut off"] * len(found.changes)


def test_whole_sentences_left_out_without_a_mark_are_apart() -> None:
    said = "The bridge is closed. Nobody knows when it opens. The ferry runs every hour."
    claim = "The bridge is closed. The ferry runs every hour."
    assert compare_wording(claim, said, language=ENGLISH).kind == "apart"
