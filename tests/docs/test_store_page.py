"""docs/store.md describes the files of a store: columns, types, views, rows that count, formats."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable, write_deltalake

from docs import dictionary
from quotes.errors import StoreError
from quotes.models import Models
from quotes.parsing.conllu import read_conllu
from quotes.parsing.interface import Part, parse_each
from quotes.pipeline import ReadyParse
from quotes.records import Document, Parse, ReviewRequest, Span
from quotes.store import Store, open_store
from quotes.store.schema import FORMAT, TABLES
from tests.stores import articles, stocked, work

PAGE = dictionary.PAGE.read_text(encoding="utf-8")
VIEWED = re.findall(r"^\| `(\w+)` \| `(\w+)` \| (.+?) \| .+ \|$", PAGE, re.MULTILINE)
HIDDEN = {"documents": {"embeds", "signature", "bands", "near_copies"}}  # of tables, in no view


@pytest.fixture
def store(tmp_path: Path, frozen: Path) -> Store:
    """A store with a second revision of an article, and rows of a commit that was broken off."""
    store = stocked(tmp_path / "quotes-store", frozen)
    first, second, _ = articles(frozen)
    changed = replace(first[0], text=first[0].text + "\n")
    list(store.add([(changed, first[1])], work=work))
    stray = DeltaTable(store.path / "quotes").to_pyarrow_table().slice(0, 2)
    stray = stray.set_column(
        stray.schema.get_field_index("batch"), "batch", pa.array(["broken-off"] * 2)
    )
    write_deltalake(store.path / "quotes", stray, mode="append")
    assert second[0].id == "later"
    return store


def files(store: Store, table: str) -> list[str]:
    return DeltaTable(store.path / table).file_uris()


def test_the_page_describes_every_table_and_column() -> None:
    assert dictionary.rewritten(PAGE) == PAGE
    sections = re.findall(r"^### `(\w+)`\n\n(.+?)\n\n((?:\|.+\n)+)", PAGE, re.MULTILINE)
    assert [name for name, _, _ in sections] == list(TABLES)
    for name, _, rows in sections:
        described = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+) \|$", rows, re.MULTILINE)
        assert described == [
            (c.name, dictionary.named(c.type), c.says) for c in TABLES[name].columns
        ]


def test_the_files_of_a_store_have_the_types_of_the_page(store: Store) -> None:
    store.review(ReviewRequest(action="accept", by="R. Reader", quote=store.quotes()["id"][0]))
    looked_at = set()
    for name, table in TABLES.items():
        for file in files(store, name):
            looked_at.add(name)
            found = [(field.name, dictionary.named(field.type)) for field in pq.read_schema(file)]
            assert found == [(c.name, dictionary.named(c.type)) for c in table.columns], name
    assert looked_at == set(TABLES) - {"failures"}


def test_views_have_the_columns_of_their_tables_and_those_of_the_page(store: Store) -> None:
    for name, table in TABLES.items():
        shown = {
            field.name: dictionary.named(field.type)
            for field in store._session().arrow(f"SELECT * FROM {name} LIMIT 0").schema
        }
        own = {
            column.name: dictionary.named(column.type)
            for column in table.columns
            if column.name not in HIDDEN.get(name, set())
        }
        assert shown == own | {column: kind for view, column, kind in VIEWED if view == name}, name
    revisions = store._session().arrow("SELECT * FROM revisions LIMIT 0").schema
    assert ("revisions", "revision", dictionary.named(revisions.field("revision").type)) in VIEWED


def ids(rows: Iterator[Any]) -> list[str]:
    return sorted(rows)


def test_the_rule_of_the_page_gives_the_rows_that_count(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = ids(row["id"] for row in store._session().rows("SELECT id FROM machine_quotes"))
    everything = [
        row for file in files(store, "quotes") for row in pq.read_table(file)["id"].to_pylist()
    ]
    assert len(counting) < len(everything)
    (query,) = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    for table in (
        "documents",
        "quotes",
    ):  # the extension delta cannot be fetched in a test: the same files, named one by one
        query = query.replace(
            f"delta_scan('quotes-store/{table}')", f"read_parquet({files(store, table)})"
        )
    found = duckdb.sql(f"SELECT id FROM ({query})")
    assert found is not None
    assert ids(row[0] for row in found.fetchall()) == counting
    program = next(
        block
        for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
        if "DeltaTable" in block
    )
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(compile(program, "docs/store.md", "exec"), names)
    assert ids(names["quotes"]["id"]) == counting


def test_a_store_can_be_read_again_from_its_own_texts(
    store: Store,
    tmp_path: Path,
    frozen: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    parses = {document.text.strip(): parse for document, parse in read_conllu(frozen)}

    class Frozen:
        def parse(self, document: Document, chunk: Span | None = None) -> Parse:
            return ReadyParse(parses[document.text.strip()]).parse(document, chunk)

        def parse_many(self, parts: Sequence[Part]) -> list[Parse]:
            return parse_each(self, parts)

    store.remove(["later"])
    before = store.quotes_of("harbour")
    (program,) = (
        block
        for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
        if "again=True" in block
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("quotes.models.load_models_for_process", lambda *_, **__: Models(Frozen()))
    exec(compile(program, "docs/store.md", "exec"), {})
    assert capsys.readouterr().out == "2 documents read again\n"
    assert [quote.id for quote in store.quotes_of("harbour")] == [quote.id for quote in before]


def test_a_column_that_an_older_store_lacks_is_missing(store: Store) -> None:
    older = (
        DeltaTable(store.path / "quotes").to_pyarrow_table().drop_columns(["after", "after_spans"])
    )
    write_deltalake(store.path / "quotes", older, mode="overwrite", schema_mode="overwrite")
    (store.path / "quotes-store.json").write_text(
        json.dumps({"format": FORMAT - 1}), encoding="utf-8"
    )
    messages = list[str]()
    with open_store(store.path, on_message=messages.append) as opened:
        assert ["migrated" in message for message in messages] == [True]
        frame = opened.quotes()
        assert len(frame) == 8
        assert frame["after"].isna().all()
        assert frame["before"].notna().any()


def test_a_newer_store_is_refused_and_not_touched(store: Store) -> None:
    marker = store.path / "quotes-store.json"
    marker.write_text(json.dumps({"format": FORMAT + 1}), encoding="utf-8")
    with pytest.raises(
        StoreError, match=rf"format {FORMAT + 1}, this program reads up to {FORMAT}"
    ):
        open_store(store.path, create=True)
    assert json.loads(marker.read_text(encoding="utf-8")) == {"format": FORMAT + 1}
    assert f"The format is {FORMAT}." in PAGE
