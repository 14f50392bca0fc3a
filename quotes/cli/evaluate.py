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
from quotes.defaults import DEFAULT_LANGUAGE
from quotes.errors import InputError

if TYPE_CHECKING:
    from quotes.evaluation import Article, DocumentComparison, Results

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
    attributions/<document>_<annotator>.ann (brat standoff with Source, Cue and Content).

    \b
    quotes evaluate polnear/dev
    quotes evaluate polnear/dev --errors errors.html --plot reliability.svg --json figures.json
    quotes evaluate polnear/dev --parsed parses/ --min-confidence 0.5

    An article that cannot be processed is reported on standard error and counts as one without
    quotes; the exit code is then 2.
    """
    from quotes.evaluation import evaluate as measure
    from quotes.evaluation import read_gold
    from quotes.evaluation.frozen_parses import CachingParser, FolderParser
    from quotes.evaluation.runner import compare
    from quotes.language import Language
    from quotes.models import Models, load_models, load_tagger

    outputs = [Path(name) for name in (errors, plot, figures) if name]
    _refuse(outputs, [path, *([parsed] if parsed else [])])
    articles = read_gold(path, every=every)
    models = (
        Models(FolderParser(parsed), load_tagger())
        if parsed
        else load_models(model, language=Language.load(DEFAULT_LANGUAGE))
    )
    parser = CachingParser(models.parser)
    comparisons: list[DocumentComparison] = []
    failed = False
    for comparison, failure in _with_progress(
        compare(articles, models=replace(models, parser=parser), min_confidence=min_confidence),
        len(articles),
    ):
        comparisons.append(comparison)
        if failure:
            failed = True
            report_failure(failure)
    results = measure(comparisons)
    _print(results)
    if plot:
        from quotes.output.charts import reliability_plot

        _write(plot, reliability_plot(results.bins))
    if figures:
        settings = {
            "model": f"parses of {Path(parsed).name}" if parsed else model,
            "min_confidence": min_confidence,
            "every": every,
        }
        _write(
            figures,
            json.dumps(_object(articles, results, settings), ensure_ascii=False, indent=1) + "\n",
        )
    if errors:
        from quotes.evaluation.error_page import error_page

        pairs = ((c, parser.cached(c.article.document.id)) for c in comparisons)
        title = f"Errors in {Path(path).name} at a confidence of {min_confidence} or more"
        _write(errors, error_page(pairs, title=title))
    return EXIT_FAILED if failed else 0


def _object(
    articles: Sequence[Article], results: Results, settings: dict[str, Any]
) -> dict[str, Any]:
    from quotes import __version__
    from quotes.evaluation import digest, to_object

    return {"version": __version__, "gold": digest(articles), **settings, **to_object(results)}


def _print(results: Results) -> None:
    from quotes.evaluation.result_tables import plain_text, renderable, result_tables

    if not sys.stdout.isatty():
        click.echo("\n".join(map(plain_text, result_tables(results))), nl=False)
        return
    from rich.console import Console

    console = Console(highlight=False, emoji=False)
    for table in result_tables(results):
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


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from error
