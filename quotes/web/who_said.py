"""Who said this? And: one statement in all its wordings, with each difference.

In: words, or a quote. Out: matches, the likeliest first, with a verdict and pieces that say what is
the same, left out or put in. `quotes.statements.check` decides what is the same statement, with the
search index in the store's folder; where it finds none, quotes that only look alike are given, as
the verdict says ("loose").
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

from rapidfuzz import fuzz

from quotes.defaults import MIN_CONFIDENCE, SHOWN_ACTS
from quotes.errors import QuotesError, SearchIndexError
from quotes.statements import Statement, WordComparison, check, compare
from quotes.statements.answers import verdict_of
from quotes.statements.overview import count_outlets, count_wordings
from quotes.statements.weights import vocabulary
from quotes.store import Store, quote_search
from quotes.store.quote_table import QuoteTable, Rows
from quotes.text.folding import fold_case, fold_word

WORD = re.compile(r"\w+(?:['’-]\w+)*")
MAX_COMPARED = 40  # statements that share rare words with those asked for, where none is the same
MIN_SIMILARITY = 60.0  # of 100: of quotes that are shown although they are not the same statement
EXACT = ("verbatim", "partial")  # verdicts of quotes that hold the words as they were given
MAX_WAIT = 2.0  # seconds that a reader waits for an index that is made for the first time
MIN_STATEMENT_WORDS = 5  # from which a text may be a statement and not a search

# What a difference means to a reader: words on both sides, only printed, only asked for.
KINDS = {
    "equal": "same",
    "insert": "new",
    "editor": "new",
    "beyond": "more",
    "delete": "gone",
    "gap": "gone",
}
COLUMNS = (
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

VERDICTS = {"verbatim": "verbatim", "part": "partial", "altered": "altered", "similar": "loose"}
PRINT = ("id", "words", "speaker_id", "speaker_name", "speaker", "outlet", "published", "document")


def is_statement(words: str) -> bool:
    """Tell whether words look like a statement, not like a name or words to search for."""
    return len(WORD.findall(words)) >= MIN_STATEMENT_WORDS


def ready(store: Store, table: QuoteTable) -> None:
    """Make the search index where there is none yet: once, however many ask for it.

    Raises:
        SearchIndexError: Where it takes longer than a reader waits (it is then made in the
            background), and where it cannot be made.
    """
    making: Future[None] = table.once(("index",), lambda: _making(store, table))
    try:
        making.result(MAX_WAIT)
    except TimeoutError:
        raise SearchIndexError(
            "the search index of this collection is being made: ask again in a moment"
        ) from None


def _making(store: Store, table: QuoteTable) -> Future[None]:
    """Start a thread that makes the index."""
    done = Future[None]()

    def make() -> None:
        try:
            check.current_index(store)
            done.set_result(None)
        except QuotesError as error:
            done.set_exception(error)
        table.invalidate_pages()  # answers that could not say who said it

    threading.Thread(target=make, daemon=True).start()
    return done


def who_said(store: Store, table: QuoteTable, words: str, *, limit: int = 10) -> tuple[Rows, str]:
    """Return the quotes that are the words, or come nearest, and a note on the answer.

    Each has `likeness` (0 to 1), `verdict`, `pieces` and `outlets`: how many print it.
    """
    try:
        ready(store, table)
        found: tuple[Rows, str] = table.cached(
            ("who said", words, limit), lambda: _who_said(store, table, words, limit)
        )
    except SearchIndexError as error:
        return [], str(error)
    return found


def _who_said(store: Store, table: QuoteTable, words: str, limit: int) -> tuple[Rows, str]:
    answered = check.check(store, words, limit=limit)
    rows = _rows(table, [found.statement for found in answered.found])
    same = [
        _match(rows[found.statement.id], words, found.comparison)
        | {
            "outlets": count_outlets(found.group.statements),
            "prints": [_print(each) for each in found.group.statements],
        }
        for found in answered.found
    ]
    return same or _similar_quotes(store, table, words)[:limit], answered.note


def nearest(store: Store, table: QuoteTable, words: str, *, limit: int) -> Rows:
    """Return the quotes that share most letters with some words, however few; best first."""
    try:
        ready(store, table)
    except SearchIndexError:
        return []
    found = _similar_quotes(store, table, words, min_similarity=0.0)
    return [row for row in found if _is_shown(row)][:limit]


def _is_shown(row: dict[str, Any]) -> bool:
    """Tell whether a quote is a statement of enough confidence, or reviewed."""
    sure = row["act"] in SHOWN_ACTS and row["probability"] >= MIN_CONFIDENCE
    return row["review"] is not None or sure


def summary(found: Rows) -> dict[str, Any] | None:
    """Return the answer to "who said this?" in short; None where nothing was found.

    It counts the prints of all statements that hold the words exactly; without one, those of the
    best. `speakers` are counted by prints, `first` is the earliest print with a day.
    """
    if not found:
        return None
    exact = [match for match in found if match["verdict"] in EXACT] or found[:1]
    prints = [each for match in exact for each in match["prints"]]
    dated = [each for each in prints if each["published"]]
    return {
        "verdict": found[0]["verdict"],
        "quote": found[0]["id"],
        "factuality": found[0].get("factuality") or "said",
        "speakers": speakers_of(prints),
        "prints": len(prints),
        "outlets": outlets(prints),
        "wordings": count_wordings(each["words"] for each in prints),
        "first": min(dated, key=lambda each: (each["published"], each["id"])) if dated else None,
    }


def speakers_of(prints: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Count the prints of each speaker, the one with most first; nobody known is None."""
    counts: dict[str | None, dict[str, Any]] = {}
    for row in prints:
        one = counts.setdefault(
            row["speaker_id"],
            {"id": row["speaker_id"], "name": row["speaker_name"] or row["speaker"], "prints": 0},
        )
        one["prints"] += 1
    return sorted(counts.values(), key=lambda one: (-one["prints"], str(one["name"])))


def wordings(store: Store, table: QuoteTable, quote: dict[str, Any]) -> Rows:
    """Return all prints of the statement of a quote, by day, each compared with the first.

    Raises SearchIndexError.
    """
    found: Rows = table.cached(("wordings", quote["id"]), lambda: _wordings(store, table, quote))
    return found


def _wordings(store: Store, table: QuoteTable, quote: dict[str, Any]) -> Rows:
    ready(store, table)
    words = vocabulary(store.language)
    own = check.statement_of(store, quote["id"])
    if own is None:  # rejected by a person: it counts nowhere, and is shown alone
        return [_match(quote, quote["words"], compare(quote["words"], quote["words"], words=words))]
    rows, first = _rows(table, own.statements), own.statements[0].words
    return [
        _match(rows[each.id], first, compare(first, each.words, words=words))
        for each in own.statements
    ]


def _rows(table: QuoteTable, statements: Sequence[Statement]) -> dict[str, dict[str, Any]]:
    """Return the rows of statements by id, as lists show them."""
    found = quote_search.of_ids(table, [s.id for s in statements])
    return {s.id: _row(s) for s in statements} | {row["id"]: row for row in found}


def _row(statement: Statement) -> dict[str, Any]:
    """Return a row for a statement that was added after the table in memory was read."""
    said = statement.said_on
    return {name: getattr(statement, name) for name in COLUMNS} | {
        "speaker_name": statement.speaker,
        "day": said.date if said else statement.published,
        "said_on": said.date if said else None,
        "said_precision": said.precision if said else None,
        "review": None,
        "reviewed_by": None,
    }


def _print(statement: Statement) -> dict[str, Any]:
    """Return a print of a statement in short."""
    row = {name: getattr(statement, name) for name in PRINT if name != "speaker_name"}
    return row | {"speaker_name": statement.speaker}


def _match(row: dict[str, Any], wanted: str, comparison: WordComparison) -> dict[str, Any]:
    """Return a row with the result of comparing it."""
    if comparison.kind is None:
        return row | {
            "likeness": _likeness(wanted, row["words"]),
            "verdict": "loose",
            "pieces": [{"kind": "same", "text": row["words"]}],
        }
    pieces = difference_pieces(comparison)
    return row | {
        "likeness": round(min(comparison.score, _share_alike(pieces)), 3),
        "verdict": VERDICTS[verdict_of(comparison)],
        "pieces": pieces,
    }


def _share_alike(pieces: Iterable[Mapping[str, str]]) -> float:
    """Return the share of the words in two passages that are the same, by the pieces shown."""
    words = Counter[str]()
    for piece in pieces:
        words[piece["kind"]] += len(piece["text"].split())
    compared = 2 * words["same"] + words["new"] + words["gone"]
    return 2 * words["same"] / compared if compared else 1.0


def difference_pieces(comparison: WordComparison) -> list[dict[str, str]]:
    """Return a difference piece by piece: words that are the same, new, gone, or more."""
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


def _similar_quotes(
    store: Store, table: QuoteTable, words: str, *, min_similarity: float = MIN_SIMILARITY
) -> Rows:
    """Return quotes that look like the words but are not the same statement, best first."""
    hits = check.current_index(store)[0].search(words, limit=MAX_COMPARED)
    near = {
        hit.id: likeness
        for hit in hits
        if (likeness := _likeness(words, hit.words)) * 100 >= min_similarity
    }
    rows = quote_search.of_ids(table, list(near))
    found = [
        row
        | {
            "likeness": near[row["id"]],
            "verdict": "loose",
            "pieces": _marked(words, row["words"]),
            "outlets": 1,
            "prints": [{name: row[name] for name in PRINT}],
        }
        for row in rows
    ]
    return sorted(
        found, key=lambda match: (-match["likeness"], str(match["day"] or "9999"), match["id"])
    )


def _likeness(wanted: str, printed: str) -> float:
    return round(float(fuzz.ratio(fold_case(wanted), fold_case(printed))) / 100, 3)


def _marked(wanted: str, printed: str) -> list[dict[str, str]]:
    """Return the printed words as pieces: those that were asked for, too, and the others."""
    known = {fold_word(word) for word in WORD.findall(wanted)}
    found = list[dict[str, str]]()
    for word in printed.split():
        kind = "same" if _key(word) in known else "new"
        if found and found[-1]["kind"] == kind:
            found[-1]["text"] += f" {word}"
        else:
            found.append({"kind": kind, "text": word})
    return found


def _key(word: str) -> str:
    return fold_word("".join(WORD.findall(word)))


def outlets(matches: Iterable[dict[str, Any]]) -> int:
    """Count the outlets that print these."""
    return len({match["outlet"] for match in matches if match["outlet"]})
