"""The tables of docs/store.md and docs/formats.md, written from the program itself.

    python -m docs.dictionary

puts the tables of `quotes.store.schema` and the columns that only views have into the first page,
the columns of quotes into the second, and writes docs/quotes.schema.json. tests/docs/ compares.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from quotes.output.json_schema import json_schema
from quotes.quote_columns import QUOTE_COLUMNS
from quotes.store.schema import TABLES

PAGE = Path(__file__).resolve().parent / "store.md"
FORMATS_PAGE = PAGE.with_name("formats.md")
SCHEMA = PAGE.with_name("quotes.schema.json")
BEGIN, END = "<!-- tables: python -m docs.dictionary -->\n", "<!-- end of tables -->"
NAMES = {
    pa.string(): "text",
    pa.binary(): "bytes",
    pa.int32(): "integer (32 bits)",
    pa.int64(): "integer (64 bits)",
    pa.float64(): "number (64 bits)",
    pa.date32(): "day",
}


def named(kind: pa.DataType) -> str:
    """Return an Arrow type in words: "list of {start: integer (64 bits), ...}"."""
    if pa.types.is_list(kind):
        return f"list of {named(kind.value_type)}"
    if pa.types.is_struct(kind):
        return "{" + ", ".join(f"{field.name}: {named(field.type)}" for field in kind) + "}"
    if pa.types.is_timestamp(kind) and kind.tz:
        return f"moment ({kind.unit}, UTC)".replace("us", "microseconds")
    return NAMES[kind]


def tables() -> Iterator[str]:
    """Yield each table as a section."""
    for table in TABLES.values():
        yield (
            f"### `{table.name}`\n\nA row is {table.row}.\n\n| column | type | what it says |\n| "
            "--- | --- | --- |\n"
        )
        yield (
            "".join(
                f"| `{column.name}` | {named(column.type)} | {column.says} |\n"
                for column in table.columns
            )
            + "\n"
        )


def columns() -> Iterator[str]:
    """Yield the table of the columns of a quote."""
    yield "| column | kind | what it says |\n| --- | --- | --- |\n"
    for column in QUOTE_COLUMNS:
        where = " (of a store only)" if column.store_only else ""
        yield f"| `{column.name}` | {column.kind} | {column.says}{where} |\n"
    yield "\n"


def schema() -> str:
    """Return the JSON Schema of quotes as a file."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def rewritten(page: str, made: Iterator[str] | None = None) -> str:
    """Return the page with its tables as they are now: those of the store, unless `made` is."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + "\n" + "".join(made or tables()) + END + rest.split(END)[1]


if __name__ == "__main__":
    PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    page = FORMATS_PAGE.read_text(encoding="utf-8")
    FORMATS_PAGE.write_text(rewritten(page, columns()), encoding="utf-8")
    SCHEMA.write_text(schema(), encoding="utf-8")
