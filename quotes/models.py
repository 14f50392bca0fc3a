"""What a model is: its files and their sizes, its scores, its licence, as text.

In goes what `--model` takes, out come lines for a person. No model is loaded and nothing is downloaded; what a folder does not say
(scores.json, a licence) is said to be unknown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from quotes.errors import ModelError

CARD, SCORES = "MODEL_CARD.md", "scores.json"


def describe(model: str) -> str:
    """The description of a model. Raises ModelError where a folder is named that is not there."""
    if model.startswith("stanza:"):
        return f"{model}: a package of Stanza, downloaded when first used; its scores and licence: https://stanfordnlp.github.io/stanza/"
    return "\n".join(_lines(model, _folder(model)))


def _folder(model: str) -> Path:
    from quotes.parsing import EMBEDDED

    folder = EMBEDDED if model == "embedded" else Path(model)
    if not folder.is_dir():
        raise ModelError(f"{folder}: no such folder of a model: use embedded, stanza:LANGUAGE or a folder of Stanza models")
    return folder


def _lines(model: str, folder: Path) -> Iterator[str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    yield f"{model}: {folder}"
    yield ""
    yield "Files"
    for path in files:
        yield f"  {path.relative_to(folder).as_posix():<32} {path.stat().st_size / 1e6:8.2f} MB"
    yield f"  {'together':<32} {sum(path.stat().st_size for path in files) / 1e6:8.2f} MB"
    yield ""
    yield "Scores"
    yield from _scores(folder / SCORES)
    yield ""
    yield "Licence"
    licences = [path for path in files if path.name.upper().startswith(("LICENSE", "LICENCE"))]
    yield f"  {', '.join(str(path.relative_to(folder)) for path in licences) or 'not said in this folder'}"
    if (folder / CARD).is_file():
        yield f"  data, licences and limits: {folder / CARD}"


def _scores(path: Path) -> Iterator[str]:
    try:
        scores = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        yield "  not said in this folder"
    except ValueError as error:
        raise ModelError(f"{path}: not JSON ({error}): install the package again") from error
    else:
        yield from _nested(scores, "  ")


def _nested(scores: Any, indent: str) -> Iterator[str]:
    """A mapping of mappings as indented lines; what is at the bottom stands on one line."""
    if not isinstance(scores, Mapping):
        yield f"{indent}{scores}"
        return
    for name, value in scores.items():
        if isinstance(value, Mapping) and any(isinstance(inner, Mapping) for inner in value.values()):
            yield f"{indent}{name}"
            yield from _nested(value, indent + "  ")
        elif isinstance(value, Mapping):
            yield f"{indent}{name:<24} " + "  ".join(f"{key} {inner}" for key, inner in value.items())
        else:
            yield f"{indent}{name:<24} {value}"
