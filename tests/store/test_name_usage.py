"""Names as a collection uses them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from quotes.records import NameUsage
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
    assert name_usages(session) == ()


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
