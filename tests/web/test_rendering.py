"""Values as HTML, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from jinja2 import UndefinedError

from quotes.web import exports, rendering


def cell(value: object) -> str:
    """Return a value as the only cell of a CSV."""
    rows = list(csv.reader(io.StringIO(exports.to_csv([{"x": value}]))))
    return rows[1][0] if rows[1] else ""


def test_a_template_escapes_every_value_and_wants_them_all() -> None:
    template = rendering.environment().from_string("{{ title }}")
    assert template.render(title="<script>") == "&lt;script&gt;"
    with pytest.raises(UndefinedError):
        template.render()


def test_json_has_days_in_iso_8601_and_letters_as_they_are() -> None:
    made = rendering.to_json({"day": date(2024, 3, 4), "name": "Wałęsa", "half": "\ud800"})
    assert json.loads(made) == {"day": "2024-03-04", "name": "Wałęsa", "half": "?"}
    with pytest.raises(TypeError, match="cannot be sent"):
        rendering.to_json({"x": object()})


def test_csv_has_the_columns_of_all_rows_in_the_order_in_which_they_come() -> None:
    made = exports.to_csv([{"a": 1, "pieces": "for HTML only"}, {"b": 2, "a": 3}])
    assert made == "a,b\r\n1,\r\n3,2\r\n"
    assert exports.to_csv([]) == "\r\n"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (0.5, "0.5"),
        (date(2024, 3, 4), "2024-03-04"),
        (["a", "b"], "a; b"),
        ([{"start": 3, "end": 9}], "3-9"),
        ("=SUM(A1)", "'=SUM(A1)"),
        ("  @author", "'  @author"),
        (-20, "-20"),
    ],
)
def test_a_cell_is_text_and_no_formula(value: object, text: str) -> None:
    assert cell(value) == text


def test_values_as_people_read_them() -> None:
    assert rendering.day(date(2016, 3, 3)) == "3 March 2016"
    assert rendering.day(date(2016, 3, 1), "month") == "March 2016"
    assert rendering.moment(datetime(2016, 3, 3, 14, 5, tzinfo=UTC)) == "3 March 2016, 14:05 UTC"
    assert rendering.percent(0.974) == "97\u00a0%"
    assert rendering.number(1234) == "1,234"
    assert [rendering.counted(n, "quote") for n in (0, 1, 1234)] == [
        "0 quotes",
        "1 quote",
        "1,234 quotes",
    ]
    assert rendering.path("a/b c") == "a%2Fb%20c"
    assert [rendering.day(None), rendering.moment(None), rendering.percent(None)] == [""] * 3


def test_the_files_of_the_pages_have_their_types() -> None:
    found = rendering.assets()
    assert found["chart.css"][1] == "text/css"
    assert {kind for _, kind in found.values()} <= set(rendering.TYPES.values())


def test_what_is_of_the_article_between_the_marks_of_a_quote_is_distinguished() -> None:
    assert rendering.printed("“The roof leaks,” ⟨said Falk⟩ “again,”", ["roof"]) == [
        ("“The ", ""),
        ("roof", "hit"),
        (" leaks", ""),
        (",", "between"),
        ("” ", ""),
        ("⟨said Falk⟩", "between"),
        (" “again", ""),
        (",", "between"),
        ("”", ""),
    ]
