"""Progress and failures, on standard error.

On a terminal a live line; elsewhere, once it takes long, a line at once and every ten seconds.
"""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING

import click

from quotes.cli.common_options import verbosity
from quotes.output.numbers import count_of
from quotes.records import Failure

if TYPE_CHECKING:
    from rich.status import Status

LOG_INTERVAL = 10.0  # seconds between two lines of a log
FIRST_LINE = 1.0  # seconds after which a log says what is going on, where nothing is done yet
LOADING = "loading the model"


class Progress:
    """A line of progress. With `total`, the number of documents to come, it says the time left."""

    def __init__(self, total: int | None = None, *, loading: bool = True) -> None:
        self._loading = loading  # a model first, which takes time
        self._start = self._last_line = time.monotonic()
        self.total = total
        self._status: Status | None = None
        self._quiet = verbosity().quiet
        self._timer = threading.Timer(FIRST_LINE, self._say_loading)
        if sys.stderr.isatty() and not self._quiet:
            from rich.console import Console

            self._status = Console(stderr=True).status(LOADING)

    def __enter__(self) -> Progress:
        if self._status:
            self._status.start()
        elif self._loading:
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.pause()

    def _say_loading(self) -> None:
        """Print that the model is loaded, unless only errors are wanted."""
        if not self._quiet:
            notify(f"{LOADING} ...")

    def pause(self) -> None:
        """Take the live line away, so that something else can be printed."""
        self._timer.cancel()
        if self._status:
            self._status.stop()

    def show(self, done: int, failed: int, *, skipped: int = 0) -> None:
        """Show how many documents are processed; `skipped` of those done took no time."""
        self._timer.cancel()
        now = time.monotonic()
        line = self.line(done, failed, now - self._start, skipped=skipped)
        if self._quiet:
            return
        if self._status:
            self._status.update(line)
            self._status.start()
        elif now - self._last_line > LOG_INTERVAL:
            click.echo(f"quotes: {line}", err=True)
            self._last_line = now

    def line(self, done: int, failed: int, seconds: float, *, skipped: int = 0) -> str:
        """Return the line: "120 of 500 articles, 2 failed, 1.9 a second, 3 min left"."""
        processed = done + failed
        rate = (processed - skipped) / max(seconds, 1e-9)
        all_of_them = "" if self.total is None else f" of {count_of(self.total, 'article')}"
        parts = [f"{processed}{all_of_them}" if all_of_them else count_of(processed, "article")]
        parts.append(f"{failed} failed")
        if rate > 0:
            parts.append(f"{rate:.1f} a second" if rate >= 1 else f"{1 / rate:.0f} s an article")
        if self.total is not None and rate > 0:
            parts.append(f"{_duration((self.total - processed) / rate)} left")
        return ", ".join(parts)


def notify(message: str) -> None:
    """Print a message on standard error, unless only errors are wanted there."""
    from quotes.output.terminal.safe_text import printable

    if verbosity().quiet:
        return
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
