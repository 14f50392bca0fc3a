"""`quotes check`: who said this?"""

from __future__ import annotations

import json
import sys

import click

from quotes.cli.options import store_option
from quotes.cli.progress import notify


@click.command()
@click.argument("words", metavar="WORDS")
@store_option
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "jsonl")),
    default="table",
    show_default=True,
    help="How to print.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    metavar="N",
    help="At most N statements.",
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Leave out what is less sure.",
)
def check(words: str, *, store: str, form: str, limit: int, min_confidence: float) -> None:
    """Say who said WORDS: word for word, with words altered, or as a part; in which articles, and who printed it first.

    What stands in [brackets] counts as put in by an editor, an ellipsis as words left out. "Not found in this collection" says nothing
    about the world.

    \b
    quotes check "We will not close the library"
    quotes check "maintaining contacts with all parties" --format jsonl
    """
    from quotes.errors import InputError
    from quotes.output.terminal.statements import plain, rich
    from quotes.statements.as_json import answer_object
    from quotes.statements.check import check as look_up
    from quotes.store import open_store

    if not any(character.isalnum() for character in words):
        raise InputError(f"{words!r}: no words to look up")
    with open_store(store, on_message=notify) as opened:
        found = look_up(
            opened,
            words,
            min_confidence=min_confidence,
            limit=limit,
            told=lambda line: click.echo(line, err=True),
        )
    if form == "jsonl":
        click.echo(json.dumps(answer_object(found), ensure_ascii=False))
    elif sys.stdout.isatty():
        from rich.console import Console

        Console(highlight=False, emoji=False).print(rich(found))
    else:
        click.echo(plain(found), nl=False)
