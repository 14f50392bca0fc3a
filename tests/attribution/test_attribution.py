"""Attribution by the model, on short texts written for it (tests/cases/extraction.toml)."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import quotes
from quotes.attribution import extract
from quotes.models import Models
from quotes.records import Document, Embed, Parse, Quote, Span, cut
from tests.builders import analysis_of
from tests.paths import TESTS

CASES = tomllib.loads((TESTS / "cases" / "extraction.toml").read_text(encoding="utf-8"))["case"]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def shown(quote: Quote, text: str) -> dict[str, str]:
    """Return the fields of a quote that cases name, as strings."""
    return {
        "words": " ".join(words(" ".join(cut(text, quote.content)))),
        "speaker": quote.speaker or "",
        "role": quote.role or "",
        "type": quote.type,
        "kind": quote.kind or "",
        "factuality": quote.factuality,
        "addressee": quote.addressee.of(text) if quote.addressee else "",
        "reported_by": quote.reported_by[0] if quote.reported_by else "",
    }


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any], models: Models) -> None:
    text = case["text"]
    found = [shown(quote, text) for quote in quotes.extract(text, parser=models)]
    if case.get("none"):
        assert found == []
        return
    for wanted in case["quotes"]:
        wanted = {**wanted, "words": " ".join(words(wanted["words"]))}
        assert any(wanted.items() <= quote.items() for quote in found), (wanted, found)
    expected = {" ".join(words(q["words"])) for q in case["quotes"]}
    extra = [q for q in found if q["type"] != "indirect" and q["words"] not in expected]
    assert not extra or not case["quotes"]


def test_spans_are_cut_from_the_text_and_marks_come_in_pairs(models: Models) -> None:
    for case in CASES:
        for quote in quotes.extract(case["text"], parser=models, min_confidence=0.0):
            for span in (*quote.content, *quote.cue, *quote.source):
                piece = span.of(case["text"])
                assert piece
                assert piece == piece.strip()
            for piece in cut(case["text"], quote.content):
                assert piece.count("“") == piece.count("”"), piece


def test_same_input_gives_same_ids(models: Models) -> None:
    text = "“It is safe,” Ellen Park said. The mayor added that the bridge would reopen."
    first, second = (quotes.extract(text, parser=models, id="a") for _ in range(2))
    assert [q.id for q in first] == [q.id for q in second]
    assert len({q.id for q in first}) == len(first) > 1
    assert {q.id for q in quotes.extract(text, parser=models, id="b")}.isdisjoint(
        q.id for q in first
    )


def test_embedded_post_is_a_quote_of_its_author(models: Models) -> None:
    text = "The mayor reacted at once.\n\nThe bridge is safe. Stay calm.\n— Ellen Park (@ellenpark)"
    start, name = text.index("The bridge"), text.index("Ellen Park (")
    embed = Embed(
        Span(start, text.index("\n—")), Span(name, name + len("Ellen Park")), "Ellen Park"
    )
    document = Document(id="post", text=text, language="en", embeds=(embed,))
    found = [q for q in quotes.extract(document, parser=models) if q.rule == "embedded-post"]
    assert [cut(text, q.content) for q in found] == [("The bridge is safe. Stay calm.",)]
    assert found[0].source[0].of(text) == "Ellen Park"


def test_nothing_in_nothing() -> None:
    document = Document(id="empty", text="12345", language="en")
    assert extract(analysis_of(document, Parse(()))) == ()


PIECES = [
    "“",
    "”",
    '"',
    "'",
    "‘",
    "’",
    "«",
    "»",
    "„",
    "``",
    "''",
    "\n\n",
    "\n",
    " — ",
    ": ",
    ".",
    "?",
    ",",
    "(",
    ")",
    "[",
    "]",
    "…",
    "5'10\"",
]
PIECES += [
    " said Ellen Park",
    " he said",
    " Smith told reporters that ",
    " according to the ministry",
    " saying that ",
    " and added ",
]
PIECES += [
    "the bridge is safe",
    "It rains",
    "TANAKA:",
    "Q:",
    "A:",
    "– Ruth Adams",
    " called him a liar ",
    " was said to have left ",
    " denied ",
]


@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(["the bridge is safe ? \" Q:  denied  . ? TANAKA: » '' ‘ citing Reuters ’  saying that "])
@example(["“hated what h((((((an eliminBergeron described as the “haost"])
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_jumble_gives_spans_of_words_or_nothing(models: Models, pieces: list[str]) -> None:
    text = "".join(pieces) + " x"
    for quote in quotes.extract(text, parser=models, min_confidence=0.0, language="en"):
        for span in (*quote.content, *quote.cue, *quote.source):
            assert span.of(text).strip(), quote
        assert 0 <= quote.confidence <= 1


TEXTS = [case["text"] for case in CASES]
ODD = [*"“”\"'‘’«»„()[]…—:\n", "((((", "\n\n", "\u200b", "\u0301"]
CUTS = st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(["", *ODD]))


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.sampled_from(TEXTS), st.lists(CUTS, min_size=1, max_size=6))
def test_damaged_news_gives_spans_inside_the_text(
    models: Models, text: str, cuts: list[tuple[float, int, str]]
) -> None:
    """Words are cut, marks and brackets put in or moved."""
    for place, size, put in cuts:
        at = round(place * len(text))
        text = text[:at] + put + text[at + (size if size % 3 else 0) :]
    for quote in quotes.extract(f"{text} x", parser=models, min_confidence=0.0, language="en"):
        spans = (*quote.content, *quote.cue, *quote.source)
        assert all(0 <= span.start < span.end <= len(text) + 2 for span in spans), quote
        assert all(span.of(f"{text} x").strip() for span in spans), quote
