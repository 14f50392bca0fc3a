"""Settings that a person keeps in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.cli.configuration import default_map, find_settings
from quotes.cli.main import cli
from quotes.errors import InputError
from tests.cli.conftest import Run


def defaults(path: Path) -> dict[str, object]:
    found = find_settings(path)
    assert found
    return default_map(cli, found[1], found[0])


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QUOTES_CONFIG", raising=False)
    monkeypatch.delenv("QUOTES_STORE", raising=False)
    return tmp_path


def test_the_nearest_file_counts_and_its_paths_count_from_it(here: Path) -> None:
    (here / "quotes.toml").write_text('store = "news"\n[export]\nformat = "tsv"\ntype = "direct"\n')
    below = here / "a" / "b"
    below.mkdir(parents=True)
    made = defaults(below)
    assert made["export"] == {"store": "news", "file_format": "tsv", "type": "direct"}
    assert made["speakers"]["merge"] == {"store": "news"}  # type: ignore[index]
    (here / "a" / "pyproject.toml").write_text('[tool.quotes]\nstore = "mine"\n')
    assert defaults(below)["timeline"] == {"store": str(Path("a", "mine"))}
    (here / "a" / "b" / "pyproject.toml").write_text('[project]\nname = "other"\n')
    assert defaults(below)["timeline"] == {"store": str(Path("a", "mine"))}


def test_another_file_is_named_by_the_environment(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "quotes.toml").write_text("min-confidence = 0.1\n")
    (here / "mine.toml").write_text("min-confidence = 0.9\n")
    monkeypatch.setenv("QUOTES_CONFIG", str(here / "mine.toml"))
    assert defaults(here)["extract"] == {"min_confidence": "0.9"}
    monkeypatch.setenv("QUOTES_CONFIG", "")
    assert find_settings(here) is None
    monkeypatch.setenv("QUOTES_CONFIG", str(here / "none.toml"))
    with pytest.raises(InputError, match=r"none\.toml: cannot be read"):
        find_settings(here)


def test_the_command_line_counts_before_the_environment_and_that_before_the_file(
    here: Path, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "quotes.toml").write_text(f'store = "{folder.as_posix()}"\nquiet = true\n')
    done = run("export", "--type", "direct", "-o", here / "q.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert "elsewhere: no such store" in run("export", "--store", "elsewhere").stderr
    monkeypatch.setenv("QUOTES_STORE", "from-env")
    assert "from-env" in run("export").stderr
    monkeypatch.delenv("QUOTES_STORE")
    assert run("speakers", "undo", "none").stderr == "quotes: no review 'none' to undo\n"


def test_the_name_of_the_output_counts_before_the_format_of_the_file(
    here: Path, run: Run, folder: Path
) -> None:
    (here / "quotes.toml").write_text(f'store = "{folder.as_posix()}"\n[export]\nformat = "tsv"\n')
    assert run("export", "-o", here / "q.sqlite").returncode == 0
    assert (here / "q.sqlite").read_bytes().startswith(b"SQLite format 3")
    assert "\t" in run("export").stdout.splitlines()[0]
    done = run("export", "--format", "tsv", "-o", here / "q.xlsx")
    assert "q.xlsx: ends like a file of xlsx, and --format asks for tsv" in done.stderr


def test_other_tables_can_be_exported_whatever_the_file_selects(
    here: Path, run: Run, folder: Path
) -> None:
    (here / "quotes.toml").write_text(f'store = "{folder.as_posix()}"\nmin-confidence = 0.5\n')
    assert run("export", "--table", "documents").returncode == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("stor = 1", "stor: no command has such an option"),
        ('output = "q.csv"', "output: no command has such an option"),
        ("[export]\nexplain = true", r"\[export\] explain: `quotes export` has no such option"),
        ('export = "csv"', r"export is a command: write its settings in a table \[export\]"),
        ("quiet = 1", "quiet: is 1: write true or false"),
        ("store = true", "store: is True: write a text or a number"),
        ("store = ", "is not TOML"),
    ],
)
def test_what_cannot_be_understood_is_refused(
    here: Path, run: Run, text: str, message: str
) -> None:
    (here / "quotes.toml").write_text(text)
    with pytest.raises(InputError, match=message):
        defaults(here)
    done = run("speakers")
    assert (done.returncode, done.stdout) == (2, "")
    assert str(here / "quotes.toml") in done.stderr
