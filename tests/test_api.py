"""The door for Python: `quotes.extract` with the real model, and what `Quotes` can do."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas
import pytest

import quotes
from quotes.output import documents

TEXT = (
    "“We will not close the library,” mayor Ruth Okafor told residents on Tuesday. "
    "The council said that the roof needed repairs.\n\n"
    "“It leaks,” Okafor said. She denied that money was short.\n"
)


@pytest.fixture(scope="module")
def found(models: Any) -> quotes.Quotes:
    return quotes.extract(
        TEXT, parser=models, id="library", published="2024-03-05", outlet="Daily Post"
    )


def test_a_text_gives_who_said_what(found: quotes.Quotes) -> None:
    assert [(q.speaker, found.words(q)) for q in found][:2] == [
        ("Ruth Okafor", "“We will not close the library,”"),
        ("council", "that the roof needed repairs"),
    ]
    assert {q.speaker for q in found[2:]} == {"Ruth Okafor"}
    assert found[-1].factuality == "denied"


def test_it_is_an_immutable_sequence_that_knows_its_document(found: quotes.Quotes) -> None:
    assert isinstance(found, Sequence)
    assert isinstance(found[1:], quotes.Quotes)
    assert (len(found[1:]), found[1:].document) == (len(found) - 1, found.document)
    assert found[0] in found
    assert found == quotes.Quotes(found.document, list(found))
    assert len({found, quotes.Quotes(found.document, list(found))}) == 1
    assert (found.document.id, found.document.published) == ("library", date(2024, 3, 5))
    assert repr(found).startswith(f"<{len(found)} quotes in 'library'>\n  Ruth Okafor (direct, ")
    nobody = quotes.Quotes(found.document, [replace(found[0], speaker=None)])
    assert "\n  not identified (direct, " in repr(nobody)
    with pytest.raises(AttributeError):
        found.document = found.document  # type: ignore[misc]


def test_a_frame_has_a_row_a_quote_and_a_type_a_column(found: quotes.Quotes) -> None:
    frame = found.to_frame()
    assert list(frame.columns) == [name for name, _, _ in documents.COLUMNS]
    assert len(frame) == len(found)
    kinds = {
        "text": "str",
        "number": "float64",
        "day": "datetime64[s]",
        "list": "object",
        "spans": "object",
    }
    assert {name: str(frame[name].dtype) for name, _, _ in documents.COLUMNS} == {
        name: kinds[kind] for name, kind, _ in documents.COLUMNS
    }
    first = frame.iloc[0]
    assert (first.document, first.speaker, first.addressee, first.outlet) == (
        "library",
        "Ruth Okafor",
        "residents",
        "Daily Post",
    )
    assert first.published.date() == date(2024, 3, 5)
    assert [found.document.text[start:end] for start, end in first.content_spans] == [
        "We will not close the library,"
    ]
    assert (first.said_on.date(), first.said_precision, first.when_text) == (
        date(2024, 3, 5),
        "day",
        "on Tuesday",
    )
    assert frame.said_on[1:].isna().all()


def test_a_frame_without_rows_has_the_same_types(found: quotes.Quotes) -> None:
    assert list(found[:0].to_frame().dtypes) == list(found.to_frame().dtypes)


def test_json_follows_the_contract(found: quotes.Quotes) -> None:
    made = json.loads(found.to_json())
    about = ["title", "outlet", "author", "published", "url"]
    assert list(made) == ["id", *about, "quotes"]
    assert made["published"] == "2024-03-05"
    assert list(made["quotes"][0]) == [*documents.NAMES, "content", "text"]
    for quote in made["quotes"]:
        assert quote["content"] == quote["content_spans"]
        assert quote["text"] == [TEXT[start:end] for start, end in quote["content"]]
        assert [quote["outlet"], quote["published"]] == ["Daily Post", "2024-03-05"]
    assert [quote["said_on"] for quote in made["quotes"]] == ["2024-03-05"] + [None] * (
        len(found) - 1
    )
    assert json.loads(found.to_json(with_text=True))["document_text"] == TEXT
    assert "\n" not in found.to_json()
    assert json.loads(found.to_json(indent=2)) == made


def test_offsets_count_in_the_text_as_given(models: Any) -> None:
    text = "\r\n\r\n\tThe café’s owner, Zoë  \r\n Brandt, said 😀 “it’s\u00a0over”.\r\n"
    for quote in quotes.extract(text, parser=models):
        assert all(
            span.of(text).strip() == span.of(text)
            for span in (*quote.content, *quote.cue, *quote.source)
        )
    assert quotes.extract(text, parser=models).document.text == text


def test_the_least_confidence_can_be_chosen(models: Any) -> None:
    sure = quotes.extract(TEXT, parser=models, min_confidence=0.9)
    assert 0 < len(sure) < len(quotes.extract(TEXT, parser=models, min_confidence=0))
    assert min(quote.probability for quote in sure) >= 0.9


def test_a_document_keeps_its_metadata_unless_options_override_it(models: Any) -> None:
    document = quotes.Document(id="d7", text=TEXT, outlet="Old Post", published=date(2024, 1, 1))
    found = quotes.extract(document, parser=models, outlet="New Post")
    assert (found.document.id, found.document.outlet, found.document.published) == (
        "d7",
        "New Post",
        date(2024, 1, 1),
    )
    assert all(quote.document == "d7" for quote in found)


@pytest.mark.parametrize(
    ("text", "options", "error"),
    [
        ("", {}, quotes.InputError),
        ("12 345 !!", {}, quotes.InputError),
        (
            "Le maire a déclaré que la bibliothèque resterait ouverte malgré les travaux prévus "
            "cet été.",
            {},
            quotes.LanguageError,
        ),
        (TEXT, {"published": "soon"}, quotes.InputError),
        (TEXT, {"model": "no/such/folder"}, quotes.ModelError),
    ],
)
def test_what_cannot_be_done_is_said(
    text: str, options: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        quotes.extract(text, **options)


def test_a_loaded_model_is_cached(models: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from quotes import api

    loads = []

    def load(model: str, **options: Any) -> Any:
        loads.append((model, options["language"].code))
        return models

    monkeypatch.setattr("quotes.models.load_models", load)
    api._models.cache_clear()
    try:
        quotes.extract(TEXT)
        quotes.extract(TEXT)
    finally:
        api._models.cache_clear()
    assert loads == [("embedded", "en")]


def test_a_parser_without_a_tagger_is_taken_as_it_is(models: Any) -> None:
    assert "Ruth Okafor" in {quote.speaker for quote in quotes.extract(TEXT, parser=models.parser)}


def test_files_are_read_and_bad_ones_named(root: Any, tmp_path: Any, models: Any) -> None:
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    bad, good = quotes.read(tmp_path, outlet="Daily Post")
    assert isinstance(bad, quotes.Failure)
    assert isinstance(good, quotes.Document)
    assert good.outlet == "Daily Post"
    assert quotes.extract(good, parser=models)[0].speaker == "Ruth Okafor"


def test_a_quote_knows_its_printed_words(found: quotes.Quotes) -> None:
    assert [q.words for q in found] == [found.words(q) for q in found]
    assert found[0].words == "“We will not close the library,”"


def test_a_notebook_shows_a_table_without_markup_from_the_text(found: quotes.Quotes) -> None:
    html = found._repr_html_()
    assert html.count("<tr>") == len(found) + 1
    assert "<th>words</th><th>probability</th>" in html
    assert "<td>Ruth Okafor</td><td>mayor</td><td>direct</td>" in html
    title = replace(found.document, title="<script>alert(1)</script>")
    assert "<script>" not in quotes.Quotes(title, found)._repr_html_()


@pytest.mark.parametrize("path", ["article.txt", "https://example.org/news/article.html", "seeds"])
def test_a_path_in_place_of_a_text_is_warned_of(
    path: str, models: Any, monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    monkeypatch.chdir(root)
    with pytest.warns(quotes.QuotesWarning, match=r"to read a file or an address: quotes\.read"):
        quotes.extract(path, parser=models)


def test_a_text_that_names_a_file_is_no_path(models: Any) -> None:
    assert len(quotes.extract("Smith said prices rose in report.txt", parser=models)) == 1


@pytest.mark.parametrize(
    ("options", "error", "reason"),
    [
        ({"min_confidence": 2}, ValueError, "must lie between 0 and 1, not 2"),
        ({"min_confidence": "high"}, TypeError, "min_confidence must be a number, not str"),
        ({"published": 2023}, TypeError, 'published must be a date or "YYYY-MM-DD", not int'),
        ({"published": "soon"}, quotes.InputError, "soon"),
        ({"outlet": 7}, TypeError, "outlet must be a str, not int"),
        ({"publisher": "Post"}, TypeError, "publisher"),
        ({"model": 3}, TypeError, "model must be a str, not int"),
        ({"parser": 3}, TypeError, "parser must be what quotes.load returns, or a Parser, not int"),
        ({"language": 3}, TypeError, "language must be a str, not int"),
    ],
)
def test_wrong_options_are_refused_with_the_reason(
    options: dict[str, Any], error: type[Exception], reason: str
) -> None:
    with pytest.raises(error, match=reason):
        quotes.extract(TEXT, **options)


@pytest.mark.parametrize(
    ("call", "error", "reason"),
    [
        (lambda: quotes.load(3), TypeError, "model must be a str, not int"),  # type: ignore[arg-type]
        (lambda: quotes.load(language=3), TypeError, "language must be a str, not int"),  # type: ignore[arg-type]
        (
            lambda: quotes.load(language="xx"),
            quotes.LanguageError,
            "language 'xx'",
        ),
        (lambda: quotes.load(threads=0), ValueError, "threads must be at least 1, not 0"),
        (lambda: quotes.read(3), TypeError, "paths must be a list, not int"),  # type: ignore[arg-type]
        (lambda: quotes.read([3]), TypeError, "each of paths must be a str or Path, not int"),  # type: ignore[list-item]
        (lambda: quotes.read("seeds", columns=3), TypeError, "columns must be a mapping"),  # type: ignore[arg-type]
        (lambda: quotes.extract_many([], columns=3), TypeError, "columns must be a mapping"),  # type: ignore[arg-type]
        (lambda: quotes.extract_many([], model=3), TypeError, "model must be a str"),  # type: ignore[arg-type]
        (lambda: quotes.extract_many([], on_failure=3), TypeError, "on_failure must be a function"),  # type: ignore[arg-type]
    ],
)
def test_wrong_arguments_of_other_functions_are_refused_with_the_reason(
    call: Any, error: type[Exception], reason: str
) -> None:
    with pytest.raises(error, match=reason):
        call()


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(TypeError, match=r"must be a str or a Document, not PosixPath: read files"):
        quotes.extract(Path("a.txt"))  # type: ignore[arg-type]
    failure = quotes.Failure("a", "read", "a.txt: is empty")
    with pytest.raises(TypeError, match=r"not Failure: this article could not be read: a\.txt: is"):
        quotes.extract(failure)  # type: ignore[arg-type]
    for several in (["a", "b"], pandas.DataFrame({"text": ["a"]})):
        with pytest.raises(TypeError, match=r"for several texts, or a frame, quotes\.extract_many"):
            quotes.extract(several)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"must be a str or a Document, not NoneType$"):
        quotes.extract(None)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not int"):
        quotes.extract_many(7)
    with pytest.raises(TypeError, match="unexpected keyword argument 'publisher'"):
        quotes.read("seeds", publisher="Post")  # type: ignore[call-arg]


@pytest.mark.model
def test_a_frame_of_articles_gives_one_frame_of_quotes() -> None:
    articles = pandas.DataFrame(
        {
            "body": [TEXT, "“It leaks,” Ann Roe said.", "12 34", None],
            "outlet": ["Post", None, "Star", "Star"],
            "published": [pandas.Timestamp("2024-03-05"), pandas.NaT, pandas.NaT, pandas.NaT],
        },
        index=["a", "b", "c", "d"],
    )
    failures: list[quotes.Failure] = []
    found = quotes.extract_many(articles, text="body", outlet="Daily", on_failure=failures.append)
    assert found.groupby("document")["outlet"].first().to_dict() == {"a": "Post", "b": "Daily"}
    assert found.loc[found["document"] == "b", "speaker"].tolist() == ["Ann Roe"]
    assert found["published"].dropna().unique().tolist() == [pandas.Timestamp("2024-03-05")]
    assert [(f.id, f.stage) for f in failures] == [("c", "read"), ("d", "read")]
    assert found.attrs["failures"] == failures
    assert "row c" in failures[0].message


@pytest.mark.model
def test_articles_of_any_kind_give_one_frame_and_failures_are_warned_of() -> None:
    document = quotes.Document(id="doc", text="Ann Roe said that prices rose.")
    with pytest.warns(quotes.QuotesWarning, match=r"the id 'doc' was already used"):
        found = quotes.extract_many(
            [document, {"text": TEXT, "id": "row"}, "“No,” Tom Lind said.", document]
        )
    assert found["document"].drop_duplicates().tolist() == ["doc", "row", "3"]
    assert [f.id for f in found.attrs["failures"]] == ["doc"]


@pytest.mark.model
def test_the_columns_of_text_and_id_are_named() -> None:
    frame = pandas.DataFrame(
        {"body": ["Ann Roe said that prices rose."], "url": ["https://example.org/1"], "id": [1]}
    )
    found = quotes.extract_many(frame, text="body", id="url")
    assert found["document"].tolist() == ["https://example.org/1"]
    assert list(found.columns) == [*documents.NAMES, "article_id"]


def test_a_quote_says_its_words(found: quotes.Quotes) -> None:
    assert found[0].text == found[0].words == found.words(found[0])
    rows = list(csv.DictReader(io.StringIO(found.to_csv())))
    assert [row["words"] for row in rows] == [quote.words for quote in found]
    assert rows[0]["said_on"] == "2024-03-05"


@pytest.mark.model
def test_articles_are_added_to_a_store_that_is_made_for_them(
    models: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("quotes.models.load_models", lambda *_, **__: models)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("“It leaks,” Ann Roe said.", encoding="utf-8")
    done = quotes.add(tmp_path / "in", store=tmp_path / "news", outlet="Post")
    assert (done.added, done.quotes, done.failures) == (1, 1, ())
    with quotes.open(tmp_path / "news") as store:
        assert store.quotes(outlet="post")["speaker"].tolist() == ["Ann Roe"]
        with pytest.raises(quotes.StoreError, match="no outlet 'Star'"):
            store.quotes(outlet="Star")


def test_no_store_is_made_for_a_path_at_which_there_is_nothing(tmp_path: Path) -> None:
    for given in (tmp_path / "none.txt", [str(tmp_path / "none.txt")]):
        with pytest.raises(quotes.InputError, match=r"none\.txt: no such file or folder"):
            quotes.add(given, store=tmp_path / "news")
    assert not (tmp_path / "news").exists()


def test_a_frame_without_a_text_column_is_refused() -> None:
    with pytest.raises(
        quotes.InputError, match=r"frame: no column holds the text \(columns: words"
    ):
        quotes.extract_many(pandas.DataFrame({"words": ["He said so."]}))
    with pytest.raises(quotes.InputError, match="no such field: words"):
        quotes.extract_many(pandas.DataFrame({"text": []}), columns={"words": "a"})
