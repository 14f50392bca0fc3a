"""Reviews applied to the quotes of one document: a pure function, used when reading.

In: a document as it is now, its quotes as the program found them, and the reviews about it that
stand, in order of time. Out: the quotes that a review changes, as they now are, and the reviews
that are unanchored. The anchor of a review is the id of its quote while that has the same words,
else the exact words with those around them, else the quote that overlaps most; a review without an
anchor is reported, never dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, cast

from rapidfuzz import fuzz

from quotes.attribution import quote_id
from quotes.records import (
    METADATA,
    Document,
    Quote,
    QuoteType,
    Review,
    SaidOn,
    Span,
    Spans,
    cut,
    shared_chars,
)
from quotes.text.printed_words import printed_words_in

ReviewStatus = Literal["accepted", "rejected", "changed", "added"]

CONTEXT_CHARS = 60  # characters stored from each side of a content, to find it again
MIN_SIMILARITY = 85.0  # of 100: of a passage to the words reviewed, to count as the same
MIN_OVERLAP = 0.5  # Jaccard index of characters from which two contents are of one quote
MIN_FUZZY_CHARS = 20  # characters of a part of a content that may be found by similarity
MAX_PLACES = 1000  # places of the same words that are compared
BY_PERSON = "review"  # the rule of a quote that a person added


@dataclass(frozen=True, slots=True)
class ReviewedQuote:
    """A quote with reviews applied: `by` made the last, `reviews` are their ids, oldest first."""

    quote: Quote
    status: ReviewStatus
    by: str
    reviews: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewOutcome:
    """The outcome of the reviews of a document: the quotes changed, and the reviews unanchored."""

    reviewed: tuple[ReviewedQuote, ...] = ()
    unanchored: tuple[Review, ...] = ()


def apply_reviews(
    document: Document, quotes: Sequence[Quote], reviews: Sequence[Review]
) -> ReviewOutcome:
    """Apply the reviews of a document that stand, in order of time."""
    now = {quote.id: quote for quote in quotes}
    done: dict[str, ReviewedQuote] = {}
    unanchored = list[Review]()
    for review in reviews:
        if review.action in METADATA:
            continue
        current = {**now, **{key: reviewed.quote for key, reviewed in done.items()}}
        quote = _find_anchor(review, document, current)
        if quote is None:
            if review.action != "reject":  # a rejected quote that is gone needs no review
                unanchored.append(review)
            continue
        before = done.get(quote.id)
        done[quote.id] = ReviewedQuote(
            _changed(quote, review),
            _status(review, before, quote.id in now),
            review.by,
            (*(before.reviews if before else ()), review.id),
        )
    return ReviewOutcome(tuple(done.values()), tuple(unanchored))


def context_of(text: str, content: Spans) -> tuple[str, str]:
    """Return the characters before and after a content by which a review finds it again."""
    start, end = content[0].start, content[-1].end
    return text[max(0, start - CONTEXT_CHARS) : start], text[end : end + CONTEXT_CHARS]


def parse_said_on(value: str) -> SaidOn | None:
    """Parse a date as exact as it is written; "" is unknown.

    Args:
        value: "2023-10-27", "2023-10", "2023" or "2023-W43".

    Raises:
        ValueError: for anything else.
    """
    if not value:
        return None
    if "W" in value:
        return SaidOn(date.fromisoformat(f"{value}-1"), "week")
    parts = [int(part) for part in value.split("-")]
    precision: Literal["year", "month", "day"] = ("year", "month", "day")[len(parts) - 1]
    return SaidOn(date(*[*parts, 1, 1][:3]), precision)


def _status(review: Review, before: ReviewedQuote | None, found: bool) -> ReviewStatus:
    """Return the status of a quote after a review; `found`: the program found the quote."""
    if review.action == "reject":
        return "rejected"
    if review.action == "add" or not found:
        return "added"
    if review.action == "accept":
        return before.status if before and before.status == "changed" else "accepted"
    return "changed"


def _changed(quote: Quote, review: Review) -> Quote:
    """Return the quote after one review of it."""
    value = review.value
    if review.action in ("accept", "add"):
        certain = replace(quote, confidence=1.0)
        if review.action == "add" and value:  # over a quote that was found already, too
            return _with_speaker(certain, review)
        return replace(certain, speaker_confidence=1.0) if certain.speaker else certain
    if review.action == "speaker":
        return _with_speaker(quote, review)
    if review.action == "role":
        return replace(quote, role=value or None)
    if review.action == "type":
        return replace(quote, type=cast(QuoteType, value))
    if review.action == "date":
        return replace(quote, said_on=parse_said_on(value or ""))
    return quote if review.action == "reject" else replace(quote, confidence=1.0)


def _with_speaker(quote: Quote, review: Review) -> Quote:
    """Return the quote with the speaker that a review names, or without one."""
    value, kind = review.value, quote.kind or "person"
    known = replace(
        quote,
        speaker=value or None,
        speaker_confidence=1.0 if value else 0.0,
        resolved_by=f"{BY_PERSON}: {review.by}",
    )
    return replace(known, kind="person" if kind in ("unnamed", "group") and value else kind)


def _find_anchor(review: Review, document: Document, quotes: dict[str, Quote]) -> Quote | None:
    """Return the quote that a review is about, with the spans that the review wants.

    None where neither the quote nor its words are there.
    """
    known = quotes.get(review.quote or "")
    if review.action not in ("add", "span"):
        if known is not None and (
            not review.words or cut(document.text, known.content) == review.words
        ):
            return known
        content = _find_words(review.words, document.text, review)
        best = _most_overlapping(content, quotes.values()) if content else None
        if best is not None:
            return best
        return (
            _new_quote(review, document, content) if content and review.action != "reject" else None
        )
    content = _wanted_content(review, document)
    if not content:
        return None
    old = known if review.action == "span" else None
    old = old or _most_overlapping(content, quotes.values())
    new = _new_quote(review, document, content)
    if old is None:
        return new
    return replace(
        old,
        content=new.content,
        cue=new.cue or old.cue,
        source=new.source or old.source,
        words=new.words,
    )


def _wanted_content(review: Review, document: Document) -> Spans:
    """Return the content that a person marked, where it stands now."""
    inside = all(span.end <= len(document.text) for span in review.content)
    if inside and cut(document.text, review.content) == review.words:
        return review.content
    return _find_words(review.words, document.text, review)


def _new_quote(review: Review, document: Document, content: Spans) -> Quote:
    """Make a quote from a review alone."""
    distance = content[0].start - review.content[0].start if review.content else 0
    cue = _shifted(review.cue, distance, document.text)
    source = _find_words(
        review.source_words, document.text, review, near=content[0].start
    ) or _shifted(review.source, distance, document.text)
    speaker = review.value if review.action in ("add", "speaker") else None
    type: QuoteType = "direct" if _in_marks(document.text, content) else "indirect"
    return Quote(
        id=quote_id(document.id, content, (), ()),
        document=document.id,
        content=content,
        cue=cue,
        source=source,
        type=type,
        rule=BY_PERSON,
        confidence=1.0,
        speaker=speaker or None,
        kind="person" if speaker else None,
        speaker_confidence=1.0 if speaker else 0.0,
        resolved_by=f"{BY_PERSON}: {review.by}",
        words=printed_words_in(document, content, cue=cue, type=type),
    )


def _shifted(spans: Spans, by: int, text: str) -> Spans:
    """Return the spans moved by a number of characters, without those that leave the text."""
    return tuple(
        Span(s.start + by, s.end + by)
        for s in spans
        if s.start + by >= 0 and s.end + by <= len(text)
    )


def _in_marks(text: str, content: Spans) -> bool:
    """Return True if a quotation mark stands before each part of the content."""
    return all(
        text[max(0, span.start - 1) : span.start] in ('"', "“", "«", "„", "'", "‘")
        for span in content
    )


def _most_overlapping(content: Spans, quotes: Iterable[Quote]) -> Quote | None:
    """Return the quote whose content overlaps most, if at least by `MIN_OVERLAP`."""

    def overlap(quote: Quote) -> float:
        common = shared_chars(content, quote.content)
        return common / (sum(map(len, content)) + sum(map(len, quote.content)) - common or 1)

    best = max(quotes, key=overlap, default=None)
    return best if best is not None and overlap(best) >= MIN_OVERLAP else None


def _find_words(
    words: Sequence[str], text: str, review: Review, *, near: int | None = None
) -> Spans:
    """Find each part in the text, one after the other; () where one is not there."""
    found, start = list[Span](), 0
    for part in words:
        span = _find_part(part, text, review, start, near)
        if span is None:
            return ()
        found.append(span)
        start = span.end if near is None else 0
    return tuple(found)


def _find_part(part: str, text: str, review: Review, start: int, near: int | None) -> Span | None:
    """Find one part from `start` on.

    Of several places the one nearest to `near` is taken, or without `near` the one with the most
    a similar context; where there is none, a passage that is nearly the same.
    """
    places, at = list[int](), text.find(part, start)
    while part and at >= 0 and len(places) < MAX_PLACES:
        places.append(at)
        at = text.find(part, at + 1)
    if places and near is not None:
        best = min(places, key=lambda p: abs(p - near))
        return Span(best, best + len(part))
    if places:
        best = max(places, key=lambda p: _context_similarity(text, p, p + len(part), review))
        return Span(best, best + len(part))
    if near is not None or len(part) < MIN_FUZZY_CHARS:
        return None
    aligned = fuzz.partial_ratio_alignment(part, text[start:], score_cutoff=MIN_SIMILARITY)
    if aligned is None or len(part) > len(text) - start:
        return None
    return _whole_words(text, start + aligned.dest_start, start + aligned.dest_end)


def _whole_words(text: str, start: int, end: int) -> Span:
    """Widen a span to whole words."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return Span(start, end)


def _context_similarity(text: str, start: int, end: int, review: Review) -> float:
    """Return how similar (0 to 200) the context of a place is to that reviewed."""
    before = fuzz.ratio(text[max(0, start - len(review.before)) : start], review.before)
    return float(before + fuzz.ratio(text[end : end + len(review.after)], review.after))
