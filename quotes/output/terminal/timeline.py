"""A timeline for people: plain text of any width for files and pipes, a rich table for a terminal.

In goes a timeline, out come lines of text or something that rich can render. Nothing is printed here, and nothing of an article reaches a
terminal as a control character.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from quotes.output.terminal.quotes import NARROW, printable
from quotes.timeline import Day, RoleSpan, Said, Timeline
from quotes.timeline.leading_roles import leading
from quotes.timeline.said import named_time

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

ROLES = 8  # roles shown; those printed by few articles are often of one reporter only
_FACTUALITY = {
    "denied": "denied",
    "not_said": "not said",
    "hypothetical": "hypothetical",
    "question": "question",
}
_REVIEW = {"accepted": "confirmed", "changed": "corrected", "added": "added"}


def heading(timeline: Timeline) -> str:
    """Who it is about, and how much of what there is follows."""
    said = timeline.said
    outlets = {each.outlet for each in said if each.outlet}
    known = sorted(each.day for each in said if each.day)
    parts = [
        timeline.speaker.name,
        timeline.speaker.kind,
        counted(timeline),
        f"{len(outlets)} outlet{'' if len(outlets) == 1 else 's'}" if outlets else None,
        between(known[0], known[-1]) if known else None,
    ]
    return printable(" · ".join(part for part in parts if part))


def roles(timeline: Timeline) -> Iterator[str]:
    """A line for each of the roles that the most articles print, with the time over which it is seen."""
    shown = leading(timeline.roles, ROLES)
    for span in shown:
        seen = between(span.first, span.last) if span.first and span.last else "day unknown"
        yield printable(
            f"{span.role} · {seen} · {span.documents} article{'' if span.documents == 1 else 's'}"
        )
    more = len(timeline.roles) - len(shown)
    if more:
        yield f"and {more} more that fewer articles print"


def plain(timeline: Timeline) -> Iterator[str]:
    """The timeline as blocks of plain text: a heading, then for each day what was said: how, where, and below it the words."""
    yield "\n".join([heading(timeline), *("    " + line for line in roles(timeline))]) + "\n"
    for day in _days(timeline):
        lines = [day.name, *(f"  → {_begun(span)}" for span in day.roles)]
        for said in day.said:
            lines += [
                "  " + " · ".join(_about(said)),
                "      " + printable(said.words),
                *(f"      [{extra}]" for extra in [extras(said)] if extra),
            ]
        yield "\n" + "\n".join(lines) + "\n"


def table(timeline: Timeline, *, width: int) -> RenderableType:
    """The timeline for a terminal of `width` columns: a table, or the plain text where it is narrow."""
    from rich.console import Group
    from rich.text import Text

    if width < NARROW or not timeline.said:
        return Text("".join(plain(timeline)))
    head = Text(heading(timeline), style="bold")
    head.append("".join(f"\n  {line}" for line in roles(timeline)), style="not bold dim")
    return Group(head, _rows(timeline))


def _rows(timeline: Timeline) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    found = Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1))
    found.add_column("Day", ratio=3)
    found.add_column("Words", ratio=11)
    found.add_column("Where", ratio=5)
    found.add_column("Type")
    found.add_column("Sure", justify="right")
    for day in _days(timeline):
        name = day.name
        for span in day.roles:
            found.add_row(Text(name, style="bold"), Text("→ " + _begun(span), style="magenta"))
            name = ""
        for number, said in enumerate(day.said, start=1):
            sure = Text(
                f"{said.confidence:.0%}",
                style="green"
                if said.confidence >= 0.8
                else "yellow"
                if said.confidence >= 0.5
                else "red",
            )
            found.add_row(
                Text(name, style="bold"),
                _words(said),
                _where(said),
                said.type,
                sure,
                end_section=number == len(day.said),
            )
            name = ""
    return found


def _words(said: Said) -> Text:
    from rich.text import Text

    found = Text(printable(said.words))
    found.append("\n" + _how(said), style="italic dim")
    more = extras(said)
    if more:
        found.append("\n" + more, style="cyan")
    return found


def _where(said: Said) -> Text:
    from rich.text import Text

    found = Text(printable(said.outlet or said.title or said.document))
    if said.outlet and said.title:
        found.append("\n" + printable(said.title), style="dim")
    if said.review:
        found.append("\n" + reviewed(said), style="green")
    return found


def _days(timeline: Timeline) -> Iterator[Day]:
    shown = set(leading(timeline.roles, ROLES))
    for day in timeline.days():
        yield Day(day.name, day.said, tuple(span for span in day.roles if span in shown))


def _about(said: Said) -> Iterator[str]:
    yield _how(said)
    yield said.type
    yield f"{said.confidence:.0%}"
    yield printable(said.outlet or said.document)
    if said.role:
        yield printable(said.role)
    if said.review:
        yield reviewed(said)


def _how(said: Said) -> str:
    """The words that say that it is said, and to whom."""
    return printable(
        (said.cue or "said, without a word for it")
        + (f" → {said.addressee}" if said.addressee else "")
    )


def reviewed(said: Said) -> str:
    done = _REVIEW.get(said.review or "", said.review or "")
    return printable(f"{done} by {said.reviewed_by}" if said.reviewed_by else done)


def extras(said: Said) -> str:
    """What is worth knowing beside words and place, where there is something; "" where not."""
    found = list[str]()
    if said.factuality in _FACTUALITY:
        found.append(_FACTUALITY[said.factuality])
    if said.reported_by:
        found.append("reported by " + ", reported by ".join(said.reported_by))
    if said.when_text:
        found.append(f"when: {said.when_text}")
    if said.said_on and said.published and (not said.exact or said.published != said.day):
        found.append(f"published {named_time(said.published)}")
    if said.copy_of:
        found.append(f"copy of {said.copy_of}")
    return printable("; ".join(found))


def _begun(span: RoleSpan) -> str:
    seen = f"first seen {named_time(span.first)}" if span.first else "day unknown"
    return printable(f"{span.role} ({seen})")


def counted(timeline: Timeline) -> str:
    shown, total = len(timeline.said), timeline.total
    return (
        f"{shown:,} of {total:,} quotes"
        if shown < total
        else f"{total:,} quote{'' if total == 1 else 's'}"
    )


def between(first: date, last: date) -> str:
    return named_time(first) if first == last else f"{named_time(first)} – {named_time(last)}"
