"""Alignment of two texts: which words they share in order.

In: the tokens of both. Out: blocks of words in common, at the place where the shorter fits the
longer best. Whether the two are one statement is for `comparison` to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from quotes.statements.tokens import GAP, Token
from quotes.statements.weights import Vocabulary

MIN_LENGTH_RATIO = 1.5  # from here on the place of the shorter in the longer is looked for first
MARGIN = 8  # words beside that place that may belong to it, too: there may be words put in
MIN_BLOCK_WEIGHT = 0.15  # of a block at an end, for each word between it and the next one


@dataclass(frozen=True, slots=True)
class Block:
    """`size` words in common, from `asked` in the one and from `printed` in the other."""

    asked: int
    printed: int
    size: int


def align(asked: Sequence[Token], printed: Sequence[Token], words: Vocabulary) -> tuple[Block, ...]:
    """Return the blocks of words in common, in order, without stray ones far from the others."""
    ours, theirs = _comparable(asked, "asked"), _comparable(printed, "printed")
    low, high, first, last = _places(ours, theirs)
    matcher = SequenceMatcher(None, ours[low:high], theirs[first:last], autojunk=False)
    found = [
        Block(low + a, first + b, size) for a, b, size in matcher.get_matching_blocks() if size
    ]
    while len(found) > 1 and _is_stray(found[0], found[1], asked, printed, words, ahead=True):
        nearer = _nearer(found[0], found[1], theirs)
        del found[0]
        if nearer and not _is_stray(nearer, found[0], asked, printed, words, ahead=True):
            found.insert(0, nearer)
            break
    while len(found) > 1 and _is_stray(found[-1], found[-2], asked, printed, words, ahead=False):
        del found[-1]
    return tuple(found)


def _comparable(tokens: Sequence[Token], side: str) -> list[str]:
    """Return the words; a gap is like nothing in the other text.

    So it stays free to stand for the words around its place there.
    """
    return [f"{GAP}{side}" if token.gap else token.form for token in tokens]


def _places(ours: list[str], theirs: list[str]) -> tuple[int, int, int, int]:
    """Return where to look in both, as start and end in words.

    That is all of both, or, where one is much longer, all of the other and the place that it fits
    best. Words left out may stand for any number of words: texts with a gap are compared whole.
    """
    everything = (0, len(ours), 0, len(theirs))
    shorter, longer = sorted((len(ours), len(theirs)))
    if (
        not shorter
        or longer < shorter * MIN_LENGTH_RATIO + MARGIN
        or any(form[0] == GAP for form in (*ours, *theirs))
    ):
        return everything
    at = fuzz.partial_ratio_alignment(ours, theirs)
    if at is None:
        return everything
    if len(ours) < len(theirs):
        return (
            0,
            len(ours),
            max(0, at.dest_start - MARGIN),
            min(len(theirs), at.dest_end + MARGIN),
        )
    return (max(0, at.src_start - MARGIN), min(len(ours), at.src_end + MARGIN), 0, len(theirs))


def _nearer(block: Block, following: Block, theirs: list[str]) -> Block | None:
    """Return the last place before the next block that has the words of a block, too.

    The first of several places is found; what a speaker begins again stands twice ("we — we will").
    """
    wanted = theirs[block.printed : block.printed + block.size]
    for at in range(following.printed - block.size, block.printed, -1):
        if theirs[at : at + block.size] == wanted:
            return Block(block.asked, at, block.size)
    return None


def _is_stray(
    block: Block,
    neighbour: Block,
    asked: Sequence[Token],
    printed: Sequence[Token],
    words: Vocabulary,
    *,
    ahead: bool,
) -> bool:
    """Tell whether a block at an end is there by chance: light, and far from the next one."""
    left, right = (block, neighbour) if ahead else (neighbour, block)
    between = [
        *asked[left.asked + left.size : right.asked],
        *printed[left.printed + left.size : right.printed],
    ]
    if any(token.gap for token in between):
        return False
    weight = sum(
        words.weight(token.form) for token in asked[block.asked : block.asked + block.size]
    )
    return weight < MIN_BLOCK_WEIGHT * len(between)
