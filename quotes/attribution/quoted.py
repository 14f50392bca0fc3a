"""What quotation marks add to the candidates of the tree.

In: `Table` and candidates, one for each cue. Out: candidates whose contents take in whole marked passages; those that had no content get
the mark beside them; marked passages that go on without a cue of their own are joined to the quote before. What is left over is for
`floating`.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from quotes.analysis import Run, Runs, Table, numbers_of, runs_of
from quotes.attribution.candidates import Candidate
from quotes.records import QuoteType, Span

STOPS = re.compile(r"[.?!]['\"’”)\]]*\s+(?=[\"“‘'(\[]*[^\W\d_a-z])|\n")
ENDS_SENTENCE = re.compile(r"[.!?…]['\"’”)\]]*$")
JOINS = re.compile(r"[,;:—–-]\s*$")
LONGEST_TAIL = 3  # words between a closing mark and the cue's clause: "..., on Monday, Smith said"
LONGEST_LEAD = 25  # words between the cue and an opening mark: "said in a statement on Tuesday evening: ..."
MOSTLY = 0.9  # share of quoted words from which a quote is direct (design: nine tenths)
LONGEST_OPENING = 12  # words of the reporter before a quotation that goes on: But “...”
LOOSE = 5.0  # added to the distance of a cue whose words do not lead up to the mark


@dataclass(frozen=True, slots=True)
class Place:
    """A top-level mark: its index, its words, and where its paragraph begins and ends."""

    mark: int
    runs: Runs
    paragraph: Span

    @property
    def first(self) -> int:
        return self.runs[0][0]

    @property
    def last(self) -> int:
        return self.runs[-1][1] - 1


def expand(table: Table, candidate: Candidate) -> Candidate:
    """The candidate with the whole of each mark that its content begins or has its head in.

    A cue inside a mark cannot reach out of it: the content is cut to that mark.
    """
    numbers = set(numbers_of(candidate.content))
    if not numbers:
        return candidate
    if around := table.marks_at[candidate.cue]:
        numbers &= numbers_of(table.mark_runs[around[-1]])
    low = min(numbers, default=0)
    zone = numbers_of(candidate.cue_words) | numbers_of(candidate.source)
    for mark in sorted({table.mark_over(n, candidate.cue) for n in numbers} - {-1}):
        inside = numbers_of(table.mark_runs[mark])
        starts = min(inside) >= low or candidate.head in inside or table.mark_over(low, candidate.cue) == mark
        if starts and not inside & zone:
            numbers |= inside
    numbers = _from_colon(table, candidate, numbers) | _into_mark(table, candidate, numbers)
    bridge = frozenset(n for n in range(min(numbers, default=0), max(numbers, default=0)) if n not in zone and table.is_punct(n))
    runs = tuple(run for run in (table.trim(r) for r in runs_of(numbers, bridge=bridge)) if run[0] < run[1])
    return replace(candidate, content=split_at_marks(table, runs, candidate.cue))


def _from_colon(table: Table, candidate: Candidate, numbers: set[int]) -> set[int]:
    """Before a cue, only the mark that follows a colon: `Smith went on: “It is late,” he said`."""
    for mark in sorted({table.mark_over(n, candidate.cue) for n in numbers} - {-1}):
        first = min(numbers_of(table.mark_runs[mark]))
        if (
            first > min(numbers)
            and candidate.cue > first
            and table.text[max(0, table.marks[mark].start - 20) : table.marks[mark].start].rstrip()[-1:] == ":"
        ):
            return {n for n in numbers if n >= first}
    return numbers


def _into_mark(table: Table, candidate: Candidate, numbers: set[int]) -> set[int]:
    """Before a cue, the words of the sentence that run straight into a mark: `It was “a great success,” she added`."""
    if not numbers:
        return set()
    first = min(numbers)
    mark = table.mark_over(first, candidate.cue)
    if mark < 0 or candidate.cue < first or candidate.cue > max(numbers) + LONGEST_TAIL + 4:
        return set()
    low, _ = table.sentence(first)
    lead = range(low, min(numbers_of(table.mark_runs[mark])))
    words = [n for n in lead if not table.is_punct(n)]
    joint = table.text[max(0, table.marks[mark].start - 2) : table.marks[mark].start]
    runs_in = bool(words) and joint[-1:].isspace() and joint[:1].isalnum()
    zone = numbers_of(candidate.cue_words) | numbers_of(candidate.source)
    free = not any(n in zone or table.mark_over(n, candidate.cue) >= 0 for n in lead)
    return set(lead) if runs_in and free and table.text.find("\n\n", table.words[low].span.start, table.marks[mark].start) < 0 else set()


def split_at_marks(table: Table, runs: Runs, cue: int) -> Runs:
    """Ranges cut where one whole mark ends and, with nothing between, another begins (parts in several paragraphs)."""
    out: list[Run] = []
    for a, b in runs:
        start = a
        for n in range(a + 1, b):
            before, here = table.mark_over(n - 1, cue), table.mark_over(n, cue)
            if "\n" in table.gap(table.words[n - 1].span.end, table.words[n].span.start) and before >= 0 and here >= 0 and before == here:
                new_part = any(n == run[0] for run in table.mark_runs[here])
                if new_part:
                    out.append((start, n))
                    start = n
        out.append((start, b))
    return tuple(out)


def pieces(table: Table, numbers: frozenset[int], cue: int) -> Runs:
    """Words as ranges without punctuation at their ends, cut where parts of a mark begin."""
    bridge = frozenset(n for n in range(min(numbers, default=0), max(numbers, default=0)) if table.is_punct(n))
    runs = (table.trim(run) for run in runs_of(numbers, bridge=bridge))
    return split_at_marks(table, tuple(run for run in runs if run[0] < run[1]), cue)


def places(table: Table, paragraphs: Iterable[Span]) -> tuple[Place, ...]:
    """The top-level marks that hold words, in text order."""
    spans = sorted(paragraphs)
    starts = [s.start for s in spans]
    out = []
    for index, mark in enumerate(table.marks):
        if mark.level == 0 and table.mark_runs[index]:
            at = max(0, bisect.bisect_right(starts, mark.start) - 1)
            last = max(at, bisect.bisect_right(starts, max(mark.start, mark.end - 1)) - 1)
            around = Span(spans[at].start, max(spans[last].end, mark.end)) if spans else Span(mark.start, mark.end)
            out.append(Place(index, table.mark_runs[index], around))
    return tuple(out)


def is_speech(table: Table, place: Place) -> bool:
    """Whether a mark holds a sentence or clause rather than a title, a nickname or a word held at arm's length.

    A sentence: at least five words with a verb among them, or any words that end with sentence punctuation inside the marks and begin
    where a sentence begins.
    """
    numbers = [n for n in sorted(numbers_of(place.runs)) if not table.is_punct(n)]
    inner = table.marks[place.mark].parts[-1].of(table.text).rstrip()
    ends = bool(inner) and inner[-1] in ".!?…,—–-"
    verbs = any(table.words[n].upos in ("VERB", "AUX") for n in numbers)
    if len(numbers) >= 5:
        return verbs or ends
    return ends and begins_sentence(table, place) and (len(numbers) > 1 or inner[-1] in ".!?,")


def begins_sentence(table: Table, place: Place) -> bool:
    """Whether only the paragraph's start or the end of a sentence stands before the mark."""
    before = table.text[place.paragraph.start : table.marks[place.mark].start].rstrip()
    return not before or bool(ENDS_SENTENCE.search(before)) or before[-1] in ":—–"


def claimed(candidates: Iterable[Candidate], table: Table) -> frozenset[int]:
    """The marks that hold content of a candidate whose cue is outside them."""
    return frozenset(m for c in candidates for n in numbers_of(c.content) if (m := table.mark_over(n, c.cue)) >= 0)


def zone_of(candidate: Candidate) -> Run:
    """From the first to behind the last word of cue and source."""
    numbers = numbers_of(candidate.cue_words)
    if not candidate.inherits:
        numbers |= numbers_of(candidate.source)
    return min(numbers), max(numbers) + 1


def link(table: Table, candidates: tuple[Candidate, ...], marked: tuple[Place, ...]) -> tuple[Candidate, ...]:
    """Candidates with the marks beside their cue as content, where no other candidate holds them already.

    A candidate whose content the tree gave in words outside of marks keeps it, unless that content is loose or the quotation ends right
    before the clause of the cue ("...," Smith, the winner, said): then the quotation is the content.
    """
    taken = set(claimed(candidates, table))
    out = list(candidates)
    frames = [i for i, c in enumerate(candidates) if not table.marks_at[c.cue]]
    for place in marked:
        if place.mark in taken:
            continue
        near = [(score, i) for i in frames if (score := _nearness(table, out[i], place)) is not None and _open(table, out[i], place)]
        near = [(score, i) for score, i in near if score < LOOSE or not _goes_on_from(table, out, place)]
        if not near:
            continue
        at = out[min(near)[1]]
        keep = at.content if claimed([at], table) else ()
        new = _fragment(table, at, place) if not keep else place.runs
        out[min(near)[1]] = replace(at, content=tuple(sorted({*keep, *new})), head=place.first if not keep else at.head, loose=False)
        taken.add(place.mark)
    return tuple(out)


def _goes_on_from(table: Table, candidates: list[Candidate], place: Place) -> bool:
    """Whether a content ends right before the mark, in its sentence: the mark goes on with it rather than with a cue far away."""
    low = table.sentence(place.first)[0]
    return any(c.content and low <= c.cue < c.content[0][0] and 0 <= place.first - c.content[-1][1] <= 2 for c in candidates)


def _open(table: Table, candidate: Candidate, place: Place) -> bool:
    """Whether a candidate can take a mark: it has no content of its own, holds a quotation already, or follows this one at once."""
    if candidate.marked or candidate.loose or claimed([candidate], table):
        return True
    low = zone_of(candidate)[0]
    closes = table.marks[place.mark].parts[-1].of(table.text).rstrip()[-1:]
    gap = table.gap(table.marks[place.mark].end, table.words[low].span.start)
    return low > place.last and not gap.strip() and closes in ",?!—–-" and is_speech(table, place)


def go_on(table: Table, candidates: tuple[Candidate, ...], marked: tuple[Place, ...]) -> tuple[Candidate, ...]:
    """Contents that run on to a mark later in the sentence: "says that A, but instead B is “C”" is one content where no other cue stands
    between."""
    taken = set(claimed(candidates, table))
    out = list(candidates)
    cues = sorted(c.cue for c in candidates if c.content and not table.marks_at[c.cue])
    for place in marked:
        if place.mark in taken or begins_sentence(table, place):
            continue
        low, high = table.sentence(place.first)
        before = [
            i for i, c in enumerate(out) if c.content and low <= c.cue < c.content[0][0] and c.content[-1][1] <= place.first and not c.loose
        ]
        if not before:
            continue
        at = max(before, key=lambda i: out[i].cue)
        end = out[at].content[-1][1]
        if table.marks_at[out[at].cue] or any(out[at].cue < cue < place.first and cue >= end for cue in cues):
            continue
        stop = max(place.last + 1, _clause_end(table, place, high))
        out[at] = replace(out[at], content=(*out[at].content[:-1], (out[at].content[-1][0], stop)))
        taken.add(place.mark)
    return tuple(out)


def _clause_end(table: Table, place: Place, high: int) -> int:
    """Behind the last word of the phrase that the mark's words belong to, at most the end of the sentence."""
    inside = numbers_of(place.runs)
    tops = [n for n in inside if table.head(n) not in inside]
    return min(high, max((max(table.subtree(n)) + 1 for n in tops), default=place.last + 1))


def _fragment(table: Table, candidate: Candidate, place: Place) -> Runs:
    """The words of a mark; where it only begins in the middle of a clause ("wrote he was “honored” to sell"), of that clause."""
    high = zone_of(candidate)[1]
    gap = table.gap(table.words[high - 1].span.end, table.marks[place.mark].start)
    if high > place.first or lead_in(gap) or is_speech(table, place):
        return place.runs
    inside = numbers_of(place.runs)
    top = next((n for n in sorted(inside) if table.head(n) not in inside), place.first)
    zone = numbers_of(candidate.cue_words) | numbers_of(candidate.source)
    while (head := table.head(top)) >= high and not table.subtree(head) & zone:
        top = head
    clause = {n for n in table.subtree(top) if n >= high} | inside
    piece = table.trim((min(clause), max(clause) + 1))
    return (piece,) if not set(range(*piece)) & zone else place.runs


def _nearness(table: Table, candidate: Candidate, place: Place) -> float | None:
    """How far the clause of the cue stands from the mark, in words; None where it is not beside it."""
    low, high = zone_of(candidate)
    if low > place.last:
        return _after(table, candidate, place, low)
    return _before(table, candidate, place, low, high) if high <= place.first else None


def _after(table: Table, candidate: Candidate, place: Place, low: int) -> float | None:
    """The same for a cue that follows the mark: "..., on Monday, Smith said"."""
    mark = table.marks[place.mark]
    gap = table.gap(mark.end, table.words[low].span.start)
    inner = mark.parts[-1].of(table.text).rstrip()
    following = next((n for n in range(place.last + 1, low) if not table.is_punct(n)), low)
    closes = inner.endswith(".") and not table.words[following].form[:1].islower()
    near = low - place.last - 1 <= LONGEST_TAIL + 2 and len(gap.split()) <= (0 if candidate.inverted else LONGEST_TAIL)
    if candidate.inverted and candidate.cue_words[0][0] != low:
        return None
    return None if closes or not near or STOPS.search(gap) or mark.end > place.paragraph.end else low - place.last + _far(candidate, place)


def _before(table: Table, candidate: Candidate, place: Place, low: int, high: int) -> float | None:
    """The same for a cue that the mark follows: "said in a statement on Tuesday: ...". After a colon the mark may begin the next
    paragraph."""
    if candidate.inverted:
        return None
    gap = table.gap(table.words[high - 1].span.end, table.marks[place.mark].start)
    colon = gap.rstrip().endswith(":")
    tail = gap.rstrip()
    if len(gap.split()) > LONGEST_LEAD or STOPS.search(tail) or ENDS_SENTENCE.search(tail):
        return None
    if "\n" in gap[len(tail) :] and table.words[low].span.start < place.paragraph.start and not colon:
        return None
    return place.first - high + (0.5 if lead_in(gap) else LOOSE) + _far(candidate, place)


def lead_in(gap: str) -> bool:
    """Whether the characters between a cue and a mark lead up to it: nothing, or a comma, colon or dash at the end."""
    return not gap.strip(" \n\t,:") or bool(JOINS.search(gap))


def _far(candidate: Candidate, place: Place) -> float:
    """A small amount that grows with the distance of the cue itself; it decides between cues that share a source."""
    return min(abs(candidate.cue - place.first), abs(candidate.cue - place.last)) / 1000


def join_runs(table: Table, candidates: tuple[Candidate, ...], marked: tuple[Place, ...]) -> tuple[Candidate, ...]:
    """Marked sentences without a cue of their own that follow a quote at once, in its paragraph or as the whole of the next, are joined
    to it."""
    out = list(candidates)
    taken = set(claimed(out, table))
    for place in marked:
        if place.mark in taken or not is_speech(table, place):
            continue
        runs = place.runs if begins_sentence(table, place) else _with_opening(table, out, place)
        before = _quote_before(table, out, replace(place, runs=runs)) if runs else None
        if before is not None:
            out[before] = replace(out[before], content=tuple(sorted({*out[before].content, *runs})))
            taken.add(place.mark)
    return tuple(out)


def _with_opening(table: Table, candidates: list[Candidate], place: Place) -> Runs:
    """A mark with the few words of its sentence before it, where no cue stands in the sentence: But “nobody was hurt.”"""
    low, high = table.sentence(place.first)
    if (
        place.first - low > LONGEST_OPENING
        or len(place.runs) > 1
        or any(low <= c.cue < high and not table.marks_at[c.cue] for c in candidates)
    ):
        return ()
    return ((low, place.last + 1),) if table.words[low].span.start >= place.paragraph.start else ()


def _quote_before(table: Table, candidates: list[Candidate], place: Place) -> int | None:
    """The candidate whose quotation, or whose clause after it, ends right before the mark."""
    best: tuple[int, int] | None = None
    for i, c in enumerate(candidates):
        if not c.content or table.marks_at[c.cue] or not claimed([c], table):
            continue
        end = max(c.content[-1][1], zone_of(c)[1])
        begin = min(c.content[0][0], zone_of(c)[0])
        if begin < place.first and end <= place.first and (best is None or end > best[0]) and _follows(table, c, place, end):
            best = (end, i)
    return None if best is None else best[1]


def _follows(table: Table, candidate: Candidate, place: Place, end: int) -> bool:
    """Whether only the rest of the cue's sentence stands between the candidate and the mark, and the paragraph allows it to go on."""
    mark = table.marks[place.mark]
    last_sentence = table.sentence(end - 1)
    if any(not table.is_punct(n) for n in range(max(end, last_sentence[1]), place.first)):
        return False
    start = table.words[end - 1].span.end
    if start >= place.paragraph.start:
        return True
    rest = table.text[mark.end : place.paragraph.end].strip(" \n\t.,")
    previous = table.text[start : place.paragraph.start]
    whole = not table.text[place.paragraph.start : mark.start].strip() and not rest
    return whole and quote_type(table, candidate) == "direct" and previous.count("\n") <= 4 and len(previous.split()) <= LONGEST_LEAD


def quote_type(table: Table, candidate: Candidate) -> QuoteType:
    """By the share of the content's words in marks that the cue is outside of."""
    numbers = [n for n in numbers_of(candidate.content) if not table.is_punct(n)]
    quoted = sum(table.mark_over(n, candidate.cue) >= 0 for n in numbers)
    if not quoted:
        return "indirect"
    return "direct" if quoted >= MOSTLY * len(numbers) else "mixed"
