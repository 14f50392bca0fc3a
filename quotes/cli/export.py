"""`quotes export`: which rows of a store go where; `quotes.output.tables` does the writing."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from quotes.cli.options import (
    acts_option,
    min_confidence_option,
    output_option,
    selection_options,
    store_option,
)
from quotes.cli.progress import notify
from quotes.cli.standard_output import standard_output
from quotes.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.store import Selection, Store

FORMATS = ("csv", "xlsx", "jsonl", "parquet", "jsonld")
TABLES = ("quotes", "documents", "speakers", "reviews", "failures")


@click.command()
@click.option("--speaker", metavar="NAME", help="Only quotes of this speaker (name or id).")
@selection_options
@click.option(
    "--kind",
    type=click.Choice(("person", "organization", "group", "unnamed", "document")),
    help="Only quotes of this kind of speaker.",
)
@click.option("--outlet", metavar="NAME", help="Only quotes from articles of this outlet.")
@click.option(
    "--document",
    "documents",
    multiple=True,
    metavar="ID",
    help="Only quotes from this document. May be repeated.",
)
@click.option(
    "--factuality",
    type=click.Choice(("said", "denied", "not_said", "hypothetical", "question")),
    help="Only quotes of this factuality.",
)
@min_confidence_option(None)
@acts_option(None)
@click.option(
    "--table",
    type=click.Choice(TABLES),
    default="quotes",
    show_default=True,
    help="The table to write; tables other than quotes are written whole.",
)
@click.option(
    "--format",
    "file_format",
    type=click.Choice(FORMATS),
    help="File format.  [default: from the file name of --output, else csv]",
)
@output_option
@store_option
def export(
    *,
    table: str,
    file_format: str | None,
    output: str | None,
    store: str,
    speaker: str | None,
    **conditions: Any,
) -> int:
    """Write quotes, or another table, for a spreadsheet or another program.

    One row per quote (in JSON-LD a schema.org Quotation), with the sentences before and after it
    for context.

    \b
    quotes export --output quotes.xlsx
    quotes export --speaker "Maria Zakharova" --since 2023-10-01 --output zakharova.csv
    quotes export --type direct --format jsonl | head
    quotes export --output quotation.jsonld
    quotes export --table documents --output documents.parquet

    JSON-LD contains only what was said or asked, not what somebody denied, did not say or might
    say.
    """
    from quotes.output import tables
    from quotes.store import open_store

    given = {
        name: value
        for name, value in conditions.items()
        if value is not None and value is not False and value != ()
    }
    if table != "quotes" and (given or speaker):
        raise click.UsageError(
            f"--table {table} is written whole: leave out the options that select quotes."
        )
    file_format = file_format or (tables.format_of(Path(output)) if output else "csv")
    _refuse(output, store, file_format)
    number = -1  # not written to the end, as when `head` closes standard output
    with open_store(store, on_message=notify) as opened, _target(output) as target:
        if table == "quotes":
            number = tables.export_quotes(
                opened, _wanted(opened, speaker, given), target, file_format=file_format
            )
        else:
            number = tables.export_table(opened, table, target, file_format=file_format)
    rows = "quotes" if table == "quotes" else f"rows of {table}"
    if output or not number:
        click.echo(f"quotes: {output or 'standard output'}: {number:,} {rows}", err=True)
    return 0


def _wanted(store: Store, speaker: str | None, conditions: dict[str, Any]) -> Selection:
    """Return the selection that the options describe."""
    from quotes.store import Selection

    if speaker:
        return store.selection_of(store.speaker(speaker), **conditions)
    return Selection(**conditions)


@contextmanager
def _target(output: str | None) -> Iterator[Path | BinaryIO]:
    """Give the file to write, or standard output."""
    if output:
        yield Path(output)
        return
    with standard_output() as stream:
        yield stream


def _refuse(output: str | None, store: str, file_format: str) -> None:
    """Raise InputError where writing would harm the store or fill a terminal with bytes."""
    if output and Path(store).resolve() in Path(output).resolve().parents:
        raise InputError(f"--output {output}: is inside the store: choose another place")
    if not output and file_format in ("xlsx", "parquet") and sys.stdout.isatty():
        raise InputError(f"--format {file_format}: is not text: name a file with --output")
