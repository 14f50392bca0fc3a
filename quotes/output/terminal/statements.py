"""The answer to "who said this?" for people: plain text for files and pipes, and for a terminal the same in colour.

In plain text words that only the question has stand as [-old-], words that only the print has as {+new+}, and words that an ellipsis left
out as {~so~}. Nothing is printed here, and nothing of an article reaches a terminal as a control character.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from quotes.output.terminal.quotes import printable
from quotes.statements.answers import NOT_FOUND, Answer, Found
from quotes.statements.comparison import Piece
from quotes.statements.types import Group, Statement, Variant

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

REASONS = {
    "same words": "the same words",
    "part": "one is a part of the other",
    "altered": "nearly the same words",
    "reworded": "reworded",
}
COLOURS = {"verbatim": "green", "partial": "cyan", "altered": "yellow"}
Part = tuple[str, str]  # words and how they differ: "", "old", "new", "left out"
_WRITTEN = {"": "{}", "old": "[-{}-]", "new": "{{+{}+}}", "left out": "{{~{}~}}"}
_STYLES = {"": "", "old": "red strike", "new": "green", "left out": "dim"}


def plain(answer: Answer) -> str:
    """The answer as plain text: for each statement how it fits, who said it, where, the difference, other wordings, and who was first."""
    blocks = ["\n".join(_lines(found)) for found in answer.found] or [NOT_FOUND]
    return "\n\n".join([*blocks, *_notes(answer)]) + "\n"


def rich(answer: Answer) -> RenderableType:
    """The same for a terminal, differences in colour."""
    from rich.text import Text

    made = Text()
    for found in answer.found:
        head, place, _, *rest = _lines(found)
        made.append(head + "\n", style=f"bold {COLOURS[found.kind]}").append(
            place + "\n    ", style="dim"
        )
        made.append_text(_coloured(found.comparison.pieces)).append(
            "\n" + "".join(line + "\n" for line in rest) + "\n"
        )
    if not answer.found:
        made.append(NOT_FOUND + "\n", style="bold")
    for note in _notes(answer):
        made.append(note + "\n", style="dim")
    return made


def difference(pieces: Sequence[Piece]) -> str:
    """The difference on one line: [-asked-]{+printed+}."""
    return " ".join(_WRITTEN[how].format(words) for words, how in parts(pieces))


def parts(pieces: Sequence[Piece]) -> Iterator[Part]:
    """The words of a difference in reading order, each with how it differs; for every display."""
    for piece in pieces:
        asked, printed = printable(piece.asked), printable(piece.printed)
        if piece.op in {"delete", "replace", "beyond"} and asked:
            yield asked, "old"
        if piece.op in {"insert", "replace"} and printed:
            yield printed, "new"
        elif piece.op == "gap" and printed:
            yield printed, "left out" if piece.asked_span else ""
        elif printed:
            yield printed, ""


def _coloured(pieces: Sequence[Piece]) -> Text:
    from rich.text import Text

    return Text(" ").join(Text(words, style=_STYLES[how]) for words, how in parts(pieces))


def _lines(found: Found) -> Iterator[str]:
    said = found.statement
    who = printable(said.speaker) if said.speaker else "speaker unknown"
    kind = found.kind if found.kind == "verbatim" else f"{found.kind} {found.score:.0%}"
    yield f"{kind} · {who}" + (f" ({printable(said.role)})" if said.role else "")
    yield "    " + _place(said)
    yield "    " + difference(found.comparison.pieces)
    others = [variant for variant in found.group.variants if said not in variant.printed]
    own = next(variant for variant in found.group.variants if said in variant.printed)
    if len(own.printed) > 1:
        yield "    also printed so: " + _places(own.printed, but=said)
    for variant in others:
        yield from _variant(variant)
    if found.group.reasons and others:
        yield "    one statement because: " + ", ".join(
            REASONS[reason] for reason in found.group.reasons
        )
    yield "    " + _first(found.group)


def _variant(variant: Variant) -> Iterator[str]:
    yield "    other wording: " + printable(variant.words)
    yield "        " + _places(variant.printed)


def _places(printed: Sequence[Statement], *, but: Statement | None = None, shown: int = 5) -> str:
    others = [statement for statement in printed if statement != but]
    more = f"; and {len(others) - shown} more" if len(others) > shown else ""
    return "; ".join(map(_place, others[:shown])) + more


def _place(statement: Statement) -> str:
    """Outlet, day and document, and whether the article is a copy."""
    outlet = printable(statement.outlet) if statement.outlet else None
    copied = f"copy of {printable(statement.copy_of)}" if statement.copy_of else None
    return " · ".join(
        part
        for part in (outlet, _day(statement.published), printable(statement.document), copied)
        if part
    )


def _first(group: Group) -> str:
    if not group.first:
        return "first printed: unknown, no day of publication is known"
    undated = ", some days unknown" if any(s.published is None for s in group.statements) else ""
    if len(group.first) == 1:
        return f"first printed: {_place(group.first[0])}{undated}"
    names = dict.fromkeys(printable(s.outlet or s.document) for s in group.first)
    return f"first printed: {_day(group.first[0].published)}, tie of {', '.join(names)}{undated}"


def _notes(answer: Answer) -> list[str]:
    more = answer.total - len(answer.found)
    return [
        note
        for note in (f"{more} more statements fit less well" if more else "", answer.note)
        if note
    ]


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "day unknown"
