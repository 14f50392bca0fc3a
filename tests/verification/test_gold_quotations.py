"""The share of right verdicts on the test set, and the mistakes that may never be made."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.verification.gold_quotations import (
    gold_findings,
    gold_quotations,
    gold_sources,
    right_share,
)

MIN_RIGHT = 0.95
MIN_VERBATIM_RIGHT = 0.99
FINE = ("verbatim", "trimmed")


def test_the_set_has_every_kind() -> None:
    kinds = Counter(each.kind for each in gold_quotations())
    assert sum(kinds.values()) >= 200
    assert min(kinds.values()) >= 9
    assert set(kinds) == {
        "clean verbatim",
        "given to another speaker",
        "invented",
        "negation dropped",
        "number changed",
        "paraphrased",
        "spliced",
        "trimmed",
        "verbatim",
        "word altered",
    }
    assert {each.source for each in gold_quotations()} <= {s.document.id for s in gold_sources()}


def test_nearly_every_verdict_is_right() -> None:
    assert right_share(gold_findings()) >= MIN_RIGHT


def test_nothing_wrong_is_called_verbatim() -> None:
    wrong = [
        (each.id, each.kind, finding.verdict)
        for each, finding in gold_findings()
        if each.verdict not in FINE and finding.verdict in FINE
    ]
    assert wrong == []


@pytest.mark.parametrize("kind", ["verbatim", "clean verbatim", "trimmed"])
def test_what_is_verbatim_is_called_so(kind: str) -> None:
    pairs = [pair for pair in gold_findings() if pair[0].kind == kind]
    assert right_share(pairs) >= MIN_VERBATIM_RIGHT


def test_the_evidence_is_cut_from_the_source() -> None:
    texts = {s.document.id: " ".join(s.document.text.split()) for s in gold_sources()}
    for each, finding in gold_findings():
        if finding.verdict not in FINE:
            continue
        (evidence,) = finding.evidence
        assert evidence.source == each.source
        assert evidence.span is not None
        first, last = evidence.words.split()[0], evidence.words.split()[-1]
        assert first in texts[each.source]
        assert last in texts[each.source]
