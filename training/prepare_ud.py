"""Put the English treebanks together for training and measuring.

Writes OUT/UD_English-News/en_news-ud-{train,dev,test}.conllu (the layout that
stanza.utils.datasets.prepare_*_treebank reads with UDBASE=OUT) and OUT/dev-small.conllu (900
sentences, for quick scores while training). Train is EWT train and GUM train without the documents
under a non-commercial licence (wikiHow, fiction); dev and test are those of EWT and GUM.

    python -m training.prepare_ud --gold DATA --out ud
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from pathlib import Path

from training.gold import (
    DataError,
    add_leave_out,
    arguments,
    blocks,
    folder,
    text_of,
    without_genres,
)

PARTS = {
    "train": ("ewt-train", "gum-open-train"),
    "dev": ("ewt-dev", "gum-dev"),
    "test": ("ewt-test", "gum-test"),
}
SMALL = 900


def together(treebanks: Path, names: tuple[str, ...]) -> str:
    """Several CoNLL-U files as one, with an empty line between any two sentences."""
    return "".join(
        block + "\n\n" for name in names for block in blocks(text_of(treebanks / f"{name}.conllu"))
    )


def sample(text: str, size: int) -> str:
    """Return some of the sentences of a CoNLL-U text; the same ones each time."""
    sentences = blocks(text)
    random.Random(1).shuffle(sentences)
    return "".join(block + "\n\n" for block in sentences[:size])


def prepare(treebanks: Path, out: Path, leave_out: Sequence[str] = ()) -> None:
    """Write the four files."""
    home = out / "UD_English-News"
    home.mkdir(parents=True, exist_ok=True)
    for part, names in PARTS.items():
        text = together(treebanks, names)
        if part == "train":
            text = without_genres(text, leave_out)
        (home / f"en_news-ud-{part}.conllu").write_text(text, encoding="utf-8")
        print(f"{part}: {len(blocks(text))} sentences")
        if part == "dev":
            (out / "dev-small.conllu").write_text(sample(text, SMALL), encoding="utf-8")


def main() -> None:
    options = arguments(__doc__)
    options.add_argument(
        "--out", type=Path, default=Path("ud"), help="folder to write (default: ud)"
    )
    add_leave_out(options)
    chosen = options.parse_args()
    prepare(folder(chosen.gold) / "treebanks", chosen.out, chosen.leave_out)


if __name__ == "__main__":
    try:
        main()
    except DataError as error:
        sys.exit(f"prepare_ud: {error}")
