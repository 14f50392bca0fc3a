"""Matrix products in integers of eight bits, for processors without bfloat16.

In: a linear layer's weights, and the values that its inputs usually have (`ranges.safetensors` in
the folder of an encoder, by `python -m training.measure_ranges`). Out: the same layer, in two
thirds of the time with AVX2, whose results are about one in a hundred off. Weights have a scale
for each output, inputs one for each row, so that no row changes what comes out for another. Before
that, the large differences between input units go from the inputs into the weights (Xiao et al.
2023, SmoothQuant, https://arxiv.org/abs/2211.10438), and inputs are moved to the middle.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from quotes.errors import ModelError

RANGES = "ranges.safetensors"
LARGEST = 127  # of a weight
# AVX2 adds products of two neighbouring weights with inputs (0 to 255) in 16 bits.
LARGEST_PAIR = 128
TINY = 1e-4  # a spread below which units count as constant


@dataclass(frozen=True, slots=True)
class InputRange:
    """The values of each input unit of a layer: their mean, and how far from it they go."""

    mean: Tensor
    spread: Tensor


class Int8Linear:
    """A linear layer over a matrix of rows in float32, multiplied in eight bits.

    `lowest` is the least value that any input can have, if there is one.
    """

    def __init__(
        self, weight: Tensor, bias: Tensor, inputs: InputRange, *, lowest: float | None = None
    ) -> None:
        weight, bias = weight.detach().float(), bias.detach().float()
        middle, spread = inputs.mean, inputs.spread
        if lowest is not None:
            middle, spread = torch.full_like(middle, lowest), spread + middle - lowest
        scale = (spread.clamp(min=TINY) / weight.abs().amax(0).clamp(min=TINY)).sqrt()
        whole = weight * scale
        steps = _steps(whole)
        rounded = (whole / steps[:, None]).round()
        # What rounding the weights does to the usual input is made up for.
        usual = (inputs.mean - middle) / scale
        self._bias = bias + weight @ middle + (whole - rounded * steps[:, None]) @ usual
        self._scale, self._shift = 1 / scale, -middle / scale
        self._signed = lowest is None
        with warnings.catch_warnings():  # torch's new way to make them has no such product yet
            warnings.simplefilter("ignore")
            made = torch._make_per_channel_quantized_tensor(
                rounded.to(torch.int8), steps, torch.zeros(len(steps), dtype=torch.long), 0
            )
            self._packed = torch.ops.quantized.linear_prepack(made, None)

    def __call__(self, rows: Tensor) -> Tensor:
        """Return rows x outputs."""
        inputs = torch.addcmul(self._shift, rows, self._scale)
        sizes = inputs.abs() if self._signed else inputs
        largest = sizes.amax(1, keepdim=True).clamp_(min=TINY)
        step, zero = (1 / 127, 128) if self._signed else (1 / 255, 0)
        made = torch.ops.quantized.linear_with_input_q_dq_qweight_dq_output_fp32(
            inputs.div_(largest), step, zero, self._packed
        )
        return torch.addcmul(self._bias, made, largest)


def read_ranges(folder: Path) -> dict[str, InputRange]:
    """Return the input ranges of an encoder's layers by their names.

    Raises:
        ModelError: where the folder has none; whatever reading the file raises, too.
    """
    path = folder / RANGES
    if not path.exists():
        raise ModelError(f"{path}: missing, so that it cannot be multiplied in int8: set float32")
    found = load_file(path)
    return {name: InputRange(*values.float()) for name, values in found.items()}


def write_ranges(ranges: Mapping[str, InputRange], folder: Path) -> None:
    """Write the input ranges of an encoder's layers in float16."""
    save_file(
        {name: torch.stack((own.mean, own.spread)).half() for name, own in ranges.items()},
        folder / RANGES,
    )


def _steps(weight: Tensor) -> Tensor:
    """Return the step between two weights of each output: the least with which none is too large.

    Two neighbours of the same sign may together be no larger than `LARGEST_PAIR`.
    """
    pairs = weight.view(len(weight), -1, 2)
    sums = torch.where(pairs[..., 0] * pairs[..., 1] > 0, pairs.abs().sum(-1), 0).amax(1)
    steps: Tensor = torch.maximum(sums / (LARGEST_PAIR - 1), weight.abs().amax(1) / LARGEST)
    return steps.clamp(min=TINY**2)
