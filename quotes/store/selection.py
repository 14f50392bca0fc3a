"""Which quotes are wanted, and the condition that says so to the database.

In: a `Selection`. Out: SQL over the view `quotes` with its parameters. Words of a person never become part of the SQL.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from quotes.defaults import MIN_CONFIDENCE

# What a frame or an export of quotes holds, in this order; all of it is described in the data dictionary.
# fmt: off
COLUMNS = (
    "id", "document", "speaker_id", "speaker_name", "speaker", "role", "kind", "type", "words", "cue", "source", "addressee", "reported_by",
    "factuality", "day", "said_on", "said_precision", "when_text", "published", "outlet", "title", "author", "url", "before", "after",
    "confidence", "speaker_confidence", "review", "reviewed_by", "rule", "path", "resolved_by", "nested_in", "copy_of",
    "content_spans", "cue_spans", "source_spans",
)
# fmt: on
SORTED = ("day", "published", "document", "position", "id")
ORDER = ", ".join(f"{name} NULLS LAST" for name in SORTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Quotes that have all of these. None is no condition.

    `speaker_ids` are ids of speakers, `names` the names under which they stand (with them the database finds the rows faster); `since` and
    `until` are days on which it was said, else published, both included; `about` are words that must all begin some word of the quote;
    `copies` keeps near copies of articles, which otherwise count once. A quote that a person accepted, changed or added is never left out
    for its confidence. `unnamed` puts quotes of no known speaker beside those of `names`.
    """

    speaker_ids: Sequence[str] | None = None
    names: Sequence[str] | None = None
    unnamed: bool = False
    since: date | None = None
    until: date | None = None
    about: str | None = None
    role: str | None = None
    type: str | None = None
    kind: str | None = None
    factuality: str | None = None
    outlet: str | None = None
    documents: Sequence[str] | None = None
    ids: Sequence[str] | None = None
    rule: str | None = None
    min_confidence: float = MIN_CONFIDENCE
    copies: bool = False


EVERYTHING = Selection(min_confidence=0.0, copies=True)


def condition(wanted: Selection) -> tuple[str, list[Any]]:
    """The WHERE condition ("TRUE" for everything) and its parameters."""
    parts, values = list[str](), list[Any]()

    def add(part: str, *given: Any) -> None:
        parts.append(part)
        values.extend(given)

    for column, several in (("document", wanted.documents), ("id", wanted.ids)):
        if several is not None:
            add(f"{column} IN ({_marks(several)})", *several)
    if wanted.names is not None:
        named = f"speaker IN ({_marks(wanted.names)})"
        add(f"({named} OR speaker IS NULL)" if wanted.unnamed else named, *wanted.names)
    if wanted.speaker_ids is not None:
        add(f"speaker_id IN ({_marks(wanted.speaker_ids)})", *wanted.speaker_ids)
    for column in ("type", "kind", "factuality", "outlet", "rule"):
        value = getattr(wanted, column)
        if value is not None:
            add(f"{column} = ?", value)
    if wanted.since is not None:
        add("day >= ?", wanted.since)
    if wanted.until is not None:
        add("day <= ?", wanted.until)
    if wanted.role:
        add("contains(lower(coalesce(role, '')), lower(?))", wanted.role)
    for word in re.findall(r"\w+(?:['’-]\w+)*", wanted.about or ""):
        add("regexp_matches(words, ?, 'i')", rf"(^|[^\pL\pN]){re.escape(word)}")
    if wanted.min_confidence > 0:
        add(
            "(confidence >= ? OR review IN ('accepted', 'changed', 'added'))", wanted.min_confidence
        )
    if not wanted.copies:
        add("copy_of IS NULL")
    return " AND ".join(parts) or "TRUE", values


def _marks(several: Sequence[str]) -> str:
    return ", ".join("?" * len(several)) or "NULL"
