"""Measure the inputs of the encoder's matrices, for multiplying them in eight bits.

    python -m training.measure_ranges FOLDER [--words N]

In: the embedded encoder and a folder of news texts. Out: `ranges.safetensors` beside its weights:
for each layer the mean of each input unit, and how far from it inputs go.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import torch
from torch import Tensor

from quotes.encoder.bert import PlainLinear
from quotes.encoder.int8 import InputRange, write_ranges
from quotes.encoder.precision import SETTING
from quotes.language import Language
from quotes.parsing import EMBEDDED, load
from quotes.records import Document

LAYERS = {
    "joint": "attention.self.query",
    "out": "attention.output.dense",
    "inner": "intermediate.dense",
    "outer": "output.dense",
}


class MeasuredLinear:
    """A linear layer that keeps count of its inputs."""

    def __init__(self, layer: PlainLinear) -> None:
        self._layer = layer
        units = layer.weight.shape[1]
        self._count, self._sum = 0, torch.zeros(units)
        self._least, self._most = torch.full((units,), torch.inf), torch.full((units,), -torch.inf)

    def __call__(self, rows: Tensor) -> Tensor:
        self._count += len(rows)
        self._sum += rows.sum(0)
        self._least = torch.minimum(self._least, rows.amin(0))
        self._most = torch.maximum(self._most, rows.amax(0))
        return self._layer(rows)

    @property
    def range(self) -> InputRange:
        """The inputs so far."""
        mean = self._sum / self._count
        return InputRange(mean, torch.maximum(self._most - mean, mean - self._least))


def main() -> None:
    """Measure the texts of a folder, and write the ranges."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--words", type=int, default=20_000)
    asked = parser.parse_args()
    os.environ[SETTING] = "float32"
    reader = load(language=Language.load("en"))
    states = reader.word_states
    if states is None:
        raise SystemExit("the embedded model has no encoder")
    measured = {}
    for number, layer in enumerate(states.encoder.bert.layers):
        for attribute, name in LAYERS.items():
            own = MeasuredLinear(getattr(layer, attribute))
            setattr(layer, attribute, own)
            measured[f"encoder.layer.{number}.{name}"] = own
    words = 0
    for path in sorted(asked.folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        reader.parse(Document(id=path.stem, text=text))
        words += len(text.split())
        if words >= asked.words:
            break
    write_ranges({name: own.range for name, own in measured.items()}, EMBEDDED / "encoder")
    print(f"{words} words: {len(measured)} layers")


if __name__ == "__main__":
    main()
