"""Documents → Parses: normalize, tokenize, mend sentences, annotate, map back.

In: documents and a loaded model. Out: for each a `Parse` whose spans count in its text. No files
are read, and the only state between calls is a cache of word forms. Short documents are processed
together, which is quicker than one by one and gives the same.
"""

from __future__ import annotations

import warnings
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import Any

from stanza.models.common.doc import Document as StanzaDocument

from quotes.encoder.batching import batches_by_size
from quotes.encoder.word_states import WordStates
from quotes.errors import ParseError
from quotes.language import Language
from quotes.parsing.entity_types import ENTITY_KINDS
from quotes.parsing.interface import Part
from quotes.parsing.multitask import MultiTaskModel, SentenceAnnotations
from quotes.parsing.normalization import NormalizedText, join, normalize
from quotes.parsing.sentence_repair import (
    MAX_WORD_LETTERS,
    SentenceWords,
    SyntacticWord,
    Token,
    mend,
    stanza_rows,
    tokens_of,
)
from quotes.parsing.stanza_pipelines import LoadedModel
from quotes.parsing.tree_decoding import decoding_in_stanza
from quotes.records import Document, EntityMention, Parse, Sentence, Span, Word
from quotes.text.chunking import BATCH_CHARS, best_cut
from quotes.text.datelines import dateline
from quotes.text.paragraphs import paragraphs

TOKENIZING = ("tokenize", "mwt")  # processors that run before sentences are mended
SEPARATOR = "\n\n"  # between texts that are parsed together

AnnotatedSentence = tuple[Sentence, tuple[EntityMention, ...]]  # with the names in it


class StanzaParser:
    """A loaded model. `name` says which."""

    def __init__(self, name: str, language: Language, loaded: LoadedModel) -> None:
        self.name = name
        self.language = language
        self._loaded = loaded
        self._words = SentenceWords.of(language)

    @property
    def word_states(self) -> WordStates | None:
        """The states of words from the encoder that the parse runs, None without a shared one."""
        return self._loaded.word_states

    def parse(self, document: Document, chunk: Span | None = None) -> Parse:
        """Return the sentences and names of a document, or of one chunk of it.

        Raises:
            ParseError: naming the document.
        """
        try:
            return self.parse_many([(document, chunk)])[0]
        except Exception as error:
            raise ParseError(
                f"document {document.id}: the model could not parse it "
                f"({type(error).__name__}: {error})"
            ) from error

    def parse_many(self, parts: Sequence[Part]) -> list[Parse]:
        """Return the parses of several documents, or of chunks of them.

        Whatever is raised for one of them is raised: parse each alone then.
        """
        found: list[list[AnnotatedSentence]] = [[] for _ in parts]
        try:
            with warnings.catch_warnings():
                # Stanza warns of trees whose constraints it could not mend
                warnings.filterwarnings("ignore", module="stanza")
                texts = batches_by_size(
                    self._texts(parts), lambda item: len(item[1].text), BATCH_CHARS
                )
                for batch in texts:
                    for number, own in self._parse_batch([text for _, text in batch]):
                        found[batch[number][0]].append(own)
        finally:
            self._forget()
        return [
            Parse(
                tuple(one for one, _ in own),
                tuple(name for _, names in own for name in names),
                self.name,
            )
            for own in found
        ]

    def _forget(self) -> None:
        if self._loaded.word_states is not None:
            self._loaded.word_states.encoder.forget()

    def _texts(self, parts: Sequence[Part]) -> Iterator[tuple[int, NormalizedText]]:
        """Yield the texts that are to be parsed, each with the number of its part."""
        straighten = self.language.parser_settings.straight_quotes
        for number, (document, chunk) in enumerate(parts):
            text = document.text
            whole = Span(0, len(text)) if chunk is None else chunk
            for span in text_spans(text, whole, self.language):
                normalized = normalize(text, span, straighten=straighten)
                if normalized.text:
                    yield number, normalized

    def _parse_batch(self, texts: list[NormalizedText]) -> Iterator[tuple[int, AnnotatedSentence]]:
        """Yield each sentence with the number of the text that it begins in."""
        text = join(texts, SEPARATOR)
        lengths = (len(own.text) + len(SEPARATOR) for own in texts[:-1])
        starts = list(accumulate(lengths, initial=0))
        tokens = mend(self._tokens(text.text), text.text, self._words)
        found = (
            _annotate(tokens, text, self._loaded.multitask)
            if self._loaded.multitask
            else self._annotate_by_stanza(tokens, text)
        )
        for own, sentence in zip(tokens, found, strict=True):
            yield bisect_right(starts, own[0][0].start) - 1, sentence

    def _tokens(self, text: str) -> list[list[Token]]:
        loaded = self._loaded
        if loaded.tokenizer is not None:
            return loaded.tokenizer.tokenize(text)
        first = [name for name in loaded.processors if name in TOKENIZING]
        return tokens_of(loaded.nlp.process(text, processors=first), text)

    def _annotate_by_stanza(
        self, tokens: Sequence[Sequence[Token]], text: NormalizedText
    ) -> Iterator[AnnotatedSentence]:
        """Yield sentences as the pipeline's own processors annotate them."""
        loaded = self._loaded
        rows = stanza_rows(tokens, words_as_tokens=loaded.word_states is not None)
        rest = [name for name in loaded.processors if name not in TOKENIZING]
        with decoding_in_stanza():
            parsed = loaded.nlp.process(StanzaDocument(rows, text=text.text), processors=rest)
        self._forget()
        for own, its in zip(tokens, parsed.sentences, strict=True):
            names = [
                EntityMention(
                    text.original(name.start_char, name.end_char), ENTITY_KINDS[name.type]
                )
                for name in its.ents
                if name.type in ENTITY_KINDS
            ]
            words = [word for token in own for word in token]
            yield _sentence(words, _annotations(its.words), text), tuple(names)


def _annotate(
    tokens: Sequence[Sequence[Token]], text: NormalizedText, model: MultiTaskModel
) -> Iterator[AnnotatedSentence]:
    """Yield sentences as the models annotate them in one pass."""
    words = [[word for token in sentence for word in token] for sentence in tokens]
    forms = [[word.form[:MAX_WORD_LETTERS] for word in own] for own in words]
    for own, found in zip(words, model.annotate(forms), strict=True):
        names = [
            EntityMention(text.original(own[first].start, own[last].end), ENTITY_KINDS[kind])
            for first, last, kind in found.names
            if kind in ENTITY_KINDS
        ]
        yield _sentence(own, found, text), tuple(names)


def text_spans(text: str, chunk: Span, language: Language) -> Iterator[Span]:
    """Yield the paragraphs of a chunk that are not boilerplate, split where longer than a batch.

    A dateline is none of them.
    """
    words = chunk.of(text)
    own = paragraphs(words, language)
    spans = [paragraph.span for paragraph in own if paragraph.kind != "boilerplate"]
    opening = dateline(words, spans, language) if chunk.start == 0 else None
    for paragraph in own:
        start, end = chunk.start + paragraph.span.start, chunk.start + paragraph.span.end
        if opening is not None and start == opening.start:
            start = opening.end
        while paragraph.kind != "boilerplate" and start < end:
            longer = end - start > BATCH_CHARS
            cut = start + best_cut(text[start : start + BATCH_CHARS]) if longer else end
            yield Span(start, cut)
            start = cut


def _annotations(words: Sequence[Any]) -> SentenceAnnotations:
    """Return the annotations of a sentence of Stanza, without names."""
    return SentenceAnnotations(
        [word.upos or "X" for word in words],
        [word.xpos or "" for word in words],
        [word.feats or "_" for word in words],
        [word.lemma or "_" for word in words],
        [(word.head, word.deprel) for word in words],
        [],
    )


def _sentence(
    words: Iterable[SyntacticWord], found: SentenceAnnotations, text: NormalizedText
) -> Sentence:
    columns = (found.upos, found.xpos, found.feats, found.lemmas, found.heads)
    return Sentence(
        tuple(
            Word(
                form=word.form,
                span=text.original(word.start, word.end),
                lemma=word.form if lemma in ("", "_") else lemma,
                upos=upos,
                head=head - 1,
                deprel=deprel,
                xpos="" if xpos == "_" else xpos,
                feats=features(feats),
            )
            for word, upos, xpos, feats, lemma, (head, deprel) in zip(words, *columns, strict=True)
        )
    )


@cache
def features(written: str) -> tuple[tuple[str, str], ...]:
    """Return features, which CoNLL-U writes as one string, as sorted pairs."""
    if written == "_":
        return ()
    named = (feature.partition("=") for feature in written.split("|"))
    return tuple(sorted((name, value) for name, _, value in named))
