"""How likely each referent is to be meant by a pronoun: a log-linear model over the evidence of the text.

In: a pronoun and the discourse up to it. Out: a probability for each referent that number, gender, kind and clause allow; what is missing
to 1 is the probability that nobody of them is meant. The evidence is that of salience since Lappin and Leass (1994): how far back, in which
place of the sentence, how often, who spoke last. The weights (`WEIGHTS`, one set for each class of pronoun) are fitted on the coreference
of GUM's openly licensed training documents without conversations, and 124 pronouns in PolNeAR train that were labelled by hand. Does not
decide: that is coreference.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log

from quotes.records import Kind
from quotes.speakers.discourse import Discourse, QuotedSpeech, Referent, ReferentMention
from quotes.speakers.mentions import Mention

FARTHEST = 10  # sentences: beyond, a pronoun reaches nobody
DECAY = 0.55  # of the weight of a mention, with each sentence
PLACES = {"subject": 1.0, "object": 0.6, "possessive": 0.6, "other": 0.45, "modifier": 0.2}
QUOTED = 0.3  # times, for a mention inside quotation marks
KINDS: dict[str, frozenset[Kind | None]] = {  # None: a name of which nothing tells what it names
    "he": frozenset({"person", None}),
    "it": frozenset({"organization", "document", "group"}),
    "they": frozenset({"group", "organization", "document", "person"}),
}

# Set by hand, since that data hardly shows it: for "it" and "they", "nobody, source" (who says something is somebody) and "quoted"; for
# "he" and "it", "inner speaker"; for "he", "kind None", "only one" and "named in it". For the last, a quarter of PolNeAR train tells of
# people named as sources: what they say names themselves in 0.5% of 801 attributions, another person of the four sentences before in
# 13.5% of 2,696 pairs.
WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "he": {
        "back": -0.25,
        "first in sentence": 0.73,
        "gender unknown": -1.07,
        "inner speaker": 0.3,
        "kind None": -1.0,
        "kind person": 1.14,
        "modifier": -0.08,
        "named in it": -3.0,
        "nobody": -1.21,
        "nobody, source": 0.84,
        "not named": -0.07,
        "object": 0.23,
        "often": 0.6,
        "only one": 0.6,
        "paragraphs": -0.58,
        "parallel": 0.94,
        "pronoun": 0.55,
        "quoted": 0.85,
        "salience": 1.24,
        "same sentence": 0.72,
        "source": -0.06,
        "spoke last": 0.52,
        "spoke last, source": 1.16,
        "subject": -0.16,
    },
    "it": {
        "back": -0.12,
        "first in sentence": -0.07,
        "gender unknown": -0.66,
        "inner speaker": 0.5,
        "kind group": -1.24,
        "kind organization": 0.3,
        "main clause": 0.75,
        "modifier": -0.06,
        "nobody": 0.95,
        "nobody, source": -1.2,
        "not named": 0.52,
        "object": 0.56,
        "often": 0.18,
        "paragraphs": -0.68,
        "parallel": 0.35,
        "pronoun": 0.47,
        "quoted": -0.5,
        "salience": 1.28,
        "same sentence": 0.5,
        "source": -0.53,
        "spoke last": -0.4,
        "spoke last, source": 0.36,
        "subject": 0.15,
    },
    "they": {
        "back": -0.4,
        "first in sentence": 0.13,
        "gender unknown": 0.41,
        "inner speaker": 0.62,
        "kind document": -1.18,
        "kind group": 0.83,
        "kind organization": 0.33,
        "kind person": -1.51,
        "main clause": 0.54,
        "modifier": -0.1,
        "nobody": 1.52,
        "nobody, source": -1.2,
        "not named": 0.29,
        "object": 0.46,
        "often": -0.89,
        "parallel": 0.4,
        "plural": 0.35,
        "pronoun": 1.04,
        "quoted": -0.5,
        "salience": 1.64,
        "same sentence": 0.56,
        "source": -0.25,
        "spoke last": -0.2,
        "spoke last, source": -0.08,
        "subject": -0.36,
    },
}


def pronoun_class(mention: Mention) -> str:
    """Which set of weights a pronoun of the third person has."""
    if mention.form == "nominal":
        return "he"
    return (
        "he"
        if mention.gender in ("male", "female")
        else "it"
        if mention.gender == "neuter"
        else "they"
    )


def probabilities(discourse: Discourse, index: int) -> dict[int, float]:
    """For each referent that the pronoun can mean, the probability that it does."""
    weights = WEIGHTS[pronoun_class(discourse.found[index])]
    table = candidates(discourse, index)
    scores = {
        number: sum(weights.get(name, 0.0) * value for name, value in found.items())
        for number, found in table.items()
    }
    nobody = sum(
        weights.get(name, 0.0) * value for name, value in nobody_evidence(discourse, index).items()
    )
    top = max([nobody, *scores.values()])
    total = exp(nobody - top) + sum(exp(score - top) for score in scores.values())
    return {number: exp(score - top) / total for number, score in scores.items()}


def nobody_evidence(discourse: Discourse, index: int) -> dict[str, float]:
    """What speaks for none of the referents."""
    return {"nobody": 1.0, "nobody, source": float(index in discourse.of_source)}


def candidates(discourse: Discourse, index: int) -> dict[int, dict[str, float]]:
    """The evidence for each referent that the pronoun can mean."""
    mention = discourse.found[index]
    inner, barred = _speakers_around(discourse, index)
    found = {}
    for number, referent in enumerate(discourse.referents):
        if number in barred or not _allowed(mention, referent):
            continue
        seen = _reachable(discourse, index, referent)
        if seen:
            found[number] = _evidence(discourse, index, number, seen, inner=number in inner)
    agreeing = [
        number
        for number in found
        if mention.gender and discourse.referents[number].gender == mention.gender
    ]
    if len(agreeing) == 1:
        found[agreeing[0]]["only one"] = 1.0
    return found


def _allowed(mention: Mention, referent: Referent) -> bool:
    """Whether kind, number and gender agree."""
    name = pronoun_class(mention)
    if referent.kind not in KINDS[name]:
        return False
    if name == "he":
        if mention.gender is None:
            return referent.number == "sing"
        return referent.number == "sing" and referent.gender in (mention.gender, None)
    return mention.gender != "neuter" or referent.number == "sing"


def _reachable(discourse: Discourse, index: int, referent: Referent) -> list[ReferentMention]:
    """The earlier mentions that count: not too far back, not in the pronoun's own clause, not in what its source says here."""
    mention, own = discourse.found[index], discourse.of_source.get(index)
    found = []
    for seen in referent.seen:
        if seen.start >= mention.span.start or seen.sentence > mention.sentence:
            continue
        if discourse.distance(seen.sentence, mention.sentence) > FARTHEST:
            continue
        if not (own is not None and _said_in(seen, own)) and not _same_clause(
            discourse, mention, seen
        ):
            found.append(seen)
    return found


def _evidence(
    discourse: Discourse, index: int, number: int, seen: list[ReferentMention], *, inner: bool
) -> dict[str, float]:
    mention, referent = discourse.found[index], discourse.referents[number]
    last = max(seen, key=lambda occurrence: occurrence.start)
    before = discourse.found[last.mention]
    back = discourse.distance(last.sentence, mention.sentence)
    own = discourse.of_source.get(index)
    salience = sum(_weight(discourse, mention, occurrence) for occurrence in seen)
    apart = discourse.paragraphs[mention.sentence] - discourse.paragraphs[last.sentence]
    return {
        "salience": log(0.05 + salience),
        "same sentence": float(back == 0),
        "back": float(min(back, 6)),
        "paragraphs": float(min(apart, 3)),
        "subject": float(before.place == "subject"),
        "object": float(before.place == "object"),
        "modifier": float(before.place == "modifier"),
        "parallel": float(before.place == mention.place == "subject"),
        "pronoun": float(before.is_pronoun),
        "quoted": float(discourse.is_marked(before.span)),
        "often": log(len(seen)),
        "spoke last": float(discourse.speaker == number),
        "spoke last, source": float(discourse.speaker == number and own is not None),
        "named in it": float(own is not None and _is_named_in(discourse, own, referent)),
        "inner speaker": float(inner),
        "main clause": float(_is_main(discourse, before)),
        "first in sentence": float(
            last.mention == 0 or discourse.found[last.mention - 1].sentence != before.sentence
        ),
        "source": float(last.mention in discourse.of_source),
        "gender unknown": float(referent.gender is None),
        "not named": float(referent.entity is None),
        f"kind {referent.kind}": 1.0,
        "plural": float(referent.number == "plur"),
    }


def _is_main(discourse: Discourse, mention: Mention) -> bool:
    """Whether a mention is an argument of the main verb of its sentence."""
    words = discourse.sentences[mention.sentence].words
    head = words[mention.governor].head
    return head < 0 or words[head].head < 0


def _weight(discourse: Discourse, mention: Mention, seen: ReferentMention) -> float:
    before = discourse.found[seen.mention]
    quoted = QUOTED if discourse.is_marked(before.span) else 1.0
    return (
        PLACES[before.place]
        * quoted
        * seen.sure
        * DECAY ** discourse.distance(seen.sentence, mention.sentence)
    )


def _is_named_in(discourse: Discourse, speech: QuotedSpeech, referent: Referent) -> bool:
    """Whether what is said names a referent, not only by a pronoun: nearly nobody speaks of himself so."""
    return any(
        discourse.found[seen.mention].form == "name" and _said_in(seen, speech)
        for seen in referent.seen
    )


def _said_in(seen: ReferentMention, speech: QuotedSpeech) -> bool:
    return any(span.start <= seen.start < span.end for span in speech.content)


def _same_clause(discourse: Discourse, mention: Mention, seen: ReferentMention) -> bool:
    """Two arguments of one verb are two people ("Roe told him")."""
    other = discourse.found[seen.mention]
    if (
        seen.sentence != mention.sentence
        or "possessive" in (mention.place, other.place)
        or "modifier" in (mention.place, other.place)
    ):
        return False
    words = discourse.sentences[mention.sentence].words
    return words[mention.governor].head == words[other.governor].head >= 0


def _speakers_around(discourse: Discourse, index: int) -> tuple[set[int], set[int]]:
    """Who speaks the words in which a pronoun stands: likely meant in reported speech, never in a quotation."""
    mention = discourse.found[index]
    inner, barred = set[int](), set[int]()
    for speech in discourse.speeches:
        if (
            speech.source is None
            or speech.source == index
            or speech.source not in discourse.antecedents
        ):
            continue
        if any(span.contains(mention.span) for span in speech.content):
            quoted = speech.marked or discourse.is_marked(mention.span)
            (barred if quoted else inner).add(discourse.antecedents[speech.source].referent)
    return inner, barred
