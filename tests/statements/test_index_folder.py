"""Where the search index lies: in the store, in the user's cache, or in memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quotes.errors import SearchIndexError
from quotes.statements import index_folder
from quotes.statements.check import check, current_index
from quotes.store import open_store
from tests.stores import HARBOUR, stored


@pytest.fixture
def read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., bool]:
    """Folders of a store may not be written; those of the cache may, unless that is told."""
    stored(tmp_path / "s", [HARBOUR]).close()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def is_writable(folder: Path) -> bool:
        return not folder.is_relative_to(tmp_path / "s")

    monkeypatch.setattr(index_folder, "is_writable", is_writable)
    return is_writable


def found(folder: Path, words: str) -> list[str]:
    with open_store(folder) as store:
        answer = check(store, words)
        assert answer.note == ""
        return [s.document for f in answer.found for s in f.group.statements]


@pytest.mark.usefixtures("read_only")
def test_a_store_that_may_not_be_written_has_its_index_in_the_users_cache(tmp_path: Path) -> None:
    words = HARBOUR[0].text.split("“")[1].split("”")[0]
    assert found(tmp_path / "s", words) == ["harbour"]
    assert not (tmp_path / "s" / "index").exists()
    (folder,) = (tmp_path / "cache" / "quotes-index").iterdir()
    before = folder.stat().st_mtime_ns
    assert found(tmp_path / "s", words) == ["harbour"]  # from there
    assert folder.stat().st_mtime_ns == before


@pytest.mark.usefixtures("read_only")
def test_without_a_cache_the_index_is_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: Any, **__: Any) -> Any:
        raise SearchIndexError("read-only")

    monkeypatch.setattr("quotes.statements.check.build", refused)
    words = HARBOUR[0].text.split("“")[1].split("”")[0]
    assert found(tmp_path / "s", words) == ["harbour"]
    monkeypatch.setattr("quotes.statements.check.MAX_QUOTES_IN_MEMORY", 0)
    store = open_store(tmp_path / "s")
    with pytest.raises(SearchIndexError, match="too many for the memory"):
        current_index(store)


def test_an_index_that_is_whole_is_used_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(tmp_path / "s", [HARBOUR]).close()
    words = HARBOUR[0].text.split("“")[1].split("”")[0]
    assert found(tmp_path / "s", words) == ["harbour"]
    assert (tmp_path / "s" / "index").is_dir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(index_folder, "is_writable", lambda folder: False)
    assert found(tmp_path / "s", words) == ["harbour"]
    assert not (tmp_path / "cache").exists()
