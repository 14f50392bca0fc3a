"""Which candidate is kept for a cue and for a content, and which marks are restored."""

from __future__ import annotations

from dataclasses import replace

from quotes.attribution.candidates import TaggedCandidate, Trait
from quotes.attribution.decoding import best_by_cue, distinct, one_per_content, restore_marks
from tests.builders import build_analysis, build_candidate, build_tagged, printed

SAID = build_analysis(
    """
    Aides    aide  NOUN  4 nsubj
    of       of    ADP   3 case
    Park     Park  PROPN 1 nmod
    said     say   VERB  0 root
    rain     rain  NOUN  6 nsubj
    comes    come  VERB  4 ccomp
    and      and   CCONJ 8 cc
    stays    stay  VERB  6 conj
    ,        ,     PUNCT 4 punct
    citing   cite  VERB  4 advcl
    Smith    Smith PROPN 10 obj
    .        .     PUNCT 4 punct
    """
)


def test_one_candidate_is_kept_for_each_cue_in_text_order() -> None:
    empty = build_candidate(SAID, cue="said", source="Aides")
    full = build_candidate(SAID, cue="said", source="Aides", content="rain comes")
    other = build_candidate(SAID, cue="citing", source="Smith", content="rain comes")
    found = best_by_cue(SAID, [other, empty, full])
    assert [printed(SAID, c.cue) for c in found] == [["said"], ["citing"]]
    assert printed(SAID, found[0].content) == ["rain comes"]


def test_the_nearer_source_is_taken() -> None:
    far = build_candidate(SAID, cue="said", source="Aides", content="rain comes")
    near = build_candidate(SAID, cue="said", source="Park", content="rain comes")
    (found,) = best_by_cue(SAID, [far, near])
    assert printed(SAID, found.source) == ["Park"]


def test_a_citing_candidate_takes_the_place_of_others() -> None:
    plain = build_candidate(SAID, cue="said", source="Park", content="rain comes")
    citing = build_candidate(
        SAID, cue="said", source="Smith", content="rain", traits=frozenset({Trait.CITING})
    )
    assert best_by_cue(SAID, [plain, citing]) == (citing,)


def test_a_certain_candidate_takes_the_place_of_others() -> None:
    plain = build_candidate(SAID, cue="said", source="Park", content="rain comes")
    certain = build_candidate(
        SAID, cue="said", source="Aides", content="rain", traits=frozenset({Trait.CERTAIN})
    )
    assert best_by_cue(SAID, [plain, certain]) == (certain,)


def test_a_candidate_that_is_certain_of_a_quotation_waits_for_one() -> None:
    table = """
    Park   Park PROPN 3 nsubj:pass
    was    be   AUX   3 aux:pass
    told   tell VERB  0 root
    {open} “    PUNCT 6 punct
    rain   rain NOUN  6 nsubj
    comes  come VERB  3 ccomp
    {shut} ”    PUNCT 6 punct
    """
    quoted = build_analysis(table.format(open="“", shut="”"))
    plain = build_analysis(table.format(open="(", shut=")"))
    for analysis, content in ((quoted, []), (plain, ["rain comes"])):
        clause = build_candidate(analysis, cue="told", content="rain comes")
        marked = build_candidate(analysis, cue="told", traits=frozenset({Trait.CERTAIN}))
        marked = replace(marked, rule="told-quotation")
        (found,) = best_by_cue(analysis, [clause, marked])
        assert printed(analysis, found.content) == content


def test_a_second_clause_of_the_same_rule_completes_the_first() -> None:
    first = build_candidate(SAID, cue="said", source="Park", content="rain comes")
    second = build_candidate(SAID, cue="said", source="Park", content="stays")
    (found,) = best_by_cue(SAID, [first, second])
    assert printed(SAID, found.content) == ["rain comes", "stays"]


def test_equal_content_and_source_are_kept_once() -> None:
    said = build_candidate(SAID, cue="said", source="Park", content="rain comes")
    citing = build_candidate(SAID, cue="citing", source="Park", content="rain comes")
    other = build_candidate(SAID, cue="citing", source="Smith", content="rain comes")
    assert distinct([said, citing, other]) == (said, other)


def test_a_content_found_twice_is_kept_for_the_likelier() -> None:
    said = build_candidate(SAID, cue="said", source="Park", content="rain comes and stays")
    citing = build_candidate(SAID, cue="citing", source="Smith", content="rain comes")
    likely = TaggedCandidate(said, 0, said, build_tagged(SAID, said, valid=0.9))
    unlikely = TaggedCandidate(citing, 1, citing, build_tagged(SAID, citing, valid=0.4))
    assert one_per_content([unlikely, likely]) == (likely,)


def test_what_the_tagger_was_not_asked_about_is_kept() -> None:
    said = build_candidate(SAID, cue="said", source="Park", content="rain comes")
    citing = build_candidate(SAID, cue="citing", source="Smith", content="rain comes")
    aside = TaggedCandidate(citing, 1, citing, None)
    read = TaggedCandidate(said, 0, said, build_tagged(SAID, said))
    assert aside in one_per_content([read, aside])


def test_a_mark_that_nobody_has_any_more_is_restored() -> None:
    analysis = build_analysis(
        """
        Park   Park   PROPN 2 nsubj
        said   say    VERB  0 root
        it     it     PRON  4 nsubj
        rains  rain   VERB  2 ccomp
        ,      ,      PUNCT 4 punct
        a      a      DET   8 det
        “      “      PUNCT 8 punct
        gift   gift   NOUN  4 appos
        ”      ”      PUNCT 8 punct
        .      .      PUNCT 2 punct
        """
    )
    known = {"cue": "said", "source": "Park"}
    original = build_candidate(analysis, content="it rains, a “gift", **known)
    now = build_candidate(analysis, content="it rains", **known)
    tagged = build_tagged(analysis, now)
    (found,) = restore_marks(analysis, (TaggedCandidate(now, 0, original, tagged),))
    assert printed(analysis, found.candidate.content) == ["it rains", "gift"]
    other = build_candidate(analysis, cue="rains", source="it", content="gift")
    pair = (TaggedCandidate(now, 0, original, tagged), TaggedCandidate(other, None, None, tagged))
    assert restore_marks(analysis, pair) == pair
