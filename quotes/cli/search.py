"""`quotes search`: quotes that contain words, such as what somebody said about something."""

from __future__ import annotations

from datetime import date

import click

from quotes.cli.options import (
    EXIT_NOT_FOUND,
    acts_option,
    format_option,
    limit_option,
    min_confidence_option,
    selection_options,
    store_option,
)
from quotes.cli.progress import notify
from quotes.cli.standard_output import standard_output
from quotes.output.numbers import count_of
from quotes.records import Act

MAX_LISTED = 50  # in a list to read, where --limit is not given


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@click.option("--speaker", metavar="NAME", help="Only quotes of this speaker.")
@selection_options
@min_confidence_option()
@acts_option()
@limit_option("Show at most N quotes.  [default: 50 in a table, else all]")
@format_option()
@store_option
def search(
    words: tuple[str, ...],
    *,
    speaker: str | None,
    since: date | None,
    until: date | None,
    about: str | None,
    role: str | None,
    type: str | None,
    min_confidence: float,
    acts: tuple[Act, ...],
    copies: bool,
    limit: int | None,
    output_format: str,
    store: str,
) -> int:
    """Show the quotes that contain all WORDS, or words that begin with them, by day.

    The exit code is 1 where there are none.

    \b
    quotes search hostages talks
    quotes search ceasefire --speaker Zakharova --since 2023-10-01
    quotes search library --format csv > library.csv
    """
    from quotes.output.tables import write_rows
    from quotes.output.terminal.quote_list import quote_lines
    from quotes.store import Selection, open_store

    with open_store(store, on_message=notify) as opened:
        conditions = {
            "since": since,
            "until": until,
            "about": " ".join((*words, *([about] if about else ()))),
            "role": role,
            "type": type,
            "min_confidence": min_confidence,
            "acts": acts,
            "copies": copies,
        }
        wanted = (
            opened.selection_of(opened.speaker(speaker), **conditions)
            if speaker
            else Selection(**conditions)  # type: ignore[arg-type]
        )
        total = opened.count(wanted)
        most = limit or (MAX_LISTED if output_format == "table" else None)
        found = opened.find_quotes(wanted, limit=most)
    with standard_output() as stream:
        if output_format != "table":
            write_rows(found.to_reader(), stream, output_format)
        else:
            for row in found.to_pylist():
                stream.write(("\n".join(quote_lines(row)) + "\n\n").encode("utf-8", "replace"))
    shown = f"{found.num_rows:,} of " if found.num_rows < total else ""
    click.echo(f"quotes: {shown}{count_of(total, 'quote')} with {' '.join(words)!r}", err=True)
    return 0 if total else EXIT_NOT_FOUND
