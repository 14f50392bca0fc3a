"""Quotes → quotes with the words that say when it was said (`when`) and the date they come to (`said_on`).

In: a document with its day of publication, a parse, resolved quotes. Out: the same quotes in the same order. Only words that date the act of
saying count, never those that date what is said; without such words both fields stay empty. A wrong date costs more than none: where the
words rest on something told before ("the day before"), lie ahead ("will say on Monday"), are not exact ("recently"), stand inside a
quotation (somebody else's today), or need a day of publication that nobody gave, `when` has the words and `said_on` is None.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from quotes.dates.attachment import Saying, attached, saying_of
from quotes.dates.expressions import Time, read
from quotes.dates.reckoning import fits, reckon
from quotes.dates.words import TimeWords, load_time_words
from quotes.extraction.table import Table, make_table
from quotes.marks import find_marks
from quotes.records import Document, Mark, Parse, Quote, SaidOn, Span

__all__ = ["date_quotes"]

Reading = tuple[Span, Time]


def date_quotes(document: Document, parse: Parse, quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """The quotes of a parsed stretch with `when` and `said_on`, in the order given. Raises RuleError without word lists."""
    if not parse.sentences or not quotes:
        return quotes
    language = document.language or "en"
    words = load_time_words(language)
    table = make_table(document.text, parse, _marks(document, parse))
    sayings = [saying_of(table, quote) for quote in quotes]
    cues = frozenset(n for saying in sayings for n in saying.cue)
    return tuple(_dated(document, table, q, s, cues, words, language) for q, s in zip(quotes, sayings, strict=True))


def _marks(document: Document, parse: Parse) -> Iterator[Mark]:
    """The quotation marks of the parsed stretch."""
    start, end = parse.sentences[0].span.start, parse.sentences[-1].span.end

    def moved(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(Span(s.start + start, s.end + start) for s in spans)

    for mark in find_marks(document.text[start:end]):
        yield replace(mark, parts=moved(mark.parts), outer=moved(mark.outer))


def _dated(
    document: Document, table: Table, quote: Quote, saying: Saying, cues: frozenset[int], words: TimeWords, language: str
) -> Quote:
    readings = _readings(table, saying, cues, words)
    if not readings:
        return quote
    published = document.published
    inside = any(table.marks_at[n] for n in saying.cue)
    known = [(span, said) for span, time in readings if (said := _said_on(time, table, quote, saying, inside, published, language))]
    if not known:
        return replace(quote, when=readings[0][0])
    when, said = min(known, key=lambda k: sum(fits(k[1], other) for _, other in known) * -1)
    agree = all(fits(said, other) for _, other in known)
    return replace(quote, when=when, said_on=said if agree else None)


def _said_on(
    time: Time, table: Table, quote: Quote, saying: Saying, inside: bool, published: date | None, language: str
) -> SaidOn | None:
    """What one expression comes to for this quote."""
    if quote.factuality == "hypothetical":
        return None
    ahead = _ahead(table, saying)
    if inside or ahead:
        if time.year is None:
            return None
        said = reckon(time, None, language)
        return None if ahead or said is None or (published is not None and said.date > published) else said
    return reckon(time, published, language)


def _ahead(table: Table, saying: Saying) -> bool:
    """Whether the cue may lie ahead: a present ("speaks on Monday") or an infinitive ("plans to say on Monday")."""
    top = next((n for n in sorted(saying.cue) if table.head(n) not in saying.cue), None)
    if top is None:
        return False
    word = table.words[top]
    helped = any(table.words[c].deprel.startswith("aux") for c in table.children(top))
    if word.feat("VerbForm") == "Inf":
        return not helped
    return word.upos == "VERB" and word.feat("VerbForm") == "Fin" and word.feat("Tense") == "Pres" and not helped


def _readings(table: Table, saying: Saying, cues: frozenset[int], words: TimeWords) -> list[Reading]:
    """The time expressions of a quote in text order, those that stand side by side read as one ("earlier", "Thursday")."""
    found = attached(table, saying, cues, words)
    beside = frozenset(n for a in found if a.beside_noun for n in a.words)
    runs: list[list[int]] = []
    for n in sorted({n for a in found for n in a.words}):
        if runs and all(table.is_punct(k) for k in range(runs[-1][-1] + 1, n)):
            runs[-1].append(n)
        else:
            runs.append([n])
    times = ((run, read(table, run, words, beside_noun=bool(beside.intersection(run)))) for run in runs)
    return [(table.span(table.trim((run[0], run[-1] + 1))), time) for run, time in times if time is not None]
