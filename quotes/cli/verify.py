"""`quotes verify`: check every quotation of a draft against its sources."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.inputs import read_documents
from quotes.cli.options import EXIT_FAILED, Day, format_option, model_option, output_option
from quotes.cli.progress import Progress, notify, report_failure
from quotes.cli.standard_output import print_report, report_format
from quotes.defaults import DEFAULT_LANGUAGE
from quotes.errors import InputError
from quotes.records import Document, Failure, Quote

if TYPE_CHECKING:
    from quotes.models import Models
    from quotes.pipeline import Item
    from quotes.verification.verification import Verification

EXIT_WORSE = 1
FORMATS = ("table", "jsonl", "csv", "html")
FAIL_ON = (
    "trimmed",
    "other-day",
    "altered",
    "spliced",
    "paraphrase",
    "other-speaker",
    "not-checkable",
    "not-found",
    "never",
)


class _SeveralSources(click.Command):
    """A command whose option `--against` takes all paths up to the next option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Repeat `--against` before each path behind it."""
        return super().parse_args(ctx, list(_repeated(args)))


def _repeated(args: Sequence[str]) -> Iterator[str]:
    against = first = False
    for arg in args:
        if arg.startswith("-") and arg != "-":
            against = first = arg == "--against"
            yield arg
            continue
        if against and not first:
            yield "--against"
        yield arg
        first = False


@click.command(cls=_SeveralSources)
@click.argument("drafts", nargs=-1, metavar="DRAFT...", type=click.Path())
@click.option(
    "--against",
    multiple=True,
    metavar="SOURCE...",
    type=click.Path(),
    help="Sources: files of any format that `quotes extract` reads, folders, addresses; all paths "
    "up to the next option.",
)
@click.option(
    "--store",
    metavar="FOLDER",
    type=click.Path(),
    help="Search the quotes of this store, too; findings that were accepted in it are shown so.",
)
@format_option(
    FORMATS,
    default=None,
    help="A report to read, JSON lines, CSV (one row per quotation) or a page.  [default: from the "
    "file name of --output, else table]",
)
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="altered",
    show_default=True,
    help="Exit with 1 where a verdict is as bad as this one, or worse.",
)
@click.option(
    "--quiet",
    "-q",
    is_flag=True,
    help="Print nothing but what cannot be read; a file of --output is written.",
)
@click.option("--indirect", is_flag=True, help="Check indirect statements, too.")
@click.option(
    "--strict",
    is_flag=True,
    help="Fillers and false starts of speech that the draft leaves out count as alterations.",
)
@click.option(
    "--published", type=Day(), help="Day of the draft (YYYY-MM-DD), for days such as “Monday”."
)
@click.option(
    "--parsed",
    type=click.Path(),
    metavar="FILE",
    help="Take the parses of the drafts from this CoNLL-U file instead of parsing.",
)
@model_option
@output_option
def verify(
    drafts: tuple[str, ...],
    *,
    against: tuple[str, ...],
    store: str | None,
    output_format: str | None,
    fail_on: str,
    quiet: bool,
    indirect: bool,
    strict: bool,
    published: Any,
    parsed: str | None,
    model: str,
    output: str | None,
) -> int:
    """Check every quotation of a draft against its sources, the worst first.

    Verdicts: verbatim; trimmed; altered (a word, a number, a not ...); spliced; paraphrase in
    quotation marks; other speaker; other day; not checkable; not found. "Not found" says that these
    sources do not have the words, and nothing about the world.

    \b
    quotes verify draft.docx --against interview.vtt minutes.pdf
    quotes verify draft.txt --against sources/ --store quotes-store
    quotes verify draft.txt --against speech.txt --format html --output report.html
    quotes verify draft.txt --against sources/ --quiet --fail-on spliced

    The exit code is 1 where a verdict is as bad as --fail-on, or worse, and 2 where nothing could
    be checked. Sources that cannot be read are named on standard error; the others are used.
    """
    if not drafts and not parsed:
        raise click.UsageError(
            "Give at least one DRAFT: a file, a folder, or - for standard input."
        )
    if not against and not store:
        from quotes.verification.verify_draft import NO_SOURCES

        raise InputError(f"{NO_SOURCES} (--against, --store)")
    form = report_format(output, output_format, FORMATS)
    with Progress(loading=not parsed and not quiet) as progress:
        from quotes.language import Language
        from quotes.models import load_models_for_process
        from quotes.pipeline import process
        from quotes.readers import read
        from quotes.verification.claims import statements_of
        from quotes.verification.verification import NO_QUOTATIONS
        from quotes.verification.verify_draft import verify_claims

        language = Language.load(DEFAULT_LANGUAGE)

        @cache
        def models() -> Models:
            return load_models_for_process(model, language=language)

        def extract(document: Document) -> Sequence[Quote]:
            return statements_of(process(document, models=models(), language=language))

        items = read_documents(drafts, parsed=parsed, columns=(), metadata={"published": published})
        quoted, failed = _quoted(items, models, progress)
    if not quoted:
        raise InputError(f"{' '.join(drafts)}: no draft could be read")
    found = verify_claims(
        quoted,
        _named(read(list(against))) if against else (),
        language=language,
        extract=extract,
        store=store,
        indirect=indirect,
        strict=strict,
        on_progress=notify,
    )
    if not (found.findings or quiet) and form in ("jsonl", "csv"):
        notify(NO_QUOTATIONS)
    if output or not quiet:
        _write(found, form, output)
    if fail_on != "never" and found.fails(fail_on.replace("-", " ")):  # type: ignore[arg-type]
        return EXIT_WORSE
    return EXIT_FAILED if failed else 0


def _quoted(
    items: Iterable[Item], models: Callable[[], Models], progress: Progress
) -> tuple[list[tuple[Document, Sequence[Quote]]], int]:
    """Return the drafts with their quotes, and the number of those that could not be read."""
    from quotes.pipeline import run
    from quotes.verification.claims import statements_of

    found, failed = list[tuple[Document, Sequence[Quote]]](), 0
    for result in run(items, models=lambda _language: models()):
        progress.pause()
        if isinstance(result, Failure):
            failed += 1
            report_failure(result)
        else:
            found.append((result.document, statements_of(result.quotes)))
    return found, failed


def _named(sources: Iterator[Document | Failure]) -> Iterator[Document | Failure]:
    """Yield sources, and name each that cannot be read on standard error."""
    for source in sources:
        if isinstance(source, Failure):
            report_failure(source)
        yield source


def _write(found: Verification, form: str, output: str | None) -> None:
    """Write the report to standard output or a file, in the format asked for."""
    from quotes.output.terminal.verification_report import plain_text, renderable
    from quotes.output.verification_rows import to_csv

    if form == "table" and not output and sys.stdout.isatty():
        from rich.console import Console

        Console(highlight=False, emoji=False).print(renderable(found), soft_wrap=False)
        return
    text = {
        "table": lambda: plain_text(found),
        "jsonl": found.to_json,
        "csv": lambda: to_csv(found),
        "html": found.to_html,
    }[form]()
    print_report(text, output)
