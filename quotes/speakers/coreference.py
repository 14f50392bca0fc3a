"""The antecedent of each mention: names as linked, pronouns and descriptions by the text before.

In: a `Discourse` and the links of its names. Out: `Discourse.antecedents`, for each mention the
referent, how it was found and how surely. A pronoun for which no referent reaches the threshold
`antecedent` of the language gets none. What is said inside quotation marks comes last, when
speakers are known.
"""

from __future__ import annotations

from collections.abc import Iterable

from quotes.language.lexicon import Lexicon
from quotes.names.short_forms import display_name
from quotes.records import Sentence
from quotes.speakers.antecedents import MAX_SENTENCES, probabilities
from quotes.speakers.discourse import Antecedent, Discourse, Referent, ReferentMention
from quotes.speakers.entity_linking import EntityLink
from quotes.speakers.mentions import Mention
from quotes.text.folding import fold_word

SAME_DESCRIPTION = 0.7  # the same description again
NEW_DESCRIPTION = 0.8  # a description of somebody new
KNOWN_DESCRIPTION = 0.85  # a definite description with one candidate in play
NEAR_SENTENCES = 2  # so far back a role that is known decides before anything else
FAR_FACTOR = 0.7  # times, for one that was last mentioned long before
EPITHET_CONFIDENCE = 0.75  # times the probability as a pronoun, of a new description of a referent
RELATIVE_BY_TREE, RELATIVE_BY_PLACE = (
    0.95,
    0.8,
)  # a relative pronoun by the tree, by what stands before it
FIRST_SINGULAR, FIRST_PLURAL = 0.97, 0.75  # "I" and "we" in a quotation
CATAPHORA_CONFIDENCE = 0.85  # a pronoun before the name it stands for


def corefer(discourse: Discourse, links: dict[int, EntityLink]) -> None:
    """Fill in the antecedents of a discourse."""
    discourse.named = {
        index: Antecedent(link.entity, link.step, link.confidence) for index, link in links.items()
    }
    discourse.of_source = {
        speech.source: speech for speech in discourse.speeches if speech.source is not None
    }
    later = []
    for index, mention in enumerate(discourse.mentions):
        if index in discourse.named:
            discourse.note(index, discourse.named[index])
        elif mention.is_pronoun and discourse.is_marked(mention.span):
            later.append(index)
        elif mention.is_pronoun:
            _pronoun(discourse, index)
        elif mention.form == "nominal":
            _nominal(discourse, index)
    for index in later:
        _pronoun(discourse, index)


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
    if best is None or likely[best] < thresholds.earlier_antecedent:
        ahead = _cataphor(discourse, index)
        if ahead is not None:
            return ahead
    if best is None or likely[best] < thresholds.antecedent:
        return None
    return Antecedent(best, _step_text(discourse, index, best), round(likely[best], 3))


def _cataphor(discourse: Discourse, index: int) -> Antecedent | None:
    """Return who is named as the subject of the clause that follows, for "he" and "she" before it.

    "While he was away, Roe wrote ..."
    """
    mention = discourse.mentions[index]
    subject = _subject_after(discourse.sentences[mention.sentence], mention.head)
    if subject is None or mention.gender not in ("female", "male"):
        return None
    for number, answer in discourse.named.items():
        other, referent = discourse.mentions[number], discourse.referents[answer.referent]
        agrees = referent.kind == "person" and referent.gender in (mention.gender, None)
        if agrees and (other.sentence, other.governor) == (mention.sentence, subject):
            return Antecedent(
                answer.referent,
                "pronoun: the subject of the clause that follows",
                round(CATAPHORA_CONFIDENCE * answer.confidence, 3),
            )
    return None


def _subject_after(sentence: Sentence, index: int) -> int | None:
    """Return the subject of the verb on which the adverbial clause around a word hangs.

    Only where it follows the clause.
    """
    while sentence.words[index].head >= 0:
        above = sentence.words[index].head
        if sentence.words[index].deprel.startswith("advcl"):
            subjects = [
                i for i in sentence.children[above] if sentence.words[i].deprel.startswith("nsubj")
            ]
            return next((i for i in subjects if max(sentence.subtree(index)) < i), None)
        index = above
    return None


def _step_text(discourse: Discourse, index: int, referent: int) -> str:
    """Return where the last mention of the referent stands, as a step for people to read.

    "pronoun: subject in the previous sentence".
    """
    mention = discourse.mentions[index]
    last = max(
        (
            seen
            for seen in discourse.referents[referent].referent_mentions
            if seen.start < mention.span.start
        ),
        key=lambda seen: seen.start,
    )
    back = mention.sentence - last.sentence
    where = (
        "the same sentence"
        if back == 0
        else "the previous sentence"
        if back == 1
        else f"{back} sentences before"
    )
    place = (
        "speaker" if last.mention in discourse.of_source else discourse.mentions[last.mention].place
    )
    form = "description" if mention.form == "nominal" else mention.form
    return f"{form}: {place if place != 'other' else 'named'} in {where}"


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
    return None


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
    return Antecedent(
        known.referent,
        "pronoun: the noun that its clause describes",
        round(known.confidence * sure, 3),
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


def _nominal(discourse: Discourse, index: int) -> None:
    """Resolve a description: to somebody known where it is definite and fits, else somebody new."""
    mention = discourse.mentions[index]
    names = ((discourse.mentions[i], answer) for i, answer in discourse.named.items())
    beside = [(name, answer) for name, answer in names if name.sentence == mention.sentence]
    apposed = next((answer for name, answer in beside if _is_apposed(name, mention)), None)
    if apposed is not None:
        discourse.antecedents[index] = apposed
        return
    named = next(
        (answer for name, answer in beside if _is_predicated(discourse, name, mention)), None
    )
    if named is not None:
        discourse.note(index, named)
        return
    known = None
    if (
        mention.definite == "definite"
        and mention.number == "sing"
        and mention.noun not in discourse.lexicon.always_unnamed
    ):
        known = _known_description(discourse, index, max_sentences=NEAR_SENTENCES)
        if (
            known is None
            and index in discourse.of_source
            and mention.kind == "person"
            and mention.noun not in discourse.lexicon.unnamed
        ):
            known = _epithet(discourse, index)
        known = known or _known_description(discourse, index)
    discourse.note(index, known or _same_description(discourse, index) or _new(discourse, index))


def _epithet(discourse: Discourse, index: int) -> Antecedent | None:
    """Resolve a definite description of a speaker that was not described so before, as a pronoun.

    "The former teacher said".
    """
    mention = discourse.mentions[index]
    named = {
        number: likely
        for number, likely in probabilities(discourse, index).items()
        if discourse.referents[number].entity is not None
        and not _belonging(discourse, mention, discourse.referents[number])
    }
    best = max(named, key=lambda number: named[number], default=None)
    if best is None or named[best] < discourse.lexicon.language.thresholds.epithet:
        return None
    return Antecedent(
        best, _step_text(discourse, index, best), round(named[best] * EPITHET_CONFIDENCE, 3)
    )


def _is_apposed(name: Mention, nominal: Mention) -> bool:
    """Return True if a name stands for the same as a description in its sentence.

    By title or apposition; "Hamas" is not "Hamas officials".
    """
    if name.form != "name" or nominal.start <= name.start < nominal.end:
        return False
    return (
        name.governor == nominal.head
        or nominal.governor == name.head
        or (name.title <= nominal.head < name.start)
    )


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


def _known_description(
    discourse: Discourse, index: int, *, max_sentences: int | None = None
) -> Antecedent | None:
    """Return the named referent that is known to be what a definite description says.

    Of several it is the last mentioned, less surely.
    """
    mention = discourse.mentions[index]
    fits = [
        i
        for i, r in enumerate(discourse.referents)
        if r.entity is not None and r.referent_mentions and _is_described(discourse, mention, r)
    ]
    fits = [
        i
        for i in fits
        if any(seen.start < mention.span.start for seen in discourse.referents[i].referent_mentions)
    ]
    if not fits:
        return None
    last = {
        i: max(
            (
                seen
                for seen in discourse.referents[i].referent_mentions
                if seen.start < mention.span.start
            ),
            key=_start,
        )
        for i in fits
    }
    best = max(fits, key=lambda i: last[i].start)
    back = discourse.distance(last[best].sentence, mention.sentence)
    if max_sentences is not None and back > max_sentences:
        return None
    far = back > MAX_SENTENCES
    return Antecedent(
        best,
        _step_text(discourse, index, best),
        round(KNOWN_DESCRIPTION / len(fits) ** 0.5 * (FAR_FACTOR if far else 1.0), 3),
    )


def _start(seen: ReferentMention) -> int:
    return seen.start


def _is_described(discourse: Discourse, mention: Mention, referent: Referent) -> bool:
    """Return True if a referent is known to be what the description says.

    By a role, or by the last word of its name.
    """
    if referent.kind != mention.kind or (
        mention.gender and referent.gender not in (mention.gender, None)
    ):
        return False
    pairs = discourse.lexicon.equivalents
    nouns = (
        {mention.noun}
        | {b for a, b in pairs if a == mention.noun}
        | {a for a, b in pairs if b == mention.noun}
    )
    if _belonging(discourse, mention, referent):
        return False
    return referent.noun in nouns or bool({word.rstrip(".") for word in referent.words} & nouns)


def _belonging(discourse: Discourse, mention: Mention, referent: Referent) -> bool:
    """Return True if description and known roles name different parties, nations or places.

    "The Texas senator", "Florida Sen."
    """
    words = discourse.sentences[mention.sentence].words[mention.start : mention.end]
    own, other = (
        _places(forms, discourse.lexicon)
        for forms in ([fold_word(word.form) for word in words], referent.words)
    )
    return bool(own and other and not own & other)


def _places(words: Iterable[str], lexicon: Lexicon) -> set[str]:
    """Return the parties, nations and places that words name."""
    return {
        lexicon.demonyms.get(word, word)
        for word in words
        if word in lexicon.demonyms or word in lexicon.places
    }


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
        if r.entity is None and (r.noun, r.number) == (mention.noun, mention.number)
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
