"""The answer to "who said this?" for people: plain text for pipes, colours for a terminal.

In: an answer. Out: lines of text, or something that rich can render. In plain text, words that only
the question has stand as [-old-], words that only the article has as {+new+}, and words that an
ellipsis left out as {~so~}. Nothing of an article reaches a terminal as a control character.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from quotes.output.dates import date_text
from quotes.output.numbers import count_of
from quotes.output.quote_text import NO_SPEAKER
from quotes.output.terminal.safe_text import printable
from quotes.statements.answers import NOT_FOUND, Answer, Found
from quotes.statements.comparison import Piece
from quotes.statements.types import Group, Statement, Variant

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

REASONS = {  # why wordings are grouped as one statement
    "same words": "the same words",
    "part": "one is part of the other",
    "altered": "nearly the same words",
    "reworded": "reworded",
}
COLOURS = {"verbatim": "green", "partial": "cyan", "altered": "yellow"}
MAX_PLACES = 5  # articles named with one wording
DifferencePart = tuple[str, str]  # words and how they differ: "", "old", "new", "left out"
_MARKUP = {"": "{}", "old": "[-{}-]", "new": "{{+{}+}}", "left out": "{{~{}~}}"}
_STYLES = {"": "", "old": "red strike", "new": "green", "left out": "dim"}


def plain_text(answer: Answer) -> str:
    """Return an answer as plain text.

    For each statement how it matches, who said it, where, the difference, other wordings, and who
    printed it first.
    """
    blocks = ["\n".join(_lines(found)) for found in answer.found] or [NOT_FOUND]
    return "\n\n".join([*blocks, *_notes(answer)]) + "\n"


def renderable(answer: Answer) -> RenderableType:
    """Return the same for a terminal, with differences in colour."""
    from rich.text import Text

    text = Text()
    for found in answer.found:
        head, place, _, *rest = _lines(found)
        text.append(head + "\n", style=f"bold {COLOURS[found.kind]}").append(
            place + "\n    ", style="dim"
        )
        text.append_text(_coloured(found.comparison.pieces)).append(
            "\n" + "".join(line + "\n" for line in rest) + "\n"
        )
    if not answer.found:
        text.append(NOT_FOUND + "\n", style="bold")
    for note in _notes(answer):
        text.append(note + "\n", style="dim")
    return text


def difference_text(pieces: Sequence[Piece]) -> str:
    """Return a difference on one line: [-in the question-]{+in the article+}."""
    return " ".join(_MARKUP[how].format(words) for words, how in difference_parts(pieces))


def difference_parts(pieces: Sequence[Piece]) -> Iterator[DifferencePart]:
    """Yield the words of a difference in reading order, each with how it differs."""
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
    """Return a difference in colours."""
    from rich.text import Text

    return Text(" ").join(
        Text(words, style=_STYLES[how]) for words, how in difference_parts(pieces)
    )


def _lines(found: Found) -> Iterator[str]:
    """Yield the lines of one statement: how it matches, where, the difference, and the rest."""
    said = found.statement
    who = printable(said.speaker) if said.speaker else NO_SPEAKER
    kind = found.kind if found.kind == "verbatim" else f"{found.kind} {found.score:.0%}"
    yield f"{kind} · {who}" + (f" ({printable(said.role)})" if said.role else "")
    yield "    " + _place(said)
    yield "    " + difference_text(found.comparison.pieces)
    others = [variant for variant in found.group.variants if said not in variant.printed]
    own = next(variant for variant in found.group.variants if said in variant.printed)
    if len(own.printed) > 1:
        yield "    same wording: " + _places(own.printed, but=said)
    for variant in others:
        yield from _variant(variant)
    if found.group.reasons and others:
        yield "    grouped because: " + ", ".join(REASONS[reason] for reason in found.group.reasons)
    yield "    " + _first(found.group)


def _variant(variant: Variant) -> Iterator[str]:
    """Yield another wording and where it stands."""
    yield "    other wording: " + printable(variant.words)
    yield "        " + _places(variant.printed)


def _places(printed: Sequence[Statement], *, but: Statement | None = None) -> str:
    """Return where a wording stands, except in the article `but`."""
    others = [statement for statement in printed if statement != but]
    more = f"; and {len(others) - MAX_PLACES} more" if len(others) > MAX_PLACES else ""
    return "; ".join(map(_place, others[:MAX_PLACES])) + more


def _place(statement: Statement) -> str:
    """Return outlet, day and document, and whether the article is a copy."""
    outlet = printable(statement.outlet) if statement.outlet else None
    day, document = date_text(statement.published), printable(statement.document)
    copied = f"copy of {printable(statement.copy_of)}" if statement.copy_of else None
    return " · ".join(part for part in (outlet, day, document, copied) if part)


def _first(group: Group) -> str:
    """Return who printed a statement first, as far as that is known."""
    if not group.first:
        return "first printed: unknown, as no date of publication is known"
    undated = any(statement.published is None for statement in group.statements)
    note = ", some dates unknown" if undated else ""
    if len(group.first) == 1:
        return f"first printed: {_place(group.first[0])}{note}"
    names = dict.fromkeys(printable(s.outlet or s.document) for s in group.first)
    return f"first printed: {date_text(group.first[0].published)} by {', '.join(names)}{note}"


def _notes(answer: Answer) -> list[str]:
    """Return how many statements are not shown, and what a reader should know."""
    more = answer.total - len(answer.found)
    notes = (f"{count_of(more, 'more statement')} not shown" if more else "", answer.note)
    return [note for note in notes if note]
