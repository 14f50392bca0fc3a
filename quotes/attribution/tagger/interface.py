"""What goes into the tagger of attributions and what comes out of it, as plain records: nothing here knows torch.

Numbers are those of words over all sentences of a stretch, as in `quotes.analysis`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

TokenSet = frozenset[int]


@dataclass(frozen=True, slots=True)
class TaggerInput:
    """The words of a stretch: `sentences` their forms, then for each word its lemma (small letters), tags, head (-1: none), paragraph,
    number of marks that it lies in, and the outermost of these (-1: none).
    """

    sentences: tuple[tuple[str, ...], ...]
    lemmas: tuple[str, ...]
    upos: tuple[str, ...]
    deprel: tuple[str, ...]
    heads: tuple[int, ...]
    paragraphs: tuple[int, ...]
    depths: tuple[int, ...]
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RuleHint:
    """What the rules make of the attribution around one word, its anchor: the main word of the cue, or without one the first of the
    content.
    """

    anchor: int
    cue: TokenSet
    source: TokenSet
    content: TokenSet


@dataclass(frozen=True, slots=True)
class TaggerOutput:
    """What the tagger makes of it. `likely` is how likely the word alone looks an anchor, `valid` how likely there is an attribution;
    the rest are probabilities for the words from number `start` on.
    """

    anchor: int
    likely: float
    valid: float
    start: int
    cue: tuple[float, ...]
    source: tuple[float, ...]
    content: tuple[float, ...]


class Tagger(Protocol):
    """What finds attributions in a reading."""

    def tag(self, reading: TaggerInput, guesses: Sequence[RuleHint]) -> tuple[TaggerOutput, ...]:
        """One for each guess, in their order, then those that no guess stands for."""
        ...
