"""Somebody whom a reporter cites, on sentences built by hand."""

from __future__ import annotations

import pytest

from quotes.attribution.candidates import Trait
from quotes.attribution.nesting import INNER_CLAUSE, inner_confidence
from tests.builders import build_analysis, build_candidate

TABLE = """
Prices  price   NOUN 2 nsubj
rose    rise    VERB 0 root
,       ,       PUNCT 5 punct
Reuters Reuters PROPN 5 nsubj
wrote   write   VERB 2 parataxis
,       ,       PUNCT 7 punct
citing  cite    VERB 5 advcl
{form}  {lemma} NOUN 7 obj
.       .       PUNCT 2 punct
"""


@pytest.mark.parametrize(
    ("form", "lemma", "sure"),
    [("officials", "official", INNER_CLAUSE), ("fears", "fear", None)],
)
def test_people_who_are_cited_say_what_is_reported(
    form: str, lemma: str, sure: float | None
) -> None:
    analysis = build_analysis(TABLE.format(form=form, lemma=lemma))
    outer = build_candidate(analysis, cue="wrote", source="Reuters", content="Prices rose")
    cited = build_candidate(
        analysis,
        cue="citing",
        source=form,
        content="Prices rose",
        traits=frozenset({Trait.CITING}),
    )
    assert inner_confidence(analysis, cited, outer) == sure
    assert inner_confidence(analysis, cited, None) is None


REPORT = """
The      the      DET  2 det
{form}   {form}   NOUN 3 nsubj
told     tell     VERB 0 root Tense=Past
staff    staff    NOUN 3 obj
he       he       PRON 6 nsubj
won      win      VERB 3 ccomp
,        ,        PUNCT 9 punct
Reuters  Reuters  PROPN 9 nsubj
reported report   VERB 3 parataxis
.        .        PUNCT 3 punct
"""


@pytest.mark.parametrize(
    ("form", "traits", "sure"),
    [
        ("driver", {Trait.CHAIN}, INNER_CLAUSE),
        ("story", {Trait.CHAIN}, None),
        ("driver", {Trait.CHAIN, Trait.INHERITS}, None),
    ],
)
def test_what_is_all_that_another_reports_is_a_statement(
    form: str, traits: set[Trait], sure: float | None
) -> None:
    analysis = build_analysis(REPORT.format(form=form))
    outer = build_candidate(
        analysis, cue="reported", source="Reuters", content=f"The {form} told staff he won"
    )
    inner = build_candidate(
        analysis, cue="told", source=f"The {form}", content="he won", traits=frozenset(traits)
    )
    assert inner_confidence(analysis, inner, outer) == sure
