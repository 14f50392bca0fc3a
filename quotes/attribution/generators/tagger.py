"""Candidates of the tagger, and its reading of the other generators' candidates.

In: `Analysis`, the candidates so far, a `Tagger`. Out: candidates, each with what the tagger made
of it; those that only the tagger found carry the rule name `tagger`. Which of them are right is for
the scorer.
"""

from __future__ import annotations

import bisect
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from quotes.analysis import Analysis, TokenRanges, token_numbers
from quotes.attribution.candidates import (
    AnchorKind,
    Candidate,
    TaggedCandidate,
    Trait,
    attribution_words,
)
from quotes.attribution.content_ranges import split_at_marks
from quotes.attribution.factuality import factuality_of
from quotes.attribution.subjects import (
    adjacent_noun_phrase,
    around_relative_clause,
    shared_subject,
)
from quotes.attribution.tagger.interface import RuleHint, Tagger, TaggerInput, TaggerOutput
from quotes.attribution.tagger_boundaries import (
    apply_tagger_boundaries,
    complete_marks,
    content_from_words,
    content_head,
    likeliest_words,
    trimmed_by_paragraph,
)
from quotes.language.lexicon import load_lexicon
from quotes.text.folding import fold_word

TAGGER_RULE = "tagger"


def tagged_candidates(
    analysis: Analysis,
    candidates: Sequence[Candidate],
    tagger: Tagger,
    *,
    untagged: Collection[int] = (),
) -> tuple[TaggedCandidate, ...]:
    """Return all candidates after the tagger has read them, and those that it alone found.

    One attribution may be there twice (`decoding.one_per_content`), but none with the cue of a
    certain candidate.

    Args:
        analysis: The analysis of the chunk.
        candidates: The candidates of the other generators.
        tagger: The tagger.
        untagged: The numbers of the candidates that the tagger is not asked about.
    """
    asked = [number for number in range(len(candidates)) if number not in untagged]
    hints = [rule_hint(candidates[number]) for number in asked]
    answers = tagger.tag(tagger_input(analysis), hints)
    tagged = dict(zip(asked, answers, strict=False))
    alone = answers[len(asked) :]
    min_validity = analysis.language.thresholds.tagger_cue
    cues = {
        number: token_numbers(candidates[number].cue)
        for number, t in tagged.items()
        if t.valid >= min_validity
    }
    out = [TaggedCandidate(candidates[n], n, candidates[n], None) for n in sorted(untagged)]
    longer = _longer_versions(candidates, asked)
    likeliest: dict[int, float] = {}
    for short, long in longer.items():
        likeliest[long] = max(tagged[short].valid, likeliest.get(long, 0.0))
    for number, t in tagged.items():
        candidate = candidates[number]
        if number in likeliest:
            likelier = replace(t, valid=max(t.valid, likeliest[number]))
            out.append(TaggedCandidate(candidate, number, candidate, likelier))
        elif number not in longer:
            refined = apply_tagger_boundaries(
                analysis, candidate, t, others=_other_cues(candidates, number, cues)
            )
            whole = _with_whole_source(analysis, refined)
            out.append(TaggedCandidate(whole, number, candidate, t))
    held = {n for c in candidates if Trait.CERTAIN in c.traits for n in token_numbers(c.cue)}
    fresh = ((new_candidate(analysis, t), t) for t in alone)
    out += [
        TaggedCandidate(c, None, None, t)
        for c, t in fresh
        if c is not None and not token_numbers(c.cue) & held
    ]
    return tuple(out)


def _longer_versions(candidates: Sequence[Candidate], asked: Sequence[int]) -> dict[int, int]:
    """Return the candidates that are another one seen short, with that one, by their numbers.

    "declined | to say whether …" and "declined to say | whether …", but not "urged | voters to
    back the plan" and "urged to back | the plan": the content of the first begins in the cue of the
    other.
    """
    cues = {number: token_numbers(candidates[number].cue) for number in asked}
    by_word: dict[int, list[int]] = {}
    for number, cue in cues.items():
        for word in cue:
            by_word.setdefault(word, []).append(number)
    out = {}
    for number, cue in cues.items():
        content = token_numbers(candidates[number].content)
        for other in by_word[min(cue)] if cue else ():
            if (
                cue < cues[other]
                and token_numbers(candidates[other].content) < content
                and min(content) in cues[other]
            ):
                out[number] = other
                break
    return out


def _other_cues(
    candidates: Sequence[Candidate], number: int, cues: Mapping[int, frozenset[int]]
) -> frozenset[int]:
    """Return the words of other attributions' cues."""
    others = frozenset(n for other, words in cues.items() if other != number for n in words)
    return others - token_numbers(candidates[number].cue)


def tagger_input(analysis: Analysis) -> TaggerInput:
    """Return the words of a chunk as the tagger reads them."""
    starts = [span.start for span in analysis.paragraphs]
    words = analysis.words
    return TaggerInput(
        sentences=tuple(
            tuple(word.form for word in sentence.words) for sentence in analysis.parse.sentences
        ),
        lemmas=tuple(word.lemma.lower() for word in words),
        upos=tuple(word.upos for word in words),
        deprel=tuple(word.deprel for word in words),
        heads=tuple(analysis.head(number) for number in range(len(words))),
        paragraphs=tuple(bisect.bisect_right(starts, word.span.start) for word in words),
        depths=tuple(len(marks) for marks in analysis.marks_at),
        marks=tuple(marks[0] if marks else -1 for marks in analysis.marks_at),
    )


def rule_hint(candidate: Candidate) -> RuleHint:
    """Return what the rules say of an attribution, as the tagger is told.

    Its anchor is the main word of the cue or, without a cue, the first word of the content.
    """
    return RuleHint(
        candidate.anchor if candidate.anchor_kind is AnchorKind.CUE else candidate.content[0][0],
        token_numbers(candidate.cue),
        token_numbers(candidate.source),
        token_numbers(candidate.content),
    )


def new_candidate(analysis: Analysis, tagged: TaggerOutput) -> Candidate | None:
    """Return a candidate from the tagger alone; None where it gives no content or no cue."""
    content = split_at_marks(
        analysis,
        content_from_words(analysis, likeliest_words(tagged.start, tagged.content), tagged.anchor),
        tagged.anchor,
    )
    cue = trimmed_by_paragraph(analysis, likeliest_words(tagged.start, tagged.cue))
    if not content or not cue:
        return None
    source = trimmed_by_paragraph(analysis, likeliest_words(tagged.start, tagged.source))
    if _is_circumstance(analysis, source):
        source = ()
    elif not source:
        taken = token_numbers(content) | token_numbers(cue)
        source = _subject_of(analysis, tagged.anchor, taken)
    content = complete_marks(
        analysis, tagged.anchor, content, token_numbers(cue) | token_numbers(source)
    )
    found = Candidate(
        rule=TAGGER_RULE,
        anchor=tagged.anchor,
        cue=cue,
        source=source,
        content=content,
        head=content_head(analysis, content),
        factuality=factuality_of(
            analysis, tagged.anchor, token_numbers(cue), attribution_words(analysis.language)
        ),
        path=f"tagged around {analysis.words[tagged.anchor].form}",
    )
    return _with_whole_source(analysis, found)


def _with_whole_source(analysis: Analysis, candidate: Candidate) -> Candidate:
    """Return a candidate whose source is no phrase inside a relative clause that describes it."""
    own = token_numbers(candidate.source)
    whole = around_relative_clause(analysis, own, candidate.anchor) if own else own
    taken = token_numbers(candidate.content) | token_numbers(candidate.cue)
    if whole == own or whole & taken:
        return candidate
    return replace(candidate, source=trimmed_by_paragraph(analysis, whole))


def _is_circumstance(analysis: Analysis, source: TokenRanges) -> bool:
    """Return True if a source says where or when, and cannot speak: "asked | at the airport"."""
    numbers = token_numbers(source)
    top = analysis.top(numbers)
    if top is None or not analysis.words[top].deprel.startswith("obl"):
        return False
    words, lexicon = attribution_words(analysis.language), load_lexicon(analysis.language)
    noun = fold_word(analysis.words[top].lemma)
    prepositions = words.frame_prepositions - lexicon.reporting_prepositions
    return (
        not any(noun in nouns for nouns in (lexicon.people, lexicon.roles, lexicon.documents))
        and not analysis.entity_kinds(numbers) & {"PER", "ORG"}
        and any(
            analysis.words[c].deprel == "case"
            and fold_word(analysis.words[c].lemma) in prepositions
            for c in analysis.children(top)
        )
    )


def _subject_of(analysis: Analysis, anchor: int, taken: frozenset[int]) -> TokenRanges:
    """Return the subject of a verb or the agent of a passive, where no word of it is taken.

    It is the verb's own, the one that it shares or what stands beside it.
    """
    labels = {analysis.words[c].deprel: c for c in analysis.children(anchor)}
    if analysis.words[anchor].upos != "VERB":
        return ()
    agent = labels.get("obl:agent")
    if agent is None and any(label.startswith(("nsubj:", "csubj")) for label in labels):
        return ()
    subject = agent if agent is not None else labels.get("nsubj", shared_subject(analysis, anchor))
    if subject is None or subject in taken:
        subject = adjacent_noun_phrase(analysis, anchor)
    if subject is None:
        return ()
    cases = (c for c in analysis.children(subject) if analysis.words[c].deprel == "case")
    words = analysis.subtree(subject) - set(cases)
    if agent is not None and subject not in taken:
        words = _before_taken(analysis, agent, words, taken)
    return (
        trimmed_by_paragraph(analysis, words) if not words & taken and anchor not in words else ()
    )


def _before_taken(
    analysis: Analysis, agent: int, words: frozenset[int], taken: frozenset[int]
) -> frozenset[int]:
    """Return the words of an agent before what is said, with the preposition between them.

    "Was told by Ann Roe | of "forty people"": the tree hangs the quotation on the name.
    """
    said = min((n for n in words & taken if n > agent), default=None)
    if said is None:
        return words
    end = said
    while end - 1 > agent and (
        analysis.words[end - 1].upos in ("ADP", "SCONJ") or analysis.is_punct(end - 1)
    ):
        end -= 1
    return frozenset(n for n in words if n < end)
