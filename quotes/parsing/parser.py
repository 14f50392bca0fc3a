"""Document → Parse with a loaded pipeline: normalise, tokenize, mend sentences, tag and parse, map back.

In: a `Document`. Out: a `Parse` whose spans count in `Document.text`. Will not read files, and holds no state between documents.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from typing import Any

from stanza.models.common.doc import Document as StanzaDocument

from quotes.errors import ParseError
from quotes.layout import paragraphs
from quotes.parsing.kinds import KINDS
from quotes.parsing.normalisation import Normal, joined, normalise
from quotes.parsing.pipelines import Loaded
from quotes.parsing.regions import best_cut
from quotes.parsing.sentences import Piece, Token, Words, mend, rows, tokens_of
from quotes.parsing.tags import Tagger
from quotes.records import Document, Entity, Parse, Sentence, Span, Word

BATCH = 20_000  # characters parsed together
FIRST = ("tokenize", "mwt")  # before sentences are mended


class Parser:
    """A loaded model. `name` says which; `tagger` is the tagger of attributions that came with it, if one did."""

    def __init__(self, name: str, language: str, loaded: Loaded, tagger: Tagger | None = None) -> None:
        self.name = name
        self.language = language
        self.tagger = tagger
        self._loaded = loaded
        self._words = Words.of(language)

    def parse(self, document: Document, region: Span | None = None) -> Parse:
        """The sentences and names of a document, or of one region of it. Raises ParseError naming the document."""
        try:
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", module="stanza")  # it warns of trees that it could not make better
                parts = [self._parse_batch(normal) for normal in self._batches(document.text, region)]
        except Exception as error:
            raise ParseError(f"document {document.id}: the model could not parse it ({type(error).__name__}: {error})") from error
        finally:
            self._forget()
        sentences = tuple(sentence for found, _ in parts for sentence in found)
        return Parse(sentences, tuple(name for _, names in parts for name in names), self.name)

    def _forget(self) -> None:
        if self._loaded.encoder is not None:
            self._loaded.encoder.forget()

    def _batches(self, text: str, region: Span | None) -> Iterator[Normal]:
        batch: list[Normal] = []
        for span in text_stretches(text, Span(0, len(text)) if region is None else region):
            normal = normalise(text, span, straighten=self.language == "en")
            if batch and sum(len(part.text) for part in batch) + len(normal.text) > BATCH:
                yield joined(batch)
                batch = []
            if normal.text:
                batch.append(normal)
        if batch:
            yield joined(batch)

    def _parse_batch(self, normal: Normal) -> tuple[list[Sentence], list[Entity]]:
        nlp, encoder = self._loaded.nlp, self._loaded.encoder
        known = self._loaded.processors
        tokenized = nlp.process(normal.text, processors=[name for name in known if name in FIRST])
        tokens = mend(tokens_of(tokenized, normal.text), normal.text, self._words)
        view = StanzaDocument(rows(tokens, words_as_tokens=encoder is not None), text=normal.text)
        parsed = nlp.process(view, processors=[name for name in known if name not in FIRST])
        self._forget()
        sentences = [_sentence(own, its.words, normal) for own, its in zip(tokens, parsed.sentences, strict=True)]
        entities = [Entity(normal.original(name.start_char, name.end_char), KINDS[name.type]) for name in parsed.ents if name.type in KINDS]
        return sentences, entities


def text_stretches(text: str, region: Span) -> Iterator[Span]:
    """The paragraphs of a region that are text, not boilerplate, in parts where they are longer than a batch."""
    for paragraph in paragraphs(region.of(text)):
        start, end = region.start + paragraph.span.start, region.start + paragraph.span.end
        while paragraph.kind == "text" and start < end:
            cut = end if end - start <= BATCH else start + best_cut(text[start : start + BATCH])
            yield Span(start, cut)
            start = cut


def _sentence(tokens: Iterable[Token], words: Iterable[Any], normal: Normal) -> Sentence:
    pieces = [piece for token in tokens for piece in token]
    return Sentence(tuple(_word(piece, word, normal) for piece, word in zip(pieces, words, strict=True)))


def _word(piece: Piece, word: Any, normal: Normal) -> Word:
    feats = (feature.partition("=")[::2] for feature in word.feats.split("|")) if word.feats else ()
    return Word(
        form=piece.form,
        span=normal.original(piece.start, piece.end),
        lemma=piece.form if word.lemma in (None, "", "_") else word.lemma,
        upos=word.upos or "X",
        head=word.head - 1,
        deprel=word.deprel,
        xpos=word.xpos or "",
        feats=tuple(sorted(feats)),
    )
