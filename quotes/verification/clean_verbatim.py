"""The clean-verbatim rule: fillers and false starts of speech that a quotation may leave out.

In: words of a source that a draft leaves out, with what stands around them. Out: whether
clean-verbatim transcription leaves them out, too. These may go:

1. sounds that fill a pause ("um", "uh");
2. phrases that fill one, where punctuation sets them off ("we will, you know, stay");
3. words said again at once ("we — we will", "the the");
4. a start of at most four words that is given up at a dash or an ellipsis, at the beginning of a
   sentence ("I was — we will stay") or where the next start has the same first word ("the vote —
   the ballot"), unless it holds a number, a name, a condition or a word that reverses the sense;
5. notes of a transcriber in brackets ("[applause]", "(laughs)"), unless a word in them limits what
   is said ("[not]", "[must]", "[if]").

Nothing else may, and with `strict` none of these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from quotes.language import Language
from quotes.statements.tokens import Token, word_tokens
from quotes.verification.sense_changes import limits, sense_words

MAX_FALSE_START = 4  # words
MAX_FOLLOWING = 80  # characters behind the words, where they may be said again
SET_OFF = re.compile(r"[,;:—–-]|\.{3}|…")
GIVEN_UP = re.compile(r"\s*(?:[—–]|--|\s-\s|…|\.\.\.|-(?=\s|$))")
SENTENCE_START = re.compile(r"(?:^|[.!?:\"“]|\n)\s*$")
NOTE = re.compile(r"[\[(][^\[\]()]{1,40}[\])]")


@cache
def _fillers(language: Language) -> frozenset[str]:
    return language.optional_words("fillers")


@cache
def _phrases(language: Language) -> tuple[tuple[str, ...], ...]:
    lines = language.optional_words("filler-phrases")
    return tuple(sorted((tuple(line.split()) for line in lines), key=len, reverse=True))


def may_be_left_out(text: str, start: int, end: int, language: Language) -> bool:
    """Tell whether `text[start:end]`, words of a source, may be left out by the rule.

    They are taken away from the last to the first: "we will, you know, we —" before "we will" goes
    as "we —", "you know", "we will".
    """
    words = _without_notes(text, start, end, language)
    following = [t.form for t in _without_notes(text, end, end + MAX_FOLLOWING, language)]
    behind = following  # with the words that were taken away
    while words:
        length = _droppable(text, words, following, language) or _repeated(words, behind)
        if not length:
            return False
        behind = [word.form for word in words[-length:]] + behind
        words = words[:-length]
    return True


def _without_notes(text: str, start: int, end: int, language: Language) -> list[Token]:
    """Return the words of a stretch, at their places in the text, without a transcriber's notes."""

    def blank(found: re.Match[str]) -> str:
        return found[0] if limits(found[0], "", language) else " " * len(found[0])

    part = NOTE.sub(blank, text[start:end])
    return [Token(t.form, t.start + start, t.end + start) for t in word_tokens(part)]


def _droppable(
    text: str, words: Sequence[Token], following: Sequence[str], language: Language
) -> int:
    """Return how many of the last words the rule drops together; 0 for none."""
    if words[-1].form in _fillers(language):
        return 1
    for phrase in _phrases(language):
        last = words[-len(phrase) :]
        set_off = _is_set_off(text, last[0].start, last[-1].end)
        if set_off and tuple(word.form for word in last) == phrase:
            return len(phrase)
    return _repeated(words, following) or _false_start(text, words, following, language)


def _is_set_off(text: str, start: int, end: int) -> bool:
    """Tell whether punctuation stands on both sides, or a sentence begins on the left."""
    before, after = text[:start].rstrip()[-3:], text[end:].lstrip()[:3]
    left = bool(SET_OFF.search(before[-1:])) or bool(SENTENCE_START.search(before))
    return left and bool(SET_OFF.match(after))


def _repeated(words: Sequence[Token], following: Sequence[str]) -> int:
    """Return the number of last words that are said again right behind them."""
    for length in range(min(MAX_FALSE_START, len(words)), 0, -1):
        if [word.form for word in words[-length:]] == list(following[:length]):
            return length
    return 0


def _false_start(
    text: str, words: Sequence[Token], following: Sequence[str], language: Language
) -> int:
    """Return the number of last words that are given up at a dash or an ellipsis; 0 for none."""
    known = sense_words(language)
    if not GIVEN_UP.match(text, words[-1].end):
        return 0
    for length in range(1, min(MAX_FALSE_START, len(words)) + 1):
        first = words[-length]
        if first.number or first.form in known.numbers or known.vocabulary.reverses(first.form):
            return 0
        if first.form in known.conditional or first.form in known.certainty:
            return 0
        begins = bool(SENTENCE_START.search(text[: first.start]))
        if begins or following[:1] == [first.form]:
            return length
        if text[first.start : first.end][:1].isupper() and first.form[:1] != "i":
            return 0
    return 0
