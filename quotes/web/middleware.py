"""Security around every page: hosts, token, cross-site requests, sizes, and response headers.

In: a request. Out: the request, or a refusal. Written against ASGI, so that nothing is read of a
body that is too large.

A request that changes something must come from a page of this server. Browsers say where a request
comes from in `Sec-Fetch-Site` and `Origin`, which no page can forge, so that forms need no token
(https://words.filippo.io/csrf/); a program that is no browser sends neither, and holds no cookies
of a user. A name that an attacker made point to this machine (DNS rebinding) is refused by `Host`.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any
from urllib.parse import parse_qs, parse_qsl, quote, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quotes.web.errors import Refused
from quotes.web.jobs import MAX_REQUEST_BYTES
from quotes.web.settings import Settings

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")  # that change nothing
OWN_SITE = ("same-origin", "none")  # of Sec-Fetch-Site; none: typed, or a bookmark
TOKEN_COOKIE = "quotes_token"  # stands for the token, which it does not hold
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=(), payment=()",
    b"x-frame-options": b"DENY",
}
TOO_LARGE = f"more than {MAX_REQUEST_BYTES >> 20} MB at once: use `quotes add` for a folder"
CROSS_SITE = "a page of another site sent this change"


class SecurityMiddleware:
    """Checks around the app; `refuse` makes the response to a refused request."""

    def __init__(self, app: ASGIApp, settings: Settings, refuse: Any) -> None:
        self._app, self._settings, self._refuse = app, settings, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request, and pass it to the app."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        sender = _HeaderSender(send)
        try:
            sign_in = self._sign_in(request)
            if sign_in is not None:
                await sign_in(scope, receive, sender)
                return
            self._check(request)
            await self._app(scope, _LimitedReceiver(receive), sender)
        except Refused as refused:
            await self._refuse(request, refused)(scope, receive, sender)

    def _check(self, request: Request) -> None:
        _check_host(request.headers.get("host", ""), self._settings.allowed_hosts)
        self._check_token(request)
        if request.method not in SAFE_METHODS:
            _check_origin(request)
            length = request.headers.get("content-length", "0")
            if not length.isdigit() or int(length) > MAX_REQUEST_BYTES:
                raise Refused(413, TOO_LARGE)

    def _check_token(self, request: Request) -> None:
        token = self._settings.token
        if token is None:
            return
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ").encode()
        cookie = request.cookies.get(TOKEN_COOKIE, "").encode()
        if not (
            hmac.compare_digest(bearer, token.encode())
            or hmac.compare_digest(cookie, self._stamp(token).encode())
        ):
            raise Refused(
                403,
                "this page needs its token: open the address that was printed when it was started",
            )

    def _stamp(self, token: str) -> str:
        return hmac.new(
            self._settings.secret, b"token:" + token.encode(), hashlib.sha256
        ).hexdigest()

    def _sign_in(self, request: Request) -> Response | None:
        """Answer an address with the right token in it: set a cookie, and lead to one without."""
        token = self._settings.token
        given = (
            parse_qs(request.url.query).get("token", [""])[0]
            if token and request.method == "GET"
            else ""
        )
        if not token or not given:
            return None
        _check_host(request.headers.get("host", ""), self._settings.allowed_hosts)
        if not hmac.compare_digest(given.encode("utf-8", "replace"), token.encode()):
            raise Refused(403, "this token is not the one that was given at the start")
        response = RedirectResponse(_without_token(request), status_code=303)
        response.set_cookie(TOKEN_COOKIE, self._stamp(token), httponly=True, samesite="strict")
        return response


def _without_token(request: Request) -> str:
    """Return the path and the query of a request without its token."""
    path = "/" + request.scope["path"].lstrip("/\\")
    if path == "/":
        return "/search"
    pairs = parse_qsl(request.url.query, keep_blank_values=True)
    query = urlencode([(name, value) for name, value in pairs if name != "token"])
    return quote(path) + (f"?{query}" if query else "")


def _check_host(host: str, allowed: frozenset[str]) -> None:
    try:
        name = (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        name = ""
    if name not in allowed:
        raise Refused(
            403, "this name of the server is not allowed: give it with --allow-host when starting"
        )


def _check_origin(request: Request) -> None:
    """Refuse what a page of another site sends; only browsers send these headers."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in OWN_SITE:
        raise Refused(403, CROSS_SITE)
    origin = request.headers.get("origin")
    host = request.headers.get("host", "").lower()
    if origin is not None and origin.lower().partition("://")[2] != host:
        raise Refused(403, CROSS_SITE)


class _LimitedReceiver:
    """A body of at most MAX_REQUEST_BYTES, whatever its header says."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._size = receive, 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._size += len(message.get("body", b""))
        if self._size > MAX_REQUEST_BYTES:
            raise Refused(413, TOO_LARGE)
        return message


class _HeaderSender:
    """A sender that adds the headers of every response."""

    def __init__(self, send: Send) -> None:
        self._send = send

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            names = {name.lower() for name, _ in message["headers"]}
            more = [(name, value) for name, value in HEADERS.items() if name not in names]
            if b"cache-control" not in names:
                more.append((b"cache-control", b"no-store"))
            message = {**message, "headers": [*message["headers"], *more]}
        await self._send(message)
