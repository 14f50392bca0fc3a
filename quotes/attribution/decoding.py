"""Choosing between candidates: one for a cue, one for a content, no quoted statement lost.

In: candidates, or candidates that the tagger has read. Out: those that are kept, in text order.
`conflicts` sees to contents that run over into each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from quotes.analysis import Analysis, token_numbers, token_ranges
from quotes.attribution.candidates import Candidate, TaggedCandidate, Trait
from quotes.attribution.content_ranges import split_at_marks
from quotes.attribution.tagger_boundaries import trimmed_by_paragraph

# Share of the words of two contents that they have in common from which they are one attribution
# found twice; chosen on articles kept apart.
MIN_SHARED_SHARE = 0.33


def best_by_cue(analysis: Analysis, candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return one candidate for each cue, in text order.

    One with a content comes before one without, and is completed from the others. Where the
    parser gives a verb two subjects, the nearer one is the source. A candidate that is
    certain, or that cites (X reported, citing Y), takes the place of any other for its cue; one
    that is certain of a quotation does so only beside one.
    """
    groups: dict[int, list[Candidate]] = {}
    for c in candidates:
        groups.setdefault(c.anchor, []).append(c)
    return tuple(_best(analysis, group) for _, group in sorted(groups.items()))


def _best(analysis: Analysis, group: list[Candidate]) -> Candidate:
    """Return the best candidate of one cue, completed from the others of its rule."""
    best = max(
        group,
        key=lambda c: (
            Trait.CERTAIN in c.traits and (bool(c.content) or _gets_content(analysis, c)),
            Trait.CITING in c.traits,
            bool(c.content),
            Trait.LOOSE not in c.traits,
            -_source_distance(c),
            _head_is_quoted(analysis, c),
            -_content_distance(c),
        ),
    )
    same = [c for c in group if c.rule == best.rule]
    source = best.source or (
        () if best.content else next((c.source for c in group if c.source), ())
    )
    addressee = best.addressee or next((c.addressee for c in group if c.addressee), ())
    cue = max((c.cue for c in same), key=lambda runs: len(token_numbers(runs)))
    content = token_numbers(best.content)
    for other in same:
        if (
            other is not best
            and other.source == best.source
            and _is_same_quote(analysis, best, other)
        ):
            content |= token_numbers(other.content)
    content -= token_numbers(source) | token_numbers(addressee)
    runs = best.content if content == token_numbers(best.content) else token_ranges(content)
    return replace(best, source=source, addressee=addressee, cue=cue, content=runs)


def _gets_content(analysis: Analysis, candidate: Candidate) -> bool:
    """Return True for a candidate without a content that gets that of another one, or a quotation.

    Words of its sentence, or those behind its colon, stand in marks that the anchor is outside of.
    """
    if Trait.PASSES_ON in candidate.traits:
        return True
    low, high = analysis.sentence(candidate.anchor)
    goes_on = analysis.words[high - 1].form in (":", ",")
    beside = range(low, min(high + 2 * goes_on, len(analysis.words)))
    return any(analysis.mark_over(n, candidate.anchor) >= 0 for n in beside)


def _head_is_quoted(analysis: Analysis, candidate: Candidate) -> bool:
    """Return True if the head of the content lies in a mark that the anchor is outside of."""
    return candidate.head is not None and analysis.mark_over(candidate.head, candidate.anchor) >= 0


def _content_distance(candidate: Candidate) -> int:
    """Return the number of words between anchor and content."""
    if not candidate.content:
        return 0
    return max(
        candidate.content[0][0] - candidate.anchor, candidate.anchor - candidate.content[-1][1], 0
    )


def _is_same_quote(analysis: Analysis, best: Candidate, other: Candidate) -> bool:
    """Return True if a second clause of the same cue belongs to the same quote.

    Both are quoted, or both stand behind the cue and are not.
    """
    if not other.content or token_numbers(other.content) & token_numbers(best.content):
        return False
    apart = min(
        abs(other.content[0][0] - best.content[-1][1]),
        abs(best.content[0][0] - other.content[-1][1]),
    )
    if (_head_is_quoted(analysis, best) or _head_is_quoted(analysis, other)) and apart > 1:
        return _head_is_quoted(analysis, best) and _head_is_quoted(analysis, other)
    return min(best.content[0][0], other.content[0][0]) > best.anchor


def _source_distance(candidate: Candidate) -> int:
    """Return the number of words between anchor and source."""
    if not candidate.source:
        return 0
    low, high = candidate.source[0][0], candidate.source[-1][1]
    return max(low - candidate.anchor - 1, candidate.anchor - high, 0)


def distinct(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return the first of candidates with equal content and equal source."""
    out: dict[tuple[object, object], Candidate] = {}
    for c in candidates:
        out.setdefault((c.content, c.source), c)
    return tuple(out.values())


def one_per_content(entries: Sequence[TaggedCandidate]) -> tuple[TaggedCandidate, ...]:
    """Return the candidates without those whose content a likelier one has."""
    ranked = sorted(entries, key=lambda p: -(p.tagged.valid if p.tagged else 1.0))
    kept: list[tuple[TaggedCandidate, frozenset[int]]] = []
    for entry in ranked:
        numbers = token_numbers(entry.candidate.content)
        if (
            entry.tagged is None
            or Trait.CITING in entry.candidate.traits
            or Trait.CHAIN in entry.candidate.traits
            or not any(_is_found_twice(entry, numbers, *other) for other in kept)
        ):
            kept.append((entry, numbers))
    return tuple(
        sorted((p for p, _ in kept), key=lambda p: (p.candidate.anchor, p.candidate.content))
    )


def _is_found_twice(
    entry: TaggedCandidate,
    numbers: frozenset[int],
    other: TaggedCandidate,
    known: frozenset[int],
) -> bool:
    """Return True if two candidates with contents `numbers` and `known` are one attribution.

    A statement inside another is one of its own.
    """
    if not numbers & known or len(numbers & known) < MIN_SHARED_SHARE * len(numbers | known):
        return False
    nested = other.candidate.anchor in numbers or entry.candidate.anchor in known
    return Trait.CITING not in other.candidate.traits and not nested


def restore_marks(
    analysis: Analysis, entries: tuple[TaggedCandidate, ...]
) -> tuple[TaggedCandidate, ...]:
    """Give candidates back the marked words that the rules gave them and nobody else has now."""
    held = {
        m
        for p in entries
        for n in token_numbers(p.candidate.content)
        if (m := analysis.mark_over(n, p.candidate.anchor)) >= 0
    }
    out = []
    for entry in entries:
        candidate, original = entry.candidate, entry.original
        lost = (
            {analysis.mark_over(n, original.anchor) for n in token_numbers(original.content)}
            - held
            - {-1}
            if original
            else set()
        )
        taken = token_numbers(candidate.cue) | token_numbers(candidate.source)
        numbers = {n for mark in lost for n in token_numbers(analysis.mark_runs[mark])}
        if numbers and not numbers & taken:
            content = split_at_marks(
                analysis,
                trimmed_by_paragraph(analysis, token_numbers(candidate.content) | numbers),
                candidate.anchor,
            )
            entry = replace(entry, candidate=replace(candidate, content=content))
        out.append(entry)
    return tuple(out)
