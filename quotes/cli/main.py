"""The command `quotes`: the only place that prints, and the only one that knows click.

Results go to standard output (or `--output`), everything about them (progress, failures) to standard error. Exit code 0: all done; 2: a
document failed or the command made no sense; 130: stopped with Ctrl-C.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

import click

from quotes import __version__
from quotes.cli.add import add, remove
from quotes.cli.check import check
from quotes.cli.evaluate import evaluate
from quotes.cli.export import export
from quotes.cli.inputs import documents, input_options, nothing_in
from quotes.cli.options import FAILED
from quotes.cli.progress import Progress, complain
from quotes.cli.serve import serve
from quotes.cli.speakers import speakers
from quotes.cli.timeline import timeline
from quotes.defaults import MIN_CONFIDENCE
from quotes.errors import InputError, QuotesError
from quotes.records import Document, Failure, Quote

FORMATS = ("table", "jsonl", "csv")
STOPPED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", prog_name="quotes", message="%(prog)s %(version)s")
def cli() -> None:
    """Who said what, when and in which role in news articles.

    \b
    quotes extract article.txt          who said what, as a table; nothing is stored
    quotes add articles/                keep articles and who said what in a store
    quotes speakers                     who is in it
    quotes timeline "Maria Zakharova"   what she said, when, in which role
    quotes check "all parties agree"    who said this, and how every outlet printed it
    quotes export --output quotes.xlsx  for a spreadsheet
    """


@cli.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="How to print: a table to read, JSON lines (an object a document) or CSV (a row a quote).  "
    "[default: from the ending of --output, else table]",
)
@click.option(
    "--explain",
    is_flag=True,
    help="In a table, add why: rule, dependency path, how the name was resolved, offsets.",
)
@click.option(
    "--with-text",
    is_flag=True,
    help="In JSON lines, add the text that the offsets count in, as document_text.",
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=MIN_CONFIDENCE,
    show_default=True,
    help="Leave out what is less sure.",
)
@input_options
@click.option(
    "--output", type=click.Path(), metavar="FILE", help="Write to FILE instead of standard output."
)
def extract(
    paths: tuple[str, ...],
    *,
    form: str | None,
    explain: bool,
    with_text: bool,
    min_confidence: float,
    columns: tuple[str, ...],
    model: str,
    parsed: str | None,
    output: str | None,
    **known: Any,
) -> int:
    """Print who said what in articles; nothing is stored.

    PATH is a file (.txt, .html, .pdf, .docx, .warc, the feeds .rss, .atom, .xml, .jsonl, .csv,
    .parquet), a folder of these, an address (https://...), which is fetched because you give it, or - for a text on standard input. A file
    metadata.csv beside articles says what they cannot: columns file, title, outlet, author, published, url.

    \b
    quotes extract seeds/
    quotes extract article.txt --published 2023-10-27 --outlet "The Daily" --explain
    quotes extract articles.csv --column text=body --format jsonl --output quotes.jsonl
    quotes extract https://example.org/news/article.html
    cat article.txt | quotes extract - --format csv

    A document that cannot be read is named on standard error, the others are printed all the same, and the exit code is then 2.
    """
    from quotes.parsing import load_to_keep
    from quotes.pipeline import confident, run

    if output:
        _refuse_inputs(Path(output), [*paths, *([parsed] if parsed else [])])
    items = documents(paths, parsed=parsed, columns=columns, known=known)
    done = failed = 0
    with ExitStack() as stack:
        write = stack.enter_context(_Writer(output, form, explain=explain, with_text=with_text))
        progress = stack.enter_context(Progress())
        for result in run(items, parser=lambda language: load_to_keep(model, language=language)):
            progress.pause()
            if isinstance(result, Failure):
                failed += 1
                complain(result)
            else:
                done += 1
                write(result.document, confident(result.quotes, min_confidence))
            progress.show(done, failed)
    if not done and not failed:
        raise nothing_in(paths)
    return FAILED if failed else 0


@cli.command()
@click.option(
    "--model", default="embedded", show_default=True, metavar="MODEL", help="As in extract."
)
def model(model: str) -> None:
    """Say which model is used: its files and their sizes, its scores, its licence.

    \b
    quotes model
    quotes model --model stanza:en
    """
    from quotes.parsing.model_card import describe

    click.echo(describe(model))


for command in (evaluate, add, speakers, timeline, check, export, remove, serve):
    cli.add_command(command)


def main() -> None:
    """The command `quotes`, with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # not when something else stands in for it
            stream.reconfigure(
                encoding="utf-8", errors="backslashreplace"
            )  # whatever the locale says: articles are Unicode
    sys.exit(_exit_code())


def _exit_code() -> int:
    try:
        return cli.main(prog_name="quotes", standalone_mode=False) or 0
    except click.Abort:
        click.echo("quotes: stopped; what is printed above is whole", err=True)
        return STOPPED
    except click.ClickException as error:
        error.show()
        return FAILED
    except QuotesError as error:
        click.echo(f"quotes: {error}", err=True)
        return FAILED


def _refuse_inputs(output: Path, inputs: Sequence[str]) -> None:
    """Raises InputError where writing would destroy an input, or be read as one."""
    target = output.resolve()
    for name in inputs:
        path = Path(name).resolve()
        if path == target or (path.is_dir() and path in target.parents):
            raise InputError(
                f"--output {output}: is an input or lies in a folder of inputs ({name}): write to another place"
            )


class _Writer:
    """Writes documents in the form asked for, each as soon as it comes."""

    def __init__(
        self, output: str | None, form: str | None, *, explain: bool, with_text: bool
    ) -> None:
        ending = Path(output).suffix.lstrip(".") if output else ""
        self._form = form or (ending if ending in FORMATS else "table")
        self._output, self._explain, self._with_text = output, explain, with_text
        self.on_terminal = not output and sys.stdout.isatty()
        self._gap = ""  # before a document in plain text

    def __enter__(self) -> _Writer:
        try:
            self._stream: TextIO = (
                open(self._output, "w", encoding="utf-8", newline="")
                if self._output
                else sys.stdout
            )
        except OSError as error:
            raise InputError(f"{self._output}: cannot be written: {error.strerror}") from error
        if self._form == "csv":
            from quotes.output.documents import COLUMNS

            self._cells([name for name, _, _ in COLUMNS])
        return self

    def __exit__(self, *_: object) -> None:
        if self._output:
            self._stream.close()

    def __call__(self, document: Document, quotes: Sequence[Quote]) -> None:
        from quotes.output import documents
        from quotes.output.terminal import quotes as terminal

        if self._form == "jsonl":
            self._stream.write(
                documents.to_json(document, quotes, with_text=self._with_text) + "\n"
            )
        elif self._form == "csv":
            for row in documents.rows(document, quotes):
                self._cells(documents.csv_cells(row))
        elif self.on_terminal:
            from rich.console import Console

            console = Console(file=self._stream, highlight=False, emoji=False)
            console.print(
                terminal.table(document, quotes, width=console.width, explain=self._explain)
            )
        else:
            self._stream.write(self._gap + terminal.plain(document, quotes, explain=self._explain))
            self._gap = "\n\n"
        self._stream.flush()

    def _cells(self, cells: list[str]) -> None:
        csv.writer(self._stream, lineterminator="\n").writerow(cells)
