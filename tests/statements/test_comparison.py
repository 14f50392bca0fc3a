"""Comparison of words asked for and printed: cases, and the pieces of a difference."""

from __future__ import annotations

import tomllib
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotes.statements import comparison
from quotes.statements.comparison import CHANGES, WordComparison
from quotes.statements.weights import vocabulary
from tests.builders import ENGLISH
from tests.paths import TESTS

compare = partial(comparison.compare, words=vocabulary(ENGLISH))
CASES = tomllib.loads((TESTS / "cases" / "statements.toml").read_text(encoding="utf-8"))["compare"]
SAID = (
    "that “our main task is to stop the bloodshed and violence … "
    "otherwise, further escalation is dangerous. It could spill over.”"
)
WORDS = st.lists(
    st.sampled_from(
        [
            "the",
            "dam",
            "is",
            "not",
            "[safe]",
            "[Mr.",
            "Fox]",
            "said",
            "…",
            "1,400",
            "people,",
            "left-wing!",
            "“never”",
            "don’t",
            "sic",
            "[sic]",
        ]
    ),
    max_size=12,
)


def drawn(comparison: WordComparison) -> str:
    """The pieces that are not equal, as op:asked/printed."""
    return " ".join(f"{p.op}:{p.asked}/{p.printed}" for p in comparison.pieces if p.op != "equal")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case(case: dict[str, Any]) -> None:
    found = compare(case["asked"], case["printed"])
    assert (found.kind or "none") == case["kind"], drawn(found)


@pytest.mark.parametrize(
    ("asked", "printed", "difference"),
    [
        ("We will attack at dawn tomorrow", "We will not attack at dawn tomorrow", "insert:/not"),
        (
            "We lost 40 soldiers in the valley",
            "We lost 14 soldiers in the valley,",
            "replace:40/14",
        ),
        (
            "the Palestinian movement visits Moscow",
            "the [Hamas] Palestinian movement visits\nMoscow,",
            "editor:/[Hamas]",
        ),
        (
            "stop the bloodshed … It could spill over",
            SAID,
            "beyond:/that “our main task is to "
            "gap:…/and violence … otherwise, further escalation is dangerous.",
        ),
        (
            "The great dam is safe.",
            "The great dam is safe, and the valley sleeps",
            "beyond:/and the valley sleeps",
        ),
        (
            "found the treasure of the monks",
            "I do not think that it is true that he found the treasure of the monks",
            "beyond:/I do insert:/not think that it is true that he",
        ),
        ("The dam really is safe for years", "The dam is safe for years", "delete:really/"),
    ],
)
def test_the_difference_names_the_words(asked: str, printed: str, difference: str) -> None:
    assert drawn(compare(asked, printed)) == difference


@given(WORDS, WORDS)
def test_pieces_cover_all_words_of_both_in_order(asked: list[str], printed: list[str]) -> None:
    ours, theirs = " ".join(asked), " ".join(printed)
    found = compare(ours, theirs)
    for text, spans, words in (
        (ours, [p.asked_span for p in found.pieces], [p.asked for p in found.pieces]),
        (theirs, [p.printed_span for p in found.pieces], [p.printed for p in found.pieces]),
    ):
        assert [span.of(text) for span in spans] == words
        assert all(a.end <= b.start for a, b in pairwise(spans))
        if found.kind:
            assert "".join("".join(words).split()) == "".join(text.split())


def test_a_not_of_an_editor_at_the_end_is_not_verbatim() -> None:
    found = compare("We will raise the harbour fee", "We will raise the harbour fee [not now]")
    assert found.kind == "altered"


@given(WORDS, WORDS)
@example(["[Mr."], ["[Mr.", "not", "Fox]"])
def test_the_kind_says_what_the_pieces_show(asked: list[str], printed: list[str]) -> None:
    found = compare(" ".join(asked), " ".join(printed))
    ops = {piece.op for piece in found.pieces}
    if found.kind == "verbatim":
        assert not ops & (CHANGES | {"beyond"})
        assert found.score == 1
    elif found.kind == "altered":
        assert ops & CHANGES
    elif found.kind == "partial":
        assert "beyond" in ops
        assert not ops & CHANGES
    else:
        assert found.pieces == ()


@given(WORDS.filter(lambda words: any(word not in {"…", "[sic]"} for word in words)))
def test_any_words_are_verbatim_themselves(words: list[str]) -> None:
    assert compare(" ".join(words), " ".join(words).upper()).kind == "verbatim"


@given(WORDS, WORDS)
def test_the_filter_before_alignment_hides_nothing(asked: list[str], printed: list[str]) -> None:
    ours, theirs = " ".join(asked), " ".join(printed)
    quick = compare(ours, theirs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparison, "may_fit", lambda *_: bool(asked and printed))
        patch.setattr(comparison, "blocks_may_fit", lambda *_: True)
        assert compare(ours, theirs) == quick


def test_nothing_is_found_in_nothing() -> None:
    assert (
        compare("", "The dam is safe")
        == compare("The dam is safe", "…")
        == WordComparison(None, 0.0)
    )


def test_a_rare_word_is_worth_more_than_a_plain_one() -> None:
    asked, printed = (
        "the quagga stampede",
        "Everybody in the village slept badly after the quagga stampede "
        "near the well last night, we are told",
    )
    plain = vocabulary(ENGLISH)
    rare = type(plain)(
        plain.common,
        plain.reversing,
        plain.openers,
        rarity=lambda word: 1.9 if word == "quagga" else 1.0,
    )
    assert compare(asked, printed).kind is None
    assert compare(asked, printed, words=rare).kind == "partial"


@pytest.mark.parametrize(
    ("asked", "printed", "kind"),
    [
        ("we thank those would vote for it", "we thank those [who] vote for it", "altered"),
        ("we may close the old bridge soon", "we [must] close the old bridge soon", "altered"),
        ("he will close the bridge soon", "[Falk] will close the bridge soon", "verbatim"),
    ],
)
def test_words_in_brackets_stand_for_pronouns_alone(asked: str, printed: str, kind: str) -> None:
    assert compare(asked, printed).kind == kind
    assert compare(printed, asked).kind == kind
