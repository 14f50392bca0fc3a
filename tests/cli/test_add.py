"""`quotes add` and `quotes remove` as a user runs them."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from quotes.store import open_store
from tests.stores import FROZEN, HARBOUR, whole


def test_the_command_adds_says_so_and_removes(command: Any, tmp_path: Path) -> None:
    store = tmp_path / "s"
    done = command("add", "--parsed", FROZEN, "--store", store, "--outlet", "Daily Post")
    assert (done.returncode, done.stdout) == (
        0,
        f"{store}: 2 documents (2 new, 0 changed, 0 unchanged, 0 failed), 6 quotes found\n",
    )
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
    assert "stopped" in errors
    assert "Traceback" not in errors
    with open_store(tmp_path / "s") as store:
        held = whole(store)
    assert len(held) < 400
    again = subprocess.run(arguments, capture_output=True, text=True, timeout=300, check=False)
    assert again.returncode == 0, again.stderr
    assert f"{len(held)} unchanged" in again.stdout
    with open_store(tmp_path / "s") as store:
        assert whole(store) == {f"a{n}" for n in range(400)}
