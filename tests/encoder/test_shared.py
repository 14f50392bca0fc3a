"""The encoder gives what transformers' BERT gives, in both of its ways, and reads each row once."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import torch

from quotes.encoder import bert, precision
from quotes.encoder.bert import BATCH_PIECES, TOP_LAYERS, row_groups
from quotes.encoder.shared import SharedEncoder, load_encoder
from quotes.errors import ModelError
from quotes.parsing import EMBEDDED

FOLDER = EMBEDDED / "encoder"
LENGTHS = [3, 40, 40, 17, 1, 38, 512]


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> SharedEncoder:
    """The embedded encoder in float32."""
    monkeypatch.setattr(precision, "uses_bfloat16", lambda: False)
    return load_encoder(FOLDER)


@pytest.fixture(scope="module")
def rows() -> list[list[int]]:
    torch.manual_seed(1)
    return [torch.randint(1_000, 20_000, (length,)).tolist() for length in LENGTHS]


@pytest.fixture(scope="module")
def wanted(rows: list[list[int]]) -> list[torch.Tensor]:
    """The top layers that transformers' own model gives for each row."""
    from transformers import AutoModel

    plain: Any = AutoModel.from_pretrained(FOLDER, dtype=torch.float32, add_pooling_layer=False)
    with torch.no_grad():
        found = [
            plain(torch.tensor([row]), output_hidden_states=True).hidden_states for row in rows
        ]
    return [torch.stack(layers[-TOP_LAYERS:])[:, 0] for layers in found]


def test_mixed_states_are_those_of_transformers(
    encoder: SharedEncoder, rows: list[list[int]], wanted: list[torch.Tensor]
) -> None:
    positions = [range(0, len(row), 2) for row in rows]
    mixes = torch.tensor([[0.0, 0.0, 0.0, 1.0], [0.1, 0.2, 0.3, 0.4]])
    found = encoder.mixed_states(rows, positions, mixes)
    expected = torch.cat(
        [
            torch.einsum("ml,lwu->mwu", mixes, layers[:, list(own)])
            for layers, own in zip(wanted, positions, strict=True)
        ],
        dim=1,
    )
    assert torch.allclose(found, expected, atol=1e-4)
    assert encoder.rows == len(rows)


def test_padded_layers_are_those_of_transformers_and_are_read_once(
    encoder: SharedEncoder, rows: list[list[int]], wanted: list[torch.Tensor]
) -> None:
    ids = torch.zeros((len(rows) + 1, 512), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for index, row in enumerate(rows):
        ids[index, : len(row)] = torch.tensor(row)
        mask[index, : len(row)] = 1
    for _ in range(3):
        layers = encoder(ids, mask).hidden_states
        assert len(layers) == TOP_LAYERS
        for index, row in enumerate(rows):
            own = torch.stack([layer[index, : len(row)] for layer in layers])
            assert torch.allclose(own, wanted[index], atol=1e-4)
            assert not torch.stack([layer[index, len(row) :] for layer in layers]).any()
    assert encoder.rows == len(rows)
    encoder.forget()
    encoder(ids, mask)
    assert encoder.rows == 2 * len(rows)


def test_summaries_come_from_the_cache_of_either_way(
    encoder: SharedEncoder, rows: list[list[int]], wanted: list[torch.Tensor]
) -> None:
    encoder.mixed_states(rows, [[0]] * len(rows), torch.ones(1, TOP_LAYERS))
    found = encoder.summaries([*rows, rows[0]])
    assert encoder.rows == len(rows)
    for own, layers in zip(found, [*wanted, wanted[0]], strict=True):
        expected = torch.cat((layers[-1], layers[:-1].mean(0)), dim=-1)
        assert torch.allclose(own.float(), expected, atol=0.01)


def test_rows_of_about_one_length_are_attended_to_together() -> None:
    groups = list(row_groups([10, 10, 9, 5, 5]))
    assert [(group.pieces, group.rows) for group in groups] == [
        (slice(0, 29), 3),
        (slice(29, 39), 2),
    ]
    assert groups[0].present is not None
    assert groups[0].present.sum(1).tolist() == [10, 10, 9]
    assert groups[1].present is None  # equally long


@pytest.mark.parametrize(
    ("key", "value"), [("model_type", "roberta"), ("position_embedding_type", "relative_key")]
)
def test_another_architecture_is_refused(tmp_path: Path, key: str, value: str) -> None:
    shutil.copytree(FOLDER, tmp_path / "encoder")
    path = tmp_path / "encoder" / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {key: value}))
    with pytest.raises(ModelError, match=f"encoder: .*{value}"):
        load_encoder(tmp_path / "encoder")


def test_rows_are_read_in_batches_of_few_pieces(
    encoder: SharedEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    run = bert.Bert.__call__

    def counted(self: bert.Bert, rows: list[list[int]]) -> torch.Tensor:
        sizes.append(sum(map(len, rows)))
        return run(self, rows)

    monkeypatch.setattr(bert.Bert, "__call__", counted)
    encoder.summaries([[100 + number] * 100 for number in range(20)])
    assert sum(sizes) == 2_000
    assert max(sizes) <= BATCH_PIECES
