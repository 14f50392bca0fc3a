"""Gold from a folder: read back as written, one annotator, broken files named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from quotes.errors import InputError
from quotes.evaluation import (
    Article,
    Attribution,
    digest,
    read_gold,
)
from quotes.records import Span
from tests.evaluation.annotated import (
    bracketed,
    folder_of,
)


def test_gold_reads_back_as_it_was_written(tmp_path: Path, council: Article) -> None:
    (read,) = read_gold(folder_of(tmp_path, [council]))
    assert read.attributions == council.attributions
    assert read.document.text == council.document.text
    assert digest([read]) == digest([council])


def test_parts_of_a_content_are_one_content(tmp_path: Path) -> None:
    folder_of(tmp_path, [bracketed("“Wait,” she said. “Not now.”")])
    notes = (
        "T1\tContent 1 5\tWait\nT2\tContent 19 26;0 1\tNot now\nT3\tSource 8 11\tshe\n"
        "E1\tAttribution:T1 Content:T1 Content2:T2 Source:T3\n"
    )
    (tmp_path / "attributions" / "council_a1b2.ann").write_text(notes, encoding="utf-8")
    (article,) = read_gold(tmp_path)
    assert article.attributions == (
        Attribution(content=(Span(0, 1), Span(1, 5), Span(19, 26)), source=(Span(8, 11),)),
    )


def test_of_several_annotators_the_first_by_name_counts_and_an_article_without_one_does_not(
    tmp_path: Path, council: Article
) -> None:
    other = replace(council, attributions=council.attributions[:1])
    folder_of(tmp_path, [council], annotator="bbbb")
    folder_of(tmp_path, [other], annotator="aaaa")
    (tmp_path / "text" / "nobody.txt").write_text("Nobody annotated this.\n", encoding="utf-8")
    assert [len(article.attributions) for article in read_gold(tmp_path)] == [1]


def test_each_nth_article_by_name(tmp_path: Path, council: Article) -> None:
    folder_of(
        tmp_path,
        [replace(council, document=replace(council.document, id=name)) for name in "dbcae"],
    )
    assert [article.document.id for article in read_gold(tmp_path, every=2)] == ["a", "c", "e"]


@pytest.mark.parametrize(
    ("notes", "said"),
    [
        (
            "T1\tContent 0 9999\tThe\nE1\tAttribution:T1 Content:T1\n",
            r"line 1: the span 0 9999 is not in the text",
        ),
        (
            "T1\tContent 0 3\tThe\nE1\tAttribution:T1 Content:T1 Source:T7\n",
            r"line 2: Source is T7, but no line",
        ),
    ],
)
def test_broken_annotation_is_named_with_its_line(
    tmp_path: Path, council: Article, notes: str, said: str
) -> None:
    folder_of(tmp_path, [council])
    (tmp_path / "attributions" / "council_a1b2.ann").write_text(notes, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_gold(tmp_path)


def test_a_folder_that_holds_no_gold_says_what_it_should_hold(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="text/"):
        read_gold(tmp_path)
    folder_of(tmp_path, [])
    with pytest.raises(InputError, match="no article in text/ has a file"):
        read_gold(tmp_path)
