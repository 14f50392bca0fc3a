"""The encoder that all processors of a model share, which reads each sentence once.

In: rows of word pieces. Out, in two ways: for our own processors, mixtures of the top layers at the
positions that they need (`mixed_states`); for those of Stanza, padded layers as transformers gives
them (`forward`). Both run the same `Bert`, and both cache the states that the tagger of
attributions reads (`summaries`). Sentences are not shortened here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from quotes.encoder.batching import batches_by_size
from quotes.encoder.bert import BATCH_PIECES, TOP_LAYERS, Bert, BertConfig, Row, load_bert, starts
from quotes.encoder.state_cache import StateCache
from quotes.errors import ModelError, first_line


@dataclass(frozen=True, slots=True)
class HiddenStates:
    """The part of a transformer's output that Stanza reads: layers, each rows x pieces x units."""

    hidden_states: tuple[Tensor, ...]


class SharedEncoder(nn.Module):
    """A BERT with a cache of its states. `rows` counts the rows that it was run on.

    It is a module, because Stanza's models take one; it has no parameters that could be trained.
    """

    _hf_peft_config_loaded = False  # read by Stanza from every transformer

    def __init__(self, bert: Bert) -> None:
        super().__init__()
        self.rows = 0
        self.bert = bert
        units = bert.config.hidden_size
        self._summaries = StateCache(2 * units, torch.float16)
        self._layers = StateCache(TOP_LAYERS * units, torch.float32)

    @property
    def config(self) -> BertConfig:
        """The settings of the BERT."""
        return self.bert.config

    @torch.no_grad()
    def mixed_states(
        self, rows: Sequence[Row], positions: Sequence[Sequence[int]], mixes: Tensor
    ) -> Tensor:
        """Return mixtures of the top layers.

        Args:
            rows: Word pieces of at most `MAX_ROW_PIECES` each.
            positions: The positions wanted in each row.
            mixes: The weight of each layer in each mixture: mixes x top layers.

        Returns:
            Mixes x positions of all rows in order x units.
        """
        counts = [len(wanted) for wanted in positions]
        targets = starts(counts)
        out = torch.empty((len(mixes), sum(counts), self.config.hidden_size))
        order = sorted(range(len(rows)), key=lambda number: -len(rows[number]))
        for batch in batches_by_size(order, lambda number: len(rows[number]), BATCH_PIECES):
            own = [rows[number] for number in batch]
            layers = self._run(own)
            at = [
                start + position
                for start, number in zip(starts([len(row) for row in own]), batch, strict=True)
                for position in positions[number]
            ]
            to = [targets[number] + index for number in batch for index in range(counts[number])]
            out[:, to] = torch.einsum("ml,lwu->mwu", mixes, layers[:, at])
        return out

    @torch.no_grad()
    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, output_hidden_states: bool = True
    ) -> HiddenStates:
        """Return the top layers of padded rows, as Stanza calls a transformer.

        Stanza's processors read the same sentences one after the other: the states are cached until
        `forget` is called.
        """
        lengths = attention_mask.sum(dim=1).long().tolist()
        rows = [row[:length].tolist() for row, length in zip(input_ids, lengths, strict=True)]
        found = self._cached([row for row in rows if row], self._layers)
        out = torch.zeros((TOP_LAYERS, *input_ids.shape, self.config.hidden_size))
        for index, row in enumerate(rows):
            if row:
                layers = found[_key(row)].view(len(row), TOP_LAYERS, -1)
                out[:, index, : len(row)] = layers.transpose(0, 1)
        return HiddenStates(tuple(out.unbind(0)))

    @torch.no_grad()
    def summaries(self, rows: Sequence[Row]) -> list[Tensor]:
        """Return the states of rows that the tagger of attributions reads.

        Rows that a parse has just read are not read again.

        Returns:
            For each row pieces x twice the units: the last layer, and the mean of those before it.
        """
        found = self._cached(rows, self._summaries)
        return [found[_key(row)] for row in rows]

    def forget(self) -> None:
        """Empty the cache of layers."""
        self._layers.clear()

    def _cached(self, rows: Sequence[Row], cache: StateCache) -> dict[bytes, Tensor]:
        """Return the states of rows by their keys, from a cache or else from the encoder."""
        by_key = {_key(row): row for row in rows}
        found = {key: cache[key] for key in by_key if key in cache}
        missing = [(key, row) for key, row in by_key.items() if key not in found]
        missing.sort(key=lambda item: -len(item[1]))
        for batch in batches_by_size(missing, lambda item: len(item[1]), BATCH_PIECES):
            self._run([row for _, row in batch], cache_layers=cache is self._layers)
            found |= {key: cache[key] for key, _ in batch}
        return found

    def _run(self, rows: Sequence[Row], *, cache_layers: bool = False) -> Tensor:
        """Run the BERT on rows in falling length, and cache what comes out."""
        self.rows += len(rows)
        layers = self.bert(rows)
        keys, lengths = [_key(row) for row in rows], [len(row) for row in rows]
        own = layers[:, : sum(lengths)]
        self._summaries.add(keys, lengths, torch.cat((own[-1], own[:-1].mean(0)), dim=-1))
        if cache_layers:
            self._layers.add(keys, lengths, own.transpose(0, 1).flatten(1))
        return layers


def _key(row: Row) -> bytes:
    return np.array(row, dtype=np.int64).tobytes()


def load_encoder(folder: Path) -> SharedEncoder:
    """Load the encoder of a folder.

    Raises:
        ModelError: where a file is missing or broken, or the architecture is another one.
    """
    try:
        return SharedEncoder(load_bert(folder))
    except ModelError:  # a setting of the environment, not of these files
        raise
    except Exception as error:
        raise ModelError(
            f"{folder}: not a usable encoder ({first_line(error)}): install it again"
        ) from error
