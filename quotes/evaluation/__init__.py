"""Gold in, figures out: how many of the quotes that people annotated are found, and how many of those found are right.

    articles = read_gold("polnear/dev")
    results = evaluate([Comparison(article, quotes) for article, quotes in ...])

The measure is that of PolNeAR-style gold (contents fit when they share half their words; a source is right when it shares a telling word at
its place), with what stands beside it in `counting`. `tables` turns results into something to print, `page` shows the errors. Nothing is
parsed or printed here, and the gold is only read.
"""

from quotes.evaluation.brat import Article, Attribution, digest, read_gold
from quotes.evaluation.metrics import Count, DocumentComparison
from quotes.evaluation.results import Results, evaluate, to_object

__all__ = [
    "Article",
    "Attribution",
    "Count",
    "DocumentComparison",
    "Results",
    "digest",
    "evaluate",
    "read_gold",
    "to_object",
]
