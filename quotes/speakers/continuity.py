"""Sources that go on with who spoke last: pronouns and descriptions of which the words tell little.

In: a source that is a pronoun or a definite description, and the discourse up to it. Out: the
referent that a reader takes it for, or None. A pronoun goes on with the speaker before, where kind,
number and gender agree and nobody else became the subject since; "they" after two speakers are
both. "The former governor" is the speaker before where the text knows of no other office of theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quotes.language.lexicon import Lexicon
from quotes.records import Kind
from quotes.speakers.antecedent_features import class_of
from quotes.speakers.antecedent_syntax import is_main
from quotes.speakers.discourse import Discourse
from quotes.speakers.mentions import Mention
from quotes.speakers.referents import Referent

NEAR_SENTENCES = 2  # not wholly quoted, back to who spoke before
DESCRIBED_SENTENCES = 3  # the same for a description
MIN_CONFIDENCE = 0.5  # of an attribution, from which its source must be somebody
MIN_SHARE = 0.25  # of the speaker before, from which "he" goes on with them
BODIES: frozenset[Kind | None] = frozenset({"organization", "document", "group"})


@dataclass(frozen=True, slots=True)
class Turn:
    """Who spoke before a mention: referent, offset of the source, sentences back."""

    referent: int
    start: int
    back: int


def last_turn(discourse: Discourse, index: int, *, suiting: bool = False) -> Turn | None:
    """Return who spoke last before a mention; with `suiting`, of those that "it" or "they" fit."""
    mention = discourse.mentions[index]
    for start, sentence, referent in reversed(discourse.turns):
        if start < mention.span.start and (
            not suiting
            or start in discourse.joint
            or _suits(mention, discourse.referents[referent])
        ):
            return Turn(referent, start, discourse.distance(sentence, mention.sentence))
    return None


def continued(discourse: Discourse, index: int, likely: Mapping[int, float]) -> int | None:
    """Return the referent that a pronoun goes on with, None where the words do not show it.

    `likely` are the probabilities of the candidates.
    """
    mention, speech = discourse.mentions[index], discourse.of_source.get(index)
    if speech is None or not speech.turn or speech.confidence < MIN_CONFIDENCE:
        return None
    if discourse.is_marked(mention.span) or mention.place != "subject":
        return None
    turn = last_turn(discourse, index)
    if class_of(mention) == "personal":
        near = turn is not None and turn.back <= 1
        best = max(likely, key=lambda number: likely[number], default=None)
        if turn is None or not near or best != turn.referent or likely[best] < MIN_SHARE:
            return None
        if _other_subject_since(discourse, mention, turn):
            return None
        return turn.referent
    if _is_expletive(discourse, mention):
        return None
    turn = last_turn(discourse, index, suiting=True)
    since = turn.start if turn is not None else -1
    subject = _subject_since(discourse, mention, since)
    if subject is None and mention.number == "plur":
        subject = _several_people(discourse, likely)
    if subject is not None:
        return subject
    if turn is None or turn.back > NEAR_SENTENCES:
        return None
    joint = discourse.joint.get(turn.start)
    if joint is not None and mention.number == "plur":
        return discourse.introduce_group(joint)
    return turn.referent if _suits(mention, discourse.referents[turn.referent]) else None


def is_one_of_several(discourse: Discourse, index: int, number: int) -> bool:
    """Return True for "they" and a referent who spoke last together with others."""
    mention, turn = discourse.mentions[index], last_turn(discourse, index, suiting=True)
    joint = discourse.joint.get(turn.start) if turn is not None else None
    return mention.number == "plur" and discourse.referents[number].text in (joint or "")


def described_speaker(discourse: Discourse, index: int) -> int | None:
    """Return who spoke last, or the subject before, where a description can mean no other.

    The text does not know what the description says of anybody, and of an office it must know none
    that the speaker holds.
    """
    mention, lexicon = discourse.mentions[index], discourse.lexicon
    if index not in discourse.of_source or discourse.is_marked(mention.span):
        return None
    if mention.kind == "organization":
        return _organization_before(discourse, index)
    if mention.kind not in ("person", None):
        return None
    referents = discourse.referents
    fitting = {
        number
        for number, referent in enumerate(referents)
        if discourse.match(index, number).fits and _is_mentioned_in(discourse, referent)
    }
    turn = last_turn(discourse, index)
    number = turn.referent if turn and turn.back <= DESCRIBED_SENTENCES else None
    if number is None or referents[number].kind not in ("person", None):
        number = _person_before(discourse, mention)
    if number is None or (fitting - {number}) or discourse.match(index, number).place == "other":
        return None
    referent = referents[number]
    if mention.gender and referent.gender not in (mention.gender, None):
        return None
    if number in fitting:
        return number
    if (_is_office(mention, lexicon) and mention.is_bare) or holds_another_office(
        discourse, index, number
    ):
        return None
    return number


def _organization_before(discourse: Discourse, index: int) -> int | None:
    """Return the organization that spoke last where the description fits any ("the company").

    Not one whose name says what it is ("the Harbour Ministry"), nor where the text has such a body.
    """
    mention, lexicon = discourse.mentions[index], discourse.lexicon
    turn = last_turn(discourse, index)
    if turn is None or turn.back > NEAR_SENTENCES or mention.noun not in lexicon.any_organization:
        return None
    referent = discourse.referents[turn.referent]
    named = referent.entity is not None and referent.kind == "organization" and not referent.place
    if not named or referent.noun in lexicon.organizations:
        return None
    fitting = (n for n in range(len(discourse.referents)) if discourse.match(index, n).fits)
    near = (
        number != turn.referent
        and discourse.distance(seen.sentence, mention.sentence) <= NEAR_SENTENCES
        for number in fitting
        for seen in discourse.referents[number].referent_mentions[-1:]
    )
    return None if any(near) else turn.referent


def holds_another_office(discourse: Discourse, index: int, number: int) -> bool:
    """Return True if a description names an office, and the text knows another of a referent.

    Not for an office that so many hold that it tells little ("official"), nor where all other words
    of the description stand in the roles ("Foreign Secretary Roe": "the foreign minister").
    """
    mention, found = discourse.mentions[index], discourse.match(index, number)
    return (
        discourse.referents[number].kind == "person"
        and _is_office(mention, discourse.lexicon)
        and found.roles
        and not (found.same or found.like or found.heads)
        and (mention.is_bare or found.shared < 1.0)
    )


def _is_office(mention: Mention, lexicon: Lexicon) -> bool:
    return lexicon.is_role(mention.noun) and mention.noun not in lexicon.generic_roles


def _is_mentioned_in(discourse: Discourse, referent: Referent) -> bool:
    """Return True if the text so far tells of a referent, and not only that somebody is one."""
    return any(
        discourse.mentions[seen.mention].place in ("subject", "object")
        for seen in referent.referent_mentions
    )


def _suits(mention: Mention, referent: Referent) -> bool:
    """Return True if "it" or "they" can mean somebody who speaks."""
    if referent.kind not in BODIES:
        return False
    if mention.number == "plur":
        return referent.kind != "document"
    return referent.number == "sing" and referent.kind != "group"


def _subject_since(discourse: Discourse, mention: Mention, since: int) -> int | None:
    """Return the body that is the subject of the sentence before, where nobody spoke since."""
    found = None
    for index, other in enumerate(discourse.mentions):
        if other.span.start >= mention.span.start or other.sentence == mention.sentence:
            break
        answer = discourse.antecedents.get(index)
        if (
            answer is not None
            and other.span.start > since
            and other.place == "subject"
            and not discourse.is_marked(other.span)
            and discourse.distance(other.sentence, mention.sentence) <= 1
            and is_main(discourse, other)
        ):
            found = answer.referent
    if found is None or not _suits(mention, discourse.referents[found]):
        return None
    one = mention.number == "plur" and discourse.referents[found].number == "sing"
    return None if one and _described_as_one(discourse, found) else found


def _several_people(discourse: Discourse, likely: Mapping[int, float]) -> int | None:
    """Return the one group that "they" can be, where a body of one noun is likelier ("the bar")."""
    referents = discourse.referents
    best = max(likely, key=lambda number: likely[number], default=None)
    if best is None or referents[best].number == "plur" or not _described_as_one(discourse, best):
        return None
    groups = [n for n in likely if referents[n].kind == "group" and likely[n] >= MIN_SHARE]
    return groups[0] if len(groups) == 1 else None


def _described_as_one(discourse: Discourse, number: int) -> bool:
    """Return True for a body that only a noun in the singular names ("the bar"), no name."""
    return discourse.referents[number].entity is None


def _other_subject_since(discourse: Discourse, mention: Mention, turn: Turn) -> bool:
    """Return True if another person became the subject of a main clause after who spoke."""
    return any(
        turn.start < (other := discourse.mentions[index]).span.start < mention.span.start
        and other.place == "subject"
        and other.kind == "person"
        and not discourse.is_marked(other.span)
        and answer.referent != turn.referent
        and (other.gender or mention.gender) == mention.gender
        and is_main(discourse, other)
        for index, answer in discourse.antecedents.items()
    )


def _person_before(discourse: Discourse, mention: Mention) -> int | None:
    """Return the one person of the sentence before and of what stands before in the same one."""
    people = {
        answer.referent
        for index, answer in discourse.antecedents.items()
        if (other := discourse.mentions[index]).span.end <= mention.span.start
        and discourse.distance(other.sentence, mention.sentence) <= 1
        and not discourse.is_marked(other.span)
        and discourse.referents[answer.referent].kind == "person"
    }
    return people.pop() if len(people) == 1 else None


def _is_expletive(discourse: Discourse, mention: Mention) -> bool:
    return discourse.sentences[mention.sentence].words[mention.head].deprel == "expl"
