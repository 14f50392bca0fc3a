"""Whom articles let speak, by article, author, outlet and month."""

from __future__ import annotations

from datetime import date
from typing import Any

from quotes.source_audit.voices import Article, Mention, Utterance, Voice, audit

FIRST = Article(
    id="a", title="Harbour", outlet="Post", authors=("Ann Roe", "Bob Lee"),
    published=date(2024, 3, 4),
)  # fmt: skip
SECOND = Article(
    id="b", title="School", outlet="Post", authors=("Ann Roe",), published=date(2024, 4, 5)
)
THIRD = Article(id="c", outlet="Times", published=date(2024, 4, 6))


def said(article: Article, name: str, words: int, **known: Any) -> Utterance:
    made: dict[str, Any] = {"voice": name, "kind": "person"}
    return Utterance(article=article, name=name, words=words, **(made | known))


UTTERANCES = (
    said(FIRST, "Anna Park", 30, role="mayor"),
    said(FIRST, "Anna Park", 10, role="mayor", type="indirect"),
    said(FIRST, "council", 10, kind="organization", type="indirect"),
    said(SECOND, "Anna Park", 20, role="governor"),
    said(SECOND, "a senior official", 20, voice=None, kind="unnamed", type="mixed",
         withheld="who asked not to be named"),
    said(THIRD, "Pablo Ruiz", 5),
    said(THIRD, "city report", 5, kind="document"),
)  # fmt: skip
MENTIONS = (
    Mention(article=FIRST, voice="Anna Park", name="Anna Park", kind="person"),
    Mention(article=FIRST, voice="Tom Lake", name="Tom Lake", kind="person"),
    Mention(article=SECOND, voice="Tom Lake", name="Tom Lake", kind="person"),
)


def voices(by: Any) -> dict[str, dict[str, Voice]]:
    groups = audit(UTTERANCES, MENTIONS, by=by)
    return {group.name: {voice.name: voice for voice in group.voices} for group in groups}


def test_an_outlet() -> None:
    found = voices("outlet")
    assert list(found) == ["Post", "Times"]
    park = found["Post"]["Anna Park"]
    assert (park.quotes, park.direct, park.indirect, park.articles) == (3, 2, 1, 2)
    assert (park.words, park.share, park.role) == (60, round(60 / 90, 4), "mayor")
    assert found["Post"]["a senior official"].withheld == ("who asked not to be named",)
    assert found["Times"]["city report"].kind == "document"


def test_who_is_only_named_is_no_voice() -> None:
    lake = voices("outlet")["Post"]["Tom Lake"]
    assert (lake.quoted, lake.articles, lake.words) == (False, 2, 0)
    assert "Anna Park" in voices("outlet")["Post"]
    (group, _) = audit(UTTERANCES, MENTIONS, by="outlet")
    assert [voice.name for voice in group.quoted] == ["Anna Park", "a senior official", "council"]


def test_a_voice_is_new_until_an_earlier_article_quotes_it() -> None:
    found = voices("article")
    assert found["2024-03-04 · Harbour"]["Anna Park"].new is True
    assert found["2024-04-05 · School"]["Anna Park"].new is False
    assert found["2024-04-05 · School"]["a senior official"].new is None


def test_an_author_and_a_month() -> None:
    assert set(voices("author")) == {"Ann Roe", "Bob Lee", "not known"}
    assert set(voices("author")["Bob Lee"]) == {"Anna Park", "council", "Tom Lake"}
    assert list(voices("month")) == ["2024-03", "2024-04"]


def test_words_by_kind() -> None:
    (post, _) = audit(UTTERANCES, by="outlet")
    assert (post.words("person"), post.words("institution"), post.words("unnamed")) == (60, 10, 20)
    assert sum(voice.share for voice in post.quoted) > 0.999
