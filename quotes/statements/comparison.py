"""Are the words asked for the words printed? The answer, and the difference word by word.

    compare(asked, printed) → Comparison: verbatim, altered, partial, or None, with a score and the pieces of the difference

In: two texts. Out: a record. What an editor put in brackets and what an ellipsis leaves out is no change of the words, unless it turns
the statement around: then, and for every other word that differs, the words are altered. Says nothing about who spoke.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from quotes.records import Span
from quotes.statements.alignment import Block, align
from quotes.statements.prefilter import (
    LEAST_ALTERED,
    LEAST_COVERED,
    blocks_may_fit,
    may_fit,
    opened,
)
from quotes.statements.tokens import Token, ends_sentence
from quotes.statements.weights import PLAIN, Vocabulary

MatchKind = Literal["verbatim", "partial", "altered"]
Op = Literal["equal", "insert", "delete", "replace", "editor", "gap", "beyond"]

MOSTLY = 0.75  # below, one word more that is not common must be shared
NEARLY_ALL = 0.8  # in common: few words are enough then
LEAST_SUBSTANCE = 2.0  # weight of words that are not common, for an altered statement
LEAST_PART = 2.5  # the same for a part: "I am very proud" stands in many statements
SHORT_ADDITION = 4  # fewer words than this, added to a sentence at its end or beginning by the asking, are an alteration
REACH = 8  # words
CHANGES = frozenset({"insert", "delete", "replace"})
_CLAUSE_END = re.compile("[,;:—–]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the difference. `asked` and `printed` are the texts, cut by the spans.

    `insert` stands in the printed only, `delete` in the asked only. `editor`: words in brackets, `gap`: words that an ellipsis leaves out,
    `beyond`: words before or behind what was compared.
    """

    op: Op
    asked: str
    printed: str
    asked_span: Span
    printed_span: Span


@dataclass(frozen=True, slots=True)
class WordComparison:
    """`score`: 1 for verbatim; for a part the share of the longer; for altered words the share in common, all by weight."""

    kind: MatchKind | None
    score: float
    pieces: tuple[Piece, ...] = ()


NOTHING = WordComparison(None, 0.0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece in tokens."""

    op: Op
    asked: tuple[Token, ...]
    printed: tuple[Token, ...]


def compare(asked: str, printed: str, *, words: Vocabulary) -> WordComparison:
    """Compare a statement asked for with one that was printed. The kind is None where they are not shown to be one statement."""
    kind, score, stretches = judged(asked, printed, words)
    return WordComparison(kind, score, _pieces(stretches, asked, printed)) if kind else NOTHING


def judged(
    asked: str, printed: str, words: Vocabulary
) -> tuple[MatchKind | None, float, tuple[Stretch, ...]]:
    """Kind, score and the difference in words, for those who do not show it."""
    if not may_fit(asked, printed, words):
        return None, 0.0, ()
    ours, theirs = opened(asked, words), opened(printed, words)
    blocks = align(ours, theirs, words)
    if not blocks or not blocks_may_fit(blocks, asked, printed, words):
        return None, 0.0, ()
    stretches = tuple(
        _turned(tuple(_stretches(ours, theirs, blocks, words)), asked, printed, words)
    )
    return (*_judged(stretches, words), stretches)


def _stretches(
    ours: Sequence[Token], theirs: Sequence[Token], blocks: Sequence[Block], words: Vocabulary
) -> Iterator[Stretch]:
    """Blocks in common and what stands before, between and behind them."""
    a = p = 0
    for number, block in enumerate(blocks):
        between = ours[a : block.asked], theirs[p : block.printed]
        yield from _end(*between, words, left=True) if not number else _between(*between, words)
        a, p = block.asked + block.size, block.printed + block.size
        yield Stretch("equal", tuple(ours[block.asked : a]), tuple(theirs[block.printed : p]))
    yield from _end(ours[a:], theirs[p:], words, left=False)


def _between(
    ours: Sequence[Token], theirs: Sequence[Token], words: Vocabulary
) -> Iterator[Stretch]:
    """What stands between two blocks, as one stretch."""
    if ours or theirs:
        yield Stretch(_op(ours, theirs, words), tuple(ours), tuple(theirs))


def _op(ours: Sequence[Token], theirs: Sequence[Token], words: Vocabulary) -> Op:
    said, written = [t for t in ours if not t.gap], [t for t in theirs if not t.gap]
    if (len(said) < len(ours) and not said) or (len(written) < len(theirs) and not written):
        return "gap"
    if _put_in(said, written, words) or _put_in(written, said, words):
        return "editor"
    return "replace" if said and written else "insert" if written else "delete"


def _put_in(bracketed: Sequence[Token], other: Sequence[Token], words: Vocabulary) -> bool:
    """Whether all of one are an editor's and stand for nothing, for common words ("[Hamas] will", "he will") or for an editor's."""
    if not bracketed or not all(token.editor for token in bracketed) or words.turns(bracketed):
        return False
    return all(
        token.editor or (token.form in words.common and not words.reverses(token.form))
        for token in other
    )


def _end(
    ours: Sequence[Token], theirs: Sequence[Token], words: Vocabulary, *, left: bool
) -> Iterator[Stretch]:
    """What stands before the first block or behind the last: as many words as both have replace each other, the rest lies beyond."""
    shared = min(len(ours), len(theirs))
    if (
        not shared
        or (left and (ours[-1].gap or theirs[-1].gap))
        or (not left and (ours[0].gap or theirs[0].gap))
    ):
        if ours or theirs:
            yield Stretch(
                "editor" if _op(ours, theirs, words) == "editor" else "beyond",
                tuple(ours),
                tuple(theirs),
            )
        return
    (far_ours, near_ours), (far_theirs, near_theirs) = (
        _near(ours, shared, left),
        _near(theirs, shared, left),
    )
    parts = [Stretch(_op(near_ours, near_theirs, words), tuple(near_ours), tuple(near_theirs))]
    if far_ours or far_theirs:
        parts.insert(0 if left else 1, Stretch("beyond", tuple(far_ours), tuple(far_theirs)))
    yield from parts


def _near(side: Sequence[Token], count: int, left: bool) -> tuple[Sequence[Token], Sequence[Token]]:
    """The words far from what was compared, and the `count` words near it; an editor's words stay together."""
    if left:
        cut = len(side) - count
        while 0 < cut < len(side) and side[cut].editor and side[cut - 1].editor:
            cut -= 1
        return side[:cut], side[cut:]
    while 0 < count < len(side) and side[count].editor and side[count - 1].editor:
        count += 1
    return side[count:], side[:count]


def _turned(
    stretches: Sequence[Stretch], asked: str, printed: str, words: Vocabulary
) -> Iterator[Stretch]:
    """The stretches, with those that leave out or cut off a word that turns the statement around shown as the changes that they are."""
    for place, stretch in enumerate(stretches):
        if stretch.op == "gap":
            hides = words.turns(_of_cut_sentences(stretch.asked, asked)) or words.turns(
                _of_cut_sentences(stretch.printed, printed)
            )
            yield replace(stretch, op=_changed(stretch)) if hides else stretch
        elif stretch.op == "beyond":
            yield from _cut_off(stretch, asked, printed, words, left=not place)
        else:
            yield stretch


def _changed(stretch: Stretch) -> Op:
    return (
        "replace"
        if stretch.asked and stretch.printed
        else "insert"
        if stretch.printed
        else "delete"
    )


def _of_cut_sentences(left_out: Sequence[Token], text: str) -> Sequence[Token]:
    """The words of a gap that stand in a sentence with words outside it; whole sentences inside it may say what they like."""
    ends = _sentence_ends(left_out, text)
    if not ends:
        return left_out
    whole = ends_sentence(text[: left_out[0].start][-6:])
    return [*(() if whole else left_out[: ends[0] + 1]), *left_out[ends[-1] + 1 :]]


def _cut_off(
    beyond: Stretch, asked: str, printed: str, words: Vocabulary, *, left: bool
) -> Iterator[Stretch]:
    """The words at an end, and apart from them, as a change, those beside what was compared that are more than a rest: they turn it
    around, or the asking adds a few to what was printed."""
    added = _same_sentence(beyond.asked, asked, left)
    few = 0 < len(added) < SHORT_ADDITION and not all(token.editor for token in added)
    ours = len(added) if few else _to_turn(added, asked, words, left=left)
    theirs = _to_turn(_same_sentence(beyond.printed, printed, left), printed, words, left=left)
    if not (ours or theirs):
        yield beyond
        return
    (far_asked, near_asked), (far_printed, near_printed) = (
        _near(beyond.asked, ours, left),
        _near(beyond.printed, theirs, left),
    )
    near = Stretch("delete", tuple(near_asked), tuple(near_printed))
    parts = [replace(near, op=_changed(near))]
    if far_asked or far_printed:
        parts.insert(0 if left else 1, Stretch("beyond", tuple(far_asked), tuple(far_printed)))
    yield from parts


def _to_turn(rest: Sequence[Token], text: str, words: Vocabulary, *, left: bool) -> int:
    """How many words lead to one that turns around what they stand beside, itself included; 0 without one. It stands a few words before
    ("it is not true that"), or behind with no comma between."""
    if left:
        return next(
            (
                count
                for count, token in enumerate(reversed(rest[-REACH:]), 1)
                if words.reverses(token.form)
            ),
            0,
        )
    ends = (
        i for i, (a, b) in enumerate(pairwise(rest), 1) if _CLAUSE_END.search(text, a.end, b.start)
    )
    clause = rest[: next(ends, len(rest))][:REACH]
    return next((count for count, token in enumerate(clause, 1) if words.reverses(token.form)), 0)


def _same_sentence(beyond: Sequence[Token], text: str, left: bool) -> Sequence[Token]:
    """Of the words at an end, those in one sentence with what they stand beside."""
    if not beyond:
        return ()
    if left:
        ends = _sentence_ends(beyond, text)
        return beyond[ends[-1] + 1 :] if ends else beyond
    before = text[: beyond[0].start]
    if ends_sentence(before[-4:]):
        return ()
    ends = _sentence_ends(beyond, text)
    return beyond[: ends[0] + 1] if ends else beyond


def _sentence_ends(beyond: Sequence[Token], text: str) -> list[int]:
    """The places of the words behind which a sentence ends."""
    starts = [token.start for token in beyond[1:]] + [len(text)] * bool(beyond)
    return [
        i
        for i, (token, start) in enumerate(zip(beyond, starts, strict=True))
        if ends_sentence(text[token.end : start][:6])
    ]


def _judged(stretches: Sequence[Stretch], words: Vocabulary) -> tuple[MatchKind | None, float]:
    """The kind and the score."""
    common = [token.form for s in stretches if s.op == "equal" for token in s.asked]
    changed = [s for s in stretches if s.op in CHANGES]
    rest = tuple(
        _spoken(side)
        for side in zip(*((s.asked, s.printed) for s in stretches if s.op == "beyond"), strict=True)
    ) or ([], [])
    if changed:
        return _judged_altered(common, changed, rest, words)
    if not any(rest):
        return "verbatim", 1.0
    shared, substance = _weight(common, words), words.substance(common)
    share = shared / (shared + max(_weight(side, words) for side in rest))
    enough = substance >= LEAST_PART or (share >= LEAST_ALTERED and substance >= PLAIN)
    return ("partial", share) if enough else (None, 0.0)


def _judged_altered(
    common: Sequence[str],
    changed: Sequence[Stretch],
    rest: tuple[list[str], ...],
    words: Vocabulary,
) -> tuple[MatchKind | None, float]:
    """The same for words that differ. `rest` are the words of the asked and of the printed beyond the stretch compared. Words that stand
    elsewhere in the other count half."""
    deleted, inserted = _spoken(s.asked for s in changed), _spoken(s.printed for s in changed)
    moved = list((Counter(deleted + rest[0]) & Counter(inserted + rest[1])).elements())
    shared = _weight(common, words) + _weight(moved, words) / 2
    compared = 2 * _weight(common, words) + _weight(deleted, words) + _weight(inserted, words)
    asked = _weight(common, words) + _weight(deleted, words) + _weight(rest[0], words)
    score = min(1.0, 2 * shared / compared) if compared else 0.0
    if score < LEAST_ALTERED or shared / asked < LEAST_COVERED:
        return None, 0.0
    substance = words.substance(common) + words.substance(moved)
    whole = shared / (shared + max(_weight(side, words) for side in rest))
    if score >= NEARLY_ALL and substance >= PLAIN and whole >= LEAST_ALTERED:
        return "altered", score
    return (
        ("altered", score)
        if substance >= LEAST_SUBSTANCE + (PLAIN if score < MOSTLY else 0)
        else (None, 0.0)
    )


def _spoken(sides: Iterable[Sequence[Token]]) -> list[str]:
    """The words of the stretches that are not an editor's."""
    return [token.form for side in sides for token in side if not (token.gap or token.editor)]


def _weight(forms: Iterable[str], words: Vocabulary) -> float:
    return sum(map(words.weight, forms))


def _pieces(stretches: Sequence[Stretch], asked: str, printed: str) -> tuple[Piece, ...]:
    """The stretches with the characters that they stand for: together they cover both texts."""
    ours = _tiled([s.asked for s in stretches], asked)
    theirs = _tiled([s.printed for s in stretches], printed)
    return tuple(
        Piece(s.op, a.of(asked), p.of(printed), a, p)
        for s, a, p in zip(stretches, ours, theirs, strict=True)
    )


def _tiled(parts: Sequence[Sequence[Token]], text: str) -> list[Span]:
    """For each part its span with the marks around it; marks between two parts belong to the word that they touch."""
    spans: list[Span] = []
    at = 0
    for number, part in enumerate(parts):
        following = next((later[0].start for later in parts[number + 1 :] if later), None)
        if not part:
            spans.append(Span(at, at))
            continue
        end = len(text) if following is None else _touching(text, part[-1].end, following)
        spans.append(Span(at, end))
        at = end
    return [_stripped(span, text) for span in spans]


def _touching(text: str, end: int, following: int) -> int:
    """Where the marks end that touch the word before."""
    while end < following and not text[end].isspace():
        end += 1
    return end


def _stripped(span: Span, text: str) -> Span:
    """The span without white space at its ends."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))
