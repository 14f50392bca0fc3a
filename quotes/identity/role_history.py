"""The history of a speaker's roles, as far as articles say so.

In: `RoleOccurrence`s: the words of a role, the day of publication, the document. Out: `RoleSpan`s
in order of time. A day is when an article called the speaker so, not when the office began or
ended.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from quotes.identity.role_keys import RoleKey, alike, role_key
from quotes.language import Language
from quotes.names.word_lists import load_words

MIN_TIMES_AS_USUAL = 10  # articles of the usual wording of a role to one of a rare one


@dataclass(frozen=True, slots=True, order=True)
class RoleOccurrence:
    """A role that one article gives the speaker; `on` is its day of publication where known."""

    role: str
    on: date | None
    document: str


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """One role over time.

    Attributes:
        role: Its most frequent form.
        forms: All its forms.
        first: The first day on which it was seen, None where unknown.
        last: The last day.
        times: How often it was seen.
        documents: In how many documents.
    """

    role: str
    forms: tuple[str, ...]
    first: date | None
    last: date | None
    times: int
    documents: int


def roles_over_time(
    occurrences: Iterable[RoleOccurrence], *, language: Language
) -> tuple[RoleSpan, ...]:
    """Return the roles by the day on which they are first seen, those without a day last.

    Forms of one role are one span, and so are those that few articles print beside one that many
    do.
    """
    groups: dict[RoleKey, list[RoleOccurrence]] = defaultdict(list)
    for occurrence in sorted(occurrences, key=lambda s: (s.on or date.max, s.role, s.document)):
        key = role_key(occurrence.role, language)
        if key.words:
            groups[key].append(occurrence)
    for key, fuller in _keys_with_fuller(groups):
        groups[fuller] += groups.pop(key)
    for key in sorted(groups, key=lambda key: (_documents(groups[key]), *_order(key))):
        usual = _usual_form(key, groups, load_words(language).role_standings)
        if usual is not None:
            groups[usual] += groups.pop(key)
    spans = [_span(found) for found in groups.values()]
    return tuple(
        sorted(
            spans,
            key=lambda span: (
                span.first is None,
                span.first or date.max,
                span.last or date.max,
                span.role,
            ),
        )
    )


def main_role(articles: Mapping[str, int], *, language: Language) -> str | None:
    """Return the role that most articles print, in its most frequent form.

    Args:
        articles: The number of articles of each wording; forms of one role count together.
        language: The language of the roles.
    """
    groups: dict[RoleKey, dict[str, int]] = defaultdict(dict)
    for role, number in articles.items():
        groups[role_key(role, language)][role] = number
    for key, fuller in _keys_with_fuller(groups):
        groups[fuller] |= groups.pop(key)
    named = (forms for key, forms in groups.items() if key.words)
    most = max(named, key=lambda forms: (sum(forms.values()), max(forms)), default={})
    return min(most, key=lambda form: (-most[form], -len(form), form), default=None)


def _order(key: RoleKey) -> tuple[list[str], list[str]]:
    return sorted(key.words), sorted(key.places)


def _keys_with_fuller(groups: Mapping[RoleKey, Any]) -> Iterator[tuple[RoleKey, RoleKey]]:
    """Yield roles without a place with the one role that has it, while they are put together."""
    for key in sorted(groups, key=_order):
        fuller = _same_with_place(key, groups)
        if fuller is not None:
            yield key, fuller


def _same_with_place(key: RoleKey, groups: Mapping[RoleKey, Any]) -> RoleKey | None:
    """Return the only role that says of which place ("Russian president"), if there is one."""
    if key.places:
        return None
    fuller = [other for other in groups if other.words == key.words and other.places]
    return fuller[0] if len(fuller) == 1 else None


def _documents(found: list[RoleOccurrence]) -> int:
    return len({occurrence.document for occurrence in found})


def _usual_form(
    key: RoleKey, groups: dict[RoleKey, list[RoleOccurrence]], standings: frozenset[str]
) -> RoleKey | None:
    """Return the role of which this one is a rare wording ("first president" of a "president").

    One says more than the other, and far more articles print the other one.
    """
    least = _documents(groups[key]) * MIN_TIMES_AS_USUAL
    usual = [
        other
        for other in groups
        if other != key and _documents(groups[other]) >= least and alike(key, other, standings)
    ]
    return max(usual, key=lambda other: (_documents(groups[other]), *_order(other)), default=None)


def _span(found: list[RoleOccurrence]) -> RoleSpan:
    forms = Counter(occurrence.role for occurrence in found)
    ordered = sorted(forms, key=lambda form: (-forms[form], -len(form), form))
    days = sorted(occurrence.on for occurrence in found if occurrence.on)
    return RoleSpan(
        ordered[0],
        tuple(ordered),
        days[0] if days else None,
        days[-1] if days else None,
        len(found),
        _documents(found),
    )
