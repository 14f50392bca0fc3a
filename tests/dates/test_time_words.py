"""The word list of times."""

from __future__ import annotations

import re
from typing import get_args

from quotes.dates.time_words import load_time_words
from quotes.language.resources import data_folder
from quotes.records import DatePrecision
from tests.builders import ENGLISH

LIST = data_folder() / "en" / "words" / "time-words.txt"


def test_words_of_time_have_known_classes_and_values() -> None:
    words = load_time_words(ENGLISH)
    kinds = {kind for kind, _ in words.table.values()}
    described = set(
        re.findall(
            r"[a-z]+",
            " ".join(
                line
                for line in LIST.read_text(encoding="utf-8").splitlines()
                if line.startswith("#")
            ),
        )
    )
    assert kinds <= described
    assert (words.kind("May"), words.kind("may"), words.kind("Sat"), words.kind("sat")) == (
        "month",
        "",
        "weekday",
        "",
    )
    assert all(
        value in (*get_args(DatePrecision), "weekend", "other")
        for kind, value in words.table.values()
        if kind == "unit"
    )
