"""Which paragraphs are pull quotes: words of a quotation nearby, printed again between paragraphs.

In: the text and the spans of its paragraphs. Out: the numbers of those that are pull quotes. Such a
paragraph repeats words of a quotation near it and ends with them or with the name of who said them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.records import Span
from quotes.text.folding import fold_case

MAX_CHARS = 300  # of a pull quote with its credit
MIN_WORDS = 5  # that recur
MAX_CREDIT_WORDS = 8
NEAR = 8  # paragraphs on each side among which the quotation stands
MAX_NEAR_CHARS = 3000  # of each of them that are looked at
QUOTE_GLYPH = re.compile(r"[“”\"„«»‘]|''|(?<!\w)'")
WORD = re.compile(r"\w+(?:['’]\w+)*")
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")


def pull_quotes(text: str, spans: Sequence[Span]) -> frozenset[int]:
    """Return the numbers of the paragraphs that are pull quotes."""
    if not QUOTE_GLYPH.search(text):
        return frozenset()
    return frozenset(
        number
        for number, span in enumerate(spans)
        if len(span) <= MAX_CHARS and _is_pull_quote(text, spans, number)
    )


def _is_pull_quote(text: str, spans: Sequence[Span], number: int) -> bool:
    """Return True if most words of a paragraph recur and the rest may be a credit."""
    own = spans[number].of(text)
    words = WORD.findall(own)
    if (
        len(words) < MIN_WORDS
        or SENTENCE_END.search(own)
        or not _stands_between(text, spans, number)
    ):
        return False
    folded = [_plain(word) for word in words]
    near = _quoted_words_near(text, spans, number)
    for count in range(len(words), MIN_WORDS - 1, -1):
        credit = words[count:]
        if len(credit) > MAX_CREDIT_WORDS:
            return False
        if f" {' '.join(folded[:count])} " in near:
            return not credit or credit[0][0].isupper()
    return False


def _stands_between(text: str, spans: Sequence[Span], number: int) -> bool:
    """Return True if a paragraph before or after begins with a quotation mark."""
    return any(
        0 <= other < len(spans) and bool(QUOTE_GLYPH.match(text, spans[other].start))
        for other in (number - 1, number + 1)
    )


def _quoted_words_near(text: str, spans: Sequence[Span], number: int) -> str:
    """Return the words of the paragraphs around that have quotation marks, folded."""
    near = [
        _plain_words(words)
        for other in range(max(0, number - NEAR), min(len(spans), number + NEAR + 1))
        if other != number and QUOTE_GLYPH.search(words := spans[other].of(text)[:MAX_NEAR_CHARS])
    ]
    return f" {' | '.join(near)} "


def _plain_words(words: str) -> str:
    return " ".join(_plain(word) for word in WORD.findall(words))


def _plain(word: str) -> str:
    return fold_case(word).replace("’", "'")
