"""The door for Python: a text or a Document in, `Quotes` out.

`Quotes` is an immutable sequence of Quote that knows its document and turns itself into a pandas frame or JSON. Files are read with
`quotes.read`; nothing is stored or printed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from quotes.defaults import DEFAULT_LANGUAGE, MIN_CONFIDENCE
from quotes.output import documents
from quotes.readers.metadata import Metadata, require_date
from quotes.records import Document, Failure, Quote, text_of_spans

if TYPE_CHECKING:
    import pandas

    from quotes.collection import Collection
    from quotes.language import Language
    from quotes.models import Models
    from quotes.parsing.interface import Parser


class Quotes(Sequence[Quote]):
    """The quotes of one document, in text order. A slice of it is `Quotes` too."""

    __slots__ = ("_document", "_quotes")

    def __init__(self, document: Document, quotes: Iterable[Quote] = ()) -> None:
        self._document, self._quotes = document, tuple(quotes)

    @property
    def document(self) -> Document:
        """The document that the quotes are from; their offsets count in its `text`."""
        return self._document

    @overload
    def __getitem__(self, at: int) -> Quote: ...
    @overload
    def __getitem__(self, at: slice) -> Quotes: ...
    def __getitem__(self, at: int | slice) -> Quote | Quotes:
        return (
            Quotes(self._document, self._quotes[at]) if isinstance(at, slice) else self._quotes[at]
        )

    def __iter__(self) -> Iterator[Quote]:
        return iter(self._quotes)

    def __len__(self) -> int:
        return len(self._quotes)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Quotes) and (self._document, self._quotes) == (
            other._document,
            other._quotes,
        )

    def __hash__(self) -> int:
        return hash((self._document, self._quotes))

    def __repr__(self) -> str:
        text = self._document.text
        lines = [
            f"  {q.speaker or '?'} ({q.type}, {q.confidence:.2f}): {_short(q.words or text_of_spans(text, q.content))}"
            for q in self._quotes
        ]
        return "\n".join([f"<{len(self)} quotes in {self._document.id!r}>", *lines])

    def words(self, quote: Quote) -> str:
        """The words of a quote of this document on one line, its parts joined by an ellipsis."""
        return quote.words or text_of_spans(self._document.text, quote.content)

    def to_frame(self) -> pandas.DataFrame:
        """One row a quote. Columns and types: `quotes.output.documents.COLUMNS` and the README."""
        return documents.to_frame(documents.to_rows(self._document, self._quotes))

    def to_json(self, *, with_text: bool = False, indent: int | None = None) -> str:
        """The object that `quotes extract --format jsonl` prints for the document, in one line unless `indent` is given."""
        return documents.to_json(self._document, self._quotes, with_text=with_text, indent=indent)


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
) -> Quotes:
    """Who said what in one article.

    `published` is a date or "YYYY-MM-DD", `language` an ISO 639-1 code (told from the text unless given), `model` "embedded",
    "stanza:en" or a folder of Stanza models; `parser`, one loaded with `quotes.load`, goes before it. What is given here replaces what a
    Document brings. The model is loaded once and kept. Raises InputError for a text without letters, LanguageError where no rules cover
    the language, ModelError without a model, ParseError where the parser fails.
    """
    from quotes.language import Language
    from quotes.models import Models
    from quotes.pipeline import confident, described, process

    known = Metadata(
        published=_day(published),
        outlet=outlet,
        author=author,
        title=title,
        id=id,
        language=language,
    )
    document = described(
        text if isinstance(text, Document) else Document(id="text", text=text), known
    )
    spoken = Language.load(document.language or DEFAULT_LANGUAGE)
    if parser is None:
        models = _models(model, language=spoken)
    else:
        models = parser if isinstance(parser, Models) else Models(parser)
    quotes = process(document, models=models, language=spoken)
    return Quotes(document, confident(quotes, min_confidence))


def read(
    paths: str | Path | Sequence[str | Path],
    *,
    columns: Mapping[str, str] | None = None,
    **known: Any,
) -> Iterator[Document | Failure]:
    """The documents of files, folders and addresses (https://..., fetched when given), a Failure for each that cannot be read.

    Files: .txt, .html, .pdf, .docx, .warc, .rss, .atom, .xml, .jsonl, .csv, .parquet.
    `known` is what is true of those that do not say themselves: published (as for `extract`), outlet, author, title, language. `columns`
    names the columns of tables where they have unusual names ({"text": "body"}).
    """
    from quotes import readers

    published = _day(known.pop("published", None))
    return readers.read(paths, defaults=Metadata(published=published, **known), columns=columns)


def open(path: str | Path = "quotes-store") -> Collection:
    """The store in a folder, as frames. Raises StoreError where there is none."""
    from quotes.collection import Collection

    return Collection(path)


def load(model: str = "embedded", *, language: str = "en", threads: int | None = None) -> Models:
    """Load the models of a language, to hand to `extract` as its `parser`.

    Args:
        model: "embedded", "stanza:en" or a folder of Stanza models.
        language: An ISO 639-1 code.
        threads: Processor cores that torch may use, in the whole process (by default torch decides).

    Raises:
        ModelError: where there is no such model, or it is broken.
    """
    from quotes.language import Language
    from quotes.models import load_models

    return load_models(model, language=Language.of(language), threads=threads)


@cache
def _models(model: str, *, language: Language) -> Models:
    from quotes.models import load_models

    return load_models(model, language=language)


def _day(day: date | str | None) -> date | None:
    return require_date(day) if isinstance(day, str) else day


def _short(words: str, most: int = 80) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
