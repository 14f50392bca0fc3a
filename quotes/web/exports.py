"""Rows of a page as a file: CSV, or a sheet (xlsx).

In: rows as a page has them. Out: the bytes of a file, in which no cell is a formula.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from quotes import identity
from quotes.output.documents import FORMULA_PREFIXES
from quotes.output.tables.arrangement import day_text
from quotes.output.tables.xlsx import write_xlsx
from quotes.output.terminal.safe_text import replace_unprintable
from quotes.quote_columns import QUOTE_COLUMNS
from quotes.store import article_queries
from quotes.web.app_state import AppState
from quotes.web.cards import cards
from quotes.web.parameters import Parameters

Row = Mapping[str, Any]

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ABOUT = ("id", "q", "words", "speaker", "outlet", "year", "role", "document", "only")
MAX_NAME_CHARS = 80  # of what a file is about
FORMULA_STARTS = (*FORMULA_PREFIXES, "\n")
HTML_FIELDS = ("pieces", "paragraphs")  # of a row: for its HTML only
PRECISIONS = {
    "said_on": "said_precision",
    "day": "said_precision",
    "first": "first_precision",
    "last": "last_precision",
}
COLUMN_ORDER = {column.name: place for place, column in enumerate(QUOTE_COLUMNS)}
CHANGES = {"new": "[+{}+]", "gone": "[-{}-]"}


def file_name(page: str, parameters: Parameters, ending: str) -> str:
    """Return the name of a file of rows: the page, and what is asked for."""
    given = (parameters[name] for name in ABOUT)
    words = (each for value in given for each in (value if isinstance(value, tuple) else (value,)))
    about = re.sub("[^a-z0-9]+", "-", identity.latin_key(" ".join(w for w in words if w)))
    return (
        "-".join(part for part in (page, about[:MAX_NAME_CHARS].strip("-")) if part) + "." + ending
    )


def to_file(rows: Sequence[Row], ending: str) -> bytes:
    """Return rows as a file of TYPES."""
    if ending == "xlsx":
        return to_xlsx(rows)
    return b"\xef\xbb\xbf" + to_csv(rows).encode("utf-8", "replace")


def quote_rows(state: AppState, rows: Iterable[Row], address: str) -> list[dict[str, Any]]:
    """Return quotes with the sentences around them, statement and address, the columns in order.

    Args:
        state: The state of the app.
        rows: The quotes.
        address: The address of this server, before which `permalink` has no path.
    """
    rows = list(rows)
    rows = [{**card, **row} for card, row in zip(cards(state, rows), rows, strict=True)]
    around = article_queries.contexts(state.store, [row["id"] for row in rows])
    found = list[dict[str, Any]]()
    for row in rows:
        one = {**row, **around.get(row["id"], {}), "permalink": f"{address}/quote/{row['id']}"}
        if "pieces" in row:
            one["difference"] = difference_text(row["pieces"])
        found.append({name: one[name] for name in sorted(one, key=_place)})
    return found


def _place(name: str) -> tuple[int, str]:
    return COLUMN_ORDER.get(name, len(COLUMN_ORDER)), name


def difference_text(pieces: Iterable[Mapping[str, Any]]) -> str:
    """Return a difference in one line: words [-that are missing-] and [+that are new+]."""
    return " ".join(CHANGES.get(piece["kind"], "{}").format(piece["text"]) for piece in pieces)


def to_csv(rows: Iterable[Row]) -> str:
    """Return rows as CSV, with nothing that a spreadsheet takes for a formula.

    The columns are those of all rows, in the order in which they come.
    """
    rows = list(rows)
    names = _names(rows)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(_value(row, name)) for name in names])
    return out.getvalue()


def to_xlsx(rows: Iterable[Row]) -> bytes:
    """Return rows as a workbook of one sheet; numbers and days stay what they are."""
    rows = list(rows)
    columns = {name: _column([_value(row, name) for row in rows]) for name in _names(rows)}
    made = io.BytesIO()
    write_xlsx(pa.table(columns).to_reader(), made)
    return made.getvalue()


def _names(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row if name not in HTML_FIELDS))


def _value(row: Row, name: str) -> Any:
    """Return a value of a row; a day only as exactly as it is known."""
    value, precision = row.get(name), row.get(PRECISIONS.get(name, ""))
    inexact = precision not in (None, "day") and isinstance(value, date)
    if name == "day" and row.get("said_on") is None:
        inexact = False  # the day of publication
    return day_text(value, precision) if inexact else value


def _column(values: Sequence[Any]) -> pa.Array:
    """Return values as a column of numbers, of days, or of texts."""
    there = [value for value in values if value is not None]
    for kinds, type_ in (
        ((int,), pa.int64()),
        ((int, float), pa.float64()),
        ((datetime,), pa.timestamp("us", tz="UTC")),
        ((date,), pa.date32()),
    ):
        if there and all(isinstance(v, kinds) and not isinstance(v, bool) for v in there):
            return pa.array(values, type_)
    return pa.array([None if value is None else _text(value) for value in values], pa.string())


def _cell(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    text = _raw_text(value)
    return ("'" if text.lstrip(" ").startswith(FORMULA_STARTS) else "") + replace_unprintable(text)


def _text(value: Any) -> str:
    """Return a value as the text of a cell."""
    return replace_unprintable(_raw_text(value))


def _raw_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        value = "; ".join(_part(part) for part in value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _part(part: Any) -> str:
    if not isinstance(part, Mapping):
        return str(part)
    if "start" in part:
        return f"{part['start']}-{part['end']}"
    return str(part.get("name") or part.get("id") or "")
