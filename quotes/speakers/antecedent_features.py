"""The evidence for each referent that a pronoun or a description can mean, and for nobody.

In: a mention and the discourse up to it. Out: for each candidate numbers by name, which the weights
of `antecedents` are for. None of them holds a word of a name, so that no name is learned. They are
of these sorts, with those of salience since Lappin and Leass (1994) among them:

    where      how far the last mention stands back in sentences, paragraphs, other candidates
    grammar    the place of the last mention and of this one, whether a mention is the subject of
               the sentence before, of the same sentence, of the clause around
    form       name, description or pronoun, and of the same gender; coordinated; quoted
    often      how often it is mentioned, in the text and in the sentences before
    speech     who spoke last, in the sentence before, in this sentence, whose words are around,
               who is named in the words that are attributed
    gender     shown, guessed, unknown; how many others agree as well
    kind       person, group, organization, place, document
    words      of descriptions: whether noun, words and places are those of a known role
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from math import log
from typing import Literal

from quotes.records import Kind, Sentence
from quotes.speakers.antecedent_syntax import (
    clause_of,
    is_coordinated,
    is_in_relative_clause,
    is_main,
    tree_evidence,
)
from quotes.speakers.discourse import Discourse, QuotedSpeech, TurnsBefore
from quotes.speakers.mentions import Mention, apposition_head
from quotes.speakers.referents import Referent, ReferentMention

MAX_SENTENCES = 10  # back from a pronoun to a mention of its referent
DECAY = 0.55  # of the weight of a mention, with each sentence
PLACE_WEIGHTS = {"subject": 1.0, "object": 0.6, "possessive": 0.6, "other": 0.45, "modifier": 0.2}
QUOTED_WEIGHT = 0.3  # times, for a mention inside quotation marks
FAR = 6  # sentences: more count as this many
MOST_BETWEEN = 4  # candidates between, and competitors: more count as this many

MentionClass = Literal["personal", "neuter", "plural", "description"]
KINDS: dict[MentionClass, frozenset[Kind | None]] = {  # None: a name of which nothing tells what
    "personal": frozenset({"person", None}),
    "neuter": frozenset({"organization", "document", "group", None}),
    "plural": frozenset({"group", "organization", "document", "person", None}),
    "description": frozenset({"person", "organization", "group", "document", None}),
}
Evidence = dict[str, float]


def class_of(mention: Mention) -> MentionClass:
    """Return which set of weights a mention has."""
    if mention.form == "nominal":
        return "description"
    if mention.gender in ("male", "female"):
        return "personal"
    return "neuter" if mention.gender == "neuter" else "plural"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A referent that a mention can mean: the evidence for it, and its mentions in text order."""

    evidence: Evidence
    seen: Sequence[ReferentMention]


def candidates(discourse: Discourse, index: int) -> dict[int, Candidate]:
    """Return the referents that a mention can mean."""
    mention = discourse.mentions[index]
    inner, barred = _speakers_around(discourse, index)
    turns = discourse.turns_before(mention.span.start)
    reached = {}
    for number, referent in enumerate(discourse.referents):
        if not referent.referent_mentions or number in barred:
            continue
        if not _allowed(discourse, index, number):
            continue
        seen = _reachable(discourse, index, number)
        if seen:
            reached[number] = seen
    ahead = _ahead(discourse, index, reached.keys() | barred)
    order = sorted(reached, key=lambda n: -reached[n][-1].start)
    between = {number: place for place, number in enumerate(order)}
    found = {}
    for number, seen in reached.items():
        evidence = _evidence(discourse, index, number, seen, turns)
        evidence["candidates between"] = float(min(between[number], MOST_BETWEEN))
        evidence["mentioned last"] = float(between[number] == 0)
        found[number] = evidence
    for number, later in ahead.items():
        found[number] = _evidence(discourse, index, number, [later], turns)
        place = discourse.mentions[later.mention].place
        found[number] |= {"ahead": 1.0, "ahead, subject": float(place == "subject")}
    for number, evidence in found.items():
        evidence["inner speaker"] = float(number in inner)
        evidence["inner speaker, ahead"] = float(number in inner and number in ahead)
    _compare(discourse, mention, found)
    known = reached | {number: [later] for number, later in ahead.items()}
    return {number: Candidate(evidence, known[number]) for number, evidence in found.items()}


def nobody_evidence(discourse: Discourse, index: int, found: Mapping[int, Candidate]) -> Evidence:
    """Return the evidence for none of the referents."""
    mention = discourse.mentions[index]
    sentence = discourse.sentences[mention.sentence]
    word = sentence.words[mention.head]
    source = index in discourse.of_source
    evidence = {
        "nobody": 1.0,
        "nobody, source": float(source),
        "nobody, quoted": float(discourse.is_marked(mention.span)),
        "nobody, subject": float(mention.place == "subject"),
        "nobody, possessive": float(mention.place == "possessive"),
        "nobody, candidates": log(1.0 + len(found)),
        "nobody, near": float(any(c.evidence["back"] <= 1.0 for c in found.values())),
    }
    if class_of(mention) == "neuter":
        evidence["nobody, expletive"] = float(word.deprel == "expl")
        evidence["nobody, clause follows"] = float(_has_clause(sentence, mention))
    if class_of(mention) == "description":
        evidence |= _newness(discourse, mention)
        evidence["nobody, somebody fits"] = float(
            any(c.evidence.get("same noun") or c.evidence.get("like noun") for c in found.values())
        )
    return evidence


def _newness(discourse: Discourse, mention: Mention) -> Evidence:
    """Return what tells that a description brings in somebody new."""
    sentence, lexicon = discourse.sentences[mention.sentence], discourse.lexicon
    below = [sentence.words[i] for i in sentence.children[mention.head]]
    return {
        "nobody, complement": float(
            any(w.deprel.startswith("nmod") and w.deprel != "nmod:poss" for w in below)
        ),
        "nobody, clause": float(any(w.deprel.startswith("acl") for w in below)),
        "nobody, adjective": float(any(w.deprel in ("amod", "compound") for w in below)),
        "nobody, role": float(lexicon.is_role(mention.noun)),
        "nobody, first": float(mention.sentence == 0),
        f"nobody, kind {mention.kind}": 1.0,
    }


def _has_clause(sentence: Sentence, mention: Mention) -> bool:
    """Return True for "it" with a clause that it stands for ("it is clear that")."""
    head = sentence.words[mention.head].head
    return head >= 0 and any(
        sentence.words[i].deprel.startswith(("csubj", "ccomp", "xcomp")) and i > mention.head
        for i in sentence.children[head]
    )


def _allowed(discourse: Discourse, index: int, number: int) -> bool:
    """Return True if kind, number and gender agree."""
    mention, referent = discourse.mentions[index], discourse.referents[number]
    name = class_of(mention)
    if referent.kind not in KINDS[name]:
        return False
    if name == "personal":
        return referent.number == "sing" and referent.gender in (mention.gender, None)
    if name == "description":
        return (
            referent.number == (mention.number or "sing")
            and referent.kind in (mention.kind, None)
            and (not mention.gender or referent.gender in (mention.gender, None))
            and (referent.entity is not None or discourse.match(index, number).again)
            and discourse.match(index, number).place != "other"
        )
    return mention.gender != "neuter" or referent.number == "sing"


def _reachable(discourse: Discourse, index: int, number: int) -> list[ReferentMention]:
    """Return the earlier mentions that count, in text order.

    Those are not too far back (of a description that fits: anywhere), not in the clause of the
    mention, not in what its source says.
    """
    mention, own = discourse.mentions[index], discourse.said_by.get(index, ())
    known = mention.form == "nominal" and discourse.match(index, number).fits
    found = []
    for seen in discourse.referents[number].referent_mentions:
        if seen.start >= mention.span.start or seen.sentence > mention.sentence:
            continue
        if not known and discourse.distance(seen.sentence, mention.sentence) > MAX_SENTENCES:
            continue
        said = any(_said_in(seen, speech) for speech in own)
        if not said and not _same_clause(discourse, mention, seen):
            found.append(seen)
    return sorted(found, key=lambda seen: seen.start)


def _ahead(discourse: Discourse, index: int, others: Set[int]) -> dict[int, ReferentMention]:
    """Return who is named later in the sentence of a pronoun, and not before.

    "While he was away, Roe wrote"; "He was tired, Roe said".
    """
    mention, own = discourse.mentions[index], discourse.said_by.get(index, ())
    found: dict[int, ReferentMention] = {}
    if mention.form == "nominal":
        return found
    for at in discourse.named_in.get(mention.sentence, ()):
        other, answer = discourse.mentions[at], discourse.named[at]
        number = answer.referent
        seen = ReferentMention(at, other.sentence, other.span.start, answer.confidence)
        if (
            other.span.start > mention.span.start
            and number not in others
            and number not in found
            and _allowed(discourse, index, number)
            and not _same_clause(discourse, mention, seen)
            and not _is_owned(discourse, mention, other)
            and not any(said.marked and _said_in(seen, said) for said in own)
        ):
            found[number] = seen
    return found


def _is_owned(discourse: Discourse, mention: Mention, other: Mention) -> bool:
    """Return True for a name in the phrase of a possessive pronoun: "*her* lawyer, Ann Roe"."""
    sentence = discourse.sentences[mention.sentence]
    owned = sentence.words[mention.head].head
    return (
        mention.place == "possessive"
        and owned >= 0
        and apposition_head(sentence, owned) == other.governor
    )


def _evidence(
    discourse: Discourse,
    index: int,
    number: int,
    seen: Sequence[ReferentMention],
    turns: TurnsBefore,
) -> Evidence:
    """Return the evidence for a referent by itself, who has been seen in some mentions."""
    mention, referent = discourse.mentions[index], discourse.referents[number]
    last = seen[-1]
    before = discourse.mentions[last.mention]
    back = discourse.distance(last.sentence, mention.sentence)
    apart = discourse.paragraphs[mention.sentence] - discourse.paragraphs[last.sentence]
    salience = sum(_weight(discourse, mention, one) for one in seen)
    evidence = {
        "salience": log(0.05 + salience),
        "same sentence": float(back == 0),
        "sentence before": float(back == 1),
        "two before": float(back == 2),
        "back": float(min(back, FAR)),
        "same paragraph": float(apart == 0),
        "paragraphs": float(min(apart, 3)),
        f"parallel {mention.place}": float(before.place == mention.place),
        "same pronoun": float(before.is_pronoun and before.gender == mention.gender),
        "often near": log(len(seen)),
        "often": log(1.0 + len(referent.referent_mentions)),
        "named often": log(1.0 + referent.named),
        "headline": float(any(discourse.mentions[one.mention].headline for one in seen)),
        "sure": last.confidence,
        "not named": float(referent.entity is None),
        "plural": float(referent.number == "plur"),
        "place name": float(referent.place),
        f"kind {referent.kind}": 1.0,
    }
    evidence |= _last_mention(discourse, last.mention)
    evidence |= _subjects(discourse, index, seen)
    evidence |= _speech(discourse, index, number, last, turns)
    if mention.form == "nominal":
        evidence |= discourse.match(index, number).evidence()
    elif mention.gender in ("male", "female"):
        evidence["gender unknown"] = float(referent.gender is None)
        evidence["gender shown"] = float(referent.shown)
        evidence["headline"] = max(evidence["headline"], float(number in discourse.titled))
        evidence |= _single_name(discourse, mention, referent)
        evidence |= tree_evidence(discourse, mention, before)
    return evidence


def _last_mention(discourse: Discourse, index: int) -> Evidence:
    """Return what a mention tells of its referent, whichever later one is to be resolved."""
    known = discourse.evidence_of.get(index)
    if known is None:
        mention = discourse.mentions[index]
        known = discourse.evidence_of[index] = {
            f"last {mention.place}": 1.0,
            "last pronoun": float(mention.is_pronoun),
            "last name": float(mention.form == "name"),
            "quoted": float(discourse.is_marked(mention.span)),
            "main clause": float(is_main(discourse, mention)),
            "first in sentence": float(
                index == 0 or discourse.mentions[index - 1].sentence != mention.sentence
            ),
            "coordinated": float(is_coordinated(discourse, mention)),
            "last in relative clause": float(is_in_relative_clause(discourse, mention)),
        }
    return known


def _single_name(discourse: Discourse, mention: Mention, referent: Referent) -> Evidence:
    """Return what a name of one word tells of the gender: it may be a first name, or a surname."""
    alone = referent.entity is not None and " " not in referent.text
    gender = discourse.lexicon.gender_of_first_name(referent.text) if alone else None
    return {
        "single name": float(alone),
        "single name agrees": float(gender == mention.gender),
        "single name disagrees": float(gender not in (mention.gender, None)),
    }


def _subjects(discourse: Discourse, index: int, seen: Sequence[ReferentMention]) -> Evidence:
    """Return of which subjects before a mention the referent is one."""
    mention = discourse.mentions[index]
    narrated = discourse.narrated[mention.sentence]
    own = clause_of(discourse.sentences[mention.sentence], mention.governor)
    evidence = dict.fromkeys(
        ("subject before", "main subject before", "subject here", "own subject", "title"), 0.0
    )
    for one in seen:
        other = discourse.mentions[one.mention]
        if one.sentence == 0:
            evidence["title"] = 1.0
        if other.place != "subject" or discourse.is_marked(other.span):
            continue
        if one.sentence == mention.sentence:
            evidence["subject here"] = 1.0
            clause = discourse.sentences[one.sentence].words[other.governor].head
            evidence["own subject"] = max(evidence["own subject"], float(clause == own))
        elif discourse.narrated[one.sentence] >= narrated - 1:
            evidence["subject before"] = 1.0
            if is_main(discourse, other):
                evidence["main subject before"] = 1.0
    return evidence


def _speech(
    discourse: Discourse, index: int, number: int, last: ReferentMention, turns: TurnsBefore
) -> Evidence:
    """Return what who has spoken, and who is spoken of, tells of a referent."""
    mention = discourse.mentions[index]
    own = discourse.of_source.get(index)
    source = own is not None
    speaker, times = turns
    spoke = speaker == number
    at = times[number][-1] if number in times else None
    since = discourse.distance(at, mention.sentence) if at is not None else FAR
    here = at is not None and at == mention.sentence
    return {
        "spoke last": float(spoke),
        "spoke last, source": float(spoke and source),
        "spoke before": float(since <= 1),
        "spoke before, source": float(since <= 1 and source),
        "spoke here": float(here),
        "spoke here, source": float(here and source),
        "spoke": float(at is not None),
        "spoke, source": float(at is not None and source),
        "spoke often": log(1.0 + len(times.get(number, ()))),
        "last source": float(last.mention in discourse.speaking),
        "named in it": float(
            own is not None and _is_named_in(discourse, own, discourse.referents[number])
        ),
        "source": float(source),
        "source, sentence before": float(
            source and discourse.distance(last.sentence, mention.sentence) == 1
        ),
        "source, last subject": float(
            source and discourse.mentions[last.mention].place == "subject"
        ),
    }


def _compare(discourse: Discourse, mention: Mention, found: dict[int, Evidence]) -> None:
    """Add what the other candidates tell of each: how many there are, and who is as near."""
    known = [n for n in found if discourse.referents[n].gender is not None]
    least = min((e["back"] for e in found.values()), default=0.0)
    most = max((e["often"] for e in found.values()), default=0.0)
    people = sum(r.kind == "person" and bool(r.referent_mentions) for r in discourse.referents)
    for number, evidence in found.items():
        others = len(found) - 1
        evidence["only one"] = float(others == 0)
        evidence["only person"] = float(
            people == 1 and discourse.referents[number].kind == "person"
        )
        evidence["others"] = log(1.0 + others)
        evidence["nearest"] = float(evidence["back"] == least)
        evidence["most often"] = float(evidence["often"] == most)
        evidence["only one near"] = float(
            evidence["back"] <= 1
            and not any(e["back"] <= 1 for n, e in found.items() if n != number)
        )
        if mention.gender in ("male", "female"):
            evidence["only known"] = float(known == [number])
            evidence["unknown beside known"] = float(number not in known and bool(known))
        if mention.form == "nominal":
            fitting = [n for n, e in found.items() if e["same noun"] or e["like noun"]]
            evidence["only fitting"] = float(fitting == [number])
            evidence["fits with others"] = float(number in fitting and len(fitting) > 1)
            evidence["others fit"] = float(number not in fitting and bool(fitting))


def _weight(discourse: Discourse, mention: Mention, seen: ReferentMention) -> float:
    before = discourse.mentions[seen.mention]
    quoted = QUOTED_WEIGHT if discourse.is_marked(before.span) else 1.0
    return (
        PLACE_WEIGHTS[before.place]
        * quoted
        * seen.confidence
        * DECAY ** discourse.distance(seen.sentence, mention.sentence)
    )


def _is_named_in(discourse: Discourse, speech: QuotedSpeech, referent: Referent) -> bool:
    """Return True if what is said names a referent: hardly anybody speaks so of themselves."""
    return any(
        discourse.mentions[seen.mention].form == "name" and _said_in(seen, speech)
        for seen in referent.referent_mentions
    )


def _said_in(seen: ReferentMention, speech: QuotedSpeech) -> bool:
    return any(span.start <= seen.start < span.end for span in speech.content)


def _same_clause(discourse: Discourse, mention: Mention, seen: ReferentMention) -> bool:
    """Return True for two arguments of one verb, which are two people ("Roe told him").

    Reflexive pronouns mean the same ("Roe asked himself").
    """
    other = discourse.mentions[seen.mention]
    if (
        seen.sentence != mention.sentence
        or "possessive" in (mention.place, other.place)
        or "modifier" in (mention.place, other.place)
    ):
        return False
    words = discourse.sentences[mention.sentence].words
    if words[mention.head].feat("Reflex") == "Yes":
        return False
    return words[mention.governor].head == words[other.governor].head >= 0


def _speakers_around(discourse: Discourse, index: int) -> tuple[set[int], set[int]]:
    """Return who speaks the words around a mention: in reported speech, and in quotation marks.

    The first are likely to be meant, the second never.
    """
    mention = discourse.mentions[index]
    inner, barred = set[int](), set[int]()
    for speech in discourse.speeches:
        if speech.source is None or speech.source == index:
            continue
        answer = discourse.antecedents.get(speech.source) or discourse.named.get(speech.source)
        if answer is not None and any(span.contains(mention.span) for span in speech.content):
            quoted = speech.marked or discourse.is_marked(mention.span)
            (barred if quoted else inner).add(answer.referent)
    return inner, barred
