"""The roles of a speaker that are shown."""

from __future__ import annotations

from datetime import date

from quotes.timeline import RoleSpan
from quotes.timeline.leading_roles import leading


def role(name: str, day: str | None, documents: int = 1) -> RoleSpan:
    on = date.fromisoformat(day) if day else None
    return RoleSpan(
        role=name, forms=(name,), first=on, last=on, times=documents, documents=documents
    )


def shown(*roles: RoleSpan, limit: int = 2) -> list[str]:
    return [span.role for span in leading(roles, limit)]


def test_the_roles_of_the_most_articles_lead_in_order_of_time() -> None:
    assert shown(
        role("a", "2021-01-01"), role("b", "2020-01-01", 9), role("c", "2019-01-01", 3)
    ) == ["c", "b"]


def test_of_roles_in_as_many_articles_the_earlier_ones_are_shown() -> None:
    assert shown(role("b", "2021-01-01"), role("c", "2020-01-01"), role("a", "2020-01-01")) == [
        "a",
        "c",
    ]


def test_a_role_without_a_day_stands_last() -> None:
    assert shown(role("a", None, 9), role("b", "2021-01-01")) == ["b", "a"]


def test_no_roles_are_none() -> None:
    assert shown() == []
