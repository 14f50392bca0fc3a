"""Turns of a transcript, from its characters alone: who speaks from where to where.

In: a `Document`. Out: turns with the label as printed, the name and role in it, and the time where
one stands beside it. Labels are those that extraction knows (`attribution.generators.transcripts`)
and the names that the markup of subtitles gives. No model is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quotes.attribution.generators.transcripts import BRACKETS, LETTER, PLAIN, TIME, TIMED
from quotes.language import Language
from quotes.records import Document, Span
from quotes.text.folding import fold_word

MIN_TURNS = 2
MIN_LABELLED_SHARE = 0.3  # of the paragraphs, where labels have a form that articles have, too
MAX_LABEL_WORDS = 7
MAX_LABEL_CHARS = 80
QUESTION = "Q"
LINE = re.compile(r"[^\n]+")
TIME_CODE = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})")
STANDS_ALONE = re.compile(rf"\s*{TIME}\s*$")
PARTY = re.compile(r"\s*\([^()]{0,40}\)\s*$")


@dataclass(frozen=True, slots=True)
class LabelledTurn:
    """What one speaker says.

    Attributes:
        label: The label as printed.
        name: The name in it, in its fullest form in the transcript.
        role: What stands behind a comma, here or at an earlier label of the same speaker.
        span: The words of the turn.
        time: When it begins, in seconds.
    """

    label: str
    name: str
    role: str | None
    span: Span
    time: float | None = None


@dataclass(frozen=True, slots=True)
class _Label:
    text: str
    line: Span
    end: int
    sure: bool
    time: float | None


def labelled_turns(document: Document, language: Language) -> tuple[LabelledTurn, ...]:
    """Return the turns of a document; none where it is no transcript."""
    labels = list(_labels(document.text, language))
    marked = tuple(
        LabelledTurn(e.author, e.author, None, e.content)
        for e in document.embeds
        if e.author and e.source and e.source.end < e.content.start
    )
    if not _is_transcript(document.text, labels):
        return marked
    ends = [label.line.start for label in labels[1:]] + [len(document.text)]
    turns = [
        LabelledTurn(label.text, *_name_and_role(label.text), Span(label.end, end), label.time)
        for label, end in zip(labels, ends, strict=True)
        if label.end <= end
    ]
    return tuple(_with_full_names(turns))


def _labels(text: str, language: Language) -> Iterator[_Label]:
    """Yield what may be a label at the beginning of each line."""
    not_names = language.words("label-words")
    time: float | None = None  # of a line that holds nothing else
    for line in LINE.finditer(text):
        start, end = line.span()
        if STANDS_ALONE.match(text, start, end):
            time = seconds(line[0])
            continue
        for pattern, sure in ((LETTER, True), (BRACKETS, True), (TIMED, True), (PLAIN, False)):
            match = pattern.match(text, start, end)
            if not match:
                continue
            group = next(g for g in range(1, pattern.groups + 1) if match[g])
            label = " ".join(match[group].split()).strip(" *_")
            if _may_be_label(label, not_names):
                own = seconds(match[0]) if pattern is TIMED else None
                yield _Label(label, Span(start, end), match.end(), sure, own or time)
            break
        time = None


def seconds(text: str) -> float | None:
    """Return the first time code of a text ("[00:12:03]") in seconds."""
    found = TIME_CODE.search(text)
    if not found:
        return None
    hours, minutes, rest = (int(part or 0) for part in found.groups())
    return float(hours * 3600 + minutes * 60 + rest)


def _may_be_label(label: str, not_names: frozenset[str]) -> bool:
    words = label.split()
    if not words or len(words) > MAX_LABEL_WORDS or len(label) > MAX_LABEL_CHARS:
        return False
    if fold_word(words[0].rstrip(",.")) in not_names or fold_word(label) in not_names:
        return False
    name = label.partition(",")[0].split()
    return sum(word[:1].isupper() for word in name) * 2 > len(name)


def _is_transcript(text: str, labels: Sequence[_Label]) -> bool:
    """Tell whether labels are those of people who talk, and not headings of an article."""
    if len(labels) < MIN_TURNS:
        return False
    if sum(label.sure for label in labels) >= MIN_TURNS:
        return True
    paragraphs = sum(1 for line in LINE.finditer(text) if line[0].strip())
    return len(labels) >= MIN_LABELLED_SHARE * paragraphs


def _name_and_role(label: str) -> tuple[str, str | None]:
    """Return the name and the role of a label ("JOHN KIRBY, NSC SPOKESMAN")."""
    name, _, role = PARTY.sub("", label).partition(",")
    name = name.strip()
    return (name.title() if name.isupper() and len(name) > 1 else name), role.strip() or None


def _with_full_names(turns: Sequence[LabelledTurn]) -> Iterator[LabelledTurn]:
    """Give each turn the longest name of its last word, if only one speaker has it, and its role.

    "KIRBY:" is "JOHN KIRBY, NSC SPOKESMAN:" of before.
    """
    longest: dict[str, set[str]] = {}
    roles: dict[str, str] = {}
    for turn in turns:
        last = fold_word(turn.name.split()[-1])
        longest.setdefault(last, set()).add(turn.name)
        if turn.role:
            roles.setdefault(turn.name, turn.role)
    for turn in turns:
        names = longest[fold_word(turn.name.split()[-1])]
        full = max(names, key=lambda name: (len(name.split()), name))
        alike = all(len(name.split()) == 1 or name == full for name in names) or turn.name == full
        name = full if alike else turn.name
        yield replace(turn, name=name, role=turn.role or roles.get(name))
