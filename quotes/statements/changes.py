"""What changed between the quotes of two versions of an article.

    changes(before, after, words=...) → Changes, in the order of the newer version

In: the quotes of both versions. Out: which were added, dropped, altered, or given to somebody else.
Quotes with the same words are one, wherever they stand; of the others those are one that are most
alike, or say the same speaker's few or common words otherwise ("We couldn't win", "We could not
win"; "hard as it is, it is our duty", "bad as it is, it is our task"). Words in brackets count:
what was put in or taken out is a change. Reads no store and no file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from quotes.names.transliteration import latin_key
from quotes.records import Quote
from quotes.statements.comparison import WordComparison, compare, differences
from quotes.statements.tokens import forms, word_tokens
from quotes.statements.weights import Vocabulary

MIN_WORDS_IN_ROW = 0.6  # share of the words of two quotes of one speaker, common ones, too
MIN_WORDS_IN_COMMON = 4

ChangeKind = Literal["added", "dropped", "altered", "reattributed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One quote that changed.

    Attributes:
        kind: added, dropped, altered (other words), or reattributed (the same or other words by
            somebody else).
        before: The quote in the older version; None for one that was added.
        after: The quote in the newer version; None for one that was dropped.
        comparison: The difference of the newer words from the older; None where they are the same.
    """

    kind: ChangeKind
    before: Quote | None
    after: Quote | None
    comparison: WordComparison | None = None


def changes(
    before: Sequence[Quote], after: Sequence[Quote], *, words: Vocabulary
) -> tuple[Change, ...]:
    """Return what changed, in the order of the newer version, and then what was dropped.

    Args:
        before: The quotes of the older version, with their `words`.
        after: Those of the newer version.
        words: The vocabulary of their language.
    """
    pairs, old = _same_words(before, after)
    new = [quote for quote in after if quote.id not in pairs]
    for pair in (_alike, _same_content, _mostly_same_words):
        for quote, alike, difference in pair(old, new, words):
            pairs[quote.id] = (alike, difference)
            old.remove(alike)
            new.remove(quote)
    found = list[Change]()
    for quote in after:
        other, comparison = pairs.get(quote.id, (None, None))
        if other is None:
            found.append(Change("added", None, quote))
        elif not _same_speaker(quote, other):
            found.append(Change("reattributed", other, quote, comparison))
        elif comparison is not None or quote.factuality != other.factuality:
            found.append(Change("altered", other, quote, comparison))
    return (*found, *(Change("dropped", quote, None) for quote in old))


_Pairs = dict[str, tuple[Quote | None, WordComparison | None]]


def _same_words(before: Sequence[Quote], after: Sequence[Quote]) -> tuple[_Pairs, list[Quote]]:
    """Pair quotes of the same words, those by the same speaker first; return also what is left."""
    left, pairs = list(before), _Pairs()
    for same_speaker in (True, False):
        for quote in after:
            if quote.id in pairs:
                continue
            for other in left:
                if _all_forms(other) == _all_forms(quote) and (
                    not same_speaker or _same_speaker(other, quote)
                ):
                    pairs[quote.id] = (other, None)
                    left.remove(other)
                    break
    return pairs, left


def _all_forms(quote: Quote) -> list[str]:
    return [token.form for token in word_tokens(quote.words)]


def _alike(
    old: Sequence[Quote], new: Sequence[Quote], words: Vocabulary
) -> list[tuple[Quote, Quote, WordComparison]]:
    """Pair the quotes that are most alike, each once."""
    compared = [
        (comparison.score, number, place, comparison)
        for number, quote in enumerate(new)
        for place, other in enumerate(old)
        if (comparison := compare(other.words, quote.words, words=words)).kind
    ]
    return _each_once(compared, old, new)


def _each_once(
    compared: Sequence[tuple[float, int, int, WordComparison]],
    old: Sequence[Quote],
    new: Sequence[Quote],
) -> list[tuple[Quote, Quote, WordComparison]]:
    """Return the best pairs of a score, the place in `new` and the place in `old`, each once."""
    found, used = list[tuple[Quote, Quote, WordComparison]](), (set[int](), set[int]())
    for _, number, place, comparison in sorted(compared, key=lambda c: (-c[0], c[1], c[2])):
        if number not in used[0] and place not in used[1]:
            used[0].add(number)
            used[1].add(place)
            found.append((new[number], old[place], comparison))
    return found


def _same_content(
    old: Sequence[Quote], new: Sequence[Quote], words: Vocabulary
) -> list[tuple[Quote, Quote, WordComparison]]:
    """Pair the quotes of one speaker that share all words but common ones, each once."""
    found, left = list[tuple[Quote, Quote, WordComparison]](), list(old)
    for quote in new:
        content = [form for form in forms(quote.words) if form not in words.common]
        for other in left if content else ():
            theirs = [form for form in forms(other.words) if form not in words.common]
            if content == theirs and _same_speaker(quote, other):
                pieces = differences(other.words, quote.words, words=words)
                found.append((quote, other, WordComparison("altered", 1.0, pieces)))
                left.remove(other)
                break
    return found


def _mostly_same_words(
    old: Sequence[Quote], new: Sequence[Quote], words: Vocabulary
) -> list[tuple[Quote, Quote, WordComparison]]:
    """Pair the quotes of one speaker that have most words in order, common ones, too, each once."""
    compared = list[tuple[float, int, int, WordComparison]]()
    for number, quote in enumerate(new):
        for place, other in enumerate(old):
            if not quote.speaker or not _same_speaker(quote, other):
                continue
            matcher = SequenceMatcher(None, _all_forms(other), _all_forms(quote), autojunk=False)
            common, share = sum(b.size for b in matcher.get_matching_blocks()), matcher.ratio()
            if common >= MIN_WORDS_IN_COMMON and share >= MIN_WORDS_IN_ROW:
                pieces = differences(other.words, quote.words, words=words)
                compared.append((share, number, place, WordComparison("altered", share, pieces)))
    return _each_once(compared, old, new)


def _same_speaker(a: Quote, b: Quote) -> bool:
    """Tell whether two versions name one speaker: "Andrzej Duda" and, where it is cut, "Duda"."""
    ours, theirs = latin_key(a.speaker or ""), latin_key(b.speaker or "")
    if ours == theirs:
        return True
    short, long = sorted((set(ours.split()), set(theirs.split())), key=len)
    return bool(short) and short <= long and a.kind == b.kind
