"""What stands before every page: hosts, token, cross-site requests, sizes, and the headers that every answer has.

In: a request. Out: the request, or a refusal. Written against ASGI, so that nothing is read of a body that is too large.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quotes.web.errors import Refused
from quotes.web.jobs import LARGEST
from quotes.web.settings import Settings

CHANGES = ("POST", "PUT", "PATCH", "DELETE")
VISITOR = "quotes_visitor"  # the cookie that forms are signed for
ALLOWED = "quotes_token"  # the cookie that stands for the token, which it does not hold
FIELD, HEADER = "csrf", "x-csrf-token"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
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


def signed(visitor: str, secret: bytes) -> str:
    """What the forms of a visitor carry."""
    return hmac.new(secret, b"form:" + visitor.encode(), hashlib.sha256).hexdigest()


def check_form(request: Request, value: str | None, secret: bytes) -> None:
    """Raises Refused unless the form (or the header) was made here for this visitor."""
    visitor = request.cookies.get(VISITOR, "")
    given = (value or request.headers.get(HEADER) or "").encode()
    if not visitor or not hmac.compare_digest(given, signed(visitor, secret).encode()):
        raise Refused(
            403,
            "this form is from an earlier start of the program, or from elsewhere: go back, reload the page and send it again",
        )


class SecurityMiddleware:
    """Around the app. `refuse` makes the answer for a refused request."""

    def __init__(self, app: ASGIApp, settings: Settings, refuse: Any) -> None:
        self._app, self._settings, self._refuse = app, settings, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        sender = _Sender(send)
        try:
            entry = self._entry(request)
            if entry is not None:
                await entry(scope, receive, sender)
                return
            self._check(request)
            await self._app(scope, _Counted(receive), sender)
        except Refused as refused:
            await self._refuse(request, refused)(scope, receive, sender)

    def _check(self, request: Request) -> None:
        _check_host(request.headers.get("host", ""), self._settings.allowed_hosts)
        self._check_token(request)
        if request.method in CHANGES:
            _check_origin(request)
            length = request.headers.get("content-length", "0")
            if not length.isdigit() or int(length) > LARGEST:
                raise Refused(
                    413, f"more than {LARGEST >> 20} MB at once: use `quotes add` for a folder"
                )

    def _check_token(self, request: Request) -> None:
        token = self._settings.token
        if token is None:
            return
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ").encode()
        cookie = request.cookies.get(ALLOWED, "").encode()
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

    def _entry(self, request: Request) -> Response | None:
        """The answer to an address with the right token in it: a cookie in its place, so that it stays in no address."""
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
        answer = RedirectResponse("/search", status_code=303)
        answer.set_cookie(ALLOWED, self._stamp(token), httponly=True, samesite="strict")
        return answer


def new_visitor() -> str:
    """The name of a visitor in a cookie; it says nothing of who it is."""
    return secrets.token_urlsafe(18)


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
    """Refuses what another site's page sends. A program that is no browser sends neither header."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        raise Refused(403, "a page of another site asked for this change")
    origin = request.headers.get("origin")
    if (
        origin is not None
        and urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower()
    ):
        raise Refused(403, "a page of another site asked for this change")


class _Counted:
    """A body that may not be longer than LARGEST, whatever its header says."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._size = receive, 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._size += len(message.get("body", b""))
        if self._size > LARGEST:
            raise Refused(
                413, f"more than {LARGEST >> 20} MB at once: use `quotes add` for a folder"
            )
        return message


class _Sender:
    """Adds the headers that every answer has."""

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
