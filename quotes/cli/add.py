"""`quotes add` and `quotes remove`: articles into a store and out of it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from quotes.cli.inputs import documents, input_options, nothing_in
from quotes.cli.options import FAILED, store_option
from quotes.cli.progress import Progress, complain, notify

if TYPE_CHECKING:
    from quotes.pipeline import Processed
    from quotes.records import Failure
    from quotes.store.commits import Counts
    from quotes.store.ingest import Work

ENGINES = ("local", "ray")
SHOWN = 50  # failures named at the end of a run


@click.command()
@input_options
@store_option
@click.option(
    "--manifest",
    type=click.Path(),
    metavar="FILE",
    help="A list of more to read: one path or address a line, # begins a comment; - for standard input.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1, max=10_000),
    help="How many programs read articles at once, each with a model of its own (about 1 GB).  "
    "[default: 1; with --engine ray, one for each CPU but one]",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="local",
    show_default=True,
    help="Where the workers run: as programs of this machine, or as actors of a Ray cluster (extra ray).",
)
@click.option(
    "--address",
    metavar="HOST:PORT",
    envvar="RAY_ADDRESS",
    show_envvar=True,
    help="With --engine ray: the cluster. Without one, Ray is started on this machine for this run.",
)
@click.option(
    "--again",
    is_flag=True,
    help="Read articles again that are stored and unchanged, as after a new version or model.",
)
@click.option(
    "--people",
    type=click.Path(),
    metavar="FILE",
    help="Known people (CSV or JSON lines: name, aliases, wikidata, roles), kept with the store.",
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
    **known: Any,
) -> int:
    """Read articles and store who said what in them.

    PATH is as in `quotes extract`. What is stored already and unchanged is passed over, so that a run that was broken off goes on where it
    was; an article that changed (same id or address, other text) becomes a new revision, and the old one is kept.

    \b
    quotes add articles/ --outlet "The Daily"
    quotes add articles.csv --column text=body --store ~/quotes-store --workers 4
    find articles -name '*.html' | quotes add --manifest -
    quotes add articles.parquet --engine ray --address 10.0.0.1:6379

    On a cluster, start this on one of its machines. Files and the store need to be on that machine only: articles travel to the workers as
    text, and what comes back is stored by this program alone. A worker that is lost costs nothing, and another takes its place.
    """
    from quotes.readers import count
    from quotes.readers.manifest import read_manifest
    from quotes.store import open_store
    from quotes.store.commits import Counts
    from quotes.store.ingest import add as add_to
    from quotes.store.ingest import made_by

    work = _work(model, workers, engine, address)
    if manifest:
        paths = (*paths, *read_manifest(manifest))
    items = documents(paths, parsed=parsed, columns=columns, known=known)
    with ExitStack() as stack:
        opened = stack.enter_context(
            open_store(store, create=True, made_by=made_by(model), on_message=notify)
        )
        if people:
            opened.set_known_people(people)
        progress = stack.enter_context(Progress(None if parsed else count(paths)))
        counts = Counts()
        failures: list[Failure] = []
        steps = stack.enter_context(
            closing(add_to(opened, items, work=work, model=model, again=again))
        )
        for step in steps:
            counts = step.counts
            if step.failure:
                failures.append(step.failure)
            progress.show(counts.done - counts.failed, counts.failed, free=counts.unchanged)
        progress.pause()
    if not counts.done:
        raise nothing_in(paths)
    click.echo(f"{store}: {told(counts)}")
    for failure in failures[:SHOWN]:
        complain(failure)
    if len(failures) > SHOWN:
        click.echo(
            f"quotes: {len(failures) - SHOWN} more: `quotes export --table failures --store {store}` lists all",
            err=True,
        )
    return FAILED if failures else 0


def told(counts: Counts) -> str:
    """What a run did, in a line."""
    parts = [
        f"{counts.added} new",
        f"{counts.revised} changed",
        f"{counts.unchanged} unchanged",
        f"{counts.failed} failed",
    ]
    return f"{counts.done} documents ({', '.join(parts)}), {counts.quotes} quotes found"


def _work(model: str, workers: int | None, engine: str, address: str | None) -> Work:
    if (
        engine != "ray"
        and click.get_current_context().get_parameter_source("address")
        is ParameterSource.COMMANDLINE
    ):
        raise click.UsageError("--address is that of a Ray cluster: add --engine ray")
    here = min(workers, 4 * (os.cpu_count() or 1)) if workers else None
    if engine == "ray":
        from quotes.workers.ray_actors import run_with_ray

        return lambda items: run_with_ray(
            items, address=address, actors=workers if address else here, model=model
        )
    if here and here > 1:
        from quotes.workers.processes import run_with_workers

        return lambda items: run_with_workers(items, workers=here, model=model)
    return lambda items: _alone(items, model)


def _alone(items: Iterable[Any], model: str) -> Iterator[Processed | Failure]:
    from quotes.encoder.memory import with_room
    from quotes.parsing import load_to_keep
    from quotes.pipeline import batched, run_batches

    return run_batches(
        with_room(batched(items)), parser=lambda language: load_to_keep(model, language=language)
    )


@click.command()
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@store_option
@click.option(
    "--purge",
    is_flag=True,
    help="Take it out of old files, too, and delete the reviews of it: nothing of it is left.",
)
def remove(documents: tuple[str, ...], *, store: str, purge: bool) -> None:
    """Take documents out of a store.

    DOCUMENT is an id, as `quotes export --table documents` lists them. Decisions of people about it are kept, and apply again when it is
    added again; with --purge they go, too.

    \b
    quotes remove 002_1922ce6d63d1e91d
    quotes remove https://example.org/article --purge
    """
    from quotes.store import open_store

    with open_store(store, on_message=notify) as opened:
        opened.remove(documents, purge=purge)
    click.echo(
        f"{store}: {len(documents)} {'document' if len(documents) == 1 else 'documents'} removed"
    )
