"""The files of the embedded model: all there, small enough, and loadable without running code."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.paths import ROOT

FOLDER = ROOT / "quotes" / "parsing" / "english"
PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
ENCODER = ("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")
PAPERS = (
    "MODEL_CARD.md",
    "scores.json",
    "LICENSE",
    "LICENSE-CC-BY-SA-4.0.txt",
    "LICENSE-Apache-2.0.txt",
)
LARGEST = 70_000_000
SOURCES = (
    "all-MiniLM-L6-v2",
    "EWT",
    "GUM",
    "PolNeAR",
    "GeoNames",
    "census",
    "CC BY-SA 4.0",
    "CC BY 4.0",
    "Apache",
)
MACHINE = re.compile(r"/(work|root|home|tmp|Users|mnt)\b|[A-Za-z]:\\")


def texts(value: Any) -> list[str]:
    """Return all strings in nested dicts and lists."""
    if isinstance(value, dict):
        return [text for pair in value.items() for part in pair for text in texts(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in texts(part)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize(
    "name",
    [*(f"{name}.pt" for name in PROCESSORS), *(f"encoder/{name}" for name in ENCODER), *PAPERS],
)
def test_is_there(name: str) -> None:
    assert (FOLDER / name).stat().st_size > 0


def test_together_they_are_small_enough_for_git_and_wheel() -> None:
    assert (
        sum(
            file.stat().st_size
            for file in FOLDER.rglob("*")
            if file.is_file() and file.suffix != ".py"
        )
        <= LARGEST
    )


@pytest.mark.parametrize("name", PROCESSORS)
def test_loads_without_running_code_and_names_no_machine(name: str) -> None:
    torch = pytest.importorskip("torch")
    state = torch.load(FOLDER / f"{name}.pt", map_location="cpu", weights_only=True)
    assert [text for text in texts(state["config"]) if MACHINE.search(text)] == []
    assert state["config"].get("bert_model") in (None, "quotes-encoder")
    assert not any(key.startswith("bert_model.") for key in state["model"])


@pytest.mark.parametrize(
    "name", ["encoder/config.json", "encoder/tokenizer_config.json", "scores.json"]
)
def test_settings_name_no_machine(name: str) -> None:
    assert [
        text
        for text in texts(json.loads((FOLDER / name).read_text(encoding="utf-8")))
        if MACHINE.search(text)
    ] == []


@pytest.mark.parametrize("paper", ["MODEL_CARD.md", "LICENSE"])
@pytest.mark.parametrize("source", SOURCES)
def test_card_and_licence_name_each_source(paper: str, source: str) -> None:
    assert source in (FOLDER / paper).read_text(encoding="utf-8").replace(
        "Apache License", "Apache"
    )


def test_scores_are_at_least_those_promised() -> None:
    report = json.loads((FOLDER / "scores.json").read_text(encoding="utf-8"))
    value = {(score["data"], score["metric"]): score["value"] for score in report["scores"]}
    assert value["uner-dev, last fifth", "PER F1"] >= 82
    assert value["ewt-dev", "LAS"] >= 85.1
    assert value["gum-dev", "LAS"] >= 87.4
    assert set(report) == {"date", "versions", "scores"}
