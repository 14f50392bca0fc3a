"""The place of an utterance in a text, where annotators gave it in words and edited them lightly.

In: a text and the utterance. Out: the spans of the text that it comes from, none where less than
half of its words are there in their order. The place is that of the longest run of words that both
have (Ratcliff and Metzener 1988, `difflib`), with what matches around it.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from quotes.records import Span, Spans
from quotes.text.folding import fold_accents, fold_case

WORD = re.compile(r"\w+")
MIN_FOUND = 0.5  # of the words of the utterance
ROOM = 2  # times its length in words, searched on both sides of the longest common run
MAX_GAP = 3  # words between two matches that are one span


def find_utterance(text: str, utterance: str) -> Spans:
    """Return where an utterance stands in a text."""
    places, words = _words(text)
    wanted = _words(utterance)[1]
    if not wanted:
        return ()
    matcher = SequenceMatcher(None, words, wanted, autojunk=False)
    longest = matcher.find_longest_match()
    first = max(0, longest.a - ROOM * len(wanted))
    near = words[first : longest.a + ROOM * len(wanted)]
    blocks = [
        range(first + block.a, first + block.a + block.size)
        for block in SequenceMatcher(None, near, wanted, autojunk=False).get_matching_blocks()
        if block.size
    ]
    if sum(map(len, blocks)) < MIN_FOUND * len(wanted):
        return ()
    joined: list[range] = []
    for block in blocks:
        if joined and block.start - joined[-1].stop <= MAX_GAP:
            joined[-1] = range(joined[-1].start, block.stop)
        else:
            joined.append(block)
    return tuple(Span(places[run.start].start, places[run.stop - 1].end) for run in joined)


@lru_cache(maxsize=8)
def _words(text: str) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """Return the words of a text: their places, and how they are compared."""
    found = [Span(*match.span()) for match in WORD.finditer(text)]
    return tuple(found), tuple(fold_case(fold_accents(span.of(text))) for span in found)
