"""Boundary operators: other contents that a candidate may have, beside the one that it has.

In: `Analysis`, a candidate that the tagger has read, and one content as word numbers. Out: further
contents. No operator replaces what it is given and none decides: `content_choice` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from quotes.analysis import Analysis, token_numbers
from quotes.attribution.candidates import TaggedCandidate
from quotes.attribution.tagger_boundaries import content_from_words, likeliest_words

Words = frozenset[int]

# Labels of clauses and phrases that may end a content or stand behind it as the reporter's.
PHRASES = frozenset(
    {
        "acl", "acl:relcl", "advcl", "advmod", "appos", "ccomp", "conj", "nmod", "nmod:unmarked",
        "obl", "obl:unmarked", "parataxis",
    }
)  # fmt: skip
BREAKS = frozenset({",", ";", ":", "-", "–", "—"})  # punctuation at which a content may end
# Log odds added to the tagger's, so that shorter and longer contents are seen, too.
SHIFTS = (-1.5, 0.0, 1.5)
MAX_OPTIONS = 40


@dataclass(frozen=True)
class Site:
    """The place of one candidate: what an operator may know besides a content."""

    analysis: Analysis
    entry: TaggedCandidate

    @property
    def anchor(self) -> int:
        """The word that stands for the candidate."""
        return self.entry.candidate.anchor

    @cached_property
    def taken(self) -> Words:
        """The words of cue and source, which are no content."""
        candidate = self.entry.candidate
        return token_numbers(candidate.cue) | token_numbers(candidate.source)

    @cached_property
    def _no_content(self) -> Words:
        return self.taken | self.analysis.punctuation

    def words(self, numbers: Iterable[int]) -> Words:
        """Return the words that may be content, without punctuation."""
        return frozenset(numbers) - self._no_content


Operator = Callable[[Site, Words], Iterator[Words]]


def clause_ends(site: Site, content: Words) -> Iterator[Words]:
    """Yield the content up to both ends of its clauses in the tree, and to either end."""
    analysis = site.analysis
    tops = [n for n in content if analysis.head(n) not in content]
    whole = content.union(
        *(below for top in tops if site.anchor not in (below := analysis.subtree(top)))
    )
    low, high = min(content), max(content)
    yield whole
    yield content | {n for n in whole if n > high}
    yield content | {n for n in whole if n < low}


def sentence_ends(site: Site, content: Words) -> Iterator[Words]:
    """Yield the content up to either end of its sentence, or up to the cue or source there."""
    low, high = min(content), max(content)
    stop = site.analysis.sentence(high)[1]
    last = min((n for n in site.taken if high < n < stop), default=stop)
    yield content | set(range(high, last))
    start = site.analysis.sentence(low)[0]
    first = max((n + 1 for n in site.taken if start <= n < low), default=start)
    yield content | set(range(first, low))


def without_phrase(site: Site, content: Words) -> Iterator[Words]:
    """Yield the content without a clause or phrase at its end or at its beginning."""
    analysis = site.analysis
    low, high = min(content), max(content)
    for top in sorted(content):
        if analysis.words[top].deprel not in PHRASES:
            continue
        below = analysis.subtree(top)
        first, last = min(below), max(below)
        if last >= high - 1 and first > low:
            yield frozenset(n for n in content if n < first)
        if first <= low and last < high:
            yield frozenset(n for n in content if n > last)


def at_breaks(site: Site, content: Words) -> Iterator[Words]:
    """Yield the content up to, or from, a comma, colon or dash in it, and up to one behind it."""
    analysis = site.analysis
    low, high = min(content), max(content)
    start, stop = analysis.sentence(high)
    for n in range(max(low + 1, start), high):
        if analysis.words[n].form in BREAKS:
            yield frozenset(k for k in content if k < n)
    for n in range(high + 1, stop):
        if n in site.taken:
            break
        if analysis.words[n].form in BREAKS and n > high + 1:
            yield content | set(range(high, n))
    for n in range(low, min(analysis.sentence(low)[1], high)):
        if analysis.words[n].form in BREAKS:
            yield frozenset(k for k in content if k > n)


# In two rounds: the second is applied to what the first has made, too.
LENGTHENING: Mapping[str, Operator] = {
    "clause ends": clause_ends,
    "sentence ends": sentence_ends,
}
SHORTENING: Mapping[str, Operator] = {
    "without phrase": without_phrase,
    "at breaks": at_breaks,
}
OPERATORS: Mapping[str, Operator] = {**LENGTHENING, **SHORTENING}


def content_options(site: Site, *, left_out: frozenset[str] = frozenset()) -> tuple[Words, ...]:
    """Return the contents that a candidate may have, the one that it has first.

    Args:
        site: The candidate in its place; the tagger must have read it.
        left_out: The names of operators that are not applied.
    """
    found: dict[Words, None] = {}
    for words in _given(site):
        found.setdefault(words)
    for operators in (LENGTHENING, SHORTENING):
        for content in tuple(found):
            for name, operator in operators.items():
                if name in left_out or not content:
                    continue
                for option in operator(site, content):
                    found.setdefault(site.words(option))
    return tuple(words for words in found if words)[:MAX_OPTIONS]


def _given(site: Site) -> Iterator[Words]:
    """Yield the content of the candidate, that of the rules, and those that the tagger gives."""
    entry = site.entry
    yield site.words(token_numbers(entry.candidate.content))
    if entry.original is not None:
        yield site.words(token_numbers(entry.original.content))
    tagged = entry.tagged
    if tagged is not None:
        for shift in SHIFTS:
            likely = likeliest_words(tagged.start, tagged.content, shift=shift)
            ranges = content_from_words(site.analysis, likely, tagged.anchor)
            yield site.words(token_numbers(ranges))
