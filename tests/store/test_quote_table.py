"""The table of quotes in memory: it holds what reading everything would give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from quotes.records import ReviewRequest
from quotes.store import Store
from quotes.store.quote_table_refresh import (
    ALL_ROWS,
    QUOTES_IN_MEMORY,
    TableDatabase,
    build_table,
    refresh_table,
)
from tests.stores import put, shifted, stored
from tests.web_client import ARTICLES

ALL = {"documents", "quotes", "speakers", "reviews"}


def rows(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(found, key=lambda row: str(row["id"]))


def follows(store: Store, table: TableDatabase) -> list[str]:
    """Refresh the table, check that it is what it should be; return the documents read again."""
    now, changed = refresh_table(table, store._session(), ALL)
    assert now is table
    assert rows(table.rows(f"SELECT * FROM {QUOTES_IN_MEMORY}")) == rows(
        store._session().rows(ALL_ROWS)
    )
    assert changed is not None
    return changed


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    store = stored(tmp_path / "store", ARTICLES[:2])
    table = build_table(store._session())
    assert follows(store, table) == []
    list(put(store, [ARTICLES[2]]))
    assert follows(store, table) == ["=school"]
    list(put(store, [shifted(ARTICLES[0], "A first paragraph that is new.\n\n")]))
    assert "harbour" in follows(store, table)
    first, second = store.quotes_of("=school")[:2]
    review = store.review(
        ReviewRequest(action="speaker", by="Ada", quote=first.id, value="Jonas Berg")
    )
    assert follows(store, table) == ["=school"]
    store.review(ReviewRequest(action="reject", by="Ada", quote=second.id))
    assert follows(store, table) == ["=school"]
    store.review(ReviewRequest(action="undo", by="Ada", undoes=review.id))
    assert follows(store, table) == ["=school"]
    store.remove(["=school"])
    assert "=school" in follows(store, table)


def test_merging_and_parting_names_changes_the_rows_of_their_quotes(tmp_path: Path) -> None:
    store = stored(tmp_path / "store", ARTICLES)
    table = build_table(store._session())
    store.review(
        ReviewRequest(
            action="speaker", by="Ada", quote=store.quotes_of("harbour")[0].id, value="Jonas Berg"
        )
    )
    store.identify()
    follows(store, table)
    store.review(ReviewRequest(action="merge", by="Ada", names=["Anna Lindqvist", "Jonas Berg"]))
    assert follows(store, table) == ["harbour"]  # where the other name stands
    store.review(
        ReviewRequest(
            action="split", by="Ada", names=["Anna Lindqvist"], documents=["harbour-again"]
        )
    )
    assert "harbour-again" in follows(store, table)
