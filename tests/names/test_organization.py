"""Names of organizations and how two of them stand to each other."""

from __future__ import annotations

import pytest

from quotes.names.organization import acronyms_of, organization_name, relate_organizations
from quotes.names.relation import NameRelation, RelationKind
from tests.builders import ENGLISH


def relate(a: str, b: str) -> NameRelation:
    return relate_organizations(organization_name(a, ENGLISH), organization_name(b, ENGLISH))


def test_the_name_of_a_state_body_has_its_parts() -> None:
    name = organization_name("Russia's Foreign Ministry", ENGLISH)
    assert name.body == "ministry"
    assert (set(name.words), set(name.places)) == ({"foreign"}, {"russia"})
    assert name.key == organization_name("Russian foreign ministry", ENGLISH).key


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("U.N.", "United Nations"),
        ("IAEA", "International Atomic Energy Agency"),
        ("Apple Inc.", "Apple"),
        ("the Kremlin", "Kremlin"),
        ("Ministry of Foreign Affairs", "Foreign Affairs Ministry"),
    ],
)
def test_article_legal_form_and_known_acronym_make_no_other_name(a: str, b: str) -> None:
    assert relate(a, b).kind is RelationKind.WHOLE
    assert relate(a, b).score > 0.9


def test_a_ministry_without_its_country_is_the_more_general_name() -> None:
    relation = relate("Foreign Ministry", "Russia's Foreign Ministry")
    assert (relation.kind, relation.general) == (RelationKind.COUNTRY_LEFT_OUT, "a")
    assert relate("Russia's Foreign Ministry", "Foreign Ministry").general == "b"


def test_an_acronym_of_no_list_may_be_short_for_a_name() -> None:
    relation = relate("NLC", "Northern Lights Cooperative")
    assert (relation.kind, relation.general) == (RelationKind.ACRONYM, "a")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Hamas", "Hezbollah"),
        ("Bank of America", "America Bank"),  # only names of state bodies change their order
        ("Russian Foreign Ministry", "Syrian Foreign Ministry"),
    ],
)
def test_other_names_are_different(a: str, b: str) -> None:
    assert relate(a, b).different


def test_acronyms_are_of_the_capitals_and_of_all_words() -> None:
    assert acronyms_of("Bank of America") == {"BA", "BOA"}
    assert acronyms_of("Hamas") == frozenset()
