"""Labels of articles whose texts are in the folder of gold data."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.evaluation.annotated_folder import QUOTES, TEXT
from tests.paths import ROOT

sys.path.insert(0, str(ROOT))  # training is not installed

from quotes.records import cut
from training.gold import DataError
from training.labelled_articles import HELD_OUT, LABELS, news, other_outlets


def write_labels(path: Path, **line: object) -> Path:
    path.write_text(json.dumps({"quotes": QUOTES} | line) + "\n", encoding="utf-8")
    return path


def test_texts_are_found_by_their_ids(tmp_path: Path) -> None:
    (tmp_path / "news" / "worldwide").mkdir(parents=True)
    (tmp_path / "news" / "worldwide" / "harbour.txt").write_text(TEXT, encoding="utf-8")
    row = {"id": "wiki_1", "text": TEXT, "published": "2022-06-03"}
    (tmp_path / "news" / "wikinews.jsonl").write_text(json.dumps(row), encoding="utf-8")
    for name in ("harbour", "wiki_1"):
        labels = write_labels(tmp_path / "labels.jsonl", id=name)
        (article,) = news(tmp_path, labels)
        assert article.document.id == name
        assert cut(TEXT, article.quotes[1].content) == ("We are not ready",)
        (marked,) = other_outlets([article])
        assert [m.required for m in marked.marked] == [q.required for q in article.quotes]


def test_a_folder_without_the_texts_is_refused(tmp_path: Path) -> None:
    labels = write_labels(tmp_path / "labels.jsonl", id="harbour")
    with pytest.raises(DataError, match="worldwide: not there"):
        news(tmp_path, labels)


def identifiers(path: Path) -> set[str]:
    return {json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()}


def test_what_is_held_out_is_not_trained_on() -> None:
    assert identifiers(HELD_OUT)
    assert not identifiers(HELD_OUT) & identifiers(LABELS)


@pytest.mark.parametrize("path", [LABELS, HELD_OUT])
def test_labels_hold_no_text(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        for quote in json.loads(line)["quotes"]:
            assert not {"text", "cue", "source", "said_on_text"} & set(quote)


@pytest.mark.parametrize(("path", "least"), [(LABELS, 100), (HELD_OUT, 20)])
def test_each_content_of_the_labels_is_cut_at_words(path: Path, least: int) -> None:
    gold = os.environ.get("QUOTES_GOLD")
    if not gold:
        pytest.skip("QUOTES_GOLD is not set")
    articles = news(Path(gold), path)
    assert len(articles) == len({article.document.id for article in articles}) > least
    for article in articles:
        text = article.document.text
        for quote in article.quotes:
            for span in quote.content:
                assert not (
                    text[span.start].isalnum() and text[span.start - 1 : span.start].isalnum()
                )
                assert not (
                    text[span.end - 1].isalnum() and text[span.end : span.end + 1].isalnum()
                )
