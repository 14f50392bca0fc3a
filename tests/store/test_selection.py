"""Selections: one condition for the views, the table in memory, the commands and the pages."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

import quotes
from quotes.cli.main import cli
from quotes.records import Document, ReviewRequest
from quotes.store import (
    EVERYTHING,
    Selection,
    Store,
    article_queries,
    open_store,
    quote_search,
    speakers,
)
from quotes.store.ingest import add
from quotes.store.quote_table import QuoteTable
from tests.stores import described, stored
from tests.web_client import ARTICLES, client_of, ids, quoted_words

SAID = (
    "We don’t sell cease-fire lines.",
    "Don Tamsin said the cease had ended; fire came later.",
    "The café on Łódź’s main street closed — for good.",
    "CAFE\u0301S and naïve rules: the U.S. won't pay 3.5 million.",
    "My mother-in-law called it 'nonsense' and \"a lie\".",
    "L’Europe, l'Europe, l’Ärger_ist groß!",
    "AT&T and the N.A.T.O. say 100% no.",
)
FOUND: list[tuple[str, set[int]]] = [
    ("don't", {0, 1}),  # the last part may begin a word
    ("DON’T", {0, 1}),
    ("dont", set()),
    ("don", {0, 1}),
    ("cease-fire", {0}),
    ("cease fire", {0, 1}),
    ("fire cease", {0, 1}),
    ("ceasefire", set()),
    ("cafe", {2, 3}),
    ("Café", {2, 3}),
    ("café,", {2, 3}),
    ("afé", set()),
    ("Łodz", {2}),
    ("Lodz", set()),  # a letter of its own, not one with an accent
    ("Łódź's", {2}),
    ("naive", {3}),
    ("u.s.", {3}),
    ("won’t", {3}),
    ("3.5", {3}),
    ("mother in law", {4}),
    ("mother-in", {4}),
    ("in-mother", set()),
    ("‘nonsense’", {4}),
    ('"a lie"', {4}),
    ("L'Europe", {5}),
    ("europe", {5}),
    ("arger", {5}),
    ("ärger_ist", {5}),
    ("gross", set()),
    ("GROß", {5}),
    ("at&t", {6}),
    ("N.A.T.O.", {6}),
    ("100%", {6}),
    ("%", set(range(7))),  # no word is no condition
    ("'; DROP TABLE quotes; --", set()),
    ("the", {1, 2, 3, 6}),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("words") / "store"
    documents = [
        Document(id=str(number), text=f"“{said}” she said.", language="en")
        for number, said in enumerate(SAID)
    ]
    with open_store(folder, create=True) as store:
        assert {step.outcome for step in add(store, documents, work=quoted_words)} == {"added"}
    return folder


@pytest.fixture(scope="module")
def client(path: Path) -> TestClient:
    return client_of(open_store(path))


def exported(path: Path, about: str, output: Path) -> set[str]:
    """Return the documents of the rows that `quotes export --about` writes."""
    arguments = ["export", "--store", str(path), "--about", about, "--output", str(output)]
    done = CliRunner().invoke(cli, arguments, standalone_mode=False, catch_exceptions=False)
    assert done.exit_code == 0
    with output.open(encoding="utf-8", newline="") as file:
        return {row["document"] for row in csv.DictReader(file)}


@pytest.mark.parametrize(("about", "numbers"), FOUND)
def test_every_word_search_gives_the_same_rows(
    path: Path, client: TestClient, tmp_path: Path, about: str, numbers: set[int]
) -> None:
    wanted = {str(number) for number in numbers}
    with quotes.open(path) as collection:
        assert set(collection.quotes(about=about)["document"]) == wanted
    items = client.get("/api/search", params={"q": about}).json()["items"]
    assert {item["document"] for item in items} == wanted
    assert exported(path, about, tmp_path / "rows.csv") == wanted


SELECTIONS: list[dict[str, Any]] = [
    {},
    {"min_confidence": 0.0, "copies": True},
    {"min_confidence": 0.9},
    {"year": "2024"},
    {"year": "2023"},
    {"since": date(2024, 3, 5)},
    {"until": date(2024, 2, 15)},
    {"review": "machine"},
    {"review": "accepted"},
    {"confidence_band": "90"},
    {"confidence_band": "0", "min_confidence": 0.0},
    {"without_speaker": True},
    {"speaker_ids": ["anna-lindqvist"]},
    {"names": ["Anna Lindqvist", "nobody"]},
    {"documents": ["harbour"], "type": "direct"},
    {"ids": []},
    {"outlet": "The Valley Times", "kind": "person"},
    {"factuality": "denied", "copies": True},
    {"acts": "thought", "copies": True},
    {"acts": ("speech", "intention")},
    {"acts": "all", "min_confidence": 0.0},
    {"role": "DIRECTOR"},
    {"about": "pric march"},
]


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = stored(tmp_path_factory.mktemp("selections") / "store", ARTICLES)
    client = client_of(store)
    store.review(ReviewRequest(action="accept", by="Ada", quote=ids(client)[0]))
    store.review(ReviewRequest(action="reject", by="Ada", quote=ids(client)[1]))
    return store


@pytest.mark.parametrize("conditions", SELECTIONS, ids=str)
def test_views_and_table_in_memory_agree(reviewed: Store, conditions: dict[str, Any]) -> None:
    selection, table = Selection(**conditions), QuoteTable(reviewed)
    rows = quote_search.find(table, selection)
    assert {row["id"] for row in rows} == set(reviewed.quotes(selection)["id"])
    assert len(rows) == quote_search.count(table, selection) == reviewed.count(selection)


def test_some_of_these_selections_find_rows_and_others_do_not(reviewed: Store) -> None:
    numbers = [reviewed.count(Selection(**conditions)) for conditions in SELECTIONS]
    assert numbers.count(0) < len(numbers) / 2
    assert len(set(numbers)) > 4


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Moreau", True),
        ("andré mor", True),
        ("Andre MORÉAU", True),
        ("oreau", False),
        ("no-one", False),
    ],
)
def test_names_titles_and_roles_are_searched_as_words_without_accents(
    tmp_path: Path, words: str, found: bool
) -> None:
    article = described(ARTICLES[0], title="Prices: Andr\u00e9 Moreau speaks")
    with stored(tmp_path / "store", [article]) as store:
        quote = store.quotes(Selection(names=["Anna Lindqvist"]))["id"].iloc[0]
        for action, value in (("speaker", "Andr\u00e9 Moreau"), ("role", "Andr\u00e9-Moreau fan")):
            store.review(ReviewRequest(action=action, by="Ada", quote=quote, value=value))  # type: ignore[arg-type]
        store.identify()
        table = QuoteTable(store)
        assert article_queries.listed(table, words=words, limit=5)[1] == found
        assert speakers.list_quoted_speakers(table, words=words, limit=5)[1] == found
        assert store.count(Selection(role=words)) == found
        assert quote_search.count(table, Selection(role=words)) == found


def test_a_selection_is_a_key_and_refuses_a_text_in_place_of_a_list() -> None:
    assert hash(Selection(ids=["a"])) == hash(Selection(ids=("a",)))
    assert Selection(ids=["a"]) == Selection(ids=("a",)) != EVERYTHING
    with pytest.raises(TypeError, match="documents must be a list of texts"):
        Selection(documents="harbour")
