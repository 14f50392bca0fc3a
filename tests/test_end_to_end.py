"""Both seeds from file to answer, with the real model: stored, then read by every command."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

import quotes
from quotes.records import ReviewRequest
from quotes.store import EVERYTHING, open_store

FIRST, SECOND = "000_b2ba0bb219c0f0a1", "002_1922ce6d63d1e91d"


@pytest.fixture(scope="module")
def store(command: Any, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two articles, the second of the day that it points to."""
    folder = tmp_path_factory.mktemp("end") / "store"
    for name, more in (
        (FIRST, ["--outlet", "First Wire"]),
        (SECOND, ["--published", "2023-10-27", "--outlet", "Second Wire"]),
    ):
        done = command("add", root / "seeds" / f"{name}.txt", "--store", folder, *more)
        assert done.returncode == 0, done.stderr
    return folder


def test_the_speakers_of_both_articles_are_one_each(store: Path, command: Any) -> None:
    with open_store(store) as opened:
        marzouk = {
            opened.speaker(name).id
            for name in ("Mousa Abu Marzook", "Moussa Abu Marzouk", "Abu Marzook", "Marzook")
        }
        assert len(marzouk) == 1
        ministry = {
            opened.speaker(name).id
            for name in ("Russia's Foreign Ministry", "Russian foreign ministry")
        }
        assert len(ministry) == 1
        for name in ("Mikhail Bogdanov", "Dmitry Peskov", "Maria Zakharova", "Vladimir Putin"):
            assert [s.name for s in opened.speakers() if name.split()[-1] in s.name] == [name]
    done = command("speakers", "--named", "--store", store, "--format", "jsonl")
    listed = [json.loads(line) for line in done.stdout.splitlines()]
    numbers = {row["name"]: (row["quotes"], row["direct"], row["documents"]) for row in listed}
    assert numbers["Mikhail Bogdanov"][0] >= 3
    assert numbers["Moussa Abu Marzouk"][1:] == (0, 2)  # named in both, never in his own words
    assert numbers["Sergei Lavrov"] == (0, 0, 2)


def test_a_timeline_has_days_roles_and_filters(store: Path, command: Any, tmp_path: Path) -> None:
    done = command("timeline", "Bogdanov", "--store", store)
    assert done.returncode == 0
    assert "Mikhail Bogdanov" in done.stdout
    assert "eputy foreign minister" in done.stdout.replace("Foreign Minister", "foreign minister")
    rows = list(
        csv.DictReader(
            io.StringIO(command("timeline", "Peskov", "--store", store, "--format", "csv").stdout)
        )
    )
    assert {row["speaker_name"] for row in rows} == {"Dmitry Peskov"}
    assert {row["role"] for row in rows} == {"Kremlin spokesperson"}
    assert any("maintaining contacts with all parties" in row["words"] for row in rows)
    about = command(
        "timeline", "Peskov", "--store", store, "--format", "jsonl", "--about", "contacts parties"
    )
    assert len(about.stdout.splitlines()) < len(rows)
    assert (
        command(
            "timeline", "Peskov", "--store", store, "--chart", tmp_path / "peskov.html"
        ).returncode
        == 0
    )
    page = (tmp_path / "peskov.html").read_text(encoding="utf-8")
    assert "maintaining contacts" in page
    assert "src=" not in page


def test_the_day_it_was_said_is_shown_and_never_that_of_publication_in_disguise(
    store: Path,
) -> None:
    with quotes.open(store) as opened:
        frame = opened.quotes(min_confidence=0)
        second = frame[frame["document"] == SECOND]
        dated = second[second["said_on"].notna()]
        thursday = dated[dated["when_text"].str.contains("Thursday")]
        assert len(thursday) >= 1
        assert {str(day.date()) for day in thursday["said_on"]} == {"2023-10-26"}
        assert second[second["when_text"].isna()]["said_on"].isna().all()
        assert frame[frame["document"] == FIRST]["published"].isna().all()
        assert frame[frame["document"] == FIRST]["said_on"].isna().all()


def test_who_said_this_finds_both_wordings_of_the_ministry(store: Path, command: Any) -> None:
    asked = "the immediate release of foreign hostages in the Gaza Strip"
    answer = json.loads(command("check", asked, "--store", store, "--format", "jsonl").stdout)
    found = answer["found"][0]
    printed = {
        statement["document"]
        for variant in found["group"]["variants"]
        for statement in variant["printed"]
    }
    assert printed == {FIRST, SECOND}
    statements = {s["id"]: s for variant in found["group"]["variants"] for s in variant["printed"]}
    assert {statements[one]["document"] for one in found["group"]["first"]} == {
        SECOND
    }  # the other article has no day
    speakers = {s["speaker_id"] for v in found["group"]["variants"] for s in v["printed"]} - {None}
    with open_store(store) as opened:
        assert speakers == {opened.speaker("Russia's Foreign Ministry").id}
    words = "We consider it necessary to continue maintaining contacts with all parties"
    exact = json.loads(command("check", words, "--store", store, "--format", "jsonl").stdout)
    assert (exact["found"][0]["kind"], exact["found"][0]["statement"]["speaker"]) == (
        "verbatim",
        "Dmitry Peskov",
    )
    nothing = json.loads(
        command(
            "check",
            "the moon landing was filmed in a studio",
            "--store",
            store,
            "--format",
            "jsonl",
        ).stdout
    )
    assert nothing["found"] == []


def test_exports_hold_the_same_quotes_in_every_form(
    store: Path, command: Any, tmp_path: Path
) -> None:
    import pandas
    import pyarrow.parquet as pq

    with open_store(store) as opened:
        wanted = sorted(opened.quotes(EVERYTHING)["id"])
    everything = ("--min-confidence", "0", "--acts", "all", "--copies")
    arguments = ("export", "--store", store, *everything, "--output")
    for form in ("csv", "jsonl", "parquet", "xlsx"):
        done = command(*arguments, tmp_path / f"quotes.{form}")
        assert done.returncode == 0, done.stderr
    with (tmp_path / "quotes.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert sorted(row["id"] for row in rows) == wanted
    assert all(row["before"] or row["after"] for row in rows)
    assert (
        sorted(
            json.loads(line)["id"]
            for line in (tmp_path / "quotes.jsonl").read_text(encoding="utf-8").splitlines()
        )
        == wanted
    )
    assert sorted(pq.read_table(tmp_path / "quotes.parquet")["id"].to_pylist()) == wanted
    assert (tmp_path / "quotes.xlsx").read_bytes().startswith(b"PK")
    assert pandas.read_json(tmp_path / "quotes.jsonl", lines=True)["document"].nunique() == 2


def test_a_review_outlives_another_run(store: Path, command: Any, root: Path) -> None:
    with open_store(store) as opened:
        frame = opened.quotes(EVERYTHING)
        (quote,) = frame[frame["words"].str.contains("maintaining contacts with all parties")][
            "id"
        ].tolist()[:1]
        opened.review(
            ReviewRequest(action="role", quote=quote, value="spokesman of the Kremlin", by="Ada")
        )
    done = command(
        "add",
        root / "seeds" / f"{SECOND}.txt",
        "--store",
        store,
        "--published",
        "2023-10-27",
        "--again",
    )
    assert "1 changed" in done.stdout
    with open_store(store) as opened:
        (row,) = opened.quotes(EVERYTHING).query("id == @quote").to_dict("records")
        assert (row["role"], row["review"], row["reviewed_by"]) == (
            "spokesman of the Kremlin",
            "changed",
            "Ada",
        )
        assert opened.unanchored() == ()
