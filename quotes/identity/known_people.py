"""The optional file of known people: names, other names, Wikidata id, roles.

In: a CSV file with a header line, or JSON lines. Out: `KnownPerson`s. Columns or keys: `name`; if
wanted `aliases` and `roles` (separated by semicolons, in JSON also lists) and `wikidata`.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from quotes.errors import InputError
from quotes.text.folding import fold_case

COLUMNS = ("name", "aliases", "wikidata", "roles")
WIKIDATA = re.compile(r"Q[1-9][0-9]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """A person of the file: all `aliases` are this person wherever they stand."""

    name: str
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    roles: tuple[str, ...] = ()


def read_known(path: Path | str) -> tuple[KnownPerson, ...]:
    """Read the people of a file, in order.

    Raises:
        InputError: with file, line and reason, where the file or a line cannot be read.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: not UTF-8 text (byte {error.start}): save it as UTF-8"
        ) from error
    except OSError as error:
        raise InputError(
            f"{path}: the file of known people cannot be read: {error.strerror or error}"
        ) from error
    rows = _json_rows if text.lstrip().startswith("{") else _csv_rows
    found: dict[str, int] = {}
    people = []
    for line, row in rows(path, text):
        person = _person(path, line, row)
        if person.name in found:
            raise InputError(
                f"{path}:{line}: {person.name!r} stands in line {found[person.name]} already: "
                "put both in one line"
            )
        found[person.name] = line
        people.append(person)
    if not people:
        raise InputError(
            f"{path}: holds nobody: a line for each person, with the columns {', '.join(COLUMNS)}"
        )
    return tuple(people)


def _csv_rows(path: Path, text: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    header: list[str] = []
    line = 1
    try:
        for values in reader:
            if header and len(values) > len(header):
                raise InputError(
                    f"{path}:{line}: {len(values)} values for {len(header)} columns: "
                    "put values with commas in quotation marks"
                )
            if header and any(value.strip() for value in values):
                yield line, dict(zip(header, values, strict=False))
            elif not header and values:
                header = _header(path, line, values)
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"{path}:{line}: not CSV ({error})") from error


def _header(path: Path, line: int, values: list[str]) -> list[str]:
    header = [fold_case(value.strip()) for value in values]
    if "name" not in header:
        raise InputError(
            f"{path}:{line}: no column `name` among {', '.join(values)!r}: "
            f"the first line names the columns {', '.join(COLUMNS)}"
        )
    return header


def _json_rows(path: Path, text: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    for line, content in enumerate(text.split("\n"), start=1):
        if not content.strip():
            continue
        try:
            row = json.loads(content)
        except (json.JSONDecodeError, RecursionError) as error:
            raise InputError(f"{path}:{line}: not JSON ({error}): one object a line") from error
        if not isinstance(row, dict):
            raise InputError(
                f"{path}:{line}: holds a {type(row).__name__}, not an object with a name"
            )
        yield line, row


def _person(path: Path, line: int, row: Mapping[str, object]) -> KnownPerson:
    unknown = sorted(str(key) for key in row if key not in COLUMNS)
    if unknown:
        raise InputError(
            f"{path}:{line}: unknown column {unknown[0]!r}: known are {', '.join(COLUMNS)}"
        )
    name, wikidata = (_text(path, line, key, row.get(key)) for key in ("name", "wikidata"))
    if not any(char.isalpha() for char in name):
        raise InputError(f"{path}:{line}: no name")
    if wikidata and not WIKIDATA.match(wikidata):
        raise InputError(
            f"{path}:{line}: {wikidata!r} is no Wikidata id: it is Q and a number, such as Q42"
        )
    aliases, roles = (_list(path, line, key, row.get(key)) for key in ("aliases", "roles"))
    return KnownPerson(name=name, aliases=aliases, wikidata=wikidata or None, roles=roles)


def _text(path: Path, line: int, key: str, value: object) -> str:
    if value is not None and not isinstance(value, str):
        raise InputError(f"{path}:{line}: {key} is {value!r}: write it as text")
    return " ".join((value or "").split())


def _list(path: Path, line: int, key: str, value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else _text(path, line, key, value).split(";")
    cleaned = [_text(path, line, key, entry) for entry in values]
    return tuple(dict.fromkeys(entry for entry in cleaned if entry))
