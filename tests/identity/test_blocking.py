"""Which usages of names are worth comparing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest

from quotes.identity.blocking import MEETING, blocking_keys, blocks
from quotes.identity.profiles import profile
from quotes.names.word_lists import load_words
from quotes.records import NameUsage
from tests.builders import ENGLISH
from tests.identity.sample_usages import use


def pairs(usages: Sequence[NameUsage]) -> list[tuple[int, int]]:
    words = load_words(ENGLISH)
    found = [dict(blocks(blocking_keys(profile(usage, ENGLISH), words))) for usage in usages]
    return [
        (x, y)
        for x, y in combinations(range(len(usages)), 2)
        if any((found[x][key], found[y][key]) in MEETING for key in found[x].keys() & found[y])
    ]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Sergei Lavrov", "Sergey Lavroff"),
        ("Lavrov", "Sergei Lavrov"),
        ("S. Lavrov", "Sergei Lavrov"),
        ("Bill Clinton", "William Clinton"),
        ("Peskov Dmitry", "Dmitry Peskov"),
        ("习近平", "Xi Jinping"),
        ("بشار الأسد", "Bashar al-Assad"),
        ("Gerhard Schröder", "Gerhard Schroeder"),
    ],
)
def test_names_that_may_be_one_share_a_key(a: str, b: str) -> None:
    assert pairs([use(a), use(b)]) == [(0, 1)]
    assert pairs([use(b), use(a)]) == [(0, 1)]


@pytest.mark.parametrize(
    ("a", "b"), [("Dmitry Peskov", "Sergei Lavrov"), ("Jane Smith", "Robert Smith")]
)
def test_names_with_no_key_in_common_are_not_compared(a: str, b: str) -> None:
    assert pairs([use(a), use(b)]) == []


def test_organizations_meet_by_their_words_their_acronym_or_without_their_place() -> None:
    names = ["Russia's Foreign Ministry", "Foreign Ministry", "Northern Lights Cooperative", "NLC"]
    assert pairs([use(name, "organization") for name in names]) == [(0, 1), (2, 3)]


def test_a_person_and_an_organization_never_meet_but_an_unknown_kind_meets_both() -> None:
    usages = [use("Washington"), use("Washington", "organization"), use("Washington", None)]
    assert pairs(usages) == [(0, 2), (1, 2)]


def test_a_short_name_looks_for_fuller_ones() -> None:
    words = load_words(ENGLISH)
    short, full, other = (
        blocking_keys(profile(use(name), ENGLISH), words)
        for name in ("Peskov", "Dmitry Peskov", "Sergei Lavrov")
    )
    assert short.meet(full)
    assert full.meet(short)
    assert not short.meet(other)
