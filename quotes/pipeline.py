"""The order of the stages: a document goes in, its quotes come out.

    Document ─┬─ text ──▶ paragraphs, marks, chunks ─┐
              └─ parse ─▶ Parse of each chunk ───────┴─▶ Analysis of each chunk
    Analysis ─┬─ extract ─▶ Attributions ─┬─ resolve ─▶ SpeakerResolutions ─┐
              │                           ├─ date ────▶ UtteranceDates ─────┼─▶ Quotes
              └─ context ─▶ sentences around each attribution ──────────────┘

A long document is processed chunk by chunk, so that memory does not grow with it; the entities
named so far carry over from one chunk to the next. `run` takes a stream of documents, has short
ones parsed several at a time, and turns every error of one of them into a `Failure`. Nothing is
printed, and no file is opened but those of the model and of the language.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from quotes.analysis import analyse
from quotes.attribution import extract, extract_with_rejections
from quotes.attribution.context import sentence_contexts
from quotes.attribution.rejections import Rejection
from quotes.dates import date_utterances
from quotes.defaults import DEFAULT_LANGUAGE, SHOWN_ACTS
from quotes.errors import LanguageError, ParseError, QuotesError
from quotes.language import Language
from quotes.models import Models
from quotes.parsing.conllu import align
from quotes.parsing.interface import Part, parse_each
from quotes.readers.metadata import Metadata
from quotes.readers.plain_text import read_text
from quotes.records import (
    Act,
    Attribution,
    Document,
    Failure,
    Mark,
    Parse,
    Quote,
    SentenceContext,
    Span,
    SpeakerResolution,
    Stage,
    UtteranceDate,
)
from quotes.speakers import DocumentEntities, Entity, resolve
from quotes.text.chunking import BATCH_CHARS, chunks
from quotes.text.paragraphs import paragraphs
from quotes.text.printed_words import printed_words
from quotes.text.quotation_marks import find_marks

CHUNK_CHARS = 40_000
"""Characters processed together: more than nearly all articles have.

Some stages compare each quote with all others of its chunk.
"""

Item = Document | Failure | tuple[Document, Parse]


def document_of_item(item: Document | tuple[Document, Parse]) -> Document:
    """Return the document of an item, which may bring its own parse."""
    return item[0] if isinstance(item, tuple) else item


@dataclass(frozen=True)
class Processed:
    """A document with its quotes, in text order, and the entities that it names.

    `rejections` tells, where it was asked for, why other matches of rules are no quotes.
    """

    document: Document
    quotes: tuple[Quote, ...]
    entities: tuple[Entity, ...] = ()
    rejections: tuple[Rejection, ...] = ()


@dataclass(frozen=True)
class ReadyParse:
    """A parse made elsewhere, in the place of a parser."""

    ready: Parse

    def parse(self, document: Document, chunk: Span | None = None) -> Parse:
        """Return the sentences and names that begin in `chunk` (all without one)."""
        if chunk is None:
            return self.ready
        within = [s for s in self.ready.sentences if chunk.start <= s.span.start < chunk.end]
        names = [e for e in self.ready.entities if chunk.start <= e.span.start < chunk.end]
        return Parse(tuple(within), tuple(names), self.ready.model)

    def parse_many(self, parts: Sequence[Part]) -> list[Parse]:
        """Return what `parse` gives for each part."""
        return parse_each(self, parts)


def process(document: Document, *, models: Models, language: Language) -> tuple[Quote, ...]:
    """Return the quotes of a document, in text order.

    Raises:
        QuotesError: where a stage cannot do its work; whatever else a stage raises by mistake.
    """
    try:
        return _process(document, models, language).quotes
    except _StageError as failed:
        raise failed.error from failed.error.__cause__


def run(
    items: Iterable[Item],
    *,
    models: Callable[[Language], Models],
    language: Callable[[str], Language] | None = None,
    explain: bool = False,
) -> Iterator[Processed | Failure]:
    """Process each item, one by one and in order; an error of one is a Failure.

    Args:
        items: Documents, each alone or with its own parse; failures pass through.
        models: Gives the models of a language, asked once, at its first document.
        language: Gives the rules and word lists of a language (ISO 639-1); `Language.load` by
            default.
        explain: Also tell why matches of rules are no quotes.

    Raises:
        ModelError: where there is no model.
        RuleError: where rules or word lists are broken.
    """
    return run_batches(batched(items), models=models, language=language, explain=explain)


def run_batches(
    batches: Iterable[Sequence[Item]],
    *,
    models: Callable[[Language], Models],
    language: Callable[[str], Language] | None = None,
    explain: bool = False,
) -> Iterator[Processed | Failure]:
    """Process items as `run` does, in the batches given.

    Short documents of a batch are parsed at once.
    """
    models, language = cache(models), cache(language or Language.load)
    for batch in batches:
        yield from _run(batch, models, language, explain)


def _run(
    batch: Sequence[Item],
    models: Callable[[Language], Models],
    language: Callable[[str], Language],
    explain: bool,
) -> Iterator[Processed | Failure]:
    """Process one batch. Its parses are made when the first document needs one."""
    ready: dict[int, Parse] | None = None
    for item in batch:
        if isinstance(item, Failure):
            yield item
            continue
        document = document_of_item(item)
        try:
            known = language(document.language or DEFAULT_LANGUAGE)
            _ = known.rules  # where they are broken, nothing can go on
            if isinstance(item, tuple):
                use = Models(ReadyParse(item[1]))
            else:
                ready = _parsed(batch, models, language) if ready is None else ready
                made = ready.pop(id(document), None)
                use = models(known)
                use = replace(use, parser=ReadyParse(made)) if made else use
            processed = _process(document, use, known, explain=explain)
        except LanguageError as error:
            yield Failure(
                document.id, "read", f"{document.source or document.id}: {error}", document.source
            )
        except _StageError as failed:
            yield _failure(document, failed)
        else:
            yield processed


def batched(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield items in batches: the first alone, so that its quotes are there soon, then by size.

    A batch is full with `BATCH_CHARS` characters. Items that bring their own parse, or are long, do
    not wait for others.
    """
    batch: list[Item] = []
    room = size = 0
    for item in items:
        batch.append(item)
        size += len(item.text) if isinstance(item, Document) else room
        if size >= room:
            yield batch
            batch, size, room = [], 0, BATCH_CHARS
    if batch:
        yield batch


def _parsed(
    batch: Sequence[Item],
    models: Callable[[Language], Models],
    language: Callable[[str], Language],
) -> dict[int, Parse]:
    """Parse the short documents of a batch together, by language.

    Returns:
        The parses by the identity of their document; none of a language in which one failed.
    """
    out: dict[int, Parse] = {}
    by_language: dict[str, list[Document]] = {}
    for item in batch:
        if isinstance(item, Document) and len(item.text) <= CHUNK_CHARS:
            by_language.setdefault(item.language or DEFAULT_LANGUAGE, []).append(item)
    for code, own in by_language.items():
        if len(own) < 2:
            continue
        try:
            parser = models(language(code)).parser
        except LanguageError:  # each of them fails alone
            continue
        with suppress(Exception):  # then each is parsed alone, and the one that fails is found
            parses = parser.parse_many([(document, None) for document in own])
            out.update(zip(map(id, own), parses, strict=True))
    return out


def described(document: Document, known: Metadata) -> Document:
    """Return the document with the metadata in place of its own, checked as any text is.

    Raises:
        InputError: where the text holds nothing to read.
        LanguageError: where it is in a language without rules.
    """
    own = Metadata(
        outlet=document.outlet,
        author=document.author,
        title=document.title,
        published=document.published,
        language=document.language,
        id=document.id,
    )
    read = read_text(document.text, source=document.source, metadata=known.or_else(own))
    return replace(read, embeds=document.embeds, locations=document.locations)


def join_parses(
    documents: Iterable[Document | Failure], parses: Mapping[str, Parse], *, source: str
) -> Iterator[Failure | tuple[Document, Parse]]:
    """Yield each document with its parse from `source`, found by id and aligned with its text.

    Yields a Failure where there is no parse, or where it does not fit the text.
    """
    for document in documents:
        if isinstance(document, Failure):
            yield document
        elif document.id not in parses:
            there = ", ".join(list(parses)[:5])
            reason = (
                f"{source}: no parse of document {document.id} (found {there}): "
                f"name it with a line # newdoc id = {document.id}"
            )
            yield Failure(document.id, "parse", reason, document.source)
        else:
            yield _aligned(document, parses[document.id], source)


def _aligned(document: Document, parse: Parse, source: str) -> Failure | tuple[Document, Parse]:
    try:
        return document, align(document, parse, source=source)
    except ParseError as error:
        return Failure(document.id, "parse", str(error), document.source)


def confident(quotes: Iterable[Quote], min_confidence: float) -> tuple[Quote, ...]:
    """Return the quotes of at least this `confidence`, whatever their act and speaker."""
    return _standing_alone(quote for quote in quotes if quote.confidence >= min_confidence)


def shown_by_default(
    quotes: Iterable[Quote], min_confidence: float, acts: Sequence[Act] = SHOWN_ACTS
) -> tuple[Quote, ...]:
    """Return the quotes of these acts and of at least this `probability`."""
    return _standing_alone(
        quote for quote in quotes if quote.act in acts and quote.probability >= min_confidence
    )


def _standing_alone(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Return the quotes; one nested in a quote that is left out stands alone."""
    kept = list(quotes)
    ids = {quote.id for quote in kept}
    return tuple(
        quote if quote.nested_in in ids else replace(quote, nested_in=None) for quote in kept
    )


def _process(
    document: Document, models: Models, language: Language, *, explain: bool = False
) -> Processed:
    """Process a document chunk by chunk. An error is raised as a _StageError."""
    with _stage("text"):
        layout = paragraphs(document.text, language)
        marks = find_marks(document.text, language)
    known, found, rejected = DocumentEntities(), list[Quote](), list[Rejection]()
    for chunk in _chunks(document, language):
        with _stage("parse"):
            parse = models.parser.parse(document, chunk)
        with _stage("extract"):
            embeds = (e for e in document.embeds if chunk.start <= e.content.start < chunk.end)
            analysis = analyse(
                replace(document, embeds=tuple(embeds)),
                language,
                parse,
                (mark for mark in marks if chunk.start <= mark.start < chunk.end),
                layout=layout,
            )
            if explain:
                attributions, others = extract_with_rejections(analysis, tagger=models.tagger)
                rejected += others
            else:
                attributions = extract(analysis, tagger=models.tagger)
        with _stage("resolve"):
            speakers, known = resolve(analysis, attributions, known=known, ranker=models.ranker)
        with _stage("date"):
            dates = date_utterances(analysis, attributions, [s.speaker for s in speakers])
        with _stage("context"):
            contexts = sentence_contexts(analysis, attributions)
            found += (
                _quote(document, analysis.marks, *records)
                for records in zip(attributions, speakers, dates, contexts, strict=True)
            )
    return Processed(document, tuple(found), known.entities, tuple(rejected))


def _chunks(document: Document, language: Language) -> Iterator[Span]:
    """Yield the chunks of a document, an error as one of the stage "text"."""
    with _stage("text"):
        yield from chunks(document.text, language, size=CHUNK_CHARS)


def _quote(
    document: Document,
    marks: Iterable[Mark],
    attribution: Attribution,
    resolution: SpeakerResolution,
    utterance: UtteranceDate,
    context: SentenceContext,
) -> Quote:
    """Assemble a quote from the results of the stages."""
    return Quote(
        id=attribution.id,
        document=attribution.document,
        content=attribution.content,
        cue=attribution.cue,
        source=attribution.source,
        type=attribution.type,
        rule=attribution.rule,
        confidence=attribution.confidence,
        path=attribution.path,
        addressee=attribution.addressee,
        nested_in=attribution.nested_in,
        factuality=attribution.factuality,
        act=attribution.act,
        when=utterance.when,
        said_on=utterance.said_on,
        speaker=resolution.speaker,
        kind=resolution.kind,
        role=resolution.role,
        speaker_confidence=resolution.speaker_confidence,
        resolved_by=resolution.resolved_by,
        reported_by=resolution.reported_by,
        before=context.before,
        after=context.after,
        at=document.at(attribution.content[0].start),
        words=printed_words(
            document.text,
            attribution.content,
            cue=attribution.cue,
            type=attribution.type,
            marks=marks,
        ),
    )


class _StageError(Exception):
    """Carrier of an error from the stage that raised it to the one place that handles it."""

    def __init__(self, stage: Stage, error: Exception) -> None:
        super().__init__(stage)
        self.stage, self.error = stage, error


@contextmanager
def _stage(stage: Stage) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        raise _StageError(stage, error) from error


def _failure(document: Document, failed: _StageError) -> Failure:
    """Return the failure of a document.

    An error meant for people stands as it is, a mistake with its place.
    """
    error = failed.error
    if isinstance(error, QuotesError):
        return Failure(document.id, failed.stage, str(error), document.source)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}"
    name = type(error).__name__
    message = (
        f"{document.source or document.id}: {name} while in stage {failed.stage}: "
        "a mistake in quotes, please report it"
    )
    return Failure(
        document.id, failed.stage, message, document.source, f"{name}: {error} ({place})"
    )
