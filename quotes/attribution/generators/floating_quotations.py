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
from quotes.attribution.quotation_sites import (
    ENDS_SENTENCE,
    QuotationSite,
    begins_sentence,
    claimed_marks,
    is_speech,
    quotation_sites,
)
from quotes.attribution.subjects import SUBJECTS
from quotes.language.lexicon import Lexicon, load_lexicon
from quotes.text.folding import fold_word

FLOATING_RULE = "floating-quotation"
# Share of floating quotations of outlets train that are right, by what tells the speaker.
PRIORS = {
    "speaker of the sentence before": 0.9,
    "subject of the clause before the colon": 0.8,
    "name before the colon": 0.8,
    "subject of the sentence before": 0.7,
    "the last who spoke": 0.7,
    "the other of two who speak in turn": 0.5,
    "the first who speaks after it": 0.4,
    "the last whom the text is about": 0.5,
    "nobody": 0.4,
}
DASHES = frozenset({"-", "–", "—", "--"})
# Labels of clauses that say something of what stands before them.
COMPLEMENTS = frozenset({"acl", "ccomp", "csubj", "xcomp"})
# Rules whose speakers stand outside of the article's own text and do not go on in it.
APART = frozenset({EMBED_RULE})
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
    analysis: Analysis, shown: Sequence[tuple[Candidate, float]]
) -> tuple[Candidate, ...]:
    """Return a candidate for each quotation that none of the shown candidates holds.

    `shown` gives each with its confidence.
    """
    taken = claimed_marks(analysis, (c for c, _ in shown))
    statements = [
        _statement(analysis, c, confidence)
        for c, confidence in shown
        if c.source and not analysis.marks_at[c.anchor] and c.rule not in APART
    ]
    out: list[Candidate] = []
    for site in quotation_sites(analysis):
        if site.mark not in taken and is_floating(analysis, site):
            candidate = _floating(analysis, statements, site)
            out.append(candidate)
            if candidate.source:
                statements.append(_statement(analysis, candidate, candidate.prior))
    return tuple(out)


def is_floating(analysis: Analysis, site: QuotationSite) -> bool:
    """Return True if a mark holds whole sentences and nothing of its sentence stands outside."""
    if not is_speech(analysis, site) or not begins_sentence(analysis, site):
        return False
    mark = analysis.marks[site.mark]
    after = analysis.text[mark.end : site.paragraph.end].lstrip(" \t\u00a0.,;")
    inner = mark.parts[-1].of(analysis.text).rstrip()
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
    anchor, source, path = (
        _by_lead_in(analysis, site)
        or _by_sentence_before(analysis, statements, site)
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


Answer = tuple[int, TokenRanges, str]


def _by_lead_in(analysis: Analysis, site: QuotationSite) -> Answer | None:
    """Return who is named in the words before a colon that leads up to the quotation.

    That is the subject of the clause nearest to the colon, or, without a verb, a name.
    """
    start = analysis.marks[site.mark].start
    if not analysis.text[:start].rstrip().endswith((":", ";")):
        return None
    previous = _word_before(analysis, site)
    if previous is None:
        return None
    low = analysis.sentence(previous)[0]
    lead = [n for n in range(low, previous + 1) if not analysis.marks_at[n]]
    label = _label_at_end(analysis, lead)
    if label is not None:
        return label[0], (label,), "name before the colon"
    for verb in reversed(lead):
        if analysis.words[verb].deprel.partition(":")[0] in COMPLEMENTS:
            continue
        subject = next(
            (n for n in analysis.children(verb) if analysis.words[n].deprel in SUBJECTS), None
        )
        if subject is None or subject not in lead or verb < subject:
            continue
        own = [n for n in sorted(analysis.subtree(subject)) if n < verb]
        piece = analysis.trim((own[0], own[-1] + 1))
        return verb, (piece,), "subject of the clause before the colon"
    name = _last_name(analysis, lead)
    return None if name is None else (name[0], (name,), "name before the colon")


def _label_at_end(analysis: Analysis, lead: Sequence[int]) -> TokenRange | None:
    """Return the name between a dash and the colon at the end of some words: ... - Ann Roe:."""
    dash = next((n for n in reversed(lead) if analysis.words[n].form in DASHES), None)
    if dash is None:
        return None
    own = [n for n in lead if n > dash]
    name = _last_name(analysis, own)
    plain = own and all(analysis.words[n].upos not in ("VERB", "AUX") for n in own)
    return analysis.trim((own[0], own[-1] + 1)) if plain and name is not None else None


def _last_name(analysis: Analysis, lead: Sequence[int]) -> TokenRange | None:
    """Return the words of the last name of a person or organization among some words."""
    if not lead:
        return None
    span = analysis.span((lead[0], lead[-1] + 1))
    names = [
        analysis.within(m.span)
        for m in analysis.parse.entities
        if m.kind in ("PER", "ORG") and m.span.overlaps(span)
    ]
    people = [
        analysis.within(m.span)
        for m in analysis.parse.entities
        if m.kind == "PER" and m.span.overlaps(span)
    ]
    return next(reversed(people or names), None)


def _word_before(analysis: Analysis, site: QuotationSite) -> int | None:
    """Return the last word before a mark that is no punctuation."""
    start = analysis.marks[site.mark].start
    return next(
        (
            n
            for n in range(site.first - 1, -1, -1)
            if not analysis.is_punct(n) and analysis.words[n].span.end <= start
        ),
        None,
    )


def _by_sentence_before(
    analysis: Analysis, statements: Sequence[Statement], site: QuotationSite
) -> Answer | None:
    """Return who speaks in the sentence before, or the person who is its subject."""
    previous = _word_before(analysis, site)
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
    if names_person(analysis, head) or (
        same_paragraph and voice_of(analysis, (source,)) is Voice.PERSON
    ):
        return root, (source,), "subject of the sentence before"
    return None


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
        if subject is not None and names_person(analysis, subject[1]):
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
    root = next((n for n in range(*sentence) if analysis.head(n) < 0), None)
    if root is None or analysis.marks_at[root]:
        return None
    subject = next(
        (
            c
            for c in analysis.children(root)
            if analysis.words[c].deprel in SUBJECTS and not analysis.marks_at[c] and c < site.first
        ),
        None,
    )
    if subject is None:
        return None
    own = analysis.subtree(subject)
    piece = analysis.trim((min(own), max(own) + 1))
    return None if piece[1] > site.first or piece[0] == piece[1] else (root, subject, piece)


def names_person(analysis: Analysis, head: int) -> bool:
    """Return True if the head of a phrase is the name of a person or stands in apposition to one."""
    places = [
        head,
        *(c for c in analysis.children(head) if analysis.words[c].deprel in ("appos", "flat")),
    ]
    return any(
        mention.kind == "PER" and mention.span.overlaps(analysis.words[n].span)
        for n in places
        for mention in analysis.parse.entities
    )


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
