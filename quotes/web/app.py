"""The app: the table of pages as routes, forms, errors; and how it is served.

In: a desk and the table. Out: ASGI. The only place that knows Starlette besides `guard` and `forms`.
"""

from __future__ import annotations

import asyncio
import secrets
import sys
import threading
from collections.abc import Awaitable, Callable, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from quotes.errors import InputError, QuotesError
from quotes.store import Store, quote_search
from quotes.web import forms, rendering, who_said
from quotes.web.app_state import AppState, desk
from quotes.web.errors import Refused, error_object
from quotes.web.middleware import VISITOR, SecurityMiddleware, new_visitor, signed
from quotes.web.openapi import description
from quotes.web.parameters import Parameters, asked
from quotes.web.routes import PAGES, Page
from quotes.web.settings import Settings

FRAGMENTS = (
    "evidence",
    "tree",
    "merge",
    "same",
    "job",
)  # templates that are a part of a page where htmx asks for them
HTML_ONLY = ("paragraphs", "around", "chart")  # values that only the HTML of a page uses
YEAR = 365 * 24 * 3600
SWITCH = 0.001  # seconds after which a thread that computes lets another one go on: who has its page already waits for nobody
AT_ONCE = (
    3  # pages that are made at the same time: more threads than cores only wait for each other
)
SLOT = secrets.token_hex(
    24
)  # stands in pages that are kept where a visitor's own signature goes; nobody can know it

Made = TypeVar("Made")


def make(store: Store, settings: Settings) -> Starlette:
    """The app over a store. Raises InputError where the settings are unsafe."""
    settings.check()
    at = desk(store, settings)
    pools = Pools()

    def after() -> None:
        warm(at)
        at.kept.renew()

    routes = [
        Route("/", lambda _: RedirectResponse("/search", status_code=303)),
        Route("/static/{name}", _asset),
    ]
    routes += [Route(page.path, _html(at, page, pools)) for page in PAGES if page.template]
    routes += [Route(page.api, _api(at, page, pools)) for page in PAGES]
    routes += [
        Route("/api/openapi.json", lambda _: _json(description(PAGES))),
        Route("/api/session", _session(at)),
        *forms.routes(at, _json, remembered),
    ]
    handlers: dict[Any, Any] = {
        Refused: _on_refused,
        QuotesError: _on_trouble,
        HTTPException: _on_http,
        500: _on_mistake,
    }
    app = Starlette(
        routes=routes,
        middleware=[Middleware(SecurityMiddleware, settings=settings, refuse=_refused_answer)],
        exception_handlers=handlers,
    )
    app.state.desk = at
    at.shelf.before_refresh, at.shelf.after_refresh = at.search_index, after
    return app


def warm(at: AppState) -> None:
    """Make what the first reader after a start or a change would wait for: the table, the pages that anybody may open, the search index."""
    for page in PAGES:
        if page.front:
            with suppress(QuotesError):
                page.make(at, asked(page.params, {}, {}))
    at.search_index()
    words = quote_search.any_words(at.shelf)
    if words is not None:  # what compares words is loaded with the first question
        who_said.who_said(at.store, at.shelf, words)


def run(store: Store, settings: Settings) -> None:
    """Serve until stopped. Raises InputError where the port is taken."""
    import socket

    import uvicorn

    app = make(store, settings)
    sys.setswitchinterval(SWITCH)
    threading.Thread(target=warm, args=(app.state.desk,), daemon=True).start()
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind((settings.host, settings.port))
        except (OSError, OverflowError) as error:
            raise InputError(
                f"{settings.host}:{settings.port}: cannot be listened on ({error}): choose another with --port"
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


def _html(at: AppState, page: Page, pools: Pools) -> Callable[[Request], Awaitable[Response]]:
    """What answers for a page: HTML, or CSV where it is asked for."""

    async def answer(request: Request) -> Response:
        wanted = _asked(page, request)
        if wanted["format"] == "csv":
            return await pools.run(page, lambda: _csv(page, page.make(at, wanted)))
        visitor = request.cookies.get(VISITOR) or new_visitor()
        message = unquote(request.cookies.get(forms.MESSAGE, ""))
        fragment = request.headers.get("hx-request") == "true" and page.name in FRAGMENTS
        here, come_back = (
            request.url.path,
            request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        )

        def make() -> bytes:
            context = {
                **page.make(at, wanted), "asked": wanted, "here": here, "page_name": page.name, "says": page.says, "by": wanted.by,
                "csrf": SLOT, "fragment": fragment, "come_back": come_back, "message": message,
            }  # fmt: skip
            return rendering.page(page.template, context).encode("utf-8", "replace")

        key = None if message or not page.kept else ("html", come_back, wanted.by, fragment)
        body = await _kept(at, page, pools, key, make)
        signature = signed(visitor, at.settings.secret).encode()
        made = Response(
            body.replace(SLOT.encode(), signature), media_type="text/html; charset=utf-8"
        )
        if VISITOR not in request.cookies:
            made.set_cookie(VISITOR, visitor, httponly=True, samesite="strict")
        if message and not fragment:
            made.delete_cookie(forms.MESSAGE, httponly=True, samesite="strict")
        return made

    return answer


def _api(at: AppState, page: Page, pools: Pools) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        wanted = _asked(page, request)
        if wanted["format"] == "csv":
            return await pools.run(page, lambda: _csv(page, page.make(at, wanted)))
        key = ("json", request.url.path, request.url.query, wanted.by) if page.kept else None
        body = await _kept(
            at, page, pools, key, lambda: rendering.to_json(_plain(page.make(at, wanted)))
        )
        return Response(body, media_type="application/json")

    return answer


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a page without what is there for its HTML alone."""
    return {name: value for name, value in values.items() if name not in HTML_ONLY}


async def _kept(
    at: AppState, page: Page, pools: Pools, key: Hashable | None, make: Callable[[], bytes]
) -> bytes:
    """The page as it was made before, at once, else made now."""
    if not page.kept and not page.slow:
        return make()  # it says what this program is at, which reads nothing and waits for nobody
    if key is None:
        return await pools.run(page, make)
    ready = at.kept.ready(key)
    if ready is not None:
        return ready
    return await pools.share((key, at.shelf.peek()), page, lambda: at.kept.page(key, make))


class Pools:
    """The threads that make pages: a few, so that they do not hold each other up, and one for what takes seconds."""

    def __init__(self) -> None:
        self._quick, self._slow = (
            ThreadPoolExecutor(AT_ONCE, "page"),
            ThreadPoolExecutor(1, "slow page"),
        )
        self._making: dict[Hashable, asyncio.Future[bytes]] = {}

    async def share(self, key: Hashable, page: Page, make: Callable[[], bytes]) -> bytes:
        """The same for what several readers ask for at once: it is made once, and they need no thread to wait."""
        loop = asyncio.get_running_loop()
        making = self._making.get((loop, key))
        if making is None:
            making = self._making[loop, key] = asyncio.ensure_future(self.run(page, make))
            making.add_done_callback(lambda _: self._making.pop((loop, key), None))
        return await asyncio.shield(making)  # also when who asked first goes away

    async def run(self, page: Page, make: Callable[[], Made]) -> Made:
        """What `make()` gives, made when a thread is free."""
        return await asyncio.get_running_loop().run_in_executor(
            self._slow if page.slow else self._quick, make
        )


def _asked(page: Page, request: Request) -> Parameters:
    for name in request.path_params.values():
        if len(name) > 2000:
            raise Refused(404, "there is nothing of this name")
    return asked(page.params, request.query_params, request.path_params, by=remembered(request))


def remembered(request: Request) -> str:
    """The name that somebody gave, "" before that."""
    name = unquote(request.cookies.get(forms.NAME, ""))
    return "".join(c for c in name if c.isprintable())[:80].strip()


def _session(at: AppState) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        visitor = request.cookies.get(VISITOR) or new_visitor()
        made = _json({"csrf": signed(visitor, at.settings.secret), "by": remembered(request)})
        made.set_cookie(VISITOR, visitor, httponly=True, samesite="strict")
        return made

    return answer


def _asset(request: Request) -> Response:
    found = rendering.assets().get(request.path_params["name"])
    if found is None:
        raise Refused(404, "there is no such file")
    data, kind = found
    return Response(data, media_type=kind, headers={"cache-control": "public, max-age=3600"})


def _csv(page: Page, values: Mapping[str, Any]) -> Response:
    text = rendering.to_csv(values["items"])
    headers = {"content-disposition": f'attachment; filename="{page.name}.csv"'}
    return Response(
        "\ufeff".encode() + text.encode("utf-8", "replace"),
        media_type="text/csv; charset=utf-8",
        headers=headers,
    )


def _json(values: Any, status: int = 200) -> Response:
    return Response(rendering.to_json(values), status, media_type="application/json")


def _refused_answer(request: Request, refused: Refused) -> Response:
    """A refusal in the form that was asked for."""
    if request.url.path.startswith("/api/"):
        return _json(error_object(refused.status, str(refused)), refused.status)
    context = {
        "status": refused.status,
        "reason": str(refused),
        "come_back": "/search",
        "page_name": "error",
        "by": "",
        "csrf": "",
        "message": "",
    }
    text = rendering.page(
        "error.html",
        {
            **context,
            "says": "Not possible",
            "fragment": request.headers.get("hx-request") == "true",
        },
    )
    return Response(
        text.encode("utf-8", "replace"), refused.status, media_type="text/html; charset=utf-8"
    )


def _on_refused(request: Request, error: Refused) -> Response:
    return _refused_answer(request, error)


def _on_trouble(request: Request, error: QuotesError) -> Response:
    return _refused_answer(request, Refused(503, str(error)))


def _on_http(request: Request, error: HTTPException) -> Response:
    says = {404: "there is no such page", 405: "this cannot be done here"}.get(
        error.status_code, str(error.detail)
    )
    return _refused_answer(request, Refused(error.status_code, says))


def _on_mistake(request: Request, error: Exception) -> Response:
    return _refused_answer(
        request, Refused(500, f"a mistake in quotes, please report it ({type(error).__name__})")
    )
