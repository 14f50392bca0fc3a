"""Boundary operators that quotation marks decide: contents that take in whole marks, or end at one.

In: `Analysis` and candidates, or candidates that the tagger has read. Out: the same with other
contents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quotes.analysis import Analysis, TokenRanges, is_participle, token_numbers, token_ranges
from quotes.attribution.candidates import Candidate, TaggedCandidate, Trait
from quotes.attribution.content_ranges import (
    content_ranges,
    punctuation_between,
    split_at_marks,
    trimmed,
)
from quotes.attribution.quotation_sites import (
    MAX_LEAD_WORDS,
    MAX_TAIL_WORDS,
    QuotationSite,
    addressed,
    attributing_zone,
    begins_sentence,
    claimed_marks,
    closing_words,
    is_one_of,
    is_speech,
    quote_type,
    stands_between_turns,
)
from quotes.attribution.subjects import SUBJECTS

MAX_OPENING_WORDS = 12  # words of the reporter before a quotation that goes on: But “...”


def expand_to_marks(analysis: Analysis, candidate: Candidate) -> Candidate:
    """Return the candidate with the whole of marks that its content begins or has its head in.

    A cue inside a mark cannot reach out of it: the content is cut to that mark.
    """
    numbers = set(token_numbers(candidate.content))
    if not numbers:
        return candidate
    if around := analysis.marks_at[candidate.anchor]:
        numbers &= token_numbers(analysis.mark_runs[around[-1]])
    low = min(numbers, default=0)
    zone = token_numbers(candidate.cue) | token_numbers(candidate.source)
    for mark in sorted({analysis.mark_over(n, candidate.anchor) for n in numbers} - {-1}):
        inside = token_numbers(analysis.mark_runs[mark])
        starts = (
            min(inside) >= low
            or candidate.head in inside
            or analysis.mark_over(low, candidate.anchor) == mark
        )
        if starts and not inside & zone:
            numbers |= inside
    numbers = _from_colon(analysis, candidate, numbers) | _into_mark(analysis, candidate, numbers)
    numbers |= _onto_mark(analysis, candidate, numbers)
    bridge = punctuation_between(analysis, numbers) - zone
    ranges = trimmed(analysis, token_ranges(numbers, bridge=bridge))
    return replace(candidate, content=split_at_marks(analysis, ranges, candidate.anchor))


def _from_colon(analysis: Analysis, candidate: Candidate, numbers: set[int]) -> set[int]:
    """Return, before a cue, only the words from the mark on that follows a colon.

    `Smith went on: “It is late,” he said`.
    """
    for mark in sorted({analysis.mark_over(n, candidate.anchor) for n in numbers} - {-1}):
        first = min(token_numbers(analysis.mark_runs[mark]))
        if (
            first > min(numbers)
            and candidate.anchor > first
            and analysis.text[
                max(0, analysis.marks[mark].start - 20) : analysis.marks[mark].start
            ].rstrip()[-1:]
            == ":"
        ):
            return {n for n in numbers if n >= first}
    return numbers


def _into_mark(analysis: Analysis, candidate: Candidate, numbers: set[int]) -> set[int]:
    """Return, before a cue, the words of the sentence that run straight into a mark.

    `It was “a great success,” she added`.
    """
    if not numbers:
        return set()
    first = min(numbers)
    mark = analysis.mark_over(first, candidate.anchor)
    if mark < 0 or candidate.anchor < first or candidate.anchor > max(numbers) + MAX_TAIL_WORDS + 4:
        return set()
    low, _ = analysis.sentence(first)
    lead = range(low, min(token_numbers(analysis.mark_runs[mark])))
    words = [n for n in lead if not analysis.is_punct(n)]
    runs_in = bool(words) and _is_run_into(analysis, mark)
    zone = token_numbers(candidate.cue) | token_numbers(candidate.source)
    free = not any(n in zone or analysis.mark_over(n, candidate.anchor) >= 0 for n in lead)
    return (
        set(lead)
        if runs_in
        and free
        and analysis.text.find("\n\n", analysis.words[low].span.start, analysis.marks[mark].start)
        < 0
        else set()
    )


def _is_run_into(analysis: Analysis, mark: int) -> bool:
    """Return True if a word stands right before a mark, with nothing but a space between."""
    start = analysis.marks[mark].start
    joint = analysis.text[max(0, start - 2) : start]
    return joint[-1:].isspace() and joint[:1].isalnum()


def _onto_mark(analysis: Analysis, candidate: Candidate, numbers: set[int]) -> frozenset[int]:
    """Return, behind a cue, the mark that the last word of a content runs straight into.

    "was told there would be “a new hall”": parsers like to hang the quoted words elsewhere.
    """
    if not numbers or candidate.anchor > min(numbers):
        return frozenset()
    _, stop = analysis.sentence(max(numbers))
    behind = (n for n in range(max(numbers) + 1, stop) if not analysis.is_punct(n))
    mark = analysis.mark_over(next(behind, candidate.anchor), candidate.anchor)
    inside = token_numbers(analysis.mark_runs[mark]) if mark >= 0 else frozenset[int]()
    zone = token_numbers(candidate.cue) | token_numbers(candidate.source)
    if not inside or inside & (numbers | zone) or not _is_run_into(analysis, mark):
        return frozenset()
    return inside


def continue_to_marks(
    analysis: Analysis, candidates: tuple[Candidate, ...], marked: tuple[QuotationSite, ...]
) -> tuple[Candidate, ...]:
    """Let contents run on to a mark later in their sentence, where no other cue stands between.

    "says that A, but instead B is “C”" is one content.
    """
    taken = set(claimed_marks(analysis, candidates))
    out = list(candidates)
    cues = sorted(c.anchor for c in candidates if c.content and not analysis.marks_at[c.anchor])
    for site in marked:
        if site.mark in taken or begins_sentence(analysis, site):
            continue
        low, high = analysis.sentence(site.first)
        before = [
            i
            for i, c in enumerate(out)
            if c.content
            and low <= c.anchor < c.content[0][0]
            and c.content[-1][1] <= site.first
            and Trait.LOOSE not in c.traits
        ]
        if not before:
            continue
        at = max(before, key=lambda i: out[i].cue)
        end = out[at].content[-1][1]
        if analysis.marks_at[out[at].anchor] or any(
            out[at].anchor < cue < site.first and cue >= end for cue in cues
        ):
            continue
        stop = max(site.last + 1, _clause_end(analysis, site, high))
        out[at] = replace(out[at], content=(*out[at].content[:-1], (out[at].content[-1][0], stop)))
        taken.add(site.mark)
    return tuple(out)


def _clause_end(analysis: Analysis, site: QuotationSite, high: int) -> int:
    """Return the end of the phrase that the mark's words belong to, in its sentence."""
    inside = token_numbers(site.runs)
    tops = [n for n in inside if analysis.head(n) not in inside]
    return min(high, max((max(analysis.subtree(n)) + 1 for n in tops), default=site.last + 1))


def join_following_marks(
    analysis: Analysis, candidates: tuple[Candidate, ...], marked: tuple[QuotationSite, ...]
) -> tuple[Candidate, ...]:
    """Join marked sentences without a cue of their own to the quote that they follow at once.

    They stand in its paragraph or are the whole of the next.
    """
    out = list(candidates)
    taken = set(claimed_marks(analysis, out))
    for site in marked:
        if site.mark in taken or not is_speech(analysis, site):
            continue
        runs = site.runs if begins_sentence(analysis, site) else _with_opening(analysis, out, site)
        before = _quote_before(analysis, out, replace(site, runs=runs)) if runs else None
        if before is not None and (
            stands_between_turns(analysis, site, out[before], out)
            or is_one_of(analysis, out[before].source, addressed(analysis, site))
        ):
            continue
        if before is not None:
            out[before] = replace(out[before], content=tuple(sorted({*out[before].content, *runs})))
            taken.add(site.mark)
    return tuple(out)


def _with_opening(
    analysis: Analysis, candidates: list[Candidate], site: QuotationSite
) -> TokenRanges:
    """Return a mark with the few words of its sentence before it.

    "But “nobody was hurt.”": no cue may stand in the sentence.
    """
    low, high = analysis.sentence(site.first)
    if (
        site.first - low > MAX_OPENING_WORDS
        or len(site.runs) > 1
        or any(low <= c.anchor < high and not analysis.marks_at[c.anchor] for c in candidates)
    ):
        return ()
    return ((low, site.last + 1),) if analysis.words[low].span.start >= site.paragraph.start else ()


def _quote_before(
    analysis: Analysis, candidates: list[Candidate], site: QuotationSite
) -> int | None:
    """Return the number of the candidate that ends right before the mark, by content or clause."""
    best: tuple[int, int] | None = None
    for i, c in enumerate(candidates):
        if not c.content or analysis.marks_at[c.anchor] or not claimed_marks(analysis, [c]):
            continue
        end = max(c.content[-1][1], attributing_zone(c)[1])
        begin = min(c.content[0][0], attributing_zone(c)[0])
        if (
            begin < site.first
            and end <= site.first
            and (best is None or end > best[0])
            and _follows(analysis, c, site, end)
        ):
            best = (end, i)
    return None if best is None else best[1]


def _follows(analysis: Analysis, candidate: Candidate, site: QuotationSite, end: int) -> bool:
    """Return True if the mark can go on with the candidate, which ends at word `end`.

    Only the rest of the cue's sentence stands between, and the paragraph allows it.
    """
    mark = analysis.marks[site.mark]
    last_sentence = analysis.sentence(end - 1)
    if any(not analysis.is_punct(n) for n in range(max(end, last_sentence[1]), site.first)):
        return False
    start = analysis.words[end - 1].span.end
    if start >= site.paragraph.start:
        return True
    rest = analysis.text[mark.end : site.paragraph.end].strip(" \n\t.,")
    previous = analysis.text[start : site.paragraph.start]
    whole = not analysis.text[site.paragraph.start : mark.start].strip() and not rest
    return (
        whole
        and quote_type(analysis, candidate) == "direct"
        and previous.count("\n") <= 4
        and len(previous.split()) <= MAX_LEAD_WORDS
    )


def rejoin_quotations(
    analysis: Analysis, entries: Sequence[TaggedCandidate]
) -> tuple[TaggedCandidate, ...]:
    """Return quoted sentences behind another cue to the quotation that they go on with.

    "A," said Smith, who noted that B. "C.": C belongs with A, not with the cue inside of the
    sentence that attributes A.
    """
    out = list(entries)
    for number, entry in enumerate(out):
        late = _late_words(analysis, entry)
        at = next(
            (
                i
                for i, other in enumerate(out)
                if late and i != number and _is_opening_quotation(analysis, other, entry.candidate)
            ),
            None,
        )
        if at is None:
            continue
        inner, outer = entry.candidate, out[at].candidate
        shorter = content_ranges(analysis, token_numbers(inner.content) - late, inner.anchor)
        out[number] = replace(entry, candidate=replace(inner, content=shorter))
        out[at] = replace(
            out[at],
            candidate=replace(
                outer,
                content=content_ranges(analysis, token_numbers(outer.content) | late, outer.anchor),
            ),
        )
    return tuple(out)


def _late_words(analysis: Analysis, entry: TaggedCandidate) -> frozenset[int]:
    """Return the words of a content behind the sentence of its cue, if all of them are quoted.

    Others must stand before them.
    """
    candidate = entry.candidate
    if entry.tagged is None or not candidate.cue:
        return frozenset()
    end = analysis.sentence(candidate.anchor)[1]
    words = frozenset(n for n in token_numbers(candidate.content) if not analysis.is_punct(n))
    late = frozenset(n for n in words if n >= end)
    return late if late != words and _all_quoted(analysis, late, candidate.anchor) else frozenset()


def _is_opening_quotation(analysis: Analysis, other: TaggedCandidate, inner: Candidate) -> bool:
    """Return True if another candidate is a quotation that the inner one may go on with.

    Its cue follows it, and the inner cue stands in its source or later in the sentence of its
    cue.
    """
    outer = other.candidate
    if (
        other.tagged is None
        or not outer.cue
        or outer.anchor >= inner.anchor
        or not outer.content
        or outer.content[0][0] > outer.anchor
    ):
        return False
    ended = outer.content[-1][1] <= outer.anchor and analysis.sentence(
        outer.anchor
    ) == analysis.sentence(inner.anchor)
    return (ended or inner.anchor in token_numbers(outer.source)) and _all_quoted(
        analysis, token_numbers(outer.content), outer.anchor
    )


def _all_quoted(analysis: Analysis, numbers: frozenset[int], anchor: int) -> bool:
    """Return True if all words stand in marks that the anchor is outside of."""
    return all(analysis.mark_over(n, anchor) >= 0 or analysis.is_punct(n) for n in numbers)


def end_at_mark(analysis: Analysis, entry: TaggedCandidate) -> TaggedCandidate:
    """Return the candidate without what the reporter says behind a quotation.

    He joked, "You're ridiculous," drawing loud jeers. A comma inside the closing mark belongs
    to the sentence around it, so that a participle or a relative clause behind it is the
    reporter's.
    """
    candidate = entry.candidate
    stop = _reporter_start(analysis, candidate)
    if stop is None:
        return entry
    high = analysis.sentence(stop - 1)[1]
    kept = frozenset(n for n in token_numbers(candidate.content) if n < stop or n >= high)
    return replace(
        entry,
        candidate=replace(candidate, content=content_ranges(analysis, kept, candidate.anchor)),
    )


def _reporter_start(analysis: Analysis, candidate: Candidate) -> int | None:
    """Return the word behind the first mark of the content, if the reporter goes on there."""
    first = candidate.content[0][0]
    mark = analysis.mark_over(first, candidate.anchor)
    if mark < 0 or candidate.anchor > first or not candidate.cue:
        return None
    stop = max(token_numbers(analysis.mark_runs[mark])) + 1
    inner = closing_words(analysis, mark)
    after = next(
        (n for n in range(stop, analysis.sentence(stop - 1)[1]) if not analysis.is_punct(n)), None
    )
    if after not in token_numbers(candidate.content) or after is None:
        return None
    word = analysis.words[after]
    if inner.endswith(("!", "?")):
        # A sentence ends inside of the marks; what the reporter goes on with is no verb of it.
        rest = range(after, analysis.sentence(stop - 1)[1])
        goes_on = word.form[:1].islower() and word.upos not in ("VERB", "AUX")
        own = goes_on and not any(analysis.mark_over(n, candidate.anchor) >= 0 for n in rest)
        return stop if own else None
    if word.feat("PronType") == "Rel" or is_participle(word):
        return stop if inner.endswith(",") else None
    own = (
        _opens_clause(analysis, after)
        if inner.endswith(",")
        else _is_sentence(analysis, mark) and word.upos in ("ADP", "ADV")
    )
    return stop if own and not _is_quoted_later(analysis, candidate, stop) else None


def _opens_clause(analysis: Analysis, number: int) -> bool:
    """Return True for a conjunction before a clause outside of marks that has its own subject."""
    head = analysis.head(number)
    return (
        analysis.words[number].upos == "CCONJ"
        and head > number
        and not analysis.marks_at[head]
        and any(analysis.words[n].deprel in SUBJECTS for n in analysis.children(head))
    )


def _is_sentence(analysis: Analysis, mark: int) -> bool:
    """Return True if a mark holds a clause with its subject and begins with a capital letter."""
    inside = token_numbers(analysis.mark_runs[mark])
    return analysis.words[min(inside)].form[:1].isupper() and any(
        analysis.words[n].deprel in SUBJECTS
        and analysis.head(n) in inside
        and any(
            analysis.words[c].feat("VerbForm") == "Fin"
            for c in (analysis.head(n), *analysis.children(analysis.head(n)))
        )
        for n in inside
    )


def _is_quoted_later(analysis: Analysis, candidate: Candidate, stop: int) -> bool:
    """Return True if the content has words in marks behind a word, in its sentence."""
    numbers = token_numbers(candidate.content)
    return any(
        n in numbers and analysis.mark_over(n, candidate.anchor) >= 0
        for n in range(stop, analysis.sentence(stop - 1)[1])
    )
