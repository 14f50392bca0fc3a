"""The lemmas of a language by the kind of act that they tell of.

In: a `Language`. Out: `ActWords`. The classes are those of verbs of communication in VerbNet
(Kipper et al. 2008) and of speech acts in Searle (1976): assertives state, directives direct,
commissives commit, expressives evaluate.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from quotes.attribution.candidates import sayers
from quotes.language import Language


@dataclass(frozen=True, slots=True)
class ActWords:
    """Lemmas by the act that they tell of.

    Attributes:
        stating: Verbs whose object tells what was said ("announced a freeze").
        evaluating: Verbs of praise and blame.
        naming: Verbs of calling somebody something.
        committing: Verbs of promising an act of one's own.
        directing: Verbs of asking for somebody else's act.
        telling: Verbs whose object is told what was said ("assured them").
        reporting: All verbs of speaking and writing.
        citing: Those of them by which a reporter names another source.
        topical: Those of `reporting` whose object may be only a topic ("discussed the harbour").
        urging: Verbs with somebody else's act, directing or not ("allowed them to leave").
        intending: Verbs of intention, wish and refusal.
        refusal: Those by which something was not said.
        thinking: Verbs of belief and feeling with a clause.
        regarding: Other verbs of perceiving, feeling and regarding.
        finding: Verbs of finding by inquiry.
        showing: Verbs by which documents and pictures say something.
        asking: Verbs whose content is a question.
        deciding: Verbs by which an office or a court decides on a request.
        voicing: Verbs with which a noun of thought becomes a statement.
        phrasals: Phrasal verbs of speaking, verb and particle.
        conditional: Conjunctions before what is only supposed.
        speech_nouns: Nouns of speech and thought.
        thought_nouns: Those of thought.
        feeling_nouns: Nouns of feeling and attitude.
        intention_nouns: Those of intention.
        request_nouns: Nouns for what an office or a court decides on.
        pictures: Nouns for what is seen and not read.
        documents: Nouns for what is read.
        organizations: Nouns for institutions.
        inquirers: Nouns for people whose findings are statements.
        speaking: Nouns for people, institutions and what is read.
    """

    stating: frozenset[str]
    evaluating: frozenset[str]
    naming: frozenset[str]
    committing: frozenset[str]
    directing: frozenset[str]
    telling: frozenset[str]
    reporting: frozenset[str]
    citing: frozenset[str]
    topical: frozenset[str]
    urging: frozenset[str]
    intending: frozenset[str]
    refusal: frozenset[str]
    thinking: frozenset[str]
    regarding: frozenset[str]
    finding: frozenset[str]
    showing: frozenset[str]
    asking: frozenset[str]
    deciding: frozenset[str]
    voicing: frozenset[str]
    phrasals: frozenset[str]
    conditional: frozenset[str]
    speech_nouns: frozenset[str]
    thought_nouns: frozenset[str]
    feeling_nouns: frozenset[str]
    intention_nouns: frozenset[str]
    request_nouns: frozenset[str]
    pictures: frozenset[str]
    documents: frozenset[str]
    organizations: frozenset[str]
    inquirers: frozenset[str]
    speaking: frozenset[str]


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
        telling=words("telling-verbs"),
        reporting=words("speech-verbs")
        | words("telling-verbs")
        | words("manner-verbs")
        | words("citing-verbs"),
        citing=words("citing-verbs"),
        topical=words("judging-verbs") | words("topic-verbs") | words("manner-verbs"),
        urging=words("urging-verbs"),
        intending=words("intending-verbs"),
        refusal=words("refusal-verbs"),
        thinking=words("thought-verbs"),
        regarding=words("regarding-verbs"),
        finding=words("finding-verbs"),
        showing=words("showing-verbs"),
        asking=words("asking-verbs"),
        deciding=words("deciding-verbs"),
        voicing=words("voicing-verbs"),
        phrasals=words("speaking-phrasals"),
        conditional=words("conditional-conjunctions"),
        speech_nouns=words("speech-nouns") | words("wording-nouns"),
        thought_nouns=words("thought-nouns"),
        feeling_nouns=words("feeling-nouns"),
        intention_nouns=words("intention-nouns"),
        request_nouns=words("request-nouns"),
        pictures=words("picture-nouns"),
        documents=words("document-nouns"),
        organizations=words("organization-nouns"),
        inquirers=words("inquirer-nouns"),
        speaking=sayers(words) | words("document-nouns"),
    )
