"""Evaluation against annotated attributions.

    articles = read_gold("polnear/dev")
    results = evaluate([DocumentComparison(article, quotes) for article, quotes in ...])

In: gold and the quotes found in it. Out: figures. The measure is that of PolNeAR-style gold: a
content matches when it shares half of its words, a source is right when it shares a word that is no
stop word at the same place; `metrics` defines all of it. Gold that also says who is meant, in which
role and when is measured by `quote_results`; `measures` picks the one for a folder. `result_tables`
and `quote_tables` prepare results for printing, `error_page` shows the errors. Nothing is parsed
here, and gold is only read.
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
