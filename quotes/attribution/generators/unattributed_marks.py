"""Candidates for statements in quotation marks that no cue attributes.

In: `Analysis`, the candidates so far, the quotation sites. Out: further candidates. The rules know
which verbs attribute and need a tree that fits; where no rule has a quoted statement, its place
tells: the clause that follows it at once ("...," she went on), or the clause before a colon. What
nothing in its own sentence attributes is for `floating_quotations`.
"""

from __future__ import annotations

from quotes.analysis import Analysis, TokenRange, token_numbers, token_ranges
from quotes.attribution.candidates import Candidate
from quotes.attribution.quotation_sites import (
    QuotationSite,
    begins_sentence,
    claimed_marks,
    closing_words,
    is_speech,
    words_before,
)
from quotes.attribution.subjects import SUBJECTS, subject_outside_marks

FOLLOWING_CLAUSE_RULE = "clause-after-quotation"
COLON_RULE = "colon-quotation"
GOES_ON = ",—–-"  # what ends the words inside a mark if the sentence goes on behind it
# What may end them, too, if the clause behind is nothing but subject and verb, or begins with a
# small letter.
ENDS = "?!."
NAMING = frozenset({"PROPN", "PRON", "NOUN"})  # parts of speech of words that name somebody
MODIFYING = frozenset({"ADJ", "DET", "NUM"})  # of words that may stand before these
MAX_VERB_DISTANCE = 12  # words behind the mark within which the verb of that clause stands


def following_clauses(
    analysis: Analysis,
    candidates: tuple[Candidate, ...],
    marked: tuple[QuotationSite, ...],
    *,
    before: bool,
) -> tuple[Candidate, ...]:
    """Return candidates for statements that nothing attributes and a clause follows at once.

    The verb and the tree of that clause do not matter.

    Args:
        analysis: The analysis of the chunk.
        candidates: The candidates so far.
        marked: The marks that layout does not explain.
        before: True as long as marks are not yet given to the cues beside them: clauses whose verb
            the rules have found are left out. Otherwise only those of candidates with a content
            are.
    """
    taken = set(claimed_marks(analysis, candidates))
    known = {
        n for c in candidates if c.content or before for n in (c.anchor, *token_numbers(c.cue))
    }
    open_sites = (
        p
        for p in marked
        if p.mark not in taken and is_speech(analysis, p) and begins_sentence(analysis, p)
    )
    return tuple(
        c
        for p in open_sites
        if (c := _following_clause(analysis, p)) is not None and c.anchor not in known
    )


def _following_clause(analysis: Analysis, site: QuotationSite) -> Candidate | None:
    """Return the candidate of the clause that follows a mark at once, if there is one."""
    mark = analysis.marks[site.mark]
    first = next(
        (
            n
            for n in range(site.last + 1, len(analysis.words))
            if analysis.words[n].span.start >= mark.end
        ),
        None,
    )
    inner = closing_words(analysis, site.mark)
    if first is None or not inner or inner[-1] not in GOES_ON + ENDS or analysis.marks_at[first]:
        return None
    gap = analysis.gap(mark.end, analysis.words[first].span.start)
    if gap.strip() or "\n" in gap:
        return None
    stop = min(analysis.sentence(first)[1], first + MAX_VERB_DISTANCE)
    for verb in range(first, stop):
        word = analysis.words[verb]
        if analysis.marks_at[verb]:
            return None
        if word.upos != "VERB" or word.deprel.startswith("acl"):
            continue
        source = _subject_by_place(analysis, verb, first, stop)
        if source is None:
            return None
        cue = {
            verb,
            *(c for c in analysis.children(verb) if analysis.words[c].deprel == "compound:prt"),
        }
        if inner[-1] in ENDS and not _is_bare_reporting_clause(
            analysis, first, max(*cue, source[1] - 1), inner[-1]
        ):
            return None
        return Candidate(
            FOLLOWING_CLAUSE_RULE,
            anchor=verb,
            cue=token_ranges(cue),
            source=(source,),
            content=site.runs,
            head=site.first,
            path="subject of the clause after the mark",
        )
    return None


def _is_bare_reporting_clause(analysis: Analysis, first: int, last: int, end: str) -> bool:
    """Return True if the clause from `first` to `last` cannot be a statement of its own."""
    rest = "".join(
        analysis.words[n].form
        for n in range(last + 1, analysis.sentence(last)[1])
        if not analysis.marks_at[n]
    )
    alone = rest.strip("\"'”’») ") == "." and analysis.words[first].upos != "CCONJ"
    return alone or (end in "?!" and analysis.words[first].form[:1].islower())


def _subject_by_place(analysis: Analysis, verb: int, first: int, stop: int) -> TokenRange | None:
    """Return the subject of the verb behind a quotation.

    It is what stands before the verb, or, where the verb comes first, its noun phrase behind
    it. The tree of such a sentence may hang the subject on the quoted words, so that before the
    verb the order counts.
    """
    if verb > first:
        run = analysis.trim((first, verb))
        named = any(analysis.words[n].upos in NAMING for n in range(*run))
        return run if named and all(analysis.words[n].upos != "AUX" for n in range(*run)) else None
    subject = next(
        (
            c
            for c in analysis.children(verb)
            if analysis.words[c].deprel in SUBJECTS and verb < c < stop
        ),
        None,
    )
    if subject is None:
        return _phrase_behind(analysis, verb, stop)
    own = analysis.subtree(subject)
    return analysis.trim((min(own), max(own) + 1)) if min(own) > verb else None


def _phrase_behind(analysis: Analysis, verb: int, stop: int) -> TokenRange | None:
    """Return the words right behind a verb up to the next punctuation, if they are a noun phrase.

    The parser has hung them on the quoted words, as if somebody were addressed.
    """
    end = next((n for n in range(verb + 1, stop) if analysis.is_punct(n)), stop)
    parts = [analysis.words[n].upos for n in range(verb + 1, end)]
    named = NAMING & set(parts)
    return (verb + 1, end) if named and set(parts) <= NAMING | MODIFYING else None


def clauses_before(
    analysis: Analysis,
    candidates: tuple[Candidate, ...],
    marked: tuple[QuotationSite, ...],
) -> tuple[Candidate, ...]:
    """Return candidates for statements that nothing attributes and that follow a colon.

    The source is the subject of the clause before it.
    """
    taken = set(claimed_marks(analysis, candidates))
    out = []
    for site in marked:
        if (
            site.mark in taken
            or not is_speech(analysis, site)
            or not begins_sentence(analysis, site)
        ):
            continue
        if words_before(analysis, site).endswith(":") and site.first > 0:
            out.append(_after_colon(analysis, site))
    return tuple(c for c in out if c is not None)


def _after_colon(analysis: Analysis, site: QuotationSite) -> Candidate | None:
    """Return the candidate whose source is the subject of the clause before a colon."""
    sentence = analysis.sentence(site.first - 1)
    found = subject_outside_marks(analysis, sentence, site.first)
    if found is None:
        return None
    root, subject = found
    source = analysis.subtree(subject)
    if any(n >= site.first for n in source):
        return None
    anchor = root if root < site.first else site.first - 1
    piece = analysis.trim((min(source), max(source) + 1))
    return Candidate(
        COLON_RULE,
        anchor=anchor,
        cue=((anchor, anchor + 1),),
        source=(piece,),
        content=site.runs,
        head=site.first,
        path="subject of the clause before the colon",
    )
