"""What the search page asks of the quotes: the condition, a page of rows, counts and facets, all from the table in memory.

In: a `Search`. Out: rows and counts. Words of a person never become part of the SQL.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from quotes.store.quote_table import IS_SHOWN, QUOTES_IN_MEMORY, QuoteTable, Rows

A_PAGE = 30  # quotes
WORD = re.compile(
    r"[^\W_]+"
)  # as in the column `cut_words`: letters and digits, a space before each word
MOST_WORDS = 40
FACETS = ("speaker", "outlet", "year", "type", "kind", "sure", "review")
SHOWN = 12  # values of a facet
ORDERS = {
    "newest": "day DESC NULLS LAST, document, position",
    "oldest": "day NULLS LAST, document, position",
    "surest": "confidence DESC, day DESC NULLS LAST, document, position",
    "unsure": "confidence, day DESC NULLS LAST, document, position",
}
BANDS = {
    "90": (0.9, 1.01),
    "70": (0.7, 0.9),
    "50": (0.5, 0.7),
    "30": (0.3, 0.5),
    "0": (0.0, 0.3),
}  # of confidence, in per cent
BAND = (
    "CASE WHEN confidence >= 0.9 THEN '90' WHEN confidence >= 0.7 THEN '70' WHEN confidence >= 0.5 THEN '50' "
    "WHEN confidence >= 0.3 THEN '30' ELSE '0' END"
)
REVIEW = "coalesce(review, 'machine')"
COLUMN = {
    "speaker": "speaker_id",
    "outlet": "outlet",
    "type": "type",
    "kind": "kind",
    "year": "CAST(year(day) AS VARCHAR)",
    "sure": BAND,
    "review": REVIEW,
}
UNRESOLVED = "-"  # as a speaker: quotes of nobody known by name


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is looked for; None is no condition. `words` must all begin some word of the quote; `copies` keeps near copies of
    articles, `unsure` quotes of little confidence that nobody checked.
    """

    words: str | None = None
    speaker: str | None = None
    outlet: str | None = None
    since: date | None = None
    until: date | None = None
    year: str | None = None
    type: str | None = None
    kind: str | None = None
    sure: str | None = None
    review: str | None = None
    rule: str | None = None
    document: str | None = None
    copies: bool = False
    unsure: bool = False
    ids: tuple[str, ...] | None = None


def condition(search: Search) -> tuple[str, list[Any]]:
    """The WHERE condition and its values."""
    parts, values = ["TRUE"], list[Any]()

    def add(part: str, *given: Any) -> None:
        parts.append(part)
        values.extend(given)

    for word in WORD.findall((search.words or "").lower())[:MOST_WORDS]:
        add("contains(cut_words, ?)", f" {word}")
    for facet in FACETS:
        value = getattr(search, facet)
        if value is None:
            continue
        if facet == "speaker" and value == UNRESOLVED:
            add("speaker_id IS NULL")
        else:
            add(f"{COLUMN[facet]} = ?", value)
    for name in ("rule", "document"):
        if (value := getattr(search, name)) is not None:
            add(f"{name} = ?", value)
    if search.since:
        add("day >= ?", search.since)
    if search.until:
        add("day <= ?", search.until)
    if search.ids is not None:
        add(f"id IN ({', '.join('?' * len(search.ids)) or 'NULL'})", *search.ids)
    if not search.copies:
        add("copy_of IS NULL")
    if not search.unsure and search.sure is None:
        add(IS_SHOWN)
    return " AND ".join(parts), values


def count(quote_table: QuoteTable, search: Search) -> int:
    """How many quotes there are of this search."""
    where, values = condition(search)
    return int(
        quote_table.rows(f"SELECT count(*) AS n FROM {QUOTES_IN_MEMORY} WHERE {where}", values)[0][
            "n"
        ]
    )


def find(
    quote_table: QuoteTable,
    search: Search,
    *,
    order: str = "newest",
    page: int = 1,
    size: int | None = A_PAGE,
) -> Rows:
    """The rows of a page (from 1), or all of them."""
    where, values = condition(search)
    limit = (
        "" if size is None else f" LIMIT {int(size)} OFFSET {(max(1, int(page)) - 1) * int(size)}"
    )
    return quote_table.rows(
        f"SELECT * EXCLUDE (cut_words) FROM {QUOTES_IN_MEMORY} WHERE {where} ORDER BY {ORDERS[order]}, id{limit}",
        values,
    )


def facets(quote_table: QuoteTable, search: Search) -> dict[str, list[dict[str, Any]]]:
    """For each facet its commonest values with the number of quotes, as if that facet alone were not chosen."""
    return counted(quote_table, search)[0]


def counted(quote_table: QuoteTable, search: Search) -> tuple[dict[str, list[dict[str, Any]]], int]:
    """The facets, and how many quotes there are of this search: all in one reading of the table."""
    found: tuple[dict[str, list[dict[str, Any]]], int] = quote_table.cached(
        ("counted", search), lambda: _counted(quote_table, search)
    )
    return found


def _counted(
    quote_table: QuoteTable, search: Search
) -> tuple[dict[str, list[dict[str, Any]]], int]:
    nothing: dict[str, Any] = dict.fromkeys(FACETS)
    # Quotes of little confidence count for the facet of confidence alone.
    where, values = condition(replace(search, unsure=True, **nothing))
    columns = ", ".join(f"{COLUMN[name]} AS {name}" for name in FACETS)
    all_of_them = search.unsure or search.sure is not None
    queries = []
    for name in FACETS:
        others, more = _chosen(search, without=name)
        who = "any_value(who)" if name == "speaker" else "NULL"
        queries.append(
            f"(SELECT '{name}' AS facet, {name} AS value, {who} AS who, count(*) AS n, count(*) FILTER (counts) AS sure_n"
            f" FROM matched WHERE {others} GROUP BY {name} ORDER BY sure_n DESC, n DESC, who, value LIMIT {SHOWN})"
        )
        values += more
    chosen, more = _chosen(search)
    queries.append(
        f"(SELECT 'all', NULL, NULL, count(*), count(*) FILTER (counts) FROM matched WHERE {chosen})"
    )
    query = f"""
        WITH matched AS MATERIALIZED (
            SELECT {columns}, speaker_name AS who, {"TRUE" if all_of_them else IS_SHOWN} AS counts FROM {QUOTES_IN_MEMORY} WHERE {where})
        {" UNION ALL ".join(queries)}"""
    *rows, whole = sorted(
        quote_table.rows(query, [*values, *more]), key=lambda row: row["facet"] == "all"
    )
    return {
        name: _order(name, [_value(name, row) for row in rows if _counts(name, row)])
        for name in FACETS
    }, int(whole["sure_n"])


def _chosen(search: Search, *, without: str | None = None) -> tuple[str, list[str]]:
    """The condition of the facets that are chosen, but one, over the columns named as they are."""
    parts, values = ["TRUE"], list[str]()
    for name in FACETS:
        value = getattr(search, name)
        if value is None or name == without:
            continue
        if name == "speaker" and value == UNRESOLVED:
            parts.append("speaker IS NULL")
        else:
            parts.append(f"{name} = ?")
            values.append(value)
    return " AND ".join(parts), values


def _counts(name: str, row: dict[str, Any]) -> bool:
    """Whether a row of the counts is a value of this facet."""
    return (
        row["facet"] == name
        and bool(_number(name, row))
        and (row["value"] is not None or name == "speaker")
    )


def _number(name: str, row: dict[str, Any]) -> int:
    return int(row["n"] if name == "sure" else row["sure_n"])


def _value(name: str, row: dict[str, Any]) -> dict[str, Any]:
    value = UNRESOLVED if row["value"] is None else row["value"]
    label = (
        ("not known by name" if row["value"] is None else row["who"])
        if name == "speaker"
        else LABEL.get(name, str)(value)
    )
    return {"value": value, "label": label, "count": _number(name, row)}


def _order(name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if name in ("year", "sure"):
        return sorted(rows, key=lambda row: -int(row["value"]))
    return sorted(rows, key=lambda row: (-row["count"], str(row["label"])))


BAND_LABELS = {
    "90": "90 % and more",
    "70": "70 to 90 %",
    "50": "50 to 70 %",
    "30": "30 to 50 %",
    "0": "below 30 %",
}
LABEL: dict[str, Callable[[str], str]] = {"sure": BAND_LABELS.__getitem__}
