"""Choosing between candidates and keeping them apart.

In: candidates. Out: one candidate for each cue, whose content does not run over into what another cue attributes to somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from quotes.analysis import Analysis, token_numbers, token_ranges
from quotes.attribution.candidates import Candidate, without

CUTTING = frozenset({"advcl", "conj", "parataxis"})


def best_by_cue(analysis: Analysis, candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """For each cue the likeliest candidate, one with a content before one without, completed from the others; in text order.

    Where the parser gives a verb two subjects, the nearer one is the source. A candidate that cites (X reported, citing Y) takes the
    place of any other for its cue.
    """
    groups: dict[int, list[Candidate]] = {}
    for c in candidates:
        groups.setdefault(c.cue, []).append(c)
    return tuple(_best(analysis, group) for _, group in sorted(groups.items()))


def _best(analysis: Analysis, group: list[Candidate]) -> Candidate:
    best = max(
        group,
        key=lambda c: (
            c.citing,
            bool(c.content),
            not c.loose,
            -_distance(c),
            _quoted(analysis, c),
            -_gap(c),
            c.prior,
        ),
    )
    same = [c for c in group if c.rule == best.rule]
    source = best.source or (
        () if best.content else next((c.source for c in group if c.source), ())
    )
    addressee = best.addressee or next((c.addressee for c in group if c.addressee), ())
    cue = max((c.cue_words for c in same), key=lambda runs: len(token_numbers(runs)))
    content = token_numbers(best.content)
    for other in same:
        if other is not best and other.source == best.source and _goes_on(analysis, best, other):
            content |= token_numbers(other.content)
    content -= token_numbers(source) | token_numbers(addressee)
    runs = best.content if content == token_numbers(best.content) else token_ranges(content)
    return replace(best, source=source, addressee=addressee, cue_words=cue, content=runs)


def _quoted(analysis: Analysis, candidate: Candidate) -> bool:
    """Whether the head of the content lies in a quotation that the cue is outside of."""
    return candidate.head >= 0 and analysis.mark_over(candidate.head, candidate.cue) >= 0


def _gap(candidate: Candidate) -> int:
    """Words between cue and content."""
    if not candidate.content:
        return 0
    return max(candidate.content[0][0] - candidate.cue, candidate.cue - candidate.content[-1][1], 0)


def _goes_on(analysis: Analysis, best: Candidate, other: Candidate) -> bool:
    """Whether a second clause of the same cue belongs to the same quote: both quoted, or both behind the cue and unquoted."""
    if not other.content or token_numbers(other.content) & token_numbers(best.content):
        return False
    apart = min(
        abs(other.content[0][0] - best.content[-1][1]),
        abs(best.content[0][0] - other.content[-1][1]),
    )
    if (_quoted(analysis, best) or _quoted(analysis, other)) and apart > 1:
        return _quoted(analysis, best) and _quoted(analysis, other)
    return min(best.content[0][0], other.content[0][0]) > best.cue


def _distance(candidate: Candidate) -> int:
    """Words between cue and source."""
    if not candidate.source:
        return 0
    low, high = candidate.source[0][0], candidate.source[-1][1]
    return max(low - candidate.cue - 1, candidate.cue - high, 0)


def inherit(analysis: Analysis, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Participles that hang on a reported clause get the source of the clause's own cue: "warned that A would come, saying B"."""
    return tuple(_inherited(analysis, c, candidates) if c.inherits else c for c in candidates)


def _inherited(
    analysis: Analysis, candidate: Candidate, others: tuple[Candidate, ...]
) -> Candidate:
    hanging = analysis.words[candidate.cue].deprel in ("advcl", "parataxis") or _set_off(
        analysis, candidate
    )
    around = [
        o
        for o in others
        if o.cue < candidate.cue and o.source and candidate.cue in token_numbers(o.content)
    ]
    around = [
        o
        for o in around
        if analysis.mark_over(candidate.cue, o.cue) < 0
        and (hanging or _after_marks(analysis, candidate, o))
    ]
    return (
        replace(candidate, source=max(around, key=lambda o: o.cue).source) if around else candidate
    )


def _set_off(analysis: Analysis, candidate: Candidate) -> bool:
    """Whether the cue is a participle of its own subject's verb behind a comma, however the parser hangs it: ..., adding that."""
    word = analysis.words[candidate.cue]
    present = word.feat("VerbForm") in ("Part", "Ger") and word.feat("Tense") != "Past"
    return (
        candidate.chain
        and present
        and candidate.inherits
        and candidate.cue > 0
        and analysis.words[candidate.cue - 1].form in (",", '"')
    )


def _after_marks(analysis: Analysis, candidate: Candidate, outer: Candidate) -> bool:
    """Whether a joined verb comes right after quoted words: said the plan was “a gift” and promised changes."""
    before = candidate.cue - 1
    while before > outer.cue and (
        analysis.is_punct(before) or analysis.words[before].deprel == "cc"
    ):
        before -= 1
    return (
        analysis.words[candidate.cue].deprel == "conj"
        and analysis.mark_over(before, outer.cue) >= 0
    )


def part(
    analysis: Analysis, candidates: tuple[Candidate, ...], conjunctions: frozenset[str]
) -> tuple[Candidate, ...]:
    """Contents without the clauses that are attributed anew.

    A clause that hangs on the first one's content by mistake and whose cue shares its source ("warned that A, saying B"), or that is
    joined to it and has a source of its own outside quotation marks ("reported that A, and B was said to C"), ends the content.
    """
    return tuple(_cut(analysis, c, candidates, conjunctions) for c in candidates)


def _cut(
    analysis: Analysis,
    candidate: Candidate,
    others: tuple[Candidate, ...],
    conjunctions: frozenset[str],
) -> Candidate:
    numbers = token_numbers(candidate.content)
    for other in others:
        if (
            other is candidate
            or other.cue not in numbers
            or analysis.mark_over(other.cue, candidate.cue) >= 0
        ):
            continue
        if other.marked and not _before_mark(analysis, other):
            continue
        top = _clause_top(analysis, other.cue, numbers)
        if analysis.words[top].deprel not in CUTTING and not _set_off(analysis, other):
            continue
        if candidate.head in analysis.subtree(top) or top == candidate.head:
            continue
        same = bool(other.source) and other.source == candidate.source
        introduced = any(analysis.words[child].deprel == "mark" for child in analysis.children(top))
        joined = (
            analysis.words[top].deprel == "conj"
            and top == other.cue
            and candidate.cue < other.cue
            and not introduced
            and not other.inherits
        )
        if same or joined or _meanwhile(analysis, top, other, conjunctions):
            low = min(
                analysis.subtree(top)
                | token_numbers(other.source) - token_numbers(candidate.source)
            )
            numbers -= frozenset(n for n in numbers if n >= low)
    numbers -= _reporters_own(analysis, candidate, numbers, conjunctions)
    return (
        candidate
        if len(numbers) == len(token_numbers(candidate.content))
        else without(candidate, token_numbers(candidate.content) - numbers, analysis)
    )


def _before_mark(analysis: Analysis, candidate: Candidate) -> bool:
    """Whether a quotation begins within three words after a cue that has no content yet."""
    return any(
        analysis.mark_over(n, candidate.cue) >= 0
        for n in range(candidate.cue + 1, min(candidate.cue + 5, len(analysis.words)))
    )


def _clause_top(analysis: Analysis, cue: int, numbers: frozenset[int]) -> int:
    """The highest word over the cue, by way of xcomp and the like, that still begins its clause."""
    top = cue
    while analysis.words[top].deprel in ("xcomp", "ccomp") and analysis.head(top) in numbers:
        top = analysis.head(top)
    return top


def _meanwhile(
    analysis: Analysis, top: int, other: Candidate, conjunctions: frozenset[str]
) -> bool:
    """Whether a clause sets another statement beside the first: "say they prefer A, while others want B"."""
    opens = any(
        analysis.words[c].deprel == "mark" and analysis.words[c].lemma.lower() in conjunctions
        for c in analysis.children(top)
    )
    return top == other.cue and opens and bool(other.source) and not other.inherits


def _reporters_own(
    analysis: Analysis, candidate: Candidate, numbers: frozenset[int], conjunctions: frozenset[str]
) -> frozenset[int]:
    """The clause that follows the last quoted words at once and begins with a conjunction of time: "would “go on” after critics voiced
    anger"."""
    quoted = [n for n in numbers if analysis.mark_over(n, candidate.cue) >= 0]
    if not quoted or candidate.cue > min(numbers):
        return frozenset()
    first = max(quoted) + 1
    while first in numbers and analysis.is_punct(first):
        first += 1
    if (
        first not in numbers
        or analysis.words[first].lemma.lower() not in conjunctions
        or analysis.words[first].deprel not in ("mark", "case", "advmod")
    ):
        return frozenset()
    return frozenset(n for n in numbers if n >= first)


def around(candidates: tuple[Candidate, ...]) -> dict[Candidate, Candidate | None]:
    """For each candidate the one with the smallest content that holds its cue (without one, its source) and content.

    A citing candidate lies in the one whose content it shares.
    """
    contents = [(token_numbers(c.content), c) for c in candidates]
    spread = sorted(
        ((len(n), min(n), max(n), n, c) for n, c in contents if n), key=lambda row: row[0]
    )
    return {c: _smallest(c, numbers, spread) for numbers, c in contents}


def _smallest(
    candidate: Candidate,
    numbers: frozenset[int],
    spread: list[tuple[int, int, int, frozenset[int], Candidate]],
) -> Candidate | None:
    attributing = token_numbers(candidate.cue_words) or token_numbers(candidate.source)
    low, high = min(numbers | attributing, default=0), max(numbers | attributing, default=0)
    for size, first, last, content, other in spread:
        if (
            first > high
            or last < low
            or other is candidate
            or (first > low and not candidate.citing)
        ):
            continue
        if candidate.citing and not other.citing and content == numbers:
            return other
        if size > len(numbers) and numbers < content and attributing <= content:
            return other
    return None


def in_chain(analysis: Analysis, candidate: Candidate, outer: Candidate | None) -> bool:
    """Whether the candidate is the inner link of a chain: X reported that Y said Z, with Y named by more than a pronoun, outside X's
    marks."""
    if (
        outer is None
        or not candidate.chain
        or not candidate.source
        or analysis.mark_over(candidate.cue, outer.cue) >= 0
    ):
        return False
    named = any(
        analysis.words[n].upos in ("NOUN", "PROPN") for n in token_numbers(candidate.source)
    )
    return named and candidate.source != outer.source
