"""Pages that were made already: they are sent again until something changes, to nobody else."""

from __future__ import annotations

import time
from pathlib import Path
from typing import cast

import pytest

from quotes.records import ReviewRequest
from quotes.store import Store
from quotes.store.quote_table import QUOTES_IN_MEMORY, QuoteTable, TableState
from quotes.web.page_cache import PageCache
from tests.stores import described, put, stored
from tests.web_client import ARTICLES, client_of, ids, review, visible


def articles_counted(quote_table: QuoteTable) -> bytes:
    return str(
        quote_table.rows(f"SELECT count(DISTINCT document) AS n FROM {QUOTES_IN_MEMORY}")
    ).encode()


def test_a_page_is_made_once_until_a_review(tmp_path: Path) -> None:
    store = stored(tmp_path / "store", ARTICLES)
    quote_table, made = QuoteTable(store), list[int]()
    cache = PageCache(quote_table)

    def make() -> bytes:
        made.append(1)
        return str(quote_table.rows(f"SELECT count(*) AS n FROM {QUOTES_IN_MEMORY}")).encode()

    before = cache.page("all", make)
    assert cache.page("all", make) == cache.ready("all") == before
    assert len(made) == 1
    store.review(ReviewRequest(action="reject", by="Ada", quote=store.quotes_of("harbour")[0].id))
    assert cache.ready("all") is None
    assert cache.page("all", make) != before
    assert len(made) == 2


def test_what_another_program_adds_is_made_ready_in_the_background(tmp_path: Path) -> None:
    store = stored(tmp_path / "store", ARTICLES[:2])
    quote_table = QuoteTable(store, max_staleness=0)
    cache = PageCache(quote_table)
    quote_table.after_refresh = cache.refresh_pages

    def make() -> bytes:
        return articles_counted(quote_table)

    assert cache.page("all", make) == b"[{'n': 2}]"
    list(put(Store(store.path), [described(ARTICLES[2], id="another")]))
    seen = set[bytes]()
    for _ in range(400):
        seen.add(cache.page("all", make))
        if b"[{'n': 3}]" in seen:
            break
        time.sleep(0.02)
    assert seen == {b"[{'n': 2}]", b"[{'n': 3}]"}


def test_who_asks_after_a_while_sees_what_was_added_meanwhile(tmp_path: Path) -> None:
    store = stored(tmp_path / "store", ARTICLES[:2])
    quote_table = QuoteTable(store, max_staleness=3600, max_idle=0)
    cache = PageCache(quote_table)

    def make() -> bytes:
        return articles_counted(quote_table)

    assert cache.page("all", make) == b"[{'n': 2}]"
    list(put(Store(store.path), [described(ARTICLES[2], id="another")]))
    assert [cache.ready("all"), cache.ready("all")] == [None, None]
    assert cache.page("all", make) == b"[{'n': 3}]"


def test_no_reader_gets_the_name_of_another(tmp_path: Path) -> None:
    store = stored(tmp_path / "store", ARTICLES)
    one = client_of(store)
    other = type(one)(one.app, base_url="http://localhost:8600", follow_redirects=False)
    quote = ids(one)[0]
    review(one, "accept", quote=quote, by="Ada")
    pages = [client.get(f"/quote/{quote}").text for client in (one, other, one, other)]
    assert ["Your name (" in visible(page) for page in pages] == [False, True, False, True]
    assert pages[1] == pages[3]


class ChangingTable:
    """A table of which the test says when it changes, and how long ago."""

    def __init__(self) -> None:
        self.now, self.changed_at = TableState(1, 1), time.monotonic()

    def state(self) -> TableState:
        """Return the state."""
        return self.now

    peek = state


def test_a_page_that_is_about_to_be_made_again_is_sent_as_it_is() -> None:
    table, seen = ChangingTable(), list[bytes | None]()
    cache = PageCache(cast(QuoteTable, table))

    def first() -> bytes:
        seen.append(cache.ready("second"))
        return b"first"

    def second() -> bytes:
        return f"second {table.now.version}".encode()

    cache.page("second", second)
    cache.page("first", first)
    table.now, table.changed_at = TableState(4, 1), time.monotonic() - 20
    assert cache.ready("second") is None  # nobody has begun to make it again
    cache.refresh_pages()  # "first" was used last, and goes first
    assert seen == [b"second 1", b"second 1"]
    assert cache.ready("second") == b"second 4"


def test_a_page_is_never_sent_as_it_was_before_a_review() -> None:
    table, seen = ChangingTable(), list[bytes | None]()
    cache = PageCache(cast(QuoteTable, table))

    def first() -> bytes:
        seen.append(cache.ready("second"))
        return b"first"

    cache.page("second", lambda: b"second")
    cache.page("first", first)
    table.now = TableState(2, 2)
    cache.refresh_pages()
    assert seen == [b"second", None]


def test_what_depends_on_articles_alone_is_kept_across_reviews(tmp_path: Path) -> None:
    store = stored(tmp_path / "store", ARTICLES)
    table = QuoteTable(store, max_idle=0)
    made = list[str]()

    def titles() -> list[str]:
        made.append("made")
        return [row["title"] for row in store.documents().to_dict("records")]

    def kept() -> list[str]:
        found: list[str] = table.cached_across_reviews(("titles",), titles)
        return found

    before = kept()
    quote = store.quotes_of("harbour")[0].id
    store.review(ReviewRequest(action="accept", by="Ada", quote=quote))
    assert kept() == before
    assert made == ["made"]
    store.review(ReviewRequest(action="title", by="Ada", document="harbour", value="New title"))
    assert "New title" in kept()
    list(put(store, [described(ARTICLES[2], id="another")]))
    assert len(kept()) == len(before) + 1


def test_figures_of_a_large_table_may_be_a_moment_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = stored(tmp_path / "store", ARTICLES)
    table = QuoteTable(store)

    def unreviewed() -> int:
        found: int = table.recent(
            ("unreviewed",),
            lambda: table.rows(f"SELECT count(*) - count(review) AS n FROM {QUOTES_IN_MEMORY}")[0][
                "n"
            ],
        )
        return found

    before = unreviewed()
    quotes = [quote.id for quote in store.quotes_of("harbour")][:2]
    store.review(ReviewRequest(action="accept", by="Ada", quote=quotes[0]))
    assert unreviewed() == before - 1  # a small table is counted anew
    monkeypatch.setattr("quotes.store.quote_table.MANY", 1)
    store.review(ReviewRequest(action="accept", by="Ada", quote=quotes[1]))
    assert unreviewed() == before - 1
    monkeypatch.setattr("quotes.store.quote_table.RECENT", 0.0)
    assert unreviewed() == before - 1  # nobody waits for it: it is counted in the background
    until = time.monotonic() + 20
    while unreviewed() != before - 2 and time.monotonic() < until:
        time.sleep(0.02)
    assert unreviewed() == before - 2


def test_old_figures_of_a_large_table_are_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = stored(tmp_path / "store", ARTICLES)
    table = QuoteTable(store)
    monkeypatch.setattr("quotes.store.quote_table.MANY", 1)
    counted = f"SELECT count(review) AS n FROM {QUOTES_IN_MEMORY}"

    def reviewed() -> int:
        found: int = table.recent(("reviewed",), lambda: table.rows(counted)[0]["n"])
        return found

    assert reviewed() == 0
    store.review(ReviewRequest(action="accept", by="Ada", quote=store.quotes_of("harbour")[0].id))
    assert reviewed() == 0
    monkeypatch.setattr("quotes.store.quote_table.MAX_AGE", 0.0)
    assert reviewed() == 1
