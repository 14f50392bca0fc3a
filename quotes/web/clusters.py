"""Speakers that may be one, over the whole collection: clusters to be merged at once.

In: the speakers of a store, the most quoted first. Out: clusters of speakers with reasons. Speakers
are compared as on their own pages (`quotes.web.speakers.candidates`); `BackgroundValue` keeps the
clusters up to date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quotes import identity
from quotes.identity import MergeCandidate
from quotes.language import Language
from quotes.records import Speaker
from quotes.store import Store
from quotes.store import speakers as speaker_queries
from quotes.store.quote_table import QuoteTable
from quotes.web.background_value import BackgroundValue, Computation

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


class SpeakerClusters:
    """The clusters of a store, kept up to date."""

    def __init__(self, store: Store, table: QuoteTable) -> None:
        def arguments() -> tuple[Any, ...]:
            rows, _ = speaker_queries.list_quoted_speakers(table, limit=MAX_COMPARED)
            quotes = {row["id"]: row["quotes"] for row in rows}
            return store.speakers(), quotes, store.language

        self.value = BackgroundValue(
            Computation(
                state=store.speakers,
                fingerprint=store.speakers,
                is_small=lambda: len(store.speakers()) <= MAX_AT_ONCE,
                arguments=arguments,
                compute=find_clusters,
                assemble=tuple,
            ),
            on_change=table.invalidate_pages,
        )

    def current(self) -> tuple[tuple[Cluster, ...], bool]:
        """Return the clusters, those with most quotes first, and False until there are any known.

        In a large collection they are those of a moment ago.
        """
        found = self.value.current()
        return found or (), found is not None


def find_clusters(
    speakers: Sequence[Speaker], quotes: Mapping[str, int], language: Language
) -> Iterator[Cluster]:
    """Yield clusters of speakers that may be one, those with most quotes first.

    Args:
        speakers: All speakers.
        quotes: The number of quotes of those who are compared with all, by id.
        language: Their language.
    """
    by_id = {speaker.id: speaker for speaker in speakers}
    compared = [by_id[name] for name in quotes if name in by_id]
    yield from _clusters(identity.likely_pairs(compared, speakers, language=language), quotes)


def _clusters(pairs: Iterable[MergeCandidate], quotes: Mapping[str, int]) -> list[Cluster]:
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
