"""The pictures of the web app in the documentation, docs/page-*.png: taken from a real browser.

    python -m docs.pictures

makes two stores in a temporary folder, one of the articles in seeds/ with a few reviews and a
larger one of synthetic articles (benchmarks.synthetic), runs `quotes serve` over each and takes
PICTURES with Playwright and Chromium. Where one of these is missing, nothing is written and a
message says so. Of what the pictures show, only the time of the reviews changes from run to run.
"""

from __future__ import annotations

import base64
import contextlib
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote as quoted

import numpy as np

from benchmarks.synthetic import fill
from quotes.models import load_models
from quotes.pipeline import run
from quotes.readers import Metadata, read, require_date
from quotes.records import Document, Quote, ReviewRequest
from quotes.store import Store, open_store
from quotes.web.forms import NAME_COOKIE

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
# Without coloured edges of letters, a palette of 256 colours is enough
CHROMIUM_OPTIONS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-lcd-text"]
TIMEOUT_SECONDS = 60
MAX_PICTURE_BYTES = 150_000  # the largest picture that the repository takes
# A script that returns the width, height and RGBA values (in base64) of a PNG file in base64
DECODE = """async png => {
  const image = new Image();
  image.src = "data:image/png;base64," + png;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const data = context.getImageData(0, 0, image.width, image.height).data;
  let text = "";
  for (let i = 0; i < data.length; i += 32768)
    text += String.fromCharCode(...data.subarray(i, i + 32768));
  return [image.width, image.height, btoa(text)];
}"""

REVIEWER = "Ada Bell"
PUBLISHED = "2023-10-27"
# Title and outlet of each file in seeds/, which does not have them
SEEDS = {
    "000_b2ba0bb219c0f0a1": ("First article", "The Harbour Post"),
    "002_1922ce6d63d1e91d": ("Second article", "The City Courier"),
}
# Action, speaker and first words of each reviewed quote
REVIEWS: tuple[tuple[Literal["accept", "reject"], str, str], ...] = (
    ("accept", "Russia's Foreign Ministry", "Delegates from the Palestinian"),
    ("accept", "Mikhail Bogdanov", "If they are willing"),
    ("reject", "state-run media", "Russia's Foreign Ministry"),
)
QUOTE = ("Dmitry Peskov", "We consider it necessary")
SYNTHETIC_QUOTES = 3_000
STATEMENT = "Wages will be built in spite of the strike, and taxes have to be paid for this winter"


@dataclass(frozen=True)
class Picture:
    """A page to take: docs/page-`name`.png, of `path` in the app over the store `store`.

    `selector` is of an element that is there when the page is complete; sizes are in CSS pixels.
    """

    name: str
    store: Literal["seeds", "synthetic"]
    path: str
    height: int = 760
    width: int = 1100
    selector: str = "main"
    dark: bool = False
    signed_in: bool = False


def pictures(seeds: Store, synthetic: Store) -> tuple[Picture, ...]:
    """Return the pictures of the documentation, with the addresses that they have in the stores."""
    quote = find_quote(seeds, *QUOTE)
    article = f"/article?id={quote.document}&quote={quote.id}"
    statement = synthetic_quote_id(synthetic, STATEMENT)
    panel = "#panel .arcs svg"
    return (
        Picture("home", "synthetic", "/search", selector=".disputes"),
        Picture("search", "synthetic", "/search?q=hospital"),
        Picture(
            "who-said-this",
            "synthetic",
            f"/check?words={quoted(STATEMENT)}",
            height=560,
            selector=".verdict",
        ),
        Picture("speaker", "synthetic", "/speaker/leila-lindez", selector="#chart svg a"),
        Picture(
            "statement",
            "synthetic",
            f"/statement/{statement}",
            height=560,
            selector=".wordings li >> nth=1",
        ),
        Picture("collection", "synthetic", "/collection"),
        Picture("article", "seeds", article, height=860, selector=panel, signed_in=True),
        Picture("dark", "seeds", article, selector=panel, dark=True, signed_in=True),
        Picture("phone", "seeds", f"/article?id={quote.document}", width=390),
        Picture(
            "phone-review",
            "seeds",
            "/review",
            width=390,
            selector="[data-review]",
            signed_in=True,
        ),
        Picture(
            "quote",
            "seeds",
            f"/quote/{quote.id}",
            height=890,
            selector=".arcs svg",
            signed_in=True,
        ),
        Picture("review", "seeds", "/review", selector="[data-review]", signed_in=True),
        Picture("reviews", "seeds", "/reviews", height=420, signed_in=True),
        Picture("add", "seeds", "/add", signed_in=True),
    )


def fill_with_seeds(store: Store) -> None:
    """Add the articles in seeds/ to a store, and review a few of their quotes."""
    defaults = Metadata(published=require_date(PUBLISHED), language="en")
    documents = []
    for document in read(ROOT / "seeds", defaults=defaults):
        if not isinstance(document, Document):
            raise RuntimeError(f"seeds/ could not be read: {document}")
        title, outlet = SEEDS[document.id]
        documents.append(replace(document, title=title, outlet=outlet))
    process = partial(run, models=lambda language: load_models(language=language))
    for _ in store.add(documents, work=process):
        pass
    for action, speaker, words in REVIEWS:
        reviewed = find_quote(store, speaker, words)
        store.review(ReviewRequest(action=action, by=REVIEWER, quote=reviewed.id))


def find_quote(store: Store, speaker: str, words: str) -> Quote:
    """Return the quote of a speaker from the articles in seeds/ that begins with these words.

    Raises:
        LookupError: if there is none.
    """
    for name in SEEDS:
        text = store.document(name).text
        for quote in store.quotes_of(name):
            if quote.speaker == speaker and quote.content[0].of(text).startswith(words):
                return quote
    raise LookupError(f"no quote of {speaker} in seeds/ begins with {words!r}")


def synthetic_quote_id(store: Store, words: str) -> str:
    """Return the id of the quote with these words, in quotation marks or not.

    Raises:
        LookupError: if there is none.
    """
    quotes = store.quotes()
    found = quotes.loc[quotes["words"].str.strip("“”,") == words, "id"]
    if found.empty:
        raise LookupError(f"no synthetic quote is {words!r}")
    return str(found.iloc[0])


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Run `quotes serve` over a store, and give the address at which it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://localhost:{port}"
    command = [sys.executable, "-m", "quotes", "serve", "--store", str(folder), "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        wait_until_it_answers(address)
        yield address
    finally:
        server.terminate()
        server.wait(TIMEOUT_SECONDS)


def wait_until_it_answers(address: str) -> None:
    """Wait for a server to start.

    Raises:
        TimeoutError: after TIMEOUT_SECONDS.
    """
    end = time.monotonic() + TIMEOUT_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}/api/openapi.json", timeout=TIMEOUT_SECONDS):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"{address} does not answer")


def take(browser: Browser, address: str, picture: Picture) -> bytes:
    """Return a picture of a page of the app at `address`, as PNG."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.dark else "light",
        reduced_motion="reduce",
        locale="en-GB",
    )
    context.set_default_timeout(TIMEOUT_SECONDS * 1000)
    if picture.signed_in:
        context.add_cookies([{"name": NAME_COOKIE, "value": quoted(REVIEWER), "url": address}])
    page = context.new_page()
    end = time.monotonic() + TIMEOUT_SECONDS
    while True:  # the search index may not be ready at the first try
        page.goto(picture.path)
        page.wait_for_load_state("networkidle")
        if page.locator(picture.selector).count():
            break
        if time.monotonic() > end:
            raise TimeoutError(f"{picture.path}: no {picture.selector}")
        page.wait_for_timeout(500)
    png = page.screenshot()
    context.close()
    return palette_png(pixels(browser, png))


def pixels(browser: Browser, png: bytes) -> NDArray[np.uint8]:
    """Return the pixels of a picture, of shape (height, width, 3), as the browser decodes it."""
    page = browser.new_page()
    width, height, data = page.evaluate(DECODE, base64.b64encode(png).decode())
    page.close()
    rgba = np.frombuffer(base64.b64decode(data), np.uint8)
    return rgba.reshape(height, width, 4)[:, :, :3]


def palette_png(rgb: NDArray[np.uint8]) -> bytes:
    """Return pixels of shape (height, width, 3) as a PNG file with a palette of 256 colours.

    The 256 most frequent colours stay as they are, others become the nearest of these. A page
    of text has few colours, and takes about a third of the bytes that it takes as RGB.
    """
    height, width, _ = rgb.shape
    colours, number, count = np.unique(
        rgb.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True
    )
    palette = colours[np.argsort(-count, kind="stable")[:256]]
    distance = (colours[:, None].astype(np.int32) - palette[None].astype(np.int32)) ** 2
    nearest = distance.sum(axis=2).argmin(axis=1).astype(np.uint8)
    rows = nearest[number.reshape(-1)].reshape(height, width)
    unfiltered = np.pad(rows, ((0, 0), (1, 0)))  # each row begins with the number of its filter
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", palette.tobytes()),
        (b"IDAT", zlib.compress(unfiltered.tobytes(), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def main() -> None:
    """Take all pictures anew, or say why that cannot be done here."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        chromium = None
    if chromium is None:
        print("docs.pictures: skipped, needs Playwright and Chromium", file=sys.stderr)
        return
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        seeds = open_store(folder / "seeds", create=True)
        fill_with_seeds(seeds)
        synthetic = open_store(folder / "synthetic", create=True)
        fill(synthetic, quotes=SYNTHETIC_QUOTES)
        wanted = pictures(seeds, synthetic)
        addresses = {
            name: stack.enter_context(served(folder / name)) for name in ("seeds", "synthetic")
        }
        driver = stack.enter_context(sync_playwright())
        browser = driver.chromium.launch(executable_path=chromium, args=CHROMIUM_OPTIONS)
        taken = {
            picture.name: take(browser, addresses[picture.store], picture) for picture in wanted
        }
        browser.close()
    for name, png in taken.items():
        if len(png) > MAX_PICTURE_BYTES:
            raise ValueError(f"page-{name}.png has {len(png):,} bytes")
    for name, png in taken.items():
        (ROOT / "docs" / f"page-{name}.png").write_bytes(png)


if __name__ == "__main__":
    main()
