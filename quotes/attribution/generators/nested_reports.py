"""Candidates for what one source says that another one said, where the tree hides the inner clause.

In: `Analysis` and the candidates of the rules. Out: all candidates. Where a clause of a verb of
speech is itself a report, parsers like to hang its parts on the outer verb:

- the inner clause beside the inner verb: "noted that the fund *estimates* that *trade will grow*",
- the inner speaker as an object of the outer verb: "reported *its source* claimed that one fled",
- a report in a relative clause: "a man *police say* is ill",
- both sources in one phrase: "According to the agency, *the prosecutor*, said that they must go".

The order of the words tells: who speaks stands right before the verb, what is said right behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from quotes.analysis import Analysis, token_numbers, token_ranges
from quotes.attribution.act_words import act_words
from quotes.attribution.candidates import Candidate, Trait, attribution_words
from quotes.attribution.content_ranges import content_ranges
from quotes.attribution.factuality import factuality_of
from quotes.attribution.subjects import APPOSED, SUBJECTS, auxiliaries, can_speak
from quotes.text.folding import fold_word

NESTED_REPORT_RULE = "nested-report"
OBJECTS = frozenset({"obj", "iobj", "obl:unmarked"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
INSIDE = NOMINAL | {"DET", "ADJ", "NUM", "ADP", "PART", "CCONJ", "PUNCT"}  # of the second speaker
IN_TWO = 0.8  # confidence where one phrase names both; set by hand: the form is certain


def with_nested_reports(analysis: Analysis, ruled: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates of the rules with those of inner verbs whose clause the tree hides.

    A source in which both speakers stand is cut, so that each has its own.
    """
    complete = frozenset(
        c.anchor
        for c in ruled
        if c.head is not None
        and c.source
        and Trait.INHERITS not in c.traits
        and analysis.words[c.head].feat("PronType") != "Rel"  # it stands for the subject
    )
    out, found = list(ruled), list[Candidate]()
    for verb, word in enumerate(analysis.words):
        if verb in complete or not _reports(analysis, verb):
            continue
        inner = (
            (_beside_clause(analysis, verb) if word.deprel == "ccomp" else None)
            or _behind_subject(analysis, verb)
            or _in_relative_clause(analysis, verb, ruled)
        )
        if inner is not None:
            found.append(inner)
            continue
        clause = next(_clauses(analysis, verb, verb), None)
        if word.deprel == "ccomp" or clause is None or _subject(analysis, verb) is not None:
            continue
        for place, candidate in enumerate(out):
            cut = _in_two(analysis, candidate, verb, clause)
            if cut is not None:
                out[place], inner = cut
                found.append(inner)
                break
    return (*out, *found)


def _reports(analysis: Analysis, verb: int) -> bool:
    """Return True for a finite verb of speech, no imperative."""
    ordered = analysis.words[verb].feat("Mood") == "Imp"
    return _is_verb_of_speech(analysis, verb) and _has_finite_verb(analysis, verb) and not ordered


def _clauses(analysis: Analysis, head: int, after: int) -> Iterator[int]:
    """Yield the finite clauses of a verb that stand behind a word."""
    return (
        c
        for c in analysis.children(head)
        if analysis.words[c].deprel == "ccomp" and c > after and _is_finite(analysis, c)
    )


def _infinitives(analysis: Analysis, verb: int) -> Iterator[int]:
    """Yield the infinitives that a verb takes, with their particle."""
    return (
        c
        for c in analysis.children(verb)
        if analysis.words[c].deprel in ("xcomp", "advcl")
        and c > verb
        and any(
            analysis.words[n].deprel == "mark" and analysis.words[n].upos == "PART"
            for n in analysis.children(c)
        )
    )


def _is_finite(analysis: Analysis, clause: int) -> bool:
    """Return True if a clause has a subject and a finite verb of its own."""
    return _subject(analysis, clause) is not None and _has_finite_verb(analysis, clause)


def _has_finite_verb(analysis: Analysis, verb: int) -> bool:
    """Return True if a verb, or a word that depends on it, is a finite verb or auxiliary."""
    helpers = (c for c in analysis.children(verb) if analysis.words[c].upos == "AUX")
    return any(analysis.words[n].feat("VerbForm") == "Fin" for n in (verb, *helpers))


def _beside_clause(analysis: Analysis, verb: int) -> Candidate | None:
    """Return the candidate of an inner verb with a subject whose clause hangs on the outer verb."""
    outer = analysis.head(verb)
    subject = _subject(analysis, verb)
    if subject is None or subject > verb or next(_clauses(analysis, verb, verb), None) is not None:
        return None
    if not _is_verb_of_speech(analysis, outer):
        return None
    clause = next(_clauses(analysis, outer, verb), None)
    if clause is None or min(analysis.subtree(clause)) != verb + 1:
        return None
    source = _phrase_before(analysis, subject, verb)
    return _candidate(analysis, verb, source, clause) if source else None


def _behind_subject(analysis: Analysis, verb: int) -> Candidate | None:
    """Return the candidate of a verb with a complement whose subject the tree calls something else.

    The subject hangs on the outer verb, as its object or as a subject beside its own ("*Agents*
    “say it rains,” he said"), or on the verb itself ("*(Roe)* has asked that", "because *some*
    say").
    """
    complement = next(_clauses(analysis, verb, verb), None)
    if complement is None and fold_word(analysis.words[verb].lemma) in _directing(analysis):
        complement = next(_infinitives(analysis, verb), None)
    if complement is None:
        return None
    for head in _stray_subjects(analysis, verb):
        source = _phrase_before(analysis, head, verb)
        if source:
            return _candidate(analysis, verb, source, complement)
    return None


def _directing(analysis: Analysis) -> frozenset[str]:
    return act_words(analysis.language).directing


def _stray_subjects(analysis: Analysis, verb: int) -> Iterator[int]:
    """Yield the heads of phrases before a verb that may be its subject though the tree errs."""
    words, outer = analysis.words, analysis.head(verb)
    own = [c for c in analysis.children(verb) if c < verb]
    if not any(words[c].deprel in SUBJECTS for c in own):
        yield from (c for c in own if words[c].deprel in APPOSED and words[c].upos in NOMINAL)
        yield from (c for c in own if words[c].deprel == "expl" and words[c].upos == "DET")
        yield from _joined_before(analysis, verb)
    if (
        words[verb].deprel != "ccomp"
        or _subject(analysis, verb) is not None
        or not _is_verb_of_speech(analysis, outer)
    ):
        return
    subjects = [c for c in analysis.children(outer) if words[c].deprel in SUBJECTS]
    for child in analysis.children(outer):
        spare = words[child].deprel in OBJECTS or (child in subjects and len(subjects) > 1)
        if spare and child < verb and words[child].upos in NOMINAL:
            yield child


def _joined_before(analysis: Analysis, verb: int) -> Iterator[int]:
    """Yield the noun right before a finite verb that the tree joins to a noun before it.

    "We met with Oslo and *the Oslo authorities* told us that".
    """
    last = verb - 1
    while last >= 0 and analysis.words[last].upos in ("AUX", "ADV"):
        last -= 1
    for head in (last, *analysis.ancestors(last)) if last >= 0 else ():
        word = analysis.words[head]
        if word.deprel == "conj" and word.upos in ("NOUN", "PROPN") and head < verb:
            alone = not any(analysis.words[c].deprel == "conj" for c in analysis.children(head))
            if alone and can_speak(analysis, head):
                yield head
            return


def _in_relative_clause(
    analysis: Analysis, verb: int, ruled: Sequence[Candidate]
) -> Candidate | None:
    """Return the candidate of a report in a relative clause: "a man *police say* is ill".

    What is said begins with the finite verb right behind, which has no subject, and ends before the
    words that attribute the whole sentence.
    """
    words, first = analysis.words, verb + 1
    subject = _subject(analysis, verb)
    if (
        words[verb].deprel != "acl:relcl"
        or subject is None
        or words[subject].feat("PronType") == "Rel"
        or first >= analysis.sentence(verb)[1]
        or words[first].feat("VerbForm") != "Fin"
        or any(c > verb and not analysis.is_punct(c) for c in analysis.children(verb))
    ):
        return None
    clause = first if words[first].upos == "VERB" else analysis.head(first)
    source = _phrase_before(analysis, subject, verb)
    if not source or clause < first or _subject(analysis, clause) is not None:
        return None
    around = frozenset(
        n
        for c in ruled
        if c.head is None and verb in token_numbers(c.content)
        for n in token_numbers(c.cue) | token_numbers(c.source)
        if n > first
    )
    end = min(around, default=max(analysis.subtree(clause)) + 1)
    return _candidate(
        analysis, verb, source, clause, analysis.subtree(clause) & frozenset(range(first, end))
    )


def _in_two(
    analysis: Analysis, candidate: Candidate, verb: int, clause: int
) -> tuple[Candidate, Candidate] | None:
    """Return a candidate whose source holds the speaker of a verb, too, and that of the verb.

    The verb has a clause and no subject, and the words before it, behind a comma, are apposed to
    the source.
    """
    numbers = token_numbers(candidate.source)
    top = analysis.top(numbers)
    if top is None or analysis.head(top) != verb or candidate.anchor == verb:
        return None
    apposed = next(
        (c for c in analysis.children(top) if c > top and analysis.words[c].deprel == "appos"), None
    )
    if apposed is None or not top < apposed < verb:
        return None
    comma = next((n for n in range(apposed, top, -1) if analysis.words[n].form == ","), None)
    if comma is None:
        return None
    inner = range(comma + 1, verb - 1 if analysis.is_punct(verb - 1) else verb)
    own = frozenset(n for n in numbers if n < comma)
    if top not in own or any(analysis.words[n].upos not in INSIDE for n in inner):
        return None
    content = token_numbers(candidate.content) | frozenset(range(comma + 1, verb + 1))
    outer = replace(
        candidate,
        source=token_ranges(own),
        content=content_ranges(analysis, content - own, candidate.anchor),
        traits=candidate.traits | {Trait.CERTAIN},
        prior=IN_TWO,
    )
    speaker = _candidate(analysis, verb, frozenset(inner), clause)
    return outer, replace(speaker, traits=speaker.traits | {Trait.CERTAIN}, prior=IN_TWO)


def _subject(analysis: Analysis, verb: int) -> int | None:
    """Return the subject that the tree gives to a verb, if it has one."""
    return next(
        (
            c
            for c in analysis.children(verb)
            if analysis.words[c].deprel in SUBJECTS or analysis.words[c].deprel == "expl"
        ),
        None,
    )


def _is_verb_of_speech(analysis: Analysis, number: int) -> bool:
    return (
        number >= 0
        and analysis.words[number].upos == "VERB"
        and fold_word(analysis.words[number].lemma) in act_words(analysis.language).reporting
    )


def _phrase_before(analysis: Analysis, head: int, verb: int) -> frozenset[int]:
    """Return the words of a noun phrase that ends right before a verb, none where it does not.

    Auxiliaries, adverbs and marks may stand between.
    """
    below = [n for n in analysis.subtree(head) if n < verb]
    low = high = head
    while low - 1 in below and analysis.words[low - 1].upos != "CCONJ":
        low -= 1
    while high + 1 in below:
        high += 1
    between = [analysis.words[n].upos for n in range(high + 1, verb)]
    near = all(upos in ("AUX", "ADV", "PUNCT") for upos in between)
    return frozenset(range(low, high + 1)) if near else frozenset()


def _candidate(
    analysis: Analysis,
    verb: int,
    source: frozenset[int],
    clause: int,
    words: frozenset[int] | None = None,
) -> Candidate:
    """Return the candidate of a verb; `words` are those of its content, if not the whole clause."""
    cue = auxiliaries(analysis, verb) | {verb}
    return Candidate(
        NESTED_REPORT_RULE,
        anchor=verb,
        cue=token_ranges(cue),
        source=token_ranges(source),
        content=content_ranges(analysis, (words or analysis.subtree(clause)) - cue - source, verb),
        head=clause,
        factuality=factuality_of(analysis, verb, cue, attribution_words(analysis.language)),
        path="speaker before the verb, clause behind it",
        traits=frozenset({Trait.CHAIN}),
    )
