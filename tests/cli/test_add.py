"""`quotes add` and `quotes remove` as a user runs them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from quotes.cli.add import _Run
from quotes.cli.progress import Progress
from quotes.errors import StoreNotWritable
from quotes.pipeline import Processed
from quotes.records import Failure
from quotes.store import Store, open_store
from quotes.store.commits import Counts
from quotes.store.ingest import Step
from tests.stores import FROZEN, HARBOUR, SCHOOL, whole, work

SHORT = "Prices rose again said mayor Ruth Okafor on Monday in Velm."


def test_the_command_adds_says_so_and_removes(command: Any, tmp_path: Path) -> None:
    store = tmp_path / "s"
    done = command("add", "--parsed", FROZEN, "--store", store, "--outlet", "Daily Post")
    assert (done.returncode, done.stdout) == (
        0,
        f"{store}: 2 documents (2 new, 0 changed, 0 unchanged, 0 failed), 6 quotes found\n",
    )
    assert re.search(r"^quotes: \d+ quotes counted in all", done.stderr, re.MULTILINE)
    done = command("add", "--parsed", FROZEN, env={"QUOTES_STORE": str(store)})
    assert (
        done.stdout
        == f"{store}: 2 documents (0 new, 0 changed, 2 unchanged, 0 failed), 0 quotes found\n"
    )
    done = command("remove", "harbour", "--store", store)
    assert (done.returncode, done.stdout) == (0, f"{store}: 1 document removed\n")
    done = command("remove", "harbour", "--store", store)
    assert done.returncode == 2
    assert "no document 'harbour'" in done.stderr
    with open_store(store) as opened:
        assert opened.documents()["outlet"].tolist() == ["Daily Post"]


def test_bad_files_are_named_and_the_rest_is_stored(command: Any, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "empty.txt").write_text("")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 4)
    (folder / "harbour.txt").write_text(HARBOUR[0].text, encoding="utf-8")
    done = command("add", folder, "--store", tmp_path / "s")
    assert done.returncode == 2
    assert "empty.txt" in done.stderr
    assert "binary.txt" in done.stderr
    assert "(1 new, 0 changed, 0 unchanged, 2 failed)" in done.stdout
    with open_store(tmp_path / "s") as store:
        assert store.documents()["id"].tolist() == ["harbour"]
        assert set(store.sql("SELECT id FROM failures")["id"]) == {"binary", "empty"}


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are stored without a model, and without quotes."""

    def local_work(model: str, workers: int) -> Any:
        return lambda items: (
            item if isinstance(item, Failure) else Processed(item, ()) for item in items
        )

    monkeypatch.setattr("quotes.store.ingest.local_work", local_work)


def ids(store: Store) -> set[str]:
    return set(store.documents()["id"])


def write_table(path: Path, *rows: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(("id,text,Section", *rows)) + "\n")
    return path


@pytest.mark.usefixtures("here")
def test_two_tables_with_equal_ids_are_all_stored(run: Any, tmp_path: Path) -> None:
    store = tmp_path / "s"
    gazette = write_table(tmp_path / "gazette.csv", f"1,{SHORT},Home", f"2,{SHORT} Twice.,")
    echo = write_table(tmp_path / "echo.csv", "1,Eels are dear said the cook.,", "2,Rain fell.,")
    for path in (gazette, echo):
        done = run("add", path, "--store", store)
        assert (done.returncode, "(2 new, 0 changed" in done.stdout) == (0, True)
    done = run("add", gazette, echo, "--store", store)
    assert "(0 new, 0 changed, 4 unchanged" in done.stdout
    with open_store(store) as opened:
        assert ids(opened) == {f"{name}.csv#{n}" for name in ("gazette", "echo") for n in "12"}
        assert opened.document("gazette.csv#1").extra == (("Section", "Home"),)
    other = write_table(tmp_path / "y2" / "echo.csv", "1,Nobody swims in winter here.,")
    done = run("add", other, "--store", store)
    assert done.returncode == 0
    with open_store(store) as opened:
        assert "y2/echo.csv#1" in ids(opened)


@pytest.mark.usefixtures("here")
def test_another_text_under_a_stored_id_is_refused_naming_both_sources(
    run: Any, tmp_path: Path
) -> None:
    store = tmp_path / "s"
    path = write_table(tmp_path / "gazette.csv", f"1,{SHORT},")
    run("add", path, "--store", store)
    write_table(path, "1,Eels are dear this year and so is everything else here.,")
    done = run("add", path, "--store", store)
    assert done.returncode == 2
    assert f"stored from {path}:1" in done.stderr
    assert "--replace" in done.stderr
    done = run("add", path, "--store", store, "--dry-run")
    assert (done.returncode, "1 failed" in done.stdout) == (2, True)
    assert run("add", path, "--store", store, "--replace").returncode == 0
    with open_store(store) as opened:
        assert opened.document("gazette.csv#1").text.startswith("Eels")


@pytest.mark.usefixtures("here")
def test_a_dry_run_says_what_would_be_and_stores_nothing(run: Any, tmp_path: Path) -> None:
    store, path = tmp_path / "s", write_table(tmp_path / "n.csv", f"1,{SHORT},", f"2,{SHORT} No.,")
    done = run("add", path, tmp_path / "none.txt", "--store", store, "--dry-run")
    assert done.returncode == 2
    assert done.stdout.splitlines() == [
        "new      n.csv#1",
        "new      n.csv#2",
        f"{store}: nothing is stored; would be: 2 new, 0 changed, 0 unchanged, 1 failed",
    ]
    assert "none.txt" in done.stderr
    assert not store.exists()
    run("add", path, "--store", store)
    write_table(path, f"1,{SHORT} Yes.,", f"2,{SHORT} No.,")
    done = run("add", path, "--store", store, "--dry-run")
    assert done.stdout.splitlines()[0] == "changed  n.csv#1"
    with open_store(store) as opened:
        assert opened.document("n.csv#1").text == SHORT


@pytest.mark.usefixtures("here")
def test_what_is_left_out_of_an_article_is_named_and_the_article_does_not_count_as_failed(
    run: Any, tmp_path: Path
) -> None:
    store, path = tmp_path / "s", tmp_path / "n.csv"
    path.write_text(f"id,text,date\n1,{SHORT},03/05/2024\n")
    done = run("add", path, "--store", store)
    assert done.returncode == 2
    assert done.stdout == (
        f"{store}: 1 document (1 new, 0 changed, 0 unchanged, 0 failed), 0 quotes found"
        "; left out: 1 thing, named below\n"
    )
    assert "row 1: published '03/05/2024' can be two days" in done.stderr
    with open_store(store) as opened:
        assert "'03/05/2024'" in opened.sql("SELECT message FROM failures")["message"].item()
    done = run("add", path, "--store", store, "--month-first")
    assert (done.returncode, "1 changed" in done.stdout) == (0, True)
    with open_store(store) as opened:
        assert opened.documents()["published"].astype(str).tolist() == ["2024-03-05"]


@pytest.mark.usefixtures("here")
def test_a_mistyped_path_makes_no_store(run: Any, tmp_path: Path) -> None:
    done = run("add", tmp_path / "nosuch.txt", "--store", tmp_path / "s")
    assert done.returncode == 2
    assert "nosuch.txt: no such file" in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "s").exists()


@pytest.mark.usefixtures("here")
def test_a_file_that_may_not_be_read_does_not_keep_others_from_being_read(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Any, *arguments: Any, **options: Any) -> Any:
        if path.name == "secret.csv":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments, **options)

    opened = Path.open
    good, secret = (write_table(tmp_path / f"{n}.csv", f"1,{SHORT},") for n in ("n", "secret"))
    monkeypatch.setattr(Path, "open", refused)
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    done = run("add", good, secret, "--store", tmp_path / "s", "--dry-run")
    assert done.returncode == 2
    assert "new      n.csv#1" in done.stdout
    assert f"{secret}: permission denied" in done.stderr


def test_ctrl_c_says_how_many_are_stored_and_that_the_command_goes_on(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopping(items: Any) -> Any:
        for number, item in enumerate(items):
            if number == 2:
                raise KeyboardInterrupt
            yield Processed(item, ())

    lines = [f'{{"id": {n}, "text": "{SHORT}"}}\n' for n in range(5)]
    (tmp_path / "n.jsonl").write_text("".join(lines))
    monkeypatch.setattr("quotes.store.ingest.local_work", lambda model, workers: stopping)
    done = run("add", tmp_path / "n.jsonl", "--store", tmp_path / "s")
    assert (done.returncode, done.stdout) == (130, "")
    assert "stopped: 2 of 5 articles are stored" in done.stderr
    assert "The same command goes on" in done.stderr
    with open_store(tmp_path / "s") as opened:
        assert ids(opened) == {"n.jsonl#0", "n.jsonl#1"}


def test_who_is_who_is_made_at_the_first_question_after_a_run_was_stopped(
    run: Any, tmp_path: Path
) -> None:
    def stopping(items: Any) -> Any:
        yield next(iter(work(items)))
        raise KeyboardInterrupt

    store = open_store(tmp_path / "s", create=True)
    with pytest.raises(KeyboardInterrupt):
        list(store.add([HARBOUR, SCHOOL], work=stopping))
    assert store.speakers() == ()
    done = run("speakers", "--store", tmp_path / "s")
    assert "Anna Lindqvist" in done.stdout
    assert "who is who has not been made of all articles yet: making it" in done.stderr
    done = run("speakers", "--store", tmp_path / "s")
    assert (done.stderr, "Anna Lindqvist" in done.stdout) == ("", True)


def test_where_the_store_may_not_be_written_who_is_who_is_made_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopping(items: Any) -> Any:
        yield next(iter(work(items)))
        raise KeyboardInterrupt

    def refused(*_: Any) -> Any:
        raise StoreNotWritable("read-only")

    with open_store(tmp_path / "s", create=True) as store, pytest.raises(KeyboardInterrupt):
        list(store.add([HARBOUR], work=stopping))
    monkeypatch.setattr("quotes.store.commits.write_speakers", refused)
    with open_store(tmp_path / "s", on_message=lambda message: None) as store:
        assert store.speaker("Lindqvist").name == "Anna Lindqvist"
        assert store.quotes(store.selection_of(store.speaker("Lindqvist"))).shape[0] > 0


def test_a_folder_that_is_no_store_is_left_alone(command: Any, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")
    done = command("add", "--parsed", FROZEN, "--store", tmp_path)
    assert done.returncode == 2
    assert "no store (it holds letter.txt)" in done.stderr
    assert os.listdir(tmp_path) == ["letter.txt"]


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT to one process on this system")
@pytest.mark.slow
def test_ctrl_c_stores_what_is_done_and_the_next_run_goes_on(
    tmp_path: Path, program: list[str], parser: Any
) -> None:
    lines = [
        f'{{"id": "a{n}", "text": "Prices rose, mayor Ruth Okafor said on day {n}. '
        f'She said it was {n} euros."}}'
        for n in range(400)
    ]
    (tmp_path / "articles.jsonl").write_text("\n".join(lines))
    arguments = [
        *program,
        "add",
        str(tmp_path / "articles.jsonl"),
        "--store",
        str(tmp_path / "s"),
        "--workers",
        "2",
    ]
    running = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while not (tmp_path / "s" / "quotes-store.json").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(4)
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=60)
    if running.returncode == 0:
        pytest.skip("this machine was done before it could be stopped")
    assert running.returncode == 130
    assert "of 400 articles are stored" in errors
    assert "Traceback" not in errors
    with open_store(tmp_path / "s") as store:
        held = whole(store)
    assert len(held) < 400
    again = subprocess.run(arguments, capture_output=True, text=True, timeout=300, check=False)
    assert again.returncode == 0, again.stderr
    assert f"{len(held)} unchanged" in again.stdout
    with open_store(tmp_path / "s") as store:
        assert whole(store) == {f"articles.jsonl#a{n}" for n in range(400)}


def test_progress_counts_a_whole_commit_before_its_steps() -> None:
    shown = list[int]()

    class Shown(Progress):
        def show(self, done: int, failed: int, *, skipped: int = 0) -> None:
            shown.append(done)

    run = _Run("news", Shown())
    run._note(Counts(added=3))
    for done in (1, 2, 3):
        run._show(Step(f"a{done}", "added", Counts(added=done)))
    assert shown == [3, 3, 3, 3]
    assert run.counts.added == 3
