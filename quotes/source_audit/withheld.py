"""Why an article withholds a name: the reason, in its own words.

In: the text of an article and where an unnamed source stands. Out: the words ("who asked not to be
named because talks go on"), cut from the text, or None. The sentence of the source and the next one
are read.
"""

from __future__ import annotations

import re
from functools import cache

from quotes.language import Language
from quotes.records import Span
from quotes.text.folding import fold_case

SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*(?=\s|$)|\n\s*\n")
MAX_CHARS = 400  # of a sentence that is read


def reason_withheld(text: str, source: Span, language: Language) -> str | None:
    """Return the words by which a text says that, and why, it withholds the name of a source.

    They begin with the phrase ("on condition of anonymity") and end with its clause.
    """
    for sentence in _sentences(text, source):
        words = " ".join(sentence.of(text).split())
        found = _phrases(language).search(fold_case(words))
        if not found:
            continue
        start = _clause_start(words, found.start())
        reason = _openers(language).search(fold_case(words), found.end())
        end = _clause_end(words, reason.end() if reason else found.end())
        return words[start:end].strip(" ,;.")
    return None


def _sentences(text: str, source: Span) -> tuple[Span, ...]:
    """Return the sentence around a source, and the next one."""
    before = [m.end() for m in SENTENCE_END.finditer(text, 0, source.start)]
    start = max(before[-1] if before else 0, source.start - MAX_CHARS)
    ends = [m.end() for m in SENTENCE_END.finditer(text, source.end, source.end + 2 * MAX_CHARS)]
    first = ends[0] if ends else min(len(text), source.end + MAX_CHARS)
    second = ends[1] if len(ends) > 1 else first
    return Span(start, first), Span(first, second)


def _clause_start(words: str, at: int) -> int:
    """Return where the clause with the phrase begins: behind the comma or the name before it."""
    comma = max(words.rfind(mark, 0, at) for mark in (",", "—", "–", ";"))
    return comma + 1 if comma >= 0 else 0


def _clause_end(words: str, at: int) -> int:
    """Return where the clause ends: at its next comma, dash or end."""
    found = re.search(r"[,;—–“”\"]|\.(?=\s|$)", words[at:])
    return at + found.start() if found else len(words)


@cache
def _phrases(language: Language) -> re.Pattern[str]:
    return _pattern(language.optional_words("withholding-phrases"))


@cache
def _openers(language: Language) -> re.Pattern[str]:
    return _pattern(language.optional_words("reason-openers"))


def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered))})\b" if ordered else r"(?!)")
