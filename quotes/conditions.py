"""Conditions of quotes as keyword arguments, so that a type checker finds a misspelt one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypedDict


class Conditions(TypedDict, total=False):
    """Conditions of quotes, as `quotes.store.Selection` describes them."""

    about: str | None
    acts: Sequence[str] | str
    confidence_band: str | None
    copies: bool
    documents: Sequence[str] | None
    factuality: str | None
    ids: Sequence[str] | None
    kind: str | None
    names: Sequence[str] | None
    outlet: str | None
    review: str | None
    role: str | None
    rule: str | None
    since: date | str | None
    speaker_ids: Sequence[str] | None
    type: str | None
    until: date | str | None
    without_speaker: bool
    year: str | None
