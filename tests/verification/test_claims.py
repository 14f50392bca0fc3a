"""The claims of a draft."""

from __future__ import annotations

from dataclasses import replace

from quotes.records import Document, Quote, Span
from quotes.verification.claims import claims_of, statements_of
from tests.verification.sources import ARTICLE, ARTICLE_QUOTES, ENGLISH


def test_direct_and_mixed_quotations_are_claims_and_indirect_ones_on_request() -> None:
    found = claims_of(ARTICLE, ARTICLE_QUOTES, ENGLISH)
    assert [(c.type, c.line) for c in found] == [("direct", 3), ("mixed", 6)]
    assert found[0].parts[0] == "We will fight it,"
    assert found[0].words.startswith("We will fight it, … in every court there is.")
    everything = claims_of(ARTICLE, ARTICLE_QUOTES, ENGLISH, indirect=True)
    assert [c.type for c in everything] == ["direct", "mixed", "indirect"]


def test_no_statement_goes_unchecked_for_want_of_a_speaker() -> None:
    nobody = replace(ARTICLE_QUOTES[0], speaker=None, speaker_confidence=0.0)
    thought = replace(ARTICLE_QUOTES[1], act="thought")
    doubtful = replace(ARTICLE_QUOTES[2], confidence=0.1)
    assert statements_of([nobody, thought, doubtful]) == (nobody,)


def mixed(text: str, content: str, **known: object) -> tuple[Document, Quote]:
    at = text.index(content)
    quote = replace(
        ARTICLE_QUOTES[1],
        id="m",
        content=(Span(at, at + len(content)),),
        **known,  # type: ignore[arg-type]
    )
    return Document(id="d", text=text), quote


def test_each_quoted_part_of_a_mixed_quote_is_a_claim_of_its_own() -> None:
    text = "Ruiz said prices would “rise sharply” and “never come down” again, “it”."
    document, quote = mixed(text, text[len("Ruiz said ") : -1])
    found = claims_of(document, [quote], ENGLISH)
    assert [(c.id, c.words) for c in found] == [("m.1", "rise sharply"), ("m.2", "never come down")]
    assert found[0].frame.startswith("prices would")


def test_what_a_quotation_quotes_is_checked_with_it() -> None:
    nested = replace(ARTICLE_QUOTES[1], nested_in="a")
    assert [c.id for c in claims_of(ARTICLE, [ARTICLE_QUOTES[0], nested], ENGLISH)] == ["a"]


def test_words_of_somebody_else_inside_a_mixed_quote_are_that_ones() -> None:
    text = "NBC reported that Ruiz called it “a mistake” and that the plan was “dead”."
    document, outer = mixed(text, text[len("NBC reported ") : -1])
    at = text.index("a mistake")
    inner = replace(outer, id="i", content=(Span(at, at + 9),), nested_in="m", type="direct")
    found = claims_of(document, [outer, inner], ENGLISH)
    assert [(c.id, c.words) for c in found] == [("i", "a mistake"), ("m.2", "dead")]
