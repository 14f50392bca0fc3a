"""Articles through the pipeline for an evaluation."""

from __future__ import annotations

from pathlib import Path

from quotes.evaluation import (
    read_gold,
)
from quotes.evaluation.frozen_parses import FolderParser
from quotes.evaluation.measures import ATTRIBUTIONS
from quotes.evaluation.runner import compare
from quotes.models import Models


def test_more_confidence_asked_for_is_fewer_quotes(harbour: tuple[Path, Path]) -> None:
    gold, parsed = harbour
    articles, models = read_gold(gold), Models(FolderParser(parsed))
    sizes = [
        sum(
            len(c.quotes)
            for c, _ in compare(articles, measure=ATTRIBUTIONS, models=models, min_confidence=least)
        )
        for least in (0.0, 0.6, 1.0)
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1]
