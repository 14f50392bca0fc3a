"""Every figure equals that of the script published with the gold (`outlets/score.py`)."""

from __future__ import annotations

import importlib.util
import json
import random
import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from quotes.evaluation.annotated_quotes import AnnotatedArticle, read_annotated_quotes
from quotes.evaluation.measures import QUOTES
from quotes.evaluation.quote_comparison import QuoteComparison
from quotes.evaluation.quote_results import Share, evaluate_quotes
from quotes.evaluation.runner import compare
from quotes.output.documents import to_object
from quotes.records import DatePrecision, Quote, SaidOn, Span, Spans


@pytest.fixture(scope="module")
def outlets(gold: Path) -> Path:
    if not (gold / "outlets" / "score.py").is_file():
        pytest.skip("QUOTES_GOLD holds no outlets/score.py")
    return gold / "outlets"


@pytest.fixture(scope="module")
def script(outlets: Path) -> Any:
    """`score.py`, which comes with the gold."""
    spec = importlib.util.spec_from_file_location("outlets_score", outlets / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def same_figures(script: Any, folder: Path, comparisons: list[QuoteComparison]) -> None:
    """Every number of the script is one of ours."""
    given = {
        c.article.document.id: json.loads(json.dumps(to_object(c.article.document, c.quotes)))
        for c in comparisons
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the script leaves closing to Python
        n, tags, misses = script.score(
            folder, {name: made["quotes"] for name, made in given.items()}
        )
    results = evaluate_quotes(comparisons, draws=0)
    figures, everything = results.figures, tags["all"]
    assert figures == {
        "found": Share(everything["found"], everything["gold"]),
        "right": Share(everything["right"], everything["gold"]),
        "direct found": Share(tags["direct"]["found"], tags["direct"]["gold"]),
        "precision": Share(n["pred used"], n["pred"]),
        "wrong speaker": Share(n["wrong"], n["named"]),
        "pronouns": Share(tags["tag link_pronoun"]["right"], tags["tag link_pronoun"]["gold"]),
        "role recall": Share(n["role right"], n["role gold"]),
        "role precision": Share(n["role right"], n["role given"]),
        "days": Share(n["date right"], n["date gold"]),
        "chains": Share(n["chain right"], n["chain gold"]),
        "kinds": Share(n["kind"], n["matched"]),
        "types": Share(n["type"], n["matched"]),
    }
    assert results.spurious_roles == n["role spurious"]
    unsaid = ("not_said", "hypothetical")
    assert results.unflagged == sum(n["unflagged", factuality] for factuality in unsaid)
    assert results.flagged == sum(n["flagged", factuality] for factuality in unsaid)
    prefixes = {"type": "", "link": "tag link_", "tag": "tag "}
    groups = {
        prefixes[name] + group.name: (group.gold, group.found, group.right)
        for name, each in results.groups.items()
        for group in each
    }
    assert groups == {
        name: (row["gold"], row["found"], row["right"])
        for name, row in tags.items()
        if name != "all"
    }
    extra = sum(line.startswith("EXTRA") for line in misses)
    assert sum(band.quotes - band.statements for band in results.bands) == extra


def perfect(article: AnnotatedArticle, number: int) -> Quote:
    """Make the quote that an annotated quote asks for."""
    wanted = article.quotes[number]
    return Quote(
        id=f"{article.document.id}-{number}",
        document=article.document.id,
        content=wanted.content,
        cue=wanted.cue,
        source=wanted.source,
        type=wanted.type,  # type: ignore[arg-type]
        rule="clause",
        confidence=0.9,
        factuality=wanted.factuality,  # type: ignore[arg-type]
        said_on=_said_on(wanted.said_on),
        speaker=wanted.names[0] if wanted.names else None,
        kind=wanted.kinds[0],  # type: ignore[arg-type]
        role=wanted.roles[0] if wanted.roles else None,
        speaker_confidence=0.9,
        reported_by=wanted.reported_by,
    )


def _said_on(written: str | None) -> SaidOn | None:
    if written is None:
        return None
    year, *rest = map(int, written.split("-"))
    month, day = [*rest, 1, 1][:2]
    precisions: tuple[DatePrecision, ...] = ("year", "month", "day")
    return SaidOn(date(year, month, day), precisions[len(rest)])


def all_right(article: AnnotatedArticle) -> QuoteComparison:
    return QuoteComparison(
        article, tuple(perfect(article, number) for number in range(len(article.quotes)))
    )


def damaged(article: AnnotatedArticle) -> QuoteComparison:
    """Contents cut, moved, split and joined; speakers, roles and reporters exchanged or lost."""
    chance, made = random.Random(article.document.id), list[Quote]()
    length = len(article.document.text)
    names = [None, "Mr Smith", "the", *(q.names[0] for q in article.quotes if q.names)]
    for number in range(len(article.quotes)):
        quote = perfect(article, number)
        first, last = quote.content[0].start, quote.content[-1].end
        middle = (first + last) // 2
        contents: list[list[Spans]] = [
            [quote.content],
            [(Span(first, middle),), (Span(middle, last),)],
            [(Span(min(last, first + 40), last),)],
            [(Span(first, min(length, last + 150)),)],
            [(Span(max(0, first - 300), min(length, last + 300)),)],
            [(Span(first, first),)],
        ]
        for content in chance.choice(contents):
            role = chance.choice([quote.role, None, "minister", f"{quote.role} of the city"])
            made.append(
                replace(
                    quote,
                    id=f"q{len(made)}",
                    content=content,
                    speaker=chance.choice([quote.speaker, quote.speaker, *names]),
                    role=role,
                    kind=chance.choice([quote.kind, "person", None]),
                    factuality=chance.choice([quote.factuality, "said", "denied"]),
                    reported_by=chance.choice([quote.reported_by, (), ("Reuters",)]),
                    said_on=chance.choice([quote.said_on, None]),
                    confidence=chance.random(),
                )
            )
    return QuoteComparison(article, tuple(made + made[::5]))


@pytest.mark.parametrize("predicted", [all_right, damaged])
@pytest.mark.parametrize("part", ["train", "dev"])
def test_figures_are_those_of_the_published_script(
    script: Any,
    outlets: Path,
    part: str,
    predicted: Callable[[AnnotatedArticle], QuoteComparison],
) -> None:
    folder = outlets / part
    same_figures(script, folder, [predicted(article) for article in read_annotated_quotes(folder)])


def test_figures_of_real_quotes_are_those_of_the_published_script(
    script: Any, outlets: Path, models: Any, tmp_path: Path
) -> None:
    lines = (outlets / "train" / "gold.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "gold.jsonl").write_text("".join(lines[::8]), encoding="utf-8")
    (tmp_path / "texts").symlink_to(outlets / "train" / "texts")
    articles = read_annotated_quotes(tmp_path)
    pairs = compare(articles, measure=QUOTES, models=models, min_confidence=0.3)
    same_figures(script, tmp_path, [comparison for comparison, _ in pairs])
