"""`quotes export`: which rows of a store go where; `quotes.output.tables` does the writing."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from quotes.cli.common_options import is_given
from quotes.cli.completion import complete_document, complete_outlet, complete_speaker
from quotes.cli.options import (
    Columns,
    acts_option,
    bom_option,
    columns_option,
    limit_option,
    min_confidence_option,
    output_option,
    selection_options,
    store_option,
    unless_the_output_tells,
)
from quotes.cli.progress import notify
from quotes.cli.standard_output import refuse_binary, standard_output
from quotes.errors import InputError
from quotes.output.formats import DELIMITED, FORMATS, format_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.store import Selection, Store

TABLES = ("quotes", "documents", "speakers", "reviews", "failures")


@click.command()
@click.option(
    "--speaker",
    metavar="NAME",
    shell_complete=complete_speaker,
    help="Only quotes of this speaker (name or id).",
)
@selection_options
@click.option(
    "--kind",
    type=click.Choice(("person", "organization", "group", "unnamed", "document")),
    help="Only quotes of this kind of speaker.",
)
@click.option(
    "--outlet",
    metavar="NAME",
    shell_complete=complete_outlet,
    help="Only quotes from articles of this outlet: its name, in any case, or a part of it.",
)
@click.option(
    "--document",
    "documents",
    multiple=True,
    metavar="ID",
    shell_complete=complete_document,
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
    callback=unless_the_output_tells,
    help="File format.  [default: from the file name of --output, else csv]",
)
@click.option(
    "--nested/--flat",
    default=False,
    help="In JSON lines, write one object per document with its quotes, or one per quote.  "
    "[default: flat]",
)
@click.option(
    "--with-text",
    is_flag=True,
    help="With --nested, add the text that the offsets refer to, as document_text.",
)
@columns_option
@click.option(
    "--sort",
    type=Columns(),
    metavar="NAMES",
    help="Sort by these columns, with commas between them; a - before a name puts the largest "
    "first: --sort=-probability,speaker.  [default: by day]",
)
@limit_option("Write only the first N rows.")
@bom_option
@output_option
@store_option
@click.pass_context
def export(
    context: click.Context,
    /,
    *,
    table: str,
    file_format: str | None,
    output: str | None,
    store: str,
    speaker: str | None,
    nested: bool,
    with_text: bool,
    column_names: tuple[str, ...] | None,
    sort: tuple[str, ...] | None,
    limit: int | None,
    bom: bool,
    **conditions: Any,
) -> int:
    """Write quotes, or another table, for a spreadsheet or another program.

    One row per quote (in JSON-LD a schema.org Quotation if it is direct, else a Claim), with the
    sentences before and after it for context.

    \b
    quotes export --output quotes.xlsx
    quotes export --speaker "Maria Zakharova" --since 2023-10-01 --output zakharova.csv
    quotes export --type direct --format jsonl | head
    quotes export --columns speaker_name,words,outlet,url --sort=-probability --output sure.csv
    quotes export --output quotes.sqlite && datasette quotes.sqlite
    quotes export --output quotation.jsonld
    quotes export --table documents --output documents.parquet

    JSON-LD contains only what was said, or asked in direct speech, not what somebody denied, did
    not say, might say, thinks or wants.
    """
    from quotes.output import tables
    from quotes.output.numbers import count_of
    from quotes.store import open_store

    chosen = [name for name in ("speaker", *conditions) if is_given(context, name)]
    if table != "quotes" and chosen:
        raise click.UsageError(
            f"--table {table} is written whole: leave out the options that select quotes."
        )
    file_format = format_of(Path(output), file_format) if output else file_format or "csv"
    _refuse(output, store)
    refuse_binary(file_format, output)
    _require_fitting(context, file_format, table, nested=nested)
    layout = tables.Layout(columns=column_names or (), sort=sort or (), limit=limit, bom=bom)
    number = -1  # not written to the end, as when `head` closes standard output
    with open_store(store, on_message=notify) as opened, _target(output) as target:
        if table != "quotes":
            number = tables.export_table(
                opened, table, target, file_format=file_format, layout=layout
            )
        elif nested:
            wanted = _wanted(opened, speaker, conditions)
            number = tables.export_documents(opened, wanted, target, with_text=with_text)
        else:
            wanted = _wanted(opened, speaker, conditions)
            number = tables.export_quotes(
                opened, wanted, target, file_format=file_format, layout=layout
            )
    rows = count_of(number, "quote" if table == "quotes" else "row")
    if output or not number:
        of_table = "" if table == "quotes" else f" of {table}"
        notify(f"{output or 'standard output'}: {rows}{of_table}")
    return 0


def _wanted(store: Store, speaker: str | None, conditions: dict[str, Any]) -> Selection:
    """Return the selection that the options describe."""
    from quotes.store import Selection
    from quotes.store.known_names import find_outlet

    given = {
        name: value
        for name, value in conditions.items()
        if value is not None and value is not False and value != ()
    }
    if "outlet" in given:
        given["outlet"] = find_outlet(store, given["outlet"])
    if speaker:
        return store.selection_of(store.speaker(speaker), **given)
    return Selection(**given)


@contextmanager
def _target(output: str | None) -> Iterator[Path | BinaryIO]:
    """Give the file to write, or standard output."""
    if output:
        yield Path(output)
        return
    with standard_output() as stream:
        yield stream


def _refuse(output: str | None, store: str) -> None:
    """Raise InputError where writing would harm the store."""
    if output and Path(store).resolve() in Path(output).resolve().parents:
        raise InputError(f"--output {output}: is inside the store: choose another place")


def _require_fitting(context: click.Context, file_format: str, table: str, *, nested: bool) -> None:
    """Raise UsageError for an option that the format, or what is written, does not have."""
    fits = {
        "nested": (
            file_format == "jsonl" and table == "quotes",
            "--nested and --flat need --format jsonl, and quotes",
        ),
        "with_text": (nested, "--with-text needs --nested"),
        "bom": (file_format in DELIMITED, "--bom needs --format csv or tsv"),
        "column_names": (not nested, "--nested writes whole documents: leave out --columns"),
        "sort": (not nested, "--nested writes document by document: leave out --sort"),
        "limit": (not nested, "--nested writes all documents: leave out --limit"),
    }
    for name, (does, message) in fits.items():
        if is_given(context, name) and not does:
            raise click.UsageError(message + ".")
