"""`quotes serve`: the newsroom's page over a store."""

from __future__ import annotations

import click

from quotes.cli.options import store_option
from quotes.cli.progress import notify


@click.command()
@store_option
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Where to listen; anything but this machine needs --token.",
)
@click.option(
    "--port",
    default=8600,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="The port to listen on.",
)
@click.option(
    "--token",
    envvar="QUOTES_TOKEN",
    metavar="WORDS",
    help="Who does not know it sees nothing: at least 16 characters.  [env: QUOTES_TOKEN]",
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="Another name under which the server is asked. May be repeated.",
)
@click.option(
    "--no-fetching",
    is_flag=True,
    help="Never fetch a page of the web, not even when somebody asks for it.",
)
@click.option(
    "--model",
    default="embedded",
    show_default=True,
    metavar="MODEL",
    help="As in extract: reads what is added from the page.",
)
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
    """Open the newsroom's page: search, read, check and correct who said what.

    The page is for this machine alone, calls no other server, and works without a network. Stop it with Ctrl-C.

    \b
    quotes serve
    quotes serve --store archive --port 9000
    QUOTES_TOKEN="sixteen words or more" quotes serve --host 0.0.0.0 --allow-host newsroom.example
    """
    from quotes.store import open_store
    from quotes.web import Settings
    from quotes.web import serve as serve_until_stopped

    settings = Settings(
        host=host, port=port, token=token, hosts=hosts, fetching=not no_fetching, model=model
    )
    settings.check()
    with open_store(store, on_message=notify) as opened:
        shown = (
            f"[{host}]"
            if ":" in host
            else "localhost"
            if host in ("127.0.0.1", "0.0.0.0")
            else host
        )
        click.echo(
            f"quotes: {opened.path} at http://{shown}:{port}/{'?token=' + token if token else ''} (Ctrl-C stops it)",
            err=True,
        )
        serve_until_stopped(opened, settings)
    return 0
