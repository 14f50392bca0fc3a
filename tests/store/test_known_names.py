"""Names that a store knows, for those who type them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quotes.errors import StoreError
from quotes.store import Store
from quotes.store.known_names import document_ids, find_outlet, outlet_names, speaker_names
from tests.stores import HARBOUR, described, stored


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    articles = [
        described(HARBOUR, id="b", outlet="The Lantern", text=HARBOUR[0].text),
        described(HARBOUR, id="a", outlet="Évening Star"),
        described(HARBOUR, id="c", outlet="Evening Post"),
        described(HARBOUR, id="d"),
    ]
    with stored(tmp_path_factory.mktemp("stores") / "store", articles) as made:
        yield made


def test_names_are_those_of_the_store(store: Store) -> None:
    assert document_ids(store) == ["a", "b", "c", "d"]
    assert sorted(outlet_names(store)) == ["Evening Post", "The Lantern", "Évening Star"]
    assert "Anna Lindqvist" in speaker_names(store)


@pytest.mark.parametrize(
    ("typed", "outlet"),
    [
        ("The Lantern", "The Lantern"),
        ("the LANTERN", "The Lantern"),
        ("lantern", "The Lantern"),
        ("evening star", "Évening Star"),
    ],
)
def test_an_outlet_is_found_in_other_case_or_by_a_part(
    store: Store, typed: str, outlet: str
) -> None:
    assert find_outlet(store, typed) == outlet


def test_what_fits_none_or_several_lists_them(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"'evening' fits 2 outlets: .*Evening Post"):
        find_outlet(store, "evening")
    with pytest.raises(StoreError, match=r"no outlet 'Gazette' in .*: outlets here: .*The Lantern"):
        find_outlet(store, "Gazette")
