"""Candidates for statements in the reporter's words that end with verb and speaker.

In: `Analysis`. Out: candidates. "The river has fallen, says the annual report." Parsers like to
make the speaker an object and the first noun of the statement a subject. Where what stands behind
the verb can speak, and the verb reports, the order tells.
"""

from __future__ import annotations

from quotes.analysis import Analysis, TokenRange
from quotes.attribution.act_words import act_words
from quotes.attribution.candidates import Candidate, Trait
from quotes.attribution.content_ranges import content_ranges
from quotes.attribution.subjects import SUBJECTS, tells_statements
from quotes.text.folding import fold_word

INVERTED_REPORT_RULE = "inverted-report"
PRIOR = 0.8  # set by hand: the form is certain
MAX_SPEAKER_WORDS = 12
MIN_CONTENT_WORDS = 4
# Parts of speech of words that may open the phrase of a speaker, and that may stand in it.
OPENING = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"})
INSIDE = OPENING | {"ADP", "PART", "CCONJ", "ADV"}


def inverted_reports(analysis: Analysis) -> tuple[Candidate, ...]:
    """Return a candidate for each sentence that ends with a verb of speech and who speaks."""
    out = []
    for number in range(len(analysis.base) - 1):
        low, high = analysis.base[number], analysis.base[number + 1]
        found = _verb_and_speaker(analysis, low, high)
        if found is not None:
            out.append(_candidate(analysis, low, *found))
    return tuple(out)


def _candidate(analysis: Analysis, low: int, verb: int, speaker: TokenRange) -> Candidate:
    numbers = frozenset(range(low, verb - 1))
    return Candidate(
        INVERTED_REPORT_RULE,
        anchor=verb,
        cue=((verb, verb + 1),),
        source=(speaker,),
        content=content_ranges(analysis, numbers, verb),
        head=analysis.top(numbers),
        path="verb and speaker behind the statement",
        traits=frozenset({Trait.CERTAIN, Trait.CHAIN}),
        prior=PRIOR,
    )


def _verb_and_speaker(analysis: Analysis, low: int, high: int) -> tuple[int, TokenRange] | None:
    """Return the verb behind a comma of a sentence, and the words of the speaker behind it.

    They are a noun phrase, and perhaps a description: "Ann Roe, an analyst in Oslo".
    """
    words = analysis.words
    if any(analysis.marks_at[n] for n in range(low, high)):
        return None
    for verb in range(low + 2, high - 1):
        if words[verb - 1].form != "," or not _reports(analysis, verb):
            continue
        end = next((n for n in range(verb + 1, high) if analysis.is_punct(n)), high)
        behind = range(verb + 1, end)
        rest = range(_behind_brackets(analysis, end, high), high)
        if (
            0 < len(behind) <= MAX_SPEAKER_WORDS
            and words[behind[0]].upos in OPENING
            and all(words[n].upos in INSIDE for n in behind)
            and _can_speak(analysis, behind)
            and _describes(analysis, rest)
            and _is_clause(analysis, range(low, verb - 1))
        ):
            return verb, analysis.trim((verb + 1, rest.stop if rest else end))
    return None


def _describes(analysis: Analysis, rest: range) -> bool:
    """Return True for the end of a sentence, or for a noun phrase behind a comma up to it."""
    words = [n for n in rest if not analysis.is_punct(n)]
    if not words:
        return True
    return (
        analysis.words[rest[0]].form == ","
        and words[0] == rest[0] + 1
        and analysis.words[words[0]].upos in OPENING
        and any(analysis.words[n].upos in ("NOUN", "PROPN") for n in words)
        and not any(analysis.words[n].feat("VerbForm") == "Fin" for n in words)
    )


def _behind_brackets(analysis: Analysis, number: int, high: int) -> int:
    """Return the number of the word behind an abbreviation in brackets, if one stands there."""
    closed = number + 2 < high and analysis.words[number].form == "("
    return number + 3 if closed and analysis.words[number + 2].form == ")" else number


def _reports(analysis: Analysis, verb: int) -> bool:
    """Return True for a finite verb of speech that has no subject right behind it already."""
    word = analysis.words[verb]
    right = any(analysis.words[c].deprel in SUBJECTS and c > verb for c in analysis.children(verb))
    return (
        word.upos == "VERB"
        and word.feat("VerbForm") == "Fin"
        and tells_statements(analysis, verb)
        and not right
    )


def _can_speak(analysis: Analysis, words: range) -> bool:
    """Return True if the first noun of a phrase is a name, or a noun for people or documents."""
    last = next(
        (n for n in words if n + 1 not in words or analysis.words[n + 1].upos in ("ADP", "CCONJ")),
        words[-1],
    )
    word = analysis.words[last]
    return (
        fold_word(word.lemma) in act_words(analysis.language).speaking
        or (len(word.form) > 1 and word.form.isupper())  # the abbreviation of an office
        or bool(analysis.entity_kinds(frozenset(range(words[0], last + 1))) & {"PER", "ORG"})
    )


def _is_clause(analysis: Analysis, words: range) -> bool:
    """Return True if a finite verb stands before the comma, with enough words for a statement.

    One of a relative clause does not count: "Roe, *who founded it*, announced the news".
    """
    numbers = frozenset(words) - analysis.punctuation
    return len(numbers) >= MIN_CONTENT_WORDS and any(
        analysis.words[n].feat("VerbForm") == "Fin" and not _is_in_relative(analysis, n, numbers)
        for n in numbers
    )


def _is_in_relative(analysis: Analysis, number: int, numbers: frozenset[int]) -> bool:
    """Return True for a word of a relative clause about a noun among the words."""
    return any(
        analysis.words[n].deprel == "acl:relcl" and analysis.head(n) in numbers
        for n in (number, *analysis.ancestors(number))
        if n in numbers
    )
