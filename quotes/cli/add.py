"""`quotes add` and `quotes remove`: articles into a store and out of it."""

from __future__ import annotations

import os
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from quotes.cli.inputs import input_options, no_articles, read_documents
from quotes.cli.options import EXIT_FAILED, store_option
from quotes.cli.progress import Progress, notify, report_failure
from quotes.output.numbers import count_of

if TYPE_CHECKING:
    from quotes.records import Failure
    from quotes.store.commits import Counts
    from quotes.store.ingest import Work

ENGINES = ("local", "ray")
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
    people: str | None,
    model: str,
    parsed: str | None,
    columns: tuple[str, ...],
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
    from quotes.readers import count
    from quotes.readers.manifest import read_manifest
    from quotes.store import open_store
    from quotes.store.commits import Counts
    from quotes.store.ingest import made_by

    work = _work(model, workers, engine, address)
    if manifest:
        paths = (*paths, *read_manifest(manifest))
    items = read_documents(paths, parsed=parsed, columns=columns, metadata=metadata)
    with ExitStack() as stack:
        opened = stack.enter_context(
            open_store(store, create=True, made_by=made_by(model), on_message=notify)
        )
        if people:
            opened.set_known_people(people)
        progress = stack.enter_context(Progress(None if parsed else count(paths)))
        counts = Counts()
        failures: list[Failure] = []
        steps = stack.enter_context(closing(opened.add(items, work=work, model=model, again=again)))
        for step in steps:
            counts = step.counts
            if step.failure:
                failures.append(step.failure)
            progress.show(counts.done - counts.failed, counts.failed, skipped=counts.unchanged)
        progress.pause()
    if not counts.done:
        raise no_articles(paths)
    click.echo(f"{store}: {summary(counts)}")
    for failure in failures[:MAX_FAILURES_PRINTED]:
        report_failure(failure)
    if len(failures) > MAX_FAILURES_PRINTED:
        more = count_of(len(failures) - MAX_FAILURES_PRINTED, "more failure")
        click.echo(
            f"quotes: {more}: `quotes export --table failures --store {store}` lists all", err=True
        )
    return EXIT_FAILED if failures else 0


def summary(counts: Counts) -> str:
    """Return what a run of `quotes add` did, on one line."""
    parts = [
        f"{counts.added} new",
        f"{counts.revised} changed",
        f"{counts.unchanged} unchanged",
        f"{counts.failed} failed",
    ]
    documents, quotes = count_of(counts.done, "document"), count_of(counts.quotes, "quote")
    return f"{documents} ({', '.join(parts)}), {quotes} found"


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
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
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
