"""Wording: how the words of a claim differ from a passage of a source.

In: a claim and the sentences or quotation of a source that may hold it. Out: `Wording`: the same,
the same but trimmed, altered, or apart; the differences, each of a kind; what was cut off.
Brackets and ellipses of the draft are understood (`quotes.statements.comparison`), fillers and
false starts of the source by the clean-verbatim rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from quotes.language import Language
from quotes.records import Span
from quotes.statements.comparison import CHANGES, Piece, differences, sentence_ends
from quotes.statements.tokens import (
    GAP,
    Token,
    count_words,
    forms,
    tokens,
    word_tokens,
)
from quotes.statements.weights import DEFAULT_WEIGHT, Vocabulary
from quotes.verification.clean_verbatim import may_be_left_out
from quotes.verification.findings import Change
from quotes.verification.sense_changes import (
    cut_senses,
    limits,
    reverses,
    same_in_writing,
    sense_words,
    senses,
)

WordingKind = Literal["verbatim", "trimmed", "altered", "apart"]

MIN_ALTERED_SHARE = 0.6  # of the claim's words, by weight, that an altered quotation has in common
MIN_ALTERED_WEIGHT = 1.0  # of words in common that are not common ones ...
MIN_ALTERED_RUN = 5  # ... or so many words in a row, whatever they are, with a smaller share
MIN_RUN_SHARE = 0.5
MIN_ALTERED_CHANGES = 3  # from so many on, with less in common, words are another wording ...
MIN_MANY_CHANGES_SHARE = 0.9
MIN_LONG_CHANGE = 4  # ... and so are so many words of the claim in a row, with less in common
MIN_LONG_CHANGE_SHARE = 0.85
MIN_MOVED_COVERAGE = 0.7  # of the claim's stems: they stand elsewhere in the passage
MAX_DROPPED_WORDS = 10  # left out without a mark: more are parts from different places
MIN_PART_WORDS = 3  # in a row, for them to be a part that stands elsewhere
MAX_GAP_WORDS = 60  # left out at an ellipsis or between parts

NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Wording:
    """How the words of a claim differ from a passage.

    Attributes:
        kind: None where the passage does not hold the claim; "apart" where parts of the claim
            stand in it with more between than one may leave out.
        share: The share of the claim's words in common, by weight.
        changes: The differences.
        pieces: The difference word by word.
        matched: The part of the passage that stands for the claim.
    """

    kind: WordingKind | None
    share: float
    changes: tuple[Change, ...] = ()
    pieces: tuple[Piece, ...] = ()
    matched: Span = NOWHERE


NOTHING = Wording(None, 0.0)


def compare_wording(
    claim: str, passage: str, *, language: Language, strict: bool = False, frame: str = ""
) -> Wording:
    """Compare the words of a claim with the sentences or the quotation that may hold them.

    Args:
        claim: The words of the claim.
        passage: The words of the source.
        language: Their language.
        strict: Take fillers and false starts for words like any others.
        frame: The content in which the claim stands in the draft: a not in it stands for one
            that is cut off.
    """
    known = sense_words(language)
    pieces = differences(claim, passage, words=known.vocabulary, quoted=True)
    if not pieces:
        return NOTHING
    if reverses(frame, language):
        pieces = tuple(_without_reversals_at_ends(pieces))
    changes = tuple(_changes(pieces, claim, passage, language, strict))
    share, content = _in_common(pieces, changes, claim, language)
    own = [piece.printed_span for piece in compared_pieces(pieces) if piece.printed]
    matched = Span(own[0].start, own[-1].end)
    cut = _without_stray_end(pieces, changes, passage, known.vocabulary)
    if cut is not None:
        return compare_wording(claim, cut, language=language, strict=strict, frame=frame)
    longest = max(count_words(piece.asked) for piece in pieces if piece.op == "equal")
    kind = _kind(changes, share, content, longest, known.vocabulary)
    return Wording(kind, share, changes, pieces, matched)


def compared_pieces(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the pieces without what lies before and behind the words compared in the source."""
    equal = [number for number, piece in enumerate(pieces) if piece.op == "equal"]
    first, last = (equal[0], equal[-1]) if equal else (0, len(pieces) - 1)
    return tuple(
        piece
        for number, piece in enumerate(pieces)
        if first <= number <= last or piece.op in CHANGES or piece.asked
    )


def _without_reversals_at_ends(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces; a not that is cut off is no change where the draft has one around."""
    equal = [number for number, piece in enumerate(pieces) if piece.op == "equal"]
    for number, piece in enumerate(pieces):
        at_end = not equal[0] < number < equal[-1]
        yield replace(piece, op="beyond") if at_end and piece.op == "insert" else piece


def _without_stray_end(
    pieces: Sequence[Piece], changes: Sequence[Change], passage: str, words: Vocabulary
) -> str | None:
    """Return the passage without an end of which a word or two are the claim's, far from the rest.

    None where there is no such end. Offsets stay.
    """
    equal = [number for number, piece in enumerate(pieces) if piece.op == "equal"]
    if len(equal) < 2 or not any(_is_apart(change, words) for change in changes):
        return None
    for end, other in ((equal[-1], equal[-2]), (equal[0], equal[1])):
        span, near = pieces[end].printed_span, pieces[other].printed_span
        between = passage[min(near.end, span.end) : max(near.start, span.start)]
        if count_words(pieces[end].asked) >= MIN_PART_WORDS or not _is_far(between, words):
            continue
        return passage[: near.end] if end > other else " " * near.start + passage[near.start :]
    return None


def _is_far(between: str, words: Vocabulary) -> bool:
    return _is_apart(Change("words", "", between), words)


def _kind(
    changes: Sequence[Change], share: float, content: float, longest: int, words: Vocabulary
) -> WordingKind | None:
    if any(_is_apart(change, words) for change in changes):
        return "apart" if share >= MIN_ALTERED_SHARE else None
    altered = [change for change in changes if change.kind == "words"]
    if altered:
        whole = not any(change.claim for change in altered)  # nothing but words of the source
        if longest >= MIN_ALTERED_RUN:
            return "altered" if share >= MIN_RUN_SHARE else None
        enough = whole or content >= MIN_ALTERED_WEIGHT
        return "altered" if share >= MIN_ALTERED_SHARE and enough else None
    shorter = any(change.kind in ("cut off", "left out", "ellipsis") for change in changes)
    return "trimmed" if shorter else "verbatim"


def _is_apart(change: Change, words: Vocabulary) -> bool:
    """Tell whether so much is left out that the words around it are parts of different places."""
    count = count_words(change.source)
    if change.kind == "left out":
        return count > MAX_GAP_WORDS
    if change.kind != "words" or change.claim:
        return False
    text = change.source + " "
    return count > MAX_DROPPED_WORDS or (
        count > 2 and bool(sentence_ends(word_tokens(text), text, words))
    )


def _changes(
    pieces: Sequence[Piece], claim: str, passage: str, language: Language, strict: bool
) -> Iterable[Change]:
    """Yield the differences of the words, each of its kind."""
    equal = [n for n, piece in enumerate(pieces) if piece.op == "equal"]
    first, last = equal[0], equal[-1]
    before = _joined(pieces[:first])
    editors = all(piece.op == "editor" for piece in pieces[:first])  # no note of a transcriber
    if not (strict or editors) and before and _only_fillers(before, passage, language):
        yield Change("filler", "", before.printed)
        pieces = [replace(p, printed="") if n < first else p for n, p in enumerate(pieces)]
    for number, piece in enumerate(pieces):
        if piece.op == "equal" or not (piece.asked or piece.printed):
            continue
        if piece.op == "gap" and not count_words(piece.asked):
            yield from _at_a_gap(piece, passage, language, strict)
        elif piece.op == "editor" and _is_editors(piece, claim, passage, language):
            yield Change("editor", piece.asked, piece.printed)
        elif not first < number < last:
            yield from _at_an_end(piece, passage, language, strict, left=number < first)
        elif same_in_writing(piece.asked, piece.printed, language):
            yield Change("spelling", piece.asked, piece.printed)
        elif not strict and _only_fillers(piece, passage, language):
            yield Change("filler", piece.asked, piece.printed)
        else:
            found = senses(piece.asked, piece.printed, language)
            yield Change("words", piece.asked, piece.printed, found)


def _at_a_gap(piece: Piece, passage: str, language: Language, strict: bool) -> Iterable[Change]:
    """Yield what an ellipsis of the draft leaves out, or one of the source that it leaves out.

    Where both have one, nothing differs.
    """
    if GAP not in {token.form for token in tokens(f"a {piece.asked} b")}:
        yield Change("ellipsis", piece.asked, piece.printed)
    elif count_words(piece.printed):
        filler = not strict and _only_fillers(piece, passage, language)
        yield Change("filler" if filler else "left out", piece.asked, piece.printed)


def _is_editors(piece: Piece, claim: str, passage: str, language: Language) -> bool:
    """Tell whether words in brackets are all that differs, so that a reader sees who put them in.

    The draft has words in brackets, for nothing or for a pronoun or the like, or leaves those of
    the source out. Where both have some they must be the same: words of the draft's own without
    brackets never stand for those of the source. Nor do brackets make words that limit the sense
    another's.
    """
    ours = _words_in(piece.asked_span, claim)
    theirs = _words_in(piece.printed_span, passage)
    if same_in_writing(piece.asked, piece.printed, language):
        return all(token.editor for token in ours)
    if limits(piece.asked, piece.printed, language):
        return False
    if not ours:
        return not _cuts_brackets(piece.printed_span, passage)
    if any(token.editor for token in theirs) or not all(token.editor for token in ours):
        return False
    replaceable = sense_words(language).vocabulary.replaceable
    if any(token.form not in replaceable for token in theirs):
        return False
    return bool(theirs) or not _in_brackets(piece.printed_span, passage)


def _words_in(span: Span, text: str) -> list[Token]:
    return [token for token in word_tokens(text) if span.start <= token.start < span.end]


def _cuts_brackets(span: Span, text: str) -> bool:
    """Tell whether words of a text are in brackets with others before or behind them."""
    inside = _words_in(span, text)
    before = [token for token in word_tokens(text) if token.end <= inside[0].start][-1:]
    after = [token for token in word_tokens(text) if token.start >= inside[-1].end][:1]
    beside = pairwise([*before, *inside[:1]]), pairwise([*inside[-1:], *after])
    return any(
        one.editor and other.editor and "]" not in text[one.start : other.start]
        for pairs in beside
        for one, other in pairs
    )


def _in_brackets(span: Span, text: str) -> bool:
    """Tell whether the place of a piece of a text has brackets around it."""
    return text.rfind("[", 0, span.start) > text.rfind("]", 0, span.start)


def _joined(pieces: Sequence[Piece]) -> Piece | None:
    """Return what stands before the first words in common as one piece; None for nothing."""
    own = [piece for piece in pieces if piece.printed]
    if not own:
        return None
    span = Span(own[0].printed_span.start, own[-1].printed_span.end)
    asked = " ".join(piece.asked for piece in pieces if piece.asked)
    printed = " ".join(piece.printed for piece in own)
    return Piece("beyond", asked, printed, pieces[0].asked_span, span)


def _at_an_end(
    piece: Piece, passage: str, language: Language, strict: bool, *, left: bool
) -> Iterable[Change]:
    """Yield what an end of the claim adds to the source or cuts off of it."""
    if not piece.asked and not strict and _only_fillers(piece, passage, language):
        yield Change("filler", "", piece.printed)
        return
    if piece.asked and same_in_writing(piece.asked, piece.printed, language):
        yield Change("spelling", piece.asked, piece.printed)
        return
    if piece.op in ("replace", "editor") and piece.asked:
        yield Change(
            "words", piece.asked, piece.printed, senses(piece.asked, piece.printed, language)
        )
        return
    if count_words(piece.asked):
        yield Change("words", piece.asked, "", senses(piece.asked, "", language))
    if not count_words(piece.printed):
        return
    if piece.op in CHANGES:
        yield Change("words", "", piece.printed, senses("", piece.printed, language))
    else:
        yield Change("cut off", "", piece.printed, cut_senses(piece.printed, language, before=left))


def longest_addition(wording: Wording) -> int:
    """Count the words of the longest stretch that the claim has and the passage has not."""
    words = [change for change in wording.changes if change.kind == "words"]
    return max((count_words(change.claim) for change in words if not change.source), default=0)


def is_reworded(wording: Wording, coverage: float) -> bool:
    """Tell whether so much differs that it is another wording of the passage, not an alteration.

    Args:
        wording: How the words differ.
        coverage: The share of the claim's stems that the passage has, wherever they stand.
    """
    changed = [change for change in wording.changes if change.kind == "words"]
    if len(changed) >= MIN_ALTERED_CHANGES and wording.share < MIN_MANY_CHANGES_SHARE:
        return True
    longest = max((count_words(change.claim) for change in changed), default=0)
    return (
        longest >= MIN_LONG_CHANGE
        and wording.share < MIN_LONG_CHANGE_SHARE
        and coverage >= MIN_MOVED_COVERAGE
    )


def _only_fillers(piece: Piece, passage: str, language: Language) -> bool:
    """Tell whether a piece leaves out nothing but what clean-verbatim transcription does."""
    if count_words(piece.asked) or not piece.printed:
        return False
    start, end = piece.printed_span.start, piece.printed_span.end
    if may_be_left_out(passage, start, end, language):
        return True
    left = list(word_tokens(passage[:start]))
    inside = list(word_tokens(passage[start:end]))
    # "on, you know, on": which of the two is left out cannot be told
    while left and len(inside) > 1 and left[-1].form == inside[-1].form:
        end = start + inside[-2].end
        moved = left.pop()
        if may_be_left_out(passage, moved.start, end, language):
            return True
        inside.pop()
    return False


def _in_common(
    pieces: Sequence[Piece], changes: Sequence[Change], claim: str, language: Language
) -> tuple[float, float]:
    """Return the share of the claim's words in common, and the weight of those that say much."""
    words = sense_words(language).vocabulary

    def weigh(texts: Iterable[str]) -> float:
        found = (t for text in texts for t in tokens(text) if not (t.gap or t.editor))
        return sum(words.weight(token.form) for token in found)

    whole = weigh([claim])
    altered = [change for change in changes if change.kind == "words" and change.claim]
    pairs = [(Counter(forms(c.claim)), Counter(forms(c.source))) for c in altered]
    differing = weigh(" ".join((ours - theirs).elements()) for ours, theirs in pairs)
    inserted = weigh(" ".join((theirs - ours).elements()) for ours, theirs in pairs)
    dropped = weigh(
        c.source for c in changes if c.kind == "words" and not c.claim and not _is_apart(c, words)
    )
    shared = max(0.0, whole - differing)
    both = whole + min(inserted, differing) + dropped / 2
    equal = [t.form for p in pieces if p.op == "equal" for t in tokens(p.asked)]
    content = words.content_weight(equal)
    if not any(change.kind == "words" for change in changes):
        content = max(content, DEFAULT_WEIGHT)
    return (min(1.0, 2 * shared / (shared + both)) if both else 1.0), content
