"""`quotes show`: an article with its quotes, or one quote with all that is known of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from quotes.cli.options import acts_option, min_confidence_option, store_option
from quotes.cli.progress import notify
from quotes.errors import StoreError
from quotes.records import Act

if TYPE_CHECKING:
    from quotes.store import Store

QUOTE_ID = re.compile("[0-9a-f]{16}")


@click.command()
@click.argument("id", metavar="ID")
@min_confidence_option()
@acts_option()
@click.option("--text", is_flag=True, help="Of an article, print the text, too.")
@store_option
def show(id: str, *, min_confidence: float, acts: tuple[Act, ...], text: bool, store: str) -> None:
    """Show an article with its quotes, or one quote with why it was found and its context.

    ID is that of an article, as `quotes documents` lists them, or of a quote, as `quotes search`
    and `quotes check --format csv` print it.

    \b
    quotes show 002_1922ce6d63d1e91d
    quotes show 3f2a90cc71b04d1e
    """
    from quotes.store import open_store

    with open_store(store, on_message=notify) as opened:
        if QUOTE_ID.fullmatch(id) and _show_quote(opened, id):
            return
        _show_document(opened, id, min_confidence, acts, text)


def _show_quote(store: Store, name: str) -> bool:
    """Print a quote with its context; False where there is none of this id."""
    from dataclasses import replace

    from quotes.output.terminal.quotes import plain_text
    from quotes.output.terminal.safe_text import printable
    from quotes.store import EVERYTHING

    rows = store.find_quotes(replace(EVERYTHING, ids=[name])).to_pylist()
    if not rows:
        return False
    document = store.document(rows[0]["document"])
    quote = next(each for each in store.quotes_of(document.id) if each.id == name)
    click.echo(plain_text(document, [quote], explain=True), nl=False)
    for label in ("before", "after"):
        if rows[0][label]:
            click.echo(f"      {label:<9}{printable(rows[0][label])}")
    click.echo(f"      {'article':<9}{printable(document.id)}")
    if document.source and document.source != document.id:
        click.echo(f"      {'from':<9}{printable(document.source)}")
    if rows[0]["review"]:
        click.echo(f"      {'review':<9}{rows[0]['review']} by {printable(rows[0]['reviewed_by'])}")
    return True


def _show_document(
    store: Store, name: str, min_confidence: float, acts: tuple[Act, ...], with_text: bool
) -> None:
    """Print an article with its quotes, and how many are not shown."""
    from quotes.output.numbers import count_of
    from quotes.output.terminal.quotes import plain_text
    from quotes.pipeline import shown_by_default
    from quotes.store.article_queries import nearest_documents

    if not store.revision(name):
        near = nearest_documents(store, name)
        listed = f": did you mean {', '.join(near)}?" if near else ": `quotes documents` lists all"
        raise StoreError(f"{store.path}: no article or quote {name!r}{listed}")
    document = store.document(name)
    quotes = store.quotes_of(name)
    shown = shown_by_default(quotes, min_confidence, acts)
    click.echo(plain_text(document, shown), nl=False)
    if with_text:
        from quotes.output.terminal.safe_text import replace_unprintable

        click.echo("\n" + replace_unprintable(document.text))
    hidden = len(quotes) - len(shown)
    if hidden:
        more = count_of(hidden, "quote")
        click.echo(
            f"quotes: {more} not shown, less sure or no statement: "
            "--min-confidence 0 --acts all shows all",
            err=True,
        )
