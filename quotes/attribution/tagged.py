"""Candidates of the rules and the tagger's reading of the same words, brought together.

In: `Analysis`, candidates of the rules, a `Tagger`. Out: candidates, each with what the tagger made of it; those that only the tagger found
carry the rule name `tagger`. Which of them are right is for the scorer.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from quotes.analysis import Analysis, TokenRange, TokenRanges, token_numbers, token_ranges
from quotes.attribution.candidates import (
    AttributionWords,
    Candidate,
    beside_cue,
    meaning,
    shared_subject,
)
from quotes.attribution.quoted import split_at_marks
from quotes.attribution.tagger.interface import (
    RuleHint,
    Tagger,
    TaggerInput,
    TaggerOutput,
    TokenSet,
)

TAGGER = "tagger"
SWITCH = 1.0  # what it costs a role to begin or end at a word, against the logits of the words
SAME = 0.33  # share of words that two contents have in common from which they are one attribution found twice
LEADING = frozenset({"ADP", "SCONJ", "CCONJ", "DET"})
CRUMB = 4  # the most words of a crumb
MOST = 0.3  # share of the words of a mark from which the rest belong to the content, too
UNLIKELY = 0.499  # probability up to which a word on its own counts against a role
KEEP = {
    "cue": 0.0,
    "source": 2.0,
    "content": 4.0,
}  # log odds by which the tagger's words must be likelier than those of the rules
SURE = 0.3  # validity from which the tagger's boundaries replace those of the rules
BESIDE = 0.5  # validity from which another attribution's cue stops a content that grows


@dataclass(frozen=True, slots=True)
class TaggedCandidate:
    """A candidate as it leaves, as the rules had it (None: they had not), and what the tagger said (None where it was not asked)."""

    candidate: Candidate
    ruled: Candidate | None
    tagged: TaggerOutput | None


def combine(
    analysis: Analysis,
    candidates: Sequence[Candidate],
    tagger: Tagger,
    starts: Sequence[int],
    words: AttributionWords,
    *,
    aside: Collection[Candidate] = (),
) -> tuple[TaggedCandidate, ...]:
    """All candidates after the tagger has read them, those `aside` as they are; one attribution may be there twice (`single`)."""
    asked = [c for c in candidates if c not in aside]
    tagged = tagger.tag(reading_of(analysis, starts), [guess_of(c) for c in asked])
    cues = {
        c: token_numbers(c.cue_words)
        for c, t in zip(asked, tagged, strict=False)
        if t.valid >= BESIDE
    }
    out = [TaggedCandidate(c, c, None) for c in candidates if c in aside]
    longer = _fuller(asked)
    likeliest: dict[Candidate, float] = {}
    for c, t in zip(asked, tagged, strict=False):
        if c in longer:
            likeliest[longer[c]] = max(t.valid, likeliest.get(longer[c], 0.0))
    for c, t in zip(asked, tagged, strict=False):
        if c in likeliest:
            out.append(TaggedCandidate(c, c, replace(t, valid=max(t.valid, likeliest[c]))))
        elif c not in longer:
            out.append(TaggedCandidate(refined(analysis, c, t, others=_others(c, cues)), c, t))
    fresh = (new_candidate(analysis, t, words) for t in tagged[len(asked) :])
    out += [
        TaggedCandidate(c, None, t)
        for c, t in zip(fresh, tagged[len(asked) :], strict=True)
        if c is not None
    ]
    return tuple(out)


def _fuller(candidates: Sequence[Candidate]) -> dict[Candidate, Candidate]:
    """Candidates that are another one seen short, with that: declined | to say whether …, and declined to say | whether …"""
    cues = [token_numbers(c.cue_words) for c in candidates]
    around: dict[int, list[int]] = {}
    for number, cue in enumerate(cues):
        for word in cue:
            around.setdefault(word, []).append(number)
    out = {}
    for candidate, cue in zip(candidates, cues, strict=True):
        for number in around[min(cue)] if cue else ():
            other = candidates[number]
            if cue < cues[number] and token_numbers(other.content) < token_numbers(
                candidate.content
            ):
                out[candidate] = other
                break
    return out


def reading_of(analysis: Analysis, paragraph_starts: Sequence[int]) -> TaggerInput:
    """The words of a table as the tagger reads them."""
    return TaggerInput(
        sentences=tuple(
            tuple(word.form for word in sentence.words) for sentence in analysis.parse.sentences
        ),
        lemmas=tuple(word.lemma.lower() for word in analysis.words),
        upos=tuple(word.upos for word in analysis.words),
        deprel=tuple(word.deprel for word in analysis.words),
        heads=tuple(analysis.head(number) for number in range(len(analysis.words))),
        paragraphs=tuple(
            bisect.bisect_right(paragraph_starts, word.span.start) for word in analysis.words
        ),
        depths=tuple(len(marks) for marks in analysis.marks_at),
        marks=tuple(marks[0] if marks else -1 for marks in analysis.marks_at),
    )


def anchor_of(candidate: Candidate) -> int:
    """The main word of the cue; without a cue, the first of the content."""
    return candidate.cue if candidate.cue_words else candidate.content[0][0]


def guess_of(candidate: Candidate) -> RuleHint:
    """What the rules say of an attribution, as the tagger hears it."""
    return RuleHint(
        anchor_of(candidate),
        token_numbers(candidate.cue_words),
        token_numbers(candidate.source),
        token_numbers(candidate.content),
    )


def logit(p: float) -> float:
    """The log odds of a probability, at most 6 either way."""
    return max(-6.0, min(6.0, math.log((p + 1e-9) / (1 - p + 1e-9))))


def chosen(start: int, probabilities: Sequence[float]) -> TokenSet:
    """The likeliest words of a role, where each beginning and end costs `SWITCH` (Viterbi's way over in and out)."""
    likely = [index for index, p in enumerate(probabilities) if p > UNLIKELY]
    if not likely:
        return frozenset()
    start, probabilities = (
        start + likely[0],
        probabilities[likely[0] : likely[-1] + 1],
    )  # no way pays that is inside before or after
    out_score, in_score = 0.0, -SWITCH
    came: list[tuple[bool, bool]] = []  # for out and in: was the word before inside?
    for p in probabilities:
        x = logit(p)
        into, stay = out_score - SWITCH, in_score
        leave, keep = in_score - SWITCH, out_score
        came.append((leave > keep, stay >= into))
        out_score, in_score = max(leave, keep), max(into, stay) + x
    inside = in_score - SWITCH > out_score
    numbers = []
    for index in range(len(probabilities) - 1, -1, -1):
        if inside:
            numbers.append(start + index)
        inside = came[index][inside]
    return frozenset(numbers)


def _runs(analysis: Analysis, numbers: Iterable[int]) -> TokenRanges:
    """Numbers as ranges without punctuation at their ends."""
    kept = frozenset(numbers)
    bridge = frozenset(
        n for n in range(min(kept, default=0), max(kept, default=0)) if analysis.is_punct(n)
    )
    pieces = (
        piece
        for run in token_ranges(kept, bridge=bridge)
        for piece in _paragraphs_of(analysis, run)
    )
    return tuple(run for run in (analysis.trim(piece) for piece in pieces) if run[0] < run[1])


def _paragraphs_of(analysis: Analysis, run: TokenRange) -> TokenRanges:
    """A range cut where a paragraph ends and the next one opens a mark."""
    cuts = [
        n
        for n in range(run[0] + 1, run[1])
        if any(analysis.marks_at[n : n + 2])
        and "\n\n" in analysis.gap(analysis.words[n - 1].span.end, analysis.words[n].span.start)
    ]
    return tuple(zip((run[0], *cuts), (*cuts, run[1]), strict=True))


def _content_runs(analysis: Analysis, numbers: TokenSet, anchor: int) -> TokenRanges:
    """The ranges of a content, each without the preposition that leads to it; no crumb on the far side of the anchor."""
    runs = _runs(analysis, numbers)
    longest = max(runs, key=lambda run: run[1] - run[0], default=(0, 0))
    kept = [
        (a, b)
        for a, b in runs
        if (a < anchor) == (longest[0] < anchor)
        or analysis.marks_at[a]
        or not crumb(analysis, a, b)
    ]
    return tuple((a + _leads(analysis, a, b), _end(analysis, a, b)) for a, b in kept)


def crumb(analysis: Analysis, first: int, stop: int) -> bool:
    """Whether a range is a few words without a verb."""
    return stop - first <= CRUMB and not any(
        analysis.words[n].upos in ("VERB", "AUX") for n in range(first, stop)
    )


def _end(analysis: Analysis, first: int, stop: int) -> int:
    """The end of a range without small words that only lead to what is not in it: would go on *after*."""
    while (
        stop - first > 1
        and analysis.words[stop - 1].upos in LEADING
        and analysis.head(stop - 1) not in range(first, stop)
    ):
        stop -= 1
    return stop


def _leads(analysis: Analysis, first: int, stop: int) -> int:
    """1 where the first word only says how the phrase hangs on the cue: called *for* calm, spoke *of* a gift."""
    head = analysis.head(first)
    return int(
        analysis.words[first].deprel == "case"
        and first < head < stop
        and analysis.head(head) not in range(first, stop)
    )


def _others(candidate: Candidate, cues: Mapping[Candidate, TokenSet]) -> TokenSet:
    """The words of other attributions' cues."""
    return frozenset(
        n for other, numbers in cues.items() if other is not candidate for n in numbers
    ) - token_numbers(candidate.cue_words)


def _short_of(analysis: Analysis, numbers: TokenSet, ruled: TokenSet, others: TokenSet) -> TokenSet:
    """A content that grows beyond what the rules gave it only up to another attribution: its cue, what hangs on that, and what joins it."""
    low, high = min(ruled, default=0), max(ruled, default=0)
    stop = min((n for n in others & numbers if n > high), default=None)
    start = max((n for n in others & numbers if n < low), default=None)
    while (
        stop is not None
        and stop - 1 > high
        and (_joins(analysis, stop - 1) or _hangs_on(analysis, stop - 1, others))
    ):
        stop -= 1
    return frozenset(
        n for n in numbers if (stop is None or n < stop) and (start is None or n > start)
    )


def _joins(analysis: Analysis, number: int) -> bool:
    return analysis.is_punct(number) or analysis.words[number].upos == "CCONJ"


def _hangs_on(analysis: Analysis, number: int, cues: TokenSet) -> bool:
    """Whether a word before a cue stands below it in the tree: the delegates *were said* to …"""
    head = analysis.head(number)
    while head >= 0 and head not in cues:
        head = analysis.head(head)
    return head > number


def refined(
    analysis: Analysis,
    candidate: Candidate,
    tagged: TaggerOutput,
    *,
    others: TokenSet = frozenset(),
) -> Candidate:
    """The candidate with the boundaries that the tagger gives, where it is sure of the attribution."""
    if tagged.valid < SURE or (candidate.cue_words and not candidate.source):
        return (
            candidate  # a passive that names nobody stays as it is: its subject is not the speaker
        )
    better = token_numbers(
        _better(analysis, candidate.content, tagged, tagged.content, KEEP["content"])
    ) - token_numbers(candidate.cue_words)
    content = _content_runs(
        analysis,
        _short_of(analysis, better, token_numbers(candidate.content), others),
        tagged.anchor,
    )
    if not content:
        return candidate
    cue = _better(analysis, candidate.cue_words, tagged, tagged.cue, KEEP["cue"])
    source = _better(analysis, candidate.source, tagged, tagged.source, KEEP["source"])
    content = completed(
        analysis, candidate.cue, content, token_numbers(cue) | token_numbers(source)
    )
    return replace(
        candidate,
        cue_words=cue,
        source=source,
        content=content,
        head=_head(analysis, candidate.head, content),
    )


def _better(
    analysis: Analysis,
    ruled: TokenRanges,
    tagged: TaggerOutput,
    probabilities: Sequence[float],
    keep: float,
) -> TokenRanges:
    """The likeliest words, or those of the rules where these are likelier by less than `keep`."""
    best = chosen(tagged.start, probabilities)
    if not ruled or not best:
        return _runs(analysis, best) or ruled
    known = token_numbers(ruled)
    near = range(tagged.start, tagged.start + len(probabilities))
    score = sum(
        logit(probabilities[n - near[0]]) * ((n in best) - (n in known))
        for n in sorted(best ^ known)
        if n in near and not analysis.is_punct(n)
    )
    return ruled if score < keep else _runs(analysis, best)


def completed(analysis: Analysis, cue: int, content: TokenRanges, taken: TokenSet) -> TokenRanges:
    """The content with the whole of each mark of which it holds enough words."""
    numbers = set(token_numbers(content))
    for mark in {analysis.mark_over(n, cue) for n in numbers} - {-1}:
        for run in analysis.mark_runs[mark]:
            part = {n for n in range(*run) if not analysis.is_punct(n)}
            if len(part & numbers) >= MOST * len(part) and not part & taken:
                numbers |= part
    return split_at_marks(analysis, _runs(analysis, numbers), cue)


def _head(analysis: Analysis, head: int, content: TokenRanges) -> int:
    numbers = token_numbers(content)
    if head in numbers:
        return head
    return next(
        (
            n
            for n in sorted(numbers)
            if analysis.head(n) not in numbers and not analysis.is_punct(n)
        ),
        min(numbers),
    )


def new_candidate(
    analysis: Analysis, tagged: TaggerOutput, words: AttributionWords
) -> Candidate | None:
    """A candidate from the tagger alone; None where it gives no content."""
    content = split_at_marks(
        analysis,
        _content_runs(analysis, chosen(tagged.start, tagged.content), tagged.anchor),
        tagged.anchor,
    )
    cue = _runs(analysis, chosen(tagged.start, tagged.cue))
    if not content or not cue:
        return None
    return Candidate(
        rule=TAGGER,
        prior=tagged.valid,
        cue=tagged.anchor,
        cue_words=cue,
        source=_runs(analysis, chosen(tagged.start, tagged.source))
        or _subject(analysis, tagged.anchor, token_numbers(content) | token_numbers(cue)),
        content=content,
        head=_head(analysis, -1, content),
        factuality=meaning(analysis, tagged.anchor, token_numbers(cue), words),
        path=f"tagged around {analysis.words[tagged.anchor].form}",
    )


def _subject(analysis: Analysis, anchor: int, taken: TokenSet) -> TokenRanges:
    """The subject of a verb, its own, the one that it shares or what stands beside it, where no word of it is taken."""
    labels = {analysis.words[c].deprel: c for c in analysis.children(anchor)}
    if analysis.words[anchor].upos != "VERB" or any(
        label.startswith(("nsubj:", "csubj")) for label in labels
    ):
        return ()
    subject = labels.get("nsubj", shared_subject(analysis, anchor))
    if subject is None or subject in taken:
        subject = beside_cue(analysis, anchor)
    words = frozenset() if subject is None else analysis.subtree(subject)
    return _runs(analysis, words) if not words & taken and anchor not in words else ()


def single(proposals: Sequence[TaggedCandidate]) -> tuple[TaggedCandidate, ...]:
    """Without those whose content another one has that the tagger finds likelier."""
    ranked = sorted(proposals, key=lambda p: -(p.tagged.valid if p.tagged else 1.0))
    kept: list[tuple[TaggedCandidate, TokenSet]] = []
    for proposal in ranked:
        numbers = token_numbers(proposal.candidate.content)
        if (
            proposal.tagged is None
            or proposal.candidate.citing
            or proposal.candidate.chain
            or not any(_twice(proposal, numbers, *other) for other in kept)
        ):
            kept.append((proposal, numbers))
    return tuple(sorted((p for p, _ in kept), key=lambda p: (p.candidate.cue, p.candidate.content)))


def regained(
    analysis: Analysis, proposals: tuple[TaggedCandidate, ...]
) -> tuple[TaggedCandidate, ...]:
    """With the marked passages that the rules gave to a candidate, the tagger did not, and nobody else has."""
    held = {
        m
        for p in proposals
        for n in token_numbers(p.candidate.content)
        if (m := analysis.mark_over(n, p.candidate.cue)) >= 0
    }
    out = []
    for proposal in proposals:
        candidate, ruled = proposal.candidate, proposal.ruled
        lost = (
            {analysis.mark_over(n, ruled.cue) for n in token_numbers(ruled.content)} - held - {-1}
            if ruled
            else set()
        )
        taken = token_numbers(candidate.cue_words) | token_numbers(candidate.source)
        numbers = {n for mark in lost for n in token_numbers(analysis.mark_runs[mark])}
        if numbers and not numbers & taken:
            content = split_at_marks(
                analysis, _runs(analysis, token_numbers(candidate.content) | numbers), candidate.cue
            )
            proposal = replace(proposal, candidate=replace(candidate, content=content))
        out.append(proposal)
    return tuple(out)


def _twice(
    proposal: TaggedCandidate, numbers: TokenSet, other: TaggedCandidate, known: TokenSet
) -> bool:
    if not numbers & known or len(numbers & known) < SAME * len(numbers | known):
        return False
    nested = (
        other.candidate.cue in numbers or proposal.candidate.cue in known
    )  # a statement inside another is one of its own
    return not other.candidate.citing and not nested
