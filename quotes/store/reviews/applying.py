"""What people's decisions make of the quotes of one document: a pure function, applied when reading.

In: the document as it is now, its quotes as the program found them, and all decisions about it in the order of time. Out: the quotes that
a decision touches, as they now are, and the decisions that find no place any more. A decision is anchored by the id of its quote while
that has the same words, else by the exact words with what stood around them, else by the best overlap; one without an anchor is told,
never dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, cast

from rapidfuzz import fuzz

from quotes.attribution import quote_id
from quotes.records import Document, Quote, QuoteType, Review, SaidOn, Span, Spans, cut

ReviewStatus = Literal["accepted", "rejected", "changed", "added"]

AROUND = 60  # characters kept on each side of a content, to find it again
LIKE = 85.0  # how alike, of 100, a passage must be to count as the words that were judged
OVERLAP = 0.5  # the share of characters in common from which a quote is the one that was judged
BY_PERSON = "judgement"  # the rule of a quote that a person added


@dataclass(frozen=True, slots=True)
class ReviewedQuote:
    """A quote as decisions left it; `by` names who decided last, `judgements` the ids of the decisions, the oldest first."""

    quote: Quote
    review: ReviewStatus
    by: str
    judgements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewOutcomes:
    """What decisions make of a document: the quotes they touch, and the decisions that found no place in it."""

    judged: tuple[ReviewedQuote, ...] = ()
    adrift: tuple[Review, ...] = ()


def judged(
    document: Document, quotes: Sequence[Quote], judgements: Sequence[Review]
) -> ReviewOutcomes:
    """The quotes of a document that decisions touch. `judgements` are those that stand, in the order of time."""
    now = {quote.id: quote for quote in quotes}
    done: dict[str, ReviewedQuote] = {}
    adrift = list[Review]()
    for judgement in judgements:
        quote = _anchored(judgement, document, {**now, **{key: j.quote for key, j in done.items()}})
        if quote is None:
            if (
                judgement.action != "reject"
            ):  # what was rejected and is not found any more needs no decision
                adrift.append(judgement)
            continue
        before = done.get(quote.id)
        ids = (*(before.judgements if before else ()), judgement.id)
        done[quote.id] = ReviewedQuote(
            _changed(quote, judgement),
            _review(judgement, before, quote.id in now),
            judgement.by,
            ids,
        )
    return ReviewOutcomes(tuple(done.values()), tuple(adrift))


def around(text: str, content: Spans) -> tuple[str, str]:
    """Some characters before and after a content, to be kept in a decision."""
    start, end = content[0].start, content[-1].end
    return text[max(0, start - AROUND) : start], text[end : end + AROUND]


def saidon_of(value: str) -> SaidOn | None:
    """A date as exact as it is written: "2023-10-27", "2023-10", "2023", "2023-W43"; "" is unknown. Raises ValueError for anything else."""
    if not value:
        return None
    if "W" in value:
        return SaidOn(date.fromisoformat(f"{value}-1"), "week")
    parts = [int(part) for part in value.split("-")]
    precision: Literal["year", "month", "day"] = ("year", "month", "day")[len(parts) - 1]
    return SaidOn(date(*[*parts, 1, 1][:3]), precision)


def _review(judgement: Review, before: ReviewedQuote | None, found: bool) -> ReviewStatus:
    if judgement.action == "reject":
        return "rejected"
    if judgement.action == "add" or not found:
        return "added"
    if judgement.action == "accept":
        return before.review if before and before.review == "changed" else "accepted"
    return "changed"


def _changed(quote: Quote, judgement: Review) -> Quote:
    """The quote after one decision about it."""
    value = judgement.value
    if judgement.action in ("accept", "add"):
        sure = replace(quote, confidence=1.0)
        if judgement.action == "add" and value:  # over a quote that was found already, too
            return _spoken(sure, judgement)
        return replace(sure, speaker_confidence=1.0) if sure.speaker else sure
    if judgement.action == "speaker":
        return _spoken(quote, judgement)
    if judgement.action == "role":
        return replace(quote, role=value or None)
    if judgement.action == "type":
        return replace(quote, type=cast(QuoteType, value))
    if judgement.action == "date":
        return replace(quote, said_on=saidon_of(value or ""))
    return quote if judgement.action == "reject" else replace(quote, confidence=1.0)


def _spoken(quote: Quote, judgement: Review) -> Quote:
    """The quote with the speaker that the decision names, or without one."""
    value, kind = judgement.value, quote.kind or "person"
    known = replace(
        quote,
        speaker=value or None,
        speaker_confidence=1.0 if value else 0.0,
        resolved_by=f"{BY_PERSON}: {judgement.by}",
    )
    return replace(known, kind="person" if kind in ("unnamed", "group") and value else kind)


def _anchored(judgement: Review, document: Document, quotes: dict[str, Quote]) -> Quote | None:
    """The quote that a decision is about, with the spans that it wants; None where neither it nor its words are there."""
    known = quotes.get(judgement.quote or "")
    if judgement.action not in ("add", "span"):
        if known is not None and (
            not judgement.words or cut(document.text, known.content) == judgement.words
        ):
            return known
        content = _found(judgement.words, document.text, judgement)
        best = _overlapping(content, quotes.values()) if content else None
        if best is not None:
            return best
        return (
            _made(judgement, document, content)
            if content and judgement.action != "reject"
            else None
        )
    content = _wanted(judgement, document)
    if not content:
        return None
    old = known if judgement.action == "span" else None
    old = old or _overlapping(content, quotes.values())
    made = _made(judgement, document, content)
    if old is None:
        return made
    return replace(
        old, content=made.content, cue=made.cue or old.cue, source=made.source or old.source
    )


def _wanted(judgement: Review, document: Document) -> Spans:
    """The content that a person marked, where it stands now."""
    there = all(span.end <= len(document.text) for span in judgement.content)
    if there and cut(document.text, judgement.content) == judgement.words:
        return judgement.content
    return _found(judgement.words, document.text, judgement)


def _made(judgement: Review, document: Document, content: Spans) -> Quote:
    """A quote out of a decision alone."""
    moved = content[0].start - judgement.content[0].start if judgement.content else 0
    cue = _moved(judgement.cue, moved, document.text)
    source = _found(
        judgement.source_words, document.text, judgement, near=content[0].start
    ) or _moved(judgement.source, moved, document.text)
    speaker = judgement.value if judgement.action in ("add", "speaker") else None
    return Quote(
        id=quote_id(document.id, content, (), ()),
        document=document.id,
        content=content,
        cue=cue,
        source=source,
        type="direct" if _in_marks(document.text, content) else "indirect",
        rule=BY_PERSON,
        confidence=1.0,
        speaker=speaker or None,
        kind="person" if speaker else None,
        speaker_confidence=1.0 if speaker else 0.0,
        resolved_by=f"{BY_PERSON}: {judgement.by}",
    )


def _moved(spans: Spans, by: int, text: str) -> Spans:
    return tuple(
        Span(s.start + by, s.end + by)
        for s in spans
        if s.start + by >= 0 and s.end + by <= len(text)
    )


def _in_marks(text: str, content: Spans) -> bool:
    return all(
        text[max(0, span.start - 1) : span.start] in ('"', "“", "«", "„", "'", "‘")
        for span in content
    )


def _overlapping(content: Spans, quotes: Iterable[Quote]) -> Quote | None:
    """The quote that shares most with a content, if it shares half of both together."""

    def share(quote: Quote) -> float:
        common = sum(
            max(0, min(a.end, b.end) - max(a.start, b.start))
            for a in content
            for b in quote.content
        )
        return common / (sum(map(len, content)) + sum(map(len, quote.content)) - common or 1)

    best = max(quotes, key=share, default=None)
    return best if best is not None and share(best) >= OVERLAP else None


def _found(words: Sequence[str], text: str, judgement: Review, *, near: int | None = None) -> Spans:
    """Where each part stands in the text, one after the other; () where one is not there."""
    found, start = list[Span](), 0
    for part in words:
        span = _place(part, text, judgement, start, near)
        if span is None:
            return ()
        found.append(span)
        start = span.end if near is None else 0
    return tuple(found)


def _place(part: str, text: str, judgement: Review, start: int, near: int | None) -> Span | None:
    """Where one part stands: of several places the one with the likest surroundings, or the nearest; else what is nearly the same."""
    places, at = list[int](), text.find(part, start)
    while part and at >= 0 and len(places) < 1000:
        places.append(at)
        at = text.find(part, at + 1)
    if places and near is not None:
        best = min(places, key=lambda p: abs(p - near))
        return Span(best, best + len(part))
    if places:
        best = max(places, key=lambda p: _alike(text, p, p + len(part), judgement))
        return Span(best, best + len(part))
    if near is not None or len(part) < 20:
        return None
    aligned = fuzz.partial_ratio_alignment(part, text[start:], score_cutoff=LIKE)
    if aligned is None or len(part) > len(text) - start:
        return None
    return _whole(text, start + aligned.dest_start, start + aligned.dest_end)


def _whole(text: str, start: int, end: int) -> Span:
    """A span widened to whole words."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return Span(start, end)


def _alike(text: str, start: int, end: int, judgement: Review) -> float:
    before = fuzz.ratio(text[max(0, start - len(judgement.before)) : start], judgement.before)
    return float(before + fuzz.ratio(text[end : end + len(judgement.after)], judgement.after))
