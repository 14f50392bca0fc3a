"""Speakers as their pages show them: names and why they are one, roles with dates, who they are quoted with, with whom they could be merged.

In: a store and its table in memory. Out: plain values. What decides who is who lies in `quotes.speakers.identity`; where it does not offer
candidates, names that are nearly the same are offered.
"""

from __future__ import annotations

from typing import Any

from rapidfuzz import fuzz, process

from quotes.errors import SpeakerError
from quotes.records import Speaker
from quotes.speakers import identity
from quotes.store import Store
from quotes.web.errors import Refused
from quotes.web.shelf import SHELF, Rows, Shelf

ALIKE = 72.0  # of 100, from which names are offered as candidates
CANDIDATES = 5
ROLES = """
    SELECT role, min(published) AS first, max(published) AS last, count(DISTINCT document) AS articles FROM roles
    WHERE name IN (SELECT unnest(?)) GROUP BY lower(role), role ORDER BY first NULLS LAST, role LIMIT 100"""
TOGETHER = f"""
    SELECT speaker_id, any_value(speaker_name) AS name, count(DISTINCT document) AS articles FROM {SHELF}
    WHERE document IN (SELECT document FROM {SHELF} WHERE speaker_id = ?) AND speaker_id <> ? AND copy_of IS NULL
    GROUP BY speaker_id ORDER BY articles DESC, name LIMIT 10"""
MONTHS = f"""
    SELECT strftime(date_trunc('month', day), '%Y-%m') AS month, type, count(*) AS quotes FROM {SHELF}
    WHERE speaker_id = ? AND day IS NOT NULL AND copy_of IS NULL GROUP BY ALL ORDER BY month, type"""
LISTED = f"""
    SELECT speaker_id AS id, any_value(speaker_name) AS name, any_value(kind) AS kind, count(*) AS quotes,
           count(DISTINCT document) AS articles, count(DISTINCT outlet) AS outlets, min(day) AS first, max(day) AS last
    FROM {SHELF} WHERE speaker_id IS NOT NULL AND copy_of IS NULL GROUP BY speaker_id"""
SORTS = {"quotes": "quotes DESC, name", "name": "name", "newest": "last DESC NULLS LAST, name", "outlets": "outlets DESC, name"}


def speaker_of(store: Store, name: str) -> Speaker:
    """The speaker of an id, else of a name. Raises Refused."""
    try:
        return store.speaker(name)
    except SpeakerError as error:
        raise Refused(404, str(error)) from error


def listed(
    shelf: Shelf, *, words: str | None = None, kind: str | None = None, sort: str = "quotes", page: int = 1, size: int = 50
) -> tuple[Rows, int]:
    """Speakers with how much they said, a page of them, and how many there are."""
    query, values = f"SELECT * FROM ({LISTED}) WHERE TRUE", list[Any]()
    for word in (words or "").split():
        query += " AND contains(lower(name), ?)"
        values.append(word.lower())
    if kind:
        query += " AND kind = ?"
        values.append(kind)
    total = int(shelf.rows(f"SELECT count(*) AS n FROM ({query})", values)[0]["n"])
    return shelf.rows(f"{query} ORDER BY {SORTS[sort]}, id LIMIT {int(size)} OFFSET {(page - 1) * int(size)}", values), total


def named(store: Store, words: str) -> tuple[Speaker, ...]:
    """The speakers whose name this is; () where the words are no name."""
    if len(words) > 80 or len(words.split()) > 6:
        return ()
    return tuple(identity.find(words, store.speakers()))[:5]


def names_of(speaker: Speaker) -> list[dict[str, Any]]:
    """The names of a speaker, each with why it is one and who said so."""
    return [{"name": a.name, "kind": a.kind, "score": round(a.score, 3), "reason": a.reason, "by": a.by} for a in speaker.aliases]


def roles(store: Store, shelf: Shelf, speaker: Speaker) -> Rows:
    """The roles in which articles name somebody, with the days between which they were seen."""
    names = [alias.name for alias in speaker.aliases] or [speaker.name]
    found: Rows = shelf.kept(("roles", speaker.id, *names), lambda: store.session().rows(ROLES, [names]))
    return found


def together(shelf: Shelf, speaker: Speaker) -> Rows:
    """Who is quoted in the same articles, most often first."""
    return shelf.rows(TOGETHER, [speaker.id, speaker.id])


def months(shelf: Shelf, speaker: Speaker) -> Rows:
    """How many quotes of each type there are in each month."""
    return shelf.rows(MONTHS, [speaker.id])


def candidates(store: Store, speaker: Speaker) -> list[tuple[Speaker, float, str]]:
    """Speakers who may be the same, each with how likely that is (0 to 1) and why, the likeliest first."""
    offered = getattr(identity, "candidates", None)  # not in every version
    if offered is not None:
        return [_candidate(found) for found in offered(speaker, store.speakers())][:CANDIDATES]
    others = [s for s in store.speakers() if s.id != speaker.id and s.kind == speaker.kind]
    found = process.extract(speaker.name, [s.name for s in others], scorer=fuzz.WRatio, limit=CANDIDATES, score_cutoff=ALIKE)
    return [(others[at], score / 100, "the names are nearly the same") for _, score, at in found]


def _candidate(found: Any) -> tuple[Speaker, float, str]:
    """A candidate as identity gives it: a tuple, or a record with speaker, score and reason."""
    if isinstance(found, Speaker):
        return found, 0.0, "may be the same"
    if isinstance(found, tuple):
        return found[0], float(found[1]), str(found[2]) if len(found) > 2 else ""
    return found.speaker, float(found.score), str(getattr(found, "reason", ""))
