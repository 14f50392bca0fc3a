"""Phrases that tell on what occasion or where something was said ("*at a briefing*").

In: `Analysis` and word numbers. Out: word numbers.
"""

from __future__ import annotations

from quotes.analysis import Analysis
from quotes.attribution.candidates import attribution_words
from quotes.text.folding import fold_word

CERTAIN = frozenset({"amod", "compound", "det", "nmod:poss"})  # labels of words before a noun


def before_occasion(analysis: Analysis, numbers: frozenset[int]) -> frozenset[int]:
    """Return the words of an object up to the first phrase that tells where it was told of.

    "announced the raid *at a press conference*": parsers like to hang the phrase on the object.
    """
    first = next((n for n in sorted(numbers) if _leads(analysis, n)), None)
    return frozenset(n for n in numbers if first is None or n < first)


def _leads(analysis: Analysis, number: int) -> bool:
    """Return True for a preposition before an occasion of speaking or a medium.

    An occasion is a certain one: "at *a* briefing", not "in response to".
    """
    word, words = analysis.words[number], analysis.language.optional_words
    head = analysis.head(number)
    if (
        word.deprel != "case"
        or fold_word(word.lemma) not in attribution_words(analysis.language).frame_prepositions
    ):
        return False
    forms = {analysis.words[head].lemma, analysis.words[head].form}
    certain = any(analysis.words[c].deprel in CERTAIN and c < head for c in analysis.children(head))
    return bool(forms & words("media-nouns")) or (certain and bool(forms & words("occasion-nouns")))
