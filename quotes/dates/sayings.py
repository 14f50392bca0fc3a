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


def saying_of(analysis: Analysis, attribution: Attribution) -> Saying:
    """Return the words of an attribution."""
    ends = [
        run[1] - 1 for span in attribution.content if (run := analysis.within(span))[0] < run[1]
    ]
    open_ends = tuple(end for end in ends if not analysis.marks_at[end])
    return Saying(
        _core(analysis, _numbers(analysis, attribution.cue)),
        _numbers(analysis, attribution.content),
        _numbers(analysis, attribution.source),
        open_ends,
    )


def _core(analysis: Analysis, cue: frozenset[int]) -> frozenset[int]:
    """Return a cue without what only hangs on it.

    "Later reported", "said in a statement on Thursday".
    """

    def hangs(number: int) -> bool:
        head = analysis.head(number)
        return head in cue and (analysis.words[number].deprel.startswith(HANGING) or hangs(head))

    return frozenset(number for number in cue if not hangs(number))


def _numbers(analysis: Analysis, spans: Spans) -> frozenset[int]:
    return frozenset(n for span in spans for n in range(*analysis.within(span)))
