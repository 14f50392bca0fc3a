"""Matching of quotes to annotated quotes, and whether their speakers and roles are the same.

In: contents as sets of word numbers; names and roles as text. Out: for each annotated quote the
quotes that find it; yes or no. Words are runs of letters and digits, and belong to a content that
they overlap. An annotated quote is found by a quote that shares at least half of the words that
they have together (Jaccard), by several that lie in it and do so together, or by one that does so
with several annotated quotes together. This is the measure of `outlets/score.py`, which is
published with the gold (in the folder that QUOTES_GOLD names);
tests/evaluation/test_outlets_script.py holds the figures of both to be equal.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import TypeVar

from quotes.evaluation.worded_text import Words, word_list_of
from quotes.records import Span
from quotes.text.folding import fold_accents, fold_case

T = TypeVar("T")

WORD = re.compile(r"\w+")
MIN_JACCARD = 0.5  # of the words of two contents, names or roles
MIN_INSIDE = 0.8  # of the words of a content, for it to lie in another one
MAX_ROLE_RATIO = 3  # of the words of an annotated role to those of a part that is the role
MIN_ROLE_WORDS = 2  # of an annotated role that is a part of the role


class NumberedWords:
    """The words of a text, by number."""

    def __init__(self, text: str) -> None:
        places = [match.span() for match in WORD.finditer(text)]
        self._starts, self._ends = [s for s, _ in places], [e for _, e in places]

    def of(self, spans: Iterable[Span]) -> Words:
        """Return the words that overlap one of the spans."""
        ranges = (
            range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))
            for span in spans
        )
        return frozenset(number for numbers in ranges for number in numbers)


def overlap(one: frozenset[T], other: frozenset[T]) -> float:
    """Return the share of common members among all of two sets (Jaccard); 0 for empty ones."""
    return len(one & other) / len(one | other) if one or other else 0.0


def same_name(name: str, accepted: Iterable[str]) -> bool:
    """Tell whether a name is one of several, a part of one, one with more, or shares half of it."""
    found = _name_words(name)
    return bool(found) and any(
        bool(words) and (found <= words or words <= found or overlap(found, words) >= MIN_JACCARD)
        for words in map(_name_words, accepted)
    )


def same_role(role: str, accepted: Iterable[str]) -> bool:
    """Tell whether a role is one of several: shares half of its words, is most of it or more."""
    found = _content_words(role)
    return bool(found) and any(
        bool(words)
        and (
            overlap(found, words) >= MIN_JACCARD
            or (found <= words and len(words) <= MAX_ROLE_RATIO * len(found))
            or (words <= found and len(words) >= MIN_ROLE_WORDS)
        )
        for words in map(_content_words, accepted)
    )


def find_quotes(gold: Sequence[Words], found: Sequence[Words]) -> list[tuple[int, ...]]:
    """Return for each annotated content the numbers of the contents that find it, best first."""
    made = [_finding(content, found) for content in gold]
    for number, content in enumerate(found):
        inside = [i for i, part in enumerate(gold) if part and _lies_in(part, content)]
        together = frozenset[int]().union(*(gold[i] for i in inside))
        if len(inside) > 1 and overlap(together, content) >= MIN_JACCARD:
            for i in inside:
                made[i] = made[i] or (number,)
    return made


def _finding(content: Words, found: Sequence[Words]) -> tuple[int, ...]:
    """Return the contents that share most words with one, else those that do so together."""
    shares = {n: share for n, one in enumerate(found) if (share := overlap(content, one))}
    whole = [n for n, share in shares.items() if share >= MIN_JACCARD]
    if whole:
        return tuple(sorted(whole, key=lambda n: -shares[n]))
    pieces = [n for n in shares if _lies_in(found[n], content)]
    together = frozenset[int]().union(*(found[n] for n in pieces))
    if overlap(together, content) < MIN_JACCARD:
        return ()
    return tuple(sorted(pieces, key=lambda n: -len(found[n])))


def _lies_in(part: Words, whole: Words) -> bool:
    """Tell whether most words of a content are words of another one."""
    return len(part & whole) >= MIN_INSIDE * len(part)


def _words_of(text: str) -> list[str]:
    return WORD.findall(fold_case(fold_accents(text)))


def _content_words(text: str) -> frozenset[str]:
    """Return the words of a role that count."""
    return frozenset(_words_of(text)) - word_list_of("measure-function-words")


def _name_words(name: str) -> frozenset[str]:
    """Return the words of a name that count: no title, where there are others."""
    words = _words_of(name)
    bare = [word for word in words if word not in word_list_of("measure-titles")] or words
    return frozenset(bare) - word_list_of("measure-function-words")
