"""`quotes speakers`: who is in a store, and a person's word on who is who."""

from __future__ import annotations

import csv
import getpass
import io
import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.options import store_option
from quotes.cli.progress import notify

if TYPE_CHECKING:
    from quotes.records import Alias, Review, Speaker
    from quotes.store import Store
    from quotes.store.speakers import Listed

KINDS = ("person", "organization")
COLUMNS = ("id", "name", "kind", "quotes", "direct", "documents", "first", "last")


class NameOrCommand(click.Group):
    """A group in which a word that is no command is a name to show."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        return super().resolve_command(ctx, args if args[0] in self.commands else ["show", *args])


by_option = click.option(
    "--by",
    metavar="NAME",
    envvar="QUOTES_REVIEWER",
    help="Name of the reviewer.  [default: the user of this machine]",
)
why_option = click.option(
    "--why", default="", metavar="WORDS", help="The reason, stored with the review."
)


@click.group(cls=NameOrCommand, invoke_without_command=True)
@store_option
@click.option("--kind", type=click.Choice(KINDS), help="Only persons, or only organizations.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "csv", "jsonl")),
    default="table",
    show_default=True,
    help="How to print.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the first N.")
@click.pass_context
def speakers(
    ctx: click.Context, *, store: str, kind: str | None, form: str, limit: int | None
) -> None:
    """List who speaks and who is named, the most quoted first; or say all of one speaker.

    With a NAME: its other names and why they are thought to be the same, its roles over time, and whom it may be mistaken for.

    \b
    quotes speakers
    quotes speakers "Dmitry Peskov"
    quotes speakers merge "Marzook" "Mousa Abu Marzook"
    quotes speakers split "John Smith" --document 2024/report
    quotes speakers undo 3f2a90cc71b04d1e
    """
    ctx.obj = store
    if ctx.invoked_subcommand is not None:
        return
    from quotes.store import open_store
    from quotes.store.speakers import listed

    with open_store(store, on_message=notify) as opened:
        found = listed(opened, kind=kind)[:limit]
    {"table": _as_table, "csv": _as_csv, "jsonl": _as_jsonl}[form](found)


@speakers.command(hidden=True)
@click.argument("name")
@click.pass_obj
def show(store: str, *, name: str) -> None:
    """Say all of one speaker."""
    from quotes.store import open_store

    with open_store(store, on_message=notify) as opened:
        for line in _shown(opened, opened.speaker(name)):
            click.echo(line)


@speakers.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME NAME...")
@by_option
@why_option
@click.pass_obj
def merge(store: str, *, names: tuple[str, ...], by: str | None, why: str) -> None:
    """Say that names are one speaker; the first is its name from now on.

    \b
    quotes speakers merge "Mousa Abu Marzook" "Marzook" --why "same post, same day"
    """
    from quotes.records import ReviewRequest
    from quotes.store import open_store

    with open_store(store, on_message=notify) as opened:
        known = [opened.speaker(name).name for name in names]
        _done(opened.review(ReviewRequest(action="merge", names=known, by=_who(by), why=why)))


@speakers.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option(
    "--document",
    "documents",
    multiple=True,
    metavar="ID",
    help="Only in this article. May be repeated.",
)
@by_option
@why_option
@click.pass_obj
def split(
    store: str, *, names: tuple[str, ...], documents: tuple[str, ...], by: str | None, why: str
) -> None:
    """Say that names are speakers of their own, or that one name is somebody else in some articles.

    \b
    quotes speakers split "Abu Marzook"
    quotes speakers split "John Smith" --document 2024/report --document 2024/follow-up
    """
    from quotes.errors import SpeakerError
    from quotes.records import ReviewRequest
    from quotes.store import open_store

    with open_store(store, on_message=notify) as opened:
        aliases = {alias.name for speaker in opened.speakers() for alias in speaker.aliases}
        for name in names:
            if name not in aliases:
                known = opened.speaker(name)
                raise SpeakerError(
                    f"{name!r} is no name of {known.name}: it has {', '.join(a.name for a in known.aliases)}"
                )
        _done(
            opened.review(
                ReviewRequest(
                    action="split", names=names, documents=documents, by=_who(by), why=why
                )
            )
        )


@speakers.command()
@click.argument("review", metavar="ID")
@by_option
@click.pass_obj
def undo(store: str, *, review: str, by: str | None) -> None:
    """Undo a review; ID is printed when it is made, and listed by `quotes export --table reviews`.

    \b
    quotes speakers undo 3f2a90cc71b04d1e
    """
    from quotes.records import ReviewRequest
    from quotes.store import open_store

    with open_store(store, on_message=notify) as opened:
        _done(opened.review(ReviewRequest(action="undo", undoes=review, by=_who(by))))


def _who(by: str | None) -> str:
    return by or getpass.getuser()


def _done(review: Review) -> None:
    """Say what a review did, and how it is undone."""
    what = {"merge": "one speaker from now on", "split": "apart from now on", "undo": "undone"}[
        review.action
    ]
    names = ", ".join(review.names) or review.undoes
    click.echo(
        f"{names}: {what} (review {review.id}; `quotes speakers undo {review.id}` undoes it)"
    )


def _shown(store: Store, speaker: Speaker) -> list[str]:
    """All of one speaker, in lines."""
    from quotes.identity import candidates
    from quotes.output.terminal.quotes import printable
    from quotes.store.speakers import listed, roles

    own = next((row for row in listed(store) if row.id == speaker.id), None)
    more = f" · {speaker.wikidata}" if speaker.wikidata else ""
    lines = [f"{printable(speaker.name)} ({speaker.kind or 'kind unknown'}) · {speaker.id}{more}"]
    if own is None:
        lines.append("    not quoted")
    else:
        quotes, articles = _number(own.quotes, "quote"), _number(own.documents, "article")
        lines.append(
            f"    {quotes} ({own.direct} direct), named in {articles}{_between(own.first, own.last)}"
        )
    lines += ["", "    names"]
    lines += [f"        {printable(a.name)} · {a.reason}{_sure(a)}" for a in speaker.aliases]
    held = roles(store, speaker)
    if held:
        lines += ["", "    roles"]
        for role in held:
            lines.append(
                f"        {printable(role.role)}{_between(role.first, role.last)} · in {_number(role.documents, 'article')}"
            )
    similar = candidates(speaker, store.speakers(), language=store.language, limit=5)
    if similar:
        lines += ["", "    perhaps the same"]
        lines += [
            f"        {printable(c.other.name)} ({c.other.id}) · {c.score:.0%} · {c.reason}"
            for c in similar
        ]
    return lines


def _sure(alias: Alias) -> str:
    return f" · {alias.score:.0%}" if alias.by == "machine" and alias.score < 1 else ""


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _between(first: Any, last: Any) -> str:
    if first is None:
        return ""
    return f", {first}" if first == last else f", {first} to {last}"


def _as_table(found: tuple[Listed, ...]) -> None:
    from quotes.output.terminal.quotes import printable

    if sys.stdout.isatty():
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        shown = Table(box=box.SIMPLE_HEAD)
        for title, side in (
            ("Name", "left"),
            ("Kind", "left"),
            ("Quotes", "right"),
            ("Articles", "right"),
            ("Named", "left"),
        ):
            shown.add_column(title, justify="right" if side == "right" else "left")
        for row in found:
            named = _between(row.first, row.last).lstrip(", ")
            shown.add_row(
                Text(printable(row.name)),
                row.kind or "",
                str(row.quotes),
                str(row.documents),
                named,
            )
        Console(highlight=False, emoji=False).print(shown)
        return
    for row in found:
        parts = [
            printable(row.name),
            row.kind or "?",
            _number(row.quotes, "quote"),
            _number(row.documents, "article"),
        ]
        click.echo(" · ".join(parts) + _between(row.first, row.last))


def _as_csv(found: tuple[Listed, ...]) -> None:
    from quotes.output.documents import harmless_cell

    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(
        [harmless_cell(str(value if value is not None else "")) for value in _values(row)]
        for row in found
    )
    click.echo(written.getvalue(), nl=False)


def _as_jsonl(found: tuple[Listed, ...]) -> None:
    for row in found:
        pairs = zip(COLUMNS, _values(row), strict=True)
        plain = {
            name: value.isoformat() if isinstance(value, date) else value for name, value in pairs
        }
        click.echo(json.dumps(plain, ensure_ascii=False))


def _values(row: Listed) -> list[Any]:
    return [getattr(row, name) for name in COLUMNS]
