"""Words in quotation marks of a draft that nobody is found to have said.

In: a draft and its statements. Out: the spans of what stands in quotation marks outside of all
statements: those that read like speech, which are checked without a speaker, and the others, such
as names, titles and single phrases, which are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from quotes.language import Language
from quotes.records import Document, Quote, Span, Spans
from quotes.statements.tokens import Token, strip_span, word_tokens
from quotes.statements.weights import vocabulary
from quotes.text.quoted_parts import outermost_marks

MIN_WORDS = 2  # of what is worth a word at all
MIN_SPEECH_WORDS = 5  # of what may be speech


def unattributed_parts(
    document: Document, quotes: Iterable[Quote], language: Language
) -> Iterator[tuple[Spans, bool]]:
    """Yield what of each quotation mark no statement covers, and whether it reads like speech."""
    text = document.text
    covered = sorted(span for quote in quotes for span in quote.content)
    for mark in outermost_marks(text, language):
        rests = (rest for part in mark.parts for rest in _without(part, covered))
        left = tuple(strip_span(rest, text) for rest in rests if word_tokens(rest.of(text)))
        words = [word for span in left for word in _words(text, span)]
        if len(words) >= MIN_WORDS:
            yield left, _reads_like_speech(text, words, language)


def _without(part: Span, covered: Sequence[Span]) -> Iterator[Span]:
    """Yield what of a span lies outside of others, which are in order."""
    at = part.start
    for span in covered:
        if span.overlaps(part):
            yield Span(at, max(at, span.start))
            at = max(at, min(span.end, part.end))
    yield Span(at, part.end)


def _words(text: str, span: Span) -> list[Token]:
    own = word_tokens(span.of(text))
    return [Token(word.form, word.start + span.start, word.end + span.start) for word in own]


def _reads_like_speech(text: str, words: Sequence[Token], language: Language) -> bool:
    """Tell names and titles, whose words have capital letters, from what may be speech."""
    if len(words) < MIN_SPEECH_WORDS:
        return False
    common = vocabulary(language).common
    content = [word for word in words[1:] if word.form not in common]
    return 2 * sum(text[word.start].isupper() for word in content) < max(1, len(content))
