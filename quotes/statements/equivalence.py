"""Are two wordings one statement? The same words, a part, altered words, or words translated or told another time.

In: two wordings with speaker and days. Out: a reason, or None. Precision goes first: two statements on one topic by one speaker on one
day are two, and so are two that differ in a number, a name, a not, or one thing for another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from quotes.records import SaidOn
from quotes.statements.comparison import CHANGES, Stretch, judged
from quotes.statements.tokens import tokens
from quotes.statements.types import Reason, Statement
from quotes.statements.weights import Vocabulary

# Words here are those that are not common; days are between the days of publication.
MANY = 6  # words: the same ones may be printed again after any time ...
AGAIN = 3  # ... fewer only within these days
TWO_SPEAKERS = 8  # words that are one statement although it is given to two speakers
SPEAKER_UNKNOWN = 4  # words, where one of the speakers is not known
ALTERED_DAYS = 7
LEAST_ALIKE = 0.75  # of the weight of two altered wordings
SWAPPED = 12  # in fewer words, one thing for another makes another statement
REWORDED_DAYS = 3
REWORDED = 4  # words in common, of those of the shorter
REWORDED_UNDATED = 6
REWORDED_SHARE = 0.7
REWORDED_ORDER = 0.55  # of them in the same order; undated as many as in common
SHORTEST = 0.4  # of the longer's words
SPELLED_ALIKE = 88  # honour, honor; not Austria, Australia
LEAST_VARIED = 5  # letters of a word that may be spelled in two ways
NAMES_ALIKE = 75


@dataclass(frozen=True, eq=False)
class Wording:
    """One wording by one speaker in one stretch of days, with all that print it so.

    `sequence` are the stems of its words that are not common, in order; `last` and `first` the days of publication between which it stands.
    """

    statements: tuple[Statement, ...]
    forms: tuple[str, ...]
    sequence: tuple[str, ...]
    numbers: frozenset[str]
    common: frozenset[str]
    reversed: bool
    stems: frozenset[str]
    documents: frozenset[str]
    first: date | None
    last: date | None

    @cached_property
    def names(self) -> frozenset[str]:
        """Words with a capital letter that do not begin a sentence: names, as far as letters show them."""
        return _names(self.words) - self.common

    @property
    def words(self) -> str:
        return self.statements[0].words

    @property
    def speaker(self) -> str | None:
        return self.statements[0].speaker_id

    @property
    def said_on(self) -> SaidOn | None:
        return self.statements[0].said_on


def wording(
    statements: Sequence[Statement],
    cut: tuple[str, ...],
    sequence: Iterable[str],
    words: Vocabulary,
) -> Wording:
    """A wording from its statements, the earliest first, their words, and the stems of those that are not common."""
    days = [s.published for s in statements if s.published]
    found = tuple(sequence)
    return Wording(
        statements=tuple(statements),
        forms=cut,
        sequence=found,
        numbers=frozenset(form for form in cut if form[-1:].isdigit() or form[:1].isdigit()),
        common=words.common,
        reversed=any(map(words.reverses, cut)),
        stems=frozenset(found),
        documents=frozenset(s.document for s in statements),
        first=min(days, default=None),
        last=max(days, default=None),
    )


def link(a: Wording, b: Wording, words: Vocabulary) -> Reason | None:
    """Why two wordings are one statement, or None."""
    if days_of_saying_differ(a.said_on, b.said_on):
        return None
    shorter, longer = (a, b) if len(a.forms) <= len(b.forms) else (b, a)
    kind, score, stretches = judged(shorter.words, longer.words, words)
    apart = days_apart(a, b)
    if kind in {"verbatim", "partial"}:
        return (
            ("same words" if kind == "verbatim" else "part") if _same_words(a, b, apart) else None
        )
    if a.documents & b.documents or (apart or 0) > ALTERED_DAYS or contradict(a, b):
        return None
    if kind == "altered" and _changes_sense(stretches, len(a.stems & b.stems), words):
        return None
    if kind == "altered" and score >= LEAST_ALIKE and _speakers_fit(a, b, MANY):
        return "altered"
    return "reworded" if _reworded(a, b, apart) else None


def may_be_one(a: Wording, b: Wording, words: Vocabulary, *, one_speaker: bool = True) -> bool:
    """Whether `link` may find a reason once days are known, and whether one speaker said both: whether the words alone allow one."""
    if one_speaker and _told_twice(a, b, dated=True):
        return True
    shorter, longer = (a, b) if len(a.forms) <= len(b.forms) else (b, a)
    return judged(shorter.words, longer.words, words)[0] is not None


def days_of_saying_differ(a: SaidOn | None, b: SaidOn | None) -> bool:
    """Whether the two were said at different times, as far as both are known."""
    if a is None or b is None:
        return False
    if "year" in (a.precision, b.precision):
        return a.date.year != b.date.year
    if "month" in (a.precision, b.precision):
        return (a.date.year, a.date.month) != (b.date.year, b.date.month)
    if "week" in (a.precision, b.precision):
        return a.date.isocalendar()[:2] != b.date.isocalendar()[:2]
    return a.date != b.date


def days_apart(a: Wording, b: Wording) -> int | None:
    """Days between the times in which they were printed, or None where unknown."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return None
    return max(0, (b.first - a.last).days, (a.first - b.last).days)


def contradict(a: Wording, b: Wording) -> bool:
    """Whether they say different things with many of the same words: other numbers, other names, a not."""
    if 2 * len(a.stems & b.stems) < min(len(a.stems), len(b.stems)):
        return False
    if a.reversed != b.reversed or (a.numbers - b.numbers and b.numbers - a.numbers):
        return True
    mine = any(not _alike(name, b.names) for name in a.names - b.stems)
    return mine and any(not _alike(name, a.names) for name in b.names - a.stems)


def _same_words(a: Wording, b: Wording, apart: int | None) -> bool:
    """Whether the same words are one statement: many, or a few within some days."""
    many = min(len(a.sequence), len(b.sequence))
    if a.speaker and b.speaker and a.speaker != b.speaker:
        return many >= TWO_SPEAKERS and (apart or 0) <= AGAIN
    return _speakers_fit(a, b, SPEAKER_UNKNOWN) and (many >= MANY or (apart or 0) <= AGAIN)


def _speakers_fit(a: Wording, b: Wording, many: int) -> bool:
    """Whether one speaker said both, or, of so many words, one may be unknown."""
    if a.speaker and b.speaker:
        return a.speaker == b.speaker
    return min(len(a.sequence), len(b.sequence)) >= many


def _changes_sense(stretches: Sequence[Stretch], shared: int, words: Vocabulary) -> bool:
    """Whether a change is one of sense: a number, a not, or, in a short statement that is else the same, one thing for another."""
    changes = [(stretch.asked, stretch.printed) for stretch in stretches if stretch.op in CHANGES]
    for asked, printed in changes:
        if words.turns(asked) != words.turns(printed) or {t.form for t in asked if t.number} != {
            t.form for t in printed if t.number
        }:
            return True
    swaps = [
        (mine, theirs)
        for mine, theirs in (
            ([t.form for t in side if t.form not in words.common] for side in change)
            for change in changes
        )
        if mine and theirs and not all(_alike(form, theirs) for form in mine)
    ]
    return bool(swaps) and len(changes) <= 2 and shared < SWAPPED


def _reworded(a: Wording, b: Wording, apart: int | None) -> bool:
    """Whether one speaker's words were translated or told twice."""
    if not a.speaker or a.speaker != b.speaker or (apart or 0) > REWORDED_DAYS:
        return False
    return _told_twice(a, b, dated=apart is not None)


def _told_twice(a: Wording, b: Wording, *, dated: bool) -> bool:
    """Whether most of the words stand in both, mostly in the same order: one statement, translated or told twice."""
    mine, least = list(a.sequence), REWORDED if dated else REWORDED_UNDATED
    shorter, longer = sorted((len(mine), len(b.sequence)))
    may_vary = {form[0] for form in mine if len(form) >= LEAST_VARIED and form.isalpha()}
    reachable = sum(
        other in a.stems or (len(other) >= LEAST_VARIED and other[0] in may_vary)
        for other in b.stems
    )
    if shorter < SHORTEST * longer or reachable < least:
        return False
    by_letter = defaultdict[str, list[str]](list)
    for form in mine:
        by_letter[form[0]].append(form)
    theirs = [
        next((form for form in by_letter[other[0]] if spelled_alike(form, other)), other)
        for other in b.sequence
    ]
    shared = len(set(mine) & set(theirs))
    if shared < least:
        return False
    order = LCSseq.similarity(mine, theirs) / shorter
    whole = shared / min(len(set(mine)), len(set(theirs)))
    return whole >= REWORDED_SHARE and order >= (REWORDED_ORDER if dated else REWORDED_SHARE)


def spelled_alike(one: str, other: str) -> bool:
    """Whether two stems are one word spelled in two ways; numbers never are."""
    if one == other:
        return True
    if one[0] != other[0] or min(len(one), len(other)) < LEAST_VARIED or not one.isalpha():
        return False
    return fuzz.ratio(one, other, score_cutoff=SPELLED_ALIKE) > 0


def _alike(name: str, others: Iterable[str]) -> bool:
    return any(
        name[0] == other[0] and (fuzz.ratio(name, other) >= NAMES_ALIKE or name[:4] == other[:4])
        for other in others
    )


def _names(text: str) -> frozenset[str]:
    """Words with a capital letter that do not begin a sentence: names, as far as letters show them."""
    found, cut = set(), tokens(text)
    for before, token in zip((None, *cut), cut, strict=False):
        between = text[before.end : token.start] if before else "."
        if (
            text[token.start : token.end].lstrip("[")[:1].isupper()
            and not set(between) & set('.!?:“"')
            and not token.editor
        ):
            found.add(token.form)
    return frozenset(found)
