"""A text as the measure counts it: numbered words, rough sentences, quoted regions.

In: a text, and spans of it. Out: sets of word numbers, so that punctuation, marks and white space at the ends of a span count nothing. A
word is letters and digits with apostrophes and hyphens inside; it belongs to a span when its midpoint does, so that "Trump" covers the
word in "Trump's". Neither the parser nor `quotes.text.quotation_marks` is used here: what is measured must not define the measure.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from quotes.language.resources import word_list
from quotes.records import Span

Words = frozenset[int]

LANGUAGE = "en"  # the gold is English, and so are the lists
WORD = re.compile(r"\w+(?:['’\-]\w+)*")
MARK = re.compile(r"[\"“”]|''|``")  # not the single marks, which are apostrophes too
PAIRED = ({"“", "”"}, {"``", "''"})
SENTENCE_END = re.compile(r"\n+|[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])")
LOOK_BACK = 8  # characters before a full stop in which an abbreviation begins
QUOTED_WORDS = 3  # of one quoted region make a content direct


@dataclass(frozen=True)
class WordedText:
    """The words of a text by number: `shown` as written, `low` in lower case, their `middles` (offsets) and the number of their sentence.

    `quoted` are the words of each quoted region.
    """

    shown: tuple[str, ...]
    low: tuple[str, ...]
    middles: tuple[float, ...]
    sentences: tuple[int, ...]
    quoted: tuple[Words, ...]

    def words(self, spans: Iterable[Span]) -> Words:
        """The words whose midpoints lie in one of the spans."""
        return _words(self.middles, spans)

    def telling(self, words: Iterable[int]) -> Words:
        """Those of the words that can identify a source: no stop words."""
        stop = word_list_of("measure-stop-words")
        return frozenset(number for number in words if self.low[number] not in stop)

    def quoted_parts(self, content: Words) -> tuple[Words, ...]:
        """The quoted regions of which a content holds at least three words: those words."""
        return tuple(
            part
            for part in (region & content for region in self.quoted)
            if len(part) >= QUOTED_WORDS
        )

    def quoted_share(self, content: Words) -> float:
        """The share of the words of a content that are quoted."""
        return len(content & frozenset[int]().union(*self.quoted)) / max(1, len(content))


@cache
def word_list_of(name: str) -> frozenset[str]:
    """A word list of the measure. Raises RuleError."""
    return word_list(LANGUAGE, name)


def read_words(text: str) -> WordedText:
    """The words of a text."""
    found = list(WORD.finditer(text))
    shown = tuple(word.group() for word in found)
    middles = tuple((word.start() + word.end()) / 2 for word in found)
    starts = list(_sentence_starts(text))
    quoted = (_words(middles, (region,)) for region in quoted_regions(text))
    return WordedText(
        shown=shown,
        low=tuple(word.lower() for word in shown),
        middles=middles,
        sentences=tuple(bisect_right(starts, middle) for middle in middles),
        quoted=tuple(region for region in quoted if region),
    )


def low_words(text: str) -> frozenset[str]:
    """The words of a name that can identify its bearer, in lower case."""
    return frozenset(WORD.findall(text.lower())) - word_list_of("measure-stop-words")


def quoted_regions(text: str) -> Iterator[Span]:
    """What stands between double marks within a paragraph (a line); an unclosed mark reaches to the paragraph's end.

    Where a paragraph uses marks of which opening and closing look alike, or mixes kinds, each mark just opens or closes in turn.
    """
    for paragraph in re.finditer(r"[^\n]+", text):
        marks = list(MARK.finditer(text, paragraph.start(), paragraph.end()))
        paired = {mark.group() for mark in marks} in PAIRED
        start: int | None = None
        for mark in marks:
            closes = mark.group() in ("”", "''") if paired else start is not None
            if start is None and not closes:
                start = mark.end()
            elif start is not None and closes:
                yield Span(start, mark.start())
                start = None
        if start is not None:
            yield Span(start, paragraph.end())


def _words(middles: tuple[float, ...], spans: Iterable[Span]) -> Words:
    ranges = (
        range(bisect_left(middles, span.start), bisect_left(middles, span.end)) for span in spans
    )
    return frozenset(number for numbers in ranges for number in numbers)


def _sentence_starts(text: str) -> Iterator[int]:
    """Rough, for counting only: line ends, and full stops before a capital, a digit or an opening mark, but not after an abbreviation."""
    yield 0
    for end in SENTENCE_END.finditer(text):
        if text[end.start()] == "\n" or not _abbreviations().search(
            text, max(0, end.start() - LOOK_BACK), end.start() + 1
        ):
            yield end.end()


@cache
def _abbreviations() -> re.Pattern[str]:
    known = "|".join(map(re.escape, sorted(word_list_of("measure-abbreviations"))))
    return re.compile(rf"\b(?:{known}|[A-Z])\.$")
