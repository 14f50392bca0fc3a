"""What a usage of a name says for comparing."""

from __future__ import annotations

import pytest

from quotes.identity.profiles import MAX_ROLES, gender_of_roles, name_key, profile
from quotes.records import Kind
from tests.builders import ENGLISH
from tests.identity.sample_usages import use


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("José Müller", "JOSE MULLER", "person"),
        ("President Vladimir Putin", "Vladimir Putin", "person"),
        ("the Kremlin", "Kremlin", "organization"),
        ("the Republicans", "Republicans", "group"),
    ],
)
def test_names_that_differ_in_nothing_that_counts_have_one_key(a: str, b: str, kind: Kind) -> None:
    assert name_key(a, kind, ENGLISH) == name_key(b, kind, ENGLISH)


@pytest.mark.parametrize(
    ("a", "b"), [("Robert Hale", "Robert Hale Jr."), ("Mr. Lund", "Mrs. Lund")]
)
def test_generation_and_form_of_address_make_another_key(a: str, b: str) -> None:
    assert name_key(a, "person", ENGLISH) != name_key(b, "person", ENGLISH)


def test_a_name_is_parsed_as_its_kind_only() -> None:
    person = profile(use("Dmitry Peskov"), ENGLISH)
    assert (person.person.family, person.organization.text) == ("peskov", "")
    unknown = profile(use("Washington", None), ENGLISH)
    assert (unknown.person.family, unknown.organization.text) == ("washington", "Washington")


def test_roles_show_the_gender_where_the_name_does_not() -> None:
    assert profile(use("Zakharova", roles=["spokeswoman"]), ENGLISH).gender == "female"
    assert profile(use("Mr. Zakharov", roles=["spokeswoman"]), ENGLISH).gender == "male"
    assert gender_of_roles(("spokesman", "spokeswoman"), ENGLISH) is None


def test_company_is_of_others_only_and_of_the_many_roles_the_most_frequent_count() -> None:
    made = profile(
        use(
            "Peskov",
            others=["Peskov", "Vladimir Putin"],
            roles=[f"mayor of town{n}" for n in range(MAX_ROLES + 5)],
        ),
        ENGLISH,
    )
    assert made.company == frozenset({"vladimir putin"})
    assert len(made.roles) == MAX_ROLES
