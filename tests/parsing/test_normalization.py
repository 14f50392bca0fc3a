"""Normalisation keeps every offset; regions cover a text and cut it between paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.parsing.normalization import MAX_UNBROKEN_CHARS, NormalizedText, join, normalize
from quotes.records import Span
from quotes.text.chunking import chunks
from tests.builders import ENGLISH

NASTY = st.text(
    st.sampled_from(
        "ab.,? \t\n\r\u00a0\u2009\u2028\u3000“”‘’«»`'\"…—–ﬁ"
        "\u00ad\u200b\ufeff\x00\x1b\ud800é\u0301👍"
    ),
    max_size=80,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Yes,” she said.", '"Yes," she said.'),
        ("‘Yes,’ she said; it’s done.", "'Yes,' she said; it's done."),
        ("„Ja“, «sí», ``yes''", '"Ja", "sí", "yes"'),
        ("a hard\n  wrap\r\nhere\u00a0and\u2009there", "a hard wrap here and there"),
        (
            "soft\u00adhyphen, zero\u200bwidth, \ufeffmark, bell\x07",
            "softhyphen, zerowidth, mark, bell",
        ),
        ("Well… the oﬃce", "Well... the office"),
        ("  edges  ", "edges"),
        ("half \ud83d a pair", "half \ufffd a pair"),
        ("\u200b\x00", ""),
    ],
)
def test_text_becomes_what_the_treebanks_have(text: str, expected: str) -> None:
    assert normalize(text).text == expected


def test_other_languages_keep_their_quotation_marks() -> None:
    assert normalize("«\u00a0Oui\u00a0», dit-il.", straighten=False).text == "« Oui », dit-il."


def test_a_character_made_of_two_or_into_three_keeps_its_place() -> None:
    text = "He said ``yes… now''"
    normal = normalize(text)
    at = normal.text.index('"')
    assert normal.original(at, at + 1).of(text) == "``"
    dots = normal.text.index("...")
    assert normal.original(dots, dots + 3).of(text) == "…"


@given(NASTY, st.integers(0, 20), st.integers(0, 20))
def test_every_range_maps_back_to_text_that_normalises_to_it(
    text: str, cut_front: int, cut_back: int
) -> None:
    span = Span(min(cut_front, len(text)), max(len(text) - cut_back, min(cut_front, len(text))))
    normal = normalize(text, span)
    assert len(normal.text) == len(normal.starts) == len(normal.ends)
    assert list(normal.starts) == sorted(normal.starts)
    assert list(normal.ends) == sorted(normal.ends)
    assert "  " not in normal.text
    assert normal.text == normal.text.strip()
    for start, end in _words(normal):
        place = normal.original(start, end)
        assert span.contains(place)
        assert normalize(text, place).text == normal.text[start:end]


def _words(normal: NormalizedText) -> list[tuple[int, int]]:
    words, at = [], 0
    for word in normal.text.split(" "):
        if word:
            words.append((at, at + len(word)))
        at += len(word) + 1
    return words


def test_a_run_without_spaces_is_broken_and_no_letter_lost() -> None:
    text = "x " + "abcdefghij" * 1_000 + " y"
    normal = normalize(text)
    assert max(len(word) for word in normal.text.split()) <= MAX_UNBROKEN_CHARS
    assert normal.text.replace(" ", "") == text.replace(" ", "")
    assert all(
        text[start] == char
        for char, start in zip(normal.text, normal.starts, strict=True)
        if char != " "
    )


def test_ranges_joined_keep_their_offsets() -> None:
    text = "One.  Two…"
    both = join([normalize(text, Span(0, 4)), normalize(text, Span(6, 10))])
    assert both.text == "One.\n\nTwo..."
    assert both.original(6, 12).of(text) == "Two…"


@given(st.text(st.sampled_from("ab. \n\n“"), max_size=300), st.integers(20, 60))
def test_regions_cover_a_text_in_order(text: str, size: int) -> None:
    found = list(chunks(text, ENGLISH, size=size))
    assert "".join(region.of(text) for region in found) == text
    assert all(0 < len(region) <= size for region in found)


def test_regions_are_cut_between_paragraphs() -> None:
    paragraph = (
        "The minister said that prices had risen again. Nobody believed him, as the paper wrote "
        "on Monday."
    )
    text = "\n\n".join([paragraph] * 40)
    found = list(chunks(text, ENGLISH, size=1_000))
    assert len(found) > 3
    assert all(
        region.of(text).strip().startswith("The minister")
        and region.of(text).strip().endswith("Monday.")
        for region in found
    )


def test_one_endless_paragraph_is_cut_after_a_sentence() -> None:
    text = "He said so. " * 1_000
    assert all(
        region.of(text).rstrip().endswith("so.") for region in chunks(text, ENGLISH, size=1_000)
    )


def test_a_short_text_is_one_region() -> None:
    assert list(chunks("He said so.", ENGLISH)) == [Span(0, 11)]
    assert list(chunks("", ENGLISH)) == []
