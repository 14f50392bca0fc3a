"""The claims of a draft: its direct and mixed quotations, indirect statements on request.

In: a draft and its quotes. Out: `Claim`s in the order of the text. Of a mixed quote each quoted
part is a claim of its own: nothing is said about the words between. What a quotation itself quotes
is checked with it. Words in quotation marks for which extraction finds no statement are claims
without a speaker, where they read like speech.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from quotes.attribution.assembly import quote_id
from quotes.defaults import MIN_CONFIDENCE, SHOWN_ACTS
from quotes.language import Language
from quotes.records import Document, Mark, Quote, Span, Spans, line_number, text_of_spans
from quotes.statements.tokens import forms
from quotes.statements.weights import vocabulary
from quotes.text.quoted_parts import outermost_marks, quoted_parts
from quotes.verification.findings import Claim
from quotes.verification.unattributed import unattributed_parts

MIN_WORDS = 2  # of a quoted part of common words only, for it to be a claim


def statements_of(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Return the quotes that are checked, or speak for a source: all statements of some confidence.

    Whether the speaker is known does not matter: no quotation of a draft goes unchecked for that.
    """
    return tuple(q for q in quotes if q.act in SHOWN_ACTS and q.confidence >= MIN_CONFIDENCE)


def claims_of(
    document: Document, quotes: Iterable[Quote], language: Language, *, indirect: bool = False
) -> tuple[Claim, ...]:
    """Return the claims of a draft.

    Args:
        document: The draft.
        quotes: Its quotes.
        language: Its language.
        indirect: Take indirect statements, too.
    """
    quotes = tuple(quotes)
    direct = {quote.id for quote in quotes if quote.type == "direct"}
    marks = outermost_marks(document.text, language)
    found = list[Claim]()
    for quote in quotes:
        if quote.nested_in in direct or quote.factuality == "not_said":
            continue
        if quote.type == "indirect":
            found += [_claim(document, quote, quote.content)] if indirect else []
        else:
            inner = [own for q in quotes if q.nested_in == quote.id for own in q.content]
            found += _quoted(document, quote, marks, inner, language)
    for spans, speech in unattributed_parts(document, quotes, language):
        found += [_unattributed(document, spans)] if speech else []
    return tuple(sorted(found, key=lambda claim: (claim.spans[0].start, claim.id)))


def _quoted(
    document: Document,
    quote: Quote,
    marks: Sequence[Mark],
    inner: Sequence[Span],
    language: Language,
) -> Iterator[Claim]:
    """Yield the claim of a direct quote, or those of the quoted parts of a mixed one.

    Parts inside the statement of somebody else ("X reported that Y said ‘...’") are that one's.
    """
    parts = _quoted_parts(quote, marks)
    if quote.type == "direct":
        yield _claim(document, quote, parts)
        return
    frame = text_of_spans(document.text, quote.content)
    for number, part in enumerate(parts, start=1):
        if any(own.contains(part) for own in inner):
            continue
        if _says_something(part.of(document.text), language):
            claim = _claim(document, quote, (part,))
            yield replace(claim, id=f"{quote.id}.{number}", frame=frame)


def _quoted_parts(quote: Quote, marks: Sequence[Mark]) -> Spans:
    """Return what of the content stands in marks; the content itself where it has none."""
    found = sorted(part for own in quote.content for part in quoted_parts(marks, own))
    return tuple(found) or quote.content


def _says_something(text: str, language: Language) -> bool:
    words = forms(text)
    return len(words) >= MIN_WORDS or vocabulary(language).content(words) > 0


def _claim(document: Document, quote: Quote, spans: Spans) -> Claim:
    return replace(
        _unattributed(document, spans),
        id=quote.id,
        type=quote.type,
        speaker=quote.speaker,
        kind=quote.kind,
        role=quote.role,
        said_on=quote.said_on,
    )


def _unattributed(document: Document, spans: Spans) -> Claim:
    """Return the claim of words in quotation marks that nobody is found to have said."""
    text = document.text
    return Claim(
        id=quote_id(document.id, spans, (), ()),
        document=document.id,
        words=text_of_spans(text, spans),
        parts=tuple(" ".join(span.of(text).split()) for span in spans),
        spans=spans,
        line=line_number(text, spans[0].start),
    )
