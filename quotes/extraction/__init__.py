"""Parse, marks and rule matches in, quotes out: who is said by which words to have said what.

Nothing is resolved here: a source is the words of the text. What the tree proposes (`candidates`), marks complete (`quoted`); one candidate a cue is kept
(`nesting`), and passages that layout gives to somebody (labels, credits, embedded posts) are added (`labels`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache

from quotes.extraction.candidates import Candidate, Words, propose
from quotes.extraction.labels import embedded, labelled
from quotes.extraction.nesting import best_by_cue, inherit, part
from quotes.extraction.quoted import expand, float_rest, join_runs, link, places
from quotes.extraction.table import Table, make_table, numbers_of
from quotes.layout import paragraphs
from quotes.records import Document, Mark, Match, Parse, Quote, QuoteType, Span
from quotes.resources import word_list
from quotes.rules import RuleSet, load_rules

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
MOSTLY = 0.9  # share of quoted words from which a quote is direct (design: nine tenths)

__all__ = ["extract"]


@cache
def _rules(language: str) -> RuleSet:
    return load_rules(language)


@cache
def _words(language: str) -> Words:
    return Words(
        negation=word_list(language, "negation"),
        modal=word_list(language, "modal-verbs"),
        denial=word_list(language, "denial-verbs"),
        refusal=word_list(language, "refusal-verbs"),
        asking=word_list(language, "asking-verbs"),
        frame_prepositions=word_list(language, "frame-prepositions"),
        reporter_conjunctions=word_list(language, "reporter-conjunctions"),
    )


def extract(
    document: Document, parse: Parse, marks: Iterable[Mark], matches: Iterable[Match], *, rules: RuleSet | None = None
) -> tuple[Quote, ...]:
    """The quotes of a parsed stretch of a document, in text order, unresolved.

    `marks` may be those of the whole document. `rules` are the ones that gave the matches; without them, those of the document's language.
    """
    language = document.language or "en"
    rules = rules or _rules(language)
    table = make_table(document.text, parse, marks)
    if not table.words:
        return ()
    words = _words(language)
    found = inherit(table, best_by_cue(propose(table, rules, matches, words)))
    found = part(table, tuple(expand(table, c) for c in found), words.reporter_conjunctions)
    marked = places(table, _paragraphs(table, language))
    marked, fixed = labelled(table, marked, document, language)
    found = link(table, found, marked)
    found = join_runs(table, found, marked)
    found += float_rest(table, found, marked, SUBJECTS)
    kept = _distinct(c for c in found if c.content)
    return _quotes(document, table, (*kept, *fixed, *embedded(table, document)))


def _paragraphs(table: Table, language: str) -> tuple[Span, ...]:
    """The paragraphs that the parsed stretch lies in."""
    low, high = table.parse.sentences[0].span.start, table.parse.sentences[-1].span.end
    start = table.text.rfind("\n", 0, low) + 1
    stop = table.text.find("\n", high)
    stretch = table.text[start : stop if stop >= 0 else len(table.text)]
    return tuple(Span(p.span.start + start, p.span.end + start) for p in paragraphs(stretch))


def _distinct(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Without those that say the same twice: equal content and equal source, the likelier kept."""
    out: dict[tuple[object, object], Candidate] = {}
    for c in candidates:
        key = (c.content, c.source)
        if key not in out or c.prior > out[key].prior:
            out[key] = c
    return tuple(out.values())


def quote_type(table: Table, candidate: Candidate) -> QuoteType:
    """By the share of the content's words in marks that the cue is outside of."""
    numbers = [n for n in numbers_of(candidate.content) if not table.is_punct(n)]
    quoted = sum(table.mark_over(n, candidate.cue) >= 0 for n in numbers)
    if not quoted:
        return "indirect"
    return "direct" if quoted >= MOSTLY * len(numbers) else "mixed"


def _quotes(document: Document, table: Table, candidates: Iterable[Candidate]) -> tuple[Quote, ...]:
    made = [(c, quote) for c in candidates if (quote := _quote(document, table, c)) is not None]
    made.sort(key=lambda pair: (pair[1].content[0].start, -pair[1].content[-1].end, pair[1].cue))
    unique = {quote.id: (c, quote) for c, quote in reversed(made)}
    pairs = sorted(unique.values(), key=lambda pair: (pair[1].content[0].start, -pair[1].content[-1].end, pair[1].cue))
    return tuple(_nest(quote, c, pairs) for c, quote in pairs)


def _quote(document: Document, table: Table, c: Candidate) -> Quote | None:
    content = table.spans(c.content)
    if not content:
        return None
    cue = tuple(table.span(run) for run in c.cue_words)
    source = tuple(table.span(run) for run in c.source)
    addressee = table.span((c.addressee[0][0], c.addressee[-1][1])) if c.addressee else None
    return Quote(
        id=quote_id(document.id, content, cue, source),
        document=document.id,
        content=content,
        cue=cue,
        source=source,
        type=quote_type(table, c),
        rule=c.rule,
        confidence=round(c.prior, 3),
        path=c.path,
        addressee=addressee,
        factuality=c.factuality,
    )


def quote_id(document: str, content: Iterable[Span], cue: Iterable[Span], source: Iterable[Span]) -> str:
    """16 hexadecimal digits of the SHA-256 of the document's id and the three groups of spans."""
    groups = (",".join(f"{s.start}-{s.end}" for s in spans) for spans in (content, cue, source))
    return hashlib.sha256("|".join((document, *groups)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _nest(quote: Quote, candidate: Candidate, pairs: list[tuple[Candidate, Quote]]) -> Quote:
    """The quote with the id of the smallest one around it."""
    from dataclasses import replace

    around = [
        (sum(len(s) for s in other.content), other.id)
        for c, other in pairs
        if other.id != quote.id and (_holds(other, quote) or (candidate.citing and not c.citing and other.content == quote.content))
    ]
    return replace(quote, nested_in=min(around)[1]) if around else quote


def _holds(outer: Quote, inner: Quote) -> bool:
    """Whether cue (or, without one, source) and content of `inner` lie in the content of `outer`."""
    mine = (*inner.content, *(inner.cue or inner.source))
    return all(any(span.contains(s) for span in outer.content) for s in mine) and outer.content != inner.content
