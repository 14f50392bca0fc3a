"""A timeline for people: plain text and a table, with no control characters."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from quotes.output.terminal.timeline import plain_text, renderable
from quotes.records import ReviewRequest
from quotes.store import Store
from quotes.timeline import Timeline, timeline
from tests.stores import stocked


@pytest.fixture
def store(tmp_path: Path, frozen: Path) -> Store:
    return stocked(tmp_path / "store", frozen)


def shown(found: Timeline, width: int) -> str:
    from rich.console import Console

    out = io.StringIO()
    Console(file=out, width=width, highlight=False, emoji=False).print(
        renderable(found, width=width)
    )
    return out.getvalue()


def test_plain_text_says_when_where_how_and_how_sure(store: Store) -> None:
    first = timeline(store, "Anna Lindqvist").said[0]
    store.review(ReviewRequest(action="accept", by="R. Reader", quote=first.id))
    blocks = list(plain_text(timeline(store, "Anna Lindqvist")))
    assert blocks[0] == (
        "Anna Lindqvist · person · 3 quotes · 2 outlets · 4 March 2024 – 6 May 2024\n"
        "    harbour director · 4 March 2024 – 6 May 2024 · 2 articles\n"
    )
    lines = blocks[1].splitlines()
    assert lines[1].removeprefix("published ") == "4 March 2024"
    assert lines[2] == "  → harbour director (first seen 4 March 2024)"
    assert lines[3].startswith("  told → reporters · direct · ")
    assert lines[3].endswith(
        "% · Harbour Post · Prices · https://post.example/prices?a=1&b=2 · harbour director · "
        "accepted by R. Reader"
    )
    assert lines[4] == "      “Prices will rise again in March,”"
    assert lines[5] == "      + 1 outlet: Evening Star (later)"
    assert "      “We will fight it,”" in "".join(blocks).splitlines()


def test_a_part_says_of_how_many(store: Store) -> None:
    whole = "2 outlets · 4 March 2024 – 6 May 2024\n"
    for part in (
        timeline(store, "Anna Lindqvist", limit=1),
        timeline(store, "Anna Lindqvist").first(1),
        timeline(store, "Anna Lindqvist").last(1),
    ):
        assert len(part.said) == 1
        assert next(plain_text(part)).startswith(
            f"Anna Lindqvist · person · 1 of 3 quotes · {whole}"
        )


def test_an_address_is_never_cut_off(store: Store) -> None:
    printed = shown(timeline(store, "Anna Lindqvist"), 100)
    assert "…" not in printed
    assert "https://post.example/prices?a=1&b=2" in re.sub(r"\s", "", where_of(printed))


def where_of(printed: str) -> str:
    """The column of articles of a printed table."""
    lines = printed.splitlines()
    heads = next(line for line in lines if " Where " in line)
    start, end = heads.index("Where"), heads.index("Type")
    return "\n".join(line[start:end] for line in lines)


def test_the_words_for_the_speaker_and_doubt_stand_before_the_cue(store: Store) -> None:
    found = timeline(store, "Anna Lindqvist")
    first = found.found.slice(0, 1)

    def line(**changes: Any) -> str:
        rows = [first.to_pylist()[0] | changes]
        made = replace(found, found=pa.Table.from_pylist(rows, schema=first.schema))
        table = " ".join(shown(made, 160).split())
        text = "".join(plain_text(made)).splitlines()
        (printed,) = (each.strip() for each in text if "told → reporters" in each)
        who = printed.partition("told → reporters")[0]
        assert f"{who}told → reporters" in table
        return who

    assert line(source="Anna Lindqvist", speaker_confidence=0.99) == ""
    assert line(source="Lindqvist", speaker_confidence=0.5) == "Anna Lindqvist? · "
    assert line(source="she", speaker_confidence=0.9) == "Anna Lindqvist [text: “she”] · "
    assert line(source="she", speaker_confidence=0.5) == "Anna Lindqvist? [text: “she”] · "


@pytest.mark.parametrize("width", [40, 80, 160])
def test_a_table_fits_its_terminal_and_keeps_every_word(store: Store, width: int) -> None:
    text = shown(timeline(store, "Anna Lindqvist"), width)
    assert max(map(len, text.splitlines())) <= width
    assert {"harbour", "director", "Post", "Prices", "fight"} <= set(re.findall(r"\w+", text))


def test_nothing_of_an_article_reaches_the_terminal_as_a_control_character(store: Store) -> None:
    found = timeline(store, "Anna Lindqvist", since=date(2024, 5, 1))
    text = "".join(plain_text(found)) + shown(found, 120)
    assert not set("\x1b\u202e\x07") & set(text)
    assert "alert" in text.replace("\n", "")  # the title is there, harmless


def test_near_prints_in_several_outlets_are_one_line(store: Store) -> None:
    found = timeline(store, "Anna Lindqvist")
    first = found.found.to_pylist()[0]
    words = "“We will dredge the harbour before winter because the ferries cannot dock any more”"
    rows = [
        first | {"id": f"q{n}", "document": f"d{n}", "outlet": outlet, "words": text}
        for n, (outlet, text) in enumerate(
            [
                ("Post", words),
                ("Echo", words),
                ("Star", words.replace("harbour", "harbor")),
                ("Mail", words),
            ]
        )
    ]
    made = replace(found, found=pa.Table.from_pylist(rows, schema=found.found.schema), total=4)
    text = "".join(plain_text(made))
    assert "      + 3 outlets: Echo (d1), Mail (d3), Star (d2); 1 in other words\n" in text
    assert text.count("dredge the harb") == 1
    assert "+ 3 outlets: Echo (d1)" in " ".join(shown(made, 200).split())
