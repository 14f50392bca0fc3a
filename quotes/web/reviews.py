"""Reviews from a form or a JSON object, into the store.

In: plain values as a person sent them. Out: the reviews that were stored. Offsets are never
trusted: selected words must be in the article, at the offsets given or where they are found.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

from quotes.errors import StoreError, StoreNotWritable
from quotes.output.dates import date_text
from quotes.records import METADATA, Action, Review, ReviewRequest, Spans
from quotes.standing_reviews import standing
from quotes.statements.tokens import forms
from quotes.store import Selection, Store, quote_search
from quotes.store.quote_table import QuoteTable, Rows
from quotes.store.selection import NOT_REVIEWED
from quotes.verification.acceptances import acceptance_request
from quotes.web import draft_checks
from quotes.web.app_state import AppState
from quotes.web.article_metadata import metadata_requests
from quotes.web.articles import Article, ShownQuote, article_of, quote_in, said_on_text
from quotes.web.corrections import check_day, check_role, corrections, spans_of
from quotes.web.errors import Question, Refused
from quotes.web.people import name_meant
from quotes.web.review_queue import batch_reason, last_of
from quotes.web.search import find, of_speakers
from quotes.web.submitted import MAX_TEXT_CHARS, Submitted, reviewer, text

ACTIONS = (
    "accept", "reject", "speaker", "role", "type", "date", "span", "add", "merge", "split", "undo",
    "undo_last", "accept_all", "correct", "accept_finding", "metadata", *METADATA,
)  # fmt: skip
OUTCOMES = {"accept": "accepted this quote", "reject": "rejected this quote"}
WITH_VALUE = ("speaker", "role", "type", "date")  # actions that give a new value
MAX_ACCEPTED = 500  # quotes accepted at once
MAX_ID_CHARS = 4000  # of a document
MAX_NAMES = 50  # of a merge or split
MAX_DOCUMENTS = 1000  # of a split


def save_reviews(state: AppState, given: Submitted, *, by: str) -> list[Review]:
    """Store what a reviewer submitted; nothing where nothing would change.

    Raises:
        Refused: A value is missing or wrong.
        Question: A name may mean several speakers, or somebody else has reviewed the quote.
    """
    action = text(given, "action", required=True)
    if action not in ACTIONS:
        raise Refused(400, f"{action[:40]!r} is not an action: {', '.join(ACTIONS)}")
    by = reviewer(by)
    store, table = state.store, state.quote_table
    try:
        if action == "undo_last":
            return _undo_last(store, by)
        if action == "accept_all":
            return _accept_all(store, table, given, by)
        if action in ("merge", "split"):
            return [store.review(_about_names(given, action, by))]
        if action == "accept_finding":
            return [store.review(_accepted(state, given, by))]
        if action == "undo":
            undoes, why = text(given, "undoes", required=True), text(given, "why")
            return [store.review(ReviewRequest(action="undo", by=by, undoes=undoes, why=why))]
        if action == "metadata" or action in METADATA:
            return list(store.review_many(_about_document(store, table, given, action, by)))
        if action == "add":
            return [store.review(_missed(store, table, given, by))]
        return list(store.review_many(_about_quote(state, given, action, by)))
    except StoreError as error:
        status = 409 if isinstance(error, StoreNotWritable) else 400
        raise Refused(status, str(error)) from error


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


def _about_document(
    store: Store, table: QuoteTable, given: Submitted, action: str, by: str
) -> list[ReviewRequest]:
    """Return the requests about an article: one property, or all of a form (`metadata`)."""
    name = text(given, "document", required=True, max_chars=MAX_ID_CHARS)
    document = article_of(store, table, name).document
    if action != "metadata":
        given = {action: given.get("value") or "", "why": given.get("why")}
    return metadata_requests(document, given, by)


def _missed(store: Store, table: QuoteTable, given: Submitted, by: str) -> ReviewRequest:
    """Return the request to add a quote that the program missed."""
    article = article_of(
        store, table, text(given, "document", required=True, max_chars=MAX_ID_CHARS)
    )
    document = article.document
    content = spans_of(document, given, "content", required=True)
    if any(
        shown.quote.content == content and shown.review != "rejected" for shown in article.quotes
    ):
        raise Refused(409, "content: these words are a quote already: choose it, and correct it")
    value = text(given, "value")
    if "new" in given:  # from the page, which asks who is meant
        value = name_meant(store, table, value, article, new=given.get("new") == "yes")
    return ReviewRequest(
        action="add",
        by=by,
        why=text(given, "why"),
        document=document.id,
        content=content,
        cue=spans_of(document, given, "cue", near=content),
        source=spans_of(document, given, "source", near=content),
        value=value or None,
    )


def _accepted(state: AppState, given: Submitted, by: str) -> ReviewRequest:
    """Return the request to accept a finding of a draft that was checked."""
    job = state.jobs.find(text(given, "check", required=True), "verify")
    finding = draft_checks.finding_of(job, text(given, "finding", required=True))
    return acceptance_request(finding, by=by, why=text(given, "why", required=True))


def _about_quote(state: AppState, given: Submitted, action: str, by: str) -> list[ReviewRequest]:
    """Return the requests about a quote: none where it is so already."""
    store, table = state.store, state.quote_table
    article, shown = quote_in(store, table, text(given, "quote", required=True))
    _check_seen(state, shown, given, action, by)
    if action == "correct":
        return corrections(store, table, article, shown, given, by)
    one = _request(article, shown, given, action, by)
    if _changes_nothing(shown, one):
        return []
    several = [one]
    if given.get("prints") == "yes" and action in ("accept", "reject"):
        several += [
            replace(one, quote=row["id"], document=row["document"])
            for row in _same_prints(state, shown)
        ]
    return several


def _request(
    article: Article, shown: ShownQuote, given: Submitted, action: str, by: str
) -> ReviewRequest:
    document, value = article.document, text(given, "value")
    if action == "date":
        check_day(document, value)
    if action == "role":
        check_role(value)
    content: Spans = ()
    if action == "span":
        content = spans_of(document, given, "content", near=shown.quote.content, required=True)
    return ReviewRequest(
        action=cast(Action, action),
        by=by,
        why=text(given, "why"),
        quote=shown.quote.id,
        document=document.id,
        content=content,
        value=value if action in WITH_VALUE else None,
    )


def _changes_nothing(shown: ShownQuote, request: ReviewRequest) -> bool:
    """Tell whether a quote is already as a request would make it."""
    quote = shown.quote
    return {
        "accept": False,
        "reject": shown.review == "rejected",
        "speaker": request.value == (quote.speaker or ""),
        "role": request.value == (quote.role or ""),
        "type": request.value == quote.type,
        "date": request.value == said_on_text(quote.said_on),
        "span": request.content == quote.content,
    }[request.action]


def _same_prints(state: AppState, shown: ShownQuote) -> Rows:
    """Return the other prints of a statement: the same words, speaker and type, not reviewed."""
    facts = state.overview.current().by_quote.get(shown.quote.id)
    ids = [each.id for each in facts.group.statements] if facts else []
    words, speaker = forms(shown.row["words"]), shown.row["speaker_id"]
    return [
        row
        for row in (quote_search.of_ids(state.quote_table, ids) if ids else [])
        if row["id"] != shown.quote.id
        and row["review"] is None
        and (forms(row["words"]), row["speaker_id"]) == (words, speaker)
    ]


def _check_seen(state: AppState, shown: ShownQuote, given: Submitted, action: str, by: str) -> None:
    """Ask again where somebody else has reviewed a quote since its page was made.

    `seen` is the id of the last review that the page knew, "" without one.
    """
    seen = given.get("seen")
    last = (shown.row["reviews"] or [""])[-1]
    if seen is None or seen == last or not last:
        return
    review = next((r for r in state.reviews() if r.id == last), None)
    if review is not None and review.by != by:
        done = OUTCOMES.get(review.action, "changed this quote")
        raise Question(
            f"{review.by} {done} {_ago(review.at)}. Save yours all the same?", again={"seen": last}
        )


def _ago(moment: datetime) -> str:
    seconds = max(0, int((datetime.now(UTC) - moment).total_seconds()))
    if seconds < 120:
        return f"{seconds} seconds ago"
    return f"{seconds // 60} minutes ago" if seconds < 7200 else f"on {date_text(moment.date())}"


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


def _undo_last(store: Store, by: str) -> list[Review]:
    last = last_of(standing(store.reviews()), by)
    if not last:
        raise Refused(409, "you have no review to undo")
    return list(store.undo_reviews([review.id for review in reversed(last)], by=by))


def _accept_all(store: Store, quote_table: QuoteTable, given: Submitted, by: str) -> list[Review]:
    """Accept what nobody has reviewed of one rule or one speaker, to be undone together."""
    rule, speaker = text(given, "rule") or None, text(given, "speaker") or None
    if not rule and not speaker:
        raise Refused(400, "accept_all needs a rule or a speaker")
    unreviewed = Selection(
        rule=rule, review=NOT_REVIEWED, copies=True, **of_speakers((speaker,) if speaker else None)
    )
    rows = find(quote_table, unreviewed, order="surest", size=MAX_ACCEPTED)
    if not rows:
        raise Refused(409, "nothing is left to accept here")
    which = f"rule {rule}" if rule else f"speaker {speaker}"
    why = batch_reason(which)
    requests = (ReviewRequest(action="accept", quote=row["id"], by=by, why=why) for row in rows)
    return list(store.review_many(requests))
