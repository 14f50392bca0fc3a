"""Parsers for measuring: one that reads ready parses from a folder, one that keeps what another made.

In: documents. Out: parses, as `quotes.pipeline` asks for them. Nothing is written.
"""

from __future__ import annotations

from pathlib import Path

from quotes.attribution.tagger.interface import Tagger
from quotes.errors import InputError, ParseError
from quotes.parsing.conllu import align, read_conllu
from quotes.pipeline import Parser, ReadyParse
from quotes.records import Document, Parse, Span


class FolderParser:
    """Ready parses in the place of a parser: for each document the file `<id>.conllu` of a folder. A tagger may read with them."""

    def __init__(self, folder: str | Path, *, tagger: Tagger | None = None) -> None:
        self._folder = Path(folder)
        self.tagger = tagger
        if not self._folder.is_dir():
            raise InputError(
                f"{folder}: no such folder; it must hold a file <id>.conllu for each document"
            )

    def parse(self, document: Document, region: Span | None = None) -> Parse:
        """The sentences and names that begin in `region`. Raises ParseError where the file is missing or does not fit the document."""
        path = self._folder / f"{document.id}.conllu"
        if not path.is_file():
            raise ParseError(f"{path}: no parse of document {document.id}")
        found, parse = next(read_conllu(path))
        same = parse if found.text == document.text else align(document, parse, source=str(path))
        return ReadyParse(same).parse(document, region)


class KeepingParser:
    """Another parser, whose parses are kept by the id of their document."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        self.tagger: Tagger | None = getattr(parser, "tagger", None)
        self._kept: dict[str, list[Parse]] = {}

    def parse(self, document: Document, region: Span | None = None) -> Parse:
        """What the other parser makes."""
        parse = self._parser.parse(document, region)
        self._kept.setdefault(document.id, []).append(parse)
        return parse

    def kept(self, document: str) -> Parse:
        """All that was made of a document; nothing where nothing was."""
        parses = self._kept.get(document, [])
        sentences = tuple(sentence for parse in parses for sentence in parse.sentences)
        return Parse(
            sentences,
            tuple(name for parse in parses for name in parse.entities),
            parses[0].model if parses else "",
        )
