"""Statements inside somebody's statement: "She said that *he had told her* to leave".

In: `Analysis`, a candidate and the one around it. Out: the confidence of candidates that their form
makes statements of their own. PolNeAR's annotators leave these out, so that neither scorer nor
tagger can know them: the cue, who speaks and what stands behind it tell.
"""

from __future__ import annotations

from dataclasses import replace

from quotes.analysis import Analysis, token_numbers, token_ranges
from quotes.attribution.act_words import act_words
from quotes.attribution.acts import act_of
from quotes.attribution.candidates import Candidate, Trait
from quotes.attribution.content_form import ContentForm
from quotes.attribution.content_ranges import content_ranges
from quotes.attribution.generators.nested_reports import NESTED_REPORT_RULE
from quotes.attribution.quotation_sites import quote_type
from quotes.attribution.subjects import auxiliaries
from quotes.text.folding import fold_word

# Confidence of statements inside others, by what follows the cue: the share that is right on
# labelled articles and by eye on others.
INNER_QUOTED, INNER_CLAUSE = 0.9, 0.7
ASSERTED = frozenset({"said", "question", "denied"})
COMPLEMENTS = frozenset({"ccomp", "xcomp", "advcl", "parataxis"})  # labels of what a verb reports
PASSIVE_COMPLEMENTS = COMPLEMENTS | {"csubj:pass"}  # parsers take "told *they must go*" for one
PHRASES = frozenset({"obj", "obl"})
NOUN_CLAUSES = frozenset({"acl", "acl:relcl", "ccomp"})  # labels of what a noun reports
SHARING = frozenset({"conj"})  # labels of inner verbs whose subject is surely that of their head
PASSIVE_SUBJECTS = frozenset({"nsubj:pass"})


def is_inner_link(analysis: Analysis, candidate: Candidate, outer: Candidate | None) -> bool:
    """Return True if the candidate is the inner link of a chain: X reported that Y said Z.

    It is a statement as `inner_confidence` wants it, or Y is named by more than a pronoun and
    stands outside of X's marks.
    """
    if inner_confidence(analysis, candidate, outer) is not None:
        return True
    if (
        outer is None
        or Trait.CHAIN not in candidate.traits
        or not candidate.source
        or analysis.mark_over(candidate.anchor, outer.anchor) >= 0
    ):
        return False
    named = any(
        analysis.words[n].upos in ("NOUN", "PROPN") for n in token_numbers(candidate.source)
    )
    return candidate.source != outer.source and named


def inner_confidence(
    analysis: Analysis, candidate: Candidate, outer: Candidate | None
) -> float | None:
    """Return the confidence of a statement inside another one, None for anything else.

    That is a verb of speech with a source of its own, before or behind a mark, or a verb or noun of
    speech with a source and a complement of its own.

    Args:
        analysis: The analysis of the chunk.
        candidate: A candidate.
        outer: The candidate around it, None where none is found; inside of marks it need not be.
    """
    if Trait.CITING in candidate.traits:  # the words are the reporter's already
        return None
    if candidate.factuality not in ASSERTED or not _is_inside(analysis, candidate, outer):
        return None
    if _is_wholly_quoted(analysis, candidate):
        own = Trait.INHERITS not in candidate.traits
        attributed = (
            Trait.CHAIN in candidate.traits
            and analysis.words[candidate.anchor].upos == "VERB"
            and _has_sayer(analysis, candidate, any_noun=own)
        )
        return INNER_QUOTED if attributed else None
    return INNER_CLAUSE if _is_statement(analysis, candidate, outer) else None


def _is_inside(analysis: Analysis, candidate: Candidate, outer: Candidate | None) -> bool:
    """Return True for a cue in marks, or in the content of a candidate of the same sentence."""
    anchor = candidate.anchor
    if analysis.marks_at[anchor]:
        return True
    return outer is not None and analysis.sentence_of[outer.anchor] == analysis.sentence_of[anchor]


def without_addressee(
    analysis: Analysis, candidate: Candidate, outer: Candidate | None
) -> Candidate:
    """Return a candidate without who was told in its content, if it stands inside another one.

    "Agencies were told *to clear the drains*": outside, annotators have the subject in the content.
    """
    if candidate.source or inner_confidence(analysis, candidate, outer) is None:
        return candidate
    addressee = frozenset(
        n
        for c in analysis.children(candidate.anchor)
        if analysis.words[c].deprel in PASSIVE_SUBJECTS and c < candidate.anchor
        for n in analysis.subtree(c)
    )
    content = token_numbers(candidate.content)
    if not addressee & content or addressee >= content:
        return candidate
    return replace(
        candidate,
        content=content_ranges(analysis, content - addressee, candidate.anchor),
        addressee=token_ranges(addressee),
    )


def _is_wholly_quoted(analysis: Analysis, candidate: Candidate) -> bool:
    """Return True if all words of a content stand in marks that the cue is outside of."""
    words = [n for n in token_numbers(candidate.content) if not analysis.is_punct(n)]
    return bool(words) and all(analysis.mark_over(n, candidate.anchor) >= 0 for n in words)


def _is_statement(analysis: Analysis, candidate: Candidate, outer: Candidate | None) -> bool:
    """Return True if a word tells what somebody said, by a complement of its own."""
    if not _has_complement(analysis, candidate):
        return False
    if candidate.source:
        speaks = _has_sayer(analysis, candidate) and _is_own_source(analysis, candidate, outer)
    else:
        speaks = _is_addressed(analysis, candidate)
    return speaks and act_of(analysis, candidate, quote_type(analysis, candidate)) == "speech"


def _has_complement(analysis: Analysis, candidate: Candidate) -> bool:
    """Return True if the content depends on the cue as what it reports.

    A verb has a clause, an infinitive or an object, or a clause around it ("as experts say"), a
    noun a clause with a conjunction, and a preposition stands before its clause ("that according to
    Roe, the bridge is shut").
    """
    anchor, head = candidate.anchor, candidate.head
    if head is None:
        return False
    cue, label = analysis.words[anchor], analysis.words[head].deprel
    form = ContentForm(analysis, candidate)
    depends = analysis.head(head) == anchor
    if cue.upos == "NOUN":
        return (
            _is_noun_of_speech(analysis, anchor)
            and depends
            and label in NOUN_CLAUSES
            and form.holds_clause
            and form.is_introduced
        )
    if cue.deprel == "case":
        return anchor < head and analysis.head(analysis.head(anchor)) == head and form.is_verbal
    if cue.upos not in ("VERB", "ADJ") or not _is_act(analysis, anchor):
        return False
    if cue.upos == "VERB" and not _is_verb_of_speech(analysis, anchor):
        return False
    if depends and label in PHRASES:
        return head > anchor and _states(analysis, candidate)
    if form.is_infinitive or form.is_act_of_other:  # not one of purpose, nor one in two parts
        behind = [first for first, _ in candidate.content if first > anchor]
        return depends and label != "advcl" and len(behind) == 1
    passive = any(analysis.words[c].deprel in PASSIVE_SUBJECTS for c in analysis.children(anchor))
    clause = depends and label in (PASSIVE_COMPLEMENTS if passive else COMPLEMENTS)
    around = analysis.head(anchor) == head and head > anchor and cue.deprel == "advcl"
    hidden = candidate.rule == NESTED_REPORT_RULE  # the tree hangs the clause elsewhere
    return (clause or around or hidden) and form.is_verbal


def _is_verb_of_speech(analysis: Analysis, verb: int) -> bool:
    """Return True for a verb of saying, asking or promising, not of thinking or praising."""
    known = act_words(analysis.language)
    speech = known.reporting | known.stating | known.directing | known.committing
    return fold_word(analysis.words[verb].lemma) in speech


def _is_noun_of_speech(analysis: Analysis, noun: int) -> bool:
    """Return True for a noun of saying: "claim", not "evidence"."""
    known = act_words(analysis.language)
    return fold_word(analysis.words[noun].lemma) in known.speech_nouns - known.documents


def _states(analysis: Analysis, candidate: Candidate) -> bool:
    """Return True for a verb whose object is what was said: "announced a cut".

    Not in marks, where people tell of acts in this way, too, nor of things that hold words. In
    marks as well, what somebody called or asked for was said.
    """
    known = act_words(analysis.language)
    verb = fold_word(analysis.words[candidate.anchor].lemma)
    own = candidate.factuality == "said" and Trait.INHERITS not in candidate.traits
    if candidate.head is None or not own:
        return False
    head = analysis.words[candidate.head]
    if verb in known.directing:
        return head.deprel == "obl"
    named = known.documents | known.speech_nouns | known.thought_nouns
    marked = bool(analysis.marks_at[candidate.anchor])
    return verb in known.stating - known.naming and not (fold_word(head.lemma) in named or marked)


def _is_act(analysis: Analysis, verb: int) -> bool:
    """Return True for a verb that tells of an act: no infinitive but one with an auxiliary."""
    bare = analysis.words[verb].feat("VerbForm") == "Inf"
    return not bare or bool(auxiliaries(analysis, verb))


def _is_own_source(analysis: Analysis, candidate: Candidate, outer: Candidate | None) -> bool:
    """Return True if a source is the cue's own, or one that it shares for sure.

    That is one in the same marks ("*A woman* came forward, claiming that"), or one of a joined
    verb. Parsers like to hang what the reporter adds on an inner verb ("said the council had met,
    adding that") and the subject of an inner verb on the outer one: that stands in the content.
    """
    if Trait.INHERITS not in candidate.traits:
        return True
    anchor, source = candidate.anchor, token_numbers(candidate.source)
    top = analysis.top(source)
    if top is None or analysis.marks_at[top] != analysis.marks_at[anchor]:
        return False
    label = analysis.words[anchor].deprel
    if label in SHARING or (label == "ccomp" and _holds(outer, source)):
        return True
    finite = analysis.words[anchor].feat("VerbForm") == "Fin"
    return bool(analysis.marks_at[anchor]) and label == "advcl" and not finite


def _holds(outer: Candidate | None, numbers: frozenset[int]) -> bool:
    """Return True if words stand in the content of a candidate."""
    return outer is not None and numbers <= token_numbers(outer.content)


def _is_addressed(analysis: Analysis, candidate: Candidate) -> bool:
    """Return True for a passive without a source whose subject was told: "they were told that"."""
    words, known = analysis.words, act_words(analysis.language)
    lemma = fold_word(words[candidate.anchor].lemma)
    labels = {words[c].deprel for c in analysis.children(candidate.anchor)}
    return bool(labels & PASSIVE_SUBJECTS) and lemma in known.telling | known.directing


def _has_sayer(analysis: Analysis, candidate: Candidate, *, any_noun: bool = False) -> bool:
    """Return True if the source tells of an act of somebody: "he said", not "you say".

    That is a name, a noun for people, institutions or what is read (or any noun), a number of
    people, or a pronoun of the third person; for "which", what its clause describes. What the
    speaker has said before is the speaker's anyway.
    """
    head, known = analysis.top(token_numbers(candidate.source)), act_words(analysis.language)
    if head is None:
        return False
    if (
        analysis.words[head].feat("PronType") == "Rel"
        and analysis.words[candidate.anchor].deprel == "acl:relcl"
    ):
        head = analysis.head(candidate.anchor)
        if analysis.words[head].form in known.documents | known.speech_nouns:
            return False  # "released a statement which said": whose it is, speaks
    word, cue = analysis.words[head], analysis.words[candidate.anchor]
    showing = fold_word(cue.lemma) in known.showing
    if word.upos == "NOUN":
        people = word.feat("Number") == "Plur" and not showing
        return any_noun or people or _is_speaking_noun(analysis, head)
    if word.feat("PronType") in ("Ind", "Tot"):  # "some say"
        return True
    if word.upos != "PRON":
        return word.upos in ("PROPN", "NUM", "SYM")
    past = cue.feat("Tense") == "Past" and not (any_noun or showing)  # "it said"
    return word.feat("Person") == "3" and (word.feat("Gender") != "Neut" or past)


def _is_speaking_noun(analysis: Analysis, head: int) -> bool:
    """Return True for a noun for people, institutions or what is read, or a part of them.

    "26 percent of members".
    """
    parts = (c for c in analysis.children(head) if analysis.words[c].deprel == "nmod")
    forms = {
        fold_word(form)
        for n in (head, *parts)
        for form in (analysis.words[n].lemma, analysis.words[n].form)
    }
    kinds = analysis.entity_kinds(frozenset({head}))
    return bool(forms & act_words(analysis.language).speaking or kinds & {"PER", "ORG"})
