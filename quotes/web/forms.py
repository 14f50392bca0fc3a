"""Requests that change or start something: reviews, names, articles that are added, drafts.

In: a request that `middleware` let through. Out: a redirection to the page that it came from, or
JSON. Its values are checked in `reviews`, `jobs` and `draft_checks`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.parse import quote as quoted

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from quotes.errors import InputError, StoreError, StoreNotWritable
from quotes.output.review_status import REVIEW_NAMES
from quotes.readers.metadata import Metadata, require_date
from quotes.records import METADATA, Review
from quotes.store.removal import dismiss_failures
from quotes.web import draft_checks, jobs, pages, rendering
from quotes.web.app_state import AppState
from quotes.web.article_metadata import read_again
from quotes.web.articles import article_of
from quotes.web.cards import web_address
from quotes.web.errors import Question, Refused, WrongField
from quotes.web.parameters import Parameters
from quotes.web.reviews import MAX_ID_CHARS, save_reviews
from quotes.web.submitted import MAX_NAME_CHARS, reviewer, text

NAME_COOKIE = "quotes_by"
MESSAGE_COOKIE = "quotes_message"  # for the next page: what was done
NAME_SECONDS = 365 * 24 * 3600  # that the browser keeps the name
MESSAGE_SECONDS = 30
MAX_FIELDS = 50  # of a form
FILE_FIELDS = ("files", "draft")
MAX_JSON_BYTES = 4 << 20
MAX_ADDRESS_CHARS = 2000  # of a page to fetch
MAX_RETURN_CHARS = 8000  # of the address to return to
MESSAGES = {
    "accept": "Accepted.",
    "reject": "Rejected.",
    "speaker": "Speaker changed.",
    "role": "Role changed.",
    "type": "Type changed.",
    "date": "Date changed.",
    "span": "Words changed.",
    "add": "Quote added.",
    "merge": "Speakers merged.",
    "split": "Speaker split.",
    "accept_finding": "Finding accepted.",
    "undo": "Review undone.",
    "undo_last": "Review undone.",
}


ENTERED = frozenset(  # what a person writes into the form of a review, beside the reason
    {"speaker", "value", "role", "said_on", "content", "cue", "source", *METADATA}
)
READING = "The article is read again, for days that it tells in words, such as “on Monday”."

JsonResponse = Callable[..., Response]
ReviewerOf = Callable[[Request], str]

__all__ = ["MAX_NAME_CHARS", "MESSAGE_COOKIE", "NAME_COOKIE", "html", "routes"]


def routes(state: AppState, as_json: JsonResponse, reviewer_of: ReviewerOf) -> list[Route]:
    """Make the routes of everything that changes something."""
    return [
        *_review_routes(state, as_json, reviewer_of),
        *_adding_routes(state, as_json, reviewer_of),
    ]


def _review_routes(
    state: AppState, as_json: JsonResponse, reviewer_of: ReviewerOf
) -> tuple[Route, ...]:
    async def review(request: Request) -> Response:
        given, _ = await _form(request)
        by = given.get("by") or reviewer_of(request)
        try:
            saved, reading = await run_in_threadpool(_save, state, given, by)
        except Refused as refused:
            return _asked_again(given, by, refused)
        return _with_name(_return(state, given, saved, reading=reading), by)

    async def review_json(request: Request) -> Response:
        given = await _object(request)
        by = text(given, "by") or reviewer_of(request)
        saved, _ = await run_in_threadpool(_save, state, given, by)
        names = ("id", "action", "by", "quote", "document")
        return as_json({"items": [{name: getattr(r, name) for name in names} for r in saved]}, 201)

    async def name(request: Request) -> Response:
        given, _ = await _form(request)
        return _with_name(
            RedirectResponse(_local(given.get("come_back")), status_code=303),
            reviewer(given.get("by", "")),
        )

    return (
        Route("/reviews", review, methods=["POST"]),
        Route("/who", name, methods=["POST"]),
        Route("/api/reviews", review_json, methods=["POST"]),
    )


def _adding_routes(
    state: AppState, as_json: JsonResponse, reviewer_of: ReviewerOf
) -> tuple[Route, ...]:
    async def add(request: Request) -> Response:
        given, files = await _form(request)
        try:
            job = await run_in_threadpool(_start, state, given, files, reviewer_of(request))
        except Refused as refused:
            context = pages.add(state, Parameters({}))
            by = reviewer_of(request)
            return _entered_again("add", "Add articles", context, given, by, refused)
        return RedirectResponse(f"/job/{job.id}", status_code=303)

    async def remove(request: Request) -> Response:
        given, _ = await _form(request)
        name = text(given, "document", required=True, max_chars=MAX_ID_CHARS)
        await run_in_threadpool(_remove, state, name)
        response = RedirectResponse("/articles", status_code=303)
        _set_message(response, "Removed. Adding the article again brings it back.")
        return response

    async def dismiss(request: Request) -> Response:
        given, _ = await _form(request)
        name = text(given, "document", required=True, max_chars=MAX_ID_CHARS)
        dismissed = await run_in_threadpool(_dismiss, state, name)
        response = RedirectResponse(_local(given.get("come_back")), status_code=303)
        _set_message(response, "Dismissed." if dismissed else "It was dismissed already.")
        return response

    async def verify(request: Request) -> Response:
        given, files = await _form(request)
        by = reviewer_of(request)
        try:
            job = await run_in_threadpool(draft_checks.start, state, given, files, by)
        except Refused as wrong:
            field = wrong.field if isinstance(wrong, WrongField) else ""
            context = pages.verify(state, Parameters({})) | {"wrong_field": field}
            return _entered_again("verify", "Verify a draft", context, given, by, wrong)
        return RedirectResponse(f"/verify/{job.id}", status_code=303)

    async def add_json(request: Request) -> Response:
        given = {k: v for k, v in (await _object(request)).items() if k != "address"}
        job = await run_in_threadpool(_start, state, given, [], reviewer_of(request))
        return as_json({"job": job.id}, 202)

    return (
        Route("/add", add, methods=["POST"]),
        Route("/verify", verify, methods=["POST"]),
        Route("/remove", remove, methods=["POST"]),
        Route("/dismiss", dismiss, methods=["POST"]),
        Route("/api/add", add_json, methods=["POST"]),
    )


def _save(state: AppState, given: Mapping[str, Any], by: str) -> tuple[list[Review], bool]:
    """Return the reviews that were saved, and whether articles are read again for them."""
    saved = save_reviews(state, given, by=by)
    state.background_identity.update_after(saved)
    return saved, read_again(state, saved, by)


def _start(state: AppState, given: Mapping[str, Any], files: list[jobs.File], by: str) -> jobs.Job:
    """Start to add what was pasted or uploaded, or stands at an address."""
    metadata = _metadata(given)
    address = text(given, "address", max_chars=MAX_ADDRESS_CHARS)
    pasted = given.get("text")
    if pasted is not None and not isinstance(pasted, str):
        raise Refused(400, "text: must be text")
    if files:
        jobs.check_files(files)
        items, delete = jobs.uploaded_documents(files, metadata)
        return state.jobs.start(items, by=by, on_end=delete)
    if address:
        if not state.settings.fetching:
            raise Refused(403, "this server fetches no pages: paste the text")
        if web_address(address) is None:
            raise Refused(
                400,
                f"{address[:80]!r} is not an address of the web: start with http:// or https://",
            )
        return state.jobs.start(lambda: jobs.fetched_document(address, metadata), by=by)
    if not (pasted or "").strip():
        raise Refused(400, "nothing to add: paste a text, choose files, or give an address")
    try:
        document = jobs.pasted_document(pasted or "", metadata)
    except InputError as error:
        raise Refused(400, str(error)) from error
    return state.jobs.start(lambda: iter([document]), by=by)


def _metadata(given: Mapping[str, Any]) -> Metadata:
    values: dict[str, Any] = {
        name: text(given, name) or None for name in ("title", "outlet", "author", "language", "url")
    }
    day = text(given, "published")
    try:
        return Metadata(**values, published=require_date(day) if day else None)
    except InputError as error:
        raise Refused(400, f"published: {error}") from error


async def _form(request: Request) -> tuple[dict[str, Any], list[jobs.File]]:
    """Return the fields and the files of a form.

    Raises:
        Refused: The request is no form, or cannot be read.
    """
    kind = request.headers.get("content-type", "").partition(";")[0]
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise Refused(415, "this is not a form")
    try:
        async with request.form(
            max_files=jobs.MAX_FILES, max_fields=MAX_FIELDS, max_part_size=jobs.MAX_REQUEST_BYTES
        ) as form:
            return _fields(form), await _files(form)
    except (HTTPException, MultiPartException, UnicodeDecodeError, ValueError, KeyError) as error:
        raise Refused(400, "the form cannot be read") from error


async def _object(request: Request) -> dict[str, Any]:
    """Return the JSON object of a request.

    Raises:
        Refused: The request has none, or one that is too large.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Refused(415, "send JSON, with the header Content-Type: application/json")
    body = await request.body()
    if len(body) > MAX_JSON_BYTES:
        raise Refused(413, f"more than {MAX_JSON_BYTES >> 20} MB of JSON")
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused(400, "this is not JSON") from error
    if not isinstance(given, dict):
        raise Refused(400, "send a JSON object")
    return given


def _fields(form: FormData) -> dict[str, Any]:
    """Return the fields of a form; those that may stand several times as lists."""
    found: dict[str, Any] = {
        name: value for name, value in form.multi_items() if isinstance(value, str)
    }
    for name in ("names", "documents"):
        found[name] = [value for value in form.getlist(name) if isinstance(value, str)]
    return found


async def _files(form: FormData) -> list[jobs.File]:
    given = [
        (field, value)
        for field, value in form.multi_items()
        if field in FILE_FIELDS and isinstance(value, UploadFile) and value.filename
    ]
    return [jobs.File(file.filename or "", await file.read(), field) for field, file in given]


def _remove(state: AppState, name: str) -> None:
    """Remove an article. Raises Refused."""
    state.jobs.withdraw(name)
    try:
        state.store.remove([name])
        state.quote_table.refresh()
    except StoreError as error:
        raise Refused(409 if isinstance(error, StoreNotWritable) else 404, str(error)) from error


def _dismiss(state: AppState, name: str) -> int:
    """Return the number of failures of an article that were dismissed. Raises Refused."""
    try:
        dismissed = dismiss_failures(state.store, [name])
        state.quote_table.refresh()
        return dismissed
    except StoreError as error:
        raise Refused(409, str(error)) from error


def _entered_again(
    name: str,
    description: str,
    values: Mapping[str, Any],
    given: Mapping[str, Any],
    by: str,
    refused: Refused,
) -> Response:
    """Return the page of a form again, with everything that was entered and what was wrong."""
    return html(
        name,
        {**values, "given": given, "wrong": str(refused)},
        refused.status,
        description=description,
        come_back=f"/{name}",
        by=by,
    )


def html(
    name: str,
    values: Mapping[str, Any],
    status: int,
    *,
    description: str,
    come_back: str,
    by: str = "",
    fragment: bool = False,
) -> Response:
    """Return a page that answers a refused request.

    Args:
        name: The name of the page and of its template.
        values: What the template shows.
        status: The status of HTTP.
        description: The title of the page.
        come_back: The address to return to.
        by: The name of the user.
        fragment: True for a part of a page.
    """
    context = {
        **values, "page_name": name, "by": by, "message": "", "description": description,
        "come_back": come_back, "fragment": fragment,
    }  # fmt: skip
    body = rendering.page(f"{name}.html", context).encode("utf-8", "replace")
    return Response(body, status, media_type="text/html; charset=utf-8")


def _asked_again(given: Mapping[str, Any], by: str, refused: Refused) -> Response:
    """Return a page with a refused form: what was wrong, and everything that was entered.

    Where nothing was entered that could be changed, there is only the way back.
    """
    values = {
        "given": pairs_of(given),
        "refused": refused,
        "can_be_mended": not by or not ENTERED.isdisjoint(given),
        "question": refused if isinstance(refused, Question) else None,
    }
    come_back = _local(given.get("come_back"))
    return html(
        "again", values, refused.status, description="Please check", come_back=come_back, by=by
    )


def pairs_of(given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what a form held as names and values; a name may stand several times."""
    found = list[tuple[str, str]]()
    for name, value in given.items():
        found += [(name, each) for each in (value if isinstance(value, list) else [str(value)])]
    return found


def _return(
    state: AppState, given: Mapping[str, Any], saved: list[Review], *, reading: bool
) -> Response:
    """Lead back to the page of a review; in the queue, to the quote whose review was undone."""
    action, where = given.get("action", ""), _local(given.get("come_back"))
    undoes = {review.undoes for review in saved if review.undoes}
    undone = [r for r in state.reviews() if r.id in undoes] if undoes else []
    if action == "undo_last" and where.startswith("/review"):
        quotes = [r.quote for r in undone if r.quote]
        where += ("&" if "?" in where else "?") + f"at={quotes[0]}" if quotes else ""
    if action == "add" and where.startswith("/article"):
        where = _at_added(state, where, saved[0])
    response = RedirectResponse(where, status_code=303)
    message = _message(action, saved, undone)
    _set_message(response, message + (f" {READING}" if reading else ""))
    return response


def _set_message(response: Response, message: str) -> None:
    """Have the next page say what was done."""
    response.set_cookie(
        MESSAGE_COOKIE, quoted(message), max_age=MESSAGE_SECONDS, httponly=True, samesite="strict"
    )


def _message(action: str, saved: list[Review], undone: list[Review]) -> str:
    """Return what was done, in a sentence."""
    if not saved:
        return "Nothing changed: nothing saved."
    if undone:
        what = undone[0]
        about = ", ".join(what.names) or " … ".join(what.words) or what.value or ""
        many = f" and {len(undone) - 1} more" if len(undone) > 1 else ""
        label = REVIEW_NAMES.get(what.action, what.action)
        return f"Undone: {label}{f' of {about[:60]}' if about else ''}{many}."
    if action == "accept_all":
        return f"{len(saved)} quotes accepted."
    if action in ("correct", "metadata"):
        return f"Corrected: {', '.join(REVIEW_NAMES.get(r.action, r.action) for r in saved)}."
    if action in ("accept", "reject") and len(saved) > 1:
        return f"{MESSAGES[action][:-1]}: {len(saved)} prints."
    return MESSAGES.get(action, "Done.")


def _at_added(state: AppState, where: str, added: Review) -> str:
    """Return the address of an article with the quote that was just added."""
    article = article_of(state.store, state.quote_table, added.document or "")
    found = [s.quote.id for s in article.quotes if added.id in (s.row["reviews"] or ())]
    path, _, query = where.partition("?")
    if not found:
        return where
    pairs = [(name, value) for name, value in parse_qsl(query) if name != "quote"]
    return f"{path}?{urlencode([*pairs, ('quote', found[0])])}#q-{found[0]}"


def _local(address: Any) -> str:
    """Return an address of this server, whatever was sent."""
    text = str(address or "/search")
    parts = urlsplit(text)
    local = (
        text.startswith("/")
        and not text.startswith(("//", "/\\"))
        and not parts.scheme
        and not parts.netloc
    )
    plain = len(text) < MAX_RETURN_CHARS and all(" " <= c < "\x7f" and c != "\\" for c in text)
    return text if local and plain else "/search"


def _with_name(response: Response, by: str) -> Response:
    response.set_cookie(
        NAME_COOKIE, quoted(reviewer(by)), max_age=NAME_SECONDS, httponly=True, samesite="strict"
    )
    return response
