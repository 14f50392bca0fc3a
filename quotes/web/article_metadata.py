"""What people say of an article from one form: title, outlet, author, day of publication, address.

In: a form or a JSON object. Out: requests for reviews, none where nothing changes; and the article
to be read again where days depend on the new one.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from quotes.errors import InputError, StoreError
from quotes.readers.metadata import require_date
from quotes.records import METADATA, Document, MetadataField, Review, ReviewRequest
from quotes.web.app_state import AppState
from quotes.web.articles import article_of
from quotes.web.cards import web_address
from quotes.web.errors import Refused
from quotes.web.submitted import Submitted, text

MAX_URL_CHARS = 2000


def metadata_requests(document: Document, given: Submitted, by: str) -> list[ReviewRequest]:
    """Return a request for each property that a form changes; what it lacks stays as it is.

    Raises:
        Refused: A value is wrong.
    """
    before, why = metadata_of(document), text(given, "why")
    requests = list[ReviewRequest]()
    for name in METADATA:
        if given.get(name) is not None and (value := _value(given, name)) != before[name]:
            requests.append(
                ReviewRequest(action=name, by=by, document=document.id, value=value, why=why)
            )
    return requests


def metadata_of(document: Document) -> dict[MetadataField, str]:
    """Return the properties of an article as the form shows them, "" for what is not known."""
    return {
        "title": document.title or "",
        "outlet": document.outlet or "",
        "author": document.author or "",
        "published": document.published.isoformat() if document.published else "",
        "url": web_address(document.source) or "",
    }


def read_again(state: AppState, saved: Iterable[Review], by: str) -> bool:
    """Read articles again whose day changed and whose quotes have days in words ("on Monday").

    Returns:
        True if that was begun.
    """
    saved = list(saved)
    undone = {review.undoes for review in saved if review.undoes}
    about = [r for r in (state.reviews() if undone else ()) if r.id in undone] + saved
    names = {r.document for r in about if r.action == "published" and r.document}
    documents = list[Document]()
    for name in sorted(names):
        with suppress(Refused, StoreError):
            quotes = article_of(state.store, state.quote_table, name).quotes
            if any(shown.row["when_text"] for shown in quotes):
                documents.append(state.store.document(name, machine=True))
    if not documents:
        return False
    with suppress(Refused):  # too many jobs are waiting: it can be added again
        state.jobs.start(lambda: iter(documents), by=by, again=True)
        return True
    return False


def _value(given: Submitted, name: MetadataField) -> str:
    """Return a property as it is stored. Raises Refused."""
    if name == "url":
        value = text(given, name, max_chars=MAX_URL_CHARS)
        if value and web_address(value) is None:
            raise Refused(400, "address: start with http:// or https://")
        return value
    value = " ".join(text(given, name).split())
    if name != "published" or not value:
        return value
    try:
        return require_date(value).isoformat()
    except InputError as error:
        raise Refused(400, f"day of publication: {error}") from error
