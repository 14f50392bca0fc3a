"""The kinds of entities by the types of name taggers."""

from __future__ import annotations

from typing import get_args

import pytest

from quotes.parsing.entity_types import ENTITY_KINDS
from quotes.records import EntityKind


@pytest.mark.parametrize(
    ("label", "kind"),
    [("PERSON", "PER"), ("PER", "PER"), ("GPE", "LOC"), ("ORG", "ORG"), ("NORP", "MISC")],
)
def test_types_of_several_taggers_have_one_kind(label: str, kind: str) -> None:
    assert ENTITY_KINDS[label] == kind


@pytest.mark.parametrize("label", ["DATE", "MONEY", "CARDINAL", "PERCENT", ""])
def test_what_is_no_name_has_no_kind(label: str) -> None:
    assert label not in ENTITY_KINDS


def test_each_kind_has_a_type_of_its_own_name() -> None:
    assert set(ENTITY_KINDS.values()) == set(get_args(EntityKind))
    assert all(ENTITY_KINDS[kind] == kind for kind in get_args(EntityKind))
