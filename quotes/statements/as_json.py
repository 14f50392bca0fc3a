"""Answers as plain values, for JSON and for programs.

In: an `Answer` or a `Group`. Out: dictionaries and lists; days in ISO 8601.
"""

from __future__ import annotations

from typing import Any

from quotes.output.dates import iso_text
from quotes.statements.answers import Answer, Found, readings
from quotes.statements.running_text import Passage
from quotes.statements.types import Group, Statement

Object = dict[str, Any]


def answer_object(found: Answer) -> Object:
    """Return an answer: `asked`, `verdict`, `speakers`, `found` (best first), `passages`, ..."""
    return {
        "asked": found.asked,
        "verdict": found.verdict,
        "speakers": [
            {"speaker": each.speaker, "articles": each.articles}
            for each in readings(found.prints())
        ],
        "total": found.total,
        "articles_searched": found.articles,
        "note": found.note or None,
        "found": [_found(each) for each in found.found],
        "passages": [_passage(each) for each in found.passages],
    }


ROW_COLUMNS = (
    "asked", "verdict", "same", "words", "speaker", "speaker_id", "role", "speaker_confidence",
    "probability", "type", "factuality", "act", "cue", "source", "outlet", "title", "published",
    "document", "url", "copy_of", "first", "statement", "id",
)  # fmt: skip


def answer_rows(found: Answer) -> list[Object]:
    """Return an answer as rows of ROW_COLUMNS, one for each print in which the words stand.

    `same` is the share of the words that are the same, `first` is true for who printed the
    statement first, `statement` is the id of the statement, the same for all its prints. Words in
    running text have the verdict "text". Where nothing is found one row says so: "not found".
    """
    rows = list[Object]()
    for each in found.found:
        first = {statement.id for statement in each.group.first}
        for said in each.group.statements:
            verdict = next(
                (
                    each.verdicts.get(variant.words)
                    for variant in each.group.variants
                    if said in variant.printed
                ),
                None,
            )
            if verdict:
                rows.append(
                    {name: getattr(said, name, None) for name in ROW_COLUMNS}
                    | {
                        "asked": found.asked,
                        "verdict": verdict,
                        "same": round(each.score, 4),
                        "published": said.published.isoformat() if said.published else None,
                        "first": said.id in first,
                        "statement": each.group.id,
                    }
                )
    rows += [
        dict.fromkeys(ROW_COLUMNS) | _passage(each) | {"asked": found.asked, "verdict": "text"}
        for each in found.passages
    ]
    nothing = dict.fromkeys(ROW_COLUMNS) | {"asked": found.asked, "verdict": "not found"}
    return [{name: row[name] for name in ROW_COLUMNS} for row in rows or [nothing]]


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
        "factuality": statement.factuality,
        "act": statement.act,
        "cue": statement.cue,
        "source": statement.source,
        "confidence": round(statement.confidence, 4),
        "speaker_confidence": round(statement.speaker_confidence, 4),
        "probability": round(statement.probability, 4),
        "url": statement.url,
        "copy_of": statement.copy_of,
    }


def _found(each: Found) -> Object:
    pieces = [{"op": p.op, "asked": p.asked, "printed": p.printed} for p in each.comparison.pieces]
    return {
        "kind": each.kind,
        "verdict": each.verdict,
        "score": round(each.score, 4),
        "statement": statement_object(each.statement),
        "difference": pieces,
        "group": group_object(each.group),
    }


def _passage(each: Passage) -> Object:
    return {
        "document": each.document,
        "words": each.words,
        "before": each.before,
        "after": each.after,
        "span": [each.span.start, each.span.end],
        "outlet": each.outlet,
        "title": each.title,
        "published": each.published.isoformat() if each.published else None,
        "url": each.url,
        "copy_of": each.copy_of,
    }
