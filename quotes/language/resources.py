"""Where the files that come with the package lie: word lists, rules. In a wheel under `quotes/data`, in a checkout under `data`."""

from __future__ import annotations

from pathlib import Path

from quotes.errors import RuleError

PACKAGE = Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    """The folder `data` of the wheel or of the checkout. Raises RuleError where neither is there."""
    for folder in (PACKAGE / "data", PACKAGE.parent / "data"):
        if folder.is_dir():
            return folder
    raise RuleError(
        f"the folder of rules and word lists is missing beside {PACKAGE}: install the package again"
    )


def languages() -> tuple[str, ...]:
    """The languages that have a rule file, as ISO 639-1 codes."""
    return tuple(sorted(path.parent.name for path in data_folder().glob("*/rules.toml")))


def word_list(language: str, name: str) -> frozenset[str]:
    """The entries of `data/<language>/words/<name>.txt`: one a line, `#` starts a comment. Raises RuleError."""
    path = data_folder() / language / "words" / f"{name}.txt"
    if not path.is_file():
        raise RuleError(f"{path}: no such word list")
    lines = (
        line.split("#", 1)[0].strip() for line in path.read_text(encoding="utf-8").splitlines()
    )
    return frozenset(line for line in lines if line)
