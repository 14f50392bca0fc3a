"""`quotes serve`: the local web app over a store."""

from __future__ import annotations

from pathlib import Path

import click

from quotes.cli.options import model_option, store_option
from quotes.cli.progress import notify


@click.command()
@store_option
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Address to listen on; all but this machine's own need --token.",
)
@click.option(
    "--port",
    default=8600,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="Port to listen on.",
)
@click.option(
    "--token",
    envvar="QUOTES_TOKEN",
    metavar="WORDS",
    help="Access token (at least 16 characters) that users must give.  [env: QUOTES_TOKEN]",
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="Another host name under which the server is reached. May be repeated.",
)
@click.option(
    "--no-fetching",
    is_flag=True,
    help="Never fetch web pages, not even when a user asks for one.",
)
@model_option
def serve(
    store: str,
    *,
    host: str,
    port: int,
    token: str | None,
    hosts: tuple[str, ...],
    no_fetching: bool,
    model: str,
) -> int:
    """Start the local web app: search, read, check and review quotes.

    It listens to this machine only, unless --host says otherwise, loads nothing from other servers
    and works offline. Stop it with Ctrl-C.

    \b
    quotes serve
    quotes serve --store archive --port 9000
    QUOTES_TOKEN="a-long-secret-word" quotes serve --host 0.0.0.0 --allow-host newsroom.example
    """
    from quotes.store import open_store
    from quotes.store.ingest import made_by
    from quotes.web import Settings
    from quotes.web import serve as serve_until_stopped

    settings = Settings(
        host=host, port=port, token=token, hosts=hosts, fetching=not no_fetching, model=model
    )
    settings.check()
    if not Path(store).exists():
        click.echo(f"quotes: {store}: a new, empty store", err=True)
    with open_store(store, create=True, made_by=made_by(model), on_message=notify) as opened:
        places = " or ".join(settings.addresses)
        click.echo(f"quotes: {opened.path} at {places} (Ctrl-C stops it)", err=True)
        if settings.on_all_addresses and not hosts:
            click.echo(
                "quotes: other machines are refused: give the name by which they reach this one "
                "with --allow-host",
                err=True,
            )
        serve_until_stopped(opened, settings)
    return 0
