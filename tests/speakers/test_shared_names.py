"""Names that several people share, by where and as what they are named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from quotes.records import Span
from quotes.speakers.entities import HeldRole
from quotes.speakers.role_phrases import Role
from quotes.speakers.shared_names import Bearer, last_named, of_office

STARTS = (0, 100, 200, 300, 400, 500)


@pytest.mark.parametrize(
    ("named_at", "in_office", "wanted"),
    [
        ({0: (10,), 1: (510,)}, set(), 1),  # the other one long before
        ({0: (450,), 1: (510,)}, set(), None),  # both right before
        ({0: (510,), 1: (520,)}, set(), None),  # in one sentence
        ({0: (450,), 1: (510,)}, {1}, 1),  # the other one only by name
        ({0: (450,), 1: (510,)}, {0, 1}, None),
        ({0: (10, 110, 210, 310), 1: (510,)}, set(), 0),  # named much more
    ],
)
def test_a_shared_name_goes_to_who_is_named_most_or_was_named_last(
    named_at: Mapping[int, Sequence[int]], in_office: set[int], wanted: int | None
) -> None:
    found = last_named(named_at, 550, STARTS, in_office)
    assert (found and found.entity) == wanted


def test_what_is_named_behind_the_name_does_not_count() -> None:
    found = last_named({0: (10,), 1: (10, 600, 700)}, 550, STARTS)
    assert found is None


def test_an_office_beside_the_name_tells_who_is_meant() -> None:
    span = Span(0, 14)
    minister = frozenset({"prime", "minister"})
    held = {
        0: (HeldRole("Prime Minister", 0, "minister", minister),),
        1: (HeldRole("judge", 30, "judge", frozenset({"judge"})),),
    }
    office = Role(span, "minister", minister, "office")
    assert of_office(held, [office]) == Bearer(0, "the one of this office", 0.9)
    assert of_office(held, []) is None
    assert of_office({**held, 1: held[0]}, [office]) is None
