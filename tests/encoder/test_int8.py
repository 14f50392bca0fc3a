"""Layers in eight bits give about what they give in float32, row by row and without overflow."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from quotes.encoder import precision
from quotes.encoder.bert import TOP_LAYERS
from quotes.encoder.int8 import InputRange, Int8Linear, read_ranges, write_ranges
from quotes.encoder.shared import SharedEncoder, load_encoder
from quotes.errors import ModelError
from quotes.parsing import EMBEDDED

FOLDER = EMBEDDED / "encoder"

pytestmark = pytest.mark.skipif(
    not torch.cpu.get_capabilities().get("avx2"), reason="this processor has no AVX2"
)


def range_of(rows: Tensor) -> InputRange:
    mean = rows.mean(0)
    return InputRange(mean, (rows - mean).abs().amax(0))


def error(found: Tensor, wanted: Tensor) -> float:
    return float((found - wanted).norm() / wanted.norm())


@pytest.mark.parametrize("lowest", [None, -0.17])
@torch.no_grad()
def test_a_layer_is_near_to_that_in_float32(lowest: float | None) -> None:
    torch.manual_seed(1)
    weight, bias = torch.randn(96, 64) / 8, torch.randn(96)
    rows = torch.randn(500, 64) * torch.rand(64) * 3
    rows[:, 3] = rows[:, 3] * 10 + 20  # as in encoders: one unit is far from all others
    if lowest is not None:
        rows = functional.gelu(rows)
    layer = Int8Linear(weight, bias, range_of(rows), lowest=lowest)
    wanted = functional.linear(rows, weight, bias)
    assert error(layer(rows) - wanted.mean(0), wanted - wanted.mean(0)) < 0.02


@torch.no_grad()
def test_a_row_gives_the_same_beside_any_others() -> None:
    torch.manual_seed(2)
    rows = torch.randn(300, 64) * torch.rand(300, 1) * 50
    layer = Int8Linear(torch.randn(32, 64), torch.randn(32), range_of(rows))
    together = layer(rows)
    for part in (slice(0, 1), slice(7, 8), slice(0, 150), slice(290, 300)):
        assert torch.equal(layer(rows[part]), together[part])


@pytest.mark.parametrize("sign", [1, -1])
@torch.no_grad()
def test_the_largest_weights_with_the_largest_inputs_do_not_overflow(sign: int) -> None:
    weight = sign * torch.ones(8, 64)
    usual = InputRange(torch.zeros(64), torch.ones(64))
    for rows in (torch.ones(4, 64), -torch.ones(4, 64)):
        assert error(Int8Linear(weight, torch.zeros(8), usual)(rows), rows @ weight.t()) < 0.01
    layer = Int8Linear(weight, torch.zeros(8), usual, lowest=0.0)
    assert error(layer(torch.ones(4, 64)), torch.ones(4, 64) @ weight.t()) < 0.01


@torch.no_grad()
def test_units_and_rows_that_are_constant_are_read(tmp_path: Path) -> None:
    weight, bias = torch.zeros(8, 16), torch.arange(8.0)
    layer = Int8Linear(weight, bias, InputRange(torch.ones(16), torch.zeros(16)))
    assert torch.equal(layer(torch.ones(3, 16)), bias.expand(3, -1))
    write_ranges({"one": InputRange(torch.ones(16), torch.zeros(16))}, tmp_path)
    found = read_ranges(tmp_path)["one"]
    assert torch.equal(found.mean, torch.ones(16))
    assert torch.equal(found.spread, torch.zeros(16))


def encoder_in(setting: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> SharedEncoder:
    monkeypatch.setenv(precision.SETTING, setting)
    precision.uses_bfloat16.cache_clear()
    precision.uses_int8.cache_clear()
    try:
        return load_encoder(folder)
    finally:
        monkeypatch.undo()
        precision.uses_bfloat16.cache_clear()
        precision.uses_int8.cache_clear()


def test_states_of_the_embedded_encoder_are_near_to_those_in_float32(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quick = encoder_in("int8", FOLDER, monkeypatch)
    plain = encoder_in("float32", FOLDER, monkeypatch)
    torch.manual_seed(1)
    rows = [torch.randint(1_000, 20_000, (length,)).tolist() for length in (60, 40, 40, 17, 3)]
    mixes, places = torch.eye(TOP_LAYERS), [range(len(row)) for row in rows]
    found, wanted = (own.mixed_states(rows, places, mixes) for own in (quick, plain))
    assert 0 < error(found, wanted) < 0.06
    alone = quick.mixed_states(rows[-1:], places[-1:], mixes)
    assert torch.allclose(alone, found[:, -3:], atol=1e-3)


def test_an_encoder_without_ranges_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(FOLDER, tmp_path / "encoder")
    (tmp_path / "encoder" / "ranges.safetensors").unlink()
    with pytest.raises(ModelError, match=r"ranges\.safetensors: missing"):
        encoder_in("int8", tmp_path / "encoder", monkeypatch)


def test_a_processor_without_avx2_gets_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx2": False})
    with pytest.raises(ModelError, match="int8: this processor has no AVX2"):
        encoder_in("int8", FOLDER, monkeypatch)
