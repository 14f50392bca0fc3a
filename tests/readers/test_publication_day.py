"""The day of publication of a page."""

from __future__ import annotations

import json
from datetime import date

import pytest

from quotes.readers.html import read_html
from quotes.readers.linked_data import linked_data
from quotes.readers.metadata import Metadata
from quotes.readers.page_tree import parse_page
from quotes.readers.publication_day import publication_day

TODAY = date(2022, 6, 1)


def day(head: str = "", body: str = "") -> date | None:
    tree = parse_page(
        f"<html><head>{head}</head><body><article>{body}<p>Text.</p></article></body></html>",
        "page",
    )
    return publication_day(tree, linked_data(tree), today=TODAY)


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def test_the_day_of_the_article_goes_before_that_of_the_claim_it_checks() -> None:
    found = [
        {
            "@type": "ClaimReview",
            "datePublished": "2021-03-02",
            "itemReviewed": {"@type": "CreativeWork", "datePublished": "2019-09-09"},
        },
        {"@type": ["NewsArticle"], "datePublished": "2021-03-01T23:30:00+01:00"},
    ]
    for order in (found, found[::-1], [{"@graph": found}]):
        head = f'<script type="application/ld+json">{json.dumps(order)}</script>'
        assert day(head) == date(2021, 3, 1)
    head = f'<script type="application/ld+json">{json.dumps(found[0])}</script>'
    assert day(head + meta("article:published_time", "2021-03-04")) == date(2021, 3, 2)


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (meta("article:published_time", "2020-05-06T01:00:00Z"), "", date(2020, 5, 6)),
        (meta("article:modified_time", "2020-05-07"), "", None),
        (meta("article:published_time", "20-05-06"), "", None),
        (meta("article:published_time", "05-06-20"), "", None),
        (meta("article:published_time", "2023-05-06"), "", None),
        (meta("article:published_time", "2022-06-02"), "", date(2022, 6, 2)),
        (
            meta("article:published_time", "2031-01-01") + meta("pubdate", "6 May 2020"),
            "",
            date(2020, 5, 6),
        ),
        (
            "",
            "<span itemprop='datePublished' content='2020-05-06'>Wednesday</span>",
            date(2020, 5, 6),
        ),
        (
            "",
            "<div itemprop='itemReviewed'>"
            "<meta itemprop='datePublished' content='2019-09-09'></div>"
            "<span itemprop='datePublished'>May 6, 2020</span>",
            date(2020, 5, 6),
        ),
        ("", "<time datetime='2020-05-06T10:00'>May 6</time>", date(2020, 5, 6)),
        (
            "",
            "<time itemprop='dateModified' datetime='2020-05-08'>16/05/2019 10:02 | Updated "
            "08/05/2020</time>",
            date(2019, 5, 16),
        ),
        (
            "",
            "<time datetime='2020-05-09'>Last updated May 9, 2020</time>"
            "<time datetime='2020-05-06'>May 6</time>",
            date(2020, 5, 6),
        ),
        (
            "",
            "<time itemprop='dateModified' datetime='2020-05-08'>May 8, 2020</time>",
            date(2020, 5, 8),
        ),
        ("", "<aside><time datetime='2018-01-01'>2018</time></aside>", None),
        ("", "<p>On 6 May 2020 the harbour closed.</p>", None),
    ],
)  # fmt: skip
def test_where_a_page_says_when_it_was_published(
    head: str, body: str, expected: date | None
) -> None:
    assert day(head, body) == expected


def test_the_head_goes_before_the_address() -> None:
    head = '<link rel="canonical" href="https://tide.example/2020/05/09/harbour">' + meta(
        "article:published_time", "2020-05-06"
    )
    text = "The harbour of Nordby closed on Thursday night, and nobody knows for how long. " * 3
    page = (
        f"<html lang='en'><head>{head}</head><body><article><p>{text}</p></article></body></html>"
    )
    found = read_html(page.encode(), id="page", metadata=Metadata(), source="page.html")
    assert found.published == date(2020, 5, 6)


@pytest.mark.parametrize(
    "body",
    [
        "<p class=pubdate>PUBLISHED : Tuesday, 1 March, 2022, 11:30am</p>"
        "<p class=update>UPDATED : Wednesday, 2 March, 2022, 8:05am</p>",
        "<div class='post-date'>First posted on 1 March 2022</div>",
        "<span id=publish_date>Mar 1, 2022</span>",
        "<p class='article-date'>Date: 2022-03-01</p>",
        "<p class=posted-on>Posted 1 March 2022 | Updated 3 March 2022</p>",
    ],
)
def test_elements_named_for_the_day_of_publication_hold_it(body: str) -> None:
    assert day(body=body) == date(2022, 3, 1)


@pytest.mark.parametrize(
    "body", ["<p class=update>1 March 2022</p>", "<p class=republished-date>1 March 2022</p>"]
)
def test_other_elements_with_a_day_do_not(body: str) -> None:
    assert day(body=body) is None
