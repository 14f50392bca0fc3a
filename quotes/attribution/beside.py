"""Quotations that a clause follows at once, whatever its verb: "...," she went on.

In: `Analysis`, the candidates so far, the marks. Out: further candidates. The rules know which verbs attribute and need a tree that fits;
where no rule has a quoted sentence, the place alone tells that the clause behind it attributes it.
"""

from __future__ import annotations

from quotes.analysis import Analysis, TokenRange, token_numbers, token_ranges
from quotes.attribution.candidates import Candidate
from quotes.attribution.quoted import QuotationSite, begins_sentence, claimed, is_speech

AFTER = "clause-after-quotation"
GOES_ON = ",—–-"  # what ends the words inside a mark if the sentence goes on behind it
ENDS = "?!."  # what may end them, too, if the clause behind is nothing but subject and verb, or begins with a small letter
NAMING = frozenset({"PROPN", "PRON", "NOUN"})
NEAR = 12  # words behind the mark within which the verb of that clause stands


def clauses_after(
    analysis: Analysis,
    candidates: tuple[Candidate, ...],
    marked: tuple[QuotationSite, ...],
    subjects: frozenset[str],
    *,
    before: bool,
) -> tuple[Candidate, ...]:
    """New candidates for marked sentences that nothing attributes and a clause follows at once, whatever its verb and tree.

    `before` marks are given to cues beside them, clauses are left out whose verb the rules have found; afterwards, only those that have a
    content.
    """
    taken = set(claimed(candidates, analysis))
    known = {
        n for c in candidates if c.content or before for n in (c.cue, *token_numbers(c.cue_words))
    }
    asked = (
        p
        for p in marked
        if p.mark not in taken and is_speech(analysis, p) and begins_sentence(analysis, p)
    )
    return tuple(
        c
        for p in asked
        if (c := _clause_after(analysis, p, subjects)) is not None and c.cue not in known
    )


def _clause_after(
    analysis: Analysis, place: QuotationSite, subjects: frozenset[str]
) -> Candidate | None:
    """A clause that follows a quotation at once, whatever its verb: "...," she went on."""
    mark = analysis.marks[place.mark]
    first = next(
        (
            n
            for n in range(place.last + 1, len(analysis.words))
            if analysis.words[n].span.start >= mark.end
        ),
        None,
    )
    inner = mark.parts[-1].of(analysis.text).rstrip()
    if first is None or not inner or inner[-1] not in GOES_ON + ENDS or analysis.marks_at[first]:
        return None
    gap = analysis.gap(mark.end, analysis.words[first].span.start)
    if gap.strip() or "\n" in gap:
        return None
    stop = min(analysis.sentence(first)[1], first + NEAR)
    for verb in range(first, stop):
        word = analysis.words[verb]
        if analysis.marks_at[verb]:
            return None
        if word.upos != "VERB" or word.deprel.startswith("acl"):
            continue
        source = _subject_of(analysis, verb, first, stop, subjects)
        if source is None:
            return None
        cue = {
            verb,
            *(c for c in analysis.children(verb) if analysis.words[c].deprel == "compound:prt"),
        }
        if inner[-1] in ENDS and not _short(analysis, first, max(*cue, source[1] - 1), inner[-1]):
            return None
        return Candidate(
            AFTER,
            0.5,
            verb,
            token_ranges(cue),
            (source,),
            place.runs,
            place.first,
            path="subject of the clause after the mark",
        )
    return None


def _short(analysis: Analysis, first: int, last: int, end: str) -> bool:
    """Whether the clause from `first` to `last` cannot be a sentence that says something else."""
    rest = "".join(
        analysis.words[n].form
        for n in range(last + 1, analysis.sentence(last)[1])
        if not analysis.marks_at[n]
    )
    alone = rest.strip("\"'”’») ") == "." and analysis.words[first].upos != "CCONJ"
    return alone or (end in "?!" and analysis.words[first].form[:1].islower())


def _subject_of(
    analysis: Analysis, verb: int, first: int, stop: int, subjects: frozenset[str]
) -> TokenRange | None:
    """The subject of the verb behind a quotation: what stands before it, or, where it comes first, its noun phrase behind it.

    The tree of such a sentence may hang the subject on the quoted words, so that before the verb the order counts.
    """
    if verb > first:
        run = analysis.trim((first, verb))
        named = any(analysis.words[n].upos in NAMING for n in range(*run))
        return run if named and all(analysis.words[n].upos != "AUX" for n in range(*run)) else None
    subject = next(
        (
            c
            for c in analysis.children(verb)
            if analysis.words[c].deprel in subjects and verb < c < stop
        ),
        None,
    )
    if subject is None:
        return None
    own = analysis.subtree(subject)
    return analysis.trim((min(own), max(own) + 1)) if min(own) > verb else None
