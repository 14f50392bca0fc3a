"""`quotes check`: find who said given words, and how every outlet printed them."""

from __future__ import annotations

import json
import sys

import click

from quotes.cli.options import acts_option, min_confidence_option, store_option
from quotes.cli.progress import notify
from quotes.records import Act


@click.command()
@click.argument("words", metavar="WORDS")
@store_option
@click.option(
    "--format",
    "output_format",
    type=click.Choice(("table", "jsonl")),
    default="table",
    show_default=True,
    help="Output format.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    metavar="N",
    help="Show at most N statements.",
)
@min_confidence_option(0.0)
@acts_option()
def check(
    words: str,
    *,
    store: str,
    output_format: str,
    limit: int,
    min_confidence: float,
    acts: tuple[Act, ...],
) -> None:
    """Find who said WORDS, in which articles, and who printed them first.

    A match is verbatim, altered or partial. Words in [brackets] count as put in by an editor, an
    ellipsis as words left out. "Not found in this collection" does not mean that nobody said it.

    \b
    quotes check "We will not close the library"
    quotes check "maintaining contacts with all parties" --format jsonl
    """
    from quotes.errors import InputError
    from quotes.output.terminal.statements import plain_text, renderable
    from quotes.statements.as_json import answer_object
    from quotes.statements.check import check as look_up
    from quotes.store import open_store

    if not any(character.isalnum() for character in words):
        raise InputError(f"{words!r}: contains no words to look up")
    with open_store(store, on_message=notify) as opened:
        found = look_up(
            opened,
            words,
            min_confidence=min_confidence,
            acts=acts,
            limit=limit,
            on_progress=lambda line: click.echo(line, err=True),
        )
    if output_format == "jsonl":
        click.echo(json.dumps(answer_object(found), ensure_ascii=False))
    elif sys.stdout.isatty():
        from rich.console import Console

        Console(highlight=False, emoji=False).print(renderable(found))
    else:
        click.echo(plain_text(found), nl=False)
