"""Train the ranker of antecedents: `data/en/antecedents.json`, and the model's `ranker/`.

    python -m training.train_antecedents --gold DATA --cache work/antecedents [--rounds 2]

Takes half an hour, most of it to parse the texts once (`--cache` keeps the parses); each round of
reading and training a few minutes. In: GAP's development passages, GICoref, half of each of fifty
texts of LitBank, GUM's openly licensed training documents with their own trees, the articles of
outlets/train and outlets/seer2023 with their speakers, and those of news/ that are labelled in
training/labels. Each round reads the texts with the weights
of the round before, so that the ranker learns from a discourse with its own mistakes in it; every
text is read with weights that were fitted to the other half of the texts, or the mistakes would be
missing. Then it fits anew: one hidden layer, softmax over nobody and the candidates, the negative
logarithm of what the right ones get together as loss. On held-out fifths of the documents it prints
the share that is right and chooses the scale of the scores (temperature) for each class. Last, for
"he" and "she", it fits a network that also reads the encoder's states (`antecedent_network`).
"""

from __future__ import annotations

import json
import random
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, get_args

import numpy as np
import torch
from torch import Tensor, nn

from quotes.analysis import Analysis
from quotes.attribution import extract
from quotes.encoder.word_states import load_word_states
from quotes.errors import QuotesError
from quotes.evaluation.annotated_quotes import read_annotated_quotes
from quotes.models import load_models
from quotes.parsing.interface import Parser
from quotes.records import Attribution, Span
from quotes.speakers import antecedents
from quotes.speakers.antecedent_features import MentionClass
from quotes.speakers.antecedent_network import WordStateSource
from training import antecedent_network
from training.antecedent_examples import (
    ENGLISH,
    CachedParser,
    Example,
    Extract,
    WeightsOf,
    chain_check,
    examples_of_articles,
    examples_of_gap,
    examples_of_texts,
    read,
    speaker_check,
    utterance_check,
)
from training.antecedent_network import save
from training.coreference_texts import read_conll, read_gap
from training.gold import DataError, arguments, folder
from training.labelled_articles import labelled_quotes
from training.measure_subjects import read_texts
from training.names_gum import mentions

OUT = Path("data/en/antecedents.json")
RANKER = Path("quotes/parsing/english/ranker")
ENCODER = RANKER.with_name("encoder")
WITH_STATES: tuple[MentionClass, ...] = ("personal",)
"""Classes for which the encoder's states help. Of held-out descriptions of articles 84% are right
with them, 86% without."""
GAP_WEIGHT = 1.0  # of GAP for the network
ORIGIN = (
    "Ranker of the antecedents of pronouns and descriptions, trained by "
    "training/train_antecedents.py on GAP development (Apache-2.0), GICoref (BSD-3), LitBank "
    "(CC BY 4.0), GUM's openly licensed training documents (CC BY 4.0), and speakers of articles "
    "labelled by hand. No word of a text is in it."
)
LITBANK_WORDS, LITBANK_TEXTS = 1000, 50  # of each text; of them
CORPUS_WEIGHTS = {"outlets": 4.0, "gum": 1.0, "gap": 0.7, "gicoref": 0.7}
OTHER_WEIGHT = 0.4  # of fiction
SOURCE_WEIGHT = 2.0  # times, for the source of an attribution: what the program is for
DESCRIPTION_WEIGHT = (
    3.0  # times the weight of articles, and half of it of sources, for descriptions
)
NOBODY_WEIGHT = 0.3  # times, for "he" and "she" whose referent is no candidate: in news hardly ever
UNITS, DROPOUT, DECAY, RATE, EPOCHS, BATCH = 24, 0.2, 1e-4, 4e-3, 10, 96
BY_HAND = {
    "personal": {"named in it": -4.5},
    "neuter": {"nobody, source": -1.2},
    "plural": {"nobody, source": -0.6},
}
"""Weights that the texts are too poor in quotations to teach. In a quarter of PolNeAR train, what
people named as sources say names themselves in 0.5% of 801 attributions, another person of the four
sentences before in 13.5% of 2,696 pairs. "It" and "they" that say something are somebody."""
FOLDS = 5
SCALES = (0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0, 2.5)
MIN_SOURCES = 100  # of news articles, from which these alone choose the scale
MIN_COUNT = 20  # mentions in which evidence must occur
SEEDS = 3  # networks whose mean is taken in the cross-validation


def gum_examples(path: Path, weights: WeightsOf, states: WordStateSource) -> Iterator[Example]:
    """Yield the examples of a treebank of GUM, by its own trees and names."""
    for text in read_texts(path):
        found: dict[str, list[Span]] = defaultdict(list)
        for sentence, rows in zip(text.parse.sentences, text.rows, strict=True):
            for one in mentions(rows):
                words = sentence.words[one.start : one.end]
                found[one.entity].append(Span(words[0].span.start, words[-1].span.end))
        check = chain_check({name: tuple(spans) for name, spans in found.items()})
        yield from read(text.document, text.parse, "gum", check, weights, states=states)


def half_of(document: str) -> int:
    """Return in which half of the texts a document is."""
    return zlib.crc32(document.encode()) % 2


def weights_for(halves: Sequence[antecedents.Weights], document: str) -> antecedents.Weights:
    """Return the weights that a document is read with."""
    return halves[half_of(document)]


def people(examples: Iterator[Example]) -> Iterator[Example]:
    """Yield the examples of a corpus whose labels are of people only."""
    return (e for e in examples if e.name in ("personal", "plural"))


def collect(
    gold: Path, parser: Parser, tagged: Extract, weights: WeightsOf, states: WordStateSource
) -> list[Example]:
    """Return all examples, each text read with the weights for it."""
    coref = gold / "coref"
    litbank = chain.from_iterable(
        read_conll(path, most_words=LITBANK_WORDS)
        for path in sorted((coref / "litbank").glob("*.conll"))[:LITBANK_TEXTS]
    )
    found = [
        *chain.from_iterable(
            examples_of_articles(articles, "outlets", check_of, parser, tagged, weights, states)
            for articles, check_of in (
                (labelled_quotes(gold), speaker_check),
                (read_annotated_quotes(gold / "outlets" / "seer2023"), utterance_check),
            )
        ),
        *gum_examples(gold / "treebanks" / "gum-open-train.conllu", weights, states),
        *examples_of_gap(read_gap(coref / "gap-development.tsv"), parser, weights, states),
        *people(
            examples_of_texts(
                read_conll(coref / "gicoref.conll"), "gicoref", parser, weights, states
            )
        ),
        *examples_of_texts(litbank, "litbank", parser, weights, states),
    ]
    for (corpus, name), count in sorted(Counter((e.corpus, e.name) for e in found).items()):
        print(f"{corpus} {name}: {count}", flush=True)
    return found


@dataclass(frozen=True)
class Table:
    """Examples of one class as arrays: rows of all, where each begins, which rows are right."""

    rows: Tensor
    owner: Tensor
    right: Tensor
    weight: Tensor
    examples: Sequence[Example]


def table(examples: Sequence[Example], names: Sequence[str]) -> Table:
    """Return the examples as arrays."""
    place = {name: i for i, name in enumerate(names)}
    rows = np.zeros((sum(len(e.rows) for e in examples), len(names)), dtype=np.float32)
    at = 0
    for example in examples:
        for evidence in example.rows:
            for name, value in evidence.items():
                if name in place:
                    rows[at, place[name]] = value
            at += 1
    owner = np.repeat(np.arange(len(examples)), [len(e.rows) for e in examples])
    right = np.array([yes for e in examples for yes in e.right])
    weight = [weight_of(e) for e in examples]
    return Table(
        torch.from_numpy(rows), torch.from_numpy(owner), torch.from_numpy(right),
        torch.tensor(weight), examples,
    )  # fmt: skip


def weight_of(example: Example) -> float:
    """Return how much a mention counts."""
    weight = CORPUS_WEIGHTS.get(example.corpus, OTHER_WEIGHT)
    if example.name == "personal" and example.right[0] and example.corpus != "outlets":
        weight *= NOBODY_WEIGHT
    described = example.name == "description"
    if described and example.corpus == "outlets":
        weight *= DESCRIPTION_WEIGHT
    if example.source:
        weight *= SOURCE_WEIGHT * (DESCRIPTION_WEIGHT / 2 if described else 1.0)
    return weight


def names_of(examples: Sequence[Example]) -> list[str]:
    """Return the evidence that occurs often enough."""
    counts = Counter(
        name for e in examples for name in {n for row in e.rows for n, v in row.items() if v}
    )
    return sorted(name for name, count in counts.items() if count >= MIN_COUNT)


class Ranker(nn.Module):
    """The scores of rows: linear, and through one hidden layer."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.linear = nn.Linear(width, 1, bias=False)
        self.hidden = nn.Linear(width, UNITS)
        self.out = nn.Linear(UNITS, 1, bias=False)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, rows: Tensor) -> Tensor:
        units = self.dropout(torch.tanh(self.hidden(rows)))
        scores: Tensor = (self.linear(rows) + self.out(units)).squeeze(1)
        return scores


def log_shares(scores: Tensor, owner: Tensor, count: int) -> Tensor:
    """Return the logarithm of each row's share among the rows of its example."""
    top = torch.full((count,), -1e9).scatter_reduce(0, owner, scores, "amax")
    total = torch.zeros(count).index_add(0, owner, torch.exp(scores - top[owner]))
    return scores - top[owner] - torch.log(total)[owner]


def loss_of(scores: Tensor, data: Table, rows: Tensor, examples: Tensor) -> Tensor:
    """Return the weighted mean of the negative logarithm of the right rows' shares."""
    place = torch.full((len(data.examples),), -1)
    place[examples] = torch.arange(len(examples))
    owner = place[data.owner[rows]]
    shares = torch.exp(log_shares(scores, owner, len(examples)))
    good = torch.zeros(len(examples)).index_add(0, owner, shares * data.right[rows])
    weight = data.weight[examples]
    loss: Tensor = -(torch.log(good.clamp(min=1e-6)) * weight).sum() / weight.sum()
    return loss


def train(data: Table, chosen: Sequence[int], epochs: int, seed: int) -> Ranker:
    """Return a ranker that is trained on the examples of these numbers."""
    torch.manual_seed(seed)
    order = random.Random(seed)
    model = Ranker(data.rows.shape[1])
    nn.init.zeros_(model.linear.weight)
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY * 100)
    starts = np.searchsorted(data.owner.numpy(), np.arange(len(data.examples) + 1))
    numbers = list(chosen)
    steps = epochs * (len(numbers) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: max(0.02, 1 - n / steps))
    model.train()
    for _ in range(epochs):
        order.shuffle(numbers)
        for begin in range(0, len(numbers), BATCH):
            own = numbers[begin : begin + BATCH]
            rows = torch.from_numpy(
                np.concatenate([np.arange(starts[n], starts[n + 1]) for n in own])
            )
            loss = loss_of(model(data.rows[rows]), data, rows, torch.tensor(own))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return model.eval()


@torch.no_grad()
def held_out(data: Table) -> Tensor:
    """Return the score of each row by a ranker that has not seen its document."""
    groups = sorted({e.group for e in data.examples})
    random.Random(1).shuffle(groups)
    fold = {group: number % FOLDS for number, group in enumerate(groups)}
    scores = torch.zeros(len(data.rows))
    for own in range(FOLDS):
        seen = [n for n, e in enumerate(data.examples) if fold[e.group] != own]
        with torch.enable_grad():
            model = train(data, seen, EPOCHS, own)
        rows = torch.tensor([fold[data.examples[n].group] == own for n in data.owner.tolist()])
        scores[rows] = model(data.rows[rows])
    return scores


def report(data: Table, scores: Tensor, scale: float) -> None:
    """Print by corpus how many are right, and how sure the answers are."""
    shares = torch.exp(log_shares(scores / scale, data.owner, len(data.examples)))
    starts = np.searchsorted(data.owner.numpy(), np.arange(len(data.examples) + 1))
    groups: dict[str, list[tuple[bool, float, bool]]] = defaultdict(list)
    for n, example in enumerate(data.examples):
        own = shares[starts[n] : starts[n + 1]]
        best = int(own.argmax())
        row = (bool(data.right[starts[n] + best]), float(own[best]), best > 0)
        for key in (
            (example.corpus, f"{example.corpus}, sources") if example.source else (example.corpus,)
        ):
            groups[key].append(row)
    for key, rows in sorted(groups.items()):
        right = sum(yes for yes, _, _ in rows) / len(rows)
        given = [(yes, p) for yes, p, named in rows if named]
        sure = [yes for yes, p in given if p >= 0.9]
        some = [yes for yes, p in given if 0.6 <= p < 0.9]
        print(
            f"  {key}: {len(rows)}, right {100 * right:.1f}; of {len(given)} answers "
            f"{100 * np.mean([y for y, _ in given]) if given else 0:.1f} at mean "
            f"{100 * np.mean([p for _, p in given]) if given else 0:.1f}; from 0.9 on "
            f"{len(sure)} {100 * np.mean(sure) if sure else 0:.1f}; from 0.6 {len(some)} "
            f"{100 * np.mean(some) if some else 0:.1f}",
            flush=True,
        )


def best_scale(data: Table, scores: Tensor) -> float:
    """Return the scale with which held-out sources of news articles are likeliest.

    Of all examples, where these are fewer than `MIN_SOURCES`.
    """
    sources = [n for n, e in enumerate(data.examples) if e.source and e.corpus == "outlets"]
    chosen = torch.tensor(sources if len(sources) >= MIN_SOURCES else range(len(data.examples)))
    rows = torch.isin(data.owner, chosen).nonzero().flatten()
    return min(SCALES, key=lambda scale: float(loss_of(scores[rows] / scale, data, rows, chosen)))


def fit(name: MentionClass, examples: Sequence[Example]) -> dict[str, Any]:
    """Return the weights of a class as the file has them."""
    names = names_of(examples)
    data = table(examples, names)
    scores = held_out(data)
    scale = best_scale(data, scores)
    print(f"{name}: {len(examples)} mentions, {len(names)} kinds of evidence, scale {scale}")
    report(data, scores, scale)
    return weights(data, names, name, scale)


def weights(
    data: Table, names: Sequence[str], name: MentionClass, scale: float = 1.0
) -> dict[str, Any]:
    """Return the weights that are fitted to all examples of a class; `names` are the columns."""
    model = train(data, range(len(data.examples)), EPOCHS, 0)
    made = {
        "evidence": list(names),
        "linear": _rounded(model.linear.weight[0]),
        "hidden": _rounded(model.hidden.weight.T),
        "bias": _rounded(model.hidden.bias),
        "out": _rounded(model.out.weight[0]),
        "scale": scale,
    }
    return by_hand(made, BY_HAND.get(name, {}))


def by_hand(weights: dict[str, Any], known: Mapping[str, float]) -> dict[str, Any]:
    """Return the weights of a class with those set by hand."""
    places = {name: place for place, name in enumerate(weights["evidence"])}
    for name, weight in known.items():
        if name not in places:
            continue
        weights["linear"][places[name]] = weight
        weights["hidden"][places[name]] = [0.0] * UNITS
    return weights | {"set_by_hand": sorted(known)}


def _rounded(weights: Tensor) -> Any:
    return np.round(weights.detach().numpy().astype(float), 3).tolist()


def write(path: Path, weights: Mapping[str, Any]) -> None:
    """Write the file of weights, a row of evidence on a line."""
    content = {"version": antecedents.VERSION, "origin": ORIGIN, "weights": weights}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("],[", "],\n[").replace('},"', '},\n"')
    path.write_text(text + "\n", encoding="utf-8")


def main(given: Sequence[str] | None = None) -> None:
    options = arguments(__doc__)
    options.add_argument("--cache", type=Path, default=Path("work/antecedents"))
    options.add_argument("--rounds", type=int, default=2)
    options.add_argument("--out", type=Path, default=OUT)
    options.add_argument("--ranker", type=Path, default=RANKER, help="folder of the network")
    a = options.parse_args(given)
    torch.set_num_threads(1)
    models = load_models("embedded", language=ENGLISH)
    parser, states = CachedParser(models.parser, a.cache), load_word_states(ENCODER)

    def tagged(analysis: Analysis) -> Sequence[Attribution]:
        return extract(analysis, tagger=models.tagger)

    halves: Sequence[antecedents.Weights] = ({}, {})
    for number in range(a.rounds):
        print(f"round {number + 1}", flush=True)
        examples = collect(folder(a.gold), parser, tagged, partial(weights_for, halves), states)
        if number + 1 < a.rounds:
            halves = fitted_halves(examples)
    write(a.out, fitted(examples))
    save(a.ranker, {name: fitted_network(examples, name) for name in WITH_STATES}, ORIGIN)


def fitted_network(
    examples: Sequence[Example], name: MentionClass
) -> tuple[list[str], dict[str, Any], float]:
    """Return the network of a class; a part of the articles of each fold is held out."""
    own = [e for e in examples if e.name == name and e.states is not None]
    articles = sorted({e.group for e in own if e.corpus == "outlets"})
    random.Random(1).shuffle(articles)
    fold = {group: number % FOLDS for number, group in enumerate(articles)}
    return antecedent_network.fit(
        own, network_weight_of, lambda e: fold.get(e.group), BY_HAND.get(name, {})
    )


def network_weight_of(example: Example) -> float:
    """Return how much a mention counts for the network: all of GAP, "neither" included, as much."""
    return GAP_WEIGHT if example.corpus == "gap" else weight_of(example)


def fitted_halves(examples: Sequence[Example]) -> Sequence[antecedents.Weights]:
    """Return for each half of the texts the weights that are fitted to the other half."""

    def of_class(name: MentionClass, half: int) -> antecedents.RankerWeights:
        own = [e for e in examples if e.name == name and half_of(e.group) != half]
        names = names_of(own)
        return antecedents.weights_of(weights(table(own, names), names, name))

    return [{name: of_class(name, half) for name in get_args(MentionClass)} for half in range(2)]


def fitted(examples: Sequence[Example]) -> dict[str, Any]:
    """Return the weights of all classes."""
    return {
        name: fit(name, [e for e in examples if e.name == name]) for name in get_args(MentionClass)
    }


if __name__ == "__main__":
    try:
        main()
    except (DataError, QuotesError) as error:
        sys.exit(f"train_antecedents: {error}")
