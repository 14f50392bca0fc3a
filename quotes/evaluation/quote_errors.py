"""The errors in the quotes of an article with annotated quotes.

In: a comparison. Out: `Error` records, as the error page shows them.
"""

from __future__ import annotations

from collections.abc import Iterator

from quotes.evaluation.annotated_quotes import AnnotatedQuote
from quotes.evaluation.error_report import Error, ErrorKind
from quotes.evaluation.quote_comparison import (
    QuoteComparison,
    chain_right,
    day_right,
    role_right,
    speaker_right,
)
from quotes.output.dates import iso_text
from quotes.records import Quote


def find_quote_errors(comparison: QuoteComparison) -> tuple[Error, ...]:
    """Return the errors of an article, in text order; of one quote there may be several."""
    errors = (error for error in _errors(comparison) if error.spans())
    return tuple(sorted(errors, key=lambda error: error.spans()[0]))


def _errors(comparison: QuoteComparison) -> Iterator[Error]:
    """Yield misses and what is wrong about a reading, then false alarms."""
    for gold, quote in zip(comparison.article.quotes, comparison.readings, strict=True):
        if not gold.required:
            continue
        if quote is None:
            yield Error("miss", gold, _nearest(comparison, gold), gold.type, _annotated(gold))
            continue
        yield from (Error(kind, gold, quote, gold.type, note) for kind, note in _wrong(gold, quote))
    for quote, found in zip(comparison.quotes, comparison.finds, strict=True):
        if found is None:
            note = f"speaker {quote.speaker or 'nobody'}"
            yield Error("false alarm", quote=quote, type=quote.type, note=note)


def _wrong(gold: AnnotatedQuote, quote: Quote) -> Iterator[tuple[ErrorKind, str]]:
    """Yield what is wrong about a quote that is found."""
    if not speaker_right(gold, quote):
        sure = f" ({quote.speaker_confidence:.0%} sure, {quote.resolved_by or 'no step'})"
        yield "wrong speaker", f"{_annotated(gold)}; found {quote.speaker or 'nobody'}{sure}"
    if gold.roles and not role_right(gold, quote):
        yield "wrong role", f"role {gold.roles[0]}; found {quote.role or 'none'}"
    if gold.said_on and not day_right(gold, quote):
        found = iso_text(quote.said_on) if quote.said_on else "none"
        yield "wrong day", f"said on {gold.said_on}; found {found}"
    if gold.reported_by and not chain_right(gold, quote):
        found = ", ".join(quote.reported_by) or "nobody"
        yield "wrong reporters", f"reported by {', '.join(gold.reported_by)}; found {found}"


def _annotated(gold: AnnotatedQuote) -> str:
    return f"speaker {gold.names[0] if gold.names else 'nobody'}"


def _nearest(comparison: QuoteComparison, gold: AnnotatedQuote) -> Quote | None:
    """Return the first quote that finds nothing and overlaps an annotated one."""
    return next(
        (
            quote
            for quote, found in zip(comparison.quotes, comparison.finds, strict=True)
            if found is None
            and any(one.overlaps(other) for one in quote.content for other in gold.content)
        ),
        None,
    )
