"""Articles that a program hands over: pandas frames, texts, mappings, Documents.

In: a frame with one article a row, or an iterable of texts, mappings (as JSON objects), Documents
and Failures. Out: a `Document` for each article, a `Failure` for each that cannot be read. The
columns of a frame and the keys of a mapping are those of `quotes.readers.columns`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from quotes.errors import InputError
from quotes.readers.columns import check_columns, metadata, require_text, require_text_column
from quotes.readers.metadata import Metadata
from quotes.readers.plain_text import document
from quotes.records import Document, Failure

UNKNOWN = Metadata()


def is_frame(articles: object) -> bool:
    """Return whether an object is a pandas frame, without importing pandas."""
    return hasattr(articles, "columns") and hasattr(articles, "itertuples")


def read_in_memory(
    articles: Any, *, defaults: Metadata = UNKNOWN, columns: Mapping[str, str] | None = None
) -> Iterator[Document | Failure]:
    """Yield the documents of a frame or an iterable, in order.

    Args:
        articles: A pandas frame, or an iterable of texts, mappings, Documents and Failures.
        defaults: What is true of all articles that do not say otherwise.
        columns: Names of columns that are not called as usual, such as `{"text": "body"}`.

    Raises:
        InputError: at once for an unknown field in `columns` or a frame without a text column.
        TypeError: at once for anything else than these, when it is reached for an element.
    """
    columns = columns or {}
    check_columns(columns)
    if is_frame(articles):
        require_text_column([str(name) for name in articles.columns], columns, "frame")
        return _once(_frame(articles, defaults, columns))
    if isinstance(articles, str | bytes | Document | Mapping) or not isinstance(articles, Iterable):
        raise TypeError(
            "articles must be a pandas frame or an iterable of texts, mappings or Documents, "
            f"not {type(articles).__name__}"
        )
    return _once(_iterable(articles, defaults, columns))


def read_given(
    articles: Any, *, defaults: Metadata = UNKNOWN, columns: Mapping[str, str] | None = None
) -> Iterator[Document | Failure]:
    """Yield the documents of paths or addresses (one or several), of Documents, or of a frame.

    Args:
        articles: Any of these, or what `read_in_memory` takes.
        defaults: What is true of all articles that do not say otherwise.
        columns: Names of columns that are not called as usual.

    Raises:
        InputError: at once for an unknown field in `columns` or a frame without a text column.
        TypeError: for anything else than these.
    """
    from quotes import readers

    if isinstance(articles, str | Path):
        return readers.read(articles, defaults=defaults, columns=columns, ids_of_store=True)
    if isinstance(articles, Document | Failure):
        return iter([articles])
    if is_frame(articles):
        return read_in_memory(articles, defaults=defaults, columns=columns)
    if isinstance(articles, Sequence) and articles and all(_is_path(each) for each in articles):
        return readers.read(articles, defaults=defaults, columns=columns, ids_of_store=True)
    if isinstance(articles, Iterable) and not isinstance(articles, bytes | Mapping):
        return read_in_memory(articles, defaults=defaults, columns=columns)
    raise TypeError(
        "articles must be paths, Documents, mappings or a pandas frame, "
        f"not {type(articles).__name__}"
    )


def _is_path(value: object) -> bool:
    return isinstance(value, str | Path)


def _frame(frame: Any, defaults: Metadata, columns: Mapping[str, str]) -> Iterator[Any]:
    names = [str(name) for name in frame.columns]
    for label, values in zip(frame.index, frame.itertuples(index=False, name=None), strict=True):
        row = {name: _value(value) for name, value in zip(names, values, strict=True)}
        yield _mapping(row, str(label), f"row {label}", defaults, columns)


def _iterable(
    articles: Iterable[Any], defaults: Metadata, columns: Mapping[str, str]
) -> Iterator[Document | Failure]:
    for number, article in enumerate(articles, start=1):
        if isinstance(article, Document | Failure):
            yield article
        elif isinstance(article, Mapping):
            yield _mapping(article, str(number), f"article {number}", defaults, columns)
        elif isinstance(article, str):
            yield _mapping({"text": article}, str(number), f"article {number}", defaults, {})
        else:
            raise TypeError(
                f"article {number} is of type {type(article).__name__}: "
                "give texts, mappings or Documents"
            )


def _mapping(
    values: Mapping[str, Any],
    id: str,
    name: str,
    defaults: Metadata,
    columns: Mapping[str, str],
) -> Document | Failure:
    own, _ = metadata(values, columns)
    id = own.id or own.url or id
    try:
        text = require_text(values, columns)
        known = own.or_else(replace(defaults, id=None, url=None))
        return document(text, id=id, metadata=known, name=name, source=None)
    except InputError as error:
        message = str(error)
        return Failure(id, "read", message if message.startswith(name) else f"{name}: {message}")


def _value(value: Any) -> Any:
    """Return a cell as a plain value: missing ones (NaN, NaT) are None."""
    return (
        None if value is None or (not isinstance(value, list | dict) and value != value) else value
    )


def _once(results: Iterator[Document | Failure]) -> Iterator[Document | Failure]:
    """Yield results; a second document of one id becomes a Failure."""
    seen = set[int]()
    for result in results:
        if isinstance(result, Document):
            if hash(result.id) in seen:
                message = f"the id {result.id!r} was already used by an earlier article"
                yield Failure(result.id, "read", f"{message}: give each its own", result.source)
                continue
            seen.add(hash(result.id))
        yield result
