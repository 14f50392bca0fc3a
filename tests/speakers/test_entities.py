"""The role to print for an entity."""

from __future__ import annotations

import pytest

from quotes.language.lexicon import load_lexicon
from quotes.speakers import Entity
from quotes.speakers.entities import HeldRole, RoleSort, best_role
from tests.builders import ENGLISH

LEXICON = load_lexicon(ENGLISH)


def role(text: str, start: int, sort: RoleSort = "office") -> HeldRole:
    words = frozenset(text.lower().split())
    return HeldRole(text, start, text.lower().split()[-1], words, start + len(text), sort)


def test_the_role_at_the_quote_is_printed_else_the_first_that_says_most() -> None:
    roles = (role("Sen.", 0), role("party leader", 40), role("former judge", 80))
    entity = Entity("Anna Roe", "person", roles=roles)
    assert best_role(entity, range(80, 90), LEXICON) == "former judge"
    assert best_role(entity, range(5), LEXICON) == "party leader"
    assert best_role(entity, range(90, 99), LEXICON) == "party leader"
    assert best_role(Entity("Anna Roe", "person"), (), LEXICON) is None


def test_an_office_is_printed_before_what_else_describes_somebody() -> None:
    lesser = (role("of Oslo", 0, "circumstance"), role("a mother of two", 40, "person"))
    office = role("judge", 80)
    assert best_role(Entity("Anna Roe", "person", roles=lesser[:1]), (), LEXICON) == "of Oslo"
    assert best_role(Entity("Anna Roe", "person", roles=lesser), (), LEXICON) == "a mother of two"
    everything = Entity("Anna Roe", "person", roles=(*lesser, office))
    assert best_role(everything, range(50), LEXICON) == "judge"


def test_a_title_that_was_held_then_says_less_than_a_role() -> None:
    then = HeldRole("then-Sen.", 0, "sen.", frozenset({"then", "-", "sen."}), 9)
    leader = HeldRole("party leader", 40, "leader", frozenset({"party", "leader"}), 52)
    assert (
        best_role(Entity("Anna Roe", "person", roles=(then, leader)), (), LEXICON) == "party leader"
    )


def test_a_relative_who_holds_an_office_besides_has_both() -> None:
    def relative(text: str) -> HeldRole:
        return HeldRole(text, 0, "widow", frozenset(text.split()), len(text), "person")

    alone, both = relative("widow of the judge"), relative("widow and former judge")
    assert best_role(Entity("Anna Roe", "person", roles=(alone,)), (), LEXICON) is None
    found = best_role(Entity("Anna Roe", "person", roles=(alone, both)), (), LEXICON)
    assert found == "widow and former judge"


@pytest.mark.parametrize("text", ["Turkish counterpart", "27-year-old"])
def test_a_counterpart_or_an_age_alone_is_no_role(text: str) -> None:
    noun = text.split()[-1].removeprefix("27-")
    held = HeldRole(text, 0, noun, frozenset(text.split()), len(text), "person")
    assert best_role(Entity("Anna Roe", "person", roles=(held,)), (), LEXICON) is None
    both = Entity("Anna Roe", "person", roles=(held, role("foreign minister", 40)))
    assert best_role(both, range(20), LEXICON) == "foreign minister"
