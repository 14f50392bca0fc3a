"""Which quotes find an annotated one; names and roles that are the same."""

from __future__ import annotations

import pytest

from quotes.evaluation.quote_matching import NumberedWords, find_quotes, same_name, same_role
from quotes.records import Span


def words(first: int, last: int) -> frozenset[int]:
    return frozenset(range(first, last))


@pytest.mark.parametrize(
    ("gold", "found", "by"),
    [
        ([words(0, 10)], [words(0, 5), words(1, 10)], [(1, 0)]),
        ([words(0, 10)], [words(0, 4)], [()]),
        ([words(0, 10)], [words(0, 3), words(3, 7)], [(1, 0)]),
        ([words(0, 4), words(4, 8)], [words(0, 8)], [(0,), (0,)]),
        ([words(0, 2), words(4, 7)], [words(0, 8)], [(0,), (0,)]),
        ([words(0, 2), words(5, 7)], [words(0, 10)], [(), ()]),
        ([frozenset[int]()], [frozenset[int]()], [()]),
    ],
)
def test_which_quotes_find_an_annotated_one(
    gold: list[frozenset[int]], found: list[frozenset[int]], by: list[tuple[int, ...]]
) -> None:
    assert find_quotes(gold, found) == by


def test_a_word_belongs_to_a_span_that_touches_it() -> None:
    text = NumberedWords("“The pier’s shut,” she said")
    assert text.of([Span(1, 7)]) == {0, 1}
    assert text.of([Span(4, 12), Span(18, 22)]) == {1, 2, 4}
    assert text.of([Span(0, 1), Span(16, 18)]) == frozenset()


@pytest.mark.parametrize(
    ("name", "accepted", "same"),
    [
        ("Ruiz", ["Ana María Ruiz"], True),
        ("Ms. Ana Maria Ruiz", ["Ana María Ruiz"], True),
        ("Ana Ruiz Gómez", ["Ana Ruiz"], True),
        ("Ana Torres", ["Ana Ruiz"], False),
        ("the President", ["President Ruiz"], False),
        ("the", ["the company"], False),
        ("Ministry of Health", ["Health Ministry", "the ministry"], True),
    ],
)
def test_names_are_the_same(name: str, accepted: list[str], same: bool) -> None:
    assert same_name(name, accepted) is same


@pytest.mark.parametrize(
    ("role", "accepted", "same"),
    [
        ("mayor", ["mayor of the harbour city"], True),
        ("mayor", ["mayor of the old harbour city"], False),
        ("long-serving mayor of Porto", ["mayor of Porto"], True),
        ("former mayor", ["mayor"], True),
        ("former mayor of Porto", ["mayor"], False),
        ("minister", [], False),
        ("of the", ["of the"], False),
    ],
)
def test_roles_are_the_same(role: str, accepted: list[str], same: bool) -> None:
    assert same_role(role, accepted) is same
