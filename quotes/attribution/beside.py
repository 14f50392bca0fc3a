"""Quotations that a clause follows at once, whatever its verb: "...," she went on.

In: `Table`, the candidates so far, the marks. Out: further candidates. The rules know which verbs attribute and need a tree that fits;
where no rule has a quoted sentence, the place alone tells that the clause behind it attributes it.
"""

from __future__ import annotations

from quotes.analysis import Run, Table, numbers_of, runs_of
from quotes.attribution.candidates import Candidate
from quotes.attribution.quoted import Place, begins_sentence, claimed, is_speech

AFTER = "clause-after-quotation"
GOES_ON = ",—–-"  # what ends the words inside a mark if the sentence goes on behind it
ENDS = "?!."  # what may end them, too, if the clause behind is nothing but subject and verb, or begins with a small letter
NAMING = frozenset({"PROPN", "PRON", "NOUN"})
NEAR = 12  # words behind the mark within which the verb of that clause stands


def clauses_after(
    table: Table, candidates: tuple[Candidate, ...], marked: tuple[Place, ...], subjects: frozenset[str], *, before: bool
) -> tuple[Candidate, ...]:
    """New candidates for marked sentences that nothing attributes and a clause follows at once, whatever its verb and tree.

    `before` marks are given to cues beside them, clauses are left out whose verb the rules have found; afterwards, only those that have a
    content.
    """
    taken = set(claimed(candidates, table))
    known = {n for c in candidates if c.content or before for n in (c.cue, *numbers_of(c.cue_words))}
    asked = (p for p in marked if p.mark not in taken and is_speech(table, p) and begins_sentence(table, p))
    return tuple(c for p in asked if (c := _clause_after(table, p, subjects)) is not None and c.cue not in known)


def _clause_after(table: Table, place: Place, subjects: frozenset[str]) -> Candidate | None:
    """A clause that follows a quotation at once, whatever its verb: "...," she went on."""
    mark = table.marks[place.mark]
    first = next((n for n in range(place.last + 1, len(table.words)) if table.words[n].span.start >= mark.end), None)
    inner = mark.parts[-1].of(table.text).rstrip()
    if first is None or not inner or inner[-1] not in GOES_ON + ENDS or table.marks_at[first]:
        return None
    gap = table.gap(mark.end, table.words[first].span.start)
    if gap.strip() or "\n" in gap:
        return None
    stop = min(table.sentence(first)[1], first + NEAR)
    for verb in range(first, stop):
        word = table.words[verb]
        if table.marks_at[verb]:
            return None
        if word.upos != "VERB" or word.deprel.startswith("acl"):
            continue
        source = _subject_of(table, verb, first, stop, subjects)
        if source is None:
            return None
        cue = {verb, *(c for c in table.children(verb) if table.words[c].deprel == "compound:prt")}
        if inner[-1] in ENDS and not _short(table, first, max(*cue, source[1] - 1), inner[-1]):
            return None
        return Candidate(AFTER, 0.5, verb, runs_of(cue), (source,), place.runs, place.first, path="subject of the clause after the mark")
    return None


def _short(table: Table, first: int, last: int, end: str) -> bool:
    """Whether the clause from `first` to `last` cannot be a sentence that says something else."""
    rest = "".join(table.words[n].form for n in range(last + 1, table.sentence(last)[1]) if not table.marks_at[n])
    alone = rest.strip("\"'”’») ") == "." and table.words[first].upos != "CCONJ"
    return alone or (end in "?!" and table.words[first].form[:1].islower())


def _subject_of(table: Table, verb: int, first: int, stop: int, subjects: frozenset[str]) -> Run | None:
    """The subject of the verb behind a quotation: what stands before it, or, where it comes first, its noun phrase behind it.

    The tree of such a sentence may hang the subject on the quoted words, so that before the verb the order counts.
    """
    if verb > first:
        run = table.trim((first, verb))
        named = any(table.words[n].upos in NAMING for n in range(*run))
        return run if named and all(table.words[n].upos != "AUX" for n in range(*run)) else None
    subject = next((c for c in table.children(verb) if table.words[c].deprel in subjects and verb < c < stop), None)
    if subject is None:
        return None
    own = table.subtree(subject)
    return table.trim((min(own), max(own) + 1)) if min(own) > verb else None
