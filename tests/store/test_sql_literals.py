"""Texts and names in SQL."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from quotes.store.sql_literals import identifier, text_literal, text_literals

STRANGE = ("plain", "", "l'heure", "''", 'a "b"', "ends '", "-- ; \\")


@pytest.mark.parametrize("text", STRANGE)
def test_a_text_is_read_as_it_is(text: str) -> None:
    assert _rows(f"SELECT {text_literal(text)}") == [(text,)]


def test_several_texts_stand_in_a_list() -> None:
    assert _rows(f"SELECT [{text_literals(STRANGE)}]") == [(list(STRANGE),)]


@pytest.mark.parametrize("name", [name for name in STRANGE if name])
def test_a_name_is_read_as_it_is(name: str) -> None:
    description = duckdb.execute(f"SELECT 1 AS {identifier(name)}").description
    assert description is not None
    assert [column[0] for column in description] == [name]


def _rows(query: str) -> list[tuple[Any, ...]]:
    return duckdb.execute(query).fetchall()
