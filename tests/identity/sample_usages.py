"""Usages of names, speakers and reviews made by hand, for tests of identity resolution."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from quotes.records import Action, Kind, NameUsage, Review, Speaker
from quotes.store import entity_resolution
from tests.builders import ENGLISH

identify = partial(entity_resolution.identify, language=ENGLISH)


def use(
    name: str,
    kind: Kind | None = "person",
    *,
    quotes: int = 1,
    documents: Sequence[str] = ("d1",),
    roles: Sequence[str] = (),
    others: Sequence[str] = (),
) -> NameUsage:
    rows = tuple((role, 1) for role in roles)
    return NameUsage(
        name=name,
        kind=kind,
        quotes=quotes,
        documents=tuple(documents),
        roles=rows,
        others=tuple(others),
    )


def groups(speakers: Sequence[Speaker]) -> set[frozenset[str]]:
    return {frozenset(alias.name for alias in speaker.aliases) for speaker in speakers}


def review_row(
    number: int,
    action: Action,
    *names: str,
    day: int = 1,
    undoes: str | None = None,
    documents: Sequence[str] = (),
) -> Review:
    at = datetime(2024, 1, day, tzinfo=UTC)
    return Review(
        id=f"j{number}",
        action=action,
        by="Ann",
        at=at,
        names=names,
        undoes=undoes,
        documents=tuple(documents),
        why="checked",
    )


PEOPLE = identify(
    [
        use("Mahmoud Abbas"),
        use("Abu Mazen"),
        use("Dmitry Peskov"),
        use("Peskov"),
        use("Hamas", "organization"),
    ]
)
