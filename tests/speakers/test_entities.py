"""The role to print for an entity."""

from __future__ import annotations

from quotes.language.lexicon import load_lexicon
from quotes.speakers import Entity
from quotes.speakers.entities import HeldRole, best_role
from tests.builders import ENGLISH

LEXICON = load_lexicon(ENGLISH)


def test_the_role_at_the_quote_is_printed_else_the_first_that_says_most() -> None:
    def role(text: str, start: int) -> HeldRole:
        words = frozenset(text.lower().split())
        return HeldRole(text, start, text.lower().split()[-1], words, start + len(text))

    entity = Entity("Anna Roe", "person", roles=(role("Sen.", 0), role("party leader", 40)))
    assert best_role(entity, range(5), LEXICON) == "Sen."
    assert best_role(entity, range(90, 99), LEXICON) == "party leader"
    assert best_role(Entity("Anna Roe", "person"), (), LEXICON) is None


def test_a_title_that_was_held_then_says_less_than_a_role() -> None:
    then = HeldRole("then-Sen.", 0, "sen.", frozenset({"then", "-", "sen."}), 9)
    leader = HeldRole("party leader", 40, "leader", frozenset({"party", "leader"}), 52)
    assert (
        best_role(Entity("Anna Roe", "person", roles=(then, leader)), (), LEXICON) == "party leader"
    )
