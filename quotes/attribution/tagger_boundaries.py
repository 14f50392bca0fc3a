"""Boundary operators that the tagger decides: the likeliest words of cue, source and content.

In: `Analysis`, a candidate, what the tagger made of it. Out: the candidate with other ranges, or
ranges from probabilities of words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from quotes.analysis import Analysis, TokenRange, TokenRanges, token_numbers, token_ranges
from quotes.attribution.candidates import Candidate
from quotes.attribution.content_ranges import punctuation_between, split_at_marks, trimmed
from quotes.attribution.scoring import logistic, logit
from quotes.attribution.tagger.interface import TaggerOutput

LEADING = frozenset({"ADP", "SCONJ", "CCONJ", "DET"})  # parts of speech that lead to what follows
# The numbers below were chosen on articles kept apart.
BOUNDARY_COST = 1.0  # log odds that each beginning and end of a span costs against those of words
MAX_FRAGMENT_WORDS = 4  # words up to which a range without a verb is a fragment
MIN_MARK_SHARE = 0.3  # share of the words of a mark from which the others belong to the content
MAX_UNLIKELY = 0.499  # probability up to which a word by itself counts against a span
# Log odds by which the tagger's words must be likelier than those of the rules to replace them.
MIN_CUE_GAIN, MIN_SOURCE_GAIN, MIN_CONTENT_GAIN = 0.0, 2.0, 4.0


def likeliest_words(
    start: int, probabilities: Sequence[float], *, shift: float = 0.0
) -> frozenset[int]:
    """Return the likeliest words of a span kind, given the probability of each from `start` on.

    Each beginning and end costs `BOUNDARY_COST`: the best way over inside and outside (Viterbi
    1967). `shift` is added to the log odds of each word.
    """
    least = MAX_UNLIKELY if not shift else logistic(logit(MAX_UNLIKELY) - shift)
    likely = [index for index, p in enumerate(probabilities) if p > least]
    if not likely:
        return frozenset()
    # Before the first and behind the last of these words it never pays to be inside.
    start, probabilities = start + likely[0], probabilities[likely[0] : likely[-1] + 1]
    out_score, in_score = 0.0, -BOUNDARY_COST
    came: list[tuple[bool, bool]] = []  # for out and in: was the word before inside?
    for p in probabilities:
        x = logit(p) + shift
        into, stay = out_score - BOUNDARY_COST, in_score
        leave, keep = in_score - BOUNDARY_COST, out_score
        came.append((leave > keep, stay >= into))
        out_score, in_score = max(leave, keep), max(into, stay) + x
    inside = in_score - BOUNDARY_COST > out_score
    numbers = []
    for index in range(len(probabilities) - 1, -1, -1):
        if inside:
            numbers.append(start + index)
        inside = came[index][inside]
    return frozenset(numbers)


def trimmed_by_paragraph(analysis: Analysis, numbers: Iterable[int]) -> TokenRanges:
    """Return words as ranges without punctuation at their ends, cut where a paragraph ends."""
    found = frozenset(numbers)
    ranges = token_ranges(found, bridge=punctuation_between(analysis, found))
    return trimmed(analysis, (piece for run in ranges for piece in _paragraphs_of(analysis, run)))


def _paragraphs_of(analysis: Analysis, run: TokenRange) -> TokenRanges:
    """Return a range cut where a paragraph ends and the next one opens a mark."""
    first, last = analysis.words[run[0]].span, analysis.words[run[1] - 1].span
    if "\n\n" not in analysis.gap(first.end, last.start):
        return (run,)
    cuts = [
        n
        for n in range(run[0] + 1, run[1])
        if any(analysis.marks_at[n : n + 2])
        and "\n\n" in analysis.gap(analysis.words[n - 1].span.end, analysis.words[n].span.start)
    ]
    return tuple(zip((run[0], *cuts), (*cuts, run[1]), strict=True))


def content_from_words(analysis: Analysis, numbers: frozenset[int], anchor: int) -> TokenRanges:
    """Return the ranges of a content, each without the preposition that leads to it.

    A fragment on the far side of the anchor is left out.
    """
    runs = trimmed_by_paragraph(analysis, numbers)
    longest = max(runs, key=lambda run: run[1] - run[0], default=(0, 0))
    kept = [
        (a, b)
        for a, b in runs
        if (a < anchor) == (longest[0] < anchor)
        or analysis.marks_at[a]
        or not is_fragment(analysis, a, b)
    ]
    cut = (
        (a + _starts_with_case(analysis, a, b), _end_without_leads(analysis, a, b)) for a, b in kept
    )
    return tuple(run for run in cut if run[0] < run[1])


def is_fragment(analysis: Analysis, first: int, stop: int) -> bool:
    """Return True if a range is a few words without a verb."""
    return stop - first <= MAX_FRAGMENT_WORDS and analysis.verbs.isdisjoint(range(first, stop))


def _end_without_leads(analysis: Analysis, first: int, stop: int) -> int:
    """Return the end of a range without small words that only lead to what is not in it.

    "would go on *after*".
    """
    while (
        stop - first > 1
        and analysis.words[stop - 1].upos in LEADING
        and analysis.head(stop - 1) not in range(first, stop)
    ):
        stop -= 1
    return stop


def _starts_with_case(analysis: Analysis, first: int, stop: int) -> bool:
    """Return True where the first word only says how the phrase hangs on the cue.

    "called *for* calm", "spoke *of* a gift".
    """
    head = analysis.head(first)
    return (
        analysis.words[first].deprel == "case"
        and first < head < stop
        and analysis.head(head) not in range(first, stop)
    )


def _up_to_next_cue(
    analysis: Analysis, numbers: frozenset[int], original: frozenset[int], others: frozenset[int]
) -> frozenset[int]:
    """Return the words of a content that grows beyond the rules' only up to another attribution.

    It ends before the other's cue, what hangs on that, and what joins it.
    """
    low, high = min(original, default=0), max(original, default=0)
    stop = min((n for n in others & numbers if n > high), default=None)
    start = max((n for n in others & numbers if n < low), default=None)
    while (
        stop is not None
        and stop - 1 > high
        and (_joins(analysis, stop - 1) or _is_below_later(analysis, stop - 1, others))
    ):
        stop -= 1
    return frozenset(
        n for n in numbers if (stop is None or n < stop) and (start is None or n > start)
    )


def _joins(analysis: Analysis, number: int) -> bool:
    """Return True for punctuation and conjunctions."""
    return analysis.is_punct(number) or analysis.words[number].upos == "CCONJ"


def _is_below_later(analysis: Analysis, number: int, cues: frozenset[int]) -> bool:
    """Return True if a word before a cue stands below it in the tree.

    "the delegates *were said* to …".
    """
    head = analysis.head(number)
    while head >= 0 and head not in cues:
        head = analysis.head(head)
    return head > number


def apply_tagger_boundaries(
    analysis: Analysis,
    candidate: Candidate,
    tagged: TaggerOutput,
    *,
    others: frozenset[int] = frozenset(),
) -> Candidate:
    """Return the candidate with the boundaries that the tagger gives, where it is sure enough.

    A passive that names nobody stays as it is, since its subject is not the speaker.

    Args:
        analysis: The analysis of the chunk.
        candidate: The candidate of the rules.
        tagged: What the tagger said of it.
        others: The words of other attributions' cues.
    """
    min_validity = analysis.language.thresholds.tagger_boundaries
    if tagged.valid < min_validity or (candidate.cue and not candidate.source):
        return candidate
    better = token_numbers(
        _better(analysis, candidate.content, tagged, tagged.content, MIN_CONTENT_GAIN)
    ) - token_numbers(candidate.cue)
    content = content_from_words(
        analysis,
        _up_to_next_cue(analysis, better, token_numbers(candidate.content), others),
        tagged.anchor,
    )
    if not content:
        return candidate
    cue = _better(analysis, candidate.cue, tagged, tagged.cue, MIN_CUE_GAIN)
    source = _better(analysis, candidate.source, tagged, tagged.source, MIN_SOURCE_GAIN)
    content = complete_marks(
        analysis, candidate.anchor, content, token_numbers(cue) | token_numbers(source)
    )
    if not content:
        return candidate
    return replace(
        candidate,
        cue=cue,
        source=source,
        content=content,
        head=content_head(analysis, content, candidate.head),
    )


def _better(
    analysis: Analysis,
    ruled: TokenRanges,
    tagged: TaggerOutput,
    probabilities: Sequence[float],
    min_gain: float,
) -> TokenRanges:
    """Return the likeliest words, or those of the rules where too little is gained.

    Of words out of the tagger's reach it says nothing: there the rules' answer stands. `min_gain`
    is the gain in log odds from which the words of the rules, `ruled`, are replaced.
    """
    best = likeliest_words(tagged.start, probabilities)
    if not ruled or not best:
        return trimmed_by_paragraph(analysis, best) or ruled
    known = token_numbers(ruled)
    near = range(tagged.start, tagged.start + len(probabilities))
    best |= {n for n in known if n not in near}
    score = sum(
        logit(probabilities[n - near[0]]) * ((n in best) - (n in known))
        for n in sorted(best ^ known)
        if not analysis.is_punct(n)
    )
    return ruled if score < min_gain else trimmed_by_paragraph(analysis, best)


def complete_marks(
    analysis: Analysis, anchor: int, content: TokenRanges, taken: frozenset[int]
) -> TokenRanges:
    """Return the content with the whole of each mark of which it holds enough words."""
    numbers = set(token_numbers(content))
    for mark in {analysis.mark_over(n, anchor) for n in numbers} - {-1}:
        for run in analysis.mark_runs[mark]:
            part = {n for n in range(*run) if not analysis.is_punct(n)}
            if len(part & numbers) >= MIN_MARK_SHARE * len(part) and not part & taken:
                numbers |= part
    return split_at_marks(analysis, trimmed_by_paragraph(analysis, numbers), anchor)


def content_head(analysis: Analysis, content: TokenRanges, head: int | None = None) -> int:
    """Return the head of a content: the one it had, if it is still there, else the topmost word."""
    numbers = token_numbers(content)
    if head is not None and head in numbers:
        return head
    return next(
        (
            n
            for n in sorted(numbers)
            if analysis.head(n) not in numbers and not analysis.is_punct(n)
        ),
        min(numbers),
    )
