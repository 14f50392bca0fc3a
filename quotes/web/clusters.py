"""Speakers that may be one, over the whole collection: clusters to be merged at once.

In: the speakers of a store, the most quoted first. Out: clusters of speakers with reasons. Speakers
are compared as on their own pages (`quotes.web.speakers.candidates`): of a small collection before
the next answer, of a large one in the background.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

from quotes import identity
from quotes.identity import MergeCandidate
from quotes.records import Speaker
from quotes.store import Store
from quotes.store import speakers as speaker_queries
from quotes.store.quote_table import QuoteTable

MAX_COMPARED = 150  # speakers with most quotes whose names are compared with those of all others
MAX_AT_ONCE = 300  # speakers of a collection that are compared while a reader waits


@dataclass(slots=True)
class Cluster:
    """Speakers that may be one.

    Attributes:
        ids: Their ids, the most quoted first.
        reasons: Why they may be.
        score: The best of a pair, from 0 to 1.
    """

    ids: list[str]
    reasons: list[str] = field(default_factory=list)
    score: float = 0.0

    def join(self, other: Cluster) -> None:
        """Take in the speakers and reasons of another cluster."""
        self.ids += other.ids
        self.reasons += other.reasons
        self.score = max(self.score, other.score)


@dataclass
class SpeakerClusters:
    """The clusters of a store, kept up to date."""

    store: Store
    table: QuoteTable
    _found: tuple[Cluster, ...] = ()
    _speakers: tuple[Speaker, ...] | None = None  # that were compared
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def current(self) -> tuple[tuple[Cluster, ...], bool]:
        """Return the clusters, those with most quotes first, and False until there are any known.

        In a large collection they are those of a moment ago.
        """
        speakers = self.store.speakers()
        if speakers is not self._speakers:
            if len(speakers) <= MAX_AT_ONCE:
                with self._lock:
                    if speakers is not self._speakers:
                        self._make(speakers)
            elif self._lock.acquire(blocking=False):
                threading.Thread(
                    target=self._make_in_background, args=(speakers,), daemon=True
                ).start()
        return self._found, self._speakers is not None

    def _make_in_background(self, speakers: tuple[Speaker, ...]) -> None:
        try:
            self._make(speakers)
            self.table.invalidate_pages()
        finally:
            self._lock.release()

    def _make(self, speakers: tuple[Speaker, ...]) -> None:
        rows, _ = speaker_queries.list_quoted_speakers(self.table, limit=MAX_COMPARED)
        quotes = {row["id"]: row["quotes"] for row in rows}
        by_id = {speaker.id: speaker for speaker in speakers}
        compared = [by_id[name] for name in quotes if name in by_id]
        pairs = identity.likely_pairs(compared, speakers, language=self.store.language)
        self._found, self._speakers = tuple(_clusters(pairs, quotes)), speakers


def _clusters(pairs: Iterable[MergeCandidate], quotes: dict[str, int]) -> list[Cluster]:
    """Return the clusters that pairs make, those with most quotes first."""
    together = dict[str, Cluster]()
    for pair in pairs:
        one, other = (
            together.get(name) or Cluster([name]) for name in (pair.speaker.id, pair.other.id)
        )
        if one is not other:
            one.join(other)
        one.join(Cluster([], [pair.reason], pair.score))
        together |= dict.fromkeys(one.ids, one)
    unique = list({id(cluster): cluster for cluster in together.values()}.values())
    for cluster in unique:
        cluster.ids.sort(key=lambda name: (-quotes.get(name, 0), name))
        cluster.reasons = list(dict.fromkeys(cluster.reasons))
    return sorted(unique, key=lambda cluster: -sum(quotes.get(name, 0) for name in cluster.ids))
