"""Who is meant by a name that several people of a document share: "Roe", where two are called so.

In: for each of them the roles and the places where they are named, by the number of the entity.
Out: a `Bearer`, None where a reader could not tell.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from quotes.speakers.entities import HeldRole
from quotes.speakers.role_phrases import Role

HALF_LIFE_CHARS = 1500  # after which an earlier mention has half its weight
MIN_SHARE = 0.6  # of the evidence for all, with which a name goes to one of them
CLEAR_SHARE = 0.75  # of it, with which it goes to one although another was named last
FURTHER_BACK = 3  # times as far as who was named last the others must be
MAX_CONFIDENCE = 0.9
NAMED_LAST = 0.75  # confidence of who was named last


@dataclass(frozen=True, slots=True)
class Bearer:
    """The one of several entities that a shared name names; `how` says what it was told by."""

    entity: int
    how: str
    confidence: float


def of_office(held: Mapping[int, Sequence[HeldRole]], roles: Sequence[Role]) -> Bearer | None:
    """Return the one who holds the office beside the name.

    "Prime Minister Roe", where another Roe is a judge.

    Args:
        held: The roles of each entity.
        roles: Those beside the name.
    """
    found = [
        entity
        for entity, known in held.items()
        if any(role.words <= other.words for role in roles for other in known)
    ]
    return Bearer(found[0], "the one of this office", MAX_CONFIDENCE) if len(found) == 1 else None


def last_named(
    named_at: Mapping[int, Sequence[int]],
    at: int,
    starts: Sequence[int],
    in_office: Set[int] = frozenset(),
) -> Bearer | None:
    """Return the one named most and last before an offset, if it is clear.

    Where none is named much more, it is the one who was named last, and the others long before, or
    in a sentence before and only by name.

    Args:
        named_at: The offsets at which each entity is named.
        at: The offset of the name.
        starts: The offsets of the sentences.
        in_office: The entities of which the text tells an office.
    """
    weight = {
        entity: sum(1.0 + 2.0 * 0.5 ** ((at - a) / HALF_LIFE_CHARS) for a in places if a <= at)
        + 0.1
        for entity, places in named_at.items()
    }
    best = max(weight, key=lambda entity: weight[entity])
    share = weight[best] / sum(weight.values())
    seen = {
        entity: max((a for a in places if a <= at), default=-1)
        for entity, places in named_at.items()
    }
    last, next_to_last = sorted(seen, key=lambda entity: -seen[entity])[:2]
    apart = bisect_right(starts, seen[last]) > bisect_right(starts, seen[next_to_last])
    further = at - seen[next_to_last] >= FURTHER_BACK * (at - seen[last]) or in_office == {last}
    if apart and further and share < (MIN_SHARE if last == best else CLEAR_SHARE):
        return Bearer(last, "named last", NAMED_LAST)
    sure = round(min(MAX_CONFIDENCE, share), 3)
    return Bearer(best, "the likeliest", sure) if share >= MIN_SHARE else None
