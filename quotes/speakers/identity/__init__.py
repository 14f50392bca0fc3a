"""A stand-in until the branch of identity lands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from quotes.records import Alias, Judgement, Speaker, Use


@dataclass(frozen=True)
class KnownPerson:
    name: str


def read_known(path: Path) -> tuple[KnownPerson, ...]:
    return ()


def identify(uses: Sequence[Use], *, known: Sequence[KnownPerson] = ()) -> tuple[Speaker, ...]:
    return tuple(
        Speaker(id=u.name.lower().replace(" ", "-"), name=u.name, kind=u.kind, aliases=(Alias(u.name, u.kind, 1, ""),)) for u in uses
    )


def with_judgements(speakers: Sequence[Speaker], judgements: Sequence[Judgement]) -> tuple[Speaker, ...]:
    return tuple(speakers)


def find(name: str, speakers: Sequence[Speaker]) -> tuple[Speaker, ...]:
    return tuple(s for s in speakers if s.name == name)


def nearest(name: str, speakers: Sequence[Speaker]) -> tuple[Speaker, ...]:
    return tuple(speakers[:3])
