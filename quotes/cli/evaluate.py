"""`quotes evaluate`: measure against annotated quotations; `quotes.evaluation` does the measuring.

Tables go to standard output, progress and failures to standard error, the rest to the files that
options name.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quotes.cli.options import EXIT_FAILED, min_confidence_option, model_option
from quotes.cli.progress import LOG_INTERVAL, report_failure
from quotes.cli.standard_output import write_text
from quotes.defaults import DEFAULT_LANGUAGE
from quotes.errors import InputError

if TYPE_CHECKING:
    from quotes.evaluation.result_tables import ResultTable

T = TypeVar("T")


@click.command()
@click.argument("path", type=click.Path())
@click.option(
    "--parsed",
    type=click.Path(),
    metavar="FOLDER",
    help="Read parses from FOLDER/<document>.conllu instead of parsing.",
)
@model_option
@min_confidence_option()
@click.option(
    "--every",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="Use only every Nth article, in the order of their names.",
)
@click.option(
    "--errors",
    type=click.Path(),
    metavar="FILE",
    help="Write an HTML page with each error in its sentence and dependency tree.",
)
@click.option(
    "--plot", type=click.Path(), metavar="FILE", help="Write a reliability diagram (SVG)."
)
@click.option(
    "--json", "figures", type=click.Path(), metavar="FILE", help="Write all figures (JSON)."
)
def evaluate(
    path: str,
    *,
    parsed: str | None,
    model: str,
    min_confidence: float,
    every: int,
    errors: str | None,
    plot: str | None,
    figures: str | None,
) -> int:
    """Measure precision and recall against annotated quotations.

    PATH is a folder laid out as PolNeAR's: text/<document>.txt and
    attributions/<document>_<annotator>.ann (brat standoff with Source, Cue and Content), where
    quotes of all acts count; or one with quotes, speakers, roles and days in gold.jsonl and the
    articles in texts/, measured as shown by default.

    \b
    quotes evaluate polnear/dev
    quotes evaluate polnear/dev --errors errors.html --plot reliability.svg --json figures.json
    quotes evaluate polnear/dev --parsed parses/ --min-confidence 0.5
    quotes evaluate outlets/dev --errors errors.html

    An article that cannot be processed is reported on standard error and counts as one without
    quotes; the exit code is then 2.
    """
    from quotes import __version__
    from quotes.evaluation.frozen_parses import CachingParser, FolderParser
    from quotes.evaluation.measures import measure_for
    from quotes.evaluation.runner import compare
    from quotes.language import Language
    from quotes.models import load_models, models_for_parses

    outputs = [Path(name) for name in (errors, plot, figures) if name]
    _refuse(outputs, [path, *([parsed] if parsed else [])])
    measure = measure_for(path)
    articles = measure.read(path, every=every)
    models = (
        models_for_parses(FolderParser(parsed))
        if parsed
        else load_models(model, language=Language.load(DEFAULT_LANGUAGE))
    )
    parser = CachingParser(models.parser)
    models = replace(models, parser=parser)
    comparisons: list[Any] = []
    failed = False
    for comparison, failure in _with_progress(
        compare(articles, measure=measure, models=models, min_confidence=min_confidence),
        len(articles),
    ):
        comparisons.append(comparison)
        if failure:
            failed = True
            report_failure(failure)
    results = measure.evaluate(comparisons)
    _print(measure.tables(results))
    if plot:
        from quotes.output.charts import reliability_plot

        write_text(plot, reliability_plot(measure.bins(results)))
    if figures:
        made = {
            "version": __version__,
            "gold": measure.digest(articles),
            "model": f"parses of {Path(parsed).name}" if parsed else model,
            "min_confidence": min_confidence,
            "every": every,
            **measure.to_object(results),
        }
        write_text(figures, json.dumps(made, ensure_ascii=False, indent=1) + "\n")
    if errors:
        from quotes.evaluation.error_page import error_page

        documents = [comparison.article.document for comparison in comparisons]
        items = (
            (document, measure.errors(comparison), parser.cached(document.id))
            for document, comparison in zip(documents, comparisons, strict=True)
        )
        title = f"Errors in {Path(path).name} at a confidence of {min_confidence} or more"
        write_text(errors, error_page(items, title=title))
    return EXIT_FAILED if failed else 0


def _print(tables: Iterable[ResultTable]) -> None:
    from quotes.evaluation.result_tables import plain_text, renderable

    if not sys.stdout.isatty():
        click.echo("\n".join(map(plain_text, tables)), nl=False)
        return
    from rich.console import Console

    console = Console(highlight=False, emoji=False)
    for table in tables:
        console.print(renderable(table))


def _with_progress(items: Iterable[T], total: int) -> Iterator[T]:
    """Yield the items, with a line of progress on standard error every ten seconds."""
    start = last_line = time.monotonic()
    for number, item in enumerate(items, start=1):
        now = time.monotonic()
        if now - last_line > LOG_INTERVAL or (sys.stderr.isatty() and number == total):
            click.echo(f"quotes: {number} of {total} articles, {now - start:.0f} s", err=True)
            last_line = now
        yield item


def _refuse(outputs: Sequence[Path], inputs: Iterable[str]) -> None:
    """Raise InputError where writing would fail at the end, or change what is measured."""
    folders = [Path(name).resolve() for name in inputs]
    for output in outputs:
        target = output.resolve()
        if any(folder == target or folder in target.parents for folder in folders):
            raise InputError(f"{output}: is in an input folder: choose another place")
        if not target.parent.is_dir() or target.is_dir():
            raise InputError(f"{output}: cannot be written: name a file in an existing folder")
