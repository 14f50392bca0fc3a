"""Reviews on their way into a store: validated, and anchored in the text of their document.

In: a session and reviews as they were requested. Out: the same reviews with what finds their quotes
again (words, context, revision). Writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

from quotes.errors import StoreError
from quotes.records import METADATA, Action, Quote, QuoteType, Review, cut
from quotes.store.document_rows import rows_of_documents
from quotes.store.reviews.applying import context_of, parse_said_on
from quotes.store.rows import quote_of
from quotes.store.views import Session

# actions that are about no quote
WITHOUT_QUOTE = ("merge", "split", "accept_finding", "undo", *METADATA)
WITH_CONTENT = ("add", "span")  # actions that say which words
WITH_VALUE = ("speaker", "role", "type", "date", *METADATA)  # actions that say what instead
ARTICLES = """
    SELECT id, text, revision FROM revisions WHERE id IN (SELECT unnest(?))
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY added DESC, batch DESC) = 1"""


def validate(session: Session, review: Review) -> None:
    """Check that a review says all that its action needs.

    Raises:
        StoreError: for an unknown action, a missing name, or a value that the action cannot take.
    """
    value, action = review.value, review.action
    if action not in get_args(Action):
        raise StoreError(f"{action!r} is no action: {', '.join(get_args(Action))}")
    if not review.by.strip():
        raise StoreError("a review needs the name of the reviewer (by)")
    if action in WITH_CONTENT and not review.content:
        raise StoreError(f"{action} needs the words wanted (content)")
    if action not in (*WITHOUT_QUOTE, *WITH_CONTENT) and not review.quote:
        raise StoreError(f"{action} needs the id of a quote (quote)")
    if action in METADATA and not review.document:
        raise StoreError(f"{action} needs the id of a document (document)")
    if action in WITH_VALUE and value is None:
        raise StoreError(f'{action} needs a value; "" takes it away')
    if action == "type" and value not in get_args(QuoteType):
        raise StoreError(f"{value!r} is no type of quote: direct, indirect or mixed")
    if action == "date":
        try:
            parse_said_on(value or "")
        except ValueError as error:
            raise StoreError(
                f"{value!r} is no date: write 2023-10-27, 2023-10, 2023 or 2023-W43"
            ) from error
    if action == "published" and value and not _is_day(value):
        raise StoreError(f"{value!r} is no day of publication: write 2023-10-27")
    if action == "merge" and len(set(review.names)) < 2:
        raise StoreError("merge needs at least two names of one speaker")
    if action == "split" and not review.names:
        raise StoreError("split needs the name that is another speaker")
    if action == "accept_finding" and not (review.words and value and review.why.strip()):
        raise StoreError("accept_finding needs the words, the verdict and a reason (why)")
    if action == "undo" and not session.value(
        "SELECT count(*) FROM raw_reviews WHERE id = ?", [review.undoes]
    ):
        raise StoreError(f"no review {review.undoes!r} to undo")


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def anchor(session: Session, reviews: Sequence[Review], store: Path) -> tuple[Review, ...]:
    """Return the reviews with the words, the context and the revision that they are about.

    Raises:
        StoreError: naming the store, for a review whose quote or words are not there.
    """
    about = [review for review in reviews if review.action not in WITHOUT_QUOTE]
    if not about:
        return tuple(reviews)
    found = _quotes_of(session, about)
    names = {
        review.document or found[review.quote].document
        for review in about
        if review.document or review.quote in found
    }
    ids = sorted(names)
    rows = rows_of_documents(session, ARTICLES, [ids], documents=ids).to_pylist() if ids else []
    articles = {row["id"]: row for row in rows}
    return tuple(
        review
        if review.action in WITHOUT_QUOTE
        else _anchored(review, found.get(review.quote or ""), articles, store)
        for review in reviews
    )


def _quotes_of(session: Session, reviews: Sequence[Review]) -> dict[str | None, Quote]:
    """Return the quotes that reviews are about, by id, with earlier reviews applied."""
    ids = [review.quote for review in reviews if review.quote]
    if not ids:
        return {}
    query = "SELECT * FROM reviewed_quotes WHERE id IN (SELECT unnest(?))"
    found = list[dict[str, Any]]()
    documents = sorted({review.document for review in reviews if review.document})
    if documents:  # those that the reviews name are read by themselves
        found = rows_of_documents(session, query, [ids], documents=documents).to_pylist()
    known = {row["id"] for row in found}
    if others := [name for name in ids if name not in known]:
        found += session.rows(query, [others])
    return {row["id"]: quote_of(row) for row in found}


def _anchored(
    review: Review, found: Quote | None, articles: dict[str, dict[str, Any]], store: Path
) -> Review:
    """Return one review with its words, context and revision."""
    name = review.document or (found.document if found else None)
    if name is None:
        raise StoreError(
            f"{store}: no quote {review.quote!r}: "
            "it may have changed with a new revision of its article"
        )
    if name not in articles:
        raise StoreError(f"{store}: no document {name!r}")
    text = articles[name]["text"]
    content = review.content or (found.content if found else ())
    source = review.source or (found.source if found else ())
    if not content or any(
        span.end > len(text) or not span.of(text).strip()
        for span in (*content, *review.cue, *source)
    ):
        raise StoreError(f"{store}: document {name!r}: the words marked do not lie in its text")
    before, after = context_of(text, content)
    return replace(
        review,
        document=name,
        revision=articles[name]["revision"],
        content=content,
        cue=review.cue or (found.cue if found else ()),
        source=source,
        words=cut(text, content),
        source_words=cut(text, source),
        before=before,
        after=after,
    )
