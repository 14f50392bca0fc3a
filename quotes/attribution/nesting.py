"""Which candidate lies in the content of which.

In: candidates. Out: for each of them the number of the candidate around it. Candidates are told
apart by their place among the others, so that two equal ones stay two.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.analysis import Analysis, token_numbers
from quotes.attribution.candidates import Candidate, Trait, attribution_words
from quotes.text.folding import fold_word

# Confidence of inner links that their form makes certain, by what follows the cue: the share that
# is right on 48 labelled articles and by eye on others.
INNER_QUOTED, INNER_CLAUSE = 0.9, 0.7


def parents_of(candidates: Sequence[Candidate]) -> tuple[int | None, ...]:
    """Return for each candidate the number of the one around it, where there is one.

    That is the one with the smallest content that holds its cue (without one, its source) and
    content. A citing candidate lies in the one whose content it shares.
    """
    contents = [token_numbers(c.content) for c in candidates]
    by_size = sorted(
        (n for n, content in enumerate(contents) if content), key=lambda n: len(contents[n])
    )
    spread = [(n, min(contents[n]), max(contents[n])) for n in by_size]
    return tuple(_parent(candidates, contents, spread, n) for n in range(len(candidates)))


def _parent(
    candidates: Sequence[Candidate],
    contents: Sequence[frozenset[int]],
    spread: Sequence[tuple[int, int, int]],
    number: int,
) -> int | None:
    """Return the number of the smallest of the others that holds a candidate."""
    candidate, numbers = candidates[number], contents[number]
    citing = Trait.CITING in candidate.traits
    noun = Trait.CERTAIN in candidate.traits and Trait.CHAIN not in candidate.traits
    attributing = token_numbers(candidate.cue) or token_numbers(candidate.source)
    low, high = min(numbers | attributing, default=0), max(numbers | attributing, default=0)
    for other, first, last in spread:
        if other == number or first > high or last < low or (first > low and not citing):
            continue
        content = contents[other]
        if citing and Trait.CITING not in candidates[other].traits and content == numbers:
            return other
        if noun and candidates[other].head == candidate.anchor:
            continue  # "rejected Smith's claim that": who judges a statement does not report it
        if len(content) > len(numbers) and numbers < content and attributing <= content:
            return other
    return None


def is_inner_link(analysis: Analysis, candidate: Candidate, outer: Candidate | None) -> bool:
    """Return True if the candidate is the inner link of a chain: X reported that Y said Z.

    Y is named by more than a pronoun, or they are many where X is one, and stands outside of X's
    marks, or inside them as `inner_confidence` wants it.
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
    return candidate.source != outer.source and (named or _are_others(analysis, candidate, outer))


def _are_others(analysis: Analysis, candidate: Candidate, outer: Candidate) -> bool:
    """Return True if the inner source is a pronoun that cannot mean the outer one.

    That is "they" where the outer one is one person, or "she" where that is "he".
    """
    heads = [analysis.top(token_numbers(c.source)) for c in (candidate, outer)]
    if None in heads:
        return False
    inner, other = (analysis.words[n] for n in heads if n is not None)
    if inner.upos != "PRON" or inner.feat("Person") != "3":
        return False
    genders = {inner.feat("Gender"), other.feat("Gender")}
    return (inner.feat("Number"), other.feat("Number")) == ("Plur", "Sing") or genders == {
        "Masc",
        "Fem",
    }


def inner_confidence(
    analysis: Analysis, candidate: Candidate, outer: Candidate | None
) -> float | None:
    """Return the confidence of an inner link that its form makes certain, None for any other.

    That is a verb of speech with a source of its own, inside of another statement: before or behind
    a mark, or, inside of marks or as all that the other reports, with a clause and a subject in the
    third person. PolNeAR's annotators leave these out, so that neither scorer nor tagger can know
    them. `outer` is the candidate around it, None where none is found; inside of marks it need not
    be.
    """
    if Trait.CITING in candidate.traits:  # the words are the reporter's already
        return None
    inside = bool(analysis.marks_at[candidate.anchor])
    asserted = candidate.factuality in ("said", "question")
    if Trait.CHAIN not in candidate.traits or not asserted or not (inside or outer):
        return None
    words = [n for n in token_numbers(candidate.content) if not analysis.is_punct(n)]
    quoted = [n for n in words if analysis.mark_over(n, candidate.anchor) >= 0]
    whole = bool(words) and len(quoted) == len(words)
    own = Trait.INHERITS not in candidate.traits
    sayer = _sayer(analysis, candidate, any_noun=whole and own)
    if sayer is None:
        return None
    if whole:
        return INNER_QUOTED
    shared = not own and not quoted
    other = analysis.words[sayer].feat("Person") != "1"
    if inside and other and not shared:
        return INNER_CLAUSE
    named = own and analysis.words[sayer].upos in ("NOUN", "PROPN")
    another = named or (own and outer is not None and _are_others(analysis, candidate, outer))
    return INNER_CLAUSE if another and _is_whole_report(analysis, candidate, outer) else None


def _is_whole_report(analysis: Analysis, candidate: Candidate, outer: Candidate | None) -> bool:
    """Return True if an attribution is all that another one reports: its cue heads the content.

    "The president told lawmakers that the war was over, the agency reported".
    """
    if outer is None or analysis.mark_over(candidate.anchor, outer.anchor) >= 0:
        return False
    return analysis.head(candidate.anchor) not in token_numbers(outer.content)


def _sayer(analysis: Analysis, candidate: Candidate, *, any_noun: bool) -> int | None:
    """Return the head of a source that tells of an act of somebody: "he said", not "you say".

    That is a name, a noun for people (or any noun), or a pronoun for them; of the speaker, or of
    somebody, only what was said in the past counts.
    """
    head = analysis.top(token_numbers(candidate.source))
    verb = analysis.words[candidate.anchor]
    if head is None or verb.upos != "VERB":
        return None
    word = analysis.words[head]
    if word.upos == "NOUN":
        sayers = attribution_words(analysis.language).sayers
        known = fold_word(word.lemma) in sayers or fold_word(word.form) in sayers
        return head if any_noun or known else None
    if word.upos == "PRON":
        personal = word.feat("Person") == "3" and word.feat("Gender") != "Neut"
        past = word.feat("Person") == "1" or word.feat("PronType") in ("Ind", "Tot")
        return head if personal or (past and verb.feat("Tense") == "Past") else None
    return head if word.upos == "PROPN" else None
