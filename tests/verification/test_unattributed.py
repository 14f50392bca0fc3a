"""Words in quotation marks that nobody is found to have said."""

from __future__ import annotations

import pytest

from quotes.output.terminal.verification_report import plain_text, unchecked_line
from quotes.records import Document, text_of_spans
from quotes.verification.claims import claims_of
from quotes.verification.unattributed import unattributed_parts
from quotes.verification.verify_draft import verify_claims
from tests.verification.sources import ARTICLE, ARTICLE_QUOTES, ENGLISH, TRANSCRIPT


def parts(text: str) -> list[tuple[str, bool]]:
    document = Document(id="d", text=text)
    found = unattributed_parts(document, (), ENGLISH)
    return [(text_of_spans(text, spans), speech) for spans, speech in found]


@pytest.mark.parametrize(
    ("marked", "speech"),
    [
        ("We would not be tired of waiting.", True),
        ("a cultural replacement brought on by an invasion", True),
        ("Commander of the Faithful and the Meek", False),
        ("Best Airline in the Middle East", False),
        ("starts with one", False),
    ],
)
def test_names_and_short_phrases_do_not_read_like_speech(marked: str, speech: bool) -> None:
    assert parts(f"The crowd held signs: “{marked}” was on one of them.") == [(marked, speech)]


def test_what_a_statement_covers_is_left_out() -> None:
    assert list(unattributed_parts(ARTICLE, ARTICLE_QUOTES, ENGLISH)) == []
    assert len(list(unattributed_parts(ARTICLE, (), ENGLISH))) == 3
    assert parts("The “fund” was “so called”.") == [("so called", False)]


def test_no_quotation_goes_unchecked_for_want_of_a_statement() -> None:
    first = ARTICLE_QUOTES[:1]
    found = claims_of(ARTICLE, first, ENGLISH)
    assert [claim.words for claim in found][1:] == ["a mistake from the first day"]
    assert (found[1].speaker, found[1].line, found[1].type) == (None, 6, "direct")
    assert len({claim.id for claim in found}) == 2


def test_the_report_names_what_was_not_checked() -> None:
    text = "The “Great Bridge” is closed. The “so called” fund is not."
    draft = Document(id="draft", text=text)
    found = verify_claims([(draft, ())], [TRANSCRIPT], language=ENGLISH)
    assert found.findings == ()
    line = unchecked_line(found)
    assert line is not None
    assert line in plain_text(found)
    assert "line 1 “Great Bridge”, line 1 “so called”" in plain_text(found)
    assert (
        unchecked_line(verify_claims([(ARTICLE, ARTICLE_QUOTES)], [TRANSCRIPT], language=ENGLISH))
        is None
    )
