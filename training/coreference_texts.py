"""Texts whose mentions are labelled with what they refer to, for training and measuring.

GAP (tables), GICoref and LitBank (CoNLL), GUM (CoNLL-U). Of each text: a document, and the labelled
places, each with a name for what it refers to. Tokenized corpora are put together as print has
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from quotes.records import Document, Span
from training.gold import DataError, text_of

CLOSING = frozenset(
    {",", ".", ";", ":", "?", "!", ")", "]", "}", "%", "”", "'s", "’s", "n't", "n’t"}
)
OPENING = frozenset({"(", "[", "{", "“", "$", "£"})
CLITIC = re.compile(r"^['’](?:s|re|ve|ll|d|m)$", re.IGNORECASE)
BOUND = re.compile(r"\((\d+)\)|\((\d+)|(\d+)\)")  # a mention of one word, its beginning, its end


@dataclass(frozen=True, slots=True)
class GapPassage:
    """A passage of GAP: a pronoun and two names, each of which it means or does not mean."""

    document: Document
    pronoun: Span
    names: tuple[Span, Span]
    meant: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A document with what its mentions refer to: spans by the number of their referent."""

    document: Document
    chains: dict[str, tuple[Span, ...]]


def read_gap(path: Path) -> Iterator[GapPassage]:
    """Yield the passages of a table of GAP.

    Raises:
        DataError: where a line is none of GAP.
    """
    for number, line in enumerate(text_of(path).split("\n")[1:], 2):
        if not line:
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) != 11:
            raise DataError(f"{path}, line {number}: {len(cells)} cells, not 11")
        words = ((cells[2], cells[3]), (cells[4], cells[5]), (cells[7], cells[8]))
        pronoun, first, second = (Span(int(at), int(at) + len(word)) for word, at in words)
        meant = (cells[6].upper() == "TRUE", cells[9].upper() == "TRUE")
        title = unquote(cells[10].rpartition("/")[2]).replace("_", " ")
        document = Document(id=cells[0], text=cells[1], language="en", title=title)
        yield GapPassage(document, pronoun, (first, second), meant)


def read_conll(path: Path, *, most_words: int | None = None) -> Iterator[LabelledText]:
    """Yield the documents of a file in CoNLL's format: the word, and last what it is part of.

    `most_words` cuts a document after that sentence which reaches it.
    """
    for block in re.split(r"^#begin document.*$", text_of(path), flags=re.MULTILINE)[1:]:
        words: list[str] = []
        marks: list[str] = []
        for line in block.split("\n"):
            if line.startswith("#end"):
                break
            if not line.strip() and most_words is not None and len(words) >= most_words:
                break
            cells = line.split()
            if cells:
                words.append(cells[3] if len(cells) > 3 else cells[0])
                marks.append(cells[-1])
        text, places = printed(words)
        yield LabelledText(
            Document(id=f"{path.stem}-{hash_of(text)}", text=text, language="en"),
            _chains(marks, places),
        )


def hash_of(text: str) -> str:
    """Return a short name of a text."""
    return Document(id="", text=text).sha256[:8]


def printed(words: Sequence[str]) -> tuple[str, list[Span]]:
    """Return the text that words make, with spaces where print has them, and their places."""
    text, places, inside = "", [], False
    for word in words:
        closing = word in CLOSING or CLITIC.match(word) or (word in ('"', "''") and inside)
        space = "" if not text or closing or text[-1] in OPENING or text.endswith("\0") else " "
        if text.endswith("\0"):
            text = text[:-1]
        form = '"' if word in ("``", "''") else word
        start = len(text) + len(space)
        text += space + form
        places.append(Span(start, len(text)))
        if form == '"':
            inside = not inside
            text += "\0" if inside else ""
    return text.rstrip("\0"), places


def _chains(marks: Sequence[str], places: Sequence[Span]) -> dict[str, tuple[Span, ...]]:
    found: dict[str, list[Span]] = {}
    waiting: dict[str, list[int]] = {}
    for place, cell in enumerate(marks):
        for alone, begun, ended in BOUND.findall(cell):
            if alone:
                found.setdefault(alone, []).append(places[place])
            elif begun:
                waiting.setdefault(begun, []).append(place)
            elif waiting.get(ended):
                first = waiting[ended].pop()
                found.setdefault(ended, []).append(Span(places[first].start, places[place].end))
    return {name: tuple(sorted(spans)) for name, spans in found.items()}
