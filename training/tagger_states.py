"""What the encoder says of each word of parsed articles, computed once.

The tagger is trained over it in many passes.

    python -m training.tagger_states work/parsed/train work/states

For each CoNLL-U file of the first folder a file of the second (words x 768, float16), as the tagger
gets it from the parse. Files that are there are kept: delete the folder after a change of the
encoder. About 1,000 words a second on one core, 1.5 kB a word.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from quotes.encoder.word_states import load_word_states
from quotes.parsing import EMBEDDED
from quotes.parsing.conllu import read_conllu


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parsed", type=Path)
    parser.add_argument("out", type=Path)
    a = parser.parse_args(arguments)
    a.out.mkdir(parents=True, exist_ok=True)
    states = load_word_states(EMBEDDED / "encoder")
    for number, path in enumerate(sorted(a.parsed.glob("*.conllu")), 1):
        target = a.out / f"{path.stem}.npy"
        sentences = [
            [word.form for word in sentence.words]
            for _, parse in read_conllu(path)
            for sentence in parse.sentences
        ]
        if not target.exists():
            np.save(target, states.of(sentences).half().numpy())
        if number % 50 == 0:
            print(f"{number} articles", flush=True)


if __name__ == "__main__":
    main()
