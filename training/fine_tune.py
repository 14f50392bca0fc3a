r"""Fine-tune the shared encoder together with its heads: trees and tags, and names of the world.

The parser, the tagger and the name tagger go on from the files of --models, the encoder with a low
rate, lower in the lower layers; the vectors of word pieces stay. Each step takes a batch of
sentences with trees, tags and names (EWT train with Universal NER, GUM train) and one with names
only (the sets of --names). Losses are means over words, that of names times NAME_WEIGHT. Encoder
passes are in bfloat16 where the processor multiplies it. The rates rise for WARMUP steps and then
fall in a line. What is written is a folder like --models; the name tagger is trained again
afterwards (`train_ner`), over the states of the new encoder. A checkpoint is written every --every
steps; the same command goes on from it.

    python -m training.fine_tune --models quotes/parsing/english --out work/tuned --steps 1500 \
        world:1 people:0.4 titles:0.4
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from stanza.models.common.bert_embedding import convert_to_position_list
from stanza.models.common.utils import simplify_punct
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence

from quotes.encoder.precision import uses_bfloat16
from training.export import COPIED, halved, write
from training.gold import DataError, Tagged, arguments, folder, read_stanza
from training.quick_ner import NoEncoder, PooledDropout
from training.train_ner import LONGEST, POOL, Batches, Tagger, recased

NAME_WEIGHT = 6.0
TAG_WEIGHT = 0.4
WARMUP = 60
LEAST = 0.01  # of the highest rate
LAYER_DECAY = 0.85  # of the rate, from each layer to the one below
TREES = (("ewt-train", "uner"), ("gum-open-train", "gum"))


@dataclass(frozen=True)
class Example:
    """A sentence with its names, and its number among those with trees (-1: none)."""

    words: Tagged
    tree: int = -1


class SharedEncoder:
    """The encoder with the states of the sentences of the present batch."""

    def __init__(self, model: Any, tokenizer: Any, top: int) -> None:
        self.model, self._tokenizer, self._top = model, tokenizer, top
        self._states: dict[tuple[str, ...], Tensor] = {}
        self._pieces: dict[tuple[str, ...], tuple[list[int], list[int]]] = {}

    def read(self, sentences: Sequence[Sequence[str]]) -> None:
        """Run the encoder on the sentences of a batch."""
        keys = list(dict.fromkeys(key_of(words) for words in sentences))
        rows = [self._split(key) for key in keys]
        ids = pad_sequence([torch.tensor(row) for row, _ in rows], batch_first=True)
        mask = pad_sequence([torch.ones(len(row)) for row, _ in rows], batch_first=True)
        with torch.autocast("cpu", torch.bfloat16, enabled=uses_bfloat16()):
            hidden = self.model(ids, attention_mask=mask, output_hidden_states=True).hidden_states
        stacked = torch.stack(hidden[-self._top :], dim=2).float()
        self._states = {
            key: stacked[number, places]
            for number, (key, (_, places)) in enumerate(zip(keys, rows, strict=True))
        }

    def _split(self, key: tuple[str, ...]) -> tuple[list[int], list[int]]:
        """Return the pieces of a sentence and the place of each word's last, the ends with them."""
        if key not in self._pieces:
            words = list(key)
            pieces = self._tokenizer([words], is_split_into_words=True)
            found = pieces.word_ids(0)
            blank = set(range(len(words))) - set(found)
            if blank:
                words = ["-" if number in blank else word for number, word in enumerate(words)]
                pieces = self._tokenizer([words], is_split_into_words=True)
                found = pieces.word_ids(0)
            places = convert_to_position_list(words, found)
            self._pieces[key] = (pieces["input_ids"][0], list(places))
        return self._pieces[key]

    def embed(
        self,
        name: str,
        tokenizer: Any,
        encoder: Any,
        sentences: list[list[str]],
        device: Any,
        keep_endpoints: bool,
        *_: Any,
        bert_layer_mix: Any,
        **__: Any,
    ) -> list[Tensor]:
        """Stand in for Stanza's `extract_bert_embeddings`, over the states of the batch."""
        weights = 1 / bert_layer_mix.in_features + bert_layer_mix.weight[0]
        own = [self._states[key_of(words)] for words in sentences]
        mixed = torch.split(torch.einsum("wlu,l->wu", torch.cat(own), weights), list(map(len, own)))
        return list(mixed) if keep_endpoints else [states[1:-1] for states in mixed]


def key_of(words: Sequence[str]) -> tuple[str, ...]:
    """Return what a sentence is looked up by: encoder and pieces see no case."""
    return tuple(word.lower() for word in words)


class TreeBank:
    """Trees and tags of sentences, ready for parser and tagger."""

    def __init__(self, paths: Sequence[Path], parser: Any, tagger: Any) -> None:
        from stanza.models.depparse.data import Dataset as Trees
        from stanza.models.pos.data import Dataset as Tags
        from stanza.utils.conll import CoNLL

        self.parser, self.tagger = parser, tagger
        docs = [CoNLL.conll2doc(str(path)) for path in paths]
        quiet = {"augment_nopunct": 0.0, "drop_initial_punct_prob": 0.0}
        trees = [
            Trees(doc, parser.args | quiet, None, vocab=parser.vocab, evaluation=True)
            for doc in docs
        ]
        self._trees = [tree for part in trees for tree in part.data]
        tags = [Tags(doc, tagger.args | quiet, None, vocab=tagger.vocab) for doc in docs]
        self._tags = [(part, number) for part in tags for number in range(len(part))]

    def words(self) -> list[list[str]]:
        """Return the words of all sentences, as the encoder reads them."""
        return [tree[9] for tree in self._trees]

    def tree_loss(self, numbers: Sequence[int]) -> Tensor:
        """Return the loss of heads and of labels at the right heads, a word."""
        from stanza.models.depparse.data import DataLoader
        from stanza.models.depparse.trainer import unpack_batch

        model = self.parser.model
        inputs, _, order, lengths, letters, text = unpack_batch(
            DataLoader.collate([self._trees[number] for number in numbers]), "cpu"
        )
        mask, heads, labels = inputs[1], inputs[9], inputs[10]
        read = model.drop(model.embed(*inputs, order, lengths, letters, text))
        scores = model.unlabeled(read, read).squeeze(3)
        diagonal = torch.eye(scores.shape[1], dtype=torch.bool)
        scores = scores.masked_fill(diagonal | mask[:, None, :], -torch.inf)[:, 1:]
        real = ~mask[:, 1:]
        loss = functional.cross_entropy(scores[real], heads[real])
        left, right = (layer(read).relu() for layer in (model.deprel.W1, model.deprel.W2))
        above = torch.gather(right, 1, heads[:, :, None].expand(-1, -1, right.shape[2]))
        left, above = model.drop(left[:, 1:][real]), model.drop(above[real])
        one = left.new_ones(len(left), 1)
        bilinear = model.deprel.scorer.W_bilin
        made = torch.einsum("ni,ijo->njo", torch.cat((left, one), 1), bilinear.weight)
        guess = torch.einsum("njo,nj->no", made, torch.cat((above, one), 1)) + bilinear.bias
        return loss + functional.cross_entropy(guess, labels[real] - PREFIX)

    def tag_loss(self, numbers: Sequence[int]) -> Tensor:
        """Return the loss of tags and features, a word."""
        from stanza.models.pos.trainer import unpack_batch

        rows = [self._tags[number] for number in numbers]
        batch = rows[0][0].collate_fn([part[number] for part, number in rows])
        inputs, _, order, lengths, letters, text = unpack_batch(batch, "cpu")
        loss: Tensor = self.tagger.model(*inputs, order, lengths, letters, text)[0]
        return loss


PREFIX = 4  # entries of a vocabulary of Stanza before the first label


def batches(sentences: Sequence[Example], words: int) -> Iterator[list[Example]]:
    """Yield batches of about `words` words of sentences of like length, pass after pass."""
    while True:
        order = random.sample(list(sentences), len(sentences))
        for start in range(0, len(order), POOL):
            made: list[list[Example]] = [[]]
            for example in sorted(order[start : start + POOL], key=lambda own: len(own.words)):
                if sum(len(own.words) for own in made[-1]) >= words:
                    made.append([])
                made[-1].append(example)
            random.shuffle(made)
            yield from made


def plain(sentence: Tagged) -> Tagged:
    """Return a sentence with marks written as parser and tagger read them."""
    words = simplify_punct([[[word] for word, _ in sentence]])[0]
    return [(word, tag) for (word,), (_, tag) in zip(words, sentence, strict=True)]


@dataclass
class Joint:
    """The encoder with all that is trained over it."""

    encoder: SharedEncoder
    bank: TreeBank
    namer: Tagger
    other_case: float

    def loss(self, batch: Sequence[Example]) -> tuple[Tensor, dict[str, float]]:
        """Return the loss of a batch, and its parts."""
        self.encoder.read([[word for word, _ in own.words] for own in batch])
        names = [recased(own.words, self.other_case) for own in batch]
        of_names = self.namer.run(names)[0] * len(batch) / sum(map(len, names))
        parts = {"names": of_names * NAME_WEIGHT}
        numbers = [own.tree for own in batch if own.tree >= 0]
        if numbers:
            parts["trees"] = self.bank.tree_loss(numbers)
            parts["tags"] = self.bank.tag_loss(numbers) * TAG_WEIGHT
        total = torch.stack(list(parts.values())).sum()
        return total, {name: part.item() for name, part in parts.items()}

    def modules(self) -> dict[str, nn.Module]:
        """Return what is trained, by name."""
        return {
            "encoder": self.encoder.model,
            "depparse": self.bank.parser.model,
            "pos": self.bank.tagger.model,
            "ner": self.namer.model,
        }


def load(models: Path, treebanks: Sequence[Path], other_case: float) -> Joint:
    """Return the models of a folder, to train on."""
    import stanza.models.depparse.model as depparse_model
    import stanza.models.ner.model as ner_model
    import stanza.models.pos.model as pos_model
    from transformers import AutoModel, AutoTokenizer

    from training.measure import pipeline
    from training.quick_ner import quicken

    nlp = pipeline(models)
    parser, tagger, namer = (nlp.processors[name].trainer for name in ("depparse", "pos", "ner"))
    model = AutoModel.from_pretrained(
        models / "encoder", dtype=torch.float32, add_pooling_layer=False, local_files_only=True
    )
    tokenizer = AutoTokenizer.from_pretrained(models / "encoder", local_files_only=True)
    shared = SharedEncoder(model, tokenizer, parser.args["bert_hidden_layers"])
    quicken(namer.model, lambda words: None, namer.args["dropout"])
    for trainer in (parser, tagger):
        trainer.model.drop = PooledDropout(trainer.args["dropout"])
    for module in (depparse_model, pos_model, ner_model):
        module.extract_bert_embeddings = shared.embed
    for trainer in (parser, tagger, namer):
        trainer.model.bert_model = NoEncoder()  # the weights of the encoder are counted once
    args = namer.args | {"lowercase": True}
    return Joint(
        shared,
        TreeBank(treebanks, parser, tagger),
        Tagger(namer.model, namer.vocab, Batches(namer.vocab, args)),
        other_case,
    )


def parameter_groups(joint: Joint, rate: float, head_rate: float) -> list[dict[str, Any]]:
    """Return the weights with their highest rates."""
    groups: list[dict[str, Any]] = []
    count: int = joint.encoder.model.config.num_hidden_layers
    for name, weight in joint.encoder.model.named_parameters():
        if name.startswith("embeddings."):
            weight.requires_grad_(False)
            continue
        layer = int(name.split("layer.")[1].split(".")[0])
        groups.append({"params": [weight], "highest": rate * LAYER_DECAY ** (count - 1 - layer)})
    for name, module in joint.modules().items():
        if name != "encoder":
            own = [weight for weight in module.parameters() if weight.requires_grad]
            groups.append({"params": own, "highest": head_rate})
    return groups


def save(joint: Joint, models: Path, out: Path) -> None:
    """Write encoder, parser, tagger and name tagger; copy the other files of the model."""
    import shutil

    from safetensors.torch import save_file

    (out / "encoder").mkdir(parents=True, exist_ok=True)
    state = joint.encoder.model.state_dict()
    save_file(
        halved({name: weight for name, weight in state.items() if weight.is_floating_point()}),
        out / "encoder" / "model.safetensors",
        metadata={"format": "pt"},
    )
    for name in COPIED:
        shutil.copy(models / "encoder" / name, out / "encoder" / name)
    for name, module in joint.modules().items():
        if name != "encoder":
            file = torch.load(models / f"{name}.pt", map_location="cpu", weights_only=True)
            now = module.state_dict()
            file["model"] = {key: now.get(key, weight) for key, weight in file["model"].items()}
            write(file, out / f"{name}.pt")
    for name in ("tokenize", "mwt", "lemma"):
        shutil.copy(models / f"{name}.pt", out / f"{name}.pt")


def train(
    joint: Joint, feeds: Sequence[Iterator[list[Example]]], chosen: argparse.Namespace
) -> None:
    """Go on from the checkpoint, if there is one, to the last step."""
    groups = parameter_groups(joint, chosen.rate, chosen.head_rate)
    optimizer = torch.optim.AdamW(
        [dict(group) for group in groups], betas=(0.9, 0.98), weight_decay=0.01
    )
    weights = [weight for group in groups for weight in group["params"]]
    modules, done = joint.modules(), 0
    checkpoint = chosen.out / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location="cpu", weights_only=True)
        done = saved["step"]
        optimizer.load_state_dict(saved["optimizer"])
        for group, own in zip(optimizer.param_groups, groups, strict=True):
            group["highest"] = own["highest"]
        for name, module in modules.items():
            module.load_state_dict(saved[name])
        print(f"going on from step {done}")
    for module in modules.values():
        module.train()
    began, seen = time.time(), 0
    means: dict[str, float] = {}
    for step in range(done + 1, chosen.steps + 1):
        factor = min(1, step / WARMUP) * max(LEAST, 1 - step / chosen.steps)
        for group in optimizer.param_groups:
            group["lr"] = group["highest"] * factor
        optimizer.zero_grad()
        for feed in feeds:
            batch = next(feed)
            loss, parts = joint.loss(batch)
            loss.backward()
            seen += sum(len(own.words) for own in batch)
            for name, value in parts.items():
                means[name] = 0.97 * means.get(name, value) + 0.03 * value
        nn.utils.clip_grad_norm_(weights, 5.0)
        optimizer.step()
        if step % 20 == 0:
            shown = ", ".join(f"{name} {value:.3f}" for name, value in means.items())
            speed = seen / (time.time() - began)
            print(f"step {step}: {shown}; {speed:.0f} words/s", flush=True)
        if step % chosen.every == 0 or step == chosen.steps:
            save(joint, chosen.models, chosen.out)
            states = {name: module.state_dict() for name, module in modules.items()}
            torch.save({"step": step, "optimizer": optimizer.state_dict(), **states}, checkpoint)


def main() -> None:
    options = arguments(__doc__)
    options.add_argument("names", nargs="+", help="NAME:SHARE of sets of --ner with names only")
    options.add_argument("--models", type=Path, required=True, help="folder to start from")
    options.add_argument("--out", type=Path, required=True, help="folder to write")
    options.add_argument("--ner", type=Path, default=Path("ner"), help="folder of prepare_ner")
    options.add_argument("--steps", type=int, default=1500)
    options.add_argument(
        "--words",
        type=int,
        nargs=2,
        default=(450, 850),
        help="words in a batch with trees and in one with names only (default: 450 850)",
    )
    options.add_argument("--rate", type=float, default=8e-5, help="highest rate of the encoder")
    options.add_argument("--head-rate", type=float, default=8e-4, help="highest rate of the heads")
    options.add_argument("--other-case", type=float, default=0.1)
    options.add_argument("--every", type=int, default=200, help="steps between checkpoints")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    random.seed(chosen.seed)
    torch.manual_seed(chosen.seed)
    chosen.out.mkdir(parents=True, exist_ok=True)
    data = folder(chosen.gold)
    paths = [data / "treebanks" / f"{name}.conllu" for name, _ in TREES]
    joint = load(chosen.models, paths, chosen.other_case)
    tagged = [s for _, name in TREES for s in read_stanza(chosen.ner / f"{name}.json")]
    numbers = {tuple(words): number for number, words in enumerate(joint.bank.words())}
    with_trees = [
        Example(own, numbers[key])
        for own in map(plain, tagged)
        if (key := tuple(word for word, _ in own)) in numbers and len(key) <= LONGEST
    ]
    names = []
    for pair in chosen.names:
        name, _, share = pair.partition(":")
        own = [plain(s) for s in read_stanza(chosen.ner / f"{name}.json")]
        names += [Example(s) for s in random.sample(own, int(float(share or 1) * len(own)))]
    print(f"{len(with_trees)} of {len(tagged)} sentences with trees, {len(names)} with names only")
    feeds = [
        batches(own, words) for own, words in zip((with_trees, names), chosen.words, strict=True)
    ]
    train(joint, feeds, chosen)


if __name__ == "__main__":
    try:
        main()
    except DataError as error:
        sys.exit(f"fine_tune: {error}")
