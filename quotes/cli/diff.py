"""`quotes diff`: what changed in the quotes of an article between two versions of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from quotes.cli.options import (
    acts_option,
    format_option,
    min_confidence_option,
    model_option,
    store_option,
)
from quotes.cli.progress import notify
from quotes.errors import InputError, StoreError
from quotes.records import Act, Document, Failure, Quote

if TYPE_CHECKING:
    from quotes.statements.changes import Change

Version = tuple[Document, Sequence[Quote]]


@click.command()
@click.argument("versions", nargs=-1, required=True, metavar="DOCUMENT | OLD NEW")
@click.option(
    "--revision",
    type=click.IntRange(min=1),
    metavar="N",
    help="Compare revision N of DOCUMENT with the newest.  [default: the one before the newest]",
)
@format_option(
    ("table", "jsonl"),
    help="Output format: text to read, or JSON lines (an object for each change).",
)
@min_confidence_option()
@acts_option()
@model_option
@store_option
def diff(
    versions: tuple[str, ...],
    *,
    revision: int | None,
    output_format: str,
    min_confidence: float,
    acts: tuple[Act, ...],
    model: str,
    store: str,
) -> None:
    """Show what changed in the quotes of an article: added, dropped, altered, another speaker.

    DOCUMENT is the id of an article in the store, whose revisions are compared; OLD and NEW are two
    files or addresses, which are read and not stored.

    \b
    quotes diff 002_1922ce6d63d1e91d
    quotes diff https://example.org/article --revision 1
    quotes diff monday.html tuesday.html
    """
    from quotes.defaults import DEFAULT_LANGUAGE
    from quotes.language import Language
    from quotes.output.terminal.changes import change_lines
    from quotes.output.terminal.safe_text import printable
    from quotes.pipeline import shown_by_default
    from quotes.statements.changes import changes
    from quotes.statements.weights import vocabulary

    if len(versions) > 2:
        raise click.UsageError("Give one DOCUMENT of the store, or two files: OLD NEW.")
    if len(versions) == 2:
        names = list(versions)
        (_, before), (_, after) = (_extracted(path, model) for path in versions)
    else:
        numbers, (before, after) = _revisions(versions[0], revision, store)
        names = [f"{versions[0]}: revision {numbers[0]}", f"revision {numbers[1]}"]
    before, after = (shown_by_default(each, min_confidence, acts) for each in (before, after))
    found = changes(before, after, words=vocabulary(Language.load(DEFAULT_LANGUAGE)))
    if output_format == "jsonl":
        for change in found:
            click.echo(json.dumps(_object(change), ensure_ascii=False))
        return
    click.echo(printable(" → ".join(names)))
    for line in change_lines(found):
        click.echo(line)


def _revisions(
    name: str, revision: int | None, store: str
) -> tuple[tuple[int, int], tuple[Sequence[Quote], Sequence[Quote]]]:
    """Return two revisions of an article by number, and their quotes.

    Raises:
        StoreError: There is no such article, or no such earlier revision.
    """
    from quotes.store import open_store
    from quotes.store.article_queries import quotes_of_revision

    with open_store(store, on_message=notify) as opened:
        newest = opened.revision(name)
        if not newest:
            raise StoreError(f"{store}: no document {name!r}: `quotes documents` lists all")
        old = revision or newest - 1
        if not 1 <= old < newest:
            raise StoreError(
                f"{store}: {name!r} has {newest} revision{'s' if newest > 1 else ''}: "
                "there is no earlier one to compare with"
            )
        return (old, newest), (quotes_of_revision(opened, name, old), opened.quotes_of(name))


def _extracted(path: str, model: str) -> Version:
    """Return the article of a file or an address, with its quotes.

    Raises:
        InputError: It cannot be read, or holds more than one article.
    """
    from quotes.models import load_models_for_process
    from quotes.pipeline import run
    from quotes.readers import read

    items = list(read([path]))
    if len(items) != 1:
        raise InputError(f"{path}: has {len(items)} articles: give files of one article each")
    (result,) = run(items, models=lambda own: load_models_for_process(model, language=own))
    if isinstance(result, Failure):
        raise InputError(result.message)
    return result.document, result.quotes


def _object(change: Change) -> dict[str, object]:
    """Return a change as JSON."""
    return {
        "change": change.kind,
        **{
            name: quote
            and {
                "id": quote.id,
                "speaker": quote.speaker,
                "words": quote.words,
                "type": quote.type,
                "factuality": quote.factuality,
            }
            for name, quote in (("before", change.before), ("after", change.after))
        },
        "difference": [
            {"op": piece.op, "old": piece.asked, "new": piece.printed}
            for piece in (change.comparison.pieces if change.comparison else ())
        ],
    }
