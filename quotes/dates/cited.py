"""Times that the words place beside a source or a cue, whatever tree the parser made.

In: the words of an attribution. Out: `AttachedExpression`s: behind the cue after a quotation
("“...,” she told the press on Tuesday"), and beside a source behind a preposition ("according to
officials on Saturday"). The tree decides elsewhere (`attachment`).
"""

from __future__ import annotations

from quotes.analysis import Analysis
from quotes.dates.expressions import YEAR, expression, names_day
from quotes.dates.sayings import AttachedExpression, Saying
from quotes.dates.time_words import TimeWords

ADVERBIAL = ("obl", "advmod", "nmod")
ENDS = frozenset({".", "!", "?"})


def of_quotation(analysis: Analysis, saying: Saying, words: TimeWords) -> list[AttachedExpression]:
    """Return the times behind the cue that the tree hangs on a word inside the quotation before.

    "“We stay,” she told the press on Tuesday": no word outside of marks belongs to one inside.
    """
    last = max(saying.cue)
    _, high = analysis.sentence(last)
    found = []
    for n in range(last + 1, high):
        if n in saying.content or analysis.marks_at[n]:
            break
        head = analysis.head(n)
        if (
            head in saying.content
            and head < last
            and analysis.marks_at[head]
            and analysis.words[n].deprel.startswith(ADVERBIAL)
            and (time := expression(analysis, n, words))
            and names_day(analysis, time, words)
        ):
            found.append(AttachedExpression(time, outside=True))
    return found


def of_cited(
    analysis: Analysis, top: int, saying: Saying, words: TimeWords
) -> list[AttachedExpression]:
    """Return the times beside a source behind a preposition, wherever the tree has them.

    "According to officials on Saturday, ...", "according to a March 14, 2019 press release". None
    of what a clause about the source tells, and none behind a comma that ends the source.
    """
    if analysis.words[top].deprel not in ("case", "fixed") or not saying.source:
        return []
    _, high = analysis.sentence(top)
    start = max(saying.cue) + 1
    if not start <= min(saying.source) <= start + 1:
        return []
    at = start
    while at < high and not _ends_cited(analysis, at, saying, words):
        time = _time_from(analysis, at, high, words)
        if time:
            return [AttachedExpression(time, True, min(time) < max(saying.source), outside=True)]
        at += 1
    return []


def _ends_cited(analysis: Analysis, at: int, saying: Saying, words: TimeWords) -> bool:
    """Return True where the phrase of a cited source is over, or a clause about it begins."""
    word = analysis.words[at]
    clause = word.upos in ("AUX", "SCONJ") or word.feat("PronType") == "Rel"
    verb = word.upos == "VERB" and word.lemma not in words.issuing and word.deprel != "amod"
    return (
        clause
        or verb
        or bool(analysis.marks_at[at])
        or word.form in {":", ";", "—", "–", "("}
        or (word.form == "," and at > max(saying.source))
        or (word.form in ENDS and at > max(saying.source))
    )


def _time_from(analysis: Analysis, at: int, high: int, words: TimeWords) -> frozenset[int]:
    """Return the words of a time that begins at a word, to its end by the words alone."""
    if not _is_of_time(analysis, at, words) or analysis.words[at].upos in ("DET", "ADP"):
        return frozenset()
    low = at
    while low > 0 and words.kind(analysis.words[low - 1].form) in ("on", "in", "edge", "loose"):
        low -= 1
    end = at + 1
    while end < high and (
        _is_of_time(analysis, end, words)
        or (
            analysis.words[end].form == ","
            and end + 1 < high
            and YEAR.fullmatch(analysis.words[end + 1].form)
        )
    ):
        end += 1
    run = range(low, end)
    period = any(
        words.kind(analysis.words[n].form) in ("month", "weekday", "deictic", "unit")
        or YEAR.fullmatch(analysis.words[n].form)
        for n in run
    )
    return frozenset(n for n in run if not analysis.is_punct(n)) if period else frozenset()


def _is_of_time(analysis: Analysis, number: int, words: TimeWords) -> bool:
    form = analysis.words[number].form
    return bool(words.kind(form)) or (form.isdigit() and len(form) in (1, 2, 4))
