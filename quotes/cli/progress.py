"""How far the work is, on standard error: a live line on a terminal, else a line now and then once it takes long."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from quotes.records import Failure

if TYPE_CHECKING:
    from rich.status import Status

EVERY = 10.0  # seconds between two lines of a log
FEW = 5  # documents that need no lines


class Progress:
    """Shown while the documents go by. With `total`, the number of documents to come, it says how long it will take."""

    def __init__(self, total: int | None = None) -> None:
        self._began = self._said = time.monotonic()
        self._total = total
        self._status: Status | None = None
        if sys.stderr.isatty():
            from rich.console import Console

            self._status = Console(stderr=True).status("loading the model")

    def __enter__(self) -> Progress:
        if self._status:
            self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.pause()

    def pause(self) -> None:
        """Takes the live line away, so that something else can be printed."""
        if self._status:
            self._status.stop()

    def show(self, done: int, failed: int, *, free: int = 0) -> None:
        """How many documents are behind us; `free` of the done ones cost no time worth speaking of."""
        now = time.monotonic()
        line = self.line(done, failed, now - self._began, free=free)
        if self._status:
            self._status.update(line)
            self._status.start()
        elif now - self._said > EVERY and done + failed > FEW:
            click.echo(f"quotes: {line}", err=True)
            self._said = now

    def line(self, done: int, failed: int, seconds: float, *, free: int = 0) -> str:
        """The same as words: "120 of 500 documents, 2 failed, 1.9 a second, 3 min left"."""
        behind = done + failed
        rate = (behind - free) / max(seconds, 1e-9)
        of = f" of {self._total}" if self._total is not None else ""
        left = (
            f", {_duration((self._total - behind) / rate)} left"
            if self._total is not None and rate > 0
            else ""
        )
        return f"{behind}{of} documents, {failed} failed, {rate:.1f} a second{left}"


def notify(message: str) -> None:
    """Print a message on standard error."""
    from quotes.output.terminal.quotes import printable

    click.echo(f"quotes: {printable(message)}", err=True)


def complain(failure: Failure) -> None:
    """Says on standard error what became of a document."""
    from quotes.output.terminal.quotes import printable

    click.echo(
        f"quotes: {printable(failure.message)}"
        + (f" [{printable(failure.detail)}]" if failure.detail else ""),
        err=True,
    )


def _duration(seconds: float) -> str:
    seconds = max(0.0, seconds)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
