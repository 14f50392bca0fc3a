"""Usages of names as text, and usages of one name from several articles added up.

In: `NameUsage`s. Out: JSON texts, and usages again, equal to those that went in. What is counted in
two sets of articles without a common one adds up to what is counted in both together.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from quotes.records import Kind, NameUsage

MAX_DOCUMENTS = 200  # ids of documents in a usage, the first in order
MAX_OTHERS = 50  # names in a usage that are printed in the same documents, the first in order


def add_usages(usages: Iterable[NameUsage]) -> NameUsage:
    """Add up usages of one name and kind in different articles."""
    several = list(usages)
    if len(several) == 1:
        return several[0]
    roles: Counter[str] = Counter()
    for usage in several:
        roles.update(dict(usage.roles))
    return NameUsage(
        name=several[0].name,
        kind=several[0].kind,
        quotes=sum(usage.quotes for usage in several),
        documents=first_in_order((u.documents for u in several), MAX_DOCUMENTS),
        roles=tuple(sorted(roles.items(), key=lambda row: (-row[1], row[0]))),
        others=first_in_order((u.others for u in several), MAX_OTHERS),
        first=min((usage.first for usage in several if usage.first), default=None),
        last=max((usage.last for usage in several if usage.last), default=None),
    )


def first_in_order(parts: Iterable[Sequence[str]], count: int) -> tuple[str, ...]:
    """Return the first texts in order of several sequences, each once."""
    return tuple(sorted({text for part in parts for text in part})[:count])


def usage_text(usage: NameUsage) -> str:
    """Return what a usage holds besides name and kind, as JSON."""
    days = [day.isoformat() if day else None for day in (usage.first, usage.last)]
    values = [usage.quotes, usage.documents, usage.roles, usage.others, *days]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def usage_of_text(name: str, kind: Kind | None, text: str) -> NameUsage:
    """Return the usage of `usage_text`."""
    quotes, documents, roles, others, first, last = json.loads(text)
    return NameUsage(
        name=name,
        kind=kind,
        quotes=quotes,
        documents=tuple(documents),
        roles=tuple((role, times) for role, times in roles),
        others=tuple(others),
        first=date.fromisoformat(first) if first else None,
        last=date.fromisoformat(last) if last else None,
    )
