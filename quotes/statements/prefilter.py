"""Prefilter of comparison: whether two texts may be one statement, before they are aligned.

    may_fit(asked, printed, words) → whether aligning may show anything
    blocks_may_fit(blocks, asked, printed, words) → whether what was aligned may be enough

In: texts. Out: yes or no; no only where `comparison` would find nothing. Aligning takes long.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import LCSseq

from quotes.statements.alignment import Block
from quotes.statements.tokens import Token, forms, is_plain, tokens
from quotes.statements.weights import DEFAULT_WEIGHT, Vocabulary

MIN_ALTERED_SHARE = 0.6  # of the weight compared that is in common, for an altered statement
MIN_COVERED_SHARE = 0.5  # of the weight asked for that is in common
ROUNDING = 1e-6  # of sums of weights in another order


@dataclass(frozen=True, eq=False, slots=True)
class WordCounts:
    """The words of a text as they are compared, and how often each stands there.

    `plain` is True where none are an editor's and none left out.
    """

    forms: tuple[str, ...]
    counts: Mapping[str, int]
    plain: bool


def without_opener(text: str, words: Vocabulary) -> tuple[Token, ...]:
    """Return the words of a text, without a small "that" by which a reporter introduces them."""
    found = tokens(text)
    return (
        found[1:]
        if len(found) > 1 and found[0].form in words.openers and text[found[0].start].islower()
        else found
    )


@lru_cache(maxsize=4_000)
def word_counts(text: str, words: Vocabulary) -> WordCounts:
    """Count the words of a text.

    They are cut with their places, which takes longer, only where they can be read in several ways.
    """
    if is_plain(text):
        cut = forms(text)
        if cut and cut[0] in words.openers:
            cut = tuple(token.form for token in without_opener(text, words))
        return WordCounts(cut, Counter(cut), plain=True)
    found = without_opener(text, words)
    cut = tuple(token.form for token in found)
    return WordCounts(
        cut, Counter(cut), plain=not any(token.editor or token.gap for token in found)
    )


@lru_cache(maxsize=100)
def word_weights(text: str, words: Vocabulary) -> Mapping[str, float]:
    """Return the weight of each word of a text."""
    return {form: words.weight(form) for form in word_counts(text, words).counts}


def may_fit(asked: str, printed: str, words: Vocabulary) -> bool:
    """Tell whether the words in common may be enough for a kind.

    Words that differ must leave half of what is asked in common, those in another order counted
    half. Where none differs, one stands in the other whole, or the end of one is the beginning of
    the other. With ellipses and an editor's words anything may be.
    """
    ours, theirs = word_counts(asked, words), word_counts(printed, words)
    if not (ours.plain and theirs.plain and ours.forms and theirs.forms):
        return bool(ours.forms and theirs.forms)
    common = {
        form: min(ours.counts[form], theirs.counts[form])
        for form in ours.counts.keys() & theirs.counts.keys()
    }
    if sum(common.values()) == len(theirs.forms):
        return True
    weights = word_weights(asked, words)
    if (
        sum([weights[form] * count for form, count in common.items() if form not in words.common])
        < DEFAULT_WEIGHT - ROUNDING
    ):
        return False
    least = (
        MIN_COVERED_SHARE * sum([weights[form] * count for form, count in ours.counts.items()])
        - ROUNDING
    )
    if _enough_in_order(ours, theirs, common, weights, least):
        return True
    return _overlap(ours.forms, theirs.forms) or _overlap(theirs.forms, ours.forms)


def _enough_in_order(
    asked: WordCounts,
    printed: WordCounts,
    common: Mapping[str, int],
    weights: Mapping[str, float],
    least: float,
) -> bool:
    """Tell whether the words in common may weigh enough.

    The heaviest of them are taken for those that stand in the same order.
    """
    heaviest = sorted(
        [weights[form] for form, count in common.items() for _ in range(count)], reverse=True
    )
    whole = sum(heaviest)
    if whole < least:
        return False
    ordered = LCSseq.similarity(
        [form for form in asked.forms if form in common],
        [form for form in printed.forms if form in common],
    )
    return (whole + sum(heaviest[:ordered])) / 2 >= least


def blocks_may_fit(blocks: Sequence[Block], asked: str, printed: str, words: Vocabulary) -> bool:
    """Tell whether the words in common may be enough, once aligned: also where others differ.

    What stands between the blocks counts as changed, and as many words at each end as both have;
    each word in common may have moved.
    """
    ours, theirs = word_counts(asked, words), word_counts(printed, words)
    if not (ours.plain and theirs.plain):
        return True
    changed = _changed_words(blocks, ours.forms, theirs.forms)
    if not changed:
        return True
    weights = word_weights(asked, words)
    ordered = sum(
        [
            weights[form]
            for block in blocks
            for form in ours.forms[block.asked : block.asked + block.size]
        ]
    )
    whole = sum(
        [
            weights[form] * min(count, theirs.counts[form])
            for form, count in ours.counts.items()
            if form in theirs.counts
        ]
    )
    shared = (ordered + whole) / 2 + ROUNDING
    if shared < MIN_COVERED_SHARE * sum(
        [weights[form] * count for form, count in ours.counts.items()]
    ):
        return False
    return 2 * shared >= MIN_ALTERED_SHARE * (2 * ordered + sum(map(words.weight, changed)))


def _changed_words(
    blocks: Sequence[Block], asked: Sequence[str], printed: Sequence[str]
) -> list[str]:
    """Return the words not in common between the first block and the last.

    Beside these blocks as many as both texts have.
    """
    first, last = blocks[0], blocks[-1]
    left = min(first.asked, first.printed)
    ends = last.asked + last.size, last.printed + last.size
    right = min(len(asked) - ends[0], len(printed) - ends[1])
    found = [
        *asked[first.asked - left : first.asked],
        *printed[first.printed - left : first.printed],
    ]
    for one, other in pairwise(blocks):
        found += [
            *asked[one.asked + one.size : other.asked],
            *printed[one.printed + one.size : other.printed],
        ]
    return [*found, *asked[ends[0] : ends[0] + right], *printed[ends[1] : ends[1] + right]]


def _overlap(left: Sequence[str], right: Sequence[str]) -> bool:
    """Tell whether the end of one is the beginning of the other."""
    if right[0] not in left or left[-1] not in right:
        return False
    return any(left[-size:] == right[:size] for size in range(1, min(len(left), len(right)) + 1))
