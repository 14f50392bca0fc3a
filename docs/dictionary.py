"""The tables of docs/store.md, written from the program itself.

    python -m docs.dictionary

puts the tables of `quotes.store.schema` and the columns that only views have into the page.
tests/docs/test_store_page.py compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from quotes.store.schema import TABLES

PAGE = Path(__file__).resolve().parent / "store.md"
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


def rewritten(page: str) -> str:
    """Return the page with its tables as they are now."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + "\n" + "".join(tables()) + END + rest.split(END)[1]


if __name__ == "__main__":
    PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
