"""What the clean-verbatim rule lets go, and what not."""

from __future__ import annotations

import pytest

from quotes.verification.clean_verbatim import may_be_left_out
from tests.verification.sources import ENGLISH


def left_out(text: str) -> bool:
    """Whether the words between < and > may be left out."""
    start, end = text.index("<"), text.index(">") - 1
    return may_be_left_out(text.replace("<", "").replace(">", ""), start, end, ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "We will <uh,> stay.",
        "We will, <you know,> stay.",
        "<Look,> we will stay.",
        "<We, um,> we will stay.",
        "<I, I mean, we —> we will stay.",
        "<I was —> we will stay.",
        "It was <the vote —> the ballot that counted.",
        "We will stay <[applause]> here.",
        "We went to <the> the house.",
    ],
)
def test_fillers_and_false_starts_may_go(text: str) -> None:
    assert left_out(text)


@pytest.mark.parametrize(
    "text",
    [
        "We will <not> stay.",
        "We <never —> we will stay.",
        "Do <you know> her?",
        "We will — <with care —> go.",
        "<Twenty people —> they left.",
        "<If we —> we will stay.",
        "We will <all> stay.",
        "We will <gladly, you know,> stay.",
    ],
)
def test_words_may_not_go(text: str) -> None:
    assert not left_out(text)
