"""A store of any size, made of plausible articles that nobody wrote, for measurements of speed.

    python -m benchmarks.synthetic FOLDER [--quotes N]

Names, offices and sentences are put together from short lists by a generator with a fixed seed: the
same call makes the same articles. Some speakers are quoted very often and most once, and one
statement in twenty is printed by other outlets, too, with small changes.
"""

from __future__ import annotations

import argparse
import random
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path

from quotes.attribution import quote_id
from quotes.records import Document, Quote, QuoteType, SaidOn, Span
from quotes.speakers import Entity, HeldRole
from quotes.store import Store, open_store
from quotes.store.commits import Counts, ProgramRun
from quotes.store.rows import Entry

QUOTES_PER_DOCUMENT = 10
ARTICLES_PER_DAY = 7
MAX_REPRINTABLE = 60  # statements of which another outlet may print one
BATCH_DOCUMENTS = 500  # of a commit
FIRST_DAY, DAYS = date(2021, 1, 4), 1400
GIVEN = (
    "Anna",
    "Boris",
    "Carla",
    "Daniel",
    "Elif",
    "Farid",
    "Greta",
    "Hugo",
    "Irina",
    "Jonas",
    "Karim",
    "Leila",
    "Marek",
    "Nadia",
    "Oskar",
    "Petra",
    "Rosa",
    "Stefan",
    "Tamara",
)
FAMILY_START = (
    "Ander",
    "Bel",
    "Cor",
    "Dal",
    "Ester",
    "Fal",
    "Gran",
    "Hol",
    "Iver",
    "Jan",
    "Kov",
    "Lind",
    "Mor",
    "Nor",
    "Ols",
    "Pal",
    "Quin",
    "Ros",
    "Sand",
    "Tor",
)
FAMILY_END = (
    "sen",
    "ak",
    "elli",
    "ovic",
    "berg",
    "ström",
    "mann",
    "ez",
    "ini",
    "ova",
    "ski",
    "dottir",
)
OFFICES = (
    "minister",
    "harbour director",
    "mayor",
    "spokesperson",
    "head of the agency",
    "union leader",
    "judge",
    "professor",
)
OUTLETS = tuple(
    f"The {place} {kind}"
    for place in ("Harbour", "Northern", "Valley", "City", "Coastal", "Lake")
    for kind in ("Post", "Courier", "Times")
)
SUBJECTS = (
    "prices",
    "the ferries",
    "new schools",
    "the hospital",
    "wages",
    "the bridge",
    "taxes",
    "water levels",
    "the harbour",
    "trains",
)
VERBS = (
    "will rise",
    "have to be paid for",
    "cannot wait",
    "are safer than before",
    "need a plan",
    "will be built",
    "must not fall",
    "cost too much",
)
ENDS = (
    "this winter",
    "in March",
    "before the election",
    "for the first time",
    "in spite of the strike",
    "whatever the council says",
    "by 2030",
)
CUES = ("said", "told reporters", "announced", "warned", "wrote")


class Generator:
    """A generator of articles."""

    def __init__(
        self, *, speakers: int = 3000, seed: int = 7, names: Sequence[str] = (), first: int = 0
    ) -> None:
        """Prepare articles.

        Args:
            speakers: The number of speakers, where no names are given.
            seed: Of chance.
            names: The names of speakers.
            first: The number of articles made before.
        """
        self._random = random.Random(seed)
        family = [start + end for start in FAMILY_START for end in FAMILY_END]
        own = names or [f"{given} {last}" for last in family for given in GIVEN]
        self._names = self._random.sample(own, len(own) if names else min(speakers, len(own)))
        self._often = list(accumulate(1 / (rank + 3) for rank in range(len(self._names))))
        self._offices = {name: self._random.choice(OFFICES) for name in self._names}
        self._printed: deque[tuple[str, str]] = deque(maxlen=MAX_REPRINTABLE)
        self._number = first

    def entries(self, *, quotes: int = QUOTES_PER_DOCUMENT) -> Iterator[Entry]:
        """Yield an endless row of articles with so many quotes each."""
        while True:
            self._number += 1
            yield self._entry(f"article-{self._number:06d}", quotes)

    def _entry(self, name: str, quotes: int) -> Entry:
        day = FIRST_DAY + timedelta(days=self._number // ARTICLES_PER_DAY % DAYS)
        speakers = self._random.choices(self._names, cum_weights=self._often, k=max(1, quotes // 3))
        text, found, roles = "", list[Quote](), dict[str, HeldRole]()
        for _ in range(quotes):
            speaker, words = self._said(speakers)
            text, quote, role = self._paragraph(text, name, speaker, words, day)
            found.append(quote)
            roles.setdefault(quote.speaker or "", role)
        document = Document(
            id=name,
            text=text,
            source=f"{name}.txt",
            outlet=self._random.choice(OUTLETS),
            title=f"What {speakers[0]} said on {day:%d %B}",
            published=day,
            language="en",
        )
        members = tuple(
            Entity(name=who, kind="person", names=(who,), roles=(role,), mentioned=2)
            for who, role in roles.items()
            if who
        )
        return Entry(document=document, quotes=tuple(found), entities=members)

    def _said(self, speakers: list[str]) -> tuple[str, str]:
        """Return who says what.

        Mostly something new, sometimes what another outlet has printed, a word different.
        """
        choose = self._random.choice
        if self._printed and self._random.random() < 0.05:
            speaker, words = choose(self._printed)
            return speaker, words.replace(
                " will ", " would ", 1
            ) if self._random.random() < 0.5 else words
        speaker = choose(speakers)
        words = (
            f"{choose(SUBJECTS)} {choose(VERBS)} {choose(ENDS)}, and {choose(SUBJECTS)} "
            f"{choose(VERBS)} {choose(ENDS)}"
        )
        self._printed.append((speaker, words))
        return speaker, words

    def _paragraph(
        self, text: str, document: str, speaker: str, words: str, day: date
    ) -> tuple[str, Quote, HeldRole]:
        office, cue, direct = (
            self._offices[speaker],
            self._random.choice(CUES),
            self._random.random() < 0.6,
        )
        words = words[0].upper() + words[1:] if direct else words
        source = f"{office} {speaker}"
        parts = (
            ("“", words, ",” ", source, " ", cue, ".\n\n")
            if direct
            else ("", source, " ", cue, " that ", words, ".\n\n")
        )
        starts = list(accumulate((len(part) for part in parts), initial=len(text)))
        spans = [Span(start, start + len(part)) for start, part in zip(starts, parts, strict=False)]
        at_content, at_source, at_cue = (1, 3, 5) if direct else (5, 1, 3)
        kind: QuoteType = "direct" if direct else "indirect"
        content, cues, sources = (spans[at_content],), (spans[at_cue],), (spans[at_source],)
        confidence = min(0.99, 0.35 + self._random.betavariate(5, 2) * 0.65)
        unresolved = self._random.random() < 0.08
        quote = Quote(
            id=quote_id(document, content, cues, sources),
            document=document,
            content=content,
            cue=cues,
            source=sources,
            type=kind,
            rule="quoted-with-cue" if direct else "subject-verb-clause",
            confidence=round(confidence, 4),
            path="nsubj ccomp",
            said_on=SaidOn(day, "day"),
            speaker=None if unresolved else speaker,
            kind=None if unresolved else "person",
            role=None if unresolved else office,
            speaker_confidence=0.0 if unresolved else 0.9,
            resolved_by="" if unresolved else "name",
        )
        role = HeldRole(
            office, sources[0].start, office, frozenset({office}), sources[0].start + len(office)
        )
        return text + "".join(parts), quote, role


def fill(store: Store, *, quotes: int, seed: int = 7) -> None:
    """Put so many quotes into a store, and resolve their speakers."""
    run, entries = (
        ProgramRun(store.path, made_by="benchmarks.synthetic"),
        Generator(seed=seed).entries(),
    )
    left, done = quotes // QUOTES_PER_DOCUMENT, Counts()
    while left > 0:
        batch = list(islice(entries, min(BATCH_DOCUMENTS, left)))
        run.commit(batch)
        left -= len(batch)
    run.end(done)
    store.identify()
    store.compact()


def main() -> None:
    """Make a store."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quotes", type=int, default=100_000)
    arguments = parser.parse_args()
    store = open_store(arguments.folder, create=True, made_by="benchmarks.synthetic")
    fill(store, quotes=arguments.quotes)
    print(f"{arguments.folder}: {store.count():,} quotes")


if __name__ == "__main__":
    main()
