"""The speakers by the words of their names."""

from __future__ import annotations

from pathlib import Path

from quotes.records import ReviewRequest
from quotes.web.name_index import name_index
from tests.said import Said, article, said_client
from tests.web_client import store_of


def test_a_name_finds_speakers_who_share_its_words_until_they_change(tmp_path: Path) -> None:
    client = said_client(
        tmp_path,
        article("a", Said("Ida Falk", "The ferries run"), Said("Tom Reed", "The cranes are old")),
        article("b", Said("Jean-Luc Falkner", "Nobody asked me"), Said("Ann Reed", "I asked him")),
    )
    store = store_of(client)
    names = name_index(store)
    assert names.speakers("Falk") == {"ida-falk", "jean-luc-falkner"}
    assert names.speakers("ida falk") == {"ida-falk"}
    assert names.speakers("Rem") == names.speakers("…") == frozenset()
    assert [s.name for s in names.sharing_a_word("Reed of Falk")] == [
        speaker.name
        for speaker in store.speakers()
        if speaker.id in ("ida-falk", "tom-reed", "ann-reed")
    ]
    assert [s.id for s in names.sharing_a_word("jean")] == ["jean-luc-falkner"]
    quote = store.quotes_of("a")[0].id
    store.review(ReviewRequest(action="accept", by="Ada", quote=quote))
    assert name_index(store) is names
    store.review(ReviewRequest(action="merge", by="Ada", names=("Tom Reed", "Ann Reed")))
    assert len(name_index(store).speakers("Reed")) == 1
