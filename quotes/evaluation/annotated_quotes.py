"""Articles with annotated quotes: who is meant, in which role, on which day, passed on by whom.

In: a folder with `gold.jsonl` (an object a line: the id, and the quotes of one article) and
`texts/` (the articles, read as `quotes extract` reads them, with `metadata.csv`). Out:
`AnnotatedArticle` records. Of a quote the gold gives either the offsets of its content in the text,
or the utterance in words (`quotes.evaluation.utterances` finds its place). A broken file is an
InputError that names file and line.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from quotes.errors import InputError
from quotes.evaluation.utterances import find_utterance
from quotes.readers import read
from quotes.records import Document, Failure, Span, Spans

GOLD, TEXTS = "gold.jsonl", "texts"
UNSAID = ("not_said", "hypothetical")
UTTERANCE_TYPES = {"partially direct": "mixed"}


@dataclass(frozen=True, slots=True)
class AnnotatedQuote:
    """An annotated quote.

    Attributes:
        content: What is said.
        source: The words that name who speaks.
        cue: The words that say that somebody speaks.
        type: direct, indirect or mixed.
        names: The names of the speaker, the fullest first; none where nobody is named.
        kinds: The kinds that the speaker may have.
        roles: The wordings of the role; none where the article gives no role, None where roles are
            not annotated.
        factuality: As `Quote.factuality`.
        optional: Whether it need not be found (a thought, a plan, a headline).
        link: What the source is: name, short form, pronoun, description.
        tags: What makes it hard.
        said_on: The day or period on which it was said, in ISO 8601, where it can be told.
        reported_by: Who passed it on, the nearest first.
    """

    content: Spans
    source: Spans = ()
    cue: Spans = ()
    type: str = "direct"
    names: tuple[str, ...] = ()
    kinds: tuple[str | None, ...] = ()
    roles: tuple[str, ...] | None = None
    factuality: str = "said"
    optional: bool = False
    link: str = ""
    tags: tuple[str, ...] = ()
    said_on: str | None = None
    reported_by: tuple[str, ...] = ()

    @property
    def unsaid(self) -> bool:
        """Whether it is annotated as not said, or as what somebody would say."""
        return self.factuality in UNSAID

    @property
    def required(self) -> bool:
        """Whether missing it is a fault."""
        return not self.optional and not self.unsaid


@dataclass(frozen=True)
class AnnotatedArticle:
    """A document with its annotated quotes."""

    document: Document
    quotes: tuple[AnnotatedQuote, ...]


def has_annotated_quotes(folder: str | Path) -> bool:
    """Tell whether a folder is laid out as `read_annotated_quotes` reads it."""
    return (Path(folder) / GOLD).is_file()


def read_annotated_quotes(folder: str | Path, *, every: int = 1) -> tuple[AnnotatedArticle, ...]:
    """Return the articles of a folder in the order of `gold.jsonl`.

    Args:
        folder: The folder.
        every: Take only each `every`th article, from the first.

    Raises:
        InputError: The folder or a file of it is not as it should be.
    """
    folder = Path(folder)
    return annotated_articles(folder / GOLD, _documents(folder / TEXTS), every=every)


def annotated_articles(
    path: Path, documents: Mapping[str, Document], *, every: int = 1
) -> tuple[AnnotatedArticle, ...]:
    """Return the articles of a file of annotated quotes, in its order.

    Args:
        path: The file: an object a line, as in `gold.jsonl`.
        documents: The articles, by the last part of `offsets_refer_to`.
        every: Take only each `every`th line, from the first.

    Raises:
        InputError: The file is not as it should be, or an article is missing.
    """
    lines = list(_lines(path))
    return tuple(_article(line, documents, place) for place, line in lines[::every])


def digest(articles: Iterable[AnnotatedArticle]) -> str:
    """Return the SHA-256 of ids, texts and annotated quotes, as 64 hexadecimal digits."""
    total = hashlib.sha256()
    for article in articles:
        total.update(f"{article.document.id}\n{article.document.sha256}\n".encode())
        for quote in article.quotes:
            total.update(f"{quote!r}\n".encode())
    return total.hexdigest()


def _documents(folder: Path) -> dict[str, Document]:
    """Return the documents of a folder by the names of their files."""
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; it must contain the texts of {GOLD}")
    made: dict[str, Document] = {}
    for result in read(folder):
        if isinstance(result, Failure):
            raise InputError(f"{result.source or result.id}: {result.message}")
        made[Path(result.source or result.id).name] = result
    return made


def _lines(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the objects of a file of JSON lines, each with its place."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8: {error}") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            place = f"{path}, line {number}"
            try:
                yield place, json.loads(line)
            except ValueError as error:
                raise InputError(f"{place}: no JSON: {error}") from error


def _article(
    line: Mapping[str, Any], documents: Mapping[str, Document], place: str
) -> AnnotatedArticle:
    """Return the article of a line."""
    try:
        name = Path(line.get("offsets_refer_to") or f"{line['id']}.txt").name
        if name not in documents:
            raise InputError(f"{place}: {TEXTS}/ has no file {name}")
        day = documents[name].published or _day(line.get("published"))
        document = replace(documents[name], id=line["id"], published=day)
        quotes = (
            (_quote(each) for each in line["quotes"])
            if "quotes" in line
            else _uttered(line["gold"], document.text)
        )
        made = AnnotatedArticle(document, tuple(quotes))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"{place}: not an article with quotes: {error!r}") from error
    if any(span.end > len(document.text) for quote in made.quotes for span in quote.content):
        raise InputError(f"{place}: a content ends behind the text: is it the right text?")
    return made


def _quote(given: Mapping[str, Any]) -> AnnotatedQuote:
    """Return a quote that is given with offsets."""
    said_on = given["said_on"]
    return AnnotatedQuote(
        content=_spans(given["content"]),
        source=_spans(given["source_spans"]),
        cue=_spans(given["cue_spans"]),
        type=given["type"],
        names=(given["speaker"], *given["speaker_alts"]) if given["speaker"] else (),
        kinds=(given["kind"], *given["kind_alts"]),
        roles=tuple(given["role"]),
        factuality=given["factuality"],
        optional=given["optional"],
        link=given["link"],
        tags=tuple(tag for tag in given["phenomena"] if not tag.startswith("link_")),
        said_on=said_on["date"] if said_on else None,
        reported_by=tuple(given["reported_by"]),
    )


def _uttered(given: Iterable[Mapping[str, Any]], text: str) -> Iterator[AnnotatedQuote]:
    """Yield the quotes that are given in words and whose words are found in the text."""
    for each in given:
        if content := find_utterance(text, each["utterance"]):
            yield AnnotatedQuote(
                content=content,
                type=UTTERANCE_TYPES.get(each["type"], each["type"]),
                names=(each["speaker"].strip(),),
                kinds=(each["kind"],),
            )


def _spans(pairs: Iterable[Iterable[int]] | None) -> Spans:
    return tuple(Span(start, end) for start, end in pairs or ())


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
