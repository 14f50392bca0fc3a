"""Tokens: the words of a statement as they are compared, each with its place in the text.

In: text as asked or printed. Out: tokens. Case, accents, quotation marks, dashes, punctuation and
white space are not compared. Words in square brackets are an editor's ("the [Hamas] movement"), an
ellipsis, bare or in brackets, stands for words left out, and [sic] for nothing. What stands in ⟨ ⟩
between two parts of a printed quote is not compared, also where a copied text begins or ends in it.
Knows no language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from quotes.records import Span
from quotes.text.folding import (
    APOSTROPHE_VARIANTS,
    fold_accents,
    fold_case,
)

GAP = "…"
_DOTS = r"(?:…|\.{3,}|\.\s\.\s\.)(?:\s?\.)?"
_ELLIPSIS = rf"[\[(]\s*{_DOTS}\s*[\])]|{_DOTS}"
_LETTERS = r"[^\W\d_]+"
_MENDED = rf"\[{_LETTERS}\]{_LETTERS}|{_LETTERS}\[{_LETTERS}\](?:{_LETTERS})?"
"""One word, mended: "[w]e", "meet[ing]"."""
_NUMBER = r"(?:(?<![\w)\]])[-−])?\d+(?:[.,:]\d+)*"
_INITIALS = r"(?<!\w)(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?"  # U.S.
_APOSTROPHES = f"'{APOSTROPHE_VARIANTS}´"  # an acute accent is typed for one, too
_MARKS = "".join(  # accents and vowel signs that are characters of their own, no letters to re
    re.escape(chr(code))
    for code in range(0x300, 0x10000)
    if unicodedata.category(chr(code)) in ("Mn", "Mc")
)
_WHOLE = rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*)*"
_LETTER_WORD = rf"{_WHOLE}(?:[{_APOSTROPHES}]{_WHOLE})*"
_WORD = rf"{_MENDED}|{_INITIALS}|{_NUMBER}(?:[^\W_]+)?|{_LETTER_WORD}|[%$€£¥]"
_SPECIAL = re.compile(
    r"\[|⟨|⟩|…|\.\.|\.\s\.|\(\s*sic|(?<!\w)[^\W\d_]\.[^\W\d_]\.", re.IGNORECASE
)  # needs more than _PLAIN to be read
_NEAR_STOPS = re.compile(r"\.(?:[^\W\d_]|\s)?\.")  # in each that has an ellipsis or initials
_PLAIN = re.compile(rf"{_NUMBER}(?:[^\W_]+)?|{_LETTER_WORD}|[%$€£¥]")
_SEPARATORS = (*((mark, " ") for mark in "“”—–\u00a0"), ("’", "'"), ("‘", "'"))
"""Frequent characters beyond ASCII, and what stands for each in a text of which words are cut."""
_TO_LOWER_WORDS = {
    code: chr(code).lower() if chr(code).isalnum() or chr(code) == "'" else " "
    for code in range(0x80)
} | {ord("`"): "'"}
_ASCII_WORD = re.compile(
    r"(?:(?<![\w)\]])-)?\d+(?:[.,:]\d+)*[a-z0-9]*|[a-z0-9]+(?:'[a-z0-9]+)*|[%$]", re.ASCII
)  # _PLAIN in lower case
_HAS_DIGIT = re.compile("[0-9]")
_BETWEEN = r"\A[^⟨⟩]*⟩|⟨[^⟨⟩]*(?:⟩|\Z)"
_TOKEN = re.compile(
    rf"(?P<between>{_BETWEEN})|(?P<gap>{_ELLIPSIS})|(?P<sic>[\[(]\s*sic\.?\s*[\])])|(?P<word>{_WORD})",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\[[^\[\]]{1,120}\]")
_PLAIN_CHARS = str.maketrans(dict.fromkeys(_APOSTROPHES, "'")) | str.maketrans("−", "-", "[]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s")


class Token(NamedTuple):
    """A word, or a gap where words were left out.

    Attributes:
        form: The word as it is compared, or GAP.
        start: Where it begins in the text; an opening bracket belongs to the first word inside it.
        end: Where it ends; a closing bracket belongs to the last word inside it.
        editor: True if it stands in square brackets.
    """

    form: str
    start: int
    end: int
    editor: bool = False

    @property
    def span(self) -> Span:
        """Its place in the text."""
        return Span(self.start, self.end)

    @property
    def gap(self) -> bool:
        """True if it stands for words left out."""
        return self.form == GAP

    @property
    def number(self) -> bool:
        """True if it has a digit."""
        return any(letter.isdigit() for letter in self.form)


def cut_tokens(text: str) -> tuple[Token, ...]:
    """Return the words of a text in order, with the gaps between them.

    Gaps at its ends are left out: nothing there can be compared. For a long text, such as an
    article: nothing is kept.
    """
    if not _SPECIAL.search(text):
        return tuple(Token(fold_token(found[0]), *found.span()) for found in _PLAIN.finditer(text))
    brackets = [Span(*found.span()) for found in _BRACKETS.finditer(text)]
    made: list[Token] = []
    for found in _TOKEN.finditer(text):
        span = Span(*found.span())
        if found["gap"]:
            made.append(Token(GAP, span.start, span.end))
        elif found["word"]:
            around = next((b for b in brackets if b.start < span.start and span.end < b.end), None)
            whole = _with_bracket(text, span, around)
            made.append(
                Token(fold_token(found["word"]), whole.start, whole.end, around is not None)
            )
    while made and made[-1].gap:
        made.pop()
    first = next((place for place, token in enumerate(made) if not token.gap), len(made))
    return tuple(made[first:])


@lru_cache(maxsize=10_000)
def tokens(text: str) -> tuple[Token, ...]:
    """Return `cut_tokens` of a text as short as a statement, kept for the next time."""
    return cut_tokens(text)


def word_tokens(text: str) -> tuple[Token, ...]:
    """Return the words of a text with their places, without the gaps between them."""
    return tuple(token for token in tokens(text) if not token.gap)


def count_words(text: str) -> int:
    """Count the words of a text, without ellipses."""
    return len(word_tokens(text))


def is_plain(text: str) -> bool:
    """Tell whether the words of a text can be read in one way only.

    They can where nothing stands in brackets, nothing is left out and there are no initials.
    """
    if "[" in text or "(" in text or _NEAR_STOPS.search(text):
        return _SPECIAL.search(text) is None
    return text.isascii() or not any(mark in text for mark in "…⟨⟩")


def cut_forms(text: str) -> tuple[str, ...]:
    """Return the words alone, as they are compared, without gaps.

    Words of an editor's are left out, unless there are no others. Nothing is kept.
    """
    if is_plain(text):
        words = _ascii_forms(text)
        return tuple(map(fold_token, _PLAIN.findall(text)) if words is None else words)
    made = cut_tokens(text)
    return tuple(token.form for token in made if not (token.gap or token.editor)) or tuple(
        token.form for token in made if not token.gap
    )


@lru_cache(maxsize=10_000)
def forms(text: str) -> tuple[str, ...]:
    """Return `cut_forms` of a text as short as a statement, kept for the next time."""
    return cut_forms(text)


def _ascii_forms(text: str) -> Sequence[str] | None:
    """Return the words of a plain text as they are compared; None where it has other letters.

    Most statements are such texts, and an index holds millions: this is several times as quick.
    """
    if not text.isascii():
        for mark, stands_for in _SEPARATORS:
            text = text.replace(mark, stands_for)
        if not text.isascii():
            return None
    if "%" in text or "$" in text or _HAS_DIGIT.search(text):
        words = _ASCII_WORD.findall(text.lower().replace("`", "'"))
        return [fold_token(word) if "." in word or "," in word else word for word in words]
    words = text.translate(_TO_LOWER_WORDS).split()
    if "'" not in text and "`" not in text:
        return words
    cut = ((word,) if "'" not in word else _ASCII_WORD.findall(word) for word in words)
    return [word for some in cut for word in some]


@lru_cache(maxsize=100_000)
def fold_token(word: str) -> str:
    """Return a word without case and accents, with apostrophes and numbers in one writing."""
    word = fold_accents(fold_case(word.translate(_PLAIN_CHARS)))
    if word[-1:].isdigit() or word[:1].isdigit():
        return _THOUSANDS.sub("", word)
    return word.replace(".", "")


def ends_sentence(text: str) -> bool:
    """Tell whether a sentence ends inside a text, with white space behind its last mark."""
    return _SENTENCE_END.search(text) is not None


def strip_span(span: Span, text: str) -> Span:
    """Return the span without white space at its ends."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def _with_bracket(text: str, span: Span, bracket: Span | None) -> Span:
    """Return the span with the bracket that opens right before it or closes right behind it."""
    if bracket is None:
        return span
    start = bracket.start if not text[bracket.start + 1 : span.start].strip() else span.start
    end = bracket.end if not text[span.end : bracket.end - 1].strip(" .,;:!?") else span.end
    return Span(start, end)
