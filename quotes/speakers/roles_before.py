"""Roles before a name: right before it, or before a comma ("the deputy minister, Ann Roe").

In: a `PhraseReader` and the mention of a name. Out: a `Role` or None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quotes.language.lexicon import Lexicon
from quotes.records import Sentence, Span, Word
from quotes.speakers.mentions import (
    APPOSITION_RELATIONS,
    MODIFIERS,
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
    Role,
    before_bracket,
    complement_end,
    describes_office,
    describes_person,
    make_role,
    may_be_person,
    phrase_before,
)
from quotes.text.folding import fold_word

MAX_PARTS = 3  # names of organizations between a role and the name


def role_before_organization(reader: PhraseReader, mention: Mention) -> Role | None:
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
    start = _left(reader, mention, end)
    if start == end - 1:
        return None  # a bare "newspaper" or "union" says nothing
    return make_role(reader, Phrase(start, end, end - 1))


def role_before(reader: PhraseReader, mention: Mention) -> Role | None:
    """Find the title or role right before a name ("harbour director", "mayor of Oslo")."""
    words, lexicon = reader.sentence.words, reader.lexicon
    if _title_words(reader, mention.start):
        return _role_ending_at(reader, mention, mention.start)  # "First Lady"
    end = lexicon.honorific_before([word.form for word in words], mention.start)
    if end > 1 and words[end - 1].form == "." and _is_rank(words[end - 2], lexicon):
        return _with_stop(_role_before(reader, mention, end - 1), words[end - 1])
    return _role_before(reader, mention, end)


def _with_stop(role: Role | None, stop: Word) -> Role | None:
    """Return a role with the full stop of its abbreviation ("Lt. Col | .")."""
    return None if role is None else replace(role, span=Span(role.span.start, stop.span.end))


def _role_before(reader: PhraseReader, mention: Mention, end: int) -> Role | None:
    """Find the title or role that ends at `end`, before titles that say little."""
    words, lexicon = reader.sentence.words, reader.lexicon
    title = end
    while title > 0 and (
        _is_rank(words[title - 1], lexicon) or _is_style(words, title - 1, lexicon)
    ):
        title -= 1
    standing = title > 0 and fold_word(words[title - 1].form) in lexicon.role_standings
    ranked = _role_ending_at(reader, mention, title) if title < end and not standing else None
    if ranked is not None and ranked.noun not in lexicon.demonyms:
        return ranked  # not the party of a "Conservative MP"
    return _role_ending_at(reader, mention, end) or _shared_role(reader, mention)


def _is_style(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Return True for a title of somebody whose role is told before: "Labour peer | Baroness"."""
    return (
        at > 0
        and words[at].form[0].isupper()
        and fold_word(words[at].form) in lexicon.titles
        and words[at - 1].form.islower()
        and describes_person(words[at - 1], lexicon)
        and number_of(words[at - 1]) != "plur"
    )


def _is_rank(word: Word, lexicon: Lexicon) -> bool:
    """Return True for a title that says little beside an office ("Dr", "Col", "MP")."""
    low = fold_word(word.form)
    titles = (low, f"{low}.")
    return lexicon.is_abbreviated_office(word.form) or (
        any(title in lexicon.titles for title in titles) and low not in lexicon.roles
    )


def _role_ending_at(reader: PhraseReader, mention: Mention, end: int) -> Role | None:
    """Find the role that ends right before `end`, with nothing but titles up to the name."""
    words, lexicon = reader.sentence.words, reader.lexicon
    if end == 0:
        return None
    last = words[end - 1]
    if (
        end > 1
        and fold_word(last.form) in lexicon.role_standings
        and describes_office(words[end - 2], lexicon)
        and last.form.isalpha()
        and not describes_office(last, lexicon)
    ):  # "Bishop Emeritus"
        return make_role(reader, Phrase(_left(reader, mention, end, 2), end, end - 2))
    singular = number_of(last) != "plur" or last.upos == "PROPN"
    title = _title_words(reader, end)
    titled = title or lexicon.is_abbreviated_office(last.form)
    if any(word.upos == "SYM" for word in words[max(0, end - 4) : end]):
        return None  # "the $5 figure"
    described = singular and describes_person(last, lexicon)
    if titled or (described and not _opens_relative(reader, mention, end - 1)):
        return make_role(reader, Phrase(_left(reader, mention, end, title), end, end - 1))
    if singular and (
        _is_apposed_noun(reader, mention, end - 1) or _is_joined_noun(reader, mention, end - 1)
    ):
        return make_role(reader, Phrase(_left(reader, mention, end), end, end - 1))
    return _with_complement(reader, mention, end)


def _title_words(reader: PhraseReader, end: int) -> int:
    """Return how many words before `end` are a title of several words, 0 where there is none."""
    words = reader.sentence.words[:end]
    titles = reader.lexicon.titles_by_last.get(fold_word(words[-1].form), ()) if words else ()
    return next((len(title) for title in titles if _matches_before(reader.sentence, end, title)), 0)


def _shared_role(reader: PhraseReader, mention: Mention) -> Role | None:
    """Find the role in the plural before several names: "officers Ann Roe and Bo Lind"."""
    words, lexicon, end = reader.sentence.words, reader.lexicon, mention.title
    while end > 0 and (
        end - 1 in reader.people or words[end - 1].form == "," or words[end - 1].upos == "CCONJ"
    ):
        end -= 1
    joined = (
        mention.end + 1 < len(words)
        and words[mention.end].upos == "CCONJ"
        and mention.end + 1 in reader.people
    )
    noun = words[end - 1] if end else None
    if (
        noun is None
        or noun.upos not in ("NOUN", "PROPN")
        or number_of(noun) != "plur"
        or not (end < mention.title or joined)
        or words[end].form == ","
        or not lexicon.is_role(noun_of(noun, lexicon))
    ):
        return None
    return make_role(reader, Phrase(_left(reader, mention, end, 1), end, end - 1))


def _opens_relative(reader: PhraseReader, mention: Mention, noun: int) -> bool:
    """Return True if a name is the subject of a clause that describes the noun before it.

    "The figure Roe cited".
    """
    words = reader.sentence.words
    name = words[mention.head]
    verb = words[name.head] if name.head >= 0 else None
    clause = verb is not None and verb.deprel.startswith("acl") and verb.head == noun
    return clause and name.deprel.startswith("nsubj")


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
        and may_be_person(noun, reader.lexicon)
    )


def _is_joined_noun(reader: PhraseReader, mention: Mention, index: int) -> bool:
    """Return True for a noun of no list joined to an office ("trainer and star | Anna Roe")."""
    words, lexicon = reader.sentence.words, reader.lexicon
    word, first = words[index], words[index].head
    return (
        mention.entity == "PER"
        and mention.end - mention.start > 1
        and word.upos == "NOUN"
        and word.deprel == "conj"
        and 0 <= first < index
        and first + 1 < index
        and words[first + 1].upos == "CCONJ"
        and number_of(words[first]) != "plur"
        and describes_office(words[first], lexicon)
        and may_be_person(noun_of(word, lexicon), lexicon)
        and not _opens_relative(reader, mention, index)
        and not _opens_relative(reader, mention, first)
    )


def _with_complement(reader: PhraseReader, mention: Mention, end: int) -> Role | None:
    """Find a role whose complement reaches the name ("minister in the Ministry of Trade")."""
    words, stop = reader.sentence.words, before_bracket(reader, end)
    if (
        mention.entity not in ("PER", None)
        or stop == 0
        or words[stop - 1].upos not in ("NOUN", "PROPN")
    ):
        return None
    phrase = phrase_before(reader, stop)
    if phrase is None or not (
        reader.lexicon.is_role(noun_of(words[phrase.head], reader.lexicon))
        or reader.lexicon.is_abbreviated_office(words[phrase.head].form)
    ):
        return None
    clause = words[mention.head].deprel.startswith("nsubj") and words[phrase.head].deprel in (
        "obj",
        "iobj",
        "obl",
    )  # "told the head of the agency Ann Roe had left"
    end = stop if phrase.head == stop - 1 else end  # "Chief Executive Officer | (CEO)"
    return None if clause else make_role(reader, replace(phrase, end=end))


def _matches_before(sentence: Sentence, end: int, title: tuple[str, ...]) -> bool:
    return (
        end >= len(title)
        and tuple(fold_word(word.form) for word in sentence.words[end - len(title) : end]) == title
    )


def _left(reader: PhraseReader, mention: Mention, end: int, title: int = 0) -> int:
    """Return where the role begins whose last words stand before `end`, `title` of them a title."""
    start = end - title
    while start > 0 and end - start < MAX_ROLE_WORDS:
        before = reader.starts.get(start)
        opened = before_bracket(reader, start)
        if before is not None and start < end:
            start = before
        elif opened < start < end and opened in reader.starts:
            start = reader.starts[opened]  # "Harbour Fund (HF) director"
        elif _continues_left(reader, start - 1, end, mention):
            start -= 1
        else:
            break
    return _with_listed(reader, start, end)


def _with_listed(reader: PhraseReader, start: int, end: int) -> int:
    """Return where a list of offices begins that ends with the role: "Singer, | writer and host".

    Each is one noun in the singular, and the list opens its sentence or follows an article: "his
    lawyer, writer and host Anna Roe" may be two people.
    """
    words, lexicon = reader.sentence.words, reader.lexicon
    joint = next((i for i in range(max(1, start - 1), end) if words[i].upos == "CCONJ"), None)

    def is_part(at: int) -> bool:
        return (
            at >= 0
            and words[at].upos in ("NOUN", "PROPN")
            and number_of(words[at]) != "plur"
            and at not in reader.people
            and describes_person(words[at], lexicon)
        )

    if joint is None or not is_part(joint - 1):
        return start
    at = joint - 1
    while words[at - 1].form == "," and is_part(at - 2):
        at -= 2
    opens = at == 0 or fold_word(words[at - 1].form) in lexicon.definite_articles
    return at if opens and at < joint - 1 else start


def _continues_left(reader: PhraseReader, index: int, end: int, mention: Mention) -> bool:
    """Return True if the word at `index` belongs to the role whose other words follow it."""
    sentence, lexicon = reader.sentence, reader.lexicon
    word = sentence.words[index]
    low = fold_word(word.form)
    if mention.title <= index:
        return low not in lexicon.determiners
    if index == end - 1:
        return True
    pronoun = lexicon.is_pronoun(word.form, word.upos)
    if low in lexicon.determiners or word.form in lexicon.calendar or pronoun:
        return False
    joined = sentence.words[index + 1].upos == "CCONJ"
    if (
        word.upos == "NOUN"
        and word.form.islower()
        and sentence.words[end - 1].form[0].isupper()
        and not joined
    ):
        return (
            False  # "the crisis President Obama": a capital title does not go on from a common noun
        )
    if word.form in ("-", "/") or (word.upos == "PART" and word.deprel == "case"):
        return True
    if word.upos == "ADV" and sentence.words[index + 1].form == "-":
        return True  # "well-known"
    if word.upos == "CCONJ":
        return index > 0 and (
            lexicon.is_role(fold_word(sentence.words[index - 1].lemma))
            or _joins_fields(reader, index)
        )
    participle = word.upos == "VERB" and word.deprel in ("amod", "compound")
    if word.upos not in BASE and not participle and low not in lexicon.role_prefixes:
        return False
    possessor = index + 1 < end and (
        sentence.words[index + 1].form in lexicon.possessive_particles or index + 1 in reader.people
    )
    if index in reader.people and not possessor:
        return False
    misplaced = word.deprel in MODIFIERS and word.head < index and low not in lexicon.demonyms
    opens = word.upos == "PROPN" and (index == 0 or sentence.words[index - 1].form in CLOSING)
    return misplaced or opens or _is_attached(sentence, index, mention.end)


def _joins_fields(reader: PhraseReader, joint: int) -> bool:
    """Return True if "and" joins fields of one office: "Tourism | and Sports Minister".

    What stands before is no person, and a phrase begins with it.
    """
    words, lexicon = reader.sentence.words, reader.lexicon
    field, after = words[joint - 1], words[joint + 1]
    if (
        field.upos not in ("NOUN", "PROPN", "ADJ")
        or joint - 1 in reader.people
        or describes_person(field, lexicon)
        or not may_be_person(noun_of(field, lexicon), lexicon)
        or field.form[0].isupper() != after.form[0].isupper()
    ):
        return False
    start = joint - 1
    while start > 0 and words[start - 1].upos in ("NOUN", "PROPN", "ADJ"):
        start -= 1
    before = words[start - 1] if start > 0 else None
    return (field.form[0].isupper() and words[joint - 2 if joint > 1 else 0].upos != "ADP") or (
        before is None
        or before.form in CLOSING
        or lexicon.determiners.get(fold_word(before.form)) == "definite"
    )


def _is_attached(sentence: Sentence, index: int, end: int) -> bool:
    """Return True if a word hangs on one of the words up to `end`, or one of them on it."""
    if index < sentence.words[index].head < end:
        return True
    return any(sentence.words[i].head == index for i in range(index + 1, end))


def role_apposed_before(reader: PhraseReader, mention: Mention) -> Role | None:
    """Find the noun phrase to which a name is an apposition ("the deputy minister, Ann Roe,").

    Names of organizations may stand between: "the secretary, Harbour Fund, Ann Roe".
    """
    words, comma = reader.sentence.words, mention.title - 1
    if comma < 1 or words[comma].form not in COMMAS:
        return None
    stop, reached = comma, comma
    for part in range(MAX_PARTS + 1):
        stop = before_bracket(reader, stop)
        phrase = phrase_before(reader, stop) or _unlisted_before(reader, mention, stop)
        if phrase is not None:
            if part == 0 and not _is_tied_before(reader, mention, phrase):
                return None
            if part and not _opens_clause(reader, phrase):
                return None
            return make_role(
                reader, Phrase(phrase.start, stop if part == 0 else reached, phrase.head)
            )
        start = _named_part_start(reader, stop)
        if start is None:
            return None
        stop, reached = start - 1, stop
    return None


def _named_part_start(reader: PhraseReader, end: int) -> int | None:
    """Return where the part between commas begins that ends at `end` and names an organization.

    None where it holds a verb or a person, or no comma stands before it.
    """
    words, named = reader.sentence.words, False
    for at in range(end - 1, max(-1, end - MAX_ROLE_WORDS), -1):
        if words[at].form in COMMAS and not any(
            start < at < stop for start, stop in reader.ends.items()
        ):
            return at + 1 if named else None
        if words[at].upos in ("VERB", "AUX", "PRON") or at in reader.people:
            return None
        named = named or at in reader.ends or (at == end - 1 and words[at].upos == "PROPN")
    return None


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
        or not may_be_person(noun_of(words[head], reader.lexicon), reader.lexicon)
        or (mention.end < len(words) and words[mention.end].upos in ("VERB", "AUX"))
        or (head != stop - 1 and complement_end(reader, head + 1, limit=stop) != stop)
        or any(i in reader.people for i in range(head, stop))
    ):
        return None
    return Phrase(noun_phrase_start(reader.sentence, head), stop, head)


def _is_tied_before(reader: PhraseReader, mention: Mention, phrase: Phrase) -> bool:
    """Return True if a name after a comma is an apposition to the phrase before it."""
    words = reader.sentence.words
    first = fold_word(words[phrase.start].form)
    if phrase.head in (mention.governor, words[mention.head].head):
        return True
    if reader.lexicon.determiners.get(first) == "possessive" and not describes_office(
        words[phrase.head], reader.lexicon
    ):
        return False
    if (
        phrase.start > 1
        and words[phrase.start - 1].form in COMMAS
        and (phrase.start - 2 in reader.people)
    ):
        return False  # "Bo Lind, his lawyer, Ann Roe said": that of the name before
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
