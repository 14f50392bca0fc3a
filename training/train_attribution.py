r"""Train all weights of attribution but the tagger's: `data/en/scorer.json`.

    python -m training.train_attribution --gold GOLD [--parsed FOLDER] [--ablate]

Run it whenever rules, word lists, generators, operators or the tagger change. It reads the articles
of PolNeAR train and the labelled articles of other outlets (`GOLD/outlets/train`, and `GOLD/news`
with the labels of `training/labels`), parses them or reads their parses from FOLDER (`python -m
training.parse_articles`), and learns in turn:

`weights`      of the features of candidates before the tagger, on PolNeAR train
`contents`     of the features of contents (`quotes.attribution.content_choice`): log-linear over
               the options of one candidate, each right by the Jaccard index of its words
`signals`      of the numbers that the tagger adds
`calibration`  of the confidence, for each type of quote, on held-out articles after all is chosen

The last three learn only from articles that the tagger was not trained on (`--apart`), since its
probabilities are not honest elsewhere, and from other outlets, whose examples count `OUTLETS`
times. For them the weights are fitted once more without these articles. Figures are printed for
held-out fifths of the articles; with `--ablate`, contents also without each operator.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from quotes.analysis import Analysis, analyse, token_numbers
from quotes.attribution import rule_scores
from quotes.attribution.candidates import TaggedCandidate
from quotes.attribution.content_choice import (
    Choice,
    Features,
    can_choose,
    option_features,
    options_of,
    score,
)
from quotes.attribution.content_operators import OPERATORS
from quotes.attribution.features import features, signals
from quotes.attribution.inner_statements import is_inner_link
from quotes.attribution.passes import find_candidates, outer_candidates, read_with_tagger
from quotes.attribution.quotation_sites import quote_type
from quotes.attribution.scoring import CONSTANT, VERSION, Scorer, logistic, logit
from quotes.evaluation.frozen_parses import FolderParser
from quotes.evaluation.matching import MIN_JACCARD, jaccard
from quotes.evaluation.worded_text import Words
from quotes.language import Language
from quotes.models import Models, load_models
from quotes.parsing.interface import Parser
from quotes.text.quotation_marks import find_marks
from training.labelled_articles import (
    LabelledArticle,
    labelled_quotes,
    labels,
    other_outlets,
    polnear,
)
from training.log_linear import fit_labels, fit_options, names_of, platt, report, rows_of

ENGLISH = Language.load("en")
FOLDS = 5
# Factors of half the squared weights, chosen on held-out fifths.
WEIGHTS_PENALTY, CONTENTS_PENALTY, SIGNALS_PENALTY = 10.0, 40.0, 1.0
MIN_COUNT = 3  # candidates in which a feature must occur
MIN_CONTENT_COUNT = 15  # options in which a feature of contents must occur
SHARPNESS = 16.0  # how much a point of the Jaccard index counts: the target is its exponential
MIN_WEIGHT = 0.005  # absolute value from which a weight is written
# Importance of an example of other outlets; with 2 PolNeAR loses a point of direct quotations.
OUTLETS = 0.7
TYPES = ("direct", "mixed", "indirect")


@dataclass(frozen=True)
class Row:
    """A candidate: its features, type, label and importance, and the number of its article."""

    article: int
    features: Mapping[str, float]
    right: int
    importance: float = 1.0
    type: str = ""


@dataclass(frozen=True)
class Example:
    """The options of one candidate: features and Jaccard index of each, the present one first."""

    features: tuple[Features, ...]
    right: tuple[float, ...]


def analysis_of(article: LabelledArticle, parser: Parser) -> Analysis:
    """Return the analysis of an article."""
    document = article.document
    marks = find_marks(document.text, ENGLISH)
    return analyse(document, ENGLISH, parser.parse(document), marks)


def ruled_rows(number: int, article: LabelledArticle, analysis: Analysis) -> Iterator[Row]:
    """Yield the candidates of an article before the tagger has read them.

    Annotators mark the outer statement of a chain, which says nothing about the inner one.
    """
    found = find_candidates(analysis)
    right = labels(article, analysis, found)
    for candidate, outer, label in zip(found, outer_candidates(found), right, strict=True):
        if label is not None and not is_inner_link(analysis, candidate, outer):
            yield Row(number, dict.fromkeys(features(analysis, candidate, outer), 1.0), label)


def fit_weights(rows: Sequence[Row]) -> Scorer:
    """Fit the weights of features, the calibration on held-out halves of the articles."""
    names = names_of((row.features for row in rows), MIN_COUNT)
    matrix = rows_of([row.features for row in rows], names)
    right = np.array([row.right for row in rows])
    even = np.array([row.article % 2 == 0 for row in rows])
    raw = np.zeros(len(rows))
    for train in (even, ~even):
        weights, bias = fit_labels(matrix.take(train), right[train], WEIGHTS_PENALTY)
        raw[~train] = matrix.take(~train).scores(weights).numpy() + bias
    ones = np.ones(len(rows))
    slope, offset = platt(raw, right, ones)
    report("weights, held out", 1 / (1 + np.exp(-slope * raw - offset)), right, ones)
    weights, bias = fit_labels(matrix, right, WEIGHTS_PENALTY)
    known = dict(zip(names, weights.tolist(), strict=True))
    return Scorer(known, bias, slope, offset)


def content_examples(
    article: LabelledArticle,
    analysis: Analysis,
    entries: Sequence[TaggedCandidate],
    left_out: frozenset[str] = frozenset(),
) -> Iterator[Example]:
    """Yield the candidates that can match a marked content, one for each of these."""
    words = [article.text.words((word.span,)) for word in analysis.words]
    options: dict[int, tuple[Words, ...]] = {}
    measured: dict[int, list[Words]] = {}
    pairs = []
    for number, entry in enumerate(entries):
        if not can_choose(analysis, entry):
            continue
        options[number] = options_of(Choice(analysis, entries, number), left_out=left_out)
        measured[number] = [
            frozenset[int]().union(*(words[n] for n in option)) for option in options[number]
        ]
        cue = {w for n in token_numbers(entry.candidate.cue) for w in words[n]}
        for at, marked in enumerate(article.marked):
            best = max(jaccard(marked.words.content, content) for content in measured[number])
            if best >= MIN_JACCARD:
                pairs.append((-best - 0.5 * bool(cue & marked.words.cue), at, number))
    taken: set[tuple[str, int]] = set()
    for _, at, number in sorted(pairs):
        if not taken & {("marked", at), ("found", number)}:
            taken |= {("marked", at), ("found", number)}
            choice = Choice(analysis, entries, number)
            content = article.marked[at].words.content
            yield Example(
                tuple(option_features(choice, option) for option in options[number]),
                tuple(jaccard(content, words) for words in measured[number]),
            )


def fit_contents(examples: Sequence[Example]) -> dict[str, float]:
    """Fit the weights that choose between contents."""
    rows = [row for example in examples for row in example.features]
    group = np.repeat(np.arange(len(examples)), [len(e.features) for e in examples])
    targets = []
    for example in examples:
        right = np.array(example.right)
        share = np.exp(SHARPNESS * (right - 1)) * (right >= MIN_JACCARD)
        targets.append(share / share.sum())
    names = names_of(rows, MIN_CONTENT_COUNT)
    weights = fit_options(rows_of(rows, names), group, np.concatenate(targets), CONTENTS_PENALTY)
    return dict(zip(names, weights.tolist(), strict=True))


def contents_held_out(articles: Sequence[Sequence[Example]]) -> str:
    """Return how many contents are exact and match on held-out fifths of the articles."""
    figures: Counter[str] = Counter()
    for fold in range(FOLDS):
        train = [e for k, found in enumerate(articles) if k % FOLDS != fold for e in found]
        weights = fit_contents(train)
        for example in (e for k, found in enumerate(articles) if k % FOLDS == fold for e in found):
            scores = [score(row, weights) for row in example.features]
            right = example.right[int(np.argmax(scores))]
            figures.update(
                all=1,
                exact=right == 1,
                match=right >= MIN_JACCARD,
                exact_before=example.right[0] == 1,
                match_before=example.right[0] >= MIN_JACCARD,
                best=max(example.right) == 1,
            )
    return (
        f"{figures['all']} contents: exact {figures['exact']} (before {figures['exact_before']}, "
        f"best option {figures['best']}), match {figures['match']} "
        f"(before {figures['match_before']})"
    )


def signal_rows(
    number: int, article: LabelledArticle, analysis: Analysis, models: Models, scorer: Scorer
) -> Iterator[Row]:
    """Yield the candidates that the tagger has read, as they are after all is chosen."""
    found = find_candidates(analysis)
    scores = rule_scores(analysis, found, scorer)
    assert models.tagger is not None
    entries = read_with_tagger(analysis, found, models.tagger, scorer.contents)
    right = labels(article, analysis, [entry.candidate for entry in entries])
    for entry, label in zip(entries, right, strict=True):
        ruled = 0.0 if entry.number is None else logit(scores[entry.number])
        numbers = dict(signals(analysis, entry, ruled))
        if numbers and label is not None:
            yield Row(
                number,
                numbers,
                label,
                OUTLETS if article.outlets else 1.0,
                quote_type(analysis, entry.candidate),
            )


def fit_signals(
    rows: Sequence[Row],
) -> tuple[dict[str, float], dict[str, tuple[float, float]]]:
    """Fit the weights of the tagger's numbers, and for each type of quote slope and offset."""
    names = names_of((row.features for row in rows), 1)
    matrix = rows_of([row.features for row in rows], names)
    right = np.array([row.right for row in rows])
    importance = np.array([row.importance for row in rows])
    fold = np.array([row.article % FOLDS for row in rows])
    raw = np.zeros(len(rows))
    for held in range(FOLDS):
        train = fold != held
        weights, bias = fit_labels(
            matrix.take(train), right[train], SIGNALS_PENALTY, importance[train]
        )
        raw[~train] = matrix.take(~train).scores(weights).numpy() + bias
    calibration, p = {}, np.zeros(len(rows))
    for kind in TYPES:
        own = np.array([row.type == kind for row in rows])
        slope, offset = platt(raw[own], right[own], importance[own])
        calibration[kind] = (slope, offset)
        p[own] = [logistic(slope * score + offset) for score in raw[own]]
        report(f"signals, {kind}, held out", p[own], right[own], importance[own])
    for name, own in (("outlets", importance != 1), ("PolNeAR", importance == 1)):
        report(f"signals, {name}, held out", p[own], right[own], np.ones(int(own.sum())))
    weights, bias = fit_labels(matrix, right, SIGNALS_PENALTY, importance)
    return {CONSTANT: bias, **dict(zip(names, weights.tolist(), strict=True))}, calibration


def train(
    articles: Sequence[LabelledArticle],
    apart: frozenset[str],
    models: Models,
    *,
    parsed: Parser | None = None,
    ablate: bool = False,
) -> Scorer:
    """Learn all weights and print the figures.

    Args:
        articles: The articles of PolNeAR train and those of other outlets.
        apart: The ids of those that the tagger was not trained on.
        models: The models.
        parsed: What has the parses of the articles, where they are ready.
        ablate: Whether contents are judged without each operator, too.
    """
    rows: list[Row] = []
    honest = []
    for number, article in enumerate(articles):
        analysis = analysis_of(article, parsed or models.parser)
        if not article.outlets:
            rows += ruled_rows(number, article, analysis)
        if article.outlets or article.document.id in apart:
            honest.append((number, article, analysis))
    everything = fit_weights(rows)
    known = {number for number, *_ in honest}
    scorer = fit_weights([row for row in rows if row.article not in known])
    assert models.tagger is not None
    read = [
        (article, analysis, read_with_tagger(analysis, find_candidates(analysis), models.tagger))
        for _, article, analysis in honest
    ]
    examples = [list(content_examples(*one)) for one in read]
    print(contents_held_out(examples), flush=True)
    for name in OPERATORS if ablate else ():
        left = [list(content_examples(*one, left_out=frozenset({name}))) for one in read]
        print(f"without {name}: {contents_held_out(left)}", flush=True)
    contents = fit_contents([example for found in examples for example in found])
    scorer = Scorer(scorer.weights, scorer.bias, scorer.slope, scorer.offset, {}, contents)
    signals, calibration = fit_signals(
        [row for one in honest for row in signal_rows(*one, models, scorer)]
    )
    return Scorer(
        everything.weights,
        everything.bias,
        everything.slope,
        everything.offset,
        signals,
        contents,
        calibration,
    )


def write(path: Path, scorer: Scorer) -> None:
    """Write a scorer's file."""

    def kept(weights: Mapping[str, float]) -> dict[str, float]:
        return {n: round(w, 3) for n, w in weights.items() if abs(w) >= MIN_WEIGHT}

    content: dict[str, Any] = {
        "version": VERSION,
        "bias": round(scorer.bias, 4),
        "slope": round(scorer.slope, 4),
        "offset": round(scorer.offset, 4),
        "weights": kept(scorer.weights),
        "signals": {name: round(w, 4) for name, w in scorer.signals.items()},
        "contents": kept(scorer.contents),
        "calibration": {k: [round(n, 4) for n in v] for k, v in scorer.calibration.items()},
    }
    path.write_text(
        json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n",
        encoding="utf-8",
    )
    print(f"{path}: {len(content['weights'])} weights, {path.stat().st_size} bytes")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--apart", type=Path, default=Path("training/tagger-apart.txt"))
    parser.add_argument("--parsed", type=Path, help="CoNLL-U files of the articles")
    parser.add_argument("--out", type=Path, default=Path("data/en/scorer.json"))
    parser.add_argument("--ablate", action="store_true")
    a = parser.parse_args(arguments)
    models = load_models("embedded", language=ENGLISH)
    apart = frozenset(a.apart.read_text(encoding="utf-8").split("\n")) - {""}
    marked = [
        *polnear(a.gold / "polnear" / "train"),
        *other_outlets(labelled_quotes(a.gold)),
    ]
    parsed = FolderParser(a.parsed) if a.parsed else None
    write(a.out, train(marked, apart, models, parsed=parsed, ablate=a.ablate))


if __name__ == "__main__":
    main()
