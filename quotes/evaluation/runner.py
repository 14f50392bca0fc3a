"""Articles through the pipeline, each then beside its annotation.

In: annotated articles and a parser. Out: comparisons, in the same order; what could not be processed comes as an article without quotes and
its Failure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.evaluation.brat import Article
from quotes.evaluation.metrics import DocumentComparison
from quotes.pipeline import Parser, confident, run
from quotes.records import Failure


def compare(
    articles: Sequence[Article], *, parser: Parser, least: float
) -> Iterator[tuple[DocumentComparison, Failure | None]]:
    """Each article with the quotes of at least `least` confidence. Raises RuleError where the rules are broken."""
    results = run((article.document for article in articles), parser=lambda language: parser)
    for article, result in zip(articles, results, strict=True):
        if isinstance(result, Failure):
            yield DocumentComparison(article, ()), result
        else:
            yield DocumentComparison(article, confident(result.quotes, least)), None
