"""A timeline for people: plain text of any width for files and pipes, a rich table for a terminal.

In: a timeline. Out: lines of text, or something that rich can render. Nothing of an article reaches
a terminal as a control character.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from quotes.output.dates import UNKNOWN, date_text, exact_period_text, period_text
from quotes.output.numbers import count_of
from quotes.output.quote_text import labelled_words, source_text, speaker_text
from quotes.output.review_status import REVIEW_LABELS
from quotes.output.terminal.quotes import MIN_TABLE_WIDTH, coloured_confidence
from quotes.output.terminal.safe_text import printable
from quotes.records import Period
from quotes.statements.tokens import forms
from quotes.timeline import Day, RoleSpan, Said, Timeline
from quotes.timeline.leading_roles import leading

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

MAX_OTHERS = 5  # other articles named with the same words
MAX_ROLES = 8  # roles that few articles print are often one reporter's


def heading(timeline: Timeline) -> str:
    """Return whom the timeline is about, and how many quotes, outlets and days it covers.

    Outlets and days are those of all quotes that match, also where only some are shown.
    """
    whole = timeline.whole()
    parts = [
        timeline.speaker.name,
        timeline.speaker.kind,
        counted(timeline),
        count_of(whole.outlets, "outlet") if whole.outlets else None,
        period_words(whole.period) if whole.period else None,
    ]
    return printable(" · ".join(part for part in parts if part))


def period_words(period: Period) -> str:
    """Return a period, as exactly as it is known: "2021 – 9 May 2022, 3 undated"."""
    ends = (period.first, period.first_precision), (period.last, period.last_precision)
    undated = f"{period.undated:,} undated" if period.undated else ""
    return ", ".join(part for part in (exact_period_text(ends), undated) if part)


def roles(timeline: Timeline) -> Iterator[str]:
    """Yield a line for each of the most printed roles, those of most articles first."""
    shown = sorted(leading(timeline.roles, MAX_ROLES), key=lambda role: -role.documents)
    for span in shown:
        seen = period_text(span.first, span.last) if span.first and span.last else UNKNOWN
        yield printable(f"{span.role} · {seen} · {count_of(span.documents, 'article')}")
    more = len(timeline.roles) - len(shown)
    if more:
        yield f"and {count_of(more, 'more role')} in fewer articles"


def plain_text(timeline: Timeline) -> Iterator[str]:
    """Yield a timeline as blocks of plain text.

    A heading, then a block for each day: for each quote a line that says how and where it was said,
    and the words on the next. A statement that several articles print stands once, as it was first
    printed, with the others below.
    """
    prints = timeline.prints
    yield "\n".join([heading(timeline), *("    " + line for line in roles(timeline))]) + "\n"
    for day in _days(timeline):
        lines = [day.name, *(f"  → {_begun(span)}" for span in day.roles)]
        for said in day.said:
            if said.id not in prints:
                continue
            lines += [
                "  " + " · ".join(_about(timeline.speaker.name, said)),
                "      " + labelled(said),
                *(f"      + {_others(said, prints[said.id])}" for _ in prints[said.id][:1]),
                *(f"      [{extra}]" for extra in [extras(said)] if extra),
            ]
        if len(lines) > 1:
            yield "\n" + "\n".join(lines) + "\n"


def _others(said: Said, others: Sequence[Said]) -> str:
    """Return where else a statement stands: "2 outlets: Daily Echo (echo-7), The Lantern (l-3)"."""
    names = list(
        dict.fromkeys(
            f"{each.outlet} ({each.document})" if each.outlet else each.document for each in others
        )
    )
    more = f", and {len(names) - MAX_OTHERS:,} more" if len(names) > MAX_OTHERS else ""
    count, reworded = prints_text(said, others)
    return printable(f"{count}: {', '.join(names[:MAX_OTHERS])}{more}{reworded}")


def prints_text(said: Said, others: Sequence[Said]) -> tuple[str, str]:
    """Return how many others print a statement, and how many of them in other words.

    ("2 outlets", "; 1 in other words"). Articles are counted where an outlet is not known, or
    printed it twice; the second text is empty where all have the same words.
    """
    outlets = {each.outlet for each in others} - {said.outlet}
    by_outlet = len(outlets) == len(others) and None not in outlets
    reworded = sum(forms(each.words) != forms(said.words) for each in others)
    return (
        count_of(len(others), "outlet" if by_outlet else "article"),
        f"; {reworded:,} in other words" if reworded else "",
    )


def renderable(timeline: Timeline, *, width: int) -> RenderableType:
    """Return a timeline for a terminal of `width` columns: a table, or plain text if narrow."""
    from rich.console import Group
    from rich.text import Text

    if width < MIN_TABLE_WIDTH or not timeline.said:
        return Text("".join(plain_text(timeline)))
    head = Text(heading(timeline), style="bold")
    head.append("".join(f"\n  {line}" for line in roles(timeline)), style="not bold dim")
    return Group(head, _table(timeline))


def _table(timeline: Timeline) -> Table:
    """Return a timeline as a table."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1))
    table.add_column("Day", ratio=4)
    table.add_column("Words", ratio=12)
    table.add_column("Where", ratio=6, overflow="fold")
    table.add_column("Type")
    table.add_column("Sure", justify="right")
    prints = timeline.prints
    for day in _days(timeline):
        name = day.name  # in the first row of the day
        for span in day.roles:
            table.add_row(Text(name, style="bold"), Text("→ " + _begun(span), style="magenta"))
            name = ""
        printed = [said for said in day.said if said.id in prints]
        for number, said in enumerate(printed, start=1):
            table.add_row(
                Text(name, style="bold"),
                _words(timeline.speaker.name, said),
                _where(said, prints[said.id]),
                said.type,
                coloured_confidence(said.probability),
                end_section=number == len(printed),
            )
            name = ""
    return table


def _words(name: str, said: Said) -> Text:
    """Return the words, and below them how they were said and what else is known."""
    from rich.text import Text

    found = Text(labelled(said))
    who = attributed(name, said)
    found.append("\n" + (f"{who} · " if who else "") + _how(said), style="italic dim")
    more = extras(said)
    if more:
        found.append("\n" + more, style="cyan")
    return found


def _where(said: Said, others: Sequence[Said]) -> Text:
    """Return outlet, title and address, and below them other articles and who reviewed it."""
    from rich.text import Text

    found = Text(printable(said.outlet or said.title or _address(said)))
    if said.outlet and said.title:
        found.append("\n" + printable(said.title), style="dim")
    if said.outlet or said.title:
        found.append("\n" + printable(_address(said)), style="dim")
    if others:
        found.append("\n+ " + _others(said, others), style="dim")
    if said.review:
        found.append("\n" + reviewed(said), style="green")
    return found


def _days(timeline: Timeline) -> Iterator[Day]:
    """Yield the days of a timeline with only the most printed of their new roles."""
    shown = set(leading(timeline.roles, MAX_ROLES))
    for day in timeline.days():
        yield Day(day.name, day.said, tuple(span for span in day.roles if span in shown))


def attributed(name: str, said: Said) -> str:
    """Return the speaker of a quote where the article does not say that it is this one.

    The name, with a question mark where it is not sure, and the words of the article that stand for
    it: "Anna Lindqvist? [text: “she”]"; "" where the article has the name and that is sure.

    Args:
        name: The speaker of the timeline.
        said: A quote of it.
    """
    shown, named = speaker_text(name, said.speaker_confidence), source_text(name, said.source)
    if shown == name and not named:
        return ""
    return printable(shown + (f" [text: “{named}”]" if named else ""))


def _about(name: str, said: Said) -> Iterator[str]:
    """Yield how and where a quote was said, and in which role."""
    who = attributed(name, said)
    if who:
        yield who
    yield _how(said)
    yield said.type
    yield f"{said.probability:.0%}"
    yield _place(said)
    if said.role:
        yield printable(said.role)
    if said.review:
        yield reviewed(said)


def labelled(said: Said) -> str:
    """Return the words, behind what they are if no plain statement."""
    return printable(labelled_words(said.words, said.factuality, said.act))


def _place(said: Said) -> str:
    """Return outlet, title, and the address or id of the article."""
    where = (said.outlet, said.title, _address(said))
    return printable(" · ".join(part for part in where if part))


def _address(said: Said) -> str:
    """Return the web address of the article, else its id."""
    online = said.url if (said.url or "").startswith(("http://", "https://")) else None
    return online or said.document


def _how(said: Said) -> str:
    """Return the cue, and after an arrow the addressee."""
    addressee = f" → {said.addressee}" if said.addressee else ""
    return printable((said.cue or "said (no cue)") + addressee)


def reviewed(said: Said) -> str:
    """Return the outcome of a review and who made it: "accepted by R. Reader"."""
    done = REVIEW_LABELS.get(said.review or "", said.review or "")
    return printable(f"{done} by {said.reviewed_by}" if said.reviewed_by else done)


def extras(said: Said) -> str:
    """Return reporters, time words, publication and original, as far as they matter."""
    found = list[str]()
    if said.reported_by:
        found.append("reported by " + ", reported by ".join(said.reported_by))
    if said.when_text:
        found.append(f"when: {said.when_text}")
    if said.said_on and said.published and (not said.exact or said.published != said.day):
        found.append(f"published {date_text(said.published)}")
    if said.copy_of:
        found.append(f"copy of {said.copy_of}")
    return printable("; ".join(found))


def _begun(span: RoleSpan) -> str:
    """Return a role with the day on which it is first seen."""
    seen = f"first seen {date_text(span.first)}" if span.first else UNKNOWN
    return printable(f"{span.role} ({seen})")


def counted(timeline: Timeline) -> str:
    """Return the number of quotes, and of how many where there are more: "2 of 47 quotes"."""
    shown, total = len(timeline.said), timeline.total
    return f"{shown:,} of {total:,} quotes" if shown < total else count_of(total, "quote")
