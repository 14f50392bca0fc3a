"""Who said this? And: one statement in all its wordings. The words asked for beside the words printed, with each difference.

In: words, and the quotes of the table in memory. Out: matches, the likeliest first, with a verdict and pieces that say what is the same,
left out or put in. `quotes.statements` decides what is the same statement; where it finds none, what only
looks alike is given and called so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from rapidfuzz import fuzz

from quotes.records import SaidOn
from quotes.statements import Comparison, Statement, answer, compare, group
from quotes.web.searching import WORD as CUT
from quotes.web.shelf import SHELF, Rows, Shelf

WORD = re.compile(r"\w+(?:['’-]\w+)*")
ASKED = 12  # the longest words asked for: they are in few quotes
LOOKED_AT = 40  # quotes compared with the words: those that have most of them
SHARED = 0.5  # of the words asked for that a quote must have
LIKE = 60.0  # of 100: how alike a quote must be to be shown although it is not the same statement
STATEMENT = 5  # words from which a text may be a statement and not a search

# What a difference means to a reader: words on both sides, only printed, only asked for.
KINDS = {"equal": "same", "insert": "new", "editor": "new", "beyond": "more", "delete": "gone", "gap": "gone"}


def is_statement(words: str) -> bool:
    """Whether words look like something that somebody said, and not like a name or words to look for."""
    return len(WORD.findall(words)) >= STATEMENT


def who_said(shelf: Shelf, words: str, *, limit: int = 10) -> Rows:
    """The quotes that are the words, or come nearest, each with `likeness` (0 to 1), `verdict`, `pieces` and `outlets` that print it."""
    found: Rows = shelf.kept(("who said", words, limit), lambda: _who_said(shelf, words, limit))
    return found


def _who_said(shelf: Shelf, words: str, limit: int) -> Rows:
    rows = {row["id"]: row for row in _nearest(shelf, words)}
    answered = answer(words, [_statement(row) for row in rows.values()], limit=limit)
    same = [
        _match(rows[found.statement.id], words, found.comparison) | {"outlets": len({s.outlet for s in found.group.statements if s.outlet})}
        for found in answered.found
    ]
    return same or _alike(words, rows.values())[:limit]


def wordings(shelf: Shelf, quote: dict[str, Any]) -> Rows:
    """All prints of the statement that a quote is one print of, by day; each is compared with the first."""
    found: Rows = shelf.kept(("wordings", quote["id"], quote["words"]), lambda: _wordings(shelf, quote))
    return found


def _wordings(shelf: Shelf, quote: dict[str, Any]) -> Rows:
    rows = {row["id"]: row for row in _nearest(shelf, quote["words"])} | {quote["id"]: quote}
    groups = group([_statement(row) for row in rows.values()])
    own = next(found for found in groups if any(each.id == quote["id"] for each in found.statements))
    first = own.statements[0].words
    return [_match(rows[each.id], first, compare(first, each.words)) for each in own.statements]


def _nearest(shelf: Shelf, words: str) -> Rows:
    """The quotes that share most words with these."""
    tokens = CUT.findall(words.lower())
    rare = sorted(dict.fromkeys(tokens), key=lambda token: (-len(token), token))[:ASKED]
    if not rare:
        return []
    shared = " + ".join("CAST(contains(cut_words, ?) AS INTEGER)" for _ in rare)
    query = f"""
        SELECT * EXCLUDE (cut_words) FROM (SELECT *, {shared} AS shared FROM {SHELF})
        WHERE shared >= ? ORDER BY shared DESC, abs(length(words) - ?), day NULLS LAST, id LIMIT {LOOKED_AT}"""
    return shelf.rows(query, [*rare, max(1, int(len(rare) * SHARED)), len(words)])


def _statement(row: dict[str, Any]) -> Statement:
    given = {name: row[name] for name in ("id", "document", "words", "speaker_id", "role", "outlet", "title", "published", "type")}
    said = SaidOn(row["said_on"], row["said_precision"]) if row.get("said_on") else None
    return Statement(**given, speaker=row["speaker_name"], said_on=said, confidence=row["confidence"], copy_of=row.get("copy_of"))


def _match(row: dict[str, Any], asked: str, comparison: Comparison) -> dict[str, Any]:
    """A row with what came of comparing it."""
    if comparison.kind is None:
        return row | {"likeness": _likeness(asked, row["words"]), "verdict": "loose", "pieces": [{"kind": "same", "text": row["words"]}]}
    return row | {"likeness": round(comparison.score, 3), "verdict": comparison.kind, "pieces": _pieces(comparison)}


def _pieces(comparison: Comparison) -> list[dict[str, str]]:
    found = list[dict[str, str]]()
    for piece in comparison.pieces:
        if piece.op == "replace":
            found += [{"kind": "gone", "text": piece.asked}, {"kind": "new", "text": piece.printed}]
        elif piece.op == "beyond":
            found += [{"kind": kind, "text": text} for kind, text in (("gone", piece.asked), ("more", piece.printed)) if text]
        else:
            kind = KINDS.get(piece.op, "same")
            found.append({"kind": kind, "text": piece.asked if kind == "gone" else piece.printed})
    return found


def _alike(words: str, rows: Iterable[dict[str, Any]]) -> Rows:
    """What is not the same statement but looks like it."""
    found = [row | {"likeness": _likeness(words, row["words"]), "verdict": "loose", "pieces": _marked(words, row["words"])} for row in rows]
    near = [match | {"outlets": 1} for match in found if match["likeness"] * 100 >= LIKE]
    return sorted(near, key=lambda match: (-match["likeness"], str(match["day"] or "9999"), match["id"]))


def _likeness(asked: str, printed: str) -> float:
    return round(float(fuzz.ratio(asked.lower(), printed.lower())) / 100, 3)


def _marked(asked: str, printed: str) -> list[dict[str, str]]:
    """The printed words, those that were asked for, too, apart from the others."""
    known = {word.lower() for word in WORD.findall(asked)}
    found = list[dict[str, str]]()
    for word in printed.split():
        kind = "same" if _key(word) in known else "new"
        if found and found[-1]["kind"] == kind:
            found[-1]["text"] += f" {word}"
        else:
            found.append({"kind": kind, "text": word})
    return found


def _key(word: str) -> str:
    return "".join(WORD.findall(word)).lower()


def outlets(matches: Sequence[dict[str, Any]]) -> int:
    """How many outlets print these."""
    return len({match["outlet"] for match in matches if match["outlet"]})
