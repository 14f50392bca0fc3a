"""Counts and results: perfect and empty predictions, figures worked out by hand, JSON."""

from __future__ import annotations

import json
from dataclasses import replace

from quotes.evaluation import (
    Article,
    Count,
    DocumentComparison,
    evaluate,
    to_object,
)
from tests.evaluation.annotated import (
    bracketed,
    perfect,
    place,
    quoted,
)


def test_gold_as_its_own_prediction_is_all_right(council: Article) -> None:
    results = evaluate([perfect(council)], draws=20)
    assert all(n.right == n.gold and n.found in (0, n.gold) for n in results.counts.values())
    assert results.counts["ALL", "attribution"] == Count(2, 2, 2)
    assert results.counts["EXACT", "content"] == Count(3, 3, 3)
    assert all(
        interval == ((1.0, 1.0),) * 3
        for key, interval in results.intervals.items()
        if results.counts[key].found and key[0] == "ALL"
    )


def test_nothing_found_is_nothing_right(council: Article) -> None:
    results = evaluate([DocumentComparison(council, ())], draws=5)
    assert {n.right for n in results.counts.values()} == {0}
    assert results.counts["ALL", "content"] == Count(0, 0, 2)
    assert [row.min_confidence for row in results.coverage] == [None] * 3


def test_counts_worked_out_by_hand(mixed: DocumentComparison) -> None:
    counts = evaluate([mixed], draws=0).counts
    assert mixed.outcomes == ("wrong source", "right", "ignored", "false alarm")
    assert counts["ALL", "content"] == Count(2, 3, 2)
    assert counts["ALL", "attribution"] == Count(1, 3, 2)
    assert counts["ALL", "content exact"] == Count(1, 3, 2)
    assert counts["DIRECT", "attribution"] == Count(1, 1, 1)
    assert counts["SPAN", "span source right"] == Count(1, 0, 1)
    assert counts["EXACT", "source"] == Count(1, 2, 2)
    assert counts["EXACT", "content"] == Count(2, 4, 3)


def test_a_false_alarm_in_a_sentence_without_attribution_counts_in_whole_documents_only(
    mixed: DocumentComparison,
) -> None:
    counts = evaluate([mixed], draws=0).counts
    assert counts["EXACT TOUCHED", "content"] == Count(2, 3, 3)
    assert counts["EXACT TOUCHED", "source"] == Count(1, 1, 2)


def test_a_span_that_several_attributions_share_counts_once() -> None:
    article = bracketed("[s1:Ana Ruiz] [c1:said] [p1:prices rose].")
    twice = replace(
        article,
        attributions=(
            *article.attributions,
            replace(article.attributions[0], content=place(article, "rose")),
        ),
    )
    assert evaluate([perfect(twice)], draws=0).counts["EXACT", "source"] == Count(1, 1, 1)


def test_by_rule_type_and_speaker(mixed: DocumentComparison) -> None:
    results = evaluate([mixed], draws=0)
    assert [(r.rule, r.quotes, r.content, r.attribution, r.ignored) for r in results.rules] == [
        ("clause", 2, 1, 1, 1),
        ("far", 1, 1, 0, 0),
    ]
    types = {
        group.name: (group.gold, group.attribution, group.found, group.right)
        for group in results.groups["type"]
    }
    assert types["indirect"] == (1, 0, 2, 0)
    names = {
        score.kind: (score.found, score.resolved, score.name_matches) for score in results.speakers
    }
    assert names["proper name"] == (1, 1, 1)


def test_results_are_plain_json(mixed: DocumentComparison) -> None:
    made = json.loads(json.dumps(to_object(evaluate([mixed], draws=10)), allow_nan=False))
    assert made["metrics"]["ALL/attribution"]["right"] == 1
    assert len(made["metrics"]["ALL/attribution"]["f1_interval"]) == 2
    assert made["coverage"][0] == {
        "precision": 0.9,
        "min_confidence": None,
        "quotes": 0,
        "right": 0,
        "total": 3,
        "share": 0.0,
    }


def test_quotes_inside_others_are_left_out_of_the_outermost(council: Article) -> None:
    outer = quoted(council, 0)
    inner = quoted(
        council, 0, id="inner", content=place(council, "reopen in May"), nested_in=outer.id
    )
    alone = replace(inner, id="alone", nested_in="not shown")
    counts = evaluate([DocumentComparison(council, (outer, inner))], draws=0).counts
    assert counts["ALL", "content"] == Count(1, 2, 2)
    assert counts["ALL OUTERMOST", "content"] == Count(1, 1, 2)
    counts = evaluate([DocumentComparison(council, (outer, alone))], draws=0).counts
    assert counts["ALL OUTERMOST", "content"] == Count(1, 2, 2)
