"""Articles that are made of statements, for tests of what is shown of them: no parse is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from quotes.attribution import quote_id
from quotes.pipeline import Processed
from quotes.records import Document, Failure, Quote, Span
from quotes.store import Store, open_store
from tests.web_client import client_of


@dataclass(frozen=True)
class Said:
    """A statement, printed as a sentence of its own: “Words,” Name said. Or: Name said words."""

    speaker: str | None
    words: str
    cue: str = "said"
    type: Any = "direct"
    factuality: Any = "said"
    kind: Any = "person"
    role: str | None = None
    confidence: float = 0.9
    speaker_confidence: float = 0.9

    def printed(self) -> tuple[str, str, str]:
        """The sentence, cut into what stands before the words, the words, and the rest."""
        name = self.speaker or "Somebody"
        if self.type == "direct":
            return "“", self.words, f",” {name} {self.cue}."
        return f"{name} {self.cue} ", self.words, "."


Article = tuple[Document, tuple[Said, ...]]


def article(id: str, *said: Said, published: str | None = "2024-03-04", **known: Any) -> Article:
    """An article of these statements, each a paragraph."""
    text = "\n\n".join("".join(each.printed()) for each in said)
    day = date.fromisoformat(published) if published else None
    return Document(id=id, text=text, published=day, language="en", **known), said


def found(items: Iterable[Any]) -> Iterator[Processed | Failure]:
    """Processes such articles; a document alone has no quotes."""
    for item in items:
        document, said = item if isinstance(item, tuple) else (item, ())
        if isinstance(document, Failure):
            yield document
        else:
            yield Processed(document, tuple(_quotes(document, said)))


def _quotes(document: Document, said: Iterable[Said]) -> Iterator[Quote]:
    start = 0
    for each in said:
        before, words, after = each.printed()
        content = Span(start + len(before), start + len(before) + len(words))
        sentence = document.text[start : content.end + len(after)]
        at = start + (sentence.rindex if each.type == "direct" else sentence.index)(each.cue)
        cue = Span(at, at + len(each.cue))
        name = each.speaker or "Somebody"
        at = start + (sentence.rindex if each.type == "direct" else sentence.index)(name)
        source = Span(at, at + len(name))
        yield Quote(
            id=quote_id(document.id, (content,), (cue,), (source,)),
            document=document.id,
            content=(content,),
            cue=(cue,),
            source=(source,),
            type=each.type,
            rule="tests",
            confidence=each.confidence,
            factuality=each.factuality,
            speaker=each.speaker,
            kind=each.kind,
            role=each.role,
            speaker_confidence=each.speaker_confidence if each.speaker else 0.0,
            resolved_by="tests",
        )
        start = content.end + len(after) + 2


def said_store(folder: Path, *articles: Article) -> Store:
    """A store of such articles."""
    store = open_store(folder, create=True, made_by="tests")
    list(store.add(iter(articles), work=found))  # type: ignore[arg-type]
    return store


def said_client(folder: Path, *articles: Article, **settings: Any) -> TestClient:
    """A client of an app over a store of such articles."""
    return client_of(said_store(folder / "store", *articles), work=found, **settings)
