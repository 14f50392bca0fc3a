"""The mentions of a text: each place where a possible speaker is named, described or referred to.

In: an `Analysis`. Out: `Mention`s in text order: names, noun phrases with a head from the word
lists, pronouns. Who is meant is decided by `coreference`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from quotes.analysis import Analysis
from quotes.language.lexicon import Gender, Lexicon, Number, load_lexicon
from quotes.records import EntityKind, EntityMention, Kind, Sentence, Span, Word
from quotes.speakers.headlines import is_headline
from quotes.speakers.name_spans import (
    NameSpan,
    find_name_spans,
    known_names,
    pronouns_in_names,
)
from quotes.text.folding import fold_word

Form = Literal["name", "nominal", "pronoun"]
Place = Literal["subject", "object", "possessive", "modifier", "other"]
Definite = Literal["definite", "indefinite", "possessive", "bare"]

NOUN_PHRASE = frozenset(
    {
        "det",
        "amod",
        "compound",
        "nummod",
        "nmod:poss",
        "flat",
        "nmod:desc",
        "nmod:unmarked",
        "advmod",
    }
)
MODIFIERS = frozenset({"compound", "amod", "flat", "nmod:desc"})
APPOSITION_RELATIONS = frozenset(
    {"flat", "compound", "appos", "flat:name", "nmod:desc", "goeswith"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name, a noun phrase or a pronoun.

    Attributes:
        span: Its letters.
        sentence: The number of its sentence.
        start: Its first word.
        end: The word after its last.
        head: The highest of its words.
        governor: The word in whose place it stands ("minister" for the name in "the minister, Mr
            Roe").
        form: Name, nominal or pronoun.
        place: Its grammatical place.
        kind: What it seems to name.
        entity: The kind that the name tagger gave.
        number: Singular or plural.
        gender: What the mention itself shows (Mr, spokeswoman, he), never from a first name.
        person: Grammatical person.
        definite: How a noun phrase is determined.
        noun: The head noun of a nominal (lower case lemma).
        title: Where the titles before a name begin.
        honorific: The form of address before a name.
        refers: How a pronoun refers (the list of pronouns).
        headline: It stands in a headline.
    """

    span: Span
    sentence: int
    start: int
    end: int
    head: int
    governor: int
    form: Form
    place: Place
    kind: Kind | None = None
    entity: EntityKind | None = None
    number: Number | None = None
    gender: Gender | None = None
    person: int = 3
    definite: Definite = "bare"
    noun: str = ""
    title: int = 0
    honorific: str = ""
    refers: str = ""
    headline: bool = False

    @property
    def is_pronoun(self) -> bool:
        """True for a pronoun."""
        return self.form == "pronoun"

    @property
    def is_bare(self) -> bool:
        """True for a noun phrase of an article and the noun."""
        return self.end - self.start <= 2


def mentions(
    analysis: Analysis, *, speaking: Set[tuple[int, int]] = frozenset()
) -> tuple[Mention, ...]:
    """Find all mentions of a chunk, in text order.

    `speaking` are words (number of the sentence, place in it) that are heads of sources: who speaks
    is mentioned, whether the lists have the noun or not.
    """
    lexicon, parse = load_lexicon(analysis.language), analysis.parse
    entities = sorted(parse.entities, key=lambda entity: entity.span)
    known = known_names(parse.sentences, lexicon)
    known |= pronouns_in_names(parse.sentences, entities, lexicon)
    found: list[Mention] = []
    for number, sentence in enumerate(parse.sentences):
        own = tuple(entity for entity in entities if entity.span.overlaps(sentence.span))
        heads = frozenset(index for at, index in speaking if at == number)
        found += sentence_mentions(sentence, number, own, lexicon, known=known, speaking=heads)
    return tuple(found)


def by_sentence(found: Sequence[Mention]) -> dict[int, list[int]]:
    """Return the places of mentions by the number of their sentence."""
    numbers: dict[int, list[int]] = {}
    for index, mention in enumerate(found):
        numbers.setdefault(mention.sentence, []).append(index)
    return numbers


def sentence_mentions(
    sentence: Sentence,
    number: int,
    entities: tuple[EntityMention, ...],
    lexicon: Lexicon,
    *,
    known: frozenset[str] = frozenset(),
    speaking: Set[int] = frozenset(),
) -> list[Mention]:
    """Find the mentions of one sentence, in text order.

    `entities` are those of the sentence, `known` words that are names elsewhere in the text,
    `speaking` the heads of sources.
    """
    names = [
        name
        for name in find_name_spans(sentence, entities, lexicon, known=known)
        if not _is_demonym(sentence, name, lexicon)
    ]
    taken = {index for name in names for index in range(name.start, name.end)}
    headline = bool(names) and is_headline(sentence)
    found = [_of_name(sentence, number, name, lexicon, headline=headline) for name in names]
    found += _nominals(sentence, number, taken, lexicon, speaking)
    found += _pronouns(sentence, number, taken, lexicon)
    return sorted(found, key=lambda mention: (mention.span.start, -mention.span.end))


def _is_demonym(sentence: Sentence, name: NameSpan, lexicon: Lexicon) -> bool:
    """Return True for a noun that describes somebody: "the Republican", "the Welshman"."""
    word = sentence.words[name.start]
    return (
        name.end - name.start == 1
        and (name.kind not in ("PER", "ORG") or fold_word(word.form) in lexicon.people)
        and (fold_word(word.form) in lexicon.demonyms or fold_word(word.form) in lexicon.people)
        and word.upos in ("NOUN", "PROPN")
        and name.start > 0
        and fold_word(sentence.words[name.start - 1].form) in lexicon.definite_articles
    )


def _of_name(
    sentence: Sentence, number: int, name: NameSpan, lexicon: Lexicon, *, headline: bool
) -> Mention:
    head = head_of(sentence, name.start, name.end)
    governor = apposition_head(sentence, head)
    titles = [fold_word(word.form) for word in sentence.words[name.title : name.start]]
    return Mention(
        span=Span(sentence.words[name.start].span.start, sentence.words[name.end - 1].span.end),
        sentence=number,
        start=name.start,
        end=name.end,
        head=head,
        governor=governor,
        form="name",
        place=place_of(sentence, governor),
        kind="document" if _is_law(sentence, name, head, lexicon) else _kind_of_name(name.kind),
        entity=name.kind,
        number="sing",
        gender=lexicon.gender_of(titles),
        title=name.title,
        honorific=name.honorific,
        headline=headline,
    )


def _is_law(sentence: Sentence, name: NameSpan, head: int, lexicon: Lexicon) -> bool:
    """Return True for the name of a law or a treaty: "the Second Amendment", "Treaty of Rome"."""
    several = name.end - name.start > 1
    return several and name.kind != "PER" and fold_word(sentence.words[head].form) in lexicon.laws


def _kind_of_name(entity: EntityKind | None) -> Kind | None:
    return "person" if entity == "PER" else "organization" if entity in ("ORG", "LOC") else None


def _nominals(
    sentence: Sentence, number: int, taken: set[int], lexicon: Lexicon, speaking: Set[int]
) -> Iterator[Mention]:
    for index, word in enumerate(sentence.words):
        if (
            word.upos not in ("NOUN", "PROPN", "ADJ")
            or index in taken
            or (word.deprel in MODIFIERS and word.head > index)
        ):
            continue
        noun = noun_at(sentence, index, lexicon)
        kind = kind_of_head(word, noun, lexicon)
        if noun in lexicon.abbreviated_offices and not lexicon.is_abbreviated_office(word.form):
            continue  # "5 pm", not the PM
        adjective = word.upos == "ADJ" and noun not in lexicon.groups and "-" not in noun
        if (kind is None and index not in speaking) or adjective:
            continue
        start = noun_phrase_start(sentence, index)
        first = next((w for w in sentence.words[start:index]), word)
        governor = apposition_head(sentence, index)
        yield Mention(
            span=Span(sentence.words[start].span.start, word.span.end),
            sentence=number,
            start=start,
            end=index + 1,
            head=index,
            governor=governor,
            form="nominal",
            place=place_of(sentence, governor),
            kind=kind,
            number=number_of(word),
            gender=lexicon.gender_of([noun]),
            definite=definiteness(sentence, start, index, first, lexicon),
            noun=noun,
        )


def _pronouns(
    sentence: Sentence, number: int, taken: set[int], lexicon: Lexicon
) -> Iterator[Mention]:
    for index, word in enumerate(sentence.words):
        known = lexicon.pronouns.get(fold_word(word.form))
        if (
            known is None
            or index in taken
            or word.upos not in ("PRON", "DET")
            or (word.upos == "DET" and known.refers != "personal")
        ):
            continue
        if known.refers == "relative" and word.feat("PronType") == "Int":
            continue
        yield Mention(
            span=word.span,
            sentence=number,
            start=index,
            end=index + 1,
            head=index,
            governor=index,
            form="pronoun",
            place=place_of(sentence, index),
            number=known.number,
            gender=known.gender,
            person=known.person,
            refers=known.refers,
        )


def noun_at(sentence: Sentence, index: int, lexicon: Lexicon) -> str:
    """Return the noun at a place as the lists have it, an age as one word.

    "The 32-year-old": "year-old".
    """
    words = sentence.words
    if index > 1 and words[index - 1].form == "-":
        age = fold_word(f"{words[index - 2].form}-{words[index].form}")
        if age in lexicon.people:
            return age
    after = fold_word(words[index].form).partition("-")[2]
    return after if after in lexicon.people else noun_of(words[index], lexicon)


def noun_of(word: Word, lexicon: Lexicon) -> str:
    """Return the noun as the lists have it.

    That is the form where it is listed itself ("delegates"), else the lemma, else what follows a
    hyphen.
    """
    form, lemma = fold_word(word.form), fold_word(word.lemma)
    if lexicon.is_abbreviated_office(word.form):
        return form
    for noun in (form, lemma, lexicon.singular(form) if number_of(word) == "plur" else lemma):
        if noun in lexicon.listed_nouns:
            return noun
    last = lemma.rpartition("-")[2]
    return last if last in lexicon.listed_nouns else lemma


def number_of(word: Word) -> Number:
    """Return the number of a noun."""
    plural = word.feat("Number") == "Plur" or word.xpos in ("NNS", "NNPS")
    return "plur" if plural else "sing"


def kind_of_noun(noun: str, number: Number, lexicon: Lexicon) -> Kind | None:
    """Return what a noun phrase with this head names; people in the plural are a group."""
    if noun in lexicon.groups or (number == "plur" and noun in lexicon.demonyms):
        return "group"
    if (
        lexicon.is_role(noun)
        or noun in lexicon.abbreviated_offices
        or noun in lexicon.people
        or noun in lexicon.unnamed
        or noun in lexicon.demonyms
    ):
        return "group" if number == "plur" else "person"
    if noun in lexicon.organizations:
        return "organization"
    return "document" if noun in lexicon.documents else None


def kind_of_head(word: Word, noun: str, lexicon: Lexicon) -> Kind | None:
    """Return what a noun phrase names whose head `word` the lists have as `noun`.

    Several institutions are a group ("the striking unions"); "media" and "police" are one.
    """
    number = number_of(word)
    kind = kind_of_noun(noun, number, lexicon)
    several = kind == "organization" and number == "plur" and fold_word(word.form) != noun
    return "group" if several else kind


def noun_phrase_start(sentence: Sentence, head: int) -> int:
    """Return where the noun phrase of `head` begins, by the tree.

    Determiners, adjectives and possessors right before it belong to it.
    """
    start = head
    while start > 0 and _belongs(sentence, start - 1, head):
        start -= 1
    while start < head and sentence.words[start].upos in ("PUNCT", "CCONJ", "ADP"):
        start += 1
    return start


def _belongs(sentence: Sentence, index: int, head: int) -> bool:
    """Return True if a word hangs on `head` by labels of a noun phrase only."""
    steps, at = 0, index
    while at != head:
        word = sentence.words[at]
        direct = word.head == head
        if direct and word.deprel not in NOUN_PHRASE and word.upos != "PUNCT":
            return False
        if (
            word.head < 0
            or steps > len(sentence.words)
            or (word.upos in ("VERB", "AUX") and word.deprel != "amod")
        ):
            return False
        at, steps = word.head, steps + 1
    return True


def definiteness(
    sentence: Sentence, start: int, head: int, first: Word, lexicon: Lexicon
) -> Definite:
    """Tell whether a noun phrase names somebody known, somebody new, or somebody's."""
    if any(word.deprel == "nmod:poss" and word.head == head for word in sentence.words[start:head]):
        return "possessive"
    return definiteness_of(first, lexicon) if start < head else "bare"


def definiteness_of(determiner: Word, lexicon: Lexicon) -> Definite:
    """Tell what the first word of a noun phrase says of it; without a determiner it is bare."""
    said = lexicon.determiners.get(fold_word(determiner.form))
    if said == "definite":
        return "definite"
    if said == "possessive":
        return "possessive"
    return "indefinite" if said else "bare"


def head_of(sentence: Sentence, start: int, end: int) -> int:
    """Return the highest of the words: the first whose head lies outside."""
    return next((i for i in range(start, end) if not start <= sentence.words[i].head < end), start)


def apposition_head(sentence: Sentence, index: int) -> int:
    """Return the word in whose place a name or apposition stands."""
    for _ in sentence.words:
        word = sentence.words[index]
        if word.head < 0 or word.deprel not in APPOSITION_RELATIONS:
            break
        index = word.head
    return index


def place_of(sentence: Sentence, index: int) -> Place:
    """Return the grammatical place of a word; a conjunct has that of the first."""
    word = sentence.words[index]
    if (
        word.deprel == "conj"
        and word.head >= 0
        and sentence.words[word.head].upos in ("NOUN", "PROPN", "PRON")
    ):
        word = sentence.words[word.head]
    label = word.deprel
    if label.startswith("nsubj"):
        return "subject"
    if label in ("obj", "iobj"):
        return "object"
    if label == "nmod:poss":
        return "possessive"
    return "modifier" if label in ("compound", "amod", "nmod:desc") else "other"
