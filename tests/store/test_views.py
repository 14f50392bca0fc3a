"""The tables of a store as views of what counts now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotes.errors import StoreError
from quotes.store.rows import arrow
from quotes.store.schema import TABLES
from quotes.store.views import SMALL, Session, views


@pytest.fixture
def session() -> Iterator[Session]:
    made = Session()
    yield made
    made.close()


def fill(session: Session, folder: Path, table: str, *rows: dict[str, Any]) -> Path:
    """Give a table one file with these rows."""
    path = folder / f"{table}.parquet"
    pq.write_table(arrow(TABLES[table], rows), path)
    session.files(table, [str(path)])
    return path


def document(name: str, batch: str, day: int, text: str = "a") -> dict[str, Any]:
    added = datetime(2024, 3, day, tzinfo=UTC)
    return {"id": name, "batch": batch, "added": added, "sha256": text, "text": text}


def test_every_view_can_be_read_when_all_is_empty(session: Session) -> None:
    for name in views(frozenset()):
        assert session.rows(f"SELECT * FROM {name}") == []


def test_rows_of_a_superseded_commit_are_in_no_view(session: Session, tmp_path: Path) -> None:
    fill(session, tmp_path, "documents", document("d", "b1", 1), document("d", "b2", 2, "b"))
    quote = {"document": "d", "id": "q", "type": "direct"}
    fill(session, tmp_path, "quotes", quote | {"batch": "b1"}, quote | {"batch": "b2"})
    session.replace_table("hidden", pa.table([["d"], ["b1"]], schema=SMALL["hidden"]))
    assert [row["batch"] for row in session.rows("SELECT * FROM documents")] == ["b2"]
    assert [row["batch"] for row in session.rows("SELECT * FROM quotes")] == ["b2"]
    revisions = session.rows("SELECT batch, revision FROM revisions ORDER BY revision")
    assert revisions == [{"batch": "b1", "revision": 1}, {"batch": "b2", "revision": 2}]


def test_a_quote_has_the_speaker_of_its_name_and_the_day_of_publication_where_none_is_said(
    session: Session, tmp_path: Path
) -> None:
    quote = {"document": "d", "batch": "b", "speaker": "Park", "kind": "person"}
    day, later = date(2024, 3, 4), date(2024, 3, 5)
    fill(
        session,
        tmp_path,
        "quotes",
        quote | {"id": "q1", "published": later},
        quote | {"id": "q2", "published": later, "said_on": day},
    )
    names = [["Park"], ["person"], ["ellen-park"], ["Ellen Park"], ["person"]]
    session.replace_table("names", pa.table(names, schema=SMALL["names"]))
    found = session.rows("SELECT speaker_id, speaker_name, day FROM quotes ORDER BY id")
    assert found == [
        {"speaker_id": "ellen-park", "speaker_name": "Ellen Park", "day": later},
        {"speaker_id": "ellen-park", "speaker_name": "Ellen Park", "day": day},
    ]


def test_a_column_that_an_older_file_lacks_is_missing(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "old.parquet"
    whole = arrow(TABLES["runs"], [{"id": "r", "added": 3}])
    pq.write_table(whole.drop_columns(["failed"]), path)
    session.files("runs", [str(path)])
    assert session.rows("SELECT id, added, failed FROM runs") == [
        {"id": "r", "added": 3, "failed": None}
    ]


def test_only_select_is_allowed_and_a_wrong_query_is_explained(session: Session) -> None:
    with pytest.raises(StoreError, match="only SELECT is allowed"):
        session.rows("DROP VIEW quotes")
    with pytest.raises(StoreError, match="could not be answered"):
        session.rows("SELECT nothing FROM nowhere")
    assert session.value("SELECT ? + 1", [41]) == 42
    assert session.value("SELECT id FROM quotes") is None


def test_a_file_that_cannot_be_read_is_named(session: Session, tmp_path: Path) -> None:
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 but no more")
    with pytest.raises(StoreError, match=r"broken\.parquet"):
        session.files("quotes", [str(tmp_path / "broken.parquet")])


def test_rows_are_read_in_batches(session: Session) -> None:
    reader = session.reader("SELECT * FROM range(5000)", size=2048)
    sizes = [batch.num_rows for batch in reader]
    assert sum(sizes) == 5000
    assert max(sizes) <= 2048
