"""Quotes for people: plain text of any width for files and pipes, a rich table for a terminal.

In go a document and its quotes, out come lines of text or something that rich can render. Nothing is printed here, and nothing of an
article reaches a terminal as a control character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from quotes.output.documents import words
from quotes.records import Document, Quote, SaidOn, Spans

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

NARROW = 72  # columns; below, a table has no room for its words
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FACTUALITY = {
    "denied": "denied",
    "not_said": "not said",
    "hypothetical": "hypothetical",
    "question": "question",
}


def printable(text: str) -> str:
    """The text without control characters and changes of writing direction, which could rewrite what a terminal shows."""
    return _CONTROL.sub("", " ".join(text.split()))


def heading(document: Document) -> str:
    """Title, outlet, author and day of publication as far as known, else the id."""
    day = day_of(SaidOn(document.published, "day")) if document.published else None
    known = [document.title or document.id, document.outlet, document.author, day]
    return printable(" · ".join(part for part in known if part))


def plain(document: Document, quotes: Sequence[Quote], *, explain: bool = False) -> str:
    """A document as plain text: a heading, then for each quote who, how and how sure, and below it the words on one line."""
    blocks = ["\n".join(_plain_quote(document.text, quote, explain)) for quote in quotes]
    return "\n\n".join([heading(document), *(blocks or ["    no quotes found"])]) + "\n"


def table(
    document: Document, quotes: Sequence[Quote], *, width: int, explain: bool = False
) -> RenderableType:
    """A document for a terminal of `width` columns: a table, or the plain text with its first lines in bold where it is narrow."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    if width < NARROW or not quotes:
        return Text(plain(document, quotes, explain=explain))
    found = Table(
        title=Text(heading(document), style="bold"),
        title_justify="left",
        box=box.SIMPLE_HEAD,
        leading=1,
        expand=True,
    )
    found.add_column("Who", ratio=3)
    found.add_column("How", ratio=2)
    found.add_column("Words", ratio=8)
    found.add_column("Type")
    found.add_column("Sure", justify="right")
    for quote in quotes:
        verb = Text(_verb(document.text, quote), style="italic")
        found.add_row(
            _who(document.text, quote),
            verb,
            _said(document.text, quote, explain),
            quote.type,
            _sure(quote.confidence),
        )
    return found


def _plain_quote(text: str, quote: Quote, explain: bool) -> Iterator[str]:
    name = speaker(text, quote) + (f" ({printable(quote.role)})" if quote.role else "")
    said = f"said {day_of(quote.said_on)}" if quote.said_on else None
    yield " · ".join(
        part
        for part in (name, _verb(text, quote), quote.type, f"{quote.confidence:.0%}", said)
        if part
    )
    yield "    " + _words(text, quote.content)
    extras = list(_extras(text, quote))
    if extras:
        yield "    [" + "; ".join(extras) + "]"
    if explain:
        yield from (f"      {name:<9}{value}" for name, value in _explained(text, quote))


def speaker(text: str, quote: Quote) -> str:
    """The name of the speaker; where it is unresolved, the words of the source with a question mark."""
    if quote.speaker:
        return printable(quote.speaker)
    return f"“{_words(text, quote.source)}”?" if quote.source else "unresolved"


def day_of(said: SaidOn) -> str:
    """A date as exactly as it is known: 26 October 2023, in the week of 23 October 2023, October 2023, 2023."""
    day = said.date
    if said.precision in ("day", "week"):
        return ("in the week of " if said.precision == "week" else "") + f"{day.day} {day:%B %Y}"
    return f"{day:%B %Y}" if said.precision == "month" else str(day.year)


def _who(text: str, quote: Quote) -> Text:
    from rich.text import Text

    found = Text(speaker(text, quote), style="bold" if quote.speaker else "dim")
    if quote.role:
        found.append("\n" + printable(quote.role), style="not bold dim")
    return found


def _said(text: str, quote: Quote, explain: bool) -> Text:
    from rich.text import Text

    found = Text(_words(text, quote.content))
    extras = [*_extras(text, quote), *([f"said {day_of(quote.said_on)}"] if quote.said_on else [])]
    if extras:
        found.append("\n" + "; ".join(extras), style="cyan")
    for name, value in _explained(text, quote) if explain else ():
        found.append(f"\n{name} {value}", style="dim")
    return found


def _sure(confidence: float) -> Text:
    from rich.text import Text

    colour = "green" if confidence >= 0.8 else "yellow" if confidence >= 0.5 else "red"
    return Text(f"{confidence:.0%}", style=colour)


def _verb(text: str, quote: Quote) -> str:
    addressee = f" → {_words(text, (quote.addressee,))}" if quote.addressee else ""
    return _words(text, quote.cue) + addressee


def _extras(text: str, quote: Quote) -> Iterator[str]:
    """What is worth knowing beside who and what, where there is something."""
    if quote.reported_by:
        yield "reported by " + ", reported by ".join(map(printable, quote.reported_by))
    if quote.factuality in _FACTUALITY:
        yield _FACTUALITY[quote.factuality]
    if quote.when and not quote.said_on:
        yield "when: " + _words(text, (quote.when,))


def _explained(text: str, quote: Quote) -> Iterator[tuple[str, str]]:
    """Why the quote was found and the speaker resolved, and where everything stands."""
    yield "rule", quote.rule
    if quote.path:
        yield "path", printable(quote.path)
    yield (
        "speaker",
        f"{quote.resolved_by or 'unresolved'}, {quote.speaker_confidence:.0%} sure"
        + (f", {quote.kind}" if quote.kind else ""),
    )
    if quote.when:
        yield "when", f"“{_words(text, (quote.when,))}” {quote.when.start}–{quote.when.end}"
    for name, spans in (("source", quote.source), ("cue", quote.cue), ("content", quote.content)):
        if spans:
            at = ", ".join(f"{span.start}–{span.end}" for span in spans)
            yield name, at if name == "content" else f"“{_words(text, spans)}” {at}"
    yield "quote", quote.id + (f", inside {quote.nested_in}" if quote.nested_in else "")


def _words(text: str, spans: Spans) -> str:
    return printable(words(text, spans))
