"""Speakers by a name that somebody types: to choose from, and to be sure who is meant.

In: a name, and the article in which somebody speaks. Out: speakers, those of the article first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from quotes import identity
from quotes.records import Speaker
from quotes.store import Store
from quotes.store import speakers as speaker_queries
from quotes.store.quote_table import QuoteTable
from quotes.text.folding import fold_case
from quotes.web import speakers
from quotes.web.articles import Article
from quotes.web.errors import Question, Refused
from quotes.web.name_index import name_index
from quotes.web.speakers import MAX_NAME_LENGTH

MAX_PEOPLE = 8  # that are offered
NO_NAME = ("://", "<", ">", "@", "www.")


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker to choose: `here` in this article; `role` as last named, "" if unknown."""

    id: str
    name: str
    kind: str | None
    quotes: int
    outlets: int
    here: bool

    @property
    def label(self) -> str:
        """What tells this speaker from others of the name."""
        number = f"{self.quotes:,} quote{'' if self.quotes == 1 else 's'}"
        more = [f"{self.outlets:,} outlets"] if self.outlets > 1 else []
        here = ["in this article"] if self.here else []
        return ", ".join([self.kind or "speaker", number, *more, *here])


def people_of(
    store: Store, table: QuoteTable, articles: Iterable[Article]
) -> Mapping[str, list[Person]]:
    """Return the speakers of several articles by the ids of these."""
    speaking = {article.document.id: _speaking(article) for article in articles}
    counts = _counts(table, {name for ids in speaking.values() for name in ids})
    return {
        document: _people(store, table, ids, here=ids, counts=counts)
        for document, ids in speaking.items()
    }


def people_named(
    store: Store, table: QuoteTable, typed: str, article: Article | None
) -> list[Person]:
    """Return the speakers that a name may mean: of the article first, then most quoted first."""
    names = name_index(store)
    plain = speakers.without_titles(store, typed)
    ids = {speaker.id for speaker in speakers.named(store, table, typed)}
    ids |= names.speakers(typed) | names.speakers(plain)
    here = _speaking(article) if article else ()
    return _people(store, table, ids, here=here, counts=_counts(table, ids))[:MAX_PEOPLE]


def name_meant(store: Store, table: QuoteTable, typed: str, article: Article, *, new: bool) -> str:
    """Return the name of the speaker that somebody means.

    Args:
        store: The store.
        table: Its table of quotes in memory.
        typed: What they typed; "" is nobody known.
        article: The article in which the speaker speaks.
        new: True if a speaker is meant whom the collection does not have.

    Raises:
        Refused: It is no name.
        Question: Several speakers may be meant, or none has the name.
    """
    typed = " ".join(typed.split())
    if not typed:
        return ""
    wrong = len(typed) > MAX_NAME_LENGTH or any(mark in fold_case(typed) for mark in NO_NAME)
    if wrong or not any(c.isalpha() for c in typed):
        raise Refused(400, f"speaker: {typed[:60]!r} is not a name")
    if new:
        return typed
    found = people_named(store, table, typed, article)
    key = identity.latin_key(typed)
    whole = [person for person in found if identity.latin_key(person.name) == key]
    if len(whole) == 1 and (len(found) == 1 or len(key.split()) > 1):
        return whole[0].name
    if len(found) == 1:
        return found[0].name
    if found:
        raise Question(f"Several speakers may be meant by {typed}: which one?", found)
    ids = [speaker.id for speaker in identity.nearest(typed, store.speakers())]
    near = _people(store, table, ids, here=(), counts=_counts(table, ids))
    raise Question(f"No speaker of this collection is called {typed}.", near)


def _speaking(article: Article) -> dict[str, None]:
    """Return the ids of the speakers of an article, who speaks first first."""
    return dict.fromkeys(s.row["speaker_id"] for s in article.quotes if s.row["speaker_id"])


def _counts(table: QuoteTable, ids: Iterable[str]) -> Mapping[str, Any]:
    """Return the numbers of speakers by id; those never quoted are left out."""
    every: Mapping[str, Any] = table.recent(
        ("counts of speakers",),
        lambda: {row["id"]: row for row in speaker_queries.counts_of(table, None)},
    )
    return {name: every[name] for name in ids if name in every}


def _people(
    store: Store,
    table: QuoteTable,
    ids: Iterable[str],
    *,
    here: Collection[str],
    counts: Mapping[str, Any],
) -> list[Person]:
    """Return speakers by id: those `here` first, then the most quoted; then those never quoted."""
    every: dict[str, Speaker] = table.cached(
        ("speakers by id",), lambda: {speaker.id: speaker for speaker in store.speakers()}
    )
    found = [
        Person(
            id=name,
            name=every[name].name,
            kind=every[name].kind,
            quotes=counts.get(name, {}).get("quotes", 0),
            outlets=counts.get(name, {}).get("outlets", 0),
            here=name in here,
        )
        for name in ids
        if name in every
    ]
    return sorted(found, key=lambda person: (not person.here, -person.quotes, person.name))
