"""Quotes as schema.org Quotation or Claim in JSON-LD, for the web and for archives.

In: Arrow batches with the columns of a store's quotes. Out: one object with `@graph`, a quote on
each line. Direct quotes are a Quotation; of indirect and mixed ones the article says in its own
words what somebody claimed: they are a Claim, with the article as its `appearance`. What somebody
denied, did not say or would say is left out, as are indirect questions, and thoughts, intentions
and attitudes: no reader of schema.org could tell them from what was said. The sentences around a
quote, its type and its confidence have no place in schema.org and get names of their own
(`quotes:before`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, BinaryIO

import pyarrow as pa

from quotes.output.tables.cells import json_value

Row = Mapping[str, Any]

CONTEXT = ["https://schema.org", {"quotes": "urn:x-quotes:"}]
TYPES = {
    "person": "Person",
    "unnamed": "Person",
    "organization": "Organization",
    "group": "Organization",
}
EXTRAS = ("before", "after", "type", "cue", "factuality", "confidence", "review")


def write_jsonld(rows: pa.RecordBatchReader, stream: BinaryIO) -> int:
    """Write the quotes that were said, and return their number."""
    stream.write(f'{{"@context": {json.dumps(CONTEXT)}, "@graph": ['.encode())
    written = 0
    for batch in rows:
        for row in batch.to_pylist():
            if _is_said(row):
                stream.write(
                    (",\n" if written else "\n").encode()
                    + json.dumps(quotation_or_claim(row), ensure_ascii=False).encode()
                )
                written += 1
    stream.write(b"\n]}\n")
    return written


def quotation_or_claim(row: Row) -> dict[str, Any]:
    """Return a row as a Quotation, or a Claim if it is not direct, without missing values.

    The date is as exact as it is known: "2023-10-27", "2023-W43", "2023-10", "2023".
    """
    speaker = _speaker(row)
    own = {"@id": speaker["@id"]} if speaker and "@id" in speaker else speaker
    made: dict[str, Any] = (
        {"@type": "Quotation", "spokenByCharacter": speaker, "creator": own}
        if row["type"] == "direct"
        else {"@type": "Claim", "creator": speaker, "appearance": _article(row)}
    )
    about = {
        **made,
        "identifier": row["id"],
        "text": row["words"],
        "citation": {"@type": "CreativeWork", "name": row["speaker"]}
        if row["kind"] == "document" and row["speaker"]
        else None,
        "dateCreated": _said_on(row),
        "isPartOf": _article(row) if row["type"] == "direct" else None,
        **{f"quotes:{name}": json_value(row[name]) for name in EXTRAS},
    }
    return {name: value for name, value in about.items() if value is not None}


def _is_said(row: Row) -> bool:
    """Return True if a row is a statement, or a question in direct speech."""
    asked = row["factuality"] == "question" and row["type"] == "direct"
    return (row["factuality"] == "said" or asked) and row["act"] in (None, "speech")


def _speaker(row: Row) -> dict[str, Any] | None:
    """Return the speaker as a Person or an Organization; None where it is neither or unknown."""
    name = row["speaker_name"] or row["speaker"]
    if not name or row["kind"] == "document":
        return None
    made = {
        "@type": TYPES.get(row["kind"] or "", "Person"),
        "@id": f"urn:x-quotes:speaker:{row['speaker_id']}" if row["speaker_id"] else None,
        "name": name,
        "jobTitle": row["role"] if TYPES.get(row["kind"] or "", "Person") == "Person" else None,
    }
    return {key: value for key, value in made.items() if value is not None}


def _said_on(row: Row) -> str | None:
    """Return when it was said, in ISO 8601; never the day of publication."""
    day: date | None = row["said_on"]
    if day is None:
        return None
    year, week, _ = day.isocalendar()
    return {"week": f"{year}-W{week:02d}", "month": f"{day:%Y-%m}", "year": f"{day.year:04d}"}.get(
        row["said_precision"], day.isoformat()
    )


def _article(row: Row) -> dict[str, Any]:
    """Return the document as a NewsArticle."""
    url = row["url"] or ""
    made = {
        "@type": "NewsArticle",
        "identifier": row["document"],
        "url": url if url.startswith(("http://", "https://")) else None,
        "headline": row["title"],
        "author": {"@type": "Person", "name": row["author"]} if row["author"] else None,
        "publisher": {"@type": "Organization", "name": row["outlet"]} if row["outlet"] else None,
        "datePublished": row["published"].isoformat() if row["published"] else None,
    }
    return {key: value for key, value in made.items() if value is not None}
