"""Who wrote a page: bylines of many forms, and what in them is no name."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from quotes.readers.linked_data import linked_data
from quotes.readers.page_authors import page_authors, person_names
from quotes.readers.page_tree import parse_page


def authors(head: str = "", body: str = "") -> tuple[str, ...]:
    tree = parse_page(f"<html><head>{head}</head><body>{body}<p>Text.</p></body></html>", "page")
    return page_authors(tree, linked_data(tree))


def stated(value: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ('<p class="byline">By Olga Strand</p>', ["Olga Strand"]),
        (
            '<span class="author vcard">By <a href="mailto:o@s.example">Olga Strand | '
            "ostrand@fjord.example</a></span>",
            ["Olga Strand"],
        ),
        (
            '<div class="entry__author byline"><a href="/o">Olga Strand</a> '
            "<i>June 3, 2018</i></div>",
            ["Olga Strand"],
        ),
        ('<div class="byline">By Olga Strand August 3, 2018 at 4:05 PM</div>', ["Olga Strand"]),
        ('<span class="author">Story by <b>Olga Strand</b></span>', ["Olga Strand"]),
        (
            "<div class=byline>By OLGA STRAND and TOM VAN DEN BERG, Staff Writers</div>",
            ["Olga Strand", "Tom Van Den Berg"],
        ),
        (
            "<div class=byline>Olga Strand, Senior Political Editor, Fjord Media</div>",
            ["Olga Strand"],
        ),
        ("<div class=byline>Olga Strand for Fjord News in Bergen</div>", ["Olga Strand"]),
        ("<div class=article__author>From Olga Al-Strand in Bergen</div>", ["Olga Al-Strand"]),
        ("<a rel=author>Tom van den Berg</a>", ["Tom van den Berg"]),
        (
            "<ul class=authors><li>Olga Strand</li><li>Per O’Lund</li></ul>",
            ["Olga Strand", "Per O’Lund"],
        ),
        ("<span itemprop=author><span itemprop=name>Mary King</span></span>", ["Mary King"]),
        ("<span itemprop=author>Theresa May</span>", ["Theresa May"]),
        ("<span class=author>Username</span>", []),
        ("<span class=author>Staff Reporter</span>", []),
        ("<span class=author>Associated Press</span>", []),
        ("<span class=author>Fjord News Agency</span>", []),
        ("<div class=byline>Friday June 3</div>", []),
        ("<div class=byline>June 3, 2018 | 12 comments</div>", []),
        ("<div class='author-bio'>Olga Strand is a writer.</div>", []),
        ("<aside><p class=byline>By Per Lund</p></aside>", []),
        (f"<div class=authors>{'By Olga Strand wrote it. ' * 40}</div>", []),
    ],
)
def test_a_byline_gives_the_names_of_persons(byline: str, names: list[str]) -> None:
    assert list(authors(body=byline)) == names


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (
            '<meta name="author" content="Olga Strand"><meta name="author" content="Per Lund">',
            ["Olga Strand", "Per Lund"],
        ),
        (
            '<meta name="author" content="admin"><meta name="byl" content="By Per Lund">',
            ["Per Lund"],
        ),
        ('<meta property="article:author" content="https://social.example/fjord">', []),
        (
            '<meta property="og:site_name" content="Morning Tide">'
            '<meta name="author" content="Morning Tide">',
            [],
        ),
        (
            stated(
                {
                    "@graph": [
                        {"@type": "Person", "name": "Somebody Else"},
                        {
                            "@type": "NewsArticle",
                            "author": [
                                {"@type": "Person", "name": "Olga Strand"},
                                {"@type": "Organization", "name": "Fjord Morning"},
                            ],
                        },
                    ]
                }
            ),
            ["Olga Strand"],
        ),
        (stated({"@type": "Article", "author": {"name": ["Olga Strand", "Per Lund"]}}),
         ["Olga Strand", "Per Lund"]),
        (stated({"@type": "Article", "author": 5})
         + "<script type='application/ld+json'>{</script>", []),
    ],
)  # fmt: skip
def test_a_head_gives_the_names_of_persons(head: str, names: list[str]) -> None:
    assert list(authors(head)) == names


def test_what_names_an_agency_is_asked_no_further_than_the_next_place() -> None:
    head = '<meta name="author" content="Fjord Media">'
    assert authors(head, "<p class=byline>By Olga Strand, Per Lund</p>") == (
        "Olga Strand",
        "Per Lund",
    )


def test_names_are_given_once_and_bounded() -> None:
    assert person_names(["Olga Strand", "By OLGA STRAND"]) == ("Olga Strand",)
    many = [f"Olga {'ABCDEFGHIJKLMN'[n]}ustad" for n in range(14)]
    assert len(person_names(many)) == 10


def test_a_page_of_nested_bylines_is_read_in_time() -> None:
    begin = time.monotonic()
    authors(body="<div class=byline>" * 3000 + "x" * 1000 + "</div>" * 3000)
    assert time.monotonic() - begin < 10
