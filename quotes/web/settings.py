"""What a person may set when serving, and what is refused. Data only."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from quotes.errors import InputError

if TYPE_CHECKING:
    from quotes.pipeline import Processed
    from quotes.records import Failure
    from quotes.store.ingest import Item

LOCAL = ("127.0.0.1", "localhost", "::1")
LEAST_TOKEN = 16  # characters: what is shorter can be guessed

Work = Callable[["Iterable[Item]"], "Iterator[Processed | Failure]"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`host` and `port` to listen on; `token` that every request must then know; `hosts` are more names under which it may be asked.

    `model` reads what is added from the page, with `work` in its place in tests; `parser` gives the parser of a language that draws the
    trees. `secret` signs what forms carry, anew for each start. `fetching`: whether an address may be fetched when a user asks.
    """

    host: str = "127.0.0.1"
    port: int = 8600
    token: str | None = None
    hosts: tuple[str, ...] = ()
    model: str = "embedded"
    fetching: bool = True
    work: Work | None = None
    parser: Callable[[str], Any] | None = None
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """The names that a Host header may give, without port."""
        own = (self.host,) if self.host not in ("0.0.0.0", "::") else ()
        return frozenset(name.lower() for name in (*LOCAL, *own, *self.hosts))

    def check(self) -> None:
        """Raises InputError where everybody on the network could read and change the store."""
        if self.token is not None and len(self.token) < LEAST_TOKEN:
            raise InputError(
                f"--token: has {len(self.token)} characters: give at least {LEAST_TOKEN} that nobody can guess"
            )
        if self.host not in LOCAL and not self.token:
            raise InputError(
                f"--host {self.host}: other machines could read and change the store: give --token WORDS as well, or leave out --host"
            )
