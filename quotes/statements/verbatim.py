"""Words that stand somewhere word for word: in a quotation, as a part of it, in an article.

In: words as a person typed or pasted them, and texts. Out: the words to look up, their place, and
how they compare with a quotation that holds them. Case, accents, punctuation and the kind of
apostrophes and quotation marks do not count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from quotes.language import Language
from quotes.records import Span
from quotes.statements.comparison import Piece, WordComparison, compare
from quotes.statements.tokens import Token, forms, is_plain, strip_span, tokens
from quotes.statements.weights import Vocabulary
from quotes.text.letter_patterns import ANY_CASE, letter_pattern
from quotes.text.quoted_parts import outermost_marks

MIN_PART_WORDS = 5  # of a part of a quotation that is found however common its words are
MIN_QUOTED_WORDS = 5  # in the marks of what a person pasted, for the words outside to be no speech
MAX_PATTERN_WORDS = 40  # that texts are searched for; the others are compared afterwards
SOME_WORDS, SOME_LETTERS = 3, 20  # for which all texts are searched first
MAX_INITIALS = 4  # letters of a word that may be printed with points: U.S.
APOSTROPHES = "['’‘ʼ`´]"
_APART = r"[^\pL\pN]+"
_TOGETHER = r"[^\pL\pN]*"


def quoted_words(asked: str, language: Language) -> str:
    """Return what is to be looked up of a pasted passage: its words in quotation marks, if any.

    A passage with only a few quoted words ("he called it “a mess” and left") is looked up as a
    whole.

    Args:
        asked: The words as they were pasted: “We must close it,” said Falk. “The roof leaks.”
        language: Their language.
    """
    inside = [part for mark in outermost_marks(asked, language) for part in mark.parts]
    quoted = " ".join(part.of(asked).strip() for part in inside)
    count = len(forms(quoted))
    enough = count >= MIN_QUOTED_WORDS or 2 * count >= len(forms(asked))
    return quoted if quoted and enough else asked


def compare_asked(asked: str, printed: str, *, words: Vocabulary) -> WordComparison:
    """Compare words asked for with a quotation, in which they may stand as a part.

    The same as `compare`, but a part that stands in the quotation word for word is one however
    common its words, and although a word cut off before it ("it is not true that") reverses it: it
    is then `reversed`.
    """
    found = compare(asked, printed, words=words)
    if found.kind == "verbatim":
        return found
    if found.kind is None and not _may_stand(asked, printed):
        return found
    place = next(places_of(asked, tokens(printed)), None)
    if place is None or (found.kind is None and len(forms(asked)) < MIN_PART_WORDS):
        return found
    share = found.score if found.kind == "partial" else _share(asked, printed)
    pieces = tuple(_pieces(asked, printed, place))
    return WordComparison("partial", share, pieces, reversed=found.kind == "altered")


def _may_stand(asked: str, printed: str) -> bool:
    """Tell whether the words may stand in a text without a change; sooner than `places_of`."""
    if not (is_plain(asked) and is_plain(printed)):
        return True
    return f" {' '.join(forms(asked))} " in f" {' '.join(forms(printed))} "


def places_of(asked: str, printed: Sequence[Token]) -> Iterator[Span]:
    """Yield where the words stand in a text without a change, in characters."""
    wanted, held = [t.form for t in tokens(asked)], [t.form for t in printed]
    if not wanted or any(token.gap for token in tokens(asked)):
        return
    for start in range(len(held) - len(wanted) + 1):
        if held[start] == wanted[0] and held[start : start + len(wanted)] == wanted:
            yield Span(printed[start].start, printed[start + len(wanted) - 1].end)


def text_pattern(asked: str) -> str | None:
    """Return a regular expression (RE2) for the words in a text without case and accents.

    None where the words cannot be looked up so: some are left out.
    """
    wanted = tokens(asked)
    if not wanted or any(token.gap for token in wanted):
        return None
    return _pattern(wanted[:MAX_PATTERN_WORDS], re.escape)


def some_words_pattern(asked: str) -> str:
    """Return a regular expression (RE2) for some of the words in a text as it stands.

    Each text with all words (`text_pattern`) has these, and it is found sooner. They are those
    neighbours that have most letters.
    """
    wanted = tokens(asked)
    starts = range(max(1, len(wanted) - SOME_WORDS + 1))
    start = max(starts, key=lambda at: sum(len(t.form) for t in wanted[at : at + SOME_WORDS]))
    some, letters = list[Token](), 0
    for token in wanted[start : start + SOME_WORDS]:
        form = token.form[: max(0, SOME_LETTERS - letters)]
        letters += len(form)
        if form:
            some.append(token._replace(form=form))
    return ANY_CASE + _pattern(some, letter_pattern)


def _pattern(wanted: Sequence[Token], of_letter: Callable[[str], str]) -> str:
    made = ""
    for number, token in enumerate(wanted):
        symbol = not any(letter.isalnum() for letter in token.form)
        if number:
            made += _TOGETHER if symbol or not wanted[number - 1].form[-1].isalnum() else _APART
        initials = r"\.?" if len(token.form) <= MAX_INITIALS else ""
        for letter in token.form:  # behind which a number has a comma, or initials a point
            if letter == "'":
                made += APOSTROPHES
            else:
                made += f"{letter},?" if letter.isdigit() else of_letter(letter) + initials
    return made


def _share(asked: str, printed: str) -> float:
    return len(forms(asked)) / max(1, len(forms(printed)))


def _pieces(asked: str, printed: str, place: Span) -> list[Piece]:
    """Return the difference: the words, and the rest of the quotation before and behind."""
    end = place.end
    while end < len(printed) and not printed[end].isspace():
        end += 1
    start = place.start
    while start and not printed[start - 1].isspace():
        start -= 1
    made = [
        _beyond(printed, Span(0, start), Span(0, 0)),
        Piece("equal", asked.strip(), printed[start:end], Span(0, len(asked)), Span(start, end)),
        _beyond(printed, Span(end, len(printed)), Span(len(asked), len(asked))),
    ]
    return [piece for piece in made if piece.printed]


def _beyond(printed: str, rest: Span, asked_span: Span) -> Piece:
    """Return a rest of the printed, of which nothing is asked for."""
    span = strip_span(rest, printed)
    return Piece("beyond", "", span.of(printed), asked_span, span)
