"""The table in memory: however the store changes, it holds what reading everything would give, and reads again only what has changed."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from quotes.store import Store
from quotes.web.page_cache import PageCache
from quotes.web.quote_table import SHELF, QuoteTable
from quotes.web.table import BASE, READ, filled, renewed
from tests.stores import described, put, shifted, stored
from tests.web_client import ARTICLES, client, decide, ids, visible

ALL = {"documents", "quotes", "speakers", "judgements"}


def rows(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(found, key=lambda row: str(row["id"]))


def follows(store: Store, table: Any) -> list[str]:
    """Bring the table up to date, and see that it is what it should be; the documents that were read again."""
    now, changed = renewed(table, store.session(), ALL)
    assert now is table
    assert rows(table.rows(f"SELECT * FROM {BASE}")) == rows(store.session().rows(READ))
    assert changed is not None
    return changed


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    store = stored(tmp_path / "store", ARTICLES[:2])
    table = filled(store.session())
    assert follows(store, table) == []
    list(put(store, [ARTICLES[2]]))
    assert follows(store, table) == ["=school"]
    list(put(store, [shifted(ARTICLES[0], "A first paragraph that is new.\n\n")]))
    assert "harbour" in follows(store, table)
    first, second = store.quotes_of("=school")[:2]
    decision = store.judge("speaker", by="Ada", quote=first.id, value="Jonas Berg")
    assert follows(store, table) == ["=school"]
    store.judge("reject", by="Ada", quote=second.id)
    assert follows(store, table) == ["=school"]
    store.judge("undo", by="Ada", undoes=decision.id)
    assert follows(store, table) == ["=school"]
    store.remove(["=school"])
    assert "=school" in follows(store, table)


def test_merging_and_parting_names_changes_the_rows_of_their_quotes(tmp_path: Path) -> None:
    store = stored(tmp_path / "store", ARTICLES)
    table = filled(store.session())
    store.judge("speaker", by="Ada", quote=store.quotes_of("harbour")[0].id, value="Jonas Berg")
    store.identify()
    follows(store, table)
    store.judge("merge", by="Ada", names=["Anna Lindqvist", "Jonas Berg"])
    assert follows(store, table) == ["harbour"]  # where the other name stands
    store.judge("split", by="Ada", names=["Anna Lindqvist"], documents=["harbour-again"])
    assert "harbour-again" in follows(store, table)


def test_a_page_is_made_once_until_somebody_decides(tmp_path: Path) -> None:
    store = stored(tmp_path / "store", ARTICLES)
    shelf, made = QuoteTable(store), list[int]()
    kept = PageCache(shelf)

    def make() -> bytes:
        made.append(1)
        return str(shelf.rows(f"SELECT count(*) AS n FROM {SHELF}")).encode()

    before = kept.page("all", make)
    assert kept.page("all", make) == kept.ready("all") == before
    assert len(made) == 1
    store.judge("reject", by="Ada", quote=store.quotes_of("harbour")[0].id)
    assert kept.ready("all") is None
    assert kept.page("all", make) != before
    assert len(made) == 2


def test_what_another_program_adds_is_made_ready_in_the_background(tmp_path: Path) -> None:
    store = stored(tmp_path / "store", ARTICLES[:2])
    shelf = QuoteTable(store, patience=0)
    kept = PageCache(shelf)
    shelf.after = kept.renew

    def make() -> bytes:
        return str(shelf.rows(f"SELECT count(DISTINCT document) AS n FROM {SHELF}")).encode()

    assert kept.page("all", make) == b"[{'n': 2}]"
    list(put(Store(store.path), [described(ARTICLES[2], id="another")]))
    seen = set[bytes]()
    for _ in range(400):
        seen.add(kept.page("all", make))
        if b"[{'n': 3}]" in seen:
            break
        time.sleep(0.02)
    assert seen == {b"[{'n': 2}]", b"[{'n': 3}]"}


def test_no_reader_gets_the_signature_or_the_name_of_another(tmp_path: Path) -> None:
    store = stored(tmp_path / "store", ARTICLES)
    one = client(store)
    other = type(one)(one.app, base_url="http://localhost:8600", follow_redirects=False)
    quote = ids(one)[0]
    decide(one, "accept", quote=quote, by="Ada")
    pages = [asking.get(f"/quote/{quote}").text for asking in (one, other, one, other)]
    tokens = [page.split('name="csrf" value="')[1][:64] for page in pages]
    assert tokens[0] == tokens[2] != tokens[1] == tokens[3]
    assert (
        other.post(
            "/judge", data={"csrf": tokens[0], "action": "reject", "quote": quote, "by": "Ben"}
        ).status_code
        == 403
    )
    assert "Your name" in visible(pages[1])
