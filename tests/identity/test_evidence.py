"""What speaks for or against one speaker besides the names."""

from __future__ import annotations

import pytest

from quotes.identity.evidence import gather_evidence, genders_differ
from quotes.identity.profiles import profile
from quotes.names.person_similarity import relate_people
from quotes.records import NameUsage
from tests.builders import ENGLISH
from tests.identity.sample_usages import use


def evidence(a: NameUsage, b: NameUsage) -> dict[str, float]:
    """Return what each reason adds."""
    first, second = profile(a, ENGLISH), profile(b, ENGLISH)
    names = relate_people(first.person, second.person, ENGLISH)
    return {each.reason: each.adds for each in gather_evidence(first, second, names, ENGLISH)}


def test_a_role_in_common_speaks_for_one() -> None:
    a = use("Peskov", roles=["Kremlin spokesman"])
    b = use("Dmitry Peskov", roles=["spokesman for the Kremlin"], documents=["d2"])
    (adds,) = evidence(a, b).values()
    assert adds > 0


def test_other_roles_speak_against_it_unless_the_names_are_whole() -> None:
    mayor = use("Peskov", roles=["mayor"])
    player = use("Dmitry Peskov", roles=["footballer"], documents=["d2"])
    assert evidence(mayor, player)["no role in common"] < 0
    whole = use("Dmitry Peskov", roles=["mayor"])
    assert evidence(whole, player) == {}


def test_most_of_the_company_says_more_than_some() -> None:
    a = use("Peskov", others=["Ann Lee", "Bo Park"])
    most = use("Dmitry Peskov", others=["Ann Lee", "Bo Park", "Cy Roe"], documents=["d2"])
    some = use("Dmitry Peskov", others=["Ann Lee", "Cy Roe"], documents=["d2"])
    assert (
        evidence(a, most)["quoted beside the same speakers"]
        > (evidence(a, some)["quoted beside some of the same speakers"])
    )


def test_two_spellings_side_by_side_in_one_article_speak_against_it() -> None:
    reason = "both forms side by side in the same articles"
    assert evidence(use("Dmitry Peskov"), use("Dmitri Peskov"))[reason] < 0
    assert evidence(use("Peskov"), use("Dmitry Peskov")) == {}  # as articles do


def test_a_common_surname_with_nothing_else_speaks_against_it() -> None:
    assert evidence(use("Smith"), use("John Smith", documents=["d2"]))["common surname"] < 0


@pytest.mark.parametrize(
    ("a", "b", "differ"),
    [
        (use("Clinton", roles=["spokesman"]), use("Hillary Clinton"), True),
        (use("Clinton"), use("Hillary Clinton"), False),
        (use("Bill Clinton"), use("William Clinton", roles=["spokeswoman"]), False),
    ],
)
def test_genders_differ_where_first_names_do_not_settle_it(
    a: NameUsage, b: NameUsage, differ: bool
) -> None:
    first, second = profile(a, ENGLISH), profile(b, ENGLISH)
    names = relate_people(first.person, second.person, ENGLISH)
    assert genders_differ(first, second, names, ENGLISH) is differ
