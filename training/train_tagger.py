r"""Train the tagger of attributions on PolNeAR train.

    python -m training.train_tagger --gold GOLD --parsed FOLDER --states FOLDER \
        --apart training/tagger-apart.txt --work work/tagger

The folders hold one file for each article: CoNLL-U (`python -m training.parse_articles`), what the
encoder says of its words (`python -m training.tagger_states`). The articles named in `--apart` are
never trained on, figures are printed for them after each epoch, and the scorer learns from them how
far the tagger is to be trusted. The encoder stays as it is. What was prepared and the last
checkpoint stay in the work folder, so that the same command goes on where it was broken off. What
is saved for use is the mean of the weights over the last some hundred steps (averaging as in Polyak
and Juditsky 1992; not compared with the last weights alone here). `--start` begins with other
weights: those of a network that knew only the table of word pieces have fewer columns. `--workers
2` gives half of the steps to another process, whose weights are averaged with the first one's now
and then.
"""

from __future__ import annotations

import argparse
import pickle
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
import torch.multiprocessing
from safetensors.torch import load_file
from torch import Tensor, distributed
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from quotes.analysis import Analysis, analyse
from quotes.attribution.generators.tagger import rule_hint, tagger_input
from quotes.attribution.passes import find_candidates
from quotes.attribution.tagger.inference import load_vectors, read_settings, save
from quotes.attribution.tagger.interface import RuleHint, TaggerInput
from quotes.attribution.tagger.network import Network, NetworkSettings
from quotes.attribution.tagger.windows import (
    TaggerTensors,
    anchors_of,
    around,
    build_tensors,
    windows_of,
)
from quotes.encoder.word_states import load_word_states
from quotes.evaluation import Article, Attribution, read_gold
from quotes.evaluation.frozen_parses import FolderParser
from quotes.language import Language
from quotes.parsing import EMBEDDED
from quotes.parsing.interface import Parser
from quotes.text.quotation_marks import find_marks

ENGLISH = Language.load("en")

WINDOW, BATCH = 256, 3  # words in a window, windows in a step of one worker
EDGE = 16  # words at the cut ends of a window in which an anchor is not learned from
AVERAGING_STEPS = 8  # steps after which workers share what they learned
MIN_LEMMA_COUNT = 20  # times that a lemma must occur to have a vector of its own
MEAN_DECAY = 0.997  # the share of the mean weights that a step leaves as it is
MIN_FALSE_ANCHOR = (
    0.2  # probability from which a word that is no anchor is shown to the head as one
)


@dataclass(frozen=True)
class Example:
    """An article as the tagger reads it, with its attributions by anchor."""

    name: str
    reading: TaggerInput
    guesses: tuple[RuleHint, ...]
    gold: dict[int, RuleHint]


def prepare(article: Article, parser: Parser) -> Example:
    """Return the reading of an article, what the rules guess, and what annotators marked."""
    document = replace(article.document, language="en")
    parse = parser.parse(document)
    analysis = analyse(document, ENGLISH, parse, find_marks(document.text, ENGLISH))
    found = find_candidates(analysis)
    guesses = tuple(rule_hint(c) for c in found)
    return Example(
        document.id,
        tagger_input(analysis),
        guesses,
        gold_of(analysis, article.attributions, guesses),
    )


def gold_of(
    analysis: Analysis, attributions: tuple[Attribution, ...], guesses: tuple[RuleHint, ...]
) -> dict[int, RuleHint]:
    """Return each attribution by its anchor.

    The anchor of a guess inside its cue where there is one, so that both speak of the same word.
    """
    out: dict[int, RuleHint] = {}
    anchors = {guess.anchor: guess for guess in guesses}
    for attribution in attributions:
        cue, source, content = (
            frozenset(
                n for span in getattr(attribution, role) for n in range(*analysis.within(span))
            )
            for role in ("cue", "source", "content")
        )
        if not content:
            continue
        known = [
            n for n in (cue or content) if n in anchors and (bool(anchors[n].cue) == bool(cue))
        ]
        tops = [n for n in sorted(cue) if analysis.head(n) not in cue and not analysis.is_punct(n)]
        verbs = [n for n in tops if analysis.words[n].upos == "VERB"]
        if known:
            anchor = max(known, key=lambda n: len(anchors[n].content & content) - 0.001 * n)
        else:
            anchor = (verbs or tops or sorted(cue) or [min(content)])[0]
        if anchor not in out or len(content) > len(out[anchor].content):
            out[anchor] = RuleHint(anchor, cue, source, content)
    return out


def read_all(gold: Path, parsed: Path, cache: Path) -> list[Example]:
    """Return all articles, from the cache where they were prepared before."""
    if cache.is_file():
        examples: list[Example] = pickle.loads(cache.read_bytes())  # of our own making
        return examples
    parser = FolderParser(parsed)
    examples = []
    for number, article in enumerate(read_gold(gold / "polnear" / "train"), 1):
        examples.append(prepare(article, parser))
        if number % 100 == 0:
            print(f"{number} articles prepared", flush=True)
    cache.write_bytes(pickle.dumps(examples))
    return examples


@dataclass(frozen=True)
class TrainingArticle:
    """An article as tensors, with its attributions."""

    name: str
    whole: TaggerTensors
    gold: dict[int, RuleHint]


Batch = list[tuple[TrainingArticle, tuple[int, int]]]


def steps(items: list[TrainingArticle], rng: random.Random) -> Iterator[Batch]:
    """Yield windows over all articles in random order, in batches of like length.

    They are cut anew each time.
    """
    parts = []
    for item in items:
        low = 0
        high = rng.randint(WINDOW // 2, WINDOW) if item.whole.length > WINDOW else item.whole.length
        while low < item.whole.length:
            parts.append((item, (low, min(high, item.whole.length))))
            low, high = high, high + WINDOW
    rng.shuffle(parts)
    size = BATCH * 16
    batches = []
    for start in range(0, len(parts), size):
        alike = sorted(parts[start : start + size], key=lambda part: part[1][1] - part[1][0])
        batches += [alike[k : k + BATCH] for k in range(0, len(alike), BATCH)]
    rng.shuffle(batches)
    yield from batches


def loss_of(network: Network, batch: Batch, *, drop: float) -> Tensor:
    """Return the loss of anchors, of attributions being right, and of words of those that are."""
    parts = [(item.whole, window) for item, window in batch]
    windows = windows_of(parts)
    windows = replace(windows, vectors=functional.dropout(windows.vectors.float(), drop))
    states = functional.dropout(network.read(windows), drop)
    likely = network.likely(states)
    wanted = torch.zeros_like(likely)
    places, golds = [], []
    for row, (item, (low, high)) in enumerate(batch):
        false = (
            (torch.sigmoid(likely[row, : high - low].detach()) > MIN_FALSE_ANCHOR)
            .nonzero()
            .flatten()
            .tolist()
        )
        for number in sorted({*item.gold, *item.whole.hints, *(low + n for n in false)}):
            if not low <= number < high:
                continue
            gold = item.gold.get(number)
            wanted[row, number - low] = float(gold is not None)
            if (number - low >= EDGE or low == 0) and (
                high - number > EDGE or high == item.whole.length
            ):
                places.append((row, number))
                golds.append(gold)
    loss = (
        functional.binary_cross_entropy_with_logits(likely, wanted, reduction="none")[
            windows.known
        ].sum()
        / 20
    )
    if not places:
        return loss / 10
    valid, roles, there = network.attribute(windows, states, anchors_of(parts, places))
    right = torch.tensor([float(gold is not None) for gold in golds])
    loss = loss + functional.binary_cross_entropy_with_logits(valid, right, reduction="sum") / 2
    rows = [row for row, gold in enumerate(golds) if gold is not None]
    if rows:
        targets = torch.stack(
            [
                around(number, gold)
                for (_, number), gold in zip(places, golds, strict=True)
                if gold is not None
            ]
        )
        each = (
            functional.binary_cross_entropy_with_logits(roles[rows], targets, reduction="none")
            * there[rows][..., None]
        )
        loss = loss + each.sum() / 6
    return loss / max(1, len(places))


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--parsed", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("work/tagger"))
    parser.add_argument(
        "--states",
        type=Path,
        required=True,
        help="what the encoder says of each word: training.tagger_states",
    )
    parser.add_argument(
        "--apart", type=Path, required=True, help="names of the articles that are never trained on"
    )
    parser.add_argument(
        "--start",
        type=Path,
        help="weights to begin with (a state_dict), those of other shape widened with zeros",
    )
    parser.add_argument("--out", type=Path, default=EMBEDDED / "tagger")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--drop", type=float, default=0.1)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument(
        "--minutes",
        type=float,
        default=1e6,
        help="time after which the rate has fallen to nearly nothing",
    )
    a = parser.parse_args(arguments)
    a.began = time.monotonic()
    a.work.mkdir(parents=True, exist_ok=True)
    (a.work / "meeting").unlink(missing_ok=True)
    examples = read_all(a.gold, a.parsed, a.work / "examples.pickle")
    settings = NetworkSettings(
        upos=tuple(sorted({tag for e in examples for tag in e.reading.upos})),
        deprel=tuple(sorted({label for e in examples for label in e.reading.deprel})),
        lemmas=frequent(lemma for e in examples for lemma in e.reading.lemmas),
        layers=a.layers,
    )
    if a.start:
        settings = read_settings(a.start / "tagger.json")
    folder = EMBEDDED / "encoder"
    vectors = load_vectors(folder, load_word_states(folder).tokenizer)
    items = []
    for e in examples:
        analysis = vectors.of([form for sentence in e.reading.sentences for form in sentence])
        given = torch.cat(
            (analysis.half(), torch.from_numpy(np.load(a.states / f"{e.name}.npy"))), dim=1
        )
        items.append(
            TrainingArticle(e.name, build_tensors(e.reading, given, e.guesses, settings), e.gold)
        )
    a.apart = frozenset(a.apart.read_text(encoding="utf-8").split())
    if a.workers == 1:
        train(0, items, settings, a)
    else:
        torch.multiprocessing.start_processes(  # type: ignore[attr-defined]
            train, (items, settings, a), nprocs=a.workers, start_method="fork"
        )


def widen(network: Network, weights: dict[str, Tensor]) -> None:
    """Begin with the weights of a network that knew the first units of what is given only."""
    for name, parameter in network.state_dict().items():
        known = weights[name].float()
        parameter.zero_()
        parameter[tuple(slice(size) for size in known.shape)] = known


def frequent(lemmas: Iterable[str]) -> tuple[str, ...]:
    """Return those that occur `MIN_LEMMA_COUNT` times or more."""
    return tuple(sorted(lemma for lemma, n in Counter(lemmas).items() if n >= MIN_LEMMA_COUNT))


def train(
    worker: int, items: list[TrainingArticle], settings: NetworkSettings, a: argparse.Namespace
) -> None:
    """Return the epochs that are still to do; the first worker saves and prints."""
    torch.set_num_threads(1)
    if a.workers > 1:
        distributed.init_process_group(
            "gloo",
            init_method=f"file://{(a.work / 'meeting').resolve()}",
            rank=worker,
            world_size=a.workers,
        )
    learn = [item for item in items if item.name not in a.apart]
    apart = [item for item in items if item.name in a.apart]
    torch.manual_seed(1)
    network = Network(settings)
    if a.start:
        widen(network, load_file(a.start / "tagger.safetensors"))
    mean = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(MEAN_DECAY))
    optimizer = torch.optim.AdamW(network.parameters(), lr=a.rate, weight_decay=0.01)
    total = a.epochs * sum(1 for _ in steps(learn, random.Random(0))) // a.workers
    checkpoint = a.work / "checkpoint.pt"
    begin = 0
    if checkpoint.is_file():
        known = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(known["network"])
        mean.load_state_dict(known["mean"])
        optimizer.load_state_dict(known["optimizer"])
        begin = known["epoch"]
    for epoch in range(begin, a.epochs):
        network.train()
        start = time.monotonic()
        batches = list(steps(learn, random.Random(epoch)))
        batches = batches[: len(batches) // a.workers * a.workers][worker :: a.workers]
        loss = run_epoch(
            network, mean, batches, optimizer, epoch * len(batches), total, a, say=worker == 0
        )
        if worker:
            continue
        torch.save(
            {
                "network": network.state_dict(),
                "mean": mean.state_dict(),
                "optimizer": optimizer.state_dict(),
                "epoch": epoch + 1,
            },
            checkpoint,
        )
        a.out.mkdir(parents=True, exist_ok=True)
        save(cast(Network, mean.module), a.out)
        figures = apart_figures(cast(Network, mean.module.eval()), apart)
        print(
            f"epoch {epoch + 1}: loss {loss:.4f}, {time.monotonic() - start:.0f} s; apart: "
            f"{figures}",
            flush=True,
        )


def run_epoch(
    network: Network,
    mean: Any,
    batches: list[Batch],
    optimizer: Any,
    done: int,
    total: int,
    a: argparse.Namespace,
    *,
    say: bool,
) -> float:
    """Make one pass over the batches, and return the mean loss."""
    losses, words = 0.0, 0
    start = said = time.monotonic()
    for number, batch in enumerate(batches, 1):
        loss = loss_of(network, batch, drop=a.drop)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        if a.workers > 1 and (number % AVERAGING_STEPS == 0 or number == len(batches)):
            share_weights(network, a.workers)
        mean.update_parameters(network)
        past = max((done + number) / total, (time.monotonic() - a.began) / (60 * a.minutes))
        for group in optimizer.param_groups:
            group["lr"] = a.rate * min(1.0, (done + number) / 100, max(0.02, 1 - past))
        losses += loss.item()
        words += a.workers * sum(high - low for _, (low, high) in batch)
        if say and time.monotonic() - said > 30:
            said = time.monotonic()
            print(
                f"step {number} of {len(batches)}: loss {losses / number:.4f}, "
                f"{words / (said - start):.0f} words/s",
                flush=True,
            )
    return losses / max(1, len(batches))


def share_weights(network: Network, workers: int) -> None:
    """Give every worker the mean of all workers' weights."""
    with torch.no_grad():
        parameters = list(network.parameters())
        flat = torch.cat([p.flatten() for p in parameters])
        distributed.all_reduce(flat)
        for parameter, part in zip(
            parameters, flat.split([p.numel() for p in parameters]), strict=True
        ):
            parameter.copy_(part.view_as(parameter) / workers)


@torch.no_grad()
def apart_figures(network: Network, apart: list[TrainingArticle]) -> str:
    """Return the loss on the articles set apart.

    F1 of anchors; how many known attributions have each role right to the word.
    """
    losses, right, found, there = 0.0, 0, 0, 0
    exact, golds = [0, 0, 0], 0
    for item in apart:
        window = (0, min(item.whole.length, 600))
        losses += loss_of(network, [(item, window)], drop=0.0).item()
        parts = [(item.whole, window)]
        windows = windows_of(parts)
        windows = replace(windows, vectors=windows.vectors.float())
        states = network.read(windows)
        likely = torch.sigmoid(network.likely(states))[0]
        numbers = sorted(
            {
                *(n for n in (*item.gold, *item.whole.hints) if n < window[1]),
                *(likely > 0.25).nonzero().flatten().tolist(),
            }
        )
        there += sum(n < window[1] for n in item.gold)
        if not numbers:
            continue
        valid, roles, near = network.attribute(
            windows, states, anchors_of(parts, [(0, n) for n in numbers])
        )
        for row, n in enumerate(numbers):
            found += int(valid[row] > 0)
            right += int(valid[row] > 0 and n in item.gold)
            if n in item.gold:
                golds += 1
                same = (
                    ((roles[row] > 0) == (around(n, item.gold[n]) > 0)) | ~near[row][:, None]
                ).all(0)
                exact = [e + int(s) for e, s in zip(exact, same, strict=True)]
    f1 = 200 * right / max(1, found + there)
    shares = ", ".join(
        f"{name} {100 * e / max(1, golds):.1f}"
        for name, e in zip(("cue", "source", "content"), exact, strict=True)
    )
    return f"loss {losses / len(apart):.4f}, anchors F1 {f1:.1f}, exact {shares}"


if __name__ == "__main__":
    main()
