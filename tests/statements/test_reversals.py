"""Words cut off that reverse what they stood beside."""

from __future__ import annotations

import pytest

from quotes.statements.comparison import CHANGES, differences
from quotes.statements.weights import vocabulary
from tests.builders import ENGLISH

REVERSED = [
    ("We will close the school in May", "We will close the school in May but not the library."),
    ("We will close the school in May", "We will close the school in May, not in June."),
    ("The bridge was built by people", "The bridge was built by people who did not know rivers."),
    ("the old bridge is safe", "It is not true, as some say, that the old bridge is safe."),
    ("the old bridge is safe", "It is not true, they say, that the old bridge is safe."),
    ("the old bridge is safe", "Nobody here can claim that the old bridge is safe."),
    ("he stole the money twice", "I do not think he lied and he stole the money twice."),
]
CLAUSES_OF_THEIR_OWN = [
    ("Everybody knows the bridge", "Everybody knows the bridge and nobody cares."),
    ("They believe in our rights", "They believe in our rights and that's why no one was there."),
    ("The court found that he lied", "The court found that he lied, she is not a liar."),
    ("I went home early", "I went home early because nobody was there."),
    ("We raise the fee", "We raise the fee but the council will not like it."),
    ("I respect the mayor", "I didn't vote for the mayor, but I respect the mayor."),
    ("but I respect the mayor", "I didn't vote for him, but I respect the mayor."),
    ("I respect the mayor", "I didn't vote for him, but I can say I respect the mayor."),
    ("we will open a library", "We do not close the school, and we will open a library."),
    ("There will be buses by June", "There will be buses by June unless the state refuses."),
]


def reverses(asked: str, printed: str) -> bool:
    pieces = differences(asked, printed, words=vocabulary(ENGLISH))
    assert any(piece.op == "equal" for piece in pieces)
    return any(piece.op in CHANGES for piece in pieces)


@pytest.mark.parametrize(("asked", "printed"), REVERSED)
def test_a_not_reaches_what_stands_beside_it(asked: str, printed: str) -> None:
    assert reverses(asked, printed)


@pytest.mark.parametrize(("asked", "printed"), CLAUSES_OF_THEIR_OWN)
def test_a_not_in_a_clause_of_its_own_reverses_nothing_else(asked: str, printed: str) -> None:
    assert not reverses(asked, printed)
