"""`quotes audit`: whom articles, authors, outlets, months let speak."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.inputs import input_options, no_articles, read_documents
from quotes.cli.options import EXIT_FAILED, format_option, output_option, store_option
from quotes.cli.progress import Progress, notify, report_failure
from quotes.cli.standard_output import print_report, report_format
from quotes.defaults import DEFAULT_LANGUAGE
from quotes.records import Failure
from quotes.source_audit import GROUPINGS

if TYPE_CHECKING:
    from quotes.source_audit.collection_voices import Voices

FORMATS = ("table", "csv", "jsonl", "svg")


@click.command()
@click.option(
    "--by",
    type=click.Choice(GROUPINGS),
    help="What to count by.  [default: article for PATH, else outlet]",
)
@format_option(
    FORMATS,
    default=None,
    help="A table to read, CSV or JSON lines (one row per voice of a group), or a chart.  "
    "[default: from the file name of --output, else table]",
)
@click.option(
    "--facts",
    type=click.Path(),
    metavar="FILE",
    help="Take the column facts, which people filled in, from the CSV file of an earlier audit.",
)
@store_option
@input_options
@output_option
def audit(
    paths: tuple[str, ...],
    *,
    by: str | None,
    output_format: str | None,
    facts: str | None,
    store: str,
    columns: tuple[str, ...],
    day_first: bool | None,
    source_format: str | None,
    model: str,
    parsed: str | None,
    output: str | None,
    **metadata: Any,
) -> int:
    """Count whom articles, authors, outlets or months let speak: of a store, or of PATH.

    For each voice: person, institution, group, document or unnamed (with the reason that the
    article gives for withholding the name); quoted or only named; direct and indirect quotes; its
    share of all quoted words; new or familiar. Gender, origin and the like are not guessed: the
    column facts of the CSV is for people to fill in.

    \b
    quotes audit --by outlet
    quotes audit --by month --format svg --output audit.svg
    quotes audit article.txt
    quotes audit --output audit.csv --facts audit-of-may.csv
    """
    from quotes.output.audit_rows import read_facts
    from quotes.output.charts.audit_chart import audit_chart
    from quotes.output.terminal.audit_table import plain_text
    from quotes.source_audit.collection_audit import count

    form = report_format(output, output_format, FORMATS)
    known = read_facts(Path(facts)) if facts else {}
    failed = 0
    if paths or parsed:
        items = read_documents(
            paths,
            parsed=parsed,
            columns=columns,
            metadata=metadata,
            day_first=day_first,
            source_format=source_format,
        )
        voices, failed = _of_articles(items, model, paths)
    else:
        voices = _of_store(store)
    grouping: Any = by or ("article" if paths or parsed else "outlet")
    found = count(voices, grouping, facts=known)
    write: dict[str, Callable[[], str]] = {
        "table": lambda: plain_text(found.groups),
        "csv": found.to_csv,
        "jsonl": found.to_json,
        "svg": lambda: audit_chart(found.groups),
    }
    print_report(write[form](), output)
    return EXIT_FAILED if failed else 0


def _of_store(store: str) -> Voices:
    from quotes.source_audit.collection_voices import voices_of_store
    from quotes.store import open_store

    with open_store(store, on_message=notify) as opened:
        return voices_of_store(opened)


def _of_articles(items: Any, model: str, paths: tuple[str, ...]) -> tuple[Voices, int]:
    """Return the voices of articles, and the number of those that failed."""
    from quotes.language import Language
    from quotes.models import load_models_for_process
    from quotes.pipeline import Processed, run
    from quotes.source_audit.collection_voices import voices_of_documents

    done, failed = list[Processed](), 0
    with Progress() as progress:
        for result in run(items, models=lambda own: load_models_for_process(model, language=own)):
            if isinstance(result, Failure):
                failed += 1
                progress.pause()
                report_failure(result)
            else:
                done.append(result)
            progress.show(len(done), failed)
    if not done and not failed:
        raise no_articles(paths)
    return voices_of_documents(done, Language.load(DEFAULT_LANGUAGE)), failed
