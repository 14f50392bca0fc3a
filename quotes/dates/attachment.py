"""Which time expressions belong to an act of saying, and not to what is said.

In: the words of an attribution in their tree. Out: expressions that hang on the cue ("said on
Thursday"), on the occasion or form of what is said ("in a statement on Thursday", "in a 2012
interview"), on a verb that shares its time with the cue ("said on Thursday and added"), or stand
between source and cue ("Smith on Thursday said"). What stands inside the content never counts.
Which date the words come to is for `reckoning`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from quotes.analysis import Analysis, is_participle, is_present_participle
from quotes.dates.belonging import PHRASES, is_mistaken, lies_elsewhere, stands_open
from quotes.dates.cited import ADVERBIAL, of_cited, of_quotation
from quotes.dates.expressions import expression, is_name
from quotes.dates.sayings import AttachedExpression, Saying
from quotes.dates.time_words import TimeWords
from quotes.text.folding import fold_word

BEFORE_NOUNS = ("compound", "nummod", "amod", "nmod")
OBJECTS = frozenset({"obj", "iobj"})
CARRYING = frozenset({"advcl", "xcomp"})
MAX_DEPTH = 3  # of phrases: "in an interview with the BBC in London on Monday"


def attached(
    analysis: Analysis, saying: Saying, sayings: frozenset[int], words: TimeWords
) -> list[AttachedExpression]:
    """Find the time expressions of an act of saying.

    `sayings` are the words of all cues, which can share a time with one joined to them.
    """
    top = analysis.top(saying.cue)
    if top is None:
        return []
    found = [a for cue in sorted(saying.cue) for a in of_verb(analysis, cue, saying, words)]
    found += _of_source(analysis, saying, words)
    found = found or of_quotation(analysis, saying, words)
    found = found or of_cited(analysis, top, saying, words)
    found += _above(analysis, top, saying, words)
    if not found:
        found = _shared(analysis, top, saying, sayings, words)
    return of_the_saying(analysis, found, saying, words)


def of_the_saying(
    analysis: Analysis, found: Iterable[AttachedExpression], saying: Saying, words: TimeWords
) -> list[AttachedExpression]:
    """Return expressions without those inside of what is said, of names and of programmes."""
    top = analysis.top(saying.cue)
    if top is None:
        return []
    own = (
        a if a.outside else replace(a, words=_outside(analysis, a.words, saying, words))
        for a in found
    )
    plain = (
        replace(a, words=frozenset(n for n in a.words if analysis.mark_over(n, top) < 0))
        for a in own
    )  # not the name of a programme
    return [a for a in plain if a.words and not is_name(analysis, a.words)]


def _outside(
    analysis: Analysis, time: frozenset[int], saying: Saying, words: TimeWords
) -> frozenset[int]:
    """Return the words of a time if it lies outside of the content.

    Of one that reaches into it only "earlier" counts, to which the rest may be found.
    """
    left = time - saying.content
    return (
        left
        if left == time or all(words.kind(analysis.words[n].form) == "loose" for n in left)
        else frozenset()
    )


def of_verb(
    analysis: Analysis, verb: int, saying: Saying, words: TimeWords
) -> Iterator[AttachedExpression]:
    """Yield the times that hang on a verb, or on a noun that is a cue.

    Directly, or by the occasion, the listener or the manner of saying.
    """
    for child in analysis.children(verb):
        word = analysis.words[child]
        if word.deprel == "ccomp":
            yield from _before_conjunction(analysis, child, verb, words)
        if child in saying.content and stands_open(analysis, child, verb, saying, words):
            yield AttachedExpression(
                expression(analysis, child, words) or frozenset(), outside=True
            )
        if child in saying.cue or child in saying.content:
            continue
        if word.deprel.startswith(ADVERBIAL) and (time := expression(analysis, child, words)):
            if not lies_elsewhere(analysis, time, verb, saying, words):
                yield AttachedExpression(time)
        elif (
            child == verb + 1
            and is_mistaken(word, child, saying, words)
            and (time := expression(analysis, child, words))
        ):
            yield AttachedExpression(time)
        elif word.deprel in OBJECTS or word.deprel.startswith(PHRASES):
            yield from (
                a
                for a in _of_noun(analysis, child, saying, words)
                if not any(max(a.words) < n < verb for n in saying.content)
            )
        elif word.deprel in CARRYING and word.lemma in words.speaking and is_participle(word):
            yield from of_verb(analysis, child, saying, words)


def _before_conjunction(
    analysis: Analysis, clause: int, verb: int, words: TimeWords
) -> Iterator[AttachedExpression]:
    """Yield the times between the cue and the conjunction of the clause.

    Wherever the tree has them: "said earlier this month that".
    """
    mark = next((c for c in analysis.children(clause) if analysis.words[c].deprel == "mark"), -1)
    for child in analysis.children(clause):
        if (
            verb < child < mark
            and analysis.words[child].deprel.startswith(ADVERBIAL)
            and (time := expression(analysis, child, words))
        ):
            yield AttachedExpression(time, outside=True)


def _of_noun(
    analysis: Analysis, noun: int, saying: Saying, words: TimeWords, depth: int = MAX_DEPTH
) -> Iterator[AttachedExpression]:
    """Yield the times of an occasion, or those that hang on a name or listener in the tree.

    "A statement on Thursday", "told CNN on Monday".
    """
    word = analysis.words[noun]
    cases = case_words(analysis, noun)
    occasion = is_occasion(analysis, noun, words)
    open_to = occasion or word.upos == "PROPN" or word.deprel in OBJECTS
    if (
        depth == 0
        or noun in saying.content
        or not open_to
        or cases - words.prepositions - words.possessive_particles
    ):
        return
    for child in analysis.children(noun):
        below = analysis.words[child]
        dates = below.deprel.startswith(ADVERBIAL) or (
            occasion and below.deprel.startswith(BEFORE_NOUNS)
        )
        if dates and (occasion or child > noun) and (time := expression(analysis, child, words)):
            yield AttachedExpression(time, occasion, beside_noun=child < noun)
        elif below.deprel.startswith(PHRASES):
            yield from _of_noun(analysis, child, saying, words, depth - 1)
        elif occasion and below.deprel.startswith("acl") and _issued(analysis, child, words):
            yield from _dating(of_verb(analysis, child, saying, words))


def _dating(found: Iterable[AttachedExpression]) -> Iterator[AttachedExpression]:
    return (replace(a, occasion=True) for a in found)


def is_occasion(analysis: Analysis, number: int, words: TimeWords) -> bool:
    """Return True if a word is a noun for an occasion or form of saying."""
    word = analysis.words[number]
    return word.upos in ("NOUN", "PROPN") and (
        fold_word(word.lemma) in words.occasions or fold_word(word.form) in words.occasions
    )


def _issued(analysis: Analysis, verb: int, words: TimeWords) -> bool:
    """Return True for a past participle that dates its noun; not "to be delivered on Thursday"."""
    word = analysis.words[verb]
    ahead = any(
        analysis.words[c].deprel.startswith(("aux", "mark")) for c in analysis.children(verb)
    )
    return word.lemma in words.issuing and word.feat("VerbForm") == "Part" and not ahead


def _of_source(
    analysis: Analysis, saying: Saying, words: TimeWords
) -> Iterator[AttachedExpression]:
    """Yield the times of a source that is an occasion, or that stand between it and the cue.

    "A report released Monday".
    """
    head = next(
        (
            n
            for n in sorted(saying.source)
            if analysis.head(n) not in saying.source and not analysis.is_punct(n)
        ),
        None,
    )
    if head is None:
        return
    if is_occasion(analysis, head, words):
        cases = {
            fold_word(analysis.words[c].lemma)
            for c in analysis.children(head)
            if analysis.words[c].deprel == "case" and c not in saying.cue
        }
        if not cases:
            yield from of_noun_freely(analysis, head, saying, words)
        return
    yield from _before_verb(analysis, head, min(saying.cue), words)
    for child in analysis.children(head):
        word = analysis.words[child]
        phrase = (n for n in sorted(analysis.subtree(child)) if not analysis.is_punct(n))
        first = next(phrase, child)
        closed = max(analysis.subtree(child)) + 1 == min(saying.cue)
        if not head < child < min(saying.cue) or not (
            closed or analysis.words[first - 1].form == ","
        ):
            continue
        if word.deprel.startswith(PHRASES) and is_occasion(analysis, child, words):
            yield from _of_noun(
                analysis, child, saying, words
            )  # "Hall, in a post on Tuesday, said", "Hall in a post on Tuesday said"
        elif (
            word.deprel.startswith("acl")
            and word.lemma in words.speaking
            and is_present_participle(word)
        ):
            yield from of_verb(analysis, child, saying, words)  # "Hall, speaking on Tuesday, said"


def case_words(analysis: Analysis, noun: int) -> set[str]:
    """Return the prepositions and other case marks of a noun, folded."""
    return {
        fold_word(analysis.words[c].form)
        for c in analysis.children(noun)
        if analysis.words[c].deprel == "case"
    }


def _before_verb(
    analysis: Analysis, subject: int, verb: int, words: TimeWords
) -> Iterator[AttachedExpression]:
    """Yield the times that the tree gives to a subject and that stand right before its verb.

    "Smith on Thursday said".
    """
    for child in analysis.children(subject):
        if (
            subject < child < verb
            and analysis.words[child].deprel.startswith(ADVERBIAL)
            and (time := expression(analysis, child, words))
        ):
            between = range(max(time) + 1, verb)
            if all(
                analysis.is_punct(n) or analysis.words[n].upos in ("AUX", "ADV", "PART")
                for n in between
            ):
                yield AttachedExpression(time)


def _of_sharing(
    analysis: Analysis, verb: int, saying: Saying, words: TimeWords
) -> Iterator[AttachedExpression]:
    """Yield the times of a verb that may share them with the cue."""
    yield from of_verb(analysis, verb, saying, words)
    for subject in analysis.children(verb):
        if analysis.words[subject].deprel.startswith("nsubj"):
            yield from _before_verb(analysis, subject, verb, words)


def of_noun_freely(
    analysis: Analysis, noun: int, saying: Saying, words: TimeWords
) -> Iterator[AttachedExpression]:
    """Yield the times of a noun for an occasion: "a 1989 report", "a statement dated 18 July"."""
    for child in analysis.children(noun):
        below = analysis.words[child]
        if child in saying.cue or child in saying.content:
            continue
        if below.deprel.startswith((*ADVERBIAL, *BEFORE_NOUNS)) and (
            time := expression(analysis, child, words)
        ):
            yield AttachedExpression(time, True, beside_noun=child < noun)
        elif below.deprel.startswith("acl") and _issued(analysis, child, words):
            yield from _dating(of_verb(analysis, child, saying, words))
        elif below.deprel.startswith(PHRASES) and below.upos in ("NOUN", "PROPN"):
            yield from _beside_author(analysis, child, words)


def _beside_author(analysis: Analysis, noun: int, words: TimeWords) -> Iterator[AttachedExpression]:
    """Yield the times that the tree hangs on who made a document: "a report by the firm in May"."""
    for child in analysis.children(noun):
        if (
            child > noun
            and analysis.words[child].deprel.startswith(PHRASES)
            and (time := expression(analysis, child, words))
        ):
            yield AttachedExpression(time, True)


def _above(
    analysis: Analysis, top: int, saying: Saying, words: TimeWords
) -> Iterator[AttachedExpression]:
    """Yield the times of what a participle hangs on.

    "Issued a statement on Thursday saying", "resigned on Monday, saying".
    """
    word, head = analysis.words[top], analysis.head(top)
    if (
        head >= 0
        and head in analysis.sentence(top)[:1]
        and words.kind(analysis.words[head].form) == "weekday"
    ):
        yield AttachedExpression(
            expression(analysis, head, words) or frozenset()
        )  # "Tuesday in Oslo, she said": the day was taken for the main word
        return
    if (
        word.feat("VerbForm") not in ("Ger", "Part")
        or word.feat("Tense") == "Past"
        or head < 0
        or head in saying.content
    ):
        return
    if word.deprel.startswith("acl") and is_occasion(analysis, head, words):
        yield from of_noun_freely(analysis, head, saying, words)
        top, head = head, analysis.head(head)
        word = analysis.words[top]
        if head < 0 or word.deprel not in OBJECTS:
            return
    elif word.deprel not in CARRYING or not _one_event(analysis, top, head, saying):
        return
    if analysis.words[head].upos == "VERB" and head not in saying.content:
        yield from _of_sharing(analysis, head, saying, words)


def _one_event(analysis: Analysis, participle: int, head: int, saying: Saying) -> bool:
    """Return True if a verb and its participle tell of one act of the source.

    Not "resigned on Monday after saying".
    """
    return all(
        analysis.words[c].deprel != "mark" for c in analysis.children(participle)
    ) and _of_same_source(analysis, head, saying)


def _of_same_source(analysis: Analysis, verb: int, saying: Saying) -> bool:
    subject = next(
        (c for c in analysis.children(verb) if analysis.words[c].deprel.startswith("nsubj")), None
    )
    return subject is None or subject in saying.source


def _shared(
    analysis: Analysis, top: int, saying: Saying, sayings: frozenset[int], words: TimeWords
) -> list[AttachedExpression]:
    """Return the time of the verb that the cue is joined to.

    Where both say ("said on Thursday and added"), or where it opens the sentence.
    """
    head = analysis.head(top)
    own = any(analysis.words[c].deprel.startswith("nsubj") for c in analysis.children(top))
    if (
        analysis.words[top].deprel != "conj"
        or own
        or head < 0
        or head in saying.content
        or not _of_same_source(analysis, head, saying)
    ):
        return []
    found = list(_of_sharing(analysis, head, saying, words))
    return found if head in sayings else [a for a in found if max(a.words) < head]
