"""The settings of the server, and which of them are refused. Data only."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from quotes.errors import InputError

if TYPE_CHECKING:
    from quotes.pipeline import Item, Processed
    from quotes.records import Failure

ALL_ADDRESSES = ("0.0.0.0", "::")  # of this machine
LOCAL = ("127.0.0.1", "localhost", "::1")
MIN_TOKEN_CHARS = 16  # what is shorter can be guessed

Work = Callable[["Iterable[Item]"], "Iterator[Processed | Failure]"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of a server.

    Attributes:
        host: The address to listen on.
        port: The port to listen on.
        token: A secret that every request must know.
        hosts: More names under which the server may be asked.
        model: The model that reads what is added from the page.
        fetching: True if an address may be fetched when a user asks.
        work: What reads articles in place of the model, in tests.
        parser: What gives the parser of a language for the trees.
        secret: The key that signs the cookie for the token, a new one for each start.
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
    def on_all_addresses(self) -> bool:
        """True if it listens to all addresses of this machine."""
        return self.host in ALL_ADDRESSES

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses to open in a browser, the one for this machine first."""
        own = f"[{self.host}]" if ":" in self.host else self.host
        first = "localhost" if self.host == LOCAL[0] or self.on_all_addresses else own
        token = f"?token={quote(self.token)}" if self.token else ""
        return tuple(f"http://{name}:{self.port}/{token}" for name in (first, *self.hosts))

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """The names that a Host header may give, without the port."""
        own = () if self.on_all_addresses else (self.host,)
        return frozenset(name.lower() for name in (*LOCAL, *own, *self.hosts))

    def check(self) -> None:
        """Check that not everybody on the network can read and change the store.

        Raises:
            InputError: They could.
        """
        if self.token is not None and len(self.token) < MIN_TOKEN_CHARS:
            raise InputError(
                f"--token: has {len(self.token)} characters: "
                f"give at least {MIN_TOKEN_CHARS} that nobody can guess"
            )
        if self.host not in LOCAL and not self.token:
            raise InputError(
                f"--host {self.host}: other machines could read and change the store: "
                "give --token WORDS as well, or leave out --host"
            )
