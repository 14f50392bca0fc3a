"""The folder of a store: stores of format 1 are migrated, wholly or not at all."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

import quotes
from quotes.errors import StoreError
from quotes.records import ReviewRequest
from quotes.store import EVERYTHING, Store, folder, open_store
from quotes.store.schema import FORMAT
from tests.paths import TESTS

# Two articles, six reviews (accept twice, role, add, reject, undo)
OLD_STORE = TESTS / "store" / "format_1.zip"


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Path]:
    """A store of format 1."""
    zipfile.ZipFile(OLD_STORE).extractall(tmp_path / "old")
    yield tmp_path / "old"
    (tmp_path / "old").chmod(0o700)


def opened(path: Path, messages: list[str], **options: Any) -> Store:
    return open_store(path, on_message=messages.append, **options)


def tables(path: Path) -> set[str]:
    return {entry.name for entry in path.iterdir() if entry.is_dir()} & {"judgements", "reviews"}


def format_of(path: Path) -> int:
    return int(json.loads((path / folder.MARKER).read_text(encoding="utf-8"))["format"])


def check_reviews(store: Store) -> None:
    """Everything that people did in the old store is there and counts."""
    assert [review.action for review in store.reviews()] == [
        "accept", "accept", "role", "add", "reject", "undo",
    ]  # fmt: skip
    frame = store.quotes(EVERYTHING)
    assert frame["review"].dropna().value_counts().to_dict() == {
        "accepted": 2, "changed": 1, "added": 1,
    }  # fmt: skip
    (added,) = frame[frame["review"] == "added"].to_dict("records")
    assert (added["reviewed_by"], added["confidence"]) == ("Ada", 1.0)
    assert frame.loc[frame["role"] == "mayor", "reviewed_by"].tolist() == ["Bo"]
    assert store.unanchored() == ()


@pytest.mark.parametrize("create", [False, True])
def test_an_old_store_is_migrated_with_a_message(old: Path, create: bool) -> None:
    messages = list[str]()
    with opened(old, messages, create=create) as store:
        check_reviews(store)
        store.undo_reviews([store.reviews()[0].id], by="Ada")
        assert len(store.reviews()) == 7
    assert tables(old) == {"reviews"}
    marker = json.loads((old / folder.MARKER).read_text(encoding="utf-8"))
    assert marker == {"format": FORMAT, "made_by": "tests"}
    (message,) = messages
    assert f"migrated from format 1 to {FORMAT}; table 'judgements' is now 'reviews'" in message
    assert "no quotation marks around them until `quotes add --again`" in message
    with opened(old, messages):
        assert len(messages) == 1  # nothing is left to do


def test_quotes_of_an_old_store_have_the_act_that_their_rule_tells(old: Path) -> None:
    with opened(old, list[str]()) as store:
        acts = store.sql("SELECT rule, act FROM quotes")
    by_rule = {"intention": "intention", "thought": "thought"}
    assert len(acts) > 0
    for rule, act in zip(acts["rule"], acts["act"], strict=True):
        assert act == next((a for part, a in by_rule.items() if part in rule), "speech")


def test_without_a_callback_the_message_is_a_warning(old: Path) -> None:
    with pytest.warns(UserWarning, match="migrated from format 1"), open_store(old) as store:
        check_reviews(store)


def test_a_command_says_that_it_migrated(old: Path, command: Any) -> None:
    done = command("export", "--store", old, "--format", "jsonl")
    assert done.returncode == 0
    assert f"quotes: {old}: migrated from format 1" in done.stderr
    assert done.stdout.count('"review": "accepted"') == 2


def test_of_several_that_open_it_at_once_one_migrates(old: Path) -> None:
    barrier, messages = Barrier(8), list[str]()

    def read(_: int) -> None:
        barrier.wait()
        with opened(old, messages) as store:
            check_reviews(store)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(read, range(8)))
    with opened(old, messages):
        assert (tables(old), format_of(old), len(messages)) == ({"reviews"}, FORMAT, 1)


def test_while_another_program_writes_nothing_is_renamed(old: Path) -> None:
    messages = list[str]()
    with folder.locked(old), opened(old, messages) as store:
        check_reviews(store)
        store.undo_reviews([store.reviews()[0].id], by="Ada")
        assert (tables(old), format_of(old), messages) == ({"judgements"}, 1, [])
    with opened(old, messages) as store:
        assert (len(store.reviews()), len(messages), tables(old)) == (7, 1, {"reviews"})


def test_a_store_that_is_open_goes_on_when_another_program_migrates_it(old: Path) -> None:
    messages = list[str]()
    with folder.locked(old):
        early = opened(old, messages)
        check_reviews(early)
    with early, opened(old, messages) as late:
        assert len(messages) == 1
        assert len(early.sql("SELECT * FROM reviews")) == 6
        late.review(ReviewRequest(action="undo", undoes=late.reviews()[0].id, by="Ada"))
        assert len(early.reviews()) == 7


@pytest.mark.parametrize("broken", ["rename", "marker"])
def test_a_migration_that_fails_leaves_all_as_it_was(
    old: Path, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise PermissionError(13, "Permission denied")

    def refuse_marker(path: Path, content: bytes) -> None:
        raise StoreError(f"{path}: cannot be written")

    with monkeypatch.context() as patch:
        if broken == "rename":
            patch.setattr(os, "rename", refuse)
        else:
            patch.setattr(folder, "_write", refuse_marker)
        messages = list[str]()
        with opened(old, messages) as store:
            check_reviews(store)
        assert (tables(old), format_of(old), messages) == ({"judgements"}, 1, [])
    with opened(old, messages) as store:
        check_reviews(store)
        assert len(messages) == 1


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user who can be refused")
def test_a_store_that_may_not_be_written_is_read_as_it_is(old: Path) -> None:
    (old / "lock").unlink()
    old.chmod(0o500)
    with opened(old, []) as store:
        check_reviews(store)
        with pytest.raises(StoreError, match="may not be written"):
            store.undo_reviews([store.reviews()[0].id], by="Ada")
    assert (tables(old), format_of(old)) == ({"judgements"}, 1)


def test_a_migration_broken_off_after_the_renaming_is_finished(old: Path) -> None:
    os.rename(old / "judgements", old / "reviews")
    with opened(old, []) as store:
        check_reviews(store)
    assert format_of(old) == FORMAT


def test_a_making_that_the_old_program_broke_off_is_finished(old: Path) -> None:
    (old / folder.MARKER).unlink()
    with pytest.raises(StoreError, match="broken off"):
        open_store(old)
    with opened(old, [], create=True) as store:
        check_reviews(store)
    assert (tables(old), format_of(old)) == ({"reviews"}, FORMAT)


def test_a_table_under_both_names_is_refused(old: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(OLD_STORE).extractall(tmp_path / "again")
    os.rename(tmp_path / "again" / "judgements", old / "reviews")
    with pytest.raises(StoreError, match="both 'judgements' and 'reviews' are there"):
        open_store(old)
    assert tables(old) == {"judgements", "reviews"}


def test_a_store_that_lacks_a_table_is_refused_and_left_as_it_is(old: Path) -> None:
    shutil.rmtree(old / "judgements")
    before = (old / "quotes-store.json").read_bytes()
    with pytest.raises(StoreError, match="the table 'reviews' is missing: restore its folder"):
        open_store(old)
    assert (old / "quotes-store.json").read_bytes() == before


def test_in_python_the_message_is_a_warning_at_the_line_that_opens(old: Path) -> None:
    with pytest.warns(quotes.QuotesWarning, match="migrated from format 1") as caught:
        quotes.open(old).close()
    assert caught[0].filename == __file__
