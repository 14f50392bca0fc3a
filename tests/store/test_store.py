"""The store: what goes in comes out, what is broken off is not seen, what people decide stays."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from deltalake import write_deltalake

from quotes.errors import SpeakerError, StoreError
from quotes.pipeline import Processed
from quotes.records import Document, Embed, ReviewRequest, Span
from quotes.store import EVERYTHING, Selection, Store, delta, open_store
from quotes.store.commits import ProgramRun
from quotes.store.rows import Entry, review_of, review_row
from quotes.store.schema import TABLES
from tests.stores import HARBOUR, SCHOOL, described, put, shifted, stored, without, work


def processed(pair: Any) -> Processed:
    (result,) = work([pair])
    assert isinstance(result, Processed)
    return result


def test_records_come_out_as_they_went_in(tmp_path: Path) -> None:
    pair = described(
        HARBOUR,
        published="2024-03-05",
        outlet="Daily Post",
        title="Prices",
        author="R. Smith",
        language="en",
    )
    pair = (replace(pair[0], embeds=(Embed(Span(93, 134), None, "Somebody"),)), pair[1])
    with stored(tmp_path / "s", [pair, SCHOOL]) as store:
        assert store.document("harbour") == pair[0]
        assert store.quotes_of("harbour") == processed(pair).quotes
        assert store.quotes_of("=school", machine=True) == processed(SCHOOL).quotes


def test_frames_are_typed(tmp_path: Path) -> None:
    with stored(tmp_path / "s", [described(HARBOUR, published="2024-03-05"), SCHOOL]) as store:
        frame = store.quotes(EVERYTHING)
        assert len(frame) == 6
        assert {
            str(frame[name].dtype)
            for name in ("id", "speaker", "role", "words", "before", "speaker_id")
        } == {"str"}
        assert {str(frame[name].dtype) for name in ("day", "said_on", "published")} == {
            "datetime64[s]"
        }
        assert str(frame["confidence"].dtype) == "float64"
        first = frame[frame["words"] == "“We will fight it,”"].iloc[0]
        assert first["content_spans"] == [{"start": 188, "end": 205}]
        assert first["before"] == "According to a city report, 40 ships left last year."
        assert pd.isna(first["after"])
        documents = store.documents()
        assert list(documents["id"]) == ["harbour", "=school"]
        assert documents["published"].isna().tolist() == [False, True]


def test_the_files_have_the_columns_of_the_schema(tmp_path: Path) -> None:
    with stored(tmp_path / "s", [described(HARBOUR, published="2024-03-05")]) as store:
        for name, table in TABLES.items():
            _, files = delta.files(store.path / name)
            for file in files:
                schema = pq.read_schema(file)
                assert {field.name: field.type for field in schema} == {
                    column.name: column.type for column in table.columns
                }


def test_the_same_input_again_changes_nothing(tmp_path: Path) -> None:
    with stored(tmp_path / "s") as store:
        before = {name: delta.newest(store.path / name) for name in TABLES}
        steps = list(put(store, [HARBOUR, SCHOOL]))
        assert [step.outcome for step in steps] == ["unchanged", "unchanged"]
        after = {name: delta.newest(store.path / name) for name in TABLES}
        assert {name for name in TABLES if before[name] != after[name]} == {"runs"}


def test_what_is_said_of_an_article_later_is_stored_without_a_new_revision(tmp_path: Path) -> None:
    with stored(tmp_path / "s") as store:
        (step,) = put(store, [described(HARBOUR, outlet="Daily Post")])
        assert step.outcome == "revised"
        assert store.revision("harbour") == 1
        assert store.document("harbour").outlet == "Daily Post"
        assert len(store.quotes_of("harbour")) == 4
        assert [s.outcome for s in put(store, [HARBOUR])] == ["unchanged"]


def test_a_changed_article_is_a_new_revision_and_the_old_one_stays_readable(tmp_path: Path) -> None:
    with stored(tmp_path / "s") as store:
        changed = shifted(HARBOUR, "Updated on Tuesday.\n\n")
        assert [step.outcome for step in put(store, [changed])] == ["revised"]
        assert store.revision("harbour") == 2
        assert store.document("harbour").text.startswith("Updated")
        assert store.document("harbour", revision=1) == HARBOUR[0]
        assert store.count(EVERYTHING) == 6
        assert all(
            quote.content[0].of(changed[0].text).strip() for quote in store.quotes_of("harbour")
        )
        list(put(store, [HARBOUR]))
        assert store.revision("harbour") == 3
        with pytest.raises(StoreError, match="no revision 9 of document 'harbour'"):
            store.document("harbour", revision=9)


@pytest.mark.parametrize("table", ["quotes", "aliases", "roles", "documents"])
def test_a_commit_broken_off_before_its_documents_leaves_nothing_to_be_seen(
    tmp_path: Path, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = stored(tmp_path / "s", [SCHOOL])
    append = delta.append

    def breaks(folder: Path, rows: Any) -> None:
        if folder.name == table and rows.num_rows:
            raise KeyboardInterrupt
        append(folder, rows)

    entry = Entry(
        document=HARBOUR[0], quotes=processed(HARBOUR).quotes, entities=processed(HARBOUR).entities
    )
    run = ProgramRun(store.path, made_by="tests")
    monkeypatch.setattr(delta, "append", breaks)
    with pytest.raises(KeyboardInterrupt):
        run.commit([entry])
    monkeypatch.undo()
    with open_store(store.path) as seen:
        assert list(seen.documents()["id"]) == ["=school"]
        assert set(seen.quotes(EVERYTHING)["document"]) == {"=school"}
        assert len(seen.sql("SELECT * FROM aliases")) == len(seen.sql("SELECT * FROM roles")) == 0
        assert [step.outcome for step in put(seen, [HARBOUR, SCHOOL])] == ["unchanged", "added"]
        assert seen.count(EVERYTHING) == 6
        assert len(seen.sql("SELECT * FROM roles")) == 1


def test_two_writers_of_one_document_leave_it_once(tmp_path: Path) -> None:
    store = stored(tmp_path / "s", [SCHOOL])
    entry = Entry(document=HARBOUR[0], quotes=processed(HARBOUR).quotes)
    for _ in range(2):
        ProgramRun(store.path, made_by="tests").commit([entry])
    assert list(store.documents()["id"]) == ["=school", "harbour"]
    assert store.count(EVERYTHING) == 6
    assert store.revision("harbour") == 1


def test_quotes_are_selected_by_what_a_person_asks(tmp_path: Path) -> None:
    pairs = [
        described(HARBOUR, published="2024-03-05", outlet="Daily Post"),
        described(SCHOOL, published="2024-04-01"),
    ]
    with stored(tmp_path / "s", pairs) as store:
        assert store.count(Selection(outlet="Daily Post")) == 4
        assert store.count(Selection(type="direct")) == 3
        assert store.count(Selection(kind="organization")) == 1
        assert store.count(Selection(factuality="denied")) == 1
        assert store.count(Selection(since=pd.Timestamp("2024-03-06").date())) == 2
        assert store.count(Selection(until=pd.Timestamp("2024-03-05").date())) == 4
        assert list(store.quotes(Selection(about="pric march"))["words"]) == [
            "“Prices will rise again in March,”"
        ]
        assert store.count(Selection(about="rice")) == 0
        assert store.count(Selection(about="'; DROP TABLE hidden; --")) == 0
        assert store.count(Selection(min_confidence=0.95)) == 1
        assert list(
            store.quotes(Selection(names=["Anna Lindqvist"]), limit=1, offset=1)["words"]
        ) == ["“We will fight it,”"]
        assert store.count(Selection(ids=[])) == 0


def test_sql_asks_and_does_not_change(tmp_path: Path) -> None:
    with stored(tmp_path / "s") as store:
        assert store.sql("SELECT count(*) AS n FROM quotes WHERE type = ?", ["direct"])[
            "n"
        ].tolist() == [3]
        with pytest.raises(StoreError, match="could not be answered"):
            store.sql("SELECT nothing FROM nowhere")
        for change in (
            "DELETE FROM hidden",
            "SELECT 1; DROP VIEW quotes",
            "COPY (SELECT 1) TO 'x.csv'",
            "INSTALL httpfs",
        ):
            with pytest.raises(StoreError, match="only SELECT is allowed here"):
                store.sql(change)


# Reviews


def quote_of(store: Any, words: str) -> Any:
    frame = store.quotes(EVERYTHING)
    (row,) = frame[frame["words"].str.lstrip("“").str.startswith(words)].to_dict("records")
    return row


def test_reviews_apply_at_once_and_are_stored_apart(tmp_path: Path) -> None:
    with stored(tmp_path / "s") as store:
        council, prices = quote_of(store, "that it would"), quote_of(store, "Prices")
        store.review(ReviewRequest(action="reject", quote=council["id"], by="Ada"))
        store.review(
            ReviewRequest(
                action="speaker",
                quote=prices["id"],
                value="Ruth Okafor",
                by="Ada",
                why="see page 2",
            )
        )
        store.review(ReviewRequest(action="role", quote=prices["id"], value="mayor", by="Ada"))
        store.review(ReviewRequest(action="date", quote=prices["id"], value="2024-03", by="Ada"))
        store.review(ReviewRequest(action="type", quote=prices["id"], value="mixed", by="Bo"))
        store.review(
            ReviewRequest(action="accept", quote=quote_of(store, "We will")["id"], by="Bo")
        )
        frame = store.quotes(EVERYTHING)
        assert len(frame) == 5
        changed = quote_of(store, "Prices")
        assert (changed["speaker"], changed["role"], changed["type"]) == (
            "Ruth Okafor",
            "mayor",
            "mixed",
        )
        assert (changed["said_on"], changed["said_precision"]) == (
            pd.Timestamp("2024-03-01"),
            "month",
        )
        assert (changed["review"], changed["reviewed_by"]) == ("changed", "Bo")
        assert quote_of(store, "We will")["review"] == "accepted"
        assert store.quotes_of("harbour", machine=True) == processed(HARBOUR).quotes
        assert len(store.reviews()) == 6


def test_a_review_can_be_undone_and_that_too(tmp_path: Path) -> None:
    with stored(tmp_path / "s") as store:
        made = store.review(
            ReviewRequest(action="reject", quote=quote_of(store, "Prices")["id"], by="Ada")
        )
        assert store.count(EVERYTHING) == 5
        undone = store.review(ReviewRequest(action="undo", undoes=made.id, by="Ada"))
        assert store.count(EVERYTHING) == 6
        store.review(ReviewRequest(action="undo", undoes=undone.id, by="Ada"))
        assert store.count(EVERYTHING) == 5
        assert len(store.reviews()) == 3


def test_a_store_that_stays_open_shows_reviews_like_one_that_is_opened_anew(
    tmp_path: Path,
) -> None:
    def as_reviewed(store: Store) -> str:
        columns = ["id", "document", "speaker", "review", "reviewed_by", "position"]
        return store.sql(f"SELECT {', '.join(columns)} FROM quotes ORDER BY id").to_json()

    with stored(tmp_path / "s") as store:
        requests = [
            ReviewRequest(action="accept", quote=quote_of(store, "We will")["id"], by="Ada"),
            ReviewRequest(action="reject", quote=quote_of(store, "Prices")["id"], by="Ada"),
            ReviewRequest(
                action="role", quote=store.quotes_of(SCHOOL[0].id)[0].id, value="x", by="Bo"
            ),
        ]
        made = []
        for request in requests:
            made.append(store.review(request))
            assert as_reviewed(store) == as_reviewed(open_store(store.path))
        assert store.sql("SELECT count(*) AS n FROM quotes WHERE review IS NOT NULL").n[0] == 2
        for review in made:  # until none is left
            store.review(ReviewRequest(action="undo", undoes=review.id, by="Ada"))
            assert as_reviewed(store) == as_reviewed(open_store(store.path))
        assert store.sql("SELECT count(*) AS n FROM quotes WHERE review IS NOT NULL").n[0] == 0


def test_reviews_survive_a_new_run_a_revision_and_another_model(tmp_path: Path) -> None:
    with stored(tmp_path / "s") as store:
        store.review(
            ReviewRequest(
                action="speaker", quote=quote_of(store, "We will")["id"], value="Bo Berg", by="Ada"
            )
        )
        store.review(
            ReviewRequest(action="reject", quote=quote_of(store, "that it would")["id"], by="Ada")
        )
        store.review(
            ReviewRequest(
                action="add",
                document="harbour",
                content=(Span(162, 185),),
                source=(Span(135, 159),),
                value="city report",
                by="Ada",
            )
        )
        for later in (
            HARBOUR,
            shifted(HARBOUR, "Updated on Tuesday.\n\n"),
            without(shifted(HARBOUR, "Corrected.\n\n"), {3}),
        ):
            list(put(store, [later], again=True))
            frame = store.quotes(EVERYTHING)
            fight = quote_of(store, "We will")
            assert fight["speaker"] == "Bo Berg"
            assert later[0].text[fight["content_spans"][0]["start"] :].startswith("We will fight")
            assert "that it would not pay" not in set(frame["words"])
            assert not store.unanchored()
        assert (
            fight["rule"] == "review"
        )  # the last parse lost the sentence: the review alone keeps the quote


def test_an_unanchored_review_is_reported_and_never_dropped(tmp_path: Path) -> None:
    with stored(tmp_path / "s") as store:
        made = store.review(
            ReviewRequest(action="accept", quote=quote_of(store, "We will")["id"], by="Ada")
        )
        document, parse = without(HARBOUR, {3})
        shorter = replace(document, text=document.text[:186])
        list(put(store, [(shorter, parse)]))
        assert [review.id for review in store.unanchored()] == [made.id]
        list(put(store, [HARBOUR]))
        assert store.unanchored() == ()
        assert quote_of(store, "We will")["review"] == "accepted"


def test_words_that_were_missed_can_be_marked(tmp_path: Path) -> None:
    with stored(tmp_path / "s", [without(HARBOUR, {0})]) as store:
        text = HARBOUR[0].text
        start = text.index("Prices")
        store.review(
            ReviewRequest(
                action="add",
                document="harbour",
                content=(Span(start, start + 32),),
                value="Anna Lindqvist",
                by="Ada",
            )
        )
        added = quote_of(store, "Prices")
        assert (added["review"], added["type"], added["speaker"], added["confidence"]) == (
            "added",
            "direct",
            "Anna Lindqvist",
            1.0,
        )
        store.review(
            ReviewRequest(
                action="span", quote=added["id"], content=(Span(start, start + 16),), by="Ada"
            )
        )
        assert quote_of(store, "Prices")["words"] == "“Prices will rise”"


def test_a_quote_marked_over_one_that_was_found_takes_the_speaker_named(tmp_path: Path) -> None:
    with stored(tmp_path / "s") as store:
        found = quote_of(store, "Prices")
        text = HARBOUR[0].text
        start = text.index("Prices")
        store.review(
            ReviewRequest(
                action="add",
                document="harbour",
                content=(Span(start, start + 32),),
                value="Ruth Okafor",
                by="Ada",
            )
        )
        added = quote_of(store, "Prices")
        assert (found["speaker"], added["speaker"], added["speaker_confidence"]) == (
            "Anna Lindqvist",
            "Ruth Okafor",
            1.0,
        )
        assert (added["id"], added["review"], added["resolved_by"]) == (
            found["id"],
            "added",
            "review: Ada",
        )
        store.review(
            ReviewRequest(
                action="add", document="harbour", content=(Span(start, start + 32),), by="Ada"
            )
        )
        assert (
            quote_of(store, "Prices")["speaker"] == "Ruth Okafor"
        )  # one without a name leaves the speaker as it was
        assert store.count(EVERYTHING) == 6


def test_many_quotes_are_reviewed_and_undone_in_one_commit(tmp_path: Path) -> None:
    with stored(tmp_path / "s") as store:
        ids = store.quotes(EVERYTHING)["id"].tolist()
        alone = store.review(ReviewRequest(action="accept", quote=ids[1], by="Ada"))
        store.review(ReviewRequest(action="undo", undoes=alone.id, by="Ada"))
        before = delta.newest(store.table_folder("reviews"))
        made = store.review_many(
            ReviewRequest(action="accept", quote=quote, by="Ada", why="all of a rule")
            for quote in [*ids, ids[0]]
        )
        assert delta.newest(store.table_folder("reviews")) == before + 1
        assert [review.quote for review in made] == ids
        assert (
            replace(made[1], id=alone.id, at=alone.at, why=alone.why) == alone
        )  # anchored as one alone is
        assert store.reviews()[2:] == tuple(sorted(made, key=lambda review: review.id))
        assert set(store.quotes(EVERYTHING)["review"]) == {"accepted"}
        store.review_many(
            ReviewRequest(action="speaker", quote=quote, value="Ruth Okafor", by="Ada")
            for quote in ids[:2]
        )
        assert store.quotes(Selection(names=["Ruth Okafor"]))["id"].tolist() == ids[:2]
        store.undo_reviews([review.id for review in made], by="Ada")
        assert store.find_quotes(EVERYTHING)["review"].to_pylist() == ["changed"] * 2 + [None] * (
            len(ids) - 2
        )


@pytest.mark.parametrize(
    ("action", "given", "reason"),
    [
        ("accept", {"quotes": ["0123456789abcdef"]}, "no quote '0123456789abcdef'"),
        ("date", {"value": "last week"}, "no date"),
        ("span", {}, "span needs the words wanted"),
    ],
)
def test_of_many_requests_one_that_is_wrong_refuses_all(
    tmp_path: Path, action: Any, given: dict[str, Any], reason: str
) -> None:
    with stored(tmp_path / "s", [HARBOUR]) as store:
        ids = [*store.quotes(EVERYTHING)["id"].tolist(), *given.get("quotes", ())]
        with pytest.raises(StoreError, match=reason):
            store.review_many(
                ReviewRequest(action=action, quote=quote, value=given.get("value"), by="Ada")
                for quote in ids
            )
        with pytest.raises(StoreError, match="no review 'nothing'"):
            store.undo_reviews(["nothing"], by="Ada")
        assert store.reviews() == ()


@pytest.mark.parametrize(
    ("action", "given", "reason"),
    [
        ("accept", {"quote": "0123456789abcdef"}, "no quote '0123456789abcdef'"),
        ("type", {"value": "shouted"}, "no type of quote"),
        ("date", {"value": "last week"}, "no date"),
        ("add", {"document": "harbour", "content": (Span(5, 5_000),)}, "do not lie in its text"),
        ("add", {"document": "harbour"}, "add needs the words wanted"),
        ("accept", {"document": "harbour"}, "accept needs the id of a quote"),
        ("speaker", {"quote": "0123456789abcdef"}, "speaker needs a value"),
        ("praise", {"quote": "0123456789abcdef"}, "'praise' is no action: accept, "),
        ("merge", {"names": ["A", "A"]}, "two names"),
        ("split", {}, "needs the name"),
        ("undo", {"undoes": "nothing"}, "no review 'nothing'"),
    ],
)
def test_requests_that_lack_something_are_refused(
    tmp_path: Path, action: Any, given: dict[str, Any], reason: str
) -> None:
    with stored(tmp_path / "s", [HARBOUR]) as store:
        known = {"quote": quote_of(store, "Prices")["id"]} if action in ("type", "date") else {}
        with pytest.raises(StoreError, match=reason):
            store.review(ReviewRequest(action=action, by="Ada", **known, **given))
        with pytest.raises(StoreError, match="name of the reviewer"):
            store.review(
                ReviewRequest(action="accept", quote=quote_of(store, "Prices")["id"], by=" ")
            )
        assert store.reviews() == ()


def test_names_that_no_speaker_has_are_neither_merged_nor_split(tmp_path: Path) -> None:
    with stored(tmp_path / "s") as store:
        for action in ("merge", "split"):
            names = ["Anna Lindqvist", "Ana Lindkvistt"]
            with pytest.raises(SpeakerError, match="did you mean Anna Lindqvist"):
                store.review(ReviewRequest(action=action, by="Ada", names=names))
        assert store.reviews() == ()


def test_a_review_comes_out_as_it_went_in(tmp_path: Path) -> None:
    with stored(tmp_path / "s", [HARBOUR]) as store:
        made = store.review(
            ReviewRequest(
                action="speaker",
                quote=quote_of(store, "Prices")["id"],
                value="",
                by="Ada",
                why="unclear",
            )
        )
        assert store.reviews() == (made,)
        assert review_of(review_row(made)) == made
        assert (made.words, made.revision) == (("Prices will rise again in March,",), 1)
        assert HARBOUR[0].text.startswith(made.before + made.words[0] + made.after)


# Removing


def bytes_of(folder: Path) -> bytes:
    """All files of a folder; Parquet files as text, because their pages are compressed."""
    parts = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    parts += [str(pq.read_table(path).to_pylist()).encode() for path in folder.rglob("*.parquet")]
    return b"\n".join(parts)


def test_a_document_is_removed_from_every_table_and_purged_from_every_file(tmp_path: Path) -> None:
    with stored(tmp_path / "s") as store:
        store.review(
            ReviewRequest(action="accept", quote=quote_of(store, "We will")["id"], by="Ada")
        )
        store.remove(["harbour"])
        assert list(store.documents()["id"]) == ["=school"]
        assert all(
            store.sql(f"SELECT count(*) AS n FROM {name}")["n"][0] == 0
            for name in ("aliases", "roles")
        )
        assert "Anna Lindqvist" not in {speaker.name for speaker in store.speakers()}
        assert [review.document for review in store.unanchored()] == ["harbour"]
        assert b"Lindqvist" in bytes_of(store.path)
        list(put(store, [HARBOUR]))
        assert quote_of(store, "We will")["review"] == "accepted"
        store.remove(["harbour"], purge=True)
        assert b"Lindqvist" not in bytes_of(store.path)
        assert b"We will fight" not in bytes_of(store.path)
        assert store.count(EVERYTHING) == 2
        assert [step.outcome for step in put(store, [HARBOUR])] == ["added"]


def test_removing_what_is_not_there_removes_nothing(tmp_path: Path) -> None:
    with stored(tmp_path / "s") as store:
        with pytest.raises(StoreError, match="no document 'harbor': nothing was removed"):
            store.remove(["harbour", "harbor"])
        store.remove([])
        assert len(store.documents()) == 2


def test_nobody_purges_while_another_writes(tmp_path: Path) -> None:
    with stored(tmp_path / "s") as store, store.writing():
        with (
            pytest.raises(StoreError, match="other programs are writing"),
            open_store(store.path) as other,
        ):
            other.remove(["harbour"], purge=True)
        assert len(store.documents()) == 2


# What is no store


def test_what_is_no_store_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such store: `quotes add"):
        open_store(tmp_path / "none")
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="a file, not a store"):
        open_store(tmp_path / "file")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError, match="a folder, but no store"):
        open_store(tmp_path / "folder")
    (tmp_path / "folder" / "letter.txt").write_text("x")
    with pytest.raises(StoreError, match=r"no store \(it holds letter.txt\)"):
        open_store(tmp_path / "folder", create=True)
    with pytest.raises(StoreError, match="no store can be made here"):
        open_store(tmp_path / "file" / "below", create=True)


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    stored(tmp_path / "s").close()
    marker = tmp_path / "s" / "quotes-store.json"
    marker.write_text(json.dumps({"format": 99}))
    for create in (False, True):
        with pytest.raises(StoreError, match="newer version"):
            open_store(tmp_path / "s", create=create)
    marker.write_text("{")
    with pytest.raises(StoreError, match="cannot be read"):
        open_store(tmp_path / "s")


def test_a_store_whose_making_was_broken_off_is_finished_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = delta.create
    made: list[Path] = []

    def breaks(folder: Path, table: Any) -> None:
        if len(made) == 3:
            raise KeyboardInterrupt
        made.append(table)
        create(folder, table)

    monkeypatch.setattr(delta, "create", breaks)
    with pytest.raises(KeyboardInterrupt):
        open_store(tmp_path / "s", create=True)
    monkeypatch.undo()
    with pytest.raises(StoreError, match="making was broken off"):
        open_store(tmp_path / "s")
    with stored(tmp_path / "s") as store:
        assert store.count(EVERYTHING) == 6


def test_a_half_written_file_is_named_and_the_rest_is_untouched(tmp_path: Path) -> None:
    with stored(tmp_path / "s") as store:
        _, (file,) = delta.files(store.path / "quotes")
        whole = Path(file).read_bytes()
        Path(file).write_bytes(whole[: len(whole) // 2])
    with open_store(tmp_path / "s") as store, pytest.raises(StoreError, match=Path(file).name):
        store.quotes()
    Path(file).write_bytes(whole)
    with open_store(tmp_path / "s") as store:
        assert store.count(EVERYTHING) == 6


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    import shutil

    stored(tmp_path / "s").close()
    shutil.rmtree(tmp_path / "s" / "roles")
    with pytest.raises(StoreError, match="the table 'roles' is missing"):
        open_store(tmp_path / "s")
    with stored(tmp_path / "t") as store:
        shutil.rmtree(tmp_path / "t" / "roles")
        with pytest.raises(StoreError, match="roles"):
            store.documents()


def test_a_full_disk_loses_nothing_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = stored(tmp_path / "s", [SCHOOL])

    def full(*_: object, **__: object) -> None:
        raise OSError("Generic LocalFileSystem error: No space left on device (os error 28)")

    monkeypatch.setattr(delta, "write_deltalake", full)
    with pytest.raises(
        StoreError, match="the disk is full: make room and run the same command again"
    ):
        list(put(store, [HARBOUR]))
    monkeypatch.undo()
    assert [step.outcome for step in put(store, [HARBOUR, SCHOOL])] == ["unchanged", "added"]
    assert store.count(EVERYTHING) == 6


def test_a_conflict_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from deltalake.exceptions import CommitFailedError

    tries: list[Any] = []

    def meets_another(*arguments: Any, **options: Any) -> None:
        tries.append(arguments)
        if len(tries) == 1:
            raise CommitFailedError("a concurrent transaction")
        write_deltalake(*arguments, **options)

    monkeypatch.setattr(delta, "write_deltalake", meets_another)
    store = stored(tmp_path / "s")
    assert len(tries) > 2
    assert store.count(EVERYTHING) == 6


def test_an_article_of_no_words_to_quote_is_a_document_all_the_same(tmp_path: Path) -> None:
    quiet = (
        Document(id="quiet", text="Ships left.\n"),
        replace(HARBOUR[1], sentences=(), entities=()),
    )
    with stored(tmp_path / "s", [quiet]) as store:
        assert store.documents()["quotes"].tolist() == [0]
        assert store.quotes().empty


def test_many_small_files_are_compacted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delta, "MAX_SMALL_FILES", 3)
    store = stored(tmp_path / "s", [])
    for number in range(6):
        list(put(store, [described(HARBOUR, id=f"harbour-{number}")]))
    _, files = delta.files(store.path / "quotes")
    assert len(files) <= 4
    assert store.count(EVERYTHING) == 24


def test_two_programs_that_compact_at_once_double_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stored(tmp_path / "s", []) as store:
        for number in range(4):
            list(put(store, [described(HARBOUR, id=f"harbour-{number}")]))
    monkeypatch.setattr(delta, "MAX_SMALL_FILES", 1)
    barrier = Barrier(4)

    def compact(_: int) -> None:
        barrier.wait()
        with open_store(tmp_path / "s") as own:
            own.compact()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(compact, range(4)))
    with open_store(tmp_path / "s") as store:
        assert store.sql("SELECT count(*) AS n FROM raw_quotes")["n"].tolist() == [16]
        assert len(delta.files(store.table_folder("quotes"))[1]) == 1
