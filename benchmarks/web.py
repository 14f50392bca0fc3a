"""The speed of the web app over a large store: pages, reviews, then fifty readers at once.

    python -m benchmarks.synthetic FOLDER --quotes 100000
    python -m benchmarks.web FOLDER [--readers 50] [--seconds 60] [--pause 1.0] [--alone]

The server is `quotes serve` in a process of its own; requests start when its table in memory and
the search index are ready. Each page is requested once (`first`), then eleven times under addresses
of their own, so that it is made anew each time (`anew`, the median; `cpu` is what the server took
of the processor meanwhile, which other programs change less), and eleven times as it is cached.
Then come questions that nobody asked before. A review is sent and the page that follows it
awaited. Readers open page after page with a pause between (who needs a second to look is a quick
one); meanwhile `quotes add --workers 1` reads made-up articles into the same store with the real
model. The client shares the machine's cores.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import quote as quoted
from urllib.parse import urlencode

import httpx2

from benchmarks.synthetic import Generator
from quotes.store import open_store
from quotes.store.statement_rows import count_documents
from quotes.web.rendering import assets

PYTHON = sys.executable
PORT = 8655
ADDRESS = f"http://127.0.0.1:{PORT}"
SAME_ORIGIN = {"sec-fetch-site": "same-origin"}
TIMES = 11
STATEMENT = "The+hospital+cannot+wait+this+winter,+and+taxes+will+rise+in+March"
ARTICLES = 400  # added meanwhile, or as many as there is time for
WORDS = (
    "hospital",
    "ferries",
    "taxes",
    "bridge",
    "winter",
    "strike",
    "water levels",
    "council says",
    "cannot wait",
    "prices will",
)


@dataclass(frozen=True)
class TimedRequest:
    """One request: milliseconds, and the status."""

    page: str
    took: float
    status: int


def pages(client: httpx2.Client) -> dict[str, str]:
    """Return an address of each page, about the most quoted speaker."""
    speaker = client.get("/api/speakers").json()["items"][0]["id"]
    quote = client.get("/api/search", params={"speaker": speaker}).json()["items"][5]
    return {
        "home": "/search",
        "search, everything": "/search?sort=newest",
        "search, a word": "/search?q=hospital",
        "search, a name": f"/search?q={quote['speaker'].replace(' ', '+')}",
        "search, three facets": "/search?q=winter&type=direct&year=2023&sure=70",
        "who said this?": f"/search?q={STATEMENT}",
        "texts of articles": "/texts?q=hospital",
        "people, typing": f"/api/people?q={quote['speaker'][:3]}",
        "quote": f"/quote/{quote['id']}",
        "article": f"/article?id={quote['document']}&quote={quote['id']}",
        "articles": "/articles",
        "speakers": "/speakers",
        "speaker": f"/speaker/{speaker}",
        "chart": f"/api/speaker/{speaker}/chart",
        "possible duplicates": f"/speaker/{speaker}/same",
        "clusters": "/clusters",
        "statement": f"/statement/{quote['id']}",
        "statements": "/statements",
        "statements, disputed": "/statements?only=disputed",
        "evidence": f"/quote/{quote['id']}/evidence",
        "review": "/review",
        "review of a rule": "/review?rule=quoted-with-cue",
        "collection": "/collection",
        "review log": "/reviews",
        "guide": "/guide",
        "verify": "/verify",
        "add": "/add",
    }


@contextmanager
def serving(store: Path) -> Iterator[tuple[httpx2.Client, int]]:
    """Yield a client of a server over the store, whose table in memory is filled, and its id."""
    server = subprocess.Popen(
        [PYTHON, "-m", "quotes", "serve", "--store", str(store), "--port", str(PORT)],
        stderr=subprocess.DEVNULL,
    )
    try:
        with httpx2.Client(base_url=ADDRESS, timeout=120, follow_redirects=True) as client:
            for _ in range(240):
                try:
                    if (
                        "being made"
                        not in client.get(
                            "/check?words=The+hospital+cannot+wait+for+another+winter"
                        ).text
                    ):
                        break
                except httpx2.TransportError:
                    pass
                time.sleep(0.25)
            time.sleep(3)  # what is made at the start is made
            yield client, server.pid
    finally:
        server.terminate()
        server.wait(20)


def alone(client: httpx2.Client, server: int) -> None:
    """Print how long each page takes, nobody else asking."""
    print(f"{machine()}; load {os.getloadavg()[0]:.1f}")
    print(f"{'page':24} {'first':>8} {'anew':>8} {'cpu':>8} {'cached':>8} {'bytes':>9}   (ms)")
    largest = 0
    for name, address in pages(client).items():
        mark = "&" if "?" in address else "?"
        first, size = timed(client, address)
        anew, cpu = list[float](), list[float]()
        for n in range(TIMES):
            before = processor_ms(server)
            anew.append(timed(client, f"{address}{mark}request={n}")[0])
            cpu.append(processor_ms(server) - before)
        cached = [timed(client, address)[0] for _ in range(TIMES)]
        largest = max(largest, 0 if address.startswith("/api/") else size)
        medians = " ".join(f"{statistics.median(times):8.0f}" for times in (anew, cpu, cached))
        print(f"{name:24} {first:8.0f} {medians} {size:9,}", flush=True)
    files = sum(len(data) for data, _ in assets().values())
    print(f"largest page {largest:,} bytes, with scripts and styles {largest + files:,}")


def unasked(client: httpx2.Client) -> dict[str, list[str]]:
    """Return addresses of each kind, of which each asks what nobody has asked before."""
    speakers = client.get("/api/speakers", params={"page": 2}).json()["items"][:TIMES]
    quotes = client.get("/api/search", params={"sort": "oldest"}).json()["items"][:TIMES]
    words = [quote["words"].split()[-1].strip("”,.") for quote in quotes]
    return {
        "a word": [f"/search?{urlencode({'q': word})}" for word in words],
        "a name": [f"/search?{urlencode({'q': one['name']})}" for one in speakers],
        "a name about a word": [
            f"/search?{urlencode({'q': one['name'] + ' about ' + word})}"
            for one, word in zip(speakers, words, strict=False)
        ],
        "who said this?": [f"/search?{urlencode({'q': one['words']})}" for one in quotes],
        "texts with a word": [f"/texts?{urlencode({'q': f'the {word}'})}" for word in words],
        "a speaker": [f"/speaker/{quoted(one['id'], safe='')}" for one in speakers],
        "an article": [f"/article?{urlencode({'id': one['document']})}" for one in quotes],
        "a quote": [f"/quote/{one['id']}" for one in quotes],
        "a statement": [f"/statement/{one['id']}" for one in quotes],
    }


def new_questions(client: httpx2.Client, server: int) -> None:
    """Print how long questions take that nobody has asked before."""
    print(f"{'never asked before':24} {'median':>8} {'cpu':>8} {'longest':>8}   (ms)")
    for name, addresses in unasked(client).items():
        took, cpu = list[float](), list[float]()
        for address in dict.fromkeys(addresses):
            before = processor_ms(server)
            took.append(timed(client, address)[0])
            cpu.append(processor_ms(server) - before)
        medians = f"{statistics.median(took):8.0f} {statistics.median(cpu):8.0f}"
        print(f"{name:24} {medians} {max(took):8.0f}", flush=True)


def processor_ms(process: int) -> float:
    """Return the time that the threads of a process have taken so far; 0 where no system says."""
    total = 0
    for file in Path(f"/proc/{process}/task").glob("*/schedstat"):
        with suppress(OSError):  # a thread that just ended
            total += int(file.read_text().split()[0])
    return total / 1e6


def machine() -> str:
    """Return the processor, the number of cores and the version of Python."""
    name = platform.processor() or platform.machine()
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                name = line.partition(":")[2].strip()
                break
    return f"{name}, {os.cpu_count()} cores, Python {platform.python_version()}"


def timed(client: httpx2.Client, address: str) -> tuple[float, int]:
    """Return the milliseconds that a page takes, and its size in bytes."""
    began = time.perf_counter()
    answer = client.get(address).raise_for_status()
    return 1000 * (time.perf_counter() - began), len(answer.content)


def reviews(client: httpx2.Client, server: int) -> None:
    """Print how long a review takes: it is sent, and the page with the next quote comes."""
    took, cpu = list[float](), list[float]()
    for _ in range(TIMES + 1):
        quote = client.get("/api/review").json()["current"]["quote"]["id"]
        given = {"action": "accept", "quote": quote, "by": "Ada", "come_back": "/review"}
        began, before = time.perf_counter(), processor_ms(server)
        client.post("/reviews", data=given, headers=SAME_ORIGIN).raise_for_status()
        took.append(1000 * (time.perf_counter() - began))
        cpu.append(processor_ms(server) - before)
    print(
        f"a review, with the next quote: first {took[0]:.0f} ms, "
        f"median {statistics.median(took[1:]):.0f} ms, cpu {statistics.median(cpu[1:]):.0f} ms"
    )


async def reader(
    number: int, addresses: dict[str, str], until: float, pause: float
) -> list[TimedRequest]:
    """Return one reader: page after page, some of them searches that nobody made before."""
    chosen, done = random.Random(number), list[TimedRequest]()
    async with httpx2.AsyncClient(base_url=ADDRESS, timeout=60) as client:
        await asyncio.sleep(chosen.uniform(0, pause))
        while time.monotonic() < until:
            name, address = chosen.choice(list(addresses.items()))
            if name == "search, a word":
                address = f"/search?q={chosen.choice(WORDS)}&year={chosen.randrange(2021, 2025)}"
            began = time.perf_counter()
            try:
                status = (await client.get(address)).status_code
            except httpx2.HTTPError:
                status = 0
            done.append(TimedRequest(name, 1000 * (time.perf_counter() - began), status))
            await asyncio.sleep(chosen.uniform(0.5, 1.5) * pause)
    return done


async def together(
    readers: int, addresses: dict[str, str], seconds: float, pause: float
) -> list[TimedRequest]:
    until = time.monotonic() + seconds
    found = await asyncio.gather(
        *(reader(number, addresses, until, pause) for number in range(readers))
    )
    return [request for requests in found for request in requests]


@contextmanager
def adding(store: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`quotes add --workers 1` at work on made-up articles that the store does not have."""
    with tempfile.TemporaryDirectory() as folder:
        for entry in islice(Generator(seed=int(time.time())).entries(), ARTICLES):
            (Path(folder) / f"added-{int(time.time())}-{entry.document.id}.txt").write_text(
                entry.document.text, encoding="utf-8"
            )
        command = [PYTHON, "-m", "quotes", "add", folder, "--workers", "1", "--store", str(store)]
        work = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield work
        finally:
            work.send_signal(2)
            work.wait(120)


def crowd(
    client: httpx2.Client, store: Path, *, readers: int, seconds: float, pause: float
) -> None:
    """Print how long readers wait while articles are added."""
    addresses = pages(client)
    before = count_documents(open_store(store))  # the page may count some time later
    with adding(store):
        requests = asyncio.run(together(readers, addresses, seconds, pause))
    added = count_documents(open_store(store)) - before
    took = sorted(one.took for one in requests)
    wrong = [one for one in requests if one.status != 200]
    print(
        f"\n{readers} readers, {pause} s a page, {seconds:.0f} s, {added} articles added: "
        f"{len(requests)} pages, {len(wrong)} errors"
    )
    print(
        "  ".join(
            f"p{share} {took[min(len(took) - 1, int(len(took) * share / 100))]:.0f} ms"
            for share in (50, 90, 95, 99)
        ),
        f" longest {took[-1]:.0f} ms",
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("store", type=Path)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument(
        "--pause", type=float, default=1.0, help="seconds that a reader looks at a page, on average"
    )
    parser.add_argument("--alone", action="store_true", help="without the readers")
    arguments = parser.parse_args()
    with serving(arguments.store) as (client, server):
        alone(client, server)
        new_questions(client, server)
        reviews(client, server)
        if arguments.alone:
            return
        crowd(
            client,
            arguments.store,
            readers=arguments.readers,
            seconds=arguments.seconds,
            pause=arguments.pause,
        )


if __name__ == "__main__":
    main()
