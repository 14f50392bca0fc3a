"""The heads over the encoder: tagger, parser and name tagger, over sentences laid end to end.

In: the models of a loaded Stanza pipeline, then the words of sentences and each model's mixture of
the encoder's states at them. Out: tags, heads with labels, and names, equal to those of Stanza's
processors, whose weights are used.

What Stanza computes anew for each sentence and processor is computed once here: vectors that depend
on a word's letters alone once a word form, labels of arcs only for the arcs that are in the tree,
and nothing for padding.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from stanza.models.common.vocab import ROOT_ID, VOCAB_PREFIX_SIZE
from stanza.models.ner.trainer import fix_singleton_tags
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence

from quotes.encoder.bert import TOP_LAYERS
from quotes.encoder.form_cache import FormVectorCache
from quotes.encoder.lstm import HighwayLSTM, Layout, Recurrent
from quotes.encoder.precision import FusedLinear
from quotes.parsing.label_scores import ArcLabels
from quotes.parsing.tree_decoding import one_root_tree


def character_vectors(model: Any, vocabulary: Any, forms: Sequence[str]) -> Tensor:
    """Return the vectors of words from a character model of Stanza: words x units."""
    order = sorted(range(len(forms)), key=lambda number: -len(forms[number]))
    letters = [torch.tensor(vocabulary.map(list(forms[number]))) for number in order]
    lengths = [len(row) for row in letters]
    out: Tensor = model(
        pad_sequence(letters, batch_first=True), None, order, [len(forms)], lengths
    ).data
    return out


def layer_weights(mix: nn.Linear) -> Tensor:
    """Return the weights of the encoder's `TOP_LAYERS` in the mixture of a processor."""
    weights = torch.zeros(TOP_LAYERS)
    weights[-mix.in_features :] = mix.weight.detach()[0] + 1 / mix.in_features
    return weights


def bilinear(scorer: Any, second: Tensor) -> tuple[Tensor, Tensor]:
    """Return weights and bias of the linear layer that a bilinear one is for one second input."""
    layer = scorer.W_bilin
    weights = torch.einsum("oij,j->oi", layer.weight, torch.cat((second, second.new_ones(1))))
    return weights[:, :-1], layer.bias + weights[:, -1]


class Tagger:
    """A tagger of universal and treebank tags and features of words."""

    def __init__(self, trainer: Any) -> None:
        self._model, self._vocab = trainer.model.eval(), trainer.vocab
        self.mix = layer_weights(self._model.bert_layer_mix)
        self._forms = FormVectorCache(self._of_forms)
        self._read = HighwayLSTM(
            self._model.taggerlstm, (self._model.taggerlstm_h_init, self._model.taggerlstm_c_init)
        )
        self._layers: dict[int, tuple[Tensor, Tensor, Tensor, Tensor]] = {}
        self._sizes = [len(scorer.W_bilin.bias) for scorer in self._model.tag_clf["feats"]]
        self._features: dict[tuple[int, ...], str] = {}

    def _of_forms(self, forms: list[str]) -> Tensor:
        model = self._model
        known = torch.tensor(self._vocab["word"].map(forms))
        return torch.cat(
            (
                model.word_emb(known),
                model.trans_char(character_vectors(model.charmodel, self._vocab["char"], forms)),
            ),
            dim=1,
        )

    def __call__(
        self, forms: Sequence[str], states: Tensor, layout: Layout
    ) -> tuple[list[str], list[str], list[str]]:
        """Return for each word its tag, the treebank's tag and its features in CoNLL-U."""
        model = self._model
        inputs = torch.cat((self._forms(forms), states), dim=1)
        read = self._read(inputs, layout)
        upos = model.upos_clf(functional.relu(model.upos_hid(read))).argmax(1)
        own = (
            functional.relu(model.tag_hid["xpos"](read)),
            functional.relu(model.tag_hid["feats"](read)),
        )
        xpos = torch.empty_like(upos)
        feats = torch.empty((len(upos), len(self._sizes)), dtype=torch.long)
        for tag in upos.unique().tolist():
            at = (upos == tag).nonzero()[:, 0]
            first, first_bias, second, second_bias = self._layers_of(tag)
            xpos[at] = functional.linear(own[0][at], first, first_bias).argmax(1)
            scores = torch.split(
                functional.linear(own[1][at], second, second_bias), self._sizes, dim=1
            )
            feats[at] = torch.stack([part.argmax(1) for part in scores], dim=1)
        tags, own_tags = (
            self._vocab["upos"].unmap(upos.tolist()),
            self._vocab["xpos"].unmap(xpos.tolist()),
        )
        return tags, own_tags, [self._written(tuple(row)) for row in feats.tolist()]

    def _layers_of(self, tag: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        if tag not in self._layers:
            model = self._model
            parent = model.upos_emb.weight[tag]
            parts = [bilinear(scorer, parent) for scorer in model.tag_clf["feats"]]
            feats = (
                torch.cat([weights for weights, _ in parts]),
                torch.cat([bias for _, bias in parts]),
            )
            self._layers[tag] = (*bilinear(model.tag_clf["xpos"], parent), *feats)
        return self._layers[tag]

    def _written(self, row: tuple[int, ...]) -> str:
        if row not in self._features:
            self._features[row] = self._vocab["feats"].unmap([list(row)])[0]
        return self._features[row]


class TreeParser:
    """A parser of heads and labels of words."""

    def __init__(self, trainer: Any) -> None:
        self._model, self._vocab = trainer.model.eval(), trainer.vocab
        self.mix = layer_weights(self._model.bert_layer_mix)
        self._read = HighwayLSTM(
            self._model.parserlstm, (self._model.parserlstm_h_init, self._model.parserlstm_c_init)
        )
        scorer = self._model.deprel.scorer.W_bilin
        self._arc_labels = ArcLabels(scorer.weight, scorer.bias)

    def __call__(
        self, forms: Sequence[str], lemmas: Sequence[str], states: Tensor, layout: Layout
    ) -> list[list[tuple[int, str]]]:
        """Return for each sentence the head (0 is the root) and label of each word.

        `states` and `layout` have a root before each sentence's words, `forms` and `lemmas` do not.
        """
        model, vocab = self._model, self._vocab
        words, own = [], []
        known, known_lemmas = vocab["word"].map(forms), vocab["lemma"].map(lemmas)
        at = 0
        for length in layout.lengths:
            words += [ROOT_ID, *known[at : at + length - 1]]
            own += [ROOT_ID, *known_lemmas[at : at + length - 1]]
            at += length - 1
        vectors = model.word_emb(torch.tensor(words)), model.lemma_emb(torch.tensor(own)), states
        read = self._read(torch.cat(vectors, dim=1), layout)
        arcs, labels = _sides(model.unlabeled, read), _sides(model.deprel, read)
        spans = [
            slice(start, start + length)
            for start, length in zip(layout.starts, layout.lengths, strict=True)
        ]
        scores = [_arc_scores(model.unlabeled, *(side[span] for side in arcs)) for span in spans]
        heads = [one_root_tree(own_scores) for own_scores in scores]
        names = self._labels(heads, labels, layout)
        return [
            list(zip(head[1:].tolist(), names[span][1:], strict=True))
            for head, span in zip(heads, spans, strict=True)
        ]

    def _labels(
        self, heads: Sequence[Any], sides: tuple[Tensor, Tensor], layout: Layout
    ) -> list[str]:
        """Return the best label of each word's arc, and one for each root."""
        above = torch.from_numpy(
            np.concatenate([head + start for head, start in zip(heads, layout.starts, strict=True)])
        )
        best = self._arc_labels.best(sides[0], sides[1][above])
        names: list[str] = self._vocab["deprel"].unmap(
            [label + VOCAB_PREFIX_SIZE for label in best]
        )
        return names


def _sides(scorer: Any, read: Tensor) -> tuple[Tensor, Tensor]:
    """Return each word as a dependent and as a head, with the one that a biaffine layer adds."""
    one = read.new_ones(len(read), 1)
    dependent = torch.cat((functional.relu(scorer.W1(read)), one), dim=1)
    return dependent, torch.cat((functional.relu(scorer.W2(read)), one), dim=1)


def _arc_scores(scorer: Any, dependents: Tensor, heads: Tensor) -> Any:
    layer = scorer.scorer.W_bilin
    scores = dependents @ layer.weight[:, :, 0] @ heads.T + layer.bias
    scores.fill_diagonal_(-torch.inf)
    return functional.log_softmax(scores, dim=1).numpy()


class NameTagger:
    """A tagger of names of people, organisations and places."""

    def __init__(self, trainer: Any) -> None:
        self._model, self._vocab = trainer.model.eval(), trainer.vocab
        self.mix = layer_weights(self._model.bert_layer_mix)
        self._lower = trainer.args.get("lowercase", True)
        self._tags = [
            tag[0] if tag else "O"
            for tag in self._vocab["tag"].unmap(
                [(number,) for number in range(self._vocab["tag"].lens()[0])]
            )
        ]
        self._forms = FormVectorCache(self._of_forms)
        self._input_layer = FusedLinear.of(self._model.input_transform)
        self._read = Recurrent(
            self._model.taggerlstm.lstm,
            (self._model.taggerlstm_h_init, self._model.taggerlstm_c_init),
        )

    def _of_forms(self, forms: list[str]) -> Tensor:
        model = self._model
        known = self._vocab["delta"].map([form.lower() for form in forms] if self._lower else forms)
        return torch.cat(
            (
                model.delta_emb(torch.tensor(known)),
                character_vectors(model.charmodel, self._vocab["char"], forms),
            ),
            dim=1,
        )

    def __call__(self, forms: Sequence[str], states: Tensor, layout: Layout) -> list[list[str]]:
        """Return for each sentence the tags of its words.

        B, I, E and S are the beginning, inside, end and single word of a name, O is no name.
        """
        model = self._model
        own = self._forms(forms)
        size = model.delta_emb.embedding_dim
        inputs = self._input_layer(torch.cat((own[:, :size], states, own[:, size:]), dim=1))
        read = self._read(inputs, layout)
        scores = model.tag_clfs[0](read).split(list(layout.lengths))
        found = best_paths(scores, model.crits[0]._transitions)
        return [
            fix_singleton_tags([self._tags[max(tag, VOCAB_PREFIX_SIZE)] for tag in path])
            for path in found
        ]


def best_paths(scores: Sequence[Tensor], transitions: Tensor) -> list[list[int]]:
    """Return the best tags of each sentence (Viterbi 1967), computed for all sentences in step."""
    lengths = [len(own) for own in scores]
    padded = pad_sequence(list(scores), batch_first=True).numpy()
    steps = transitions.detach().numpy()
    best = padded[:, 0]
    back = np.zeros(padded.shape, dtype=np.int64)
    ends = np.array(lengths) - 1
    last = best.argmax(1)
    for step in range(1, padded.shape[1]):
        ways = best[:, :, None] + steps
        back[:, step] = ways.argmax(1)
        best = padded[:, step] + ways.max(1)
        last = np.where(ends == step, best.argmax(1), last)
    out = []
    for row, length in enumerate(lengths):
        path = [int(last[row])]
        for step in range(length - 1, 0, -1):
            path.append(int(back[row, step, path[-1]]))
        out.append(path[::-1])
    return out
