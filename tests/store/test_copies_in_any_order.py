"""Near copies of articles: the same links and counts in any order, in one run or in several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from quotes.pipeline import Processed
from quotes.records import Document, Quote, Span
from quotes.store import Store, ingest, open_store
from quotes.store.selection import Selection

WIRE = " ".join(f"The council of town{n} met and the mayor said no to plan{n}." for n in range(60))
OTHER = " ".join(f"Fishermen sold eel{n} at harbour{n} before dawn on day{n}." for n in range(60))


def article(name: str, text: str, day: int | None = None) -> Document:
    return Document(id=name, text=text, published=date(2024, 3, day) if day else None)


SHORT = article("short", WIRE[:2000])
LONG = article("long", WIRE + " " + OTHER)
PAPER = article("paper", "Our own correspondent reports. " + WIRE, 5)
EARLY = article("early", WIRE, 4)
ALONE = article("alone", OTHER.replace("eel", "cod").replace("harbour", "pier"), 4)
ARTICLES = (SHORT, LONG, PAPER, EARLY, ALONE)
ORDERS = list(permutations(ARTICLES))[::9]


def work(items: Iterable[Any]) -> Iterator[Processed]:
    """Finds one quote in each article: its first sentence."""
    for document in items:
        quote = Quote(
            id=document.sha256[:16], document=document.id,
            content=(Span(0, 40),), cue=(Span(41, 45),), source=(), type="direct", rule="r",
            confidence=0.9,
        )  # fmt: skip
        yield Processed(document, (quote,))


def links(store: Store) -> tuple[dict[str, str], int]:
    """The original of each copy, and the number of quotes that count."""
    copies = store.sql("SELECT id, copy_of FROM documents WHERE copy_of IS NOT NULL")
    wanted = Selection(min_confidence=0.0, acts="all")
    return dict(copies.values.tolist()), store.count(wanted)


def added(folder: Path, *runs: Sequence[Document]) -> tuple[dict[str, str], int]:
    with open_store(folder, create=True, made_by="tests") as store:
        for documents in runs:
            list(store.add(documents, work=work))
        return links(store)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], int]:
    """The links of one run over all articles."""
    found = added(tmp_path_factory.mktemp("once") / "s", ARTICLES)
    assert found == ({"short": "early", "paper": "early"}, 3)
    return found


@pytest.mark.parametrize("order", ORDERS[:5], ids=lambda order: "-".join(d.id for d in order))
def test_one_by_one_in_any_order(tmp_path: Path, order: Any, expected: Any) -> None:
    assert added(tmp_path / "s", *([document] for document in order)) == expected


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_in_commits_of_any_size(
    tmp_path: Path, number: int, expected: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest, "COMMIT_DOCUMENTS", number)
    assert added(tmp_path / "s", ORDERS[number]) == expected


def test_a_run_broken_off_and_resumed(tmp_path: Path, expected: Any) -> None:
    def stopping(items: Iterable[Any]) -> Iterator[Processed]:
        for number, result in enumerate(work(items)):
            if number == 2:
                raise KeyboardInterrupt
            yield result

    with open_store(tmp_path / "s", create=True, made_by="tests") as store:
        with pytest.raises(KeyboardInterrupt):
            list(store.add(ARTICLES, work=stopping))
        assert len(store.documents()) == 2
        list(store.add(ARTICLES, work=work))
        assert links(store) == expected


def test_short_first_then_long_and_the_reverse(tmp_path: Path) -> None:
    wire, whole = article("short", WIRE), article("long", WIRE + " " + OTHER)
    one, other = ([wire], [whole]), ([whole], [wire])
    assert added(tmp_path / "a", *one) == added(tmp_path / "b", *other) == ({"short": "long"}, 1)


def test_links_follow_revisions_days_and_removals(tmp_path: Path) -> None:
    with open_store(tmp_path / "s", create=True, made_by="tests") as store:
        list(store.add([EARLY, PAPER], work=work))
        assert links(store)[0] == {"paper": "early"}
        list(store.add([article("early", WIRE, 9)], work=work))  # the day was wrong
        assert links(store)[0] == {"early": "paper"}
        list(store.add([article("paper", OTHER, 5)], work=work, replace=True))
        assert links(store)[0] == {}
        list(store.add([PAPER], work=work, replace=True))
        assert links(store)[0] == {"early": "paper"}
        store.remove(["paper"])
        assert links(store)[0] == {}
