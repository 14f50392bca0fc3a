"""Cut what training wrote into one shared encoder and small files, one for each processor.

    python -m training.export split PARSER.pt START_ENCODER OUT
    python -m training.export widen OUT/encoder ENCODER_FOR_TRAINING
    python -m training.export relocate TAGGER.pt OUT/pos.pt

`split`: the parser that stanza.models.parser saves with --bert_finetune carries the whole encoder.
This writes OUT/encoder/ (configuration, tokenizer, float16 weights as safetensors, without the
unused pooler) and OUT/depparse.pt without it. `widen`: a float32 copy of the encoder, to train the
other processors over. `relocate`: a tagger trained over that copy, naming the encoder by the
symbolic name ENCODER instead of its folder. The files of parser, tagger and name tagger are
float16: Stanza copies them into float32 when it loads them, and the scores stay the same to two
digits. A pipeline finds the encoder by its name:

    cache = FoundationCache(); cache.bert[ENCODER] = BertRecord(model, tokenizer, {})
    stanza.Pipeline("en", ..., foundation_cache=cache)
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from training.gold import DataError

ENCODER = "quotes-encoder"
COPIED = (
    "config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "vocab.txt",
)
TRAINING_ONLY = ("optimizer_state_dict", "scheduler_state_dict")
PREFIX = "bert_model."


def halved(weights: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Weights in float16."""
    return {
        name: weight.half().contiguous() if weight.is_floating_point() else weight
        for name, weight in weights.items()
    }


def read(path: Path) -> dict[str, Any]:
    """Return a Stanza model file, without running pickled code.

    Raises:
        DataError: as above.
    """
    try:
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, ValueError) as error:
        raise DataError(f"{path}: not a model file that can be read ({error})") from error
    return state


def write(state: dict[str, Any], path: Path) -> None:
    """Write a Stanza model file in float16.

    It names the encoder symbolically and no folder of the machine it was trained on.
    """
    config = {
        name: value
        for name, value in state["config"].items()
        if not (isinstance(value, str) and value.startswith("/"))
    }
    for name in TRAINING_ONLY:
        state.pop(name, None)
    changed = {
        **state,
        "model": halved(state["model"]),
        "config": {**config, "bert_model": ENCODER, "bert_finetune": False},
    }
    torch.save(changed, path, _use_new_zipfile_serialization=False)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


def split(parser: Path, start: Path, out: Path) -> None:
    """Write the encoder and the parser.

    Raises:
        DataError: where the parser carries no encoder like the one it started from.
    """
    from transformers import AutoModel

    state = read(parser)
    tuned = {
        name.removeprefix(PREFIX): weight
        for name, weight in state["model"].items()
        if name.startswith(PREFIX)
    }
    state["model"] = {
        name: weight for name, weight in state["model"].items() if not name.startswith(PREFIX)
    }
    model = AutoModel.from_pretrained(start)
    missing, unexpected = model.load_state_dict(tuned, strict=False)
    if (
        unexpected
        or not tuned
        or any("pooler" not in name and "position_ids" not in name for name in missing)
    ):
        raise DataError(
            f"{parser}: its encoder does not fit {start} (missing {missing}, unexpected "
            f"{unexpected})"
        )
    encoder = out / "encoder"
    encoder.mkdir(parents=True, exist_ok=True)
    weights = {
        name: weight
        for name, weight in model.state_dict().items()
        if "pooler" not in name and weight.is_floating_point()
    }
    save_file(halved(weights), encoder / "model.safetensors", metadata={"format": "pt"})
    for name in COPIED:
        shutil.copy(start / name, encoder / name)
    write(state, out / "depparse.pt")


def relocate(model: Path, out: Path) -> None:
    """Write a tagger or name tagger so that it names the encoder symbolically.

    Raises:
        DataError: where it carries an encoder of its own.
    """
    state = read(model)
    if any(name.startswith(PREFIX) for name in state["model"]):
        raise DataError(
            f"{model}: it carries an encoder of its own; train it without --bert_finetune"
        )
    write(state, out)


def widen(encoder: Path, out: Path) -> None:
    """Return a float32 copy of an exported encoder."""
    shutil.copytree(encoder, out, dirs_exist_ok=True)
    weights = load_file(encoder / "model.safetensors")
    save_file(
        {name: weight.float().contiguous() for name, weight in weights.items()},
        out / "model.safetensors",
        metadata={"format": "pt"},
    )


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = options.add_subparsers(dest="command", required=True)
    for function, files in (
        (split, ("parser", "start", "out")),
        (widen, ("encoder", "out")),
        (relocate, ("model", "out")),
    ):
        command = commands.add_parser(
            function.__name__, help=(function.__doc__ or "").split("\n")[0]
        )
        for file in files:
            command.add_argument(file, type=Path)
        command.set_defaults(function=function)
    chosen = vars(options.parse_args())
    function = chosen.pop("function")
    del chosen["command"]
    function(**chosen)


if __name__ == "__main__":
    try:
        main()
    except DataError as error:
        sys.exit(f"export: {error}")
