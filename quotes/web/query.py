"""What somebody typed into the search box: words, phrases, names, "X about Y".

In: the text, and the speakers of a store. Out: a `Query`, whose words and speakers narrow a
`Selection`, and which finds its own words again in a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from quotes.records import Speaker
from quotes.store import Store
from quotes.store import speakers as speaker_queries
from quotes.store.quote_table import QuoteTable
from quotes.text.folding import fold_accents, fold_case
from quotes.web import speakers
from quotes.web.name_index import name_index

Look = Literal["words", "speaker"]
Part = tuple[str | None, tuple[str, ...]]

LOOKS: tuple[Look, ...] = ("words", "speaker")
PHRASE = re.compile(r'["“”„«»]([^"“”„«»]+)["“”„«»]|(\S+)')
ABOUT = re.compile(
    r"(?:what\s+(?:has|have|did|does|do)\s+)?(?P<who>\S.*?)\s+"
    r"(?:(?:said|say|says)\s+)?(?:about|on)\s+(?P<topic>\S.*?)\s*\??",
    re.IGNORECASE | re.DOTALL,
)
TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for.

    Attributes:
        text: As it was typed, on one line.
        terms: Words, and phrases that stood in quotation marks.
        people: Ids of the speakers whose name the terms are, or who are asked about.
        parts: Each term with the ids of speakers who have it in their name.
        topic: True for what speakers said about something: `people` with words of the topic.
    """

    text: str = ""
    terms: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    topic: bool = False

    def conditions(self, look: Look | None) -> dict[str, Any]:
        """Return the conditions of a selection.

        Args:
            look: Where to look for the terms: in words of quotes, in names of speakers; in both
                if None.
        """
        if not self.terms:  # what has no letter and no digit is no condition
            return {}
        words = tuple((term, ()) for term in self.terms)
        by: tuple[Part, ...] = ((None, self.people),)
        if self.topic:
            return {"about_or_by": (*by, *words)}
        if look == "words":
            return {"about_or_by": words}
        return {"about_or_by": by if look == "speaker" else self.parts}


def one_line(text: str) -> str:
    """Return a text on one line, with single spaces."""
    return " ".join(text.split())


def terms_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, and the phrases that stand in quotation marks as one each."""
    found = (one_line(phrase or word) for phrase, word in PHRASE.findall(text))
    return tuple(term for term in found if any(char.isalnum() for char in term))


def words_query(text: str) -> Query:
    """Return the query for words alone."""
    return Query(one_line(text), terms_of(text))


def read_query(store: Store, table: QuoteTable, text: str) -> Query:
    """Return the query that a text is, with the speakers it may mean."""
    made: Query = table.cached(("query", text), lambda: _read_query(store, table, text))
    return made


def _read_query(store: Store, table: QuoteTable, text: str) -> Query:
    text = one_line(text)
    asked = ABOUT.fullmatch(text)
    if asked:
        people = _meant(store, table, asked["who"])
        if people:
            return Query(text, terms_of(asked["topic"]), people, topic=True)
    terms = terms_of(text)
    names = name_index(store)
    by_term = [names.speakers(term) for term in terms]
    every = frozenset.intersection(*by_term) if by_term else frozenset[str]()
    people = tuple(sorted(every.union(_ids(speakers.named(store, table, text)))))
    parts = tuple(
        (term, tuple(sorted(ids.union(people)))) for term, ids in zip(terms, by_term, strict=True)
    )
    return Query(text, terms, people, parts)


def _meant(store: Store, table: QuoteTable, name: str) -> tuple[str, ...]:
    """Return the ids of those whom a name may mean, most quoted first; () for what is no name.

    "Trump" means Donald Trump, too, but not the Trump campaign: all are of the kind of the first.
    """
    exact = _ids(speakers.named(store, table, name))
    if not exact:
        return ()
    names = name_index(store)
    plain = speakers.without_titles(store, name)
    ids = names.speakers(name) | names.speakers(plain) | set(exact)
    quoted = speaker_queries.counts_of(table, sorted(ids))
    return tuple(row["id"] for row in quoted if row["kind"] == quoted[0]["kind"]) or exact


def _ids(found: Iterable[Speaker]) -> tuple[str, ...]:
    return tuple(speaker.id for speaker in found)


def highlighted(text: str, terms: Sequence[str]) -> list[tuple[str, bool]]:
    """Return a text in pieces, each with True where a search found it.

    As in the search, the last word of a term may be the beginning of a word.
    """
    tokens = [(found.start(), found.end(), _folded(found[0])) for found in TOKEN.finditer(text)]
    wanted = [parts for term in terms if (parts := [_folded(t) for t in TOKEN.findall(term)])]
    hits = set[int]()
    for at in range(len(tokens)):
        for parts in wanted:
            there = [folded for _, _, folded in tokens[at : at + len(parts)]]
            begins = len(there) == len(parts) and there[-1].startswith(parts[-1])
            if begins and there[:-1] == parts[:-1]:
                hits.update(range(at, at + len(parts)))
    pieces, done = list[tuple[str, bool]](), 0
    for start, end in _runs(tokens, sorted(hits)):
        if start > done:
            pieces.append((text[done:start], False))
        pieces.append((text[start:end], True))
        done = end
    return pieces + ([(text[done:], False)] if done < len(text) else [])


def _runs(tokens: Sequence[tuple[int, int, str]], hits: Sequence[int]) -> list[tuple[int, int]]:
    """Return where each run of neighbouring hits starts and ends."""
    runs = list[tuple[int, int]]()
    for place, at in enumerate(hits):
        start, end, _ = tokens[at]
        if place and hits[place - 1] == at - 1:
            runs[-1] = runs[-1][0], end
        else:
            runs.append((start, end))
    return runs


def _folded(word: str) -> str:
    return fold_case(fold_accents(word))
