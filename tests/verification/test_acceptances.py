"""Findings that a person accepted: shown again for the same, and only for the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import quotes
from quotes.errors import StoreError
from quotes.output.terminal.verification_report import finding_lines, summary
from quotes.output.verification_rows import to_rows
from quotes.records import Document, Review
from quotes.store import Store, open_store
from quotes.verification.acceptances import acceptable, acceptance_request, with_acceptances
from quotes.verification.findings import Finding
from quotes.verification.verification import Verification
from quotes.verification.verify_draft import verify_claims
from tests.stores import HARBOUR, put, stored
from tests.verification.sources import ARTICLE, ARTICLE_QUOTES, ENGLISH
from tests.verification.test_verify_draft import SOURCE

WHY = "heard on the tape"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "store", create=True, made_by="tests")


def verified(store: Store, source: Document = SOURCE, draft: Document = ARTICLE) -> Verification:
    found = verify_claims([(draft, ARTICLE_QUOTES)], [source], language=ENGLISH)
    return with_acceptances(found, store.reviews())


def altered(found: Verification) -> Finding:
    (finding,) = [f for f in found.findings if f.verdict == "altered"]
    return finding


def accept(store: Store, finding: Finding) -> Review:
    return store.review(acceptance_request(finding, by="Ada", why=WHY))


def test_the_same_words_against_the_same_source_are_accepted_again(store: Store) -> None:
    review = accept(store, altered(verified(store)))
    found = with_acceptances(verified(store), store.reviews())
    made = altered(found).accepted
    assert made is not None
    assert (made.by, made.why, made.verdict, made.review) == ("Ada", WHY, "altered", review.id)
    assert altered(found).verdict == "altered"
    assert not found.fails("altered")
    assert (found.worst, dict(found.accepted)) == ("verbatim", {"altered": 1})
    assert [f.verdict for f in found.worst_first] == ["verbatim", "altered"]


def test_the_report_says_who_accepted_a_finding_and_why(store: Store) -> None:
    accept(store, altered(verified(store)))
    found = verified(store)
    assert "1 altered (1 accepted)" in summary(found)
    lines = list(finding_lines(altered(found)))
    assert lines[0].startswith("ALTERED, ACCEPTED · line ")
    assert any("accepted by Ada on " in line and line.endswith(WHY) for line in lines)
    assert f"accepted by Ada on {altered(found).accepted.on.day} " in found.to_html()  # type: ignore[union-attr]
    row = to_rows(found)[1]
    assert (row["verdict"], row["accepted_by"], row["accepted_why"]) == ("altered", "Ada", WHY)
    assert found.to_frame()["accepted_by"].tolist()[1] == "Ada"


def test_another_wording_of_the_source_opens_the_finding_again(store: Store) -> None:
    accept(store, altered(verified(store)))
    other = replace(SOURCE, text=SOURCE.text.replace("third", "fourth"))
    found = verified(store, other)
    assert altered(found).accepted is None
    assert found.fails("altered")
    lines = "\n".join(finding_lines(altered(found)))
    assert "an earlier finding (altered) was accepted by Ada" in lines
    assert to_rows(found)[1]["accepted_by"] is None


def test_a_worse_verdict_is_not_accepted_with_a_milder_one(store: Store) -> None:
    accept(store, altered(verified(store)))
    nothing = Document(id="tape", text="Ilse Lindqvist: The weather was fine all along.\n")
    found = verified(store, nothing)
    assert {f.verdict for f in found.findings} == {"not found"}
    assert all(f.accepted is None for f in found.findings)
    assert [f.accepted_before is not None for f in found.findings] == [False, True]
    assert found.worst == "not found"


def test_not_found_is_accepted_until_a_source_has_the_words(store: Store) -> None:
    nothing = Document(id="tape", text="Ilse Lindqvist: The weather was fine all along.\n")
    accept(store, verified(store, nothing).findings[1])
    elsewhere = replace(nothing, id="minutes", text="Pablo Ruiz: It rained on the third day.\n")
    assert verified(store, elsewhere).findings[1].accepted is not None
    assert altered(verified(store)).accepted is None


def test_an_undone_acceptance_accepts_nothing(store: Store) -> None:
    from quotes.standing_reviews import standing

    review = accept(store, altered(verified(store)))
    store.undo_reviews([review.id], by="Ben")
    found = with_acceptances(verified(store), standing(store.reviews()))
    assert (altered(found).accepted, altered(found).accepted_before) == (None, None)
    assert found.fails("altered")


def test_a_reason_and_something_to_accept_are_needed(store: Store) -> None:
    found = verified(store)
    assert [acceptable(f) for f in found.findings] == [False, True]
    with pytest.raises(StoreError, match="a reason"):
        store.review(acceptance_request(altered(found), by="Ada", why=" "))
    with pytest.raises(StoreError, match="name of the reviewer"):
        store.review(acceptance_request(altered(found), by="", why=WHY))
    assert store.reviews() == ()


def test_an_acceptance_leaves_quotes_and_speakers_alone(tmp_path: Path) -> None:
    store = stored(tmp_path / "store", [HARBOUR])
    before = [q.id for q in store.quotes_of(HARBOUR[0].id)], store.speakers()
    accept(store, altered(verified(store)))
    assert ([q.id for q in store.quotes_of(HARBOUR[0].id)], store.speakers()) == before
    assert store.unanchored() == ()


def test_purging_a_source_deletes_its_words_from_acceptances(tmp_path: Path) -> None:
    store = stored(tmp_path / "store", [HARBOUR])
    kept = accept(store, altered(verified(store)))
    accept(store, altered(verified(store, replace(SOURCE, id=HARBOUR[0].id))))
    store.remove([HARBOUR[0].id], purge=True)
    assert [review.id for review in store.reviews()] == [kept.id]


def test_python_accepts_a_finding_and_verifies_with_the_store(tmp_path: Path) -> None:
    with quotes.open(tmp_path / "store", create=True) as collection:
        list(put(collection.store, [HARBOUR]))
        found = verify_claims([(ARTICLE, ARTICLE_QUOTES)], [SOURCE], language=ENGLISH)
        review = collection.accept_finding(altered(found), by="Ada", why=WHY)
        again = verify_claims(
            [(ARTICLE, ARTICLE_QUOTES)], [SOURCE], language=ENGLISH, store=collection
        )
        made = altered(again).accepted
        assert made is not None
        assert made.review == review.id
        collection.undo(review, by="Ben")
        once_more = verify_claims(
            [(ARTICLE, ARTICLE_QUOTES)], [SOURCE], language=ENGLISH, store=collection
        )
        assert altered(once_more).accepted is None
