"""Dialogues whose turns begin with a dash ("— Are you late?" "— The clock is.").

In: `Analysis`. Out: a candidate for each turn. A turn may say itself who speaks ("— No, said Bo.").
The others are those of the two who speak so, or whom the text before them brings together, one
after the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from quotes.analysis import Analysis, TokenRange
from quotes.attribution.act_words import act_words
from quotes.attribution.candidates import Candidate
from quotes.attribution.generators.layout_candidates import (
    ATTRIBUTED_TURN_RULE,
    DIALOGUE_RULE,
    layout_candidate,
)
from quotes.language.lexicon import load_lexicon
from quotes.records import Span
from quotes.text.folding import fold_word

TURN = re.compile(r"[—–―]\s*(?=[\"“'‘(¿¡]*[^\W\d_a-z])")
ENDS = re.compile(r"[.!?…][\"'”’»)]*\s*$")
MIN_TURNS = 2
BREAKS = frozenset({",", ".", "!", "?", "…"})  # around a clause that says who speaks
MAX_SPEAKER_WORDS = 8


def dialogue_turns(analysis: Analysis) -> tuple[Candidate, ...]:
    """Return a candidate for each turn of the dialogues in a text."""
    out: list[Candidate] = []
    for first, turns in _dialogues(analysis):
        runs = [run for turn in turns if (run := analysis.within(turn))[0] < run[1]]
        people = _people_before(analysis, first)
        names: list[TokenRange | None] = [*people[:2]] if len(people) <= 2 else []
        names += [None] * (2 - len(names))
        clauses = [_clause(analysis, run) for run in runs]
        for number, clause in reversed([*enumerate(clauses)]):
            if clause is not None and not _is_pronoun(analysis, clause.speaker):
                names[number % 2] = clause.speaker
        for number, (run, clause) in enumerate(zip(runs, clauses, strict=True)):
            if clause is None:
                out.append(layout_candidate(DIALOGUE_RULE, names[number % 2], None, (run,)))
            else:
                cue = (clause.verb, clause.verb + 1)
                parts = ((run[0], clause.start), (clause.stop, run[1]))
                spoken = tuple(part for part in parts if part[0] < part[1])
                out.append(layout_candidate(ATTRIBUTED_TURN_RULE, clause.speaker, cue, spoken))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause in a turn that says who speaks: its words, its verb and the words of the speaker."""

    start: int
    stop: int
    verb: int
    speaker: TokenRange


def _clause(analysis: Analysis, turn: TokenRange) -> _Clause | None:
    """Return the first clause of a turn between marks that is a verb of speech and who speaks."""
    breaks = [n for n in range(*turn) if analysis.words[n].form in BREAKS]
    for start, stop in pairwise((*breaks, turn[1])):
        verbs = [n for n in range(start + 1, stop) if _is_cue(analysis, n)]
        if len(verbs) != 1 or start == turn[0]:
            continue
        (verb,) = verbs
        if verb == start + 1:  # "said Bo, the nurse": to the end of the sentence
            ends = (n for n in breaks if n >= stop and analysis.words[n].form != ",")
            end = next(ends, turn[1])
            speaker = (verb + 1, end)
        elif verb == stop - 1:  # "Bo said"
            end, speaker = stop, (start + 1, verb)
        else:
            continue
        if _is_speaker(analysis, speaker):
            return _Clause(start + 1, min(end + 1, turn[1]), verb, speaker)
    return None


def _is_cue(analysis: Analysis, number: int) -> bool:
    word = analysis.words[number]
    known = act_words(analysis.language)
    return word.upos == "VERB" and fold_word(word.lemma) in known.reporting


def _is_speaker(analysis: Analysis, run: TokenRange) -> bool:
    """Return True for a short phrase without a verb: a pronoun, a name, a noun for a person."""
    words = analysis.words[run[0] : run[1]]
    lexicon = load_lexicon(analysis.language)
    if not words or len(words) > MAX_SPEAKER_WORDS or any(w.upos == "VERB" for w in words):
        return False
    known = lexicon.pronouns.get(fold_word(words[0].form))
    if len(words) == 1 and known is not None:
        return known.refers == "personal"
    return any(
        word.upos == "PROPN"
        or (word.upos == "NOUN" and fold_word(word.lemma) in {*lexicon.roles, *lexicon.people})
        or fold_word(word.form) in lexicon.titles
        for word in words
    )


def _is_pronoun(analysis: Analysis, run: TokenRange) -> bool:
    words = load_lexicon(analysis.language).pronouns
    return run[1] - run[0] == 1 and fold_word(analysis.words[run[0]].form) in words


def _dialogues(analysis: Analysis) -> Iterator[tuple[int, list[Span]]]:
    """Yield the number of the first paragraph of each dialogue, and its turns."""
    run: list[Span] = []
    for number, paragraph in enumerate((*analysis.paragraphs, Span(0, 0))):
        match = TURN.match(analysis.text, paragraph.start, paragraph.end)
        if match and ENDS.search(paragraph.of(analysis.text)):
            run.append(Span(match.end(), paragraph.end))
            continue
        if len(run) >= MIN_TURNS and any(_speaks_to_somebody(analysis, turn) for turn in run):
            yield number - len(run), run
        run = []


def _speaks_to_somebody(analysis: Analysis, turn: Span) -> bool:
    """Return True if a turn ends with a question, or has a pronoun of the second person."""
    words = turn.of(analysis.text)
    pronouns = load_lexicon(analysis.language).pronouns
    return words.rstrip(' "”’»)').endswith("?") or any(
        (known := pronouns.get(fold_word(word))) is not None and known.person == 2
        for word in re.findall(r"[^\W\d_]+", words)
    )


def _people_before(analysis: Analysis, first: int) -> list[TokenRange]:
    """Return the people whom the paragraph before a dialogue names, in order."""
    if first == 0:
        return []
    low, high = analysis.within(analysis.paragraphs[first - 1])
    lexicon = load_lexicon(analysis.language)
    nouns = {*lexicon.roles, *lexicon.people}
    named = {
        n
        for m in analysis.parse.entities
        if m.kind == "PER"
        for n in range(*analysis.within(m.span))
    }
    heads = [
        n
        for n in range(low, high)
        if n in named
        or (analysis.words[n].upos == "NOUN" and fold_word(analysis.words[n].lemma) in nouns)
    ]
    # A name beside a noun is the same person.
    own = [n for n in heads if analysis.head(n) not in heads or _is_joined(analysis, n)]
    return [_phrase(analysis, n) for n in own]


def _is_joined(analysis: Analysis, number: int) -> bool:
    """Return True for another person beside the first: a clerk and the judge."""
    return analysis.words[number].deprel in ("conj", "obl", "obj", "nsubj")


def _phrase(analysis: Analysis, head: int) -> TokenRange:
    """Return the noun phrase of a head without what is joined to it."""
    joined = {
        n
        for c in analysis.children(head)
        if analysis.words[c].deprel in ("conj", "cc", "acl:relcl", "case")
        for n in analysis.subtree(c)
    }
    own = analysis.subtree(head) - joined
    return analysis.trim((min(own), max(own) + 1))
