"""Progress and failures, on standard error.

On a terminal a live line; elsewhere, once it takes long, a line every ten seconds.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from quotes.output.numbers import count_of
from quotes.records import Failure

if TYPE_CHECKING:
    from rich.status import Status

LOG_INTERVAL = 10.0  # seconds between two lines of a log
MIN_LOGGED_DOCUMENTS = 5  # up to so many documents are processed without a line


class Progress:
    """A line of progress. With `total`, the number of documents to come, it says the time left."""

    def __init__(self, total: int | None = None) -> None:
        self._start = self._last_line = time.monotonic()
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
        """Take the live line away, so that something else can be printed."""
        if self._status:
            self._status.stop()

    def show(self, done: int, failed: int, *, skipped: int = 0) -> None:
        """Show how many documents are processed; `skipped` of those done took no time."""
        now = time.monotonic()
        line = self.line(done, failed, now - self._start, skipped=skipped)
        if self._status:
            self._status.update(line)
            self._status.start()
        elif now - self._last_line > LOG_INTERVAL and done + failed > MIN_LOGGED_DOCUMENTS:
            click.echo(f"quotes: {line}", err=True)
            self._last_line = now

    def line(self, done: int, failed: int, seconds: float, *, skipped: int = 0) -> str:
        """Return the line: "120 of 500 documents, 2 failed, 1.9 per second, 3 min left"."""
        processed = done + failed
        rate = (processed - skipped) / max(seconds, 1e-9)
        if self._total is None:
            return f"{count_of(processed, 'document')}, {failed} failed, {rate:.1f} per second"
        number = f"{processed} of {count_of(self._total, 'document')}"
        left = f", {_duration((self._total - processed) / rate)} left" if rate > 0 else ""
        return f"{number}, {failed} failed, {rate:.1f} per second{left}"


def notify(message: str) -> None:
    """Print a message on standard error."""
    from quotes.output.terminal.safe_text import printable

    click.echo(f"quotes: {printable(message)}", err=True)


def report_failure(failure: Failure) -> None:
    """Print on standard error why a document failed."""
    from quotes.output.terminal.safe_text import printable

    detail = f" [{printable(failure.detail)}]" if failure.detail else ""
    click.echo(f"quotes: {printable(failure.message)}{detail}", err=True)


def _duration(seconds: float) -> str:
    """Return a duration in words: "80 s", "3 min", "2.5 h"."""
    seconds = max(0.0, seconds)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
