"""Candidates that layout shows: their rules, their confidence, and what may be a label.

In: `Analysis`, the words of a name, a label and a passage. Out: a `Candidate`. `layout`,
`transcripts` and `dialogues` find the places.
"""

from __future__ import annotations

import re

from quotes.analysis import Analysis, TokenRange, TokenRanges
from quotes.attribution.candidates import AnchorKind, Candidate, Trait
from quotes.records import Span
from quotes.text.folding import fold_word

LABEL = re.compile(
    r"[ \t]*([^\W\d_a-z][\w.’'()\-]*(?:[ ,]+[\w.’'()\-]+){0,7}?)[ \t]*:(?=\s|[\"“‘'«„])"
)
LABEL_RULE = "label"
HEADLINE_RULE = "headline-label"
INTERVIEW_RULE = "interview-label"
DIALOGUE_RULE = "dialogue-turn"
ATTRIBUTED_TURN_RULE = "attributed-turn"
CREDIT_RULE = "credit"
EMBED_RULE = "embedded-post"
PRIORS = {
    LABEL_RULE: 0.85,
    CREDIT_RULE: 0.85,
    INTERVIEW_RULE: 0.8,
    DIALOGUE_RULE: 0.5,
    ATTRIBUTED_TURN_RULE: 0.95,
    HEADLINE_RULE: 0.5,
    EMBED_RULE: 0.95,
}
MAX_LABEL_WORDS = 10
# Found by characters alone, and so neither scored nor tagged: the prior is the confidence.
BY_LAYOUT = frozenset(
    {INTERVIEW_RULE, DIALOGUE_RULE, ATTRIBUTED_TURN_RULE, CREDIT_RULE, EMBED_RULE}
)
# Those whose content is all somebody's own words.
WHOLE = frozenset({INTERVIEW_RULE, DIALOGUE_RULE, ATTRIBUTED_TURN_RULE, EMBED_RULE})


def name_words(analysis: Analysis, span: Span, not_names: frozenset[str]) -> TokenRange | None:
    """Return the words of a label where they can name somebody.

    They have capitals but for small words, and are no heading such as "Note".
    """
    run = analysis.trim(analysis.within(span))
    words = analysis.words[run[0] : run[1]]
    if not words or len(words) > MAX_LABEL_WORDS or fold_word(words[0].form) in not_names:
        return None
    named = [w for w in words if w.upos == "PROPN" or w.form.isupper()]
    return run if named and not any(w.upos in ("VERB", "AUX") for w in words) else None


def names_person(analysis: Analysis, run: TokenRange) -> bool:
    """Return True if a name of a person stands in a range of words."""
    span = analysis.span(run)
    return any(m.kind == "PER" and m.span.overlaps(span) for m in analysis.parse.entities)


def layout_candidate(
    rule: str, source: TokenRange | None, cue: TokenRange | None, content: tuple[TokenRange, ...]
) -> Candidate:
    """Return a candidate by layout.

    Its anchor is the cue, which is the colon of a label; without one the first word of the name;
    without a name the first word of the content.
    """
    cues, sources = _not_empty(cue), _not_empty(source)
    places = (
        (cues, AnchorKind.CUE),
        (sources, AnchorKind.LAYOUT),
        (content, AnchorKind.CONTENT),
    )
    anchor, kind = next((ranges[0][0], kind) for ranges, kind in places if ranges)
    return Candidate(
        rule=rule,
        anchor=anchor,
        anchor_kind=kind,
        cue=cues,
        source=sources,
        content=content,
        head=content[0][0],
        path="by layout",
        traits=frozenset({Trait.VERBATIM} if rule in WHOLE else ()),
        prior=PRIORS[rule],
    )


def _not_empty(run: TokenRange | None) -> TokenRanges:
    return (run,) if run is not None and run[0] < run[1] else ()
