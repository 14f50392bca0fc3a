"""Speakers as `quotes speakers` shows them: numbers in words, and one speaker in detail.

In: a store and a speaker, or a row of the list. Out: lines of text, or plain values for JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from quotes.output.dates import exact_period_text, period_text
from quotes.output.numbers import count_of

if TYPE_CHECKING:
    from quotes.identity import MergeCandidate, RoleSpan
    from quotes.records import Alias, Speaker
    from quotes.store import Store
    from quotes.store.speakers import Listed

COLUMNS = (
    "id", "name", "kind", "role", "quotes", "direct", "quoted_in", "documents",
    "first", "first_precision", "last", "last_precision",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SpeakerDetails:
    """A speaker with its numbers, its roles over time, and speakers that may be the same."""

    speaker: Speaker
    numbers: Listed | None
    roles: tuple[RoleSpan, ...]
    similar: tuple[MergeCandidate, ...]


def speaker_details(store: Store, speaker: Speaker) -> SpeakerDetails:
    """Return what is known of one speaker."""
    from quotes.identity import candidates
    from quotes.store.speakers import list_speakers, roles

    own = next((row for row in list_speakers(store) if row.id == speaker.id), None)
    similar = candidates(speaker, store.speakers(), language=store.language, limit=5)
    return SpeakerDetails(speaker, own, tuple(roles(store, speaker)), similar)


def detail_lines(about: SpeakerDetails) -> list[str]:
    """Return the lines that describe one speaker."""
    from quotes.output.terminal.safe_text import printable

    speaker, own = about.speaker, about.numbers
    wikidata = f" · {speaker.wikidata}" if speaker.wikidata else ""
    kind = speaker.kind or "kind unknown"
    lines = [f"{printable(speaker.name)} ({kind}) · {speaker.id}{wikidata}"]
    if own is None:
        lines.append("    not quoted")
    else:
        lines.append(f"    {quoted_text(own)}{days_of(own)}")
    lines += ["", "    names"]
    lines += [f"        {printable(a.name)} · {a.reason}{_score(a)}" for a in speaker.aliases]
    if about.roles:
        lines += ["", "    roles"]
        for role in about.roles:
            seen = days_text(role.first, role.last)
            articles = count_of(role.documents, "article")
            lines.append(f"        {printable(role.role)}{seen} · in {articles}")
    if about.similar:
        lines += ["", "    possibly the same"]
        lines += [
            f"        {printable(c.other.name)} ({c.other.id}) · {c.score:.0%} · {c.reason}"
            for c in about.similar
        ]
    return lines


def detail_object(about: SpeakerDetails) -> dict[str, Any]:
    """Return one speaker as JSON: the columns of the list, and its names, roles and candidates."""
    speaker, own = about.speaker, about.numbers
    numbers = dict(zip(COLUMNS, listed_values(own), strict=True)) if own else dict.fromkeys(COLUMNS)
    if own is None:
        numbers |= {"quotes": 0, "direct": 0, "quoted_in": 0}
    plain = numbers | {"id": speaker.id, "name": speaker.name, "kind": speaker.kind}
    return {
        **{name: iso_or_same(value) for name, value in plain.items()},
        "wikidata": speaker.wikidata,
        "names": [
            {"name": a.name, "reason": a.reason, "score": a.score, "by": a.by}
            for a in speaker.aliases
        ],
        "roles": [
            {
                "role": role.role,
                "first": iso_or_same(role.first),
                "last": iso_or_same(role.last),
                "documents": role.documents,
            }
            for role in about.roles
        ],
        "possibly_the_same": [
            {"id": c.other.id, "name": c.other.name, "score": c.score, "reason": c.reason}
            for c in about.similar
        ],
    }


def iso_or_same(value: Any) -> Any:
    """Return a day in ISO 8601, any other value as it is."""
    return value.isoformat() if isinstance(value, date) else value


def quoted_text(row: Listed) -> str:
    """Return the numbers of a speaker: "185 quotes in 24 articles (58 direct), named in 26"."""
    if not row.quotes:
        return f"not quoted, named in {count_of(row.documents, 'article')}"
    quotes, articles = count_of(row.quotes, "quote"), count_of(row.quoted_in, "article")
    named = f", named in {row.documents:,}" if row.documents > row.quoted_in else ""
    return f"{quotes} in {articles} ({row.direct:,} direct){named}"


def _score(alias: Alias) -> str:
    """Return how likely it is that a name is the speaker's, where a program decided it."""
    return f" · {alias.score:.0%}" if alias.by == "machine" and alias.score < 1 else ""


def days_text(first: date | None, last: date | None) -> str:
    """Return days as ", 5 March 2024 – 1 June 2024", or "" where none is known."""
    return f", {period_text(first, last or first)}" if first else ""


def days_of(row: Listed) -> str:
    """Return the days of a speaker as exactly as they are known: ", 2021 – 10 May 2022"."""
    ends = (row.first, row.first_precision), (row.last, row.last_precision)
    period = exact_period_text(ends)
    return f", {period}" if period else ""


def listed_values(row: Listed) -> list[Any]:
    """Return the values of a speaker in the order of COLUMNS."""
    return [getattr(row, name) for name in COLUMNS]
