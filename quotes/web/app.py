"""The app: the table of pages as routes, forms, errors; and how it is served.

In: a store and settings. Out: an ASGI app. Besides `middleware` and `forms` the only module that
knows Starlette.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Awaitable, Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar
from urllib.parse import unquote, urlencode

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from quotes.errors import InputError, QuotesError
from quotes.store import Selection, Store, audit, quote_search
from quotes.web import exports, forms, rendering, who_said
from quotes.web.activity import with_activity
from quotes.web.app_state import AppState, make_state
from quotes.web.errors import Refused, error_object
from quotes.web.middleware import SecurityMiddleware
from quotes.web.openapi import openapi
from quotes.web.parameters import Parameters, read_parameters
from quotes.web.routes import MOVED, PAGES, Page
from quotes.web.settings import Settings

# Templates that are a part of a page where htmx asks for them.
FRAGMENTS = ("evidence", "tree", "merge", "same", "job", "texts", "verification", "review_after")
HTML_ONLY = (
    "paragraphs",
    "around",
    "chart",
    "classes",
    "given",
    "sections",
    "wrong",
    "wrong_field",
)  # values that only the HTML of a page uses
SWITCH_SECONDS = 0.001  # after which a thread that computes lets a waiting reader's thread run
MAX_PAGES_AT_ONCE = 3  # made at the same time: more threads than cores only wait for each other
MAX_NAME_CHARS = 2000  # of a name in a path

Result = TypeVar("Result")


def make_app(store: Store, settings: Settings) -> Starlette:
    """Make the app over a store.

    Raises:
        InputError: The settings are unsafe.
    """
    settings.check()
    state = make_state(store, settings)
    pools = Pools()

    def refresh_pages() -> None:
        state.page_cache.refresh_pages()  # what is being read goes first
        warm_up(state)

    routes = [
        Route("/", lambda _: RedirectResponse("/search", status_code=303)),
        Route("/static/{name}", _asset),
    ]
    routes += [Route(page.path, _html(state, page, pools)) for page in PAGES if page.template]
    routes += [Route(page.api, _api(state, page, pools)) for page in PAGES]
    routes += [
        Route("/api/openapi.json", lambda _: _json(openapi(PAGES))),
        *forms.routes(state, _json, reviewer_of),
    ]
    routes += [Route(old, _moved(new), methods=list(methods)) for old, new, methods in MOVED]
    handlers: dict[Any, Any] = {
        Refused: _on_refused,
        QuotesError: _on_quotes_error,
        HTTPException: _on_http_error,
        500: _on_internal_error,
    }
    app = Starlette(
        routes=routes,
        middleware=[Middleware(SecurityMiddleware, settings=settings, refuse=_refusal)],
        exception_handlers=handlers,
    )
    app.state.app_state = state
    state.quote_table.before_refresh = state.refresh_search_index
    state.quote_table.after_refresh = refresh_pages
    return app


def warm_up(state: AppState) -> None:
    """Make what the first reader after a start or a change would wait for.

    That is the table in memory, the pages that anybody may open, and the search index.
    """
    for page in PAGES:
        if page.can_preload:
            with suppress(QuotesError):
                page.make(state, read_parameters(page.params, {}, {}))
    state.refresh_search_index()
    words = quote_search.any_words(state.quote_table)
    if words is not None:  # what compares words is loaded with the first question
        who_said.who_said(state.store, state.quote_table, words)


def warm_up_kinds(state: AppState) -> None:
    """Make a page of each kind about the most quoted speaker: what it needs is then loaded."""
    pages = {page.name: page for page in PAGES}
    for speaker in audit.top_speakers(state.quote_table)[:1]:
        about: dict[str, str] = {"id": speaker["id"]}
        words: dict[str, str] = {"q": speaker["name"]}
        selection = Selection(speaker_ids=(speaker["id"],))
        rows = quote_search.find(state.quote_table, selection, limit=1)
        quote = {"id": rows[0]["id"] if rows else ""}
        article = {"id": rows[0]["document"] if rows else "", "quote": quote["id"]}
        for name, query, path in (
            ("search", words, {}),
            ("people", words, {}),
            ("speaker", {}, about),
            ("chart", {}, about),
            ("same", {}, about),
            ("quote", {}, quote),
            ("statement", {}, quote),
            ("article", article, {}),
            ("texts", words, {}),
        ):
            page = pages[name]
            with suppress(QuotesError):  # an article may just be removed
                page.make(state, read_parameters(page.params, query, path))


def _warm_up_all(state: AppState) -> None:
    warm_up(state)
    warm_up_kinds(state)


def run(store: Store, settings: Settings) -> None:
    """Serve until stopped.

    Raises:
        InputError: The settings are unsafe, or the port is taken.
    """
    import socket

    import uvicorn

    app = make_app(store, settings)
    sys.setswitchinterval(SWITCH_SECONDS)
    threading.Thread(target=_warm_up_all, args=(app.state.app_state,), daemon=True).start()
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except (OSError, OverflowError) as error:
            raise InputError(
                f"{settings.host}:{settings.port}: cannot be listened on ({error}): "
                "choose another with --port"
            ) from error
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        access_log=False,
    )


def _html(state: AppState, page: Page, pools: Pools) -> Callable[[Request], Awaitable[Response]]:
    """Make the endpoint of a page: HTML, or a file of rows where it is asked for."""

    async def endpoint(request: Request) -> Response:
        parameters = _parameters(page, request)
        if parameters.as_file:
            return await pools.run(page, lambda: _file(state, page, parameters, request))
        message = unquote(request.cookies.get(forms.MESSAGE_COOKIE, ""))
        fragment = request.headers.get("hx-request") == "true" and page.name in FRAGMENTS
        here = request.url.path
        come_back = here + (f"?{request.url.query}" if request.url.query else "")

        def make() -> bytes:
            context = {
                **page.make(state, parameters), "parameters": parameters, "here": here,
                "page_name": page.name, "description": page.description, "by": parameters.by,
                "fragment": fragment, "come_back": come_back, "message": message,
            }  # fmt: skip
            return rendering.page(page.template, context).encode("utf-8", "replace")

        no_cache = message or not page.cached
        key = None if no_cache else ("html", come_back, parameters.by, fragment)
        body = await _cached(state, page, pools, key, make)
        body = with_activity(body, state.activity.now())
        response = Response(body, media_type="text/html; charset=utf-8")
        if message and not fragment:
            response.delete_cookie(forms.MESSAGE_COOKIE, httponly=True, samesite="strict")
        return response

    return endpoint


def _api(state: AppState, page: Page, pools: Pools) -> Callable[[Request], Awaitable[Response]]:
    """Make the endpoint of a page's JSON, or a file of rows where it is asked for."""

    async def endpoint(request: Request) -> Response:
        parameters = _parameters(page, request)
        if parameters.as_file:
            return await pools.run(page, lambda: _file(state, page, parameters, request))
        key = ("json", request.url.path, request.url.query, parameters.by) if page.cached else None

        def make() -> bytes:
            values = page.make(state, parameters)
            return rendering.to_json({n: v for n, v in values.items() if n not in HTML_ONLY})

        body = await _cached(state, page, pools, key, make)
        return Response(body, media_type="application/json")

    return endpoint


async def _cached(
    state: AppState, page: Page, pools: Pools, key: Hashable | None, make: Callable[[], bytes]
) -> bytes:
    """Return a page as it was made before, at once, else make it now."""
    if not page.cached and not page.slow:
        return make()  # it says what this program is at, which reads nothing and waits for nobody
    if key is None:
        return await pools.run(page, make)
    ready = state.page_cache.ready(key)
    if ready is not None:
        return ready
    version = state.quote_table.peek()
    return await pools.share((key, version), page, lambda: state.page_cache.page(key, make))


class Pools:
    """The threads that make pages: a few for most, and one for those that take seconds."""

    def __init__(self) -> None:
        self._quick = ThreadPoolExecutor(MAX_PAGES_AT_ONCE, "page")
        self._slow = ThreadPoolExecutor(1, "slow page")
        self._pending: dict[Hashable, asyncio.Future[bytes]] = {}

    async def share(self, key: Hashable, page: Page, make: Callable[[], bytes]) -> bytes:
        """Make once what several readers ask for at the same time; they need no thread to wait."""
        loop = asyncio.get_running_loop()
        pending = self._pending.get((loop, key))
        if pending is None:
            pending = self._pending[loop, key] = asyncio.ensure_future(self.run(page, make))
            pending.add_done_callback(lambda _: self._pending.pop((loop, key), None))
        return await asyncio.shield(pending)  # also when who asked first goes away

    async def run(self, page: Page, make: Callable[[], Result]) -> Result:
        """Call `make()` when a thread is free, and return its result."""
        return await asyncio.get_running_loop().run_in_executor(
            self._slow if page.slow else self._quick, make
        )


def _parameters(page: Page, request: Request) -> Parameters:
    for name in request.path_params.values():
        if len(name) > MAX_NAME_CHARS:
            raise Refused(404, "nothing has this name")
    return read_parameters(
        page.params, request.query_params, request.path_params, by=reviewer_of(request)
    )


def reviewer_of(request: Request) -> str:
    """Return the name that the user gave, "" before that."""
    name = unquote(request.cookies.get(forms.NAME_COOKIE, ""))
    return "".join(c for c in name if c.isprintable())[: forms.MAX_NAME_CHARS].strip()


def _moved(new: str) -> Callable[[Request], Response]:
    """Make the endpoint of an old address; a change that is sent there is sent to the new one."""

    def endpoint(request: Request) -> Response:
        query = dict(request.query_params)
        if query.get("only") == "adrift":
            query["only"] = "unanchored"
        return RedirectResponse(new + ("?" + urlencode(query) if query else ""), status_code=308)

    return endpoint


def _asset(request: Request) -> Response:
    found = rendering.assets().get(request.path_params["name"])
    if found is None:
        raise Refused(404, "no such file")
    data, kind = found
    return Response(data, media_type=kind, headers={"cache-control": "public, max-age=3600"})


def _file(state: AppState, page: Page, parameters: Parameters, request: Request) -> Response:
    """Return the rows of a page as a file that is named after what it holds."""
    rows, ending = page.make(state, parameters)["items"], parameters["format"]
    if page.quotes:
        address = f"{request.url.scheme}://{request.url.netloc}"
        rows = exports.quote_rows(state, rows, address)
    name = exports.file_name(page.name, parameters, ending)
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(
        exports.to_file(rows, ending), media_type=exports.TYPES[ending], headers=headers
    )


def _json(values: Any, status: int = 200) -> Response:
    return Response(rendering.to_json(values), status, media_type="application/json")


def _refusal(request: Request, refused: Refused) -> Response:
    """Return a refusal as JSON under /api/, else as a page or a part of one."""
    if request.url.path.startswith("/api/"):
        return _json(error_object(refused.status, str(refused)), refused.status)
    return forms.html(
        "error",
        {"status": refused.status, "reason": str(refused), "without": _without(request, refused)},
        refused.status,
        description="Not possible",
        come_back="/search",
        fragment=request.headers.get("hx-request") == "true",
    )


def _without(request: Request, refused: Refused) -> str:
    """Return the address of a page without the parameter that it was refused for, "" if none."""
    name, asked = str(refused).partition(":")[0], request.query_params
    if request.method != "GET" or name not in asked:
        return ""
    others = urlencode([(key, value) for key, value in asked.multi_items() if key != name])
    return request.url.path + (f"?{others}" if others else "")


def _on_refused(request: Request, error: Refused) -> Response:
    return _refusal(request, error)


def _on_quotes_error(request: Request, error: QuotesError) -> Response:
    return _refusal(request, Refused(503, str(error)))


def _on_http_error(request: Request, error: HTTPException) -> Response:
    messages = {404: "no such page", 405: "this cannot be done here"}
    message = messages.get(error.status_code, str(error.detail))
    return _refusal(request, Refused(error.status_code, message))


def _on_internal_error(request: Request, error: Exception) -> Response:
    message = f"a bug in quotes, please report it ({type(error).__name__})"
    return _refusal(request, Refused(500, message))
