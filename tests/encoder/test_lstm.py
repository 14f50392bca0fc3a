"""Recurrent layers in strides and matrices in blocks give what torch gives for them."""

from __future__ import annotations

import random
from typing import Any

import pytest
import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils.rnn import pack_sequence, unpack_sequence

from quotes.encoder import lstm, precision
from quotes.encoder.lstm import Layout, Recurrent
from quotes.encoder.precision import BLOCK, STEP, FusedLinear


@pytest.mark.parametrize(
    "lengths", [[1], [5, 40, 1, 17, 16], [33] * 9, random.Random(3).choices(range(1, 90), k=50)]
)
@pytest.mark.parametrize("steps", [3, 16, 64])
@pytest.mark.parametrize("together", [True, False])
@torch.no_grad()
def test_rows_of_any_lengths_are_read_as_torch_reads_them(
    lengths: list[int], steps: int, together: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lstm, "uses_bfloat16", lambda: together)
    torch.manual_seed(1)
    network = nn.LSTM(11, 7, bidirectional=True)
    first = torch.randn(2, 1, 7), torch.randn(2, 1, 7)
    rows = [torch.randn(length, 11) for length in lengths]
    started = tuple(part.expand(-1, len(rows), -1).contiguous() for part in first)
    wanted = torch.cat(
        unpack_sequence(network(pack_sequence(rows, enforce_sorted=False), started)[0])
    )
    read = Recurrent(network, first, precision=torch.float32)
    assert torch.allclose(read(torch.cat(rows), Layout.of(lengths, steps=steps)), wanted, atol=1e-5)
    near = Recurrent(network, first, precision=torch.bfloat16)(
        torch.cat(rows), Layout.of(lengths, steps=steps)
    )
    assert torch.allclose(near, wanted, atol=0.05)


def test_where_rows_begin_is_known() -> None:
    layout = Layout.of([3, 1, 20])
    assert layout.lengths == (3, 1, 20)
    assert layout.starts == (0, 3, 4)
    assert len(layout.blocks) == 2


@pytest.mark.parametrize("half", [True, False])
@torch.no_grad()
def test_layers_side_by_side_in_blocks_of_few_sizes(
    monkeypatch: pytest.MonkeyPatch, half: bool
) -> None:
    monkeypatch.setattr(precision, "uses_bfloat16", lambda: half)
    seen = set[int]()
    plain = functional.linear

    def linear(rows: torch.Tensor, *rest: torch.Tensor) -> torch.Tensor:
        seen.add(len(rows))
        made: torch.Tensor = plain(rows, *rest)
        return made

    torch.manual_seed(1)
    one, other = nn.Linear(9, 4), nn.Linear(9, 6)
    given = [torch.randn(count, 9) for count in (1, 100, 128, 129, 500, 513, 2_000)]
    wanted = [torch.cat((one(rows), other(rows)), dim=1) for rows in given]
    monkeypatch.setattr(functional, "linear", linear)
    made = FusedLinear.of(one, other)
    for rows, own in zip(given, wanted, strict=True):
        assert torch.allclose(made(rows), own, atol=0.03 if half else 1e-5)
    assert seen == ({STEP, 2 * STEP, BLOCK} if half else {len(rows) for rows in given})


@pytest.mark.parametrize("setting", precision.PRECISIONS)
def test_the_precision_is_as_somebody_wants_it(
    monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    monkeypatch.setenv(precision.SETTING, setting)
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx2": True})
    assert precision.uses_bfloat16.__wrapped__() is (setting == "bfloat16")
    assert precision.uses_int8.__wrapped__() is (setting == "int8")


def test_an_unknown_precision_is_refused(command: Any) -> None:
    done = command("extract", "-", stdin="“Yes,” he said.", env={"QUOTES_PRECISION": "float8"})
    assert done.returncode == 2
    assert "QUOTES_PRECISION=float8: must be float32, bfloat16 or int8" in done.stderr
    assert not done.stdout
