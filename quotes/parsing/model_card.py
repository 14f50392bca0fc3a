"""The description of a model: its files and their sizes, its scores, its licence, as text.

In: a model as `--model` names it. Out: lines for a person. No model is loaded and nothing is
downloaded; what a folder does not say (scores.json, a licence) is said to be unknown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from quotes.errors import ModelError
from quotes.parsing import model_folder

CARD, SCORES, LICENCE = "MODEL_CARD.md", "scores.json", "LICENSE"


def describe(model: str) -> str:
    """Return the description of a model.

    Raises:
        ModelError: where there is no such folder.
    """
    folder = model_folder(model)
    if folder is None:
        return (
            f"{model}: a package of Stanza, downloaded when first used; its scores and licence: "
            "https://stanfordnlp.github.io/stanza/"
        )
    return "\n".join(_lines(model, folder))


def _lines(model: str, folder: Path) -> Iterator[str]:
    files = sorted(
        path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
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
    yield from _licence(folder)
    if (folder / CARD).is_file():
        yield f"  data, licences and limits: {folder / CARD}"


def _licence(folder: Path) -> Iterator[str]:
    if (folder / LICENCE).is_file():
        beginning = (folder / LICENCE).read_text(encoding="utf-8").strip().split("\n\n")[:2]
        yield from (f"  {line}" for paragraph in beginning for line in paragraph.splitlines())
    else:
        yield "  not said in this folder"


def _scores(path: Path) -> Iterator[str]:
    """Yield a line for each set of data: its metrics in the order of the file.

    In the file `scores` are rows of data, metric and value.
    """
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["scores"]
        data = dict.fromkeys(str(row["data"]) for row in rows)
        for name in data:
            yield f"  {name}: " + ", ".join(
                f"{row['metric']} {row['value']}" for row in rows if row["data"] == name
            )
    except FileNotFoundError:
        yield "  not said in this folder"
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{path}: not the scores of a model ({type(error).__name__}: {error}): install the "
            "package again"
        ) from error
