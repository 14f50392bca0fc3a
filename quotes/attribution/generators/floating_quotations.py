"""Candidates for quotations that no shown attribution holds, by what is said around them.

In: `Analysis` and the candidates that are shown. Out: further candidates, each with its confidence.
That a passage is somebody's words is told by marks and layout alone: it is a whole sentence inside
quotation marks. Who speaks is told by the text before it: the speaker of the sentence before, its
subject, or the last person who spoke. The confidence is the share of such answers that are right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from quotes.analysis import Analysis, TokenRange, TokenRanges, token_numbers
from quotes.attribution.candidates import AnchorKind, Candidate, Trait
from quotes.attribution.generators.layout_candidates import EMBED_RULE
from quotes.attribution.generators.lead_ins import (
    Answer,
    is_led_in,
    is_person_name,
    name_behind,
    speaker_of_lead_in,
    word_before,
)
from quotes.attribution.quotation_sites import (
    ENDS_SENTENCE,
    QuotationSite,
    addressed,
    begins_sentence,
    claimed_marks,
    closing_words,
    is_one_of,
    is_speech,
    last_word,
    stands_between_turns,
)
from quotes.attribution.subjects import subject_outside_marks
from quotes.language.lexicon import Lexicon, load_lexicon
from quotes.text.folding import fold_word

FLOATING_RULE = "floating-quotation"
# By what tells the speaker: the share of floating quotations that are right, in tenths, read on 46
# of outlets train, Wikinews and the worldwide newswire; rounded down where there were few.
PRIORS = {
    "speaker of the sentence before": 0.9,
    "subject of the clause before the colon": 0.8,
    "name before the quotation": 0.8,
    "name behind the quotation": 0.85,
    "subject of the sentence before": 0.7,
    "the last who spoke": 0.7,
    "the other of two who speak in turn": 0.5,
    "the first who speaks after it": 0.4,
    "the last whom the text is about": 0.5,
    "nobody": 0.4,
}
# Rules whose speakers stand outside of the article's own text and do not go on in it.
APART = frozenset({EMBED_RULE})
MAX_NEAR_CHARS = 600  # from a turn to the name of the other who speaks
MAX_SENTENCES_BACK = 10  # between a quotation and the person that the text before it is about
# Confidence of a statement by people who are not named from which they are taken to go on.
MIN_GROUP_CONFIDENCE = 0.7
SAME_LEVEL = frozenset({"conj", "parataxis"})  # labels of clauses that stand beside their head


class Voice(Enum):
    """What kind of speaker a phrase names; the larger are likelier to go on speaking."""

    THING = 0  # a document, a figure
    GROUP = 1  # people who are not named
    PERSON = 2  # somebody, or an organization that is named


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement around a floating quotation: who makes it, its last word, how sure it is."""

    anchor: int
    source: TokenRanges
    content: TokenRanges
    last: int
    voice: Voice
    confidence: float


def floating_quotations(
    analysis: Analysis,
    shown: Sequence[tuple[Candidate, float]],
    sites: Sequence[QuotationSite],
) -> tuple[Candidate, ...]:
    """Return a candidate for each quotation that none of the shown candidates holds.

    `shown` gives each with its confidence, `sites` are the quotations of the chunk.
    """
    taken = claimed_marks(analysis, (c for c, _ in shown)) | {
        mark
        for c, _ in shown
        if Trait.VERBATIM in c.traits
        for n in token_numbers(c.content)
        for mark in analysis.marks_at[n]
    }
    statements = [
        _statement(analysis, c, confidence)
        for c, confidence in shown
        if c.source and not analysis.marks_at[c.anchor] and c.rule not in APART
    ]
    out: list[Candidate] = []
    for site in sites:
        if site.mark not in taken and is_floating(analysis, site):
            candidate = _floating(analysis, statements, site)
            out.append(candidate)
            if candidate.source:
                statements.append(_statement(analysis, candidate, candidate.prior))
    return tuple(out)


def is_floating(analysis: Analysis, site: QuotationSite) -> bool:
    """Return True if a mark holds whole sentences and nothing of its sentence stands outside."""
    if not is_speech(analysis, site):
        return False
    if not begins_sentence(analysis, site) and not is_led_in(analysis, site):
        return False
    if name_behind(analysis, site) is not None:
        return True
    mark = analysis.marks[site.mark]
    after = analysis.text[mark.end : site.paragraph.end].lstrip(" \t\u00a0.,;—–-")
    inner = closing_words(analysis, site.mark)
    return (
        not after
        or after[0] in "\n\r"
        or (bool(ENDS_SENTENCE.search(inner)) and (not after[0].islower()))
    )


def _statement(analysis: Analysis, candidate: Candidate, confidence: float) -> Statement:
    return Statement(
        candidate.anchor,
        candidate.source,
        candidate.content,
        max(candidate.anchor, candidate.content[-1][1] - 1),
        voice_of(analysis, candidate.source),
        confidence,
    )


def _floating(
    analysis: Analysis, statements: Sequence[Statement], site: QuotationSite
) -> Candidate:
    """Return the candidate of a floating quotation, without a source where nobody is in view."""
    spoken_to = addressed(analysis, site)
    statements = [s for s in statements if not is_one_of(analysis, s.source, spoken_to)]
    led = speaker_of_lead_in(analysis, site)
    people = led is not None and voice_of(analysis, led[1]) is not Voice.THING
    anchor, source, path = (
        name_behind(analysis, site)
        or (led if people else None)
        or _by_other_in_turn(analysis, statements, site)
        or _by_sentence_before(analysis, statements, site)
        or led
        or _by_last_speaker(analysis, statements, site)
        or _by_speaker_after(analysis, statements, site)
        or _by_earlier_subject(analysis, site)
        or (site.first, (), "nobody")
    )
    inside = anchor in token_numbers(site.runs)
    return Candidate(
        FLOATING_RULE,
        anchor=anchor,
        anchor_kind=AnchorKind.CONTENT if inside else AnchorKind.CONTEXT,
        cue=(),
        source=source,
        content=site.runs,
        head=site.first,
        path=path,
        traits=frozenset({Trait.VERBATIM} if inside else ()),
        prior=PRIORS[path],
    )


def _by_other_in_turn(
    analysis: Analysis, statements: Sequence[Statement], site: QuotationSite
) -> Answer | None:
    """Return the other of two people, for an answer between two turns of the first."""
    before = max((s for s in statements if s.last < site.first), key=lambda s: s.last, default=None)
    if before is None or not stands_between_turns(analysis, site, before, statements):
        return None
    same = last_word(analysis, before.source)
    others = [s for s in statements if last_word(analysis, s.source) != same]
    earlier = [s for s in others if s.last < site.first]
    if earlier:
        other = max(earlier, key=lambda s: s.last)
        return before.anchor, other.source, "the other of two who speak in turn"
    names = _other_people(analysis, site, same)
    found = (names[0],) if len(names) == 1 else ()
    return before.anchor, found, "the other of two who speak in turn"


def _other_people(analysis: Analysis, site: QuotationSite, same: str) -> list[TokenRange]:
    """Return the names of other people in the paragraphs around, each once."""
    near = [p for p in analysis.paragraphs if abs(p.start - site.paragraph.start) < MAX_NEAR_CHARS]
    found: dict[str, TokenRange] = {}
    for mention in analysis.parse.entities:
        run = analysis.within(mention.span)
        if mention.kind != "PER" or run[0] == run[1]:
            continue
        last = fold_word(analysis.words[run[1] - 1].form)
        if last != same and any(p.contains(mention.span) for p in near):
            found.setdefault(last, run)
    return list(found.values())


def _by_sentence_before(
    analysis: Analysis, statements: Sequence[Statement], site: QuotationSite
) -> Answer | None:
    """Return who speaks in the sentence before, or the person who is its subject."""
    previous = word_before(analysis, site)
    if previous is None:
        return None
    low, high = analysis.sentence(previous)
    near = [
        s
        for s in statements
        if s.last < site.first
        and (low <= s.anchor < high or previous in token_numbers(s.content))
        and (
            s.voice is Voice.PERSON
            or (s.voice is Voice.GROUP and s.confidence >= MIN_GROUP_CONFIDENCE)
        )
    ]
    if near:
        best = min(near, key=lambda s: (_depth(analysis, s.anchor), -s.anchor))
        return best.anchor, best.source, "speaker of the sentence before"
    subject = _subject_of_sentence(analysis, (low, high), site)
    if subject is None:
        return None
    root, head, source = subject
    same_paragraph = analysis.words[previous].span.start >= site.paragraph.start
    if is_person_name(analysis, head) or (
        (same_paragraph or _gives_out_words(analysis, root))
        and voice_of(analysis, (source,)) is Voice.PERSON
    ):
        return root, (source,), "subject of the sentence before"
    return None


def _gives_out_words(analysis: Analysis, verb: int) -> bool:
    """Return True if the object of a verb is a document: "issued a statement"."""
    documents = load_lexicon(analysis.language).documents
    return any(
        analysis.words[n].deprel == "obj" and fold_word(analysis.words[n].lemma) in documents
        for n in analysis.children(verb)
    )


def _by_last_speaker(
    analysis: Analysis, statements: Sequence[Statement], site: QuotationSite
) -> Answer | None:
    """Return the person who spoke last, else whoever did."""
    before = sorted((s for s in statements if s.last < site.first), key=lambda s: s.last)
    last = max(before, key=lambda s: (s.voice.value, s.last), default=None)
    return None if last is None else (last.anchor, last.source, "the last who spoke")


def _by_speaker_after(
    analysis: Analysis, statements: Sequence[Statement], site: QuotationSite
) -> Answer | None:
    """Return who speaks in the sentence after a quotation before which nobody spoke."""
    following = next(
        (n for n in range(site.last + 1, len(analysis.words)) if not analysis.is_punct(n)), None
    )
    if following is None:
        return None
    stop = analysis.sentence(following)[1]
    after = [s for s in statements if site.last < s.anchor < stop and s.voice is Voice.PERSON]
    first = min(after, key=lambda s: s.anchor, default=None)
    return None if first is None else (first.anchor, first.source, "the first who speaks after it")


def _by_earlier_subject(analysis: Analysis, site: QuotationSite) -> Answer | None:
    """Return the person whom a sentence before is about, the nearest first."""
    low = analysis.sentence_of[site.first]
    for number in range(low - 1, max(-1, low - 1 - MAX_SENTENCES_BACK), -1):
        subject = _subject_of_sentence(
            analysis, (analysis.base[number], analysis.base[number + 1]), site
        )
        if subject is not None and is_person_name(analysis, subject[1]):
            return subject[0], (subject[2],), "the last whom the text is about"
    return None


def _depth(analysis: Analysis, number: int) -> int:
    """Return how many clauses a word lies below the main clauses of its sentence."""
    return sum(
        analysis.words[n].deprel not in SAME_LEVEL for n in (number, *analysis.ancestors(number))
    )


def _subject_of_sentence(
    analysis: Analysis, sentence: TokenRange, site: QuotationSite
) -> tuple[int, int, TokenRange] | None:
    """Return the root of a sentence, the head of its subject and its words, outside of marks."""
    found = subject_outside_marks(analysis, sentence, site.first)
    if found is None or analysis.marks_at[found[0]]:
        return None
    root, subject = found
    own = analysis.subtree(subject)
    piece = analysis.trim((min(own), max(own) + 1))
    return None if piece[1] > site.first or piece[0] == piece[1] else (root, subject, piece)


def voice_of(analysis: Analysis, source: TokenRanges) -> Voice:
    """Return what kind of speaker a phrase names, from its words and the names in it."""
    if not source:
        return Voice.THING
    words = load_lexicon(analysis.language)
    if any(
        mention.kind in ("PER", "ORG") and analysis.span(run).overlaps(mention.span)
        for run in source
        for mention in analysis.parse.entities
    ):
        return Voice.PERSON
    return max(
        (_voice_of_word(analysis, n, words) for n in token_numbers(source)), key=lambda v: v.value
    )


def _voice_of_word(analysis: Analysis, number: int, words: Lexicon) -> Voice:
    """Return what kind of speaker a pronoun or noun stands for."""
    word = analysis.words[number]
    pronoun = words.pronouns.get(fold_word(word.form))
    if pronoun is not None:
        if pronoun.refers == "group" or (pronoun.number == "plur" and pronoun.person == 3):
            return Voice.GROUP
        return (
            Voice.PERSON
            if pronoun.refers == "personal" and pronoun.gender != "neuter"
            else Voice.THING
        )
    lemma = fold_word(word.lemma)
    if word.upos in ("NOUN", "PROPN") and (lemma in words.roles or lemma in words.people):
        return Voice.GROUP if word.feat("Number") == "Plur" else Voice.PERSON
    return Voice.GROUP if lemma in words.groups else Voice.THING
