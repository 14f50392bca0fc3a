"""Quotations that nothing attributes: by context to the nearest likely speaker, with a low confidence.

In: `Analysis`, the candidates so far, the marks. Out: further candidates. A mark that holds no sentence, or before which nobody is named,
stays out.
"""

from __future__ import annotations

from quotes.analysis import Analysis, TokenRange, token_numbers
from quotes.attribution.candidates import Candidate
from quotes.attribution.quoted import QuotationSite, begins_sentence, claimed, is_speech

FLOATING = "floating-quotation"
COLON = "colon-quotation"


def float_rest(
    analysis: Analysis,
    candidates: tuple[Candidate, ...],
    marked: tuple[QuotationSite, ...],
    subjects: frozenset[str],
) -> tuple[Candidate, ...]:
    """New candidates for marked sentences that nothing attributes: after a colon the subject of that clause, else the subject of the
    sentence before.

    `subjects` are the dependency labels of subjects. Both get a low confidence; where no subject is found the source stays empty.
    """
    taken = set(claimed(candidates, analysis))
    known = sorted(candidates, key=lambda c: c.cue)
    out = []
    for place in marked:
        if (
            place.mark in taken
            or not is_speech(analysis, place)
            or not begins_sentence(analysis, place)
        ):
            continue
        before = analysis.text[place.paragraph.start : analysis.marks[place.mark].start].rstrip()
        if before.endswith(":") and place.first > 0:
            out.append(_after_colon(analysis, place, subjects))
        else:
            out.append(_by_context(analysis, known, place, subjects))
    return tuple(c for c in out if c is not None)


def _subject(
    analysis: Analysis, sentence: TokenRange, subjects: frozenset[str], before: int
) -> tuple[int, frozenset[int]] | None:
    """The root of a sentence and the words of its subject, outside of marks and before a word."""
    root = next((n for n in range(*sentence) if analysis.head(n) < 0), None)
    if root is None:
        return None
    subject = next(
        (
            c
            for c in analysis.children(root)
            if analysis.words[c].deprel in subjects and c < before and not analysis.marks_at[c]
        ),
        None,
    )
    return None if subject is None else (root, analysis.subtree(subject))


def _after_colon(
    analysis: Analysis, place: QuotationSite, subjects: frozenset[str]
) -> Candidate | None:
    sentence = analysis.sentence(place.first - 1)
    found = _subject(analysis, sentence, subjects, place.first)
    if found is None or any(n >= place.first for n in found[1]):
        return None
    root, source = found
    cue = root if root < place.first else place.first - 1
    piece = analysis.trim((min(source), max(source) + 1))
    return Candidate(
        COLON,
        0.5,
        cue,
        ((cue, cue + 1),),
        (piece,),
        place.runs,
        place.first,
        path="subject of the clause before the colon",
    )


def _by_context(
    analysis: Analysis, known: list[Candidate], place: QuotationSite, subjects: frozenset[str]
) -> Candidate | None:
    start = place.runs[0][0]
    previous = start - 1
    while previous >= 0 and (
        analysis.is_punct(previous)
        or analysis.words[previous].span.end > analysis.marks[place.mark].start
    ):
        previous -= 1
    if previous < 0:
        return None
    last = [c for c in known if c.content and not analysis.marks_at[c.cue] and c.cue < start]
    found = _subject(analysis, analysis.sentence(previous), subjects, start)
    if found is not None and found[1] & token_numbers(place.runs):
        return None  # the mark is part of what the sentence speaks of
    people = ("PROPN", "PRON")
    if (
        found is not None
        and any(analysis.words[n].upos in people for n in found[1])
        and analysis.words[previous].span.start >= place.paragraph.start
    ):
        piece = analysis.trim((min(found[1]), max(found[1]) + 1))
        return Candidate(
            FLOATING,
            0.3,
            found[0],
            (),
            (piece,),
            place.runs,
            place.first,
            path="subject of the sentence before",
        )
    if last:
        return Candidate(
            FLOATING,
            0.3,
            start,
            (),
            last[-1].source,
            place.runs,
            place.first,
            path="speaker of the quote before",
        )
    return None
