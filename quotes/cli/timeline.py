"""The command `quotes timeline`: what goes in and out. What is shown is made in `quotes.timeline` and `quotes.output.charts`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.cli.options import Day, confidence_option, store_option
from quotes.cli.progress import notify
from quotes.cli.standard_output import standard_output
from quotes.errors import InputError

if TYPE_CHECKING:
    from quotes.timeline import Timeline

TABLE_LIMIT = 100  # quotes of a table where nobody says how many


@click.command()
@click.argument("name")
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
    "--type",
    "type_",
    type=click.Choice(("direct", "indirect", "mixed")),
    help="Only quotes of this type.",
)
@confidence_option
@click.option(
    "--copies",
    is_flag=True,
    help="Count near copies of an article, such as wire copy, each by itself.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help="At most N quotes, the earliest.  [default: 100 in a table, else all]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "csv", "jsonl")),
    default="table",
    show_default=True,
    help="How to print the quotes.",
)
@click.option(
    "--chart",
    type=click.Path(),
    metavar="FILE",
    help="Draw a chart, too: .html (to explore), .svg or .png.",
)
@store_option
def timeline(
    name: str,
    *,
    since: date | None,
    until: date | None,
    about: str | None,
    role: str | None,
    type_: str | None,
    min_confidence: float,
    copies: bool,
    limit: int | None,
    form: str,
    chart: str | None,
    store: str,
) -> int:
    """Say what a speaker said, when and in which role.

    NAME is a name or an id of a speaker. A name that nobody has, or that fits several, ends with code 2 and the names that are there.

    \b
    quotes timeline "Maria Zakharova"
    quotes timeline Zakharova --since 2023-10-01 --about "hostages talks" --type direct
    quotes timeline Peskov --chart peskov.html
    quotes timeline Peskov --format csv > peskov.csv
    """
    from quotes import timeline as timelines
    from quotes.store import open_store

    if chart:
        _check(Path(chart), store)
    with open_store(store, on_message=notify) as opened:
        most = limit or (TABLE_LIMIT if form == "table" and not chart else None)
        found = timelines.timeline(
            opened,
            name,
            since=since,
            until=until,
            about=about,
            role=role,
            type=type_,
            min_confidence=min_confidence,
            copies=copies,
            limit=most,
        )
        if not found.total:
            click.echo(
                f"quotes: {found.speaker.name}: no quotes in this selection", err=form != "table"
            )
        else:
            _print(found.first(TABLE_LIMIT) if form == "table" and not limit else found, form)
        if chart:
            from quotes.output.charts import write_timeline

            write_timeline(Path(chart), found)
            click.echo(f"quotes: {chart}: chart of {len(found.said):,} quotes", err=True)
    return 0


def _check(output: Path, store: str) -> None:
    """Raises InputError where the chart cannot be drawn, before any work."""
    from quotes.output.charts import FORMATS

    if output.suffix.lower() not in FORMATS:
        raise InputError(
            f"--chart {output}: no kind of chart: end the name in {', '.join(FORMATS)}"
        )
    if Path(store).resolve() in output.resolve().parents:
        raise InputError(f"--chart {output}: lies in the store: write to another place")
    if not output.resolve().parent.is_dir():
        raise InputError(f"--chart {output}: cannot be written: there is no folder {output.parent}")


def _print(found: Timeline, form: str) -> None:
    if form != "table":
        from quotes.output.tables import write

        with standard_output() as stream:
            write(found.found.to_reader(), stream, form)
    elif sys.stdout.isatty():
        from rich.console import Console

        from quotes.output.terminal.timeline import table

        console = Console(highlight=False, emoji=False)
        console.print(table(found, width=console.width))
    else:
        from quotes.output.terminal.timeline import plain

        with standard_output() as stream:
            for block in plain(found):
                stream.write(block.encode())
    if form == "table" and len(found.said) < found.total:
        click.echo(
            f"quotes: {found.total - len(found.said):,} quotes more: --limit {found.total} shows all",
            err=True,
        )
