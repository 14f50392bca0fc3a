"""`quotes check`: find who said given words, and how every outlet printed them."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.cli.options import (
    EXIT_NOT_FOUND,
    acts_option,
    format_option,
    limit_option,
    min_confidence_option,
    store_option,
)
from quotes.cli.progress import notify
from quotes.cli.standard_output import paged_console
from quotes.errors import InputError
from quotes.records import Act

if TYPE_CHECKING:
    from quotes.statements import Answer


@click.command()
@click.argument("words", nargs=-1, metavar="WORDS...")
@store_option
@click.option(
    "--file",
    type=click.Path(),
    metavar="FILE",
    help="Look up each line of FILE, too; - for standard input.",
)
@click.option("--speaker", metavar="NAME", help="Only quotes of this speaker.")
@format_option(
    help="Output format: text to read, CSV (a row for each print) or JSON lines (an object for "
    "each sentence looked up).",
)
@limit_option("Show at most N statements.", default=10)
@min_confidence_option(0.0)
@acts_option()
def check(
    words: tuple[str, ...],
    *,
    store: str,
    file: str | None,
    speaker: str | None,
    output_format: str,
    limit: int,
    min_confidence: float,
    acts: tuple[Act, ...],
) -> int:
    """Find who said WORDS, in which articles, and who printed them first.

    The first line is the answer, and says where articles differ about the speaker. Words stand in a
    quotation word for word, as a part of a longer one, altered, or are only similar. Of a pasted
    passage the words in quotation marks are looked up. Where no quotation has the words, the texts
    of all articles are searched. Words in [brackets] count as put in by an editor, an ellipsis as
    words left out. WORDS is - for standard input, a sentence a line.

    "Not found in this collection" does not mean that nobody said it. The exit code is 1 where
    nothing is found.

    \b
    quotes check "We will not close the library"
    quotes check "maintaining contacts with all parties" --format jsonl
    quotes check --file draft.txt --format csv > checked.csv
    """
    from quotes.statements.check import check as look_up
    from quotes.store import open_store

    asked = _asked(words, file)
    found = False
    with open_store(store, on_message=notify) as opened:
        speaker_id = opened.speaker(speaker).id if speaker else None
        for number, sentence in enumerate(asked):
            answer = look_up(
                opened,
                sentence,
                min_confidence=min_confidence,
                acts=acts,
                speaker_id=speaker_id,
                limit=limit,
                on_progress=lambda line: click.echo(line, err=True),
            )
            found = found or bool(answer.found or answer.passages)
            _print(answer, output_format, number=number, several=len(asked) > 1)
    return 0 if found else EXIT_NOT_FOUND


def _asked(words: Sequence[str], file: str | None) -> list[str]:
    """Return the sentences to look up: the words typed as one, and the lines of a file.

    Raises:
        click.UsageError: Neither is given.
        InputError: The file cannot be read, or holds no words.
    """
    typed = " ".join(words)
    if typed == "-":
        typed, file = "", "-"
    if not typed and file is None:
        raise click.UsageError("Give the WORDS to look up, or --file FILE with a sentence a line.")
    sentences = [typed] if typed else []
    if file is not None:
        sentences += (line.strip() for line in _lines(file))
    asked = [each for each in sentences if any(letter.isalnum() for letter in each)]
    if not asked:
        raise InputError(f"{typed or file!r}: contains no words to look up")
    return asked


def _lines(file: str) -> list[str]:
    if file == "-":
        return sys.stdin.buffer.read().decode("utf-8", "replace").splitlines()
    try:
        return Path(file).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from error


def _print(answer: Answer, output_format: str, *, number: int, several: bool) -> None:
    """Print one answer, the `number`-th."""
    from quotes.output.terminal.safe_text import printable
    from quotes.output.terminal.statements import plain_text, renderable
    from quotes.statements.as_json import answer_object

    if output_format == "jsonl":
        click.echo(json.dumps(answer_object(answer), ensure_ascii=False))
        return
    if output_format == "csv":
        _print_csv(answer, heading=not number)
        return
    if several:
        click.echo(("\n" if number else "") + f"> {printable(answer.asked)}")
    if sys.stdout.isatty():
        with paged_console() as console:
            console.print(renderable(answer))
    else:
        click.echo(plain_text(answer), nl=False)


def _print_csv(answer: Answer, *, heading: bool) -> None:
    """Print the rows of an answer, the first below their names."""
    from quotes.output.csv_text import csv_text
    from quotes.output.documents import escape_formula
    from quotes.statements.as_json import ROW_COLUMNS, answer_rows

    lines = [
        [escape_formula(str(value)) if value is not None else "" for value in row.values()]
        for row in answer_rows(answer)
    ]
    click.echo(csv_text([*([ROW_COLUMNS] if heading else []), *lines]), nl=False)
