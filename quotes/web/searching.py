"""What the search page asks of the quotes: the condition, a page of rows, counts and facets, all from the table in memory.

In: a `Search`. Out: rows and counts. Words of a person never become part of the SQL.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from quotes.web.shelf import SHELF, SURE, Rows, Shelf

A_PAGE = 30  # quotes
WORD = re.compile(r"[^\W_]+")  # as in the column `cut_words`: letters and digits, a space before each word
MOST_WORDS = 40
FACETS = ("speaker", "outlet", "year", "type", "kind", "sure", "review")
SHOWN = 12  # values of a facet
ORDERS = {
    "newest": "day DESC NULLS LAST, document, position",
    "oldest": "day NULLS LAST, document, position",
    "surest": "confidence DESC, day DESC NULLS LAST, document, position",
    "unsure": "confidence, day DESC NULLS LAST, document, position",
}
BANDS = {"90": (0.9, 1.01), "70": (0.7, 0.9), "50": (0.5, 0.7), "30": (0.3, 0.5), "0": (0.0, 0.3)}  # of confidence, in per cent
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
        add(SURE)
    return " AND ".join(parts), values


def count(shelf: Shelf, search: Search) -> int:
    """How many quotes there are of this search."""
    where, values = condition(search)
    return int(shelf.rows(f"SELECT count(*) AS n FROM {SHELF} WHERE {where}", values)[0]["n"])


def find(shelf: Shelf, search: Search, *, order: str = "newest", page: int = 1, size: int | None = A_PAGE) -> Rows:
    """The rows of a page (from 1), or all of them."""
    where, values = condition(search)
    limit = "" if size is None else f" LIMIT {int(size)} OFFSET {(max(1, int(page)) - 1) * int(size)}"
    return shelf.rows(f"SELECT * EXCLUDE (cut_words) FROM {SHELF} WHERE {where} ORDER BY {ORDERS[order]}, id{limit}", values)


def facets(shelf: Shelf, search: Search) -> dict[str, list[dict[str, Any]]]:
    """For each facet its commonest values with the number of quotes, as if that facet alone were not chosen."""
    found: dict[str, list[dict[str, Any]]] = shelf.kept(("facets", search), lambda: _facets(shelf, search))
    return found


def _facets(shelf: Shelf, search: Search) -> dict[str, list[dict[str, Any]]]:
    chosen = [facet for facet in FACETS if getattr(search, facet) is not None]
    found = _count(shelf, search, [facet for facet in FACETS if facet not in chosen])
    for facet in chosen:
        found |= _count(shelf, without(search, facet), [facet])
    return {facet: found[facet] for facet in FACETS}


def without(search: Search, facet: str) -> Search:
    """The search with a facet not chosen, so that its other values can be counted."""
    nothing: dict[str, Any] = {facet: None}
    return replace(search, **nothing)


def _count(shelf: Shelf, search: Search, names: list[str]) -> dict[str, list[dict[str, Any]]]:
    """The values of some facets, all in one reading of the table."""
    if not names:
        return {}
    where, values = condition(replace(search, unsure=True))  # quotes of little confidence count for the facet of confidence alone
    all_of_them = search.unsure or search.sure is not None
    columns = ", ".join(f"{COLUMN[name]} AS {name}" for name in names)
    sets = ", ".join(f"({name})" for name in names)
    marks = ", ".join(f"grouping({name}) AS g_{name}" for name in names)
    groups = ", ".join(f"g_{name}" for name in names)
    query = f"""
        SELECT * FROM (
            SELECT {", ".join(names)}, {marks}, any_value(who) AS who, count(*) AS n, count(*) FILTER (WHERE counts) AS sure_n
            FROM (SELECT {columns}, speaker_name AS who, {"TRUE" if all_of_them else SURE} AS counts FROM {SHELF} WHERE {where})
            GROUP BY GROUPING SETS ({sets}))
        QUALIFY row_number() OVER (PARTITION BY {groups} ORDER BY sure_n DESC, n DESC, who, {", ".join(names)}) <= {SHOWN}"""
    counted: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for row in shelf.rows(query, values):
        name = next(name for name in names if row[f"g_{name}"] == 0)
        number = row["n"] if name == "sure" else row["sure_n"]
        if not number or (row[name] is None and name != "speaker"):
            continue
        value = UNRESOLVED if row[name] is None else row[name]
        label = ("not known by name" if row[name] is None else row["who"]) if name == "speaker" else LABEL.get(name, str)(value)
        counted[name].append({"value": value, "label": label, "count": number})
    return {name: _order(name, rows)[:SHOWN] for name, rows in counted.items()}


def _order(name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if name in ("year", "sure"):
        return sorted(rows, key=lambda row: -int(row["value"]))
    return sorted(rows, key=lambda row: (-row["count"], str(row["label"])))


BAND_LABELS = {"90": "90 % and more", "70": "70 to 90 %", "50": "50 to 70 %", "30": "30 to 50 %", "0": "below 30 %"}
LABEL: dict[str, Callable[[str], str]] = {"sure": BAND_LABELS.__getitem__}
