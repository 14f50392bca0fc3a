"""When something was said, on frozen parses of texts written for the purpose and on the seed."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from quotes.models import Models
from quotes.output.terminal.quotes import plain_text
from quotes.parsing.conllu import read_conllu
from quotes.pipeline import ReadyParse, process
from quotes.readers import Metadata, read
from quotes.records import Document, Quote, SaidOn
from tests.builders import ENGLISH
from tests.paths import TESTS

CASES: list[dict[str, Any]] = tomllib.loads(
    (TESTS / "cases" / "dates.toml").read_text(encoding="utf-8")
)["case"]
PARSES = {
    document.text: parse for document, parse in read_conllu(TESTS / "parses" / "dates.conllu")
}
FRIDAY = date(2023, 10, 27)
LEAST = 0.3  # what is printed by default


def quotes_of(case: dict[str, Any]) -> tuple[Document, list[Quote]]:
    """Return the document of a case and its quotes, in the order of their cues.

    Where the case names a cue, those of this cue only, however unlikely.
    """
    document = Document(id="case", text=case["text"], published=case.get("published"))
    found = process(document, models=Models(ReadyParse(PARSES[case["text"]])), language=ENGLISH)
    wanted = case.get("cue")
    chosen = [
        q
        for q in found
        if q.cue
        and (any(s.of(document.text) == wanted for s in q.cue) if wanted else q.confidence >= LEAST)
    ]
    return document, sorted(chosen, key=lambda q: q.cue)


def wanted(case: dict[str, Any]) -> tuple[str | None, SaidOn | None]:
    said = SaidOn(case["date"], case["precision"]) if "date" in case else None
    return case.get("when"), said


def got(document: Document, quote: Quote) -> tuple[str | None, SaidOn | None]:
    return quote.when.of(document.text) if quote.when else None, quote.said_on


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_quote_is_dated_by_the_words_that_date_the_saying(case: dict[str, Any]) -> None:
    document, quotes = quotes_of(case)
    assert quotes, "no quote found"
    assert got(document, quotes[0]) == wanted(case)


def test_the_cases_are_many_and_a_third_of_them_are_traps() -> None:
    assert len(CASES) >= 55
    assert sum(case.get("trap", False) for case in CASES) * 3 >= len(CASES)
    assert {case["text"] for case in CASES} == set(PARSES), "run python training/freeze_dates.py"


@pytest.mark.parametrize(
    "case", [case for case in CASES if "date" in case], ids=lambda case: case["name"]
)
def test_without_a_day_of_publication_only_dates_with_their_year_are_known(
    case: dict[str, Any],
) -> None:
    document, quotes = quotes_of({**case, "published": None})
    when, said = got(document, quotes[0])
    assert when == case["when"]
    assert (said is not None) == bool(re.search(r"\b(19|20)\d\d\b", when or ""))


# As people see it, and with the real model


def test_the_day_is_shown_where_it_is_known_and_the_words_where_it_is_not() -> None:
    case = {
        "text": "“The bridge will stay closed,” Mayor Ellen Park said on Thursday.",
        "published": FRIDAY,
    }
    document, quotes = quotes_of(case)
    assert re.search(
        r"^Ellen Park \(Mayor\) · said · direct · \d+% · said 26 October 2023$",
        plain_text(document, quotes),
        re.MULTILINE,
    )
    assert "when     “on Thursday” 53–64" in plain_text(document, quotes, explain=True)
    document, quotes = quotes_of({**case, "published": None})
    assert "    [when: on Thursday]\n" in plain_text(document, quotes)


def test_the_second_seed_is_dated_against_its_day(root: Path, models: Any) -> None:
    document = next(
        iter(read(root / "seeds" / "002_1922ce6d63d1e91d.txt", defaults=Metadata(published=FRIDAY)))
    )
    assert isinstance(document, Document)
    quotes = [
        q for q in process(document, models=models, language=ENGLISH) if q.confidence >= LEAST
    ]
    dated = {(q.speaker, *got(document, q)) for q in quotes if q.when}
    assert dated == {
        ("Interfax", "later", None),
        ("Moscow", "previously", None),
        ("Mikhail Bogdanov", "earlier Thursday", SaidOn(date(2023, 10, 26), "day")),
        ("Dmitry Peskov", "On Friday", SaidOn(FRIDAY, "day")),
    }


def test_a_day_given_in_python_as_text_is_a_date(root: Path) -> None:
    from quotes import api

    read = list(api.read(root / "seeds", published="2023-10-27"))
    assert [item.published for item in read if isinstance(item, Document)] == [FRIDAY, FRIDAY]
