"""The door for Python: texts and Documents in, `Quotes` and frames out.

Files are read with `quotes.read`; a store is opened or made with `quotes.open`. Nothing is printed
here.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.arguments import (
    require,
    require_acts,
    require_callable,
    require_confidence,
    require_number,
    require_texts,
)
from quotes.defaults import DEFAULT_LANGUAGE, MIN_CONFIDENCE, SHOWN_ACTS, STORE_FOLDER
from quotes.errors import InputError, QuotesWarning
from quotes.extracted import Quotes
from quotes.output import documents
from quotes.readers.metadata import Metadata, require_date
from quotes.records import Document, Failure

if TYPE_CHECKING:
    import pandas

    from quotes.collection import Added, Collection
    from quotes.language import Language
    from quotes.models import Models
    from quotes.parsing.interface import Parser
    from quotes.store.ingest import Step

MAX_PATH_CHARS = 260  # a longer text of one line is no path


def extract(
    text: str | Document,
    *,
    published: date | str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    title: str | None = None,
    id: str | None = None,
    language: str | None = None,
    model: str = "embedded",
    parser: Models | Parser | None = None,
    min_confidence: float = MIN_CONFIDENCE,
    acts: Sequence[str] | str = SHOWN_ACTS,
) -> Quotes:
    """Extract who said what from one article.

    What is given here replaces what a Document brings. The model is loaded once and stays loaded.

    Args:
        text: The text itself, or a Document; a file is read with `quotes.read`.
        published: Day of publication, as a date or "YYYY-MM-DD".
        outlet: The newspaper, agency or site.
        author: Who wrote it: "I" outside of quotations is this person.
        title: The headline.
        id: What names the document in results.
        language: An ISO 639-1 code; detected in the text unless given.
        model: "embedded", "stanza:en" or a folder of Stanza models.
        parser: Models loaded with `quotes.load`, in place of `model`.
        min_confidence: Quotes below it are left out (0 to 1).
        acts: Acts of which quotes are wanted: "speech", "thought", "intention", "attitude", or
            "all".

    Raises:
        InputError: for a text without letters, or a day that cannot be read.
        LanguageError: where no rules cover the language.
        ModelError: without a model.
        ParseError: where the parser fails.
        TypeError: for a value of another type.
        ValueError: for a `min_confidence` outside of 0 to 1, or an act that does not exist.
    """
    from quotes.language import Language
    from quotes.pipeline import described, process, shown_by_default

    _check_text(text)
    _check_model(model, parser)
    require_confidence("min_confidence", min_confidence)
    wanted = require_acts("acts", acts)
    known = given_metadata(
        published=published, outlet=outlet, author=author, title=title, id=id, language=language
    )
    given = text if isinstance(text, Document) else Document(id="text", text=text)
    document = described(given, known)
    spoken = Language.load(document.language or DEFAULT_LANGUAGE)
    models = models_of(model, parser, spoken)
    quotes = process(document, models=models, language=spoken)
    return Quotes(document, shown_by_default(quotes, min_confidence, wanted))


def extract_many(
    articles: Any,
    *,
    text: str | None = None,
    id: str | None = None,
    columns: Mapping[str, str] | None = None,
    published: date | str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    language: str | None = None,
    model: str = "embedded",
    min_confidence: float = MIN_CONFIDENCE,
    acts: Sequence[str] | str = SHOWN_ACTS,
    on_failure: Callable[[Failure], None] | None = None,
) -> pandas.DataFrame:
    """Extract who said what from many articles, into one frame.

    Args:
        articles: A pandas frame with an article a row (columns text, id, title, outlet, author,
            published, url, language), or an iterable of texts, mappings with such keys, Documents
            or what `quotes.read` gives.
        text: Name of the column with the text, where it is called otherwise: `text="body"`.
        id: Name of the column with the id of the article: `id="url"`.
        columns: Names of other columns, by what they are: `{"outlet": "paper"}`.
        published: Day of publication of those that do not say, as a date or "YYYY-MM-DD".
        outlet: The outlet of those that do not say.
        author: The author of those that do not say.
        language: An ISO 639-1 code; detected in each text unless given.
        model: "embedded", "stanza:en" or a folder of Stanza models.
        min_confidence: Quotes below it are left out (0 to 1).
        acts: Acts of which quotes are wanted: "speech", "thought", "intention", "attitude", or
            "all".
        on_failure: Called with each article that could not be processed. Without it, each is
            warned of (`QuotesWarning`).

    Returns:
        A row a quote, with the columns of `Quotes.to_frame`; `document` is the id of the article:
        its column `id` or `url`, else the label of its row, else its number from 1. Articles that
        could not be processed are in `frame.attrs["failures"]`.

    Raises:
        InputError: for an unknown field in `columns`, or a frame without a column for the text.
        ModelError: without a model.
        TypeError: for articles of another type.
        ValueError: for a `min_confidence` outside of 0 to 1, or an act that does not exist.
    """
    from quotes.pipeline import run, shown_by_default
    from quotes.readers.in_memory import read_in_memory

    require("model", model, str)
    require_confidence("min_confidence", min_confidence)
    wanted = require_acts("acts", acts)
    require_callable("on_failure", on_failure)
    require("columns", columns, Mapping, optional=True)
    require_texts(text=text, id=id)
    named = {"text": text, "id": id}
    columns = {name: column for name, column in named.items() if column} | dict(columns or {})
    defaults = given_metadata(published=published, outlet=outlet, author=author, language=language)
    items = read_in_memory(articles, defaults=defaults, columns=columns)
    rows, failures = list[documents.Row](), list[Failure]()
    for result in run(items, models=lambda spoken: _models(model, language=spoken)):
        if isinstance(result, Failure):
            failures.append(result)
            _report(result, on_failure)
        else:
            shown = shown_by_default(result.quotes, min_confidence, wanted)
            rows += documents.to_rows(result.document, shown)
    frame = documents.to_frame(rows)
    frame.attrs["failures"] = failures
    return frame


def read(
    paths: str | Path | Sequence[str | Path],
    *,
    columns: Mapping[str, str] | None = None,
    published: date | str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    title: str | None = None,
    language: str | None = None,
) -> Iterator[Document | Failure]:
    """Yield the documents of files, folders and addresses; a Failure for each that cannot be read.

    Addresses (https://...) are fetched because they are given. Files: .txt, .html, .pdf, .docx,
    .eml, .vtt, .srt, .warc, .rss, .atom, .xml, .jsonl, .csv, .parquet.

    Args:
        paths: One path or address, or several.
        columns: Names of columns that are called otherwise, such as `{"text": "body"}`.
        published: Day of publication of those that do not say, as a date or "YYYY-MM-DD".
        outlet: The outlet of those that do not say.
        author: The author of those that do not say.
        title: The title of those that do not say.
        language: An ISO 639-1 code; detected in each text unless given.

    Raises:
        InputError: for an unknown field in `columns`, or a day that cannot be read.
        TypeError: for a value of another type.
    """
    from quotes import readers

    require("columns", columns, Mapping, optional=True)
    if not isinstance(paths, str | Path):
        require("paths", paths, Iterable)
        paths = tuple(paths)
        for path in paths:
            require("each of paths", path, str, Path)
    defaults = given_metadata(
        published=published, outlet=outlet, author=author, title=title, language=language
    )
    return readers.read(paths, defaults=defaults, columns=columns)


def open(path: str | Path = STORE_FOLDER, *, create: bool = False) -> Collection:
    """Open the store in a folder as a collection of frames.

    Args:
        path: The folder.
        create: Make an empty store where there is none.

    Raises:
        StoreError: where there is no store (unless `create`), or one of a newer version.
    """
    from quotes.collection import Collection

    return Collection(path, create=create)


def add(
    articles: Any,
    *,
    store: str | Path = STORE_FOLDER,
    columns: Mapping[str, str] | None = None,
    published: date | str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    language: str | None = None,
    model: str = "embedded",
    workers: int = 1,
    again: bool = False,
    on_progress: Callable[[Step], None] | None = None,
) -> Added:
    """Add articles to a store, which is made where there is none yet.

        quotes.add("articles/", store="news", outlet="The Daily")

    Arguments, returned numbers and errors are those of `Collection.add`.

    Raises:
        InputError: for a path at which there is nothing; no store is made then.
        StoreError: where `store` is something else than a store.
    """
    given = [articles] if isinstance(articles, str | Path) else articles
    if isinstance(given, Sequence) and not isinstance(given, bytes):
        _require_paths(given)
    with open(store, create=True) as collection:
        return collection.add(
            articles,
            columns=columns,
            published=published,
            outlet=outlet,
            author=author,
            language=language,
            model=model,
            workers=workers,
            again=again,
            on_progress=on_progress,
        )


def _require_paths(given: Sequence[object]) -> None:
    """Raise InputError where all that is given are paths, and nothing is there."""
    from quotes.readers.discovery import is_address

    paths = [path for path in given if isinstance(path, str | Path)]
    if not paths or len(paths) < len(given):
        return
    if not any(is_address(str(path)) or Path(path).exists() for path in paths):
        raise InputError(f"{', '.join(map(str, paths))}: no such file or folder")


def load(model: str = "embedded", *, language: str = "en", threads: int | None = None) -> Models:
    """Load the models of a language, to hand to `extract` as its `parser`.

    Args:
        model: "embedded", "stanza:en" or a folder of Stanza models.
        language: An ISO 639-1 code.
        threads: Processor cores that torch may use, in the whole process; by default torch
            decides.

    Raises:
        LanguageError: where no rules cover the language; not of Stanza's own models.
        ModelError: where there is no such model, or it is broken.
        TypeError: for a value of another type.
        ValueError: for less than one thread.
    """
    from quotes.models import language_of_model, load_models

    require("model", model, str)
    require("language", language, str)
    require_number("threads", threads, at_least=1, optional=True)
    return load_models(model, language=language_of_model(model, language), threads=threads)


def models_of(model: str, parser: Models | Parser | None, language: Language) -> Models:
    """Return the models given as a parser, else those of a name, loaded once.

    Raises:
        ModelError: where there is no such model, or it is broken.
    """
    from quotes.models import Models

    if parser is None:
        return _models(model, language=language)
    return parser if isinstance(parser, Models) else Models(parser)


@cache
def _models(model: str, *, language: Language) -> Models:
    from quotes.models import load_models

    return load_models(model, language=language)


def given_metadata(*, published: date | str | None, **known: str | None) -> Metadata:
    """Return what a caller knows of an article.

    Raises:
        InputError: for a day that cannot be read.
        TypeError: for a value of another type.
    """
    require_texts(**known)
    values: dict[str, Any] = dict(known)
    return Metadata(published=to_date(published, "published"), **values)


def to_date(day: date | str | None, name: str) -> date | None:
    """Return a day given as a date or "YYYY-MM-DD".

    Raises:
        InputError: for words that are no day.
        TypeError: for a value of another type; `name` names the parameter.
    """
    if day is None or isinstance(day, date):
        return day
    if isinstance(day, str):
        return require_date(day)
    raise TypeError(f'{name} must be a date or "YYYY-MM-DD", not {type(day).__name__}')


def _check_model(model: str, parser: object) -> None:
    """Raise TypeError for a model that is no name, or a parser that is none."""
    require("model", model, str)
    if parser is not None and not (hasattr(parser, "parser") or hasattr(parser, "parse")):
        raise TypeError(
            f"parser must be what quotes.load returns, or a Parser, not {type(parser).__name__}"
        )


def _check_text(text: object) -> None:
    """Raise TypeError for what is no text, and say what to do; warn of the path of a file."""
    if isinstance(text, str):
        _warn_of_path(text)
        return
    if isinstance(text, Document):
        return
    hint = ""
    if isinstance(text, Path):
        hint = ": read files with quotes.read"
    elif isinstance(text, Failure):
        hint = f": this article could not be read: {text.message}"
    elif isinstance(text, Iterable) and not isinstance(text, bytes):
        hint = ": for several texts, or a frame, quotes.extract_many"
    raise TypeError(f"text must be a str or a Document, not {type(text).__name__}{hint}")


def _warn_of_path(text: str) -> None:
    """Warn where a text is the path of a file, which nobody wants to extract quotes from."""
    if not text.strip() or len(text) > MAX_PATH_CHARS or "\n" in text:
        return
    from quotes.readers.discovery import FORMATS, is_address

    try:
        is_path = Path(text).suffix.lower() in FORMATS or is_address(text) or Path(text).exists()
    except (OSError, ValueError):
        return
    if is_path and (" " not in text.strip() or Path(text).exists()):
        warnings.warn(
            f"{text!r} is taken for the text of an article; to read a file or an address: "
            f"quotes.read({text!r})",
            QuotesWarning,
            stacklevel=4,
        )


def _report(failure: Failure, on_failure: Callable[[Failure], None] | None) -> None:
    if on_failure:
        on_failure(failure)
    else:
        warnings.warn(failure.message, QuotesWarning, stacklevel=3)
