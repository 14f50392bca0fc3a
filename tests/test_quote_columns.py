"""The columns of a quote: one schema for every way out."""

from __future__ import annotations

from quotes.output import documents
from quotes.quote_columns import IN_DOCUMENT, QUOTE_COLUMNS, SCHEMA_VERSION
from quotes.store import COLUMNS


def test_every_way_out_has_the_same_names_in_the_same_order() -> None:
    names = [column.name for column in QUOTE_COLUMNS]
    assert len(set(names)) == len(names)
    assert list(COLUMNS) == names
    assert [name for name, _, _ in documents.COLUMNS] == [
        column.name for column in QUOTE_COLUMNS if not column.store_only
    ]
    assert [name for name, _, _ in documents.COLUMNS] == [column.name for column in IN_DOCUMENT]


def test_what_people_read_stands_before_ids_and_offsets() -> None:
    names = [column.name for column in QUOTE_COLUMNS]
    read = {"speaker_name", "role", "words", "type", "said_on", "published", "outlet", "title"}
    assert set(names[:12]) >= read | {"url"}
    assert names.index("probability") < names.index("rule") < names.index("id")
    assert [column.kind for column in QUOTE_COLUMNS[-3:]] == ["spans"] * 3


def test_the_version_has_two_numbers() -> None:
    assert [int(number) >= 0 for number in SCHEMA_VERSION.split(".")] == [True, True]
