"""Quotes of a document for people: plain text for files and pipes, a rich table for a terminal.

In: a document and its quotes. Out: lines of text, or something that rich can render. Nothing of an
article reaches a terminal as a control character.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from quotes.output.dates import date_text
from quotes.output.quote_text import (
    NO_SPEAKER,
    labelled_words,
    source_text,
    speaker_text,
    with_role,
)
from quotes.output.terminal.safe_text import printable
from quotes.records import Document, Quote, SaidOn, Spans, line_number, text_of_spans
from quotes.text.printed_words import quote_words

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from quotes.output.not_shown import NotShown

MIN_TABLE_WIDTH = 72  # columns of the terminal; in fewer, a table has no room for its words


def heading(document: Document) -> str:
    """Return title, outlet, author and day of publication as far as known, else the id."""
    day = date_text(document.published) if document.published else None
    known = [document.title or document.id, document.outlet, document.author, day]
    return printable(" · ".join(part for part in known if part))


def plain_text(
    document: Document, quotes: Sequence[Quote], *, explain: bool = False, lines: bool = False
) -> str:
    """Return a document as plain text, of any width.

    A heading, then for each quote a line that says who, how and how confident, and the words on the
    next; `explain` adds why and where, `lines` the line of the text in front.
    """
    blocks = [
        "\n".join(_plain_quote(document, quote, explain=explain, lines=lines)) for quote in quotes
    ]
    return "\n\n".join([heading(document), *(blocks or ["    no quotes found"])]) + "\n"


def not_shown_text(document: Document, hidden: NotShown) -> str:
    """Return a line for each quote or match of a rule that is not shown, with the reason."""
    text, lines = document.text, list[str]()
    for quote, reason in hidden.quotes:
        lines.append(_reason_line(text, quote.source, quote.cue, quote.content, quote.rule, reason))
    for one in hidden.rejections:
        by = f", chosen by {one.by}" if one.by else ""
        above = "" if one.margin is None else f", {one.margin * 100:+.0f} points"
        reason = f"{one.reason}{by}{above}"
        lines.append(_reason_line(text, one.source, one.cue, one.content, one.rule, reason))
    return "\n".join(["", "    not shown:", *lines]) + "\n"


def _reason_line(
    text: str, source: Spans, cue: Spans, content: Spans, rule: str, reason: str
) -> str:
    """Return who, how, what, then the rule and why it is not shown."""
    parts = (_words(text, spans) for spans in (source, cue, content) if spans)
    return f"      {' · '.join(parts)}  [{rule}: {reason}]"


def line_of(text: str, quote: Quote) -> int:
    """Return the line of a text in which the words of a quote begin, from 1."""
    return line_number(text, quote.content[0].start)


def renderable(
    document: Document,
    quotes: Sequence[Quote],
    *,
    width: int,
    explain: bool = False,
    lines: bool = False,
) -> RenderableType:
    """Return a document for a terminal of `width` columns: a table, or plain text if narrow."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    if width < MIN_TABLE_WIDTH or not quotes:
        return Text(plain_text(document, quotes, explain=explain, lines=lines))
    table = Table(
        title=Text(heading(document), style="bold"),
        title_justify="left",
        box=box.SIMPLE_HEAD,
        leading=1,
        expand=True,
    )
    if lines:
        table.add_column("Line", justify="right")
    table.add_column("Who", ratio=3)
    table.add_column("How", ratio=2)
    table.add_column("Words", ratio=8)
    table.add_column("Type")
    table.add_column("Sure", justify="right")
    for quote in quotes:
        table.add_row(
            *([f"{line_of(document.text, quote)}"] if lines else []),
            _who(document.text, quote),
            Text(_cue(document.text, quote), style="italic"),
            _content(document, quote, explain),
            quote.type,
            coloured_confidence(quote.probability),
        )
    return table


def speaker(text: str, quote: Quote) -> str:
    """Return the name, a question mark where it is not sure, and how the article names them.

    Without a name, the words of the source with a question mark.
    """
    source = text_of_spans(text, quote.source)
    if not quote.speaker:
        return f"“{printable(source)}”?" if source else NO_SPEAKER
    named = source_text(quote.speaker, source)
    name = speaker_text(quote.speaker, quote.speaker_confidence)
    return printable(name + (f" [text: “{named}”]" if named else ""))


def words(document: Document, quote: Quote) -> str:
    """Return the words as the article prints them, behind what they are if no plain statement."""
    printed = quote_words(document, quote)
    return printable(labelled_words(printed, quote.factuality, quote.act))


def coloured_confidence(confidence: float) -> Text:
    """Return a confidence as a percentage: green from 80%, yellow from 50%, else red."""
    from rich.text import Text

    colour = "green" if confidence >= 0.8 else "yellow" if confidence >= 0.5 else "red"
    return Text(f"{confidence:.0%}", style=colour)


def _plain_quote(document: Document, quote: Quote, *, explain: bool, lines: bool) -> Iterator[str]:
    """Yield the lines of a quote."""
    text = document.text
    place = f"line {line_of(text, quote)}" if lines else None
    name = printable(with_role(speaker(text, quote), quote.role))
    said = _said_when(quote.said_on) if quote.said_on else None
    parts = (place, name, _cue(text, quote), quote.type, f"{quote.probability:.0%}", said)
    yield " · ".join(part for part in parts if part)
    yield "    " + words(document, quote)
    extras = list(_extras(text, quote))
    if extras:
        yield "    [" + "; ".join(extras) + "]"
    if explain:
        yield from (f"      {name:<9}{value}" for name, value in _explanation(text, quote))


def _said_when(said_on: SaidOn) -> str:
    """Return when it was said: "said 26 October 2023", "said in the week of 23 October 2023"."""
    joint = "in the " if said_on.precision == "week" else ""
    return f"said {joint}{date_text(said_on.date, said_on.precision)}"


def _who(text: str, quote: Quote) -> Text:
    """Return the speaker with the role below."""
    from rich.text import Text

    cell = Text(speaker(text, quote), style="bold" if quote.speaker else "dim")
    if quote.role and with_role(cell.plain, quote.role) != cell.plain:
        cell.append("\n" + printable(quote.role), style="not bold dim")
    return cell


def _content(document: Document, quote: Quote, explain: bool) -> Text:
    """Return the words, and below them what else is known."""
    from rich.text import Text

    text = document.text
    cell = Text(words(document, quote))
    extras = [*_extras(text, quote), *([_said_when(quote.said_on)] if quote.said_on else [])]
    if extras:
        cell.append("\n" + "; ".join(extras), style="cyan")
    for name, value in _explanation(text, quote) if explain else ():
        cell.append(f"\n{name} {value}", style="dim")
    return cell


def _cue(text: str, quote: Quote) -> str:
    """Return the cue, and after an arrow the addressee."""
    addressee = f" → {_words(text, (quote.addressee,))}" if quote.addressee else ""
    return _words(text, quote.cue) + addressee


def _extras(text: str, quote: Quote) -> Iterator[str]:
    """Yield who reported it, and time words that were not dated."""
    if quote.reported_by:
        yield "reported by " + ", reported by ".join(map(printable, quote.reported_by))
    if quote.when and not quote.said_on:
        yield "when: " + _words(text, (quote.when,))


def _explanation(text: str, quote: Quote) -> Iterator[tuple[str, str]]:
    """Yield why the quote was found and its speaker resolved, and where each part stands."""
    yield "rule", quote.rule
    if quote.path:
        yield "path", printable(quote.path)
    yield (
        "speaker",
        (
            f"{quote.resolved_by}, {quote.speaker_confidence:.0%} sure"
            if quote.speaker
            else f"not identified{f' ({quote.resolved_by})' if quote.resolved_by else ''}"
        )
        + (f", {quote.kind}" if quote.kind else ""),
    )
    yield "sure", f"{quote.confidence:.0%} of words, cue and source"
    if quote.when:
        yield "when", f"“{_words(text, (quote.when,))}” {quote.when.start}–{quote.when.end}"
    for name, spans in (("source", quote.source), ("cue", quote.cue), ("content", quote.content)):
        if spans:
            at = ", ".join(f"{span.start}–{span.end}" for span in spans)
            yield name, at if name == "content" else f"“{_words(text, spans)}” {at}"
    yield "quote", quote.id + (f", inside {quote.nested_in}" if quote.nested_in else "")


def _words(text: str, spans: Spans) -> str:
    """Return the words of spans as one printable line."""
    return printable(text_of_spans(text, spans))
