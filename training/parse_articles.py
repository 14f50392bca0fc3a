"""Parse articles with the embedded model into one CoNLL-U file each.

    python -m training.parse_articles work/parsed/train --gold GOLD [--texts FOLDER] [--threads 1]

By default all articles that attribution is trained on: PolNeAR train, `outlets/train`, and those of
`news/` that are labelled in `training/labels`; with `--texts` the text files of a folder. What is
there already is kept, so that the same command goes on where it was broken off; delete files (or
the folder) to have them made anew after a change of the model. `train_tagger`, `train_attribution`
and `quotes evaluate --parsed` read the result.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from quotes.errors import QuotesError
from quotes.evaluation import read_gold
from quotes.language import Language
from quotes.parsing import load
from quotes.parsing.conllu import write_conllu
from quotes.records import Document
from training.gold import arguments, folder
from training.labelled_articles import labelled_quotes


def documents_of(folder: Path) -> list[Document]:
    """Return the text files of a folder as documents."""
    return [
        Document(id=path.stem, text=path.read_bytes().decode("utf-8"), language="en")
        for path in sorted(folder.glob("*.txt"))
    ]


def trained_on(gold: Path) -> list[Document]:
    """Return the articles that attribution is trained on."""
    return [
        *(article.document for article in read_gold(gold / "polnear" / "train")),
        *(article.document for article in labelled_quotes(gold)),
    ]


def main(given: list[str] | None = None) -> None:
    options = arguments(__doc__)
    options.add_argument("out", type=Path)
    options.add_argument("--texts", type=Path)
    options.add_argument("--threads", type=int)
    a = options.parse_args(given)
    documents = documents_of(a.texts) if a.texts else trained_on(folder(a.gold))
    if not documents:
        raise SystemExit(f"{a.texts}: no .txt files in this folder")
    a.out.mkdir(parents=True, exist_ok=True)
    model = load(language=Language.load("en"), threads=a.threads)
    words, start = 0, time.monotonic()
    for number, document in enumerate(documents, 1):
        target = a.out / f"{document.id}.conllu"
        if target.exists():
            continue
        try:
            parse = model.parse(document)
        except QuotesError as error:
            print(f"{document.id}: {error}", file=sys.stderr)
            continue
        unfinished = target.with_suffix(".part")
        unfinished.write_text(write_conllu(document, parse), encoding="utf-8")
        unfinished.rename(target)
        words += sum(len(sentence.words) for sentence in parse.sentences)
        print(
            f"{number} of {len(documents)}: {words / (time.monotonic() - start):.0f} words/s",
            file=sys.stderr,
            flush=True,
        )


if __name__ == "__main__":
    main()
