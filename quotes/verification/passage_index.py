"""An inverted index of sources: the few passages that may be the words of a claim.

In: streams of words, and the words of a claim. Out: passages that hold most of its words by weight,
and the longest runs of its words in a row. Words are found by their stems (tantivy's Snowball
stemmers), runs by their forms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

from quotes.language import Language
from quotes.statements.index import stemmer
from quotes.statements.tokens import Token, cut_tokens
from quotes.statements.weights import COMMON_WEIGHT, Vocabulary, vocabulary
from quotes.verification.source_texts import SourceText, Stream

MAX_POSTINGS = 3_000  # of a common word: more are looked at only where a claim has no other words
MARGIN = 12  # words that a passage may have beside those of the claim
WINDOW_RATIO = 1.5  # of the words of a window to those of the claim
RUN_WORDS = 3  # words in a row by which a run is found


@dataclass(frozen=True, eq=False)
class IndexedStream:
    """A stream with its words; `first` is the number of the first among those of all streams."""

    source: SourceText
    stream: Stream
    tokens: tuple[Token, ...]
    first: int


@dataclass(frozen=True, slots=True)
class Window:
    """Words of one stream, from `start` up to `end` among its tokens, that may be a claim's."""

    number: int
    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a claim that stand in a row in a stream: `size` from `claim` on, there from `at`."""

    claim: int
    number: int
    at: int
    size: int


class PassageIndex:
    """The words of all sources with their places."""

    def __init__(self, sources: Sequence[SourceText], language: Language) -> None:
        self.streams: list[IndexedStream] = []
        self.vocabulary: Vocabulary = vocabulary(language)
        self._stem = stemmer(language)
        self._forms: list[str] = []
        self._number: list[int] = []  # of the stream of each word
        self._postings: dict[str, list[int]] = defaultdict(list)
        for source in sources:
            for stream in source.streams:
                self._add(source, stream)

    def _add(self, source: SourceText, stream: Stream) -> None:
        words = tuple(token for token in cut_tokens(stream.text) if not token.gap)
        first = len(self._forms)
        self.streams.append(IndexedStream(source, stream, words, first))
        forms = [word.form for word in words]
        for at, stem in enumerate(self.stems(forms), first):
            self._postings[stem].append(at)
        self._forms += forms
        self._number += [len(self.streams) - 1] * len(forms)

    @property
    def count(self) -> int:
        """The number of words, those inside marks twice."""
        return len(self._forms)

    def stems(self, forms: Sequence[str]) -> list[str]:
        """Return the stem of each word; the word itself where it has none or several."""
        found = self._stem(" ".join(forms))
        if len(found) == len(forms):
            return found
        return [(self._stem(form) or [form])[0] for form in forms]

    def rarity(self, stem: str) -> float:
        """Return how much having a stem in common says: -log10 of its share of all words."""
        return log10(max(self.count, 1) / max(len(self._postings.get(stem, ())), 1))

    def windows(self, forms: Sequence[str], *, limit: int, room: int = 0) -> list[Window]:
        """Return the windows that hold most of a claim's words by weight, the best first.

        Args:
            forms: The words of the claim.
            limit: How many at most.
            room: Words that may stand between them, more than there are.
        """
        size = int(len(forms) * WINDOW_RATIO) + MARGIN + room
        step = max(1, size // 2)
        held: dict[int, dict[str, float]] = defaultdict(dict)
        for stem, (weight, places) in self._weighted(forms).items():
            for at in places:
                block = at // step
                held[block][stem] = weight
                held[block - 1][stem] = weight
        ranked = sorted(held, key=lambda block: (-sum(held[block].values()), block))
        found = list[Window]()
        for block in ranked[: limit * 3]:
            weight = sum(held[block].values())
            for window in self._within(block * step, block * step + 2 * step, weight):
                if not any(_nested(window, other) for other in found):
                    found.append(window)
        return found[:limit]

    def _weighted(self, forms: Sequence[str]) -> dict[str, tuple[float, list[int]]]:
        """Return weight and places of each stem of a claim, common ones only where all are."""
        found = dict[str, tuple[float, list[int]]]()
        for form, stem in zip(forms, self.stems(forms), strict=True):
            places = self._postings.get(stem)
            if places:
                found[stem] = (self.vocabulary.weight(form), places)
        rare = {stem: each for stem, each in found.items() if len(each[1]) <= MAX_POSTINGS}
        content = any(weight > COMMON_WEIGHT for weight, _ in rare.values())
        return rare if content else found

    def _within(self, start: int, end: int, weight: float) -> list[Window]:
        """Return the parts of a range of words that lie in one stream each."""
        start, end = max(0, start), min(end, len(self._forms))
        windows = []
        while start < end:
            number = self._number[start]
            own = self.streams[number]
            stop = min(end, own.first + len(own.tokens))
            windows.append(Window(number, start - own.first, stop - own.first, weight))
            start = stop
        return windows

    def occurrences(self, forms: Sequence[str], *, limit: int) -> list[Window]:
        """Return where the words stand in a row, in order of the sources."""
        return [
            Window(run.number, run.at, run.at + run.size, float(len(forms)))
            for run in self._runs(forms, 0, len(forms))
            if run.size == len(forms)
        ][:limit]

    def longest_runs(self, forms: Sequence[str], at: int) -> list[Run]:
        """Return the longest runs of a claim's words from `at` on, in order of the sources."""
        found = self._runs(forms, at, RUN_WORDS)
        runs = [run for run in found if self.streams[run.number].stream.running]
        longest = max((run.size for run in runs), default=0)
        return [run for run in runs if run.size == longest]

    def _runs(self, forms: Sequence[str], at: int, least: int) -> list[Run]:
        """Return the runs of at least so many words from `at` on."""
        seed = forms[at : at + least]
        if len(seed) < least or not seed:
            return []
        stems = self.stems(seed)
        rarest = min(range(least), key=lambda n: len(self._postings.get(stems[n], ())))
        found = []
        for place in self._postings.get(stems[rarest], ()):
            start = place - rarest
            own = self.streams[self._number[place]]
            stop = own.first + len(own.tokens)
            if start < own.first or self._forms[start : start + least] != list(seed):
                continue
            size = least
            while (
                at + size < len(forms)
                and start + size < stop
                and self._forms[start + size] == forms[at + size]
            ):
                size += 1
            if start + size <= stop:
                found.append(Run(at, self._number[place], start - own.first, size))
        return found


def _nested(window: Window, other: Window) -> bool:
    """Tell whether most of a window lies in another one."""
    if window.number != other.number:
        return False
    shared = min(window.end, other.end) - max(window.start, other.start)
    return shared * 4 > 3 * (window.end - window.start)
