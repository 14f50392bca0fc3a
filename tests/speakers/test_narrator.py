"""Who says "I" and "we" outside quotations."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quotes.records import Document, Embed, Span
from quotes.speakers import Mention, mentions
from quotes.speakers.narrator import narrator
from tests.builders import ENGLISH, build_analysis

TABLE = """
{pronoun} {lower} PRON 2 nsubj
slept sleep VERB 0 root
"""


def said(pronoun: str) -> tuple[Mention, Document]:
    analysis = build_analysis(TABLE.format(pronoun=pronoun, lower=pronoun.lower()))
    (mention,) = mentions(analysis)
    return mention, analysis.document


def in_text(text: str, pronoun: str = "I") -> tuple[Mention, Document]:
    """Return the mention moved to the last place of the pronoun in a text."""
    mention, document = said(pronoun)
    at = text.rindex(pronoun)
    return replace(mention, span=Span(at, at + len(pronoun))), replace(document, text=text)


@pytest.mark.parametrize(
    ("author", "pronoun", "name"),
    [
        ("Dana Voss", "I", "Dana Voss"),
        ("Dana Voss", "We", "Dana Voss"),
        ("Dana Voss; Rolf Quist", "I", None),
        ("Dana Voss; Rolf Quist", "We", None),
        (None, "We", None),
    ],
)
def test_the_author_is_meant_where_there_is_one(
    author: str | None, pronoun: str, name: str | None
) -> None:
    mention, document = said(pronoun)
    found = narrator(mention, replace(document, author=author), ENGLISH)
    assert (found and found.name) == name


def test_in_a_post_it_is_who_posted_and_never_the_author_of_the_page() -> None:
    mention, document = said("I")
    post = Embed(Span(0, len(document.text)), author="Milo Brandt")
    page = replace(document, author="Dana Voss", embeds=(post,))
    found = narrator(mention, page, ENGLISH)
    assert found is not None
    assert (found.name, found.step) == ("Milo Brandt", "pronoun: the author of the post")
    nobody = replace(page, embeds=(replace(post, author=None),))
    assert narrator(mention, nobody, ENGLISH) is None


@pytest.mark.parametrize(
    ("byline", "name"),
    [
        ("By Dana Voss", "Dana Voss"),
        ("Words by Dana Voss | Gull Post", "Dana Voss"),
        ("By Dana Voss and Rolf Quist", None),
    ],
)
def test_a_byline_in_the_text_names_the_author(byline: str, name: str | None) -> None:
    mention, document = in_text(f"A boat\n\n{byline}\n\nI slept.")
    found = narrator(mention, document, ENGLISH)
    assert (found and found.name) == name


def test_without_a_name_it_is_the_author() -> None:
    mention, document = said("I")
    found = narrator(mention, document, ENGLISH)
    assert found is not None
    assert (found.name, found.kind) == ("the author", "unnamed")
