"""Roles after a name: appositions, brackets, what somebody leads or belongs to.

In: a `PhraseReader` and the mention of a name. Out: a `Role` or None.
"""

from __future__ import annotations

from collections.abc import Iterator

from quotes.speakers.mentions import (
    APPOSITION_RELATIONS,
    Mention,
    noun_of,
)
from quotes.speakers.role_phrases import (
    CLOSING,
    COMMAS,
    MAX_BRACKET,
    MAX_ROLE_WORDS,
    OPENING,
    Phrase,
    PhraseReader,
    Role,
    base_end,
    complement_end,
    describes_office,
    describes_person,
    make_role,
    may_be_person,
    read_phrase,
)
from quotes.text.folding import fold_word

MAX_PARTS = 3  # between commas, of one description ("45, of Oslo, a member of the council")


def role_after(reader: PhraseReader, mention: Mention) -> Role | None:
    """Find the description after a name.

    "Ann Roe, 45, of Oslo, a member of the council,"; "Ann Roe (director)"; "Ann Roe, who leads the
    council"; "Ann Roe of the Harbour Fund"; "Ann Roe MP".
    """
    lesser: Role | None = None
    for at in _places_after(reader, mention.end):
        apart = at > mention.end or _opens_office(reader, at)
        role = _apposition(reader, mention, at) if apart else None
        if role is not None and role.sort == "office":
            return role
        lesser = lesser or role or _belonging(reader, mention, at)
    return lesser


def _opens_office(reader: PhraseReader, at: int) -> bool:
    """Return True for an office right behind a name: "Ann Roe | MP", "Ann Roe | former mayor"."""
    if at >= len(reader.sentence.words):
        return False
    form, lexicon = reader.sentence.words[at].form, reader.lexicon
    return lexicon.is_abbreviated_office(form) or form in lexicon.role_standings


def _places_after(reader: PhraseReader, end: int) -> Iterator[int]:
    """Yield the words at which a description of the name that ends at `end` may begin."""
    words, at = reader.sentence.words, end
    yield at
    for _ in range(MAX_PARTS):
        if at < len(words) and words[at].form in OPENING:
            yield at + 1
            at = _after_bracket(reader, at)
        if at >= len(words) or words[at].form not in COMMAS:
            return
        at = _after_age(reader, at + 1)
        if at in reader.people and not _is_possessor(reader, at):
            return
        yield at
        at = _next_comma(reader, at)


def _organization_end(reader: PhraseReader, first: int) -> int | None:
    """Return the end of an organization, with a noun for it behind or before the name.

    "The Harbour Fund", "the Northern Arapaho preservation office", "refugee charity Care4Harbour".
    """
    words, lexicon = reader.sentence.words, reader.lexicon
    end, named_end = base_end(reader, first), reader.ends.get(first)
    if named_end is not None:
        longer = end > named_end and noun_of(words[end - 1], lexicon) in lexicon.organizations
        return end if longer else named_end
    nouns = (
        words[i]
        for i in range(first, end - 1)
        if noun_of(words[i], lexicon) in lexicon.organizations
    )
    noun = next(nouns, None)
    if noun is None or not noun.form.islower():
        return None
    return end if words[end - 1].upos == "PROPN" or end in reader.starts else None


def _is_possessor(reader: PhraseReader, at: int) -> bool:
    """Return True for another person whose somebody is: "Ann Roe, Bo Lind's lawyer"."""
    words = reader.sentence.words
    end = next(
        (i for i in range(at, min(at + MAX_ROLE_WORDS, len(words))) if i not in reader.people),
        len(words),
    )
    return end < len(words) and words[end].form in reader.lexicon.possessive_particles


def _after_bracket(reader: PhraseReader, at: int) -> int:
    """Return the place after a short bracket ("Lindsey Graham (R-S.C.), a senator").

    After a long one it is the end of the sentence.
    """
    words = reader.sentence.words
    close = next(
        (i for i in range(at, min(at + MAX_BRACKET, len(words))) if words[i].form in (")", "]")),
        None,
    )
    return len(words) if close is None else close + 1


def _after_age(reader: PhraseReader, at: int) -> int:
    """Return the place after ages and degrees between commas ("45,", "PhD,")."""
    words, lexicon = reader.sentence.words, reader.lexicon
    while (
        at + 1 < len(words)
        and (words[at].upos == "NUM" or fold_word(words[at].form) in lexicon.suffixes)
        and not lexicon.is_abbreviated_office(words[at].form)
        and words[at + 1].form == ","
    ):
        at += 2
    return at


def _next_comma(reader: PhraseReader, at: int) -> int:
    """Return the comma after a part without a verb, else the end of the sentence."""
    words = reader.sentence.words
    for index in range(at, min(at + MAX_ROLE_WORDS, len(words))):
        if words[index].form == ",":
            return index
        if words[index].upos in ("VERB", "AUX") or words[index].form in CLOSING - {"-"}:
            return len(words)
    return len(words)


def _apposition(reader: PhraseReader, mention: Mention, at: int) -> Role | None:
    """Find the role in the noun phrase that begins at `at`, where it is an apposition."""
    words, lexicon = reader.sentence.words, reader.lexicon
    if at >= len(words):
        return None
    possessive = lexicon.determiners.get(fold_word(words[at].form)) == "possessive"
    praised = fold_word(words[at].form) in lexicon.evaluative  # "distinguished | fellow of"
    phrase = _behind_adverb(reader, at) or read_phrase(reader, at + (possessive or praised))
    one = phrase is not None and words[phrase.start].upos == "NUM" and phrase.head > phrase.start
    if phrase is None or (words[phrase.head].feat("Number") == "Plur" and not one):
        return None
    head = words[phrase.head]
    top = head
    while top.deprel == "conj" and phrase.start <= top.head < phrase.end:
        top = words[top.head]
    tied = top.deprel in APPOSITION_RELATIONS and (
        mention.start <= top.head < mention.end or top.head == mention.governor
    )
    listed = one or describes_person(head, lexicon)
    unlisted = (
        tied
        and head.upos == "NOUN"
        and mention.entity == "PER"
        and may_be_person(noun_of(head, lexicon), lexicon)
    )
    other = _joined_office(reader, phrase)
    closed = _is_closed(reader, phrase, tied=tied) or (
        other is not None and _is_closed(reader, other, tied=False)
    )
    if not (listed or unlisted) or not closed:
        return None
    if possessive:
        phrase = Phrase(phrase.start - 1, phrase.end, phrase.head)
    office = describes_office(head, lexicon) and not possessive
    if possessive and other is not None:
        return make_role(reader, other, "office")
    if office and phrase.end == phrase.head + 1:
        phrase = _with_organizations(reader, phrase)
    return make_role(reader, phrase, "office" if office else "person")


def _behind_adverb(reader: PhraseReader, at: int) -> Phrase | None:
    """Read a noun phrase with an article behind an adverb: "now a teacher", "formerly the mayor".

    An adverb that makes another role of it ("formerly") is a part of the phrase.
    """
    words, lexicon = reader.sentence.words, reader.lexicon
    if (
        at + 1 >= len(words)
        or words[at].upos != "ADV"
        or lexicon.determiners.get(fold_word(words[at + 1].form)) not in ("definite", "indefinite")
    ):
        return None
    phrase = read_phrase(reader, at + 1)
    if phrase is None or fold_word(words[at].form) not in lexicon.role_prefixes:
        return phrase
    return Phrase(at, phrase.end, phrase.head)


def _joined_office(reader: PhraseReader, phrase: Phrase) -> Phrase | None:
    """Return the office joined to what somebody is to another: "his wife | and the chair"."""
    words = reader.sentence.words
    if phrase.end + 1 >= len(words) or words[phrase.end].upos != "CCONJ":
        return None
    other = read_phrase(reader, phrase.end + 1)
    if other is None or words[other.head].head != phrase.head:
        return None
    return other if describes_office(words[other.head], reader.lexicon) else None


def _with_organizations(reader: PhraseReader, phrase: Phrase) -> Phrase:
    """Return a bare office with organizations behind commas: "Professor | , Oslo University"."""
    words, end = reader.sentence.words, phrase.end
    while end + 1 < len(words) and words[end].form == "," and end + 1 in reader.ends:
        after = reader.ends[end + 1]
        after = complement_end(reader, after)
        if after < len(words) and words[after].form not in CLOSING:
            break
        end = after
    return Phrase(phrase.start, end, phrase.head)


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
        or ((tied or described) and not subject and after.upos != "PROPN")
    )


def _equated(reader: PhraseReader, at: int) -> Role | None:
    """Find the office in "Ann Roe, who is | the head of the bank", whatever its clause hangs on."""
    phrase = read_phrase(reader, at)
    if phrase is None or not describes_office(reader.sentence.words[phrase.head], reader.lexicon):
        return None
    return make_role(reader, phrase, "office")


def _belonging(reader: PhraseReader, mention: Mention, at: int) -> Role | None:
    """Find what a person leads or where one belongs.

    "Who chairs the council", "of the Harbour Fund", without a noun for the person.
    """
    words, lexicon = reader.sentence.words, reader.lexicon
    if at + 1 >= len(words):
        return None
    if fold_word(words[at].form) in lexicon.relatives:
        if words[at + 1].deprel == "cop":
            return _equated(reader, at + 2)
        verb = next(
            (i for i in range(at + 1, min(at + 4, len(words))) if words[i].upos == "VERB"), None
        )
        if verb is None or words[verb].lemma not in lexicon.leading_verbs:
            return None
        phrase = read_phrase(reader, verb + 1)
        if phrase is None:
            return None
        return make_role(reader, Phrase(verb, phrase.end, phrase.head), "circumstance")
    if fold_word(words[at].form) not in lexicon.belonging_prepositions:
        return None
    first = at + 1 + (fold_word(words[at + 1].form) in lexicon.definite_articles)
    end = _organization_end(reader, first)
    if end is None or (
        end < len(words) and words[end].form not in CLOSING | OPENING and at != mention.end
    ):
        return None
    return make_role(reader, Phrase(at, end, end - 1), "circumstance")
