r"""Train the name tagger over cached features of the frozen encoder.

What is written loads as a plain Stanza model.

Sets are files of --ner with the share that each pass takes (world:1 uner:2 news:0.3); for uner and
gum, sentences without names can be thinned (--without). The learning rate rises for 60 steps and
then falls to nothing; the weights written are a running average. Some sentences are read in lower
case, in capitals or With Each Word Capitalised, since the encoder sees no case and web text is
careless with it. A checkpoint is written every --every steps beside --out; the same command goes on
from it.

    python -m training.train_ner world:1 uner:2 gum:0.8 --start out/ner-gold.pt --out out/ner.pt \
        --steps 1000
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from stanza.models.common.crf import viterbi_decode
from stanza.models.common.vocab import VOCAB_PREFIX_SIZE
from stanza.models.ner.data import DataLoader
from stanza.models.ner.model import NERTagger
from stanza.models.ner.trainer import fix_singleton_tags, unpack_batch
from stanza.models.ner.vocab import MultiVocab
from stanza.models.pos.vocab import CharVocab, CompositeVocab, WordVocab

from training.export import ENCODER, halved
from training.features import Features
from training.gazetteer import SIZE, Gazetteer, build
from training.gold import DataError, Tagged, read_stanza, spans

KINDS = ("PER", "ORG", "LOC")
TAGS = ["O", *(f"{part}-{kind}" for kind in ("PER", "LOC", "ORG") for part in "BIES")]
THINNED = ("uner", "gum")
LONGEST = 120  # words of a sentence
LETTERS = 24  # of a word: what follows is cut off while training (addresses)
WARMUP = 60
POOL = 600  # sentences sorted by length together


def bioes(sentence: Tagged) -> list[str]:
    """Return a sentence's tags with the last word of each name marked, as the tagger learns it."""
    tags = ["O"] * len(sentence)
    for start, end, kind in spans([tag for _, tag in sentence]):
        tags[start:end] = (
            [f"S-{kind}"]
            if end - start == 1
            else [f"B-{kind}", *[f"I-{kind}"] * (end - start - 2), f"E-{kind}"]
        )
    return tags


class Batches(DataLoader):  # type: ignore[misc]
    """Stanza's own making of batches, one at a time."""

    def __init__(self, vocab: MultiVocab, config: dict[str, Any]) -> None:
        self.vocab = vocab
        self.args = config

    def of(self, sentences: list[Tagged]) -> tuple[Any, ...]:
        rows = [
            [
                [word[:LETTERS], (tag,)]
                for (word, _), tag in zip(sentence, bioes(sentence), strict=True)
            ]
            for sentence in sentences
        ]
        self.data = [self.preprocess(rows, self.vocab, self.args)]
        for row, sentence in zip(self.data[0], sentences, strict=True):
            row[0] = [word for word, _ in sentence]
        return tuple(self[0])


@dataclass
class Tagger:
    """A tagger with what it needs to read batches."""

    model: Any
    vocab: MultiVocab
    batches: Batches

    def run(self, sentences: list[Tagged]) -> tuple[Any, Any, Any, Any, Any]:
        """Loss, scores and transitions for some sentences, in the order of their lengths.

        That order; the lengths.
        """
        inputs, order, words, chars, lengths, letters, char_lengths, offsets = unpack_batch(
            self.batches.of(sentences), "cpu"
        )
        forms, spelled, mask, spelled_flat, tags = inputs
        loss, scores, transitions = self.model(
            forms,
            spelled,
            mask,
            tags,
            words,
            lengths,
            letters,
            spelled_flat,
            offsets,
            char_lengths,
            chars,
        )
        return loss, scores[0], transitions[0], order, lengths

    @torch.no_grad()
    def predict(self, sentences: list[Tagged]) -> list[list[str]]:
        """Return the tags (BIO) of sentences; those that they come with are not looked at."""
        self.model.eval()
        found: list[list[str]] = [[] for _ in sentences]
        by_length = sorted(range(len(sentences)), key=lambda index: len(sentences[index]))
        for start in range(0, len(by_length), 64):
            own = by_length[start : start + 64]
            _, scores, transitions, order, lengths = self.run([sentences[index] for index in own])
            for row, place in enumerate(order):
                best = viterbi_decode(scores[row, : lengths[row]].numpy(), transitions.numpy())[0]
                tags = self.vocab["tag"].unmap([[max(tag, VOCAB_PREFIX_SIZE)] for tag in best])
                plain = fix_singleton_tags([tag[0] for tag in tags])
                found[own[place]] = [
                    {"S": "B", "E": "I"}.get(tag[0], tag[0]) + tag[1:] for tag in plain
                ]
        self.model.train()
        return found


def f1(gold: list[list[str]], found: list[list[str]]) -> dict[str, float]:
    """F1 of exact spans for each kind and for all."""
    right, said, true = (dict.fromkeys((*KINDS, "all"), 0) for _ in range(3))
    for gold_tags, found_tags in zip(gold, found, strict=True):
        own, truth = set(spans(found_tags)), set(spans(gold_tags))
        for names, counts in ((own & truth, right), (own, said), (truth, true)):
            for _, _, kind in names:
                counts[kind] += 1
                counts["all"] += 1
    return {kind: 200 * right[kind] / max(said[kind] + true[kind], 1) for kind in right}


def new_vocab(sentences: list[Tagged], gazetteer: Gazetteer) -> MultiVocab:
    """Return the characters of the training sentences, the words of the gazetteer, the tags."""
    return MultiVocab(
        {
            "char": CharVocab(
                [[(word,) for word, _ in sentence] for sentence in sentences], "en_news"
            ),
            "delta": WordVocab(
                [[(word,) for word in sorted(gazetteer)]], "en_news", cutoff=1, lower=True
            ),
            "tag": CompositeVocab([[((tag,),) for tag in TAGS]], "en_news", idx=0, sep=None),
        }
    )


def new_config(chosen: argparse.Namespace) -> dict[str, Any]:
    """Stanza's settings of a name tagger."""
    from stanza.models.ner_tagger import build_argparse

    config: dict[str, Any] = vars(build_argparse().parse_args([]))
    names = {
        "shorthand": "en_news",
        "lang": "en",
        "mode": "train",
        "save_name": "ner.pt",
        "predict_tagset": 0,
    }
    inputs = {
        "bert_model": ENCODER,
        "bert_hidden_layers": 4,
        "bert_finetune": False,
        "charlm": False,
        "pretrain": False,
    }
    sizes = {
        "word_emb_dim": SIZE,
        "emb_finetune": False,
        "char_emb_dim": 32,
        "char_hidden_dim": 64,
        "hidden_dim": 128,
    }
    rates = {
        "dropout": chosen.dropout,
        "locked_dropout": 0.0,
        "lr": chosen.rate,
        "optim": "adam",
        "max_steps": chosen.steps,
        "seed": chosen.seed,
    }
    return {**config, **names, **inputs, **sizes, **rates}


def carry_over(model: Any, vocab: MultiVocab, start: Path) -> None:
    """Take over the weights of another file of the same sizes.

    Its characters and tags may be in another order.

    A file without a gazetteer has an empty word vector of one number; its layers get columns for
    the gazetteer, small at first.
    """
    file = torch.load(start, map_location="cpu", weights_only=True)
    old = {name: weight.float() for name, weight in file["model"].items()}
    now = model.state_dict()
    more = now["input_transform.bias"].shape[0] - old["input_transform.bias"].shape[0]
    if more:
        square = torch.eye(now["input_transform.bias"].shape[0])
        square[more:, more:] = old["input_transform.weight"]
        old["input_transform.weight"] = square
        old["input_transform.bias"] = torch.cat([torch.zeros(more), old["input_transform.bias"]])
        for direction in ("", "_reverse"):
            name = f"taggerlstm.lstm.weight_ih_l0{direction}"
            old[name] = torch.cat([torch.randn(old[name].shape[0], more) * 0.05, old[name]], dim=1)
    chars = file["vocab"]["char"]["_unit2id"]
    letters = now["charmodel.char_emb.weight"].clone()
    for unit in range(len(vocab["char"])):
        if (known := chars.get(vocab["char"].id2unit(unit))) is not None:
            letters[unit] = old["charmodel.char_emb.weight"][known]
    old["charmodel.char_emb.weight"] = letters
    order = [file["vocab"]["tag"]["_id2unit"][0].index(tag) for tag in vocab["tag"]._id2unit[0]]
    for name in ("tag_clfs.0.weight", "tag_clfs.0.bias", "crits.0._transitions"):
        old[name] = old[name][order]
    old["crits.0._transitions"] = old["crits.0._transitions"][:, order]
    old["delta_emb.weight"] = now["delta_emb.weight"]
    model.load_state_dict(old, strict=False)


def new_tagger(chosen: argparse.Namespace, sentences: list[Tagged], features: Features) -> Tagger:
    """Return a tagger to train: new, or with the weights of --start."""
    from training.quick_ner import NoEncoder, quicken

    gazetteer = build(sentences)
    vocab, config = new_vocab(sentences, gazetteer), new_config(chosen)
    model = NERTagger(config, vocab, bert_model=NoEncoder(), bert_tokenizer=None)
    with torch.no_grad():
        for word, numbers in gazetteer.items():
            model.delta_emb.weight[vocab["delta"].unit2id(word)] = torch.tensor(numbers)
    if chosen.start:
        carry_over(model, vocab, chosen.start)
    quicken(model, features, chosen.dropout)
    return Tagger(model, vocab, Batches(vocab, config))


def recased(sentence: Tagged, share: float) -> Tagged:
    """Now and then a sentence in other case.

    Half of these in lower case, a quarter in capitals, a quarter Capitalised.
    """
    draw = random.random() / share if share else 1.0
    if draw >= 1:
        return sentence
    change = str.lower if draw < 0.5 else str.upper if draw < 0.75 else str.capitalize
    changed = [(change(word), tag) for word, tag in sentence]
    same = all(
        now.lower() == word.lower() for (now, _), (word, _) in zip(changed, sentence, strict=True)
    )
    return changed if same else sentence  # "ı" has no way back, and the states go by small letters


def passes(
    sets: dict[str, list[Tagged]], shares: dict[str, float], words: int, other_case: float
) -> Iterator[list[Tagged]]:
    """Batches of about `words` words of sentences of like length, pass after pass without end."""
    while True:
        order: list[Tagged] = []
        for name, sentences in sets.items():
            whole = int(shares[name])
            order += sentences * whole + random.sample(
                sentences, int((shares[name] - whole) * len(sentences))
            )
        random.shuffle(order)
        for start in range(0, len(order), POOL):
            batches: list[list[Tagged]] = [[]]
            for sentence in sorted(order[start : start + POOL], key=len):
                if sum(map(len, batches[-1])) >= words:
                    batches.append([])
                batches[-1].append(recased(sentence, other_case))
            random.shuffle(batches)
            yield from batches


def read_sets(ner: Path, shares: dict[str, float], without: float) -> dict[str, list[Tagged]]:
    """Return the training sentences of each set.

    Of those without names in THINNED ones only a part.
    """
    sets = {}
    for name in shares:
        sentences = [s for s in read_stanza(ner / f"{name}.json") if 0 < len(s) <= LONGEST]
        if name in THINNED:
            sentences = [
                s for s in sentences if any(tag != "O" for _, tag in s) or random.random() < without
            ]
        sets[name] = sentences
    return sets


def save(path: Path, tagger: Tagger, weights: dict[str, torch.Tensor]) -> None:
    """Write a Stanza model file, float16."""
    state = {name: weight for name, weight in weights.items() if not name.startswith("bert_model.")}
    file = {
        "model": halved(state),
        "vocab": tagger.vocab.state_dict(),
        "config": tagger.batches.args,
    }
    torch.save(file, path, _use_new_zipfile_serialization=False)


def train(
    tagger: Tagger,
    batches: Iterator[list[Tagged]],
    tests: dict[str, list[Tagged]],
    chosen: argparse.Namespace,
) -> None:
    """Go on from the checkpoint, if there is one, to the last step.

    Write the average of the weights.
    """
    model = tagger.model
    optimizer = torch.optim.Adam(
        [p for p in model.parameters() if p.requires_grad], lr=chosen.rate, betas=(0.9, 0.99)
    )
    average = {name: weight.clone() for name, weight in model.state_dict().items()}
    checkpoint, done = chosen.out.with_suffix(".checkpoint.pt"), 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location="cpu", weights_only=True)
        done, average = saved["step"], saved["average"]
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        print(f"going on from step {done}")
    began = time.time()
    model.train()
    for step in range(done + 1, chosen.steps + 1):
        for group in optimizer.param_groups:
            group["lr"] = chosen.rate * min(1, step / WARMUP) * max(0.02, 1 - step / chosen.steps)
        optimizer.zero_grad()
        loss = tagger.run(next(batches))[0]
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimizer.step()
        keep = min(chosen.average, step / (step + 10))
        with torch.no_grad():
            for name, weight in model.state_dict().items():
                average[name].lerp_(weight, 1 - keep)
        if step % 50 == 0:
            print(f"step {step}, loss {loss.item():.2f}, {time.time() - began:.0f} s", flush=True)
        if step % chosen.every == 0 or step == chosen.steps:
            torch.save(
                {
                    "step": step,
                    "model": model.state_dict(),
                    "average": average,
                    "optimizer": optimizer.state_dict(),
                },
                checkpoint,
            )
            evaluate(tagger, average, tests, chosen.out)
    checkpoint.unlink(missing_ok=True)


def evaluate(
    tagger: Tagger, average: dict[str, torch.Tensor], tests: dict[str, list[Tagged]], out: Path
) -> None:
    """Write the averaged weights and print their scores."""
    now = {name: weight.clone() for name, weight in tagger.model.state_dict().items()}
    tagger.model.load_state_dict(average)
    save(out, tagger, average)
    for name, sentences in tests.items():
        scores = f1(
            [[tag for _, tag in sentence] for sentence in sentences], tagger.predict(sentences)
        )
        print(
            f"{name}: " + ", ".join(f"{kind} {value:.1f}" for kind, value in scores.items()),
            flush=True,
        )
    tagger.model.load_state_dict(now)


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("sets", nargs="+", help="NAME:SHARE, as world:1 or uner:2")
    options.add_argument("--out", type=Path, required=True, help="model file to write")
    options.add_argument("--start", type=Path, help="model file to take the weights from at first")
    options.add_argument("--steps", type=int, default=900)
    options.add_argument(
        "--ner", type=Path, default=Path("ner"), help="folder that prepare_ner wrote (default: ner)"
    )
    options.add_argument(
        "--features",
        type=Path,
        default=Path("features"),
        help="folder that features wrote (default: features)",
    )
    options.add_argument(
        "--test",
        nargs="*",
        default=["world-dev", "uner-dev", "silver-dev"],
        help="sets to print scores on while training",
    )
    options.add_argument(
        "--without",
        type=float,
        default=0.6,
        help="share of the sentences without names kept (default: 0.6)",
    )
    options.add_argument("--words", type=int, default=1600, help="words in a batch (default: 1600)")
    options.add_argument(
        "--rate", type=float, default=2e-3, help="highest learning rate (default: 0.002)"
    )
    options.add_argument("--dropout", type=float, default=0.4)
    options.add_argument(
        "--average",
        type=float,
        default=0.98,
        help="what the running average keeps at each step (default: 0.98)",
    )
    options.add_argument(
        "--other-case",
        type=float,
        default=0.1,
        help="share of sentences read in other case (default: 0.1)",
    )
    options.add_argument(
        "--every", type=int, default=200, help="steps between checkpoints (default: 200)"
    )
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    random.seed(chosen.seed)
    torch.manual_seed(chosen.seed)
    shares = {
        name: float(share or 1) for name, _, share in (pair.partition(":") for pair in chosen.sets)
    }
    sets = read_sets(chosen.ner, shares, chosen.without)
    features = Features(chosen.features, [*shares, *chosen.test])
    tests = {name: read_stanza(chosen.ner / f"{name}.json") for name in chosen.test}
    tagger = new_tagger(chosen, [s for sentences in sets.values() for s in sentences], features)
    train(tagger, passes(sets, shares, chosen.words, chosen.other_case), tests, chosen)


if __name__ == "__main__":
    try:
        main()
    except DataError as error:
        sys.exit(f"train_ner: {error}")
