"""Decisions from a form or a JSON object, into the store.

In: plain values as a person sent them. Out: the judgements that were stored. Offsets are never trusted: words that were marked must stand
in the article, at the offsets given or where they are found.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any, cast

from quotes.errors import StoreError
from quotes.records import Action, Document, Review, ReviewRequest, Span, Spans, cut
from quotes.store import Selection, Store
from quotes.store.quote_table import QuoteTable
from quotes.store.selection import NOT_REVIEWED
from quotes.web.articles import article_of, quote_in
from quotes.web.errors import Refused
from quotes.web.review_queue import BATCH, last_of
from quotes.web.search import find, of_speaker

ACTIONS = (
    "accept",
    "reject",
    "speaker",
    "role",
    "type",
    "date",
    "span",
    "add",
    "merge",
    "split",
    "undo",
    "undo_last",
    "accept_all",
)
MAX_ACCEPTED = 500  # quotes accepted at once
MAX_TEXT_CHARS = 500  # characters of a name, a reason
MAX_NAME_CHARS = 80
PART = re.compile(r"\s+(?:…|\[\.\.\.\])\s+")  # between two parts of a marked content

Given = Mapping[str, Any]


def save_reviews(store: Store, quote_table: QuoteTable, given: Given, *, by: str) -> list[Review]:
    """Store what a person decided. Raises Refused for what makes no sense."""
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
            return [_about_names(store, given, action, by)]
        if action == "undo":
            return [
                store.review(
                    ReviewRequest(
                        action="undo",
                        by=by,
                        undoes=text(given, "undoes", required=True),
                        why=text(given, "why"),
                    )
                )
            ]
        return [_about_quote(store, quote_table, given, action, by)]
    except StoreError as error:
        raise Refused(409 if "may not be written" in str(error) else 400, str(error)) from error


def reviewer(name: str) -> str:
    """The name of who decides, tidied. Raises Refused without one."""
    name = " ".join("".join(c for c in name if c.isprintable()).split())
    if not name:
        raise Refused(400, "enter your name first: reviews are saved under it")
    if len(name) > MAX_NAME_CHARS:
        raise Refused(400, f"a name has at most {MAX_NAME_CHARS} characters")
    return name


def text(
    given: Given, name: str, *, required: bool = False, max_chars: int = MAX_TEXT_CHARS
) -> str:
    """A value as text. Raises Refused."""
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


def _about_quote(
    store: Store, quote_table: QuoteTable, given: Given, action: str, by: str
) -> Review:
    why = text(given, "why")
    if action == "add":
        document = article_of(
            store, quote_table, text(given, "document", required=True, max_chars=4000)
        ).document
        content = _marked(document, given, "content", required=True)
        return store.review(
            ReviewRequest(
                action="add",
                by=by,
                why=why,
                document=document.id,
                content=content,
                cue=_marked(document, given, "cue"),
                source=_marked(document, given, "source"),
                value=text(given, "value") or None,
            )
        )
    article, shown = quote_in(store, quote_table, text(given, "quote", required=True))
    document, quote = article.document, shown.quote
    if action == "span":
        content = _marked(document, given, "content", required=True)
        return store.review(
            ReviewRequest(
                action="span",
                by=by,
                why=why,
                quote=quote.id,
                document=document.id,
                content=content,
            )
        )
    value = text(given, "value") if action in ("speaker", "role", "type", "date") else None
    return store.review(
        ReviewRequest(
            action=cast(Action, action),
            by=by,
            why=why,
            quote=quote.id,
            document=document.id,
            value=value,
        )
    )


def _about_names(store: Store, given: Given, action: str, by: str) -> Review:
    names, documents = _texts(given, "names", most=50), _texts(given, "documents", most=1000)
    known = {alias.name for speaker in store.speakers() for alias in speaker.aliases}
    strange = [name for name in names if name not in known]
    if strange or not names:
        raise Refused(400, f"{(strange or [''])[0][:80]!r} is not the name of a speaker here")
    return store.review(
        ReviewRequest(
            action=cast(Action, action),
            by=by,
            names=names,
            documents=documents,
            why=text(given, "why"),
        )
    )


def _texts(given: Given, name: str, *, most: int) -> list[str]:
    several = given.get(name) or []
    listed = several if isinstance(several, list) else [several]
    if len(listed) > most or not all(
        isinstance(each, str) and 0 < len(each.strip()) <= MAX_TEXT_CHARS for each in listed
    ):
        raise Refused(400, f"{name}: must be a list of at most {most} texts")
    return [each.strip() for each in listed]


def _marked(document: Document, given: Given, name: str, *, required: bool = False) -> Spans:
    """The spans of words that a person marked. `NAME` are the words (parts joined by …), `NAME_spans` offsets ("5-20,30-41")."""
    words = given.get(name)
    if words is not None and not isinstance(words, str):
        raise Refused(400, f"{name}: must be text")
    words = (words or "").strip()
    spans = _offsets(given, f"{name}_spans", document)
    if spans and (
        not words or _plain(" ".join(cut(document.text, spans))) == _plain(PART.sub(" ", words))
    ):
        return spans
    if not words:
        if required:
            raise Refused(400, f"{name} is missing: select the words in the article")
        return ()
    found, start = list[Span](), 0
    for part in PART.split(words):
        pattern = r"\s+".join(re.escape(word) for word in part.split())
        at = re.compile(pattern).search(document.text, start)
        if at is None:
            raise Refused(
                400, f"{name}: the words {part[:60]!r} are not in the article: select them there"
            )
        found.append(Span(at.start(), at.end()))
        start = at.end()
    return tuple(found)


def _offsets(given: Given, name: str, document: Document) -> Spans:
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
    """Without white space at its ends."""
    words = text[start:end]
    return (
        Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
        if words.strip()
        else Span(start, end)
    )


def _plain(words: str) -> str:
    return " ".join(words.split())


def _undo_last(store: Store, by: str) -> list[Review]:
    last = last_of(store.reviews(), by)
    if not last:
        raise Refused(409, "you have no review to undo")
    return list(store.undo_reviews([review.id for review in reversed(last)], by=by))


def _accept_all(store: Store, quote_table: QuoteTable, given: Given, by: str) -> list[Review]:
    """Accept what nobody has checked of one rule or one speaker, in one commit. They are taken back together."""
    rule, speaker = text(given, "rule") or None, text(given, "speaker") or None
    if not rule and not speaker:
        raise Refused(400, "accept_all needs a rule or a speaker")
    unreviewed = Selection(rule=rule, review=NOT_REVIEWED, copies=True, **of_speaker(speaker))
    rows = find(quote_table, unreviewed, order="surest", size=MAX_ACCEPTED)
    if not rows:
        raise Refused(409, "nothing is left to accept here")
    why = f"all of {'rule ' + rule if rule else 'speaker ' + str(speaker)}, {BATCH}{secrets.token_hex(4)}"
    requests = (ReviewRequest(action="accept", quote=row["id"], by=by, why=why) for row in rows)
    return list(store.review_many(requests))
