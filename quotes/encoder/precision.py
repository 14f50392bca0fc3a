"""The precision of matrix products: bfloat16 on processors with instructions for it, else float32.

QUOTES_PRECISION (float32, bfloat16 or int8) overrides that, for results that are equal on every
machine. With int8 the large matrices of the encoder are multiplied in eight bits (`encoder/int8`),
which is quicker where a processor has AVX2 and not bfloat16; all else is float32 then.

In: a linear layer's weights. Out: the same layer, quicker. In bfloat16 rows are multiplied in
blocks of few sizes, because oneDNN, which does it, caches a kernel for each size that it has seen:
with any number of rows that is 300 MB after a thousand articles.
"""

from __future__ import annotations

import os
from functools import cache

import torch
from torch import Tensor, nn
from torch.nn import functional

from quotes.errors import ModelError

SETTING = "QUOTES_PRECISION"
PRECISIONS = ("float32", "bfloat16", "int8")
BLOCK = 512  # rows multiplied at once in bfloat16: more gain no speed
STEP = 128  # a last block is filled up to a multiple of it


@cache
def uses_bfloat16() -> bool:
    """Return True if matrices are multiplied in bfloat16.

    That is where this processor has instructions for it (AVX-512 BF16 or AMX), without which it is
    many times slower than float32, or where QUOTES_PRECISION says so.

    Raises:
        ModelError: where QUOTES_PRECISION is set to something else.
    """
    setting = _setting()
    if setting:
        return setting == "bfloat16"
    known = torch.cpu.get_capabilities()
    return bool(known.get("avx512_bf16") or known.get("amx_bf16"))


@cache
def uses_int8() -> bool:
    """Return True if the encoder's matrices are multiplied in eight bits.

    Raises:
        ModelError: where QUOTES_PRECISION asks for it on a processor without AVX2, or is set to
            something unknown.
    """
    if _setting() != "int8":
        return False
    if not torch.cpu.get_capabilities().get("avx2"):
        raise ModelError(f"{SETTING}=int8: this processor has no AVX2: set float32")
    return True


def _setting() -> str | None:
    """Return what QUOTES_PRECISION says, if anything."""
    setting = os.environ.get(SETTING)
    if setting and setting not in PRECISIONS:
        raise ModelError(f"{SETTING}={setting}: must be {', '.join(PRECISIONS[:-1])} or int8")
    return setting


def compute_dtype() -> torch.dtype:
    """Return the type in which matrices are multiplied."""
    return torch.bfloat16 if uses_bfloat16() else torch.float32


def padded_size(count: int) -> int:
    """Return a number of rows, in bfloat16 rounded up to one of few sizes."""
    return -(-count // STEP) * STEP if uses_bfloat16() else count


class FusedLinear:
    """A linear layer over a matrix of rows; its output is float32."""

    def __init__(self, weight: Tensor, bias: Tensor | None = None) -> None:
        self._weight = weight.detach().to(compute_dtype()).contiguous()
        self._bias = None if bias is None else bias.detach().to(compute_dtype())

    @classmethod
    def of(cls, *layers: nn.Linear) -> FusedLinear:
        """Return layers with the same input as one, whose outputs stand side by side."""
        return cls(
            torch.cat([layer.weight for layer in layers]),
            torch.cat([layer.bias for layer in layers]),
        )

    def __call__(self, rows: Tensor) -> Tensor:
        """Return rows x outputs."""
        if self._weight.dtype is torch.float32:
            return functional.linear(rows, self._weight, self._bias)
        inputs = functional.pad(
            rows.to(self._weight.dtype), (0, 0, 0, padded_size(len(rows)) - len(rows))
        )
        made = [
            functional.linear(block, self._weight, self._bias)
            for block in torch.split(inputs, BLOCK)
        ]
        return torch.cat(made)[: len(rows)].float()
