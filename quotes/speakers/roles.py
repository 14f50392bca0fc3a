"""The roles of a named person or organization, as the text gives them.

In: a sentence, the words of a name in it and the other names. Out: `Role`s, cut from the text
without the article in front: before the name, after it, or in a sentence of its own. Forms of
address (Mr, Mrs) and nationalities alone are no roles, nor are ages and seats in brackets
("R-S.C.").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.language.lexicon import Lexicon
from quotes.records import Sentence
from quotes.speakers.mentions import (
    Mention,
    noun_phrase_start,
)
from quotes.speakers.role_phrases import (
    Phrase,
    PhraseReader,
    Role,
    complement_end,
    describes_office,
    describes_person,
    make_role,
    phrase_reader,
)
from quotes.speakers.roles_after import role_after
from quotes.speakers.roles_before import (
    role_apposed_before,
    role_before,
    role_before_organization,
)
from quotes.text.folding import fold_word


def roles_of(
    sentence: Sentence, mention: Mention, names: Sequence[Mention], lexicon: Lexicon
) -> tuple[Role, ...]:
    """Find the roles that a sentence gives to a named mention, the nearest to the name first.

    `names` are the mentions of the sentence.
    """
    reader = phrase_reader(sentence, names, lexicon, besides=mention)
    if mention.kind == "organization":
        before = role_before_organization(reader, mention)
        return (before,) if before else ()
    found = [
        role_before(reader, mention),
        role_after(reader, mention),
        role_apposed_before(reader, mention),
        *_predicated(reader, mention),
    ]
    return tuple(role for role in found if role is not None)


def predicated_offices(
    sentence: Sentence, mention: Mention, names: Sequence[Mention], lexicon: Lexicon
) -> tuple[Role, ...]:
    """Find the offices that a sentence says the subject has: "*She* is a teacher of music".

    `names` are the mentions of the sentence.
    """
    reader = phrase_reader(sentence, names, lexicon, besides=mention)
    return tuple(role for role in _predicated(reader, mention) if role.sort == "office")


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
        relative = (
            words[verb].deprel in ("acl:relcl", "appos")
            and mention.start <= words[verb].head < mention.end
            and any(fold_word(words[i].form) in lexicon.relatives for i in subjects)
        )  # not "Ann Roe, whose mother is a nurse"
        if own or relative:
            start = noun_phrase_start(reader.sentence, index)
            end = complement_end(reader, index + 1)
            office = describes_office(word, lexicon)
            if not office and end == index + 1:
                continue  # "she is a good kid" is no role, "a mother of two" is one
            yield make_role(reader, Phrase(start, end, index), "office" if office else "person")


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
        (words[i].deprel == "aux" and (verb == index or words[i].lemma != "have"))
        or words[i].deprel == "mark"
        or words[i].feat("Polarity") == "Neg"
        for at in {index, verb}
        for i in reader.sentence.children[at]
    )
    return None if doubtful else verb
