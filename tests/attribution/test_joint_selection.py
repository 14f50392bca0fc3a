"""Which candidates become quotes together: constraints, and what any pool decodes to."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.analysis import token_numbers
from quotes.attribution.candidates import Candidate, Trait
from quotes.attribution.joint_selection import (
    CONSTRAINTS,
    MAX_GROUP,
    Scored,
    broken_constraint,
    select,
)
from tests.builders import build_analysis, build_candidate

WORDS = "Park said that Lund told them it rained and then Stone left them alone"
ANALYSIS = build_analysis(
    "\n".join(f"{word} {word} X {min(n, 1)} dep" for n, word in enumerate(WORDS.split()))
)
MIN_SHOWN = 0.3
SAID = build_candidate(
    ANALYSIS, cue="said", source="Park", content="that Lund told them it rained and then"
)
RAIN = build_candidate(ANALYSIS, cue="told", source="Lund", content="it rained")
LEFT = build_candidate(ANALYSIS, cue="left", source="Stone", content="rained and then")


def chosen(*scored: Scored) -> list[Candidate]:
    kept, _ = select(ANALYSIS, scored, MIN_SHOWN)
    return [candidate for candidate, _ in kept]


def test_a_statement_inside_another_stays() -> None:
    assert chosen((SAID, 0.9), (RAIN, 0.4)) == [SAID, RAIN]


def test_of_two_for_one_cue_the_likelier_stays() -> None:
    other = build_candidate(ANALYSIS, cue="said", source="Park", content="left them")
    kept, conflicts = select(ANALYSIS, [(SAID, 0.5), (other, 0.8)], MIN_SHOWN)
    assert [c for c, _ in kept] == [other]
    (conflict,) = conflicts
    assert (conflict.candidate, conflict.winner) == (SAID, other)
    assert conflict.constraint == "one candidate for each cue"
    assert conflict.margin == pytest.approx(0.3)


def test_of_contents_that_run_over_into_each_other_the_likelier_stays() -> None:
    assert chosen((SAID, 0.9), (LEFT, 0.4)) == [SAID]
    assert chosen((SAID, 0.4), (LEFT, 0.9)) == [LEFT]


def test_the_likeliest_together_stay() -> None:
    """SAID excludes LEFT, which excludes RAIN: two that go together beat a likelier one."""
    assert chosen((SAID, 0.8), (RAIN, 0.8), (LEFT, 0.9)) == [SAID, RAIN]


def test_unlikely_candidates_neither_exclude_nor_are_excluded() -> None:
    assert chosen((SAID, 0.9), (LEFT, 0.2)) == [SAID, LEFT]


def test_who_passes_on_has_the_words_of_whom_he_quotes() -> None:
    citing = Candidate(
        "citing", 11, LEFT.cue, LEFT.source, SAID.content, traits=frozenset({Trait.CITING})
    )
    assert chosen((SAID, 0.9), (citing, 0.9)) == [SAID, citing]


def test_a_content_holds_no_word_of_its_cue_or_source() -> None:
    content = build_candidate(ANALYSIS, cue="told", content="Lund told them it rained").content
    (found,) = chosen((Candidate("hand", 4, RAIN.cue, RAIN.source, content), 0.9))
    assert token_numbers(found.content) == {5, 6, 7}


N = len(ANALYSIS.words)
TRAITS = ((), (), (), (Trait.CITING,), (Trait.CHAIN, Trait.CERTAIN))


def drawn(number: int) -> Candidate:
    """Make a candidate of any words of a number; where source and cue are one, it has no source."""
    number, anchor = divmod(number, N)
    number, source = divmod(number, N)
    number, start = divmod(number, N)
    traits, length = divmod(number, 6)
    return Candidate(
        "any",
        anchor,
        cue=((anchor, anchor + 1),),
        source=((source, source + 1),) if source != anchor else (),
        content=((start, min(start + length + 1, N)),),
        traits=frozenset(TRAITS[traits]),
    )


CANDIDATES = st.integers(0, N**3 * 6 * len(TRAITS) - 1).map(drawn)
CONFIDENCES = st.integers(0, 20).map(lambda twentieths: twentieths / 20)
POOLS = st.lists(st.tuples(CANDIDATES, CONFIDENCES), max_size=12)


@given(POOLS)
def test_any_pool_and_any_scores_break_no_constraint(pool: list[Scored]) -> None:
    kept, conflicts = select(ANALYSIS, pool, MIN_SHOWN)
    shown = [candidate for candidate, confidence in kept if confidence >= MIN_SHOWN]
    assert len(kept) + len(conflicts) == len(pool)
    for one, other in combinations(shown, 2):
        assert broken_constraint(one, other) is None
    for candidate in shown:
        attributing = token_numbers(candidate.cue) | token_numbers(candidate.source)
        numbers = token_numbers(candidate.content)
        assert not numbers & attributing or numbers <= attributing
    for conflict in conflicts:
        assert conflict.winner in shown
        assert conflict.constraint in CONSTRAINTS
        assert broken_constraint(conflict.candidate, conflict.winner) == conflict.constraint


@given(POOLS)
def test_none_that_was_left_out_could_be_added(pool: list[Scored]) -> None:
    kept, conflicts = select(ANALYSIS, pool, MIN_SHOWN)
    for conflict in conflicts:
        assert any(broken_constraint(conflict.candidate, c) is not None for c, _ in kept)


def test_more_than_can_be_searched_are_chosen_by_confidence() -> None:
    pool = [(SAID, 0.3 + number / 100) for number in range(MAX_GROUP + 2)]
    kept, conflicts = select(ANALYSIS, pool, MIN_SHOWN)
    assert [confidence for _, confidence in kept] == [pool[-1][1]]
    assert len(conflicts) == MAX_GROUP + 1
