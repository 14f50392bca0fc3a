"""The file of known people."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.errors import InputError
from quotes.identity import KnownPerson, read_known

CSV = (
    "name,aliases,wikidata,roles\n"
    "Mahmoud Abbas,Abu Mazen; Mahmud Abbas,Q127998,Palestinian president\n"
)
JSON = (
    '{"name": "Mahmoud Abbas", "aliases": ["Abu Mazen", "Mahmud Abbas"], "wikidata": "Q127998", '
    '"roles": "Palestinian president"}\n'
)


@pytest.mark.parametrize("text", [CSV, JSON, "\ufeff" + CSV.replace("\n", "\r\n")])
def test_a_file_of_known_people_is_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "known"
    path.write_bytes(text.encode("utf-8"))
    (person,) = read_known(path)
    assert person == KnownPerson(
        name="Mahmoud Abbas",
        aliases=("Abu Mazen", "Mahmud Abbas"),
        wikidata="Q127998",
        roles=("Palestinian president",),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "holds nobody"),
        ("name\n", "holds nobody"),
        ("person,aliases\nAnn,\n", ":1: no column `name`"),
        ("name,age\nAnn,7\n", ":2: unknown column 'age'"),
        ("name\nAnn\n\nAnn\n", ":4: 'Ann' stands in line 2 already"),
        ("name,wikidata\nAnn,12\n", ":2: '12' is no Wikidata id"),
        ("name,wikidata\n,Q12\n", ":2: no name"),
        ("name\nAnn,Bea\n", ":2: 2 values for 1 columns"),
        ('name\n"Ann\n', "not CSV"),
        ('{"name": "Ann"}\n{"name": 7}\n', ":2: name is 7"),
        ('{"name": "Ann"}\n[]\n', ":2: holds a list"),
        ('{"name": "Ann"}\n{"name"\n', ":2: not JSON"),
    ],
)
def test_a_bad_file_of_known_people_is_refused_with_its_line(
    tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "known.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_known(path)
    assert str(path) in str(error.value)
    assert message in str(error.value)


def test_a_missing_file_or_one_that_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_known(tmp_path / "none.csv")
    (tmp_path / "known.csv").write_bytes(b"name\n\xff\xfe\n")
    with pytest.raises(InputError, match="not UTF-8 text"):
        read_known(tmp_path / "known.csv")
