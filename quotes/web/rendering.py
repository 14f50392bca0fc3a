"""Values as HTML and JSON.

In: the values of a page. Out: text. The templates escape every value; nothing of an article is ever
taken for markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from itertools import groupby
from typing import Any
from urllib.parse import quote as quoted

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from quotes.defaults import MIN_CONFIDENCE
from quotes.output.dates import date_text, period_text
from quotes.output.quote_text import FACTUALITY_LABELS
from quotes.output.review_status import PRINTED_LABELS, REVIEW_LABELS, REVIEW_NAMES
from quotes.output.terminal.safe_text import replace_unprintable
from quotes.store.quote_search import MAX_FACET_VALUES
from quotes.text.printed_words import END_COMMA, without_end_commas
from quotes.web.query import highlighted
from quotes.web.speaker_chart import chart_style

TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
}
FOLDERS = ("static", "vendor")
OF_ARTICLE = re.compile(f"(⟨[^⟨⟩]*⟩|{END_COMMA.pattern})")


@cache
def environment() -> Environment:
    """Return the environment of the templates."""
    made = Environment(
        loader=PackageLoader("quotes.web", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        day=day,
        percent=percent,
        number=number,
        counted=counted,
        shown=replace_unprintable,
        path=path,
        moment=moment,
        printed=printed,
        cited=without_end_commas,
        probability=probability,
        cue_words=cue_words,
        groups=groups,
        review_name=review_name,
    )
    made.globals.update(
        min_confidence=MIN_CONFIDENCE,
        period=period_text,
        review_labels=REVIEW_LABELS,
        printed_labels=PRINTED_LABELS,
        factuality_labels=FACTUALITY_LABELS,
        max_facet_values=MAX_FACET_VALUES,
    )
    return made


def page(template: str, values: Mapping[str, Any]) -> str:
    """Return a page as HTML."""
    return environment().get_template(template).render(values)


def to_json(values: Any) -> bytes:
    """Return values as JSON; days and moments as ISO 8601."""
    return json.dumps(values, ensure_ascii=False, default=_plain, allow_nan=False).encode(
        "utf-8", "replace"
    )


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"{type(value).__name__} cannot be sent")


def day(value: Any, precision: str | None = "day") -> str:
    """Write a day as 3 March 2016; as March 2016 or 2016 where it is not known more exactly."""
    return "" if value is None else date_text(value, precision or "day")


def moment(value: datetime | None) -> str:
    """Write a moment as 3 March 2016, 14:05 UTC."""
    return f"{date_text(value)}, {value:%H:%M} UTC" if value else ""


def percent(value: float | None) -> str:
    """Write a share as 97 %, which stays on one line."""
    return "" if value is None else f"{value * 100:.0f}\u00a0%"


def number(value: int | None) -> str:
    """Write a number as 1,234."""
    return "" if value is None else f"{value:,}"


def counted(value: int, noun: str) -> str:
    """Write a number of things as 1 quote or 1,234 quotes."""
    return f"{value:,} {noun}" + ("" if value == 1 else "s")


def path(value: str) -> str:
    """Write a value as one part of a path."""
    return quoted(value, safe="")


def printed(words: str, terms: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return printed words in pieces: "hit" where a search found them, "between", else "".

    "between" is what belongs to the article's own sentence: its words between two parts of a
    quote, in ⟨ ⟩, and its comma before a closing mark.
    """
    terms, pieces = tuple(terms), list[tuple[str, str]]()
    for number, part in enumerate(OF_ARTICLE.split(words)):
        if number % 2:  # what the pattern found
            pieces.append((part, "between"))
        elif part:
            pieces += [(piece, "hit" if hit else "") for piece, hit in highlighted(part, terms)]
    return pieces


def review_name(action: str) -> str:
    """Return what an action changes, in words."""
    return REVIEW_NAMES.get(action, action)


def groups(
    items: Iterable[Mapping[str, Any]], name: str
) -> list[tuple[Any, list[Mapping[str, Any]]]]:
    """Return neighbouring items with the same value of a field, in order, with that value."""
    return [(value, list(same)) for value, same in groupby(items, key=lambda item: item[name])]


def probability(item: Mapping[str, Any]) -> float:
    """Return the probability that words and speaker are right; of the words alone without one."""
    found = item.get("probability")
    if found is None:
        found = item["confidence"] * (item["speaker_confidence"] if item["speaker"] else 1.0)
    return float(found)


def cue_words(cue: Any) -> str:
    """Return the words of a cue, given as text or as parts with their place."""
    return cue if isinstance(cue, str) else " ".join(part["text"] for part in cue)


@cache
def assets() -> dict[str, tuple[bytes, str]]:
    """Return the files that pages need by name, with their bytes and types.

    They are read once; a request is only looked up here.
    """
    from importlib.resources import files

    found = dict[str, tuple[bytes, str]]()
    for folder in FOLDERS:
        for entry in files("quotes.web").joinpath(folder).iterdir():
            ending = entry.name[entry.name.rfind(".") :]
            if ending in TYPES:
                found[entry.name] = entry.read_bytes(), TYPES[ending]
    return found | {"chart.css": (chart_style(), TYPES[".css"])}
