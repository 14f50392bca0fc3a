"""Whether two usages of names are of one speaker."""

from __future__ import annotations

import pytest

from quotes.identity.pairwise import PairComparison, compare
from quotes.names.relation import RelationKind
from quotes.records import Kind, NameUsage
from tests.builders import ENGLISH
from tests.identity.sample_usages import use


def compared(a: NameUsage, b: NameUsage) -> PairComparison:
    return compare(a, b, language=ENGLISH)


def test_a_surname_alone_is_unsure_and_the_side_that_says_less() -> None:
    found = compared(use("Peskov"), use("Dmitry Peskov", documents=["d2"]))
    assert (found.outcome, found.general, found.kind) == (
        "unsure",
        "a",
        RelationKind.SURNAME_ALONE,
    )


def test_a_role_in_common_makes_it_sure_and_is_named() -> None:
    a = use("Peskov", roles=["Kremlin spokesman"])
    b = use("Dmitry Peskov", roles=["spokesman for the Kremlin"], documents=["d2"])
    assert compared(a, b).outcome == "same"
    assert "the same role (Kremlin spokesman)" in compared(a, b).reason


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        (use("Washington"), use("Washington", "organization"), "a person and an organization"),
        (use("Clinton", roles=["spokesman"]), use("Hillary Clinton"), "a woman and a man"),
        (use("an aide", "unnamed"), use("an aide", "unnamed"), "descriptions are not compared"),
    ],
)
def test_what_cannot_be_one_has_no_score_and_a_reason(
    a: NameUsage, b: NameUsage, reason: str
) -> None:
    found = compared(a, b)
    assert (found.score, found.outcome, found.reason) == (0, "different", reason)


@pytest.mark.parametrize("kind", ["group", "document"])
def test_proper_names_of_groups_and_documents_are_one_where_they_are_equal(kind: Kind) -> None:
    assert compared(use("the Republicans", kind), use("Republicans", kind)).outcome == "same"
    assert compared(use("Democrats", kind), use("Republicans", kind)).outcome == "different"


def test_a_name_of_unknown_kind_says_less() -> None:
    assert compared(use("Hamas", None), use("Hamas", "organization")).general == "a"
