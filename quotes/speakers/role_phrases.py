"""Noun phrases that describe a person, read in a sentence from their first word or up to their end.

In: a sentence, and the names in it. Out: a `Phrase`: its words and its head noun, and the `Role`
that is cut from it. A name of an
organization inside a phrase counts as one word, with the commas and small words in it ("minister of
Trade, Fisheries and Harbours"). Whether the phrase is the role of somebody is decided by `roles`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotes.analysis import is_present_participle
from quotes.language.lexicon import Lexicon
from quotes.records import Sentence, Span, Word
from quotes.speakers.entities import RoleSort
from quotes.speakers.mentions import Mention, noun_at, noun_of, noun_phrase_start, number_of
from quotes.text.folding import fold_word

MAX_ROLE_WORDS = 25  # complement and all
MAX_BRACKET = 16  # words in a bracket with another name of an organization
BASE = frozenset({"NOUN", "PROPN", "ADJ", "X", "NUM", "PART", "SYM"})
COMMAS = frozenset({",", "—", "–", "--"})
OPENING = frozenset({"(", "["})
CLOSING = frozenset({*COMMAS, ".", ")", ";", ":", "-", '"', "]", "!", "?"})


@dataclass(frozen=True, slots=True)
class Role:
    """A role as it stands in the text, with its head noun and its words in lower case.

    `sort` tells an office or occupation from another noun for a person ("a mother of two") and from
    what only tells where somebody belongs or what they lead ("of the Harbour Fund").
    """

    span: Span
    noun: str
    words: frozenset[str]
    sort: RoleSort = "office"


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words `start:end` of a sentence, a noun phrase with the head `head`."""

    start: int
    end: int
    head: int


@dataclass(frozen=True, slots=True)
class PhraseReader:
    """What noun phrases of a sentence are read with.

    `ends` and `starts` are the names of organizations and places in it: where one that begins at a
    word ends, and where one that ends before a word begins. `people` are the words of other
    people's names.
    """

    sentence: Sentence
    lexicon: Lexicon
    ends: Mapping[int, int]
    starts: Mapping[int, int]
    people: frozenset[int]


def phrase_reader(
    sentence: Sentence, names: Iterable[Mention], lexicon: Lexicon, *, besides: Mention | None
) -> PhraseReader:
    """Make the reader of a sentence with these names, `besides` the one that is described."""
    others = [name for name in names if name.form == "name" and name is not besides]
    wide = [
        name
        for name in others
        if name.kind != "person"
        and name.end - name.start > 1
        and not _holds_office(sentence, name, lexicon)
    ]
    after = {name.start: name.end for name in others if name.kind != "person"}
    ends = {name.start: _with_place(sentence, name.end, after, lexicon) for name in wide}
    return PhraseReader(
        sentence,
        lexicon,
        ends,
        {end: start for start, end in ends.items()},
        frozenset(
            i for name in others if name.kind == "person" for i in range(name.start, name.end)
        ),
    )


def _with_place(sentence: Sentence, end: int, after: Mapping[int, int], lexicon: Lexicon) -> int:
    """Return the end of an organization with the place behind it ("Reserve Bank of Ghana")."""
    words = sentence.words
    joined = end < len(words) and fold_word(words[end].form) in lexicon.organization_prepositions
    return after.get(end + 1, end) if joined else end


def _holds_office(sentence: Sentence, name: Mention, lexicon: Lexicon) -> bool:
    """Return True for an office that was taken for an organization ("Minister of Trade")."""
    words = sentence.words[name.start : name.end]
    return any(
        lexicon.is_role(fold_word(word.form)) and after.upos == "ADP"
        for word, after in pairwise(words)
    )


def describes_person(word: Word, lexicon: Lexicon) -> bool:
    """Return True if a noun in the singular names an office, an occupation or a person."""
    if number_of(word) == "plur" and not lexicon.is_role(fold_word(word.form)):
        return False
    return describes_office(word, lexicon) or noun_of(word, lexicon) in lexicon.people


def names_office(noun: str, lexicon: Lexicon) -> bool:
    """Return True for a noun, as the lists have it, for an office or an occupation ("mp")."""
    return lexicon.is_role(noun) or noun in lexicon.abbreviated_offices


def describes_office(word: Word, lexicon: Lexicon) -> bool:
    """Return True if a noun names an office or an occupation."""
    return (
        lexicon.is_role(noun_of(word, lexicon))
        or lexicon.is_role(fold_word(word.form))
        or lexicon.is_abbreviated_office(word.form)
    )


def read_phrase(reader: PhraseReader, at: int) -> Phrase | None:
    """Read the noun phrase that begins at `at`, behind its article, with its complements."""
    words = reader.sentence.words
    one = _one_of(reader, at)
    if one is not None:
        return one
    if at < len(words) and reader.lexicon.determiners.get(fold_word(words[at].form)) in (
        "definite",
        "indefinite",
        "quantity",
    ):
        at += 1
    base = base_end(reader, at)
    if base <= at:
        return None
    head = _head(reader, at, base)
    if head in reader.people:
        return None
    return Phrase(at, _next_noun(reader, head, complement_end(reader, base)), head)


def _one_of(reader: PhraseReader, at: int) -> Phrase | None:
    """Read "one of the authors of the book"."""
    words, lexicon = reader.sentence.words, reader.lexicon
    if at + 2 >= len(words) or words[at].upos != "NUM" or words[at + 1].upos != "ADP":
        return None
    end = complement_end(reader, at + 1)
    listed = (
        i
        for i in range(at + 2, end)
        if number_of(words[i]) == "plur" and names_office(noun_of(words[i], lexicon), lexicon)
    )
    head = next(listed, None)
    return None if head is None else Phrase(at, end, head)


def _head(reader: PhraseReader, start: int, end: int) -> int:
    """Return the head of a noun phrase: its last noun, or one joined to it that is listed."""
    words = reader.sentence.words
    nouns = [i for i in range(start, end) if words[i].upos in ("NOUN", "PROPN")]
    joined = [
        i for i in nouns[:-1] if i + 1 < end and words[i + 1].upos == "CCONJ"
    ]  # "elder and keeper"
    heads = [*nouns[-1:], *joined]
    return next(
        (i for i in heads if describes_person(words[i], reader.lexicon)), (nouns or [end - 1])[-1]
    )


def _next_noun(reader: PhraseReader, head: int, end: int) -> int:
    """Return the end moved past nouns that the tree joins to the head over a comma.

    "Director, producer and founder of the school".
    """
    words = reader.sentence.words
    while (
        end + 1 < len(words)
        and words[end].form == ","
        and (after := base_end(reader, end + 1)) > end + 1
        and words[after - 1].upos == "NOUN"
        and words[after - 1].deprel == "conj"
        and words[after - 1].head == head
    ):
        end = complement_end(reader, after)
    return end


def base_end(reader: PhraseReader, start: int) -> int:
    """Return the end of the noun phrase without complements that begins at `start`."""
    words, at, lexicon = reader.sentence.words, start, reader.lexicon
    while at < len(words) and at - start < MAX_ROLE_WORDS:
        if at in reader.ends:
            at = reader.ends[at]
            continue
        word = words[at]
        joins = (
            word.upos == "CCONJ"
            and at > start
            and at + 1 < len(words)
            and fold_word(words[at + 1].form) not in lexicon.determiners
            and at + 1 not in reader.people
        )
        fits = word.upos in BASE or (
            word.form in ("-", "/") or word.form in lexicon.possessive_particles or joins
        )
        participle = (
            word.upos in ("VERB", "ADV")
            and at + 1 < len(words)
            and word.deprel in ("amod", "advmod", "compound")
            and (word.head > at or _is_joined_participle(words, at))
        )
        if not fits and not participle:
            break
        at += 1
    while at > start and words[at - 1].upos in ("CCONJ", "PUNCT", "ADV"):
        at -= 1
    return at


def _is_joined_participle(words: Sequence[Word], at: int) -> bool:
    """Return True for "founding" of "founding managing director", wherever the tree hangs it."""
    both = (words[at], words[at + 1])
    return all(w.upos == "VERB" and is_present_participle(w) for w in both) and both[1].head > at


def is_participle_after_noun(word: Word) -> bool:
    """Return True for "representing" in "the lawyer representing the guards"."""
    return (
        word.upos == "VERB"
        and is_present_participle(word)
        and (word.deprel == "case" or word.deprel == "acl")
    )


def complement_end(reader: PhraseReader, start: int, *, limit: int | None = None) -> int:
    """Return the end of the complement ("of the council") that begins at `start`, or `start`.

    It is no later than `limit`.
    """
    words, at, lexicon = reader.sentence.words[:limit], start, reader.lexicon
    if at >= len(words):
        return start
    participle = is_participle_after_noun(words[at])
    if not participle and (
        words[at].upos != "ADP" and fold_word(words[at].form) not in lexicon.complement_openers
    ):
        return start
    at += participle
    while at < len(words) and at - start < MAX_ROLE_WORDS:
        if at in reader.ends:
            if reader.ends[at] > len(words):  # a name over the limit
                break
            at = reader.ends[at]
            continue
        word = words[at]
        if word.form == "," and at > start and _goes_on(reader, at):
            at += 1
            continue
        relative = word.feat("PronType") == "Rel" or fold_word(word.form) in lexicon.relatives
        if (
            word.form in CLOSING - {"-"}
            or word.form in OPENING
            or word.upos in ("AUX", "SCONJ")
            or (relative and word.upos == "PRON")
            or word.deprel == "mark"
            or (at > start and _opens_time(reader.sentence, at, lexicon))
        ):
            break
        if word.upos == "VERB" and word.deprel not in ("amod", "compound") and word.form.islower():
            break
        at += 1
    while at > start and words[at - 1].upos in ("CCONJ", "ADP", "PUNCT"):
        at -= 1
    return max(at, start)


def _opens_time(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Return True for a preposition that says when, no part of an office ("on the eve of")."""
    word = sentence.words[at]
    if word.upos != "ADP" or word.deprel != "case":
        return False
    noun = sentence.words[word.head]
    return (
        fold_word(word.form) in lexicon.complement_closers
        or fold_word(noun.form) in lexicon.complement_closers
        or noun.form in lexicon.calendar
        or fold_word(noun.form) in lexicon.calendar
    )


def _goes_on(reader: PhraseReader, comma: int) -> bool:
    """Return True if a list of fields goes on over a comma ("Trade, Roads and Harbours").

    What follows is no person and hangs on a noun before the comma: a field, or an office whose
    field stands right before the comma ("Minister of | Trade, Roads and Harbours").
    """
    words, after = reader.sentence.words, base_end(reader, comma + 1)
    head = next((i for i in range(comma + 1, after) if words[i].deprel == "conj"), None)
    if head is None or not 0 <= words[head].head < comma:
        return False
    first = words[words[head].head]
    ends = range(comma + 1, min(comma + 2 + MAX_ROLE_WORDS, len(words)))
    listed = any(
        words[i].upos == "CCONJ" and _is_joined_to(reader.sentence, words[i].head, head)
        for i in ends
    )
    field = words[comma - 1].deprel == "nmod" and words[comma - 1].head == words[head].head
    return (
        listed
        and (field or first.deprel in ("nmod", "conj", "compound"))
        and not reader.people & {head, words[head].head}
        and (field or not describes_person(first, reader.lexicon))
        and not describes_person(words[head], reader.lexicon)
    )


def _is_joined_to(sentence: Sentence, number: int, head: int) -> bool:
    """Return True if a word is joined to another, by others or beside it to the same word."""
    words = sentence.words
    while number not in (head, words[head].head) and words[number].deprel == "conj":
        number = words[number].head
    return number in (head, words[head].head)


def phrase_before(reader: PhraseReader, end: int) -> Phrase | None:
    """Read the noun phrase that ends right before `end`: the longest with a noun for a person.

    The head is that noun from which complements reach to `end` ("head of the office of the mayor").
    """
    words, last = reader.sentence.words, _without_standing(reader, end)
    at = last - 1
    found: int | None = None
    while at >= 0 and end - at < MAX_ROLE_WORDS:
        if at + 1 in reader.starts:
            at = reader.starts[at + 1] - 1
            continue
        word = words[at]
        if word.form == "," and _goes_on(reader, at):
            at -= 1
            continue
        if word.form in CLOSING - {"-"} or word.form in OPENING or word.upos in ("AUX", "SCONJ"):
            break
        verb = word.upos == "VERB" and word.deprel not in ("amod", "compound")
        if verb and word.form.islower() and not is_participle_after_noun(word):
            break
        if (
            word.upos in ("NOUN", "PROPN", "ADJ")
            and describes_person(word, reader.lexicon)
            and at not in reader.people
            and (at == last - 1 or complement_end(reader, at + 1, limit=last) == last)
        ):
            found = at
        at -= 1
    if found is None:
        return None
    heads = (found, end - 1) if last < end else (found,)  # the tree may make the standing the head
    return Phrase(min(phrase_start(reader, head) for head in heads), end, found)


def _without_standing(reader: PhraseReader, end: int) -> int:
    """Return the end of a phrase without a standing behind its office ("chairman | designate")."""
    words, lexicon = reader.sentence.words, reader.lexicon
    standing = (
        end > 1
        and fold_word(words[end - 1].form) in lexicon.role_standings
        and describes_office(words[end - 2], lexicon)
        and not describes_office(words[end - 1], lexicon)
    )
    return end - 1 if standing else end


def before_bracket(reader: PhraseReader, stop: int) -> int:
    """Return the place before a bracket that ends at `stop`, or `stop`."""
    words = reader.sentence.words
    if stop > 0 and words[stop - 1].form in (")", "]"):
        opened = next(
            (
                i
                for i in range(stop - 2, max(-1, stop - MAX_BRACKET), -1)
                if words[i].form in OPENING
            ),
            None,
        )
        return stop if opened is None else opened
    return stop


def phrase_start(reader: PhraseReader, head: int) -> int:
    """Return where the noun phrase of `head` begins, names of organizations before it included."""
    start = noun_phrase_start(reader.sentence, head)
    while start in reader.starts:
        start = reader.starts[start]
    inside = next((at for at, end in reader.ends.items() if at < start < end), start)
    start = min(start, inside)
    words = reader.sentence.words
    joined = (
        start > 1
        and words[start - 1].upos == "CCONJ"
        and fold_word(words[start].form) not in reader.lexicon.determiners
    )
    if joined and describes_office(words[start - 2], reader.lexicon):
        return phrase_start(reader, start - 2)  # "president and representative"
    return start


def _is_age(words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Return True for "41-year-old", as one word or as five."""
    number, _, age = "".join(fold_word(word.form) for word in words).partition("-")
    return number.isdigit() and age in lexicon.people


def without_opening(reader: PhraseReader, phrase: Phrase) -> Phrase:
    """Return a phrase without what says nothing of the role in front.

    Articles, ages, numbers of notes, adverbs and words of praise or blame come off.
    """
    words, at, lexicon = reader.sentence.words, phrase.start, reader.lexicon
    ages = {
        i: end
        for i in range(at, phrase.head)
        for end in (i + 1, i + 5)
        if end <= phrase.head and _is_age(words[i:end], lexicon)
    }
    while at < phrase.head and words[at + 1].upos != "ADP":
        word = words[at]
        low = fold_word(word.form)
        number = word.upos == "NUM" and word.form.isdigit() and words[at + 1].form != "-"
        adverb = (
            word.upos == "ADV" and low not in lexicon.role_prefixes and words[at + 1].form != "-"
        )
        evaluates = (
            _evaluates(low, lexicon)
            and word.upos != "PROPN"
            and not _opens_place(words, at, phrase.head)
        )
        determines = low in lexicon.determiners
        joint = word.upos in ("PUNCT", "CCONJ", "PART")
        if at in ages:
            at = ages[at]
            continue
        together = "".join(fold_word(w.form) for w in words[at : at + 3])
        if at + 3 <= phrase.head and _evaluates(together, lexicon):
            at += 3  # "well-known", as three words
            continue
        if not (number or adverb or evaluates or determines or joint):
            break
        at += 1
    return Phrase(at, phrase.end, phrase.head)


def _evaluates(word: str, lexicon: Lexicon) -> bool:
    """Return True for a word of praise or blame, or one that ends as such ("short-tempered")."""
    _, hyphen, end = word.rpartition("-")
    return word in lexicon.evaluative or (bool(hyphen) and f"-{end}" in lexicon.evaluative)


def _opens_place(words: Sequence[Word], at: int, head: int) -> bool:
    """Return True for the "New" of "New Hampshire governor"."""
    return (
        words[at].form[0].isupper()
        and at + 1 < head
        and words[at + 1].upos == "PROPN"
        and words[at + 1].form[0].isupper()
    )


def may_be_person(noun: str, lexicon: Lexicon) -> bool:
    """Return True for a noun that no list knows as something else than a person.

    Neither a day ("5 March") nor an hour ("16:06") is one.
    """
    others = (lexicon.organizations, lexicon.documents, lexicon.groups)
    timed = bool({noun, noun.title()} & lexicon.calendar) or not any(c.isalpha() for c in noun)
    return not timed and not any(noun in nouns for nouns in others)


def make_role(reader: PhraseReader, phrase: Phrase, sort: RoleSort | None = None) -> Role:
    """Return the role that a phrase gives; without a `sort` its noun tells which."""
    phrase = without_opening(reader, phrase) if sort != "circumstance" else phrase
    words = reader.sentence.words[phrase.start : phrase.end]
    noun = noun_at(reader.sentence, phrase.head, reader.lexicon)
    if sort is None:
        sort = "person" if noun in reader.lexicon.people else "office"
    return Role(
        Span(words[0].span.start, words[-1].span.end),
        noun,
        frozenset(fold_word(word.form) for word in words),
        sort,
    )
