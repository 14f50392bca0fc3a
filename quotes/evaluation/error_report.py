"""The errors in the quotes of an article, and the excerpts of the text that show them.

In: a comparison, and the parse of its article. Out: `Error` records, and excerpts as HTML in which
content, source and cue are marked. Everything is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise
from typing import Literal

from quotes.evaluation.annotated_quotes import AnnotatedQuote
from quotes.evaluation.brat import SPAN_KINDS, Attribution
from quotes.evaluation.matching import words_of
from quotes.evaluation.metrics import DocumentComparison
from quotes.output.terminal.safe_text import replace_unprintable
from quotes.records import Parse, Quote, Sentence, Span, Spans

ErrorKind = Literal[
    "miss",
    "false alarm",
    "wrong source",
    "wrong speaker",
    "wrong role",
    "wrong day",
    "wrong reporters",
]
AnnotatedOrExtracted = Attribution | AnnotatedQuote | Quote


@dataclass(frozen=True)
class Error:
    """An attribution that was missed, a quote that is none, or a match with something wrong.

    A miss also has the quote that overlaps it, if any: its words match too badly.

    Attributes:
        kind: What is wrong.
        attribution: The annotated one.
        quote: The quote.
        type: The type of the annotated one, else of the quote.
        note: What is annotated, and what was found in its place.
    """

    kind: ErrorKind
    attribution: Attribution | AnnotatedQuote | None = None
    quote: Quote | None = None
    type: str = ""
    note: str = ""

    def spans(self) -> Spans:
        """Return all spans of the error, in text order."""
        items = (item for item in (self.attribution, self.quote) if item is not None)
        return tuple(
            sorted(span for item in items for kind in SPAN_KINDS for span in getattr(item, kind))
        )


def find_errors(comparison: DocumentComparison) -> tuple[Error, ...]:
    """Return the errors of an article, in text order."""
    made = (replace(error, type=_type(comparison, error)) for error in _errors(comparison))
    return tuple(sorted(made, key=lambda error: error.spans()[0]))


def sentence_of(error: Error, parse: Parse) -> Sentence | None:
    """Return the sentence of the cue, else of the content; the annotated one goes first."""
    items: list[AnnotatedOrExtracted] = [
        item for item in (error.attribution, error.quote) if item is not None
    ]
    places = [span for item in items for spans in (item.cue, item.content) for span in spans[:1]]
    found = (
        s for place in places for s in parse.sentences if s.span.start <= place.start < s.span.end
    )
    return next(found, None)


def excerpts(text: str, spans: Spans, parse: Parse) -> Spans:
    """Return the sentences that spans lie in, and spans outside sentences; neighbours joined."""
    touched = (s.span for s in parse.sentences if any(s.span.overlaps(span) for span in spans))
    joined: list[Span] = []
    for span in sorted((*touched, *spans)):
        if joined and not text[joined[-1].end : span.start].strip():
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def marked_html(text: str, within: Iterable[Span], item: AnnotatedOrExtracted) -> str:
    """Return excerpts of a text as HTML, with the spans of an attribution or a quote marked."""
    return " <i>…</i> ".join("".join(_pieces(text, excerpt, item)) for excerpt in within)


def _errors(comparison: DocumentComparison) -> Iterator[Error]:
    """Yield misses and wrong sources, then false alarms."""
    attributions, quotes = comparison.article.attributions, comparison.quotes
    outcomes = comparison.outcomes
    for i, number in enumerate(comparison.gold_indices):
        if i not in comparison.pairs:
            yield Error("miss", attributions[number], _nearest(comparison, i))
        elif not comparison.source_right(i):
            yield Error("wrong source", attributions[number], quotes[comparison.pairs[i]])
    yield from (
        Error("false alarm", quote=quote)
        for quote, outcome in zip(quotes, outcomes, strict=True)
        if outcome == "false alarm"
    )


def _type(comparison: DocumentComparison, error: Error) -> str:
    """Return the type of the annotated attribution, else of the quote, by its quoted words."""
    main = error.attribution or error.quote
    assert isinstance(main, Attribution | Quote)
    return words_of(comparison.text, main).type


def _nearest(comparison: DocumentComparison, gold: int) -> Quote | None:
    """Return the false alarm that shares most words with an attribution, if any does."""
    content = comparison.gold[gold].content
    free = (j for j, outcome in enumerate(comparison.outcomes) if outcome == "false alarm")
    shared = {j: n for j in free if (n := len(content & comparison.found[j].content))}
    return comparison.quotes[max(shared, key=lambda j: shared[j])] if shared else None


def _pieces(text: str, excerpt: Span, item: AnnotatedOrExtracted) -> Iterator[str]:
    """Yield the pieces of an excerpt between the ends of spans, as HTML."""
    spans: dict[str, Spans] = {kind: getattr(item, kind) for kind in SPAN_KINDS}
    ends = {
        end
        for each in spans.values()
        for span in each
        for end in (span.start, span.end)
        if excerpt.start < end < excerpt.end
    }
    for start, end in pairwise(sorted({excerpt.start, excerpt.end, *ends})):
        shown = escape(replace_unprintable(text[start:end]))
        classes = [
            kind
            for kind, each in spans.items()
            if any(span.start <= start and end <= span.end for span in each)
        ]
        yield f'<mark class="{" ".join(classes)}">{shown}</mark>' if classes else shown
