"""Who is who in a collection so far: it grows by what is new.

In: usages of names, all at once or bit by bit. Out: speakers, the same whatever the order and the
parts in which the usages came. Only names that hang together with what changed are decided again:
two names that may not be one, and that no others link, cannot change each other's speaker.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import overload

from quotes.identity.canonical_names import KINDS, ids_of_slug, slug
from quotes.identity.cluster_speakers import speakers_of_clusters
from quotes.identity.clustering import cluster
from quotes.identity.known_people import KnownPerson
from quotes.identity.name_nodes import numbers_of_known, usages_of_known
from quotes.identity.profiles import Profile
from quotes.language import Language
from quotes.records import Alias, Kind, NameUsage, Speaker
from quotes.store.name_graph import NameGraph

SCHEMA = """
CREATE TABLE IF NOT EXISTS speaker (
    cluster INTEGER PRIMARY KEY, slug TEXT, id TEXT, said TEXT
);
CREATE INDEX IF NOT EXISTS speaker_by_slug ON speaker (slug);
CREATE INDEX IF NOT EXISTS speaker_by_id ON speaker (id);
CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, value BLOB);
"""
MEMORY = ":memory:"
CACHE = 64_000_000  # bytes of a file's pages that are held in memory
PUT_AT_ONCE = 20_000  # usages, of very many
READ_AT_ONCE = 10_000  # speakers, of very many
ADDITION = re.compile(rf"(.+)-(?:[0-9]+|{'|'.join(kind for kind in KINDS if kind)})$")


@dataclass(frozen=True, slots=True)
class SpeakerChanges:
    """Ids of speakers that a decision made or changed, and ids of which there is none any more."""

    changed: frozenset[str]
    gone: frozenset[str]


class Resolution:
    """Speakers of a collection, and what they were decided on."""

    def __init__(
        self,
        language: Language,
        *,
        known: Sequence[KnownPerson] = (),
        file: Path | None = None,
    ) -> None:
        """Open what was decided so far.

        Args:
            language: The language of the names.
            known: The known people; in a file always the same.
            file: The file to keep it in; without one, in memory.

        Raises:
            sqlite3.Error: where the file cannot be read or written.
        """
        self._database = sqlite3.connect(file or MEMORY, check_same_thread=False)
        self._database.execute(f"PRAGMA cache_size = -{CACHE // 1024}")
        self._database.executescript(SCHEMA)
        self._language, self._known = language, known
        self._numbers = numbers_of_known(known, language)
        self._graph = NameGraph(self._database, language, usages_of_known(known, language))
        self._changed = self._graph.put_known() if self.note("known") is None else set[int]()
        self._of_known = self._nodes_of_known()
        self.set_note("known", "put")

    def _nodes_of_known(self) -> Mapping[int, list[int]]:
        """Return the nodes of each known person by its number."""
        found: dict[int, list[int]] = {}
        query = "SELECT id FROM node WHERE key = ? AND kind IN ('person', '')"
        for key, number in self._numbers.items():
            for (node,) in self._database.execute(query, (key,)):
                found.setdefault(number, []).append(node)
        return found

    def note(self, name: str) -> bytes | str | None:
        """Return a note kept beside the decisions, None where there is none of this name."""
        row = self._database.execute("SELECT value FROM note WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_note(self, name: str, value: bytes | str) -> None:
        """Keep a note."""
        self._database.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, value))

    def usage(self, name: str, kind: Kind | None) -> NameUsage | None:
        """Return the usage of a name so far."""
        return self._graph.usage(name, kind)

    def put(
        self, usages: Iterable[NameUsage], gone: Iterable[tuple[str, Kind | None]] = ()
    ) -> None:
        """Put usages in the place of those of their names; `decide` then says who they are.

        Args:
            usages: The usages; several of one name and kind are added up.
            gone: Names and kinds that are not used any more.
        """
        self._changed |= self._graph.put(usages, gone)

    def put_all(self, usages: Iterable[NameUsage]) -> None:
        """Put usages of different names, however many: some at a time are held in memory.

        Args:
            usages: The usages, no two of one name and kind; names that may be one speaker's near
                each other, as they are then looked at together.
        """
        left = iter(usages)
        while some := list(islice(left, PUT_AT_ONCE)):
            self.put(some)

    def decide(self) -> SpeakerChanges:
        """Decide again who is who among names that hang together with what changed."""
        if self._numbers:
            self._of_known = self._nodes_of_known()
        before: dict[str, int] = {}
        slugs = set[str]()
        parts = list(self._parts())
        for nodes in parts:  # all at first: the number of one that is gone is given again
            self._remove_speakers(nodes, before, slugs)
        for nodes in parts:
            slugs |= self._decide_part([node for node in nodes if self._graph.row(node)[2]])
            for node in nodes:
                if not self._graph.row(node)[2]:
                    self._graph.remove(node)
        self._changed = set()
        after = self._assign_ids(slugs, before)
        changed = (i for i, text in after.items() if before.get(i) != text)
        return SpeakerChanges(frozenset(changed), frozenset(before.keys() - after))

    def speakers(self, ids: Iterable[str] | None = None) -> tuple[Speaker, ...]:
        """Return all speakers, or those of some ids, in order of their ids."""
        query = "SELECT id, said FROM speaker"
        if ids is None:
            rows = self._database.execute(f"{query} ORDER BY id").fetchall()
        else:
            chosen = json.dumps(sorted(ids))
            query += " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
            rows = self._database.execute(query, (chosen,)).fetchall()
        return tuple(_speaker_of(identifier, said) for identifier, said in rows)

    def every_speaker(self) -> Iterator[Speaker]:
        """Yield all speakers in order of their ids; some at a time are held in memory."""
        rows = self._database.execute("SELECT id, said FROM speaker ORDER BY id")
        while some := rows.fetchmany(READ_AT_ONCE):
            yield from (_speaker_of(identifier, said) for identifier, said in some)

    def commit(self) -> None:
        """Keep all that was put, decided and noted; a program that ends before keeps nothing."""
        self._database.commit()

    def close(self) -> None:
        """Free the memory; what was not committed is lost."""
        self._database.close()

    def __enter__(self) -> Resolution:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _parts(self) -> Iterator[list[int]]:
        """Yield the nodes that hang together with each that changed, in order."""
        left = set(self._changed)
        while left:
            found, waiting = set[int](), [left.pop()]
            while waiting:
                node = waiting.pop()
                if node not in found:
                    found.add(node)
                    waiting += self._graph.neighbours(node)
                    number = self._number(node)
                    waiting += self._of_known.get(number, ()) if number is not None else ()
            left -= found
            yield sorted(found, key=self._graph.row)

    def _number(self, node: int) -> int | None:
        """Return the number of the known person that a node is."""
        kind, key, _ = self._graph.row(node)
        return self._numbers.get(key) if kind in ("person", "") else None

    def _remove_speakers(
        self, nodes: Iterable[int], before: dict[str, int], slugs: set[str]
    ) -> None:
        """Remove the speakers of nodes, and note them (a number of each text) and their slugs."""
        query = "SELECT cluster FROM node WHERE id = ?"
        clusters = {self._database.execute(query, (node,)).fetchone()[0] for node in nodes}
        for number in clusters - {None}:
            query = "SELECT slug, id, said FROM speaker WHERE cluster = ?"
            for bare, identifier, said in self._database.execute(query, (number,)):
                slugs.add(bare)
                before[identifier] = _number_of(said)
            self._database.execute("DELETE FROM speaker WHERE cluster = ?", (number,))

    def _decide_part(self, nodes: Sequence[int]) -> set[str]:
        """Decide who is who among nodes that hang together, and return the slugs of speakers."""
        numbers = ((place, self._number(node)) for place, node in enumerate(nodes))
        known = {place: number for place, number in numbers if number is not None}
        compared = self._graph.comparisons(nodes)
        clusters = cluster(_Profiles(self._graph, nodes), self._language, known, compared)
        forms = [self._graph.forms(node) for node in nodes]
        made = set[str]()
        placed: dict[int, int | None] = dict.fromkeys(nodes)
        for speaker, places in speakers_of_clusters(clusters, forms, self._known, self._language):
            made.add(slug(speaker.name))
            row = (slug(speaker.name), "", _speaker_text(speaker))
            number = self._database.execute(
                "INSERT INTO speaker (slug, id, said) VALUES (?, ?, ?)", row
            ).lastrowid
            placed |= {nodes[place]: number for place in places}
        self._database.executemany(
            "UPDATE node SET cluster = ? WHERE id = ?", [(c, node) for node, c in placed.items()]
        )
        return made

    def _assign_ids(self, slugs: set[str], before: dict[str, int]) -> dict[str, int]:
        """Give ids to the speakers of slugs, and of others that these may take ids from.

        Args:
            slugs: The slugs of all speakers that are new or gone.
            before: A number of the text of each speaker that changed, by id; those that get another
                id are added.

        Returns:
            The numbers of the texts of these speakers by their ids now.
        """
        matched = (ADDITION.match(bare) for bare in slugs)
        after: dict[str, int] = {}
        given = list[tuple[str, int]]()
        for bare in sorted(slugs | {match[1] for match in matched if match}):
            query = "SELECT cluster, id, said FROM speaker WHERE slug = ?"
            rows = self._database.execute(query, (bare,)).fetchall()
            before.update((name, _number_of(said)) for _, name, said in rows if name)
            for number, identifier, said in self._with_ids(bare, rows):
                after[identifier] = _number_of(said)
                given.append((identifier, number))
        self._database.executemany("UPDATE speaker SET id = ? WHERE cluster = ?", given)
        return after

    def _with_ids(
        self, bare: str, rows: Sequence[tuple[int, str, str]]
    ) -> Iterator[tuple[int, str, str]]:
        """Yield the speakers of one slug (cluster, id, text), each with its id now."""
        if len(rows) < 2:
            yield from ((number, bare, said) for number, _, said in rows)
            return
        speakers = [_speaker_of("", said) for _, _, said in rows]
        by_identity = dict(zip(map(id, speakers), rows, strict=True))
        for speaker, identifier in ids_of_slug(bare, speakers, self._is_slug):
            number, _, said = by_identity[id(speaker)]
            yield number, identifier, said

    def _is_slug(self, bare: str) -> bool:
        """Tell whether a speaker has this slug."""
        query = "SELECT 1 FROM speaker WHERE slug = ? LIMIT 1"
        return self._database.execute(query, (bare,)).fetchone() is not None


def identify(
    usages: Iterable[NameUsage], *, language: Language, known: Sequence[KnownPerson] = ()
) -> tuple[Speaker, ...]:
    """Resolve the usages of a collection into speakers, in order of their ids.

    Args:
        usages: All usages, in any order.
        language: Their language.
        known: The known people.
    """
    with Resolution(language, known=known) as resolution:
        resolution.put(usages)
        resolution.decide()
        return resolution.speakers()


class _Profiles(Sequence[Profile]):
    """The profiles of nodes, made when they are asked for."""

    def __init__(self, graph: NameGraph, nodes: Sequence[int]) -> None:
        self._graph, self._nodes = graph, nodes

    def __len__(self) -> int:
        return len(self._nodes)

    @overload
    def __getitem__(self, index: int) -> Profile: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Profile]: ...

    def __getitem__(self, index: int | slice) -> Profile | Sequence[Profile]:
        if isinstance(index, slice):
            return [self._graph.profile(node) for node in self._nodes[index]]
        return self._graph.profile(self._nodes[index])


def _number_of(text: str) -> int:
    """Return a number for a text of a speaker: of a million speakers, texts would fill memory."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def _speaker_text(speaker: Speaker) -> str:
    """Return a speaker as JSON, without its id."""
    aliases = [(a.name, a.kind, a.score, a.reason, a.by) for a in speaker.aliases]
    values = [speaker.name, speaker.kind, speaker.wikidata, aliases]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _speaker_of(identifier: str, text: str) -> Speaker:
    """Return the speaker of `_speaker_text`, with its id."""
    name, kind, wikidata, aliases = json.loads(text)
    return Speaker(
        id=identifier,
        name=name,
        kind=kind,
        aliases=tuple(Alias(*alias) for alias in aliases),
        wikidata=wikidata,
    )
