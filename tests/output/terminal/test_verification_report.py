"""The report of a verification for people."""

from __future__ import annotations

from dataclasses import replace

from quotes.output.terminal.verification_report import (
    finding_lines,
    plain_text,
    renderable,
    summary,
)
from quotes.records import Failure
from quotes.verification.findings import SourceCount
from quotes.verification.verification import NO_QUOTATIONS, Verification
from tests.verification.sources import check

SOURCES = SourceCount(
    documents=2, words=1200, failures=(Failure("x", "read", "x.pdf: is \x1b[31mencrypted", "x"),)
)
FOUND = Verification(
    (),
    (
        check("The bridge was never safe.", "John Brandt"),
        check("We will raise the fee in 2024.", role="mayor"),
        check("It should have been closed years ago. The bridge was never safe.", "John Brandt"),
        check("The bridge is for sale to a company from Norway", "John Brandt"),
    ),
    SOURCES,
)


def test_the_worst_stands_first_with_its_evidence() -> None:
    text = plain_text(FOUND)
    heads = [line for line in text.splitlines() if line[:1].isupper()]
    assert [head.partition(" · ")[0] for head in heads] == [
        "NOT FOUND",
        "SPLICED",
        "ALTERED",
        "VERBATIM",
    ]
    assert "we will {+not+} raise the fee in 2024." in text
    assert "part 2: 5 March 2024 · council · line 9 · 00:01:14 · John Brandt" in text
    assert "note:   parts 1 and 2 stand 0 words apart, in the other order" in text
    assert "may change the sense: negation" in text


def test_the_head_counts_verdicts_and_names_what_was_not_read() -> None:
    first, second, *_ = plain_text(FOUND).splitlines()
    assert first == (
        "4 quotations checked against 2 documents (1,200 words): 1 not found, 1 spliced, "
        "1 altered, 1 verbatim"
    )
    assert second.startswith("not read: x.pdf")
    assert "\x1b" not in second


def test_a_draft_without_quotations_is_said_to_have_none() -> None:
    assert summary(Verification((), (), SOURCES)) == NO_QUOTATIONS


def test_a_terminal_gets_the_same_words() -> None:
    assert renderable(FOUND).plain.split() == plain_text(FOUND).split()


def test_only_quotations_stand_in_quotation_marks() -> None:
    finding = check("We will raise the fee in 2024.", role="mayor")
    indirect = replace(finding, claim=replace(finding.claim, type="indirect"))
    direct_lines, indirect_lines = "\n".join(finding_lines(finding)), [*finding_lines(indirect)]
    assert "draft:  “We will raise the fee in 2024.”" in direct_lines
    assert not any("“" in line for line in indirect_lines)
    nearest = check("The bridge is for sale to a company from Norway", "John Brandt")
    shown = [line for line in finding_lines(nearest) if "nearest: " in line]
    assert shown
    assert not any("“" in line for line in shown)
