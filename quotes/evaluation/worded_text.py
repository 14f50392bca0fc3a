"""A text as the measure counts it: numbered words, rough sentences, quoted passages.

In: a text, and spans of it. Out: sets of word numbers, so that punctuation, marks and white space
at the ends of a span do not count. A word is letters and digits with apostrophes and hyphens
inside; it belongs to a span when its midpoint does, so that "Trump" covers the word in "Trump's".
Neither the parser nor `quotes.text.quotation_marks` is used here: what is measured must not define
the measure.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from quotes.defaults import DEFAULT_LANGUAGE
from quotes.language import Language
from quotes.records import Span

Words = frozenset[int]

WORD = re.compile(r"\w+(?:['’\-]\w+)*")
MARK = re.compile(r"[\"“”]|''|``")  # not the single marks, which are apostrophes too
PAIRED = ({"“", "”"}, {"``", "''"})
SENTENCE_END = re.compile(r"\n+|[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])")
MAX_ABBREVIATION_CHARS = 8  # with the full stop
MIN_QUOTED_WORDS = 3  # of one quoted passage, for a content to count as quoted


@dataclass(frozen=True)
class WordedText:
    """The words of a text, by number.

    Attributes:
        forms: The words as written.
        lowercased: The words in lower case.
        midpoints: The offset of the middle of each word.
        sentences: The number of the sentence of each word.
        quoted: The words of each quoted passage.
    """

    forms: tuple[str, ...]
    lowercased: tuple[str, ...]
    midpoints: tuple[float, ...]
    sentences: tuple[int, ...]
    quoted: tuple[Words, ...]

    def words(self, spans: Iterable[Span]) -> Words:
        """Return the words whose midpoints lie in one of the spans."""
        return _words(self.midpoints, spans)

    def without_stop_words(self, words: Iterable[int]) -> Words:
        """Return the words that can identify a source."""
        stop = word_list_of("measure-stop-words")
        return frozenset(number for number in words if self.lowercased[number] not in stop)

    def quoted_parts(self, content: Words) -> tuple[Words, ...]:
        """Return the words of a content in each quoted passage that it has three words of."""
        return tuple(
            part
            for part in (passage & content for passage in self.quoted)
            if len(part) >= MIN_QUOTED_WORDS
        )

    def quoted_share(self, content: Words) -> float:
        """Return the share of the words of a content that are quoted."""
        return len(content & frozenset[int]().union(*self.quoted)) / max(1, len(content))


@cache
def word_list_of(name: str) -> frozenset[str]:
    """Return a word list of the measure.

    Raises:
        RuleError: There is no such list.
    """
    return Language.load(DEFAULT_LANGUAGE).words(name)  # that of the gold, too


def read_words(text: str) -> WordedText:
    """Split a text into numbered words."""
    found = list(WORD.finditer(text))
    forms = tuple(word.group() for word in found)
    midpoints = tuple((word.start() + word.end()) / 2 for word in found)
    starts = list(_sentence_starts(text))
    quoted = (_words(midpoints, (passage,)) for passage in quoted_passages(text))
    return WordedText(
        forms=forms,
        lowercased=tuple(word.lower() for word in forms),
        midpoints=midpoints,
        sentences=tuple(bisect_right(starts, midpoint) for midpoint in midpoints),
        quoted=tuple(passage for passage in quoted if passage),
    )


def name_words(name: str) -> frozenset[str]:
    """Return the words of a name that can identify its bearer, in lower case."""
    return frozenset(WORD.findall(name.lower())) - word_list_of("measure-stop-words")


def quoted_passages(text: str) -> Iterator[Span]:
    """Yield what stands between double quotation marks within a paragraph (a line).

    An unclosed mark reaches to the end of the paragraph. Where opening and closing marks look
    alike, or kinds are mixed, marks open and close in turn.
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


def _words(midpoints: tuple[float, ...], spans: Iterable[Span]) -> Words:
    """Return the numbers of the words whose midpoints lie in one of the spans."""
    ranges = (
        range(bisect_left(midpoints, span.start), bisect_left(midpoints, span.end))
        for span in spans
    )
    return frozenset(number for numbers in ranges for number in numbers)


def _sentence_starts(text: str) -> Iterator[int]:
    """Yield where sentences begin, roughly.

    They end at line ends, and at full stops before a capital, a digit or an opening mark, but not
    after an abbreviation.
    """
    yield 0
    for end in SENTENCE_END.finditer(text):
        if text[end.start()] == "\n" or not _abbreviations().search(
            text, max(0, end.start() - MAX_ABBREVIATION_CHARS), end.start() + 1
        ):
            yield end.end()


@cache
def _abbreviations() -> re.Pattern[str]:
    """Return a pattern of abbreviations, with which no sentence ends."""
    known = "|".join(map(re.escape, sorted(word_list_of("measure-abbreviations"))))
    return re.compile(rf"\b(?:{known}|[A-Z])\.$")
