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
from quotes.output.quote_text import (
    NO_SPEAKER,
    label_of,
    labelled_words,
    source_text,
    speaker_text,
    with_role,
)
from quotes.output.terminal.safe_text import printable
from quotes.statements.answers import (
    NOT_FOUND,
    WORD_FOR_WORD,
    Answer,
    Found,
    Reading,
    Verdict,
    readings,
)
from quotes.statements.comparison import Piece
from quotes.statements.types import Group, Statement, Variant

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from quotes.statements.running_text import Passage

REASONS = {  # why wordings are grouped as one statement
    "same words": "the same words",
    "part": "one is part of the other",
    "altered": "nearly the same words",
    "reworded": "reworded",
}
COLOURS = {"verbatim": "green", "part": "green", "altered": "yellow", "similar": "cyan"}
MAX_PLACES = 5  # articles named with one wording
DifferencePart = tuple[str, str]  # words and how they differ: "", "old", "new", "left out"
_MARKUP = {"": "{}", "old": "[-{}-]", "new": "{{+{}+}}", "left out": "{{~{}~}}"}
_STYLES = {"": "", "old": "red strike", "new": "green", "left out": "dim"}


def plain_text(answer: Answer) -> str:
    """Return an answer as plain text.

    The answer in a line, whether articles disagree about the speaker; then for each statement how
    it matches, who said it, where, the difference, other wordings, and who printed it first.
    """
    blocks = ["\n".join(_lines(found)) for found in answer.found]
    return (
        "\n\n".join(["\n".join(summary(answer)), *blocks, *_passages(answer), *_notes(answer)])
        + "\n"
    )


def summary(answer: Answer) -> Iterator[str]:
    """Yield the answer in a line, and a second one where articles differ about the speaker."""
    prints = answer.prints()
    if not prints:
        yield _no_quotation(answer)
        return
    if answer.passages:
        stand = f"these words stand in {_articles(answer.passages)}"
        yield f"No quotation has these words, but {stand}"
    how = {
        "verbatim": "Word for word",
        "part": "Word for word, as part of a longer quotation",
        "altered": "Altered, not word for word",
        "similar": "Only similar words",
    }[answer.verdict or "similar"]
    read = readings(prints)
    first, *others = [f"{_name(each)} ({each.articles:,})" for each in read]
    line = f"{how}, in {_articles(prints)}: {first}"
    for each in read[1:]:
        n = f"{each.articles:,}"
        line += (
            f"; read as {_name(each)} in {n}: check" if each.speaker else f"; nobody named in {n}"
        )
    yield line
    if others and answer.verdict in WORD_FOR_WORD:
        yield "! " + count_of(len(read), "speaker") + ": " + " · ".join(map(_reading, read))


def _no_quotation(answer: Answer) -> str:
    """Return the answer where no quotation has the words."""
    if answer.passages:
        return f"No quotation, but these words stand in {_articles(answer.passages)}"
    searched = f" in {count_of(answer.articles, 'article')}" if answer.articles is not None else ""
    return f"{NOT_FOUND}: no quotation or sentence like this{searched}"


def _reading(reading: Reading) -> str:
    """Return a speaker, and how sure it is that the article means them."""
    surest = max(reading.prints, key=lambda each: each.speaker_confidence)
    named = source_text(surest.speaker, surest.source)
    sure = f"{surest.speaker_confidence:.0%} sure" if surest.speaker else ""
    why = ", ".join(part for part in (f"text has “{named}”" if named else "", sure) if part)
    articles = count_of(reading.articles, "article")
    return printable(f"{_name(reading)} ({articles}{f': {why}' if why else ''})")


def _name(reading: Reading) -> str:
    return printable(reading.speaker) if reading.speaker else NO_SPEAKER


def _articles(prints: Sequence[Statement] | Sequence[Passage]) -> str:
    """Return of how many articles and outlets: "5 articles of 4 outlets, 2 of them copies"."""
    copies = {each.document: each.copy_of for each in prints}
    outlets = {each.outlet for each in prints if each.outlet}
    found = count_of(len(copies), "article")
    found += f" of {count_of(len(outlets), 'outlet')}" if outlets else ""
    copied = sum(original in copies for original in copies.values())
    return found + (f", {copied:,} of them near copies" if copied else "")


def _passages(answer: Answer) -> Iterator[str]:
    """Yield where the words stand in running text."""
    if answer.found and answer.passages:
        yield f"in running text, word for word, in {_articles(answer.passages)}:"
    for passage in list({p.document: p for p in reversed(answer.passages)}.values())[::-1][
        :MAX_PLACES
    ]:
        outlet = printable(passage.outlet) if passage.outlet else None
        place = (outlet, date_text(passage.published), printable(passage.document))
        around = f"{passage.before}{passage.words}{passage.after}"
        yield "    " + " · ".join(part for part in place if part) + "\n        " + printable(around)


def renderable(answer: Answer) -> RenderableType:
    """Return the same for a terminal, with differences in colour."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    shown: list[RenderableType] = [Text(line, style="bold") for line in summary(answer)]
    for found in answer.found:
        head, _, *rest = _lines(found)
        shown.append(Text("\n" + head, style=f"bold {COLOURS[found.verdict]}"))
        words = _coloured(found.comparison.pieces, bold=found.verdict == "part")
        label = label_of(found.statement.factuality, found.statement.act)
        shown.append(
            Padding(Text(f"{label}: ").append_text(words) if label else words, (0, 0, 0, 4))
        )
        for line in rest:
            indent = len(line) - len(line.lstrip())
            shown.append(Padding(Text(line.strip(), style="dim"), (0, 0, 0, indent)))
    shown += [Text("\n" + block) for block in _passages(answer)]
    shown += [Text("\n" + note, style="dim") for note in _notes(answer)]
    return Group(*shown)


def difference_text(pieces: Sequence[Piece]) -> str:
    """Return a difference on one line: [-in the question-]{+in the article+}."""
    return "".join(_MARKUP[how].format(words) for words, how in difference_parts(pieces))


def difference_parts(pieces: Sequence[Piece]) -> Iterator[DifferencePart]:
    """Yield the words of a difference in reading order, each with how it differs.

    Joined they are the printed words, with their spaces and no others, and the other words between.
    """
    at: int | None = None  # the end of the printed words so far; None before the first
    spaced = True  # nothing stands before, or a space
    for piece in pieces:
        asked, printed = printable(piece.asked), printable(piece.printed)
        if at is not None and not spaced and (not printed or piece.printed_span.start > at):
            yield " ", ""
            spaced = True
        if piece.op in {"delete", "replace", "beyond"} and asked:
            yield asked, "old"
            spaced = False
        if printed:
            yield printed, _how(piece)
            at, spaced = piece.printed_span.end, False
        elif asked and at is None:
            at = piece.printed_span.end


def _how(piece: Piece) -> str:
    """Return how the printed words of a piece differ."""
    if piece.op in {"insert", "replace"}:
        return "new"
    words = any(map(str.isalnum, piece.printed))  # not where both have the ellipsis
    return "left out" if piece.op == "gap" and piece.asked_span and words else ""


def _coloured(pieces: Sequence[Piece], *, bold: bool) -> Text:
    """Return a difference in colours; `bold`: the words that were asked for."""
    from rich.text import Text

    equal = {printable(piece.printed) for piece in pieces if bold and piece.op == "equal"}
    found, before = Text(), ""
    for words, how in difference_parts(pieces):
        if (before, how) == ("old", "new"):
            found.append(" ")
        before = how
        found.append(words, style="bold" if words in equal else _STYLES[how])
    return found


def _lines(found: Found) -> Iterator[str]:
    """Yield the lines of one statement: how it matches, the difference, where, and the rest."""
    said = found.statement
    who = printable(with_role(_speaker(said), said.role))
    yield f"{_verdict(found)} · {who} · {said.type} · {said.probability:.0%}"
    words = difference_text(found.comparison.pieces)
    yield "    " + labelled_words(words, said.factuality, said.act)
    if found.comparison.reversed:
        yield "    ! a word of the quotation before or behind these reverses them"
    own = next(variant for variant in found.group.variants if said in variant.printed)
    for statement in _first_of_each(own.printed)[:MAX_PLACES]:
        other = "" if statement.speaker_id == said.speaker_id else f" · {_speaker(statement)}"
        yield "        " + _place(statement) + other
    if len(own.printed) > MAX_PLACES:
        yield f"        and {len(own.printed) - MAX_PLACES:,} more"
    others = [variant for variant in found.group.variants if variant != own]
    for variant in others:
        yield from _variant(variant, found.verdicts.get(variant.words))
    if found.group.reasons and others:
        yield "    grouped because: " + ", ".join(REASONS[reason] for reason in found.group.reasons)
    yield "    " + _first(found.group)


def _verdict(found: Found) -> str:
    """Return how words stand in a statement; altered words are never all the same."""
    share = min(99, round(100 * found.score))
    return {
        "verbatim": "word for word",
        "part": "word for word, part of a longer quotation",
        "altered": f"altered, {share}% the same",
        "similar": f"similar, {share}% the same",
    }[found.verdict]


def _speaker(said: Statement) -> str:
    """Return the speaker, a question mark where it is not sure, and how the article names them."""
    named = source_text(said.speaker, said.source)
    name = speaker_text(said.speaker, said.speaker_confidence)
    return printable(name + (f" [text: “{named}”]" if named else ""))


def _first_of_each(printed: Sequence[Statement]) -> list[Statement]:
    """Return one print of each article, in order."""
    return list({s.document: s for s in reversed(printed)}.values())[::-1]


def _variant(variant: Variant, verdict: Verdict | None) -> Iterator[str]:
    """Yield another wording and where it stands."""
    label = {"verbatim": "word for word", "part": "word for word, part of"}.get(
        verdict or "", "other wording"
    )
    said = variant.printed[0]
    yield f"    {label}: {labelled_words(printable(variant.words), said.factuality, said.act)}"
    yield "        " + _places(variant.printed)


def _places(printed: Sequence[Statement]) -> str:
    """Return where a wording stands."""
    others = _first_of_each(printed)
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
    if len({s.document for s in group.first}) == 1:
        return f"first printed: {_place(group.first[0])}{note}"
    return f"first printed: {date_text(group.first[0].published)} by {', '.join(names)}{note}"


def _notes(answer: Answer) -> list[str]:
    """Return how many statements are not shown, and what a reader should know."""
    more = answer.total - len(answer.found)
    notes = (f"{count_of(more, 'more statement')} not shown" if more else "", answer.note)
    return [note for note in notes if note]
