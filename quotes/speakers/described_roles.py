"""Roles that only stand without the name: descriptions that mean somebody who is named elsewhere.

In: a `Discourse` in which each description and pronoun has its antecedent, and the entities. Out:
the entities with the roles of such descriptions ("the Uruguayan leader", once it is sure who that
is), and with the offices that a pronoun is said to have ("she is a teacher").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from quotes.names.short_forms import display_name
from quotes.records import Span
from quotes.speakers.discourse import Discourse
from quotes.speakers.entities import Entity, HeldRole
from quotes.speakers.entity_linking import held_role
from quotes.speakers.mentions import Mention
from quotes.speakers.role_phrases import Phrase, complement_end, phrase_reader, without_opening
from quotes.speakers.roles import predicated_offices, roles_of
from quotes.text.folding import fold_word

MIN_CONFIDENCE = 0.6  # of the antecedent of a description, from which it tells a role
SURE_CONFIDENCE = 0.75  # of that of a pronoun


def with_described_roles(discourse: Discourse, entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Return the entities, each with the roles that definite descriptions of it give."""
    found: dict[int, list[HeldRole]] = {}
    for index, answer in discourse.antecedents.items():
        mention, entity = discourse.mentions[index], discourse.referents[answer.referent].entity
        if entity is None or entities[entity].kind != "person":
            continue
        if (
            answer.confidence >= MIN_CONFIDENCE
            and mention.form == "nominal"
            and mention.definite == "definite"
            and mention.number == "sing"
            and mention.kind == "person"
            and (
                discourse.lexicon.is_role(mention.noun)
                or mention.noun in discourse.lexicon.demonyms
            )
        ):
            found.setdefault(entity, []).append(_described_role(discourse, mention))
        elif answer.confidence >= SURE_CONFIDENCE:
            found.setdefault(entity, []).extend(_offices_of_pronoun(discourse, mention))
    return tuple(
        replace(entity, roles=(*entity.roles, *found.get(number, ())))
        for number, entity in enumerate(entities)
    )


def _offices_of_pronoun(discourse: Discourse, mention: Mention) -> Iterator[HeldRole]:
    """Yield the offices that "he" or "she" is said to have, outside of quotations."""
    personal = mention.is_pronoun and mention.refers == "personal" and mention.person == 3
    if not personal or mention.gender is None or discourse.is_marked(mention.span):
        return
    sentence, names = discourse.sentences[mention.sentence], _mentions_beside(discourse, mention)
    for role in predicated_offices(sentence, mention, names, discourse.lexicon):
        yield held_role(role, discourse.document, discourse.lexicon)


def role_beside(discourse: Discourse, mention: Mention) -> str | None:
    """Return the role that stands beside a name of no entity (in a headline or a credit)."""
    sentence = discourse.sentences[mention.sentence]
    roles = roles_of(sentence, mention, _mentions_beside(discourse, mention), discourse.lexicon)
    return next(
        (display_name(role.span.of(discourse.document.text), discourse.lexicon) for role in roles),
        None,
    )


def _mentions_beside(discourse: Discourse, mention: Mention) -> list[Mention]:
    """Return the mentions in the sentence of a mention, itself among them."""
    return [discourse.mentions[i] for i in discourse.of_sentence.get(mention.sentence, ())]


def _described_role(discourse: Discourse, mention: Mention) -> HeldRole:
    sentence = discourse.sentences[mention.sentence]
    names = _mentions_beside(discourse, mention)
    reader = phrase_reader(sentence, names, discourse.lexicon, besides=None)
    end = complement_end(reader, mention.end)
    phrase = without_opening(reader, Phrase(mention.start, end, mention.head))
    words = sentence.words[phrase.start : phrase.end]
    span = Span(words[0].span.start, words[-1].span.end)
    return HeldRole(
        display_name(span.of(discourse.document.text), discourse.lexicon),
        span.start,
        mention.noun,
        frozenset(fold_word(word.form) for word in words),
        span.end,
        "description",
    )
