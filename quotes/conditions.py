"""Conditions of quotes as keyword arguments, so that a type checker finds a misspelt one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypedDict


class Conditions(TypedDict, total=False):
    """Conditions of quotes, as `quotes.store.Selection` describes them."""

    about: str | None
    about_or_by: Sequence[tuple[str | None, Sequence[str]]] | None
    acts: Sequence[str] | str
    confidence_band: str | None
    copies: bool
    documents: Sequence[str] | None
    factuality: str | Sequence[str] | None
    ids: Sequence[str] | None
    kind: str | Sequence[str] | None
    names: Sequence[str] | None
    outlet: str | Sequence[str] | None
    review: str | Sequence[str] | None
    role: str | None
    roles: Sequence[str] | None
    rule: str | Sequence[str] | None
    since: date | str | None
    speaker_ids: Sequence[str] | None
    type: str | Sequence[str] | None
    until: date | str | None
    without_speaker: bool
    year: str | Sequence[str] | None
