"""The characters that may be quotation marks, and what stands around them.

In: a text and the span of a paragraph. Out: its glyphs in order, each with whether it looks like an
opening mark, a closing one, either, or one that closes only if nothing better does (a possessive
s', an inch mark). Which ones belong together `quotes.text.quotation_marks` decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from quotes.language import Language
from quotes.records import MarkStyle, Span
from quotes.text.folding import APOSTROPHE_VARIANTS, fold_word

Direction = Literal["open", "close", "either", "weak"]

# The same mark in other characters.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "‟": "“",
        "〝": "“",
        "〞": "”",
        "＂": '"',
        "‛": "‘",
        "´": "’",
        "´´": "''",
        "’’": "''",
        "‘‘": "``",
        ",,": "„",
    }
)
STYLES: Mapping[str, MarkStyle] = MappingProxyType(
    {
        "“": "double",
        "”": "double",
        '"': "straight",
        "``": "ticks",
        "''": "ticks",
        "«": "guillemets",
        "»": "guillemets",
        "‹": "single-guillemets",
        "›": "single-guillemets",
        "„": "german",
        "‚": "german-single",
        "‘": "single",
        "’": "single",
        "'": "straight-single",
        "`": "straight-single",
    }
)
SINGLES = frozenset("‘’'`‚‹›")
APOSTROPHES = frozenset("'" + APOSTROPHE_VARIANTS)
# What each glyph closes, its own kind first, then what it is mistaken for.
CLOSED_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "”": ("“", "”", "„", '"', "``", "''"),
        "“": ("„", "“", '"', "”"),  # ”reversed“, too
        '"': ('"', "“", "”", "„", "``", "''"),
        "''": ("``", "''", '"', "“", "”", "„"),
        "``": ("``",),
        "„": ("„",),
        "»": ("«", "»"),
        "«": ("»", "«"),
        "›": ("‹", "›"),
        "‹": ("›", "‹"),
        "’": ("‘", "‚", "’", "'", "`"),
        "‘": ("‚", "‘"),
        "'": ("'", "`", "‘", "’"),
        "`": ("`",),
        "‚": ("‚",),
    }
)
# Which glyph at the beginning of the next paragraph shows that an open mark goes on.
DOUBLE = frozenset('“”"„') | {"``", "''"}
REPEATED_BY: Mapping[str, frozenset[str]] = MappingProxyType(
    dict.fromkeys(DOUBLE, DOUBLE)
    | {kind: frozenset("«»") for kind in "«»"}
    | {kind: frozenset("‹›") for kind in "‹›"}
    | {kind: frozenset("‘’'`") for kind in "‘’'`"}
    | {"‚": frozenset("‚")}
)
GLYPH = re.compile(r"[“”‟〝〞„\"＂«»‹›‚‛]|``|`|'+|’’(?!\w)|’|(?<!\w)‘‘|‘|´´|´|(?<![\w,]),,(?=\w)")
ROW = re.compile(r"[“”‟〝〞„\"＂«»‹›‚‛'’‘´`]{7,}")
OPENS_BY_NATURE = frozenset("“„«‹‘‚`") | {"``"}
BEFORE_OPENING = frozenset("([{<—–―‒-/=*_¿¡")
DASHES = frozenset("—–―‒-")
POINT_BEGINS = re.compile(r"\.(?:[\w@#.]|\s\.)|…")  # ".gov", ".@name", "...", ". . ."
FEET = re.compile(r"\d['’]\s?\d{1,2}$")  # before an inch mark
EITHER = frozenset('"“«‹') | {"''"}
ENDS = frozenset(".!?…")
AFTER_CLOSING = frozenset(".,;:!?)]}>…—–―‒-/*_।。，")
INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad"
)
STRICT_BEFORE = frozenset(".,!?…;:—–-)]")


class Glyph(NamedTuple):
    """A character or two that may be a quotation mark.

    Attributes:
        kind: The glyph that it stands for.
        start: Where it begins.
        end: Where it ends.
        direction: What it looks like: opening, closing, either, or weak (closes if nothing better
            does).
        could_open: The characters around allow an opening mark against the look of it; for an
            opening single mark, it stands where speech begins.
        could_close: The characters around allow a closing mark against the look of it.
        sure: It is no apostrophe.
        elided: It begins a word that is known without its beginning.
        strict: It follows a punctuation mark.
    """

    kind: str
    start: int
    end: int
    direction: Direction
    could_open: bool = False
    could_close: bool = False
    sure: bool = True
    elided: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Elisions:
    """Words cut at their beginning, at their end and at both.

    `suffixes` are the ends of words that an apostrophe may follow.
    """

    leading: frozenset[str]
    trailing: frozenset[str]
    both: frozenset[str]
    suffixes: tuple[str, ...]


@lru_cache(maxsize=8)
def elisions(language: Language) -> Elisions:
    """Return the elisions of a language; none where it has no list."""
    words = language.optional_words("elisions")
    suffixes = tuple(sorted(word[1:-1] for word in words if word.startswith("-")))
    both = frozenset(word[1:-1] for word in words if word[0] == "'" and word[-1] == "'")
    leading = frozenset(word[1:] for word in words if word[0] == "'" and word[-1] != "'")
    trailing = frozenset(word[:-1] for word in words if word[0] not in "'-" and word[-1] == "'")
    return Elisions(leading, trailing, both, suffixes)


def read_glyphs(text: str, span: Span, language: Language) -> tuple[Glyph, ...]:
    """Return the glyphs of a paragraph, without those that are plainly apostrophes."""
    pieces = list(pieces_of(text, span))
    words = elisions(language)
    found: list[Glyph] = []
    skip_to = span.start
    for place, (start, end) in enumerate(pieces):
        if start < skip_to:
            continue
        kind = KINDS.get(text[start:end], text[start:end])
        before, after = neighbour_chars(text, span, pieces, place)
        if kind in APOSTROPHES:
            closing = double_elision_end(text, end, span.end, words)
            if closing:
                skip_to = closing
                continue
            glyph = read_single(text, span, Span(start, end), kind, before, after, words)
        else:
            glyph = read_double(text, Span(start, end), kind, before, after)
        if glyph:
            found.append(glyph)
    return tuple(found)


def pieces_of(text: str, span: Span) -> list[tuple[int, int]]:
    """Return where the glyphs stand; three straight single marks are taken apart.

    A long row of marks is a line and no mark.
    """
    rows = [row.span() for row in ROW.finditer(text, span.start, span.end)]
    bounds = [span.start, *(edge for row in rows for edge in row), span.end]
    return [
        piece
        for start, end in zip(bounds[::2], bounds[1::2], strict=True)
        for piece in pieces_between(text, start, end, span)
    ]


def pieces_between(text: str, first: int, stop: int, span: Span) -> list[tuple[int, int]]:
    """Return the glyphs in a part of a paragraph without rows of marks."""
    pieces: list[tuple[int, int]] = []
    for match in GLYPH.finditer(text, first, stop):
        start, end = match.span()
        if match[0][0] != "'" or end - start <= 2:
            pieces.append((start, end))
        elif end - start == 3:
            opening = (
                start == span.start
                or text[start - 1].isspace()
                or text[start - 1] in BEFORE_OPENING
            )
            middle = start + 2 if opening else start + 1
            pieces += [(start, middle), (middle, end)]
    return pieces


def neighbour_chars(
    text: str, span: Span, pieces: Sequence[tuple[int, int]], place: int
) -> tuple[str, str]:
    """Return the characters before and after the adjoining glyphs that a glyph stands in.

    Each is empty at the end of the paragraph. Three glyphs to each side are looked at: no more
    stand together in writing.
    """
    first = last = place
    while first > 0 and place - first < 3 and is_same_side(text, pieces[first - 1], pieces[first]):
        first -= 1
    while (
        last + 1 < len(pieces)
        and last - place < 3
        and is_same_side(text, pieces[last], pieces[last + 1])
    ):
        last += 1
    start, end = pieces[first][0], pieces[last][1]
    while start > span.start and text[start - 1] in INVISIBLE:
        start -= 1
    while end < span.end and text[end] in INVISIBLE:
        end += 1
    before = text[start - 1] if start > span.start else ""
    after = text[end] if end < span.end else ""
    return (" " if before and before in "”’" else before), (
        " " if after and after in "“‘„" else after
    )


def is_same_side(text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Return True if two glyphs stand together at one side of the same words.

    Between ” and “ other words begin.
    """
    return left[1] == right[0] and not (text[left[0]] in "”’" and text[right[0]] in "“‘„")


def direction_by_neighbours(before: str, after: str, following: str) -> Direction:
    """Return the direction that the characters on both sides show."""
    open_before = not before or before.isspace() or before in BEFORE_OPENING
    shut_after = not after or after.isspace() or after in AFTER_CLOSING
    if not before and not after:
        return "either"
    if open_before and before not in DASHES:
        if not shut_after or after in {"…", "—", "–"} or POINT_BEGINS.match(following):
            return "open"
        return "either" if not after or after.isspace() or after in DASHES else "close"
    if shut_after:
        return "close"
    return "either"


def read_double(text: str, at: Span, kind: str, before: str, after: str) -> Glyph | None:
    """Read a double mark or a guillemet."""
    if kind == "''" and before.isalnum() and after.isalnum():
        return None
    direction = direction_by_neighbours(before, after, text[at.end : at.end + 3])
    look = direction
    if kind in {'"', "''"} and before.isdigit() and not (after and after.isalpha()):
        direction = direction_after_number(text, at.start, direction)
    elif kind == "”" and before.isdigit() and FEET.search(text[max(0, at.start - 8) : at.start]):
        direction = "weak"
    elif kind in OPENS_BY_NATURE and not after:
        direction = "close"
    elif kind in OPENS_BY_NATURE and direction != "close":
        direction = "open"
    elif kind in {"”", "»", "›"} and direction == "either":
        direction = "close"
    elif kind in {"``", "„", "‚"}:
        direction = "open"
    attached = before != "" and not before.isspace() and before not in BEFORE_OPENING
    return Glyph(
        kind=kind,
        start=at.start,
        end=at.end,
        direction=direction,
        could_open=look != "open"
        and not before.isdigit()
        and (kind in EITHER or (kind == "”" and before in {"", ",", ":"}))
        and (before not in ENDS or kind in OPENS_BY_NATURE),
        could_close=before != ""
        and direction == "open"
        and (attached if kind in OPENS_BY_NATURE else True),
        sure=kind not in "‹›",
        strict=before in STRICT_BEFORE,
    )


def direction_after_number(text: str, start: int, direction: Direction) -> Direction:
    """Return the direction of a straight mark after a number.

    An inch mark closes only if nothing better does, a year or the end of a sentence may.
    """
    digits = re.search(r"\d*$", text[max(0, start - 6) : start])
    after = text[start + 1 : start + 2]
    if digits and len(digits[0]) >= 3:
        return direction
    return (
        "close"
        if after in {".", ",", "!", "?", ";"} and not FEET.search(text[max(0, start - 8) : start])
        else "weak"
    )


def read_single(
    text: str, span: Span, at: Span, kind: str, before: str, after: str, words: Elisions
) -> Glyph | None:
    """Read a single mark; None for what is plainly an apostrophe."""
    if before.isalnum() and after.isalnum():
        return None
    direction = direction_by_neighbours(before, after, text[at.end : at.end + 3])
    if direction == "either":
        direction = single_mark_direction(kind, before, after)
    if direction == "open" or (direction == "close" and kind == "‘" and not before.strip()):
        return opening_single(text, span, at, kind, words)
    if direction != "close" or kind == "`" or not before or before.isspace():
        return None
    strict = before in STRICT_BEFORE
    if before.isdigit() or (
        not strict
        and may_be_elision(text, span, at.start, words)
        and (not after or after not in AFTER_CLOSING)
    ):
        return Glyph(kind, at.start, at.end, "weak")
    loose = not strict and may_be_elision(text, span, at.start, words)
    opens = strict and after.isalnum()
    strict = strict or (not loose and after != "" and after in AFTER_CLOSING)
    return Glyph(kind, at.start, at.end, "close", could_open=opens, sure=not opens, strict=strict)


def single_mark_direction(kind: str, before: str, after: str) -> Direction:
    """Return the direction of a single mark where both sides allow either."""
    if kind in {"‘", "`"} and not before.isalnum():
        return "open"
    if before in DASHES or not before:
        return "open"
    return "close" if not before.isalnum() else "either"


def opening_single(text: str, span: Span, at: Span, kind: str, words: Elisions) -> Glyph | None:
    """Read an opening single mark; None for a plain elision.

    It is not sure where it may be an apostrophe.
    """
    word = following_word(text, at.end, span.end)
    cut = (
        fold_word(word).rstrip("'") in words.leading
        or fold_word(word).split("'")[0] in words.leading
    )
    year = bool(re.match(r"\d\ds?\b", text[at.end : at.end + 4]))
    decade = bool(re.match(r"\d\ds\b", text[at.end : at.end + 4]))
    if decade or (kind == "’" and (cut or year)):
        return None
    led = not cut and not year and follows_introducer(text, span, at.start)
    return Glyph(
        kind, at.start, at.end, "open", could_open=led, sure=led and kind == "‘", elided=cut or year
    )


def following_word(text: str, start: int, stop: int) -> str:
    """Return the word after a mark, with the apostrophes in it."""
    match = re.match(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text[start : min(stop, start + 20)])
    return match[0] if match else ""


def follows_introducer(text: str, span: Span, start: int) -> bool:
    """Return True if a mark begins the paragraph or follows punctuation or another opening mark."""
    before = text[max(span.start, start - 4) : start].rstrip()
    return not before or before[-1] in ',:;.!?…—–-([“"«„'


def may_be_elision(text: str, span: Span, start: int, words: Elisions) -> bool:
    """Return True if the apostrophe after the word that ends at `start` may belong to it.

    The ministers', goin', o'.
    """
    match = re.search(r"[^\W\d_]+$", text[max(span.start, start - 20) : start])
    if not match:
        return False
    word = fold_word(match[0])
    return word in words.trailing or (len(word) > 1 and word.endswith(words.suffixes))


def double_elision_end(text: str, start: int, stop: int, words: Elisions) -> int | None:
    """Return where a word ends that is cut at both ends ('n'), from after its first apostrophe."""
    match = re.match(r"([^\W\d_]{1,3})['’‘](?!\w)", text[start : min(stop, start + 5)])
    return start + match.end() if match and fold_word(match[1]) in words.both else None


def look_ahead(glyphs: Sequence[Glyph]) -> list[tuple[Direction, ...]]:
    """Return for each glyph of a paragraph the directions of the next two plain double marks."""
    ahead: tuple[Direction, ...] = ()
    done: list[tuple[Direction, ...]] = []
    for glyph in reversed(glyphs):
        done.append(ahead)
        if glyph.kind not in SINGLES and glyph.direction in {"open", "close"}:
            ahead = (glyph.direction, *ahead[:1])
    done.reverse()
    return done
