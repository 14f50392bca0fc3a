"""A store of frozen parses for the tests of what reads one, with articles that wish a reader ill. No model is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from quotes.parsing.conllu import read_conllu
from quotes.pipeline import run
from quotes.records import Document, Parse
from quotes.store import Store, open_store
from quotes.store.ingest import add

EVIL = '</title><script>alert("1")</script>\x1b[31m & \u202esons'
FORMULA = '=HYPERLINK("https://evil.example","click")'


def articles(frozen: Path) -> Iterator[tuple[Document, Parse]]:
    """The two frozen articles, and the beginning of the first in another paper with another date."""
    (harbour, first), (school, second) = read_conllu(frozen)
    yield (
        replace(
            harbour,
            published=date(2024, 3, 4),
            outlet="Harbour Post",
            title="Prices",
            source="https://post.example/prices?a=1&b=2",
        ),
        first,
    )
    begun = harbour.text.partition("\n\n")[0]
    few = replace(
        first,
        sentences=first.sentences[:2],
        entities=tuple(e for e in first.entities if e.span.end <= len(begun)),
    )
    yield (
        Document(
            id="later",
            text=begun,
            published=date(2024, 5, 6),
            outlet="Evening Star",
            title=EVIL,
            source="javascript:alert(1)",
        ),
        few,
    )
    yield replace(school, outlet=FORMULA, author="@author"), second


def stocked(folder: Path, frozen: Path) -> Store:
    """A store with these articles."""
    store = open_store(folder, create=True)
    steps = list(
        add(store, articles(frozen), work=lambda items: run(items, parser=lambda language: None))
    )  # type: ignore[arg-type,return-value]
    assert [step.outcome for step in steps] == ["added"] * 3
    return store
