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
from quotes.errors import InputError
from quotes.records import Act, Failure, Quote

if TYPE_CHECKING:
    from quotes.statements.changes import Change


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
    from quotes.statements.revisions import changes_of_revisions
    from quotes.statements.weights import vocabulary
    from quotes.store import open_store

    if len(versions) > 2:
        raise click.UsageError("Give one DOCUMENT of the store, or two files: OLD NEW.")
    if len(versions) == 2:
        names = list(versions)
        before, after = (
            shown_by_default(_extracted(path, model), min_confidence, acts) for path in versions
        )
        found = changes(before, after, words=vocabulary(Language.load(DEFAULT_LANGUAGE)))
    else:
        with open_store(store, on_message=notify) as opened:
            revised = changes_of_revisions(
                opened, versions[0], since=revision, min_confidence=min_confidence, acts=acts
            )
        names = [f"{versions[0]}: revision {revised.old}", f"revision {revised.new}"]
        found = revised.changes
    if output_format == "jsonl":
        for change in found:
            click.echo(json.dumps(_object(change), ensure_ascii=False))
        return
    click.echo(printable(" → ".join(names)))
    for line in change_lines(found):
        click.echo(line)


def _extracted(path: str, model: str) -> Sequence[Quote]:
    """Return the quotes of the article of a file or an address.

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
    return result.quotes


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
