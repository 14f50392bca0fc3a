"""The text of an article in pieces, with the quotes over it."""

from __future__ import annotations

import pytest

from quotes.records import Quote, Span
from quotes.web.highlights import blocks, is_wrapped, paragraphs


def made(text: str, words: str, letter: str) -> Quote:
    start = text.index(words)
    return Quote(
        id=letter * 16,
        document="d",
        content=(Span(start, start + len(words)),),
        cue=(),
        source=(),
        type="direct",
        rule="r",
        confidence=0.5,
    )


def test_quotes_inside_and_across_each_other_keep_every_letter() -> None:
    text = "Ann said: “Bob told me: ‘No 🦉.’”\r\n\r\nEnd."
    outer = made(text, "Bob told me: ‘No 🦉.’", "a")
    inner, across = made(text, "No 🦉.", "b"), made(text, "said: “Bob", "c")
    pieces = [piece for block in paragraphs(text, [outer, inner, across]) for piece in block]
    for piece in pieces:
        assert text[piece.start : piece.start + len(piece.text)] == piece.text
    assert "".join("".join(piece.text for piece in pieces).split()) == "".join(text.split())
    owl = next(piece for piece in pieces if "🦉" in piece.text)
    assert [name for name, _ in owl.quotes] == ["b" * 16, "a" * 16]  # the innermost first
    bob = next(piece for piece in pieces if piece.text == "Bob")
    assert {name for name, _ in bob.quotes} == {"a" * 16, "c" * 16}


def test_paragraphs_end_at_empty_lines() -> None:
    text = "One.\nTwo.\n \n\nThree.\r\n\r\nFour."
    assert [span.of(text) for span in blocks(text)] == ["One.\nTwo.", "Three.", "Four."]
    assert list(blocks("\n\n")) == []


def test_a_quote_over_two_paragraphs_begins_once() -> None:
    text = "She said: one.\n\nTwo, she said."
    found = paragraphs(text, [made(text, "one.\n\nTwo", "a")])
    over = [(piece.text, piece.first) for block in found for piece in block if piece.quote]
    assert [words for words, _ in over] == ["one.", "Two"]
    assert over[0][1]


def test_a_piece_knows_its_kinds_in_the_order_of_content_cue_source() -> None:
    text = "Park said no."
    quote = Quote(
        id="a",
        document="d",
        content=(Span(10, 12),),
        cue=(Span(5, 9),),
        source=(Span(0, 4),),
        type="indirect",
        rule="r",
        confidence=0.5,
    )
    (block,) = paragraphs(text, [quote])
    kinds = {piece.text: piece.kinds for piece in block if piece.quotes}
    assert kinds == {"Park": ("source",), "said": ("cue",), "no": ("content",)}
    assert "".join(piece.text for piece in block) == text


@pytest.mark.parametrize(
    ("text", "wrapped"),
    [
        ("x" * 70 + "\n" + "y" * 72 + "\nend", True),
        ("Short line.\nAnother.", False),
        ("x" * 70, False),
    ],
)
def test_a_paragraph_broken_to_fit_a_width_is_wrapped(text: str, wrapped: bool) -> None:
    assert is_wrapped(text) is wrapped
