"""The day of statements with which somebody speaks on: “We stay,” she said on Monday. She added ...

In: attributions with the dates that their own words give, and who speaks. Out: the dates, where
those without any have that of the statement right before, if the same one speaks there and nothing
between the two tells of another time, place or listener.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from quotes.analysis import Analysis, is_participle
from quotes.dates.sayings import Saying
from quotes.dates.time_words import TimeWords
from quotes.records import Attribution, Span, UtteranceDate

# Kinds of words of time that tell of another time than that of the statement before.
OTHER_TIMES = frozenset(
    {"weekday", "deictic", "month", "season", "shift", "unit", "ago", "recent", "vague", "loose"}
)
MAX_TIME_WORDS = 3  # between "since" and the last word of its time
CLAUSES = ("acl", "advcl", "ccomp", "csubj", "xcomp")  # labels of clauses within a clause


class Statement(NamedTuple):
    """An attribution, its words, who speaks, and the date that its own words give."""

    attribution: Attribution
    saying: Saying
    speaker: str | None
    date: UtteranceDate


def with_continued_dates(
    analysis: Analysis, statements: Sequence[Statement], min_shown: float, words: TimeWords
) -> tuple[UtteranceDate, ...]:
    """Return the date of each statement, also where it goes on with the one before.

    Args:
        analysis: The analysis of the chunk.
        statements: All statements of the chunk.
        min_shown: The confidence from which an act of speech stands between others.
        words: The words of time of the language.
    """
    dates = [s.date for s in statements]
    ids = {
        s.attribution.id
        for s in statements
        if s.attribution.confidence >= min_shown and s.attribution.act == "speech"
    }
    order = sorted(
        (
            n
            for n, s in enumerate(statements)
            if s.attribution.id in ids
            and s.attribution.nested_in not in ids
            and s.saying.cue | s.saying.content
        ),
        key=lambda n: min(statements[n].saying.cue | statements[n].saying.content),
    )
    for before, number in pairwise(order):
        earlier = statements[before]._replace(date=dates[before])
        if _goes_on(analysis, earlier, statements[number], words):
            dates[number] = dates[before]
    return tuple(dates)


def _goes_on(analysis: Analysis, before: Statement, after: Statement, words: TimeWords) -> bool:
    """Return True if a statement without a time goes on with the one before."""
    return (
        before.date != UtteranceDate()
        and after.date == UtteranceDate()
        and after.speaker is not None
        and after.speaker == before.speaker
        and after.attribution.factuality != "hypothetical"
        and _is_mentioned_in_passing(analysis, after)
        and _stands_near(analysis, before, after)
        and not _tells_of_another_occasion(analysis, before, after, words)
    )


def _is_mentioned_in_passing(analysis: Analysis, statement: Statement) -> bool:
    """Return True for a cue in the simple past, a participle, or a quotation without a cue."""
    cue = statement.saying.cue
    if not cue:
        return statement.attribution.type == "direct"
    top = analysis.top(cue)
    if top is None or analysis.marks_at[top]:
        return False
    verb = analysis.words[top]
    if verb.feat("VerbForm") == "Fin":
        return verb.feat("Tense") == "Past"
    helped = any(analysis.words[c].deprel.startswith("aux") for c in analysis.children(top))
    return is_participle(verb) and not helped


def _stands_near(analysis: Analysis, before: Statement, after: Statement) -> bool:
    """Return True in one paragraph, and for a quotation that begins the next one."""
    starts = [paragraph.start for paragraph in analysis.paragraphs]
    first, second = (
        bisect.bisect_right(starts, s.attribution.content[0].start) for s in (before, after)
    )
    return first == second or (second == first + 1 and after.attribution.type == "direct")


def _tells_of_another_occasion(
    analysis: Analysis, before: Statement, after: Statement, words: TimeWords
) -> bool:
    """Return True if a main clause between two statements has a time, or the second one a name.

    Words of source and content do not count, nor those of the time of the first.
    """
    own = before.saying.cue | before.saying.content | before.saying.source
    own |= _numbers(analysis, before.date.when)
    rest = after.saying.cue | after.saying.content | after.saying.source
    first = max(before.saying.cue | before.saying.content) + 1
    last = max(after.saying.cue | after.saying.content)
    stop = analysis.sentence(max(after.saying.cue, default=last))[1]
    return any(
        (
            words.kind(analysis.words[n].form) in OTHER_TIMES
            and _is_of_main_clause(analysis, n)
            and not _is_since(analysis, n, words)
        )
        or (analysis.words[n].upos == "PROPN" and n >= min(rest))
        for n in range(first, max(stop, last + 1))
        if n not in own | rest and not analysis.marks_at[n]
    )


def _is_since(analysis: Analysis, number: int, words: TimeWords) -> bool:
    """Return True for a word of a time that began before: "since early this June"."""
    first = max(number - MAX_TIME_WORDS, analysis.sentence(number)[0])
    return any(words.kind(analysis.words[n].form) == "bound" for n in range(first, number))


def _is_of_main_clause(analysis: Analysis, number: int) -> bool:
    """Return True if no clause stands between a word and the root of its sentence."""
    return not any(
        analysis.words[n].deprel.startswith(CLAUSES) for n in (number, *analysis.ancestors(number))
    )


def _numbers(analysis: Analysis, span: Span | None) -> frozenset[int]:
    return frozenset() if span is None else frozenset(range(*analysis.within(span)))
