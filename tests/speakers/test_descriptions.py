"""Descriptions and whom they mean, on texts built by hand."""

from __future__ import annotations

import pytest

from quotes.records import Attribution, Span
from tests.builders import build_analysis
from tests.speakers.test_coreference import PARK, PEOPLE, ROE, antecedent, read


@pytest.mark.parametrize(("article", "known"), [("The", True), ("A", False)])
def test_a_definite_description_means_who_has_that_role(article: str, known: bool) -> None:
    table = f"""{ROE}
        {article} {article.lower()} DET 2 det
        director director NOUN 3 nsubj
        slept sleep VERB 0 root
    """
    found = antecedent(read(table, PEOPLE), f"{article} director")
    assert found is not None
    assert (found[0] == "Anna Roe") == known
    assert (found[1].step == "description: as printed") == (not known)


def test_the_same_description_means_the_same_unnamed_person() -> None:
    table = """
        A       a       DET  2 det
        witness witness NOUN 3 nsubj
        spoke   speak   VERB 0 root

        The     the     DET  2 det
        witness witness NOUN 3 nsubj
        slept   sleep   VERB 0 root
    """
    discourse = read(table, {})
    first, second = (antecedent(discourse, f"{word} witness") for word in ("A", "The"))
    assert first is not None
    assert second is not None
    assert first[1].referent == second[1].referent
    assert second[1].step.startswith("description: ")


def test_a_name_that_is_said_to_be_somebody_is_meant_by_the_description() -> None:
    table = """
        The      the      DET   2 det
        engineer engineer NOUN  5 nsubj
        is       be       AUX   5 cop
        Anna     Anna     PROPN 5 compound
        Roe      Roe      PROPN 0 root
    """
    found = antecedent(read(table, PEOPLE), "The engineer")
    assert found is not None
    assert found[0] == "Anna Roe"


def test_an_office_before_a_colon_is_not_who_is_named_behind_it() -> None:
    table = """
        Speaker speaker NOUN  0 root
        :       :       PUNCT 4 punct
        Anna    Anna    PROPN 4 compound
        Roe     Roe     PROPN 1 appos
        .       .       PUNCT 1 punct
    """
    found = antecedent(read(table, PEOPLE), "Speaker")
    assert found is not None
    assert found[0] != "Anna Roe"


def test_of_two_who_hold_a_role_the_one_of_the_same_place_is_meant() -> None:
    table = """
        French    french    ADJ   2 amod
        President president PROPN 4 compound
        Paul      Paul      PROPN 4 compound
        Park      Park      PROPN 8 nsubj
        met       meet      VERB  0 root
        the       the       DET   7 det
        Polish    polish    ADJ   7 amod
        president president NOUN  5 obj
        ,         ,         PUNCT 8 punct
        Anna      Anna      PROPN 11 compound
        Roe       Roe       PROPN 8 appos
        .         .         PUNCT 5 punct

        The       the       DET   3 det
        French    french    ADJ   3 amod
        president president NOUN  4 nsubj
        slept     sleep     VERB  0 root
    """
    found = antecedent(read(table, PEOPLE), "The French president")
    assert found is not None
    assert found[0] == "Paul Park"


def test_nobody_of_another_place_is_meant() -> None:
    table = """
        French    french    ADJ   2 amod
        President president PROPN 4 compound
        Paul      Paul      PROPN 4 compound
        Park      Park      PROPN 5 nsubj
        slept     sleep     VERB  0 root

        The       the       DET   3 det
        Polish    polish    ADJ   3 amod
        president president NOUN  4 nsubj
        slept     sleep     VERB  0 root
    """
    found = antecedent(read(table, PEOPLE), "The Polish president")
    assert found is not None
    assert found[1].step == "description: as printed"


def test_a_man_who_was_brought_in_is_meant_again_and_not_the_one_who_is_named() -> None:
    table = f"""{PARK}
        He     he     PRON 2 nsubj
        met    meet   VERB 0 root
        a      a      DET  5 det
        young  young  ADJ  5 amod
        tenant tenant NOUN 2 obj
        .      .      PUNCT 2 punct

        The    the    DET  2 det
        tenant tenant NOUN 3 nsubj
        spoke  speak  VERB 0 root
    """
    discourse = read(table, PEOPLE)
    first, second = (antecedent(discourse, words) for words in ("a young tenant", "The tenant"))
    assert first is not None
    assert second is not None
    assert first[1].referent == second[1].referent


MILLER = """
The    the    DET  2 det
miller miller NOUN 3 nsubj
said   say    VERB 0 root
so     so     ADV  3 advmod
.      .      PUNCT 3 punct
"""
MILLER_OF = """
The    the    DET  3 det
{body} {body} NOUN 3 compound
miller miller NOUN 4 nsubj
said   say    VERB 0 root
so     so     ADV  4 advmod
.      .      PUNCT 4 punct
"""


def described_speaker(before: str, after: str = "", described: str = MILLER) -> str | None:
    """Return who is meant by the described source of a sentence between two others."""
    table = f"{before}\n{described}"
    table = table.replace("miller miller", "tyrant tyrant") if before else table
    whole = f"{table}\n{after}"
    text = build_analysis(whole).text
    start, cue = text.index("The "), text.index("said")
    said = Attribution(
        id="1",
        document="hand",
        content=(Span(cue + 5, cue + 7),),
        cue=(Span(cue, cue + 4),),
        source=(Span(start, cue - 1),),
        type="indirect",
        rule="by hand",
        confidence=0.9,
    )
    discourse = read(whole, PEOPLE, (said,))
    found = antecedent(discourse, text[start : cue - 1])
    return found[0] if found else None


def test_an_epithet_means_the_one_person_of_the_text() -> None:
    assert described_speaker(PARK) == "Paul Park"
    assert described_speaker(f"{PARK}\n{ROE}") != "Paul Park"


def test_an_office_alone_may_be_named_in_the_next_sentence() -> None:
    holder = """
        Miller miller PROPN 3 compound
        Anna   Anna   PROPN 3 compound
        Roe    Roe    PROPN 4 nsubj
        slept  sleep  VERB  0 root
    """
    assert described_speaker("", holder) == "Anna Roe"
    assert described_speaker("", holder, MILLER_OF.format(body="harbour")) == "Anna Roe"
    assert described_speaker("", holder, MILLER_OF.format(body="French")) != "Anna Roe"
    assert described_speaker("", PARK) != "Paul Park"


@pytest.mark.parametrize(("of", "same"), [("author", False), ("trade", True)])
def test_a_description_of_somebody_with_a_title_is_not_who_is_named(of: str, same: bool) -> None:
    table = f"""
        The    the    DET   2 det
        leader leader NOUN  7 nsubj
        of     of     ADP   4 case
        {of}   {of}   NOUN  2 nmod
        Anna   Anna   PROPN 2 appos
        Roe    Roe    PROPN 5 flat
        slept  sleep  VERB  0 root
    """
    found = antecedent(read(table, PEOPLE), "The leader")
    assert found is not None
    assert (found[0] == "Anna Roe") == same
