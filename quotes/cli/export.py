"""The command `quotes export`: which rows go where. How they are written stands in `quotes.output.tables`."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from quotes.cli.options import Day, store_option
from quotes.cli.progress import notify
from quotes.cli.standard_output import standard_output
from quotes.defaults import MIN_CONFIDENCE
from quotes.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.store import Selection, Store

FORMATS = ("csv", "xlsx", "jsonl", "parquet", "jsonld")
TABLES = ("quotes", "documents", "speakers", "reviews", "failures")


@click.command()
@click.option("--speaker", metavar="NAME", help="Only quotes of this speaker: a name or an id.")
@click.option(
    "--since",
    type=Day(),
    help="Only what was said, or else published, on this day (YYYY-MM-DD) or later.",
)
@click.option(
    "--until", type=Day(), help="Only what was said, or else published, on this day or earlier."
)
@click.option(
    "--about", metavar="WORDS", help="Only quotes with all of these words, or words that begin so."
)
@click.option("--role", metavar="WORDS", help="Only what was said in a role with these words.")
@click.option(
    "--type", type=click.Choice(("direct", "indirect", "mixed")), help="Only quotes of this type."
)
@click.option(
    "--kind",
    type=click.Choice(("person", "organization", "group", "unnamed", "document")),
    help="Only quotes of this kind of speaker.",
)
@click.option("--outlet", metavar="NAME", help="Only from articles of this outlet.")
@click.option(
    "--document",
    "documents",
    multiple=True,
    metavar="ID",
    help="Only from this document. May be repeated.",
)
@click.option(
    "--factuality",
    type=click.Choice(("said", "denied", "not_said", "hypothetical", "question")),
    help="Only what was said, denied, not said, ...",
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    help=f"Leave out what is less sure.  [default: {MIN_CONFIDENCE}]",
)
@click.option("--copies", is_flag=True, help="Near copies of an article, such as wire copy, too.")
@click.option(
    "--table",
    type=click.Choice(TABLES),
    default="quotes",
    show_default=True,
    help="Another table, as a whole.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="How to write.  [default: from the ending of --output, else csv]",
)
@click.option(
    "--output", type=click.Path(), metavar="FILE", help="Write to FILE instead of standard output."
)
@store_option
def export(
    *,
    table: str,
    form: str | None,
    output: str | None,
    store: str,
    speaker: str | None,
    **conditions: Any,
) -> int:
    """Write quotes, or another table, for a spreadsheet or another program.

    A quote is a row (in JSON-LD a schema.org Quotation) with the sentences before and after it, so that it can be read on its own.

    \b
    quotes export --output quotes.xlsx
    quotes export --speaker "Maria Zakharova" --since 2023-10-01 --output zakharova.csv
    quotes export --type direct --format jsonl | head
    quotes export --output quotation.jsonld
    quotes export --table documents --output documents.parquet

    JSON-LD holds only what was said or asked: what somebody denied, did not say or would say is no quotation of theirs.
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
            f"--table {table} is written as a whole: leave out the options that choose quotes."
        )
    form = form or (tables.form_of(Path(output)) if output else "csv")
    _refuse(output, store, form)
    number = -1  # nobody wants the rest to be counted
    with open_store(store, on_message=notify) as opened, _target(output) as target:
        if table == "quotes":
            number = tables.export(opened, _wanted(opened, speaker, given), target, form=form)
        else:
            number = tables.export_table(opened, table, target, form=form)
    rows = "quotes" if table == "quotes" else f"rows of {table}"
    if output or not number:
        click.echo(f"quotes: {output or 'standard output'}: {number:,} {rows}", err=True)
    return 0


def _wanted(store: Store, speaker: str | None, given: dict[str, Any]) -> Selection:
    from quotes.store import Selection

    return store.selection_of(store.speaker(speaker), **given) if speaker else Selection(**given)


@contextmanager
def _target(output: str | None) -> Iterator[Path | BinaryIO]:
    if output:
        yield Path(output)
        return
    with standard_output() as stream:
        yield stream


def _refuse(output: str | None, store: str, form: str) -> None:
    """Raises InputError where writing would harm the store or a terminal."""
    if output and Path(store).resolve() in Path(output).resolve().parents:
        raise InputError(f"--output {output}: lies in the store: write to another place")
    if not output and form in ("xlsx", "parquet") and sys.stdout.isatty():
        raise InputError(
            f"--format {form}: not text, and no terminal can show it: name a file with --output"
        )
