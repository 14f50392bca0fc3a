"""The evidence of the tree for an antecedent: the clauses around a pronoun and a mention.

In: a mention that is to be resolved, and an earlier or later mention of a candidate. Out: numbers
by name. In one sentence they tell whether the candidate stands in a clause around the mention or in
one beside it, and whether the mention stands inside the candidate's phrase; of all sentences how
deep in it the candidate stands (Hobbs 1978 and Lappin and Leass 1994 rank by these).
"""

from __future__ import annotations

from math import log

from quotes.records import Sentence
from quotes.speakers.discourse import Discourse
from quotes.speakers.mentions import Mention

CLAUSES = frozenset({"root", "ccomp", "advcl", "acl", "parataxis", "csubj", "conj"})
DEEPEST = 3  # clauses: more count as this many


def clause_of(sentence: Sentence, index: int) -> int:
    """Return the verb of the clause that a word stands in, -1 where there is none."""
    at = sentence.words[index].head if index >= 0 else -1
    while at >= 0 and sentence.words[at].deprel.partition(":")[0] not in CLAUSES:
        at = sentence.words[at].head
    return at


def clauses_around(sentence: Sentence, index: int) -> tuple[int, ...]:
    """Return the verbs of the clauses around a word, the innermost first."""
    path: list[int] = []
    at = clause_of(sentence, index)
    while at >= 0:
        path.append(at)
        at = clause_of(sentence, at)
    return tuple(path)


def tree_evidence(discourse: Discourse, mention: Mention, other: Mention) -> dict[str, float]:
    """Return what the trees of a mention and of a candidate's last one tell."""
    sentence, before = discourse.sentences[mention.sentence], discourse.sentences[other.sentence]
    first, last = sorted((mention, other), key=lambda one: one.span)
    words = discourse.first_words
    between = words[last.sentence] + last.start - words[first.sentence] - first.end
    return _own_evidence(sentence, mention) | _between(sentence, mention, before, other, between)


def _own_evidence(sentence: Sentence, mention: Mention) -> dict[str, float]:
    """Return what the place of a mention tells of all its candidates."""
    around = clauses_around(sentence, mention.governor)
    return {
        f"is {mention.place}": 1.0,
        "is deep": float(min(len(around), DEEPEST + 1) - 1),
        "is fronted": float(bool(around) and len(around) > 1 and mention.start < around[-1]),
        "is first": float(mention.start <= 1),
    }


def _between(
    sentence: Sentence, mention: Mention, other_sentence: Sentence, other: Mention, between: int
) -> dict[str, float]:
    """Return what the tree tells of a mention and another of a candidate.

    Args:
        sentence: That of the mention.
        mention: The one to be resolved.
        other_sentence: That of the candidate's mention.
        other: The candidate's mention.
        between: The words between them.
    """
    around = clauses_around(other_sentence, other.governor)
    word = other_sentence.words[other.governor]
    evidence = {
        "words between": log(1.0 + max(0, between)),
        "deep": float(min(len(around), DEEPEST + 1) - 1),
        "agent": float(word.deprel == "obl:agent"),
        "passive subject": float(word.deprel == "nsubj:pass"),
        "first word": float(other.start <= 1),
        "fronted": float(bool(around) and other.start < around[-1] and other.place != "subject"),
    }
    if other.sentence != mention.sentence:
        return evidence
    own = clauses_around(sentence, mention.governor)
    inside = bool(around) and around[0] in own
    up = min(own.index(around[0]), DEEPEST) if inside else 0
    subject = other.place == "subject"
    evidence |= {
        "in clause around": float(inside),
        "in same clause": float(inside and up == 0),
        "in clause around, subject": float(inside and subject),
        "in next clause around, subject": float(inside and up == 1 and subject),
        "in clause beside": float(not inside),
        "in clause beside, subject": float(not inside and subject),
        "clauses up": float(up),
        "inside its phrase": float(_is_above(sentence, other.governor, mention.governor)),
        "same clause, possessive": float(
            inside and up == 0 and mention.place == "possessive" and subject
        ),
    }
    return evidence


def _is_above(sentence: Sentence, upper: int, lower: int) -> bool:
    """Return True if a word depends on another, at whatever distance."""
    at = sentence.words[lower].head if lower >= 0 else -1
    while at >= 0:
        if at == upper:
            return True
        at = sentence.words[at].head
    return False


def is_main(discourse: Discourse, mention: Mention) -> bool:
    """Return True if a mention is an argument of the main verb of its sentence."""
    words = discourse.sentences[mention.sentence].words
    head = words[mention.governor].head
    return head < 0 or words[head].head < 0


def is_coordinated(discourse: Discourse, mention: Mention) -> bool:
    """Return True for one of several that "and" joins."""
    sentence = discourse.sentences[mention.sentence]
    return sentence.words[mention.governor].deprel == "conj" or any(
        sentence.words[i].deprel == "conj" for i in sentence.children[mention.governor]
    )


def is_in_relative_clause(discourse: Discourse, mention: Mention) -> bool:
    """Return True for a mention in a clause that describes a noun."""
    words = discourse.sentences[mention.sentence].words
    at = words[mention.governor].head
    while at >= 0:
        if words[at].deprel.startswith("acl"):
            return True
        at = words[at].head
    return False
