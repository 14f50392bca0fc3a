"""The order of the stages: a document goes in, its quotes come out.

    Document ──parse──▶ Parse ──┐
       │                        ├─ extract ─▶ quotes ─ resolve ─▶ quotes with speaker, kind and role ─ date ─▶ and when it was said
       └──marks──▶ marks ───────┘

A long document is worked through stretch by stretch, so that memory does not grow with it; who has been named carries over from one
stretch to the next. `run` takes a stream of documents, has short ones parsed several at a time, and turns whatever goes wrong with one of
them into a `Failure`. Nothing is printed, and no file is opened but those of the model and the rules.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Protocol

from quotes.attribution import extract
from quotes.attribution.context import with_context
from quotes.dates import date_quotes
from quotes.errors import LanguageError, ParseError, QuotesError
from quotes.language.resources import languages
from quotes.language.rules import RuleSet, load_rules
from quotes.parsing.conllu import align
from quotes.readers.metadata import Metadata
from quotes.readers.plain_text import read_text
from quotes.records import Document, Failure, Parse, Quote, Span, Stage
from quotes.speakers import DocumentEntities, Entity, resolve
from quotes.text.chunking import chunks
from quotes.text.quotation_marks import find_marks

LANGUAGE = "en"  # of a text whose language nobody gave
BATCH_CHARS = 20_000  # characters of short documents that are parsed together
CHUNK_CHARS = 40_000  # characters worked through together: longer than nearly all articles; some stages look from each quote at all others

Item = Document | Failure | tuple[Document, Parse]


class Parser(Protocol):
    """What turns a stretch of a document into a parse: `quotes.parsing.load(...)`, or `ReadyParse`.

    One that has a `tagger` (`quotes.attribution.tagger.interface.Tagger`) gives it to extraction; without one, rules and scorer work alone. One that has
    `parse_all` (as `quotes.parsing.parser.Parser` has) is given several short documents at once.
    """

    def parse(self, document: Document, region: Span | None = None) -> Parse: ...


@dataclass(frozen=True)
class Processed:
    """A document with its quotes, in text order, and everybody that it names."""

    document: Document
    quotes: tuple[Quote, ...]
    members: tuple[Entity, ...] = ()


@dataclass(frozen=True)
class ReadyParse:
    """A parse made elsewhere, in the place of a parser."""

    ready: Parse

    def parse(self, document: Document, region: Span | None = None) -> Parse:
        """The sentences and names that begin in `region` (all without one)."""
        if region is None:
            return self.ready
        within = [s for s in self.ready.sentences if region.start <= s.span.start < region.end]
        names = [e for e in self.ready.entities if region.start <= e.span.start < region.end]
        return Parse(tuple(within), tuple(names), self.ready.model)


@dataclass(frozen=True)
class _Ready(ReadyParse):
    """A parse made with those of other documents, beside the tagger of the parser that made it."""

    parser: Parser

    @property
    def tagger(self) -> object:
        return getattr(self.parser, "tagger", None)


def process(document: Document, *, parser: Parser, rules: RuleSet) -> tuple[Quote, ...]:
    """The quotes of a document, in text order. Raises QuotesError, and whatever a stage raises by mistake."""
    try:
        return _stages(document, parser, rules).quotes
    except _StageError as trouble:
        raise trouble.error from trouble.error.__cause__


def run(
    items: Iterable[Item],
    *,
    parser: Callable[[str], Parser],
    rules: Callable[[str], RuleSet] | None = None,
) -> Iterator[Processed | Failure]:
    """Each item processed, one by one and in order; what could not be is a Failure, and the rest goes on.

    `parser` and `rules` give what belongs to a language (ISO 639-1), and are asked once a language, when its first document comes. A pair
    brings its own parse. Raises ModelError without a model, RuleError where the rules are broken: then nothing can go on.
    """
    return run_batches(batched(items), parser=parser, rules=rules)


def run_batches(
    bundles: Iterable[Sequence[Item]],
    *,
    parser: Callable[[str], Parser],
    rules: Callable[[str], RuleSet] | None = None,
) -> Iterator[Processed | Failure]:
    """As `run`, over items that are put together already (`batched`): the short documents of each bundle are parsed at once."""
    parser, rules = cache(parser), cache(rules or language_rules)
    for bundle in bundles:
        yield from _run(bundle, parser, rules)


def _run(
    bundle: Sequence[Item], parser: Callable[[str], Parser], rules: Callable[[str], RuleSet]
) -> Iterator[Processed | Failure]:
    ready: dict[int, Parse] | None = (
        None  # made when the first document wants it: by then its language is known to have rules
    )
    for item in bundle:
        if isinstance(item, Failure):
            yield item
            continue
        document = item[0] if isinstance(item, tuple) else item
        language = document.language or LANGUAGE
        try:
            known = rules(language)
            if isinstance(item, tuple):
                use: Parser = ReadyParse(item[1])
            else:
                ready = _parsed(bundle, parser) if ready is None else ready
                made = ready.pop(id(document), None)
                use = _Ready(made, parser(language)) if made else parser(language)
            processed = _stages(document, use, known)
        except LanguageError as error:
            yield Failure(
                document.id, "read", f"{document.source or document.id}: {error}", document.source
            )
        except _StageError as trouble:
            yield _failure(document, trouble)
        else:
            yield processed


def batched(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Items in lists: the first by itself, so that its quotes are there soon, then as many as make up `BATCH_CHARS` characters.

    What brings its own parse, or is long, is not kept waiting for others.
    """
    bundle: list[Item] = []
    room = size = 0
    for item in items:
        bundle.append(item)
        size += len(item.text) if isinstance(item, Document) else room
        if size >= room:
            yield bundle
            bundle, size, room = [], 0, BATCH_CHARS
    if bundle:
        yield bundle


def _parsed(bundle: Sequence[Item], parser: Callable[[str], Parser]) -> dict[int, Parse]:
    """The parses of a bundle's short documents, by the documents' identity. Where one of them spoils it, none is here."""
    short = [
        item for item in bundle if isinstance(item, Document) and len(item.text) <= CHUNK_CHARS
    ]
    out: dict[int, Parse] = {}
    for language in {document.language or LANGUAGE for document in short}:
        own = [document for document in short if (document.language or LANGUAGE) == language]
        parse_all = (
            getattr(parser(language), "parse_all", None)
            if len(own) > 1 and language in languages()
            else None
        )
        if parse_all is not None:
            with suppress(
                Exception
            ):  # each is parsed by itself then, and the one that cannot be is found
                out.update(
                    zip(
                        map(id, own), parse_all([(document, None) for document in own]), strict=True
                    )
                )
    return out


def language_rules(language: str) -> RuleSet:
    """The rules of a language. Raises LanguageError where it has none, RuleError where they are broken."""
    if language not in languages():
        raise LanguageError(
            f"no rules for the language {language!r}; rules exist for: {', '.join(languages())}"
        )
    return load_rules(language)


def described(document: Document, known: Metadata) -> Document:
    """The document with what is known beside it in place of what it says, checked as any text is. Raises InputError, LanguageError."""
    own = {
        field.name: getattr(document, field.name) for field in fields(known) if field.name != "url"
    }
    read = read_text(document.text, source=document.source, metadata=known.or_else(Metadata(**own)))
    return replace(read, embeds=document.embeds)


def join_parses(
    documents: Iterable[Document | Failure], parses: Mapping[str, Parse], *, source: str
) -> Iterator[Failure | tuple[Document, Parse]]:
    """Each document with its parse from `source`, found by id and carried over to the document's text; a Failure where there is none."""
    for document in documents:
        if isinstance(document, Failure):
            yield document
        elif document.id not in parses:
            there = ", ".join(list(parses)[:5])
            reason = f"{source}: no parse of document {document.id} (found {there}): name it with a line # newdoc id = {document.id}"
            yield Failure(document.id, "parse", reason, document.source)
        else:
            yield _aligned(document, parses[document.id], source)


def _aligned(document: Document, parse: Parse, source: str) -> Failure | tuple[Document, Parse]:
    try:
        return document, align(document, parse, source=source)
    except ParseError as error:
        return Failure(document.id, "parse", str(error), document.source)


def confident(quotes: Iterable[Quote], least: float) -> tuple[Quote, ...]:
    """The quotes whose confidence is at least `least`. A quote nested in one that is left out stands alone."""
    kept = [quote for quote in quotes if quote.confidence >= least]
    ids = {quote.id for quote in kept}
    return tuple(
        quote if quote.nested_in in ids else replace(quote, nested_in=None) for quote in kept
    )


def _stages(document: Document, parser: Parser, rules: RuleSet) -> Processed:
    """Every stage in its order, stretch by stretch; an error is raised as _Trouble, which says in which stage."""
    with _stage("extract"):
        marks = find_marks(document.text)
    cast, found = DocumentEntities(), list[Quote]()
    for region in chunks(document.text, size=CHUNK_CHARS):
        stretch = replace(
            document,
            embeds=tuple(
                e for e in document.embeds if region.start <= e.content.start < region.end
            ),
        )
        within = tuple(m for m in marks if region.start <= m.start < region.end)
        with _stage("parse"):
            parse = parser.parse(document, region)
        with _stage("extract"):
            quotes = extract(
                stretch,
                parse,
                within,
                rules.find(parse),
                rules=rules,
                tagger=getattr(parser, "tagger", None),
            )
        with _stage("resolve"):
            quotes, cast = resolve(stretch, parse, quotes, cast=cast)
            quotes = date_quotes(stretch, parse, quotes)
        found += with_context(parse, quotes)
    return Processed(document, tuple(found), cast.members)


class _StageError(
    Exception
):  # carries an error from the stage that raised it to the one place that handles it
    def __init__(self, stage: Stage, error: Exception) -> None:
        super().__init__(stage)
        self.stage, self.error = stage, error


@contextmanager
def _stage(stage: Stage) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        raise _StageError(stage, error) from error


def _failure(document: Document, trouble: _StageError) -> Failure:
    error = trouble.error
    if isinstance(error, QuotesError):
        return Failure(document.id, trouble.stage, str(error), document.source)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}"
    name = type(error).__name__
    message = f"{document.source or document.id}: {name} while in stage {trouble.stage}: a mistake in quotes, please report it"
    return Failure(
        document.id, trouble.stage, message, document.source, f"{name}: {error} ({place})"
    )
