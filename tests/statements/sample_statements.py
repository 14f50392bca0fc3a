"""A small collection of statements, for tests of answers and of how they are shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from quotes.statements import Statement

FIRST, THEN = date(2024, 3, 4), date(2024, 3, 5)


def printed(number: int, words: str, **known: Any) -> Statement:
    """Make a statement of Ilse Kranich, unless said otherwise."""
    made: dict[str, Any] = {
        "id": f"{number:016x}",
        "document": f"d{number}",
        "words": words,
        "speaker_id": "kranich",
        "speaker": "Ilse Kranich",
    }
    return Statement(**made | known)


COLLECTION = [
    printed(
        1,
        "Nobody will drive over this bridge before every pier has been looked at",
        outlet="The Gazette",
        published=THEN,
        role="mayor",
    ),
    printed(
        2,
        "“Nobody will drive over [this bridge] before every pier has been looked at,”",
        outlet="Daily Orm",
        published=FIRST,
    ),
    printed(
        3,
        "Nobody will drive over this bridge until every pier has been looked at",
        outlet="Velm Post",
        published=FIRST,
    ),
    printed(
        4,
        "The council will not build a tunnel under the harbour",
        published=FIRST,
        outlet="Daily Orm",
    ),
    printed(
        5,
        "You cannot ask a fishmonger to wait two years for his customers",
        speaker="Tomas Brandt",
        speaker_id="brandt",
    ),
]
