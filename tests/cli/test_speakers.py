"""`quotes speakers`: the list of speakers, and reviews of which names are one speaker."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from quotes.cli.speakers import _print_table
from quotes.errors import SpeakerError
from quotes.identity import MergeCandidate
from quotes.records import ReviewRequest
from quotes.store import EVERYTHING, Store, open_store
from quotes.store.speakers import Listed, list_speakers, listed_frame, roles
from tests.paths import TESTS
from tests.stores import HARBOUR, SCHOOL, described, put, stored

FIRST = described(HARBOUR, published="2024-03-05")
SECOND = described(HARBOUR, id="second", published="2024-06-01")


def owners(store: Store) -> dict[str, str]:
    frame = store.quotes(EVERYTHING).dropna(subset=["speaker"])
    return dict(
        zip(
            frame["document"],
            frame[frame["speaker"] == "Anna Lindqvist"]["speaker_id"].reindex(frame.index),
            strict=True,
        )
    )


def test_speakers_are_listed_with_numbers_and_roles(tmp_path: Path) -> None:
    with stored(tmp_path / "s", [FIRST, SECOND, SCHOOL]) as store:
        rows = {row.id: row for row in list_speakers(store)}
        anna = rows["anna-lindqvist"]
        assert (anna.quotes, anna.direct, anna.documents) == (4, 4, 2)
        assert (str(anna.first), str(anna.last)) == ("2024-03-04", "2024-06-01")  # as said
        assert anna.role == "harbour director"
        assert [row.id for row in list_speakers(store, kind="organization")] == ["council"]
        (role,) = roles(store, store.speaker("Anna Lindqvist"))
        assert (role.role, role.documents, str(role.first), str(role.last)) == (
            "harbour director",
            2,
            "2024-03-05",
            "2024-06-01",
        )
        frame = listed_frame(store)
        assert frame["quotes"].dtype == "int64"
        assert str(frame["first"].dtype) == "datetime64[s]"


def test_copies_count_once(tmp_path: Path) -> None:
    text = FIRST[0].text * 4  # long enough to be told for a copy; only the first part is parsed
    pairs = [
        described(HARBOUR, id=name, text=text, published="2024-03-05", outlet=name)
        for name in ("a", "b")
    ]
    with stored(tmp_path / "s", pairs) as store:
        assert store.documents()["copy_of"].fillna("").tolist() in (["", "a"], ["b", ""])
        (anna,) = (row for row in list_speakers(store) if row.id == "anna-lindqvist")
        assert (anna.quotes, anna.documents) == (2, 1)
        assert store.count(EVERYTHING) == 8


def test_a_split_in_one_article_moves_its_quotes_alone_and_survives(tmp_path: Path) -> None:
    with stored(tmp_path / "s", [FIRST, SECOND]) as store:
        made = store.review(
            ReviewRequest(
                action="split",
                names=["Anna Lindqvist"],
                documents=["second"],
                by="Ada",
                why="her sister",
            )
        )
        for _ in range(2):
            assert owners(store) == {"harbour": "anna-lindqvist", "second": "anna-lindqvist-2"}
            assert sorted(row.quotes for row in list_speakers(store, kind="person")) == [2, 2]
            list(put(store, [FIRST, SECOND], again=True))
        store.review(ReviewRequest(action="undo", undoes=made.id, by="Ada"))
        assert owners(store) == {"harbour": "anna-lindqvist", "second": "anna-lindqvist"}


def test_a_merge_makes_one_speaker_of_two_and_survives(tmp_path: Path) -> None:
    with stored(tmp_path / "s", [FIRST]) as store:
        store.review(ReviewRequest(action="merge", names=["Anna Lindqvist", "council"], by="Ada"))
        list(put(store, [SECOND]))
        found = store.speaker("council")
        assert (found.name, found.id) == ("Anna Lindqvist", "anna-lindqvist")
        assert {(alias.name, alias.by) for alias in found.aliases} == {
            ("Anna Lindqvist", "person"),
            ("council", "person"),
        }
        assert store.count(store.selection_of(found)) == 6


def test_an_unknown_name_is_reported_with_the_nearest(tmp_path: Path) -> None:
    with stored(tmp_path / "s") as store:
        assert store.speaker("lindqvist").id == "anna-lindqvist"
        with pytest.raises(
            SpeakerError, match=r"no speaker 'Ana Lindkvistt'.*did you mean Anna Lindqvist"
        ):
            store.speaker("Ana Lindkvistt")
        with pytest.raises(SpeakerError, match="no speaker 'Zzyzx'"):
            store.speaker("Zzyzx")


def test_known_people_are_stored_with_the_store(command: Any, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text(
        "name,aliases,wikidata,roles\nAnna Maria Lindqvist,Anna Lindqvist,Q42,harbour director\n",
        encoding="utf-8",
    )
    parses = TESTS / "parses" / "articles.conllu"
    done = command("add", "--parsed", parses, "--store", tmp_path / "s", "--people", people)
    assert done.returncode == 0, done.stderr
    with open_store(tmp_path / "s") as store:
        assert store.speaker("Anna Lindqvist").wikidata == "Q42"
        store.identify()
        assert store.speaker("Anna Lindqvist").wikidata == "Q42"
    people.write_text("who\nAnna\n", encoding="utf-8")
    done = command("add", "--parsed", parses, "--store", tmp_path / "s", "--people", people)
    assert done.returncode == 2
    assert "people.csv" in done.stderr
    with open_store(tmp_path / "s") as store:
        assert store.speaker("Anna Lindqvist").wikidata == "Q42"


# The command


def test_the_command_lists_shows_merges_splits_and_takes_back(command: Any, tmp_path: Path) -> None:
    store = tmp_path / "s"
    stored(store, [FIRST, SECOND]).close()
    done = command("speakers", "--store", store)
    assert done.stdout.splitlines() == [
        "Anna Lindqvist · person · harbour director · 4 quotes in 2 articles (4 direct), "
        "4 March 2024 – 1 June 2024",
        "council · organization · 2 quotes in 2 articles (0 direct), 5 March 2024 – 1 June 2024",
    ]
    assert command("speakers", "--store", store, "--min-quotes", "3").stdout.count("\n") == 1
    assert command("speakers", "--store", store, "--named").returncode == 0
    rows = [
        json.loads(line)
        for line in command("speakers", "--store", store, "--format", "jsonl").stdout.splitlines()
    ]
    assert rows[0]["id"] == "anna-lindqvist"
    done = command("speakers", "--store", store, "lindqvist")
    assert done.stdout.startswith(
        "Anna Lindqvist (person) · anna-lindqvist\n    4 quotes in 2 articles (4 direct)"
    )
    assert "harbour director, 5 March 2024 – 1 June 2024 · in 2 articles" in done.stdout
    done = command(
        "speakers",
        "--store",
        store,
        "split",
        "Anna Lindqvist",
        "--document",
        "second",
        "--by",
        "Ada",
    )
    assert done.returncode == 0, done.stderr
    review = re.search(r"review (\w+);", done.stdout)
    assert review
    assert (
        command("speakers", "--store", store, "--format", "csv").stdout.count("Anna Lindqvist") == 2
    )
    done = command("speakers", "--store", store, "Anna Lindqvist")
    assert done.returncode == 2
    assert "anna-lindqvist-2" in done.stderr
    assert (
        command("speakers", "--store", store, "undo", review.group(1), "--by", "Ada").returncode
        == 0
    )
    again = command("speakers", "--store", store, "undo", review.group(1), "--by", "Ada")
    assert (again.returncode, again.stdout) == (0, f"{review.group(1)}: was undone already\n")
    unknown = command(
        "speakers", "--store", store, "split", "Anna Lindqvist", "--document", "x", "--by", "Ada"
    )
    assert (unknown.returncode, "no document 'x'" in unknown.stderr) == (2, True)
    assert (
        command("speakers", "--store", store, "--format", "csv").stdout.count("Anna Lindqvist") == 1
    )
    merged = command(
        "speakers", "--store", store, "merge", "Anna Lindqvist", "council", "--by", "Ada"
    )
    assert "Anna Lindqvist (person, 4 quotes) + council (organization, 2 quotes)" in merged.stderr
    assert "a person and an organization become one speaker" in merged.stderr
    undoing = re.search(r"review (\w+);", merged.stdout)
    assert undoing
    command("speakers", "--store", store, "undo", undoing.group(1), "--by", "Ada")
    done = command("speakers", "--store", store, "Anna Lindkvist-Berg")
    assert done.returncode == 2
    assert "did you mean Anna Lindqvist" in done.stderr


def test_one_speaker_as_json_lines(run: Any, folder: Path) -> None:
    (line,) = run(
        "speakers", "Anna Lindqvist", "--store", folder, "--format", "jsonl"
    ).stdout.splitlines()
    before = run("speakers", "--store", folder, "--format", "jsonl", "Anna Lindqvist")
    assert before.stdout == line + "\n"
    about = json.loads(line)
    listed = run("speakers", "--store", folder, "--format", "jsonl").stdout.splitlines()
    (row,) = (each for each in map(json.loads, listed) if each["name"] == "Anna Lindqvist")
    assert {name: about[name] for name in row} == row
    assert "Anna Lindqvist" in {each["name"] for each in about["names"]}
    assert all(0 < each["score"] <= 1 and each["reason"] for each in about["names"])
    assert [(each["role"], each["documents"]) for each in about["roles"]] == [
        ("harbour director", 2)
    ]
    text = run("speakers", "Anna Lindqvist", "--store", folder).stdout
    assert all(each["name"] in text for each in about["possibly_the_same"])
    refused = run("speakers", "--store", folder, "--format", "csv", "Anna Lindqvist")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "one speaker is text or jsonl" in refused.stderr


def test_speakers_that_may_be_one_are_named_below_the_list(
    run: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "may be" not in run("speakers", "--store", folder).stderr
    with open_store(folder) as store:
        speakers = {speaker.id: speaker for speaker in store.speakers()}
    anna = speakers["anna-lindqvist"]
    monkeypatch.setattr(
        "quotes.identity.likely_pairs",
        lambda compared, among, **_: [
            MergeCandidate(one, other, 0.5, "alike")
            for one in compared
            for other in among
            if (one.id, other.id) == ("anna-lindqvist", "council")
        ],
    )
    done = run("speakers", "--store", folder)
    council = speakers["council"].name
    assert done.stderr == (f'quotes: {council} may be {anna.name}: quotes speakers "{anna.name}"\n')
    assert run("speakers", "--store", folder, "--format", "csv").stderr == ""
    (row, merge) = run("speakers", "--store", folder, "pairs").stdout.splitlines()
    assert row.startswith(f"{anna.name} (")
    assert row.endswith(" · alike")
    assert merge == f'    quotes speakers merge "{anna.name}" "{council}"'


def test_all_quoted_speakers_are_compared_or_it_is_said(run: Any, folder: Path) -> None:
    done = run("speakers", "--store", folder, "pairs")
    assert done.stdout.startswith("no two of ")
    few = run("speakers", "--store", folder, "pairs", "--limit", "1")
    assert few.stdout == "no two of 1 speaker look like one\n"
    assert few.stderr.startswith("quotes: 1 of ")


def test_a_line_of_the_list_has_the_role_and_days_as_exactly_as_they_are_known(
    capsys: pytest.CaptureFixture[str],
) -> None:
    row = Listed(
        id="astrid-falk",
        name="Astrid Falk",
        kind="person",
        role="president",
        quotes=6,
        direct=2,
        quoted_in=2,
        documents=3,
        first=date(2021, 1, 1),
        first_precision="year",
        last=date(2022, 5, 10),
        last_precision="day",
    )
    _print_table((row, replace(row, role=None, last=None, last_precision=None)))
    assert capsys.readouterr().out.splitlines() == [
        "Astrid Falk · person · president · 6 quotes in 2 articles (2 direct), named in 3, "
        "2021 – 10 May 2022",
        "Astrid Falk · person · 6 quotes in 2 articles (2 direct), named in 3, 2021",
    ]
