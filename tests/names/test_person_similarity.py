"""How two names of people stand to each other across documents."""

from __future__ import annotations

import pytest

from quotes.names.person import person_name
from quotes.names.person_similarity import relate_people
from quotes.names.relation import NameRelation, RelationKind
from tests.builders import ENGLISH


def relate(a: str, b: str) -> NameRelation:
    return relate_people(person_name(a, ENGLISH), person_name(b, ENGLISH), ENGLISH)


@pytest.mark.parametrize(
    ("short", "full", "kind"),
    [
        ("Lavrov", "Sergei Lavrov", RelationKind.SURNAME_ALONE),
        ("Sergei", "Sergei Lavrov", RelationKind.FIRST_NAME_ALONE),
        ("Robert Kennedy", "Robert F. Kennedy", RelationKind.MIDDLE_NAME_LEFT_OUT),
        ("Tayyip Erdogan", "Recep Tayyip Erdogan", RelationKind.FIRST_NAME_LEFT_OUT),
        ("Gabriel García", "Gabriel García Márquez", RelationKind.SECOND_SURNAME_LEFT_OUT),
    ],
)
def test_a_name_that_says_less_is_the_general_side(
    short: str, full: str, kind: RelationKind
) -> None:
    there, back = relate(short, full), relate(full, short)
    assert there.kind is back.kind is kind
    assert (there.general, back.general) == ("a", "b")
    assert there.score == back.score < relate(full, full).score


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Gerhard Schröder", "Gerhard Schroeder"),
        ("Xi Jinping", "习近平"),
        ("Bashar al-Assad", "بشار الأسد"),
        ("Kim Jong-un", "Kim Jong Un"),
    ],
)
def test_one_name_in_two_spellings_or_scripts(a: str, b: str) -> None:
    assert relate(a, b).kind is RelationKind.WHOLE
    assert relate(a, b).score >= 0.85


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("Donald Trump", "Donald Trump Jr.", "generations: none and Jr"),
        ("Sergei Lavrov", "Sergei Peskov", "surnames differ"),
        ("Mr. Clinton", "Hillary Clinton", "a woman and a man"),
        ("van Dijk", "Jan de Dijk", "different particles"),
    ],
)
def test_names_that_cannot_be_one_say_why(a: str, b: str, reason: str) -> None:
    assert relate(a, b).different
    assert relate(a, b).reason == reason


def test_the_other_order_is_sure_where_one_word_is_plainly_the_family_name() -> None:
    assert relate("Peskov Dmitry", "Dmitry Peskov").kind is RelationKind.OTHER_ORDER
    sure, unsure = relate("Peskov Dmitry", "Dmitry Peskov"), relate("Zorb Quill", "Quill Zorb")
    assert sure.score > unsure.score > 0
