"""When each attribution was said: the words that say so (`when`) and the date (`said_on`).

In: an `Analysis`, whose document has its day of publication or tells when it was written
(`writing_day`), its attributions, and who speaks in each. Out: an `UtteranceDate` for each, in the
same order. Only words that date the act of saying count, never those that date what is said;
without such words, and where the speaker does not go on with a dated statement (`continuation`),
both fields stay empty.

A wrong date costs more than none: where the words rest on something told before ("the day before"),
lie ahead ("will say on Monday"), are not exact ("recently"), stand inside a quotation (somebody
else's today), or need a day of publication that nobody gave, `when` has the words and `said_on` is
None. Words that place a saying only in the order of things told ("then", "once", "at the time") are
no time, and those that tell how often or how long ("every week", "for years") not that of one act:
`when` stays empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quotes.analysis import Analysis
from quotes.dates.attachment import CARRYING, attached
from quotes.dates.continuation import Statement, with_continued_dates
from quotes.dates.expressions import Time, pieces, read
from quotes.dates.occasions import occasion_times
from quotes.dates.reckoning import fits, reckon
from quotes.dates.sayings import Saying, saying_of
from quotes.dates.scenes import scene_times
from quotes.dates.time_words import TimeWords, load_time_words
from quotes.dates.writing_day import day_of_writing
from quotes.defaults import MIN_CONFIDENCE
from quotes.records import Attribution, SaidOn, Span, UtteranceDate, Word

__all__ = ["date_utterances"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A time expression of an attribution: where it stands and what it says.

    `occasion` tells that it dates an occasion of saying.
    """

    span: Span
    time: Time
    occasion: bool


def date_utterances(
    analysis: Analysis,
    attributions: Sequence[Attribution],
    speakers: Sequence[str | None] = (),
) -> tuple[UtteranceDate, ...]:
    """Date each attribution of a chunk, in their order.

    Args:
        analysis: The analysis of the chunk.
        attributions: Its attributions.
        speakers: The name of who speaks in each; without them, no statement goes on with another.

    Raises:
        RuleError: where a word list of the language is missing.
    """
    if not analysis.parse.sentences:
        return tuple(UtteranceDate() for _ in attributions)
    words = load_time_words(analysis.language)
    published = analysis.document.published or day_of_writing(analysis, words)
    sayings = [saying_of(analysis, attribution) for attribution in attributions]
    cues = frozenset(n for saying in sayings for n in saying.cue)
    shown = [
        saying
        for saying, attribution in zip(sayings, attributions, strict=True)
        if attribution.confidence >= MIN_CONFIDENCE
    ]
    dates = tuple(
        _dated(analysis, attribution, saying, shown, cues, words, published)
        for attribution, saying in zip(attributions, sayings, strict=True)
    )
    if not speakers:
        return dates
    statements = tuple(map(Statement, attributions, sayings, speakers, dates))
    return with_continued_dates(analysis, statements, MIN_CONFIDENCE, words)


def _dated(
    analysis: Analysis,
    attribution: Attribution,
    saying: Saying,
    shown: Sequence[Saying],
    cues: frozenset[int],
    words: TimeWords,
    published: date | None,
) -> UtteranceDate:
    readings = _readings(analysis, saying, shown, cues, words)
    if not readings:
        return UtteranceDate()
    inside = any(analysis.marks_at[n] for n in saying.cue)
    dates = (
        (r.span, _said_on(r, analysis, attribution, saying, published, inside)) for r in readings
    )
    known = [(span, said) for span, said in dates if said is not None]
    if not known:
        return UtteranceDate(when=readings[0].span)
    when, said = max(known, key=lambda k: sum(fits(k[1], other) for _, other in known))
    agree = all(fits(said, other) for _, other in known)
    return UtteranceDate(when=when, said_on=said if agree else None)


def _said_on(
    reading: Reading,
    analysis: Analysis,
    attribution: Attribution,
    saying: Saying,
    published: date | None,
    inside: bool,
) -> SaidOn | None:
    """Return the date that one expression comes to for this attribution."""
    if attribution.factuality == "hypothetical" or _is_future(
        analysis, saying, reading.time, occasion=reading.occasion
    ):
        return None
    if not inside:
        return reckon(reading.time, published)
    said = reckon(reading.time, None)  # only a date with its year means the same as outside
    return said if said is None or published is None or said.date <= published else None


def _is_future(analysis: Analysis, saying: Saying, time: Time, *, occasion: bool) -> bool:
    """Return True if the cue may not lie in the past that the time names.

    That is an infinitive ("plans to say"), or a present ("speaks on Monday"). The present week,
    month or year go with a present, but not today, which is often nowadays; and a letter of any day
    may still say it.
    """
    top = analysis.top(saying.cue)
    if top is None:
        return False
    while (
        analysis.words[top].feat("VerbForm") == "Ger"
        and analysis.words[top].deprel in CARRYING
        and not _helpers(analysis, top)
    ):
        top = analysis.head(top)
    verb, helpers = analysis.words[top], _helpers(analysis, top)
    if verb.feat("VerbForm") == "Inf":
        return not helpers
    present = any(
        word.feat("Tense") == "Pres"
        for word in (helpers if verb.feat("VerbForm") == "Ger" else (verb,))
        if word.feat("VerbForm") == "Fin"
    )
    return present and not occasion and not (time.weekday is None and time.shift == 0)


def _helpers(analysis: Analysis, verb: int) -> list[Word]:
    return [
        analysis.words[c]
        for c in analysis.children(verb)
        if analysis.words[c].deprel.startswith("aux")
    ]


def _readings(
    analysis: Analysis,
    saying: Saying,
    shown: Sequence[Saying],
    cues: frozenset[int],
    words: TimeWords,
) -> list[Reading]:
    """Return the time expressions of an attribution in text order.

    Those that stand side by side are read as one ("earlier", "Thursday").
    """
    found = attached(analysis, saying, cues, words)
    if not found:
        found = scene_times(analysis, saying, shown, words) or occasion_times(
            analysis, saying, words
        )
    occasions = frozenset(n for a in found if a.occasion for n in a.words)
    beside = frozenset(n for a in found if a.beside_noun for n in a.words)
    runs: list[list[int]] = []
    for n in sorted({n for a in found for n in a.words}):
        if runs and all(analysis.words[k].form == "," for k in range(runs[-1][-1] + 1, n)):
            runs[-1].append(n)
        else:
            runs.append([n])
    out = []
    for run in runs:
        for part in _parts(analysis, run, words, beside):
            time = read(analysis, part, words, beside_noun=not beside.isdisjoint(part))
            if time is not None:
                span = analysis.span((part[0], part[-1] + 1))
                out.append(Reading(span, time, not occasions.isdisjoint(run)))
    return out


def _parts(
    analysis: Analysis, run: Sequence[int], words: TimeWords, beside: frozenset[int]
) -> Sequence[Sequence[int]]:
    """Return a run as one expression, or cut where together the words say nothing exact."""
    cut = pieces(analysis, run, words)
    if len(cut) == 1:
        return cut
    whole = read(analysis, run, words, beside_noun=not beside.isdisjoint(run))
    mixed = whole is None or whole.vague or whole.unit is not None
    dated = any(
        (part := read(analysis, piece, words)) is not None and part.month is not None
        for piece in cut
    )
    return cut if mixed and dated else [run]
