"""Words asked for that stand in a quotation as they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotes.statements.tokens import tokens
from quotes.statements.verbatim import compare_asked, places_of
from quotes.statements.weights import vocabulary
from tests.builders import ENGLISH

PARTS = st.lists(
    st.sampled_from("we do not close the dam, dam. U.S. 5% don’t … [the] that".split()),  # noqa: SIM905  # words read better so
    max_size=14,
).map(" ".join)


@given(PARTS, PARTS, PARTS, PARTS)
def test_words_that_stand_in_a_quotation_are_found_there(
    before: str, asked: str, behind: str, other: str
) -> None:
    words = vocabulary(ENGLISH)
    for printed in (f"{before} {asked} {behind}", other):
        found = compare_asked(asked, printed, words=words)
        stands = next(places_of(asked, tokens(printed)), None) is not None
        if stands and len(tokens(asked)) > 5 and "[" not in asked:
            assert found.kind is not None
        if found.word_for_word and not {"…", "["} & {*asked, *printed} and "that" not in asked:
            assert stands
