"""Boundary operators that the tree decides: sources shared, contents around their cue.

In: `Analysis` and candidates, one for each cue. Out: the same with other sources or contents.
`quotation_boundaries` does the same with quotation marks.
"""

from __future__ import annotations

from dataclasses import replace

from quotes.analysis import Analysis, TokenRange, TokenRanges, is_present_participle, token_numbers
from quotes.attribution.candidates import Candidate, Trait, attribution_words
from quotes.attribution.content_ranges import content_ranges
from quotes.attribution.subjects import (
    OBJECTS,
    SUBJECTS,
    can_speak,
    reports,
    thinks_or_pledges,
)
from quotes.text.folding import fold_word

PREPOSED = frozenset({"case", "fixed"})  # labels of prepositions, "according to"
FINITE_PARTS = frozenset({"aux", "aux:pass", "cop"})  # labels of what may be finite for a verb


def inherit_sources(analysis: Analysis, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Give participles that hang on a reported clause the source of the clause's own cue.

    "X warned that A would come, saying B": X says B.
    """
    return tuple(
        _inherited(analysis, c, candidates) if Trait.INHERITS in c.traits else c for c in candidates
    )


def _inherited(
    analysis: Analysis, candidate: Candidate, others: tuple[Candidate, ...]
) -> Candidate:
    """Return the candidate with the source of the nearest cue whose content it stands in.

    Not that of a preposition, whose noun is no subject: "according to *papers*, Park fled, saying".
    """
    hanging = analysis.words[candidate.anchor].deprel in (
        "advcl",
        "parataxis",
    ) or is_detached_participle(analysis, candidate)
    beside = [o for o in others if o.source and _stands_behind(analysis, candidate, o)]
    if beside:
        return replace(candidate, source=beside[0].source)
    around = [
        o
        for o in others
        if o.anchor < candidate.anchor
        and o.source
        and analysis.words[o.anchor].deprel not in PREPOSED
        and candidate.anchor in token_numbers(o.content)
    ]
    around = [
        o
        for o in around
        if analysis.mark_over(candidate.anchor, o.anchor) < 0
        and (
            hanging
            or _after_marks(analysis, candidate, o)
            or _goes_on_from_cue(analysis, candidate, o)
        )
    ]
    return (
        replace(candidate, source=max(around, key=lambda o: o.anchor).source)
        if around
        else candidate
    )


def is_detached_participle(analysis: Analysis, candidate: Candidate) -> bool:
    """Return True if the cue is a participle behind a comma, however the parser hangs it.

    It shares the subject of the verb before: ..., adding that.
    """
    return (
        (Trait.CHAIN in candidate.traits or thinks_or_pledges(analysis, candidate.anchor))
        and is_present_participle(analysis.words[candidate.anchor])
        and Trait.INHERITS in candidate.traits
        and candidate.anchor > 0
        and analysis.words[candidate.anchor - 1].form in (",", '"')
    )


def _after_marks(analysis: Analysis, candidate: Candidate, outer: Candidate) -> bool:
    """Return True if a joined verb comes right after quoted words.

    "said the plan was “a gift” and promised changes".
    """
    before = candidate.anchor - 1
    while before > outer.anchor and (
        analysis.is_punct(before) or analysis.words[before].deprel == "cc"
    ):
        before -= 1
    return (
        analysis.words[candidate.anchor].deprel == "conj"
        and analysis.mark_over(before, outer.anchor) >= 0
    )


def _stands_behind(analysis: Analysis, candidate: Candidate, other: Candidate) -> bool:
    """Return True for a participle behind another's cue and source, and a comma.

    "Trade grew, the agency said, *adding* that".
    """
    zone = token_numbers(other.cue) | token_numbers(other.source)
    return (
        bool(zone)
        and Trait.INHERITS not in other.traits
        and max(zone) == candidate.anchor - 2
        and is_detached_participle(analysis, candidate)
    )


def _goes_on_from_cue(analysis: Analysis, candidate: Candidate, outer: Candidate) -> bool:
    """Return True if a verb that is joined to a content goes on from the outer cue.

    It reports in the tense of the cue, and the verb that the parser joins it to has another tense,
    or a subject that cannot speak: "said they *cannot* stay and demanded action", "said *the bus*
    was empty and suggested that", "said villages *had grown* and urged them". Words in marks that
    follow it may be part of the content.
    """
    words, anchor = analysis.words, candidate.anchor
    joined = analysis.head(anchor)
    if words[anchor].deprel != "conj" or joined == outer.anchor:
        return False
    if any(analysis.marks_at[n] for n in analysis.subtree(anchor)):
        return False
    tense = words[anchor].feat("Tense")
    if not reports(analysis, anchor) or tense is None or tense != words[outer.anchor].feat("Tense"):
        return False
    subject = next((c for c in analysis.children(joined) if words[c].deprel in SUBJECTS), None)
    if subject is None or subject > joined:
        return False
    if _tense(analysis, joined) != tense or not can_speak(analysis, subject):
        return True
    return _is_perfect(analysis, joined) and not _addresses_pronoun(analysis, anchor)


def _is_perfect(analysis: Analysis, verb: int) -> bool:
    """Return True for a participle behind an auxiliary that makes it perfect ("had grown")."""
    word = analysis.words[verb]
    past = word.feat("VerbForm") == "Part" and word.feat("Tense") == "Past"
    return past and any(analysis.words[c].deprel == "aux" for c in analysis.children(verb))


def _addresses_pronoun(analysis: Analysis, verb: int) -> bool:
    """Return True for an object that takes up somebody: "had come and told *him*"."""
    return any(
        analysis.words[c].deprel in OBJECTS and analysis.words[c].upos == "PRON"
        for c in analysis.children(verb)
    )


def _tense(analysis: Analysis, verb: int) -> str | None:
    """Return the tense of the finite word of a clause, None for one without."""
    parts = (
        n
        for n in (*analysis.children(verb), verb)
        if n == verb or analysis.words[n].deprel in FINITE_PARTS
    )
    finite = next((n for n in parts if analysis.words[n].feat("VerbForm") == "Fin"), None)
    return None if finite is None else analysis.words[finite].feat("Tense")


def extend_around_cue(analysis: Analysis, candidate: Candidate) -> Candidate:
    """Return the candidate with its sentence on both sides of a cue set off by commas.

    Those who shout, he said, "have nothing to say": parsers like to hang one side elsewhere. A
    whole quotation stays as it is, and so does what follows with a preposition that frames the
    cue (he said, *in* a statement) or a participle (*citing*): that is the reporter's. Behind a
    conjunction or a relative pronoun the cue has only what that opens ("the dam, *which*, he said,
    broke").
    """
    zone = _parenthetical_zone(analysis, candidate)
    if zone is None or analysis.marks_at[candidate.anchor] or Trait.CITING in candidate.traits:
        return candidate
    low, high = analysis.sentence(candidate.anchor)
    content = token_numbers(candidate.content)
    before = frozenset(n for n in range(low, zone[0]) if not analysis.is_punct(n))
    after = frozenset(n for n in range(zone[1], high) if not analysis.is_punct(n))
    own = _own_clause(analysis, candidate, before, after)
    if own:
        return replace(candidate, content=content_ranges(analysis, own, candidate.anchor))
    if (
        not before
        or not after
        or not content
        or not content <= {*range(low, high)}
        or (before & content and after & content)
    ):
        return candidate
    first, second = analysis.words[min(after)], analysis.mark_over(min(after), candidate.anchor)
    if all(analysis.mark_over(n, candidate.anchor) >= 0 for n in before) or (
        second >= 0 and first.form[:1].isupper()
    ):
        return candidate
    frames = attribution_words(analysis.language).frame_prepositions
    if before & content and (fold_word(first.lemma) in frames or is_present_participle(first)):
        return candidate
    new = (
        before
        if after & content
        else frozenset(n for n in after if _depends_on(analysis, n, content))
    )
    return (
        replace(candidate, content=content_ranges(analysis, content | new, candidate.anchor))
        if new
        else candidate
    )


def _own_clause(
    analysis: Analysis, candidate: Candidate, before: frozenset[int], after: frozenset[int]
) -> frozenset[int]:
    """Return the words behind a cue set into a clause that has just been opened before it.

    None where no clause has, or where it is all in marks.
    """
    opener = max(before, default=None)
    if opener is None or not after:
        return frozenset()
    content = token_numbers(candidate.content)
    if analysis.words[opener].upos == "CCONJ":
        return content & after if content <= before | after | analysis.punctuation else frozenset()
    if analysis.words[opener].feat("PronType") != "Rel":
        return frozenset()
    if not content and not reports(analysis, candidate.anchor):
        return frozenset()
    return analysis.subtree(analysis.head(opener)) & after


def _parenthetical_zone(analysis: Analysis, candidate: Candidate) -> TokenRange | None:
    """Return the range of cue and source, if these are all that stands between two commas."""
    words = token_numbers(candidate.cue) | token_numbers(candidate.source)
    if not candidate.source or Trait.INHERITS in candidate.traits or not candidate.cue:
        return None
    low, high = min(words), max(words) + 1
    if any(n not in words and not analysis.is_punct(n) for n in range(low, high)) or high >= len(
        analysis.words
    ):
        return None
    gap = analysis.text[: analysis.words[low].span.start].rstrip(" \"'”’")
    return (low, high) if gap.endswith(",") and analysis.words[high].form == "," else None


def _depends_on(analysis: Analysis, number: int, content: frozenset[int]) -> bool:
    """Return True if a word of the content stands above the word in the tree."""
    return any(n in content for n in analysis.ancestors(number))


def share_contents(analysis: Analysis, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Give a source that passes on another's words the content of that one.

    "The paper quoted Smith as saying Z": Z is what Smith said and what the paper wrote. The other
    is the nearest citing candidate whose cue hangs on this one's.
    """
    return tuple(
        replace(c, content=_cited_content(analysis, c, candidates))
        if Trait.PASSES_ON in c.traits
        else c
        for c in candidates
    )


def _cited_content(
    analysis: Analysis, candidate: Candidate, others: tuple[Candidate, ...]
) -> TokenRanges:
    """Return the content of the nearest citing candidate below a cue, none where there is none."""
    cited = [
        o
        for o in others
        if Trait.CITING in o.traits
        and o.content
        and candidate.anchor in analysis.ancestors(o.anchor)
    ]
    nearest = min(cited, key=lambda o: abs(o.anchor - candidate.anchor), default=None)
    return nearest.content if nearest is not None else ()
