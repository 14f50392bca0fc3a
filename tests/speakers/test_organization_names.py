"""Names that are those of organizations by what stands around them, on sentences built by hand."""

from __future__ import annotations

import pytest

from quotes.language.lexicon import load_lexicon
from quotes.speakers.organization_names import is_called_after, is_thing_described
from tests.builders import ENGLISH, build_sentence

LEXICON = load_lexicon(ENGLISH)
REPORTED = """
the       the       DET   3 det
daily     daily     ADJ   3 amod
newspaper newspaper NOUN  {noun}
Kelderoo  Kelderoo  PROPN {name}
reported  report    VERB  {verb}
losses    loss      NOUN  5 obj
"""
DESCRIBED = """
Kelderoo Kelderoo PROPN 7 nsubj
,        ,        PUNCT 4 punct
{who}    {who}    PRON  4 nsubj
makes    make     VERB  1 {label}
paper    paper    NOUN  4 obj
,        ,        PUNCT 4 punct
reported report   VERB  0 root
losses   loss     NOUN  7 obj
"""


@pytest.mark.parametrize(
    ("noun", "name", "verb", "called"),
    [
        ("5 nsubj", "5 nsubj", "0 root", True),
        ("4 nmod:desc", "5 nsubj", "0 root", True),
        ("5 nsubj", "3 appos", "0 root", True),
        ("0 root", "5 nsubj", "3 acl:relcl", False),  # "the newspaper Roe edited"
    ],
)
def test_a_name_in_one_phrase_with_the_noun_for_an_organization_is_called_so(
    noun: str, name: str, verb: str, called: bool
) -> None:
    sentence = build_sentence(REPORTED.format(noun=noun, name=name, verb=verb))
    assert is_called_after(sentence, 3, 4, LEXICON) is called


def test_a_name_behind_a_noun_for_people_is_not_called_after_it() -> None:
    table = REPORTED.format(noun="4 nmod:desc", name="5 nsubj", verb="0 root")
    sentence = build_sentence(table.replace("newspaper", "carpenter"))
    assert not is_called_after(sentence, 3, 4, LEXICON)


@pytest.mark.parametrize(
    ("who", "label", "thing"),
    [
        ("which", "acl:relcl", True),
        ("who", "acl:relcl", False),
        ("which", "parataxis", False),  # of what was said before
    ],
)
def test_a_clause_with_which_describes_a_thing(who: str, label: str, thing: bool) -> None:
    sentence = build_sentence(DESCRIBED.format(who=who, label=label))
    assert is_thing_described(sentence, 0, 1, LEXICON) is thing
