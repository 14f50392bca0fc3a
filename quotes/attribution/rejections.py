"""Why a candidate of a rule became no attribution: what took its place, and by how much.

In: `Analysis`, the candidates of the rules, those that were chosen with their confidences. Out: a
`Rejection` for each that was not. Nothing is decided here: what passes have decided is read off
their result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from quotes.analysis import Analysis, TokenRanges, token_numbers
from quotes.attribution.candidates import Candidate
from quotes.attribution.joint_selection import Scored
from quotes.attribution.mark_ownership import Accounted
from quotes.records import Spans

NO_QUOTATION = "no quotation beside the cue"
SAME_CUE = "another candidate has its cue"
SAME_CONTENT = "another candidate has its content"
NO_CONTENT = "no words are left for its content"


@dataclass(frozen=True, slots=True)
class Rejection:
    """A match of a rule that became no quote.

    Attributes:
        rule: The name of the rule.
        cue: The words that would attribute.
        source: The words that would name who speaks.
        content: What would be said; empty where the rule leaves it to quotation marks.
        reason: Why it was not chosen.
        by: The rule of the quote that was chosen instead, if there is one.
        margin: By how much the confidence of that quote is above the one it would have had by its
            rule, tree and words; None where nothing was chosen instead, or it has no content.
    """

    rule: str
    cue: Spans
    source: Spans
    content: Spans
    reason: str
    by: str | None = None
    margin: float | None = None


def rejections(
    analysis: Analysis,
    drafts: Sequence[Candidate],
    accounted: Accounted,
    score: Callable[[Candidate], float],
) -> Iterator[Rejection]:
    """Yield why candidates were not chosen: those of the rules, then those that others exclude.

    Args:
        analysis: The analysis of the chunk.
        drafts: The candidates of the rules.
        accounted: The candidates that became attributions, and those excluded by them.
        score: The confidence that a candidate has by itself, to tell the margin.
    """
    chosen = tuple(zip(accounted.candidates, accounted.confidences, strict=True))
    excluded = [conflict.candidate for conflict in accounted.conflicts]
    kept = {(c.rule, c.anchor, c.source) for c in (*accounted.candidates, *excluded)}
    seen: set[tuple[str, int, TokenRanges]] = set()
    for draft in drafts:
        key = (draft.rule, draft.anchor, draft.source)
        if key in kept or key in seen:
            continue
        seen.add(key)
        reason, winner = _reason(draft, chosen)
        by = winner[0].rule if winner else None
        margin = winner[1] - score(draft) if winner and draft.content else None
        yield _rejection(analysis, draft, reason, by, margin)
    for conflict in accounted.conflicts:
        yield _rejection(
            analysis, conflict.candidate, conflict.constraint, conflict.winner.rule, conflict.margin
        )


def _rejection(
    analysis: Analysis, candidate: Candidate, reason: str, by: str | None, margin: float | None
) -> Rejection:
    return Rejection(
        rule=candidate.rule,
        cue=tuple(map(analysis.span, candidate.cue)),
        source=tuple(map(analysis.span, candidate.source)),
        content=analysis.spans(candidate.content),
        reason=reason,
        by=by,
        margin=None if margin is None else round(margin, 3),
    )


def _reason(draft: Candidate, chosen: Sequence[Scored]) -> tuple[str, Scored | None]:
    """Return why a candidate was not chosen, and what was chosen in its place."""
    same = [pair for pair in chosen if pair[0].cue and pair[0].anchor == draft.anchor]
    if same:
        return SAME_CUE, max(same, key=lambda pair: pair[1])
    if not draft.content:
        return NO_QUOTATION, None
    cue, content = token_numbers(draft.cue), token_numbers(draft.content)
    longer = [pair for pair in chosen if cue & token_numbers(pair[0].cue)]
    if longer:
        return SAME_CUE, max(longer, key=lambda pair: pair[1])
    sharing = [
        (len(shared), pair)
        for pair in chosen
        if (shared := content & token_numbers(pair[0].content))
    ]
    if sharing:
        return SAME_CONTENT, max(sharing, key=lambda found: (found[0], found[1][1]))[1]
    return NO_CONTENT, None
