"""An address on the web to bytes: the network is used here, and by Stanza for its own packages.

In: an http or https address that a person gave. Out: what the server answers, as `Fetched`, or
InputError with the address and the reason. It asks once, follows at most `MAX_REDIRECTS` redirects,
and only to http and https; it runs no script, keeps no cookies and reads no robots.txt, as a
browser that a person points at a page. Sizes and times are bounded.

`private=False` is for programs that fetch on behalf of strangers: then no address of this machine
or of a local network is connected to, whatever a name resolves to and wherever a redirect leads,
and no proxy is used.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
import urllib.error
import urllib.request
import zlib
from dataclasses import dataclass
from functools import cache
from typing import IO, Any
from urllib.parse import quote, urldefrag, urlsplit, urlunsplit

from quotes.errors import InputError
from quotes.text.folding import fold_case

SCHEMES = ("http", "https")
MAX_ANSWER_BYTES = 10 << 20
TIMEOUT = 30.0  # seconds for the next bytes to come
MAX_SECONDS = 120.0  # for all of them
MAX_REDIRECTS = 5
CHUNK = 1 << 16
ACCEPTED = (
    "text/html, application/xhtml+xml, text/plain, application/pdf, application/rss+xml, "
    "application/atom+xml, */*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer of a server: its content, and the content type.

    The type is in small letters, without parameters; "" where the server gives none.
    """

    content_type: str
    data: bytes


def fetch(
    url: str, *, timeout: float = TIMEOUT, max_bytes: int = MAX_ANSWER_BYTES, private: bool = True
) -> Fetched:
    """Return what stands at the address.

    Raises:
        InputError: where nothing can be had: a name not known, a status of 4xx or 5xx, no answer in
            `timeout` seconds, more than `max_bytes` bytes, a redirect that leads nowhere, an
            address that `private` forbids.
    """
    request = urllib.request.Request(_plain(url), headers=_headers())
    try:
        with _opener(private).open(request, timeout=timeout) as answer:
            return Fetched(
                answer.headers.get_content_type() if answer.headers.get("Content-Type") else "",
                _content(answer, url, max_bytes),
            )
    except urllib.error.HTTPError as error:
        with error:
            raise InputError(f"{url}: {_status(error)}") from error
    except urllib.error.URLError as error:
        raise InputError(f"{url}: {_reason(error.reason, timeout)}") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise InputError(f"{url}: {_reason(error, timeout)}") from error


def _headers() -> dict[str, str]:
    from quotes import __version__

    return {
        "User-Agent": f"quotes/{__version__}",
        "Accept": ACCEPTED,
        "Accept-Encoding": "identity",
    }


def _plain(url: str) -> str:
    """Return the address in ASCII, without a fragment.

    Raises:
        InputError: for one that cannot be asked for.
    """
    try:
        parts = urlsplit(urldefrag(url.strip()).url)
        host, port = parts.hostname or "", parts.port
        if parts.scheme not in SCHEMES:
            raise InputError(
                f"{url}: only http and https addresses are fetched: download it yourself and give "
                "the file"
            )
        if parts.username is not None:
            raise InputError(
                f"{url.replace(parts.netloc, host)}: holds a user name: log in with a browser, "
                "save the page and give the file"
            )
        if not host:
            raise InputError(f"{url}: names no host: check the address")
        ascii_host = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise InputError(
            f"{url}: the name of the host cannot be one ({error}): check the address"
        ) from error
    except ValueError as error:
        raise InputError(f"{url}: is not an address ({error}): check it") from error
    place = ascii_host + (f":{port}" if port is not None else "")
    safe = "%/:=&?~#+!$,;'@()*[]"
    return urlunsplit(
        (parts.scheme, place, quote(parts.path, safe) or "/", quote(parts.query, safe), "")
    )


def _content(answer: Any, url: str, max_bytes: int) -> bytes:
    """Return the content, unpacked.

    Raises:
        InputError: where it is too large.
        OSError: where it stops before its end.
    """
    declared = answer.headers.get("Content-Length") or ""
    if declared.isdigit() and int(declared) > max_bytes:
        raise InputError(f"{url}: is larger than {_size(max_bytes)}: download it and give the file")
    unpack = _unpacker(answer.headers.get("Content-Encoding") or "", url)
    end, parts, length, received = time.monotonic() + MAX_SECONDS, [], 0, 0
    while chunk := answer.read1(CHUNK):
        received += len(chunk)
        part = unpack.decompress(chunk, max_bytes + 1) if unpack else chunk
        parts.append(part)
        length += len(part)
        if length > max_bytes:
            raise InputError(
                f"{url}: is larger than {_size(max_bytes)}: download it and give the file"
            )
        if time.monotonic() > end:
            raise InputError(
                f"{url}: did not come in {MAX_SECONDS:.0f} seconds: try again, or download it and "
                "give the file"
            )
    if declared.isdigit() and received < int(declared):
        raise InputError(f"{url}: broke off after {received} of {declared} bytes: try again")
    return b"".join(parts)


def _unpacker(encoding: str, url: str) -> Any:
    """Return how to unpack an answer that is compressed although that was not asked for."""
    encoding = fold_case(encoding.strip())
    if encoding in ("", "identity"):
        return None
    if encoding in ("gzip", "x-gzip", "deflate"):
        return zlib.decompressobj(zlib.MAX_WBITS | 32)
    raise InputError(
        f"{url}: was sent compressed with {encoding!r}, which was not asked for: download it and "
        "give the file"
    )


def _size(number: int) -> str:
    return f"{number >> 20} MB" if number >= 1 << 20 else f"{number} bytes"


def _status(error: urllib.error.HTTPError) -> str:
    if 300 <= error.code < 400:
        return str(error.reason)
    hint = {
        401: "needs a login",
        402: "has to be paid for",
        403: "the server refuses programs or strangers",
        404: "check the address",
    }
    hint |= {410: "it is no longer there", 429: "asked too often: try again later"}
    return (
        f"the server answers {error.code} {error.reason} "
        f"({hint.get(error.code, 'try again later' if error.code >= 500 else 'check it')})"
    )


def _reason(error: object, timeout: float) -> str:
    if isinstance(error, socket.gaierror):
        return (
            f"the name of the host is not known ({error.strerror}): check the address and the "
            "connection"
        )
    if isinstance(error, TimeoutError):
        return f"no answer in {timeout:g} seconds: try again later"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({error.verify_message}): not fetched"
    if isinstance(error, ConnectionRefusedError):
        return "the connection is refused: check the address"
    return (
        f"cannot be fetched ({error or type(error).__name__}): check the address and the connection"
    )


@cache
def _opener(private: bool) -> urllib.request.OpenerDirector:
    """Return what opens http and https and nothing else; urllib's own would open files, too."""
    opener = urllib.request.OpenerDirector()
    proxies = [urllib.request.ProxyHandler()] if private else []
    for handler in (
        *proxies,
        urllib.request.UnknownHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(),
        *(
            [urllib.request.HTTPHandler(), urllib.request.HTTPSHandler()]
            if private
            else [_PublicHttp(), _PublicHttps()]
        ),
    ):
        opener.add_handler(handler)
    return opener


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects, and none to another scheme."""

    max_redirections = MAX_REDIRECTS
    inf_msg = "redirects too often, or in a circle; its last answer: "

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if urlsplit(newurl).scheme not in SCHEMES:
            reason = f"redirects to {newurl}, which is neither http nor https: not followed"
            raise urllib.error.HTTPError(req.full_url, code, reason, headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _public_socket(address: tuple[str, int], timeout: float | None) -> socket.socket:
    """Return a connection to an address that all the world can reach.

    The name is resolved once, so that what is checked is what is used.
    """
    found = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)
    if any(not ipaddress.ip_address(place[0]).is_global for *_, place in found):
        raise ConnectionError(f"{address[0]} is not a public address: not allowed here")
    return socket.create_connection((str(found[0][4][0]), address[1]), timeout)


class _PublicConnection(http.client.HTTPConnection):
    def connect(self) -> None:
        self.sock = _public_socket((self.host, self.port), self.timeout)


class _PublicSecureConnection(http.client.HTTPSConnection):
    def connect(self) -> None:
        plain = _public_socket((self.host, self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


class _PublicHttp(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_PublicConnection, req)


class _PublicHttps(urllib.request.HTTPSHandler):
    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_PublicSecureConnection, req)
