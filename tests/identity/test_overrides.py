"""Merges and splits by people, laid over the speakers that the program found."""

from __future__ import annotations

from itertools import permutations

from quotes.identity import splits_by_document, with_reviews
from tests.identity.sample_usages import PEOPLE, groups, identify, review_row, use


def test_a_merge_makes_one_and_its_first_name_is_the_name() -> None:
    merged = with_reviews(
        PEOPLE, [review_row(1, "merge", "Abu Mazen", "Mahmoud Abbas", "Abou Mazen")]
    )
    speaker = next(speaker for speaker in merged if speaker.id == "abu-mazen")
    assert [(alias.name, alias.by) for alias in speaker.aliases] == [
        ("Abu Mazen", "person"),
        ("Mahmoud Abbas", "person"),
        ("Abou Mazen", "person"),
    ]
    assert speaker.aliases[1].reason == "merged by Ann: checked"
    assert len(merged) == len(PEOPLE) - 1


def test_names_are_merged_however_they_are_typed_and_unknown_ones_change_nothing() -> None:
    assert (
        len(with_reviews(PEOPLE, [review_row(1, "merge", "abu mazen", "MAHMOUD ABBAS")]))
        == len(PEOPLE) - 1
    )
    assert with_reviews(PEOPLE, [review_row(1, "merge", "Nobody", "No One")]) == PEOPLE


def test_a_split_takes_a_name_out() -> None:
    split = with_reviews(PEOPLE, [review_row(1, "split", "Peskov")])
    assert {frozenset({"Dmitry Peskov"}), frozenset({"Peskov"})} <= groups(split)
    assert next(s for s in split if s.name == "Peskov").aliases[0].by == "person"
    own = with_reviews(PEOPLE, [review_row(1, "split", "Dmitry Peskov")])
    assert {speaker.id for speaker in own} == {speaker.id for speaker in split}


def test_the_latest_wins_and_an_undo_can_be_undone() -> None:
    merge, split = (
        review_row(1, "merge", "Abu Mazen", "Mahmoud Abbas"),
        review_row(2, "split", "Abu Mazen", day=2),
    )
    again = review_row(3, "merge", "Abu Mazen", "Mahmoud Abbas", day=3)
    undo, redo = (
        review_row(4, "undo", undoes="j1", day=4),
        review_row(5, "undo", undoes="j4", day=5),
    )
    assert groups(with_reviews(PEOPLE, [merge, split])) == groups(PEOPLE)
    assert len(with_reviews(PEOPLE, [merge, split, again])) == len(PEOPLE) - 1
    assert with_reviews(PEOPLE, [merge, undo]) == PEOPLE
    assert with_reviews(PEOPLE, [merge, undo, redo]) == with_reviews(PEOPLE, [merge])


def test_the_order_in_which_reviews_come_does_not_matter() -> None:
    rows = [
        review_row(1, "merge", "Abu Mazen", "Mahmoud Abbas"),
        review_row(2, "split", "Peskov", day=2),
        review_row(3, "merge", "Peskov", "Abu Mazen", day=3),
        review_row(4, "undo", undoes="j3", day=4),
        review_row(5, "split", "Dmitry Peskov", documents=["d9"], day=5),
    ]
    wanted = with_reviews(PEOPLE, rows)
    assert all(with_reviews(PEOPLE, order) == wanted for order in permutations(rows))


def test_a_merge_survives_another_run_over_more_articles() -> None:
    merge = [review_row(1, "merge", "Abu Mazen", "Mahmoud Abbas")]
    more = identify([use("Mahmoud Abbas"), use("Abu Mazen"), use("Mahmud Abbas", documents=["d2"])])
    assert frozenset({"Abu Mazen", "Mahmoud Abbas", "Mahmud Abbas"}) in groups(
        with_reviews(more, merge)
    )


def test_a_name_can_be_somebody_else_in_some_documents() -> None:
    rows = [review_row(1, "split", "Peskov", documents=["d7", "d8"])]
    speakers = with_reviews(PEOPLE, rows)
    ids = splits_by_document(speakers, rows)
    assert set(ids) == {("peskov", "d7"), ("peskov", "d8")}
    (other,) = set(ids.values())
    assert [alias.name for alias in next(s for s in speakers if s.id == other).aliases] == [
        "Peskov"
    ]
    assert frozenset({"Dmitry Peskov", "Peskov"}) in groups(speakers)
