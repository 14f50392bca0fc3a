"""Where the data files of languages lie, and the one reader of word lists.

In a wheel the files are under `quotes/data`, in a checkout under `data`.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

from quotes.errors import RuleError
from quotes.text.folding import fold_case

PACKAGE = Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    """Return the folder `data` of the wheel or of the checkout.

    Raises:
        RuleError: where neither is there.
    """
    for folder in (PACKAGE / "data", PACKAGE.parent / "data"):
        if folder.is_dir():
            return folder
    raise RuleError(
        f"the folder of rules and word lists is missing beside {PACKAGE}: install the package again"
    )


def languages() -> tuple[str, ...]:
    """Return the languages that have a rule file, as ISO 639-1 codes."""
    return tuple(sorted(path.parent.name for path in data_folder().glob("*/rules.toml")))


@cache
def read_word_list(path: Path) -> frozenset[str]:
    """Read a word list: one entry a line, in order; `#` starts a comment.

    Capitals come first, or stand among small letters.

    Raises:
        RuleError: where the file cannot be read or is not in order, with the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{path}: the word list cannot be read: {error}") from error
    numbered = [
        (number, entry)
        for number, line in enumerate(lines, start=1)
        if (entry := line.split("#", 1)[0].strip())
    ]
    entries = [entry for _, entry in numbered]
    strict = entries == sorted(entries)
    for (_, before), (number, entry) in pairwise(numbered):
        if entry == before:
            raise RuleError(f"{path}:{number}: {entry!r} stands twice: take one out")
        if not strict and fold_case(entry) < fold_case(before):
            raise RuleError(
                f"{path}:{number}: {entry!r} after {before!r} is not in order: sort the lines"
            )
    return frozenset(entries)
