"""What changes something: decisions, names, articles that are added. Forms of pages, and the same as JSON.

In: a request whose form was made here. Out: a redirection to the page that it came from, or JSON. Everything of it is checked in `deciding`
and `incoming`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote as quoted
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from quotes.errors import InputError
from quotes.readers.metadata import Metadata, require_date
from quotes.records import Review
from quotes.web import jobs
from quotes.web.app_state import AppState
from quotes.web.errors import Refused
from quotes.web.middleware import FIELD, check_form
from quotes.web.reviews import decide, reviewer, text

NAME = "quotes_by"
MESSAGE = "quotes_message"  # a cookie for the next page: what was done
YEAR = 365 * 24 * 3600
FIELDS = 50
LARGEST_JSON = 4 << 20
DONE = {
    "accept": "Accepted.", "reject": "Rejected.", "speaker": "Speaker changed.", "role": "Role changed.", "type": "Type changed.",
    "date": "Date changed.", "span": "Words changed.", "add": "Quote added.", "merge": "Merged.", "split": "Split.", "undo": "Taken back.",
    "undo_last": "Taken back.",
}  # fmt: skip

Answering = Callable[..., Response]


def routes(at: AppState, as_json: Answering, remembered: Callable[[Request], str]) -> list[Route]:
    """The routes of everything that changes something."""

    async def judge(request: Request) -> Response:
        given, _ = await _form(request, at)
        by = given.get("by") or remembered(request)
        made = await run_in_threadpool(_decide, at, given, by)
        return _named(_back(at, given, made), by)

    async def judge_json(request: Request) -> Response:
        given = await _object(request, at)
        by = text(given, "by") or remembered(request)
        made = await run_in_threadpool(_decide, at, given, by)
        return as_json(
            {
                "items": [
                    {
                        "id": j.id,
                        "action": j.action,
                        "by": j.by,
                        "quote": j.quote,
                        "document": j.document,
                    }
                    for j in made
                ]
            },
            201,
        )

    async def who(request: Request) -> Response:
        given, _ = await _form(request, at)
        return _named(
            RedirectResponse(_local(given.get("come_back")), status_code=303),
            reviewer(given.get("by", "")),
        )

    async def add(request: Request) -> Response:
        given, files = await _form(request, at)
        job = await run_in_threadpool(_begin, at, given, files, remembered(request))
        return RedirectResponse(f"/job/{job.id}", status_code=303)

    async def add_json(request: Request) -> Response:
        given = await _object(request, at)
        job = await run_in_threadpool(
            _begin, at, {k: v for k, v in given.items() if k != "address"}, [], remembered(request)
        )
        return as_json({"job": job.id}, 202)

    return [
        Route("/judge", judge, methods=["POST"]),
        Route("/who", who, methods=["POST"]),
        Route("/add", add, methods=["POST"]),
        Route("/api/judgements", judge_json, methods=["POST"]),
        Route("/api/add", add_json, methods=["POST"]),
    ]


def _decide(at: AppState, given: Mapping[str, Any], by: str) -> list[Review]:
    made = decide(at.store, at.shelf, given, by=by)
    at.naming.after(made)
    return made


def _begin(at: AppState, given: Mapping[str, Any], files: list[jobs.File], by: str) -> jobs.Job:
    """Begin to add what was pasted, dropped, or stands at an address."""
    known = _metadata(given)
    address = text(given, "address", longest=2000)
    pasted = given.get("text")
    if pasted is not None and not isinstance(pasted, str):
        raise Refused(400, "text: must be text")
    if files:
        jobs.check_files(files)
        items, after = jobs.dropped(files, known)
        return at.incoming.begin(items, by=by, after=after)
    if address:
        if not at.settings.fetching:
            raise Refused(403, "this server fetches no pages: paste the text")
        if not address.startswith(("http://", "https://")):
            raise Refused(
                400,
                f"{address[:80]!r} is no address of the web: it begins with http:// or https://",
            )
        return at.incoming.begin(lambda: jobs.fetched(address, known), by=by)
    if not (pasted or "").strip():
        raise Refused(400, "there is nothing to add: paste a text, drop files, or give an address")
    try:
        document = jobs.pasted(pasted or "", known)
    except InputError as error:
        raise Refused(400, str(error)) from error
    return at.incoming.begin(lambda: iter([document]), by=by)


def _metadata(given: Mapping[str, Any]) -> Metadata:
    values = {
        name: text(given, name) or None for name in ("title", "outlet", "author", "language", "url")
    }
    day = text(given, "published")
    try:
        return Metadata(**values, published=require_date(day) if day else None)
    except InputError as error:
        raise Refused(400, f"published: {error}") from error


async def _form(request: Request, at: AppState) -> tuple[dict[str, Any], list[jobs.File]]:
    """The fields and the files of a form that was made here. Raises Refused."""
    kind = request.headers.get("content-type", "").partition(";")[0]
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise Refused(415, "this is no form")
    try:
        async with request.form(
            max_files=jobs.MOST_FILES, max_fields=FIELDS, max_part_size=jobs.LARGEST
        ) as form:
            given, files = _plain(form), await _files(form)
    except (HTTPException, MultiPartException, UnicodeDecodeError, ValueError, KeyError) as error:
        raise Refused(400, "the form cannot be read") from error
    check_form(request, given.get(FIELD), at.settings.secret)
    return given, files


async def _object(request: Request, at: AppState) -> dict[str, Any]:
    """The JSON object of a request. Raises Refused."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Refused(415, "send JSON, with the header Content-Type: application/json")
    check_form(request, None, at.settings.secret)
    body = await request.body()
    if len(body) > LARGEST_JSON:
        raise Refused(413, f"more than {LARGEST_JSON >> 20} MB of JSON")
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused(400, "this is no JSON") from error
    if not isinstance(given, dict):
        raise Refused(400, "send a JSON object")
    return given


def _plain(form: FormData) -> dict[str, Any]:
    """The fields of a form; those that may stand several times as lists."""
    found: dict[str, Any] = {
        name: value for name, value in form.multi_items() if isinstance(value, str)
    }
    for name in ("names", "documents"):
        found[name] = [value for value in form.getlist(name) if isinstance(value, str)]
    return found


async def _files(form: FormData) -> list[jobs.File]:
    given = [
        value for value in form.getlist("files") if isinstance(value, UploadFile) and value.filename
    ]
    return [jobs.File(file.filename or "", await file.read()) for file in given]


def _back(at: AppState, given: Mapping[str, Any], made: list[Review]) -> Response:
    """To the page that a decision was made on; in the queue, to the quote about which one was taken back."""
    action, where = given.get("action", ""), _local(given.get("come_back"))
    if action == "undo_last" and where.startswith("/review"):
        taken = {judgement.undoes for judgement in made}
        quotes = [j.quote for j in at.store.judgements() if j.id in taken and j.quote]
        where += ("&" if "?" in where else "?") + f"at={quotes[0]}" if quotes else ""
    answer = RedirectResponse(where, status_code=303)
    said = f"Accepted {len(made)} quotes." if action == "accept_all" else DONE.get(action, "Done.")
    answer.set_cookie(MESSAGE, quoted(said), max_age=30, httponly=True, samesite="strict")
    return answer


def _local(address: Any) -> str:
    """An address of this server, whatever was sent."""
    text = str(address or "/search")
    parts = urlsplit(text)
    safe = (
        text.startswith("/")
        and not text.startswith(("//", "/\\"))
        and not parts.scheme
        and not parts.netloc
    )
    return (
        text
        if safe and len(text) < 8000 and all(" " <= c < "\x7f" and c != "\\" for c in text)
        else "/search"
    )


def _named(answer: Response, by: str) -> Response:
    answer.set_cookie(NAME, quoted(reviewer(by)), max_age=YEAR, httponly=True, samesite="strict")
    return answer
