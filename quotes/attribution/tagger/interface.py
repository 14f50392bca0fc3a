"""The input and output of the tagger of attributions, as plain records: nothing here needs torch.

Word numbers count over all sentences of a chunk, as in `quotes.analysis`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

TokenSet = frozenset[int]


@dataclass(frozen=True, slots=True)
class TaggerInput:
    """The words of a chunk.

    `sentences` are their forms; then follow for each word its lemma (small letters), tags, head
    (-1: none), paragraph, the number of quotation marks that it lies in, and the outermost of these
    (-1: none).
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
    """The attribution that the rules find around one word, its anchor.

    The anchor is the main word of the cue, or without a cue the first word of the content.
    """

    anchor: int
    cue: TokenSet
    source: TokenSet
    content: TokenSet


@dataclass(frozen=True, slots=True)
class TaggerOutput:
    """The probabilities that the tagger gives for one anchor.

    `likely` is that of the word to be an anchor by itself, `valid` that of an attribution around
    it; the rest are those of the words from number `start` on to belong to each part.
    """

    anchor: int
    likely: float
    valid: float
    start: int
    cue: tuple[float, ...]
    source: tuple[float, ...]
    content: tuple[float, ...]


class Tagger(Protocol):
    """A tagger of attributions."""

    def tag(self, words: TaggerInput, hints: Sequence[RuleHint]) -> tuple[TaggerOutput, ...]:
        """Return one output for each hint in order, then for other anchors in text order."""
        ...
