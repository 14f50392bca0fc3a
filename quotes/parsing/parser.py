"""Documents → Parses with a loaded pipeline: normalise, tokenize, mend sentences, tag and parse, map back.

In: documents. Out: for each a `Parse` whose spans count in its text. Will not read files, and holds no state between calls but what it
knows of word forms. Short documents are worked on together, which is quicker than one by one and gives the same.
"""

from __future__ import annotations

import warnings
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import Any

from stanza.models.common.doc import Document as StanzaDocument

from quotes.encoder.word_states import WordStates
from quotes.errors import ParseError
from quotes.language import Language
from quotes.parsing.entity_types import KINDS
from quotes.parsing.interface import Part
from quotes.parsing.multitask import MultiTaskModel, SentenceAnnotations
from quotes.parsing.normalization import Normal, joined, normalise
from quotes.parsing.sentence_repair import (
    LONGEST_WORD,
    Piece,
    SentenceWords,
    Token,
    mend,
    rows,
    tokens_of,
)
from quotes.parsing.stanza_pipelines import LoadedModel
from quotes.records import Document, EntityMention, Parse, Sentence, Span, Word
from quotes.text.chunking import best_cut
from quotes.text.paragraphs import paragraphs

BATCH = 20_000  # characters parsed together
FIRST = ("tokenize", "mwt")  # before sentences are mended
STRAIGHT = frozenset({"en"})  # languages whose treebanks have straight quotation marks
BETWEEN = "\n\n"  # what parts the stretches that are parsed together

Found = tuple[Sentence, tuple[EntityMention, ...]]  # a sentence with the names in it


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
                f"document {document.id}: the model could not parse it ({type(error).__name__}: {error})"
            ) from error

    def parse_many(self, parts: Sequence[Part]) -> list[Parse]:
        """The parses of several documents, or of regions of them. Raises whatever is raised for one of them: ask for each alone then."""
        found: list[list[Found]] = [[] for _ in parts]
        try:
            with warnings.catch_warnings():
                warnings.filterwarnings(
                    "ignore", module="stanza"
                )  # it warns of trees that it could not make better
                for numbers, normals in self._batches(parts):
                    for number, own in self._parse_batch(normals):
                        found[numbers[number]].append(own)
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
        if self._loaded.encoder is not None:
            self._loaded.encoder.forget()

    def _batches(self, parts: Sequence[Part]) -> Iterator[tuple[list[int], list[Normal]]]:
        """Stretches of text to be parsed together, with the numbers of their parts."""
        numbers: list[int] = []
        batch: list[Normal] = []
        size = 0
        for number, (document, region) in enumerate(parts):
            text = document.text
            region = Span(0, len(text)) if region is None else region
            for span in text_stretches(text, region, self.language):
                normal = normalise(text, span, straighten=self.language.code in STRAIGHT)
                if batch and size + len(normal.text) > BATCH:
                    yield numbers, batch
                    numbers, batch, size = [], [], 0
                if normal.text:
                    numbers.append(number)
                    batch.append(normal)
                    size += len(normal.text)
        if batch:
            yield numbers, batch

    def _parse_batch(self, normals: list[Normal]) -> Iterator[tuple[int, Found]]:
        """Each sentence with the number of the stretch that it begins in."""
        normal = joined(normals, BETWEEN)
        starts = list(accumulate((len(own.text) + len(BETWEEN) for own in normals[:-1]), initial=0))
        tokens = mend(self._tokens(normal.text), normal.text, self._words)
        found = (
            self._together(tokens, normal, self._loaded.together)
            if self._loaded.together
            else self._by_stanza(tokens, normal)
        )
        for own, sentence in zip(tokens, found, strict=True):
            yield bisect_right(starts, own[0][0].start) - 1, sentence

    def _tokens(self, text: str) -> list[list[Token]]:
        if self._loaded.tokens is not None:
            return self._loaded.tokens.of(text)
        return tokens_of(
            self._loaded.nlp.process(
                text, processors=[name for name in self._loaded.processors if name in FIRST]
            ),
            text,
        )

    def _together(
        self, tokens: Sequence[Sequence[Token]], normal: Normal, together: MultiTaskModel
    ) -> Iterator[Found]:
        pieces = [[piece for token in sentence for piece in token] for sentence in tokens]
        for own, read in zip(
            pieces,
            together.read([[piece.form[:LONGEST_WORD] for piece in own] for own in pieces]),
            strict=True,
        ):
            names = [
                EntityMention(normal.original(own[a].start, own[b].end), KINDS[kind])
                for a, b, kind in read.names
                if kind in KINDS
            ]
            yield _sentence(own, read, normal), tuple(names)

    def _by_stanza(self, tokens: Sequence[Sequence[Token]], normal: Normal) -> Iterator[Found]:
        """The same by the pipeline's own processors."""
        view = StanzaDocument(
            rows(tokens, words_as_tokens=self._loaded.encoder is not None), text=normal.text
        )
        parsed = self._loaded.nlp.process(
            view, processors=[name for name in self._loaded.processors if name not in FIRST]
        )
        self._forget()
        for own, its in zip(tokens, parsed.sentences, strict=True):
            names = [
                EntityMention(normal.original(name.start_char, name.end_char), KINDS[name.type])
                for name in its.ents
                if name.type in KINDS
            ]
            yield (
                _sentence([piece for token in own for piece in token], _read(its.words), normal),
                tuple(names),
            )


def text_stretches(text: str, region: Span, language: Language) -> Iterator[Span]:
    """The paragraphs of a region that are text, not boilerplate, in parts where they are longer than a batch."""
    for paragraph in paragraphs(region.of(text), language):
        start, end = region.start + paragraph.span.start, region.start + paragraph.span.end
        while paragraph.kind == "text" and start < end:
            cut = end if end - start <= BATCH else start + best_cut(text[start : start + BATCH])
            yield Span(start, cut)
            start = cut


def _read(words: Sequence[Any]) -> SentenceAnnotations:
    """What Stanza found of a sentence, names left out."""
    return SentenceAnnotations(
        [word.upos or "X" for word in words],
        [word.xpos or "" for word in words],
        [word.feats or "_" for word in words],
        [word.lemma or "_" for word in words],
        [(word.head, word.deprel) for word in words],
        [],
    )


def _sentence(pieces: Iterable[Piece], read: SentenceAnnotations, normal: Normal) -> Sentence:
    columns = (read.upos, read.xpos, read.feats, read.lemmas, read.heads)
    words = [
        Word(
            form=piece.form,
            span=normal.original(piece.start, piece.end),
            lemma=piece.form if lemma in ("", "_") else lemma,
            upos=upos,
            head=head - 1,
            deprel=deprel,
            xpos="" if xpos == "_" else xpos,
            feats=features(feats),
        )
        for piece, upos, xpos, feats, lemma, (head, deprel) in zip(pieces, *columns, strict=True)
    ]
    return Sentence(tuple(words))


@cache
def features(written: str) -> tuple[tuple[str, str], ...]:
    """Features as CoNLL-U writes them, sorted."""
    if written == "_":
        return ()
    named = (feature.partition("=") for feature in written.split("|"))
    return tuple(sorted((name, value) for name, _, value in named))
