"""The transformer that tagger, parser and name tagger share, read once a sentence instead of once a processor.

In: the folder of an encoder (config.json, model.safetensors, tokenizer.json). Out: what Stanza's FoundationCache wants under the
encoder's name. Will not cut sentences or mix layers: that stays with Stanza.

BERT is written out here, because importing it from transformers takes longer than loading everything else of the model; any other
architecture is loaded by transformers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from quotes.encoder.precision import compute_dtype
from quotes.errors import ModelError, first_line

LAYERS = 4  # the most layers from the top that a processor mixes (its `bert_hidden_layers`)
MATRICES = re.compile(
    r"^encoder\.layer\.\d+\.(?!.*LayerNorm)"
)  # the matrices of the layers and what is added to their products
PIECES = 2_048  # word pieces in one run of the encoder, padding included: more gain no speed on a CPU and cost memory
LONGEST = 512  # word pieces of a row: it has no vectors for later places
KEPT = 20_000  # word pieces whose states are kept for the tagger, more than a stretch of the pipeline has


@dataclass(frozen=True, slots=True)
class States:
    """What Stanza reads of a transformer's output: layers, each rows x pieces x units."""

    hidden_states: tuple[Tensor, ...]


@dataclass(frozen=True, slots=True)
class Config:
    """What is read of a BERT's config.json."""

    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    layer_norm_eps: float


class StateCache:
    """What the tagger of attributions reads of rows of word pieces, kept a little longer than their parse; about `KEPT` pieces at the most.

    It lies in one piece of memory: thousands of small ones that are let go at some time would leave holes that nothing else fits into.
    """

    def __init__(self) -> None:
        self._places: dict[bytes, slice] = {}
        self._states = torch.empty(0)
        self._end = 0

    def __contains__(self, key: bytes) -> bool:
        return key in self._places

    def __getitem__(self, key: bytes) -> Tensor:
        return self._states[self._places[key]]

    def make_room(self) -> None:
        """Let go of everything once it has become too much; called before the encoder runs. What was asked for before stays as it is."""
        if self._end > KEPT:
            self._places.clear()
            self._states, self._end = torch.empty(0), 0

    def add(self, keys: Sequence[bytes], lengths: Sequence[int], layers: Tensor) -> None:
        """Of rows laid end to end (layers x pieces x units), the last layer and the mean of those before it: pieces x twice the units."""
        count = sum(lengths)
        if not self._end:
            self._states = torch.empty(
                (KEPT + max(PIECES, count), 2 * layers.shape[2]), dtype=torch.float16
            )
        self._states[self._end : self._end + count] = torch.cat(
            (layers[-1, :count], layers[:-1, :count].mean(0)), dim=-1
        )
        for key, length in zip(keys, lengths, strict=True):
            self._places[key] = slice(self._end, self._end + length)
            self._end += length


class SharedEncoder(nn.Module):
    """A transformer that remembers what it gave for a row of word pieces until `forget` is called.

    Stanza's processors ask for the same sentences one after the other; only the first asks the transformer. `rows` counts the
    rows that it was really run on. What the tagger of attributions reads of it is kept a little longer (`remembered`).
    """

    _hf_peft_config_loaded = False  # asked by Stanza of every transformer

    def __init__(self, transformer: nn.Module) -> None:
        super().__init__()
        self.transformer = transformer
        self.rows = 0
        self._known: dict[bytes, Tensor] = {}
        self._kept = StateCache()

    @property
    def config(self) -> Any:
        return self.transformer.config

    def forget(self) -> None:
        """Drop what is remembered."""
        self._known.clear()

    @torch.no_grad()
    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, output_hidden_states: bool = True
    ) -> States:
        lengths = attention_mask.sum(dim=1).tolist()
        rows = [row[:length] for row, length in zip(input_ids, lengths, strict=True)]
        keys = [row.numpy(force=True).tobytes() for row in rows]
        missing = {
            key: row
            for key, row in zip(keys, rows, strict=True)
            if len(row) and key not in self._known
        }
        for batch in _batches(sorted(missing.items(), key=lambda item: len(item[1]))):
            self._run(batch)
        out = torch.zeros((LAYERS, len(rows), input_ids.shape[1], self.config.hidden_size))
        for index, (key, length) in enumerate(zip(keys, lengths, strict=True)):
            if length:
                out[:, index, :length] = self._known[key]
        return States(tuple(out.unbind(0)))

    @torch.no_grad()
    def remembered(self, rows: Sequence[Tensor]) -> list[Tensor]:
        """For each row of word pieces: pieces x twice the units, the last layer and the mean of the three before it."""
        keys = [row.numpy(force=True).tobytes() for row in rows]
        missing = {key: row for key, row in zip(keys, rows, strict=True) if key not in self._kept}
        found = {key: self._kept[key] for key in keys if key not in missing}
        for batch in _batches(sorted(missing.items(), key=lambda item: len(item[1]))):
            self._run(batch)
            found |= {key: self._kept[key] for key, _ in batch}
        self.forget()
        return [found[key] for key in keys]

    def _run(self, batch: Sequence[tuple[bytes, Tensor]]) -> None:
        self.rows += len(batch)
        self._kept.make_room()
        ids = nn.utils.rnn.pad_sequence([row for _, row in batch], batch_first=True)
        mask = nn.utils.rnn.pad_sequence(
            [torch.ones_like(row) for _, row in batch], batch_first=True
        )
        states = self.transformer(ids, attention_mask=mask, output_hidden_states=True).hidden_states
        top = torch.stack(states[-LAYERS:])
        for index, (key, row) in enumerate(batch):
            self._known[key] = top[:, index, : len(row)].clone()
            self._kept.add([key], [len(row)], self._known[key])


def _batches(rows: list[tuple[bytes, Tensor]]) -> list[list[tuple[bytes, Tensor]]]:
    """Rows in rising length, cut so that rows times the longest stays within `PIECES`."""
    batches: list[list[tuple[bytes, Tensor]]] = []
    for row in rows:
        if batches and (len(batches[-1]) + 1) * len(row[1]) <= PIECES:
            batches[-1].append(row)
        else:
            batches.append([row])
    return batches


class Bert(nn.Module):
    """BERT for inference; parameters named as transformers names them, outputs equal to its `BertModel` without the pooler.

    `precision` is that in which its matrices are multiplied; the rest stays float32.
    """

    def __init__(
        self, config: Config, weights: dict[str, Tensor], *, precision: torch.dtype = torch.float32
    ) -> None:
        super().__init__()
        self.config = config
        self.weights = {
            name: weight.to(precision if MATRICES.search(name) else torch.float32)
            for name, weight in weights.items()
        }

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, output_hidden_states: bool = True
    ) -> States:
        states = self.embed(input_ids, torch.arange(input_ids.shape[1]))
        mask = None if bool(attention_mask.all()) else attention_mask.bool()[:, None, None, :]
        out = [states]
        for number in range(self.config.num_hidden_layers):
            out.append(self._layer(f"encoder.layer.{number}", out[-1], mask))
        return States(tuple(out))

    def embed(self, input_ids: Tensor, places: Tensor) -> Tensor:
        """What the layers start from: the vectors of word pieces and of their places in the row."""
        table = self.weights
        pieces = functional.embedding(input_ids, table["embeddings.word_embeddings.weight"])
        where = functional.embedding(places, table["embeddings.position_embeddings.weight"])
        return self.norm(
            "embeddings.LayerNorm",
            pieces + table["embeddings.token_type_embeddings.weight"][0] + where,
        )

    def _layer(self, name: str, states: Tensor, mask: Tensor | None) -> Tensor:
        heads = (*states.shape[:2], self.config.num_attention_heads, -1)
        query, key, value = (
            self.linear(f"{name}.attention.self.{part}", states).float().view(heads).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        seen = (
            functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
            .transpose(1, 2)
            .reshape(states.shape)
        )
        states = self.norm(
            f"{name}.attention.output.LayerNorm",
            self.linear(f"{name}.attention.output.dense", seen) + states,
        )
        inner = functional.gelu(self.linear(f"{name}.intermediate.dense", states))
        return self.norm(
            f"{name}.output.LayerNorm", self.linear(f"{name}.output.dense", inner) + states
        )

    def linear(self, name: str, states: Tensor) -> Tensor:
        """A linear layer, in the precision of its weights."""
        return multiplied(states, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

    def norm(self, name: str, states: Tensor) -> Tensor:
        weight, bias = self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        return functional.layer_norm(states, weight.shape, weight, bias, self.config.layer_norm_eps)


def multiplied(states: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """A linear layer, in the precision of its weights."""
    return functional.linear(states.to(weight.dtype), weight, bias)


def load_encoder(folder: Path) -> tuple[SharedEncoder, Any]:
    """Load the encoder of a folder, and its tokenizer.

    Raises:
        ModelError: where a file is missing or broken.
    """
    from transformers import PreTrainedTokenizerFast

    try:
        tokenizer = PreTrainedTokenizerFast.from_pretrained(folder, local_files_only=True)
        encoder = SharedEncoder(_transformer(folder).eval())
    except ModelError:  # a setting that says nothing of these files
        raise
    except Exception as error:
        raise ModelError(
            f"{folder}: not a usable encoder ({first_line(error)}): install it again"
        ) from error
    tokenizer.deprecation_warnings["sequence-length-is-longer-than-the-specified-maximum"] = (
        True  # Stanza cuts long ones itself
    )
    return encoder, tokenizer


def _transformer(folder: Path) -> nn.Module:
    known = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    plain = (
        known.get("model_type"),
        known.get("hidden_act"),
        known.get("position_embedding_type", "absolute"),
    )
    if plain == ("bert", "gelu", "absolute"):
        config = Config(
            *(
                known[name]
                for name in (
                    "hidden_size",
                    "num_hidden_layers",
                    "num_attention_heads",
                    "layer_norm_eps",
                )
            )
        )
        return Bert(config, load_file(folder / "model.safetensors"), precision=compute_dtype())
    from transformers import AutoModel

    model: nn.Module = AutoModel.from_pretrained(
        folder, dtype=torch.float32, use_safetensors=True, local_files_only=True
    )
    return model
