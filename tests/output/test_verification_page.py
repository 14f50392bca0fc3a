"""The page of a verification."""

from __future__ import annotations

import re

from quotes.output.verification_page import page
from quotes.verification.findings import Draft, SourceCount
from quotes.verification.verification import Verification
from tests.verification.sources import check

TEXT = "The mayor spoke. “There will be 25 buses <b>now</b>,” Brandt said."
FOUND = Verification(
    (Draft(id="draft", text=TEXT),),
    (
        check("There will be 25 buses by June", "John Brandt"),
        check("We sold <b>the harbour</b> to a company", None),
        check("The bridge was never safe.", "John Brandt"),
    ),
    SourceCount(documents=1, words=100),
)


def test_the_page_needs_nothing_else() -> None:
    made = page(FOUND)
    assert "<script" not in made
    assert not re.search(r'(?:src|href)=(?!"#)', made)
    assert "default-src 'none'" in made
    assert "@media print" in made


def test_words_are_escaped_and_differences_marked() -> None:
    made = page(FOUND)
    assert "<b>the harbour</b>" not in made
    assert "&lt;b&gt;the harbour" in made
    assert "<ins>at least twenty-five</ins>" in made
    assert made.count("<section") == 3


def test_the_worst_come_first_in_the_list() -> None:
    made = page(FOUND)
    order = re.findall(r'<li><a href="#f(\d)">([\w ]+)</a>', made)
    assert order == [("2", "not found"), ("1", "altered")]


def test_passages_that_only_come_near_are_called_so() -> None:
    far = check("The bridge over the river is for sale to a company from Norway", "John Brandt")
    made = page(Verification(FOUND.drafts, (far,), FOUND.sources))
    assert far.verdict == "not found"
    assert made.count("nearest: ") == len(far.evidence) > 0
    assert "nearest: " not in page(Verification(FOUND.drafts, FOUND.findings[2:], FOUND.sources))
