"""Train the scorer of candidates on PolNeAR train.

    python -m training.train_scorer --gold GOLD --parsed FOLDER [--folds 5]

FOLDER holds one CoNLL-U file for each article of PolNeAR train (`python -m
training.parse_polnear`). Candidates come from the rules and marks of this checkout; one is right
when it is matched one to one with an annotated attribution (`score.py`: content Jaccard >= .5) and
its source is right, or when neither names a source. Logistic regression with an L2 penalty over
features seen at least `--min-count` times; the penalty is chosen and the calibration (Platt 1999)
is fitted on held-out folds of whole articles. Writes `--out`, and prints log loss, average
precision, and the expected calibration error of the held-out folds.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import pickle
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from quotes.analysis import Analysis, analyse
from quotes.attribution.candidates import Candidate
from quotes.attribution.features import features
from quotes.attribution.nesting import is_inner_link
from quotes.attribution.passes import find_candidates, outer_candidates
from quotes.attribution.scoring import VERSION
from quotes.language import Language
from quotes.parsing.conllu import align, read_conllu
from quotes.records import Document, Parse, Span
from quotes.text.quotation_marks import find_marks

ENGLISH = Language.load("en")

PENALTIES = (5.0, 10.0, 20.0)


def score_module(gold: Path) -> ModuleType:
    """Load the measure that comes with the gold data."""
    spec = importlib.util.spec_from_file_location("polnear_score", gold / "polnear" / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{gold}/polnear/score.py is missing: name the gold folder with --gold")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def parses(folder: Path, texts: dict[str, str]) -> Iterator[tuple[Document, Parse]]:
    """Yield the articles that have a parse in the folder, in order of their names."""
    for path in sorted(folder.glob("*.conllu")):
        if path.stem in texts:
            document = Document(id=path.stem, text=texts[path.stem], language="en")
            for _, parse in read_conllu(path):
                yield document, align(document, parse)


def examples(
    measure: Any, document: Document, parse: Parse, gold: list[dict[str, Any]]
) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the features of each candidate of an article, with 1 where it is right, else 0.

    Those that hit a gold attribution without source by luck are left out.
    """
    analysis = analyse(document, ENGLISH, parse, find_marks(document.text, ENGLISH))
    found = find_candidates(analysis)
    right = labels(measure, analysis, found, gold)
    for candidate, outer, label in zip(found, outer_candidates(found), right, strict=True):
        # Annotators mark the outer statement of a chain, which says nothing about the inner one.
        if label is not None and not is_inner_link(analysis, candidate, outer):
            yield features(analysis, candidate, outer), label


def labels(
    measure: Any, analysis: Analysis, found: Sequence[Candidate], gold: list[dict[str, Any]]
) -> list[int | None]:
    """Return 1 or 0 for each candidate; None where it hits one without source by luck."""
    doc = measure.Doc(analysis.text)
    golds = [q for q in (measure.Quote(doc, raw) for raw in gold) if q.content]
    sourced, free = [q for q in golds if q.source], [q for q in golds if not q.source]

    def spans(items: tuple[Span, ...]) -> list[list[int]]:
        return [[s.start, s.end] for s in items]

    predicted = [
        measure.Quote(
            doc,
            {
                "content": spans(analysis.spans(c.content)),
                "source": spans(tuple(analysis.span(r) for r in c.source)),
                "cue": [],
            },
        )
        for c in found
    ]
    hit = {j: i for i, j in measure.match(doc, sourced, predicted)}
    lucky = {j for _, j in measure.match(doc, free, predicted)}
    out: list[int | None] = []
    for j, quote in enumerate(predicted):
        if j in hit:
            out.append(int(measure.source_ok(doc, sourced[hit[j]].source, quote.source)))
        elif j in lucky:
            out.append(None if quote.source else 1)
        else:
            out.append(0)
    return out


def fit(rows: Any, labels: np.ndarray, penalty: float) -> tuple[np.ndarray, float]:
    """Fit weights and bias of a logistic regression.

    The penalty is the factor of half the squared weights.
    """
    model = LogisticRegression(C=1 / penalty, max_iter=300, solver="lbfgs")
    model.fit(rows, labels)
    return model.coef_[0], float(model.intercept_[0])


def platt(raw: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """Fit slope and offset of the logistic map from raw scores to probabilities."""
    weights, bias = fit(raw.reshape(-1, 1), labels, 1e-6)
    return float(weights[0]), bias


def calibration_error(p: np.ndarray, labels: np.ndarray, bins: int = 10) -> float:
    """Return the expected calibration error over equally wide bins (Naeini et al. 2015)."""
    at = np.minimum((p * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(p[at == b].mean() - labels[at == b].mean()) * (at == b).mean()
            for b in range(bins)
            if (at == b).any()
        )
    )


def report(name: str, p: np.ndarray, labels: np.ndarray) -> None:
    clipped = np.clip(p, 1e-9, 1 - 1e-9)
    loss = -np.mean(labels * np.log(clipped) + (1 - labels) * np.log(1 - clipped))
    order = np.argsort(-p)
    precision = np.cumsum(labels[order]) / np.arange(1, len(p) + 1)
    average = float((precision * labels[order]).sum() / labels.sum())
    print(
        f"{name}: log loss {loss:.4f}, average precision {average:.4f}, "
        f"calibration error {calibration_error(p, labels):.4f}",
        flush=True,
    )


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--parsed", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("data/en/scorer.json"))
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--min-count", type=int, default=3, help="how often a feature must occur")
    parser.add_argument(
        "--pickled", type=Path, help="a pickle {id: Parse} instead of --parsed, of your own making"
    )
    a = parser.parse_args(arguments)
    measure = score_module(a.gold)
    gold = measure.load_gold(str(a.gold / "polnear" / "train"))
    texts = {name: text for name, (text, _) in gold.items()}
    if a.pickled:
        pairs: Any = (
            (Document(id=k, text=texts[k], language="en"), p)
            for k, p in pickle.loads(a.pickled.read_bytes()).items()
        )
    else:
        pairs = parses(a.parsed, texts)
    data: list[tuple[int, tuple[str, ...], int]] = []
    for number, (document, parse) in enumerate(pairs):
        data += [
            (number, row, label)
            for row, label in examples(measure, document, parse, gold[document.id][1])
        ]
        if number % 100 == 99:
            print(f"{number + 1} articles, {len(data)} candidates", file=sys.stderr, flush=True)
    seen = Counter(name for _, row, _ in data for name in row)
    names = sorted(name for name, n in seen.items() if n >= a.min_count)
    place = {name: i for i, name in enumerate(names)}
    found = [[place[n] for n in row if n in place] for _, row, _ in data]
    starts = np.cumsum([0, *(len(row) for row in found)])
    rows = csr_matrix(
        (np.ones(starts[-1]), np.concatenate(found).astype(np.int64), starts),
        shape=(len(found), len(names)),
    )
    labels = np.array([label for _, _, label in data], dtype=np.float64)
    folds = np.array([(number * 7919) % 1000003 % a.folds for number, _, _ in data])
    print(f"{len(data)} candidates, {labels.mean():.3f} right, {len(names)} features", flush=True)
    best: tuple[float, float, np.ndarray] | None = None
    for penalty in PENALTIES:
        raw = np.zeros(len(found))
        for fold in range(a.folds):
            train = np.flatnonzero(folds != fold)
            weights, bias = fit(rows[train], labels[train], penalty)
            held = np.flatnonzero(folds == fold)
            raw[held] = rows[held] @ weights + bias
        slope, offset = platt(raw, labels)
        p = 1 / (1 + np.exp(-(slope * raw + offset)))
        report(f"penalty {penalty}, held out", p, labels)
        loss = float(-np.mean(labels * np.log(p + 1e-12) + (1 - labels) * np.log(1 - p + 1e-12)))
        if best is None or loss < best[0]:
            best = (loss, penalty, raw)
    assert best is not None
    weights, bias = fit(rows, labels, best[1])
    slope, offset = platt(best[2], labels)
    kept = {
        name: round(float(w), 3) for name, w in zip(names, weights, strict=True) if abs(w) >= 0.005
    }
    content = {
        "version": VERSION,
        "bias": round(bias, 4),
        "slope": round(slope, 4),
        "offset": round(offset, 4),
        "weights": kept,
    }
    a.out.write_text(
        json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n",
        encoding="utf-8",
    )
    print(f"{a.out}: {len(kept)} weights, {a.out.stat().st_size} bytes, penalty {best[1]}")


if __name__ == "__main__":
    main()
