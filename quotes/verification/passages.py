"""Passages: the places of sources that may hold a claim, each with its wording.

In: a claim and an index. Out: `Passage`s, those with the best wording first, without asking who
speaks there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quotes.language import Language
from quotes.records import Span
from quotes.statements.comparison import differences
from quotes.statements.tokens import forms, tokens, word_tokens
from quotes.verification.findings import Claim, Evidence
from quotes.verification.passage_index import IndexedStream, PassageIndex, Window
from quotes.verification.sense_changes import plain_words, sense_words
from quotes.verification.wording import NOWHERE, Wording, WordingKind, compare_wording

MAX_OCCURRENCES = 40  # places that have the very words of a claim
MAX_WINDOWS = 8  # others that are compared word by word
OPENING = frozenset("“‘„«([$€£¥#@")
ROOM_FOR_GAP = 30  # words that an ellipsis may stand for, when places are looked for
RANKS: dict[WordingKind | None, int] = {
    "verbatim": 0,
    "trimmed": 1,
    "altered": 2,
    "apart": 3,
    None: 4,
}


@dataclass(frozen=True, eq=False)
class Passage:
    """A place of a source that may hold a claim.

    Attributes:
        stream: The words in which it stands.
        unit: The sentences or the quotation that are compared, in the stream's text.
        wording: How the claim differs from them.
        coverage: The share of the claim's stems that the place has, by their rarity in the sources,
            common words left out.
        stems: How many different ones it has.
        place: The sentences from the first to the last of them, in the stream's text.
    """

    stream: IndexedStream
    unit: Span
    wording: Wording
    coverage: float
    stems: int
    place: Span

    @property
    def matched(self) -> Span:
        """What stands for the claim, in the stream's text."""
        start, own = self.unit.start, self.wording.matched
        return Span(start + own.start, start + own.end) if len(own) else self.unit

    @property
    def from_word(self) -> Span:
        """The place from its first word on, without a mark that closes what stands before it."""
        text, start, end = self.stream.stream.text, self.place.start, self.place.end
        while start < end and not (text[start].isalnum() or text[start] in OPENING):
            start += 1
        return Span(start, end)

    @property
    def in_one_quotation(self) -> bool:
        """False where parts of it are separate quotations of an article."""
        own = self.stream
        parts = own.stream.parts(self.matched)
        if own.stream.running:
            parts = own.source.marked_parts(parts[0]) if len(parts) == 1 else ()
        return len(parts) < 2 or own.source.quoted_together(parts)


def find_passages(
    claim: Claim, index: PassageIndex, *, language: Language, strict: bool = False
) -> list[Passage]:
    """Return the places that may hold a claim, the best wording first."""
    asked = forms(claim.words)
    if not asked:
        return []
    gaps = sum(token.gap for token in tokens(claim.words))
    windows = [] if gaps else index.occurrences(asked, limit=MAX_OCCURRENCES)
    if len(windows) < MAX_OCCURRENCES:
        windows += index.windows(asked, limit=MAX_WINDOWS, room=gaps * ROOM_FOR_GAP)
    found = [
        passage
        for window in windows
        for passage in _passages(claim, window, index, language, strict)
    ]
    found.sort(key=lambda p: (RANKS[p.wording.kind], -p.wording.share, -p.coverage))
    return list(_distinct(found))


def _passages(
    claim: Claim,
    window: Window,
    index: PassageIndex,
    language: Language,
    strict: bool,
) -> Iterator[Passage]:
    """Yield the place in a window, in the sentences around it."""
    own = index.streams[window.number]
    whole = Span(own.tokens[window.start].start, own.tokens[window.end - 1].end)
    text = own.stream.text
    pieces = differences(claim.words, whole.of(text), words=index.vocabulary)
    equal = [piece.printed_span for piece in pieces if piece.op == "equal"]
    if not equal:
        return
    first, last = whole.start + equal[0].start, whole.start + equal[-1].end
    unit = own.stream.unit(*_without_marks(text, first, last))
    wording = compare_wording(
        claim.words, unit.of(text), language=language, strict=strict, frame=claim.frame
    )
    coverage, stems, part = _coverage(claim.words, whole.of(text), index, language)
    place = own.stream.unit(whole.start + part.start, whole.start + part.end) if stems else unit
    yield Passage(own, unit, wording, coverage, stems, place)


def _without_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range without the marks at its ends, which belong to the words around, too."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def _coverage(
    claim: str, passage: str, index: PassageIndex, language: Language
) -> tuple[float, int, Span]:
    """Return the share of the claim's stems that a passage has, their number, and where they are.

    They count by their rarity, common ones are left out. A number is there in figures or in words.
    """
    common, known = index.vocabulary.common, sense_words(language)
    content = [form for form in plain_words(claim, known) if form not in common]
    words = word_tokens(passage)
    at = index.stems([token.form for token in words])
    there = {*at, *plain_words(passage, known)}
    stems = [(stem, index.rarity(stem)) for stem in index.stems(content)]
    whole = sum(rarity for _, rarity in stems)
    shared = [(stem, rarity) for stem, rarity in stems if stem in there]
    share = sum(rarity for _, rarity in shared) / whole if whole else 0.0
    found = {stem for stem, _ in shared}
    places = [word for word, stem in zip(words, at, strict=True) if stem in found]
    span = Span(places[0].start, places[-1].end) if places else NOWHERE
    return share, len(found), span


def _distinct(found: Sequence[Passage]) -> Iterator[Passage]:
    """Yield the passages without those at the place of a better one."""
    seen = set[tuple[int, int]]()
    for passage in found:
        place = passage.stream.stream.to_document(passage.matched)
        key = (id(passage.stream.source), place.start)
        if key not in seen:
            seen.add(key)
            yield passage


def evidence_of(passage: Passage) -> Evidence:
    """Return a passage as evidence, with who speaks there."""
    text, matched = passage.stream.stream.text, passage.matched
    unit = passage.unit
    found = evidence_at(passage.stream, matched)
    return replace(
        found,
        before=_line(text[unit.start : matched.start]),
        after=_line(text[matched.end : unit.end]),
        pieces=passage.wording.pieces,
        score=round(passage.wording.share or passage.coverage, 4),
    )


def evidence_at(own: IndexedStream, part: Span) -> Evidence:
    """Return a part of a stream as evidence."""
    source, document = own.source, own.source.document
    place = own.stream.to_document(part)
    page, time = source.page_and_time(place.start)
    return Evidence(
        source=document.id,
        title=document.title,
        outlet=document.outlet,
        place=document.source,
        published=document.published,
        speaker=source.speaker(place),
        line=None if source.stored else source.line(place.start),
        page=page,
        time=time,
        words=_line(part.of(own.stream.text)),
        span=None if source.stored else place,
    )


def _line(text: str) -> str:
    return " ".join(text.split())
