"""Findings of a verification as rows: JSON lines, CSV, a pandas frame.

In: a `Verification`. Out: plain values, in field names and an order that are a contract
(docs/verify.md). Missing values are None.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from quotes.output.csv_text import csv_text
from quotes.output.dates import iso_text
from quotes.output.documents import PANDAS_TYPES, Row, escape_formula
from quotes.output.terminal.safe_text import printable
from quotes.output.terminal.verification_report import notes_of
from quotes.output.time_code import time_code
from quotes.verification.findings import Change, Evidence, Finding

if TYPE_CHECKING:
    import pandas

    from quotes.verification.verification import Verification

COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("draft", "text", "id of the draft"),
    ("line", "number", "line of the draft, from 1"),
    ("verdict", "text", "what checking the words comes to"),
    ("also", "list", "other verdicts that hold"),
    ("words", "text", "the words of the draft"),
    ("type", "text", "direct, indirect or mixed"),
    ("speaker", "text", "who is said to have said them"),
    ("role", "text", "the speaker's role in the draft"),
    ("said_on", "text", "when they are said to have been said, as exactly as the draft says"),
    ("source", "text", "id of the source that fits best"),
    ("source_title", "text", "its title"),
    ("source_outlet", "text", "its outlet"),
    ("source_place", "text", "its path or address"),
    ("source_published", "text", "its day of publication"),
    ("source_line", "number", "line of the passage, from 1; missing in a store"),
    ("source_page", "number", "page of the passage, where the file has pages"),
    ("source_time", "text", "time of the passage, where the file has times"),
    ("source_speaker", "text", "who says the passage there"),
    ("source_role", "text", "the speaker's role there"),
    ("source_said_on", "text", "when it was said, as the source says"),
    ("source_words", "text", "the words of the source that stand for those of the draft"),
    ("before", "text", "the words before them in the same sentence or quotation"),
    ("after", "text", "the words after them there"),
    ("changes", "text", "the differences, as kind: draft → source"),
    ("senses", "list", "how they may change the sense"),
    ("speaker_match", "text", "same, other, unknown (to the source) or not given (in the draft)"),
    ("role_match", "text", "likewise"),
    ("day_match", "text", "likewise"),
    ("score", "number", "share of the draft's words that the passage has, by weight"),
    ("notes", "list", "what a reader should know"),
    ("id", "text", "id of the quote, with a number where it has several quoted parts"),
    ("accepted_by", "text", "who accepted the finding; missing where nobody did"),
    ("accepted_on", "text", "the day"),
    ("accepted_why", "text", "the reason"),
)
"""Columns of a row: name, kind of value, meaning."""


def to_rows(verification: Verification) -> list[Row]:
    """Return a row for each finding, in the order of the drafts."""
    return [_row(finding) for finding in verification.findings]


def to_frame(verification: Verification) -> pandas.DataFrame:
    """Return a frame with a row a finding."""
    import pandas

    rows = to_rows(verification)
    return pandas.DataFrame(
        {
            name: pandas.Series([row[name] for row in rows], dtype=PANDAS_TYPES[kind])
            for name, kind, _ in COLUMNS
        }
    )


def to_csv(verification: Verification) -> str:
    """Return a header and a line for each finding; nothing begins like a formula."""
    names = [name for name, _, _ in COLUMNS]
    lines = ([escape_formula(_cell(row[name])) for name in names] for row in to_rows(verification))
    return csv_text([names, *lines])


def to_json_lines(verification: Verification) -> str:
    """Return an object a finding, with all its evidence and differences."""
    lines = (
        json.dumps(_object(finding), ensure_ascii=False) + "\n" for finding in verification.findings
    )
    return "".join(lines)


def _object(finding: Finding) -> Row:
    row = _row(finding)
    own = {name: row[name] for name in ("draft", "line", "verdict", "also", "words", "type")}
    own |= {name: row[name] for name in ("speaker", "role", "said_on")}
    matches = {"speaker": finding.speaker, "role": finding.role, "day": finding.day}
    return own | {
        "spans": [[span.start, span.end] for span in finding.claim.spans],
        "matches": matches,
        "changes": [_change(change) for change in finding.changes],
        "evidence": [_evidence(evidence) for evidence in finding.evidence],
        "notes": list(_notes(finding)),
        "id": finding.claim.id,
        **_acceptance(finding),
    }


def _notes(finding: Finding) -> tuple[str, ...]:
    """Return the notes; who accepted the finding has columns of its own."""
    return finding.notes if finding.accepted else notes_of(finding)


def _acceptance(finding: Finding) -> Row:
    made = finding.accepted
    return {
        "accepted_by": made.by if made else None,
        "accepted_on": made.on.isoformat() if made else None,
        "accepted_why": made.why if made else None,
    }


def _row(finding: Finding) -> Row:
    claim = finding.claim
    best = finding.evidence[0] if finding.evidence else None
    there = _evidence(best) if best else {}
    senses = dict.fromkeys(sense for change in finding.changes for sense in change.senses)
    return {
        "draft": claim.document,
        "line": claim.line,
        "verdict": finding.verdict,
        "also": list(finding.also),
        "words": claim.words,
        "type": claim.type,
        "speaker": claim.speaker,
        "role": claim.role,
        "said_on": iso_text(claim.said_on) if claim.said_on else None,
        **{f"source_{name}": there.get(name) for name in _OF_SOURCE},
        "source": there.get("source"),
        "before": there.get("before") or None,
        "after": there.get("after") or None,
        "changes": "; ".join(map(_change_text, finding.changes)) or None,
        "senses": list(senses),
        "speaker_match": finding.speaker,
        "role_match": finding.role,
        "day_match": finding.day,
        "score": there.get("score"),
        "notes": list(_notes(finding)),
        "id": claim.id,
        **_acceptance(finding),
    }


_OF_SOURCE = (
    "title",
    "outlet",
    "place",
    "published",
    "line",
    "page",
    "time",
    "speaker",
    "role",
    "said_on",
    "words",
)


def _evidence(evidence: Evidence) -> Row:
    said, published = evidence.speaker, evidence.published
    return {
        "source": evidence.source,
        "title": evidence.title,
        "outlet": evidence.outlet,
        "place": evidence.place,
        "published": published.isoformat() if published else None,
        "line": evidence.line,
        "page": evidence.page,
        "time": time_code(evidence.time) if evidence.time is not None else None,
        "speaker": said.name,
        "role": said.role,
        "said_on": iso_text(said.said_on) if said.said_on else None,
        "before": evidence.before,
        "words": evidence.words,
        "after": evidence.after,
        "span": [evidence.span.start, evidence.span.end] if evidence.span else None,
        "score": evidence.score,
    }


def _change(change: Change) -> Row:
    return {
        "kind": change.kind,
        "draft": change.claim,
        "source": change.source,
        "senses": list(change.senses),
    }


def _change_text(change: Change) -> str:
    return f"{change.kind}: {change.claim or '–'} → {change.source or '–'}"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(map(str, value))
    return printable(value) if isinstance(value, str) else str(value)
