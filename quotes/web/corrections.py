"""Corrections of a quote from one form: speaker, role, type, day and words, as far as they change.

In: a form or a JSON object, and the quote. Out: requests for reviews, none where nothing changes.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from quotes import identity
from quotes.records import Document, ReviewRequest, Span, Spans, cut, shared_chars
from quotes.statements.tokens import strip_span
from quotes.store import Store
from quotes.store.quote_table import QuoteTable
from quotes.store.reviews.applying import parse_said_on
from quotes.text.printed_words import without_between
from quotes.web.articles import Article, ShownQuote, said_on_text
from quotes.web.errors import Refused
from quotes.web.people import name_meant
from quotes.web.submitted import Submitted, text

GAP = re.compile(r"\s+(?:…|\[\.\.\.\])\s+")  # between two parts of a content
WORD = re.compile(r"\w+")
MAX_SPANS = 20  # of one content
MAX_CONTENT_CHARS = 20_000  # of words that are corrected
MAX_ROLE_CHARS = 200
NO_ROLE = ("<", ">", "://")


def corrections(
    store: Store, table: QuoteTable, article: Article, shown: ShownQuote, given: Submitted, by: str
) -> list[ReviewRequest]:
    """Return a request for each property that a form changes; what it lacks stays as it is.

    Raises:
        Refused: A value is wrong.
        Question: A name may mean several speakers.
    """
    quote, document = shown.quote, article.document
    changed: dict[Any, dict[str, Any]] = {}
    typed = _text(given, "speaker")
    if typed is not None and not _is_speaker(shown, typed):
        name = name_meant(store, table, typed, article, new=given.get("new") == "yes")
        if not _is_speaker(shown, name):
            changed["speaker"] = {"value": name}
    role = _text(given, "role")
    if role is not None and role != (quote.role or ""):
        check_role(role)
        changed["role"] = {"value": role}
    kind = _text(given, "type")
    if kind and kind != quote.type:
        changed["type"] = {"value": kind}
    day = _text(given, "said_on")
    if day is not None and day != said_on_text(quote.said_on):
        check_day(document, day)
        changed["date"] = {"value": day}
    if _text(given, "content"):
        spans = spans_of(document, given, "content", near=quote.content)
        if spans != quote.content:
            changed["span"] = {"content": spans, "value": None}
    why = _text(given, "why") or ""
    same: dict[str, Any] = {"by": by, "why": why, "quote": quote.id, "document": document.id}
    return [ReviewRequest(action=action, **same, **values) for action, values in changed.items()]


def check_role(role: str) -> None:
    """Check that a role can be one; "" takes it away.

    Raises:
        Refused: It is too long, or has markup, or no letter.
    """
    if len(role) > MAX_ROLE_CHARS:
        message = f"role: {role[:40]!r}… has {len(role):,} characters, at most {MAX_ROLE_CHARS}"
        raise Refused(400, message)
    if role and (any(mark in role for mark in NO_ROLE) or not any(c.isalpha() for c in role)):
        raise Refused(400, f"role: {role[:60]!r} is no role")


def check_day(document: Document, day: str) -> None:
    """Check that a day is written well, and not later than the article or today.

    Raises:
        Refused: It is not.
    """
    try:
        said_on = parse_said_on(day)
    except ValueError:
        message = f"said on: {day[:20]!r} is not a day: write 2023-10-27, 2023-10, 2023 or 2023-W43"
        raise Refused(400, message) from None
    latest = document.published or datetime.now(UTC).date()
    if said_on and said_on.date > latest + timedelta(days=1):
        raise Refused(400, f"said on: {day} is after {latest}, when the article was published")


def spans_of(
    document: Document,
    given: Submitted,
    name: str,
    *,
    near: Spans = (),
    required: bool = False,
) -> Spans:
    """Return the spans of the words that somebody selected or typed.

    `NAME` are the words, parts joined by … or as printed; `NAME_spans` are their offsets, such as
    "5-20,30-41".

    Args:
        document: The article.
        given: What was submitted.
        name: What the words are of.
        near: A quote. Words that were typed are looked for where they overlap it, else, for a cue
            or a source, at the nearest place.
        required: Refuse a request without words.

    Raises:
        Refused: The words are not in the article, or in several places of it.
    """
    words = given.get(name)
    if words is not None and not isinstance(words, str):
        raise Refused(400, f"{name}: must be text")
    words = (words or "").strip()
    spans = _offsets(given, f"{name}_spans", document)
    if spans and (
        not words
        or WORD.findall(" ".join(cut(document.text, spans)))
        == WORD.findall(GAP.sub(" ", without_between(words)))
    ):
        return spans
    if not words and required:
        raise Refused(400, f"{name} is missing: select the words in the article")
    return _found(document, name, words, near) if words else ()


def _is_speaker(shown: ShownQuote, typed: str) -> bool:
    """Tell whether a name that a form was filled with was left as it is."""
    known = (shown.quote.speaker, shown.row["speaker_name"])
    key = identity.latin_key(typed)
    return (not typed and not shown.quote.speaker) or any(
        name and identity.latin_key(name) == key for name in known
    )


def _found(document: Document, name: str, words: str, near: Spans) -> Spans:
    """Find words in an article, part by part, each behind the one before."""
    parts = GAP.split(words)
    places = [
        [Span(*found.span()) for found in re.finditer(_pattern(part), document.text)]
        for part in parts
    ]
    for part, found in zip(parts, places, strict=True):
        if not found:
            message = f"{name}: the words {part[:60]!r} are not in the article: select them there"
            raise Refused(400, message)
    first = _first_place(name, words, places[0], near)
    spans = [first]
    for found in places[1:]:
        behind = [span for span in found if span.start >= spans[-1].end]
        if not behind:
            raise Refused(400, f"{name}: the parts do not follow each other in the article")
        spans.append(behind[0])
    return tuple(spans)


def _pattern(words: str) -> str:
    """Return the regular expression of words with any white space between them."""
    return r"\s+".join(map(re.escape, words.split()))


def _first_place(name: str, words: str, places: list[Span], near: Spans) -> Span:
    """Return the place that is meant of several."""
    if near and name == "content":
        own = Span(near[0].start, near[-1].end)
        inside = [span for span in places if span.overlaps(own)]
        if not inside:
            message = f"{name}: {words[:60]!r} is not in this quote: select the words in the text"
            raise Refused(400, message)
        return max(inside, key=lambda span: (shared_chars((span,), near), -span.start))
    if near:
        return min(places, key=lambda span: min(abs(span.start - part.start) for part in near))
    if len(places) > 1:
        message = f"{name}: {words[:60]!r} stands {len(places)} times in the article: select it"
        raise Refused(400, message)
    return places[0]


def _offsets(given: Submitted, name: str, document: Document) -> Spans:
    raw = _text(given, name) or ""
    if not raw:
        return ()
    if not re.fullmatch(rf"\d{{1,9}}-\d{{1,9}}(,\d{{1,9}}-\d{{1,9}}){{0,{MAX_SPANS}}}", raw):
        raise Refused(400, f"{name}: write offsets as 5-20, several as 5-20,30-41")
    pairs = [tuple(map(int, pair.split("-"))) for pair in raw.split(",")]
    if any(start >= end or end > len(document.text) for start, end in pairs):
        raise Refused(400, f"{name}: is outside the article")
    spans = [Span(start, end) for start, end in pairs]
    return tuple(strip_span(span, document.text) or span for span in spans)


def _text(given: Submitted, name: str) -> str | None:
    """Return a value as text; None where it is missing."""
    return text(given, name, max_chars=MAX_CONTENT_CHARS) if given.get(name) is not None else None
