"""What becomes of candidates when the tagger has read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from quotes.attribution.candidates import AnchorKind, Trait
from quotes.attribution.generators.tagger import (
    TAGGER_RULE,
    new_candidate,
    rule_hint,
    tagged_candidates,
    tagger_input,
)
from quotes.attribution.tagger.interface import RuleHint, TaggerInput, TaggerOutput
from tests.builders import build_analysis, build_candidate, build_tagged, printed, ranges_of

SAID = build_analysis(
    """
    Park     Park    PROPN 2 nsubj
    declined decline VERB  0 root
    to       to      PART  4 mark
    say      say     VERB  2 xcomp
    whether  whether SCONJ 7 mark
    rain     rain    NOUN  7 nsubj
    comes    come    VERB  4 ccomp
    .        .       PUNCT 2 punct
    ¶
    “        “       PUNCT 3 punct
    It       it      PRON  3 nsubj
    rains    rain    VERB  0 root
    ”        ”       PUNCT 3 punct
    """
)
SHORT = build_candidate(SAID, cue="declined", source="Park", content="to say whether rain comes")
LONG = build_candidate(SAID, cue="declined to say", source="Park", content="whether rain comes")


class Answers:
    """A tagger that gives prepared answers, and remembers what it was told."""

    def __init__(self, *answers: TaggerOutput) -> None:
        self.answers = answers
        self.hints: tuple[RuleHint, ...] = ()

    def tag(self, words: TaggerInput, hints: Sequence[RuleHint]) -> tuple[TaggerOutput, ...]:
        self.hints = tuple(hints)
        return self.answers


def test_the_tagger_reads_words_paragraphs_and_marks() -> None:
    words = tagger_input(SAID)
    assert words.sentences[1] == ('"', "It", "rains", '"')
    assert words.heads[:3] == (1, -1, 3)
    assert words.paragraphs == (1,) * 8 + (2,) * 4
    assert words.depths == (0,) * 9 + (1, 1, 0)
    assert words.marks == (-1,) * 9 + (0, 0, -1)


def test_the_anchor_of_a_hint_is_the_cue_or_the_content() -> None:
    assert rule_hint(LONG).anchor == 1
    context = replace(LONG, cue=(), anchor=0, anchor_kind=AnchorKind.CONTEXT)
    assert rule_hint(context).anchor == 4


def test_candidates_aside_are_not_asked_about() -> None:
    tagger = Answers(build_tagged(SAID, LONG, valid=0.1))
    found = tagged_candidates(SAID, [SHORT, LONG], tagger, untagged={0})
    assert [hint.anchor for hint in tagger.hints] == [1]
    assert [(one.number, one.tagged is None) for one in found] == [(0, True), (1, False)]


def test_a_cue_seen_short_gives_way_to_the_longer_and_lends_it_its_probability() -> None:
    answers = build_tagged(SAID, SHORT, valid=0.9), build_tagged(SAID, LONG, valid=0.2)
    (found,) = tagged_candidates(SAID, [SHORT, LONG], Answers(*answers))
    assert (found.number, found.candidate) == (1, LONG)
    assert found.tagged is not None
    assert found.tagged.valid == 0.9


def test_a_cue_that_governs_another_word_before_is_not_seen_short() -> None:
    urged = build_analysis(
        """
        Park   Park   PROPN 2 nsubj
        urged  urge   VERB  0 root
        voters voter  NOUN  2 obj
        to     to     PART  5 mark
        back   back   VERB  2 xcomp
        him    he     PRON  5 obj
        """
    )
    short = build_candidate(urged, cue="urged", source="Park", content="voters to back him")
    long = build_candidate(urged, cue="to back", source="Park", content="him")
    long = replace(long, cue=((1, 2), (3, 5)))
    answers = build_tagged(urged, short, valid=0.9), build_tagged(urged, long, valid=0.2)
    found = tagged_candidates(urged, [short, long], Answers(*answers))
    assert [one.number for one in found] == [0, 1]


def test_two_equal_candidates_stay_two() -> None:
    answers = build_tagged(SAID, LONG, valid=0.1), build_tagged(SAID, LONG, valid=0.2)
    found = tagged_candidates(SAID, [LONG, LONG], Answers(*answers))
    assert [one.number for one in found] == [0, 1]


def test_what_the_tagger_alone_finds_is_new() -> None:
    tagged = build_tagged(SAID, None, anchor=3, cue="say", source="Park", content="rain comes")
    (found,) = tagged_candidates(SAID, [], Answers(tagged))
    assert (found.number, found.original, found.candidate.rule) == (None, None, TAGGER_RULE)
    assert printed(SAID, found.candidate.source) == ["Park"]
    assert printed(SAID, found.candidate.content) == ["rain comes"]
    assert found.candidate.head == 6


def test_the_cue_of_a_certain_candidate_is_not_found_anew() -> None:
    certain = replace(LONG, traits=frozenset({Trait.CERTAIN}))
    tagged = build_tagged(SAID, None, anchor=3, cue="say", source="Park", content="rain comes")
    (found,) = tagged_candidates(SAID, [certain], Answers(tagged), untagged={0})
    assert found.candidate == certain


def test_a_source_that_the_tagger_does_not_see_is_the_subject() -> None:
    tagged = build_tagged(SAID, None, anchor=3, cue="say", content="rain comes")
    candidate = new_candidate(SAID, tagged)
    assert candidate is not None
    assert candidate.source == ranges_of(SAID, "Park")


def test_the_agent_of_a_passive_is_the_source_where_the_tagger_gives_none() -> None:
    analysis = build_analysis(
        """
        Park     Park    PROPN 3 nsubj:pass
        was      be      AUX   3 aux:pass
        told     tell    VERB  0 root
        of       of      ADP   5 case
        rain     rain    NOUN  3 obl
        by       by      ADP   8 case
        Anna     Anna    PROPN 8 compound
        Roe      Roe     PROPN 3 obl:agent
        .        .       PUNCT 3 punct
        """
    )
    tagged = build_tagged(analysis, None, anchor=2, cue="told", content="rain")
    candidate = new_candidate(analysis, tagged)
    assert candidate is not None
    assert printed(analysis, candidate.source) == ["Anna Roe"]


@pytest.mark.parametrize(("noun", "source"), [("airport", []), ("report", ["report"])])
def test_a_place_is_no_source(noun: str, source: list[str]) -> None:
    analysis = build_analysis(
        f"""
        Asked   ask     VERB  0 root
        at      at      ADP   4 case
        the     the     DET   4 det
        {noun}  {noun}  NOUN  1 obl
        about   about   ADP   6 case
        rain    rain    NOUN  1 obl
        .       .       PUNCT 1 punct
        """
    )
    tagged = build_tagged(analysis, None, anchor=0, cue="Asked", source=noun, content="rain")
    candidate = new_candidate(analysis, tagged)
    assert candidate is not None
    assert printed(analysis, candidate.source) == source


def test_without_words_of_content_or_cue_there_is_no_candidate() -> None:
    assert new_candidate(SAID, build_tagged(SAID, None, anchor=3, cue="say")) is None
    assert new_candidate(SAID, build_tagged(SAID, None, anchor=3, content="rain comes")) is None


def test_a_content_of_leading_words_alone_makes_no_candidate() -> None:
    analysis = build_analysis(
        """
        He    he    PRON  2 nsubj
        spoke speak VERB  0 root
        as    as    ADP   4 case
        for   for   ADP   2 obl
        then  then  ADV   2 advmod
        """
    )
    assert (
        new_candidate(
            analysis, build_tagged(analysis, None, anchor=1, cue="spoke", content="as for")
        )
        is None
    )


def test_a_candidate_of_the_tagger_holds_whole_marks() -> None:
    analysis = build_analysis(
        """
        He    he    PRON  2 nsubj
        wrote write VERB  0 root
        :     :     PUNCT 2 punct
        “     “     PUNCT 6 punct
        It    it    PRON  6 nsubj
        rains rain  VERB  2 ccomp
        today today ADV   6 advmod
        .     .     PUNCT 6 punct
        ”     ”     PUNCT 6 punct
        """
    )
    tagged = build_tagged(analysis, None, anchor=1, cue="wrote", source="He", content="It rains")
    candidate = new_candidate(analysis, tagged)
    assert candidate is not None
    assert printed(analysis, candidate.content) == ["It rains today"]
