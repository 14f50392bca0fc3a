"""Parses read from a folder, and parses of another parser cached."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.errors import ParseError
from quotes.evaluation.frozen_parses import CachingParser, FolderParser
from quotes.records import Document, Span


def test_a_parse_of_another_text_is_refused(harbour: tuple[Path, Path]) -> None:
    with pytest.raises(ParseError, match="not in the text"):
        FolderParser(harbour[1]).parse(Document(id="article0", text="Something else altogether."))


def test_parses_of_a_document_are_cached_and_joined(harbour: tuple[Path, Path]) -> None:
    folder = FolderParser(harbour[1])
    path = harbour[0] / "text" / "article0.txt"
    document = Document(id="article0", text=path.read_text(encoding="utf-8"))
    whole, middle = folder.parse(document), len(document.text) // 2
    caching = CachingParser(folder)
    for chunk in (Span(0, middle), Span(middle, len(document.text))):
        caching.parse(document, chunk)
    assert caching.cached("article0").sentences == whole.sentences
    assert caching.cached("another").sentences == ()
