"""Who said this? And: one statement in all its wordings. The words asked for beside the words printed, with each difference.

In: words, and the quotes of the table in memory. Out: matches, the likeliest first, with a verdict and pieces that say what is the same, left
out or put in. A quote counts as the same statement where most of its words are there in nearly the same order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any

from rapidfuzz import fuzz

from quotes.web.shelf import SHELF, Rows, Shelf

WORD = re.compile(r"\w+(?:['’-]\w+)*")
ASKED = 12  # the longest words asked for: they are in few quotes
LOOKED_AT = 300  # quotes compared with the words
SHARED = 0.5  # of the words asked for that a quote must have
SAME = 75.0  # of 100: how alike two wordings of one statement are
LIKE = 55.0  # how alike a quote must be to be shown at all
STATEMENT = 5  # words from which a text may be a statement and not a search

Piece = dict[str, str]


def is_statement(words: str) -> bool:
    """Whether words look like something that somebody said, and not like a name or words to look for."""
    return len(WORD.findall(words)) >= STATEMENT


def who_said(shelf: Shelf, words: str, *, limit: int = 10, least: float = LIKE) -> list[dict[str, Any]]:
    """The quotes that come nearest to the words, each with `likeness` (0 to 1), `verdict` and `pieces`."""
    tokens = _tokens(words)
    if not tokens:
        return []
    rare = sorted(dict.fromkeys(tokens), key=lambda token: (-len(token), token))[:ASKED]
    shared = " + ".join("CAST(contains(lower_words, ?) AS INTEGER)" for _ in rare)
    query = f"""
        SELECT * EXCLUDE (lower_words) FROM (SELECT *, {shared} AS shared FROM {SHELF})
        WHERE shared >= ? ORDER BY shared DESC, abs(length(words) - ?), day NULLS LAST, id LIMIT {LOOKED_AT}"""
    rows = shelf.rows(query, [*rare, max(1, int(len(rare) * SHARED)), len(words)])
    found = sorted(_compared(words, rows), key=lambda match: (-match["likeness"], str(match["day"] or "9999"), match["id"]))
    return [match for match in found if match["likeness"] * 100 >= least][:limit]


def wordings(shelf: Shelf, quote: dict[str, Any]) -> list[dict[str, Any]]:
    """All quotes with the same statement, by day: the first printed is compared with every other one."""
    alike = [match for match in who_said(shelf, quote["words"], limit=200) if match["likeness"] * 100 >= SAME or match["id"] == quote["id"]]
    alike.sort(key=lambda match: (match["published"] is None, str(match["published"]), match["document"], match["position"]))
    first = alike[0] if alike else quote
    return [
        {**match, "pieces": difference(first["words"], match["words"]), "verdict": verdict(first["words"], match["words"])}
        for match in alike
    ]


def difference(asked: str, printed: str) -> list[Piece]:
    """The printed words as pieces: `same`, `new` (not among those asked for) and `gone` (asked for, not printed)."""
    a, b = asked.split(), printed.split()
    pieces = list[Piece]()
    keys = SequenceMatcher(None, [_key(word) for word in a], [_key(word) for word in b], autojunk=False)
    for tag, a1, a2, b1, b2 in keys.get_opcodes():
        if tag == "equal":
            pieces.append({"kind": "same", "text": " ".join(b[b1:b2])})
            continue
        if a2 > a1:
            pieces.append({"kind": "gone", "text": " ".join(a[a1:a2])})
        if b2 > b1:
            pieces.append({"kind": "new", "text": " ".join(b[b1:b2])})
    return pieces


def verdict(asked: str, printed: str) -> str:
    """`verbatim`, `part` (all of the words asked for, in a longer quote), `altered`, or `loose`."""
    a, b = _tokens(asked), _tokens(printed)
    if a == b:
        return "verbatim"
    if f" {' '.join(a)} " in f" {' '.join(b)} ":
        return "part"
    return "altered" if fuzz.ratio(" ".join(a), " ".join(b)) >= SAME else "loose"


def _compared(words: str, rows: Iterable[dict[str, Any]]) -> Rows:
    asked = " ".join(_tokens(words))
    return [
        {
            **row,
            "likeness": round(_alike(asked, " ".join(_tokens(row["words"]))) / 100, 3),
            "verdict": verdict(words, row["words"]),
            "pieces": difference(words, row["words"]),
        }
        for row in rows
    ]


def _alike(asked: str, printed: str) -> float:
    """How alike two texts are, of 100; a quote of which the words are a part counts nearly whole."""
    whole = fuzz.ratio(asked, printed)
    inside = fuzz.partial_ratio(asked, printed) - 4 if len(asked) <= len(printed) and len(asked) >= 20 else 0.0
    return float(max(whole, inside))


def _tokens(text: str) -> list[str]:
    return [_key(word) for word in WORD.findall(text)]


def _key(word: str) -> str:
    return word.lower().replace("’", "'").strip("\"“”‘’'.,;:!?…()[]«»")
