"""The two measures: attributions laid out as PolNeAR's, and quotes with their speakers.

In: a folder of gold. Out: the measure that fits it, as one record of functions, so that command and
floors need not know which it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from quotes.evaluation import annotated_quotes, brat, quote_results, results
from quotes.evaluation.annotated_quotes import AnnotatedArticle
from quotes.evaluation.brat import Article
from quotes.evaluation.calibration import Bin
from quotes.evaluation.error_report import Error, find_errors
from quotes.evaluation.metrics import DocumentComparison
from quotes.evaluation.quote_comparison import QuoteComparison
from quotes.evaluation.quote_errors import find_quote_errors
from quotes.evaluation.quote_results import QuoteResults
from quotes.evaluation.quote_tables import quote_tables
from quotes.evaluation.result_tables import ResultTable, result_tables
from quotes.evaluation.results import Results
from quotes.pipeline import confident, shown_by_default
from quotes.records import Document, Quote


class WithDocument(Protocol):
    """An article with gold."""

    @property
    def document(self) -> Document:
        """The article itself."""


A = TypeVar("A", bound=WithDocument)
C = TypeVar("C")
R = TypeVar("R")


@dataclass(frozen=True)
class Measure(Generic[A, C, R]):
    """How articles with one kind of gold are measured.

    Attributes:
        read: Reads a folder; `every` takes each so many-th article only.
        digest: The SHA-256 of articles with their gold.
        shown: The quotes that are measured, of all that were found, at a least confidence.
        compare: An article beside the quotes that were found in it.
        evaluate: All figures; `draws` is the number of bootstrap samples.
        tables: The figures as tables.
        to_object: The figures as plain values.
        bins: The bins that a reliability diagram shows.
        errors: The errors of one article.
    """

    read: Callable[..., tuple[A, ...]]
    digest: Callable[[Iterable[A]], str]
    shown: Callable[[Iterable[Quote], float], tuple[Quote, ...]]
    compare: Callable[[A, tuple[Quote, ...]], C]
    evaluate: Callable[..., R]
    tables: Callable[[R], Iterator[ResultTable]]
    to_object: Callable[[R], Mapping[str, Any]]
    bins: Callable[[R], Sequence[Bin]]
    errors: Callable[[C], Sequence[Error]]


ATTRIBUTIONS: Measure[Article, DocumentComparison, Results] = Measure(
    read=brat.read_gold,
    digest=brat.digest,
    shown=confident,
    compare=DocumentComparison,
    evaluate=results.evaluate,
    tables=result_tables,
    to_object=results.to_object,
    bins=lambda made: made.bins,
    errors=find_errors,
)
QUOTES: Measure[AnnotatedArticle, QuoteComparison, QuoteResults] = Measure(
    read=annotated_quotes.read_annotated_quotes,
    digest=annotated_quotes.digest,
    shown=shown_by_default,
    compare=QuoteComparison,
    evaluate=quote_results.evaluate_quotes,
    tables=quote_tables,
    to_object=quote_results.to_object,
    bins=lambda made: made.reliability["product", "all"],
    errors=find_quote_errors,
)


def measure_for(folder: str | Path) -> Measure[Any, Any, Any]:
    """Return the measure for the gold of a folder."""
    return QUOTES if annotated_quotes.has_annotated_quotes(folder) else ATTRIBUTIONS
