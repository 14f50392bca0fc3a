"""The command `quotes evaluate`: what goes in and out, and in which order. What is measured stands in `quotes.evaluation`.

Tables go to standard output, progress and complaints to standard error, the rest into the files asked for.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quotes.defaults import MIN_CONFIDENCE
from quotes.errors import InputError

if TYPE_CHECKING:
    from quotes.evaluation import Article, Results
    from quotes.records import Failure

T = TypeVar("T")

FAILED = 2
EVERY = 10.0  # seconds between two lines of progress


@click.command()
@click.argument("path", type=click.Path())
@click.option(
    "--parsed",
    type=click.Path(),
    metavar="FOLDER",
    help="Take the parses from FOLDER/<document>.conllu instead of parsing.",
)
@click.option(
    "--model", default="embedded", show_default=True, metavar="MODEL", help="As in extract."
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=MIN_CONFIDENCE,
    show_default=True,
    help="Leave out quotes less sure than this.",
)
@click.option(
    "--every",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="Only each Nth article, by name, from the first.",
)
@click.option(
    "--errors",
    type=click.Path(),
    metavar="FILE",
    help="Write a page (HTML) with each error in its sentence, with the tree.",
)
@click.option("--plot", type=click.Path(), metavar="FILE", help="Write a reliability plot (SVG).")
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
    """Measure against quotations that people annotated.

    PATH is a folder laid out as PolNeAR's: text/<document>.txt and attributions/<document>_<annotator>.ann (brat standoff with Source, Cue
    and Content).

    \b
    quotes evaluate polnear/dev
    quotes evaluate polnear/dev --errors errors.html --plot reliability.svg --json figures.json
    quotes evaluate polnear/dev --parsed parses/ --min-confidence 0.5

    An article that cannot be processed is named on standard error and counts as one without quotes; the exit code is then 2.
    """
    from quotes.evaluation import evaluate as measure
    from quotes.evaluation import read_gold
    from quotes.evaluation.frozen_parses import FolderParser, KeepingParser
    from quotes.evaluation.runner import compare
    from quotes.parsing import load, tagger_of

    outputs = [Path(name) for name in (errors, plot, figures) if name]
    _check(outputs, [path, *([parsed] if parsed else [])])
    articles = read_gold(path, every=every)
    parser = KeepingParser(FolderParser(parsed, tagger=tagger_of()) if parsed else load(model))
    comparisons, failed = [], False
    for comparison, failure in _watched(
        compare(articles, parser=parser, least=min_confidence), len(articles)
    ):
        comparisons.append(comparison)
        if failure:
            failed = True
            _complain(failure)
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
        from quotes.evaluation.error_page import page

        named = f"Errors of quotes in {Path(path).name}, from a confidence of {min_confidence}"
        _write(
            errors,
            page(((c, parser.kept(c.article.document.id)) for c in comparisons), title=named),
        )
    return FAILED if failed else 0


def _object(
    articles: Sequence[Article], results: Results, settings: dict[str, Any]
) -> dict[str, Any]:
    from quotes import __version__
    from quotes.evaluation import digest, to_object

    return {"version": __version__, "gold": digest(articles), **settings, **to_object(results)}


def _print(results: Results) -> None:
    from quotes.evaluation.result_tables import plain, rich, tables

    if not sys.stdout.isatty():
        click.echo("\n".join(map(plain, tables(results))), nl=False)
        return
    from rich.console import Console

    console = Console(highlight=False, emoji=False)
    for table in tables(results):
        console.print(rich(table))


def _watched(items: Iterable[T], total: int) -> Iterator[T]:
    """The items, with a word on standard error now and then about how far they are."""
    began = said = time.monotonic()
    for number, item in enumerate(items, start=1):
        now = time.monotonic()
        if now - said > EVERY or (sys.stderr.isatty() and number == total):
            click.echo(f"quotes: {number} of {total} articles, {now - began:.0f} s", err=True)
            said = now
        yield item


def _complain(failure: Failure) -> None:
    from quotes.output.terminal.quotes import printable

    click.echo(
        f"quotes: {printable(failure.message)}"
        + (f" [{printable(failure.detail)}]" if failure.detail else ""),
        err=True,
    )


def _check(outputs: Sequence[Path], inputs: Iterable[str]) -> None:
    """Raises InputError where writing would fail after all the work, or change what is measured."""
    folders = [Path(name).resolve() for name in inputs]
    for output in outputs:
        target = output.resolve()
        if any(folder == target or folder in target.parents for folder in folders):
            raise InputError(f"{output}: lies in a folder of inputs: write to another place")
        if not target.parent.is_dir() or target.is_dir():
            raise InputError(f"{output}: cannot be written: name a file in a folder that is there")


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from error
