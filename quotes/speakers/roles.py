"""The roles of a named person or organization, as the text gives them.

In: a sentence and the words of a name in it. Out: `Role`s, cut from the text without the article in
front: before the name, after it, or in a sentence of its own. Forms of address (Mr, Mrs) and
nationalities alone are no roles, nor are ages and seats in brackets ("R-S.C.").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quotes.language.lexicon import Lexicon
from quotes.records import Sentence, Span
from quotes.speakers.mentions import Mention, noun_of, noun_phrase_start, number_of
from quotes.text.folding import fold_word

MAX_ROLE_WORDS = 25  # complement and all
BEFORE = frozenset({"NOUN", "PROPN", "ADJ", "X", "NUM", "PART", "SYM"})
CLOSING = frozenset({",", ".", ")", ";", ":", "—", "–", "--", "-", '"', "]", "!", "?"})


@dataclass(frozen=True, slots=True)
class Role:
    """A role as it stands in the text, with its head noun and its words in lower case."""

    span: Span
    noun: str
    words: frozenset[str]


def roles_of(sentence: Sentence, mention: Mention, lexicon: Lexicon) -> tuple[Role, ...]:
    """Find the roles that a sentence gives to a named mention, the nearest to the name first."""
    found = [role_before(sentence, mention, lexicon), role_after(sentence, mention.end, lexicon)]
    if mention.kind != "organization":
        found += [
            _apposed_before(sentence, mention, lexicon),
            *_predicated(sentence, mention, lexicon),
        ]
    return tuple(role for role in found if role is not None)


def role_before(sentence: Sentence, mention: Mention, lexicon: Lexicon) -> Role | None:
    """Find the title or role right before a name ("the state-run news agency")."""
    end = mention.start
    while end > 0 and fold_word(sentence.words[end - 1].form) in lexicon.honorifics:
        end -= 1
    start = end
    while (
        start > 0
        and end - start < MAX_ROLE_WORDS
        and _continues_left(sentence, start - 1, end, mention, lexicon)
    ):
        start -= 1
    while start < end and (
        sentence.words[start].upos in ("PART", "CCONJ", "PUNCT", "SYM")
        or sentence.words[start].form == "-"
    ):
        start += 1
    if start >= end or not _names_role(sentence, end - 1, mention, lexicon):
        return None
    return _role(sentence, start, end, end - 1, lexicon)


def _names_role(sentence: Sentence, last: int, mention: Mention, lexicon: Lexicon) -> bool:
    word = sentence.words[last]
    noun = noun_of(word, lexicon)
    if number_of(word) == "plur" and word.upos == "NOUN":
        return False
    if mention.kind == "organization":
        return word.upos == "NOUN" and (noun in lexicon.organizations or noun in lexicon.groups)
    if lexicon.is_role(noun) or lexicon.is_role(fold_word(word.form)):
        return True
    return any(
        _matches_before(sentence, last + 1, title)
        for titles in lexicon.long_titles.values()
        for title in titles
    )


def _matches_before(sentence: Sentence, end: int, title: tuple[str, ...]) -> bool:
    return (
        end >= len(title)
        and tuple(fold_word(word.form) for word in sentence.words[end - len(title) : end]) == title
    )


def _continues_left(
    sentence: Sentence, index: int, end: int, mention: Mention, lexicon: Lexicon
) -> bool:
    """Return True if the word at `index` belongs to the role whose other words follow it."""
    word = sentence.words[index]
    low = fold_word(word.form)
    if mention.title <= index:
        return low not in lexicon.determiners
    if (
        index == end - 1
        and word.upos in ("NOUN", "PROPN")
        and lexicon.is_role(noun_of(word, lexicon))
    ):
        return True
    if low in lexicon.determiners or word.form in lexicon.calendar or low in lexicon.pronouns:
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
    if word.upos not in BEFORE and not participle and low not in lexicon.role_prefixes:
        return False
    return _is_attached(sentence, index, mention.end)


def _is_attached(sentence: Sentence, index: int, end: int) -> bool:
    """Return True if a word hangs on one of the words up to `end`, or one of them on it."""
    if index < sentence.words[index].head < end:
        return True
    return any(sentence.words[i].head == index for i in range(index + 1, end))


def role_after(sentence: Sentence, end: int, lexicon: Lexicon) -> Role | None:
    """Find the apposition after a name ("Ann Roe, 45, a member of the council,")."""
    words = sentence.words
    at = _after_possessive(sentence, end)
    if at >= len(words) or words[at].form not in (",", "(", "—", "–", "--"):
        return None
    at += 1
    while (
        at + 1 < len(words)
        and (words[at].upos == "NUM" or fold_word(words[at].form) in lexicon.suffixes)
        and words[at + 1].form == ","
    ):
        at += 2
    if at < len(words) and fold_word(words[at].form) in lexicon.determiners:
        if lexicon.determiners[fold_word(words[at].form)] == "possessive":
            return None
        at += 1
    head = _base_end(sentence, at, lexicon) - 1
    if head < at or not (
        lexicon.is_role(noun_of(words[head], lexicon))
        or noun_of(words[head], lexicon) in lexicon.people
    ):
        return None
    stop = complement_end(sentence, head + 1, lexicon)
    if (
        stop < len(words)
        and words[stop].form not in CLOSING
        and words[stop].feat("PronType") != "Rel"
        and fold_word(words[stop].form) not in lexicon.relatives
    ):
        return None
    return _role(sentence, at, stop, head, lexicon)


def _after_possessive(sentence: Sentence, end: int) -> int:
    """Return the place after a bracket with party and state.

    "Lindsey Graham (R-S.C.), a senator".
    """
    words = sentence.words
    if end < len(words) and words[end].form in ("(", "["):
        close = next(
            (i for i in range(end, min(end + 7, len(words))) if words[i].form in (")", "]")), None
        )
        if close is not None:
            return close + 1
    return end


def _base_end(sentence: Sentence, start: int, lexicon: Lexicon) -> int:
    """Return the end of the noun phrase without complements that begins at `start`."""
    words, at = sentence.words, start
    while at < len(words) and at - start < MAX_ROLE_WORDS:
        word = words[at]
        joins = (
            word.upos == "CCONJ"
            and at > start
            and at + 1 < len(words)
            and fold_word(words[at + 1].form) not in lexicon.determiners
        )
        fits = word.upos in BEFORE or (
            word.form in ("-", "/") or word.form in lexicon.possessive_particles or joins
        )
        participle = (
            word.upos in ("VERB", "ADV")
            and at + 1 < len(words)
            and word.deprel in ("amod", "advmod", "compound")
        )
        if not fits and not participle:
            break
        at += 1
    while at > start and words[at - 1].upos in ("CCONJ", "PUNCT", "ADV"):
        at -= 1
    return at


def complement_end(sentence: Sentence, start: int, lexicon: Lexicon) -> int:
    """Return the end of the complement ("of the council") that begins at `start`, or `start`."""
    words, at = sentence.words, start
    if at >= len(words) or (
        words[at].upos != "ADP" and fold_word(words[at].form) not in lexicon.complement_openers
    ):
        return start
    while at < len(words) and at - start < MAX_ROLE_WORDS:
        word = words[at]
        relative = word.feat("PronType") == "Rel" or fold_word(word.form) in lexicon.relatives
        if (
            word.form in CLOSING - {"-"}
            or word.form == "("
            or word.upos in ("AUX", "SCONJ")
            or (relative and word.upos == "PRON")
        ):
            break
        if word.upos == "VERB" and word.deprel not in ("amod", "compound") and word.form.islower():
            break
        at += 1
    while at > start and words[at - 1].upos in ("CCONJ", "ADP", "PUNCT"):
        at -= 1
    return max(at, start)


def _apposed_before(sentence: Sentence, mention: Mention, lexicon: Lexicon) -> Role | None:
    """Find the noun phrase to which a name is an apposition ("the deputy minister, Ann Roe,")."""
    words, comma = sentence.words, mention.title - 1
    if comma < 1 or words[comma].form != ",":
        return None
    closed = (
        mention.end >= len(words)
        or words[mention.end].form in CLOSING
        or words[mention.end].upos in ("CCONJ", "ADP")
    )
    head = next(
        (
            i
            for i in range(comma - 1, max(-1, comma - 12), -1)
            if _is_role_head(sentence, i, comma, lexicon)
        ),
        None,
    )
    if head is None:
        return None
    tied = mention.governor == head or words[mention.head].head == head
    if not tied and not (closed and head == comma - 1):
        return None
    start = noun_phrase_start(sentence, head)
    first = fold_word(words[start].form)
    if start < head and first in lexicon.determiners:
        if lexicon.determiners[first] == "possessive":
            return None
        start += 1
    elif not tied:
        return None
    return _role(sentence, start, comma, head, lexicon)


def _is_role_head(sentence: Sentence, index: int, comma: int, lexicon: Lexicon) -> bool:
    """Return True for a role noun whose complement, if any, reaches the comma."""
    word = sentence.words[index]
    if (
        word.upos not in ("NOUN", "PROPN")
        or not lexicon.is_role(noun_of(word, lexicon))
        or word.feat("Number") == "Plur"
    ):
        return False
    return index == comma - 1 or complement_end(sentence, index + 1, lexicon) == comma


def _predicated(sentence: Sentence, mention: Mention, lexicon: Lexicon) -> Iterator[Role]:
    """Yield roles from sentences such as "Ann Roe is the chief executive of the bank"."""
    for index, word in enumerate(sentence.words):
        if (
            word.upos not in ("NOUN", "PROPN")
            or word.feat("Number") == "Plur"
            or not lexicon.is_role(noun_of(word, lexicon))
        ):
            continue
        below = [sentence.words[i] for i in sentence.children[index]]
        doubtful = any(
            child.deprel in ("aux", "mark") or child.feat("Polarity") == "Neg" for child in below
        )
        if doubtful or not any(child.deprel == "cop" for child in below):
            continue
        subjects = [i for i in sentence.children[index] if sentence.words[i].deprel == "nsubj"]
        own = any(mention.start <= i < mention.end for i in subjects)
        relative = word.deprel == "acl:relcl" and mention.start <= word.head < mention.end
        if own or relative:
            start = noun_phrase_start(sentence, index)
            start += start < index and fold_word(sentence.words[start].form) in lexicon.determiners
            yield _role(
                sentence, start, complement_end(sentence, index + 1, lexicon), index, lexicon
            )


def _role(sentence: Sentence, start: int, end: int, head: int, lexicon: Lexicon) -> Role:
    words = sentence.words[start:end]
    span = Span(words[0].span.start, words[-1].span.end)
    return Role(
        span,
        noun_of(sentence.words[head], lexicon),
        frozenset(fold_word(word.form) for word in words),
    )
