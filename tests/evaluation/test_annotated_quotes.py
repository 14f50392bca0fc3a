"""Reading annotated quotes: fields, metadata, utterances, what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from quotes.errors import InputError
from quotes.evaluation.annotated_quotes import (
    digest,
    has_annotated_quotes,
    read_annotated_quotes,
)
from quotes.records import cut
from tests.evaluation.annotated_folder import QUOTES, TEXT, harbour_line, write_folder


def test_a_folder_is_read_with_its_metadata(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, harbour_line(*QUOTES))
    assert has_annotated_quotes(folder)
    (article,) = read_annotated_quotes(folder)
    document = article.document
    assert (document.id, document.text, document.outlet) == ("harbour", TEXT, "Costa")
    assert document.published == date(2022, 6, 3)
    first, second, third = article.quotes
    assert cut(TEXT, first.content) == ("The harbour will close in June 2022",)
    assert (first.names, first.kinds, first.roles) == (
        ("Ana Ruiz", "the mayor"),
        ("person",),
        ("mayor",),
    )
    assert (first.tags, first.said_on, first.reported_by) == (
        ("inversion",),
        "2022-05",
        ("Radio Costa",),
    )
    assert [quote.required for quote in (first, second, third)] == [True, True, False]
    assert second.roles == ()


def test_utterances_in_words_get_their_place_and_no_roles(tmp_path: Path) -> None:
    given = [
        {
            "speaker": "Ana Ruiz ",
            "kind": "person",
            "type": "partially direct",
            "utterance": "We're not ready",
        },
        {
            "speaker": "nobody",
            "kind": "person",
            "type": "direct",
            "utterance": "Quite another text",
        },
    ]
    line = {"id": "harbour", "published": "2020-01-01", "gold": given}
    (article,) = read_annotated_quotes(write_folder(tmp_path, line))
    (quote,) = article.quotes
    assert (quote.type, quote.names, quote.roles) == ("mixed", ("Ana Ruiz",), None)
    assert cut(TEXT, quote.content)[-1].endswith("not ready")
    assert article.document.published == date(2022, 6, 3)  # metadata.csv goes first


def test_the_digest_changes_with_any_annotation(tmp_path: Path) -> None:
    folders = [
        write_folder(tmp_path / str(n), harbour_line(quote))
        for n, quote in enumerate((QUOTES[0], QUOTES[0], QUOTES[0] | {"optional": True}))
    ]
    first, same, other = (digest(read_annotated_quotes(folder)) for folder in folders)
    assert first == same != other


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"id": "elsewhere", "quotes": []}, "line 1: texts/ has no file elsewhere.txt"),
        ({"id": "harbour"}, "line 1: not an article with quotes: KeyError"),
        (harbour_line(QUOTES[0] | {"content": [[0, 9999]]}), "ends behind the text"),
        (harbour_line(QUOTES[0] | {"content": [[9, 3]]}), "not an article with quotes"),
        (["harbour"], "not an article with quotes"),
    ],
)
def test_a_broken_line_is_refused_with_its_place(tmp_path: Path, line: Any, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_annotated_quotes(write_folder(tmp_path, line))


def test_what_is_no_json_and_a_folder_without_texts_are_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "one")
    (folder / "gold.jsonl").write_text("\n{", encoding="utf-8")
    with pytest.raises(InputError, match="line 2: no JSON"):
        read_annotated_quotes(folder)
    with pytest.raises(InputError, match="no such folder"):
        read_annotated_quotes(tmp_path)
