"""Timelines: from a store of frozen parses, and from rows made by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from quotes.errors import SpeakerError
from quotes.records import ReviewRequest, SaidOn
from quotes.store import COLUMNS, Store
from quotes.timeline import RoleSpan, Said, days, timeline
from quotes.timeline.said import when
from tests.stores import stocked

ANNA = "Anna Lindqvist"


@pytest.fixture
def store(tmp_path: Path, frozen: Path) -> Store:
    return stocked(tmp_path / "store", frozen)


def said(day: str | None, *, precision: Any = None, words: str = "Yes", **more: Any) -> Said:
    on = date.fromisoformat(day) if day else None
    known = SaidOn(on, precision) if on and precision else None
    return Said(
        **{
            "id": words,
            "document": "d",
            "words": words,
            "type": "direct",
            "day": on,
            "said_on": known,
            **more,
        }
    )


def role(name: str, first: str | None, last: str | None, documents: int = 1) -> RoleSpan:
    on = [date.fromisoformat(day) if day else None for day in (first, last)]
    return RoleSpan(
        role=name, forms=(name,), first=on[0], last=on[1], times=documents, documents=documents
    )


def test_a_timeline_holds_the_words_of_a_speaker_in_order_of_time(store: Store) -> None:
    found = timeline(store, ANNA)
    assert found.speaker.name == ANNA
    assert [(each.day, each.words, each.outlet) for each in found.said] == [
        (date(2024, 3, 4), "“Prices will rise again in March,”", "Harbour Post"),
        (date(2024, 3, 4), "“We will fight it,”", "Harbour Post"),
        (date(2024, 5, 6), "“Prices will rise again in March,”", "Evening Star"),
    ]
    assert found.said[0].after == "The council said that it would not pay."
    (role,) = found.roles
    assert (role.role, role.first, role.last, role.documents) == (
        "harbour director",
        date(2024, 3, 4),
        date(2024, 5, 6),
        2,
    )


@pytest.mark.parametrize(
    ("conditions", "number"),
    [
        ({"since": date(2024, 3, 5)}, 1),
        ({"until": date(2024, 3, 4)}, 2),
        ({"about": "PRICE march"}, 2),
        ({"about": "rice"}, 0),
        ({"role": "harbour"}, 3),
        ({"role": "mayor"}, 0),
        ({"type": "indirect"}, 0),
        ({"min_confidence": 0.999}, 0),
        ({"limit": 2}, 2),
    ],
)
def test_conditions_leave_out_what_does_not_fit(store: Store, conditions: Any, number: int) -> None:
    assert len(timeline(store, ANNA, **conditions).said) == number


def test_with_a_limit_it_says_how_many_there_are(store: Store) -> None:
    assert timeline(store, ANNA, limit=1).total == 3
    assert timeline(store, ANNA, limit=3).total == 3
    assert timeline(store, ANNA).first(2).total == 3


def test_a_role_that_a_person_gave_counts(store: Store) -> None:
    later = timeline(store, ANNA).said[-1]
    store.review(ReviewRequest(action="role", by="R. Reader", quote=later.id, value="mayor"))
    found = timeline(store, ANNA)
    assert (found.said[-1].role, found.said[-1].review, found.said[-1].reviewed_by) == (
        "mayor",
        "changed",
        "R. Reader",
    )
    assert [(span.role, span.first) for span in found.roles] == [
        ("harbour director", date(2024, 3, 4)),
        ("mayor", date(2024, 5, 6)),
    ]
    assert [span.role for span in found.days()[0].roles] == ["harbour director"]
    assert [span.role for span in found.days()[-1].roles] == ["mayor"]


def test_a_name_that_nobody_has_is_an_error_with_the_nearest(store: Store) -> None:
    with pytest.raises(SpeakerError, match=r"did you mean .*Anna Lindqvist"):
        timeline(store, "Ana Lindkvist")


def test_the_frame_is_typed(store: Store) -> None:
    frame = timeline(store, ANNA).to_frame()
    assert list(frame.columns) == list(COLUMNS)
    assert frame["words"].tolist()[1] == "“We will fight it,”"
    kinds = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert {name for name, kind in kinds.items() if kind == "datetime64[s]"} == {
        "day",
        "said_on",
        "published",
    }
    assert {name for name, kind in kinds.items() if kind == "float64"} == {
        "probability",
        "confidence",
        "speaker_confidence",
    }
    assert {name for name, kind in kinds.items() if kind == "object"} == {
        "reported_by",
        "content_spans",
        "cue_spans",
        "source_spans",
    }
    assert set(kinds.values()) == {"datetime64[s]", "float64", "object", "str"}
    assert frame["day"].notna().all()


def test_a_frame_without_rows_has_the_same_types(store: Store) -> None:
    full, empty = (
        timeline(store, ANNA).to_frame(),
        timeline(store, ANNA, about="nothing").to_frame(),
    )
    assert len(empty) == 0
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()


def test_days_say_no_more_than_is_known() -> None:
    rows = [
        said(None, words="a"),
        said("2023-10-01", words="b", published=date(2023, 10, 1)),
        said("2023-10-01", words="c", precision="day"),
        said("2023-10-01", words="d", precision="month"),
        said("2023-10-02", words="e", precision="week"),
        said("2023-01-01", words="f", precision="year"),
    ]
    assert [(day.name, "".join(each.words for each in day.said)) for day in days(rows)] == [
        ("2023", "f"),
        ("October 2023", "d"),
        ("1 October 2023", "c"),
        ("published 1 October 2023", "b"),
        ("week of 2 October 2023", "e"),
        ("date unknown", "a"),
    ]
    assert [when(each) for each in rows if not each.exact] == [
        "date unknown",
        "October 2023",
        "week of 2 October 2023",
        "2023",
    ]


def test_a_role_stands_with_the_first_day_that_is_not_before_it() -> None:
    roles = [
        role("mayor", "2023-01-02", "2023-02-01"),
        role("clerk", "2022-01-01", "2022-02-01"),
        role("judge", None, None),
    ]
    found = list(
        days(
            [said("2023-01-01"), said("2023-01-05"), said("2023-01-09")],
            [*roles, role("minister", "2024-01-01", "2024-01-01")],
        )
    )
    assert [[span.role for span in day.roles] for day in found] == [[], ["mayor"], []]


def test_a_role_of_an_article_stands_with_what_the_article_says_of_the_day_before() -> None:
    roles = [role("mayor", "2023-01-03", "2023-01-03")]
    rows = [
        said("2023-01-02", precision="day", published=date(2023, 1, 3)),
        said("2023-01-09", published=date(2023, 1, 9)),
    ]
    assert [[span.role for span in day.roles] for day in days(rows, roles)] == [["mayor"], []]
