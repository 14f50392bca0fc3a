"""Parsers for an evaluation: one reads parses from a folder, one caches those of another parser.

In: documents. Out: parses, as `quotes.pipeline` requests them. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quotes.errors import InputError, ParseError
from quotes.parsing.conllu import align, read_conllu
from quotes.parsing.interface import Parser, Part, parse_each
from quotes.pipeline import ReadyParse
from quotes.records import Document, Parse, Span


class FolderParser:
    """A parser that reads the parse of each document from the file `<id>.conllu` of a folder.

    Args:
        folder: The folder with the files.

    Raises:
        InputError: There is no such folder.
    """

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder)
        if not self._folder.is_dir():
            raise InputError(
                f"{folder}: no such folder; it must contain a file <id>.conllu for each document"
            )

    def parse(self, document: Document, chunk: Span | None = None) -> Parse:
        """Return the sentences and names that begin in `chunk` (by default in the document).

        Raises:
            ParseError: The file is missing or does not fit the document.
        """
        path = self._folder / f"{document.id}.conllu"
        if not path.is_file():
            raise ParseError(f"{path}: no parse of document {document.id}")
        found, parse = next(read_conllu(path))
        same = parse if found.text == document.text else align(document, parse, source=str(path))
        return ReadyParse(same).parse(document, chunk)

    def parse_many(self, parts: Sequence[Part]) -> list[Parse]:
        """Return what `parse` gives for each part."""
        return parse_each(self, parts)


class CachingParser:
    """A parser that calls another one and caches its parses by document."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        self._cache: dict[str, list[Parse]] = {}

    def parse(self, document: Document, chunk: Span | None = None) -> Parse:
        """Return what the other parser makes, and cache it."""
        parse = self._parser.parse(document, chunk)
        self._cache.setdefault(document.id, []).append(parse)
        return parse

    def parse_many(self, parts: Sequence[Part]) -> list[Parse]:
        """Return what the other parser makes, and cache it."""
        parses = self._parser.parse_many(parts)
        for (document, _), parse in zip(parts, parses, strict=True):
            self._cache.setdefault(document.id, []).append(parse)
        return parses

    def cached(self, document: str) -> Parse:
        """Return all that was parsed of the document with this id, joined; else an empty parse."""
        parses = self._cache.get(document, [])
        sentences = tuple(sentence for parse in parses for sentence in parse.sentences)
        return Parse(
            sentences,
            tuple(name for parse in parses for name in parse.entities),
            parses[0].model if parses else "",
        )
