"""The antecedent of a description: somebody known, the same description before, or somebody new.

In: a noun phrase and the discourse up to it. Out: an `Antecedent`, and where nobody known is meant
a new referent. A name in apposition and a predicate decide; a definite description goes to the
likeliest referent (`antecedents`) from the threshold `epithet` of the language on.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.names.short_forms import display_name
from quotes.speakers.antecedents import probabilities
from quotes.speakers.continuity import described_speaker, holds_another_office
from quotes.speakers.discourse import Antecedent, Discourse
from quotes.speakers.mentions import Mention
from quotes.speakers.office_holders import is_of_titled
from quotes.speakers.referents import Referent
from quotes.speakers.steps import step_text
from quotes.text.folding import fold_word

SAME_DESCRIPTION = 0.7  # the same description again
KNOWN_ROLE = 0.8  # the only one who is known to hold the role
NAMED_LATER = 0.75  # an office whose holder is named later
AHEAD_SENTENCES, AHEAD_OF_FIRST = 3, 6  # in how many sentences, and after the first of the text
SPEAKER_BEFORE = 0.7  # who spoke before, for a description that fits nobody known
ONLY_PERSON = 0.7  # the one person of the text so far
NEW_DESCRIPTION = 0.8  # a description of somebody new
OWNED = 0.6  # of a possessive pronoun, from which it tells whose somebody is
LEARNED = 0.65  # from which a description of somebody known is one of their roles from then on


def resolve_description(discourse: Discourse, index: int) -> None:
    """Note the antecedent of a description."""
    mention = discourse.mentions[index]
    sentence = discourse.sentences[mention.sentence]
    names = [
        (discourse.mentions[i], discourse.named[i])
        for i in discourse.named_in.get(mention.sentence, ())
    ]
    apposed = next(
        (
            answer
            for name, answer in names
            if _is_apposed(name, mention)
            and _are_alike(discourse, answer, mention)
            and not is_of_titled(sentence, mention.end, name, discourse.lexicon)
        ),
        None,
    )
    if apposed is not None and not _is_label(discourse, mention):
        discourse.antecedents[index] = apposed
        return
    named = next(
        (answer for name, answer in names if _is_predicated(discourse, name, mention)), None
    )
    known = (
        named
        or _known(discourse, index)
        or _only_person(discourse, index)
        or _named_later(discourse, index)
        or _speaker_before(discourse, index)
    )
    discourse.note(index, known or _same_description(discourse, index) or _new(discourse, index))
    if known is not None and known.confidence >= LEARNED:
        _learn(discourse, index, known.referent)


def is_open(discourse: Discourse, index: int) -> bool:
    """Return True for a description that can mean somebody known."""
    mention = discourse.mentions[index]
    return (
        mention.form == "nominal"
        and mention.definite == "definite"
        and mention.number == "sing"
        and mention.noun not in discourse.lexicon.always_unnamed
    )


def _learn(discourse: Discourse, index: int, number: int) -> None:
    """Add an office that a description gives to somebody who is named to their roles."""
    mention = discourse.mentions[index]
    named = discourse.referents[number].entity is not None
    if named and _is_office(discourse, mention) and not discourse.is_marked(mention.span):
        discourse.learn(index, number)


def _is_office(discourse: Discourse, mention: Mention) -> bool:
    return mention.number == "sing" and discourse.lexicon.is_role(mention.noun)


def _is_office_alone(discourse: Discourse, index: int) -> bool:
    """Return True for a speaker's office without an article, or with a possessor in its place.

    "Board secretary said", "according to its president"; of nouns that so many hold no.
    """
    mention, lexicon = discourse.mentions[index], discourse.lexicon
    return (
        index in discourse.of_source
        and mention.definite in ("bare", "possessive")
        and _is_office(discourse, mention)
        and mention.noun not in lexicon.generic_roles
    )


def _known(discourse: Discourse, index: int) -> Antecedent | None:
    """Return the likeliest referent of a definite description, if it is likely enough."""
    if not is_open(discourse, index):
        return (
            _holder(discourse, index) if _is_office_alone(discourse, index) else None
        ) or _relative(discourse, index)
    likely = {
        number: share
        for number, share in probabilities(discourse, index).items()
        if not holds_another_office(discourse, index, number)
    }
    fitting = [
        number
        for number in likely
        if discourse.referents[number].entity is not None and discourse.match(index, number).certain
    ]
    fitting = _closest(discourse, index, fitting)
    best = max(fitting or likely, key=lambda number: likely[number], default=None)
    if best is None:
        return None
    sure = likely[best]
    if fitting:
        sure = max(sure, KNOWN_ROLE / len(fitting) ** 0.5)
    elif sure < discourse.lexicon.language.thresholds.epithet or any(
        discourse.match(index, number).fits for number in likely if number != best
    ):
        return None
    return Antecedent(best, step_text(discourse, index, best), round(sure, 3))


def _closest(discourse: Discourse, index: int, numbers: Sequence[int]) -> list[int]:
    """Return those of whose roles a description shares most words."""
    shared = {number: discourse.match(index, number).shared for number in numbers}
    most = max(shared.values(), default=0.0)
    return [number for number in numbers if shared[number] == most]


def _holder(discourse: Discourse, index: int) -> Antecedent | None:
    """Return the one person whose role is the office that stands without an article."""
    mention = discourse.mentions[index]
    likely = probabilities(discourse, index)
    fitting = [
        number
        for number in likely
        if discourse.referents[number].entity is not None
        and (found := discourse.match(index, number)).certain
        and (not found.plain or mention.end - mention.start == 1)
    ]
    fitting = _closest(discourse, index, fitting)
    if len(fitting) != 1:
        return None
    sure = max(likely[fitting[0]], KNOWN_ROLE)
    return Antecedent(fitting[0], step_text(discourse, index, fitting[0]), round(sure, 3))


def _relative(discourse: Discourse, index: int) -> Antecedent | None:
    """Return the one person who is told to be what a speaker is to somebody: "his daughter".

    Who is named only later must be that of the same person: "Roe's lawyer, Ann Lind".
    """
    mention = discourse.mentions[index]
    if (
        index not in discourse.of_source
        or mention.definite != "possessive"
        or mention.number != "sing"
    ):
        return None
    owner = _owner(discourse, index)
    kin = mention.noun in discourse.lexicon.people
    fitting = [
        number
        for number, referent in enumerate(discourse.referents)
        if referent.entity is not None
        and referent.kind == "person"
        and (
            (kin and referent.referent_mentions and discourse.match(index, number).same)
            or any({owner, mention.noun} <= office for office in referent.offices)
        )
    ]
    if len(fitting) != 1:
        return None
    return Antecedent(fitting[0], step_text(discourse, index, fitting[0]), KNOWN_ROLE)


def _owner(discourse: Discourse, index: int) -> str:
    """Return the last word of the name of whose somebody is ("*his* lawyer"), or ""."""
    mention = discourse.mentions[index]
    for at in discourse.of_sentence[mention.sentence]:
        other = discourse.mentions[at]
        if other.is_pronoun and mention.start <= other.start < mention.head:
            likely = probabilities(discourse, at)
            best = max(likely, key=lambda number: likely[number], default=None)
            if best is not None and likely[best] >= OWNED:
                return fold_word(discourse.referents[best].text.split()[-1])
    return ""


def _is_of_name(discourse: Discourse, mention: Mention) -> bool:
    """Return True for an office of a body or place that is named: "Norway's minister"."""
    words = discourse.sentences[mention.sentence].words[mention.start : mention.head]
    return mention.definite == "possessive" and any(
        word.deprel == "nmod:poss" and word.head == mention.head and word.upos == "PROPN"
        for word in words
    )


def _only_person(discourse: Discourse, index: int) -> Antecedent | None:
    """Return the one person of the text so far for a speaker that is described by no office.

    "The tyrant", "the 42-year-old", "the Republican".
    """
    mention, lexicon = discourse.mentions[index], discourse.lexicon
    if not is_open(discourse, index) or index not in discourse.of_source:
        return None
    if discourse.is_marked(mention.span):
        return None
    people = [
        number
        for number, referent in enumerate(discourse.referents)
        if referent.kind == "person" and referent.referent_mentions
    ]
    if (
        len(people) != 1
        or mention.kind != "person"
        or lexicon.is_role(mention.noun)
        or mention.noun in lexicon.unnamed
        or discourse.referents[people[0]].entity is None
        or people[0] not in probabilities(discourse, index)
    ):
        return None
    return Antecedent(people[0], step_text(discourse, index, people[0]), ONLY_PERSON)


def _speaker_before(discourse: Discourse, index: int) -> Antecedent | None:
    """Return who spoke last for a speaker of whom the text knows no such office."""
    number = described_speaker(discourse, index) if is_open(discourse, index) else None
    if number is None:
        return None
    return Antecedent(number, step_text(discourse, index, number), SPEAKER_BEFORE)


def _named_later(discourse: Discourse, index: int) -> Antecedent | None:
    """Return who is named with this office in the sentences that follow, if it is one person.

    A headline or an opening sentence often has the office alone.
    """
    mention, lexicon = discourse.mentions[index], discourse.lexicon
    opening = mention.sentence == 0 and mention.definite == "bare"
    known = is_open(discourse, index) or _is_of_name(discourse, mention)
    if not (lexicon.is_role(mention.noun) and (opening or known)):
        return None
    if mention.number != "sing" or index not in discourse.of_source:
        return None
    ahead = AHEAD_SENTENCES if mention.sentence else AHEAD_OF_FIRST
    last = mention.sentence + ahead if mention.is_bare or opening else len(discourse.sentences)
    sentences = range(mention.sentence, last + 1)
    later = {
        discourse.named[i].referent
        for sentence in sentences
        for i in discourse.named_in.get(sentence, ())
        if discourse.mentions[i].span.start > mention.span.start
    }
    fits = [
        n for n in later if discourse.referents[n].kind == "person" and _holds(discourse, index, n)
    ]
    if len(fits) != 1:
        return None
    return Antecedent(fits[0], "description: named with this office later", NAMED_LATER)


def _holds(discourse: Discourse, index: int, number: int) -> bool:
    found, mention = discourse.match(index, number), discourse.mentions[index]
    whole = found.shared == 1.0 or found.place == "same"
    if found.certain and (mention.is_bare or whole or mention.sentence == 0):
        return True
    named = min(
        discourse.mentions[i].sentence
        for i, answer in discourse.named.items()
        if answer.referent == number and discourse.mentions[i].span.start > mention.span.start
    )
    return found.completed and named - mention.sentence <= AHEAD_OF_FIRST


def _is_label(discourse: Discourse, nominal: Mention) -> bool:
    """Return True for an office before a colon: "Speaker: Mayor Roe." names another."""
    words = discourse.sentences[nominal.sentence].words
    return nominal.start == 0 and nominal.end < len(words) and words[nominal.end].form == ":"


def _is_apposed(name: Mention, nominal: Mention) -> bool:
    """Return True if a name stands for the same as a description in its sentence.

    By title or apposition; "Hamas" is not "Hamas officials".
    """
    if name.form != "name" or nominal.start <= name.start < nominal.end:
        return False
    if name.end <= nominal.head and name.governor == nominal.head:
        return False
    return (
        name.governor == nominal.head
        or nominal.governor == name.head
        or (name.title <= nominal.head < name.start)
        or (name.head != name.governor == nominal.governor != nominal.head)
    )


def _are_alike(discourse: Discourse, answer: Antecedent, nominal: Mention) -> bool:
    """Return False for an organization beside a person ("the Hamas vice-chairman")."""
    kind = discourse.referents[answer.referent].kind
    return not (kind == "organization" and nominal.kind == "person")


def _is_predicated(discourse: Discourse, name: Mention, nominal: Mention) -> bool:
    """Return True if a name is said to be somebody described in its sentence.

    "The chief engineer is Ann Roe".
    """
    sentence = discourse.sentences[name.sentence]
    subject = sentence.words[nominal.head]
    predicated = (
        subject.head == name.head and subject.deprel == "nsubj" and nominal.definite == "definite"
    )
    below = [sentence.words[i] for i in sentence.children[name.head]] if predicated else []
    return any(word.deprel == "cop" for word in below) and not any(
        word.feat("Polarity") == "Neg" for word in below
    )


def _same_description(discourse: Discourse, index: int) -> Antecedent | None:
    """Return the same description used before, unless this one brings in somebody new.

    "Another official".
    """
    mention = discourse.mentions[index]
    if mention.definite == "indefinite" and mention.number == "sing":
        return None
    same = [
        i
        for i, r in enumerate(discourse.referents)
        if r.entity is None
        and (r.noun, r.number) == (mention.noun, mention.number)
        and discourse.match(index, i).again
    ]
    if not same:
        return None
    referent = discourse.referents[same[-1]]
    referent.text = max(referent.text, discourse.texts.get(index, ""), key=len)
    return Antecedent(same[-1], "description: the same description", SAME_DESCRIPTION)


def _new(discourse: Discourse, index: int) -> Antecedent:
    mention = discourse.mentions[index]
    sentence = discourse.sentences[mention.sentence]
    text = discourse.texts.get(index) or display_name(
        mention.span.of(discourse.document.text), discourse.lexicon
    )
    words = frozenset(fold_word(word.form) for word in sentence.words[mention.start : mention.end])
    shown = mention.gender is not None
    number = mention.number or "sing"
    discourse.referents.append(
        Referent(None, text, mention.kind, mention.gender, shown, number, mention.noun, words)
    )
    return Antecedent(len(discourse.referents) - 1, "description: as printed", NEW_DESCRIPTION)
