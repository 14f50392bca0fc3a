"""Fixtures of the evaluation: an annotated article, quotes of every outcome, and folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.evaluation import (
    Article,
    DocumentComparison,
)
from tests.evaluation.annotated import (
    COUNCIL,
    bracketed,
    harbour_folders,
    place,
    quoted,
)


@pytest.fixture
def council() -> Article:
    return bracketed(COUNCIL)


@pytest.fixture
def mixed(council: Article) -> DocumentComparison:
    """Quotes of every outcome.

    One has a wrong source, one is right with a word too many, one matches an attribution without a
    source, one is a false alarm, one has no words.
    """
    return DocumentComparison(
        council,
        (
            quoted(council, 0, source=place(council, "Ana Ruiz"), confidence=0.95, rule="far"),
            quoted(
                council, 1, content=place(council, "We are not ready,” warned"), speaker="Ana Ruiz"
            ),
            quoted(council, 2, confidence=0.8),
            quoted(
                council,
                2,
                content=place(council, "The river rose"),
                source=place(council, "Traffic"),
                cue=(),
                confidence=0.2,
            ),
            quoted(council, 2, content=place(council, "“")),
        ),
    )


@pytest.fixture
def harbour(tmp_path: Path, frozen: Path) -> tuple[Path, Path]:
    return harbour_folders(tmp_path, frozen)
