"""Tokens as they are compared: folding, brackets, ellipses, and where each stands."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.statements.tokens import GAP, cut_forms, cut_tokens, forms, is_plain, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We don’t know,” he said", "we don't know he said"),
        ("half-built — and\nnever  finished", "half built and never finished"),
        ("1,400 people, 2.5 percent, 14,00", "1400 people 2.5 percent 14,00"),
        ("minus −5, but 3-0 and 1990-95", "minus -5 but 3 0 and 1990 95"),
        ("$5 is not €5, 50%", "$ 5 is not € 5 50 %"),
        ("the U.S. and the US", "the us and the us"),
        ("President Kováč of São Tomé", "president kovac of sao tome"),
        ("[T]he harbour, meet[ing] us", "the harbour meeting us"),
        ("Them fish was [sic] gone (sic)", "them fish was gone"),
        ("the workers’ houses", "the workers houses"),
        ("we´re and don`t", "we're and don't"),
        ("“We left,” ⟨said Falk⟩ “in May”", "we left in may"),
        ("who leads the board⟩ “We left,” ⟨said Falk, who", "we left"),
        ("Он сказал: «Да»", "он сказал да"),
    ],
)
def test_the_writing_of_words_is_folded(text: str, words: str) -> None:
    assert forms(text) == tuple(words.split())


@pytest.mark.parametrize("dots", ["...", "…", "[…]", "[...]", "(…)", ". . .", "...."])
def test_an_ellipsis_is_a_gap(dots: str) -> None:
    found = tokens(f"The dam {dots} sleeps")
    assert [token.form for token in found] == ["the", "dam", GAP, "sleeps"]
    assert found[2].span.of(f"The dam {dots} sleeps") == dots


def test_no_gap_at_the_ends() -> None:
    assert [token.form for token in tokens("… the dam … …")] == ["the", "dam"]


def test_words_in_brackets_are_an_editors_and_take_the_brackets_along() -> None:
    text = "the [Millbrook city] council"
    found = tokens(text)
    assert [(token.span.of(text), token.editor) for token in found] == [
        ("the", False),
        ("[Millbrook", True),
        ("city]", True),
        ("council", False),
    ]
    assert forms(text) == ("the", "council")
    assert forms("[The mayor]") == ("the", "mayor")


@given(st.text(alphabet="aBé1.,-'’ [](…%$U:\nsic"))
def test_words_stand_where_they_say_in_order(text: str) -> None:
    found = tokens(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(token.form and token.span.of(text).strip() for token in found)
    spoken = tuple(token.form for token in found if not (token.gap or token.editor))
    assert forms(text) == spoken or not spoken


def test_accents_and_vowel_signs_of_their_own_belong_to_the_word() -> None:
    decomposed = unicodedata.normalize("NFD", "the naïve José’s café")
    assert forms(decomposed) == forms("the naïve José’s café")
    assert forms("ये कैसे पैसा") == ("ये", "कैसे", "पैसा")
    assert forms("की") != forms("का")


@pytest.mark.parametrize("letters", ["aB", "aB1", "aé", "aK"])
@given(parts=st.lists(st.sampled_from([*"aaa'’‘`.,:-−–“”%$€_?([])… "])))
def test_words_alone_are_the_words_with_their_places(letters: str, parts: list[str]) -> None:
    """The words of a text in plain letters are cut in a quicker way: the same ones."""
    text = "".join(letters if part == "a" else part for part in parts)
    places = tuple(token.form for token in cut_tokens(text) if not (token.gap or token.editor))
    assert cut_forms(text) == places or not places


@given(st.text(alphabet="aB.[]()… sic⟨⟩\u00a0_1"))
def test_a_text_is_plain_where_nothing_in_it_is_read_in_another_way(text: str) -> None:
    """As far as it has words at all: each token is a word that stands there, and no gap."""
    if is_plain(text):
        assert not any(token.gap or token.editor for token in cut_tokens(text))
        assert "".join(cut_forms(text)) == "".join(re.findall(r"[aBsic1]", text)).lower()
