"""Text of strangers made safe to show."""

from __future__ import annotations

from quotes.output.terminal.safe_text import printable, replace_unprintable


def test_a_terminal_gets_one_line_without_control_characters() -> None:
    assert printable("a\x1b[31mb\x07c\u202ed\n e") == "a[31mbcd e"


def test_a_page_gets_its_lines_and_a_sign_in_place_of_each_control_character() -> None:
    assert replace_unprintable("a\u202eb\x1b[2Jc\td\n") == "a\ufffdb\ufffd[2Jc\td\n"
