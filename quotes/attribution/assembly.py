"""Attributions from candidates: spans of the text, types, ids, and which lies in which.

In: `Analysis`, candidates and their confidences. Out: `Attribution`s in text order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from quotes.analysis import Analysis
from quotes.attribution.acts import act_of
from quotes.attribution.candidates import Candidate, Trait
from quotes.attribution.nesting import parents_of
from quotes.attribution.quotation_sites import quote_type
from quotes.records import Attribution, QuoteType, Span


def attributions_of(
    analysis: Analysis, candidates: Sequence[Candidate], confidences: Sequence[float]
) -> tuple[Attribution, ...]:
    """Return the attributions of candidates in text order, those without words left out.

    Candidates of the same spans become one attribution.
    """
    parents = parents_of(candidates)
    made: dict[int, Attribution] = {}
    for number, (candidate, confidence) in enumerate(zip(candidates, confidences, strict=True)):
        attribution = _attribution(analysis, candidate, confidence)
        if attribution is not None:
            made[number] = attribution
    unique = {
        attribution.id: replace(attribution, nested_in=_parent_id(made, parents, number))
        for number, attribution in made.items()
    }
    return tuple(
        sorted(unique.values(), key=lambda a: (a.content[0].start, -a.content[-1].end, a.cue))
    )


def _parent_id(
    made: dict[int, Attribution], parents: Sequence[int | None], number: int
) -> str | None:
    """Return the id of the nearest candidate around that became another attribution."""
    outer = parents[number]
    while outer is not None and (outer not in made or made[outer].id == made[number].id):
        outer = parents[outer]
    return None if outer is None else made[outer].id


def _attribution(analysis: Analysis, candidate: Candidate, confidence: float) -> Attribution | None:
    """Return the attribution of a candidate, None where its content has no words."""
    verbatim = Trait.VERBATIM in candidate.traits
    content = (
        tuple(analysis.span(run) for run in candidate.content)
        if verbatim
        else analysis.spans(candidate.content)
    )
    if not content:
        return None
    cue = tuple(analysis.span(run) for run in candidate.cue)
    source = tuple(analysis.span(run) for run in candidate.source)
    addressee = candidate.addressee
    found: QuoteType = "direct" if verbatim else quote_type(analysis, candidate)
    return Attribution(
        id=quote_id(analysis.document.id, content, cue, source),
        document=analysis.document.id,
        content=content,
        cue=cue,
        source=source,
        type=found,
        rule=candidate.rule,
        confidence=round(confidence, 3),
        path=candidate.path,
        addressee=analysis.span((addressee[0][0], addressee[-1][1])) if addressee else None,
        factuality=candidate.factuality,
        act=act_of(analysis, candidate, found),
    )


def quote_id(
    document: str, content: Iterable[Span], cue: Iterable[Span], source: Iterable[Span]
) -> str:
    """Return 16 hexadecimal digits of the SHA-256 of the document's id and the spans."""
    groups = (",".join(f"{s.start}-{s.end}" for s in spans) for spans in (content, cue, source))
    joined = "|".join((document, *groups)).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:16]
