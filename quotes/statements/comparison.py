"""Comparison of words asked for with words printed, and their difference word by word.

    compare(asked, printed) → WordComparison: verbatim, altered, partial or None, with a score

In: two texts. Out: a record. What an editor put in brackets and what an ellipsis leaves out is no
change of the words, unless it reverses the statement: then, and for every other word that differs,
the words are altered. Says nothing about who spoke.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from quotes.records import Span
from quotes.statements.alignment import Block, align
from quotes.statements.prefilter import (
    MIN_ALTERED_SHARE,
    MIN_COVERED_SHARE,
    blocks_may_fit,
    may_fit,
    without_opener,
)
from quotes.statements.reversals import words_to_reversal
from quotes.statements.tokens import Token, ends_sentence, strip_span, tokens
from quotes.statements.weights import DEFAULT_WEIGHT, Vocabulary

MatchKind = Literal["verbatim", "partial", "altered"]
Op = Literal["equal", "insert", "delete", "replace", "editor", "gap", "beyond"]

MIN_MOSTLY_SAME = 0.75  # share of the weight: below, one more rare word must be shared
MIN_NEARLY_SAME = 0.8  # from here on few words are enough
MIN_ALTERED_WEIGHT = 2.0  # of shared words that are not common, for an altered statement
MIN_PARTIAL_WEIGHT = 2.5  # the same for a part: "I am very proud" stands in many statements
MAX_ADDED_WORDS = 3  # by the asking at an end of a sentence: more are a rest, not an alteration
CHANGES = frozenset({"insert", "delete", "replace"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the difference.

    Attributes:
        op: "insert" stands in the printed only, "delete" in the asked only; "editor" are words in
            brackets, "gap" words that an ellipsis leaves out, "beyond" words before or behind what
            was compared.
        asked: The characters of the asked.
        printed: The characters of the printed.
        asked_span: Where they stand in the asked.
        printed_span: Where they stand in the printed.
    """

    op: Op
    asked: str
    printed: str
    asked_span: Span
    printed_span: Span


@dataclass(frozen=True, slots=True)
class WordComparison:
    """The result of comparing two texts.

    Attributes:
        kind: None where they are not shown to be one statement.
        score: 1 for verbatim; for a part the share of the longer; for altered words the share in
            common, all by weight.
        pieces: The difference; together they cover both texts.
        reversed: True where the words stand in the printed, but a word that is cut off before or
            behind them reverses them.
    """

    kind: MatchKind | None
    score: float
    pieces: tuple[Piece, ...] = ()
    reversed: bool = False

    @property
    def word_for_word(self) -> bool:
        """True if all the words asked for stand in the printed, with nothing put in."""
        return self.kind is not None and all(
            piece.op not in CHANGES and not (piece.op == "beyond" and piece.asked)
            for piece in self.pieces
        )


NOTHING = WordComparison(None, 0.0)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the difference in tokens."""

    op: Op
    asked: tuple[Token, ...]
    printed: tuple[Token, ...]


def compare(asked: str, printed: str, *, words: Vocabulary) -> WordComparison:
    """Compare a statement asked for with one that was printed."""
    kind, score, segments = compare_tokens(asked, printed, words)
    return WordComparison(kind, score, _pieces(segments, asked, printed)) if kind else NOTHING


def differences(
    asked: str, printed: str, *, words: Vocabulary, quoted: bool = False
) -> tuple[Piece, ...]:
    """Return the difference of two texts that are known to be near, whatever they have in common.

    Args:
        asked: The one text.
        printed: The other.
        words: The vocabulary of their language.
        quoted: The first is a quotation: a "that" at its beginning is a word like any other.

    Returns:
        The pieces; together they cover both texts. None where they share no word.
    """
    return _pieces(_difference(asked, printed, words, quoted=quoted), asked, printed)


def compare_tokens(
    asked: str, printed: str, words: Vocabulary
) -> tuple[MatchKind | None, float, tuple[Segment, ...]]:
    """Compare two texts without the characters of their difference: kind, score, segments."""
    if not may_fit(asked, printed, words):
        return None, 0.0, ()
    segments = _difference(asked, printed, words, must_fit=True)
    return (*_classify(segments, words), segments) if segments else (None, 0.0, ())


def _difference(
    asked: str, printed: str, words: Vocabulary, *, must_fit: bool = False, quoted: bool = False
) -> tuple[Segment, ...]:
    """Return the difference in tokens; none where the texts share no word, or may not fit."""
    ours, theirs = without_opener(asked, words), without_opener(printed, words)
    if quoted and len(theirs) == len(tokens(printed)):
        ours = tokens(asked)
    blocks = align(ours, theirs, words)
    if not blocks or (must_fit and not blocks_may_fit(blocks, asked, printed, words)):
        return ()
    segments = tuple(_segments(ours, theirs, blocks, words))
    return tuple(_reversals_as_changes(segments, asked, printed, words))


def _segments(
    ours: Sequence[Token], theirs: Sequence[Token], blocks: Sequence[Block], words: Vocabulary
) -> Iterator[Segment]:
    """Yield blocks in common and what stands before, between and behind them."""
    a = p = 0
    for number, block in enumerate(blocks):
        between = ours[a : block.asked], theirs[p : block.printed]
        yield from _end(*between, words, left=True) if not number else _between(*between, words)
        a, p = block.asked + block.size, block.printed + block.size
        yield Segment("equal", tuple(ours[block.asked : a]), tuple(theirs[block.printed : p]))
    yield from _end(ours[a:], theirs[p:], words, left=False)


def _between(
    ours: Sequence[Token], theirs: Sequence[Token], words: Vocabulary
) -> Iterator[Segment]:
    """Yield what stands between two blocks, as one segment."""
    if ours or theirs:
        yield Segment(_op(ours, theirs, words), tuple(ours), tuple(theirs))


def _op(ours: Sequence[Token], theirs: Sequence[Token], words: Vocabulary) -> Op:
    said, written = [t for t in ours if not t.gap], [t for t in theirs if not t.gap]
    if (len(said) < len(ours) and not said) or (len(written) < len(theirs) and not written):
        return "gap"
    if _is_insertion_by_editor(said, written, words) or _is_insertion_by_editor(
        written, said, words
    ):
        return "editor"
    return "replace" if said and written else "insert" if written else "delete"


def _is_insertion_by_editor(
    bracketed: Sequence[Token], other: Sequence[Token], words: Vocabulary
) -> bool:
    """Tell whether all words of one side are an editor's.

    They stand for nothing, for words like pronouns ("[Hamas] will", "he will") or for an editor's.
    """
    if (
        not bracketed
        or not all(token.editor for token in bracketed)
        or words.any_reverses(bracketed)
    ):
        return False
    return all(
        token.editor or (token.form in words.replaceable and not words.reverses(token.form))
        for token in other
    )


def _end(
    ours: Sequence[Token], theirs: Sequence[Token], words: Vocabulary, *, left: bool
) -> Iterator[Segment]:
    """Yield what stands before the first block or behind the last.

    As many words as both have replace each other, the rest lies beyond.
    """
    shared = min(len(ours), len(theirs))
    if (
        not shared
        or (left and (ours[-1].gap or theirs[-1].gap))
        or (not left and (ours[0].gap or theirs[0].gap))
    ):
        if ours or theirs:
            yield Segment(
                "editor" if _op(ours, theirs, words) == "editor" else "beyond",
                tuple(ours),
                tuple(theirs),
            )
        return
    (far_ours, near_ours), (far_theirs, near_theirs) = (
        _split_near(ours, shared, left),
        _split_near(theirs, shared, left),
    )
    parts = [Segment(_op(near_ours, near_theirs, words), tuple(near_ours), tuple(near_theirs))]
    if far_ours or far_theirs:
        parts.insert(0 if left else 1, Segment("beyond", tuple(far_ours), tuple(far_theirs)))
    yield from parts


def _split_near(
    side: Sequence[Token], count: int, left: bool
) -> tuple[Sequence[Token], Sequence[Token]]:
    """Return the words far from what was compared, and the `count` words near it.

    An editor's words stay together.
    """
    if left:
        cut = len(side) - count
        while 0 < cut < len(side) and side[cut].editor and side[cut - 1].editor:
            cut -= 1
        return side[:cut], side[cut:]
    while 0 < count < len(side) and side[count].editor and side[count - 1].editor:
        count += 1
    return side[count:], side[:count]


def _reversals_as_changes(
    segments: Sequence[Segment], asked: str, printed: str, words: Vocabulary
) -> Iterator[Segment]:
    """Yield the segments; where one leaves out or cuts off a reversing word it is a change."""
    for place, segment in enumerate(segments):
        if segment.op == "gap":
            hides = words.any_reverses(
                _of_cut_sentences(segment.asked, asked, words)
            ) or words.any_reverses(_of_cut_sentences(segment.printed, printed, words))
            yield replace(segment, op=_change_op(segment)) if hides else segment
        elif segment.op == "beyond":
            yield from _cut_off(segment, asked, printed, words, left=not place)
        else:
            yield segment


def _change_op(segment: Segment) -> Op:
    return (
        "replace"
        if segment.asked and segment.printed
        else "insert"
        if segment.printed
        else "delete"
    )


def _of_cut_sentences(left_out: Sequence[Token], text: str, words: Vocabulary) -> Sequence[Token]:
    """Return the words of a gap whose sentence has words outside it.

    Whole sentences inside it may say what they like.
    """
    ends = sentence_ends(left_out, text, words)
    if not ends:
        return left_out
    whole = ends_sentence(text[: left_out[0].start][-6:])
    return [*(() if whole else left_out[: ends[0] + 1]), *left_out[ends[-1] + 1 :]]


def _cut_off(
    beyond: Segment, asked: str, printed: str, words: Vocabulary, *, left: bool
) -> Iterator[Segment]:
    """Yield the words at an end, and as a change those of them that are more than a rest.

    These stand beside what was compared and reverse it, or the asking adds a few of them to what
    was printed.
    """
    added = _same_sentence(beyond.asked, asked, left, words)
    few = 0 < len(added) <= MAX_ADDED_WORDS and not all(token.editor for token in added)
    ours = len(added) if few else words_to_reversal(added, asked, words, left=left)
    theirs = words_to_reversal(
        _same_sentence(beyond.printed, printed, left, words), printed, words, left=left
    )
    if not (ours or theirs):
        yield beyond
        return
    (far_asked, near_asked), (far_printed, near_printed) = (
        _split_near(beyond.asked, ours, left),
        _split_near(beyond.printed, theirs, left),
    )
    near = Segment("delete", tuple(near_asked), tuple(near_printed))
    parts = [replace(near, op=_change_op(near))]
    if far_asked or far_printed:
        parts.insert(0 if left else 1, Segment("beyond", tuple(far_asked), tuple(far_printed)))
    yield from parts


def _same_sentence(
    beyond: Sequence[Token], text: str, left: bool, words: Vocabulary
) -> Sequence[Token]:
    """Return the words at an end that are in one sentence with what they stand beside."""
    if not beyond:
        return ()
    if left:
        ends = sentence_ends(beyond, text, words)
        return beyond[ends[-1] + 1 :] if ends else beyond
    before = text[: beyond[0].start]
    if ends_sentence(before[-4:]):
        return ()
    ends = sentence_ends(beyond, text, words)
    return beyond[: ends[0] + 1] if ends else beyond


def sentence_ends(beyond: Sequence[Token], text: str, words: Vocabulary) -> list[int]:
    """Return the places of the words behind which a sentence ends, no abbreviation or initial."""
    return [
        place
        for place, token in enumerate(beyond)
        if ends_sentence(_up_to_word(text, token.end))
        and token.form not in words.abbreviations
        and (len(token.form) > 1 or token.form == "i" or token.number)
    ]


def _up_to_word(text: str, at: int) -> str:
    """Return what stands between a place in a text and the next word."""
    end = at
    while end < len(text) and not text[end].isalnum():
        end += 1
    return text[at:end]


def _classify(segments: Sequence[Segment], words: Vocabulary) -> tuple[MatchKind | None, float]:
    """Return the kind and the score."""
    common = [token.form for s in segments if s.op == "equal" for token in s.asked]
    changed = [s for s in segments if s.op in CHANGES]
    rest = _rest(segments)
    if changed:
        return _classify_altered(common, changed, rest, words)
    if not any(rest):  # an editor's "[not ...]" at an end is no insertion that counts for nothing
        rest = _rest(segments, editor=True)
    if not any(rest):
        return "verbatim", 1.0
    shared, content_weight = _weight(common, words), words.content_weight(common)
    share = shared / (shared + max(_weight(side, words) for side in rest))
    enough = content_weight >= MIN_PARTIAL_WEIGHT or (
        share >= MIN_ALTERED_SHARE and content_weight >= DEFAULT_WEIGHT
    )
    return ("partial", share) if enough else (None, 0.0)


def _classify_altered(
    common: Sequence[str],
    changed: Sequence[Segment],
    rest: tuple[list[str], list[str]],
    words: Vocabulary,
) -> tuple[MatchKind | None, float]:
    """Return kind and score of words that differ.

    `rest` are the words of the asked and of the printed beyond what was compared. Words that stand
    elsewhere in the other count half.
    """
    deleted, inserted = _spoken(s.asked for s in changed), _spoken(s.printed for s in changed)
    moved = list((Counter(deleted + rest[0]) & Counter(inserted + rest[1])).elements())
    shared = _weight(common, words) + _weight(moved, words) / 2
    compared = 2 * _weight(common, words) + _weight(deleted, words) + _weight(inserted, words)
    asked = _weight(common, words) + _weight(deleted, words) + _weight(rest[0], words)
    score = min(1.0, 2 * shared / compared) if compared else 0.0
    if score < MIN_ALTERED_SHARE or shared / asked < MIN_COVERED_SHARE:
        return None, 0.0
    content_weight = words.content_weight(common) + words.content_weight(moved)
    whole = shared / (shared + max(_weight(side, words) for side in rest))
    if score >= MIN_NEARLY_SAME and content_weight >= DEFAULT_WEIGHT and whole >= MIN_ALTERED_SHARE:
        return "altered", score
    return (
        ("altered", score)
        if content_weight >= MIN_ALTERED_WEIGHT + (DEFAULT_WEIGHT if score < MIN_MOSTLY_SAME else 0)
        else (None, 0.0)
    )


def _rest(segments: Iterable[Segment], *, editor: bool = False) -> tuple[list[str], list[str]]:
    """Return the words of the asked and of the printed that lie beyond what was compared."""
    beyond = [s for s in segments if s.op == "beyond"]
    ours, theirs = (s.asked for s in beyond), (s.printed for s in beyond)
    return _spoken(ours, editor=editor), _spoken(theirs, editor=editor)


def _spoken(sides: Iterable[Sequence[Token]], *, editor: bool = False) -> list[str]:
    """Return the words of the segments that are not an editor's; with `editor` those that are."""
    return [t.form for side in sides for t in side if not t.gap and t.editor == editor]


def _weight(forms: Iterable[str], words: Vocabulary) -> float:
    return sum(map(words.weight, forms))


def _pieces(segments: Sequence[Segment], asked: str, printed: str) -> tuple[Piece, ...]:
    """Return the segments with their characters: together they cover both texts."""
    ours = _spans_of([s.asked for s in segments], asked)
    theirs = _spans_of([s.printed for s in segments], printed)
    return tuple(
        Piece(s.op, a.of(asked), p.of(printed), a, p)
        for s, a, p in zip(segments, ours, theirs, strict=True)
    )


def _spans_of(parts: Sequence[Sequence[Token]], text: str) -> list[Span]:
    """Return the span of each part with the marks around it.

    Marks between two parts belong to the word that they touch.
    """
    spans: list[Span] = []
    at = 0
    for number, part in enumerate(parts):
        following = next((later[0].start for later in parts[number + 1 :] if later), None)
        if not part:
            spans.append(Span(at, at))
            continue
        end = len(text) if following is None else _end_of_word(text, part[-1].end, following)
        spans.append(Span(at, end))
        at = end
    return [strip_span(span, text) for span in spans]


def _end_of_word(text: str, end: int, following: int) -> int:
    """Return where the marks end that touch the word before."""
    while end < following and not text[end].isspace():
        end += 1
    return end
