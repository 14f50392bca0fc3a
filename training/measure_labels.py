"""Measure who said what on the labelled articles that nothing is fitted to.

    python -m training.measure_labels

In: `labels/held-out.jsonl`, and the texts of its articles in the gold folder. Out: the tables of
`quotes evaluate` for annotated quotes. Rules are not mended on these articles, either, so no single
error is printed.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from quotes.defaults import MIN_CONFIDENCE
from quotes.evaluation.annotated_quotes import AnnotatedArticle
from quotes.evaluation.measures import QUOTES
from quotes.evaluation.result_tables import plain_text
from quotes.evaluation.runner import compare
from quotes.language import Language
from quotes.models import load_models
from training.gold import DataError
from training.labelled_articles import HELD_OUT, news


def tables(articles: tuple[AnnotatedArticle, ...]) -> str:
    """Return the figures of the package on some articles, as text."""
    models = load_models("embedded", language=Language.load("en"))
    comparisons = []
    for comparison, failure in compare(
        articles, measure=QUOTES, models=models, min_confidence=MIN_CONFIDENCE
    ):
        comparisons.append(comparison)
        if failure:
            print(f"{failure.id}: {failure.message}", file=sys.stderr)
    return "\n".join(map(plain_text, QUOTES.tables(QUOTES.evaluate(comparisons))))


def main(arguments: list[str] | None = None) -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--gold",
        type=Path,
        default=os.environ.get("QUOTES_GOLD"),
        help="folder with the articles in news/ (default: $QUOTES_GOLD)",
    )
    gold = options.parse_args(arguments).gold
    if gold is None:
        raise DataError("no folder of gold data: give --gold, or set QUOTES_GOLD")
    print(tables(news(gold, HELD_OUT)), end="")


if __name__ == "__main__":
    try:
        main()
    except DataError as error:
        sys.exit(f"measure_labels: {error}")
