"""The same computation as Stanza's name tagger, several times faster to train on a CPU.

In: a `NERTagger`. Out: nothing; it and the functions it calls are replaced for this process. The
weights, their names and what they compute (dropout aside, which is as random as before) stay the
same, so that what is saved is a plain Stanza model. Needed because padding and packing as PyTorch
has them copy the whole gradient once for each time step or sentence, because fresh random numbers
for dropout cost more than the matrix products, and because a batch has each word several times.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import stanza.models.common.char_model as char_model
import stanza.models.ner.model as ner_model
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence

from training.features import UNITS

Lookup = Callable[[list[str]], Any]  # the words of a sentence to words x layers x units
POOL = 1 << 23


class NoEncoder(nn.Module):
    """Stands where the tagger keeps its encoder: only its width is asked for."""

    config = SimpleNamespace(hidden_size=UNITS)


class PooledDropout(nn.Module):
    """Dropout whose masks are cut out of one large pool at a random place."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self._pool = (torch.rand(POOL) >= rate).float() / (1 - rate)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        start = random.randrange(POOL - x.numel() + 1)
        return x * self._pool[start : start + x.numel()].view(x.shape)


def pad_packed(packed: PackedSequence, batch_first: bool = True) -> tuple[Tensor, Tensor]:
    """Torch's `pad_packed_sequence` in one step."""
    sizes = packed.batch_sizes
    rows, times = int(sizes[0]), len(sizes)
    places = torch.cat([torch.arange(int(size)) * times + time for time, size in enumerate(sizes)])
    flat = packed.data.new_zeros(rows * times, packed.data.shape[1]).index_copy(
        0, places, packed.data
    )
    return flat.view(rows, times, -1), (torch.arange(rows)[:, None] < sizes[None, :]).sum(1)


def pad(parts: Sequence[Tensor], batch_first: bool = True) -> Tensor:
    """Torch's `pad_sequence` in one step."""
    rows, times = len(parts), max(len(part) for part in parts)
    places = torch.cat([torch.arange(len(part)) + row * times for row, part in enumerate(parts)])
    joined = torch.cat(list(parts))
    return (
        joined.new_zeros(rows * times, joined.shape[1])
        .index_copy(0, places, joined)
        .view(rows, times, -1)
    )


def pack(parts: Sequence[Tensor]) -> PackedSequence:
    """Torch's `pack_sequence` in one step; longest first."""
    lengths = torch.tensor([len(part) for part in parts])
    starts = lengths.cumsum(0) - lengths
    sizes = torch.stack([(lengths > time).sum() for time in range(int(lengths[0]))])
    places = torch.cat([starts[: int(size)] + time for time, size in enumerate(sizes)])
    return PackedSequence(torch.cat(list(parts))[places], sizes)


def quicken(model: Any, features: Lookup, dropout: float) -> None:
    """Let a tagger read cached features and use the quick functions, in this process."""

    def embed(
        name: str,
        tokenizer: Any,
        encoder: Any,
        sentences: list[list[str]],
        *_: Any,
        bert_layer_mix: Any,
        **__: Any,
    ) -> list[Tensor]:
        weights = 1 / bert_layer_mix.in_features + bert_layer_mix.weight[0]
        states = torch.cat(
            [torch.from_numpy(features(words).copy()) for words in sentences]
        ).float()
        mixed: Tensor = torch.einsum("wlu,l->wu", states, weights)
        return list(torch.split(mixed, [len(words) for words in sentences]))

    def spell(
        chars: Tensor,
        mask: Tensor,
        order: Sequence[int],
        sentence_lengths: list[int],
        word_lengths: list[int],
    ) -> PackedSequence:
        spelling = model.charmodel
        unique, which = torch.unique(chars, dim=0, return_inverse=True)
        lengths, by_length = (unique != 0).sum(1).sort(descending=True)
        states = [
            init.expand(2, len(unique), -1).contiguous()
            for init in (spelling.charlstm_h_init, spelling.charlstm_c_init)
        ]
        packed = pack_padded_sequence(
            spelling.dropout(spelling.char_emb(unique[by_length])), lengths, batch_first=True
        )
        last = spelling.charlstm(packed, lengths, hx=tuple(states))[1][0][-2:]
        words = last.transpose(0, 1).reshape(len(unique), -1)[by_length.argsort()[which]]
        return pack(char_model.tensor_unsort(words, order).split(sentence_lengths))

    ner_model.extract_bert_embeddings = embed
    ner_model.pad_packed_sequence = pad_packed
    ner_model.pad_sequence = pad
    model.charmodel.forward = spell
    model.drop = PooledDropout(dropout)
    model.charmodel.dropout = PooledDropout(dropout)
