"""How an attribution is put: as said, denied, not said, hypothetical or asked.

In: `Analysis` and the words of a cue. Out: a `Factuality`.
"""

from __future__ import annotations

from quotes.analysis import Analysis
from quotes.attribution.candidates import AttributionWords
from quotes.records import Factuality
from quotes.text.folding import fold_word


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
    lemmas = {fold_word(w.lemma) for w in near}
    refused = (
        bool(lemmas & words.refusal) or fold_word(analysis.words[anchor].lemma) in words.refusal
    )
    if refused or any(
        w.feat("Polarity") == "Neg" or fold_word(w.lemma) in words.negation for w in near
    ):
        return "not_said"
    if fold_word(analysis.words[anchor].lemma) in words.denial:
        return "denied"
    if any(w.deprel == "aux" and fold_word(w.lemma) in words.modal for w in near) and not any(
        fold_word(analysis.words[n].lemma) in words.witnessing
        for n in group - {anchor}  # who could be heard saying it said it
    ):
        return "hypothetical"
    if asking and fold_word(analysis.words[anchor].lemma) in words.asking:
        return "question"
    return "said"
