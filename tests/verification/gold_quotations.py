"""The test set of verification: quotations made from real articles and written transcripts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from quotes.records import Document, Quote, SaidOn, Span
from quotes.verification.findings import Claim, Finding, Verdict
from quotes.verification.passage_index import PassageIndex
from quotes.verification.source_texts import SourceText
from quotes.verification.verifier import Verifier
from tests.paths import TESTS
from tests.verification.sources import ENGLISH

GOLD = TESTS / "gold"


@dataclass(frozen=True)
class GoldQuotation:
    """A quotation of the test set: how it was made, and the verdict that is right."""

    id: str
    kind: str
    source: str
    speaker: str
    words: str
    verdict: Verdict


def _rows(name: str) -> list[dict[str, Any]]:
    lines = (GOLD / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@cache
def gold_quotations() -> tuple[GoldQuotation, ...]:
    """Return the quotations."""
    return tuple(GoldQuotation(**row) for row in _rows("verify-quotations.jsonl"))


@cache
def gold_sources() -> tuple[SourceText, ...]:
    """Return the sources, with the quotes that the file gives in place of extraction."""
    return tuple(_source(row) for row in _rows("verify-sources.jsonl"))


def _source(row: dict[str, Any]) -> SourceText:
    document = Document(
        id=row["id"],
        text=row["text"],
        source=row.get("url"),
        title=row["title"],
        outlet=row.get("outlet"),
        published=date.fromisoformat(row["published"]),
        language="en",
    )
    found = tuple(_quote(number, row["id"], quote) for number, quote in enumerate(row["quotes"]))
    return SourceText(document, ENGLISH, extract=lambda _: found)


def _quote(number: int, document: str, row: dict[str, Any]) -> Quote:
    said = row["said_on"]
    return Quote(
        id=f"{document}.{number}",
        document=document,
        content=tuple(Span(start, end) for start, end in row["content"]),
        cue=(),
        source=(),
        type=row["type"],
        rule="gold",
        confidence=1.0,
        said_on=SaidOn(date.fromisoformat(said["date"]), said["precision"]) if said else None,
        speaker=row["speaker"],
        kind=row["kind"],
        role=row["role"],
        speaker_confidence=1.0,
    )


@cache
def gold_findings() -> tuple[tuple[GoldQuotation, Finding], ...]:
    """Return each quotation with its finding against all sources at once."""
    verifier = Verifier(PassageIndex(gold_sources(), ENGLISH), ENGLISH)
    return tuple((each, verifier.check(_claim(each))) for each in gold_quotations())


def _claim(each: GoldQuotation) -> Claim:
    return Claim(
        id=each.id,
        document="draft",
        words=each.words,
        parts=(each.words,),
        speaker=each.speaker,
        kind="person",
    )


def right_share(pairs: Sequence[tuple[GoldQuotation, Finding]]) -> float:
    """Return the share of quotations with the right verdict."""
    return sum(each.verdict == finding.verdict for each, finding in pairs) / len(pairs)
