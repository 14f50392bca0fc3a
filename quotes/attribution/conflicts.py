"""Contents that run over into what another cue attributes, cut where the other's begins.

In: candidates, or candidates that the tagger has read. Out: the same with shorter contents. One
inside the other keeps its words, and one found twice stays whole: `decoding` chooses between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, groupby

from quotes.analysis import Analysis, token_numbers
from quotes.attribution.boundaries import is_detached_participle
from quotes.attribution.candidates import Candidate, TaggedCandidate, Trait, attribution_words
from quotes.attribution.content_ranges import content_ranges, without
from quotes.attribution.subjects import SUBJECTS
from quotes.attribution.tagger_boundaries import is_fragment
from quotes.text.folding import fold_word

CUTTING = frozenset({"advcl", "conj", "parataxis"})  # labels of clauses that may be attributed anew
# By how much likelier words must be as the content of one to be taken from the other; chosen on
# articles kept apart.
MIN_PROBABILITY_GAP = 0.05
MAX_WORDS_TO_MARK = 4  # tokens after a cue without content in which its quotation begins


def stop_at_next_cue(
    analysis: Analysis, candidates: tuple[Candidate, ...]
) -> tuple[Candidate, ...]:
    """Return contents without the clauses that are attributed anew.

    A clause that hangs on the first one's content by mistake and whose cue shares its source
    ("warned that A, saying B"; not an infinitive of purpose), or that is joined to it and has a
    source of its own outside quotation marks ("reported that A, and B was said to C"), ends the
    content.
    """
    conjunctions = attribution_words(analysis.language).reporter_conjunctions
    return tuple(_cut(analysis, c, candidates, conjunctions) for c in candidates)


def _cut(
    analysis: Analysis,
    candidate: Candidate,
    others: tuple[Candidate, ...],
    conjunctions: frozenset[str],
) -> Candidate:
    """Return a candidate without the clauses that others attribute."""
    numbers = token_numbers(candidate.content) - _closing_clause(analysis, candidate, others)
    for other in others:
        if (
            other is candidate
            or other.anchor not in numbers
            or analysis.mark_over(other.anchor, candidate.anchor) >= 0
        ):
            continue
        if not other.content and not _before_mark(analysis, other):
            continue
        top = _clause_top(analysis, other.anchor, numbers)
        if analysis.words[top].deprel not in CUTTING and not is_detached_participle(
            analysis, other
        ):
            continue
        if candidate.head in analysis.subtree(top) or top == candidate.head:
            continue
        purpose = analysis.words[other.anchor].feat("VerbForm") == "Inf"
        same = bool(other.source) and other.source == candidate.source and not purpose
        introduced = any(analysis.words[child].deprel == "mark" for child in analysis.children(top))
        joined = (
            analysis.words[top].deprel == "conj"
            and top == other.anchor
            and candidate.anchor < other.anchor
            and not introduced
            and Trait.INHERITS not in other.traits
            and other.factuality != "hypothetical"
            and any(analysis.words[c].deprel in SUBJECTS for c in analysis.children(top))
        )
        if same or joined or _is_set_beside(analysis, top, other, conjunctions):
            low = min(
                analysis.subtree(top)
                | token_numbers(other.source) - token_numbers(candidate.source)
            )
            numbers -= frozenset(n for n in numbers if n >= low)
    numbers -= _reporters_own(analysis, candidate, numbers, conjunctions)
    return (
        candidate
        if len(numbers) == len(token_numbers(candidate.content))
        else without(analysis, candidate, token_numbers(candidate.content) - numbers)
    )


def _closing_clause(
    analysis: Analysis, candidate: Candidate, others: tuple[Candidate, ...]
) -> frozenset[int]:
    """Return the words at the end of a content by which a statement around it is attributed.

    "Smith said he was at home, *the papers showed*": the other has the whole sentence for its
    content, so that its cue is no part of what Smith said.
    """
    content = token_numbers(candidate.content)
    for other in others:
        zone = token_numbers(other.cue) | token_numbers(other.source)
        if (
            other is candidate
            or other.head is not None
            or not other.cue
            or candidate.anchor not in token_numbers(other.content)
            or min(zone) < candidate.anchor
        ):
            continue
        behind = frozenset(n for n in content if n >= min(zone))
        clause = zone.union(*(analysis.subtree(n) for n in zone))
        if all(n in clause or analysis.is_punct(n) for n in behind):
            return behind
    return frozenset()


def _before_mark(analysis: Analysis, candidate: Candidate) -> bool:
    """Return True if a quotation begins shortly after a cue that has no content yet."""
    return any(
        analysis.mark_over(n, candidate.anchor) >= 0
        for n in range(
            candidate.anchor + 1, min(candidate.anchor + MAX_WORDS_TO_MARK + 1, len(analysis.words))
        )
    )


def _clause_top(analysis: Analysis, cue: int, numbers: frozenset[int]) -> int:
    """Return the highest word over the cue, by xcomp and ccomp, that begins its clause."""
    top = cue
    while analysis.words[top].deprel in ("xcomp", "ccomp") and analysis.head(top) in numbers:
        top = analysis.head(top)
    return top


def _is_set_beside(
    analysis: Analysis, top: int, other: Candidate, conjunctions: frozenset[str]
) -> bool:
    """Return True if a clause sets another statement beside the first.

    "say they prefer A, while others want B".
    """
    opens = any(
        analysis.words[c].deprel == "mark" and fold_word(analysis.words[c].lemma) in conjunctions
        for c in analysis.children(top)
    )
    return (
        top == other.anchor and opens and bool(other.source) and Trait.INHERITS not in other.traits
    )


def _reporters_own(
    analysis: Analysis, candidate: Candidate, numbers: frozenset[int], conjunctions: frozenset[str]
) -> frozenset[int]:
    """Return the clause behind the last quoted words that begins with a conjunction of time.

    "would “go on” after critics voiced anger".
    """
    quoted = [n for n in numbers if analysis.mark_over(n, candidate.anchor) >= 0]
    if not quoted or candidate.anchor > min(numbers):
        return frozenset()
    first = max(quoted) + 1
    while first in numbers and analysis.is_punct(first):
        first += 1
    if (
        first not in numbers
        or fold_word(analysis.words[first].lemma) not in conjunctions
        or analysis.words[first].deprel not in ("mark", "case", "advmod")
    ):
        return frozenset()
    return frozenset(n for n in numbers if n >= first)


def resolve_overlaps(
    analysis: Analysis, entries: Sequence[TaggedCandidate]
) -> list[TaggedCandidate]:
    """Return candidates without the words that another one has better reason to hold.

    "A," said Smith. "B," said Jones.
    """
    out = list(entries)
    min_validity = analysis.language.thresholds.tagger_boundaries
    likely = [
        n
        for n, p in enumerate(out)
        if p.tagged
        and p.tagged.valid >= min_validity
        and p.candidate.cue
        and Trait.CITING not in p.candidate.traits
    ]
    contents = {n: token_numbers(out[n].candidate.content) for n in likely}
    for first, second in combinations(likely, 2):
        both = contents[first] & contents[second]
        if (
            not both
            or _is_part_of(out[first], out[second], contents[second])
            or _is_part_of(out[second], out[first], contents[first])
        ):
            continue
        for words in _contested_words(analysis, both):
            loser = min((first, second), key=lambda n: _content_probability(out[n], words))
            winner = first + second - loser
            if (
                _content_probability(out[winner], words) - _content_probability(out[loser], words)
                >= MIN_PROBABILITY_GAP
            ):
                out[loser] = _without_words(analysis, out[loser], words)
                contents[loser] = token_numbers(out[loser].candidate.content)
    return out


def _is_part_of(inner: TaggedCandidate, outer: TaggedCandidate, content: frozenset[int]) -> bool:
    """Return True if one attribution is part of the other's `content`.

    Its cue may have been left out of that.
    """
    low, high = min(content), max(content)
    around = low < inner.candidate.anchor < high and not low < outer.candidate.anchor < high
    return around or bool(token_numbers(inner.candidate.cue) & content)


def _contested_words(analysis: Analysis, both: frozenset[int]) -> Iterator[frozenset[int]]:
    """Yield the words that two attributions hold, each quoted part by itself."""
    words = sorted(n for n in both if not analysis.is_punct(n))
    parts = {
        n: (index, run)
        for index, runs in enumerate(analysis.mark_runs)
        for run in runs
        for n in range(*run)
        if n in both
    }
    for _, own in groupby(words, key=parts.get):
        yield frozenset(own)


def _without_words(
    analysis: Analysis, entry: TaggedCandidate, words: frozenset[int]
) -> TaggedCandidate:
    """Return the candidate without the words, if more than a fragment is left."""
    candidate = entry.candidate
    runs = content_ranges(analysis, token_numbers(candidate.content) - words, candidate.anchor)
    kept = tuple(
        run for run in runs if analysis.marks_at[run[0]] or not is_fragment(analysis, *run)
    )
    return replace(entry, candidate=replace(candidate, content=kept)) if kept else entry


def _content_probability(entry: TaggedCandidate, words: frozenset[int]) -> float:
    """Return the mean probability of words as the content of a candidate.

    Words out of the tagger's reach count nothing.
    """
    tagged = entry.tagged
    assert tagged is not None
    given = tagged.content
    return sum(given[n - tagged.start] for n in words if 0 <= n - tagged.start < len(given)) / len(
        words
    )
