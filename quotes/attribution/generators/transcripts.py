"""Turns of interviews and transcripts ("Park: We stay.", "Q    Why?", "Mr. PARK. We stay.").

In: `Analysis`. Out: a candidate for each turn, from paragraphs and characters. A label may have a
time, stand on a line of its own or end with a full stop; a turn may have several paragraphs. A list
of teams, states or clauses looks the same: it is believed only where people talk to each other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotes.analysis import Analysis, TokenRange, TokenRanges
from quotes.attribution.candidates import Candidate
from quotes.attribution.generators.layout_candidates import (
    HEADLINE_RULE,
    INTERVIEW_RULE,
    LABEL,
    PRIORS,
    layout_candidate,
    name_words,
    names_person,
)
from quotes.language.lexicon import load_lexicon
from quotes.records import Span
from quotes.text.folding import fold_word

TIME = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?"
NAME = r"[^\W\d_a-z][\w.’'()\-]*(?:[ ,]+[\w.’'()\-]+){0,7}?"
OPENING = r"[\"“”„«‘*_\s]*"
# A label before a colon, with a time before or behind the name.
TIMED = re.compile(
    rf"{OPENING}(?:{TIME}\s*[-–—]?\s*({NAME})|({NAME})\s*{TIME})\s*[*_]*\s*(?::|$)[*_]*"
)
PLAIN = re.compile(rf"{OPENING}({NAME})\s*[*_]*:[*_]*(?=\s|[\"“‘'«„]|$)")
BRACKETS = re.compile(r"\s*\(\(\s*([^()]{1,60}?)\s*\)\)")
LETTER = re.compile(r"\s*([QA])(?:[.:]\s+|[ \u00a0]{2,}|\t\s*)(?=\S)")
# A form of address or an article, a name in capitals or of one word, a full stop.
ADDRESS = re.compile(
    r"\s*((?:(?:[^\W\d_a-z][a-z]{1,4}\.|[^\W\d_a-z]\w+)\s+)?(?:[^\W\d_a-z][^\W\d_a-z’'\-]+)"
    r"(?:\s+[^\W\d_a-z][^\W\d_a-z’'\-]+){0,3})\.\s+(?=[\"“]?[^\W\d_a-z])"
)
BRACKETED = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])[\s.]*")
ENDS = re.compile(r"[.!?…:][\"'”’»)\]*_]*\s*$")
MIN_TURNS = 2
MIN_TALK_SHARE = 0.25  # of the turns that ask, or speak of "I" and "you"
MAX_SELF_SHARE = 0.5  # of the turns that name whom their label names: these are headings
MIN_DENSE_SHARE = 0.5  # of the paragraphs from which the text is a transcript to its end


@dataclass(frozen=True, slots=True)
class Turn:
    """A paragraph with a label.

    Attributes:
        paragraph: Its number.
        label: Where the name stands.
        start: Where the words begin.
        sure: The label has a form that only transcripts have.
    """

    paragraph: int
    label: Span
    start: int
    sure: bool
    colon: bool


def transcript_turns(analysis: Analysis) -> tuple[Candidate, ...]:
    """Return a candidate for each turn of an interview or a transcript."""
    turns = _without_headline(analysis, _turns(analysis))
    if not _is_talk(analysis, turns):
        return ()
    dense = len(turns) >= MIN_DENSE_SHARE * (len(analysis.paragraphs) - turns[0].paragraph)
    out = []
    for number, turn in enumerate(turns):
        following = turns[number + 1].paragraph if number + 1 < len(turns) else None
        end = turn.paragraph + 1
        if following is not None:
            end = following if dense or _alone(analysis, turn) else end
        elif dense:
            end = len(analysis.paragraphs)
        elif _alone(analysis, turn):
            end = min(turn.paragraph + 2, len(analysis.paragraphs))
        content = _content(analysis, turn, end, last=following is None)
        name = analysis.trim(analysis.within(turn.label))
        colon = analysis.within(Span(turn.label.end, turn.start)) if turn.colon else None
        if content and name[0] < name[1]:
            cue = None if colon is None else _colon(analysis, colon)
            out.append(layout_candidate(INTERVIEW_RULE, name, cue, content))
    return tuple(out)


def headline_label(analysis: Analysis, known: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidate of a label at the beginning of the headline, if there is one."""
    if not analysis.paragraphs or any(c.content[0][0] < 12 for c in known):
        return ()
    first = analysis.paragraphs[0]
    match = LABEL.match(analysis.text, first.start, first.end)
    if not match or analysis.text[: first.start].strip():
        return ()
    label = Span(*match.span(1))
    name = name_words(analysis, label, analysis.language.words("label-words"))
    low, high = analysis.within(Span(match.end(), first.end))
    if (
        name is None
        or _is_place(analysis, label)
        or not any(analysis.words[n].upos in ("VERB", "AUX") for n in range(low, high))
    ):
        return ()
    colon = analysis.within(Span(match.end() - 1, match.end()))
    found = layout_candidate(INTERVIEW_RULE, name, colon, ((low, high),))
    return (replace(found, rule=HEADLINE_RULE, prior=PRIORS[HEADLINE_RULE], traits=frozenset()),)


def _is_place(analysis: Analysis, label: Span) -> bool:
    """Return True if a label is the name of a place, as before a report from there."""
    kinds = {m.kind for m in analysis.parse.entities if m.span.overlaps(label)}
    return "LOC" in kinds and "PER" not in kinds


def _turns(analysis: Analysis) -> list[Turn]:
    """Return the paragraphs that begin with what may be a label."""
    not_names = analysis.language.words("label-words")
    found = []
    for number, paragraph in enumerate(analysis.paragraphs):
        turn = _turn(analysis, number, paragraph, not_names)
        if turn is not None:
            found.append(turn)
    letters = {turn.label.of(analysis.text) for turn in found}
    # An "A" alone is an article, and full stops end more than labels.
    return [turn for turn in found if turn.label.of(analysis.text) != "A" or "Q" in letters]


def _without_headline(analysis: Analysis, turns: list[Turn]) -> list[Turn]:
    """Return the turns without a headline that names who speaks ("Park: We Stay").

    It stands before words that are no turn, and nobody has its label again.
    """
    if len(turns) <= MIN_TURNS or turns[0].paragraph or turns[1].paragraph == 1:
        return turns
    first, *rest = (turn.label.of(analysis.text) for turn in turns)
    return turns if first in rest or _alone(analysis, turns[0]) else turns[1:]


def _turn(
    analysis: Analysis, number: int, paragraph: Span, not_names: frozenset[str]
) -> Turn | None:
    """Return the turn that a paragraph begins, if it begins with a label."""
    text, start, end = analysis.text, paragraph.start, paragraph.end
    for pattern, sure in ((LETTER, True), (BRACKETS, True), (TIMED, True), (PLAIN, False)):
        match = pattern.match(text, start, end)
        if match:
            group = next(g for g in range(1, pattern.groups + 1) if match[g])
            label = Span(*match.span(group))
            if pattern is LETTER or _may_be_name(analysis, label, not_names):
                return Turn(
                    number, label, match.end(), sure, colon=":" in text[label.end : match.end()]
                )
            return None
    match = ADDRESS.match(text, start, end)
    if match and _is_address(analysis, match[1]):
        return Turn(number, Span(*match.span(1)), match.end(), sure=True, colon=False)
    return None


def _may_be_name(analysis: Analysis, label: Span, not_names: frozenset[str]) -> bool:
    """Return True if a label may name somebody: a name, or a noun for a person."""
    if name_words(analysis, label, not_names) is not None:
        return True
    run = analysis.trim(analysis.within(label))
    lexicon = load_lexicon(analysis.language)
    return run[0] < run[1] and (
        fold_word(analysis.words[run[1] - 1].lemma) in lexicon.roles
        or fold_word(analysis.words[run[1] - 1].lemma) in lexicon.people
    )


def _is_address(analysis: Analysis, label: str) -> bool:
    """Return True for a form of address or an article with a name or office in capitals."""
    words = label.split()
    lexicon = load_lexicon(analysis.language)
    known = {fold_word(word).rstrip(".") for word in (*lexicon.honorifics, *lexicon.titles)}
    first = fold_word(words[0]).rstrip(".")
    return (
        len(words) > 1 and words[-1].isupper() and (first in known or first in lexicon.determiners)
    )


def _is_talk(analysis: Analysis, turns: Sequence[Turn]) -> bool:
    """Return True if the turns are people who talk to each other."""
    if len(turns) < MIN_TURNS:
        return False
    sure = [turn for turn in turns if turn.sure]
    if len(sure) >= MIN_TURNS and len({t.label.of(analysis.text) for t in sure}) > 1:
        return True
    if sum(_speaks_of_itself(analysis, turn) for turn in turns) >= MAX_SELF_SHARE * len(turns):
        return False
    talking = sum(_speaks_to_somebody(analysis, turn) for turn in turns)
    if talking < max(1, MIN_TALK_SHARE * len(turns)):
        return False
    labels = Counter(turn.label.of(analysis.text).split()[-1] for turn in turns)
    people = sum(_is_person(analysis, turn.label) for turn in turns)
    return people > 0 and (len(labels) > 1 or max(labels.values()) >= MIN_TURNS)


def _is_person(analysis: Analysis, label: Span) -> bool:
    """Return True if a label is the name of a person, or a noun for one."""
    run = analysis.trim(analysis.within(label))
    if run[0] == run[1]:
        return False
    last = fold_word(analysis.words[run[1] - 1].form)
    lexicon = load_lexicon(analysis.language)
    if names_person(analysis, run) or last in lexicon.roles or last in lexicon.people:
        return True
    return any(
        m.kind == "PER" and fold_word(m.span.of(analysis.text).split()[-1]) == last
        for m in analysis.parse.entities
    )


def _speaks_to_somebody(analysis: Analysis, turn: Turn) -> bool:
    """Return True if a turn asks, or has a pronoun of the first or second person."""
    words = analysis.text[turn.start : analysis.paragraphs[turn.paragraph].end]
    if "?" in words:
        return True
    pronouns = load_lexicon(analysis.language).pronouns
    return any(
        (known := pronouns.get(fold_word(word))) is not None and known.person in (1, 2)
        for word in re.findall(r"[^\W\d_]+", words)
    )


def _speaks_of_itself(analysis: Analysis, turn: Turn) -> bool:
    """Return True if the words of a turn name whom its label names."""
    name = turn.label.of(analysis.text).split()[-1]
    words = analysis.text[turn.start : analysis.paragraphs[turn.paragraph].end]
    return re.search(rf"\b{re.escape(name)}\b", words) is not None


def _alone(analysis: Analysis, turn: Turn) -> bool:
    """Return True if a label stands on a line of its own."""
    return not analysis.text[turn.start : analysis.paragraphs[turn.paragraph].end].strip()


def _content(analysis: Analysis, turn: Turn, end: int, *, last: bool) -> TokenRanges:
    """Return the words of a turn, a range for each of its paragraphs.

    Headings and what stands in brackets of its own ("(Applause.)") are left out.
    """
    alone = _alone(analysis, turn)
    spans = [Span(turn.start, analysis.paragraphs[turn.paragraph].end)]
    for number, paragraph in enumerate(analysis.paragraphs[turn.paragraph + 1 : end]):
        if BRACKETED.fullmatch(paragraph.of(analysis.text)):
            continue
        if ENDS.search(paragraph.of(analysis.text)) or (alone and not number):
            spans.append(paragraph)
        elif last:
            break  # a heading: what stands below it is no longer said
    runs = (analysis.within(span) for span in spans if span.start < span.end)
    return tuple(run for run in runs if analysis.trim(run)[0] < analysis.trim(run)[1])


def _colon(analysis: Analysis, run: TokenRange) -> TokenRange | None:
    """Return the colon of a label among the words behind its name."""
    return next(((n, n + 1) for n in range(*run) if analysis.words[n].form == ":"), None)
