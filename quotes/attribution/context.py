"""The sentences around an attribution, so that a line in a list can be judged on its own.

In: an `Analysis` and its attributions. Out: for each of them the sentences next to those that hold
its content, cue and source.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from quotes.analysis import Analysis
from quotes.records import Attribution, SentenceContext


def sentence_contexts(
    analysis: Analysis, attributions: Iterable[Attribution]
) -> tuple[SentenceContext, ...]:
    """Return the sentences before and after each attribution, where the chunk has them."""
    spans = sorted(sentence.span for sentence in analysis.parse.sentences)
    starts, ends = [span.start for span in spans], [span.end for span in spans]

    def around(attribution: Attribution) -> SentenceContext:
        held = (*attribution.content, *attribution.cue, *attribution.source)
        first = bisect_right(starts, min(span.start for span in held)) - 2
        last = bisect_left(ends, max(span.end for span in held)) + 1
        return SentenceContext(
            before=spans[first] if first >= 0 else None,
            after=spans[last] if last < len(spans) else None,
        )

    return tuple(around(attribution) for attribution in attributions)
