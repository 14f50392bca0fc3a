"""Antecedents of pronouns and descriptions, on texts built by hand."""

from __future__ import annotations

import pytest

from quotes.records import Attribution, EntityKind, Span
from quotes.speakers import DocumentEntities
from quotes.speakers.discourse import Antecedent, Discourse
from quotes.speakers.resolution import read_discourse
from tests.builders import build_analysis

ROE = """
Anna     Anna     PROPN 2 compound
Roe      Roe      PROPN 7 nsubj
,        ,        PUNCT 5 punct
the      the      DET   5 det
director director NOUN  2 appos
,        ,        PUNCT 5 punct
spoke    speak    VERB  0 root VerbForm=Fin
.        .        PUNCT 7 punct
"""
PARK = """
Paul  Paul  PROPN 2 compound
Park  Park  PROPN 3 nsubj
spoke speak VERB  0 root VerbForm=Fin
.     .     PUNCT 3 punct
"""
PEOPLE: dict[str, EntityKind] = {"Anna Roe": "PER", "Paul Park": "PER"}


def read(
    table: str, people: dict[str, EntityKind], attributions: tuple[Attribution, ...] = ()
) -> Discourse:
    tagged = {name: kind for name, kind in people.items() if name.split()[0] in table}
    analysis = build_analysis(table, entities=tagged)
    return read_discourse(analysis, attributions, DocumentEntities())[0]


def antecedent(discourse: Discourse, words: str) -> tuple[str, Antecedent] | None:
    """Return who is meant by the last mention of these words, and how that was found."""
    text = discourse.document.text
    index = max(i for i, m in enumerate(discourse.mentions) if m.span.of(text) == words)
    found = discourse.antecedents.get(index)
    return (discourse.referents[found.referent].text, found) if found else None


@pytest.mark.parametrize(
    ("pronoun", "name"), [("She", "Anna Roe"), ("He", "Paul Park"), ("It", None)]
)
def test_a_pronoun_means_the_one_whose_gender_fits(pronoun: str, name: str | None) -> None:
    table = f"{ROE}\n{PARK}\n{pronoun} {pronoun.lower()} PRON 2 nsubj\nslept sleep VERB 0 root"
    found = antecedent(read(table, PEOPLE), pronoun)
    assert (found and found[0]) == name
    if found:
        assert found[1].step.startswith("pronoun: subject in ")


def test_a_pronoun_may_come_before_its_name() -> None:
    table = """
        While while SCONJ 4 mark
        she   she   PRON  4 nsubj
        was   be    AUX   4 cop
        away  away  ADV   8 advcl
        ,     ,     PUNCT 4 punct
        Anna  Anna  PROPN 7 compound
        Roe   Roe   PROPN 8 nsubj
        wrote write VERB  0 root
    """
    found = antecedent(read(table, PEOPLE), "she")
    assert found is not None
    assert found[0] == "Anna Roe"
    assert found[1].step == "pronoun: named later in the sentence"


def test_a_relative_pronoun_means_what_its_clause_describes() -> None:
    table = """
        Anna  Anna  PROPN 2 compound
        Roe   Roe   PROPN 6 nsubj
        ,     ,     PUNCT 5 punct
        who   who   PRON  5 nsubj PronType=Rel
        left  leave VERB  2 acl:relcl
        spoke speak VERB  0 root
    """
    found = antecedent(read(table, PEOPLE), "who")
    assert found is not None
    assert found[0] == "Anna Roe"


def test_i_in_a_quotation_is_its_speaker() -> None:
    table = """
        “     “     PUNCT 3 punct
        I     I     PRON  3 nsubj
        left  leave VERB  6 ccomp
        ,     ,     PUNCT 3 punct
        ”     ”     PUNCT 3 punct
        said  say   VERB  0 root
        Anna  Anna  PROPN 8 compound
        Roe   Roe   PROPN 6 nsubj
    """
    text = build_analysis(table).text
    roe = text.index("Anna")
    said = Attribution(
        id="1",
        document="hand",
        content=(Span(1, text.index("”")),),
        cue=(Span(text.index("said"), text.index("said") + 4),),
        source=(Span(roe, roe + 8),),
        type="direct",
        rule="by hand",
        confidence=1.0,
    )
    found = antecedent(read(table, PEOPLE, (said,)), "I")
    assert found is not None
    assert (found[0], found[1].step) == ("Anna Roe", "pronoun: the speaker of the quotation")
    assert antecedent(read(table, PEOPLE), "I") is None


def said(discourse_table: str, cue: str, content: str) -> Attribution:
    """Return the attribution of a text in which somebody says so before a pronoun."""
    analysis = build_analysis(discourse_table)
    text = analysis.text
    at, said_at = text.index(cue), text.index(content)
    return Attribution(
        id=cue,
        document="hand",
        content=(Span(said_at, said_at + len(content)),),
        cue=(Span(at, at + len(cue)),),
        source=(Span(0, at - 1),),
        type="indirect",
        rule="by hand",
        confidence=0.9,
    )


@pytest.mark.parametrize(("pronoun", "name"), [("He", "Anna Roe"), ("It", None)])
def test_a_pronoun_holds_against_the_first_name_of_who_spoke_before(
    pronoun: str, name: str | None
) -> None:
    table = f"""
        Anna  Anna  PROPN 2 compound
        Roe   Roe   PROPN 3 nsubj
        said  say   VERB  0 root VerbForm=Fin
        so    so    ADV   3 advmod
        .     .     PUNCT 3 punct

        {pronoun} {pronoun.lower()} PRON 2 nsubj
        slept sleep VERB 0 root VerbForm=Fin
    """
    found = antecedent(read(table, PEOPLE, (said(table, "said", "so"),)), pronoun)
    assert (found and found[0]) == name
    if found:
        assert found[1].step == "pronoun: who spoke before, whose first name misleads"


def test_against_a_first_name_only_where_nobody_else_is_likely() -> None:
    table = """
        Anna  Anna  PROPN 2 compound
        Roe   Roe   PROPN 3 nsubj
        said  say   VERB  0 root VerbForm=Fin
        so    so    ADV   3 advmod
        .     .     PUNCT 3 punct

        Paul  Paul  PROPN 2 compound
        Park  Park  PROPN 3 nsubj
        spoke speak VERB  0 root VerbForm=Fin
        .     .     PUNCT 3 punct

        He    he    PRON 2 nsubj
        slept sleep VERB 0 root VerbForm=Fin
    """
    found = antecedent(read(table, PEOPLE, (said(table, "said", "so"),)), "He")
    assert found is not None
    assert found[0] == "Paul Park"
