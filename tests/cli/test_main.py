"""`quotes` as a whole: commands that are not understood, Ctrl-C, the model."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_ctrl_c_stops_with_a_line_and_exit_code_130(program: list[str]) -> None:
    process = subprocess.Popen(
        [*program, "extract", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == b""
    assert errors.decode().strip().splitlines()[-1].startswith("quotes: stopped")
    assert b"Traceback" not in errors


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["extract"], "PATH"),
        (["extract", "x.txt", "--published", "soon"], "YYYY-MM-DD"),
        (["extract", "x.txt", "--min-confidence", "2"], "is not a share"),
        (["extract", "x.csv", "--column", "words=body"], "no such field: words"),
        (["extract", "x.csv", "--column", "text"], "FIELD=NAME"),
        (["extract", "missing.txt"], "missing.txt"),
        (["extract", "--parsed", "missing.conllu"], "missing.conllu"),
        (["extract", "seeds", "--model", "no/such/folder"], "no/such/folder"),
        (["model", "--model", "no/such/folder"], "no/such/folder"),
        (["nonsense"], "nonsense"),
    ],
)
def test_a_command_that_is_not_understood_is_reported_on_standard_error_with_exit_code_2(
    command: Command, arguments: list[str], said: str
) -> None:
    done = command(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_model_is_described(command: Command) -> None:
    done = command("model")
    assert done.returncode == 0
    for words in ("embedded", "encoder/model.safetensors", "together", "Scores", "Licence"):
        assert words in done.stdout
    assert "stanza:de" in command("model", "--model", "stanza:de").stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device without room")
@pytest.mark.parametrize("to_file", [False, True])
def test_no_room_is_an_error_that_names_the_place(
    program: list[str], frozen: Path, to_file: bool
) -> None:
    words = [*program, "extract", "--parsed", str(frozen), "--format", "csv"]
    with open("/dev/full", "w") as full:
        process = subprocess.run(
            [*words, *(["--output", "/dev/full"] if to_file else [])],
            stdout=subprocess.DEVNULL if to_file else full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    place = "/dev/full" if to_file else "standard output"
    assert process.returncode == 2
    assert process.stderr.splitlines()[-1].startswith(f"quotes: {place}: cannot be written: ")
    assert "Traceback" not in process.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device without room")
def test_no_room_for_a_list_or_a_help_is_an_error_too(program: list[str]) -> None:
    with open("/dev/full", "w") as full:
        process = subprocess.run(
            [*program, "--help"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert process.returncode == 2
    assert process.stderr.startswith("quotes: standard output: cannot be written: ")
    assert len(process.stderr.splitlines()) == 1
