"""Parse, marks and rule matches in, quotes out: who is said by which words to have said what.

Nothing is resolved here: a source is the words of the text. What the tree proposes (`candidates`), marks complete (`quoted`); one
candidate a cue is kept (`nesting`), and passages that layout gives to somebody (labels, credits, embedded posts) are added (`labels`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from quotes.analysis import Analysis
from quotes.attribution.amid import around_cue
from quotes.attribution.beside import clauses_after
from quotes.attribution.candidates import AttributionWords, Candidate, propose
from quotes.attribution.closing import closed
from quotes.attribution.features import features
from quotes.attribution.floating import float_rest
from quotes.attribution.generators.layout import BY_LAYOUT, embedded, labelled
from quotes.attribution.nesting import around, best_by_cue, in_chain, inherit, part
from quotes.attribution.parted import parted
from quotes.attribution.quoted import expand, go_on, join_runs, link, places, quote_type
from quotes.attribution.rejoined import rejoined
from quotes.attribution.scoring import Scorer, load_scorer
from quotes.attribution.signals import signals
from quotes.attribution.tagged import TaggedCandidate, combine, logit, regained, single
from quotes.attribution.tagger.interface import Tagger
from quotes.language import Language
from quotes.records import Attribution, Span

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})

__all__ = ["extract", "find_candidates", "words_of"]


@cache
def words_of(language: Language) -> AttributionWords:
    """Return the words of a language that change what an attribution means."""
    return AttributionWords(
        negation=language.words("negation"),
        modal=language.words("modal-verbs"),
        denial=language.words("denial-verbs"),
        refusal=language.words("refusal-verbs"),
        asking=language.words("asking-verbs"),
        frame_prepositions=language.words("frame-prepositions"),
        reporter_conjunctions=language.words("reporter-conjunctions"),
    )


def extract(
    analysis: Analysis,
    *,
    scorer: Scorer | None = None,
    tagger: Tagger | None = None,
) -> tuple[Attribution, ...]:
    """Return the attributions of a chunk, in text order.

    Without a `scorer`, which gives the confidence, that of the language is taken. A `tagger`
    corrects boundaries and finds what no rule does. Unlikely attributions are not left out: that is
    for the caller to decide.
    """
    found = find_candidates(analysis)
    scorer = scorer or load_scorer(analysis.language)
    scored = _scored(analysis, found, scorer)
    if tagger is None or scorer is None or not analysis.words:
        return _attributions(analysis, scored)
    proposals = read_with(analysis, found, tagger)
    return _attributions(
        analysis, {p.candidate: _read(analysis, p, scored, scorer) for p in proposals}
    )


def _scored(
    analysis: Analysis, candidates: tuple[Candidate, ...], scorer: Scorer | None
) -> dict[Candidate, float]:
    """How sure each candidate is, from the rules alone."""
    outers = around(candidates)
    return {
        c: c.prior
        if scorer is None or c.rule in BY_LAYOUT
        else scorer.probability(
            features(analysis, c, None if in_chain(analysis, c, outers[c]) else outers[c])
        )
        for c in candidates
    }


def _read(
    analysis: Analysis, proposal: TaggedCandidate, scored: Mapping[Candidate, float], scorer: Scorer
) -> float:
    """How sure a proposal is once the tagger has read it."""
    if proposal.tagged is None:
        return scored[proposal.candidate]
    return scorer.combined(
        signals(analysis, proposal, logit(scored[proposal.ruled]) if proposal.ruled else 0.0)
    )


def read_with(
    analysis: Analysis, found: tuple[Candidate, ...], tagger: Tagger
) -> tuple[TaggedCandidate, ...]:
    """All candidates after the tagger has read them; what `extract` scores and training learns from."""
    proposals = combine(
        analysis,
        found,
        tagger,
        tuple(span.start for span in analysis.paragraphs),
        words_of(analysis.language),
        aside=aside_of(analysis, found),
    )
    return tuple(
        closed(analysis, p)
        for p in rejoined(analysis, regained(analysis, single(parted(analysis, proposals))))
    )


def aside_of(analysis: Analysis, candidates: tuple[Candidate, ...]) -> frozenset[Candidate]:
    """What the tagger is not asked about: what layout shows, and inner links of chains, which annotators do not mark."""
    outers = around(candidates)
    return frozenset(
        c for c in candidates if c.rule in BY_LAYOUT or in_chain(analysis, c, outers[c])
    )


def find_candidates(analysis: Analysis) -> tuple[Candidate, ...]:
    """All candidates that have a content, at most one for each cue; what `extract` scores and training learns from."""
    if not analysis.words:
        return ()
    words = words_of(analysis.language)
    rules = analysis.language.rules
    found = inherit(
        analysis,
        best_by_cue(analysis, propose(analysis, rules, rules.find(analysis.parse), words)),
    )
    found = tuple(
        around_cue(analysis, expand(analysis, c), words.frame_prepositions) for c in found
    )
    found = part(analysis, found, words.reporter_conjunctions)
    marked = places(analysis, analysis.paragraphs)
    marked, fixed = labelled(analysis, marked)
    found += clauses_after(analysis, found, marked, SUBJECTS, before=True)
    found = go_on(analysis, link(analysis, found, marked), marked)
    found = join_runs(
        analysis, found + clauses_after(analysis, found, marked, SUBJECTS, before=False), marked
    )
    found += float_rest(analysis, found, marked, SUBJECTS)
    kept = (*_distinct(c for c in found if c.content), *fixed, *embedded(analysis))
    return tuple(c for c in kept if analysis.spans(c.content))


def _distinct(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Without those that say the same twice: equal content and equal source, the likelier kept."""
    out: dict[tuple[object, object], Candidate] = {}
    for c in candidates:
        key = (c.content, c.source)
        if key not in out or c.prior > out[key].prior:
            out[key] = c
    return tuple(out.values())


def _attributions(analysis: Analysis, sure: Mapping[Candidate, float]) -> tuple[Attribution, ...]:
    outers = around(tuple(sure))
    made: dict[Candidate, Attribution] = {}
    for c, confidence in sure.items():
        if (made_of := _attribution(analysis, c)) is not None:
            made[c] = replace(made_of, confidence=round(confidence, 3))
    nested = (replace(quote, nested_in=_id(made, outers, c)) for c, quote in made.items())
    unique = {quote.id: quote for quote in nested}
    return tuple(
        sorted(unique.values(), key=lambda q: (q.content[0].start, -q.content[-1].end, q.cue))
    )


def _id(
    made: dict[Candidate, Attribution],
    outers: dict[Candidate, Candidate | None],
    candidate: Candidate,
) -> str | None:
    """The id of the nearest candidate around that became a quote."""
    outer = outers[candidate]
    while outer is not None and (outer not in made or made[outer].id == made[candidate].id):
        outer = outers[outer]
    return None if outer is None else made[outer].id


def _attribution(analysis: Analysis, c: Candidate) -> Attribution | None:
    content = (
        tuple(analysis.span(run) for run in c.content) if c.verbatim else analysis.spans(c.content)
    )
    if not content:
        return None
    cue = tuple(analysis.span(run) for run in c.cue_words)
    source = tuple(analysis.span(run) for run in c.source)
    addressee = analysis.span((c.addressee[0][0], c.addressee[-1][1])) if c.addressee else None
    document = analysis.document
    return Attribution(
        id=quote_id(document.id, content, cue, source),
        document=document.id,
        content=content,
        cue=cue,
        source=source,
        type="direct" if c.verbatim else quote_type(analysis, c),
        rule=c.rule,
        confidence=round(c.prior, 3),
        path=c.path,
        addressee=addressee,
        factuality=c.factuality,
    )


def quote_id(
    document: str, content: Iterable[Span], cue: Iterable[Span], source: Iterable[Span]
) -> str:
    """16 hexadecimal digits of the SHA-256 of the document's id and the three groups of spans."""
    groups = (",".join(f"{s.start}-{s.end}" for s in spans) for spans in (content, cue, source))
    return hashlib.sha256(
        "|".join((document, *groups)).encode("utf-8", "surrogatepass")
    ).hexdigest()[:16]
