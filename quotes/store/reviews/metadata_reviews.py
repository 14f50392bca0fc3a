"""Reviews of what is known about a document: title, outlet, author, day of publication, url.

In: reviews that stand, in order of time. Out: for each document the last review of each property;
a document with the values that people gave. The text of a document is never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from quotes.records import METADATA, Document, MetadataField, Review

MetadataReviews = Mapping[MetadataField, Review]

COLUMNS: Mapping[MetadataField, str] = {name: name for name in METADATA} | {"url": "source"}
"""The property of a document that each action gives, as a `Document` names it."""


def metadata_by_document(reviews: Iterable[Review]) -> dict[str, dict[MetadataField, Review]]:
    """Return the last review of each property of each document."""
    found: dict[str, dict[MetadataField, Review]] = {}
    for review in reviews:
        for name in METADATA:
            if review.action == name and review.document:
                found.setdefault(review.document, {})[name] = review
    return found


def value_of(review: Review) -> str | date | None:
    """Return the value that a review gives; None where it takes it away."""
    if not review.value:
        return None
    return date.fromisoformat(review.value) if review.action == "published" else review.value


def with_reviews(document: Document, reviews: MetadataReviews) -> Document:
    """Return a document with the values that reviews give."""
    values: dict[str, Any] = {COLUMNS[name]: value_of(review) for name, review in reviews.items()}
    return replace(document, **values) if values else document


def with_metadata_of(document: Document, other: Document) -> Document:
    """Return a document with the title, outlet, author, day and source of another."""
    return replace(document, **{name: getattr(other, name) for name in COLUMNS.values()})
