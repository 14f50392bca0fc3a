"""The words of an attribution by number, as the search for its time reads them."""

from __future__ import annotations

from dataclasses import dataclass

from quotes.analysis import Analysis
from quotes.records import Attribution, Spans

# Labels under which times, occasions and manners hang on a verb.
HANGING = ("obl", "advmod", "nmod")


@dataclass(frozen=True)
class Saying:
    """The words of an attribution by number.

    `open_ends` are the last words of those parts of the content that end outside of quotation
    marks.
    """

    cue: frozenset[int]
    content: frozenset[int]
    source: frozenset[int]
    open_ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AttachedExpression:
    """A time expression of an act of saying.

    Attributes:
        words: The numbers of its words.
        occasion: It dates an occasion of saying.
        beside_noun: It stands before the noun of the occasion.
        outside: It stands where no word of a content can, whatever content was found.
    """

    words: frozenset[int]
    occasion: bool = False
    beside_noun: bool = False
    outside: bool = False


def saying_of(analysis: Analysis, attribution: Attribution) -> Saying:
    """Return the words of an attribution."""
    ends = [
        run[1] - 1 for span in attribution.content if (run := analysis.within(span))[0] < run[1]
    ]
    open_ends = tuple(end for end in ends if not analysis.marks_at[end])
    source = _numbers(analysis, attribution.source)
    return Saying(
        _core(analysis, _numbers(analysis, attribution.cue), source),
        _numbers(analysis, attribution.content),
        source,
        open_ends,
    )


def _core(analysis: Analysis, cue: frozenset[int], source: frozenset[int]) -> frozenset[int]:
    """Return a cue without what only hangs on it or on the source.

    "Later reported", "said in a statement on Thursday"; "the firm | last month | said".
    """

    def hangs(number: int) -> bool:
        head = analysis.head(number)
        label = analysis.words[number].deprel
        return (head in cue and (label.startswith(HANGING) or hangs(head))) or (
            head in source and label.startswith(HANGING) and number not in source
        )

    return frozenset(number for number in cue if not hangs(number)) or cue


def _numbers(analysis: Analysis, spans: Spans) -> frozenset[int]:
    return frozenset(n for span in spans for n in range(*analysis.within(span)))
