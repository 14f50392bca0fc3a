"""Lists of what to read, and the command that takes one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from quotes.errors import InputError
from quotes.readers.manifest import read_manifest

SAID = "Die Bürgermeisterin sagte, die Brücke öffne im Mai."


def listed(folder: Path, content: bytes) -> list[str]:
    (folder / "list.txt").write_bytes(content)
    return read_manifest(str(folder / "list.txt"))


def test_a_path_or_address_a_line_in_order_with_comments(tmp_path: Path) -> None:
    content = (
        "\ufeff# of May\narticles/b one.txt\n\n  https://example.org/a#part  \r\n# of June\n"
        "articles/\n"
    )
    assert listed(tmp_path, content.encode()) == [
        "articles/b one.txt",
        "https://example.org/a#part",
        "articles/",
    ]


def test_a_name_may_have_any_character_but_a_line_break(tmp_path: Path) -> None:
    assert listed(tmp_path, "a\u2028b\x0cc.txt\nd.txt".encode()) == ["a\u2028b\x0cc.txt", "d.txt"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "lists nothing"),
        (b"# nothing yet\n\n", "lists nothing"),
        (b"caf\xe9.txt\n", "is not a text in UTF-8"),
    ],
)
def test_what_is_no_manifest_is_refused(content: bytes, reason: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=reason):
        listed(tmp_path, content)


def test_a_manifest_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"--manifest .*gone\.txt: cannot be read \(No such file"):
        read_manifest(str(tmp_path / "gone.txt"))


def test_the_command_reads_what_is_listed_beside_what_is_given(
    command: Any, tmp_path: Path
) -> None:
    """Articles in a language without rules, so that no model is needed: no store is made."""
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(SAID, encoding="utf-8")
    lines = f"{tmp_path / 'b.txt'}\n# {tmp_path / 'c.txt'}\n{tmp_path / 'gone.txt'}\n"
    options = ("--language", "de", "--store", tmp_path / "s")
    done = command("add", tmp_path / "a.txt", "--manifest", "-", *options, stdin=lines)
    assert done.returncode == 2
    named = [name for name in ("a", "b", "c", "gone") if f"{name}.txt: " in done.stderr]
    assert named == ["a", "b", "gone"]
    assert not (tmp_path / "s").exists()
    done = command("add", "--manifest", tmp_path / "none.txt", *options)
    assert done.returncode == 2
    assert "none.txt: cannot be read" in done.stderr
