"""The day on which a text was written, where it tells it itself: "today (July 28, 2022)".

In: an `Analysis` whose document has no day of publication. Out: the day, or None. Only a date with
its year beside a word that is reckoned from the day of writing tells it.
"""

from __future__ import annotations

from datetime import date, timedelta

from quotes.analysis import Analysis
from quotes.dates.expressions import read
from quotes.dates.reckoning import reckon
from quotes.dates.time_words import TimeWords

OPENING = frozenset({"(", "[", ","})
MAX_DATE = 6  # words of a date: "Thursday, July 28, 2022"


def day_of_writing(analysis: Analysis, words: TimeWords) -> date | None:
    """Return the day of writing that a text tells, None where it tells none or several."""
    found = {
        day
        for number, word in enumerate(analysis.words)
        if words.kind(word.form) == "deictic" and not analysis.marks_at[number]
        if (day := _day_beside(analysis, number, words)) is not None
    }
    return found.pop() if len(found) == 1 else None


def _day_beside(analysis: Analysis, number: int, words: TimeWords) -> date | None:
    """Return the day of writing by a word such as "today" and the date that follows it."""
    high = analysis.sentence(number)[1]
    start = number + 2
    if start >= high or analysis.words[number + 1].form not in OPENING:
        return None
    deictic = read(analysis, (number,), words)
    if deictic is None or deictic.offset is None:
        return None
    for end in range(min(start + MAX_DATE, high), start, -1):
        run = [n for n in range(start, end) if analysis.words[n].form != ","]
        time = read(analysis, run, words)
        said = reckon(time, None) if time is not None else None
        if said is not None and said.precision == "day":
            return said.date - timedelta(days=deictic.offset)
    return None
