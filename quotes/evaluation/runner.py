"""Articles through the pipeline, each then beside its annotation.

In: annotated articles, models and the measure. Out: comparisons in the same order; what could not
be processed comes as an article without quotes, with its Failure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.evaluation.measures import A, C, Measure, R
from quotes.models import Models
from quotes.pipeline import run
from quotes.records import Failure


def compare(
    articles: Sequence[A], *, measure: Measure[A, C, R], models: Models, min_confidence: float
) -> Iterator[tuple[C, Failure | None]]:
    """Yield each article with the quotes that are measured, of at least `min_confidence`.

    Raises:
        RuleError: The rules or word lists are broken.
    """
    processed = run((article.document for article in articles), models=lambda language: models)
    for article, result in zip(articles, processed, strict=True):
        if isinstance(result, Failure):
            yield measure.compare(article, ()), result
        else:
            yield measure.compare(article, measure.shown(result.quotes, min_confidence)), None
