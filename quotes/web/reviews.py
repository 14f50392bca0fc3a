"""Reviews from a form or a JSON object, into the store.

In: plain values as a person sent them. Out: the reviews that were stored. Offsets are never
trusted: selected words must be in the article, at the offsets given or where they are found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from quotes.errors import StoreError, StoreNotWritable
from quotes.records import Action, Document, Review, ReviewRequest, Span, Spans, cut
from quotes.store import Selection, Store
from quotes.store.quote_table import QuoteTable
from quotes.store.selection import NOT_REVIEWED
from quotes.text.printed_words import bare_parts, without_between
from quotes.web.articles import article_of, quote_in
from quotes.web.errors import Refused
from quotes.web.review_queue import batch_reason, last_of
from quotes.web.search import find, of_speaker

ACTIONS = (
    "accept", "reject", "speaker", "role", "type", "date", "span", "add", "merge", "split", "undo",
    "undo_last", "accept_all",
)  # fmt: skip
WITH_VALUE = ("speaker", "role", "type", "date")  # actions that give a new value
MAX_ACCEPTED = 500  # quotes accepted at once
MAX_TEXT_CHARS = 500  # of a name, a reason
MAX_ID_CHARS = 4000  # of a document
MAX_NAME_CHARS = 80  # of a reviewer
MAX_NAMES = 50  # of a merge or split
MAX_DOCUMENTS = 1000  # of a split
GAP = re.compile(r"\s+(?:…|\[\.\.\.\])\s+")  # between two parts of a content that a person wrote
WORD = re.compile(r"\w+")

Submitted = Mapping[str, Any]


def save_reviews(
    store: Store, quote_table: QuoteTable, given: Submitted, *, by: str
) -> list[Review]:
    """Store what a reviewer submitted.

    Raises:
        Refused: A value is missing or wrong.
    """
    action = text(given, "action", required=True)
    if action not in ACTIONS:
        raise Refused(400, f"{action[:40]!r} is not an action: {', '.join(ACTIONS)}")
    by = reviewer(by)
    try:
        if action == "undo_last":
            return _undo_last(store, by)
        if action == "accept_all":
            return _accept_all(store, quote_table, given, by)
        if action in ("merge", "split"):
            request = _about_names(given, action, by)
        elif action == "undo":
            undoes, why = text(given, "undoes", required=True), text(given, "why")
            request = ReviewRequest(action="undo", by=by, undoes=undoes, why=why)
        else:
            request = _about_quote(store, quote_table, given, action, by)
        return [store.review(request)]
    except StoreError as error:
        status = 409 if isinstance(error, StoreNotWritable) else 400
        raise Refused(status, str(error)) from error


def reviewer(name: str) -> str:
    """Return the tidied name of a reviewer.

    Raises:
        Refused: There is none, or it is too long.
    """
    name = " ".join("".join(c for c in name if c.isprintable()).split())
    if not name:
        raise Refused(400, "enter your name first: reviews are saved under it")
    if len(name) > MAX_NAME_CHARS:
        raise Refused(400, f"a name has at most {MAX_NAME_CHARS} characters")
    return name


def text(
    given: Submitted, name: str, *, required: bool = False, max_chars: int = MAX_TEXT_CHARS
) -> str:
    """Return a value as text, "" where it is missing.

    Raises:
        Refused: It is no text, too long, has control characters, or is required and missing.
    """
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise Refused(400, f"{name}: must be text")
    value = (value or "").strip()
    if required and not value:
        raise Refused(400, f"{name} is missing")
    if len(value) > max_chars:
        raise Refused(400, f"{name}: has {len(value):,} characters, at most {max_chars:,}")
    if any((c < " " and c not in "\n\t\r") or "\ud800" <= c <= "\udfff" for c in value):
        raise Refused(400, f"{name}: contains control characters")
    return value


def review_values(review: Review, stands: bool, unanchored: bool) -> dict[str, Any]:
    """Return a review as a page or a list shows it."""
    names = ("id", "at", "by", "action", "document", "quote", "value", "undoes", "why")
    return {name: getattr(review, name) for name in names} | {
        "words": " … ".join(review.words),
        "names": list(review.names),
        "documents": list(review.documents),
        "stands": stands and review.action != "undo",
        "unanchored": unanchored,
    }


def _about_quote(
    store: Store, quote_table: QuoteTable, given: Submitted, action: str, by: str
) -> ReviewRequest:
    why = text(given, "why")
    if action == "add":
        name = text(given, "document", required=True, max_chars=MAX_ID_CHARS)
        document = article_of(store, quote_table, name).document
        return ReviewRequest(
            action="add",
            by=by,
            why=why,
            document=document.id,
            content=_spans(document, given, "content", required=True),
            cue=_spans(document, given, "cue"),
            source=_spans(document, given, "source"),
            value=text(given, "value") or None,
        )
    article, shown = quote_in(store, quote_table, text(given, "quote", required=True))
    document = article.document
    return ReviewRequest(
        action=cast(Action, action),
        by=by,
        why=why,
        quote=shown.quote.id,
        document=document.id,
        content=_spans(document, given, "content", required=True) if action == "span" else (),
        value=text(given, "value") if action in WITH_VALUE else None,
    )


def _about_names(given: Submitted, action: str, by: str) -> ReviewRequest:
    return ReviewRequest(
        action=cast(Action, action),
        by=by,
        names=_texts(given, "names", max_texts=MAX_NAMES),
        documents=_texts(given, "documents", max_texts=MAX_DOCUMENTS),
        why=text(given, "why"),
    )


def _texts(given: Submitted, name: str, *, max_texts: int) -> list[str]:
    value = given.get(name) or []
    texts = value if isinstance(value, list) else [value]
    if len(texts) > max_texts or not all(
        isinstance(each, str) and 0 < len(each.strip()) <= MAX_TEXT_CHARS for each in texts
    ):
        raise Refused(400, f"{name}: must be a list of at most {max_texts} texts")
    return [each.strip() for each in texts]


def _spans(document: Document, given: Submitted, name: str, *, required: bool = False) -> Spans:
    """Return the spans of the words that a reviewer selected.

    `NAME` are the words, parts joined by … or as printed; `NAME_spans` are their offsets, such as
    "5-20,30-41".
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
    return _found(document, name, words) if words else ()


def _found(document: Document, name: str, words: str) -> Spans:
    """Find words in an article, part by part."""
    found, start = list[Span](), 0
    for part in (part for gap in GAP.split(words) for part in bare_parts(gap)):
        pattern = r"\s+".join(re.escape(word) for word in part.split())
        at = re.compile(pattern).search(document.text, start)
        if at is None:
            raise Refused(
                400, f"{name}: the words {part[:60]!r} are not in the article: select them there"
            )
        found.append(Span(at.start(), at.end()))
        start = at.end()
    return tuple(found)


def _offsets(given: Submitted, name: str, document: Document) -> Spans:
    raw = text(given, name)
    if not raw:
        return ()
    if not re.fullmatch(r"\d{1,9}-\d{1,9}(,\d{1,9}-\d{1,9}){0,20}", raw):
        raise Refused(400, f"{name}: write offsets as 5-20, several as 5-20,30-41")
    pairs = [tuple(map(int, pair.split("-"))) for pair in raw.split(",")]
    if any(start >= end or end > len(document.text) for start, end in pairs):
        raise Refused(400, f"{name}: is outside the article")
    return tuple(_trimmed(document.text, start, end) for start, end in pairs)


def _trimmed(text: str, start: int, end: int) -> Span:
    """Return a span without white space at its ends."""
    words = text[start:end]
    return (
        Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
        if words.strip()
        else Span(start, end)
    )


def _undo_last(store: Store, by: str) -> list[Review]:
    last = last_of(store.reviews(), by)
    if not last:
        raise Refused(409, "you have no review to undo")
    return list(store.undo_reviews([review.id for review in reversed(last)], by=by))


def _accept_all(store: Store, quote_table: QuoteTable, given: Submitted, by: str) -> list[Review]:
    """Accept what nobody has reviewed of one rule or one speaker, to be undone together."""
    rule, speaker = text(given, "rule") or None, text(given, "speaker") or None
    if not rule and not speaker:
        raise Refused(400, "accept_all needs a rule or a speaker")
    unreviewed = Selection(rule=rule, review=NOT_REVIEWED, copies=True, **of_speaker(speaker))
    rows = find(quote_table, unreviewed, order="surest", size=MAX_ACCEPTED)
    if not rows:
        raise Refused(409, "nothing is left to accept here")
    which = f"rule {rule}" if rule else f"speaker {speaker}"
    why = batch_reason(which)
    requests = (ReviewRequest(action="accept", quote=row["id"], by=by, why=why) for row in rows)
    return list(store.review_many(requests))
