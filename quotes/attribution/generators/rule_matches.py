"""Candidates from the rules: which words are the cue, the source and the content.

In: `Analysis`, whose language has the rules. Out: `Candidate`s, one for each match of a rule. The
tree gives heads; here they become ranges of words. Nothing is decided between candidates yet.
"""

from __future__ import annotations

from collections.abc import Iterable

from quotes.analysis import Analysis, TokenRanges, token_ranges
from quotes.attribution.candidates import (
    DEFAULT_PRIOR,
    AttributionWords,
    Candidate,
    Trait,
    attribution_words,
)
from quotes.attribution.content_ranges import trimmed
from quotes.attribution.factuality import factuality_of
from quotes.attribution.subjects import adjacent_noun_phrase, apposed_words, shared_subject
from quotes.language.rules import Rule
from quotes.records import Match
from quotes.text.folding import fold_word

CUE_PARTS = frozenset({"aux", "aux:pass", "compound:prt", "fixed", "cop"})
BETWEEN_CUE_PARTS = frozenset(
    {"advmod", "aux", "aux:pass", "mark", "compound:prt", "fixed", "discourse"}
)


def rule_candidates(analysis: Analysis) -> tuple[Candidate, ...]:
    """Return a candidate for each match of a rule, in text order.

    Matches without any word of content, or mark to look for, are left out.
    """
    rules, words = analysis.language.rules, attribution_words(analysis.language)
    matches = rules.find(analysis.parse)
    found = (_candidate(analysis, rules.by_name[match.rule], match, words) for match in matches)
    return tuple(c for c in found if c is not None)


def _candidate(
    analysis: Analysis, rule: Rule, match: Match, words: AttributionWords
) -> Candidate | None:
    """Return the candidate of a match, or None where its words do not make one."""
    base = analysis.base[match.sentence]
    at = {name: base + index for name, index in match.at}
    anchor = at["cue"]
    if rule.option("inherits") and "source" not in at:
        subject = shared_subject(analysis, anchor)
        if subject is None:
            return None
        at["source"] = subject
    source = _source_words(analysis, at, words) if "source" in at else frozenset()
    if rule.option("content") == "matrix" and source:
        behind = min(_behind_phrase(analysis, at["source"]), default=len(analysis.words))
        source = frozenset(n for n in source if n < behind and n + 1 != behind)
        source |= apposed_words(analysis, source)
    cue = _cue_words(
        analysis,
        anchor,
        [n for name, n in at.items() if name.startswith("cue")],
        source | _bound_heads(at),
    )
    content, head = _content_words(analysis, rule, at, cue, source)
    may_lack_content = rule.option("content") == "marked" or rule.option("passes_on") is True
    if (not content and not may_lack_content) or ("source" in at and not source):
        return None
    if rule.option("quoted") and all(analysis.mark_over(n, anchor) < 0 for n in content):
        return None
    addressee = _phrase(analysis, at["addressee"], set()) if "addressee" in at else frozenset()
    if addressee & source:
        addressee = frozenset()
    content -= addressee
    return Candidate(
        rule=rule.name,
        anchor=anchor,
        cue=token_ranges(cue),
        source=token_ranges(source),
        content=_few_ranges(analysis, content, cue | source),
        head=head,
        addressee=token_ranges(addressee),
        factuality=factuality_of(
            analysis, anchor, cue, words, asking=rule.option("question") is True
        ),
        path=_path(analysis, at),
        traits=_traits(rule),
        prior=_prior(rule),
    )


def _traits(rule: Rule) -> frozenset[Trait]:
    """Return the traits that a rule gives its candidates."""
    named = frozenset(trait for trait in Trait if rule.option(trait.value) is True)
    return named | {Trait.CERTAIN} if rule.option("confidence") else named


def _prior(rule: Rule) -> float:
    """Return the confidence of a rule that has one of its own, else that of any candidate."""
    own = rule.option("confidence")
    return own if isinstance(own, float) else DEFAULT_PRIOR


def _source_words(
    analysis: Analysis, at: dict[str, int], words: AttributionWords
) -> frozenset[int]:
    """Return the words of the source.

    There are none where it lies in a quotation that the cue is outside of and no other phrase
    can take its place. Parsers like to make the first name inside a quotation the subject of
    the verb after it ("Adams is in Oslo," said the ministry).
    """
    cue, head = at["cue"], at["source"]
    if analysis.mark_over(head, cue) >= 0:
        beside = adjacent_noun_phrase(analysis, cue)
        if beside is None:
            return frozenset()
        head = beside
    found = _phrase(analysis, head, {n for name, n in at.items() if name != "source"})
    return found - _framing(analysis, head, words, inverted=head > cue)


def _framing(
    analysis: Analysis, head: int, words: AttributionWords, *, inverted: bool
) -> frozenset[int]:
    """Return what hangs on a source but belongs to the verb.

    "said the ministry in a statement", "the mayor, in a statement, said".
    """
    out: frozenset[int] = frozenset()
    for child in analysis.children(head):
        cases = {
            fold_word(analysis.words[c].lemma)
            for c in analysis.children(child)
            if analysis.words[c].deprel == "case"
        }
        if (
            child > head
            and analysis.words[child].deprel in ("nmod", "obl")
            and cases & words.frame_prepositions
        ):
            start = min(analysis.subtree(child))
            if inverted or analysis.is_punct(start - 1):
                out |= frozenset(range(start - (not inverted), max(analysis.subtree(head)) + 1))
    return out


def _bound_heads(at: dict[str, int]) -> frozenset[int]:
    """Return the words that a rule has bound beside the cue."""
    return frozenset(n for name, n in at.items() if not name.startswith("cue"))


def _phrase(analysis: Analysis, head: int, others: set[int]) -> frozenset[int]:
    """Return the words of a noun phrase.

    They are its subtree in one piece around the head, without what belongs to the other bound
    words and without a preposition or possessive ending of the phrase.
    """
    found = set(analysis.subtree(head))
    for other in others:
        if other in found and other != head:
            found -= analysis.subtree(other)
    drop: set[int] = set()
    for child in analysis.children(head):
        if analysis.words[child].deprel in ("case", "mark", "cc") or (
            analysis.words[child].deprel == "parataxis" and child > head
        ):
            drop |= analysis.subtree(child)
    found -= drop
    low = high = head
    while low - 1 in found:
        low -= 1
    while high + 1 in found:
        high += 1
    while low < head and analysis.is_punct(low) and analysis.words[low].form not in "([\"'":
        low += 1
    while high > head and analysis.is_punct(high) and analysis.words[high].form not in ")]\"'":
        high -= 1
    return frozenset(range(low, high + 1))


def _cue_words(
    analysis: Analysis, cue: int, parts: Iterable[int], taken: frozenset[int]
) -> frozenset[int]:
    """Return the cue with its auxiliaries, its particle and what stands between them.

    Words that are `taken` already do not belong to it.
    """
    found = {cue, *parts}
    for part in tuple(found):
        found |= {
            c
            for c in analysis.children(part)
            if analysis.words[c].deprel in CUE_PARTS and c not in taken
        }
    for n in range(min(found), max(found)):
        if (
            n not in found
            and n not in taken
            and analysis.words[n].deprel in BETWEEN_CUE_PARTS
            and analysis.head(n) in found
        ):
            found |= analysis.subtree(n) - taken
    first = {c for c in analysis.children(cue) if analysis.words[c].feat("Polarity") == "Neg"}
    return frozenset(found | first)


def _content_words(
    analysis: Analysis, rule: Rule, at: dict[str, int], cue: frozenset[int], source: frozenset[int]
) -> tuple[frozenset[int], int | None]:
    """Return the words of the content and its head, as far as the tree gives them."""
    kind = rule.option("content") or "clause"
    heads = [n for name, n in at.items() if name.startswith("content")]
    if kind == "marked" or (not heads and kind != "matrix"):
        return frozenset(), None
    zone = cue | source
    if kind == "matrix":
        low, high = analysis.sentence(at["cue"])
        reported = _reported_clause(analysis, zone)
        if reported is not None:
            behind = frozenset(range(max(zone) + 1, high))
            return analysis.subtree(reported) & behind, reported
        low = max(zone) + 1 if _opens_second_clause(analysis, zone) else low
        return frozenset(range(low, high)) - _attributing_clause(analysis, at, zone), None
    found: frozenset[int] = frozenset()
    for head in heads:
        below = analysis.subtree(head)
        if at["cue"] in below:
            below -= analysis.subtree(_below(analysis, at["cue"], head))
        found |= below
    if len(heads) == 1 and heads[0] > at["cue"]:
        found |= _joined_words(analysis, at["cue"], heads[0]) | _lost_subject(
            analysis, at, zone, found
        )
        found |= _leading_clause(analysis, at, zone, found)
    head = at.get("content", heads[0])
    if head < at["cue"] and len(heads) == 1 and min(zone) > head:
        if analysis.mark_over(head, at["cue"]) >= 0:
            found = frozenset(
                n for n in found if n < min(zone) or analysis.mark_over(n, at["cue"]) >= 0
            )
        else:
            found |= _leading_words(analysis, at, zone, found)
    return found - zone - _case_of_source(analysis, at, source), head


def _case_of_source(
    analysis: Analysis, at: dict[str, int], source: frozenset[int]
) -> frozenset[int]:
    """Return the preposition of a source that hangs on the content ("disaster *by* the mayor")."""
    return frozenset(
        n
        for n in (analysis.children(at["source"]) if source else ())
        if analysis.words[n].deprel == "case" and n not in source
    )


def _lost_subject(
    analysis: Analysis, at: dict[str, int], zone: frozenset[int], found: frozenset[int]
) -> frozenset[int]:
    """Return what stands between a cue and a finite clause without a subject.

    The parser has hung the subject elsewhere.
    """
    head = at.get("content", -1)
    if head < 0 or not found or "addressee" in at:
        return frozenset()
    children = analysis.children(head)
    if any(
        analysis.words[c].deprel.startswith(("nsubj", "csubj", "expl", "mark")) for c in children
    ):
        return frozenset()
    finite = [
        n
        for n in (head, *children)
        if analysis.words[n].feat("VerbForm") == "Fin"
        and analysis.words[n].deprel in ("aux", "cop", "ccomp", "aux:pass")
    ]
    start = (
        max(n for n in zone if n < min(found)) + 1
        if any(n < min(found) for n in zone)
        else min(found)
    )
    gap = range(start, min(found))
    inside = any(
        analysis.words[n].deprel in ("iobj", "obj", "obl:unmarked")
        and analysis.head(n) == at["cue"]
        for n in gap
    )
    return (
        frozenset()
        if not finite or inside or any(analysis.mark_over(n, at["cue"]) >= 0 for n in gap)
        else frozenset(gap)
    )


def _leading_clause(
    analysis: Analysis, at: dict[str, int], zone: frozenset[int], found: frozenset[int]
) -> frozenset[int]:
    """Return an adverbial between a cue and a clause, where it belongs to what is said.

    "said *although it had rained*, the harvest was good": the parser hangs it on the cue. One that
    stands before "that", or has no subject, belongs to the cue ("said when asked that").
    """
    first = min((n for n in found if not analysis.is_punct(n)), default=0)
    before = [n for n in zone if n < first]
    if not before or analysis.words[first].deprel == "mark" or "addressee" in at:
        return frozenset()
    gap = [n for n in range(max(before) + 1, first) if not analysis.is_punct(n)]
    if not gap:
        return frozenset()
    if analysis.words[first - 1].form == "," and _is_leading_phrase(analysis, at["cue"], gap):
        return frozenset(gap)
    if analysis.words[gap[0]].upos != "SCONJ":
        return frozenset()
    verb = analysis.head(gap[0])
    hangs = analysis.words[verb].deprel == "advcl" and analysis.head(verb) == at["cue"]
    has_subject = any(analysis.words[c].deprel.startswith("nsubj") for c in analysis.children(verb))
    return frozenset(gap) if verb in gap and hangs and has_subject else frozenset()


def _is_leading_phrase(analysis: Analysis, cue: int, gap: list[int]) -> bool:
    """Return True for a phrase that a clause begins with, up to its comma.

    "said *following this arrest*, the inquiry goes on": not one that says when or on what occasion.
    """
    head = analysis.head(gap[0])
    occasions = analysis.language.words("occasion-nouns") | analysis.language.words("calendar")
    return (
        analysis.words[gap[0]].deprel == "case"
        and head in gap
        and analysis.words[head].deprel == "obl"
        and analysis.head(head) == cue
        and not any(
            form in occasions
            for n in gap
            for form in (analysis.words[n].form, analysis.words[n].lemma)
        )
    )


def _joined_words(analysis: Analysis, cue: int, head: int) -> frozenset[int]:
    """Return what the parser joins to the cue although it goes on with the content.

    "says they are “right,” but also hungry for more".
    """
    out: frozenset[int] = frozenset()
    for child in analysis.children(cue):
        if (
            analysis.words[child].deprel == "conj"
            and child > head
            and analysis.words[child].upos in ("ADJ", "NOUN", "PROPN")
        ):
            out |= analysis.subtree(child)
    return out


def _leading_words(
    analysis: Analysis, at: dict[str, int], zone: frozenset[int], found: frozenset[int]
) -> frozenset[int]:
    """Return what stands before a clause whose cue comes after it, back to its sentence's start.

    Words in quotation marks are not taken.
    """
    low = analysis.sentence(at["cue"])[0]
    if not found or any(analysis.mark_over(n, at["cue"]) >= 0 for n in found):
        return frozenset()
    stop = min(found)
    inside = [n for n in range(low, stop) if n in zone or analysis.mark_over(n, at["cue"]) >= 0]
    return frozenset(range(max(inside, default=low - 1) + 1, stop)) if not inside else frozenset()


def _below(analysis: Analysis, number: int, top: int) -> int:
    """Return the dependent of `top` over which a word hangs under it."""
    while analysis.head(number) not in (top, -1):
        number = analysis.head(number)
    return number


def _attributing_clause(
    analysis: Analysis, at: dict[str, int], zone: frozenset[int]
) -> frozenset[int]:
    """Return all words of the clause or phrase that attributes: the subtrees of cue and source."""
    found = set(zone)
    for name in ("cue", "source", "frame"):
        if name in at and at.get("content") not in analysis.subtree(at[name]):
            found |= analysis.subtree(at[name]) - _behind_phrase(analysis, at[name])
    return frozenset(found)


def _behind_phrase(analysis: Analysis, head: int) -> frozenset[int]:
    """Return what hangs on an attributing phrase but opens the clause behind its comma.

    "According to reports, *of the 40 passengers*, 22 were Cuban".
    """
    out: frozenset[int] = frozenset()
    for child in analysis.children(head):
        below = analysis.subtree(child)
        first = min(below)
        if (
            analysis.words[child].deprel in ("nmod", "obl")
            and child > head
            and analysis.words[first].upos == "ADP"
            and analysis.words[first - 1].form == ","
        ):
            out |= below
    return out


def _reported_clause(analysis: Analysis, zone: frozenset[int]) -> int | None:
    """Return the clause that a phrase stands in behind its conjunction, None where it does not.

    "He wrote *that according to Roe*, the bridge was shut": the first clause is the writer's.
    """
    mark = min(zone) - 1
    if mark < 0 or analysis.words[mark].deprel != "mark":
        return None
    clause = analysis.head(mark)
    reported = clause > max(zone) and analysis.words[clause].deprel == "ccomp"
    return clause if reported else None


def _opens_second_clause(analysis: Analysis, zone: frozenset[int]) -> bool:
    """Return True if a phrase that attributes stands behind the conjunction of a second clause.

    "He fell ill *and according to the ministry* he died": the first is the reporter's.
    """
    before = min(zone) - 1
    while before >= 0 and analysis.is_punct(before):
        before -= 1
    low, high = analysis.sentence(min(zone))
    if before <= low or analysis.words[before].upos != "CCONJ":
        return False
    return all(
        any(analysis.words[n].feat("VerbForm") == "Fin" for n in part)
        for part in (range(low, before), range(max(zone) + 1, high))
    )


def _few_ranges(analysis: Analysis, content: frozenset[int], zone: frozenset[int]) -> TokenRanges:
    """Return the content in as few ranges as possible.

    Gaps are closed unless a word of the cue or the source stands in them.
    """
    if not content:
        return ()
    outside = frozenset(
        n for n in range(min(content), max(content)) if n not in content and n not in zone
    )
    return trimmed(analysis, token_ranges(content, bridge=outside))


def _path(analysis: Analysis, at: dict[str, int]) -> str:
    """Return the cue, then each bound word with the labels that lead to it.

    `said >nsubj Peskov >ccomp continue`.
    """
    cue = at["cue"]
    steps = [analysis.words[cue].form]
    for name, number in at.items():
        if name != "cue":
            steps.append(f"{_labels(analysis, cue, number)} {analysis.words[number].form}")
    return " ".join(steps)


def _labels(analysis: Analysis, start: int, end: int) -> str:
    """Return the labels on the way from one word to another, up with <, down with >."""
    chain = (start, *analysis.ancestors(start))
    down: list[str] = []
    at = end
    while at not in chain and at >= 0:
        down.append(f">{analysis.words[at].deprel}")
        at = analysis.head(at)
    up = [f"<{analysis.words[n].deprel}" for n in chain[: chain.index(at)]] if at in chain else []
    return "".join(up + down[::-1]) or "="
