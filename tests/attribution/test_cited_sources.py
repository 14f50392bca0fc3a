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
