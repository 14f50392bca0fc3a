"""Words of quotes as printed: marks where the article has them, no invented ellipsis."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from quotes.pipeline import run
from quotes.records import Document, Quote, QuoteType, Span
from quotes.text.printed_words import (
    bare_parts,
    printed_words_in,
    quote_words,
    without_between,
    without_end_commas,
)
from tests.stores import HARBOUR, SCHOOL


def printed(text: str, type: QuoteType = "direct") -> str:
    """Return the printed words of a text in which {braces} hold the content, <angles> the cue."""
    spans: dict[str, list[Span]] = {"{": [], "<": []}
    plain, opened = "", 0
    for letter in text:
        if letter in "{<":
            opened = len(plain)
        elif letter in "}>":
            spans["{" if letter == "}" else "<"].append(Span(opened, len(plain)))
        else:
            plain += letter
    return printed_words_in(
        Document(id="d", text=plain), tuple(spans["{"]), cue=tuple(spans["<"]), type=type
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“{We must close it},” <said> Falk.", "“We must close it,”"),
        ("“{We must close it,}” <said> Falk.", "“We must close it,”"),
        ("‘{We must close it}’, <said> Falk.", "‘We must close it’"),
        ('"{We must close it}," <said> Falk.', '"We must close it,"'),
        ("« {Nous partons} », <dit> Falk.", "« Nous partons »"),
        (
            "“{We must close it},” <said> Falk. “{The roof needs £3m}.”",
            "“We must close it,” ⟨said Falk⟩ “The roof needs £3m.”",
        ),
        (
            "“{I like it},” <added> Falk, who has been mayor since 2010 and lives by the sea with "
            "four old dogs. “{It is fair}.”",
            "“I like it,” ⟨added⟩ “It is fair.”",
        ),
        ("“{I like it.}” “{It is fair.}” <said> Falk.", "“I like it.” “It is fair.”"),
        ("Falk <said>: “{I like it.\n\n“It is fair.}”", "“I like it. “It is fair.”"),
        ("“Yes, and {we must close it today}, then,” <said> Falk.", "“we must close it today”"),
        ("“{We must … close it}...” <said> Falk.", "“We must … close it...”"),
    ],
)
def test_direct_speech_has_the_marks_of_the_article(text: str, words: str) -> None:
    assert printed(text) == words


@pytest.mark.parametrize(
    ("text", "type", "words"),
    [
        ("Falk <said> {that the pier must close}.", "indirect", "that the pier must close"),
        (
            "“Falk <said> {that the pier must close},” Reed said.",
            "indirect",
            "that the pier must close",
        ),
        (
            "Falk <said> {that the board “sold every ship” it had}.",
            "mixed",
            "that the board “sold every ship” it had",
        ),
        ("{The pier}, Falk <said>, {was closed}.", "indirect", "The pier ⟨Falk said⟩ was closed"),
        (
            "Falk <called> it “{a mess}” and <said> {it must go}.",
            "mixed",
            "“a mess” ⟨and said⟩ it must go",
        ),
        ("Falk's dogs' {pier was closed}, he <said>.", "indirect", "pier was closed"),
    ],
)
def test_paraphrase_has_none_but_those_inside_it(text: str, type: QuoteType, words: str) -> None:
    assert printed(text, type) == words


def test_all_but_what_stands_between_is_cut_from_the_text() -> None:
    def no_models(_: object) -> object:
        raise AssertionError("the parses are made already")

    seen = 0
    for pair in (HARBOUR, SCHOOL):
        for result in run([pair], models=no_models):  # type: ignore[arg-type]
            text = " ".join(result.document.text.split())  # type: ignore[union-attr]
            for quote in result.quotes:  # type: ignore[union-attr]
                seen += 1
                for part in re.split(r" ⟨[^⟩]*⟩ ", quote.words):
                    assert part in text
                if quote.type == "direct":
                    assert quote.words[0] in "“\"‘'"
                elif quote.type == "indirect":
                    assert not set(quote.words) & set('“”"')
    assert seen > 5


def test_parts_are_found_again_without_their_marks() -> None:
    words = "“We must close it,” ⟨said Falk⟩ “The roof needs £3m.”"
    assert bare_parts(words) == ["We must close it,", "The roof needs £3m."]
    assert bare_parts("“a mess” and “a shame”") == ["“a mess” and “a shame”"]
    assert bare_parts("the pier’s end") == ["the pier’s end"]
    assert without_between(words) == "“We must close it,” “The roof needs £3m.”"
    assert without_between("plain") == "plain"


def test_commas_of_the_sentence_around_a_quote_can_be_left_out() -> None:
    words = "“We told the truth,” ⟨said Falk⟩ “and ‘it helped,’ he said,”"
    assert without_end_commas(words) == "“We told the truth” ⟨said Falk⟩ “and ‘it helped,’ he said”"
    assert without_end_commas('"No, never."') == '"No, never."'
    assert without_end_commas("one, two,") == "one, two,"  # no mark: it may be anybody's


def test_the_words_of_a_quote_are_its_own_else_those_that_the_document_prints() -> None:
    document = Document(id="d", text="“We must close it,” said Falk.")
    quote = Quote(
        id="q",
        document="d",
        content=(Span(1, 17),),
        cue=(Span(20, 24),),
        source=(Span(25, 29),),
        type="direct",
        rule="r",
        confidence=1.0,
    )
    assert quote_words(document, quote) == "“We must close it,”"
    assert quote_words(document, replace(quote, words="“We must close”")) == "“We must close”"
