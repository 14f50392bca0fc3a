"""What kind of act an attribution tells of: a statement, a thought, an intention or an attitude.

In: `Analysis`, a candidate and the type of its quote. Out: an `Act`. It is told by the main word of
the cue, by the class of verbs or nouns that it belongs to (word lists of the language), and by what
stands as content: words in quotation marks, a clause, an infinitive or a phrase. The classes are
those of verbs of communication in VerbNet (Kipper et al. 2008) and of speech acts in Searle (1976):
assertives state, directives direct, commissives commit, expressives evaluate. A language without
verbs of stating has only statements.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from quotes.analysis import Analysis, token_numbers
from quotes.attribution.candidates import AnchorKind, Candidate
from quotes.language import Language
from quotes.records import Act, QuoteType
from quotes.text.folding import fold_word

MIN_PHRASE_WORDS = 5
"""Words from which a phrase without a verb tells what was said, and not only of what.

Chosen on outlets/train.
"""


@dataclass(frozen=True, slots=True)
class ActWords:
    """Lemmas by the act that they tell of."""

    stating: frozenset[str]
    evaluating: frozenset[str]
    naming: frozenset[str]
    committing: frozenset[str]
    directing: frozenset[str]
    reporting: frozenset[str]
    urging: frozenset[str]
    intending: frozenset[str]
    thinking: frozenset[str]
    regarding: frozenset[str]
    showing: frozenset[str]
    pictures: frozenset[str]
    documents: frozenset[str]
    organizations: frozenset[str]
    willing: frozenset[str]
    attitudes: frozenset[str]
    thought_nouns: frozenset[str]
    intention_nouns: frozenset[str]
    speech_nouns: frozenset[str]
    refusal: frozenset[str]
    finding: frozenset[str]
    voicing: frozenset[str]
    topical: frozenset[str]


@cache
def act_words(language: Language) -> ActWords:
    """Return the lemmas of a language by the act that they tell of."""
    words = language.optional_words
    return ActWords(
        stating=words("stating-verbs"),
        evaluating=words("evaluating-verbs"),
        naming=words("naming-verbs"),
        committing=words("committing-verbs"),
        directing=words("directing-verbs"),
        reporting=words("speech-verbs")
        | words("telling-verbs")
        | words("manner-verbs")
        | words("citing-verbs"),
        urging=words("urging-verbs"),
        intending=words("intending-verbs"),
        thinking=words("thought-verbs"),
        regarding=words("regarding-verbs"),
        showing=words("showing-verbs"),
        pictures=words("picture-nouns"),
        documents=words("document-nouns"),
        organizations=words("organization-nouns"),
        willing=words("willing-adjectives"),
        attitudes=words("saying-adjectives"),
        thought_nouns=words("thought-nouns"),
        intention_nouns=words("intention-nouns"),
        speech_nouns=words("speech-nouns") | words("wording-nouns"),
        refusal=words("refusal-verbs"),
        finding=words("finding-verbs"),
        voicing=words("voicing-verbs"),
        topical=words("judging-verbs") | words("topic-verbs") | words("manner-verbs"),
    )


def act_of(analysis: Analysis, candidate: Candidate, quote_type: QuoteType) -> Act:
    """Return what kind of act a candidate tells of.

    Where nothing but layout or context attributes, it is a statement.
    """
    if candidate.anchor_kind is not AnchorKind.CUE or not candidate.cue:
        return "speech"
    words, anchor = act_words(analysis.language), candidate.anchor
    if not words.stating:
        return "speech"
    upos, lemma = analysis.words[anchor].upos, _lemma(analysis, anchor)
    if upos == "NOUN":
        return _act_of_noun(analysis, candidate, quote_type, words, lemma)
    if upos == "ADJ":
        return "intention" if _is_infinitive(analysis, candidate) else "attitude"
    if upos == "VERB" and analysis.words[anchor].deprel not in ("case", "mark"):
        return _act_of_verb(analysis, candidate, quote_type, words, lemma)
    return "speech"


def _act_of_noun(
    analysis: Analysis, candidate: Candidate, quote_type: QuoteType, words: ActWords, lemma: str
) -> Act:
    """Return the act of a cue whose main word is a noun: a claim, a belief, a plan."""
    if quote_type != "indirect" or _is_voiced(analysis, candidate, words):
        return _if_told(analysis, candidate, quote_type)
    if lemma in words.intention_nouns:
        return "intention"
    if lemma in words.thought_nouns:
        return "thought"
    if lemma in words.speech_nouns:
        return _if_told(analysis, candidate, quote_type)
    return "attitude"


def _act_of_verb(
    analysis: Analysis, candidate: Candidate, quote_type: QuoteType, words: ActWords, lemma: str
) -> Act:
    """Return the act of a cue whose main word is a verb."""
    is_quoted = quote_type != "indirect"
    if _governor(analysis, candidate) & words.intending - words.refusal and not is_quoted:
        return "intention"  # plans to announce
    speaks = lemma in words.reporting | words.stating | words.evaluating
    if is_quoted and (speaks or lemma in words.naming | words.directing | words.committing):
        return "speech"
    if is_quoted and _is_sentence(analysis, candidate):
        return "thought" if lemma in words.thinking and quote_type == "direct" else "speech"
    if _is_infinitive(analysis, candidate):
        return _act_of_infinitive(analysis, candidate, words, lemma)
    if lemma in words.thinking | words.regarding and not speaks:
        return "speech" if _is_finding(analysis, candidate, words) else "thought"
    if lemma in words.showing and _shows_picture(analysis, candidate, words):
        return "thought"
    if lemma in words.naming | words.stating | words.evaluating and _is_small_clause(
        analysis, candidate
    ):
        return "speech"
    if lemma in words.reporting - words.topical:
        return "speech"
    if speaks and (_holds_clause(analysis, candidate) or _is_complement(analysis, candidate)):
        return "speech"
    if lemma in words.stating | words.evaluating:
        return _if_told(analysis, candidate, quote_type)
    return "intention" if lemma in words.intending else "attitude"


def _act_of_infinitive(
    analysis: Analysis, candidate: Candidate, words: ActWords, lemma: str
) -> Act:
    """Return the act of a cue whose content is an infinitive.

    Of a raising passive ("is said to have left"), of somebody else's act ("urged them to leave") or
    of one's own ("promised to leave").
    """
    directs = lemma in words.directing
    labels = {analysis.words[c].deprel for c in analysis.children(candidate.anchor)}
    if "nsubj:pass" in labels or (not candidate.source and "aux:pass" in labels):
        told = directs or (lemma in words.reporting | words.stating and lemma not in words.urging)
        return "speech" if told else "thought" if lemma in words.thinking else "attitude"
    if directs and labels & {"obj", "iobj", "obl"}:
        return "speech"
    if lemma in words.committing:
        return "speech"
    if lemma in words.intending:
        return "intention"
    if lemma in words.reporting | words.stating and lemma not in words.urging:
        return "speech"
    return "thought" if lemma in words.thinking | words.regarding else "attitude"


def _if_told(analysis: Analysis, candidate: Candidate, quote_type: QuoteType) -> Act:
    """Return "speech" where a content tells what was said, "attitude" where only a topic is named.

    What tells it are words in quotation marks, a verb or `MIN_PHRASE_WORDS`.
    """
    content = [n for n in token_numbers(candidate.content) if not analysis.is_punct(n)]
    told = (
        quote_type != "indirect"
        or len(content) >= MIN_PHRASE_WORDS
        or any(analysis.words[n].upos == "VERB" for n in content)
    )
    return "speech" if told else "attitude"


def _lemma(analysis: Analysis, number: int) -> str:
    return fold_word(analysis.words[number].lemma)


def _governor(analysis: Analysis, candidate: Candidate) -> frozenset[str]:
    """Return the lemmas of the words of a cue that its main word depends on."""
    cue = token_numbers(candidate.cue)
    return frozenset(_lemma(analysis, n) for n in analysis.ancestors(candidate.anchor) if n in cue)


def _is_voiced(analysis: Analysis, candidate: Candidate, words: ActWords) -> bool:
    """Return True if the cue of a noun has a verb that makes it a statement."""
    return bool(_governor(analysis, candidate) & words.voicing)


def _main_word(analysis: Analysis, candidate: Candidate) -> int | None:
    """Return the head of a content: that of the rule, else the first that depends on none in it."""
    content = token_numbers(candidate.content)
    if candidate.head is not None and candidate.head in content:
        return candidate.head
    return next(
        (
            n
            for n in sorted(content)
            if not analysis.is_punct(n) and not content & set(analysis.ancestors(n))
        ),
        None,
    )


def _is_clause(analysis: Analysis, number: int, content: frozenset[int]) -> bool:
    """Return True if a word heads a clause: it has a subject, or a finite form."""
    return _has_subject(analysis, number, content) or _has_form(analysis, number, "Fin", content)


def _has_subject(analysis: Analysis, number: int, within: frozenset[int] | None = None) -> bool:
    """Return True if a word has a subject (among the words of `within`)."""
    return any(
        analysis.words[c].deprel.startswith(("nsubj", "csubj", "expl"))
        for c in analysis.children(number)
        if within is None or c in within
    )


def _has_form(
    analysis: Analysis, number: int, form: str, within: frozenset[int] | None = None
) -> bool:
    """Return True if a word or its auxiliary (among the words of `within`) is of this form."""
    return any(
        analysis.words[n].feat("VerbForm") == form
        for n in (number, *analysis.children(number))
        if n == number
        or (
            analysis.words[n].deprel in ("aux", "aux:pass", "cop")
            and (within is None or n in within)
        )
    )


def _holds_clause(analysis: Analysis, candidate: Candidate) -> bool:
    """Return True if the content is a clause, or begins one beside its first part."""
    content = token_numbers(candidate.content)
    main = _main_word(analysis, candidate)
    tops = [n for n in content if analysis.head(n) not in content]
    return any(
        _is_clause(analysis, n, content)
        for n in {*tops, *(() if main is None else (main,))}
        if analysis.words[n].upos not in ("PUNCT", "SYM")
    )


def _is_complement(analysis: Analysis, candidate: Candidate) -> bool:
    """Return True if the content is the clause that the cue reports, or the cue stands in it."""
    main = _main_word(analysis, candidate)
    return main is not None and (
        (analysis.head(main) == candidate.anchor and analysis.words[main].deprel == "ccomp")
        or (analysis.head(candidate.anchor) == main)
    )


def _is_sentence(analysis: Analysis, candidate: Candidate) -> bool:
    """Return True if the quoted words of a content hold a clause."""
    content = token_numbers(candidate.content)
    quoted = [n for n in content if analysis.mark_over(n, candidate.anchor) >= 0]
    return any(
        analysis.words[n].deprel.startswith(("nsubj", "csubj", "expl"))
        and analysis.mark_over(analysis.head(n), candidate.anchor) >= 0
        for n in quoted
    )


def _is_infinitive(analysis: Analysis, candidate: Candidate) -> bool:
    """Return True if the content is an infinitive without a subject of its own."""
    content = token_numbers(candidate.content)
    return any(
        _has_form(analysis, n, "Inf") and not _has_subject(analysis, n)
        for n in content
        if analysis.head(n) not in content
    )


def _is_small_clause(analysis: Analysis, candidate: Candidate) -> bool:
    """Return True if the content is an object with what it is called ("the plan a disaster")."""
    content = token_numbers(candidate.content)
    labels = [analysis.words[c].deprel for c in analysis.children(candidate.anchor) if c in content]
    return bool(candidate.source) and len(labels) > 1


def _source_lemma(analysis: Analysis, candidate: Candidate) -> str:
    """Return the lemma of the head of the source, "" without one."""
    source = token_numbers(candidate.source)
    head = next((n for n in sorted(source) if analysis.head(n) not in source), None)
    return "" if head is None else _lemma(analysis, head)


def _shows_picture(analysis: Analysis, candidate: Candidate, words: ActWords) -> bool:
    """Return True if the source is a picture, which shows what is seen."""
    return _source_lemma(analysis, candidate) in words.pictures


def _is_finding(analysis: Analysis, candidate: Candidate, words: ActWords) -> bool:
    """Return True for what a document or an institution finds."""
    source = token_numbers(candidate.source)
    return (
        _lemma(analysis, candidate.anchor) in words.finding
        and _holds_clause(analysis, candidate)
        and (
            _source_lemma(analysis, candidate) in words.documents | words.organizations
            or any(
                entity.kind == "ORG" and source & set(range(*analysis.within(entity.span)))
                for entity in analysis.parse.entities
            )
        )
    )
