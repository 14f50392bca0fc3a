"""Lines of the page that do not belong to the article."""

from __future__ import annotations

import pytest

from quotes.text.boilerplate import MAX_LINE_CHARS, alternatives, boilerplate
from tests.builders import ENGLISH


@pytest.mark.parametrize(
    "line",
    [
        "https://example.com/a",
        "Advertisement",
        "By Jane Doe, Reuters",
        "Reporting by Jane Doe; Editing by John Roe",
        "WASHINGTON, March 3 —",
        "Updated 10:34 a.m. ET March 3, 2016",
        "Follow us on Twitter @news",
    ],
)
def test_a_line_that_is_boilerplate_on_its_own(line: str) -> None:
    assert boilerplate(line, ENGLISH) == "line"


@pytest.mark.parametrize(
    "line",
    [
        "Related article: Minister quits over tax",
        "ALSO READ Minister quits",
        "Copyright 2016 The Associated Press. All rights reserved.",
        "(Photo: AP)",
        "Photo by Jane Doe / Getty Images",
        "We use cookies to make this site work. By clicking Accept you agree to them.",
        "Good journalism costs money. We ask you to become a member for five euros a month.",
        "Already a subscriber? Log in to read on.",
        "FILE - In this 2016 file photo, the mayor speaks.",
    ],
)
def test_a_line_that_takes_the_rest_of_its_paragraph_along(line: str) -> None:
    assert boilerplate(line, ENGLISH) == "block"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "The mayor said taxes would rise.",
        "By Monday the mayor had resigned and left town.",
        "“We will not go there again,” said Jane Doe (AP)",
        "“We use cookies to know who reads us and how,” said Jane Doe.",
        "The union said that its journalism prize costs money, and asked members to pay more.",
        "The editor said that the site uses cookies to know who reads it.",
        "Advertisement " * (MAX_LINE_CHARS // 10),
    ],
)
def test_a_line_of_the_article_stays(line: str) -> None:
    assert boilerplate(line, ENGLISH) is None


def test_a_pattern_for_words_has_the_longest_first_and_without_words_matches_nothing() -> None:
    assert alternatives(["in", "inside", "a.m."]) == r"inside|a\.m\.|in"
    assert alternatives([]) == "(?!)"
