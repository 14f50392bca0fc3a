"""The full-text index: what it finds, and what happens when it is damaged, unfinished or locked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from quotes.errors import SearchIndexError
from quotes.language import Language
from quotes.statements import index as search_index
from quotes.statements.index import STATE, Index, IndexRow, stemmer
from tests.builders import ENGLISH

build = partial(search_index.build, language=ENGLISH)
open_index = partial(search_index.open_index, language=ENGLISH)
update = partial(search_index.update, language=ENGLISH)

SAID = [
    "We will not attack the port of Velm",
    "The dam is safe, and the valley sleeps",
    "I am very proud of the nurses who worked through the night",
    "The glaciers above the village melt twice as fast as we believed",
    "Contacts were held with the envoy about the release of the sailors",
    "The mayor promised the miners a hospital",
]
SPEAKERS = ["Ilse Kranich", None, "", "Kováč", "Envoy", "Mayor"]
ROWS = [
    IndexRow(f"{number:016x}", f"d{number // 2}", words, (SPEAKERS[number], 0.5))
    for number, words in enumerate(SAID)
]


def ids(index: Index | None, words: str) -> list[int]:
    assert index is not None
    return [int(hit.id, 16) for hit in index.search(words)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "index"
    build(made, ROWS, state="one")
    return made


def generation(folder: Path) -> Path:
    state: dict[str, str] = json.loads((folder / STATE).read_text())
    return folder / state["generation"]


@pytest.mark.parametrize(
    ("asked", "best"),
    [
        ("we will attack the PORT of velm", 0),
        ("contact with envoys about releasing a sailor", 4),
        ("melting glaciers", 3),
        ("“… promised the miners [in May] a hospital”", 5),
    ],
)
def test_the_most_alike_comes_first(folder: Path, asked: str, best: int) -> None:
    assert ids(open_index(folder), asked)[0] == best


def test_a_hit_has_the_words_as_printed_the_document_and_what_was_stored(folder: Path) -> None:
    opened = open_index(folder)
    assert opened is not None
    hit = opened.search("glaciers", limit=1)[0]
    assert (hit.words, hit.document, hit.stored) == (SAID[3], "d1", ("Kováč", 0.5))
    assert 0 < hit.score <= 1
    assert [opened.search(words, limit=1)[0].stored[0] for words in SAID] == SPEAKERS


@pytest.mark.parametrize("asked", ["", "…", "quagga", "“”!?"])
def test_words_that_no_statement_holds_are_found_nowhere(folder: Path, asked: str) -> None:
    assert ids(open_index(folder), asked) == []


def test_an_update_replaces_the_documents_of_its_rows_and_removes_others(folder: Path) -> None:
    before = open_index(folder)
    after = update(
        folder, [IndexRow("f" * 16, "d0", "A new dam is built in the valley")], ["d1"], state="two"
    )
    assert (after.state, after.count) == ("two", 3)
    assert ids(after, "dam valley glaciers port") == [int("f" * 16, 16)]
    assert ids(open_index(folder), "hospital") == [5]
    assert ids(before, "glaciers") == [3]  # who reads meanwhile goes on reading the old one
    assert [path.name for path in folder.glob("g-*")] == [generation(folder).name]


def test_an_update_may_be_repeated(folder: Path) -> None:
    rows = [IndexRow("f" * 16, "d0", "A new dam is built in the valley")]
    assert update(folder, rows, state="two").count == update(folder, rows, state="two").count == 5


def test_ids_and_documents_come_back_as_they_were(tmp_path: Path) -> None:
    index = build(
        tmp_path, [IndexRow("ffffffffffffffff", "bad-\udce4-name.txt", "Naïve “words”")], state=""
    )
    assert index.search("naive")[0].document == "bad-\udce4-name.txt"
    assert index.search("naive")[0].id == "f" * 16
    assert update(tmp_path, [], ["bad-\udce4-name.txt"], state="2").count == 0


def test_an_id_that_is_none_is_refused_and_nothing_changes(folder: Path) -> None:
    with pytest.raises(SearchIndexError, match="'quote-1' of document 'd'"):
        update(folder, [IndexRow("quote-1", "d", "words")], state="two")
    with pytest.raises(SearchIndexError):
        build(folder, [IndexRow("quote-1", "d", "words")], state="two")
    opened = open_index(folder)
    assert opened is not None
    assert (opened.state, opened.count) == ("one", 6)
    assert len(list(folder.glob("g-*"))) == 1


def test_where_there_is_none_none_is_opened(tmp_path: Path) -> None:
    assert open_index(tmp_path) is None
    assert open_index(tmp_path / "missing") is None
    with pytest.raises(SearchIndexError, match="build it again"):
        update(tmp_path, [], state="")


@pytest.mark.parametrize(
    "said", ["", "{", "[]", "null", '{"format": 1}', '{"format": 0, "state": ""}']
)
def test_a_state_file_that_is_none_means_no_index(folder: Path, said: str) -> None:
    (folder / STATE).write_text(said)
    assert open_index(folder) is None


def test_an_index_of_another_format_is_not_opened(folder: Path) -> None:
    said = json.loads((folder / STATE).read_text())
    (folder / STATE).write_text(json.dumps(said | {"format": said["format"] - 1}))
    assert open_index(folder) is None


def test_a_file_cut_short_or_missing_means_no_index_and_building_again_helps(
    folder: Path, tmp_path: Path
) -> None:
    files = [path.name for path in generation(folder).iterdir() if path.stat().st_size]
    assert len(files) >= 6
    for name in files:
        for cut in (True, False):
            broken = tmp_path / f"broken-{name}-{cut}"
            shutil.copytree(folder, broken)
            if cut:
                os.truncate(
                    generation(broken) / name, (generation(broken) / name).stat().st_size - 1
                )
            else:
                (generation(broken) / name).unlink()
            assert open_index(broken) is None
            assert build(broken, ROWS, state="one").count == len(ROWS)


def put(path: Path, held: bytes) -> None:
    """Another file in the place of one that an open index may still map into memory."""
    path.with_suffix(".new").write_bytes(held)
    path.with_suffix(".new").replace(path)


def test_a_flipped_byte_is_a_named_error_at_worst(folder: Path, tmp_path: Path) -> None:
    whole = build(
        folder,
        [
            IndexRow(f"{n:016x}", f"d{n}", f"Words of the valley number {n} about nothing")
            for n in range(500)
        ],
        state="",
    )
    assert whole.count == 500
    outcomes = set()
    for path in sorted(generation(folder).iterdir()):
        held = path.read_bytes()
        for at in range(0, len(held), max(1, len(held) // 8)):
            put(path, held[:at] + bytes([held[at] ^ 0xFF]) + held[at + 1 :])
            try:
                opened = open_index(folder)
                outcomes.add(
                    "none"
                    if opened is None
                    else "found"
                    if opened.search("valley words number 7")
                    else "nothing"
                )
            except SearchIndexError as error:
                outcomes.add(str(error).partition("(")[0].rpartition(":")[2].strip())
        put(path, held)
    assert {"none", "build it again"} <= outcomes <= {"none", "build it again", "found", "nothing"}


def test_what_a_killed_writer_leaves_changes_nothing(folder: Path) -> None:
    code = (
        "import os, sys\nfrom pathlib import Path\n"
        "from quotes.language import Language\n"
        "from quotes.statements.index import IndexRow, update\n"
        "def rows():\n    yield IndexRow('a' * 16, 'd9', 'half written')\n"
        "    os.kill(os.getpid(), 9)\n"
        "update(Path(sys.argv[1]), rows(), ['d0'], state='two', language=Language.load('en'))\n"
    )
    assert subprocess.run([sys.executable, "-c", code, str(folder)], check=False).returncode == -9
    opened = open_index(folder)
    assert opened is not None
    assert (opened.state, opened.count) == ("one", 6)
    assert update(folder, [], ["d0"], state="two").count == 4  # and the lock is free


def test_two_cannot_update_at_once(folder: Path) -> None:
    def rows() -> object:
        with pytest.raises(SearchIndexError, match="another process is updating it"):
            update(folder, [], ["d1"], state="three")
        yield ROWS[0]

    update(folder, rows(), state="two")  # type: ignore[arg-type]
    opened = open_index(folder)
    assert opened is not None
    assert (opened.state, opened.count) == ("two", 5)


def test_rare_words_of_a_large_collection_weigh_more(tmp_path: Path) -> None:
    rows = [
        IndexRow(f"{n:016x}", "d", "the council met" + (" quagga" if n == 7 else ""))
        for n in range(2000)
    ]
    words = build(tmp_path, rows, state="").vocabulary()
    assert words.weight("quagga") > 1.3 > 0.5 > words.weight("council")
    assert words.weight("the") == 0.25


def test_stems_join_forms_of_a_word() -> None:
    assert stemmer(ENGLISH)("contacts contact contacted") == ["contact"] * 3


def test_a_language_without_a_stemmer_keeps_its_words(tmp_path: Path) -> None:
    assert stemmer(Language("xx", tmp_path))("contacts") == ["contacts"]
