"""The contract between parsers and the rest of the package; importing it loads no model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from quotes.records import Document, Parse, Span

Part = tuple[Document, Span | None]
"""A document, and the chunk of it that is to be parsed (None: all of it)."""


class Parser(Protocol):
    """A parser of documents: `quotes.parsing.load(...)`, or parses made elsewhere."""

    def parse(self, document: Document, chunk: Span | None = None) -> Parse:
        """Return the sentences and names of a document, or of one chunk of it.

        Spans count in the text of the whole document.

        Raises:
            ParseError: where the document cannot be parsed; the message names it.
        """
        ...

    def parse_many(self, parts: Sequence[Part]) -> list[Parse]:
        """Return the parses of several documents or chunks, in their order.

        The first that cannot be parsed raises its error, and the others are lost: parse each
        alone then.
        """
        ...


def parse_each(parser: Parser, parts: Sequence[Part]) -> list[Parse]:
    """Parse documents one by one: `parse_many` of parsers that gain nothing by batches."""
    return [parser.parse(document, chunk) for document, chunk in parts]
