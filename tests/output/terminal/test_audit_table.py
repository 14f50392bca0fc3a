"""The source audit for people."""

from __future__ import annotations

from quotes.output.terminal.audit_table import NO_QUOTES, plain_text
from quotes.source_audit.voices import audit
from tests.source_audit.test_voices import MENTIONS, UTTERANCES


def test_shares_voices_and_reasons_are_shown() -> None:
    text = plain_text(audit(UTTERANCES, MENTIONS, by="outlet"))
    assert "Post · 3 voices, 5 quotes" in text
    assert "words: person 67%, institution 11%, unnamed 22%" in text
    assert "67% Anna Park (mayor) · person · 2 direct, 1 indirect · new" in text
    assert "name withheld: “who asked not to be named”" in text
    assert "only named: Tom Lake" in text


def test_nothing_to_count() -> None:
    assert plain_text(()) == NO_QUOTES + "\n"
