"""The words of a quote exactly as the article prints them, with its quotation marks or without.

    “We must close it,” ⟨said Falk⟩ “the roof leaks.”

In: a text, the content of a quote and the quotation marks of the text. Out: one line of text. A
part that stands in quotation marks is shown with the article's own, any other part without. Between
two parts stand the article's words between them in ⟨angle brackets⟩, which no editor uses, so that
an ellipsis always is the article's: all words of a short passage, of a long one the cue alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from quotes.defaults import DEFAULT_LANGUAGE
from quotes.errors import LanguageError
from quotes.language import Language
from quotes.records import Document, Mark, Quote, QuoteType, Span, Spans
from quotes.text.quotation_marks import find_marks

BETWEEN_OPEN, BETWEEN_CLOSE = "⟨", "⟩"
BETWEEN = re.compile(r"\s*⟨[^⟨⟩]*⟩\s*")
"""What stands between two parts of a quote: no words of the speaker."""

END_COMMA = re.compile(r"[,;](?=[\"'”’»›]+\s*(?:$|⟨))")
"""Punctuation of the article's sentence before the closing mark of a part: “We told the truth,”."""

MAX_BETWEEN_CHARS = 60  # of the words between two parts that are shown whole
CLOSING = {"“": "”", "‘": "’", "«": "»", "»": "«", "‹": "›", "„": "“", "‚": "‘", "``": "''"}
STRAIGHT = ('"', "'", "”")
CACHED_TEXTS = 8
_WORD = re.compile(r"\w")
_EDGES = " \t\n\r\f\v\xa0,.;:!?\"'“”‘’«»‹›„‚`–—-"


def printed_words(
    text: str,
    content: Spans,
    *,
    cue: Spans = (),
    type: QuoteType | None = None,
    marks: Iterable[Mark] = (),
) -> str:
    """Return the words of a content on one line, as the text prints them.

    Args:
        text: The text that spans count in.
        content: The parts of the content, in text order.
        cue: The cue, shown between two parts where the words between them are many.
        type: The type of the quote. One part of a quotation that goes on before or after it stands
            in the marks of the quotation where the quote is direct.
        marks: The quotation marks of the text.
    """
    near = [
        m for m in marks if content and m.start <= content[-1].end and content[0].start <= m.end
    ]
    found = "".join(_printed(text, span, near, type == "direct") for span in content[:1])
    for before, after in pairwise(content):
        found += _between(text, Span(before.end, max(before.end, after.start)), cue)
        found += _printed(text, after, near, type == "direct")
    return " ".join(found.split())


def printed_words_in(
    document: Document, content: Spans, *, cue: Spans = (), type: QuoteType | None = None
) -> str:
    """Return what `printed_words` does, with the quotation marks that the document has."""
    marks = _marks_of(document.text, document.language or DEFAULT_LANGUAGE)
    return printed_words(document.text, content, cue=cue, type=type, marks=marks)


def quote_words(document: Document, quote: Quote) -> str:
    """Return the words of a quote of a document: its own, else as the document prints them."""
    return quote.words or printed_words_in(document, quote.content, cue=quote.cue)


def without_between(words: str) -> str:
    """Return printed words without what stands between their parts."""
    return BETWEEN.sub(" ", words) if BETWEEN_OPEN in words else words


def without_end_commas(words: str) -> str:
    """Return printed words without the commas of the article's own sentences."""
    return END_COMMA.sub("", words)


def bare_parts(words: str) -> list[str]:
    """Return the parts of printed words, without marks that enclose a whole part."""
    return [_bare(part.strip()) for part in BETWEEN.split(words) if part.strip()]


@lru_cache(maxsize=CACHED_TEXTS)
def _marks_of(text: str, language: str) -> tuple[Mark, ...]:
    """Return the quotation marks of a text; those of English for a language without rules."""
    try:
        known = Language.load(language)
    except LanguageError:
        known = Language.load(DEFAULT_LANGUAGE)
    return find_marks(text, known)


def _printed(text: str, span: Span, marks: Sequence[Mark], direct: bool) -> str:
    """Return one part with its quotation marks."""
    first, last = _around(marks, span.start, span.start + 1), _around(marks, span.end - 1, span.end)
    at_start = first is not None and not _has_words(text, first[1].start, span.start)
    at_end = last is not None and not _has_words(text, span.end, last[1].end)
    if first and last and first[0] is last[0]:  # the part lies within one quotation
        if at_start and at_end:
            return text[first[2].start : last[2].end]
        return _enclosed(text, span, first[0]) if direct else span.of(text)
    before = text[first[2].start : span.start] if first and at_start else ""
    after = text[span.end : last[2].end] if last and at_end else ""
    return before + span.of(text) + after


def _around(marks: Sequence[Mark], start: int, end: int) -> tuple[Mark, Span, Span] | None:
    """Return the innermost mark around a place, with the part there without and with its marks."""
    found = [
        (mark, inside, outer)
        for mark in marks
        for inside, outer in zip(mark.parts, mark.outer, strict=True)
        if inside.start <= start and end <= inside.end
    ]
    return max(found, key=lambda each: each[0].level, default=None)


def _enclosed(text: str, span: Span, mark: Mark) -> str:
    """Return a passage from within a quotation in the quotation's marks."""
    opening = text[mark.outer[0].start : mark.parts[0].start].strip()
    return opening + span.of(text) + CLOSING.get(opening, opening)


def _bare(part: str) -> str:
    """Return a part without the quotation marks that enclose it."""
    opening = next((mark for mark in (*CLOSING, *STRAIGHT) if part.startswith(mark)), None)
    closing = CLOSING.get(opening or "", opening or "")
    inside = part.removeprefix(opening or "").removesuffix(closing)
    enclosed = part.endswith(closing) and len(inside) + len(closing) < len(part)
    return inside.strip() if opening and enclosed and closing not in inside else part


def _between(text: str, gap: Span, cue: Spans) -> str:
    """Return what is shown between two parts: nothing where the text has no words between them."""
    words = " ".join(gap.of(text).strip(_EDGES).split())
    if not _WORD.search(words):
        return " "
    if len(words) > MAX_BETWEEN_CHARS:
        words = " ".join(" ".join(part.of(text).split()) for part in cue if gap.contains(part))
    return f" {BETWEEN_OPEN}{words.translate(_NO_BRACKETS)}{BETWEEN_CLOSE} "


def _has_words(text: str, start: int, end: int) -> bool:
    """Return True if a letter or digit stands between two places."""
    return _WORD.search(text, min(start, end), max(start, end)) is not None


_NO_BRACKETS = str.maketrans("", "", BETWEEN_OPEN + BETWEEN_CLOSE)
