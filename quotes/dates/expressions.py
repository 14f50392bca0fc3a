"""From a word of time to the whole expression: which words belong to it, and what they say.

In: the word that may head it, in its tree. Out: the numbers of its words ("late on Thursday"), and
a `Time`. Which day that comes to is for `reckoning`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quotes.analysis import Analysis
from quotes.dates.time_words import TimeWords
from quotes.text.folding import fold_word

CLOCK = re.compile(r"\d{1,2}[:.]\d\d\D{0,4}")
NUMBER = re.compile(r"(\d{1,3})(\D*)")  # and what is written to it: an ordinal's ending, "p.m."
YEAR = re.compile(r"1[89]\d\d|20\d\d")
DAYS = range(1, 32)
DASHES = frozenset({"—", "–", "--"})
BELONGING = frozenset(
    {"compound", "amod", "flat", "nummod", "det", "case", "cc", "conj", "nmod:desc"}
)  # strange words so tied change the time
CLAUSES = ("acl", "advcl")
PHRASES = ("nmod", "obl")
HEADS = frozenset({"weekday", "month", "unit", "deictic", "season", "part", "clock", "ago", "edge"})
LIMITS = frozenset({"bound", "reached"})
ALONE = frozenset({"vague", "loose"})  # adverbs that are a time expression by themselves


@dataclass(frozen=True, slots=True)
class Time:
    """What a time expression says; with everything missing, nothing about the calendar.

    Attributes:
        weekday: 0 for Monday.
        day: Of the month.
        month: Counted from 1.
        year: The year.
        unit: Day, week, weekend, month, year, or other.
        count: How many units.
        ago: The count goes back from the day of publication.
        shift: -1 for the one before, 0 for this one, 1 for the one to come.
        offset: Days from today.
        part: It names a part of a day.
        season: It names a season.
        recent: "This past Monday".
        vague: It rests on something else or is not exact.
    """

    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    unit: str | None = None
    count: int | None = None
    ago: bool = False
    shift: int | None = None
    offset: int | None = None
    part: bool = False
    season: bool = False
    recent: bool = False
    vague: bool = False


def expression(analysis: Analysis, head: int, words: TimeWords) -> frozenset[int] | None:
    """Return the words of the time expression that `head` heads, None where it heads none."""
    word = analysis.words[head]
    kind = words.kind(word.form)
    if (
        kind == "deictic"
        and word.form[:1].isupper()
        and head > analysis.sentence(head)[0]
        and not analysis.is_punct(head - 1)
    ):
        return None  # USA Today
    if not (
        kind in HEADS or (kind in ALONE and word.upos == "ADV") or _is_numeric(word.form, words)
    ):
        return None
    found = _members(analysis, head, words)
    return None if found is None else _with_neighbours(analysis, found, words)


def _members(analysis: Analysis, head: int, words: TimeWords) -> frozenset[int] | None:
    found = {head}
    for child in analysis.children(head):
        word = analysis.words[child]
        if any(analysis.words[n].form in DASHES for n in range(head + 1, child)):
            continue  # "on August 13 — two days after the ruling —"
        if words.kind(word.form) or _is_numeric(word.form, words):
            below = _members(analysis, child, words)
            if below is None:
                return None
            found |= below
        elif word.deprel in BELONGING and word.upos not in ("PUNCT", "PART"):
            return None
    return frozenset(found)


def _with_neighbours(analysis: Analysis, found: frozenset[int], words: TimeWords) -> frozenset[int]:
    """Return an expression with words beside it that the tree has elsewhere.

    A number by a month ("Oct. 26"), "earlier" with "this month".
    """
    low, high = analysis.sentence(min(found))
    near = set(found)
    for n in found:
        kind = words.kind(analysis.words[n].form)
        if kind == "month":
            near |= {
                k
                for k in (n - 1, n + 1)
                if low <= k < high and _number(analysis.words[k].form, words) in DAYS
            }
        elif kind == "loose" and [
            words.kind(w.form) for w in analysis.words[n + 1 : min(n + 3, high)]
        ] == ["shift", "unit"]:
            near |= {n + 1, n + 2}
    return frozenset(near)


def _is_numeric(form: str, words: TimeWords) -> bool:
    is_number = _number(form, words) is not None
    return is_number or bool(YEAR.fullmatch(form)) or _is_hour(form, words)


def _number(form: str, words: TimeWords) -> int | None:
    """Return the number that a word is, with or without the ending of an ordinal."""
    match = NUMBER.fullmatch(form)
    if match is None or (match[2] and fold_word(match[2]) not in words.ordinal_suffixes):
        return None
    return int(match[1])


def _is_hour(form: str, words: TimeWords) -> bool:
    """Return True for an hour of the clock in one word ("9:30", "9p.m.")."""
    match = NUMBER.fullmatch(form)
    return bool(CLOCK.fullmatch(form) or (match and words.kind(match[2]) == "clock"))


def read(
    analysis: Analysis, numbers: Iterable[int], words: TimeWords, *, beside_noun: bool = False
) -> Time | None:
    """Read what the words of an expression say together, None where they could date nothing.

    `beside_noun` tells that the expression stands before a noun ("a 2012 interview"), where a year
    needs no preposition.
    """
    ordered = sorted(numbers)
    time, kinds = Time(), set[str]()
    forms = [analysis.words[n].form for n in ordered]
    for at, form in enumerate(forms):
        kind = words.kind(form)
        kinds.add(kind or "number")
        time = (
            _add(time, kind, form, words)
            if kind
            else _add_number(time, form, forms[at + 1 :], words)
        )
    if "never" in kinds or not _fits(time, kinds, beside_noun):
        return None
    narrowed = any(_narrowed(analysis, n, ordered, definite="article" in kinds) for n in ordered)
    vague = (
        "bound" in kinds
        or ("reached" in kinds and time.weekday is None and time.offset is None)
        or ("approx" in kinds and time.ago)
        or ("article" in kinds and time.weekday is not None and time.day is None)
        or (narrowed and time.weekday is None and time.day is None and time.offset is None)
        or (
            time.shift == 0
            and "later" in {words.table[fold_word(f)][1] for f in forms if words.kind(f) == "loose"}
        )
    )
    return replace(time, vague=time.vague or vague)


def _fits(time: Time, kinds: set[str], beside_noun: bool) -> bool:
    """Return True if the words can be the time of an event at all.

    "In the Sun", "on May", "2012 people" and "in years" are none.
    """
    if time.weekday is not None:
        return "in" not in kinds or time.unit is not None or time.month is not None
    if time.month is not None:
        return (
            time.day is not None
            or time.year is not None
            or time.shift is not None
            or beside_noun
            or bool(kinds & {"in", "edge", "loose", *LIMITS})
        )
    if time.year is not None:
        return beside_noun or bool(kinds & {"in", "edge", "season", *LIMITS})
    if time.unit is not None:
        return (
            time.unit == "weekend"
            or time.shift is not None
            or time.recent
            or bool(kinds & {"ago", "vague", "loose", *LIMITS})
        )
    if time.season and not beside_noun:
        return time.shift is not None or "in" in kinds
    return (
        time.offset is not None
        or time.ago
        or (time.part and time.shift is not None)
        or bool(kinds & ALONE)
    )


def _narrowed(analysis: Analysis, number: int, members: Sequence[int], *, definite: bool) -> bool:
    """Return True if a clause or phrase after it says which one is meant.

    "Last fall, when they met", "the weekend before the vote".
    """
    after = [
        analysis.words[child].deprel
        for child in analysis.children(number)
        if child > number and child not in members
    ]
    return any(label.startswith(CLAUSES) for label in after) or (
        definite and any(label.startswith(PHRASES) for label in after)
    )


def _add(time: Time, kind: str, form: str, words: TimeWords) -> Time:
    """Return the time with what one more word says.

    A word that says something else about the same makes it vague.
    """
    value = words.value(form)
    if kind == "weekday":
        return _once(time, "weekday", int(value))
    if kind == "month":
        return _once(time, "month", int(value))
    if kind == "unit":
        return _once(time, "unit", value)
    if kind == "deictic":
        return _once(time, "offset", int(value))
    if kind == "shift":
        return _once(time, "shift", int(value))
    if kind == "count":
        return _once(time, "count", int(value))
    if kind == "ago":
        return replace(time, ago=True)
    if kind == "vague":
        return replace(time, vague=True)
    if kind == "recent":
        return replace(time, recent=True)
    if kind == "season":
        return replace(time, season=True)
    return replace(time, part=True) if kind == "part" else time


def _once(time: Time, field: str, value: int | str) -> Time:
    known = getattr(time, field)
    if known is not None and known != value:
        return replace(time, vague=True)
    changes: dict[str, Any] = {field: value}
    return replace(time, **changes)


def _add_number(time: Time, form: str, after: Sequence[str], words: TimeWords) -> Time:
    if _is_hour(form, words) or (after and words.kind(after[0]) == "clock"):
        return time
    if YEAR.fullmatch(form):
        return _once(time, "year", int(form))
    number = _number(form, words)
    if number is None:
        return replace(time, vague=True)
    if any(words.kind(word) == "ago" for word in after):
        return _once(time, "count", number)
    return _once(time, "day", number) if number in DAYS else replace(time, vague=True)


def names_day(analysis: Analysis, numbers: Iterable[int], words: TimeWords) -> bool:
    """Return True if an expression names one day: a weekday, "yesterday", "February 10"."""
    forms = [analysis.words[n].form for n in numbers]
    kinds = {words.kind(form) for form in forms}
    dated = "month" in kinds and any(_number(form, words) in DAYS for form in forms)
    return dated or bool(kinds & {"weekday", "deictic"})


def is_name(analysis: Analysis, numbers: Iterable[int]) -> bool:
    """Return True if a word of the expression belongs to the name of a person ("May").

    Or to that of an organization or a programme ("The Sunday Times", "Sunday With Ann Roe").
    """
    numbers = list(numbers)
    run = analysis.span((min(numbers), max(numbers) + 1))
    return _is_programme(analysis, min(numbers), max(numbers) + 1) or any(
        entity.span.contains(analysis.words[n].span)
        for n in numbers
        for entity in analysis.parse.entities
        if entity.kind == "PER" or (entity.kind == "ORG" and not run.contains(entity.span))
    )


def _is_programme(analysis: Analysis, start: int, end: int) -> bool:
    """Return True for a day with small words in capitals beside it: "Sunday With Ann Roe"."""
    small = ("ADP", "CCONJ")
    opened = next(
        (n for n in (start, start - 1) if n >= 0 and analysis.words[n].upos in small), None
    )
    before = opened is not None and opened > analysis.sentence(start)[0]
    first = before and opened is not None and analysis.words[opened].form[0].isupper()
    after = end < analysis.sentence(start)[1] and analysis.words[end].upos in small
    return (first and not analysis.is_punct(opened - 1 if opened else 0)) or (
        after and analysis.words[end].form[0].isupper()
    )


def pieces(analysis: Analysis, run: Sequence[int], words: TimeWords) -> tuple[tuple[int, ...], ...]:
    """Cut a run of words of time where one time ends and another begins.

    "Last week | , on September 5", "seven days earlier | on October 6".
    """
    cuts = [
        at
        for at in range(1, len(run))
        if run[at] > run[at - 1] + 1 or words.kind(analysis.words[run[at]].form) == "on"
    ]
    ends = [*cuts, len(run)]
    return tuple(tuple(run[start:end]) for start, end in zip([0, *cuts], ends, strict=True))
