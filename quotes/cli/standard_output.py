"""Where commands write: bytes, a pager, reports, and no error when readers stop.

In: a block that writes, or a text. Out: bytes on standard output, until a reader such as `head`
closes it; on a terminal, text for people page by page; a report there or in a file.
"""

from __future__ import annotations

import errno
import io
import os
import shlex
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from quotes.errors import InputError
from quotes.output.formats import BINARY, format_of_ending, formats_differ

if TYPE_CHECKING:
    from rich.console import Console

STANDARD_OUTPUT = "standard output"
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
PAGERS = ("QUOTES_PAGER", "PAGER")  # variables that name one; empty or cat: none
LESS = {"LESS": "FRX", "LESSCHARSET": "utf-8"}  # where the user has not set them, as git does


@contextmanager
def standard_output() -> Iterator[BinaryIO]:
    """Give standard output as a stream of bytes; when its reader closes it, the block ends."""
    sys.stdout.flush()
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        drop_standard_output()


@contextmanager
def standard_output_in(path: str) -> Iterator[None]:
    """Write what is printed in the block to a file, which is made when the block ends.

    Raises:
        InputError: It cannot be written.
    """
    from quotes.output.tables.atomic_file import atomic_file

    with atomic_file(Path(path)) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", errors="backslashreplace", newline="\n")
        try:
            with redirect_stdout(text):
                yield
            text.flush()
        finally:
            with suppress(OSError):
                text.detach()


def drop_standard_output() -> None:
    """Let what is still to be written go nowhere, else Python reports an error at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def writing_to(output: str | None) -> Iterator[None]:
    """Turn what goes wrong in writing a file, or None for standard output, into an InputError.

    A reader that stops is no error.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise cannot_be_written(output or STANDARD_OUTPUT, error) from error


def is_failed_write(error: OSError) -> bool:
    """Return True for an error of a stream that is open, as where no room is left."""
    return error.filename is None and error.errno in NO_ROOM


def cannot_be_written(place: str, error: OSError) -> InputError:
    """Return the error for a place that cannot be written."""
    return InputError(
        f"{place}: cannot be written: {error.strerror or error}: make room, or choose another place"
    )


def report_format(output: str | None, wanted: str | None, formats: Sequence[str]) -> str:
    """Return the format of a report: the one wanted, else that of the file's ending, else table.

    Raises:
        InputError: The ending is that of another format than is wanted, or of one that reports
            are not written in.
    """
    ending = Path(output or "").suffix.lower()
    own = ending.lstrip(".") if ending.lstrip(".") in formats else format_of_ending(ending)
    if not output or own == "table" or (own is None and wanted):
        return wanted or "table"
    if own and wanted not in (None, own):
        raise formats_differ(Path(output), own, wanted)
    if own not in formats:
        raise InputError(
            f"{output}: this is not written as {own or ending}: end the name in "
            f"{', '.join('.txt' if name == 'table' else '.' + name for name in formats)}"
        )
    return str(own)


def print_report(text: str, output: str | None) -> None:
    """Print a text, or write it to a file.

    Raises:
        InputError: The file cannot be written.
    """
    if output:
        write_text(output, text)
    else:
        click.echo(text, nl=False)


def write_text(path: str, text: str) -> None:
    """Write a text to a file.

    Raises:
        InputError: It cannot be written.
    """
    with writing_to(path):
        Path(path).write_text(text, encoding="utf-8", newline="")


def refuse_binary(file_format: str, output: str | None) -> None:
    """Raise InputError where a format that is no text would go to a terminal."""
    if not output and file_format in BINARY and sys.stdout.isatty():
        raise InputError(f"--format {file_format}: is not text: name a file with --output")


@contextmanager
def paged_console() -> Iterator[Console]:
    """Give a console that shows what is printed page by page, where it is longer than a screen.

    Standard output is a terminal. Without a pager it is printed at once. Leaving the pager ends the
    block.
    """
    import subprocess

    from rich.console import Console

    command = pager()
    if command is None:
        yield Console(highlight=False, emoji=False)
        return
    width = Console().width
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        env={**LESS, **os.environ},
        text=True,
        encoding="utf-8",
        errors="backslashreplace",
    ) as process:
        assert process.stdin
        with suppress(BrokenPipeError):  # the reader has seen enough
            yield Console(
                file=process.stdin, force_terminal=True, width=width, highlight=False, emoji=False
            )
            process.stdin.close()
        while process.poll() is None:
            with suppress(KeyboardInterrupt):  # Ctrl-C is the pager's, as in git
                process.wait()


def pager() -> list[str] | None:
    """Return the command of the pager that the user wants; None for none."""
    named = next((os.environ[name] for name in PAGERS if name in os.environ), None)
    if named is None:
        found = shutil.which("less")
        return [found] if found and os.environ.get("TERM") != "dumb" else None
    words = shlex.split(named)
    return words if words and words != ["cat"] and shutil.which(words[0]) else None
