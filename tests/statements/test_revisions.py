"""What changed between two revisions of a stored article."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from quotes.errors import StoreError
from quotes.statements.revisions import changes_of_revisions
from quotes.store import Store
from tests.stores import HARBOUR, put, stored, without


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Three revisions of an article: its first sentence goes, and then comes back."""
    store = stored(tmp_path / "store", [HARBOUR])
    document, parse = without(HARBOUR, {0})
    list(put(store, [(replace(document, text=document.text + "\n"), parse)]))
    list(put(store, [HARBOUR]))
    return store


def test_the_newest_revision_is_compared_with_the_one_before(store: Store) -> None:
    found = changes_of_revisions(store, "harbour")
    assert (found.old, found.new) == (2, 3)
    added = [change.after.words for change in found.changes if change.after and not change.before]
    assert "“Prices will rise again in March,”" in added
    assert changes_of_revisions(store, "harbour", since=1).changes == ()


def test_a_revision_that_is_not_there_is_an_error(store: Store) -> None:
    with pytest.raises(StoreError, match="has 3 revisions"):
        changes_of_revisions(store, "harbour", since=7)
    with pytest.raises(StoreError, match="no document 'nothing'"):
        changes_of_revisions(store, "nothing")
