"""Articles in several boxes."""

from __future__ import annotations

import pytest

from quotes.readers.article_parts import join_parts
from quotes.readers.html import read_html
from quotes.readers.metadata import Metadata
from quotes.readers.page_tree import parse_page

ONE = (
    "The council of Nordby met on Thursday night to decide what becomes of the old quay and of "
    "those who work on it."
)
TWO = "“Nobody has asked the fishermen, and nobody ever does,” said Karin Vik, who has fished here."
THREE = (
    "A decision is due in the autumn, when the council meets again in the town hall that was "
    "built for it last year."
)


def paragraphs(body: str) -> list[str]:
    page = f"<html lang='en'><body><article>{body}</article></body></html>".encode()
    return read_html(page, id="page", metadata=Metadata(), source="page.html").text.split("\n\n")


@pytest.mark.parametrize(
    "name", ["article__body", "story-text", "post_content main", "entry-content"]
)
@pytest.mark.parametrize(
    "wrapped", ["{}", "<div class='row'>{}</div>"], ids=["beside each other", "each in a wrapper"]
)
def test_all_boxes_of_an_article_are_read(name: str, wrapped: str) -> None:
    boxes = [
        wrapped.format(f"<div class='{name}'><p>{text}</p></div>") for text in (ONE, TWO, THREE)
    ]
    between = "<div class='gallery'><img src='a.jpg'></div><div class='ad-slot'>Buy!</div>"
    assert paragraphs(between.join(boxes)) == [ONE, TWO, THREE]


def test_a_post_between_two_boxes_stays_there() -> None:
    post = (
        "<div class='embed'><blockquote class='twitter-tweet'><p>We close.</p>&mdash; Olav Berg "
        "(@ob) May 6, 2021</blockquote></div>"
    )
    boxes = [f"<div class='article-body'><p>{text}</p></div>" for text in (ONE, TWO)]
    assert paragraphs(post.join(boxes)) == [
        ONE,
        "We close.",
        "— Olav Berg (@ob) May 6, 2021",
        TWO,
    ]


@pytest.mark.parametrize(
    ("between", "left"),
    [
        ("<h2><a href='/other'>Another story</a></h2>", 2),
        ("<div><h1>Another story</h1></div>", 2),
        ("<h2>What next?</h2>", 1),
        ("<p>Advertisement</p>", 1),
    ],
)
def test_the_headline_of_another_article_keeps_boxes_apart(between: str, left: int) -> None:
    boxes = [f"<div class='entry-content'><p>{text}</p></div>" for text in (ONE, THREE)]
    tree = parse_page(f"<html><body><main>{between.join(boxes)}</main></body></html>", "page")
    join_parts(tree)
    assert sum(box.find("p") is not None for box in tree.iter("div") if box.get("class")) == left


def test_boxes_in_boxes_and_thousands_of_boxes_do_no_harm() -> None:
    nested = "<div class='article-body'><p>x</p>" * 300 + "</div>" * 300
    many = "<div class='article-body'><p>x</p></div>" * 3000
    tree = parse_page(f"<html><body>{nested}{many}</body></html>", "page")
    words = tree.text_content().split()
    join_parts(tree)
    assert len(tree.text_content().split()) == len(words)
