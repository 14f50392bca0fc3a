"""Teach the scorer how far the tagger is to be trusted.

    python -m training.train_signals --gold GOLD --parsed FOLDER --apart work/tagger/apart.txt

It learns from the articles of PolNeAR train that the tagger was not trained on. Run it after
`train_tagger` (which names the articles set apart) and `train_scorer` (whose file, `--out`, it adds
the weights to). The scorer of the rules is fitted once more without those articles, so that its log
odds are as honest there as they will be on news it has never seen. Logistic regression over the
numbers of `quotes.attribution.features.signals`, a candidate being right as in `train_scorer`; the
penalty is chosen on held-out folds of articles. Prints log loss, average precision and calibration
error of these folds.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from quotes.analysis import analyse
from quotes.attribution import rule_scores
from quotes.attribution.features import signals
from quotes.attribution.passes import find_candidates, read_with_tagger
from quotes.attribution.scoring import CONSTANT, Scorer, logit
from quotes.language import Language
from quotes.models import load_tagger
from quotes.text.quotation_marks import find_marks
from training.train_scorer import examples, fit, labels, parses, platt, report, score_module

ENGLISH = Language.load("en")

MIN_COUNT = 3  # times that a feature must occur, for the scorer of the rules
PENALTY = 10.0  # of the scorer of the rules
PENALTIES = (0.3, 1.0, 3.0, 10.0)
FOLDS = 5


def rules_scorer(data: list[tuple[tuple[str, ...], int]]) -> Scorer:
    """Fit the scorer of the rules to features and labels, its calibration to held-out fifths."""
    names = sorted(
        name
        for name, n in Counter(name for row, _ in data for name in row).items()
        if n >= MIN_COUNT
    )
    place = {name: i for i, name in enumerate(names)}
    found = [[place[n] for n in row if n in place] for row, _ in data]
    starts = np.cumsum([0, *(len(row) for row in found)])
    rows = csr_matrix(
        (np.ones(starts[-1]), np.concatenate(found).astype(np.int64), starts),
        shape=(len(found), len(names)),
    )
    right = np.array([label for _, label in data], dtype=np.float64)
    folds = np.arange(len(data)) * FOLDS // len(data)
    raw = np.zeros(len(data))
    for fold in range(2):
        weights, bias = fit(rows[folds != fold], right[folds != fold], PENALTY)
        raw[folds == fold] = rows[folds == fold] @ weights + bias
    slope, offset = platt(raw[folds < 2], right[folds < 2])
    weights, bias = fit(rows, right, PENALTY)
    return Scorer(dict(zip(names, weights, strict=True)), bias, slope, offset)


def signals_of(
    measure: Any, document: Any, parse: Any, gold: Any, tagger: Any, scorer: Scorer
) -> list[tuple[dict[str, float], int]]:
    """Return the numbers and the label of each candidate that the tagger has read."""
    analysis = analyse(document, ENGLISH, parse, find_marks(document.text, ENGLISH))
    found = find_candidates(analysis)
    scores = rule_scores(analysis, found, scorer)
    entries = read_with_tagger(analysis, found, tagger)
    right = labels(measure, analysis, [p.candidate for p in entries], gold)
    pairs = (
        (signals(analysis, p, 0.0 if p.number is None else logit(scores[p.number])), label)
        for p, label in zip(entries, right, strict=True)
    )
    return [(dict(numbers), label) for numbers, label in pairs if numbers and label is not None]


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--parsed", type=Path, required=True)
    parser.add_argument("--apart", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("data/en/scorer.json"))
    a = parser.parse_args(arguments)
    measure = score_module(a.gold)
    gold = measure.load_gold(str(a.gold / "polnear" / "train"))
    tagger = load_tagger()
    texts = {name: text for name, (text, _) in gold.items()}
    names = set(a.apart.read_text(encoding="utf-8").split("\n")) - {""}
    pairs = list(parses(a.parsed, texts))
    data = [
        row
        for document, parse in pairs
        if document.id not in names
        for row in examples(measure, document, parse, gold[document.id][1])
    ]
    scorer = rules_scorer(data)
    rows: list[tuple[int, dict[str, float], int]] = []
    for number, (document, parse) in enumerate((d, p) for d, p in pairs if d.id in names):
        found = signals_of(measure, document, parse, gold[document.id][1], tagger, scorer)
        rows += [(number, numbers, label) for numbers, label in found]
    write(a.out, fitted(rows))


def fitted(rows: list[tuple[int, dict[str, float], int]]) -> dict[str, float]:
    """Fit the weights, by name, the constant among them."""
    known = sorted({name for _, numbers, _ in rows for name in numbers})
    matrix = np.array([[numbers.get(name, 0.0) for name in known] for _, numbers, _ in rows])
    right = np.array([label for _, _, label in rows], dtype=np.float64)
    folds = np.array([number % FOLDS for number, _, _ in rows])
    print(f"{len(rows)} candidates, {right.mean():.3f} right, {len(known)} numbers", flush=True)
    best = (np.inf, PENALTIES[0])
    for penalty in PENALTIES:
        raw = np.zeros(len(rows))
        for fold in range(FOLDS):
            weights, bias = fit(matrix[folds != fold], right[folds != fold], penalty)
            raw[folds == fold] = matrix[folds == fold] @ weights + bias
        p = 1 / (1 + np.exp(-raw))
        report(f"penalty {penalty}, held out", p, right)
        loss = float(-np.mean(right * np.log(p + 1e-12) + (1 - right) * np.log(1 - p + 1e-12)))
        best = min(best, (loss, penalty))
    weights, bias = fit(matrix, right, best[1])
    return {
        CONSTANT: round(bias, 4),
        **{name: round(float(w), 4) for name, w in zip(known, weights, strict=True)},
    }


def write(path: Path, weights: dict[str, float]) -> None:
    """Add the weights to the file of the scorer."""
    content = json.loads(path.read_text(encoding="utf-8")) | {"signals": weights}
    path.write_text(
        json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n",
        encoding="utf-8",
    )
    print(
        f"{path}: {len(weights)} weights of the tagger's numbers, {path.stat().st_size} bytes",
        flush=True,
    )


if __name__ == "__main__":
    main()
