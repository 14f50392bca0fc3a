"""Articles through the pipeline, each then beside its annotation.

In: annotated articles and models. Out: comparisons in the same order; what could not be processed
comes as an article without quotes, with its Failure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.evaluation.brat import Article
from quotes.evaluation.metrics import DocumentComparison
from quotes.models import Models
from quotes.pipeline import confident, run
from quotes.records import Failure


def compare(
    articles: Sequence[Article], *, models: Models, min_confidence: float
) -> Iterator[tuple[DocumentComparison, Failure | None]]:
    """Yield each article with its quotes of at least `min_confidence`.

    Raises:
        RuleError: The rules or word lists are broken.
    """
    results = run((article.document for article in articles), models=lambda language: models)
    for article, result in zip(articles, results, strict=True):
        if isinstance(result, Failure):
            yield DocumentComparison(article, ()), result
        else:
            yield DocumentComparison(article, confident(result.quotes, min_confidence)), None
