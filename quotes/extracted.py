"""The quotes of one document, as `quotes.extract` gives them.

`Quotes` is an immutable sequence of Quote that knows its document and turns itself into a pandas
frame, JSON, CSV or, in a notebook, a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, overload

from quotes.output import documents
from quotes.output.csv_text import csv_text
from quotes.records import Document, Quote

if TYPE_CHECKING:
    import pandas

SHOWN_CHARS = 80  # of a quote in `repr`
NOT_IDENTIFIED = "not identified"  # in the place of a speaker


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
        lines = [
            f"  {quote.speaker or NOT_IDENTIFIED} ({quote.type}, {quote.probability:.2f}): "
            f"{_short(self.words(quote))}"
            for quote in self._quotes
        ]
        return "\n".join([f"<{len(self)} quotes in {self._document.id!r}>", *lines])

    def _repr_html_(self) -> str:
        """Return the quotes as an HTML table, for notebooks."""
        names = ("speaker", "role", "type", "words", "probability")
        head = "".join(f"<th>{name}</th>" for name in names)
        rows = "".join(
            f"<tr><td>{escape(q.speaker or NOT_IDENTIFIED)}</td><td>{escape(q.role or '')}</td>"
            f"<td>{q.type}</td><td style='text-align:left'>{escape(self.words(q))}</td>"
            f"<td>{q.probability:.0%}</td></tr>"
            for q in self._quotes
        )
        title = escape(self._document.title or self._document.id)
        return (
            f"<table><caption>{len(self)} quotes in {title}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        )

    def words(self, quote: Quote) -> str:
        """Return the words of a quote on one line, as the article prints them."""
        from quotes.text.printed_words import quote_words

        return quote_words(self._document, quote)

    def to_frame(self) -> pandas.DataFrame:
        """Return a frame with a row a quote.

        Columns and types are those of `quotes.output.documents.COLUMNS` (docs/formats.md).
        """
        return documents.to_frame(documents.to_rows(self._document, self._quotes))

    def to_csv(self) -> str:
        """Return the CSV that `quotes extract --format csv` prints for the document."""
        rows = documents.to_rows(self._document, self._quotes)
        return csv_text([documents.NAMES, *map(documents.to_cells, rows)])

    def to_json(self, *, with_text: bool = False, indent: int | None = None) -> str:
        """Return the object that `quotes extract --format jsonl` prints for the document.

        In one line unless `indent` is given; `with_text` adds the text that the offsets count in.
        """
        return documents.to_json(self._document, self._quotes, with_text=with_text, indent=indent)


def _short(words: str, most: int = SHOWN_CHARS) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
