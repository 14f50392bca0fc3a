"""The words of a statement as they are compared, each with its place in the text.

In: text as asked or printed. Out: tokens. Case, accents, quotation marks, dashes, punctuation and white space are not compared. Words
in square brackets are an editor's ("the [Hamas] movement"), an ellipsis, bare or in brackets, stands for words left out, and [sic] for
nothing. Knows no language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from quotes.records import Span
from quotes.text.folding import fold_accents, fold_case

GAP = "…"
_DOTS = r"(?:…|\.{3,}|\.\s\.\s\.)(?:\s?\.)?"
_ELLIPSIS = rf"[\[(]\s*{_DOTS}\s*[\])]|{_DOTS}"
_LETTERS = r"[^\W\d_]+"
_MENDED = rf"\[{_LETTERS}\]{_LETTERS}|{_LETTERS}\[{_LETTERS}\](?:{_LETTERS})?"  # "[w]e", "meet[ing]": one word, mended
_NUMBER = r"(?:(?<![\w)\]])[-−])?\d+(?:[.,:]\d+)*"
_INITIALS = r"(?<!\w)(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?"  # U.S.
_WORD = rf"{_MENDED}|{_INITIALS}|{_NUMBER}(?:[^\W_]+)?|[^\W_]+(?:['’ʼ‘`][^\W_]+)*|[%$€£¥]"
_SPECIAL = re.compile(
    r"\[|…|\.\.|\.\s\.|\(\s*sic|(?<!\w)[^\W\d_]\.[^\W\d_]\.", re.IGNORECASE
)  # needs more than _PLAIN to be read
_PLAIN = re.compile(rf"{_NUMBER}(?:[^\W_]+)?|[^\W_]+(?:['’ʼ‘`][^\W_]+)*|[%$€£¥]")
_TOKEN = re.compile(
    rf"(?P<gap>{_ELLIPSIS})|(?P<sic>[\[(]\s*sic\.?\s*[\])])|(?P<word>{_WORD})", re.IGNORECASE
)
_BRACKETS = re.compile(r"\[[^\[\]]{1,120}\]")
_APOSTROPHES = str.maketrans("’ʼ‘`−", "''''-", "[]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or where words were left out (`form` is then GAP). `editor`: it stands in square brackets.

    It stands from `start` to `end` in the text; brackets belong to the first and the last word inside them.
    """

    form: str
    start: int
    end: int
    editor: bool = False

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def gap(self) -> bool:
        return self.form == GAP

    @property
    def number(self) -> bool:
        return any(letter.isdigit() for letter in self.form)


@lru_cache(maxsize=10_000)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order, with ellipses. None at its ends: what was left out there leaves nothing to compare."""
    if not _SPECIAL.search(text):
        return tuple(Token(folded(found[0]), *found.span()) for found in _PLAIN.finditer(text))
    brackets = [Span(*found.span()) for found in _BRACKETS.finditer(text)]
    made: list[Token] = []
    for found in _TOKEN.finditer(text):
        span = Span(*found.span())
        if found["gap"]:
            made.append(Token(GAP, span.start, span.end))
        elif found["word"]:
            around = next((b for b in brackets if b.start < span.start and span.end < b.end), None)
            whole = _with_bracket(text, span, around)
            made.append(Token(folded(found["word"]), whole.start, whole.end, around is not None))
    while made and made[-1].gap:
        made.pop()
    first = next((place for place, token in enumerate(made) if not token.gap), len(made))
    return tuple(made[first:])


def plain(text: str) -> bool:
    """Whether a text has nothing in brackets, nothing left out and no initials, so that its words can be read in one way only."""
    return _SPECIAL.search(text) is None


@lru_cache(maxsize=10_000)
def forms(text: str) -> tuple[str, ...]:
    """The words alone, as they are compared, without ellipses and without words of an editor's (unless there are no others)."""
    if not _SPECIAL.search(text):
        return tuple(map(folded, _PLAIN.findall(text)))
    made = tokens(text)
    return tuple(token.form for token in made if not (token.gap or token.editor)) or tuple(
        token.form for token in made if not token.gap
    )


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """A word without case, accents, and the writing of apostrophes, initials and thousands."""
    word = fold_accents(fold_case(word.translate(_APOSTROPHES)))
    if word[-1:].isdigit() or word[:1].isdigit():
        return _THOUSANDS.sub("", word)
    return word.replace(".", "")


def ends_sentence(text: str) -> bool:
    """Whether a sentence ends inside the text (its own last mark does not count without white space behind it)."""
    return _SENTENCE_END.search(text) is not None


def _with_bracket(text: str, span: Span, bracket: Span | None) -> Span:
    """The span with the bracket that opens right before it or closes right behind it."""
    if bracket is None:
        return span
    start = bracket.start if not text[bracket.start + 1 : span.start].strip() else span.start
    end = bracket.end if not text[span.end : bracket.end - 1].strip(" .,;:!?") else span.end
    return Span(start, end)
