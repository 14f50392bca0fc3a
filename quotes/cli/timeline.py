"""`quotes timeline`: what a speaker said over time, as text, rows or a chart.

The rows come from `quotes.timeline`, the text and the charts from `quotes.output`.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.cli.completion import complete_speaker
from quotes.cli.options import (
    acts_option,
    format_option,
    limit_option,
    min_confidence_option,
    selection_options,
    store_option,
)
from quotes.cli.progress import notify
from quotes.cli.standard_output import paged_console, standard_output
from quotes.errors import InputError
from quotes.output.numbers import count_of
from quotes.records import Act

if TYPE_CHECKING:
    from quotes.timeline import Timeline

MAX_TABLE_QUOTES = 100  # in a table, where --limit is not given


@click.command()
@click.argument("name", shell_complete=complete_speaker)
@selection_options
@min_confidence_option()
@acts_option()
@limit_option("Show at most N quotes, the earliest.  [default: 100 in a table, else all]")
@click.option(
    "--latest", is_flag=True, help="With a limit, show the latest quotes, not the earliest."
)
@format_option()
@click.option(
    "--chart",
    type=click.Path(),
    metavar="FILE",
    help="Also draw a chart: .html (interactive), .svg or .png.",
)
@store_option
def timeline(
    name: str,
    *,
    since: date | None,
    until: date | None,
    about: str | None,
    role: str | None,
    type: str | None,
    min_confidence: float,
    acts: tuple[Act, ...],
    copies: bool,
    limit: int | None,
    latest: bool,
    output_format: str,
    chart: str | None,
    store: str,
) -> int:
    """Show what a speaker said, when and in which role.

    NAME is a speaker's name or id. Where no speaker or more than one has this name, similar names
    are listed and the exit code is 2.

    \b
    quotes timeline "Maria Zakharova"
    quotes timeline Zakharova --since 2023-10-01 --about "hostages talks" --type direct
    quotes timeline Peskov --latest --limit 20
    quotes timeline Peskov --chart peskov.html
    quotes timeline Peskov --format csv > peskov.csv
    """
    from quotes import timeline as timelines
    from quotes.store import open_store

    if chart:
        _refuse(Path(chart), store)
    as_table = output_format == "table"
    most = limit or (MAX_TABLE_QUOTES if as_table else None)
    with open_store(store, on_message=notify) as opened:
        found = timelines.timeline(
            opened,
            name,
            since=since,
            until=until,
            about=about,
            role=role,
            type=type,
            min_confidence=min_confidence,
            acts=acts,
            copies=copies,
            limit=None if latest else most if not chart else limit,
        )
        if latest and limit:
            found = found.last(limit)
        if found.total:
            cut = found.last if latest else found.first
            _print(cut(most) if most else found, output_format)
        else:
            click.echo(f"quotes: {found.speaker.name}: no quotes match", err=not as_table)
        if chart:
            from quotes.output.charts import write_timeline

            write_timeline(Path(chart), found)
            notify(f"{chart}: chart of {count_of(len(found.said), 'quote')}")
    return 0


def _refuse(output: Path, store: str) -> None:
    """Raise InputError where the chart cannot be drawn, before any work."""
    from quotes.output.charts import FORMATS

    if output.suffix.lower() not in FORMATS:
        raise InputError(
            f"--chart {output}: unknown kind of chart: end the name in {', '.join(FORMATS)}"
        )
    if Path(store).resolve() in output.resolve().parents:
        raise InputError(f"--chart {output}: is inside the store: choose another place")
    if not output.resolve().parent.is_dir():
        raise InputError(f"--chart {output}: cannot be written: there is no folder {output.parent}")


def _print(found: Timeline, output_format: str) -> None:
    """Print a timeline on standard output, and on standard error how much is left out."""
    if output_format != "table":
        from quotes.output.tables import write_rows

        with standard_output() as stream:
            write_rows(found.found.to_reader(), stream, output_format)
        return
    if sys.stdout.isatty():
        from quotes.output.terminal.timeline import renderable

        with paged_console() as console:
            console.print(renderable(found, width=console.width))
    else:
        from quotes.output.terminal.timeline import plain_text

        with standard_output() as stream:
            for block in plain_text(found):
                stream.write(block.encode())
    if len(found.said) < found.total:
        more = count_of(found.total - len(found.said), "more quote")
        click.echo(f"quotes: {more}: --limit {found.total} shows all", err=True)
