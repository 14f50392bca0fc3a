"""Rows as an SQLite database."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from quotes.output import tables
from quotes.output.tables import Layout
from quotes.quote_columns import SCHEMA_VERSION
from quotes.store import COLUMNS, EVERYTHING, Store
from tests.stores import HARBOUR, described, stored


@pytest.fixture
def database(store: Store, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    number = tables.export_quotes(store, EVERYTHING, tmp_path / "quotes.sqlite")
    assert number == len(store.quotes())
    with closing(sqlite3.connect(tmp_path / "quotes.sqlite")) as opened:
        yield opened


def test_it_holds_the_quotes_and_what_they_are_linked_to(
    database: sqlite3.Connection, store: Store
) -> None:
    columns = [row[1] for row in database.execute("PRAGMA table_info(quotes)")]
    assert columns == list(COLUMNS)
    linked = {
        (row[3], row[2], row[4]) for row in database.execute("PRAGMA foreign_key_list(quotes)")
    }
    assert linked == {("document", "documents", "id"), ("speaker_id", "speakers", "id")}
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    joined = database.execute(
        "SELECT q.words, s.name, d.published FROM quotes q JOIN documents d ON d.id = q.document "
        "LEFT JOIN speakers s ON s.id = q.speaker_id WHERE q.words LIKE '%fight it%'"
    ).fetchall()
    assert [row[1:] for row in joined] == [("Anna Lindqvist", "2024-03-04")]
    assert database.execute("PRAGMA user_version").fetchone()[0] == int(
        SCHEMA_VERSION.split(".")[0]
    )
    assert (
        len(store.documents()) == database.execute("SELECT count(*) FROM documents").fetchone()[0]
    )


def test_lists_are_json_and_numbers_numbers(database: sqlite3.Connection, store: Store) -> None:
    for document, spans, words, number in database.execute(
        "SELECT document, content_spans, words, probability FROM quotes"
    ):
        text = store.document(document).text
        assert text[slice(*json.loads(spans)[0])].split()[0] in words
        assert 0 <= number <= 1


def test_words_can_be_searched(database: sqlite3.Connection) -> None:
    found = database.execute(
        "SELECT q.words FROM quotes_fts f JOIN quotes q ON q.rowid = f.rowid "
        "WHERE quotes_fts MATCH 'fight'"
    ).fetchall()
    assert [("fight it" in words) for (words,) in found] == [True]


def test_a_part_of_the_columns_or_another_table_is_enough(store: Store, tmp_path: Path) -> None:
    stream = io.BytesIO()
    layout = Layout(columns=("words", "outlet"), limit=2)
    assert tables.export_quotes(store, EVERYTHING, stream, file_format="sqlite", layout=layout) == 2
    (tmp_path / "few.db").write_bytes(stream.getvalue())
    tables.export_table(store, "documents", tmp_path / "documents.db")
    with closing(sqlite3.connect(tmp_path / "few.db")) as opened:
        assert len(opened.execute("SELECT words, outlet FROM quotes").fetchall()) == 2
    with closing(sqlite3.connect(tmp_path / "documents.db")) as opened:
        assert [row[0] for row in opened.execute("SELECT id FROM documents ORDER BY id")] == [
            "=school",
            "harbour",
            "later",
        ]


def test_every_column_can_be_asked_for_without_quotation_marks(
    database: sqlite3.Connection,
) -> None:
    for table in ("quotes", "documents", "speakers"):
        for row in database.execute(f"PRAGMA table_info({table})").fetchall():
            database.execute(f"SELECT {row[1]} FROM {table} ORDER BY {row[1]} LIMIT 1").fetchall()


def test_tables_have_a_primary_key_and_indexes_that_are_used(database: sqlite3.Connection) -> None:
    for table in ("quotes", "documents", "speakers"):
        keys = [row[1] for row in database.execute(f"PRAGMA table_info({table})") if row[5]]
        assert keys == ["id"]
    for column in ("document", "speaker_id", "outlet", "day"):
        plan = database.execute(f"EXPLAIN QUERY PLAN SELECT * FROM quotes WHERE {column} = 'x'")
        assert f"quotes_{column}" in str(plan.fetchall())
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_columns_of_the_articles_that_differ_in_capitals_are_all_there(tmp_path: Path) -> None:
    own = (("group", "a"), ("Group", "b"), ("Speaker", "c"))
    store = stored(tmp_path / "store", [described(HARBOUR, extra=own)])
    tables.export_quotes(store, EVERYTHING, tmp_path / "own.sqlite")
    with closing(sqlite3.connect(tmp_path / "own.sqlite")) as opened:
        names = [row[1] for row in opened.execute("PRAGMA table_info(quotes)")]
        row = opened.execute("SELECT * FROM quotes").fetchone()
    values = dict(zip(names, row, strict=True))
    assert (values["Group"], values["group_2"]) == ("b", "a")
    assert (values["article_Speaker"], len(row)) == ("c", len(COLUMNS) + 3)
