"""Articles with their attributions as people annotated them, from a folder laid out as PolNeAR's.

In: a folder with `text/<id>.txt` (UTF-8) and `attributions/<id>_<annotator>.ann` (brat standoff: events with the roles Content, Source and
Cue). Out: `Article` records. Where several people annotated an article, the alphabetically first is taken; an article that nobody
annotated is left out. Will not repair a file: an InputError names file and line.
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

ROLES = ("content", "source", "cue")
TEXT_BOUND = re.compile(r"(T\d+)\t\S+ (\d+ \d+(?:;\d+ \d+)*)\t")
EVENT = re.compile(r"E\d+\t(.*)")
ARGUMENT = re.compile(r"(\S+?):(T\d+)")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who (`source`) is said by which words (`cue`) to have said what (`content`), as annotated; source and cue may be missing."""

    content: Spans
    source: Spans = ()
    cue: Spans = ()


@dataclass(frozen=True)
class Article:
    """A document with its attributions."""

    document: Document
    attributions: tuple[Attribution, ...]


def read_gold(folder: str | Path, *, every: int = 1) -> tuple[Article, ...]:
    """The annotated articles of a folder in order of their names, of these each `every`th from the first. Raises InputError."""
    folder = Path(folder)
    if not (folder / "text").is_dir() or not (folder / "attributions").is_dir():
        raise InputError(
            f"{folder}: no gold: it must hold the folders text/ (.txt) and attributions/ (.ann, brat standoff), as PolNeAR does"
        )
    pairs = [
        (text, notes[0])
        for text in sorted((folder / "text").glob("*.txt"))
        if (notes := _annotations(folder, text.stem))
    ]
    if not pairs:
        raise InputError(
            f"{folder}: no article in text/ has a file <name>_<annotator>.ann (four characters) in attributions/"
        )
    return tuple(_article(text, notes) for text, notes in pairs[::every])


def digest(articles: Iterable[Article]) -> str:
    """The SHA-256 of ids, texts and attributions, as 64 hexadecimal digits."""
    total = hashlib.sha256()
    for article in articles:
        total.update(f"{article.document.id}\n{article.document.sha256}\n".encode())
        for attribution in article.attributions:
            roles = (
                ";".join(f"{s.start}-{s.end}" for s in getattr(attribution, role)) for role in ROLES
            )
            total.update(("|".join(roles) + "\n").encode())
    return total.hexdigest()


def _annotations(folder: Path, name: str) -> list[Path]:
    return sorted((folder / "attributions").glob(f"{glob.escape(name)}_????.ann"))


def _article(path: Path, notes: Path) -> Article:
    text = _text(path)
    return Article(
        Document(id=path.stem, text=text, source=str(path)), _attributions(notes, len(text))
    )


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")  # line ends as they are: offsets count them
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8: {error}") from error


def _attributions(path: Path, length: int) -> tuple[Attribution, ...]:
    """The events that have a content. Content and Content2 are one content, and so for the other roles."""
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
    pairs = [tuple(map(int, part.split())) for part in written.split(";")]
    if not all(start <= end <= length for start, end in pairs):
        raise InputError(
            f"{place}: the span {written} does not lie in the text, which has {length} characters: is it the right text?"
        )
    return tuple(Span(start, end) for start, end in pairs)


def _attribution(
    arguments: Iterable[tuple[str, str]], spans: dict[str, Spans], place: str
) -> Attribution:
    found: dict[str, Spans] = dict.fromkeys(ROLES, ())
    for name, mark in arguments:
        role = name.rstrip("0123456789").lower()
        if role not in found:
            continue
        if mark not in spans:
            raise InputError(
                f"{place}: {name} is {mark}, which no line of the file says the place of"
            )
        found[role] = tuple(sorted(found[role] + spans[mark]))
    return Attribution(**found)
