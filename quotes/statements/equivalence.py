"""Equivalence: whether two wordings are one statement.

In: two wordings with speaker and days. Out: a reason, or None: the same words, a part, altered
words, or words translated or told another time. Precision goes first: two statements on one topic
by one speaker on one day are two, and so are two that differ in a number, a name, a not, or one
thing for another.
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
from quotes.statements.comparison import CHANGES, Segment, compare_tokens
from quotes.statements.tokens import tokens
from quotes.statements.types import Reason, Statement
from quotes.statements.weights import Vocabulary

# Words are those that are not common; days lie between the days of publication.
MIN_ANY_TIME_WORDS = 6  # the same ones are one statement after any time ...
MAX_REPEAT_DAYS = 3  # ... fewer only within these days
MIN_TWO_SPEAKERS_WORDS = 8  # one statement although it is given to two speakers
MIN_UNKNOWN_SPEAKER_WORDS = 4  # where one of the speakers is not known
MAX_ALTERED_DAYS = 7
MIN_ALTERED_SCORE = 0.75  # share of the weight of two altered wordings
MIN_SWAPPABLE_WORDS = 12  # shared: in fewer, one thing for another makes another statement
MAX_REWORDED_DAYS = 3
MIN_REWORDED_WORDS = 4  # in common
MIN_UNDATED_WORDS = 6  # the same where the days are unknown
MIN_REWORDED_SHARE = 0.7  # of the shorter's words
MIN_REWORDED_ORDER = 0.55  # of them in the same order; undated as many as in common
MIN_LENGTH_RATIO = 0.4  # of the shorter's words to the longer's
MIN_SPELLING_LIKENESS = 88  # of 100: honour, honor; not Austria, Australia
MIN_VARIED_LETTERS = 5  # of a word that may be spelled in two ways
MIN_NAME_LIKENESS = 75  # of 100


@dataclass(frozen=True, eq=False)
class Wording:
    """One wording by one speaker in one period, with all statements that print it so.

    Attributes:
        statements: The statements, the earliest first.
        forms: The words as they are compared.
        sequence: The stems of the words that are not common, in order.
        numbers: The words that are numbers.
        common: The words of the language that are common.
        reversed: True if a word reverses it.
        stems: The stems of `sequence`.
        documents: The documents that print it.
        first: The first day of publication, None where unknown.
        last: The last day of publication.
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
        """Words with a capital that do not begin a sentence: names, as far as letters show them."""
        return _names(self.words) - self.common

    @property
    def words(self) -> str:
        """The words as first printed."""
        return self.statements[0].words

    @property
    def speaker(self) -> str | None:
        """The id of the speaker."""
        return self.statements[0].speaker_id

    @property
    def said_on(self) -> SaidOn | None:
        """When it was said."""
        return self.statements[0].said_on


def wording(
    statements: Sequence[Statement],
    cut: tuple[str, ...],
    sequence: Iterable[str],
    words: Vocabulary,
) -> Wording:
    """Make a wording.

    Args:
        statements: Its statements, the earliest first.
        cut: Its words.
        sequence: The stems of those that are not common.
        words: The vocabulary of its language.
    """
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
    """Return why two wordings are one statement, or None."""
    if days_of_saying_differ(a.said_on, b.said_on):
        return None
    shorter, longer = (a, b) if len(a.forms) <= len(b.forms) else (b, a)
    kind, score, segments = compare_tokens(shorter.words, longer.words, words)
    apart = days_apart(a, b)
    if kind == "verbatim" and a.speaker == b.speaker and _is_copied(a, b):
        return "same words"
    if kind in {"verbatim", "partial"}:
        return (
            ("same words" if kind == "verbatim" else "part") if _same_words(a, b, apart) else None
        )
    if a.documents & b.documents or (apart or 0) > MAX_ALTERED_DAYS or contradict(a, b):
        return None
    if kind == "altered" and _changes_sense(segments, len(a.stems & b.stems), words):
        return None
    if kind == "altered" and score >= MIN_ALTERED_SCORE and _speakers_fit(a, b, MIN_ANY_TIME_WORDS):
        return "altered"
    return "reworded" if _reworded(a, b, apart) else None


def may_be_equivalent(
    a: Wording, b: Wording, words: Vocabulary, *, one_speaker: bool = True
) -> bool:
    """Tell whether the words alone allow `link` to find a reason, once days are known.

    `one_speaker` says whether one speaker may have said both.
    """
    if one_speaker and _same_in_other_words(a, b, dated=True):
        return True
    shorter, longer = (a, b) if len(a.forms) <= len(b.forms) else (b, a)
    return compare_tokens(shorter.words, longer.words, words)[0] is not None


def days_of_saying_differ(a: SaidOn | None, b: SaidOn | None) -> bool:
    """Tell whether the two were said at different times, as far as both are known."""
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
    """Return the days between the times in which they were printed, None where unknown."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return None
    return max(0, (b.first - a.last).days, (a.first - b.last).days)


def contradict(a: Wording, b: Wording) -> bool:
    """Tell whether they say different things in many of the same words.

    They have other numbers, other names, or one has a word that reverses it.
    """
    if 2 * len(a.stems & b.stems) < min(len(a.stems), len(b.stems)):
        return False
    if a.reversed != b.reversed or (a.numbers - b.numbers and b.numbers - a.numbers):
        return True
    mine = any(not _alike(name, b.names) for name in a.names - b.stems)
    return mine and any(not _alike(name, a.names) for name in b.names - a.stems)


def _is_copied(a: Wording, b: Wording) -> bool:
    """Tell whether an article of one is a near copy of one of the other, or both of a third."""
    mine, theirs = (
        {statement.copy_of or statement.document for statement in each.statements}
        for each in (a, b)
    )
    return bool(mine & theirs) and not a.documents & b.documents


def _same_words(a: Wording, b: Wording, apart: int | None) -> bool:
    """Tell whether the same words are one statement: many, or a few within some days."""
    many = min(len(a.sequence), len(b.sequence))
    if a.speaker and b.speaker and a.speaker != b.speaker:
        return many >= MIN_TWO_SPEAKERS_WORDS and (apart or 0) <= MAX_REPEAT_DAYS
    return _speakers_fit(a, b, MIN_UNKNOWN_SPEAKER_WORDS) and (
        many >= MIN_ANY_TIME_WORDS or (apart or 0) <= MAX_REPEAT_DAYS
    )


def _speakers_fit(a: Wording, b: Wording, many: int) -> bool:
    """Tell whether one speaker said both, or, of so many words, one may be unknown."""
    if a.speaker and b.speaker:
        return a.speaker == b.speaker
    return min(len(a.sequence), len(b.sequence)) >= many


def _changes_sense(segments: Sequence[Segment], shared: int, words: Vocabulary) -> bool:
    """Tell whether a change is one of sense.

    It is where it is one of a number or a not, or, in a short statement that is else the same, puts
    one thing for another.
    """
    changes = [(segment.asked, segment.printed) for segment in segments if segment.op in CHANGES]
    for asked, printed in changes:
        if words.any_reverses(asked) != words.any_reverses(printed) or {
            t.form for t in asked if t.number
        } != {t.form for t in printed if t.number}:
            return True
    swaps = [
        (mine, theirs)
        for mine, theirs in (
            ([t.form for t in side if t.form not in words.common] for side in change)
            for change in changes
        )
        if mine and theirs and not all(_alike(form, theirs) for form in mine)
    ]
    return bool(swaps) and len(changes) <= 2 and shared < MIN_SWAPPABLE_WORDS


def _reworded(a: Wording, b: Wording, apart: int | None) -> bool:
    """Tell whether one speaker's words were translated or told twice."""
    if not a.speaker or a.speaker != b.speaker or (apart or 0) > MAX_REWORDED_DAYS:
        return False
    return _same_in_other_words(a, b, dated=apart is not None)


def _same_in_other_words(a: Wording, b: Wording, *, dated: bool) -> bool:
    """Tell whether most words stand in both, mostly in the same order.

    Then they are one statement, translated or told twice.
    """
    mine, enough = list(a.sequence), MIN_REWORDED_WORDS if dated else MIN_UNDATED_WORDS
    shorter, longer = sorted((len(mine), len(b.sequence)))
    may_vary = {form[0] for form in mine if len(form) >= MIN_VARIED_LETTERS and form.isalpha()}
    reachable = sum(
        other in a.stems or (len(other) >= MIN_VARIED_LETTERS and other[0] in may_vary)
        for other in b.stems
    )
    if shorter < MIN_LENGTH_RATIO * longer or reachable < enough:
        return False
    by_letter = defaultdict[str, list[str]](list)
    for form in mine:
        by_letter[form[0]].append(form)
    theirs = [
        next((form for form in by_letter[other[0]] if spelled_alike(form, other)), other)
        for other in b.sequence
    ]
    shared = len(set(mine) & set(theirs))
    if shared < enough:
        return False
    order = LCSseq.similarity(mine, theirs) / shorter
    whole = shared / min(len(set(mine)), len(set(theirs)))
    return whole >= MIN_REWORDED_SHARE and order >= (
        MIN_REWORDED_ORDER if dated else MIN_REWORDED_SHARE
    )


def spelled_alike(one: str, other: str) -> bool:
    """Tell whether two stems are one word spelled in two ways; numbers never are."""
    if one == other:
        return True
    if one[0] != other[0] or min(len(one), len(other)) < MIN_VARIED_LETTERS or not one.isalpha():
        return False
    return fuzz.ratio(one, other, score_cutoff=MIN_SPELLING_LIKENESS) > 0


def _alike(name: str, others: Iterable[str]) -> bool:
    return any(
        name[0] == other[0]
        and (fuzz.ratio(name, other) >= MIN_NAME_LIKENESS or name[:4] == other[:4])
        for other in others
    )


def _names(text: str) -> frozenset[str]:
    """Return words with a capital letter that do not begin a sentence."""
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
