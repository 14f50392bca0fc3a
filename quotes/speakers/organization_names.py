"""Names that are those of organizations by what stands around them.

In: words of a sentence with their tree, and the place of a name. Out: answers for `name_spans`.
"""

from __future__ import annotations

from quotes.language.lexicon import Lexicon
from quotes.records import Sentence
from quotes.text.folding import fold_word

IN_ONE_PHRASE = frozenset({"appos", "flat", "compound", "nmod:desc"})  # labels of name on noun


def is_called_after(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> bool:
    """Return True for a name behind the noun for an organization: "the rock band | Cream,".

    Not for the subject of a clause ("the company | Roe founded"), but where the tree takes noun
    and name together: "the newspaper | Milenio reported".
    """
    if start < 2:
        return False
    noun, after = sentence.words[start - 1], sentence.words[end : end + 1]
    return (
        noun.upos in ("NOUN", "PROPN")
        and noun.form.islower()
        and noun.feat("Number") != "Plur"
        and fold_word(noun.form) in lexicon.organizations
        and (
            _are_one_phrase(sentence, start, end)
            or not any(word.upos in ("VERB", "AUX", "ADV", "PART") for word in after)
        )
    )


def _are_one_phrase(sentence: Sentence, start: int, end: int) -> bool:
    """Return True if a name hangs on the noun before it or the other way round.

    Or both as subjects on one verb behind them.
    """
    words, noun = sentence.words, sentence.words[start - 1]
    head = next((n for n in range(start, end) if not start <= words[n].head < end), start)
    return (
        noun.head == head
        or (words[head].head == start - 1 and words[head].deprel in IN_ONE_PHRASE)
        or (
            noun.head == words[head].head >= end
            and noun.deprel == words[head].deprel == "nsubj"
            and not words[noun.head].deprel.startswith("acl")
        )
    )


def ends_with_place(
    sentence: Sentence, start: int, end: int, place: int, stop: int, lexicon: Lexicon
) -> bool:
    """Return True if initials in brackets take a place into the name of an organization.

    "United Nations Support Mission | in Libya | (UNSMIL)": the name is `start:end`, the place
    `place:stop`. The initials begin as the name does and hold the first letter of the place. What
    "of" joins is decided by the lists.
    """
    words = sentence.words
    if place != end + 1 or words[end].upos != "ADP" or stop + 2 >= len(words):
        return False
    if fold_word(words[end].form) in lexicon.organization_prepositions:
        return False
    initials = words[stop + 1].form
    return (
        (words[stop].form, words[stop + 2].form) == ("(", ")")
        and len(initials) > end - start
        and initials.isupper()
        and initials[0] == words[start].form[0]
        and words[place].form[0] in initials[end - start :]
    )


def is_thing_described(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> bool:
    """Return True if a clause with "which" describes a name, as it does no person.

    "Kimberly-Clark, which makes paper,"; "which" hangs on the verb of the clause.
    """
    words = sentence.words
    at = end + 1
    if at >= len(words) or words[end].form != ",":
        return False
    known = lexicon.pronouns.get(fold_word(words[at].form))
    verb = words[at].head
    return (
        known is not None
        and known.refers == "relative"
        and known.gender == "neuter"
        and verb > at
        and words[verb].deprel == "acl:relcl"
        and start <= words[verb].head < end
    )
