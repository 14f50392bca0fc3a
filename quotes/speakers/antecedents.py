"""How likely each referent is to be meant by a pronoun: a log-linear model over evidence.

In: a pronoun and the discourse up to it. Out: a probability for each referent that number, gender,
kind and clause allow; what is missing to 1 is the probability that none of them is meant. The
evidence is that of salience since Lappin and Leass (1994): distance, grammatical role, frequency,
and who spoke last. The weights are in `antecedents.json` of the language, which tells their origin;
a language without it has no antecedents of pronouns of the third person.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from math import exp, log

from quotes.errors import ModelError
from quotes.language import Language
from quotes.records import Kind
from quotes.speakers.discourse import Discourse, QuotedSpeech, Referent, ReferentMention
from quotes.speakers.mentions import Mention

VERSION = 1  # of the file of weights
MAX_SENTENCES = 10  # back from a pronoun to a mention of its referent
DECAY = 0.55  # of the weight of a mention, with each sentence
PLACE_WEIGHTS = {"subject": 1.0, "object": 0.6, "possessive": 0.6, "other": 0.45, "modifier": 0.2}
QUOTED_WEIGHT = 0.3  # times, for a mention inside quotation marks
KINDS: dict[str, frozenset[Kind | None]] = {  # None: a name of which nothing tells what it names
    "personal": frozenset({"person", None}),
    "neuter": frozenset({"organization", "document", "group"}),
    "plural": frozenset({"group", "organization", "document", "person"}),
}

Weights = Mapping[str, Mapping[str, float]]


@cache
def load_weights(language: Language) -> Weights:
    """Return the weights of a language by class of pronoun, none where it has no file of them.

    Raises:
        ModelError: where the file is no file of weights, or of another version.
    """
    path = language.folder / "antecedents.json"
    if not path.is_file():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["version"] != VERSION:
            raise ModelError(
                f"{path}: version {content['version']}, this program reads {VERSION}: "
                "install the package again"
            )
        return {
            str(name): {str(key): float(weight) for key, weight in content["weights"][name].items()}
            for name in KINDS
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path}: no weights of antecedents ({error!r})") from error


def pronoun_class(mention: Mention) -> str:
    """Return which set of weights a pronoun of the third person has."""
    if mention.form == "nominal" or mention.gender in ("male", "female"):
        return "personal"
    return "neuter" if mention.gender == "neuter" else "plural"


def probabilities(discourse: Discourse, index: int) -> dict[int, float]:
    """Return for each referent that the pronoun can mean the probability that it does."""
    weights = load_weights(discourse.lexicon.language).get(pronoun_class(discourse.mentions[index]))
    if weights is None:
        return {}
    evidence = candidates(discourse, index)
    scores = {number: _score(weights, found) for number, found in evidence.items()}
    nobody = _score(weights, nobody_evidence(discourse, index))
    top = max([nobody, *scores.values()])
    total = exp(nobody - top) + sum(exp(score - top) for score in scores.values())
    return {number: exp(score - top) / total for number, score in scores.items()}


def _score(weights: Mapping[str, float], evidence: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in evidence.items())


def nobody_evidence(discourse: Discourse, index: int) -> dict[str, float]:
    """Return the evidence for none of the referents."""
    return {"nobody": 1.0, "nobody, source": float(index in discourse.of_source)}


def candidates(discourse: Discourse, index: int) -> dict[int, dict[str, float]]:
    """Return the evidence for each referent that the pronoun can mean."""
    mention = discourse.mentions[index]
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
    """Return True if kind, number and gender agree."""
    name = pronoun_class(mention)
    if referent.kind not in KINDS[name]:
        return False
    if name == "personal":
        if mention.gender is None:
            return referent.number == "sing"
        return referent.number == "sing" and referent.gender in (mention.gender, None)
    return mention.gender != "neuter" or referent.number == "sing"


def _reachable(discourse: Discourse, index: int, referent: Referent) -> list[ReferentMention]:
    """Return the earlier mentions that count.

    Those are not too far back, not in the clause of the pronoun, not in what its source says.
    """
    mention, own = discourse.mentions[index], discourse.of_source.get(index)
    found = []
    for seen in referent.referent_mentions:
        if seen.start >= mention.span.start or seen.sentence > mention.sentence:
            continue
        if discourse.distance(seen.sentence, mention.sentence) > MAX_SENTENCES:
            continue
        if not (own is not None and _said_in(seen, own)) and not _same_clause(
            discourse, mention, seen
        ):
            found.append(seen)
    return found


def _evidence(
    discourse: Discourse, index: int, number: int, seen: list[ReferentMention], *, inner: bool
) -> dict[str, float]:
    mention, referent = discourse.mentions[index], discourse.referents[number]
    last = max(seen, key=lambda occurrence: occurrence.start)
    before = discourse.mentions[last.mention]
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
            last.mention == 0 or discourse.mentions[last.mention - 1].sentence != before.sentence
        ),
        "source": float(last.mention in discourse.of_source),
        "gender unknown": float(referent.gender is None),
        "not named": float(referent.entity is None),
        f"kind {referent.kind}": 1.0,
        "plural": float(referent.number == "plur"),
    }


def _is_main(discourse: Discourse, mention: Mention) -> bool:
    """Return True if a mention is an argument of the main verb of its sentence."""
    words = discourse.sentences[mention.sentence].words
    head = words[mention.governor].head
    return head < 0 or words[head].head < 0


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
    """Return True for two arguments of one verb, which are two people ("Roe told him")."""
    other = discourse.mentions[seen.mention]
    if (
        seen.sentence != mention.sentence
        or "possessive" in (mention.place, other.place)
        or "modifier" in (mention.place, other.place)
    ):
        return False
    words = discourse.sentences[mention.sentence].words
    return words[mention.governor].head == words[other.governor].head >= 0


def _speakers_around(discourse: Discourse, index: int) -> tuple[set[int], set[int]]:
    """Return who speaks the words around a pronoun: in reported speech, and in quotation marks.

    The first are likely to be meant, the second never.
    """
    mention = discourse.mentions[index]
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
