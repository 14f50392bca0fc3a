"""The time of an occasion that the text told before: the statement, speech or summit named again.

"She gave a speech on Monday. [...] In the speech, she said": what is said in it, or what it says,
was said then. In: the words of an attribution without a time of its own. Out: the
`AttachedExpression`s of the occasion's nearest mention with a time. A noun that names it again is
definite and says no more than that; a mention in between that names another one ends the search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quotes.analysis import Analysis
from quotes.dates.attachment import (
    case_words,
    is_occasion,
    of_noun_freely,
    of_the_saying,
    of_verb,
)
from quotes.dates.expressions import Time, read
from quotes.dates.sayings import HANGING, AttachedExpression, Saying
from quotes.dates.time_words import TimeWords
from quotes.text.folding import fold_word

DESCRIBING = ("compound", "amod", "nmod", "nummod", "appos", "conj", "flat")
VAGUE = Time(vague=True)
MAX_DEPTH = 2  # of phrases: "in the broadcast of the speech"


def occasion_times(
    analysis: Analysis, saying: Saying, words: TimeWords
) -> list[AttachedExpression]:
    """Return the times of the occasion that an attribution names again.

    Args:
        analysis: The analysis of the chunk.
        saying: The words of the attribution.
        words: The words of time of the language.
    """
    if not saying.cue or any(analysis.marks_at[n] for n in saying.cue):
        return []
    for noun in _nouns(analysis, saying, words):
        if _names_again(analysis, noun, words):
            found = _times_before(analysis, noun, saying, words)
            if found:
                return of_the_saying(analysis, found, saying, words)
    return []


def _nouns(analysis: Analysis, saying: Saying, words: TimeWords) -> Iterator[int]:
    """Yield the nouns for an occasion in the source and beside the cue."""
    head = analysis.top(saying.source) if saying.source else None
    if head is not None:
        yield from _with_phrases(analysis, head, saying, words)
    for cue in sorted(saying.cue):
        for child in analysis.children(cue):
            hangs = analysis.words[child].deprel.startswith(HANGING) and child not in saying.cue
            # not "after the speech"
            if hangs and case_words(analysis, child) <= words.prepositions:
                yield from _with_phrases(analysis, child, saying, words)


def _with_phrases(
    analysis: Analysis, noun: int, saying: Saying, words: TimeWords, depth: int = MAX_DEPTH
) -> Iterator[int]:
    if depth == 0 or noun in saying.content or not is_occasion(analysis, noun, words):
        return
    yield noun
    for child in analysis.children(noun):
        if analysis.words[child].deprel.startswith("nmod"):
            yield from _with_phrases(analysis, child, saying, words, depth - 1)


def _names_again(analysis: Analysis, noun: int, words: TimeWords) -> bool:
    """Return True for a definite noun without anything that tells it from others of its kind."""
    labels = [analysis.words[c].deprel for c in analysis.children(noun)]
    definite = any(
        fold_word(analysis.words[c].form) in words.definite_articles
        for c in analysis.children(noun)
        if analysis.words[c].deprel == "det"
    )
    return definite and not any(label.startswith(DESCRIBING) for label in labels)


def _times_before(
    analysis: Analysis, noun: int, saying: Saying, words: TimeWords
) -> list[AttachedExpression]:
    """Return the times of the nearest mention before that is not itself one that names it again."""
    form, first = fold_word(analysis.words[noun].form), analysis.sentence(noun)[0]
    for n in range(first - 1, -1, -1):
        if fold_word(analysis.words[n].form) != form or analysis.marks_at[n]:
            continue
        found = _exact(analysis, of_noun_freely(analysis, n, saying, words), words)
        found = found or _exact(analysis, _of_event(analysis, n, saying, words), words)
        if found or not _names_again(analysis, n, words):
            return found
    return []


def _exact(
    analysis: Analysis, found: Iterable[AttachedExpression], words: TimeWords
) -> list[AttachedExpression]:
    """Return the times that say something about the calendar, as "later" does not."""
    times = ((a, read(analysis, a.words, words, beside_noun=a.beside_noun)) for a in found)
    return [a for a, time in times if time not in (None, Time(), VAGUE)]


def _of_event(
    analysis: Analysis, noun: int, saying: Saying, words: TimeWords
) -> Iterator[AttachedExpression]:
    """Yield the times of the verb in the past that tells of an occasion.

    "Gave a speech on Monday", "On Monday, he said in a statement that".
    """
    verb, label = analysis.head(noun), analysis.words[noun].deprel
    if verb < 0 or analysis.words[verb].upos != "VERB" or analysis.marks_at[verb]:
        return
    lemma = analysis.words[verb].lemma
    past = any(
        analysis.words[n].feat("Tense") == "Past" and analysis.words[n].feat("VerbForm") == "Fin"
        for n in (verb, *analysis.children(verb))
    )
    made = lemma in words.issuing or lemma in words.speaking
    at = label == "obl" and bool(case_words(analysis, noun) & words.prepositions)
    if past and (at or (made and label.startswith(("obj", "nsubj")))):
        yield from of_verb(analysis, verb, saying, words)
