"""Texts and names in SQL."""

from __future__ import annotations

import duckdb
import pytest

from quotes.store.sql_literals import identifier, text_literal, text_literals

STRANGE = ("plain", "", "l'heure", "''", 'a "b"', "ends '", "-- ; \\")


@pytest.mark.parametrize("text", STRANGE)
def test_a_text_is_read_as_it_is(text: str) -> None:
    assert duckdb.sql(f"SELECT {text_literal(text)}").fetchall() == [(text,)]


def test_several_texts_stand_in_a_list() -> None:
    assert duckdb.sql(f"SELECT [{text_literals(STRANGE)}]").fetchall() == [(list(STRANGE),)]


@pytest.mark.parametrize("name", [name for name in STRANGE if name])
def test_a_name_is_read_as_it_is(name: str) -> None:
    assert duckdb.sql(f"SELECT 1 AS {identifier(name)}").columns == [name]
