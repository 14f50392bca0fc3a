"""The speakers of a store by the words of their names.

In: a store. Out: a `NameIndex`, made once for each state of its speakers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from weakref import WeakKeyDictionary

from quotes import identity
from quotes.records import Speaker
from quotes.store import Store

WORD = re.compile(r"\w+")
MIN_PREFIX = 4  # letters of a word that is looked for as the beginning of a name


class NameIndex:
    """The speakers by the words of their names."""

    def __init__(self, speakers: Sequence[Speaker]) -> None:
        self.made_of = speakers
        self._by_id = {speaker.id: speaker for speaker in speakers}
        ids: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for speaker in speakers:
            for alias in speaker.aliases:
                for word in _words(alias.name):
                    ids[word][speaker.id] = None
        self._ids = {word: frozenset(found) for word, found in ids.items()}
        self._words = sorted(self._ids)

    def speakers(self, term: str) -> frozenset[str]:
        """Return the ids of speakers whose names have each word of a term, or begin so."""
        found = [self._of_word(word) for word in _words(term)]
        return frozenset.intersection(*found) if found else frozenset()

    def sharing_a_word(self, name: str) -> list[Speaker]:
        """Return the speakers with a name that has one of the words, in their order."""
        ids = frozenset[str]().union(*(self._ids.get(word, ()) for word in _words(name)))
        return [speaker for name, speaker in self._by_id.items() if name in ids]

    def _of_word(self, word: str) -> frozenset[str]:
        if len(word) < MIN_PREFIX:
            return self._ids.get(word, frozenset())
        at, found = bisect_left(self._words, word), set[str]()
        while at < len(self._words) and self._words[at].startswith(word):
            found |= self._ids[self._words[at]]
            at += 1
        return frozenset(found)


def name_index(store: Store) -> NameIndex:
    """Return the index of the speakers that a store has now."""
    speakers, known = store.speakers(), _INDEXES.get(store)
    if known is None or known.made_of is not speakers:
        known = _INDEXES[store] = NameIndex(speakers)
    return known


def _words(name: str) -> list[str]:
    return WORD.findall(identity.latin_key(name))


_INDEXES: WeakKeyDictionary[Store, NameIndex] = WeakKeyDictionary()
