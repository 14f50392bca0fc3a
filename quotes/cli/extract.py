"""`quotes extract`: print who said what in articles, without storing anything."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from quotes.cli.common_options import is_given
from quotes.cli.document_writer import DocumentWriter, Form
from quotes.cli.inputs import input_options, no_articles, read_documents
from quotes.cli.options import (
    EXIT_FAILED,
    acts_option,
    bom_option,
    columns_option,
    format_option,
    min_confidence_option,
    output_option,
)
from quotes.cli.progress import Progress, notify, report_failure
from quotes.cli.standard_output import refuse_binary
from quotes.errors import InputError
from quotes.output.documents import NAMES
from quotes.output.formats import DELIMITED, format_of
from quotes.output.terminal.shown_counts import ShownCounts
from quotes.records import Act, Failure

FORMATS = ("table", "jsonl", "csv", "tsv", "xlsx", "parquet", "sqlite")


@click.command()
@format_option(
    FORMATS,
    default=None,
    help="Output format: a table to read, JSON lines (one object per document, or with --flat per "
    "quote), or one row per quote.  [default: from the file name of --output, else table]",
)
@click.option(
    "--nested/--flat",
    default=True,
    help="In JSON lines, write one object per document with its quotes, or one per quote.  "
    "[default: nested]",
)
@click.option(
    "--explain",
    is_flag=True,
    help="In a table, also show the rule, the dependency path, how the name was resolved, and "
    "offsets; below, what is not shown and why.",
)
@click.option(
    "--line-number",
    "-n",
    "line_numbers",
    is_flag=True,
    help="In a table, show the line of the text in which each quote begins.",
)
@click.option(
    "--with-text",
    is_flag=True,
    help="In JSON lines of documents, add the text that the offsets refer to, as document_text.",
)
@columns_option
@bom_option
@min_confidence_option()
@acts_option()
@input_options
@output_option
@click.pass_context
def extract(
    context: click.Context,
    /,
    paths: tuple[str, ...],
    *,
    output_format: str | None,
    nested: bool,
    explain: bool,
    line_numbers: bool,
    with_text: bool,
    column_names: tuple[str, ...] | None,
    bom: bool,
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
    quotes extract articles.csv --column text=body --output quotes.xlsx
    quotes extract articles/ --format jsonl --flat --columns speaker,words,url
    quotes extract https://example.org/news/article.html
    cat article.txt | quotes extract - --format csv

    A document that cannot be read is reported on standard error, and the exit code is then 2; all
    others are printed. Below a table, standard error says how many quotes are not shown and which
    options show them; --quiet leaves that out.
    """
    if output:
        _refuse_overwriting(Path(output), [*paths, *([parsed] if parsed else [])])
    form = _form(
        context,
        file_format=_format(output, output_format),
        nested=nested,
        with_text=with_text,
        explain=explain,
        line_numbers=line_numbers,
        columns=column_names,
        bom=bom,
    )
    refuse_binary(form.file_format, output)
    items = read_documents(
        paths,
        parsed=parsed,
        columns=columns,
        day_first=day_first,
        source_format=source_format,
        metadata=metadata,
    )
    counts = ShownCounts(min_confidence=min_confidence, acts=acts)
    failed = 0
    with ExitStack() as stack:
        write = stack.enter_context(DocumentWriter(output, form))
        progress = stack.enter_context(Progress(loading=not parsed))
        from quotes.readers.languages import load_in_background

        load_in_background()
        from quotes.models import load_models_for_process  # seconds, which progress tells of
        from quotes.output.not_shown import NotShown, not_shown
        from quotes.pipeline import run, shown_by_default

        for result in run(
            items,
            models=lambda own: load_models_for_process(model, language=own),
            explain=explain,
        ):
            progress.pause()
            if isinstance(result, Failure):
                failed += 1
                report_failure(result)
            else:
                shown = shown_by_default(result.quotes, min_confidence, acts)
                hidden = NotShown(
                    tuple(not_shown(result.quotes, min_confidence, acts)), result.rejections
                )
                write(result.document, shown, hidden)
                counts.add(shown, (quote for quote, _ in hidden.quotes))
            progress.show(counts.documents, failed)
    if not counts.documents and not failed:
        raise no_articles(paths)
    if form.file_format == "table" and counts.documents:
        notify(counts.line())
    return EXIT_FAILED if failed else 0


def _format(output: str | None, wanted: str | None) -> str:
    """Return the format to write in: what is asked for, else that of the file, else a table."""
    return format_of(Path(output), wanted, formats=FORMATS) if output else wanted or "table"


def _form(
    context: click.Context, *, columns: tuple[str, ...] | None, file_format: str, **given: bool
) -> Form:
    """Return how to write.

    Raises:
        click.UsageError: An option was given that the format does not have, or an unknown column.
    """
    in_documents = file_format == "jsonl" and given["nested"]
    fits = {
        "nested": (file_format == "jsonl", "--nested and --flat need --format jsonl"),
        "with_text": (in_documents, "--with-text needs --format jsonl, and no --flat"),
        "explain": (file_format == "table", "--explain is for the table; other formats say it all"),
        "line_numbers": (
            file_format == "table",
            "--line-number is for the table; other formats have offsets",
        ),
        "bom": (file_format in DELIMITED, "--bom needs --format csv or tsv"),
        "column_names": (
            file_format != "table" and not in_documents,
            "--columns needs a format with rows, such as csv, or --format jsonl --flat",
        ),
    }
    for name, (does, message) in fits.items():
        if is_given(context, name) and not does:
            raise click.UsageError(message + ".")
    for name in columns or ():
        if name not in NAMES:
            raise click.UsageError(f"--columns {name}: there are {', '.join(NAMES)}.")
    return Form(file_format=file_format, columns=columns or (), **given)


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
