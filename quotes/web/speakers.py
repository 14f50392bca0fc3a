"""Speakers as their pages show them: names with reasons, roles with dates, possible duplicates.

In: a store and its table of quotes in memory. Out: plain values. `quotes.identity` decides who is
who; the queries are `quotes.store.speakers`.
"""

from __future__ import annotations

from typing import Any

from quotes import identity
from quotes.errors import SpeakerError
from quotes.identity import RoleSpan
from quotes.names.word_lists import load_words
from quotes.records import Speaker
from quotes.store import Store, speakers
from quotes.store.quote_table import QuoteTable
from quotes.text.folding import fold_word
from quotes.web.errors import Refused
from quotes.web.name_index import name_index

MAX_CANDIDATES = 6  # speakers shown as possibly the same
MAX_NAMED = 5  # speakers whose name a search may be
MAX_NAME_LENGTH = 80  # characters
MAX_NAME_WORDS = 6


def speaker_of(store: Store, name: str) -> Speaker:
    """Return the speaker of an id, else of a name. Raises Refused."""
    try:
        return store.speaker(name, printed=True)
    except SpeakerError as error:
        raise Refused(404, str(error)) from error


def named(store: Store, table: QuoteTable, words: str) -> tuple[Speaker, ...]:
    """Return the speakers whose name this is; () where the words are no name."""
    if len(words) > MAX_NAME_LENGTH or len(words.split()) > MAX_NAME_WORDS:
        return ()
    found: tuple[Speaker, ...] = table.cached(
        ("named", words),
        lambda: identity.find(
            words, name_index(store).sharing_a_word(words), language=store.language
        ),
    )
    return found[:MAX_NAMED]


def without_titles(store: Store, typed: str) -> str:
    """Return a name without the titles before it ("Mr Reed", "Mayor Reed" → Reed)."""
    words, lexicon = typed.split(), load_words(store.language).lexicon
    while len(words) > 1:
        first = fold_word(words[0]).rstrip(".")
        if first not in lexicon.honorifics and not lexicon.is_role(first):
            break
        words = words[1:]
    return " ".join(words)


def names_of(speaker: Speaker) -> list[dict[str, Any]]:
    """Return the names of a speaker, each with the reason why it is one and who said so."""
    return [
        {"name": a.name, "kind": a.kind, "score": round(a.score, 3), "reason": a.reason, "by": a.by}
        for a in speaker.aliases
    ]


def roles(store: Store, table: QuoteTable, speaker: Speaker) -> list[dict[str, Any]]:
    """Return the roles in which articles name a speaker, with the first and last day of each."""
    return [
        {
            "role": r.role,
            "forms": list(r.forms),
            "first": r.first,
            "last": r.last,
            "articles": r.documents,
        }
        for r in role_spans(store, table, speaker)
    ]


def role_spans(store: Store, table: QuoteTable, speaker: Speaker) -> tuple[RoleSpan, ...]:
    """Return the roles in which articles name a speaker as records."""
    found: tuple[RoleSpan, ...] = table.cached(
        ("roles", speaker), lambda: speakers.roles(store, speaker)
    )
    return found


def candidates(store: Store, table: QuoteTable, speaker: Speaker) -> list[dict[str, Any]]:
    """Return possible duplicates, each with a score from 0 to 1 and a reason, best first."""
    found = table.cached(
        ("candidates", speaker),
        lambda: identity.candidates(
            speaker,
            identity.alike_names(store.speakers(), speaker),
            language=store.language,
            limit=MAX_CANDIDATES,
        ),
    )
    return [
        {"id": c.other.id, "name": c.other.name, "score": round(c.score, 3), "reason": c.reason}
        for c in found
    ]
