"""The report of a verification for people: plain text, and colours for a terminal.

In: a `Verification`. Out: lines that a desk reads from top to bottom, the worst first. Words that
only the draft has stand as [-so-], words that only the source has as {+so+}. Nothing of a document
reaches a terminal as a control character.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotes.output.dates import date_text
from quotes.output.numbers import count_of
from quotes.output.quote_text import NO_SPEAKER, with_role
from quotes.output.terminal.safe_text import printable
from quotes.output.terminal.statements import difference_text
from quotes.output.time_code import time_code
from quotes.records import line_number, text_of_spans
from quotes.statements.comparison import Piece
from quotes.verification.findings import LABELS, Claim, Evidence, Finding, Verdict
from quotes.verification.verification import NO_QUOTATIONS, Verification
from quotes.verification.wording import compared_pieces

if TYPE_CHECKING:
    from rich.text import Text

COLOURS: dict[Verdict, str] = {
    "verbatim": "green",
    "trimmed": "green",
    "reworded": "green",
    "not checkable": "cyan",
    "other day": "yellow",
}  # all others are red
WORST_COLOUR = "red"
MAX_UNCHECKED = 5  # stretches in quotation marks that were not checked
MAX_CUT_CHARS = 160  # of words cut off at an end


def plain_text(verification: Verification) -> str:
    """Return the report as plain text."""
    blocks = ["\n".join(lines) for lines in _blocks(verification)]
    return "\n\n".join(blocks) + "\n"


def renderable(verification: Verification) -> Text:
    """Return the same for a terminal, with the verdicts in colour."""
    from rich.text import Text

    text = Text()
    verdicts = [None, *(finding.verdict for finding in verification.worst_first)]
    for number, lines in enumerate(_blocks(verification)):
        verdict = verdicts[number] if number < len(verdicts) else None
        colour = COLOURS.get(verdict, WORST_COLOUR) if verdict else ""
        text.append(lines[0] + "\n", style=f"bold {colour}".strip())
        text.append("".join(line + "\n" for line in lines[1:]) + "\n")
    return text


def summary(verification: Verification, *, store: str | None = None) -> str:
    """Return how many quotations were checked against what, and the number of each verdict.

    Args:
        verification: What checking comes to.
        store: The words for the store, in place of those with its folder.
    """
    found, sources = verification.findings, verification.sources
    against = []
    if sources.documents:
        words = count_of(sources.words, "word")
        against.append(f"{count_of(sources.documents, 'document')} ({words})")
    if sources.store:
        against.append(store or f"the store {printable(sources.store)}")
    accepted = verification.accepted
    counts = ", ".join(
        f"{number} {LABELS[v]}" + (f" ({accepted[v]} accepted)" if accepted.get(v) else "")
        for v, number in verification.counts.items()
    )
    checked = f"{count_of(len(found), 'quotation')} checked against {' and '.join(against)}"
    return f"{checked}: {counts}" if found else NO_QUOTATIONS


def unchecked_line(verification: Verification) -> str | None:
    """Return what stands in quotation marks and was not checked, on one line; None for nothing.

    'not checked, because nobody is said to have said it: line 3 “Operation Spring”'
    """
    several = len(verification.drafts) > 1
    found = [
        (f"{draft.id}, " if several else "")
        + f"line {line_number(draft.text, spans[0].start)} “{text_of_spans(draft.text, spans)}”"
        for draft in verification.drafts
        for spans in draft.unchecked
    ]
    if not found:
        return None
    shown, more = ", ".join(found[:MAX_UNCHECKED]), len(found) - MAX_UNCHECKED
    rest = f" and {more} more" if more > 0 else ""
    return f"not checked, because nobody is said to have said it: {shown}{rest}"


def _blocks(verification: Verification) -> Iterator[list[str]]:
    """Yield the lines of the summary and of each finding."""
    failed = verification.sources.failures
    head = [summary(verification)]
    head += [f"not read: {printable(failure.message)}" for failure in failed]
    unchecked = unchecked_line(verification)
    head += [printable(unchecked)] if unchecked else []
    yield head
    several = len(verification.drafts) > 1
    for finding in verification.worst_first:
        yield list(finding_lines(finding, with_draft=several))


def finding_lines(finding: Finding, *, with_draft: bool = False) -> Iterator[str]:
    """Yield the lines of a finding: verdict and place, the words, the evidence, notes."""
    claim = finding.claim
    label = LABELS[finding.verdict].upper()
    also = "".join(f" + {LABELS[verdict]}" for verdict in finding.also)
    who = printable(with_role(claim.speaker or NO_SPEAKER, claim.role))
    place = (
        f"{printable(claim.document)}, line {claim.line}" if with_draft else f"line {claim.line}"
    )
    accepted = ", ACCEPTED" if finding.accepted else ""
    yield f"{label}{also}{accepted} · {place} · {who}"
    yield f"    draft:  {_marked(claim, printable(claim.words))}"
    if finding.verdict in ("not found", "not checkable"):
        for evidence in finding.evidence:
            yield f"    nearest: {where(evidence)}: {printable(evidence.words)}"
    else:
        for number, evidence in enumerate(finding.evidence, start=1):
            part = f"part {number}" if len(finding.evidence) > 1 else "source"
            yield f"    {part}: {where(evidence)}"
            yield f"            {_words(finding, evidence)}"
    for note in notes_of(finding):
        yield f"    note:   {printable(note)}"


def notes_of(finding: Finding) -> tuple[str, ...]:
    """Return what a reader should know, and who accepted the finding or an earlier one, and why.

    "accepted by Ada on 3 May 2024: heard on the tape".
    """
    if finding.accepted:
        made, what = finding.accepted, "accepted"
    elif finding.accepted_before:
        made = finding.accepted_before
        what = f"not accepted as it is now; an earlier finding ({made.verdict}) was accepted"
    else:
        return finding.notes
    return (*finding.notes, f"{what} by {made.by} on {date_text(made.on)}: {made.why}")


def _words(finding: Finding, evidence: Evidence) -> str:
    """Return the words of the source, with the difference from the draft and what was cut off."""
    changed = any(change.kind != "cut off" for change in finding.changes) and evidence.pieces
    words = difference(evidence.pieces) if changed else printable(evidence.words)
    if finding.verdict == "paraphrase" and not changed:
        return f"{_cut(evidence.before, left=True)}{words}{_cut(evidence.after)}"
    return (
        f"{_cut(evidence.before, left=True)}{_marked(finding.claim, words)}{_cut(evidence.after)}"
    )


def _marked(claim: Claim, words: str) -> str:
    """Return words of a claim or its source: in quotation marks unless they are indirect speech."""
    return words if claim.type == "indirect" else f"“{words}”"


def _cut(text: str, *, left: bool = False) -> str:
    """Return words cut off at an end, in brackets; long ones are shortened there."""
    words = printable(text)
    if not words:
        return ""
    if len(words) > MAX_CUT_CHARS:
        words = f"… {words[-MAX_CUT_CHARS:]}" if left else f"{words[:MAX_CUT_CHARS]} …"
    return f"({words}) " if left else f" ({words})"


def difference(pieces: tuple[Piece, ...]) -> str:
    """Return the difference on one line, without what lies beyond the words compared."""
    return difference_text(compared_pieces(pieces)).strip()


def where(evidence: Evidence) -> str:
    """Return the source, the place in it and who speaks: "minutes.vtt · line 3 · Anna Park"."""
    said = evidence.speaker
    who = printable(with_role(said.name or "speaker not named", said.role))
    parts = [
        printable(evidence.outlet) if evidence.outlet else None,
        date_text(evidence.published) if evidence.published else None,
        printable(evidence.source),
        f"page {evidence.page}" if evidence.page else None,
        f"line {evidence.line}" if evidence.line else None,
        time_code(evidence.time) if evidence.time is not None else None,
        who,
    ]
    return " · ".join(part for part in parts if part)
