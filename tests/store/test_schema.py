"""The tables of a store, described."""

from __future__ import annotations

import pyarrow as pa
import pytest

from quotes.store.schema import FORMAT, OLD_NAMES, TABLES, TableSchema


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_every_column_has_a_name_of_its_own_a_type_and_a_meaning(table: TableSchema) -> None:
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    assert all(column.says.strip() for column in table.columns)
    assert table.row.strip()
    assert set(table.order) <= set(names)


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_the_arrow_schema_has_the_columns_in_order(table: TableSchema) -> None:
    assert table.schema.names == [column.name for column in table.columns]
    assert table.schema.types == [column.type for column in table.columns]


def test_rows_of_a_document_name_the_commit_that_wrote_them() -> None:
    for name in ("quotes", "aliases", "roles"):
        assert TABLES[name].schema.names[:2] == ["document", "batch"]
    assert "batch" in TABLES["documents"].schema.names


def test_a_copied_column_has_the_type_of_its_original() -> None:
    documents, quotes = TABLES["documents"].schema, TABLES["quotes"].schema
    for name in ("outlet", "title", "author", "published"):
        assert documents.field(name).type == quotes.field(name).type
    assert all(
        pa.types.is_timestamp(TABLES[table].schema.field(column).type)
        for table, column in (("documents", "added"), ("reviews", "at"), ("failures", "at"))
    )


def test_old_names_belong_to_tables_and_an_earlier_format() -> None:
    assert set(OLD_NAMES) <= set(TABLES)
    assert not set(OLD_NAMES.values()) & set(TABLES)
    assert FORMAT > 1
