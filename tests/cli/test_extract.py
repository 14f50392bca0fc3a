"""`quotes extract` as a user runs it: standard output, standard error and the exit code.

Most tests run on frozen parses (`--parsed`), in processes of their own; those on bad input run the
real model.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quotes.output import documents
from tests.stores import HARBOUR

Command = Callable[..., "subprocess.CompletedProcess[str]"]

ARTICLE = "“We will not close the library,” mayor Ruth Okafor told residents on Tuesday.\n"


def test_a_table_for_a_pipe_is_plain_and_of_any_width(command: Command, frozen: Path) -> None:
    done = command("extract", "--parsed", frozen, env={"COLUMNS": "40", "FORCE_COLOR": "1"})
    assert done.returncode == 0
    assert re.fullmatch(r"quotes: \d+ quotes in 2 articles \(.*\)(?: · [^\n]+)?\n", done.stderr)
    assert "\x1b" not in done.stdout
    blocks = done.stdout.split("\n\n")
    assert blocks[0] == "harbour"
    first = blocks[1].splitlines()
    assert first[0].startswith("Anna Lindqvist (harbour director) · told → reporters · direct · ")
    assert first[1] == "    “Prices will rise again in March,”"


def test_what_is_not_shown_is_counted_once_a_run_and_only_below_a_table(
    command: Command, frozen: Path
) -> None:
    few = command("extract", "--parsed", frozen, "--min-confidence", "1")
    assert re.search(r" not shown \(\d+ below 100%", few.stderr)
    assert few.stderr.count("\n") == 1
    everything = command("extract", "--parsed", frozen, "--min-confidence", "0", "--acts", "all")
    assert "not shown" not in everything.stderr
    assert command("extract", "--parsed", frozen, "--quiet").stderr == ""
    rows = command("extract", "--parsed", frozen, "--format", "csv", "--min-confidence", "1")
    assert rows.stderr == ""


def test_documents_made_from_parses_take_what_is_known_of_them(
    command: Command, frozen: Path
) -> None:
    done = command(
        "extract",
        "--parsed",
        frozen,
        "--outlet",
        "Harbour Post",
        "--author",
        "I. Writer",
        "--published",
        "2024-03-05",
    )
    assert done.stdout.splitlines()[0] == "harbour · Harbour Post · I. Writer · 5 March 2024"


def test_explaining_says_why_and_where(command: Command, frozen: Path) -> None:
    lines = command("extract", "--parsed", frozen, "--explain").stdout.splitlines()
    start = lines.index("    “Prices will rise again in March,”")
    explained = {
        line.split()[0]: line for line in lines[start + 1 : start + 12] if line.startswith("      ")
    }
    assert {"rule", "path", "speaker", "source", "cue", "content", "quote"} <= set(explained)
    assert explained["content"].split() == ["content", "1–33"]
    assert explained["cue"].split() == ["cue", "“told”", "67–71"]


def test_the_line_of_each_quote_is_shown_where_it_is_asked_for(
    command: Command, frozen: Path
) -> None:
    done = command("extract", "--parsed", frozen, "-n")
    lines = done.stdout.split("\n\n\n")[0].splitlines()
    numbers = {int(line.split()[1]) for line in lines if line.startswith("line ")}
    words = lines[lines.index("    “Prices will rise again in March,”") - 1]
    assert words.startswith("line 1 · Anna Lindqvist")
    assert max(numbers) <= HARBOUR[0].text.count("\n") + 1
    assert "line " not in command("extract", "--parsed", frozen).stdout.split("\n\n")[1]
    refused = command("extract", "--parsed", frozen, "-n", "--format", "csv")
    assert (refused.returncode, "--line-number is for the table" in refused.stderr) == (2, True)


def test_json_lines_hold_an_object_a_document(command: Command, frozen: Path) -> None:
    done = command("extract", "--parsed", frozen, "--format", "jsonl", "--with-text")
    objects = [json.loads(line) for line in done.stdout.splitlines()]
    assert [made["id"] for made in objects] == ["harbour", "=school"]
    for made in objects:
        for quote in made["quotes"]:
            assert quote["text"] == [
                made["document_text"][start:end] for start, end in quote["content"]
            ]
            assert quote["said_on"] is None
    assert "document_text" in objects[0]
    flat = command("extract", "--parsed", frozen, "--format", "jsonl", "--flat").stdout
    rows = [json.loads(line) for line in flat.splitlines()]
    assert [list(row) for row in rows] == [list(documents.NAMES)] * len(rows)
    assert [row["id"] for row in rows] == [q["id"] for made in objects for q in made["quotes"]]


def test_csv_holds_a_row_a_quote_and_no_formula(command: Command, frozen: Path) -> None:
    done = command("extract", "--parsed", frozen, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert list(rows[0]) == [name for name, _, _ in documents.COLUMNS]
    assert {row["document"] for row in rows} == {"harbour", "'=school"}
    assert any(row["words"] == "“-20 degrees is too cold,”" for row in rows)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_output_goes_to_a_file_in_the_format_of_its_ending(
    command: Command, frozen: Path, tmp_path: Path
) -> None:
    target = tmp_path / "quotes.csv"
    done = command("extract", "--parsed", frozen, "--output", target)
    assert (done.returncode, done.stdout) == (0, "")
    assert target.read_text(encoding="utf-8").startswith("speaker,role,words,")
    done = command("extract", "--parsed", frozen, "--output", tmp_path / "no" / "quotes.csv")
    assert done.returncode == 2
    assert "quotes.csv: cannot be written: No such file" in done.stderr


def test_an_input_is_never_overwritten(command: Command, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    for given in (article, tmp_path):
        done = command("extract", given, "--output", article)
        assert done.returncode == 2
        assert "is an input or in an input folder" in done.stderr
    assert article.read_text(encoding="utf-8") == ARTICLE


def test_unsure_quotes_can_be_left_out(command: Command, frozen: Path) -> None:
    done = command("extract", "--parsed", frozen, "--format", "jsonl", "--min-confidence", "1")
    assert all(
        quote["confidence"] == 1
        for line in done.stdout.splitlines()
        for quote in json.loads(line)["quotes"]
    )


def test_output_is_utf_8_whatever_the_locale(command: Command, frozen: Path) -> None:
    env = {
        "LC_ALL": "C",
        "LANG": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "cp1252",
    }
    assert "told → reporters" in command("extract", "--parsed", frozen, env=env).stdout


def test_the_head_of_a_pipe_may_close_it(program: list[str], frozen: Path) -> None:
    process = subprocess.Popen(
        [*program, "extract", "--parsed", str(frozen)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    errors = process.stderr.read().decode()
    process.stderr.close()
    process.wait(timeout=60)
    assert errors == ""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("env", "colours"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_a_table_that_fits_it(
    program: list[str], frozen: Path, env: dict[str, str], colours: bool
) -> None:
    shown = on_terminal([*program, "extract", "--parsed", str(frozen)], columns=100, env=env)
    assert bool(re.search(r"\x1b\[[\d;]*3[1-6]m", shown)) == colours
    plain = re.sub(r"\x1b\[[\d;?]*[a-zA-Z]", "", shown)
    assert max(map(len, plain.splitlines())) <= 100
    assert re.search(
        r"Anna Lindqvist +told → +“Prices will rise again in March,” +direct +\d+%", plain
    )
    assert "harbour director" in plain


def on_terminal(arguments: list[str], *, columns: int, env: dict[str, str]) -> str:
    """What a command writes on a terminal of a width."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    given = {
        name: value
        for name, value in os.environ.items()
        if name not in {"NO_COLOR", "COLUMNS", "FORCE_COLOR"}
    }
    process = subprocess.Popen(
        arguments,
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env=given | {"TERM": "xterm-256color"} | env,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other side is closed
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    process.wait(timeout=60)
    return shown.decode("utf-8").replace("\r\n", "\n")


def test_one_bad_parse_does_not_stop_the_others(
    command: Command, frozen: Path, tmp_path: Path
) -> None:
    (tmp_path / "harbour.txt").write_text(
        json.loads(frozen.read_text(encoding="utf-8").split("document_text = ")[1].split("\n")[0])
    )
    (tmp_path / "unknown.txt").write_text(ARTICLE, encoding="utf-8")
    done = command("extract", tmp_path, "--parsed", frozen, "--format", "jsonl")
    assert done.returncode == 2
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["harbour"]
    assert "no parse of document unknown" in done.stderr


def test_bad_files_are_named_and_the_others_printed(command: Command, tmp_path: Path) -> None:
    """The real model on a folder of bad files, and of odd ones that must work all the same."""
    files: dict[str, bytes] = {
        "a-good.txt": ARTICLE.encode(),
        "b-empty.txt": b"",
        "c-binary.txt": bytes(range(256)) * 40,
        "d-undecodable.txt": b"\xff\xfe\x00" + bytes(range(128, 256)) * 9,
        "e-figures.txt": b"12 345 -- 67.8 %\n",
        "f-french.txt": (
            "Le maire a déclaré que la bibliothèque resterait ouverte malgré les travaux prévus "
            "cet été.\n"
        ).encode(),
        "g-unclosed.txt": (
            "“We will stay open, said mayor Ruth Okafor.\n\nThe council said that it would pay.\n"
        ).encode(),
        "h-mixed.txt": ARTICLE.encode() + ARTICLE.replace("library", "café").encode("cp1252"),
        "i-long.txt": b"The mayor said that "
        + b"the roof and the wall and the door and " * 250
        + b"the window leaked.\n\nThe council said that it would pay.\n",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    done = command("extract", tmp_path, tmp_path / "missing.txt", "--format", "jsonl")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    found = {made["id"]: made["quotes"] for made in map(json.loads, done.stdout.splitlines())}
    assert sorted(found) == ["a-good", "g-unclosed", "h-mixed", "i-long"]
    progress = re.compile(r" \d+ failed, |loading the model")
    complaints = [line for line in done.stderr.splitlines() if not progress.search(line)]
    for name in [
        "b-empty.txt",
        "c-binary.txt",
        "d-undecodable.txt",
        "e-figures.txt",
        "f-french.txt",
        "missing.txt",
    ]:
        assert sum(name in line for line in complaints) == 1, (name, done.stderr)
    assert len(complaints) == 6
    assert "French" in done.stderr
    assert found["a-good"][0]["speaker"] == "Ruth Okafor"
    for name in ("g-unclosed", "i-long"):
        assert any("it would pay" in " ".join(quote["text"]) for quote in found[name]), name
    assert [quote["speaker"] for quote in found["h-mixed"]] == ["Ruth Okafor"] * 2


def test_standard_input_is_read(command: Command) -> None:
    done = command("extract", "-", "--format", "jsonl", "--quiet", stdin=ARTICLE)
    assert done.returncode == 0
    assert [quote["speaker"] for quote in json.loads(done.stdout)["quotes"]] == ["Ruth Okafor"]
    assert done.stderr == ""


def test_columns_of_a_table_can_be_named(command: Command, tmp_path: Path) -> None:
    table = tmp_path / "articles.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["key", "words", "paper"], ["a1", ARTICLE, "Daily Post"]])
    done = command(
        "extract",
        table,
        "--column",
        "text=words",
        "--column",
        "id=key",
        "--column",
        "outlet=paper",
        "--format",
        "csv",
    )
    assert done.returncode == 0, done.stderr
    row = next(csv.DictReader(io.StringIO(done.stdout)))
    assert (row["document"], row["outlet"], row["speaker"]) == ("a1", "Daily Post", "Ruth Okafor")


def test_results_come_before_the_whole_input_is_there(program: list[str]) -> None:
    """The first document is printed while the second is still being written."""
    line = json.dumps({"id": "first", "text": ARTICLE}) + "\n"
    arguments: list[Any] = [*program, "extract", "-", "--format", "jsonl"]
    with subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(line.encode() + b" " * 300_000 + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == "first"
        process.stdin.close()
        process.wait(timeout=60)
