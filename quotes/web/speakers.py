"""Speakers as their pages show them: names and why they are one, roles with dates, company, and who may be the same.

In: a store and its table in memory. Out: plain values. What decides who is who lies in `quotes.identity`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz, process

from quotes import identity
from quotes.errors import SpeakerError
from quotes.identity import RoleSpan
from quotes.records import Speaker
from quotes.store import Store, speakers
from quotes.store.quote_table import IS_COUNTED, QUOTES_IN_MEMORY, QuoteTable, Rows
from quotes.web.errors import Refused

CANDIDATES = 6
LOOKED_AT = 60  # speakers compared with one
ALIKE = 72.0  # of 100: letters that two names share, for them to be compared
SAME_START = 4  # letters
TOGETHER = f"""
    SELECT speaker_id, any_value(speaker_name) AS name, count(DISTINCT document) AS articles FROM {QUOTES_IN_MEMORY}
    WHERE document IN (SELECT document FROM {QUOTES_IN_MEMORY} WHERE speaker_id = ?) AND speaker_id <> ? AND {IS_COUNTED}
    GROUP BY speaker_id ORDER BY articles DESC, name LIMIT 10"""
MONTHS = f"""
    SELECT strftime(date_trunc('month', day), '%Y-%m') AS month, type, count(*) AS quotes FROM {QUOTES_IN_MEMORY}
    WHERE speaker_id = ? AND day IS NOT NULL AND {IS_COUNTED} GROUP BY ALL ORDER BY month, type"""
DATED = f"""
    SELECT id, document, words, type, day, said_on, said_precision, published, outlet, title, role, confidence, review, reviewed_by
    FROM {QUOTES_IN_MEMORY} WHERE speaker_id = ? AND day IS NOT NULL AND {IS_COUNTED} ORDER BY day, document, position"""
LISTED = f"""
    SELECT speaker_id AS id, any_value(speaker_name) AS name, any_value(kind) AS kind, count(*) AS quotes,
           count(DISTINCT document) AS articles, count(DISTINCT outlet) AS outlets, min(day) AS first, max(day) AS last
    FROM {QUOTES_IN_MEMORY} WHERE speaker_id IS NOT NULL AND {IS_COUNTED} GROUP BY speaker_id"""
SORTS = {
    "quotes": "quotes DESC, name",
    "name": "name",
    "newest": "last DESC NULLS LAST, name",
    "outlets": "outlets DESC, name",
}


def speaker_of(store: Store, name: str) -> Speaker:
    """The speaker of an id, else of a name. Raises Refused."""
    try:
        return store.speaker(name)
    except SpeakerError as error:
        raise Refused(404, str(error)) from error


def listed(
    quote_table: QuoteTable,
    *,
    words: str | None = None,
    kind: str | None = None,
    sort: str = "quotes",
    page: int = 1,
    size: int = 50,
) -> tuple[Rows, int]:
    """Speakers with how much they said, a page of them, and how many there are."""
    query, values = f"SELECT * FROM ({LISTED}) WHERE TRUE", list[Any]()
    for word in (words or "").split():
        query += " AND contains(lower(name), ?)"
        values.append(word.lower())
    if kind:
        query += " AND kind = ?"
        values.append(kind)
    total = int(quote_table.rows(f"SELECT count(*) AS n FROM ({query})", values)[0]["n"])
    return quote_table.rows(
        f"{query} ORDER BY {SORTS[sort]}, id LIMIT {int(size)} OFFSET {(page - 1) * int(size)}",
        values,
    ), total


def named(store: Store, quote_table: QuoteTable, words: str) -> tuple[Speaker, ...]:
    """The speakers whose name this is; () where the words are no name."""
    if len(words) > 80 or len(words.split()) > 6:
        return ()
    found: tuple[Speaker, ...] = quote_table.cached(
        ("named", words),
        lambda: identity.find(
            words, _sharing_a_word(store.speakers(), words), language=store.language
        ),
    )
    return found[:5]


def _sharing_a_word(speakers: Sequence[Speaker], words: str) -> list[Speaker]:
    """Those of whose names one has a word of these: comparing thousands as names takes long."""
    asked = set(identity.latin_key(words).split())
    return [
        s
        for s in speakers
        if any(not asked.isdisjoint(identity.latin_key(alias.name).split()) for alias in s.aliases)
    ]


def names_of(speaker: Speaker) -> list[dict[str, Any]]:
    """The names of a speaker, each with why it is one and who said so."""
    return [
        {"name": a.name, "kind": a.kind, "score": round(a.score, 3), "reason": a.reason, "by": a.by}
        for a in speaker.aliases
    ]


def roles(store: Store, quote_table: QuoteTable, speaker: Speaker) -> list[dict[str, Any]]:
    """The roles in which articles name somebody, with the days between which they were seen."""
    return [
        {
            "role": r.role,
            "forms": list(r.forms),
            "first": r.first,
            "last": r.last,
            "articles": r.documents,
        }
        for r in role_spans(store, quote_table, speaker)
    ]


def role_spans(store: Store, quote_table: QuoteTable, speaker: Speaker) -> tuple[RoleSpan, ...]:
    """Return the same as records."""
    found: tuple[RoleSpan, ...] = quote_table.cached(
        ("roles", speaker), lambda: speakers.roles(store, speaker)
    )
    return found


def together(quote_table: QuoteTable, speaker: Speaker) -> Rows:
    """Who is quoted in the same articles, most often first."""
    return quote_table.rows(TOGETHER, [speaker.id, speaker.id])


def months(quote_table: QuoteTable, speaker: Speaker) -> Rows:
    """How many quotes of each type there are in each month."""
    return quote_table.rows(MONTHS, [speaker.id])


def dated(quote_table: QuoteTable, speaker: Speaker) -> Rows:
    """The quotes of which a day is known, in order of time."""
    return quote_table.rows(DATED, [speaker.id])


def candidates(store: Store, quote_table: QuoteTable, speaker: Speaker) -> list[dict[str, Any]]:
    """Speakers who may be the same, each with how likely that is (0 to 1) and why, the likeliest first."""
    others = _alike_names(store.speakers(), speaker)
    found = quote_table.cached(
        ("candidates", speaker),
        lambda: identity.candidates(speaker, others, language=store.language, limit=CANDIDATES),
    )
    return [
        {"id": c.other.id, "name": c.other.name, "score": round(c.score, 3), "reason": c.reason}
        for c in found
    ]


def _alike_names(speakers: Sequence[Speaker], speaker: Speaker) -> list[Speaker]:
    """Those whose names share a word, its beginning or most letters: comparing all of thousands would take seconds."""
    words = {
        word[:SAME_START].lower()
        for alias in speaker.aliases
        for word in alias.name.split()
        if len(word) >= SAME_START
    }
    near = [
        s
        for s in speakers
        if s.id != speaker.id
        and any(w[:SAME_START].lower() in words for a in s.aliases for w in a.name.split())
    ]
    letters = process.extract(
        speaker.name,
        {s.id: s.name for s in speakers},
        scorer=fuzz.WRatio,
        limit=LOOKED_AT,
        score_cutoff=ALIKE,
    )
    chosen = {s.id for s in near[:LOOKED_AT]} | {name for _, _, name in letters}
    return [s for s in speakers if s.id in chosen and s.id != speaker.id]
