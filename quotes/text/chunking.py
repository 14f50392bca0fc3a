"""Chunks of a long text, to be processed one after the other.

In: a text of any length. Out: spans in order that cover it, each but the last about `size`
characters. Cuts are between paragraphs, inside one only where it is longer than a chunk: then after
a sentence, else at white space, else anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotes.language import Language
from quotes.records import Span
from quotes.text.paragraphs import paragraphs

MAX_CHUNK_CHARS = 100_000
BATCH_CHARS = 20_000
"""Characters that are parsed together: of short documents, or of paragraphs of a long one."""

SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+")


def chunks(text: str, language: Language, *, size: int = MAX_CHUNK_CHARS) -> Iterator[Span]:
    """Yield chunks of at most `size` characters that cover the text.

    Each ends with a paragraph if one ends in it.
    """
    start = 0
    while len(text) - start > size:
        end = _cut(text, start, size, language)
        yield Span(start, end)
        start = end
    if start < len(text):
        yield Span(start, len(text))


def _cut(text: str, start: int, size: int, language: Language) -> int:
    window = text[start : start + size]
    whole = paragraphs(window, language)[:-1]  # the last may go on after the window
    if whole:
        return start + whole[-1].span.end
    return start + best_cut(window)


def best_cut(window: str) -> int:
    """Return where to cut a text that must be cut.

    That is after the last sentence of its second half, else at its last white space, else at its
    end.
    """
    half = len(window) // 2
    ends = [found.end() for found in SENTENCE_END.finditer(window, half)]
    if ends:
        return ends[-1]
    space = max(window.rfind(char, half) for char in " \n\t")
    return space + 1 if space > 0 else len(window)
