"""Who said this? And: one statement in all its wordings. The words asked for beside the words printed, with each difference.

In: words, or a quote. Out: matches, the likeliest first, with a verdict and pieces that say what is the same, left out or put in.
`quotes.statements.check` decides what is the same statement, with the search index that lies in the store's folder; where it finds none, what only
looks alike is given and called so.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from typing import Any

from rapidfuzz import fuzz

from quotes.errors import QuotesError, SearchIndexError
from quotes.statements import Statement, WordComparison, check, compare
from quotes.statements.weights import vocabulary
from quotes.store import Store
from quotes.store.quote_table import QUOTES_IN_MEMORY, QuoteTable, Rows

WORD = re.compile(r"\w+(?:['’-]\w+)*")
LOOKED_AT = 40  # statements that share rare words with those asked for, where none is the same
LIKE = 60.0  # of 100: how alike a quote must be to be shown although it is not the same statement
PATIENCE = 2.0  # seconds that a reader waits for an index that is made for the first time
STATEMENT = 5  # words from which a text may be a statement and not a search

# What a difference means to a reader: words on both sides, only printed, only asked for.
KINDS = {
    "equal": "same",
    "insert": "new",
    "editor": "new",
    "beyond": "more",
    "delete": "gone",
    "gap": "gone",
}
READ = (
    "id",
    "document",
    "words",
    "speaker_id",
    "speaker",
    "role",
    "outlet",
    "title",
    "published",
    "type",
    "confidence",
    "copy_of",
)


def is_statement(words: str) -> bool:
    """Whether words look like something that somebody said, and not like a name or words to look for."""
    return len(WORD.findall(words)) >= STATEMENT


def ready(store: Store, quote_table: QuoteTable) -> None:
    """Make the search index where there is none yet: once, however many ask for it, and in the background where it takes longer than a
    reader waits. Raises SearchIndexError then, and where it cannot be made.
    """
    making: Future[None] = quote_table.once(("index",), lambda: _making(store, quote_table))
    try:
        making.result(PATIENCE)
    except TimeoutError:
        raise SearchIndexError(
            "the search index of this collection is being made: ask again in a moment"
        ) from None


def _making(store: Store, quote_table: QuoteTable) -> Future[None]:
    done = Future[None]()

    def make() -> None:
        try:
            check.current_index(store)
            done.set_result(None)
        except QuotesError as error:
            done.set_exception(error)
        quote_table.invalidate_pages()  # answers that could not say who said it

    threading.Thread(target=make, daemon=True).start()
    return done


def who_said(
    store: Store, quote_table: QuoteTable, words: str, *, limit: int = 10
) -> tuple[Rows, str]:
    """The quotes that are the words, or come nearest, each with `likeness` (0 to 1), `verdict`, `pieces` and `outlets` that print it; and
    what a reader should know of the answer.
    """
    try:
        ready(store, quote_table)
        found: tuple[Rows, str] = quote_table.cached(
            ("who said", words, limit), lambda: _who_said(store, quote_table, words, limit)
        )
    except SearchIndexError as error:
        return [], str(error)
    return found


def _who_said(store: Store, quote_table: QuoteTable, words: str, limit: int) -> tuple[Rows, str]:
    answered = check.check(store, words, limit=limit)
    rows = _rows(quote_table, [found.statement for found in answered.found])
    same = [
        _match(rows[found.statement.id], words, found.comparison)
        | {"outlets": len({s.outlet for s in found.group.statements if s.outlet})}
        for found in answered.found
    ]
    return same or _alike(store, quote_table, words)[:limit], answered.note


def wordings(store: Store, quote_table: QuoteTable, quote: dict[str, Any]) -> Rows:
    """All prints of the statement that a quote is one print of, by day; each is compared with the first. Raises SearchIndexError."""
    found: Rows = quote_table.cached(
        ("wordings", quote["id"]), lambda: _wordings(store, quote_table, quote)
    )
    return found


def _wordings(store: Store, quote_table: QuoteTable, quote: dict[str, Any]) -> Rows:
    ready(store, quote_table)
    words = vocabulary(store.language)
    own = check.statement_of(store, quote["id"])
    if own is None:  # rejected by a person: it counts nowhere, and is shown alone
        return [_match(quote, quote["words"], compare(quote["words"], quote["words"], words=words))]
    rows, first = _rows(quote_table, own.statements), own.statements[0].words
    return [
        _match(rows[each.id], first, compare(first, each.words, words=words))
        for each in own.statements
    ]


def _rows(quote_table: QuoteTable, statements: Sequence[Statement]) -> dict[str, dict[str, Any]]:
    """The rows of statements by id, as lists show them."""
    marks = ", ".join("?" * len(statements)) or "NULL"
    found = quote_table.rows(
        f"SELECT * EXCLUDE (cut_words) FROM {QUOTES_IN_MEMORY} WHERE id IN ({marks})",
        [s.id for s in statements],
    )
    return {s.id: _row(s) for s in statements} | {row["id"]: row for row in found}


def _row(statement: Statement) -> dict[str, Any]:
    """A row for a statement that was added a moment ago, after the table in memory was read."""
    said = statement.said_on
    return {name: getattr(statement, name) for name in READ} | {
        "speaker_name": statement.speaker,
        "day": said.date if said else statement.published,
        "said_on": said.date if said else None,
        "said_precision": said.precision if said else None,
        "review": None,
        "reviewed_by": None,
    }


def _match(row: dict[str, Any], asked: str, comparison: WordComparison) -> dict[str, Any]:
    """A row with what came of comparing it."""
    if comparison.kind is None:
        return row | {
            "likeness": _likeness(asked, row["words"]),
            "verdict": "loose",
            "pieces": [{"kind": "same", "text": row["words"]}],
        }
    return row | {
        "likeness": round(comparison.score, 3),
        "verdict": comparison.kind,
        "pieces": _pieces(comparison),
    }


def _pieces(comparison: WordComparison) -> list[dict[str, str]]:
    found = list[dict[str, str]]()
    for piece in comparison.pieces:
        if piece.op == "replace":
            found += [{"kind": "gone", "text": piece.asked}, {"kind": "new", "text": piece.printed}]
        elif piece.op == "beyond":
            found += [
                {"kind": kind, "text": text}
                for kind, text in (("gone", piece.asked), ("more", piece.printed))
                if text
            ]
        else:
            kind = KINDS.get(piece.op, "same")
            found.append({"kind": kind, "text": piece.asked if kind == "gone" else piece.printed})
    return found


def _alike(store: Store, quote_table: QuoteTable, words: str) -> Rows:
    """What is not the same statement but looks like it."""
    hits = check.current_index(store)[0].search(words, limit=LOOKED_AT)
    near = {
        hit.id: likeness for hit in hits if (likeness := _likeness(words, hit.words)) * 100 >= LIKE
    }
    rows = quote_table.rows(
        f"SELECT * EXCLUDE (cut_words) FROM {QUOTES_IN_MEMORY} WHERE id IN ({', '.join('?' * len(near)) or 'NULL'})",
        list(near),
    )
    found = [
        row
        | {
            "likeness": near[row["id"]],
            "verdict": "loose",
            "pieces": _marked(words, row["words"]),
            "outlets": 1,
        }
        for row in rows
    ]
    return sorted(
        found, key=lambda match: (-match["likeness"], str(match["day"] or "9999"), match["id"])
    )


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


def outlets(matches: Iterable[dict[str, Any]]) -> int:
    """How many outlets print these."""
    return len({match["outlet"] for match in matches if match["outlet"]})
