"""Stores for tests, filled from frozen parses: no model is loaded."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from quotes.attribution import quote_id
from quotes.language import Language
from quotes.parsing.conllu import read_conllu
from quotes.pipeline import Item, Processed, run
from quotes.records import Document, Parse, Quote, Sentence, Span
from quotes.store import EVERYTHING, Store, open_store
from quotes.store.ingest import Step
from quotes.text.printed_words import printed_words_in
from tests.paths import TESTS

SEEDS = TESTS.parent / "seeds"
FROZEN = TESTS / "parses" / "articles.conllu"
HARBOUR, SCHOOL = (pair for pair in read_conllu(FROZEN))


def work(items: Iterable[Any]) -> Iterator[Any]:
    """Processes documents that bring their parse."""

    def no_models(language: Language) -> Any:
        raise AssertionError("the parses of these tests are made already")

    return run(items, models=no_models)


class Counted:
    """Items one by one; `taken` says how many have been asked for."""

    def __init__(self, items: Iterable[Any]) -> None:
        self._items = items
        self.taken = 0

    def __iter__(self) -> Iterator[Any]:
        for item in self._items:
            self.taken += 1
            yield item


def stored(folder: Path, items: Iterable[Item] = (HARBOUR, SCHOOL), **options: Any) -> Store:
    """A store with these documents."""
    store = open_store(folder, create=True, made_by="tests")
    list(put(store, items, **options))
    return store


def put(store: Store, items: Iterable[Item], **options: Any) -> Iterator[Step]:
    """Add documents that bring their parses to a store."""
    return store.add(items, work=work, **options)


def described(pair: tuple[Document, Parse], **known: Any) -> tuple[Document, Parse]:
    """The same article with another id, day, outlet, ..."""
    document = replace(pair[0], **known)
    if isinstance(document.published, str):
        document = replace(document, published=date.fromisoformat(document.published))
    return document, pair[1]


def shifted(pair: tuple[Document, Parse], before: str, **known: Any) -> tuple[Document, Parse]:
    """The article after a paragraph that is not parsed: all its offsets are larger."""
    document, parse = pair
    by = len(before)

    def moved(span: Span) -> Span:
        return Span(span.start + by, span.end + by)

    sentences = tuple(
        Sentence(tuple(replace(word, span=moved(word.span)) for word in s.words))
        for s in parse.sentences
    )
    entities = tuple(replace(entity, span=moved(entity.span)) for entity in parse.entities)
    return replace(document, text=before + document.text, **known), Parse(
        sentences, entities, parse.model
    )


def without(pair: tuple[Document, Parse], numbers: set[int]) -> tuple[Document, Parse]:
    """The article with these sentences missing from its parse."""
    document, parse = pair
    return document, replace(
        parse,
        sentences=tuple(s for number, s in enumerate(parse.sentences) if number not in numbers),
    )


def whole(store: Store) -> set[str]:
    """The documents of a store, each of which must be there once, with its quotes alone."""
    documents = store.documents()
    assert documents["id"].is_unique
    quotes = store.quotes(EVERYTHING)
    assert not quotes.duplicated(["document", "id"]).any()
    held = quotes.groupby("document").size().to_dict()
    assert held == dict(zip(documents["id"], documents["quotes"], strict=True))
    return set(documents["id"])


FIRST_SEED = "000_b2ba0bb219c0f0a1"


def gold_store(folder: Path) -> Store:
    """A store of the articles of seeds/ with the quotes that a person marked in them."""
    gold: dict[str, list[dict[str, Any]]] = {}
    for line in (TESTS / "gold" / "seeds.jsonl").read_text(encoding="utf-8").splitlines():
        quote = json.loads(line)
        gold.setdefault(quote["doc"], []).append(quote)
    documents = [
        Document(id=name, text=(SEEDS / f"{name}.txt").read_text(encoding="utf-8"))
        for name in sorted(gold)
    ]

    def marked(items: Iterable[Any]) -> Iterator[Processed]:
        for document in items:
            yield Processed(
                document,
                tuple(
                    _gold_quote(document, quote) for quote in gold[document.id] if quote.get("text")
                ),
            )

    store = open_store(folder, create=True, made_by="tests")
    list(store.add(documents, work=marked))
    return store


def _gold_quote(document: Document, gold: Mapping[str, Any]) -> Quote:
    wanted = (r"\s+".join(map(re.escape, part.split())) for part in gold["text"])
    found = (re.search(pattern, document.text) for pattern in wanted)
    content = tuple(sorted(Span(*place.span()) for place in found if place))
    speaker = next(iter(gold.get("speaker") or ()), None)
    return Quote(
        id=quote_id(document.id, content, (), (Span(0, len(gold.get("cue") or "")),)),
        document=document.id,
        content=content,
        cue=(),
        source=(),
        type=gold["type"],
        rule="gold",
        confidence=1.0,
        speaker=speaker,
        kind=next(iter(gold.get("kind") or ()), None),
        speaker_confidence=1.0 if speaker else 0.0,
        words=printed_words_in(document, content, type=gold["type"]),
    )


EVIL = '</title><script>alert("1")</script>\x1b[31m & \u202esons'
FORMULA = '=HYPERLINK("https://evil.example","click")'


def articles(frozen: Path) -> Iterator[tuple[Document, Parse]]:
    """The two frozen articles, and the beginning of the first in another paper and later."""
    (harbour, first), (school, second) = read_conllu(frozen)
    yield (
        replace(
            harbour,
            published=date(2024, 3, 4),
            outlet="Harbour Post",
            title="Prices",
            source="https://post.example/prices?a=1&b=2",
        ),
        first,
    )
    begun = harbour.text.partition("\n\n")[0]
    few = replace(
        first,
        sentences=first.sentences[:2],
        entities=tuple(e for e in first.entities if e.span.end <= len(begun)),
    )
    yield (
        Document(
            id="later",
            text=begun,
            published=date(2024, 5, 6),
            outlet="Evening Star",
            title=EVIL,
            source="javascript:alert(1)",
        ),
        few,
    )
    yield replace(school, outlet=FORMULA, author="@author"), second


def stocked(folder: Path, frozen: Path) -> Store:
    """A store with these articles."""
    store = open_store(folder, create=True)
    steps = list(store.add(articles(frozen), work=work))
    assert [step.outcome for step in steps] == ["added"] * 3
    return store
