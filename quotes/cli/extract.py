"""`quotes extract`: print who said what in articles, without storing anything."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

import click

from quotes.cli.inputs import input_options, no_articles, read_documents
from quotes.cli.options import EXIT_FAILED, acts_option, min_confidence_option, output_option
from quotes.cli.progress import Progress, report_failure
from quotes.errors import InputError
from quotes.records import Act, Document, Failure, Quote

FORMATS = ("table", "jsonl", "csv")


@click.command()
@click.option(
    "--format",
    "output_format",
    type=click.Choice(FORMATS),
    help="Output format: a table to read, JSON lines (one object per document) or CSV (one row "
    "per quote).  [default: from the file name of --output, else table]",
)
@click.option(
    "--explain",
    is_flag=True,
    help="In a table, also show the rule, the dependency path, how the name was resolved, and "
    "offsets.",
)
@click.option(
    "--with-text",
    is_flag=True,
    help="In JSON lines, add the text that the offsets refer to, as document_text.",
)
@min_confidence_option()
@acts_option()
@input_options
@output_option
def extract(
    paths: tuple[str, ...],
    *,
    output_format: str | None,
    explain: bool,
    with_text: bool,
    min_confidence: float,
    acts: tuple[Act, ...],
    columns: tuple[str, ...],
    day_first: bool | None,
    source_format: str | None,
    model: str,
    parsed: str | None,
    output: str | None,
    **metadata: Any,
) -> int:
    """Print who said what in articles; nothing is stored.

    PATH is a file (.txt, .html, .pdf, .docx, .eml, .vtt, .srt, .jsonl, .csv, .parquet, the archive
    .warc, the feeds .rss, .atom and .xml), a folder of these, a web address (https://...), which is
    fetched, or - for standard input. A file metadata.csv in a folder describes the articles beside
    it: columns file, title, outlet, author, published, url.

    \b
    quotes extract seeds/
    quotes extract article.txt --published 2023-10-27 --outlet "The Daily" --explain
    quotes extract articles.csv --column text=body --format jsonl --output quotes.jsonl
    quotes extract https://example.org/news/article.html
    cat article.txt | quotes extract - --format csv

    A document that cannot be read is reported on standard error, and the exit code is then 2; all
    others are printed.
    """
    from quotes.models import load_models_for_process
    from quotes.pipeline import run, shown_by_default

    if output:
        _refuse_overwriting(Path(output), [*paths, *([parsed] if parsed else [])])
    items = read_documents(
        paths,
        parsed=parsed,
        columns=columns,
        day_first=day_first,
        source_format=source_format,
        metadata=metadata,
    )
    done = failed = 0
    with ExitStack() as stack:
        write = stack.enter_context(
            DocumentWriter(output, output_format, explain=explain, with_text=with_text)
        )
        progress = stack.enter_context(Progress())
        for result in run(items, models=lambda own: load_models_for_process(model, language=own)):
            progress.pause()
            if isinstance(result, Failure):
                failed += 1
                report_failure(result)
            else:
                done += 1
                write(result.document, shown_by_default(result.quotes, min_confidence, acts))
            progress.show(done, failed)
    if not done and not failed:
        raise no_articles(paths)
    return EXIT_FAILED if failed else 0


def _refuse_overwriting(output: Path, inputs: Sequence[str]) -> None:
    """Raise InputError if the output would overwrite an input or be read as one."""
    target = output.resolve()
    for name in inputs:
        path = Path(name).resolve()
        if path == target or (path.is_dir() and path in target.parents):
            raise InputError(
                f"--output {output}: is an input or in an input folder ({name}): "
                "choose another place"
            )


class DocumentWriter:
    """A writer of documents with their quotes, in one format, each as soon as it is given."""

    def __init__(
        self, output: str | None, output_format: str | None, *, explain: bool, with_text: bool
    ) -> None:
        suffix = Path(output).suffix.lstrip(".") if output else ""
        self._format = output_format or (suffix if suffix in FORMATS else "table")
        self._output, self._explain, self._with_text = output, explain, with_text
        self._on_terminal = not output and sys.stdout.isatty()
        self._separator = ""  # before the next document in plain text

    def __enter__(self) -> DocumentWriter:
        try:
            self._stream: TextIO = (
                open(self._output, "w", encoding="utf-8", newline="")
                if self._output
                else sys.stdout
            )
        except OSError as error:
            raise InputError(f"{self._output}: cannot be written: {error.strerror}") from error
        if self._format == "csv":
            from quotes.output.documents import COLUMNS

            self._write_row([name for name, _, _ in COLUMNS])
        return self

    def __exit__(self, *_: object) -> None:
        if self._output:
            self._stream.close()

    def __call__(self, document: Document, quotes: Sequence[Quote]) -> None:
        """Write one document and flush the stream."""
        from quotes.output import documents
        from quotes.output.terminal import quotes as terminal

        if self._format == "jsonl":
            line = documents.to_json(document, quotes, with_text=self._with_text)
            self._stream.write(line + "\n")
        elif self._format == "csv":
            for row in documents.to_rows(document, quotes):
                self._write_row(documents.to_cells(row))
        elif self._on_terminal:
            from rich.console import Console

            console = Console(file=self._stream, highlight=False, emoji=False)
            console.print(
                terminal.renderable(document, quotes, width=console.width, explain=self._explain)
            )
        else:
            text = terminal.plain_text(document, quotes, explain=self._explain)
            self._stream.write(self._separator + text)
            self._separator = "\n\n"
        self._stream.flush()

    def _write_row(self, cells: Sequence[str]) -> None:
        csv.writer(self._stream, lineterminator="\n").writerow(cells)
