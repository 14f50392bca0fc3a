"""Numbers for people."""

from __future__ import annotations

import pytest

from quotes.output.numbers import count_of


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0 quotes"), (1, "1 quote"), (2, "2 quotes"), (1234, "1,234 quotes")]
)
def test_a_count_has_its_noun(number: int, shown: str) -> None:
    assert count_of(number, "quote") == shown
