"""The voices of a store and of articles that are not stored."""

from __future__ import annotations

from pathlib import Path

from quotes.pipeline import Processed
from quotes.source_audit.collection_voices import voices_of_documents, voices_of_store
from quotes.source_audit.voices import audit
from tests.builders import ENGLISH
from tests.stores import HARBOUR, SCHOOL, described, stored, work


def test_a_store_and_its_articles_have_the_same_voices(tmp_path: Path) -> None:
    pairs = [
        described(HARBOUR, outlet="Post", published="2024-03-04"),
        described(SCHOOL, outlet="Times", published="2024-03-05"),
    ]
    with stored(tmp_path / "store", pairs) as store:
        found = voices_of_store(store)
    processed = [result for result in work(pairs) if isinstance(result, Processed)]
    own = voices_of_documents(processed, ENGLISH)
    for voices in (found, own):
        post, times = audit(voices.utterances, voices.mentions, by="outlet")
        assert (post.name, times.name) == ("Post", "Times")
        assert post.quoted[0].name == "Anna Lindqvist"
        assert post.quoted[0].kind == "person"
    counts = [[(u.article.id, u.type, u.words) for u in v.utterances] for v in (found, own)]
    assert sorted(counts[0]) == sorted(counts[1])


def test_an_unnamed_source_comes_with_the_reason(tmp_path: Path) -> None:
    with stored(tmp_path / "store", [SCHOOL]) as store:
        found = voices_of_store(store)
    (voice,) = {u.name for u in found.utterances}
    assert voice == "teacher"
    assert {u.kind for u in found.utterances} == {"unnamed"}
