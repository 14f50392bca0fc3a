"""Annotated articles for tests, written as bracketed text.

[s: source], [c: cue] and [p: content], each with the number of its attribution where there are
several.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from quotes.evaluation import (
    Article,
    Attribution,
    DocumentComparison,
)
from quotes.parsing.conllu import read_conllu, write_conllu
from quotes.records import Document, Quote, Span, Spans

SPAN_KINDS = {"s": "source", "c": "cue", "p": "content"}

COUNCIL = (
    "[s1:The mayor] [c1:said] [p1:the bridge would reopen in May]. "
    "[p2:“We are not ready,”] [c2:warned] [s2:Ana Ruiz], an engineer.\n"
    "It was [c3:reportedly] [p3:closed in haste]. The river rose. Traffic was light.\n"
)


def bracketed(text: str) -> Article:
    """Make the article of a bracketed text."""
    plain_text, spans_of = "", dict[str, dict[str, Spans]]()
    for found in re.finditer(r"\[([scp])(\d?):([^\]]*)\]|([^\[]+)", text):
        start = len(plain_text)
        plain_text += found[4] or found[3]
        if found[1]:
            mine = spans_of.setdefault(found[2], {})
            mine[SPAN_KINDS[found[1]]] = (
                *mine.get(SPAN_KINDS[found[1]], ()),
                Span(start, len(plain_text)),
            )
    return Article(
        Document(id="council", text=plain_text),
        tuple(Attribution(**{"content": (), **each}) for each in spans_of.values()),
    )


def quoted(article: Article, number: int, **changes: Any) -> Quote:
    """Make a quote of an attribution, with changes."""
    made = article.attributions[number]
    values = {
        "content": made.content,
        "source": made.source,
        "cue": made.cue,
        "rule": "clause",
        "confidence": 0.9,
        "type": "direct",
    }
    return Quote(
        **{
            "id": f"{article.document.id}-{number}",
            "document": article.document.id,
            **values,
            **changes,
        }
    )


def place(article: Article, words: str) -> Spans:
    """Find words in the text of an article."""
    start = article.document.text.index(words)
    return (Span(start, start + len(words)),)


def perfect(article: Article) -> DocumentComparison:
    """Make every attribution of an article a quote."""
    return DocumentComparison(
        article, tuple(quoted(article, number) for number in range(len(article.attributions)))
    )


def folder_of(path: Path, articles: Iterable[Article], *, annotator: str = "a1b2") -> Path:
    """Write a folder laid out as PolNeAR's."""
    for name in ("text", "attributions"):
        (path / name).mkdir(parents=True, exist_ok=True)
    for article in articles:
        text, lines, events = article.document.text, list[str](), list[str]()
        for attribution in article.attributions:
            arguments = []
            for kind in ("source", "cue", "content"):
                if spans := getattr(attribution, kind):
                    at = ";".join(f"{span.start} {span.end}" for span in spans)
                    words = "...".join(span.of(text) for span in spans)
                    lines.append(f"T{len(lines) + 1}\t{kind.title()} {at}\t{words!r}")
                    arguments.append(f"{kind.title()}:T{len(lines)}")
            events.append(f"E{len(events) + 1}\tAttribution:T1 {' '.join(arguments)}")
        (path / "text" / f"{article.document.id}.txt").write_text(
            text, encoding="utf-8", newline=""
        )
        (path / "attributions" / f"{article.document.id}_{annotator}.ann").write_text(
            "\n".join(lines + events) + "\n", encoding="utf-8"
        )
    return path


def harbour_folders(folder: Path, frozen: Path) -> tuple[Path, Path]:
    """Write a folder of gold and a folder of parses, of the two articles with frozen parses."""
    pairs = list(read_conllu(frozen))
    (folder / "parsed").mkdir()
    articles = []
    for number, (document, parse) in enumerate(pairs):
        named = replace(document, id=f"article{number}")
        (folder / "parsed" / f"{named.id}.conllu").write_text(
            write_conllu(named, parse), encoding="utf-8"
        )
        articles.append(
            Article(named, (Attribution(content=(parse.sentences[0].span,), source=(Span(0, 4),)),))
        )
    return folder_of(folder / "gold", articles), folder / "parsed"
