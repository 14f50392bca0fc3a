"""Tags, trees and names of sentences from one pass of the encoder.

In: a loaded Stanza pipeline over one shared encoder, then the words of sentences. Out: what its
processors find, word for word the same, several times as fast (`benchmarks/parse.py`). Text is not
tokenized here, and pipelines whose models are laid out in another way are not served: for those,
`multitask_model` gives None, and Stanza's own processors do the work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from stanza.models.common.utils import simplify_punct
from stanza.models.ner.utils import decode_from_bioes

from quotes.encoder.bert import MAX_ROW_PIECES
from quotes.encoder.lstm import Layout
from quotes.encoder.word_states import WordStates
from quotes.parsing.heads import NameTagger, Tagger, TreeParser
from quotes.parsing.lemmatizer import Lemmatizer

OVERLAP_PIECES = 20  # read twice at the start of a further row of a long sentence, as in Stanza
BLANK = "-"  # stands for a word that the encoder's tokenizer reads as nothing, as in Stanza


@dataclass(frozen=True, slots=True)
class SentenceAnnotations:
    """The annotations of a sentence: one of each a word; names as (first word, last word, kind)."""

    upos: Sequence[str]
    xpos: Sequence[str]
    feats: Sequence[str]
    lemmas: Sequence[str]
    heads: Sequence[tuple[int, str]]
    names: Sequence[tuple[int, int, str]]


class MultiTaskModel:
    """The models of a pipeline over one encoder."""

    def __init__(self, nlp: Any, states: WordStates) -> None:
        processors = nlp.processors
        self._encoder, self._tokenizer = states.encoder, states.tokenizer
        self._tagger = Tagger(processors["pos"].trainer)
        self._parser = TreeParser(processors["depparse"].trainer)
        self._name_tagger = NameTagger(processors["ner"].trainer)
        self._lemmatizer = Lemmatizer(processors["lemma"])
        models = (self._tagger, self._name_tagger, self._parser)
        self._mixes = torch.stack([model.mix for model in models])

    @torch.no_grad()
    def annotate(self, sentences: Sequence[Sequence[str]]) -> list[SentenceAnnotations]:
        """Annotate sentences, each a list of words."""
        if not sentences:
            return []
        plain = [
            [word for (word,) in row]
            for row in simplify_punct([[[word] for word in words] for words in sentences])
        ]
        forms = [word for words in plain for word in words]
        layout, rooted = (Layout.of([len(words) + more for words in plain]) for more in (0, 1))
        for_tags, for_names, for_trees = self._states(plain, rooted)
        upos, xpos, feats = self._tagger(forms, for_tags, layout)
        lemmas = self._lemmatizer([word for words in sentences for word in words], upos)
        trees = self._parser(forms, lemmas, for_trees, rooted)
        tags = self._name_tagger(forms, for_names, layout)
        out = []
        for start, words, tree, own in zip(layout.starts, plain, trees, tags, strict=True):
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
        """Return words x units for tags, names and trees.

        Those for trees are laid out as `rooted`: before each sentence stand the states of the
        encoder's first piece.
        """
        rows, positions = [], []  # a sentence may be several rows
        for ids, ends in self._pieces_of(sentences):
            for start in range(0, len(ids), MAX_ROW_PIECES - OVERLAP_PIECES):
                own = range(start + OVERLAP_PIECES if start else 0, start + MAX_ROW_PIECES)
                rows.append(ids[start : start + MAX_ROW_PIECES])
                positions.append([end - start for end in (0, *ends) if end in own])
                if start + MAX_ROW_PIECES >= len(ids):
                    break
        for_tags, for_names, for_trees = self._encoder.mixed_states(rows, positions, self._mixes)
        roots = torch.zeros(len(for_trees), dtype=torch.bool)
        roots[list(rooted.starts)] = True
        return for_tags[~roots], for_names[~roots], for_trees

    def _pieces_of(self, sentences: Sequence[Sequence[str]]) -> list[tuple[list[int], list[int]]]:
        """Return for each sentence its word pieces and the position of each word's last piece."""
        out = []
        for words, pieces in zip(sentences, self._tokenizer.split(sentences), strict=True):
            ends = pieces.ends(len(words))
            if None in ends:
                read = [
                    BLANK if end is None else word for word, end in zip(words, ends, strict=True)
                ]
                [pieces] = self._tokenizer.split([read])
                ends = pieces.ends(len(words))
            out.append((pieces.ids, [end for end in ends if end is not None]))
        return out


def multitask_model(nlp: Any, states: WordStates) -> MultiTaskModel | None:
    """Return the models of a pipeline, None where one is not laid out as the embedded ones are."""
    if all(_fits(nlp.processors, name, wanted) for name, wanted in REQUIRED_SETTINGS.items()):
        return MultiTaskModel(nlp, states)
    return None


# Settings that the configuration of a model must have; what it lacks counts as False.
REQUIRED_SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "pos": {
        "char": True,
        "charlm": False,
        "pretrain": False,
        "share_hid": False,
        "tag_column_link": "tag_emb",
        "num_layers": 1,
    },
    "depparse": {
        "char": False,
        "charlm": False,
        "pretrain": False,
        "use_upos": False,
        "use_xpos": False,
        "use_ufeats": False,
        "use_arc_embedding": False,
        "linearization": False,
        "distance": False,
        "reversed": False,
        "num_layers": 1,
        "resolve_head_constraints": False,
    },
    "ner": {
        "char": True,
        "charlm": False,
        "pretrain": False,
        "connect_output_layers": False,
        "input_transform": True,
        "num_layers": 1,
    },
}
DEFAULTS = {"resolve_head_constraints": True}  # settings that do not count as False


def _fits(processors: Any, name: str, wanted: Mapping[str, Any]) -> bool:
    config = processors[name].config
    return (
        all(config.get(key, DEFAULTS.get(key, False)) == value for key, value in wanted.items())
        and config.get("bert_hidden_layers", 0) > 0
    )
