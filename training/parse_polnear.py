"""Parse the texts of a folder with the embedded model into one CoNLL-U file each.

    python -m training.parse_polnear GOLD/polnear/train/text work/parsed/train [--threads 1]

What is there already is kept, so that the same command goes on where it was broken off; delete
files (or the folder) to have them made anew after a change of the model. `train_attribution` and
`quotes evaluate --parsed` read the result.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from quotes.errors import QuotesError
from quotes.language import Language
from quotes.parsing import load
from quotes.parsing.conllu import write_conllu
from quotes.records import Document


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--threads", type=int)
    a = parser.parse_args(arguments)
    paths = sorted(a.texts.glob("*.txt"))
    if not paths:
        raise SystemExit(f"{a.texts}: no .txt files in this folder")
    a.out.mkdir(parents=True, exist_ok=True)
    model = load(language=Language.load("en"), threads=a.threads)
    words, start = 0, time.monotonic()
    for number, path in enumerate(paths, 1):
        target = a.out / f"{path.stem}.conllu"
        if target.exists():
            continue
        document = Document(id=path.stem, text=path.read_bytes().decode("utf-8"), language="en")
        try:
            parse = model.parse(document)
        except QuotesError as error:
            print(f"{path}: {error}", file=sys.stderr)
            continue
        unfinished = target.with_suffix(".part")
        unfinished.write_text(write_conllu(document, parse), encoding="utf-8")
        unfinished.rename(target)
        words += sum(len(sentence.words) for sentence in parse.sentences)
        print(
            f"{number} of {len(paths)}: {words / (time.monotonic() - start):.0f} words/s",
            file=sys.stderr,
            flush=True,
        )


if __name__ == "__main__":
    main()
