"""The parameters of a request, checked and typed."""

from __future__ import annotations

from datetime import date

import pytest
from starlette.datastructures import QueryParams

from quotes.web.errors import Refused
from quotes.web.parameters import MAX_TEXT_CHARS, Param, Parameters, read_parameters

PARAMS = (
    Param("q", "text", "words"),
    Param("since", "day", "first day"),
    Param("page", "number", "page of the list", default=1),
    Param("min_confidence", "share", "least confidence"),
    Param("type", "choice", "type of quote", choices=("direct", "indirect")),
    Param("id", "text", "the quote", required=True, where="path"),
)


def given(**query: str) -> Parameters:
    return read_parameters(PARAMS, query, {"id": "a1"}, by="Ann")


def test_values_have_the_types_of_their_parameters() -> None:
    found = given(q=" bridge ", since="2024-03-04", min_confidence="0.5", type="direct", page="2")
    assert [found[param.name] for param in PARAMS] == [
        "bridge",
        date(2024, 3, 4),
        2,
        0.5,
        "direct",
        "a1",
    ]
    assert found.by == "Ann"


def test_what_is_missing_has_its_default_and_what_is_unknown_is_passed_over() -> None:
    found = given(nonsense="1", q="")
    assert (found["page"], found["q"], found["nonsense"]) == (1, None, None)
    assert found.raw == (("q", ""),)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("q", "a\x00b", "contains control characters"),
        ("q", "x" * (MAX_TEXT_CHARS + 1), "characters are too many"),
        ("since", "yesterday", "is not a day"),
        ("page", "-1", "is not a whole number"),
        ("page", "9999999", "is not a whole number"),
        ("min_confidence", "1.5", "is not a number from 0 to 1"),
        ("type", "shouted", "is not one of: direct, indirect"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(name: str, value: str, message: str) -> None:
    with pytest.raises(Refused, match=message):
        given(**{name: value})


def test_a_required_parameter_must_be_there() -> None:
    with pytest.raises(Refused, match="the parameter id is missing: the quote"):
        read_parameters(PARAMS, {"id": "in the query, not in the path"}, {})


def test_the_address_of_a_page_keeps_the_parameters_but_begins_at_its_first_page() -> None:
    found = given(q="the bridge", type="direct", page="7")
    assert found.address("/search") == "/search?q=the+bridge&type=direct"
    assert found.address("/search", type=None, sort="oldest") == "/search?q=the+bridge&sort=oldest"
    assert given().address("/search") == "/search"


def test_a_parameter_that_may_stand_several_times_has_all_its_values() -> None:
    several = (Param("type", "choice", "types", ("direct", "mixed"), several=True),)
    query = QueryParams("type=direct&type=mixed&type=direct")
    found = read_parameters(several, query, {})
    assert found["type"] == ("direct", "mixed")
    assert read_parameters(several, {}, {})["type"] is None


def test_a_value_is_added_to_an_address_and_taken_away_again() -> None:
    several = (Param("type", "text", "types", several=True), Param("q", "text", "words"))
    found = read_parameters(several, QueryParams("q=a&type=direct"), {})
    assert found.toggled("/search", "type", "mixed") == "/search?q=a&type=direct&type=mixed"
    assert found.toggled("/search", "type", "direct") == "/search?q=a"
    assert ("type", "direct") in found.raw
    assert ("type", "mixed") not in found.raw
