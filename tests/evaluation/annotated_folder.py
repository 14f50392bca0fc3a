"""A folder of articles with annotated quotes, for tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TEXT = (
    "The harbour will close in June 2022, the mayor, Ana Ruiz, told Radio Costa. “We are not "
    "ready,” she said. The union denied that a strike was planned. Boats were repainted.\n"
)


def annotated(words: str, **changes: Any) -> dict[str, Any]:
    """Return an annotated quote as gold.jsonl has it."""
    start = TEXT.index(words)
    made = {
        "content": [[start, start + len(words)]],
        "source_spans": None,
        "cue_spans": [],
        "type": "indirect",
        "speaker": None,
        "speaker_alts": [],
        "kind": None,
        "kind_alts": [],
        "role": [],
        "factuality": "said",
        "optional": False,
        "link": "name",
        "phenomena": [],
        "said_on": None,
        "reported_by": [],
    }
    return made | changes


QUOTES = (
    annotated(
        "The harbour will close in June 2022",
        speaker="Ana Ruiz",
        speaker_alts=["the mayor"],
        kind="person",
        role=["mayor"],
        phenomena=["link_name", "inversion"],
        said_on={"date": "2022-05", "precision": "month"},
        reported_by=["Radio Costa"],
    ),
    annotated("We are not ready", type="direct", speaker="Ana Ruiz", kind="person", link="pronoun"),
    annotated(
        "a strike was planned",
        speaker="The union",
        kind="organization",
        kind_alts=["group"],
        factuality="not_said",
    ),
)


def write_folder(folder: Path, *lines: dict[str, Any]) -> Path:
    """Write gold.jsonl, and one text for all lines."""
    (folder / "texts").mkdir(parents=True)
    (folder / "gold.jsonl").write_text(
        "".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8"
    )
    (folder / "texts" / "harbour.txt").write_text(TEXT, encoding="utf-8", newline="")
    (folder / "texts" / "metadata.csv").write_text(
        "file,outlet,published\nharbour.txt,Costa,2022-06-03\n", encoding="utf-8"
    )
    return folder


def harbour_line(*quotes: dict[str, Any]) -> dict[str, Any]:
    """Return the line of the article."""
    return {"id": "harbour", "offsets_refer_to": "texts/harbour.txt", "quotes": list(quotes)}
