"""Answers as plain values, for JSON and for programs.

In: an `Answer` or a `Group`. Out: dictionaries and lists; days in ISO 8601.
"""

from __future__ import annotations

from typing import Any

from quotes.output.dates import iso_text
from quotes.statements.answers import Answer, Found
from quotes.statements.types import Group, Statement

Object = dict[str, Any]


def answer_object(found: Answer) -> Object:
    """Return an answer: `asked`, `found` (best first), `total`, `note`."""
    return {
        "asked": found.asked,
        "total": found.total,
        "note": found.note or None,
        "found": [_found(each) for each in found.found],
    }


def group_object(found: Group) -> Object:
    """Return a statement with all its wordings.

    `variants` have who printed each, `first` the ids of the prints that were first.
    """
    return {
        "id": found.id,
        "reasons": list(found.reasons),
        "first": [statement.id for statement in found.first],
        "variants": [
            {"words": v.words, "printed": [statement_object(s) for s in v.printed]}
            for v in found.variants
        ],
    }


def statement_object(statement: Statement) -> Object:
    """Return one print of a statement."""
    said = statement.said_on
    return {
        "id": statement.id,
        "document": statement.document,
        "words": statement.words,
        "speaker_id": statement.speaker_id,
        "speaker": statement.speaker,
        "role": statement.role,
        "outlet": statement.outlet,
        "title": statement.title,
        "published": statement.published.isoformat() if statement.published else None,
        "said_on": {"date": iso_text(said), "precision": said.precision} if said else None,
        "type": statement.type,
        "confidence": round(statement.confidence, 4),
        "copy_of": statement.copy_of,
    }


def _found(each: Found) -> Object:
    pieces = [{"op": p.op, "asked": p.asked, "printed": p.printed} for p in each.comparison.pieces]
    return {
        "kind": each.kind,
        "score": round(each.score, 4),
        "statement": statement_object(each.statement),
        "difference": pieces,
        "group": group_object(each.group),
    }
