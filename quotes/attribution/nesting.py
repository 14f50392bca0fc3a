"""Choosing between candidates and keeping them apart.

In: candidates. Out: one candidate for each cue, whose content does not run over into what another cue attributes to somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from quotes.analysis import Table, numbers_of, runs_of
from quotes.attribution.candidates import Candidate, without

CUTTING = frozenset({"advcl", "conj", "parataxis"})


def best_by_cue(table: Table, candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """For each cue the likeliest candidate, one with a content before one without, completed from the others; in text order.

    Where the parser gives a verb two subjects, the nearer one is the source. A candidate that cites (X reported, citing Y) takes the
    place of any other for its cue.
    """
    groups: dict[int, list[Candidate]] = {}
    for c in candidates:
        groups.setdefault(c.cue, []).append(c)
    return tuple(_best(table, group) for _, group in sorted(groups.items()))


def _best(table: Table, group: list[Candidate]) -> Candidate:
    best = max(group, key=lambda c: (c.citing, bool(c.content), not c.loose, -_distance(c), _quoted(table, c), -_gap(c), c.prior))
    same = [c for c in group if c.rule == best.rule]
    source = best.source or (() if best.content else next((c.source for c in group if c.source), ()))
    addressee = best.addressee or next((c.addressee for c in group if c.addressee), ())
    cue = max((c.cue_words for c in same), key=lambda runs: len(numbers_of(runs)))
    content = numbers_of(best.content)
    for other in same:
        if other is not best and other.source == best.source and _goes_on(table, best, other):
            content |= numbers_of(other.content)
    content -= numbers_of(source) | numbers_of(addressee)
    runs = best.content if content == numbers_of(best.content) else runs_of(content)
    return replace(best, source=source, addressee=addressee, cue_words=cue, content=runs)


def _quoted(table: Table, candidate: Candidate) -> bool:
    """Whether the head of the content lies in a quotation that the cue is outside of."""
    return candidate.head >= 0 and table.mark_over(candidate.head, candidate.cue) >= 0


def _gap(candidate: Candidate) -> int:
    """Words between cue and content."""
    if not candidate.content:
        return 0
    return max(candidate.content[0][0] - candidate.cue, candidate.cue - candidate.content[-1][1], 0)


def _goes_on(table: Table, best: Candidate, other: Candidate) -> bool:
    """Whether a second clause of the same cue belongs to the same quote: both quoted, or both behind the cue and unquoted."""
    if not other.content or numbers_of(other.content) & numbers_of(best.content):
        return False
    apart = min(abs(other.content[0][0] - best.content[-1][1]), abs(best.content[0][0] - other.content[-1][1]))
    if (_quoted(table, best) or _quoted(table, other)) and apart > 1:
        return _quoted(table, best) and _quoted(table, other)
    return min(best.content[0][0], other.content[0][0]) > best.cue


def _distance(candidate: Candidate) -> int:
    """Words between cue and source."""
    if not candidate.source:
        return 0
    low, high = candidate.source[0][0], candidate.source[-1][1]
    return max(low - candidate.cue - 1, candidate.cue - high, 0)


def inherit(table: Table, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Participles that hang on a reported clause get the source of the clause's own cue: "warned that A would come, saying B"."""
    return tuple(_inherited(table, c, candidates) if c.inherits else c for c in candidates)


def _inherited(table: Table, candidate: Candidate, others: tuple[Candidate, ...]) -> Candidate:
    hanging = table.words[candidate.cue].deprel in ("advcl", "parataxis") or _set_off(table, candidate)
    around = [o for o in others if o.cue < candidate.cue and o.source and candidate.cue in numbers_of(o.content)]
    around = [o for o in around if table.mark_over(candidate.cue, o.cue) < 0 and (hanging or _after_marks(table, candidate, o))]
    return replace(candidate, source=max(around, key=lambda o: o.cue).source) if around else candidate


def _set_off(table: Table, candidate: Candidate) -> bool:
    """Whether the cue is a participle of its own subject's verb behind a comma, however the parser hangs it: ..., adding that."""
    word = table.words[candidate.cue]
    present = word.feat("VerbForm") in ("Part", "Ger") and word.feat("Tense") != "Past"
    return candidate.chain and present and candidate.inherits and candidate.cue > 0 and table.words[candidate.cue - 1].form in (",", '"')


def _after_marks(table: Table, candidate: Candidate, outer: Candidate) -> bool:
    """Whether a joined verb comes right after quoted words: said the plan was “a gift” and promised changes."""
    before = candidate.cue - 1
    while before > outer.cue and (table.is_punct(before) or table.words[before].deprel == "cc"):
        before -= 1
    return table.words[candidate.cue].deprel == "conj" and table.mark_over(before, outer.cue) >= 0


def part(table: Table, candidates: tuple[Candidate, ...], conjunctions: frozenset[str]) -> tuple[Candidate, ...]:
    """Contents without the clauses that are attributed anew.

    A clause that hangs on the first one's content by mistake and whose cue shares its source ("warned that A, saying B"), or that is
    joined to it and has a source of its own outside quotation marks ("reported that A, and B was said to C"), ends the content.
    """
    return tuple(_cut(table, c, candidates, conjunctions) for c in candidates)


def _cut(table: Table, candidate: Candidate, others: tuple[Candidate, ...], conjunctions: frozenset[str]) -> Candidate:
    numbers = numbers_of(candidate.content)
    for other in others:
        if other is candidate or other.cue not in numbers or table.mark_over(other.cue, candidate.cue) >= 0:
            continue
        if other.marked and not _before_mark(table, other):
            continue
        top = _clause_top(table, other.cue, numbers)
        if table.words[top].deprel not in CUTTING and not _set_off(table, other):
            continue
        if candidate.head in table.subtree(top) or top == candidate.head:
            continue
        same = bool(other.source) and other.source == candidate.source
        introduced = any(table.words[child].deprel == "mark" for child in table.children(top))
        joined = (
            table.words[top].deprel == "conj" and top == other.cue and candidate.cue < other.cue and not introduced and not other.inherits
        )
        if same or joined or _meanwhile(table, top, other, conjunctions):
            low = min(table.subtree(top) | numbers_of(other.source) - numbers_of(candidate.source))
            numbers -= frozenset(n for n in numbers if n >= low)
    numbers -= _reporters_own(table, candidate, numbers, conjunctions)
    return (
        candidate
        if len(numbers) == len(numbers_of(candidate.content))
        else without(candidate, numbers_of(candidate.content) - numbers, table)
    )


def _before_mark(table: Table, candidate: Candidate) -> bool:
    """Whether a quotation begins within three words after a cue that has no content yet."""
    return any(table.mark_over(n, candidate.cue) >= 0 for n in range(candidate.cue + 1, min(candidate.cue + 5, len(table.words))))


def _clause_top(table: Table, cue: int, numbers: frozenset[int]) -> int:
    """The highest word over the cue, by way of xcomp and the like, that still begins its clause."""
    top = cue
    while table.words[top].deprel in ("xcomp", "ccomp") and table.head(top) in numbers:
        top = table.head(top)
    return top


def _meanwhile(table: Table, top: int, other: Candidate, conjunctions: frozenset[str]) -> bool:
    """Whether a clause sets another statement beside the first: "say they prefer A, while others want B"."""
    opens = any(table.words[c].deprel == "mark" and table.words[c].lemma.lower() in conjunctions for c in table.children(top))
    return top == other.cue and opens and bool(other.source) and not other.inherits


def _reporters_own(table: Table, candidate: Candidate, numbers: frozenset[int], conjunctions: frozenset[str]) -> frozenset[int]:
    """The clause that follows the last quoted words at once and begins with a conjunction of time: "would “go on” after critics voiced
    anger"."""
    quoted = [n for n in numbers if table.mark_over(n, candidate.cue) >= 0]
    if not quoted or candidate.cue > min(numbers):
        return frozenset()
    first = max(quoted) + 1
    while first in numbers and table.is_punct(first):
        first += 1
    if (
        first not in numbers
        or table.words[first].lemma.lower() not in conjunctions
        or table.words[first].deprel not in ("mark", "case", "advmod")
    ):
        return frozenset()
    return frozenset(n for n in numbers if n >= first)


def around(candidates: tuple[Candidate, ...]) -> dict[Candidate, Candidate | None]:
    """For each candidate the one with the smallest content that holds its cue (without one, its source) and content.

    A citing candidate lies in the one whose content it shares.
    """
    contents = [(numbers_of(c.content), c) for c in candidates]
    spread = sorted(((len(n), min(n), max(n), n, c) for n, c in contents if n), key=lambda row: row[0])
    return {c: _smallest(c, numbers, spread) for numbers, c in contents}


def _smallest(
    candidate: Candidate, numbers: frozenset[int], spread: list[tuple[int, int, int, frozenset[int], Candidate]]
) -> Candidate | None:
    attributing = numbers_of(candidate.cue_words) or numbers_of(candidate.source)
    low, high = min(numbers | attributing, default=0), max(numbers | attributing, default=0)
    for size, first, last, content, other in spread:
        if first > high or last < low or other is candidate or (first > low and not candidate.citing):
            continue
        if candidate.citing and not other.citing and content == numbers:
            return other
        if size > len(numbers) and numbers < content and attributing <= content:
            return other
    return None


def in_chain(table: Table, candidate: Candidate, outer: Candidate | None) -> bool:
    """Whether the candidate is the inner link of a chain: X reported that Y said Z, with Y named by more than a pronoun, outside X's
    marks."""
    if outer is None or not candidate.chain or not candidate.source or table.mark_over(candidate.cue, outer.cue) >= 0:
        return False
    named = any(table.words[n].upos in ("NOUN", "PROPN") for n in numbers_of(candidate.source))
    return named and candidate.source != outer.source
