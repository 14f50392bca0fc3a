"""`quotes speakers`: the speakers of a store, and reviews of which names are one speaker."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from quotes.cli.completion import complete_document, complete_speaker
from quotes.cli.options import format_option, limit_option, store_option
from quotes.cli.progress import notify
from quotes.cli.speaker_details import (
    COLUMNS,
    days_of,
    detail_lines,
    detail_object,
    listed_values,
    quoted_text,
    speaker_details,
)
from quotes.cli.standard_output import paged_console
from quotes.errors import StoreError
from quotes.output.numbers import count_of

if TYPE_CHECKING:
    from quotes.records import Review
    from quotes.store import Store
    from quotes.store.speakers import Listed

KINDS = ("person", "organization")
MAX_HINTED = 100  # speakers of a list, the most quoted, that are compared with others
MAX_COMPARED = 500  # speakers, the most quoted, that they are compared with
MAX_PAIRS_NAMED = 3
MAX_ON_TERMINAL = 30  # speakers in a table on a terminal, where --limit is not given


class NameOrCommand(click.Group):
    """A group of commands in which any other word is the name of a speaker to show."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Return the command that the first word names, else `show`."""
        return super().resolve_command(ctx, args if args[0] in self.commands else ["show", *args])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands and the speakers that a word may go on as."""
        names = [] if incomplete.startswith("-") else complete_speaker(ctx, None, incomplete)
        return [*super().shell_complete(ctx, incomplete), *names]


by_option = click.option(
    "--by",
    metavar="NAME",
    envvar="QUOTES_REVIEWER",
    help="Name of the reviewer.  [env: QUOTES_REVIEWER]  [default: the user of this machine]",
)
why_option = click.option(
    "--why", default="", metavar="WORDS", help="The reason, stored with the review."
)


@click.group(cls=NameOrCommand, invoke_without_command=True)
@store_option
@click.option("--kind", type=click.Choice(KINDS), help="Only persons, or only organizations.")
@format_option()
@limit_option("Show only the first N.  [default: 30 on a terminal, else all]")
@click.option(
    "--min-quotes",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="N",
    help="Only speakers with at least N quotes.",
)
@click.option("--named", is_flag=True, help="Also persons who are named and not quoted.")
@click.pass_context
def speakers(
    ctx: click.Context,
    *,
    store: str,
    kind: str | None,
    output_format: str,
    limit: int | None,
    min_quotes: int,
    named: bool,
) -> None:
    """List who is quoted, the most quoted first, or show one speaker in detail.

    Any word that is not one of the commands below is the NAME of a speaker to show: its other
    names and why they are taken for the same speaker, its roles over time, and speakers that may
    be the same.

    \b
    quotes speakers
    quotes speakers "Dmitry Peskov"
    quotes speakers "Dmitry Peskov" --format jsonl
    quotes speakers merge "Marzook" "Mousa Abu Marzook"
    quotes speakers split "John Smith" --document 2024/report
    quotes speakers undo 3f2a90cc71b04d1e
    quotes speakers pairs
    """
    ctx.obj = store
    if ctx.invoked_subcommand is not None:
        return
    from quotes.store import open_store
    from quotes.store.speakers import list_speakers

    with open_store(store, on_message=notify) as opened:
        found = tuple(
            row
            for row in list_speakers(opened, kind=kind)
            if row.quotes >= min_quotes or (named and not row.quotes)
        )
        hint = _pairs_hint(opened, found) if output_format == "table" else ""
    most = limit or (MAX_ON_TERMINAL if output_format == "table" and sys.stdout.isatty() else None)
    if most and not limit and len(found) > most:
        notify(f"{most} of {len(found):,} speakers: --limit {len(found)} shows all")
    found = found[:most]
    if output_format == "table":
        _print_table(found)
    else:
        from quotes.output.tables.csv_and_jsonl import rows_text

        click.echo(rows_text(COLUMNS, map(listed_values, found), output_format), nl=False)
    if hint:
        notify(hint)


@speakers.command(hidden=True)
@click.argument("name", shell_complete=complete_speaker)
@format_option(("table", "jsonl"), default=None)
@click.pass_context
def show(ctx: click.Context, *, name: str, output_format: str | None) -> None:
    """Show one speaker in detail."""
    from quotes.store import open_store

    above = ctx.parent.params["output_format"] if ctx.parent else "table"
    wanted = output_format or above
    if wanted == "csv":
        raise click.UsageError("--format csv is for the list: one speaker is text or jsonl.")
    with open_store(ctx.obj, on_message=notify) as opened:
        about = speaker_details(opened, opened.speaker(name))
    if wanted == "jsonl":
        click.echo(json.dumps(detail_object(about), ensure_ascii=False))
        return
    for line in detail_lines(about):
        click.echo(line)


@speakers.command()
@click.argument(
    "names", nargs=-1, required=True, metavar="NAME NAME...", shell_complete=complete_speaker
)
@by_option
@why_option
@click.pass_obj
def merge(store: str, *, names: tuple[str, ...], by: str | None, why: str) -> None:
    """Merge names into one speaker, which is then called by the first NAME.

    \b
    quotes speakers merge "Mousa Abu Marzook" "Marzook" --why "same post, same day"
    """
    from quotes.records import ReviewRequest
    from quotes.store import open_store

    with open_store(store, on_message=notify) as opened:
        merged = [opened.speaker(name, printed=True) for name in names]
        known = [speaker.name for speaker in merged]
        counts = opened.quotes_by_speaker()
        click.echo(
            "merging "
            + " + ".join(
                f"{s.name} ({s.kind or 'kind unknown'}, {count_of(counts.get(s.id, 0), 'quote')})"
                for s in merged
            ),
            err=True,
        )
        if {"person", "organization"} <= {s.kind for s in merged}:
            notify("a person and an organization become one speaker: `undo` separates them again")
        _report(
            opened.review(ReviewRequest(action="merge", names=known, by=_reviewer(by), why=why))
        )


@speakers.command()
@click.argument(
    "names", nargs=-1, required=True, metavar="NAME...", shell_complete=complete_speaker
)
@click.option(
    "--document",
    "documents",
    multiple=True,
    metavar="ID",
    shell_complete=complete_document,
    help="Split only in this document. May be repeated.",
)
@by_option
@why_option
@click.pass_obj
def split(
    store: str, *, names: tuple[str, ...], documents: tuple[str, ...], by: str | None, why: str
) -> None:
    """Make names speakers of their own, in all articles or in some.

    \b
    quotes speakers split "Abu Marzook"
    quotes speakers split "John Smith" --document 2024/report --document 2024/follow-up
    """
    from quotes.records import ReviewRequest
    from quotes.store import open_store

    with open_store(store, on_message=notify) as opened:
        for document in documents:
            if not opened.revision(document):
                raise StoreError(f"{store}: no document {document!r}: `quotes documents` lists all")
        _report(
            opened.review(
                ReviewRequest(
                    action="split", names=names, documents=documents, by=_reviewer(by), why=why
                )
            )
        )


@speakers.command()
@limit_option(f"Compare the N most quoted speakers.  [default: {MAX_COMPARED}]")
@click.pass_obj
def pairs(store: str, *, limit: int | None) -> None:
    """List pairs of quoted speakers that may be one, with the reason and the command to merge them.

    
    quotes speakers pairs
    quotes speakers pairs --limit 2000
    """
    from quotes.identity import likely_pairs
    from quotes.output.terminal.safe_text import printable
    from quotes.store import open_store
    from quotes.store.speakers import list_speakers

    with open_store(store, on_message=notify) as opened:
        quoted = [row for row in list_speakers(opened) if row.quotes]
        compared = quoted[: limit or MAX_COMPARED]
        known = {speaker.id: speaker for speaker in opened.speakers()}
        among = [known[row.id] for row in compared if row.id in known]
        found = likely_pairs(among, among, language=opened.language)
    counts = {row.id: row.quotes for row in compared}
    for pair in found:
        first, second = sorted((pair.speaker, pair.other), key=lambda s: (-counts[s.id], s.name))
        names = " · ".join(f"{s.name} ({count_of(counts[s.id], 'quote')})" for s in (first, second))
        click.echo(printable(f"{names} · {pair.reason}"))
        click.echo("    " + printable(f'quotes speakers merge "{first.name}" "{second.name}"'))
    if not found:
        click.echo(f"no two of {count_of(len(compared), 'speaker')} look like one")
    if len(quoted) > len(compared):
        notify(f"{len(compared):,} of {len(quoted):,} compared: --limit {len(quoted)} compares all")


@speakers.command()
@click.argument("review", metavar="ID")
@by_option
@click.pass_obj
def undo(store: str, *, review: str, by: str | None) -> None:
    """Undo a merge or split; `quotes export --table reviews` lists the ID of each.

    \b
    quotes speakers undo 3f2a90cc71b04d1e
    """
    from quotes.records import ReviewRequest
    from quotes.standing_reviews import undone
    from quotes.store import open_store

    with open_store(store, on_message=notify) as opened:
        if review in undone(opened.reviews()):
            click.echo(f"{review}: was undone already")
            return
        _report(opened.review(ReviewRequest(action="undo", undoes=review, by=_reviewer(by))))


def _reviewer(by: str | None) -> str:
    """Return the name of the reviewer, by default the user of this machine."""
    return by or getpass.getuser()


def _report(review: Review) -> None:
    """Print what a review did and how to undo it."""
    done = {"merge": "merged", "split": "split", "undo": "undone"}[review.action]
    names = ", ".join(review.names) or review.undoes
    click.echo(f"{names}: {done} (review {review.id}; undo: `quotes speakers undo {review.id}`)")


def _pairs_hint(store: Store, found: Sequence[Listed]) -> str:
    """Return which of the most quoted speakers may be one with another, "" for none.

    'Zelensky may be Volodymyr Zelenskiy: quotes speakers "Volodymyr Zelenskiy"'.
    """
    from quotes.identity import likely_pairs

    known = {speaker.id: speaker for speaker in store.speakers()}
    most = [known[row.id] for row in found[:MAX_COMPARED] if row.quotes and row.id in known]
    pairs = likely_pairs(most[:MAX_HINTED], most, language=store.language)
    if not pairs:
        return ""
    named = [
        f'{pair.other.name} may be {pair.speaker.name}: quotes speakers "{pair.speaker.name}"'
        for pair in pairs[:MAX_PAIRS_NAMED]
    ]
    more = len(pairs) - len(named)
    rest = [f"and {count_of(more, 'more pair')}: quotes speakers pairs"] if more else []
    return "; ".join([*named, *rest])


def _print_table(found: tuple[Listed, ...]) -> None:
    """Print speakers as a table on a terminal, else as lines of text."""
    from quotes.output.terminal.safe_text import printable

    if sys.stdout.isatty():
        _print_rich(found)
        return
    for row in found:
        role = printable(row.role) if row.role else None
        parts = [printable(row.name), row.kind or "?", role, quoted_text(row)]
        click.echo(" · ".join(part for part in parts if part) + days_of(row))


def _print_rich(found: tuple[Listed, ...]) -> None:
    """Print speakers as a table on a terminal."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from quotes.output.terminal.safe_text import printable

    shown = Table(box=box.SIMPLE_HEAD)
    for title in ("Name", "Kind", "Quotes", "In articles", "Direct", "Named in", "Days"):
        shown.add_column(title, justify="left" if title in ("Name", "Kind", "Days") else "right")
    for row in found:
        name = Text(printable(row.name))
        if row.role:
            name.append("\n" + printable(row.role), style="dim")
        shown.add_row(
            name,
            row.kind or "",
            f"{row.quotes:,}",
            f"{row.quoted_in:,}",
            f"{row.direct:,}",
            f"{row.documents:,}",
            days_of(row).removeprefix(", "),
        )
    with paged_console() as console:
        console.print(shown)
