"""The extent of a selection: counted in the store, the same as of its quotes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from quotes.records import Period
from quotes.store.quote_extent import Extent, extent_of
from quotes.store.selection import EVERYTHING, Selection
from quotes.timeline import Timeline, timeline
from tests.stores import HARBOUR, SCHOOL, described, stored

FIRST = described(HARBOUR, published="2024-03-05", outlet="Post")
SECOND = described(HARBOUR, id="second", published="2024-06-01", outlet="Echo")
UNDATED = described(HARBOUR, id="undated", outlet="Echo")


def test_the_store_counts_what_the_rows_of_a_timeline_give(tmp_path: Path) -> None:
    with stored(tmp_path / "s", [FIRST, SECOND, UNDATED, SCHOOL]) as store:
        whole = timeline(store, "Anna Lindqvist").whole()
        part = timeline(store, "Anna Lindqvist", limit=1)
        assert isinstance(part, Timeline)
        assert len(part.said) == 1
        assert (part.total, part.outlets, part.period) == (6, 2, whole.period)
        assert whole.outlets == 2
        assert part.period
        assert part.period.undated == 2
        assert part.period.last == date(2024, 6, 1)
        assert extent_of(store, EVERYTHING).quotes == store.count(EVERYTHING)


def test_of_no_quotes_nothing_is_known(tmp_path: Path) -> None:
    with stored(tmp_path / "s", [FIRST]) as store:
        found = extent_of(store, Selection(since=date(2030, 1, 1)))
    assert found == Extent(0, 0, Period(None, "day", None, "day"))
