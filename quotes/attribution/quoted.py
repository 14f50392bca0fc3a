"""What quotation marks add to the candidates of the tree.

In: `Analysis` and candidates, one for each cue. Out: candidates whose contents take in whole marked passages; those that had no content get
the mark beside them; marked passages that go on without a cue of their own are joined to the quote before. What is left over is for
`floating`.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from quotes.analysis import Analysis, TokenRange, TokenRanges, token_numbers, token_ranges
from quotes.attribution.candidates import Candidate
from quotes.records import QuoteType, Span

STOPS = re.compile(r"[.?!]['\"’”)\]]*\s+(?=[\"“‘'(\[]*[^\W\d_a-z])|\n")
ENDS_SENTENCE = re.compile(r"[.!?…]['\"’”)\]]*$")
JOINS = re.compile(r"[,;:—–-]\s*$")
LONGEST_TAIL = 3  # words between a closing mark and the cue's clause: "..., on Monday, Smith said"
LONGEST_LEAD = (
    25  # words between the cue and an opening mark: "said in a statement on Tuesday evening: ..."
)
MOSTLY = 0.9  # share of quoted words from which a quote is direct (design: nine tenths)
LONGEST_OPENING = 12  # words of the reporter before a quotation that goes on: But “...”
LOOSE = 5.0  # added to the distance of a cue whose words do not lead up to the mark


@dataclass(frozen=True, slots=True)
class QuotationSite:
    """A top-level mark: its index, its words, and where its paragraph begins and ends."""

    mark: int
    runs: TokenRanges
    paragraph: Span

    @property
    def first(self) -> int:
        return self.runs[0][0]

    @property
    def last(self) -> int:
        return self.runs[-1][1] - 1


def expand(analysis: Analysis, candidate: Candidate) -> Candidate:
    """The candidate with the whole of each mark that its content begins or has its head in.

    A cue inside a mark cannot reach out of it: the content is cut to that mark.
    """
    numbers = set(token_numbers(candidate.content))
    if not numbers:
        return candidate
    if around := analysis.marks_at[candidate.cue]:
        numbers &= token_numbers(analysis.mark_runs[around[-1]])
    low = min(numbers, default=0)
    zone = token_numbers(candidate.cue_words) | token_numbers(candidate.source)
    for mark in sorted({analysis.mark_over(n, candidate.cue) for n in numbers} - {-1}):
        inside = token_numbers(analysis.mark_runs[mark])
        starts = (
            min(inside) >= low
            or candidate.head in inside
            or analysis.mark_over(low, candidate.cue) == mark
        )
        if starts and not inside & zone:
            numbers |= inside
    numbers = _from_colon(analysis, candidate, numbers) | _into_mark(analysis, candidate, numbers)
    bridge = frozenset(
        n
        for n in range(min(numbers, default=0), max(numbers, default=0))
        if n not in zone and analysis.is_punct(n)
    )
    runs = tuple(
        run
        for run in (analysis.trim(r) for r in token_ranges(numbers, bridge=bridge))
        if run[0] < run[1]
    )
    return replace(candidate, content=split_at_marks(analysis, runs, candidate.cue))


def _from_colon(analysis: Analysis, candidate: Candidate, numbers: set[int]) -> set[int]:
    """Before a cue, only the mark that follows a colon: `Smith went on: “It is late,” he said`."""
    for mark in sorted({analysis.mark_over(n, candidate.cue) for n in numbers} - {-1}):
        first = min(token_numbers(analysis.mark_runs[mark]))
        if (
            first > min(numbers)
            and candidate.cue > first
            and analysis.text[
                max(0, analysis.marks[mark].start - 20) : analysis.marks[mark].start
            ].rstrip()[-1:]
            == ":"
        ):
            return {n for n in numbers if n >= first}
    return numbers


def _into_mark(analysis: Analysis, candidate: Candidate, numbers: set[int]) -> set[int]:
    """Before a cue, the words of the sentence that run straight into a mark: `It was “a great success,” she added`."""
    if not numbers:
        return set()
    first = min(numbers)
    mark = analysis.mark_over(first, candidate.cue)
    if mark < 0 or candidate.cue < first or candidate.cue > max(numbers) + LONGEST_TAIL + 4:
        return set()
    low, _ = analysis.sentence(first)
    lead = range(low, min(token_numbers(analysis.mark_runs[mark])))
    words = [n for n in lead if not analysis.is_punct(n)]
    joint = analysis.text[max(0, analysis.marks[mark].start - 2) : analysis.marks[mark].start]
    runs_in = bool(words) and joint[-1:].isspace() and joint[:1].isalnum()
    zone = token_numbers(candidate.cue_words) | token_numbers(candidate.source)
    free = not any(n in zone or analysis.mark_over(n, candidate.cue) >= 0 for n in lead)
    return (
        set(lead)
        if runs_in
        and free
        and analysis.text.find("\n\n", analysis.words[low].span.start, analysis.marks[mark].start)
        < 0
        else set()
    )


def split_at_marks(analysis: Analysis, runs: TokenRanges, cue: int) -> TokenRanges:
    """Ranges cut where one whole mark ends and, with nothing between, another begins (parts in several paragraphs)."""
    out: list[TokenRange] = []
    for a, b in runs:
        start = a
        for n in range(a + 1, b):
            before, here = analysis.mark_over(n - 1, cue), analysis.mark_over(n, cue)
            if (
                "\n" in analysis.gap(analysis.words[n - 1].span.end, analysis.words[n].span.start)
                and before >= 0
                and here >= 0
                and before == here
            ):
                new_part = any(n == run[0] for run in analysis.mark_runs[here])
                if new_part:
                    out.append((start, n))
                    start = n
        out.append((start, b))
    return tuple(out)


def pieces(analysis: Analysis, numbers: frozenset[int], cue: int) -> TokenRanges:
    """Words as ranges without punctuation at their ends, cut where parts of a mark begin."""
    bridge = frozenset(
        n for n in range(min(numbers, default=0), max(numbers, default=0)) if analysis.is_punct(n)
    )
    runs = (analysis.trim(run) for run in token_ranges(numbers, bridge=bridge))
    return split_at_marks(analysis, tuple(run for run in runs if run[0] < run[1]), cue)


def places(analysis: Analysis, paragraphs: Iterable[Span]) -> tuple[QuotationSite, ...]:
    """The top-level marks that hold words, in text order."""
    spans = sorted(paragraphs)
    starts = [s.start for s in spans]
    out = []
    for index, mark in enumerate(analysis.marks):
        if mark.level == 0 and analysis.mark_runs[index]:
            at = max(0, bisect.bisect_right(starts, mark.start) - 1)
            last = max(at, bisect.bisect_right(starts, max(mark.start, mark.end - 1)) - 1)
            around = (
                Span(spans[at].start, max(spans[last].end, mark.end))
                if spans
                else Span(mark.start, mark.end)
            )
            out.append(QuotationSite(index, analysis.mark_runs[index], around))
    return tuple(out)


def is_speech(analysis: Analysis, place: QuotationSite) -> bool:
    """Whether a mark holds a sentence or clause rather than a title, a nickname or a word held at arm's length.

    A sentence: at least five words with a verb among them, or any words that end with sentence punctuation inside the marks and begin
    where a sentence begins.
    """
    numbers = [n for n in sorted(token_numbers(place.runs)) if not analysis.is_punct(n)]
    inner = analysis.marks[place.mark].parts[-1].of(analysis.text).rstrip()
    ends = bool(inner) and inner[-1] in ".!?…,—–-"
    verbs = any(analysis.words[n].upos in ("VERB", "AUX") for n in numbers)
    if len(numbers) >= 5:
        return verbs or ends
    return ends and begins_sentence(analysis, place) and (len(numbers) > 1 or inner[-1] in ".!?,")


def begins_sentence(analysis: Analysis, place: QuotationSite) -> bool:
    """Whether only the paragraph's start or the end of a sentence stands before the mark."""
    before = analysis.text[place.paragraph.start : analysis.marks[place.mark].start].rstrip()
    return not before or bool(ENDS_SENTENCE.search(before)) or before[-1] in ":—–"


def claimed(candidates: Iterable[Candidate], analysis: Analysis) -> frozenset[int]:
    """The marks that hold content of a candidate whose cue is outside them."""
    return frozenset(
        m
        for c in candidates
        for n in token_numbers(c.content)
        if (m := analysis.mark_over(n, c.cue)) >= 0
    )


def zone_of(candidate: Candidate) -> TokenRange:
    """From the first to behind the last word of cue and source."""
    numbers = token_numbers(candidate.cue_words)
    if not candidate.inherits:
        numbers |= token_numbers(candidate.source)
    return min(numbers), max(numbers) + 1


def link(
    analysis: Analysis, candidates: tuple[Candidate, ...], marked: tuple[QuotationSite, ...]
) -> tuple[Candidate, ...]:
    """Candidates with the marks beside their cue as content, where no other candidate holds them already.

    A candidate whose content the tree gave in words outside of marks keeps it, unless that content is loose or the quotation ends right
    before the clause of the cue ("...," Smith, the winner, said): then the quotation is the content.
    """
    taken = set(claimed(candidates, analysis))
    out = list(candidates)
    frames = [i for i, c in enumerate(candidates) if not analysis.marks_at[c.cue]]
    for place in marked:
        if place.mark in taken:
            continue
        near = [
            (score, i)
            for i in frames
            if (score := _nearness(analysis, out[i], place)) is not None
            and _open(analysis, out[i], place)
        ]
        near = [
            (score, i)
            for score, i in near
            if score < LOOSE or not _goes_on_from(analysis, out, place)
        ]
        if not near:
            continue
        at = out[min(near)[1]]
        keep = at.content if claimed([at], analysis) else ()
        new = _fragment(analysis, at, place) if not keep else place.runs
        out[min(near)[1]] = replace(
            at,
            content=tuple(sorted({*keep, *new})),
            head=place.first if not keep else at.head,
            loose=False,
        )
        taken.add(place.mark)
    return tuple(out)


def _goes_on_from(analysis: Analysis, candidates: list[Candidate], place: QuotationSite) -> bool:
    """Whether a content ends right before the mark, in its sentence: the mark goes on with it rather than with a cue far away."""
    low = analysis.sentence(place.first)[0]
    return any(
        c.content and low <= c.cue < c.content[0][0] and 0 <= place.first - c.content[-1][1] <= 2
        for c in candidates
    )


def _open(analysis: Analysis, candidate: Candidate, place: QuotationSite) -> bool:
    """Whether a candidate can take a mark: it has no content of its own, holds a quotation already, or follows this one at once."""
    if candidate.marked or candidate.loose or claimed([candidate], analysis):
        return True
    low = zone_of(candidate)[0]
    closes = analysis.marks[place.mark].parts[-1].of(analysis.text).rstrip()[-1:]
    gap = analysis.gap(analysis.marks[place.mark].end, analysis.words[low].span.start)
    return (
        low > place.last and not gap.strip() and closes in ",?!—–-" and is_speech(analysis, place)
    )


def go_on(
    analysis: Analysis, candidates: tuple[Candidate, ...], marked: tuple[QuotationSite, ...]
) -> tuple[Candidate, ...]:
    """Contents that run on to a mark later in the sentence: "says that A, but instead B is “C”" is one content where no other cue stands
    between."""
    taken = set(claimed(candidates, analysis))
    out = list(candidates)
    cues = sorted(c.cue for c in candidates if c.content and not analysis.marks_at[c.cue])
    for place in marked:
        if place.mark in taken or begins_sentence(analysis, place):
            continue
        low, high = analysis.sentence(place.first)
        before = [
            i
            for i, c in enumerate(out)
            if c.content
            and low <= c.cue < c.content[0][0]
            and c.content[-1][1] <= place.first
            and not c.loose
        ]
        if not before:
            continue
        at = max(before, key=lambda i: out[i].cue)
        end = out[at].content[-1][1]
        if analysis.marks_at[out[at].cue] or any(
            out[at].cue < cue < place.first and cue >= end for cue in cues
        ):
            continue
        stop = max(place.last + 1, _clause_end(analysis, place, high))
        out[at] = replace(out[at], content=(*out[at].content[:-1], (out[at].content[-1][0], stop)))
        taken.add(place.mark)
    return tuple(out)


def _clause_end(analysis: Analysis, place: QuotationSite, high: int) -> int:
    """Behind the last word of the phrase that the mark's words belong to, at most the end of the sentence."""
    inside = token_numbers(place.runs)
    tops = [n for n in inside if analysis.head(n) not in inside]
    return min(high, max((max(analysis.subtree(n)) + 1 for n in tops), default=place.last + 1))


def _fragment(analysis: Analysis, candidate: Candidate, place: QuotationSite) -> TokenRanges:
    """The words of a mark; where it only begins in the middle of a clause ("wrote he was “honored” to sell"), of that clause."""
    high = zone_of(candidate)[1]
    gap = analysis.gap(analysis.words[high - 1].span.end, analysis.marks[place.mark].start)
    if high > place.first or lead_in(gap) or is_speech(analysis, place):
        return place.runs
    inside = token_numbers(place.runs)
    top = next((n for n in sorted(inside) if analysis.head(n) not in inside), place.first)
    zone = token_numbers(candidate.cue_words) | token_numbers(candidate.source)
    while (head := analysis.head(top)) >= high and not analysis.subtree(head) & zone:
        top = head
    clause = {n for n in analysis.subtree(top) if n >= high} | inside
    piece = analysis.trim((min(clause), max(clause) + 1))
    return (piece,) if not set(range(*piece)) & zone else place.runs


def _nearness(analysis: Analysis, candidate: Candidate, place: QuotationSite) -> float | None:
    """How far the clause of the cue stands from the mark, in words; None where it is not beside it."""
    low, high = zone_of(candidate)
    if low > place.last:
        return _after(analysis, candidate, place, low)
    return _before(analysis, candidate, place, low, high) if high <= place.first else None


def _after(
    analysis: Analysis, candidate: Candidate, place: QuotationSite, low: int
) -> float | None:
    """The same for a cue that follows the mark: "..., on Monday, Smith said"."""
    mark = analysis.marks[place.mark]
    gap = analysis.gap(mark.end, analysis.words[low].span.start)
    inner = mark.parts[-1].of(analysis.text).rstrip()
    following = next((n for n in range(place.last + 1, low) if not analysis.is_punct(n)), low)
    closes = inner.endswith(".") and not analysis.words[following].form[:1].islower()
    near = low - place.last - 1 <= LONGEST_TAIL + 2 and len(gap.split()) <= (
        0 if candidate.inverted else LONGEST_TAIL
    )
    if candidate.inverted and candidate.cue_words[0][0] != low:
        return None
    return (
        None
        if closes or not near or STOPS.search(gap) or mark.end > place.paragraph.end
        else low - place.last + _far(candidate, place)
    )


def _before(
    analysis: Analysis, candidate: Candidate, place: QuotationSite, low: int, high: int
) -> float | None:
    """The same for a cue that the mark follows: "said in a statement on Tuesday: ...". After a colon the mark may begin the next
    paragraph."""
    if candidate.inverted:
        return None
    gap = analysis.gap(analysis.words[high - 1].span.end, analysis.marks[place.mark].start)
    colon = gap.rstrip().endswith(":")
    tail = gap.rstrip()
    if len(gap.split()) > LONGEST_LEAD or STOPS.search(tail) or ENDS_SENTENCE.search(tail):
        return None
    if (
        "\n" in gap[len(tail) :]
        and analysis.words[low].span.start < place.paragraph.start
        and not colon
    ):
        return None
    return place.first - high + (0.5 if lead_in(gap) else LOOSE) + _far(candidate, place)


def lead_in(gap: str) -> bool:
    """Whether the characters between a cue and a mark lead up to it: nothing, or a comma, colon or dash at the end."""
    return not gap.strip(" \n\t,:") or bool(JOINS.search(gap))


def _far(candidate: Candidate, place: QuotationSite) -> float:
    """A small amount that grows with the distance of the cue itself; it decides between cues that share a source."""
    return min(abs(candidate.cue - place.first), abs(candidate.cue - place.last)) / 1000


def join_runs(
    analysis: Analysis, candidates: tuple[Candidate, ...], marked: tuple[QuotationSite, ...]
) -> tuple[Candidate, ...]:
    """Marked sentences without a cue of their own that follow a quote at once, in its paragraph or as the whole of the next, are joined
    to it."""
    out = list(candidates)
    taken = set(claimed(out, analysis))
    for place in marked:
        if place.mark in taken or not is_speech(analysis, place):
            continue
        runs = (
            place.runs if begins_sentence(analysis, place) else _with_opening(analysis, out, place)
        )
        before = _quote_before(analysis, out, replace(place, runs=runs)) if runs else None
        if before is not None:
            out[before] = replace(out[before], content=tuple(sorted({*out[before].content, *runs})))
            taken.add(place.mark)
    return tuple(out)


def _with_opening(
    analysis: Analysis, candidates: list[Candidate], place: QuotationSite
) -> TokenRanges:
    """A mark with the few words of its sentence before it, where no cue stands in the sentence: But “nobody was hurt.”"""
    low, high = analysis.sentence(place.first)
    if (
        place.first - low > LONGEST_OPENING
        or len(place.runs) > 1
        or any(low <= c.cue < high and not analysis.marks_at[c.cue] for c in candidates)
    ):
        return ()
    return (
        ((low, place.last + 1),) if analysis.words[low].span.start >= place.paragraph.start else ()
    )


def _quote_before(
    analysis: Analysis, candidates: list[Candidate], place: QuotationSite
) -> int | None:
    """The candidate whose quotation, or whose clause after it, ends right before the mark."""
    best: tuple[int, int] | None = None
    for i, c in enumerate(candidates):
        if not c.content or analysis.marks_at[c.cue] or not claimed([c], analysis):
            continue
        end = max(c.content[-1][1], zone_of(c)[1])
        begin = min(c.content[0][0], zone_of(c)[0])
        if (
            begin < place.first
            and end <= place.first
            and (best is None or end > best[0])
            and _follows(analysis, c, place, end)
        ):
            best = (end, i)
    return None if best is None else best[1]


def _follows(analysis: Analysis, candidate: Candidate, place: QuotationSite, end: int) -> bool:
    """Whether only the rest of the cue's sentence stands between the candidate and the mark, and the paragraph allows it to go on."""
    mark = analysis.marks[place.mark]
    last_sentence = analysis.sentence(end - 1)
    if any(not analysis.is_punct(n) for n in range(max(end, last_sentence[1]), place.first)):
        return False
    start = analysis.words[end - 1].span.end
    if start >= place.paragraph.start:
        return True
    rest = analysis.text[mark.end : place.paragraph.end].strip(" \n\t.,")
    previous = analysis.text[start : place.paragraph.start]
    whole = not analysis.text[place.paragraph.start : mark.start].strip() and not rest
    return (
        whole
        and quote_type(analysis, candidate) == "direct"
        and previous.count("\n") <= 4
        and len(previous.split()) <= LONGEST_LEAD
    )


def quote_type(analysis: Analysis, candidate: Candidate) -> QuoteType:
    """By the share of the content's words in marks that the cue is outside of."""
    numbers = [n for n in token_numbers(candidate.content) if not analysis.is_punct(n)]
    quoted = sum(analysis.mark_over(n, candidate.cue) >= 0 for n in numbers)
    if not quoted:
        return "indirect"
    return "direct" if quoted >= MOSTLY * len(numbers) else "mixed"
