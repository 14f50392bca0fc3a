"""`quotes add` and `quotes remove`: articles into a store and out of it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from quotes.cli.completion import complete_document
from quotes.cli.inputs import input_options, no_articles, read_documents
from quotes.cli.interrupts import Interrupts
from quotes.cli.options import EXIT_FAILED, EXIT_STOPPED, store_option
from quotes.cli.progress import Progress, notify, report_failure
from quotes.defaults import MIN_CONFIDENCE
from quotes.output.numbers import count_of
from quotes.records import Failure

if TYPE_CHECKING:
    from quotes.pipeline import Item
    from quotes.store import Store
    from quotes.store.commits import Counts
    from quotes.store.ingest import Step, Work

ENGINES = ("local", "ray")
OUTCOMES = {"added": "new    ", "revised": "changed"}
MAX_FAILURES_PRINTED = 50
MAX_WORKERS_PER_CPU = 4


@click.command()
@input_options
@store_option
@click.option(
    "--manifest",
    type=click.Path(),
    metavar="FILE",
    help="A list of further paths and addresses, one per line; # begins a comment. - for standard "
    "input.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1, max=10_000),
    help="Number of worker processes, each with its own model (about 1 GB of memory).  "
    "[default: 1; with --engine ray, one for each CPU but one]",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="local",
    show_default=True,
    help="Where workers run: as processes on this machine, or as actors on a Ray cluster (needs "
    "the extra ray).",
)
@click.option(
    "--address",
    metavar="HOST:PORT",
    envvar="RAY_ADDRESS",
    show_envvar=True,
    help="With --engine ray, the address of the cluster. Without it, Ray is started on this "
    "machine for this run.",
)
@click.option(
    "--again",
    is_flag=True,
    help="Process articles again that are stored and unchanged, for example after an update of "
    "the program or the model.",
)
@click.option(
    "--replace",
    is_flag=True,
    help="Overwrite a stored article of the same id, even where the two texts share almost "
    "nothing. Without it, such an article fails, and both sources are named.",
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Say which articles would be new, changed or refused; read them, but store nothing.",
)
@click.option(
    "--people",
    type=click.Path(),
    metavar="FILE",
    help="Known people (CSV or JSON lines: name, aliases, wikidata, roles), stored with the "
    "articles.",
)
def add(
    paths: tuple[str, ...],
    *,
    store: str,
    manifest: str | None,
    workers: int | None,
    engine: str,
    address: str | None,
    again: bool,
    replace: bool,
    dry_run: bool,
    people: str | None,
    model: str,
    parsed: str | None,
    columns: tuple[str, ...],
    day_first: bool | None,
    source_format: str | None,
    **metadata: Any,
) -> int:
    """Read articles and store who said what in them.

    PATH is as in `quotes extract`. Articles that are stored and unchanged are skipped, so a run
    that was interrupted goes on where it stopped. An article whose text has changed (same id or
    address) becomes a new revision; the old one is kept.

    \b
    quotes add articles/ --outlet "The Daily"
    quotes add articles.csv --column text=body --store ~/quotes-store --workers 4
    find articles -name '*.html' | quotes add --manifest -
    quotes add articles.parquet --engine ray --address 10.0.0.1:6379

    For a cluster, run this on one of its machines. Only that machine needs the files and the
    store: it sends articles to the workers as text and stores what comes back. A worker that is
    lost is replaced, and its articles are processed again.
    """
    from quotes.readers.manifest import read_manifest

    with Progress(loading=not parsed and not dry_run) as progress:
        work = _work(model, workers, engine, address)
        if manifest:
            paths = (*paths, *read_manifest(manifest))
        documents = read_documents(
            paths,
            parsed=parsed,
            columns=columns,
            day_first=day_first,
            source_format=source_format,
            ids_of_store=True,
            metadata=metadata,
        )
        items, unreadable = _first_document(documents)
        if unreadable and not Path(store).exists():
            progress.pause()
            return _report_all(unreadable, f"{store}: not made, as nothing can be read")
        items = chain(unreadable, items)
        if dry_run:
            progress.pause()
            return _print_plan(store, items, again=again, replacing=replace)
        if not parsed:
            progress.total = _count(paths)
        run = _Run(store, progress)
        done = run.add(items, people=people, work=work, model=model, again=again, replace=replace)
    if not done:
        return EXIT_STOPPED
    if not run.counts.done:
        raise no_articles(paths)
    left_out = sum(failure.partial for failure in run.failures)
    named = f"; left out: {count_of(left_out, 'thing')}, named below" if left_out else ""
    click.echo(f"{store}: {summary(run.counts)}{named}")
    if run.statements:
        notify(run.statements)
    return _report_all(run.failures, store=store)


class _Run:
    """One run of adding to a store: its counts and failures so far."""

    def __init__(self, store: str, progress: Progress) -> None:
        from quotes.store.commits import Counts

        self._store, self._progress = store, progress
        self.counts, self.failures = Counts(), list[Failure]()
        self.statements = ""

    def add(self, items: Iterable[Item], *, people: str | None, model: str, **options: Any) -> bool:
        """Add the items; return False where that was stopped with Ctrl-C, and say what is done."""
        from quotes.store import open_store
        from quotes.store.ingest import made_by

        try:
            with (
                Interrupts() as interrupts,
                open_store(
                    self._store, create=True, made_by=made_by(model), on_message=notify
                ) as opened,
            ):
                if people:
                    opened.set_known_people(people)
                steps = opened.add(items, model=model, on_commit=self._note, **options)
                with closing(steps):
                    for step in steps:
                        self._show(step)
                        interrupts.check()
                self.statements = _statements(opened)
        except KeyboardInterrupt:
            self._progress.pause()
            click.echo(f"quotes: {self._stopped()}", err=True)
            return False
        self._progress.pause()
        return True

    def _note(self, counts: Counts) -> None:
        """Note and show the counts of what is stored: those of a commit before its steps."""
        if counts.done >= self.counts.done:
            self.counts = counts
        done = self.counts.done - self.counts.failed
        self._progress.show(done, self.counts.failed, skipped=self.counts.unchanged)

    def _show(self, step: Step) -> None:
        """Show one step."""
        if step.failure:
            self.failures.append(step.failure)
        self._note(step.counts)

    def _stopped(self) -> str:
        """Return what is stored of a run that was stopped, and how it goes on."""
        stored = self.counts.done - self.counts.failed
        total = self._progress.total
        articles = f"{stored} of {total}" if total is not None else f"{stored}"
        return (
            f"stopped: {articles} articles are stored in {self._store}. The same command goes on; "
            "who is who is made then, or at the next question"
        )


def _first_document(
    items: Iterable[Item],
) -> tuple[Iterator[Item], list[Failure]]:
    """Return the items from the first document on, and the failures before it."""
    left, failures = iter(items), list[Failure]()
    for item in left:
        if not isinstance(item, Failure):
            return chain(failures, [item], left), []
        failures.append(item)
    return iter(()), failures


def _count(paths: tuple[str, ...]) -> int | None:
    """Return the number of documents to come."""
    from quotes.readers import count

    return count(paths)


def _print_plan(store: str, items: Iterable[Item], *, again: bool, replacing: bool) -> int:
    """Print what adding would do, a line for each article; nothing is stored."""
    from quotes.output.terminal.safe_text import printable
    from quotes.store import open_store
    from quotes.store.commits import Counts
    from quotes.store.ingest import known_items, outcome_of

    outcomes, failures = Counter[str](), list[Failure]()
    with ExitStack() as stack:
        opened = None
        if Path(store).exists():
            opened = stack.enter_context(open_store(store, on_message=notify))
        for item, known in known_items(opened, items, replacing=replacing):
            if isinstance(item, Failure) or known is None:
                outcomes["failed"] += not (isinstance(item, Failure) and item.partial)
                failures += [item] if isinstance(item, Failure) else []
                continue
            document, outcome = known.document, outcome_of(known, again=again)
            outcomes[outcome] += 1
            if known.problem:
                failures.append(Failure(document.id, "store", known.problem, document.source))
            elif outcome != "unchanged":
                click.echo(f"{OUTCOMES[outcome]}  {printable(document.id)}")
    counts = Counts(**outcomes)
    click.echo(f"{store}: nothing is stored; would be: {_outcomes(counts)}")
    return _report_all(failures)


def _report_all(failures: Sequence[Failure], message: str = "", *, store: str = "") -> int:
    """Print the failures, at most MAX_FAILURES_PRINTED, and return the exit code."""
    for failure in failures[:MAX_FAILURES_PRINTED]:
        report_failure(failure)
    if len(failures) > MAX_FAILURES_PRINTED:
        more = count_of(len(failures) - MAX_FAILURES_PRINTED, "more failure")
        where = f": `quotes export --table failures --store {store}` lists all" if store else ""
        click.echo(f"quotes: {more}{where}", err=True)
    if message:
        click.echo(f"quotes: {message}", err=True)
    return EXIT_FAILED if failures else 0


def summary(counts: Counts) -> str:
    """Return what a run of `quotes add` did, on one line."""
    documents, quotes = count_of(counts.done, "document"), count_of(counts.quotes, "quote")
    return f"{documents} ({_outcomes(counts)}), {quotes} found"


def _statements(store: Store) -> str:
    """Return how many quotes of a store are counted, and why the others are not; "" without any.

    "20 quotes counted in all; 3 more in near copies (1 article); 12 kept aside: below 30%, or no
    statement".
    """
    from quotes.store import audit

    counts, articles = audit.statement_counts(store), audit.article_counts(store)
    if not any(counts.values()):
        return ""
    parts = [f"{count_of(counts['counted'], 'quote')} counted in all"]
    if counts["in_copies"]:
        copies = count_of(articles["copies"], "article")
        parts.append(f"{counts['in_copies']:,} more in near copies ({copies})")
    if counts["aside"]:
        parts.append(f"{counts['aside']:,} kept aside: below {MIN_CONFIDENCE:.0%}, or no statement")
    return "; ".join(parts)


def _outcomes(counts: Counts) -> str:
    """Return the numbers of documents by outcome, with commas between."""
    return (
        f"{counts.added} new, {counts.revised} changed, {counts.unchanged} unchanged, "
        f"{counts.failed} failed"
    )


def _work(model: str, workers: int | None, engine: str, address: str | None) -> Work:
    """Return the function that processes documents: here, in worker processes, or on Ray."""
    source = click.get_current_context().get_parameter_source("address")
    if engine != "ray" and source is ParameterSource.COMMANDLINE:
        raise click.UsageError("--address is the address of a Ray cluster: add --engine ray")
    here = min(workers, MAX_WORKERS_PER_CPU * (os.cpu_count() or 1)) if workers else None
    if engine == "ray":
        from quotes.workers.ray_actors import run_with_ray

        return lambda items: run_with_ray(
            items, address=address, actors=workers if address else here, model=model
        )
    from quotes.store.ingest import local_work

    return local_work(model, here or 1)


@click.command()
@click.argument(
    "documents",
    nargs=-1,
    required=True,
    metavar="DOCUMENT...",
    shell_complete=complete_document,
)
@store_option
@click.option(
    "--purge",
    is_flag=True,
    help="Delete its text from old files, too, and the reviews of its quotes: nothing of it is "
    "left.",
)
def remove(documents: tuple[str, ...], *, store: str, purge: bool) -> None:
    """Remove documents from a store.

    DOCUMENT is an id, as `quotes export --table documents` lists them. Reviews of its quotes are
    kept, and apply again when it is added again; with --purge they are deleted, too.

    \b
    quotes remove 002_1922ce6d63d1e91d
    quotes remove https://example.org/article --purge
    """
    from quotes.store import open_store

    with open_store(store, on_message=notify) as opened:
        opened.remove(documents, purge=purge)
    click.echo(f"{store}: {count_of(len(documents), 'document')} removed")
