"""What is wrong with the quotes of an article, and the stretch of text in which each error shows.

In: a comparison, and the parse of its article. Out: `Error` records, and text as HTML with its roles marked. Everything is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Literal

from quotes.evaluation.brat import ROLES, Attribution
from quotes.evaluation.metrics import DocumentComparison
from quotes.records import Parse, Quote, Sentence, Span, Spans

ErrorKind = Literal["miss", "false alarm", "wrong source"]
Item = Attribution | Quote

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Error:
    """An attribution that was not found, a quote that is none, or a pair of which the source is wrong.

    A miss that some quote overlaps has that quote beside it: its words fit too badly.
    """

    kind: ErrorKind
    attribution: Attribution | None = None
    quote: Quote | None = None

    def spans(self) -> Spans:
        """All places that it is about, in text order."""
        items = (item for item in (self.attribution, self.quote) if item is not None)
        return tuple(
            sorted(span for item in items for role in ROLES for span in getattr(item, role))
        )


def errors(comparison: DocumentComparison) -> tuple[Error, ...]:
    """The errors of an article, in text order."""
    return tuple(sorted(_errors(comparison), key=lambda error: error.spans()[0]))


def sentence_of(error: Error, parse: Parse) -> Sentence | None:
    """The sentence that decides: that of the cue, else of the content. What is annotated goes first."""
    items: list[Item] = [item for item in (error.attribution, error.quote) if item is not None]
    places = [span for item in items for spans in (item.cue, item.content) for span in spans[:1]]
    found = (
        s for place in places for s in parse.sentences if s.span.start <= place.start < s.span.end
    )
    return next(found, None)


def roles(sentence: Sentence, item: Item | None) -> dict[int, str]:
    """The role of each word of a sentence that has one; cue and source go before content."""
    found: dict[int, str] = {}
    for role in ROLES:
        spans: Spans = getattr(item, role, ())
        found |= {
            i: role
            for i, word in enumerate(sentence.words)
            if any(span.overlaps(word.span) for span in spans)
        }
    return found


def stretches(text: str, spans: Spans, parse: Parse) -> Spans:
    """The sentences that some spans lie in, and what of the spans lies in none; neighbours joined."""
    touched = (s.span for s in parse.sentences if any(s.span.overlaps(span) for span in spans))
    joined: list[Span] = []
    for span in sorted((*touched, *spans)):
        if joined and not text[joined[-1].end : span.start].strip():
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def marked(text: str, within: Iterable[Span], item: Item) -> str:
    """Stretches of a text with the roles of an attribution or a quote as marks, in HTML."""
    return " <i>…</i> ".join("".join(_pieces(text, stretch, item)) for stretch in within)


def harmless(text: str) -> str:
    """The text with a sign in place of each control character and change of writing direction."""
    return CONTROL.sub("\ufffd", text)


def _errors(comparison: DocumentComparison) -> Iterator[Error]:
    attributions, quotes = comparison.article.attributions, comparison.quotes
    outcomes = comparison.outcomes
    for i, number in enumerate(comparison.gold_numbers):
        if i not in comparison.pairs:
            yield Error("miss", attributions[number], _nearest(comparison, i))
        elif not comparison.source_right(i):
            yield Error("wrong source", attributions[number], quotes[comparison.pairs[i]])
    yield from (
        Error("false alarm", quote=quote)
        for quote, outcome in zip(quotes, outcomes, strict=True)
        if outcome == "false alarm"
    )


def _nearest(comparison: DocumentComparison, gold: int) -> Quote | None:
    """The false alarm that shares most words with an attribution."""
    content = comparison.gold[gold].content
    free = (j for j, outcome in enumerate(comparison.outcomes) if outcome == "false alarm")
    shared = {j: n for j in free if (n := len(content & comparison.found[j].content))}
    return comparison.quotes[max(shared, key=lambda j: shared[j])] if shared else None


def _pieces(text: str, stretch: Span, item: Item) -> Iterator[str]:
    spans: dict[str, Spans] = {role: getattr(item, role) for role in ROLES}
    ends = {
        end
        for each in spans.values()
        for span in each
        for end in (span.start, span.end)
        if stretch.start < end < stretch.end
    }
    for start, end in pairwise(sorted({stretch.start, stretch.end, *ends})):
        shown = escape(harmless(text[start:end]))
        classes = [
            role
            for role, each in spans.items()
            if any(span.start <= start and end <= span.end for span in each)
        ]
        yield f'<mark class="{" ".join(classes)}">{shown}</mark>' if classes else shown
