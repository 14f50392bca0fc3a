"""The choice between contents: constraints, features, and that no option scores better."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.analysis import token_numbers
from quotes.attribution.candidates import AnchorKind, TaggedCandidate
from quotes.attribution.content_choice import (
    CONSTRAINTS,
    Choice,
    best_option,
    can_choose,
    choose_contents,
    option_features,
    options_of,
)
from quotes.attribution.content_operators import Words
from tests.builders import build_analysis, build_candidate, build_tagged, printed, ranges_of

SAID = build_analysis(
    """
    Rivers  River   PROPN 2  nsubj
    warned  warn    VERB  0  root
    that    that    SCONJ 7  mark
    the     the     DET   5  det
    dam     dam     NOUN  7  nsubj
    may     may     AUX   7  aux
    break   break   VERB  2  ccomp
    after   after   ADP   9  case
    storms  storm   NOUN  7  obl
    ,       ,       PUNCT 13 punct
    but     but     CCONJ 13 cc
    Stone   Stone   PROPN 13 nsubj
    called  call    VERB  2  conj
    it      it      PRON  13 obj
    a       a       DET   17 det
    “       “       PUNCT 17 punct
    rumour  rumour  NOUN  13 xcomp
    of      of      ADP   19 case
    fools   fool    NOUN  17 nmod
    ”       ”       PUNCT 17 punct
    .       .       PUNCT 2  punct
    """
)
WARNED = {"cue": "warned", "source": "Rivers", "content": "the dam may break"}
CALLED = {"cue": "called", "source": "Stone", "content": "it a “rumour of fools"}


def entry(passages: dict[str, str], number: int, *, valid: float = 0.95) -> TaggedCandidate:
    candidate = build_candidate(SAID, **passages)
    given: dict[str, Any] = dict(passages)
    tagged = build_tagged(SAID, candidate, valid=valid, **given)
    return TaggedCandidate(candidate, number, candidate, tagged)


ENTRIES = (entry(WARNED, 0), entry(CALLED, 1))
FIRST, SECOND = (Choice(SAID, ENTRIES, number) for number in (0, 1))


def words(passage: str) -> Words:
    return FIRST.site.words(token_numbers(ranges_of(SAID, passage)))


def test_a_content_takes_no_words_of_another_candidate() -> None:
    keeps = CONSTRAINTS["takes nothing of others"]
    assert keeps(FIRST, words("that the dam may break after storms"))
    for taken in ("called it", "Stone called", "rumour of fools"):
        assert not keeps(FIRST, words("the dam may break") | words(taken))


def test_a_content_keeps_its_words_in_marks() -> None:
    keeps = CONSTRAINTS["keeps marks"]
    assert keeps(SECOND, words("rumour of fools"))
    assert not keeps(SECOND, words("it a “rumour"))
    assert not keeps(SECOND, words("it a"))


def test_a_content_does_not_end_between_an_auxiliary_and_its_verb() -> None:
    keeps = CONSTRAINTS["keeps verbs whole"]
    assert keeps(FIRST, words("that the dam may break"))
    assert not keeps(FIRST, words("that the dam may"))


FRONTED = build_analysis(
    """
    Rivers  River   PROPN 2  nsubj
    warned  warn    VERB  0  root
    that    that    SCONJ 10 mark
    if      if      SCONJ 6  mark
    storms  storm   NOUN  6  nsubj
    came    come    VERB  10 advcl
    the     the     DET   8  det
    dam     dam     NOUN  10 nsubj
    may     may     AUX   10 aux
    break   break   VERB  2  ccomp
    .       .       PUNCT 2  punct
    """
)


@pytest.mark.parametrize(
    ("content", "verb"), [("that if storms came", "break"), ("if storms came", "came")]
)
def test_a_conjunction_at_the_beginning_keeps_its_clause(content: str, verb: str) -> None:
    passages = {"cue": "warned", "source": "Rivers", "content": content}
    candidate = build_candidate(FRONTED, **passages)
    given: dict[str, Any] = dict(passages)
    tagged = build_tagged(FRONTED, candidate, valid=0.95, **given)
    choice = Choice(FRONTED, (TaggedCandidate(candidate, 0, candidate, tagged),), 0)
    begun = [{FRONTED.words[n].form for n in o} for o in options_of(choice)]
    assert any({content.split()[0], verb} <= option for option in begun)
    assert all("break" in option for option in begun if "that" in option)
    assert all("came" in option for option in begun if "if" in option)


FURTHER = """
    Rivers  River   PROPN 2 nsubj
    warned  warn    VERB  0 root
    that    that    SCONJ 6 mark
    the     the     DET   5 det
    dam     dam     NOUN  6 nsubj
    breaks  break   VERB  2 ccomp VerbForm=Fin
    citing  cite    VERB  6 advcl VerbForm=Part|Tense=Pres
    engineers engineer NOUN 7 obj
    .       .       PUNCT 2 punct
    """


def _further_options(*others: TaggedCandidate, verb: str = "cite") -> list[set[str]]:
    analysis = build_analysis(FURTHER.replace("cite ", f"{verb} "))
    passages = {"cue": "warned", "source": "Rivers", "content": "the dam breaks citing engineers"}
    candidate = build_candidate(analysis, **passages)
    given: dict[str, Any] = dict(passages)
    tagged = build_tagged(analysis, candidate, valid=0.95, **given)
    choice = Choice(analysis, (TaggedCandidate(candidate, 0, candidate, tagged), *others), 0)
    return [{analysis.words[n].form for n in option} for option in options_of(choice)]


def _tagged_entry(valid: float) -> TaggedCandidate:
    """Return the candidate of the participle."""
    analysis = build_analysis(FURTHER)
    passages = {"cue": "citing", "source": "Rivers", "content": "engineers"}
    candidate = build_candidate(analysis, **passages)
    given: dict[str, Any] = dict(passages)
    tagged = build_tagged(analysis, candidate, valid=valid, **given)
    return TaggedCandidate(candidate, 1, candidate, tagged)


def test_a_source_that_is_cited_is_no_part_of_what_was_said() -> None:
    found = _further_options()
    assert any({"dam", "breaks"} <= option for option in found)
    assert not any("citing" in option for option in found if "breaks" in option)


@pytest.mark.parametrize(("valid", "apart"), [(0.9, True), (0.2, False)])
def test_a_further_report_is_left_to_a_likely_candidate_of_its_own(
    valid: float, apart: bool
) -> None:
    found = _further_options(_tagged_entry(valid), verb="add")
    assert any("citing" in option for option in found if "breaks" in option) is not apart


def test_an_unlikely_candidate_a_quotation_and_one_without_cue_keep_their_contents() -> None:
    assert can_choose(SAID, ENTRIES[0])
    assert not can_choose(SAID, entry(WARNED, 0, valid=0.1))
    assert not can_choose(SAID, replace(ENTRIES[0], tagged=None))
    assert not can_choose(SAID, entry(CALLED | {"content": "rumour of fools"}, 1))
    assert not can_choose(SAID, entry(WARNED | {"content": "Rivers"}, 0))
    floating = replace(ENTRIES[0].candidate, cue=(), anchor_kind=AnchorKind.CONTEXT)
    assert not can_choose(SAID, replace(ENTRIES[0], candidate=floating))


def test_the_best_option_becomes_the_content() -> None:
    longer = choose_contents(SAID, ENTRIES, {"size": 5.0})
    assert printed(SAID, longer[0].candidate.content) == ["that the dam may break after storms"]
    assert printed(SAID, longer[1].candidate.content) == ["it a “rumour of fools"]
    whole = entry(WARNED | {"content": "the dam may break after storms"}, 0)
    shorter = choose_contents(SAID, (whole, ENTRIES[1]), {"size": -5.0})
    assert printed(SAID, shorter[0].candidate.content) == ["the dam may break"]


def test_without_weights_contents_stay() -> None:
    assert choose_contents(SAID, ENTRIES, {}) == ENTRIES


def test_features_tell_what_is_left_out_and_where_a_content_ends() -> None:
    found = option_features(FIRST, words("the dam may break"))
    assert found["left out=obl"] == 1.0
    assert found["followed by ADP"] == 1.0
    assert found["is current"] == 1.0
    assert found["shared with likeliest"] == pytest.approx(1.0)
    whole = option_features(FIRST, words("that the dam may break after storms"))
    assert whole["left out"] == 0.0
    assert whole["ends at ,"] == 1.0
    assert whole["log odds"] < found["log odds"]


NAMES = sorted(
    {name for c in (FIRST, SECOND) for o in options_of(c) for name in option_features(c, o)}
)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(NAMES), st.floats(-5, 5), max_size=8))
def test_any_weights_give_contents_that_keep_the_constraints_and_none_scores_better(
    weights: dict[str, float],
) -> None:
    for choice in (FIRST, SECOND):
        best = best_option(choice, weights)

        def score(option: Words, choice: Choice = choice) -> float:
            found = option_features(choice, option)
            return sum(weights.get(name, 0.0) * value for name, value in found.items())

        assert best == choice.current or all(keeps(choice, best) for keeps in CONSTRAINTS.values())
        assert all(score(option) <= score(best) for option in options_of(choice))
    chosen = choose_contents(SAID, ENTRIES, weights)
    first, second = (token_numbers(e.candidate.content) for e in chosen)
    assert not first & second
    assert all(e.candidate.content for e in chosen)
