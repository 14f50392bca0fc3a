r"""What the frozen encoder says of each sentence, computed once.

The name tagger is trained over it in many passes.

Reads the sentences of NER/*.json and writes OUT/NAME.npy (words x 4 x 384, float16: the last four
layers at each word's last piece, as Stanza reads them) and OUT/NAME.words.json. Encoder and pieces
see no case, so a sentence in other case has the same features. Files that are there are kept. About
2,000 words a second on one core, 3 kB a word.

    python -m training.features --encoder models/encoder --ner ner \
        --out features world uner gum people titles news bodies world-dev uner-dev silver-dev
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.gold import DataError, read_stanza, text_of

LAYERS, UNITS = 4, 384
PIECES = 1200  # word pieces in one run, padding included
LONGEST = 512

Key = tuple[str, ...]


def key_of(words: list[str]) -> Key:
    """Return what a sentence is looked up by."""
    return tuple(word.lower() for word in words)


class Features:
    """Cached features, read from disk when asked for."""

    def __init__(self, folder: Path, names: list[str]) -> None:
        self._where: dict[Key, tuple[np.ndarray[Any, Any], int, int]] = {}
        for name in names:
            array = np.load(folder / f"{name}.npy", mmap_mode="r")
            start = 0
            for words in json.loads(text_of(folder / f"{name}.words.json")):
                self._where.setdefault(key_of(words), (array, start, len(words)))
                start += len(words)

    def __call__(self, words: list[str]) -> np.ndarray[Any, Any]:
        """Return words x layers x units.

        Raises:
            DataError: for a sentence that is in none of the files.
        """
        try:
            array, start, length = self._where[key_of(words)]
        except KeyError:
            raise DataError(
                f"no features for the sentence {' '.join(words)[:80]!r}: run training.features on "
                "its file again"
            ) from None
        return array[start : start + length]


def batches(sentences: list[list[str]]) -> Iterator[list[int]]:
    """Yield numbers of sentences of like length, enough together to keep the encoder busy."""
    order = sorted(range(len(sentences)), key=lambda index: len(sentences[index]))
    batch: list[int] = []
    for index in order:
        if batch and (len(batch) + 1) * len(sentences[index]) * 1.4 > PIECES:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


@torch.inference_mode()
def compute(encoder: Any, tokenizer: Any, sentences: list[list[str]], out: Path) -> None:
    """Write the features of sentences to one file."""
    from stanza.models.common.bert_embedding import convert_to_position_list

    starts = np.concatenate([[0], np.cumsum([len(words) for words in sentences])])
    array = np.lib.format.open_memmap(
        out, mode="w+", dtype=np.float16, shape=(int(starts[-1]), LAYERS, UNITS)
    )
    for batch in batches(sentences):
        own = [sentences[index] for index in batch]
        pieces = tokenizer(
            own,
            padding="longest",
            is_split_into_words=True,
            return_tensors="pt",
            truncation=True,
            max_length=LONGEST,
        )
        states = encoder(
            pieces["input_ids"], attention_mask=pieces["attention_mask"], output_hidden_states=True
        ).hidden_states
        stacked = torch.stack(states[-LAYERS:], dim=2)
        for row, index in enumerate(batch):
            last = [
                1 if place is None else place
                for place in convert_to_position_list(own[row], pieces.word_ids(row))[1:-1]
            ]
            array[starts[index] : starts[index + 1]] = stacked[row, last].half().numpy()
    array.flush()


def main() -> None:
    from transformers import AutoModel, AutoTokenizer

    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("names", nargs="+", help="files of --ner, without .json")
    options.add_argument(
        "--encoder", type=Path, required=True, help="folder of the exported encoder"
    )
    options.add_argument(
        "--ner", type=Path, default=Path("ner"), help="folder that prepare_ner wrote (default: ner)"
    )
    options.add_argument(
        "--out", type=Path, default=Path("features"), help="folder to write (default: features)"
    )
    chosen = options.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    encoder = AutoModel.from_pretrained(
        chosen.encoder, dtype=torch.float32, add_pooling_layer=False, local_files_only=True
    ).eval()
    tokenizer = AutoTokenizer.from_pretrained(chosen.encoder, local_files_only=True)
    for name in chosen.names:
        done = chosen.out / f"{name}.words.json"
        if done.exists():
            print(f"{name}: there already")
            continue
        unique = list(
            dict.fromkeys(
                tuple(word for word, _ in sentence)
                for sentence in read_stanza(chosen.ner / f"{name}.json")
            )
        )
        sentences = [list(words) for words in unique if words]
        compute(encoder, tokenizer, sentences, chosen.out / f"{name}.npy")
        done.write_text(json.dumps(sentences, ensure_ascii=False), encoding="utf-8")
        print(f"{name}: {len(sentences)} sentences")


if __name__ == "__main__":
    try:
        main()
    except DataError as error:
        sys.exit(f"features: {error}")
