"""The transformer that tagger, parser and name tagger share, read once a sentence instead of once a processor.

In: the folder of an encoder (config.json, model.safetensors, tokenizer.json). Out: what Stanza's FoundationCache wants under the
encoder's name. Will not cut sentences or mix layers: that stays with Stanza.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

LAYERS = 4  # the most layers from the top that a processor mixes (its `bert_hidden_layers`)
PIECES = 2_048  # word pieces in one run of the encoder, padding included: more gain no speed on a CPU and cost memory


@dataclass(frozen=True, slots=True)
class States:
    """What Stanza reads of a transformer's output: the last `LAYERS` layers, each rows x pieces x units."""

    hidden_states: tuple[Tensor, ...]


class SharedEncoder(nn.Module):
    """A transformer that remembers what it gave for a row of word pieces until `forget` is called.

    Stanza's processors ask for the same sentences one after the other; only the first asks the transformer. `rows` counts the
    rows that it was really run on.
    """

    _hf_peft_config_loaded = False  # asked by Stanza of every transformer

    def __init__(self, transformer: nn.Module) -> None:
        super().__init__()
        self.transformer = transformer
        self.rows = 0
        self._known: dict[bytes, Tensor] = {}

    @property
    def config(self) -> Any:
        return self.transformer.config

    def forget(self) -> None:
        """Drop what is remembered."""
        self._known.clear()

    @torch.inference_mode()
    def forward(self, input_ids: Tensor, attention_mask: Tensor, output_hidden_states: bool = True) -> States:
        lengths = attention_mask.sum(dim=1).tolist()
        rows = [row[:length] for row, length in zip(input_ids, lengths, strict=True)]
        keys = [row.numpy(force=True).tobytes() for row in rows]
        missing = {key: row for key, row in zip(keys, rows, strict=True) if len(row) and key not in self._known}
        for batch in _batches(sorted(missing.items(), key=lambda item: len(item[1]))):
            self._run(batch)
        shape = (LAYERS, len(rows), input_ids.shape[1], self.config.hidden_size)
        out = torch.zeros(shape, device=input_ids.device)
        for index, (key, length) in enumerate(zip(keys, lengths, strict=True)):
            if length:
                out[:, index, :length] = self._known[key]
        return States(tuple(out.unbind(0)))

    def _run(self, batch: Sequence[tuple[bytes, Tensor]]) -> None:
        self.rows += len(batch)
        ids = nn.utils.rnn.pad_sequence([row for _, row in batch], batch_first=True)
        mask = nn.utils.rnn.pad_sequence([torch.ones_like(row) for _, row in batch], batch_first=True)
        states = self.transformer(ids, attention_mask=mask, output_hidden_states=True).hidden_states
        top = torch.stack(states[-LAYERS:])
        for index, (key, row) in enumerate(batch):
            self._known[key] = top[:, index, : len(row)].clone()


def _batches(rows: list[tuple[bytes, Tensor]]) -> list[list[tuple[bytes, Tensor]]]:
    """Rows in rising length, cut so that rows times the longest stays within `PIECES`."""
    batches: list[list[tuple[bytes, Tensor]]] = []
    for row in rows:
        if batches and (len(batches[-1]) + 1) * len(row[1]) <= PIECES:
            batches[-1].append(row)
        else:
            batches.append([row])
    return batches


def load_encoder(folder: Path) -> tuple[SharedEncoder, Any]:
    """The encoder of a folder in float32, and its tokenizer."""
    from transformers import AutoModel, AutoTokenizer
    from transformers.utils import logging

    bar: Any = logging  # its functions have no types
    shown = bar.is_progress_bar_enabled()
    bar.disable_progress_bar()  # on standard error, for a load of less than a second
    try:
        transformer = AutoModel.from_pretrained(
            folder, dtype=torch.float32, add_pooling_layer=False, use_safetensors=True, local_files_only=True
        )
    finally:
        if shown:
            bar.enable_progress_bar()
    return SharedEncoder(transformer.eval()), AutoTokenizer.from_pretrained(folder, local_files_only=True)
