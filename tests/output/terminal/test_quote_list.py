"""Rows of quotes as a list: who, when and where, and the words."""

from __future__ import annotations

from pathlib import Path

from quotes.output.terminal.quote_list import quote_lines
from quotes.store import Selection
from tests.stores import stocked


def test_a_quote_is_shown_with_speaker_words_and_article(tmp_path: Path, frozen: Path) -> None:
    with stocked(tmp_path / "s", frozen) as store:
        row = store.find_quotes(Selection(about="pric march", outlet="Harbour Post")).to_pylist()[0]
    head, words, place = quote_lines(row)
    assert head.startswith("Anna Lindqvist (harbour director) · told · direct · ")
    assert words == "    “Prices will rise again in March,”"
    assert place == (
        "    Harbour Post · 4 March 2024 · Prices · https://post.example/prices?a=1&b=2 · "
        f"quote {row['id']}"
    )
    doubtful = row | {"speaker_confidence": 0.5, "source": "she", "factuality": "denied"}
    head, words, _ = quote_lines(doubtful)
    assert head.startswith("Anna Lindqvist? [text: “she”] (harbour director) · ")
    assert words == "    DENIED: “Prices will rise again in March,”"
    head, *_ = quote_lines(row | {"speaker_name": None, "source": "an official", "role": None})
    assert head.startswith("“an official”? · told")
