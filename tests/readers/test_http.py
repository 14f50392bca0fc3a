"""Addresses, asked of a server on this machine only."""

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import quotes
from quotes.errors import InputError
from quotes.readers import Metadata, http, read
from quotes.readers.http import fetch
from quotes.records import Document, Failure
from tests.sample_files import column, pdf_file

SAID = "The mayor said on Thursday that the bridge would open in May."
PAGE = (
    "<html lang=en><head><title>Bridge to open</title></head>"
    f"<body><article><p>{SAID}</p></article></body></html>"
).encode()
FEED = (
    "<rss version='2.0'><channel><title>Coast</title><item><link>https://a.example/1</link>"
    f"<description>{SAID}</description></item></channel></rss>"
)
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE),
    "/text": (200, {"Content-Type": "text/plain"}, SAID.encode()),
    "/pdf": (200, {"Content-Type": "application/pdf"}, pdf_file([column([SAID])])),
    "/unnamed": (200, {"Content-Type": "application/octet-stream"}, pdf_file([column([SAID])])),
    "/untyped": (200, {}, PAGE),
    "/feed": (200, {"Content-Type": "application/rss+xml"}, FEED.encode()),
    "/feed-as-page": (200, {"Content-Type": "text/html"}, FEED.encode()),
    "/feed-as-xml": (200, {"Content-Type": "text/xml"}, FEED.encode()),
    "/xhtml-as-xml": (200, {"Content-Type": "application/xml"}, PAGE),
    "/packed": (
        200,
        {"Content-Type": "text/plain", "Content-Encoding": "gzip"},
        gzip.compress(SAID.encode()),
    ),
    "/bomb": (
        200,
        {"Content-Type": "text/plain", "Content-Encoding": "gzip"},
        gzip.compress(b" " * (11 << 20)),
    ),
    "/brotli": (200, {"Content-Type": "text/plain", "Content-Encoding": "br"}, b"abc"),
    "/image": (200, {"Content-Type": "image/png"}, b"\x89PNG\r\n"),
    "/empty": (200, {"Content-Type": "text/html"}, b""),
    "/moved": (302, {"Location": "/page"}, b""),
    "/circle": (302, {"Location": "/circle"}, b""),
    "/out": (302, {"Location": "file:///etc/hostname"}, b""),
    "/ftp": (302, {"Location": "ftp://127.0.0.1/a"}, b""),
    "/gone": (410, {}, b"gone"),
    "/broken": (503, {}, b"later"),
    "/short": (200, {"Content-Type": "text/plain", "Content-Length": "1000"}, SAID.encode()),
    "/declared": (200, {"Content-Type": "text/plain", "Content-Length": str(20 << 20)}, b"x"),
    "/é x": (200, {"Content-Type": "text/plain"}, SAID.encode()),
} | {f"/hop{n}": (301, {"Location": f"/hop{n - 1}" if n else "/page"}, b"") for n in range(8)}


class Handler(BaseHTTPRequestHandler):
    asked: list[tuple[str, dict[str, str]]] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.asked.append((self.path, dict(self.headers)))
        if self.path == "/slow":
            time.sleep(1)
            return
        if self.path == "/stream":
            self._answer(200, {"Content-Type": "text/plain"}, b"no " * (4 << 20))
            return
        path = self.path.replace("%C3%A9", "é").replace("%20", " ")
        self._answer(*ANSWERS.get(path, (404, {}, b"not here")))

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            return  # the other side has seen enough

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Yield the address of a server that gives ANSWERS."""
    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(
        target=made.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
    )
    thread.start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")


def one(url: str, **known: object) -> Document:
    (found,) = read(url, defaults=Metadata(**known))  # type: ignore[arg-type]
    assert isinstance(found, Document)
    return found


def message(url: str, *, shown: str = "", **options: object) -> str:
    """Return the message of the Failure that an address gives."""
    (found,) = read([url], **options)  # type: ignore[arg-type]
    assert isinstance(found, Failure)
    url = shown or url
    assert (found.id, found.source, found.stage) == (url, url, "read")
    assert found.message.startswith(f"{url}: ")
    return found.message.removeprefix(f"{url}: ")


def test_a_page_is_read_as_a_file_would_be_and_named_by_its_address(server: Any) -> None:
    found = one(f"{server}/page", outlet="Given")
    assert (found.id, found.source, found.text) == (f"{server}/page", f"{server}/page", SAID)
    assert (found.title, found.outlet) == ("Bridge to open", "Given")
    path, headers = Handler.asked[-1]
    assert path == "/page"
    assert headers["User-Agent"] == f"quotes/{quotes.__version__}"


@pytest.mark.parametrize(
    "path",
    [
        "/text",
        "/pdf",
        "/unnamed",
        "/untyped",
        "/xhtml-as-xml",
        "/packed",
        "/moved",
        "/hop4",
        "/page#part",
        "/é x",
    ],
)
def test_the_content_decides_how_it_is_read_and_the_address_given_is_the_id(
    server: Any, path: Any
) -> None:
    found = one(server + path)
    assert (found.id, found.source, found.text) == (server + path, server + path, SAID)


@pytest.mark.parametrize("path", ["/feed", "/feed-as-page", "/feed-as-xml"])
def test_the_entries_of_a_feed_have_addresses_of_their_own_which_are_not_fetched(
    server: Any, path: Any
) -> None:
    before = len(Handler.asked)
    found = one(server + path)
    assert (found.id, found.text, found.outlet) == ("https://a.example/1", SAID, "Coast")
    assert len(Handler.asked) == before + 1


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/nothing", "the server answers 404 Not Found (check the address)"),
        ("/gone", "the server answers 410 Gone (it is no longer there)"),
        ("/broken", "the server answers 503 Service Unavailable (try again later)"),
        ("/image", "is image/png, not an article"),
        ("/empty", "is empty"),
        ("/stream", "is larger than 10 MB"),
        ("/declared", "is larger than 10 MB"),
        ("/bomb", "is larger than 10 MB"),
        ("/brotli", "was sent compressed with 'br'"),
        ("/short", "broke off after 61 of 1000 bytes"),
        ("/circle", "redirects too often, or in a circle"),
        ("/hop7", "redirects too often, or in a circle"),
    ],
)
def test_what_cannot_be_had_is_said(server: Any, path: Any, reason: Any) -> None:
    assert message(server + path).startswith(reason)


@pytest.mark.parametrize("path", ["/out", "/ftp"])
def test_no_redirect_leaves_the_web(server: Any, path: Any) -> None:
    text = message(server + path)
    assert "file:///etc/hostname" in text or "ftp://127.0.0.1/a" in text


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://a.example/page", "only http and https addresses are fetched"),
        ("file:///etc/hostname", "only http and https addresses are fetched"),
        ("http://", "names no host"),
        ("http://a.example:port/", "is not an address"),
        ("http://[::1/", "is not an address"),
        ("http://a..example/", "the name of the host cannot be one"),
        ("https://nowhere.invalid/page", "the name of the host is not known"),
    ],
)
def test_addresses_that_lead_nowhere(
    url: Any, reason: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert message(url).startswith(reason)


def test_a_password_in_an_address_is_not_sent_or_shown() -> None:
    assert message(
        "http://ana:secret@127.0.0.1:9/page", shown="http://127.0.0.1:9/page"
    ).startswith("holds a user name or a password")
    with pytest.raises(InputError, match=r"^http://127\.0\.0\.1/page: holds a user name"):
        fetch("http://ana:secret@127.0.0.1:9/page")


def test_a_server_that_does_not_answer_or_is_not_there(server: Any) -> None:
    with pytest.raises(InputError, match=r"/slow: no answer in 0\.2 seconds"):
        fetch(f"{server}/slow", timeout=0.2)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        assert message(f"http://127.0.0.1:{closed.getsockname()[1]}/").startswith(
            "the connection is refused"
        )


def test_a_server_that_never_ends_is_left(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "MAX_SECONDS", -1.0)
    assert message(f"{server}/text").startswith("did not come in")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "[::ffff:127.0.0.1]",
        "[::1]",
        "10.0.0.1",
        "169.254.169.254",
    ],
)
def test_a_program_can_forbid_addresses_of_local_networks(server: Any, host: Any) -> None:
    port = server.rpartition(":")[2]
    before = len(Handler.asked)
    assert "not a public address" in message(
        f"http://{host}:{port}/page", private=False
    ) or host.startswith("[")
    assert "not a public address" in message(
        f"https://{host}:{port}/page", private=False
    ) or host.startswith("[")
    assert len(Handler.asked) == before


def test_addresses_and_files_are_read_in_the_order_given(server: Any, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(SAID)
    found = list(read([f"{server}/nothing", tmp_path, f"{server}/page", f"{server}/page"]))
    assert [(result.id, type(result)) for result in found] == [
        (f"{server}/nothing", Failure),
        ("page", Document),
        (f"{server}/page", Document),
        (f"{server}/page", Failure),
    ]
    assert "already used" in found[-1].message  # type: ignore[union-attr]
    assert [result.id for result in quotes.read(f"{server}/text")] == [f"{server}/text"]
