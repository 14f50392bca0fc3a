"""The errors of an article."""

from __future__ import annotations

from quotes.evaluation import (
    Article,
    DocumentComparison,
)
from quotes.evaluation.error_report import find_errors
from tests.evaluation.annotated import (
    perfect,
    place,
    quoted,
)


def test_each_error_is_shown_once_and_a_miss_has_what_overlaps_it(council: Article) -> None:
    part = quoted(council, 0, content=place(council, "in May"))
    found = {
        error.kind: error
        for error in find_errors(
            DocumentComparison(
                council, (part, quoted(council, 1, source=place(council, "The mayor")))
            )
        )
    }
    assert set(found) == {"miss", "false alarm", "wrong source"}
    assert found["miss"].quote == part
    assert find_errors(perfect(council)) == ()
