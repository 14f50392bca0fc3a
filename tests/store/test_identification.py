"""Who is who in a store, kept up to date run by run."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from quotes.attribution import quote_id
from quotes.records import Document, Quote, Review, Span
from quotes.speakers import Entity, HeldRole
from quotes.store import Store, commits, identification, name_changes, name_usage, open_store
from quotes.store.commits import Counts, ProgramRun
from quotes.store.folder import resolution_file
from quotes.store.rows import Entry

NAMES = (
    "Bill Clinton",
    "Clinton",
    "Hillary Clinton",
    "William Clinton",
    "Sergei Lavrov",
    "Sergey Lavrov",
    "Lavrov",
    "S. Lavrov",
    "J. Smith",
    "John Smith",
    "Jane Smith",
    "Smith",
)
ROLES = ("minister", "treasurer of Ohio", "Ohio treasurer", "mayor")


def entry(identifier: str, chance: random.Random) -> Entry:
    """An article in which some people say a word each, and others are named."""
    names = chance.sample(NAMES, 4)
    text = " ".join(f"{name} said: so." for name in names)
    document = Document(id=identifier, text=text, language="en")
    quotes, entities = list[Quote](), list[Entity]()
    for number, name in enumerate(names):
        at = text.index(f"{name} said") + len(name)
        spans = (Span(at + 7, at + 9),), (Span(at + 1, at + 5),), (Span(at - len(name), at),)
        if number < 3:
            quote = Quote(
                id=quote_id(identifier, *spans),
                document=identifier,
                content=spans[0],
                cue=spans[1],
                source=spans[2],
                type="indirect",
                rule="r",
                confidence=0.9,
                speaker=name,
                kind="person",
                speaker_confidence=0.9,
            )
            quotes.append(quote)
        role = chance.choice(ROLES)
        held = HeldRole(role, at, role, frozenset({role}), at + len(role))
        roles = (held,) if chance.random() < 0.5 else ()
        entities.append(
            Entity(name=name, kind="person", names=(name,), roles=roles, mentioned=number)
        )
    return Entry(document=document, quotes=tuple(quotes), entities=tuple(entities))


def add(store: Store, entries: list[Entry]) -> None:
    run = ProgramRun(store.path, made_by="tests")
    run.commit(entries)
    run.end(Counts())


def review(store: Store, document: str, chance: random.Random, number: int) -> None:
    """Give a quote of an article to somebody, or reject it."""
    quote = chance.choice(store.quotes_of(document, machine=True))
    rejects = chance.random() < 0.5
    made = Review(
        id=f"review-{number}",
        action="reject" if rejects else "speaker",
        by="Ann",
        at=datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=number),
        document=document,
        revision=1,
        quote=quote.id,
        content=quote.content,
        words=("so",),
        value=None if rejects else chance.choice((*NAMES, "Ann Lee")),
    )
    commits.write_reviews(store.path, [made])


def stored(store: Store) -> list[dict[str, Any]]:
    """The rows of `speakers` in order."""
    return store._session().rows("SELECT * FROM raw_speakers ORDER BY id")


def as_rows(store: Store) -> list[dict[str, Any]]:
    """The rows that deciding from all articles gives."""
    from quotes.store.rows import speaker_row

    rows = (speaker_row(speaker) for speaker in identification.identify(store))
    return [{name: row[name] for name in ("id", "name", "kind", "wikidata", "aliases")}
            for row in rows]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_articles_added_revised_reviewed_and_removed_give_what_deciding_from_all_gives(
    seed: int, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    with open_store(tmp_path / "s", create=True) as store:
        there = list[str]()
        for step in range(6):
            new = [f"d{step}-{n}" for n in range(chance.randint(0, 3))]
            revised = chance.sample(there, min(len(there), chance.randint(0, 2)))
            add(store, [entry(identifier, chance) for identifier in [*new, *revised]])
            there += new
            if there and chance.random() < 0.6:
                review(store, chance.choice(there), chance, step)
            if len(there) > 2 and chance.random() < 0.3:
                store.remove([there.pop(chance.randrange(len(there)))])
            store.identify()
            assert stored(store) == as_rows(store)


def test_only_names_that_changed_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(1)
    with open_store(tmp_path / "s", create=True) as store:
        add(store, [entry("d1", chance)])
        store.identify()
        monkeypatch.setattr(name_changes, "name_usages", None)  # counts all names
        counted = list[tuple[str, ...]]()
        usages_in = name_usage.usages_in

        def noted(session: Any, documents: Any, batches: Any) -> Any:
            counted.append(tuple(documents))
            return usages_in(session, documents, batches)

        monkeypatch.setattr(name_changes, "usages_in", noted)
        add(store, [entry("d2", chance)])
        store.identify()
        assert counted == [("d2",)]
        assert stored(store) == as_rows(store)


@pytest.mark.parametrize("damage", ["missing", "damaged", "other program"])
def test_without_what_was_decided_before_all_is_decided_anew(
    damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(2)
    with open_store(tmp_path / "s", create=True) as store:
        add(store, [entry("d1", chance)])
        store.identify()
        file = resolution_file(store.path)
        if damage == "missing":
            file.unlink()
        elif damage == "damaged":
            file.write_bytes(b"no database " * 1000)
        else:
            monkeypatch.setattr(identification, "_program", lambda: "another")
        add(store, [entry("d2", chance)])
        store.identify()
        assert stored(store) == as_rows(store)
        assert len({row["id"] for row in stored(store)}) == len(stored(store))


def test_speakers_written_by_another_program_are_replaced(tmp_path: Path) -> None:
    chance = random.Random(3)
    with open_store(tmp_path / "s", create=True) as store:
        add(store, [entry("d1", chance)])
        store.identify()
        speaker = replace(store.speakers()[0], id="x", name="X", aliases=())
        commits.write_speakers(store.path, [speaker])
        store.identify()
        assert stored(store) == as_rows(store)


def test_names_of_removed_articles_are_in_no_file(tmp_path: Path) -> None:
    chance = random.Random(4)
    with open_store(tmp_path / "s", create=True) as store:
        add(store, [entry("d1", chance)])
        named = Entity(name="Zebulon Quirke", kind="person", names=("Zebulon Quirke",))
        add(store, [replace(entry("d2", chance), entities=(named,))])
        store.identify()
        assert b"Zebulon Quirke" in resolution_file(store.path).read_bytes()
        store.remove(["d2"], purge=True)
        store.identify()
        assert b"Zebulon Quirke" not in resolution_file(store.path).read_bytes()
