"""Every figure equals that of the script published with the gold (`polnear/score.py`)."""

from __future__ import annotations

import importlib.util
import random
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quotes.evaluation import (
    Article,
    DocumentComparison,
    evaluate,
    read_gold,
)
from quotes.evaluation.measures import ATTRIBUTIONS
from quotes.evaluation.runner import compare
from quotes.records import Span, Spans
from tests.evaluation.annotated import (
    perfect,
    quoted,
)


@pytest.fixture(scope="module")
def script(gold: Path) -> Any:
    """`score.py`, which comes with the gold."""
    path = gold / "polnear" / "score.py"
    if not path.is_file():
        pytest.skip(f"QUOTES_GOLD holds no {path.name}")
    spec = importlib.util.spec_from_file_location("polnear_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def same_figures(
    script: Any, folder: Path, comparisons: list[DocumentComparison], *, draws: int = 0
) -> None:
    """Every figure that both have is the same."""

    def spans(each: Spans) -> list[list[int]]:
        return [[span.start, span.end] for span in each]

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", ResourceWarning
        )  # the script leaves closing its files to Python
        raw = script.load_gold(str(folder))
    given = {
        c.article.document.id: [
            {
                "content": spans(q.content),
                "source": spans(q.source),
                "cue": spans(q.cue),
                "speaker": q.speaker,
            }
            for q in c.predicted
        ]
        for c in comparisons
    }
    theirs = script.evaluate({name: raw[name] for name in given}, given, boot=draws)
    ours = evaluate(comparisons, draws=draws)
    names = {"TOKENS": "WORDS"}
    for (scope, metric), figure in theirs.items():
        if not scope.endswith(" by"):
            n = ours.counts[names.get(scope, scope), metric]
            assert [n.right, n.found, n.gold] == figure["n"], (scope, metric)
            assert not draws or ours.intervals[names.get(scope, scope), metric][2] == figure["f_ci"]
    groups = {group.name: group for each in ours.groups.values() for group in each}
    for (scope, metric), figure in theirs.items():
        if scope == "ALL by":
            name, _, what = metric.replace("amid content", "inside content").partition("|")
            group = groups[name] if name in groups else groups[name.partition(" ")[2]]
            assert [getattr(group, what), 0, group.gold] == figure["n"], metric


def shuffled(article: Article) -> DocumentComparison:
    """Every source at another attribution of the article."""
    sources = [attribution.source for attribution in article.attributions]
    random.Random(7).shuffle(sources)
    return DocumentComparison(
        article, tuple(quoted(article, n, source=source) for n, source in enumerate(sources))
    )


def damaged(article: Article) -> DocumentComparison:
    """Contents cut short or moved, sources and cues lost, speakers named, in changing ways."""
    chance, made = random.Random(article.document.id), []
    for n, attribution in enumerate(article.attributions):
        first, length = attribution.content[0], len(article.document.text)
        start = min(length, first.start + chance.randint(0, 40))
        content = chance.choice(
            [
                attribution.content,
                (Span(start, max(start, first.end)),),
                (Span(first.start, min(length, first.end + 60)),),
            ]
        )
        source = chance.choice([attribution.source, (), attribution.cue])
        made.append(
            quoted(
                article,
                n,
                content=content,
                source=source,
                speaker=chance.choice([None, "Hillary Clinton", "the"]),
            )
        )
    return DocumentComparison(article, tuple(made + made[::3]))


@pytest.mark.parametrize("predicted", [perfect, shuffled, damaged])
def test_figures_are_those_of_the_published_script(
    script: Any, gold: Path, predicted: Callable[[Article], DocumentComparison]
) -> None:
    folder = gold / "polnear" / "dev"
    same_figures(
        script, folder, [predicted(article) for article in read_gold(folder, every=4)], draws=40
    )


def test_figures_of_real_quotes_are_those_of_the_published_script(
    script: Any, gold: Path, models: Any
) -> None:
    folder = gold / "polnear" / "dev"
    same_figures(
        script,
        folder,
        [
            c
            for c, _ in compare(
                read_gold(folder, every=20),
                measure=ATTRIBUTIONS,
                models=models,
                min_confidence=0.0,
            )
        ],
    )
