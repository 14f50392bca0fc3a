"""What a speaker is called, and its id."""

from __future__ import annotations

import pytest

from quotes.identity.canonical_names import (
    UNNAMEABLE,
    NameForm,
    assign_ids,
    canonical_name,
    slug,
)
from quotes.records import Kind, Speaker
from tests.builders import ENGLISH


def form(name: str, *, uses: int) -> NameForm:
    return NameForm(name, "person", uses)


def speaker(name: str, kind: Kind | None = "person", *, identifier: str = "") -> Speaker:
    return Speaker(id=identifier, name=name, kind=kind, aliases=())


@pytest.mark.parametrize(
    ("names", "best"),
    [
        (["Дмитрий Песков", "Dmitry Peskov"], "Dmitry Peskov"),
        (["Peskov", "Dmitry Peskov"], "Dmitry Peskov"),
        (["D. Peskov", "Dmitry Peskov"], "Dmitry Peskov"),
        (["Mr. Dmitry Peskov", "Dmitry Peskov"], "Dmitry Peskov"),
        (["DMITRY PESKOV", "Dmitry Peskov"], "Dmitry Peskov"),
    ],
)
def test_the_full_plain_name_in_latin_letters_is_shown(names: list[str], best: str) -> None:
    assert canonical_name([form(name, uses=9 - n) for n, name in enumerate(names)], ENGLISH) == best


def test_of_two_such_names_the_more_frequent_is_shown() -> None:
    forms = [form("Dmitri Peskov", uses=3), form("Dmitry Peskov", uses=9)]
    assert canonical_name(forms, ENGLISH) == "Dmitry Peskov"


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Dmitry Peskov", "dmitry-peskov"),
        ("O'Neill & Sons", "oneill-sons"),
        ("Захарова", "zakharova"),
        ("…", UNNAMEABLE),
    ],
)
def test_a_name_for_an_address(name: str, address: str) -> None:
    assert slug(name) == address


def test_ids_are_of_the_name_and_where_it_is_taken_of_kind_or_number() -> None:
    found = assign_ids(
        [
            speaker("Washington", "organization"),
            speaker("Washington"),
            speaker("WASHINGTON", "organization"),
            speaker("Oslo"),
        ]
    )
    assert [(each.id, each.kind) for each in found] == [
        ("oslo", "person"),
        ("washington", "person"),
        ("washington-2", "organization"),
        ("washington-organization", "organization"),
    ]


def test_who_has_the_bare_id_already_keeps_it() -> None:
    found = assign_ids([speaker("Peskov"), speaker("peskov", identifier="peskov")])
    assert next(each.name for each in found if each.id == "peskov") == "peskov"
