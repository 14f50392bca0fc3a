"""The antecedent of each mention: names as linked, pronouns and descriptions by the text before.

In: a `Discourse` and the links of its names. Out: `Discourse.antecedents`, for each mention the
referent, how it was found and how surely. A pronoun for which no referent reaches the threshold
`antecedent` of the language gets none. What is said inside quotation marks comes last, when
speakers are known.
"""

from __future__ import annotations

from collections.abc import Callable

from quotes.speakers.antecedents import probabilities
from quotes.speakers.continuity import continued, is_one_of_several, last_turn
from quotes.speakers.descriptions import NEW_DESCRIPTION, resolve_description
from quotes.speakers.discourse import Antecedent, Discourse
from quotes.speakers.entity_linking import EntityLink
from quotes.speakers.mentions import Mention
from quotes.speakers.steps import step_text

RELATIVE_BY_TREE, RELATIVE_BY_PLACE = (
    0.95,
    0.8,
)  # a relative pronoun by the tree, by what stands before it
SURE = 0.75  # from which the likeliest referent of a pronoun needs no look at who spoke before
CONTINUED = 0.8  # a pronoun that goes on with who spoke before
MISLED = 0.7  # one that goes on with them although their first name shows another gender
FIRST_SINGULAR, FIRST_PLURAL = 0.97, 0.75  # "I" and "we" in a quotation
BEFORE_FLOATING = 0.7  # "I" outside of marks, before a quotation that stands alone


Observer = Callable[[Discourse, int], None]


def corefer(
    discourse: Discourse, links: dict[int, EntityLink], *, observe: Observer | None = None
) -> None:
    """Fill in the antecedents of a discourse.

    Args:
        discourse: Its state before.
        links: What the names name.
        observe: Called before each mention that is to be resolved, in the order of resolution.
    """
    discourse.named = {
        index: Antecedent(link.entity, link.step, link.confidence) for index, link in links.items()
    }
    for index, mention in enumerate(discourse.mentions):
        if index in links:
            discourse.named_in.setdefault(mention.sentence, []).append(index)
    _places(discourse, links)
    by_confidence = sorted(discourse.speeches, key=lambda speech: speech.confidence)
    discourse.of_source = {
        speech.source: speech for speech in by_confidence if speech.source is not None
    }
    discourse.speaking = frozenset(
        speech.source for speech in discourse.speeches if speech.turn and speech.source is not None
    )
    later = []
    for index, mention in enumerate(discourse.mentions):
        if index in discourse.named:
            discourse.note(index, discourse.named[index])
        elif mention.is_pronoun and discourse.is_marked(mention.span):
            later.append(index)
        else:
            _resolve(discourse, index, observe)
    for index in later:
        _resolve(discourse, index, observe)


def _places(discourse: Discourse, links: dict[int, EntityLink]) -> None:
    """Mark the referents that are only named as places."""
    kinds: dict[int, set[str | None]] = {}
    for index, link in links.items():
        kinds.setdefault(link.entity, set()).add(discourse.mentions[index].entity)
    for number, found in kinds.items():
        discourse.referents[number].place = found == {"LOC"}


def _resolve(discourse: Discourse, index: int, observe: Observer | None) -> None:
    mention = discourse.mentions[index]
    if observe is not None:
        observe(discourse, index)
    if mention.is_pronoun:
        _pronoun(discourse, index)
    elif mention.form == "nominal":
        resolve_description(discourse, index)


def _pronoun(discourse: Discourse, index: int) -> None:
    mention = discourse.mentions[index]
    answer = None
    if mention.refers == "relative":
        answer = _relative(discourse, mention)
    elif mention.refers == "personal" and mention.person == 1:
        answer = _first_person(discourse, index)
    elif mention.refers == "personal" and mention.person == 3:
        answer = choose_pronoun(discourse, index)
    if answer is not None:
        discourse.note(index, answer)


def choose_pronoun(discourse: Discourse, index: int) -> Antecedent | None:
    """Return the likeliest referent of "he", "she", "it" or "they", or None."""
    likely = probabilities(discourse, index)
    thresholds = discourse.lexicon.language.thresholds
    best = max(likely, key=lambda number: likely[number], default=None)
    sure = likely[best] if best is not None else 0.0
    open_to_turn = sure < SURE or (best is not None and is_one_of_several(discourse, index, best))
    following = continued(discourse, index, likely) if open_to_turn else None
    if following is not None:
        best, sure = following, max(CONTINUED, likely.get(following, 0.0))
    misled = _against_first_name(discourse, index) if sure < thresholds.speaker_name else None
    if misled is not None:
        return misled
    if best is None or sure < thresholds.antecedent:
        return None
    return Antecedent(best, step_text(discourse, index, best), round(sure, 3))


def _against_first_name(discourse: Discourse, index: int) -> Antecedent | None:
    """Return who spoke right before, where only the first name says that the gender is another.

    Lists of first names err; what the text itself says of the gender then holds.
    """
    turn = last_turn(discourse, index)
    mention = discourse.mentions[index]
    if turn is None or turn.back > 1 or mention.gender not in ("female", "male"):
        return None
    referent = discourse.referents[turn.referent]
    if referent.kind != "person" or referent.shown or referent.gender in (mention.gender, None):
        return None
    referent.gender = None
    step = "pronoun: who spoke before, whose first name misleads"
    return Antecedent(turn.referent, step, MISLED)


def _first_person(discourse: Discourse, index: int) -> Antecedent | None:
    """Resolve "I" and "we" in a quotation to its speaker."""
    mention = discourse.mentions[index]
    for speech in discourse.speeches:
        inside = any(span.contains(mention.span) for span in speech.content)
        if (
            inside
            and speech.source is not None
            and speech.source != index
            and speech.source in discourse.antecedents
        ):
            known = discourse.antecedents[speech.source]
            sure = FIRST_SINGULAR if mention.number == "sing" else FIRST_PLURAL
            return Antecedent(
                known.referent,
                "pronoun: the speaker of the quotation",
                round(known.confidence * sure, 3),
            )
    return _before_floating(discourse, index)


def _before_floating(discourse: Discourse, index: int) -> Antecedent | None:
    """Resolve "I" before a quotation that stands alone to who spoke before.

    It is a part of what they say, printed again between its paragraphs, and not the author's.
    """
    mention, speech = discourse.mentions[index], discourse.of_source.get(index)
    end = discourse.sentences[mention.sentence].span.end
    if speech is None or not speech.marked or any(span.start < end for span in speech.content):
        return None
    turn = last_turn(discourse, index)
    if turn is None or discourse.referents[turn.referent].kind != "person":
        return None
    step = "pronoun: who spoke before a quotation that stands alone"
    return Antecedent(turn.referent, step, BEFORE_FLOATING)


def _relative(discourse: Discourse, mention: Mention) -> Antecedent | None:
    """Resolve "who" to what its clause describes: by the tree, else the mention right before it."""
    target = _described_by_clause(discourse, mention)
    options = [
        i
        for i in discourse.antecedents
        if discourse.mentions[i].sentence == mention.sentence
        and discourse.mentions[i].end <= mention.start
    ]
    if mention.gender == "neuter":  # "which" is nobody
        options = [
            i
            for i in options
            if discourse.referents[discourse.antecedents[i].referent].kind != "person"
        ]
    by_tree = [i for i in options if _covers(discourse.mentions[i], target)]
    nearest = [
        i
        for i in options
        if mention.start - discourse.mentions[i].end <= 2 and not discourse.mentions[i].is_pronoun
    ]
    if not by_tree and not nearest:
        return None
    known = discourse.antecedents[max(by_tree or nearest, key=lambda i: discourse.mentions[i].end)]
    sure = RELATIVE_BY_TREE if by_tree else RELATIVE_BY_PLACE
    described = discourse.referents[known.referent].entity is None  # printed as it stands there
    antecedent = max(known.confidence, NEW_DESCRIPTION) if described else known.confidence
    return Antecedent(
        known.referent,
        "pronoun: the noun that its clause describes",
        round(antecedent * sure, 3),
    )


def _described_by_clause(discourse: Discourse, mention: Mention) -> int:
    """Return the word that the relative clause around a pronoun hangs on, or -1."""
    words = discourse.sentences[mention.sentence].words
    at = mention.head
    while at >= 0:
        if words[at].deprel.startswith("acl"):
            return words[at].head
        at = words[at].head
    return -1


def _covers(mention: Mention, word: int) -> bool:
    return word >= 0 and (mention.start <= word < mention.end or mention.governor == word)
