"""`quotes documents`: list the articles of a store with their numbers of quotes."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from quotes.cli.options import Day, format_option, limit_option, store_option
from quotes.cli.progress import notify
from quotes.output.numbers import count_of

COLUMNS = (
    "id",
    "title",
    "outlet",
    "published",
    "quotes",
    "speakers",
    "revisions",
    "copy_of",
    "source",
)
MAX_LISTED = 100  # in a list to read, where --limit is not given


@click.command()
@click.option(
    "--outlet", metavar="NAME", help="Only articles of this outlet, or a part of its name."
)
@click.option("--since", type=Day(), help="Only articles published on or after this day.")
@click.option("--until", type=Day(), help="Only articles published on or before this day.")
@format_option()
@limit_option("Show at most N articles, the newest.  [default: 100 in a table, else all]")
@store_option
def documents(
    *,
    outlet: str | None,
    since: date | None,
    until: date | None,
    output_format: str,
    limit: int | None,
    store: str,
) -> None:
    """List the articles of a store, the newest first, with their numbers of quotes.

    Quotes are counted that are shown by default. `quotes show ID` shows an article with its quotes.

    \b
    quotes documents
    quotes documents --outlet Lantern --since 2024-03-01
    quotes documents --format csv > articles.csv
    """
    from quotes.store import open_store
    from quotes.store.article_queries import list_documents

    with open_store(store, on_message=notify) as opened:
        rows = list_documents(opened, outlet=outlet, since=since, until=until)
    shown = rows[: limit or (MAX_LISTED if output_format == "table" else None)]
    if output_format == "table":
        _print_list(shown, len(rows))
    else:
        from quotes.output.tables.csv_and_jsonl import rows_text

        values = ([row[name] for name in COLUMNS] for row in shown)
        click.echo(rows_text(COLUMNS, values, output_format), nl=False)


def _print_list(rows: list[dict[str, Any]], total: int) -> None:
    """Print articles as lines of text: id, title, outlet, day, numbers."""
    from quotes.output.dates import date_text
    from quotes.output.terminal.safe_text import printable

    for row in rows:
        revisions = f"{row['revisions']} revisions" if row["revisions"] > 1 else None
        copied = f"copy of {row['copy_of']}" if row["copy_of"] else None
        parts = (
            row["id"],
            row["title"],
            row["outlet"],
            date_text(row["published"]) if row["published"] else None,
            count_of(row["quotes"], "quote"),
            revisions,
            copied,
        )
        click.echo(printable(" · ".join(part for part in parts if part)))
    quotes = sum(row["quotes"] for row in rows)
    more = f" of {total:,}" if total > len(rows) else ""
    click.echo(f"quotes: {len(rows):,}{more} articles, {count_of(quotes, 'quote')}", err=True)
