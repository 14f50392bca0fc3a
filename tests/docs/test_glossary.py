"""The words of the code are those of docs/glossary.md, and none that it retires."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.paths import ROOT

PAGE = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def retired() -> frozenset[str]:
    """Read the first column of the table of retired words."""
    table = PAGE.partition("## Retired words")[2]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| ")]
    return frozenset(
        word.strip() for row in rows[1:] if "---" not in row for word in row.split(",")
    )


def names_in(path: Path) -> Iterator[tuple[int, str]]:
    """Yield every name that a module defines, with its line, and its own name."""
    yield 1, path.stem
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.attr


def test_the_page_lists_retired_words() -> None:
    assert {"shelf", "crumb", "judgement"} <= retired()


@pytest.mark.parametrize("folder", ["quotes", "tests", "training", "benchmarks", "docs"])
def test_no_retired_word_is_a_name_in_the_code(folder: str) -> None:
    words = retired()
    found = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line, name in names_in(path)
        if words & {part.lower() for part in WORD.findall(name)}
    ]
    assert found == []


def test_every_record_and_package_is_in_the_pages() -> None:
    architecture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    packages = {path.parent.name for path in (ROOT / "quotes").glob("*/__init__.py")}
    assert {name for name in packages if f"`quotes.{name}`" not in architecture} == set()
    assert set(re.findall(r"^\| `quotes\.(\w+)` \|", architecture, re.MULTILINE)) == packages
    for module in re.findall(r"`quotes\.([a-z_.]+)`", architecture + PAGE):
        path = ROOT / "quotes" / module.replace(".", "/")
        assert path.is_dir() or path.with_suffix(".py").is_file(), module
