"""Dialogues whose turns begin with a dash ("— Are you late?" "— The clock is.").

In: `Analysis`. Out: a candidate for each turn. The turns are those of the people whom the text
before them brings together, one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotes.analysis import Analysis, TokenRange
from quotes.attribution.candidates import Candidate
from quotes.attribution.generators.layout_candidates import DIALOGUE_RULE, layout_candidate
from quotes.language.lexicon import load_lexicon
from quotes.records import Span
from quotes.text.folding import fold_word
from quotes.text.reporting_clauses import reporting_clauses

TURN = re.compile(r"[—–―]\s*(?=[\"“'‘(¿¡]*[^\W\d_a-z])")
ENDS = re.compile(r"[.!?…][\"'”’»)]*\s*$")
MIN_TURNS = 2


def dialogue_turns(analysis: Analysis) -> tuple[Candidate, ...]:
    """Return a candidate for each turn of the dialogues in a text."""
    out: list[Candidate] = []
    for first, turns in _dialogues(analysis):
        people = _people_before(analysis, first)
        names: list[TokenRange | None] = [*people[:2]] if len(people) <= 2 else []
        names += [None] * (2 - len(names))
        for number, turn in enumerate(turns):
            content = analysis.within(turn)
            reported = reporting_clauses(analysis.language).first(
                analysis.text, turn.start, turn.end
            )
            if content[0] < content[1] and reported is None:
                out.append(layout_candidate(DIALOGUE_RULE, names[number % 2], None, (content,)))
    return tuple(out)


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
