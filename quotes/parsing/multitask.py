"""Tags, trees and names of sentences from one pass of the encoder, with the models of a loaded pipeline.

In: a loaded Stanza pipeline over one shared encoder, then the words of sentences. Out: what its processors find, word for word the same,
several times as fast (`benchmarks/parse.py`). Will not tokenize text, nor serve pipelines whose models are laid out in another way: for
those, `of` gives None, and Stanza's own processors do the work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from stanza.models.common.doc import Document as StanzaDocument
from stanza.models.common.utils import simplify_punct
from stanza.models.ner.utils import decode_from_bioes

from quotes.encoder.bert import LONGEST, Bert, SharedEncoder
from quotes.encoder.lstm import Layout
from quotes.encoder.packed import PackedEncoder
from quotes.encoder.word_pieces import WordPieceTokenizer
from quotes.parsing.heads import Names, Tags, Trees

OVERLAP = 20  # pieces at the start of a further stretch of a long sentence that are read twice, as in Stanza
LEMMAS = 15_000  # lemmas kept
BLANK = "-"  # what stands for a word that the encoder's tokenizer reads as nothing, as in Stanza


@dataclass(frozen=True, slots=True)
class SentenceAnnotations:
    """What was found of one sentence: a list a word, and names as (first word, last word, kind)."""

    upos: Sequence[str]
    xpos: Sequence[str]
    feats: Sequence[str]
    lemmas: Sequence[str]
    heads: Sequence[tuple[int, str]]
    names: Sequence[tuple[int, int, str]]


class MultiTaskModel:
    """The models of a pipeline. `rows` of its encoder counts the sentences that were read; `cutter` keeps how they were cut."""

    def __init__(self, nlp: Any, encoder: Bert, cutter: WordPieceTokenizer) -> None:
        processors = nlp.processors
        self.encoder = PackedEncoder(encoder)
        self.cutter = cutter
        self._tags, self._trees = (
            Tags(processors["pos"].trainer),
            Trees(processors["depparse"].trainer),
        )
        self._names, self._lemmatizer = Names(processors["ner"].trainer), processors["lemma"]
        self._mixes = torch.stack([self._tags.mix, self._names.mix, self._trees.mix])
        self._lemmas: dict[tuple[str, str], str] = {}

    @torch.no_grad()
    def read(self, sentences: Sequence[Sequence[str]]) -> list[SentenceAnnotations]:
        """What is found of sentences, each a list of words."""
        if not sentences:
            return []
        plain = [
            [word for (word,) in row]
            for row in simplify_punct([[[word] for word in words] for words in sentences])
        ]
        forms = [word for words in plain for word in words]
        within, rooted = (Layout.of([len(words) + more for words in plain]) for more in (0, 1))
        for_tags, for_names, for_trees = self._states(plain, rooted)
        upos, xpos, feats = self._tags(forms, for_tags, within)
        lemmas = self._lemmas_of([word for words in sentences for word in words], upos)
        trees = self._trees(forms, lemmas, for_trees, rooted)
        tags = self._names(forms, for_names, within)
        out = []
        for start, words, tree, own in zip(within.starts, plain, trees, tags, strict=True):
            span = slice(start, start + len(words))
            names = [
                (found["start"], found["end"], found["type"]) for found in decode_from_bioes(own)
            ]
            out.append(
                SentenceAnnotations(upos[span], xpos[span], feats[span], lemmas[span], tree, names)
            )
        return out

    def _states(
        self, sentences: Sequence[Sequence[str]], rooted: Layout
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Words x units for tags, names and trees; for trees, laid out as `rooted`, with the encoder's first piece before each sentence."""
        rows, places = [], []  # a sentence may be several rows
        for ids, ends in self._pieces_of(sentences):
            for start in range(0, len(ids), LONGEST - OVERLAP):
                seen = range(start + OVERLAP if start else 0, start + LONGEST)
                rows.append(ids[start : start + LONGEST])
                places.append([place - start for place in (0, *ends) if place in seen])
                if start + LONGEST >= len(ids):
                    break
        for_tags, for_names, for_trees = self.encoder.states(rows, places, self._mixes)
        roots = torch.zeros(len(for_trees), dtype=torch.bool)
        roots[list(rooted.starts)] = True
        return for_tags[~roots], for_names[~roots], for_trees

    def _pieces_of(self, sentences: Sequence[Sequence[str]]) -> list[tuple[list[int], list[int]]]:
        """For each sentence its word pieces and the place of each word's last piece."""
        out = []
        for words, cut in zip(sentences, self.cutter.of(sentences), strict=True):
            ends = cut.ends(len(words))
            if None in ends:
                [cut] = self.cutter.of(
                    [
                        [
                            BLANK if end is None else word
                            for word, end in zip(words, ends, strict=True)
                        ]
                    ]
                )
                ends = cut.ends(len(words))
            out.append((cut.ids, [end for end in ends if end is not None]))
        return out

    def _lemmas_of(self, forms: Sequence[str], upos: Sequence[str]) -> list[str]:
        asked = list(zip(forms, upos, strict=True))
        new = [pair for pair in dict.fromkeys(asked) if pair not in self._lemmas]
        if len(self._lemmas) + len(new) > LEMMAS:
            self._lemmas.clear()
            new = list(dict.fromkeys(asked))
        if new:
            rows = [
                {"id": (number,), "text": form, "upos": tag}
                for number, (form, tag) in enumerate(new, 1)
            ]
            made = self._lemmatizer.process(StanzaDocument([rows]))
            self._lemmas.update(
                zip(new, (word.lemma or "_" for word in made.sentences[0].words), strict=True)
            )
        return [self._lemmas[pair] for pair in asked]


def of(nlp: Any, encoder: SharedEncoder, tokenizer: Any) -> MultiTaskModel | None:
    """The models of a pipeline read together, or None where one of them is not laid out as the embedded ones are."""
    if not isinstance(encoder.transformer, Bert) or not all(
        _fits(nlp.processors, name, wanted) for name, wanted in LAID_OUT.items()
    ):
        return None
    return MultiTaskModel(nlp, encoder.transformer, WordPieceTokenizer(tokenizer))


LAID_OUT: dict[str, dict[str, Any]] = {
    "pos": {"char": True, "charlm": False, "pretrain": False, "share_hid": False, "tag_column_link": "tag_emb", "num_layers": 1},
    "depparse": {
        "char": False, "charlm": False, "pretrain": False, "use_upos": False, "use_xpos": False, "use_ufeats": False,
        "use_arc_embedding": False, "linearization": False, "distance": False, "reversed": False, "num_layers": 1,
        "resolve_head_constraints": False,
    },
    "ner": {"char": True, "charlm": False, "pretrain": False, "connect_output_layers": False, "input_transform": True, "num_layers": 1},
}  # what the configuration of a model must say; what it does not say counts as False  # fmt: skip


def _fits(processors: Any, name: str, wanted: dict[str, Any]) -> bool:
    config = processors[name].config
    missing = {"resolve_head_constraints": True}  # else False
    return (
        all(config.get(key, missing.get(key, False)) == value for key, value in wanted.items())
        and config.get("bert_hidden_layers", 0) > 0
    )
