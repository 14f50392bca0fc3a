"""Articles with annotated attributions, from a folder laid out as PolNeAR's (brat standoff).

In: a folder with `text/<id>.txt` (UTF-8) and `attributions/<id>_<annotator>.ann` (events with the
arguments Content, Source and Cue). Out: `Article` records. Of several annotators of an article, the
alphabetically first is taken; an article without annotator is left out. A broken file is an
InputError that names file and line.
"""

from __future__ import annotations

import glob
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from quotes.errors import InputError
from quotes.records import Document, Span, Spans
from quotes.text.folding import fold_case

SPAN_KINDS = ("content", "source", "cue")
TEXT_BOUND = re.compile(r"(T\d+)\t\S+ (\d+ \d+(?:;\d+ \d+)*)\t")
EVENT = re.compile(r"E\d+\t(.*)")
ARGUMENT = re.compile(r"(\S+?):(T\d+)")


@dataclass(frozen=True, slots=True)
class Attribution:
    """An annotated attribution: who (`source`) said (`cue`) what (`content`).

    Source and cue may be empty.
    """

    content: Spans
    source: Spans = ()
    cue: Spans = ()


@dataclass(frozen=True)
class Article:
    """A document with its attributions."""

    document: Document
    attributions: tuple[Attribution, ...]


def read_gold(folder: str | Path, *, every: int = 1) -> tuple[Article, ...]:
    """Return the annotated articles of a folder, sorted by name.

    Args:
        folder: The folder.
        every: Take only each `every`th article, from the first.

    Raises:
        InputError: The folder or a file of it is not as it should be.
    """
    folder = Path(folder)
    if not (folder / "text").is_dir() or not (folder / "attributions").is_dir():
        raise InputError(
            f"{folder}: no gold: it must contain the folders text/ (.txt) and attributions/ "
            "(.ann, brat standoff), as PolNeAR does"
        )
    pairs = [
        (text, notes[0])
        for text in sorted((folder / "text").glob("*.txt"))
        if (notes := _annotations(folder, text.stem))
    ]
    if not pairs:
        raise InputError(
            f"{folder}: no article in text/ has a file <name>_<annotator>.ann (four characters) in "
            "attributions/"
        )
    return tuple(_article(text, notes) for text, notes in pairs[::every])


def digest(articles: Iterable[Article]) -> str:
    """Return the SHA-256 of ids, texts and attributions, as 64 hexadecimal digits."""
    total = hashlib.sha256()
    for article in articles:
        total.update(f"{article.document.id}\n{article.document.sha256}\n".encode())
        for attribution in article.attributions:
            parts = (
                ";".join(f"{s.start}-{s.end}" for s in getattr(attribution, kind))
                for kind in SPAN_KINDS
            )
            total.update(("|".join(parts) + "\n").encode())
    return total.hexdigest()


def _annotations(folder: Path, name: str) -> list[Path]:
    """Return the annotation files of an article, sorted by annotator."""
    return sorted((folder / "attributions").glob(f"{glob.escape(name)}_????.ann"))


def _article(path: Path, notes: Path) -> Article:
    """Read an article and its annotation."""
    text = _text(path)
    return Article(
        Document(id=path.stem, text=text, source=str(path)), _attributions(notes, len(text))
    )


def _text(path: Path) -> str:
    """Read a file as UTF-8, with the line ends it has: offsets count them."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8: {error}") from error


def _attributions(path: Path, length: int) -> tuple[Attribution, ...]:
    """Read the events that have a content.

    Content and Content2 are one content, and likewise for source and cue.
    """
    spans: dict[str, Spans] = {}
    events: list[tuple[int, list[tuple[str, str]]]] = []
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if found := TEXT_BOUND.match(line):
            spans[found[1]] = _spans(found[2], length, f"{path}, line {number}")
        elif found := EVENT.match(line):
            events.append((number, ARGUMENT.findall(found[1])))
    made = (
        _attribution(arguments, spans, f"{path}, line {number}") for number, arguments in events
    )
    return tuple(attribution for attribution in made if attribution.content)


def _spans(written: str, length: int, place: str) -> Spans:
    """Return the spans that a line gives as "0 4;7 9"."""
    pairs = [tuple(map(int, part.split())) for part in written.split(";")]
    if not all(start <= end <= length for start, end in pairs):
        raise InputError(
            f"{place}: the span {written} is not in the text, which has {length} characters: "
            "is it the right text?"
        )
    return tuple(Span(start, end) for start, end in pairs)


def _attribution(
    arguments: Iterable[tuple[str, str]], spans: dict[str, Spans], place: str
) -> Attribution:
    """Return the attribution that the arguments of an event make."""
    found: dict[str, Spans] = dict.fromkeys(SPAN_KINDS, ())
    for name, text_bound in arguments:
        kind = fold_case(name.rstrip("0123456789"))
        if kind not in found:
            continue
        if text_bound not in spans:
            raise InputError(f"{place}: {name} is {text_bound}, but no line gives the span of it")
        found[kind] = tuple(sorted(found[kind] + spans[text_bound]))
    return Attribution(**found)
