"""The graph of names: nodes, the blocks that hold them, and the pairs that may be one speaker.

In: usages of names, new or in the place of former ones. Out: the nodes that changed, groups of
nodes that hang together, comparisons. It is kept in an SQLite database, in memory or in a file, so
that a change costs what it touches: a new name is compared with the names of its blocks, and new
evidence of a name with the names that may be one with it.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from quotes.identity import blocking
from quotes.identity.blocking import Side, blocking_keys, blocks
from quotes.identity.canonical_names import NameForm, form_of
from quotes.identity.name_nodes import NodeKey, has_identity, joined_usage, node_key
from quotes.identity.pairwise import Outcome, PairComparison, compare_related, relate
from quotes.identity.profiles import Profile, profile
from quotes.identity.usage_records import add_usages, usage_of_text, usage_text
from quotes.language import Language
from quotes.names import relation
from quotes.names.word_lists import load_words
from quotes.records import Kind, NameUsage

SCHEMA = """
CREATE TABLE IF NOT EXISTS usage (
    name TEXT, kind TEXT, node INTEGER, uses INTEGER, said TEXT, PRIMARY KEY (name, kind)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS usage_by_node ON usage (node);
CREATE TABLE IF NOT EXISTS node (
    id INTEGER PRIMARY KEY, kind TEXT, key TEXT, name TEXT, cluster INTEGER, UNIQUE (kind, key)
);
CREATE TABLE IF NOT EXISTS block (
    key INTEGER, side INTEGER, node INTEGER, PRIMARY KEY (key, side, node)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pair (
    a INTEGER, b INTEGER, score REAL, outcome TEXT, reason TEXT, general TEXT, relation TEXT,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pair_by_b ON pair (b);
CREATE TEMP TABLE new_block (key INTEGER, side INTEGER, node INTEGER);
"""
SIDES = ", ".join(str(len(Side) * x + y) for x, y in sorted(blocking.MEETING))
MEETING = f"""
    SELECT n.node, b.node FROM new_block n JOIN block b ON b.key = n.key
    WHERE b.node <> n.node AND {len(Side)} * n.side + b.side IN ({SIDES})"""
MAX_PROFILES = 20_000  # held in memory
MAX_NAMED = 50_000  # profiles of names without evidence, held in memory
MAX_NODES = 200_000  # of which kind, key and name are held in memory

NodePair = tuple[int, int]
NodeRow = tuple[str, str, str]  # kind, key and name of a node


class NameGraph:
    """Names of a collection by nodes, and which of them may be one speaker."""

    def __init__(
        self,
        database: sqlite3.Connection,
        language: Language,
        known: Mapping[NodeKey, Sequence[NameUsage]],
    ) -> None:
        """Open the graph of a database, or make it there.

        Args:
            database: The database.
            language: The language of the names.
            known: The usages of known people, by node; they are always there.
        """
        self._database, self._language, self._known = database, language, known
        database.executescript(SCHEMA)
        self._profiles: dict[int, Profile] = {}
        self._named: dict[int, Profile] = {}  # by their names alone
        self._rows: dict[int, NodeRow] = {}

    def usage(self, name: str, kind: Kind | None) -> NameUsage | None:
        """Return the usage of a name, None where it has none."""
        query = "SELECT said FROM usage WHERE name = ? AND kind = ?"
        row = self._database.execute(query, (name, kind or "")).fetchone()
        return usage_of_text(name, kind, row[0]) if row else None

    def put_known(self) -> set[int]:
        """Add the names of known people, and return the nodes that changed."""
        return self._update({self._node(key) for key in self._known})

    def put(
        self, usages: Iterable[NameUsage], gone: Iterable[tuple[str, Kind | None]] = ()
    ) -> set[int]:
        """Put usages in the place of those of their names, and return the nodes that changed.

        Nodes that lost a pair are among them, and so are those that are not there any more.

        Args:
            usages: The usages; several of one name and kind are added up.
            gone: Names and kinds that are not used any more.
        """
        by_name: dict[tuple[str, str], list[NameUsage]] = defaultdict(list)
        for usage in usages:
            if has_identity(usage, self._language):
                by_name[usage.name, usage.kind or ""].append(usage)
        put = (self._put_usage(add_usages(several)) for several in by_name.values())
        lost = (self._remove_usage(name, kind or "") for name, kind in gone)
        return self._update({node for node in (*put, *lost) if node is not None})

    def _put_usage(self, usage: NameUsage) -> int | None:
        """Put a usage in the place of the former one; return its node, None if nothing changed."""
        key, text = (usage.name, usage.kind or ""), usage_text(usage)
        find = "SELECT node, said FROM usage WHERE name = ? AND kind = ?"
        row = self._database.execute(find, key).fetchone()
        if row and row[1] == text:
            return None
        node = row[0] if row else self._node(node_key(usage, self._language))
        self._database.execute(
            "INSERT OR REPLACE INTO usage VALUES (?, ?, ?, ?, ?)",
            (*key, node, form_of(usage).uses, text),
        )
        return int(node)

    def _remove_usage(self, name: str, kind: str) -> int | None:
        """Remove a usage, and return the node that it had."""
        find = "SELECT node FROM usage WHERE name = ? AND kind = ?"
        row = self._database.execute(find, (name, kind)).fetchone()
        self._database.execute("DELETE FROM usage WHERE name = ? AND kind = ?", (name, kind))
        return row[0] if row else None

    def _node(self, key: NodeKey) -> int:
        """Return the node of a key, made where it is not there."""
        find = "SELECT id FROM node WHERE kind = ? AND key = ?"
        row = self._database.execute(find, key).fetchone()
        if row:
            return int(row[0])
        made = self._database.execute("INSERT INTO node (kind, key, name) VALUES (?, ?, '')", key)
        return cast(int, made.lastrowid)

    def _update(self, nodes: set[int]) -> set[int]:
        """Update the blocks and pairs of nodes whose usages changed, and return what changed."""
        changed, renamed = set(nodes), list[int]()
        for node in sorted(nodes):
            self._profiles.pop(node, None)
            kind, _, name = self.row(node)
            usages = self.usages(node)
            now = joined_usage(usages, self._language).name if usages else ""
            if now == name:
                continue
            changed |= self._unlink(node)
            for key, side in self._blocks(name, kind):
                row = (key, side, node)
                self._database.execute(
                    "DELETE FROM block WHERE key = ? AND side = ? AND node = ?", row
                )
            self._database.execute("UPDATE node SET name = ? WHERE id = ?", (now, node))
            self._rows.pop(node, None)
            self._named.pop(node, None)
            if now:
                renamed.append(node)
        self._compare(nodes, self._link(renamed))
        return changed

    def _blocks(self, name: str, kind: str) -> Iterator[tuple[int, int]]:
        """Yield the blocks of a name and its sides in them."""
        if name:
            keys = blocking_keys(self._by_name(name, kind), load_words(self._language))
            yield from blocks(keys)

    def _by_name(self, name: str, kind: str) -> Profile:
        """Return the profile of a name without evidence."""
        usage = NameUsage(name=name, kind=cast("Kind | None", kind or None))
        return profile(usage, self._language)

    def _unlink(self, node: int) -> set[int]:
        """Remove the pairs of a node, and return the nodes that it had them with."""
        neighbours = set(self.neighbours(node))
        self._database.execute("DELETE FROM pair WHERE a = ? OR b = ?", (node, node))
        return neighbours

    def _link(self, nodes: Sequence[int]) -> list[NodePair]:
        """Put nodes into blocks, and return the pairs of them whose names may be one speaker's."""
        self._database.execute("DELETE FROM new_block")
        rows = [
            (key, side, node)
            for node in nodes
            for key, side in self._blocks(self.row(node)[2], self.row(node)[0])
        ]
        self._database.executemany("INSERT INTO block VALUES (?, ?, ?)", sorted(rows))
        self._database.executemany("INSERT INTO new_block VALUES (?, ?, ?)", rows)
        seen, found = set[NodePair](), list[NodePair]()
        for met in self._database.execute(MEETING):
            pair = met if self.row(met[0]) < self.row(met[1]) else (met[1], met[0])
            if pair in seen:
                continue
            seen.add(pair)
            first, second = self._of_name(pair[0]), self._of_name(pair[1])
            if not relate(first, second, self._language).different:
                found.append(pair)
        return sorted(found)

    def _of_name(self, node: int) -> Profile:
        """Return the profile of the name of a node, without evidence."""
        if node not in self._named:
            if len(self._named) >= MAX_NAMED:
                self._named.clear()
            kind, _, name = self.row(node)
            self._named[node] = self._by_name(name, kind)
        return self._named[node]

    def _compare(self, changed: Iterable[int], new: Iterable[NodePair]) -> None:
        """Compare new pairs, and anew those of nodes with other evidence."""
        pairs = set(new)
        for node in changed:
            query = "SELECT a, b FROM pair WHERE a = ? UNION ALL SELECT a, b FROM pair WHERE b = ?"
            pairs.update(self._database.execute(query, (node, node)))
        for a, b in sorted(pairs):
            first, second = self.profile(a), self.profile(b)
            names = relate(first, second, self._language)
            found = compare_related(first, second, names, self._language)
            kept = (found.score, found.outcome, found.reason, found.general, found.kind.name)
            self._database.execute(
                "INSERT OR REPLACE INTO pair VALUES (?, ?, ?, ?, ?, ?, ?)", (a, b, *kept)
            )

    def row(self, node: int) -> NodeRow:
        """Return kind, key and name of a node, by which nodes are in order."""
        if node not in self._rows:
            if len(self._rows) >= MAX_NODES:
                self._rows.clear()
            query = "SELECT kind, key, name FROM node WHERE id = ?"
            self._rows[node] = self._database.execute(query, (node,)).fetchone()
        return self._rows[node]

    def usages(self, node: int) -> list[NameUsage]:
        """Return the usages of a node in order of their names, those of known people last."""
        kind, key, _ = self.row(node)
        query = "SELECT name, said FROM usage WHERE node = ? ORDER BY name"
        rows = self._database.execute(query, (node,)).fetchall()
        own = [usage_of_text(name, cast("Kind | None", kind or None), said) for name, said in rows]
        return [*own, *self._known.get((kind, key), ())]

    def forms(self, node: int) -> list[NameForm]:
        """Return the forms of a node, as `usages` has them."""
        kind, key, _ = self.row(node)
        query = "SELECT name, uses FROM usage WHERE node = ? ORDER BY name"
        rows = self._database.execute(query, (node,)).fetchall()
        own = [NameForm(name, cast("Kind | None", kind or None), uses) for name, uses in rows]
        return [*own, *map(form_of, self._known.get((kind, key), ()))]

    def profile(self, node: int) -> Profile:
        """Return the profile of a node."""
        if node not in self._profiles:
            if len(self._profiles) >= MAX_PROFILES:
                self._profiles.clear()
            joined = joined_usage(self.usages(node), self._language)
            self._profiles[node] = profile(joined, self._language)
        return self._profiles[node]

    def neighbours(self, node: int) -> Iterator[int]:
        """Yield the nodes that may be one speaker with a node."""
        query = "SELECT b FROM pair WHERE a = ? UNION ALL SELECT a FROM pair WHERE b = ?"
        for (other,) in self._database.execute(query, (node, node)).fetchall():
            yield other

    def comparisons(self, nodes: Sequence[int]) -> dict[tuple[int, int], PairComparison]:
        """Return the comparisons between nodes, by their places in the sequence.

        Args:
            nodes: All nodes that hang together, in order of `row`.
        """
        places = {node: place for place, node in enumerate(nodes)}
        query = "SELECT b, score, outcome, reason, general, relation FROM pair WHERE a = ?"
        return {
            (place, places[b]): PairComparison(
                score,
                cast(Outcome, outcome),
                reason,
                cast("relation.Side | None", general),
                relation.RelationKind[kind],
            )
            for node, place in places.items()
            for b, score, outcome, reason, general, kind in self._database.execute(query, (node,))
        }

    def remove(self, node: int) -> None:
        """Remove a node without usages."""
        self._database.execute("DELETE FROM node WHERE id = ?", (node,))
        self._rows.pop(node, None)
        self._named.pop(node, None)
