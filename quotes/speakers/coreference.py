"""Who is meant by a pronoun or a description: the referent that is most in play where it stands.

In: the mentions of a stretch, their links to the cast, and what is quoted. Out: for each mention the referent, how it was found and how
surely. The method is salience, after Lappin and Leass (1994): each referent gains weight by how it was mentioned (subject before
object, speaker before all) and loses it with every sentence; number, gender and the clause rule out the rest. A sum of evidence, so
that the distance to the second best gives the confidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quotes.records import Document, Kind, Sentence, Span, Spans
from quotes.speakers.cast import Link, Member
from quotes.speakers.lexicon import Gender, Lexicon, Number, plain
from quotes.speakers.mentions import Mention
from quotes.speakers.names import display

WEIGHT = {"subject": 1.0, "object": 0.6, "possessive": 0.5, "other": 0.45, "modifier": 0.2}
SPEAKER = 1.5  # times, for the source of a quote
QUOTED = 0.3  # times, for a mention inside quotation marks
SENTENCE, PARAGRAPH = 0.55, 0.85  # what is left after each sentence, each paragraph
FARTHEST = 8  # sentences: beyond, a pronoun reaches nobody
SELF = 0.35  # times, for one who is named in what the pronoun says: people do not call themselves by name
INNER = 0.8  # more, for the speaker of the reported clause in which the pronoun stands ("Roe said he ...")
NOISE = 0.12  # evidence that nobody seen is meant
GUESSED_GENDER = 0.95  # times, where only the first name tells the gender
UNKNOWN_GENDER = 0.8  # times, where nothing does
AGREES: dict[str, dict[Kind, float]] = {  # how well a kind goes with a pronoun or a description
    "he": {"person": 1.0},
    "it": {"organization": 1.0, "document": 0.9, "group": 0.6},
    "they": {"group": 1.0, "organization": 0.6, "document": 0.5, "person": 0.15},
}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One mention of a referent: where, and how much it weighs."""

    mention: int
    sentence: int
    paragraph: int
    start: int
    weight: float


@dataclass(slots=True)
class Referent:
    """Somebody or something in play: a member of the cast, or what a description brings in."""

    member: int | None
    text: str
    kind: Kind | None
    gender: Gender | None = None
    shown: bool = False
    number: Number = "sing"
    noun: str = ""
    words: frozenset[str] = frozenset()
    seen: list[Occurrence] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Answer:
    """The referent of a mention, by its place among the referents."""

    referent: int
    step: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Speech:
    """What coreference must know of a quote: its content, whether it stands in marks, and the mention of its source."""

    content: Spans
    marked: bool
    source: int | None


@dataclass(slots=True)
class Discourse:
    """The state of going through a text: who is in play."""

    document: Document
    sentences: Sequence[Sentence]
    found: Sequence[Mention]
    speeches: Sequence[Speech]
    marked: Spans
    lexicon: Lexicon
    paragraphs: list[int]
    referents: list[Referent]
    answers: dict[int, Answer] = field(default_factory=dict)
    of_source: dict[int, Speech] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)


def corefer(discourse: Discourse, links: dict[int, Link]) -> None:
    """Fill in `discourse.answers`, mention by mention; what is said inside quotation marks comes last, when its speakers are known."""
    discourse.of_source = {s.source: s for s in discourse.speeches if s.source is not None}
    later = []
    for index, mention in enumerate(discourse.found):
        if index in links:
            _answer(discourse, index, Answer(links[index].member, links[index].step, links[index].confidence))
        elif mention.is_pronoun and _in_marks(discourse, mention):
            later.append(index)
        elif mention.is_pronoun:
            _pronoun(discourse, index, mention)
        elif mention.form == "nominal":
            _nominal(discourse, index, mention)
    for index in later:
        _pronoun(discourse, index, discourse.found[index])


def _in_marks(discourse: Discourse, mention: Mention) -> bool:
    return any(span.contains(mention.span) for span in discourse.marked)


def _answer(discourse: Discourse, index: int, answer: Answer) -> None:
    """Note who is meant, and that they have been mentioned."""
    discourse.answers[index] = answer
    mention = discourse.found[index]
    weight = WEIGHT[mention.place] * (SPEAKER if index in discourse.of_source else 1.0)
    if _in_marks(discourse, mention):
        weight *= QUOTED
    weight *= answer.confidence if mention.is_pronoun else 1.0
    here = Occurrence(index, mention.sentence, discourse.paragraphs[mention.sentence], mention.span.start, weight)
    discourse.referents[answer.referent].seen.append(here)


def _pronoun(discourse: Discourse, index: int, mention: Mention) -> None:
    if mention.refers == "relative":
        _relative(discourse, index, mention)
    elif mention.refers == "personal" and mention.person == 3:
        agrees = AGREES["he" if mention.gender in ("male", "female") else "it" if mention.gender == "neuter" else "they"]
        answer = choose(discourse, index, mention, agrees)
        if answer is not None:
            _answer(discourse, index, answer)
    elif mention.refers == "personal" and mention.person == 1:
        _first_person(discourse, index, mention)


def _first_person(discourse: Discourse, index: int, mention: Mention) -> None:
    """ "I" and "we" in a quotation are its speaker."""
    for speech in discourse.speeches:
        inside = any(span.contains(mention.span) for span in speech.content)
        if inside and speech.source is not None and speech.source in discourse.answers and speech.source != index:
            known = discourse.answers[speech.source]
            sure = 0.97 if mention.number == "sing" else 0.75
            _answer(discourse, index, Answer(known.referent, "pronoun: the speaker of the quotation", known.confidence * sure))
            return


def _relative(discourse: Discourse, index: int, mention: Mention) -> None:
    """ "who" is what its clause describes: by the tree, else the mention directly before it."""
    words = discourse.sentences[mention.sentence].words
    at, target = mention.head, -1
    for _ in words:
        if words[at].deprel.startswith("acl"):
            target = words[at].head
            break
        at = words[at].head
        if at < 0:
            break
    options = [i for i in discourse.answers if discourse.found[i].sentence == mention.sentence and discourse.found[i].end <= mention.start]
    by_tree = [i for i in options if _covers(discourse.found[i], target)]
    nearest = [i for i in options if mention.start - discourse.found[i].end <= 2 and not discourse.found[i].is_pronoun]
    chosen = (by_tree or nearest)[-1:]
    for i in chosen:
        known = discourse.answers[i]
        sure = 0.95 if by_tree else 0.8
        _answer(discourse, index, Answer(known.referent, "pronoun: the noun that its clause describes", known.confidence * sure))


def _covers(mention: Mention, word: int) -> bool:
    return word >= 0 and (mention.start <= word < mention.end or mention.governor == word)


def _nominal(discourse: Discourse, index: int, mention: Mention) -> None:
    """A description: somebody known already where it is definite and fits, else somebody new."""
    sentence = discourse.sentences[mention.sentence]
    apposed = next((i for i in discourse.answers if _is_apposed(discourse.found[i], mention)), None)
    if apposed is not None:
        discourse.answers[index] = discourse.answers[apposed]
        return
    if mention.definite == "definite" and mention.number == "sing":
        answer = choose(discourse, index, mention, {mention.kind: 1.0} if mention.kind else {})
        if answer is not None:
            _answer(discourse, index, answer)
            return
    words = frozenset(plain(word.form) for word in sentence.words[mention.start : mention.end])
    if mention.definite != "indefinite" or mention.number == "plur":
        same = [i for i, r in enumerate(discourse.referents) if r.member is None and r.noun == mention.noun and r.number == mention.number]
        if same:
            discourse.referents[same[-1]].text = discourse.texts.get(index, discourse.referents[same[-1]].text)
            _answer(discourse, index, Answer(same[-1], "nominal: the same description", 0.7))
            return
    text = discourse.texts.get(index) or display(mention.span.of(discourse.document.text))
    new = Referent(None, text, mention.kind, mention.gender, mention.gender is not None, mention.number or "sing", mention.noun, words)
    discourse.referents.append(new)
    _answer(discourse, index, Answer(len(discourse.referents) - 1, "nominal: as printed", 0.8))


def _is_apposed(name: Mention, nominal: Mention) -> bool:
    """Whether a name stands for the same as a description by syntax: title, apposition."""
    if name.form != "name" or name.sentence != nominal.sentence:
        return False
    return name.governor == nominal.head or nominal.governor == name.head or (name.title <= nominal.head < name.start)


def choose(discourse: Discourse, index: int, mention: Mention, agrees: dict[Kind, float]) -> Answer | None:
    """The referent most in play that a pronoun or definite description can mean, or None."""
    scores = sorted(((score, i) for i, score in _scores(discourse, index, mention, agrees)), reverse=True)
    if not scores:
        return None
    best, chosen = scores[0]
    second = scores[1][0] if len(scores) > 1 else 0.0
    confidence = best / (best + second + NOISE)
    referent = discourse.referents[chosen]
    if mention.gender in ("male", "female") and not referent.shown:
        confidence *= GUESSED_GENDER if referent.gender else UNKNOWN_GENDER
    last = max(referent.seen, key=lambda seen: (seen.sentence, seen.start))
    back = mention.sentence - last.sentence
    where = "the same sentence" if back == 0 else "the previous sentence" if back == 1 else f"{back} sentences before"
    place = "speaker" if last.mention in discourse.of_source else discourse.found[last.mention].place if last.mention >= 0 else "named"
    return Answer(chosen, f"{mention.form}: {place} in {where}", round(confidence, 3))


def _scores(discourse: Discourse, index: int, mention: Mention, agrees: dict[Kind, float]) -> Iterator[tuple[int, float]]:
    own = discourse.of_source.get(index)
    inner, barred = _speakers_around(discourse, index, mention)
    for number, referent in enumerate(discourse.referents):
        fits = _fit(discourse, mention, referent, agrees)
        if not fits or number in barred:
            continue
        score = sum(_weight(discourse, mention, seen, own) for seen in referent.seen)
        if own is not None and any(_said_in(seen, own) for seen in referent.seen):
            score *= SELF
        if number in inner and score:
            score += INNER
        if score > 0.01:
            yield number, score * fits


def _fit(discourse: Discourse, mention: Mention, referent: Referent, agrees: dict[Kind, float]) -> float:
    """0 where number, gender or kind forbid it; for a description also where its noun says nothing of the referent."""
    if referent.kind is None or referent.kind not in agrees:
        return 0.0
    factor = agrees[referent.kind]
    if mention.gender in ("male", "female") and referent.gender not in (mention.gender, None):
        return 0.0
    if mention.form == "nominal":
        return factor if _described(discourse, mention, referent) else 0.0
    if mention.number == "sing" and referent.number == "plur":
        return 0.0
    if mention.number == "plur" and referent.number == "plur":
        return 1.0
    return factor


def _described(discourse: Discourse, mention: Mention, referent: Referent) -> bool:
    """Whether a referent is known to be what the description says: by a role, by its noun, by the last word of its name."""
    nouns = {mention.noun, *(b for a, b in discourse.lexicon.equivalents if a == mention.noun)}
    nouns |= {b for a, b in discourse.lexicon.equivalents if b == mention.noun for b in (a,)}
    return referent.noun in nouns or bool(referent.words & nouns)


def _weight(discourse: Discourse, mention: Mention, seen: Occurrence, own: Speech | None) -> float:
    """What is left of an earlier mention's weight; 0 for one in the same clause, or inside what the pronoun itself says."""
    back = mention.sentence - seen.sentence
    if back < 0 or back > FARTHEST or seen.start >= mention.span.start:
        return 0.0
    if (own is not None and _said_in(seen, own)) or _same_clause(discourse, mention, seen):
        return 0.0
    apart = discourse.paragraphs[mention.sentence] - seen.paragraph
    return seen.weight * SENTENCE**back * PARAGRAPH ** min(apart, 3)


def _said_in(seen: Occurrence, speech: Speech) -> bool:
    return any(span.start <= seen.start < span.end for span in speech.content)


def _same_clause(discourse: Discourse, mention: Mention, seen: Occurrence) -> bool:
    """Two arguments of one verb are two people ("Roe told him")."""
    if seen.mention < 0 or seen.sentence != mention.sentence or mention.place in ("possessive", "modifier"):
        return False
    words = discourse.sentences[mention.sentence].words
    other = discourse.found[seen.mention]
    if other.place in ("possessive", "modifier"):
        return False
    return words[mention.governor].head == words[other.governor].head >= 0


def _speakers_around(discourse: Discourse, index: int, mention: Mention) -> tuple[set[int], set[int]]:
    """Who speaks the words in which a pronoun stands: likely meant in reported speech, never in a quotation."""
    inner, barred = set[int](), set[int]()
    for speech in discourse.speeches:
        if speech.source is None or speech.source == index or speech.source not in discourse.answers:
            continue
        if any(span.contains(mention.span) for span in speech.content):
            marked = speech.marked or _in_marks(discourse, mention)
            (barred if marked else inner).add(discourse.answers[speech.source].referent)
    return inner, barred


def referents_of(members: Sequence[Member]) -> list[Referent]:
    """The members of the cast as referents, in their order; those of earlier stretches are still in play."""
    found = []
    for number, member in enumerate(members):
        words = frozenset(word for role in member.roles for word in (*role.words, role.noun))
        last = plain(member.name.split()[-1]) if member.kind == "organization" else ""
        found.append(Referent(number, member.name, member.kind, member.gender, member.gender_shown, "sing", last, words))
    return found


def paragraph_numbers(document: Document, sentences: Sequence[Sentence]) -> list[int]:
    """For each sentence the number of its paragraph, counted in blank lines or single line ends before it."""
    numbers, count, at = [], 0, sentences[0].span.start if sentences else 0
    for sentence in sentences:
        count += "\n" in document.text[at : sentence.span.start]
        numbers.append(count)
        at = sentence.span.end
    return numbers


def marked_spans(spans: Spans) -> tuple[Span, ...]:
    return tuple(sorted(spans))
