"""First names that the tagger or the tokenizer cuts off a name.

In: words of a sentence, and the names that the tagger found, by word. Out: answers for
`name_spans`: which words beside a tagged name belong to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quotes.language.lexicon import Lexicon
from quotes.records import EntityMention, Sentence
from quotes.speakers.office_names import kind_at
from quotes.text.folding import fold_word

MAX_NICKNAME = 3  # words
NICKNAME_MARKS = {'"': '"', "(": ")"}


def small_half(sentence: Sentence, end: int, tagged: Mapping[int, EntityMention]) -> int:
    """Return how many words make the small second half of a first name ("Jaw Shaw | -kong")."""
    form = sentence.words[end].form
    size = 2 if form == "-" else 1
    last = end + size - 1
    joined = (
        form.startswith("-")
        and last < len(sentence.words)
        and all(glued(sentence, at) for at in range(end, last + 1))
        and kind_at(tagged, last) == "PER"
        and tagged.get(last) is tagged.get(end - 1)
    )
    return size if joined else 0


def behind_nickname(
    sentence: Sentence, end: int, capital: Sequence[bool], tagged: Mapping[int, EntityMention]
) -> int:
    """Return the end of the word behind a nickname in marks, 0 where there is none.

    'Walid | “Uncle Sam” Haddad', "Maria | (Mimi) Lopez".
    """
    words = sentence.words
    closing = NICKNAME_MARKS.get(words[end].form)
    if closing is None or kind_at(tagged, end - 1) != "PER":
        return 0
    last = min(end + 2 + MAX_NICKNAME, len(words) - 1)
    close = next((i for i in range(end + 2, last) if words[i].form == closing), None)
    if close is None or not (capital[close + 1] and kind_at(tagged, close + 1) == "PER"):
        return 0
    return close + 2


def is_untagged_first_name(
    sentence: Sentence,
    core: int,
    surname: int,
    tagged: Mapping[int, EntityMention],
    lexicon: Lexicon,
) -> bool:
    """Return True for one word that the tree joins to a surname tagged alone ("Sherlock | Roe")."""
    word, low = sentence.words[core], fold_word(sentence.words[core].form)
    return (
        surname - core == 1
        and core not in tagged
        and tagged.get(surname + 1) is not tagged[surname]
        and word.upos == "PROPN"
        and word.form[1:].islower()
        and sentence.words[surname].head == core
        and sentence.words[surname].deprel.startswith("flat")
        and low not in lexicon.places
        and low not in lexicon.organizations
        and low not in lexicon.people
        and (
            not is_listed(low, lexicon)
            or (low in lexicon.demonyms and stands_behind_role(sentence, core, lexicon))
        )
    )


def is_first_name_of_calendar(
    sentence: Sentence, index: int, tagged: Mapping[int, EntityMention], lexicon: Lexicon
) -> bool:
    """Return True for a month or day that is a first name before a surname tagged alone: "May Roe".

    It opens the sentence or stands behind a form of address or a role, and says no time there:
    "in May | Roe won".
    """
    word, before = sentence.words[index], sentence.words[index - 1] if index else None
    if word.form not in lexicon.calendar:
        return False
    opens = before is None or (
        lexicon.is_honorific(before.form) or lexicon.is_role(fold_word(before.form))
    )
    named = word.upos == "PROPN" and not word.deprel.startswith(("obl", "advmod"))
    return opens and named and kind_at(tagged, index + 1) == "PER"


def stands_behind_role(sentence: Sentence, index: int, lexicon: Lexicon) -> bool:
    """Return True for a word right behind a role in small letters: "candidate | Tory Roe".

    An adjective of a nation or party would stand before the role.
    """
    before = sentence.words[index - 1] if index else None
    return (
        before is not None
        and before.form.islower()
        and before.upos in ("NOUN", "PROPN")
        and before.feat("Number") != "Plur"
        and lexicon.is_role(fold_word(before.form))
    )


def glued(sentence: Sentence, index: int) -> bool:
    """Return True if no space stands before the word."""
    return index > 0 and sentence.words[index - 1].span.end == sentence.words[index].span.start


def is_listed(word: str, lexicon: Lexicon) -> bool:
    """Return True for a word that is a determiner, or a noun for people or documents."""
    return any(
        word in words
        for words in (lexicon.determiners, lexicon.demonyms, lexicon.groups, lexicon.documents)
    ) or lexicon.is_role(word)
