"""Wording: how the words of a claim differ from a passage of a source.

In: a claim and the sentences or quotation of a source that may hold it. Out: `Wording`: the same,
the same but trimmed, altered, or apart; the differences, each of a kind; what was cut off.
Brackets and ellipses of the draft are understood (`quotes.statements.comparison`), fillers and
false starts of the source by the clean-verbatim rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from quotes.language import Language
from quotes.language.lexicon import load_lexicon
from quotes.records import Span
from quotes.statements.comparison import Piece, differences
from quotes.statements.tokens import GAP, ends_sentence, tokens
from quotes.statements.weights import DEFAULT_WEIGHT
from quotes.verification.clean_verbatim import may_be_left_out
from quotes.verification.findings import Change
from quotes.verification.sense_changes import (
    conditional,
    reverses,
    same_in_writing,
    sense_words,
    senses,
)

WordingKind = Literal["verbatim", "trimmed", "altered", "apart"]

MIN_ALTERED_SHARE = 0.6  # of the claim's words, by weight, that an altered quotation has in common
MIN_ALTERED_WEIGHT = 1.0  # of words in common that are not common ones
MAX_DROPPED_WORDS = 10  # left out without a mark: more are parts from different places
MAX_WORD_CHARS = 30
CLAUSE_END = re.compile(r"[,;:—–]\s*$")
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
    pieces = differences(claim, passage, words=known.vocabulary)
    if not pieces:
        return NOTHING
    changes = tuple(_changes(pieces, passage, language, strict, frame))
    share, content = _in_common(pieces, changes, claim, language)
    equal = [piece.printed_span for piece in pieces if piece.op == "equal"]
    matched = Span(equal[0].start, equal[-1].end)
    return Wording(_kind(changes, share, content), share, changes, pieces, matched)


def _kind(changes: Sequence[Change], share: float, content: float) -> WordingKind | None:
    if any(_is_apart(change) for change in changes):
        return "apart" if share >= MIN_ALTERED_SHARE else None
    altered = [change for change in changes if change.kind == "words"]
    if altered:
        whole = not any(change.claim for change in altered)  # nothing but words of the source
        enough = share >= MIN_ALTERED_SHARE and (whole or content >= MIN_ALTERED_WEIGHT)
        return "altered" if enough else None
    return "trimmed" if any(c.kind in ("cut off", "left out") for c in changes) else "verbatim"


def _is_apart(change: Change) -> bool:
    """Tell whether so much is left out that the words around it are parts of different places."""
    count = sum(1 for token in tokens(change.source) if not token.gap)
    if change.kind == "left out":
        return count > MAX_GAP_WORDS
    if change.kind != "words" or change.claim:
        return False
    return count > MAX_DROPPED_WORDS or (count > 2 and ends_sentence(change.source + " "))


def _changes(
    pieces: Sequence[Piece], passage: str, language: Language, strict: bool, frame: str
) -> Iterable[Change]:
    """Yield the differences of the words, each of its kind."""
    equal = [n for n, piece in enumerate(pieces) if piece.op == "equal"]
    first, last = equal[0], equal[-1]
    for number, piece in enumerate(pieces):
        inside = first < number < last
        if piece.op == "equal" or not (piece.asked or piece.printed):
            continue
        if piece.op == "gap" and GAP in {t.form for t in tokens(f"a {piece.asked} b")}:
            if piece.printed:
                yield Change("left out", piece.asked, piece.printed)
        elif piece.op == "editor":
            yield Change("editor", piece.asked, piece.printed)
        elif not inside:
            yield from _at_an_end(piece, passage, language, strict, frame, left=number < first)
        elif same_in_writing(piece.asked, piece.printed, language):
            yield Change("spelling", piece.asked, piece.printed)
        elif not strict and _only_fillers(piece, passage, language):
            yield Change("filler", piece.asked, piece.printed)
        else:
            found = senses(piece.asked, piece.printed, language)
            yield Change("words", piece.asked, piece.printed, found)


def _at_an_end(
    piece: Piece, passage: str, language: Language, strict: bool, frame: str, *, left: bool
) -> Iterable[Change]:
    """Yield what an end of the claim adds to the source or cuts off of it."""
    if not piece.asked and not strict and _only_fillers(piece, passage, language):
        yield Change("filler", "", piece.printed)
        return
    if piece.asked and same_in_writing(piece.asked, piece.printed, language):
        yield Change("spelling", piece.asked, piece.printed)
        return
    if piece.op == "replace" and piece.asked:
        yield Change(
            "words", piece.asked, piece.printed, senses(piece.asked, piece.printed, language)
        )
        return
    if _has_words(piece.asked):
        yield Change("words", piece.asked, "", senses(piece.asked, "", language))
    if not _has_words(piece.printed):
        return
    turned = piece.op in ("insert", "replace", "delete") and not reverses(frame, language)
    if turned and not (left and _begins_clause(passage, piece.printed_span.end, language)):
        yield Change("words", "", piece.printed, senses("", piece.printed, language))
    else:
        limits = not left and conditional(piece.printed, language)
        yield Change("cut off", "", piece.printed, ("condition",) if limits else ())


def _begins_clause(passage: str, end: int, language: Language) -> bool:
    """Tell whether a clause of its own begins at an offset: ", and we will", ", who will".

    A word that reverses what stands before it does not reverse that clause.
    """
    if not CLAUSE_END.search(passage[:end]):
        return False
    lexicon = load_lexicon(language)
    first = next(iter(tokens(passage[end : end + MAX_WORD_CHARS])), None)
    opener = first.form if first else ""
    return (
        opener in lexicon.pronouns
        or opener in lexicon.determiners
        or opener in language.words("reporter-conjunctions")
    )


def _has_words(text: str) -> bool:
    return any(not token.gap for token in tokens(text))


def _only_fillers(piece: Piece, passage: str, language: Language) -> bool:
    """Tell whether a piece leaves out nothing but what clean-verbatim transcription does."""
    span = piece.printed_span
    return not _has_words(piece.asked) and may_be_left_out(passage, span.start, span.end, language)


def _in_common(
    pieces: Sequence[Piece], changes: Sequence[Change], claim: str, language: Language
) -> tuple[float, float]:
    """Return the share of the claim's words in common, and the weight of those that say much."""
    words = sense_words(language).vocabulary

    def weigh(texts: Iterable[str]) -> float:
        found = (t for text in texts for t in tokens(text) if not (t.gap or t.editor))
        return sum(words.weight(token.form) for token in found)

    whole = weigh([claim])
    differing = weigh(change.claim for change in changes if change.kind == "words")
    inserted = weigh(
        c.source for c in changes if c.kind == "words" and c.claim and not _is_apart(c)
    )
    dropped = weigh(
        c.source for c in changes if c.kind == "words" and not c.claim and not _is_apart(c)
    )
    shared = max(0.0, whole - differing)
    both = whole + min(inserted, differing) + dropped / 2
    equal = [t.form for p in pieces if p.op == "equal" for t in tokens(p.asked)]
    content = sum(words.weight(form) for form in equal if form not in words.common)
    if not any(change.kind == "words" for change in changes):
        content = max(content, DEFAULT_WEIGHT)
    return (min(1.0, 2 * shared / (shared + both)) if both else 1.0), content
