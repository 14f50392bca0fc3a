"""Rows of a store's quotes as a list for people: who, when and where, and the words.

In: rows with the columns of a store's quotes. Out: lines of text. Nothing of an article reaches a
terminal as a control character.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quotes.output.dates import date_text
from quotes.output.quote_text import labelled_words, source_text, speaker_text, with_role
from quotes.output.terminal.safe_text import printable


def quote_lines(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a quote: who, how sure, when and where; the words."""
    name = speaker_text(row["speaker_name"], row["speaker_confidence"])
    named = source_text(row["speaker_name"], row["source"])
    if not row["speaker_name"] and row["source"]:
        name = f"“{row['source']}”?"
    who = with_role(name + (f" [text: “{named}”]" if named else ""), row["role"])
    said = row["said_on"]
    parts = (
        who,
        row["cue"],
        row["type"],
        f"{row['probability']:.0%}",
        f"said {date_text(said, row['said_precision'] or 'day')}" if said else None,
    )
    yield printable(" · ".join(part for part in parts if part))
    yield "    " + printable(labelled_words(row["words"], row["factuality"], row["act"]))
    yield "    " + place_text(row) + f" · quote {row['id']}"


def place_text(row: Mapping[str, Any]) -> str:
    """Return outlet, day of publication, title and id or address of an article."""
    day = date_text(row["published"]) if row["published"] else None
    where = (
        row["url"] if str(row["url"] or "").startswith(("http://", "https://")) else row["document"]
    )
    copied = f"copy of {row['copy_of']}" if row["copy_of"] else None
    return printable(" · ".join(p for p in (row["outlet"], day, row["title"], where, copied) if p))
