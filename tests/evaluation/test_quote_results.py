"""Figures of annotated quotes, worked out by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from quotes.evaluation.annotated_quotes import read_annotated_quotes
from quotes.evaluation.calibration import calibration_error
from quotes.evaluation.measures import ATTRIBUTIONS, measure_for
from quotes.evaluation.measures import QUOTES as MEASURE
from quotes.evaluation.quote_comparison import QuoteComparison
from quotes.evaluation.quote_errors import find_quote_errors
from quotes.evaluation.quote_results import Share, evaluate_quotes, to_object
from quotes.evaluation.quote_tables import quote_tables
from quotes.evaluation.result_tables import plain_text
from quotes.records import Quote, SaidOn, Span
from tests.evaluation.annotated_folder import QUOTES, TEXT, harbour_line, write_folder


def found(words: str, **changes: Any) -> Quote:
    """Return a quote of some words of the text."""
    start = TEXT.index(words)
    values: dict[str, Any] = {
        "content": (Span(start, start + len(words)),),
        "cue": (),
        "source": (),
        "type": "indirect",
        "rule": "clause",
        "confidence": 0.9,
        "speaker_confidence": 0.8,
    }
    return Quote(**{"id": words[:8], "document": "harbour", **values, **changes})


@pytest.fixture
def comparison(tmp_path: Path) -> QuoteComparison:
    """A right speaker with a wrong day, a wrong speaker, a denial as said, and no statement."""
    (article,) = read_annotated_quotes(write_folder(tmp_path, harbour_line(*QUOTES)))
    return QuoteComparison(
        article,
        (
            found(
                "The harbour will close in June",
                speaker="Ruiz",
                kind="person",
                role="mayor",
                said_on=SaidOn(date(2022, 5, 1), "day"),
            ),
            found("We are not ready", type="direct", speaker="The union", rule="mark"),
            found("a strike was planned", speaker="The union", confidence=0.55),
            found("Boats were repainted", confidence=0.4),
        ),
    )


def test_figures_worked_out_by_hand(comparison: QuoteComparison) -> None:
    results = evaluate_quotes([comparison], draws=20)
    shares = {name: (share.part, share.whole) for name, share in results.figures.items()}
    assert shares == {
        "found": (2, 2),
        "right": (1, 2),
        "direct found": (1, 1),
        "precision": (3, 4),
        "wrong speaker": (1, 2),
        "pronouns": (0, 1),
        "role recall": (1, 1),
        "role precision": (1, 1),
        "days": (0, 1),
        "chains": (0, 1),
        "kinds": (1, 2),
        "types": (2, 2),
    }
    assert (results.unflagged, results.flagged, results.spurious_roles) == (1, 0, 0)
    assert results.intervals["right"] == (0.5, 0.5)
    assert [(b.name, b.quotes, b.statements, b.right) for b in results.bands] == [
        ("0.3 to 0.5", 1, 0, 0),
        ("0.5 to 0.6", 1, 1, 1),
        ("0.9 to 1.0", 2, 2, 1),
    ]
    assert [(r.name, r.quotes, r.statements, r.right) for r in results.rules] == [
        ("clause", 3, 2, 2),
        ("mark", 1, 1, 0),
    ]


def test_a_month_is_right_only_as_a_month(comparison: QuoteComparison) -> None:
    month = found("The harbour will close in June", said_on=SaidOn(date(2022, 5, 1), "month"))
    results = evaluate_quotes([QuoteComparison(comparison.article, (month,))], draws=0)
    assert results.figures["days"] == Share(1, 1)


def test_each_confidence_is_measured_by_what_it_speaks_of(comparison: QuoteComparison) -> None:
    bins = evaluate_quotes([comparison], draws=0).reliability
    assert [sum(b.size for b in bins[of, "all"]) for of in ("confidence", "product")] == [4, 3]
    assert sum(b.size for b in bins["speaker_confidence", "direct"]) == 1
    assert calibration_error(bins["speaker_confidence", "all"]) == pytest.approx(0.8 - 2 / 3)


def test_of_several_readings_the_right_one_counts(comparison: QuoteComparison) -> None:
    twice = (
        found("We are not ready", speaker="The union"),
        found("We are not", speaker="Ana Ruiz"),
    )
    results = evaluate_quotes([QuoteComparison(comparison.article, twice)], draws=0)
    assert results.figures["wrong speaker"] == Share(0, 1)
    assert results.figures["precision"] == Share(2, 2)


def test_errors_say_what_is_annotated_and_what_was_found(comparison: QuoteComparison) -> None:
    notes = {error.kind: error.note for error in find_quote_errors(comparison)}
    assert notes == {
        "wrong day": "said on 2022-05; found 2022-05-01",
        "wrong reporters": "reported by Radio Costa; found nobody",
        "wrong speaker": "speaker Ana Ruiz; found The union (80% sure, no step)",
        "false alarm": "speaker nobody",
    }
    missed = QuoteComparison(comparison.article, (found("will", speaker="Ana Ruiz"),))
    (first, *_) = find_quote_errors(missed)
    assert (first.kind, first.quote) == ("miss", missed.quotes[0])


def test_tables_and_json_have_every_figure(comparison: QuoteComparison) -> None:
    results = evaluate_quotes([comparison], draws=5)
    text = "\n".join(map(plain_text, quote_tables(results)))
    assert "Annotated quotes: 4 quotes in 1 article" in text
    assert "Not said or hypothetical: 1 shown, 1 of them as said." in text
    made = json.loads(json.dumps(to_object(results), allow_nan=False))
    assert made["figures"]["right"] == {
        "share": 0.5,
        "part": 1,
        "whole": 2,
        "interval": [0.5, 0.5],
    }
    assert {(row["of"], row["type"]) for row in made["calibration"]} == {
        (of, type_)
        for of in ("confidence", "speaker_confidence", "product")
        for type_ in ("all", "direct", "mixed", "indirect")
    }


def test_nothing_found_is_no_error_of_the_measure(comparison: QuoteComparison) -> None:
    results = evaluate_quotes([QuoteComparison(comparison.article, ())], draws=5)
    assert results.figures["found"] == Share(0, 2)
    assert all(list(quote_tables(results)))
    assert json.dumps(to_object(results), allow_nan=False)


def test_the_measure_is_that_of_the_folder(tmp_path: Path, harbour: tuple[Path, Path]) -> None:
    assert measure_for(write_folder(tmp_path / "quotes")) is MEASURE
    assert measure_for(harbour[0]) is ATTRIBUTIONS
