"""The settings of a language: those of its parser, and thresholds measured on its data.

In: the tables of `language.toml`. Out: `Thresholds`, all probabilities from 0 to 1, and
`ParserSettings`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from quotes.errors import RuleError


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Least probabilities from which something holds; `data/en/language.toml` gives their origin.

    Attributes:
        speaker_name: A name is given as the speaker.
        antecedent: A referent of a pronoun is noted, so that later mentions can build on it.
        epithet: A new description means somebody named before.
        tagger_boundaries: The boundaries of the tagger replace those of the rules.
        tagger_cue: An attribution that the tagger finds stops the content of another.
    """

    speaker_name: float
    antecedent: float
    epithet: float
    tagger_boundaries: float
    tagger_cue: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ParserSettings:
    """The settings that the treebank of a language asks for; the table may be left out.

    Attributes:
        straight_quotes: The treebank has straight quotation marks, so the parser is given these.
    """

    straight_quotes: bool = False


def read_thresholds(path: Path) -> Thresholds:
    """Read the thresholds of a language.

    Raises:
        RuleError: where the file cannot be read, or a threshold is missing, unknown or no
            probability.
    """
    table = _tables(path).get("thresholds")
    if not isinstance(table, dict):
        raise RuleError(f"{path}: expected a table [thresholds]")
    names = [field.name for field in fields(Thresholds)]
    for name in table:
        if name not in names:
            raise RuleError(
                f"{path}: unknown threshold {name!r}: there are {', '.join(sorted(names))}"
            )
    for name in names:
        value = table.get(name)
        if not isinstance(value, float) or not 0 <= value <= 1:
            raise RuleError(f"{path}: {name!r} must be a number from 0.0 to 1.0, not {value!r}")
    return Thresholds(**table)


def read_parser_settings(path: Path) -> ParserSettings:
    """Read the settings of the parser; the defaults where there is no such file or table.

    Raises:
        RuleError: where the file cannot be read, or a setting is unknown or no boolean.
    """
    table = _tables(path).get("parser", {}) if path.is_file() else {}
    names = [field.name for field in fields(ParserSettings)]
    if not isinstance(table, dict) or any(
        name not in names or not isinstance(value, bool) for name, value in table.items()
    ):
        raise RuleError(f"{path}: [parser] may have true or false for {', '.join(names)}")
    return ParserSettings(**table)


def _tables(path: Path) -> dict[str, Any]:
    """Read the tables of a `language.toml`.

    Raises:
        RuleError: where it cannot be read or has other tables.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{path}: the file of thresholds cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{path}: not TOML: {error}") from error
    if unknown := sorted(set(content) - {"parser", "thresholds"}):
        raise RuleError(f"{path}: unknown table {unknown[0]!r}: there are [parser], [thresholds]")
    return content
