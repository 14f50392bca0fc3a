"""The noun phrase of a source, taken apart: a name at its head, a pronoun, or a description.

In: the spans of a source, the parse, the mentions. Out: a `Source`. Names at the head of the phrase
count ("spokeswoman Ann Roe", "a spokeswoman, Ann Roe"); names that only belong to somebody else
there do not ("Roe's lawyer", "a spokesman for Roe"). Who is meant by a pronoun or a description is
not decided here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from quotes.language.lexicon import Lexicon, Number
from quotes.names.short_forms import display_name
from quotes.records import Document, Kind, Parse, Sentence, Span, Spans, Word
from quotes.speakers.mentions import (
    Definite,
    Mention,
    definiteness_of,
    kind_of_head,
    kind_of_noun,
    noun_at,
    noun_of,
    number_of,
)
from quotes.speakers.office_holders import (
    holder_behind_complement,
    holder_behind_fields,
    is_of_titled,
)
from quotes.speakers.role_phrases import COMMAS, OPENING, describes_person, is_participle_after_noun
from quotes.speakers.roles import roles_of
from quotes.speakers.source_labels import CLOSED, label_span
from quotes.speakers.source_words import source_words
from quotes.text.folding import fold_word

PARTS = frozenset({"compound", "amod", "nmod:desc"})
BESIDE = frozenset({"nmod:unmarked", "nmod:tmod", "obl:unmarked", "obl:tmod"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source in its sentence.

    Attributes:
        sentence: The number of its sentence.
        words: Its words.
        text: The description as printed, without the article in front and relative clauses.
        mention: The place of the mention at its head among all mentions, None where it is none.
        kind: What the phrase names.
        noun: Its head noun.
        number: Singular or plural.
        definite: How it is determined.
        several: It coordinates more than one speaker.
        withheld: Its words show that names are withheld.
        possessor: Whose it is, "" where nobody's.
        title: The name with a title at which the parser ended the sentence.
        head: The word of the head noun of a description, -1 of a name or pronoun.
    """

    sentence: int
    words: tuple[int, ...]
    text: str
    mention: int | None = None
    kind: Kind | None = None
    noun: str = ""
    number: Number = "sing"
    definite: Definite = "bare"
    several: bool = False
    withheld: bool = False
    possessor: str = ""
    title: str = ""
    head: int = -1


def find_source(
    document: Document,
    parse: Parse,
    found: Sequence[Mention],
    by_sentence: Mapping[int, Sequence[int]],
    spans: Spans,
    lexicon: Lexicon,
) -> Source | None:
    """Find the source that the spans hold, None where they hold no word of the parse."""
    title = ""
    for number, sentence in enumerate(parse.sentences):
        if not any(span.overlaps(sentence.span) for span in spans):
            continue
        words = tuple(
            i
            for i, word in enumerate(sentence.words)
            if _inside(word.span, spans) and any(c.isalnum() for c in word.form)
        )
        if not words:
            continue
        if _cut_after_title(parse, number, words, spans, lexicon):
            title = display_name(
                document.text[sentence.words[words[0]].span.start : sentence.span.end], lexicon
            )
            continue
        own = [(i, found[i]) for i in by_sentence.get(number, ())]
        words = source_words(sentence, words, [mention for _, mention in own], lexicon)
        source = _parse_source(document, sentence, number, words, own, lexicon)
        return replace(source, title=title)
    return None


def _cut_after_title(
    parse: Parse, number: int, words: tuple[int, ...], spans: Spans, lexicon: Lexicon
) -> bool:
    """Return True if the parser ended a sentence inside the source, after a title.

    "Sen. | Ann Roe".
    """
    form = parse.sentences[number].words[words[-1]].form
    last = fold_word(form)
    more = number + 1 < len(parse.sentences) and any(
        span.overlaps(parse.sentences[number + 1].span) for span in spans
    )
    return more and (
        lexicon.is_role(last) or f"{last}." in lexicon.titles or lexicon.is_honorific(form)
    )


def _inside(span: Span, spans: Spans) -> bool:
    middle = (span.start + span.end) / 2
    return any(s.start <= middle < s.end for s in spans)


def _parse_source(
    document: Document,
    sentence: Sentence,
    number: int,
    words: tuple[int, ...],
    own: list[tuple[int, Mention]],
    lexicon: Lexicon,
) -> Source:
    first, last = words[0], words[-1] + 1
    cut = (m for _, m in own if m.form == "name" and m.start < first < m.end)
    first = min((m.start for m in cut), default=first)
    halved = (
        m.end
        for _, m in own
        if m.form == "name"
        and m.start < last < m.end
        and (m.entity == "ORG" or sentence.words[last].deprel == "flat")
    )
    last = max(halved, default=last)
    inside = [(i, m) for i, m in own if m.start >= first and m.end <= last]
    base = _base(sentence, first, last, [m for _, m in inside], lexicon)
    named = _name_ending_at(inside, base)
    holder = holder_behind_fields(sentence, first, last, inside, lexicon)
    several = holder is None and _coordinated(sentence, base, last, named, inside, lexicon)
    named = holder if holder is not None else named
    if not several and (named is None or dict(inside)[named].kind != "person"):
        described = _described_name(sentence, base, last, own, inside, lexicon)
        named = described if described is not None else named
    label = label_span(
        sentence, range(first, last), base, [m for _, m in inside], lexicon, several=several
    )
    text = display_name(label.of(document.text), lexicon)
    if named is not None:
        return Source(
            sentence=number,
            words=words,
            text=text,
            mention=named,
            kind=dict(own)[named].kind,
            several=several,
        )
    return _description(document, sentence, number, words, base, inside, text, several, lexicon)


def _description(
    document: Document,
    sentence: Sentence,
    number: int,
    words: tuple[int, ...],
    base: int,
    inside: list[tuple[int, Mention]],
    text: str,
    several: bool,
    lexicon: Lexicon,
) -> Source:
    described = (m.head for _, m in inside if m.form == "nominal" and m.end == base)
    head = next(described, _noun_before(sentence, words[0], base))
    word = sentence.words[head]
    pronoun = next((i for i, m in inside if m.form == "pronoun" and m.start == words[0]), None)
    if pronoun is None and len(words) == 1 and fold_word(word.form) in lexicon.pronouns:
        if lexicon.pronouns[fold_word(word.form)].refers == "group":
            return Source(sentence=number, words=words, text=text, kind="group", number="plur")
        return Source(sentence=number, words=words, text="")
    if pronoun is not None and (
        base - words[0] == 1 or dict(inside)[pronoun].refers in ("group", "generic")
    ):
        return Source(sentence=number, words=words, text=text, mention=pronoun, several=several)
    noun, count = noun_at(sentence, head, lexicon), number_of(word)
    mention = next((i for i, m in inside if m.form == "nominal" and m.head == head), None)
    kind = kind_of_head(word, noun, lexicon)
    counted = any(sentence.words[i].upos == "NUM" for i in words)
    if (kind is None and (count == "plur" or counted)) or (
        kind == "organization" and _of_people(sentence, base, words, lexicon)
    ):
        kind = "group"
    said = " ".join(fold_word(word.form) for word in sentence.words[words[0] : words[-1] + 1])
    return Source(
        sentence=number,
        words=words,
        text=text,
        mention=mention,
        kind="group" if several else kind,
        noun=noun,
        number="plur" if several else count,
        definite=_definite(sentence, words[0], head, lexicon),
        several=several,
        withheld=_withheld(sentence, words[0], head, said, noun, lexicon),
        possessor=_possessor(document, sentence, words[0], head, lexicon),
        head=head,
    )


def _of_people(sentence: Sentence, base: int, words: tuple[int, ...], lexicon: Lexicon) -> bool:
    """Return True if people in the plural follow a preposition: "a group of leaders"."""
    if (
        base not in words
        or sentence.words[base].upos != "ADP"
        or sentence.words[base].lemma != sentence.words[base].form
    ):
        return False
    after = [
        sentence.words[i] for i in words if i > base and sentence.words[i].upos in ("NOUN", "PROPN")
    ]
    plural = [word for word in after if number_of(word) == "plur"]
    return bool(plural) and kind_of_noun(noun_of(plural[0], lexicon), "plur", lexicon) == "group"


def _base(sentence: Sentence, first: int, last: int, named: list[Mention], lexicon: Lexicon) -> int:
    """Return the end of the noun phrase at the front of a source.

    That is before a comma, a preposition, a relative clause or "and".
    """
    at = first
    while at < last:
        longer = max(
            (m.end for m in named if m.form == "name" and m.title <= at < m.end), default=at
        )
        if longer > at:
            at = longer
            continue
        word = sentence.words[at]
        clause = (
            word.deprel.startswith("acl")
            or (word.feat("PronType") == "Rel" and at > first)
            or is_participle_after_noun(word)
            or (word.upos == "VERB" and word.feat("VerbForm") == "Fin")
        )
        beside = word.deprel in BESIDE and first <= word.head < at  # "herself", "yesterday"
        if at > first and (
            word.upos in ("ADP", "SCONJ", "AUX")
            or (word.upos == "CCONJ" and not _joins_parts(sentence, at, first, last))
            or word.form in (",", "(", "—", "–", "--", ";", ":")
            or clause
            or beside
        ):
            break
        at += 1
    while at > first + 1 and (
        sentence.words[at - 1].upos in ("PART", "PUNCT", "ADV")
        or sentence.words[at - 1].form in lexicon.possessive_particles
    ):
        at -= 1
    return at


def _name_ending_at(inside: list[tuple[int, Mention]], end: int) -> int | None:
    """Return the name that ends the noun phrase."""
    return next((i for i, m in inside if m.form == "name" and m.end == end), None)


def _coordinated(
    sentence: Sentence,
    base: int,
    last: int,
    named: int | None,
    inside: list[tuple[int, Mention]],
    lexicon: Lexicon,
) -> bool:
    """Return True if "and" joins another speaker to the first ("Roe and her lawyer").

    Not another role: "founder and chief executive Ann Roe"; "Ann Roe, a biologist and diver".
    """
    joint = next((i for i in range(base, last) if sentence.words[i].upos == "CCONJ"), None)
    if joint is None or any(
        word.upos in ("ADP", "VERB") or word.feat("PronType") == "Rel"
        for word in sentence.words[base:joint]
    ):
        return False
    if _joins_parts(sentence, joint, base, last):
        return False
    after = [m for _, m in inside if m.start > joint]
    if any(m.end == last and _is_of_role(sentence, joint, m, inside, lexicon) for m in after):
        return False
    comma = next((i for i in range(base, joint) if sentence.words[i].form in COMMAS), joint)
    if named is not None:
        apposed = comma == base < joint - 1 and sentence.words[joint - 1].form not in COMMAS
        names = any(
            m.form == "name"
            and m.kind == "person"
            and m.title == joint + 1
            and (m.end >= last or sentence.words[m.end].upos != "NOUN")
            for m in after
        )
        listed = apposed and any(
            m.form == "name" and base < m.title < joint and m.title == base + 1 for _, m in inside
        )
        return bool(after) and (not apposed or names or listed)
    determined = (
        joint + 1 < last and fold_word(sentence.words[joint + 1].form) in lexicon.determiners
    )
    return bool(after) and (
        determined or not any(m.form == "name" and m.end == last for m in after)
    )


def _is_of_role(
    sentence: Sentence,
    joint: int,
    name: Mention,
    inside: list[tuple[int, Mention]],
    lexicon: Lexicon,
) -> bool:
    """Return True if "and" stands inside the office before a person's name.

    "Lagos and Abuja Roads Office director Ann Roe": one speaker.
    """
    if name.form != "name" or name.entity != "PER":
        return False
    roles = roles_of(sentence, name, [m for _, m in inside], lexicon)
    word = sentence.words[joint].span
    return any(role.sort == "office" and role.span.overlaps(word) for role in roles)


def _joins_parts(sentence: Sentence, joint: int, base: int, last: int) -> bool:
    """Return True if "and" joins parts of one phrase ("political and military leaders").

    The tree hangs the second part on a word that is not the head of what stands before.
    """
    words = sentence.words
    second = words[joint].head
    if second < joint or words[second].deprel != "conj" or not 0 <= words[second].head < joint:
        return False
    first = words[words[second].head]
    return first.deprel in PARTS and words[second].head < first.head < last


def _described_name(
    sentence: Sentence,
    base: int,
    last: int,
    own: list[tuple[int, Mention]],
    inside: list[tuple[int, Mention]],
    lexicon: Lexicon,
) -> int | None:
    """Return the name of the person whom the noun phrase at the front of a source describes.

    The role that the sentence gives to the name holds the head of the phrase ("the head of the
    bank, Ann Roe"; "mayor of Oslo Ann Roe"; "the secretary, Harbour Fund, Ann Roe"), whatever the
    noun where the name closes the source behind a comma ("the beekeeper, Ann Roe").
    """
    words = sentence.words
    first = inside[0][1].start if inside else base
    head = _noun_before(sentence, min(first, base - 1), base)
    if head >= last:  # a source without any noun, such as punctuation
        return None
    people = [
        (i, m)
        for i, m in inside
        if m.form == "name" and m.kind != "organization" and m.entity != "MISC" and m.end > head
    ]
    people.sort(key=lambda pair: pair[1].entity != "PER")
    holder = holder_behind_complement(sentence, head, base, last, inside, lexicon)
    if holder is not None:
        return holder
    end = next((i for i in range(last, len(words)) if words[i].form not in CLOSED), last)
    behind = [
        (i, m)
        for i, m in own
        if m.form == "name" and m.entity == "PER" and m.title == end + 1
        if end < len(words) and words[end].form == ","
    ]  # "according to the mayor, Ann Roe, the bridge will close"
    body = _body_behind(sentence, head, base if base < last else end, own, lexicon)
    if body is not None:
        return body
    for index, mention in (*people, *behind):
        if is_of_titled(sentence, base, mention, lexicon):
            continue
        ends = mention.end == last and mention.governor == head  # "... Authority (A) governor Roe"
        for role in roles_of(sentence, mention, [m for _, m in own], lexicon):
            titles = ends and role.span.end <= mention.span.start
            if role.sort != "circumstance" and (titles or role.span.overlaps(words[head].span)):
                return index
    for index, mention in people:
        roles = roles_of(sentence, mention, [m for _, m in own], lexicon)
        if words[mention.title - 1].form in COMMAS and any(
            role.sort == "office" and mention.span.end <= role.span.start for role in roles
        ):
            return index  # "Harbour Post, Ann Roe, spokeswoman of the ministry"
    for index, mention in reversed(people):
        before = words[mention.title - 1].form if mention.title > base - 1 > 0 else ""
        closes = mention.end == last or words[mention.end].form in COMMAS | OPENING
        if (
            before in COMMAS | OPENING
            and closes
            and _describes_one(sentence, min(first, base), base, head, lexicon)
        ):
            return index
        if before in CLOSED and mention.end == last and mention.entity == "PER":
            return index  # "director of the Harbour Fund (HF) Ann Roe"
    return None


def _body_behind(
    sentence: Sentence, head: int, end: int, own: list[tuple[int, Mention]], lexicon: Lexicon
) -> int | None:
    """Return the organization named between commas behind its description.

    "Said the football body, | FIFA."; not the first of a list ("the body, FIFA, and Acme").
    """
    words = sentence.words
    if end >= len(words) or words[end].form != "," or number_of(words[head]) == "plur":
        return None
    body = noun_of(words[head], lexicon) in lexicon.organizations
    thing = words[head].upos == "NOUN" and not describes_person(words[head], lexicon)
    start = end + 1
    if start < len(words) and fold_word(words[start].form) in lexicon.definite_articles:
        start += 1
    closing = frozenset({",", ".", ";", '"'})
    for index, mention in own:
        if mention.form == "name" and mention.entity == "ORG" and mention.start == start:
            after = words[mention.end : mention.end + 2]
            listed = len(after) > 1 and after[1].upos in ("CCONJ", "PROPN")
            closed = not after or after[0].form in closing
            name = words[mention.head]
            initials = thing and name.form.isupper()
            tied = body or initials or (name.deprel == "appos" and name.head == head)
            return index if tied and closed and not listed else None
    return None


def _describes_one(sentence: Sentence, first: int, base: int, head: int, lexicon: Lexicon) -> bool:
    """Return True if the head of a noun phrase is singular, or an office stands before it."""
    words = sentence.words
    if words[head].upos == "NOUN" and number_of(words[head]) == "sing":
        return True
    return any(
        number_of(word) == "sing" and lexicon.is_role(fold_word(word.form))
        for word in words[first:base]
    )  # "general manager people & place, Ann Roe"


def _noun_before(sentence: Sentence, first: int, end: int) -> int:
    """Return the head of a noun phrase that ends at `end`: its last noun."""
    nouns = [i for i in range(first, end) if sentence.words[i].upos in ("NOUN", "PROPN")]
    return nouns[-1] if nouns else max(first, end - 1)


def _definite(sentence: Sentence, first: int, head: int, lexicon: Lexicon) -> Definite:
    if any(_is_possessive(word, lexicon) for word in sentence.words[first:head]):
        return "possessive"
    return definiteness_of(sentence.words[first], lexicon) if first < head else "bare"


def _is_possessive(word: Word, lexicon: Lexicon) -> bool:
    return word.upos == "PART" and word.form in lexicon.possessive_particles


def _possessor(
    document: Document, sentence: Sentence, first: int, head: int, lexicon: Lexicon
) -> str:
    """Return the words of the possessor, a pronoun or a name, or ""."""
    for index in range(first, head):
        word = sentence.words[index]
        if word.feat("Poss") == "Yes" or (word.upos == "PRON" and word.deprel == "nmod:poss"):
            return word.form
        if _is_possessive(word, lexicon):
            return display_name(
                document.text[sentence.words[first].span.start : word.span.start], lexicon
            )
    return ""


def _withheld(
    sentence: Sentence, first: int, head: int, said: str, noun: str, lexicon: Lexicon
) -> bool:
    """Return True if the words show that names are withheld.

    "On condition of anonymity", "two officials", "a senior official", "sources".
    """
    if any(phrase in said for phrase in lexicon.unnamed_phrases) or noun in lexicon.always_unnamed:
        return True
    before = [fold_word(word.form) for word in sentence.words[first:head]]
    counted = any(word.upos == "NUM" for word in sentence.words[first:head])
    return (noun in lexicon.unnamed or lexicon.is_role(noun)) and (
        counted or any(word in lexicon.unnamed for word in before)
    )
