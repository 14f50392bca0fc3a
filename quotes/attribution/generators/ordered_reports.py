"""Candidates for statements in the reporter's words beside a speaker and a verb of speech.

In: `Analysis` and the candidates of the rules. Out: candidates for verbs whose statement the tree
hangs elsewhere. The order of the words tells:

- opening: "The agency *announced* on Friday the second debate has been cancelled",
- closing: "The mayor of Seoul was found dead, police *reported* Friday", "..., it *was reported*",
- set in: "The result, officials *said*, was a surprise",
- joined: "Trade grew, the agency said, *adding* that exports are up".
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.analysis import (
    Analysis,
    TokenRanges,
    is_participle,
    is_present_participle,
    token_numbers,
    token_ranges,
)
from quotes.attribution.act_words import act_words
from quotes.attribution.candidates import AnchorKind, Candidate, Trait, attribution_words
from quotes.attribution.content_ranges import content_ranges
from quotes.attribution.factuality import factuality_of
from quotes.attribution.subjects import (
    OBJECTS,
    SUBJECTS,
    auxiliaries,
    can_speak,
    tells_statements,
)
from quotes.text.folding import fold_word

ORDERED_REPORT_RULE = "ordered-report"
PRIOR = 0.8  # set by hand: the form is certain
MIN_CONTENT_WORDS = 4
MIN_SAME = 0.8  # share of the words of two contents from which they are the same
MAX_MARKED = 0.4  # share of a statement's words that may stand in marks: names and single words
BETWEEN = frozenset({"AUX", "ADV"})  # parts of speech that may stand between speaker and verb
FRAME = frozenset({"ADP", "ADJ", "ADV", "DET", "NOUN", "NUM", "PRON", "PROPN", "PUNCT", "SYM"})
COMPLEMENTS = frozenset({"ccomp", "csubj", "iobj", "obj", "xcomp"})
SUBORDINATE = frozenset({"acl", "acl:relcl", "advcl"})
CIRCUMSTANCES = frozenset({"acl", "advcl", "ccomp", "xcomp"})
NOMINAL = frozenset({"ADJ", "NOUN", "PROPN"})  # parts of speech that stand before a name
SPEAKING = NOMINAL | {"DET", "NUM", "PRON"}  # parts of speech in a short phrase for a speaker


def ordered_reports(analysis: Analysis, ruled: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return a candidate for each verb of speech whose statement only the order shows."""
    known = frozenset(c.anchor for c in ruled if c.content and not _is_frame(analysis, c))
    found = []
    for verb in range(len(analysis.words)):
        if verb in known or not _states(analysis, verb):
            continue
        if _is_bare_participle(analysis, verb):
            joined = _joined(analysis, ruled, verb)
            found += [joined] if joined else []
            continue
        reading = _reading(analysis, verb)
        if reading is not None:
            found.append(_candidate(analysis, reading[0], verb, reading[1]))
    return tuple(found)


def is_in_order(analysis: Analysis, candidate: Candidate) -> bool:
    """Return True if the order of the words shows the source and most of the content, too."""
    verb = candidate.anchor
    if (
        candidate.anchor_kind is not AnchorKind.CUE
        or not _states(analysis, verb)
        or _is_bare_participle(analysis, verb)
    ):
        return False
    reading = _reading(analysis, verb)
    if reading is None or not token_numbers(reading[0]) & token_numbers(candidate.source):
        return False
    own = token_numbers(candidate.content) - analysis.punctuation
    other = reading[1] - analysis.punctuation
    return len(own & other) >= MIN_SAME * len(own | other)


def _reading(analysis: Analysis, verb: int) -> tuple[TokenRanges, frozenset[int]] | None:
    """Return who speaks and what is said by the order of the words around a verb of speech."""
    speaker = _speaker_before(analysis, verb)
    if speaker is not None:
        content = _behind(analysis, speaker, verb) or _before(analysis, speaker, verb)
        if content:
            return _source(analysis, speaker, verb), content
    return _set_in(analysis, verb)


def _is_frame(analysis: Analysis, candidate: Candidate) -> bool:
    """Return True if a content tells only in what circumstances something was said."""
    first = min(token_numbers(candidate.content))
    return first > candidate.anchor and _opens_circumstance(analysis, first)


def _opens_circumstance(analysis: Analysis, number: int) -> bool:
    """Return True for a word that begins a clause about the report, not one that is reported.

    "said *after* the vote had ended", "told a briefing *alluding* to the vote".
    """
    word = analysis.words[number]
    if is_present_participle(word):
        return word.deprel in CIRCUMSTANCES and not any(
            analysis.words[c].deprel in SUBJECTS | {"mark"} for c in analysis.children(number)
        )
    conjunctions = attribution_words(analysis.language).reporter_conjunctions
    return word.deprel == "mark" and fold_word(word.lemma) in conjunctions


def _states(analysis: Analysis, verb: int) -> bool:
    """Return True for a verb of speech, finite or a participle, outside of quotation marks."""
    own_subject = any(analysis.words[c].deprel == "nsubj" for c in analysis.children(verb))
    return (
        analysis.words[verb].upos == "VERB"
        and tells_statements(analysis, verb)
        and not analysis.marks_at[verb]
        and (
            _is_bare_participle(analysis, verb)
            or own_subject
            or any(
                analysis.words[n].feat("VerbForm") == "Fin"
                for n in (verb, *auxiliaries(analysis, verb))
            )
        )
    )


def _is_bare_participle(analysis: Analysis, verb: int) -> bool:
    """Return True for a present participle without an auxiliary."""
    return is_present_participle(analysis.words[verb]) and not auxiliaries(analysis, verb)


def _joined(analysis: Analysis, ruled: Sequence[Candidate], verb: int) -> Candidate | None:
    """Return the candidate of a participle before a word that introduces what was said.

    Its source is that of the nearest report before it in the sentence.
    """
    low, high = analysis.sentence(verb)
    opener = verb + 1
    if opener >= high or verb == low:
        return None
    if not _introduces(analysis, opener) and not _opens_clause(analysis, opener, high):
        return None
    if analysis.words[verb - 1].form != "," and analysis.words[verb - 1].upos != "SCONJ":
        return None
    before = [
        c for c in ruled if low <= c.anchor < verb and c.source and not analysis.marks_at[c.anchor]
    ]
    content = frozenset(range(opener, _participle_start(analysis, opener + 1, high)))
    if not before or not _is_statement(analysis, content):
        return None
    source = max(before, key=lambda c: c.anchor).source
    return _candidate(analysis, source, verb, content)


def _introduces(analysis: Analysis, number: int) -> bool:
    """Return True for a word before reported speech, whatever the parser takes it for."""
    openers = analysis.language.optional_words("content-openers")
    return fold_word(analysis.words[number].form) in openers


def _opens_clause(analysis: Analysis, first: int, high: int) -> bool:
    """Return True if a clause with its subject in front begins at a word."""
    subject = next(
        (
            n
            for n in range(first, high)
            if analysis.words[n].deprel in SUBJECTS and min(analysis.subtree(n)) == first
        ),
        None,
    )
    return subject is not None and any(
        analysis.words[n].feat("VerbForm") == "Fin" and n > subject
        for n in (analysis.head(subject), *analysis.children(analysis.head(subject)))
    )


def _speaker_before(analysis: Analysis, verb: int) -> int | None:
    """Return the head of the subject that ends right before a verb, whatever it is a subject of."""
    last = verb - 1
    while last >= 0 and analysis.words[last].upos in BETWEEN:
        last -= 1
    low = analysis.sentence(verb)[0]
    for head in range(low, last + 1):
        if not _may_be_subject(analysis, head) or _is_relative(analysis, head):
            continue
        if max((n for n in analysis.subtree(head) if n < verb), default=-1) == last:
            return head
    return None


def _may_be_subject(analysis: Analysis, head: int) -> bool:
    """Return True for a subject, or for a noun that the parser takes for the whole sentence.

    "*Roe*, an analyst in Oslo, cautioned the rally may not last": its phrase ends with a comma.
    """
    word = analysis.words[head]
    alone = word.deprel == "root" and word.upos in ("NOUN", "PROPN")
    return word.deprel in SUBJECTS or (alone and can_speak(analysis, head))


def _is_relative(analysis: Analysis, subject: int) -> bool:
    """Return True for the subject of a relative clause ("the police, *whose report*")."""
    phrase = (subject, *analysis.children(subject))
    return any(analysis.words[n].feat("PronType") in ("Rel", "Int") for n in phrase)


def _behind(analysis: Analysis, speaker: int, verb: int) -> frozenset[int]:
    """Return the words from the subject of a clause behind a verb and its frame to its end."""
    if not can_speak(analysis, speaker) or _is_passive(analysis, verb):
        return frozenset()
    high = analysis.sentence(verb)[1]
    first = _frame_end(analysis, verb, high)
    telling = _is_telling(analysis, verb)  # what follows it is who was told
    starts = any(
        analysis.words[n].deprel in SUBJECTS
        and n != speaker
        and not (telling and analysis.head(n) == verb)
        and min(analysis.subtree(n)) == first
        for n in range(first, high)
    )
    content = frozenset(range(first, _participle_start(analysis, first, high)))
    if starts and _is_clause(analysis, content):
        return content
    long = len(content - analysis.punctuation) >= MIN_CONTENT_WORDS
    return content if long and _is_object_with_verb(analysis, verb, first, high) else frozenset()


def _is_object_with_verb(analysis: Analysis, verb: int, first: int, high: int) -> bool:
    """Return True if a second verb stands right behind the object of a verb of speech.

    "reported *the fire started* in a car": the object is the subject of what was said.
    """
    last = next(
        (
            n
            for n in range(first, high)
            if analysis.head(n) == verb and analysis.words[n].deprel in OBJECTS
        ),
        high,
    )
    return (
        last + 1 < high
        and min(analysis.subtree(last)) == first
        and analysis.head(last + 1) == verb
        and analysis.words[last + 1].deprel == "xcomp"
        and analysis.words[last + 1].feat("Tense") == "Past"
        and not any(analysis.marks_at[n] for n in range(first, high))
    )


def _frame_end(analysis: Analysis, verb: int, high: int) -> int:
    """Return the number of the word behind a verb and the phrases that say where and when.

    "announced *on Friday*".
    """
    first = verb + 1
    for child in analysis.children(verb):
        below = analysis.subtree(child)
        if analysis.words[child].deprel.startswith("obl") and min(below) == first:
            first = max(below) + 1
    return min(first, high)


def _participle_start(analysis: Analysis, low: int, high: int) -> int:
    """Return where a participle that goes on from the verb begins, or the end ("..., citing")."""
    known = act_words(analysis.language)
    return next(
        (
            n - 1
            for n in range(low + 1, high)
            if analysis.words[n - 1].form == ","
            and is_participle(analysis.words[n])
            and fold_word(analysis.words[n].lemma) in known.reporting
        ),
        high,
    )


def _before(analysis: Analysis, speaker: int, verb: int) -> frozenset[int]:
    """Return the words of the sentence before a speaker behind a comma and a verb that closes it.

    Nothing but a frame stands behind the verb.
    """
    low, high = analysis.sentence(verb)
    comma = _comma_before(analysis, speaker, verb)
    if comma is None or not _closes(analysis, verb, high):
        return frozenset()
    content = frozenset(range(low, comma))
    top = analysis.top(content)
    if (
        analysis.words[low].upos == "SCONJ"
        or top is None
        or (analysis.words[top].deprel in SUBORDINATE and not _is_gerund_subject(analysis, top))
    ):
        return frozenset()
    return content if _is_clause(analysis, content) else frozenset()


def _comma_before(analysis: Analysis, speaker: int, verb: int) -> int | None:
    """Return the comma before a phrase that may speak, or before "it" of a passive.

    It may stand in a mark that ends there ("the “King of Trains,” the director said").
    """
    low = analysis.sentence(verb)[0]
    comma = _phrase_start(analysis, speaker, verb) - 1
    while comma > low and analysis.is_punct(comma) and analysis.words[comma].form != ",":
        comma -= 1
    if comma <= low or analysis.words[comma].form != ",":
        return None
    if _is_passive(analysis, verb):
        return comma if _is_impersonal(analysis, speaker) else None
    return comma if any(can_speak(analysis, n) for n in range(comma + 1, speaker + 1)) else None


def _set_in(analysis: Analysis, verb: int) -> tuple[TokenRanges, frozenset[int]] | None:
    """Return the speaker before a verb, both between two commas, and the words around these.

    "The result, *officials said*, was a surprise": parsers take the speaker for an apposition.
    """
    low, high = analysis.sentence(verb)
    first, behind = verb, verb + 1
    while first > low and analysis.words[first - 1].upos in SPEAKING:
        first -= 1
    if behind >= high - 1 or analysis.words[behind].form != "," or first in (low, verb):
        return None
    if analysis.words[first - 1].form != "," or not can_speak(analysis, verb - 1):
        return None
    if is_participle(analysis.words[behind + 1]) or _opens_circumstance(analysis, behind + 1):
        return None
    content = frozenset((*range(low, first - 1), *range(behind + 1, high)))
    source = content_ranges(analysis, range(first, verb), verb)
    return (source, content) if _is_clause(analysis, content) else None


def _phrase_start(analysis: Analysis, speaker: int, verb: int) -> int:
    """Return the first word of a speaker's phrase, with the nouns before a name."""
    first = min(
        n for n in analysis.subtree(speaker) if n < verb and not _is_leading(analysis, speaker, n)
    )
    before = first - 1
    while before > 0 and analysis.words[before].upos in NOMINAL:
        before -= 1
    return before + 1 if analysis.words[before].form == "," else first


def _is_leading(analysis: Analysis, speaker: int, number: int) -> bool:
    """Return True for punctuation before a speaker that the parser hangs on it."""
    return number < speaker and analysis.is_punct(number)


def _is_gerund_subject(analysis: Analysis, top: int) -> bool:
    """Return True for a gerund that begins a sentence as the subject of a clause below it.

    "*Hearing* that apology at home is more important, he said": the parser takes it for how he
    said so, and the clause for what he heard.
    """
    low = analysis.sentence(top)[0]
    return top == low and any(analysis.words[c].deprel == "ccomp" for c in analysis.children(top))


def _closes(analysis: Analysis, verb: int, high: int) -> bool:
    """Return True if a verb has no complement or quotation, and only a frame or cited source.

    Behind the frame, a clause may tell in what circumstances it was said.
    """
    quoted = analysis.words[high - 1].form == ":" or any(
        analysis.marks_at[n] for n in range(verb + 1, high)
    )
    end = next((n for n in range(verb + 1, high) if _opens_circumstance(analysis, n)), high)
    rest = range(verb + 1, end)
    telling = _is_telling(analysis, verb)
    complements = any(
        analysis.words[c].deprel in COMPLEMENTS
        and c > verb
        and min(analysis.subtree(c)) < end
        and not (telling and analysis.words[c].deprel in OBJECTS)
        and not _cites(analysis, c)
        for c in analysis.children(verb)
    )
    return (
        not complements
        and not quoted
        and all(analysis.words[n].upos in FRAME or _cites(analysis, n) for n in rest)
    )


def _cites(analysis: Analysis, number: int) -> bool:
    """Return True for a participle of a verb of citing."""
    word = analysis.words[number]
    return is_participle(word) and fold_word(word.lemma) in act_words(analysis.language).citing


def _is_telling(analysis: Analysis, verb: int) -> bool:
    """Return True for a verb whose object is told what was said."""
    return fold_word(analysis.words[verb].lemma) in act_words(analysis.language).telling


def _is_passive(analysis: Analysis, verb: int) -> bool:
    return any(analysis.words[c].deprel == "aux:pass" for c in analysis.children(verb))


def _is_impersonal(analysis: Analysis, subject: int) -> bool:
    """Return True for "it", which stands for no speaker."""
    word = analysis.words[subject]
    return word.feat("PronType") == "Prs" and not can_speak(analysis, subject)


def _is_clause(analysis: Analysis, words: frozenset[int]) -> bool:
    """Return True if a statement has a subject."""
    has_subject = any(analysis.words[n].deprel in SUBJECTS for n in words)
    return has_subject and _is_statement(analysis, words)


def _is_statement(analysis: Analysis, words: frozenset[int]) -> bool:
    """Return True if a finite verb stands among enough words for a statement, few in marks."""
    spoken = words - analysis.punctuation
    plain = frozenset(n for n in spoken if not analysis.marks_at[n])
    return len(plain) >= max(MIN_CONTENT_WORDS, (1 - MAX_MARKED) * len(spoken)) and any(
        analysis.words[n].feat("VerbForm") == "Fin" for n in plain
    )


def _source(analysis: Analysis, speaker: int, verb: int) -> TokenRanges:
    """Return the words of a speaker before a verb; none of the subject of a passive."""
    first = _phrase_start(analysis, speaker, verb)
    behind = (n for n in analysis.subtree(speaker) if first <= n < verb)
    spoken = frozenset((*range(first, speaker), *behind))
    return () if _is_passive(analysis, verb) else content_ranges(analysis, spoken, verb)


def _candidate(
    analysis: Analysis, source: TokenRanges, verb: int, content: frozenset[int]
) -> Candidate:
    cue = auxiliaries(analysis, verb) | {verb}
    return Candidate(
        ORDERED_REPORT_RULE,
        anchor=verb,
        cue=token_ranges(cue),
        source=source,
        content=content_ranges(analysis, content, verb),
        head=analysis.top(content),
        factuality=factuality_of(analysis, verb, cue, attribution_words(analysis.language)),
        path="speaker, verb and statement in their order",
        traits=frozenset({Trait.CERTAIN, Trait.CHAIN}),
        prior=PRIOR,
    )
