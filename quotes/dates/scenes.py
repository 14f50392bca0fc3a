"""The time of a saying that another clause or sentence tells: the scene in which it was said.

In: the words of an attribution, and those of all others. Out: `AttachedExpression`s. Four places
count, for an attribution without a time of its own: what stands right behind the cue, another cue
of the same source in the sentence ("said on Monday that A and called it B"), a participle of
speaking behind what is said ("..., while speaking on Monday"), and the sentence beside it that
tells of the speaking itself ("The mayor spoke at a rally on Monday. “We stay,” she said.").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.analysis import Analysis, is_present_participle
from quotes.dates.attachment import (
    attached,
    is_occasion,
    of_the_saying,
    of_verb,
)
from quotes.dates.sayings import AttachedExpression, Saying
from quotes.dates.time_words import TimeWords
from quotes.text.folding import fold_word

PARTICIPLES = ("Ger", "Part")


def scene_times(
    analysis: Analysis, saying: Saying, others: Sequence[Saying], words: TimeWords
) -> list[AttachedExpression]:
    """Return the times of the scene of an attribution that has no time of its own.

    Args:
        analysis: The analysis of the chunk.
        saying: The words of the attribution.
        others: The words of all attributions.
        words: The words of time of the language.
    """
    if not saying.cue or any(analysis.marks_at[n] for n in saying.cue):
        return []
    found = (
        list(_behind_cue(analysis, saying, words))
        or _of_other_cue(analysis, saying, others, words)
        or _of_participle(analysis, saying, words)
        or _of_sentence_beside(analysis, saying, others, words)
    )
    return of_the_saying(analysis, found, saying, words)


def _of_other_cue(
    analysis: Analysis, saying: Saying, others: Sequence[Saying], words: TimeWords
) -> list[AttachedExpression]:
    """Return the times of the nearest cue before it that has the same source in its sentence."""
    low, high = analysis.sentence(min(saying.cue))
    before = [
        o
        for o in others
        if o.cue
        and o.source == saying.source
        and low <= min(o.cue) < min(saying.cue) < high
        and not o.cue & saying.cue
        and not any(analysis.marks_at[n] for n in o.cue)
    ]
    if not before or not saying.source or not _is_past(analysis, saying):
        return []
    nearest = max(before, key=lambda o: min(o.cue))
    return attached(analysis, nearest, nearest.cue, words) if _is_past(analysis, nearest) else []


def _is_past(analysis: Analysis, saying: Saying) -> bool:
    """Return True if a cue is told in the past, or is a participle that shares another's time."""
    verbs = [analysis.words[n] for n in saying.cue if analysis.words[n].upos in ("VERB", "AUX")]
    return bool(verbs) and any(
        v.feat("Tense") == "Past" or v.feat("VerbForm") in PARTICIPLES for v in verbs
    )


def _of_participle(
    analysis: Analysis, saying: Saying, words: TimeWords
) -> list[AttachedExpression]:
    """Return the times of a participle of speaking in the sentence, outside of what is said.

    Wherever the tree has it: “...”, she said, while *addressing* the press yesterday.
    """
    low, high = analysis.sentence(max(saying.cue))
    for n in range(low, high):
        word = analysis.words[n]
        if (
            word.lemma in words.speaking
            and is_present_participle(word)
            and n not in saying.cue | saying.content | saying.source
            and not analysis.marks_at[n]
            and word.deprel.startswith("advcl")
            and (found := list(of_verb(analysis, n, saying, words)))
        ):
            return found
    return []


def _of_sentence_beside(
    analysis: Analysis, saying: Saying, others: Sequence[Saying], words: TimeWords
) -> list[AttachedExpression]:
    """Return the times of the sentence before or behind that tells of the same one's speaking.

    Its main verb is one of speaking, or it happened at an occasion; it attributes nothing itself,
    and one of the two names the speaker by a pronoun, or both in the same words.
    """
    numbers = saying.cue | saying.content
    for beside in (min(numbers) - 1, max(numbers) + 1):
        low, high = _sentence_beyond(analysis, beside, numbers)
        if low < 0 or any(low <= n < high for o in others for n in o.cue):
            continue
        root = next((n for n in range(low, high) if analysis.head(n) < 0), None)
        if (
            root is None
            or analysis.words[root].upos != "VERB"
            or not _speaks(analysis, root, words)
        ):
            continue
        if _same_speaker(analysis, root, saying, before=beside < min(numbers)):
            return list(of_verb(analysis, root, saying, words))
    return []


def _sentence_beyond(analysis: Analysis, number: int, numbers: frozenset[int]) -> tuple[int, int]:
    """Return the sentence that holds a word, if it is none of those of the attribution."""
    if not 0 <= number < len(analysis.words):
        return -1, -1
    while 0 <= number < len(analysis.words) and analysis.is_punct(number):
        number += -1 if number < min(numbers) else 1
    if not 0 <= number < len(analysis.words):
        return -1, -1
    low, high = analysis.sentence(number)
    own = any(low <= n < high for n in numbers) or bool(analysis.marks_at[number])
    return (-1, -1) if own else (low, high)


def _speaks(analysis: Analysis, verb: int, words: TimeWords) -> bool:
    """Return True if a verb in the past tells of speaking, or of an occasion of it."""
    word = analysis.words[verb]
    past = any(
        analysis.words[n].feat("Tense") == "Past" and analysis.words[n].feat("VerbForm") == "Fin"
        for n in (verb, *analysis.children(verb))
    )
    spoken = word.lemma in words.speaking or any(
        analysis.words[c].deprel == "obl" and is_occasion(analysis, c, words)
        for c in analysis.children(verb)
    )
    return past and spoken


def _same_speaker(analysis: Analysis, verb: int, saying: Saying, *, before: bool) -> bool:
    """Return True if the subject of a verb may be who the attribution names.

    The later of the two is a personal pronoun and agrees in number, or both have a word in common.
    `before` tells that the verb stands before the attribution.
    """
    subject = next(
        (c for c in analysis.children(verb) if analysis.words[c].deprel == "nsubj"), None
    )
    head = analysis.top(saying.source)
    if subject is None or head is None:
        return False
    pair = analysis.words[subject], analysis.words[head]
    later = pair[1] if before else pair[0]
    if later.upos == "PRON" and later.feat("Person") == "3":
        return pair[0].feat("Number") == pair[1].feat("Number")
    named = {
        fold_word(analysis.words[n].form)
        for n in analysis.subtree(subject)
        if analysis.words[n].upos == "PROPN"
    }
    return any(fold_word(analysis.words[n].form) in named for n in saying.source)


def _behind_cue(
    analysis: Analysis, saying: Saying, words: TimeWords
) -> Iterator[AttachedExpression]:
    """Yield the words of a day that stand right behind the cue, wherever the tree has them.

    "said *late Sunday* the police were there": parsers hang them on what was said.
    """
    first = max(saying.cue) + 1
    stop = first
    while stop < len(analysis.words) and words.kind(analysis.words[stop].form) in (
        "weekday",
        "deictic",
        "edge",
        "part",
        "on",
        "shift",
    ):
        stop += 1
    run = frozenset(range(first, stop))
    day = any(words.kind(analysis.words[n].form) in ("weekday", "deictic") for n in run)
    follows = stop < len(analysis.words) and analysis.words[stop].deprel == "case"
    opens = first == min(saying.content, default=-1) and _stands_apart(analysis, run, stop, words)
    if day and (opens or not run & saying.content) and not (follows and analysis.head(stop) in run):
        yield AttachedExpression(run, outside=True)


def _stands_apart(analysis: Analysis, run: frozenset[int], stop: int, words: TimeWords) -> bool:
    """Return True for "late on Tuesday" before a clause with a subject of its own.

    Not "on Tuesday" alone, which may be that of the clause, nor a day that is the subject.
    """
    forms = {words.kind(analysis.words[n].form) for n in run}
    return (
        "edge" in forms
        and stop < len(analysis.words)
        and analysis.words[stop].upos in ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM")
        and not analysis.marks_at[min(run)]
        and all(not analysis.words[n].deprel.startswith("nsubj") for n in run)
    )
