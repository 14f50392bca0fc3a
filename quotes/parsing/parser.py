"""Document → Parse with a loaded pipeline: normalise, tokenize, mend sentences, tag and parse, map back.

In: a `Document`. Out: a `Parse` whose spans count in `Document.text`. Will not read files, and holds no state between documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from quotes.errors import ParseError
from quotes.layout import paragraphs
from quotes.parsing.kinds import KINDS
from quotes.parsing.normalisation import Normal, joined, normalise
from quotes.parsing.pipelines import Loaded
from quotes.parsing.sentences import Token, Words, mend, rows, tokens_of
from quotes.records import Document, Entity, Parse, Sentence, Span, Word

BATCH = 20_000  # characters parsed together


class Parser:
    """A loaded model. `name` says which."""

    def __init__(self, name: str, language: str, loaded: Loaded) -> None:
        self.name = name
        self.language = language
        self._loaded = loaded
        self._words = Words.of(language)

    def parse(self, document: Document, region: Span | None = None) -> Parse:
        """The sentences and names of a document, or of one region of it. Raises ParseError naming the document."""
        sentences: list[Sentence] = []
        entities: list[Entity] = []
        try:
            for normal in self._batches(document.text, region or Span(0, len(document.text))):
                found, named = self._parse_batch(normal)
                sentences += found
                entities += named
        except Exception as error:
            raise ParseError(f"document {document.id}: the model could not parse it ({type(error).__name__}: {error})") from error
        finally:
            if self._loaded.encoder is not None:
                self._loaded.encoder.forget()
        return Parse(tuple(sentences), tuple(entities), self.name)

    def _batches(self, text: str, region: Span) -> Iterator[Normal]:
        batch: list[Normal] = []
        for span in text_paragraphs(text, region):
            normal = normalise(text, span, straighten=self.language == "en")
            if not normal.text:
                continue
            if batch and sum(len(n.text) for n in batch) + len(normal.text) > BATCH:
                yield joined(batch)
                batch = []
            batch.append(normal)
        if batch:
            yield joined(batch)

    def _parse_batch(self, normal: Normal) -> tuple[list[Sentence], list[Entity]]:
        from stanza.models.common.doc import Document as StanzaDocument

        nlp, encoder = self._loaded.nlp, self._loaded.encoder
        tokenized = nlp.process(normal.text, processors=["tokenize", "mwt"])
        tokens = mend(tokens_of(tokenized, normal.text), normal.text, self._words)
        view = StanzaDocument(rows(tokens, words_as_tokens=encoder is not None), text=normal.text)
        parsed = nlp.process(view, processors=["pos", "lemma", "depparse", "ner"])
        if encoder is not None:
            encoder.forget()
        sentences = [_sentence(own, its.words, normal) for own, its in zip(tokens, parsed.sentences, strict=True)]
        entities = [Entity(normal.original(name.start_char, name.end_char), KINDS[name.type]) for name in parsed.ents if name.type in KINDS]
        return sentences, entities


def text_paragraphs(text: str, region: Span) -> Iterator[Span]:
    """The paragraphs of a region that are text, not boilerplate."""
    for paragraph in paragraphs(region.of(text)):
        if paragraph.kind == "text":
            yield Span(region.start + paragraph.span.start, region.start + paragraph.span.end)


def _sentence(tokens: Iterable[Token], words: Iterable[Any], normal: Normal) -> Sentence:
    pieces = [piece for token in tokens for piece in token]
    return Sentence(
        tuple(
            Word(
                form=piece.form,
                span=normal.original(piece.start, piece.end),
                lemma=word.lemma or piece.form,
                upos=word.upos or "X",
                head=word.head - 1,
                deprel=word.deprel,
                xpos=word.xpos or "",
                feats=tuple(sorted(tuple(f.split("=", 1)) for f in word.feats.split("|"))) if word.feats else (),
            )
            for piece, word in zip(pieces, words, strict=True)
        )
    )
