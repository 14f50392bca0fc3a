"""How an attribution is put: as said, denied, not said, hypothetical or asked.

In: `Analysis` and the words of a cue. Out: a `Factuality`.
"""

from __future__ import annotations

from quotes.analysis import Analysis
from quotes.attribution.candidates import AttributionWords
from quotes.records import Factuality


def factuality_of(
    analysis: Analysis,
    anchor: int,
    group: frozenset[int],
    words: AttributionWords,
    *,
    asking: bool = False,
) -> Factuality:
    """Return how the words of a cue put an attribution.

    Args:
        analysis: The analysis of the chunk.
        anchor: The main word of the cue.
        group: All words of the cue.
        words: The word lists of the language.
        asking: Whether the content may be a question.
    """
    near = [analysis.words[n] for n in group] + [
        analysis.words[c]
        for c in analysis.children(anchor)
        if analysis.words[c].deprel in ("advmod", "aux")
    ]
    lemmas = {w.lemma.lower() for w in near}
    refused = bool(lemmas & words.refusal) or analysis.words[anchor].lemma.lower() in words.refusal
    if refused or any(
        w.feat("Polarity") == "Neg" or w.lemma.lower() in words.negation for w in near
    ):
        return "not_said"
    if analysis.words[anchor].lemma.lower() in words.denial:
        return "denied"
    if any(w.deprel == "aux" and w.lemma.lower() in words.modal for w in near):
        return "hypothetical"
    if asking and analysis.words[anchor].lemma.lower() in words.asking:
        return "question"
    return "said"
