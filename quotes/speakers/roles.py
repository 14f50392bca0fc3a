"""The roles of a named person or organization, as the text gives them.

In: a sentence, the words of a name in it and the other names. Out: `Role`s, cut from the text
without the article in front: before the name, after it, or in a sentence of its own. Forms of
address (Mr, Mrs) and nationalities alone are no roles, nor are ages and seats in brackets
("R-S.C.").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes.language.lexicon import Lexicon
from quotes.records import Sentence, Span
from quotes.speakers.entities import RoleSort
from quotes.speakers.mentions import (
    APPOSITION_RELATIONS,
    Mention,
    noun_of,
    noun_phrase_start,
    number_of,
)
from quotes.speakers.role_phrases import (
    BASE,
    CLOSING,
    COMMAS,
    MAX_ROLE_WORDS,
    OPENING,
    Phrase,
    PhraseReader,
    complement_end,
    describes_person,
    phrase_before,
    phrase_reader,
    read_phrase,
    without_opening,
)
from quotes.text.folding import fold_word

MAX_PARTS = 3  # between commas, of one description ("45, of Oslo, a member of the council")
MAX_BRACKET = 7  # words in a bracket with party and seat, or an acronym


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


def roles_of(
    sentence: Sentence, mention: Mention, names: Sequence[Mention], lexicon: Lexicon
) -> tuple[Role, ...]:
    """Find the roles that a sentence gives to a named mention, the nearest to the name first.

    `names` are the mentions of the sentence.
    """
    reader = phrase_reader(sentence, names, lexicon, besides=mention)
    if mention.kind == "organization":
        before = _before_organization(reader, mention)
        return (before,) if before else ()
    found = [
        _before(reader, mention),
        _after(reader, mention),
        _apposed_before(reader, mention),
        *_predicated(reader, mention),
    ]
    return tuple(role for role in found if role is not None)


def _before_organization(reader: PhraseReader, mention: Mention) -> Role | None:
    """Find the description right before an organization ("the state-run news agency")."""
    end = mention.start
    if end == 0:
        return None
    word = reader.sentence.words[end - 1]
    noun = noun_of(word, reader.lexicon)
    lists = (reader.lexicon.organizations, reader.lexicon.groups)
    if (
        word.upos != "NOUN"
        or number_of(word) == "plur"
        or not any(noun in nouns for nouns in lists)
    ):
        return None
    return _role(reader, Phrase(_left(reader, mention, end), end, end - 1))


def _before(reader: PhraseReader, mention: Mention) -> Role | None:
    """Find the title or role right before a name ("harbour director", "mayor of Oslo")."""
    words, lexicon = reader.sentence.words, reader.lexicon
    end = mention.start
    while end > 0 and fold_word(words[end - 1].form) in lexicon.honorifics:
        end -= 1
    if end == 0:
        return None
    last = words[end - 1]
    singular = number_of(last) != "plur" or last.upos == "PROPN"
    titled = any(
        _matches_before(reader.sentence, end, title)
        for titles in lexicon.long_titles.values()
        for title in titles
    )
    if titled or (singular and describes_person(last, lexicon)):
        return _role(reader, Phrase(_left(reader, mention, end), end, end - 1))
    if singular and _is_apposed_noun(reader, mention, end - 1):
        return _role(reader, Phrase(_left(reader, mention, end), end, end - 1))
    return _with_complement(reader, mention, end)


def _is_apposed_noun(reader: PhraseReader, mention: Mention, index: int) -> bool:
    """Return True for a noun of no list that the tree joins to a name ("beekeeper Anna Roe")."""
    word = reader.sentence.words[index]
    noun = noun_of(word, reader.lexicon)
    joined = (mention.start <= word.head < mention.end and word.deprel in APPOSITION_RELATIONS) or (
        mention.governor == index
    )
    return (
        mention.entity == "PER"
        and mention.end - mention.start > 1
        and word.upos == "NOUN"
        and word.form.islower()
        and joined
        and _may_be_person(noun, reader.lexicon)
    )


def _may_be_person(noun: str, lexicon: Lexicon) -> bool:
    """Return True for a noun that no list knows as something else than a person."""
    others = (lexicon.organizations, lexicon.documents, lexicon.groups, lexicon.calendar)
    return not any(noun in nouns for nouns in others)


def _with_complement(reader: PhraseReader, mention: Mention, end: int) -> Role | None:
    """Find a role whose complement reaches the name ("minister in the Ministry of Trade")."""
    words = reader.sentence.words
    if mention.entity not in ("PER", None) or words[end - 1].upos not in ("NOUN", "PROPN"):
        return None
    phrase = phrase_before(reader, end)
    if phrase is None or not reader.lexicon.is_role(noun_of(words[phrase.head], reader.lexicon)):
        return None
    clause = words[mention.head].deprel.startswith("nsubj") and words[phrase.head].deprel in (
        "obj",
        "iobj",
        "obl",
    )  # "told the head of the agency Ann Roe had left"
    return None if clause else _role(reader, phrase)


def _matches_before(sentence: Sentence, end: int, title: tuple[str, ...]) -> bool:
    return (
        end >= len(title)
        and tuple(fold_word(word.form) for word in sentence.words[end - len(title) : end]) == title
    )


def _left(reader: PhraseReader, mention: Mention, end: int) -> int:
    """Return where the role begins whose last word stands before `end`."""
    start = end
    while start > 0 and end - start < MAX_ROLE_WORDS:
        if start in reader.starts and start < end:
            start = reader.starts[start]
        elif _continues_left(reader, start - 1, end, mention):
            start -= 1
        else:
            break
    return start


def _continues_left(reader: PhraseReader, index: int, end: int, mention: Mention) -> bool:
    """Return True if the word at `index` belongs to the role whose other words follow it."""
    sentence, lexicon = reader.sentence, reader.lexicon
    word = sentence.words[index]
    low = fold_word(word.form)
    if mention.title <= index:
        return low not in lexicon.determiners
    if index == end - 1:
        return True
    pronoun = low in lexicon.pronouns and word.upos != "PROPN"
    if low in lexicon.determiners or word.form in lexicon.calendar or pronoun:
        return False
    if word.upos == "NOUN" and word.form.islower() and sentence.words[end - 1].form[0].isupper():
        return (
            False  # "the crisis President Obama": a capital title does not go on from a common noun
        )
    if word.form in ("-", "/") or (word.upos == "PART" and word.deprel == "case"):
        return True
    if word.upos == "CCONJ":
        return index > 0 and lexicon.is_role(fold_word(sentence.words[index - 1].lemma))
    participle = word.upos == "VERB" and word.deprel in ("amod", "compound")
    if word.upos not in BASE and not participle and low not in lexicon.role_prefixes:
        return False
    return index not in reader.people and _is_attached(sentence, index, mention.end)


def _is_attached(sentence: Sentence, index: int, end: int) -> bool:
    """Return True if a word hangs on one of the words up to `end`, or one of them on it."""
    if index < sentence.words[index].head < end:
        return True
    return any(sentence.words[i].head == index for i in range(index + 1, end))


def _after(reader: PhraseReader, mention: Mention) -> Role | None:
    """Find the description after a name.

    "Ann Roe, 45, of Oslo, a member of the council,"; "Ann Roe (director)"; "Ann Roe, who leads the
    council"; "Ann Roe of the Harbour Fund".
    """
    words = reader.sentence.words
    lesser: Role | None = None
    at = mention.end
    for _ in range(MAX_PARTS):
        opened = at < len(words) and words[at].form in OPENING
        if opened:
            role = _apposition(reader, mention, at + 1)
            if role is not None and role.sort == "office":
                return role
            at = _after_bracket(reader, at)
            if at is None:
                break
        if at >= len(words) or words[at].form not in COMMAS:
            lesser = lesser or _belonging(reader, mention, at) if at == mention.end else lesser
            break
        at = _after_age(reader, at + 1)
        role = _apposition(reader, mention, at)
        if role is not None and role.sort == "office":
            return role
        lesser = lesser or role or _belonging(reader, mention, at)
        following = _next_comma(reader, at)
        if following is None or role is not None:
            break
        at = following
    return lesser


def _after_bracket(reader: PhraseReader, at: int) -> int | None:
    """Return the place after a short bracket ("Lindsey Graham (R-S.C.), a senator"), or None."""
    words = reader.sentence.words
    close = next(
        (i for i in range(at, min(at + MAX_BRACKET, len(words))) if words[i].form in (")", "]")),
        None,
    )
    return None if close is None else close + 1


def _after_age(reader: PhraseReader, at: int) -> int:
    """Return the place after ages and degrees between commas ("45,", "PhD,")."""
    words, lexicon = reader.sentence.words, reader.lexicon
    while (
        at + 1 < len(words)
        and (words[at].upos == "NUM" or fold_word(words[at].form) in lexicon.suffixes)
        and words[at + 1].form == ","
    ):
        at += 2
    return at


def _next_comma(reader: PhraseReader, at: int) -> int | None:
    """Return the comma after a part that holds no verb of the sentence, or None."""
    words = reader.sentence.words
    for index in range(at, min(at + MAX_ROLE_WORDS, len(words))):
        if words[index].form == ",":
            return index
        if words[index].upos in ("VERB", "AUX") or words[index].form in CLOSING - {"-"}:
            return None
    return None


def _apposition(reader: PhraseReader, mention: Mention, at: int) -> Role | None:
    """Find the role in the noun phrase that begins at `at`, where it is an apposition."""
    words, lexicon = reader.sentence.words, reader.lexicon
    if at >= len(words):
        return None
    possessive = lexicon.determiners.get(fold_word(words[at].form)) == "possessive"
    phrase = read_phrase(reader, at + possessive)
    if phrase is None or words[phrase.head].feat("Number") == "Plur":
        return None
    head = words[phrase.head]
    tied = head.deprel in APPOSITION_RELATIONS and (
        mention.start <= head.head < mention.end or head.head == mention.governor
    )
    listed = describes_person(head, lexicon)
    unlisted = (
        tied
        and head.upos == "NOUN"
        and mention.entity == "PER"
        and _may_be_person(noun_of(head, lexicon), lexicon)
    )
    if not (listed or unlisted) or not _is_closed(reader, phrase, tied=tied):
        return None
    if possessive:
        phrase = Phrase(phrase.start - 1, phrase.end, phrase.head)
    office = lexicon.is_role(noun_of(head, lexicon)) and not possessive
    return _role(reader, phrase, "office" if office else "person")


def _is_closed(reader: PhraseReader, phrase: Phrase, *, tied: bool) -> bool:
    """Return True if nothing follows a phrase that would make it more than an apposition."""
    words = reader.sentence.words
    if phrase.end >= len(words):
        return True
    after = words[phrase.end]
    relative = after.feat("PronType") == "Rel" or fold_word(after.form) in reader.lexicon.relatives
    described = any(
        words[i].deprel.startswith("acl")
        for i in reader.sentence.children[phrase.head]
        if i >= phrase.end
    )
    subject = (
        words[phrase.head].deprel.startswith("nsubj") and words[phrase.head].head >= phrase.end
    )
    return (
        after.form in CLOSING | OPENING
        or relative
        or ((tied or described) and not subject and after.upos not in ("AUX", "PROPN"))
    )


def _belonging(reader: PhraseReader, mention: Mention, at: int) -> Role | None:
    """Find what a person leads or where one belongs.

    "Who chairs the council", "of the Harbour Fund", without a noun for the person.
    """
    words, lexicon = reader.sentence.words, reader.lexicon
    if at + 1 >= len(words):
        return None
    if fold_word(words[at].form) in lexicon.relatives:
        verb = next(
            (i for i in range(at + 1, min(at + 4, len(words))) if words[i].upos == "VERB"), None
        )
        if verb is None or words[verb].lemma not in lexicon.leading_verbs:
            return None
        phrase = read_phrase(reader, verb + 1)
        if phrase is None:
            return None
        return _role(reader, Phrase(verb, phrase.end, phrase.head), "circumstance")
    if fold_word(words[at].form) not in lexicon.belonging_prepositions:
        return None
    first = at + 1 + (fold_word(words[at + 1].form) in lexicon.definite_articles)
    end = reader.ends.get(first)
    if end is None or (
        end < len(words) and words[end].form not in CLOSING | OPENING and at != mention.end
    ):
        return None
    return _role(reader, Phrase(at, end, end - 1), "circumstance")


def _apposed_before(reader: PhraseReader, mention: Mention) -> Role | None:
    """Find the noun phrase to which a name is an apposition ("the deputy minister, Ann Roe,").

    Names of organizations may stand between: "the secretary, Harbour Fund, Ann Roe".
    """
    words, comma = reader.sentence.words, mention.title - 1
    if comma < 1 or words[comma].form not in COMMAS:
        return None
    stop, reached = comma, comma
    for part in range(MAX_PARTS + 1):
        stop = _before_bracket(reader, stop)
        phrase = phrase_before(reader, stop) or _unlisted_before(reader, mention, stop)
        if phrase is not None:
            if part == 0 and not _is_tied_before(reader, mention, phrase):
                return None
            if part and not _opens_clause(reader, phrase):
                return None
            return _role(reader, Phrase(phrase.start, stop if part == 0 else reached, phrase.head))
        start = reader.starts.get(stop)
        if start is None:
            return None
        if words[start - 1].upos == "ADV":
            start -= 1
        if start < 2 or words[start - 1].form not in COMMAS:
            return None
        stop, reached = start - 1, stop
    return None


def _before_bracket(reader: PhraseReader, stop: int) -> int:
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


def _unlisted_before(reader: PhraseReader, mention: Mention, stop: int) -> Phrase | None:
    """Read a noun phrase of no list to which the tree makes the name an apposition."""
    words = reader.sentence.words
    head = words[mention.head].head
    if (
        mention.entity != "PER"
        or words[mention.head].deprel != "appos"
        or not 0 <= head < stop
        or words[head].upos != "NOUN"
        or number_of(words[head]) == "plur"
        or not _may_be_person(noun_of(words[head], reader.lexicon), reader.lexicon)
        or (head != stop - 1 and complement_end(reader, head + 1, limit=stop) != stop)
    ):
        return None
    return Phrase(noun_phrase_start(reader.sentence, head), stop, head)


def _is_tied_before(reader: PhraseReader, mention: Mention, phrase: Phrase) -> bool:
    """Return True if a name after a comma is an apposition to the phrase before it."""
    words = reader.sentence.words
    first = fold_word(words[phrase.start].form)
    if reader.lexicon.determiners.get(first) == "possessive":
        return False
    if phrase.head in (mention.governor, words[mention.head].head):
        return True
    closed = (
        mention.end >= len(words)
        or words[mention.end].form in CLOSING | OPENING
        or words[mention.end].upos in ("CCONJ", "ADP")
    )
    determined = first in reader.lexicon.determiners
    if closed:
        return determined or _opens_clause(reader, phrase)
    return not determined and _opens_clause(reader, phrase)


def _opens_clause(reader: PhraseReader, phrase: Phrase) -> bool:
    """Return True if a phrase stands at the beginning of its sentence, or is introduced."""
    words, at = reader.sentence.words, phrase.start
    determined = fold_word(words[at].form) in reader.lexicon.determiners
    if at > 0 and fold_word(words[at - 1].form) in reader.lexicon.determiners:
        at, determined = at - 1, True
    if at == 0 or determined:
        return True
    return words[at - 1].form in CLOSING | OPENING or words[at - 1].upos in ("CCONJ", "SCONJ")


def _predicated(reader: PhraseReader, mention: Mention) -> Iterator[Role]:
    """Yield roles from sentences such as "Ann Roe is the chief executive of the bank".

    Also "Ann Roe, who works as a nurse", "Ann Roe was appointed chief judge".
    """
    words, lexicon = reader.sentence.words, reader.lexicon
    for index, word in enumerate(words):
        if (
            word.upos not in ("NOUN", "PROPN")
            or word.feat("Number") == "Plur"
            or not describes_person(word, lexicon)
        ):
            continue
        verb = _predicating(reader, index)
        if verb is None:
            continue
        subjects = [
            i for i in reader.sentence.children[verb] if words[i].deprel.startswith("nsubj")
        ]
        own = any(mention.start <= i < mention.end for i in subjects)
        relative = words[verb].deprel == "acl:relcl" and (
            mention.start <= words[verb].head < mention.end
        )
        if own or relative:
            start = noun_phrase_start(reader.sentence, index)
            end = complement_end(reader, index + 1)
            office = lexicon.is_role(noun_of(word, lexicon))
            yield _role(reader, Phrase(start, end, index), "office" if office else "person")


def _predicating(reader: PhraseReader, index: int) -> int | None:
    """Return the word that says that its subject is what the noun at `index` names, or None."""
    words, lexicon = reader.sentence.words, reader.lexicon
    below = [words[i] for i in reader.sentence.children[index]]
    above = words[index].head
    if any(child.deprel == "cop" for child in below):
        verb = index
    elif above >= 0 and words[above].lemma in lexicon.appointing_verbs:
        how = lexicon.appointing_verbs[words[above].lemma]
        case = next((child.lemma for child in below if child.deprel == "case"), "")
        if words[index].deprel not in ("xcomp", "obl", "obj") or case != how:
            return None
        verb = above
    else:
        return None
    doubtful = any(
        words[i].deprel in ("aux", "mark") or words[i].feat("Polarity") == "Neg"
        for at in {index, verb}
        for i in reader.sentence.children[at]
    )
    return None if doubtful else verb


def _role(reader: PhraseReader, phrase: Phrase, sort: RoleSort | None = None) -> Role:
    phrase = without_opening(reader, phrase) if sort != "circumstance" else phrase
    words = reader.sentence.words[phrase.start : phrase.end]
    noun = noun_of(reader.sentence.words[phrase.head], reader.lexicon)
    if sort is None:
        sort = "person" if noun in reader.lexicon.people else "office"
    return Role(
        Span(words[0].span.start, words[-1].span.end),
        noun,
        frozenset(fold_word(word.form) for word in words),
        sort,
    )
