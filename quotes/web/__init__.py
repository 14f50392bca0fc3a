"""The web app: pages and JSON over a store, for one machine.

    app(store, settings)     the app, for uvicorn or a test
    serve(store, settings)   until it is stopped

In: a store. Out: pages, the same as JSON under /api/, lists as CSV. Reviews go into the store.
Nothing is fetched from elsewhere, but an address that a user asks for; no path of a request reaches
the file system. The web framework is known only here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotes.web.settings import Settings

if TYPE_CHECKING:
    from quotes.store import Store

__all__ = ["Settings", "app", "serve"]


def app(store: Store, settings: Settings | None = None) -> Any:
    """Make the app over a store, as ASGI.

    Raises:
        InputError: The settings are unsafe.
    """
    from quotes.web.app import make_app

    return make_app(store, settings or Settings())


def serve(store: Store, settings: Settings) -> None:
    """Serve the app until it is stopped.

    Raises:
        InputError: The settings are unsafe, or the port is taken.
    """
    from quotes.web.app import run

    run(store, settings)
