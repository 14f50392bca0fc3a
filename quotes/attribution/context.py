"""The sentences around a quote, so that a line in a list can be judged on its own.

In: a parse and its quotes. Out: the quotes with `before` and `after`: the sentences next to those that hold content, cue and source.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace

from quotes.records import Parse, Quote


def with_context(parse: Parse, quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """The quotes, in the order given, each with the sentence before and after it where the parse has one."""
    spans = sorted(sentence.span for sentence in parse.sentences)
    starts, ends = [span.start for span in spans], [span.end for span in spans]

    def around(quote: Quote) -> Quote:
        held = (*quote.content, *quote.cue, *quote.source)
        first = bisect_right(starts, min(span.start for span in held)) - 2
        last = bisect_left(ends, max(span.end for span in held)) + 1
        return replace(
            quote,
            before=spans[first] if first >= 0 else None,
            after=spans[last] if last < len(spans) else None,
        )

    return tuple(around(quote) for quote in quotes)
