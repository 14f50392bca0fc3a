"""Voices of an audit as rows: CSV, JSON lines.

In: groups of voices. Out: text, a row a voice of a group. `facts` is a column for people: it is
empty, or has what they wrote for that name in a file of an earlier audit.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.errors import InputError
from quotes.output.csv_text import csv_text
from quotes.output.documents import Row, escape_formula
from quotes.output.terminal.safe_text import printable
from quotes.source_audit.voices import Group, Voice
from quotes.text.folding import fold_word

if TYPE_CHECKING:
    import pandas

COLUMNS: tuple[tuple[str, str], ...] = (
    ("group", "the article, author, outlet or month"),
    ("voice", "who is quoted or named"),
    ("kind", "person, institution, group, document, unnamed or not resolved"),
    ("role", "the role that most of its quotes have"),
    ("status", "quoted, or only named"),
    ("articles", "in how many articles"),
    ("quotes", "how many quotes"),
    ("direct", "direct ones"),
    ("indirect", "indirect ones"),
    ("mixed", "mixed ones"),
    ("words", "the words of its quotes"),
    ("share", "their share of all such words of the group"),
    ("voice_is", "new (no article of an earlier day quotes it) or familiar; empty: not known"),
    ("withheld", "why the name is withheld, in the words of the articles"),
    ("facts", "for people to fill in; kept by --facts"),
)
"""Columns of a row: name, meaning."""
NUMBERS = {
    **dict.fromkeys(("articles", "quotes", "direct", "indirect", "mixed", "words"), "int64"),
    "share": "float64",
}
"""The types of the columns of a frame that are not text."""
Facts = Mapping[str, str]


def to_rows(groups: Sequence[Group], facts: Facts | None = None) -> list[Row]:
    """Return a row for each voice of each group."""
    known = facts or {}
    return [_row(group, voice, known) for group in groups for voice in group.voices]


def to_frame(groups: Sequence[Group], facts: Facts | None = None) -> pandas.DataFrame:
    """Return a frame with a row a voice."""
    import pandas

    rows = to_rows(groups, facts)
    return pandas.DataFrame(
        {
            name: pandas.Series([row[name] for row in rows], dtype=NUMBERS.get(name, "str"))
            for name, _ in COLUMNS
        }
    )


def to_csv(groups: Sequence[Group], facts: Facts | None = None) -> str:
    """Return a header and a line for each voice; nothing begins like a formula."""
    names = [name for name, _ in COLUMNS]
    lines = ([escape_formula(_cell(row[name])) for name in names] for row in to_rows(groups, facts))
    return csv_text([names, *lines])


def to_json_lines(groups: Sequence[Group], facts: Facts | None = None) -> str:
    """Return an object a voice."""
    rows = to_rows(groups, facts)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def read_facts(path: Path) -> Facts:
    """Return what people wrote in the column `facts` of a CSV file, by the name in `voice`.

    Raises:
        InputError: for a file that cannot be read, or lacks one of the columns.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if not {"voice", "facts"} <= set(reader.fieldnames or ()):
                raise InputError(
                    f"{path}: needs the columns voice and facts, as `audit` writes them"
                )
            rows = [(row["voice"] or "", row["facts"] or "") for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: the file of facts cannot be read: {reason}") from error
    return {fold_word(name.removeprefix("'")): facts for name, facts in rows if facts.strip()}


def _row(group: Group, voice: Voice, facts: Facts) -> Row:
    return {
        "group": group.name,
        "voice": voice.name,
        "kind": voice.kind,
        "role": voice.role,
        "status": "quoted" if voice.quoted else "only named",
        "articles": voice.articles,
        "quotes": voice.quotes,
        "direct": voice.direct,
        "indirect": voice.indirect,
        "mixed": voice.mixed,
        "words": voice.words,
        "share": voice.share,
        "voice_is": {True: "new", False: "familiar", None: None}[voice.new],
        "withheld": "; ".join(voice.withheld) or None,
        "facts": facts.get(fold_word(voice.name)),
    }


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return printable(value) if isinstance(value, str) else str(value)
