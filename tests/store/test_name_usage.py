"""Names as a collection uses them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from quotes.records import NameUsage
from quotes.store import name_usage
from quotes.store.name_usage import name_usages
from quotes.store.rows import Row, arrow
from quotes.store.schema import TABLES
from quotes.store.views import Session

FIRST, LAST = date(2024, 3, 4), date(2024, 3, 9)
PARK = {"batch": "b", "name": "Ellen Park", "kind": "person"}


@pytest.fixture
def session() -> Iterator[Session]:
    made = Session()
    yield made
    made.close()


def fill(session: Session, folder: Path, table: str, *rows: Row) -> None:
    path = folder / f"{table}.parquet"
    pq.write_table(arrow(TABLES[table], rows), path)
    session.files(table, [str(path)])


def test_an_empty_store_uses_no_names(session: Session) -> None:
    assert list(name_usages(session)) == []


def test_a_name_has_its_quotes_documents_roles_company_and_days(
    session: Session, tmp_path: Path
) -> None:
    said = {"batch": "b", "speaker": "Ellen Park", "kind": "person", "document": "d1"}
    quote = {**said, "published": FIRST}
    fill(session, tmp_path, "quotes", quote | {"id": "q1"}, quote | {"id": "q2"})
    fill(
        session,
        tmp_path,
        "aliases",
        PARK | {"document": "d1", "published": FIRST},
        PARK | {"document": "d2", "published": LAST},
        PARK | {"name": "Bo Lee", "document": "d2", "published": LAST},
    )
    mayor = {**PARK, "role": "mayor", "document": "d1"}
    fill(session, tmp_path, "roles", mayor, {**mayor, "role": "judge"}, mayor)
    lee, park = name_usages(session)
    assert park == NameUsage(
        name="Ellen Park",
        kind="person",
        quotes=2,
        documents=("d1", "d2"),
        roles=(("mayor", 2), ("judge", 1)),
        others=("Bo Lee",),
        first=FIRST,
        last=LAST,
    )
    assert (lee.name, lee.quotes, lee.others) == ("Bo Lee", 0, ("Ellen Park",))


def test_groups_documents_and_nameless_speakers_have_no_identity(
    session: Session, tmp_path: Path
) -> None:
    quote = {"batch": "b", "document": "d1", "published": FIRST}
    fill(
        session,
        tmp_path,
        "quotes",
        quote | {"id": "q1", "speaker": "officials", "kind": "group"},
        quote | {"id": "q2", "speaker": "a report", "kind": "document"},
        quote | {"id": "q3", "speaker": None, "kind": "unnamed"},
        quote | {"id": "q4", "speaker": "Hamas", "kind": "organization"},
    )
    assert [(usage.name, usage.kind) for usage in name_usages(session)] == [
        ("Hamas", "organization")
    ]


def test_names_counted_part_by_part_are_those_counted_at_once(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [
        f"{given} {family}" for given in ("Ann", "Bo", "Cy") for family in ("Lee", "Park", "Ó")
    ]
    rows = [
        {"batch": "b", "name": name, "kind": "person", "document": f"d{number % 4}",
         "published": FIRST}
        for number, name in enumerate([*names, *names[:5]])
    ]  # fmt: skip
    spoken = [{**row, "speaker": row["name"], "id": f"q{n}"} for n, row in enumerate(rows[::2])]
    fill(
        session, tmp_path, "quotes", *({k: v for k, v in q.items() if k != "name"} for q in spoken)
    )
    fill(session, tmp_path, "aliases", *rows)
    fill(session, tmp_path, "roles", *(row | {"role": "mayor"} for row in rows[::3]))
    whole = list(name_usages(session))
    assert {usage.name for usage in whole} == set(names)
    monkeypatch.setattr(name_usage, "NAMES_AT_ONCE", 2)
    parts = list(name_usages(session))
    assert parts != whole  # in another order
    assert sorted(parts, key=str) == sorted(whole, key=str)
    endings = [usage.name[-4:] for usage in parts]
    assert sum(a != b for a, b in pairwise(endings)) == len(set(endings)) - 1
