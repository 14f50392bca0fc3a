"""Answers as plain values."""

from __future__ import annotations

import json

from quotes import statements
from quotes.records import SaidOn
from quotes.statements.as_json import answer_object, group_object, statement_object
from tests.builders import ENGLISH
from tests.statements.sample_statements import COLLECTION, FIRST, THEN, printed

ASKED = "Nobody will drive over this bridge before every pier has been looked at"


def test_a_statement_has_its_days_as_text_and_a_rounded_confidence() -> None:
    made = statement_object(
        printed(
            1,
            "Yes",
            published=FIRST,
            said_on=SaidOn(THEN, "day"),
            confidence=0.123456,
        )
    )
    assert made["published"] == "2024-03-04"
    assert made["said_on"] == {"date": "2024-03-05", "precision": "day"}
    assert made["confidence"] == 0.1235
    assert statement_object(printed(1, "Yes"))["published"] is None


def test_an_answer_holds_what_was_found_with_its_difference_and_its_prints() -> None:
    made = answer_object(statements.answer(ASKED, COLLECTION, language=ENGLISH))
    assert (made["asked"], made["total"], made["note"]) == (ASKED, 1, None)
    (found,) = made["found"]
    assert (found["kind"], found["score"]) == ("verbatim", 1.0)
    assert found["statement"]["outlet"] == "Daily Orm"
    assert {"op", "asked", "printed"} == set(found["difference"][0])
    assert json.loads(json.dumps(made)) == made


def test_a_group_names_who_printed_each_wording_and_who_was_first() -> None:
    group = statements.answer(ASKED, COLLECTION, language=ENGLISH).found[0].group
    made = group_object(group)
    assert made["first"] == [COLLECTION[1].id, COLLECTION[2].id]
    prints = [each["outlet"] for variant in made["variants"] for each in variant["printed"]]
    assert sorted(prints) == ["Daily Orm", "The Gazette", "Velm Post"]


def test_nothing_found_is_an_empty_list_with_a_total_of_none() -> None:
    made = answer_object(statements.answer("The moon is made of eel", COLLECTION, language=ENGLISH))
    assert (made["found"], made["total"]) == ([], 0)
