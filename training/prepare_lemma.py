r"""A short training file for stanza.models.lemmatizer.

Each (form, UPOS, lemma) at most three times, as sentences of 20 words.

The cap keeps which lemma is the commoner one for the dictionary and spares the seq2seq part 400,000
repeated steps.

    python -m training.prepare_lemma \
        ud/UD_English-News/en_news-ud-train.conllu ud/lemma-train.conllu
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from training.gold import FORM, LEMMA, UPOS, DataError, Row, read_words

CAP = 3
LENGTH = 20


def capped(sentences: Iterable[list[Row]], cap: int = CAP) -> list[tuple[str, str, str]]:
    """Return (form, lemma, UPOS) of all words with a lemma, each at most `cap` times.

    They come in a mixed order that is the same each time.
    """
    seen = Counter(
        (row[FORM], row[LEMMA], row[UPOS])
        for sentence in sentences
        for row in sentence
        if row[LEMMA] != "_"
    )
    words = [word for word, count in seen.items() for _ in range(min(count, cap))]
    random.Random(1).shuffle(words)
    return words


def as_conllu(words: list[tuple[str, str, str]], length: int = LENGTH) -> str:
    """Return words as sentences with a flat tree, which is what the lemmatizer reads."""
    lines = []
    for start in range(0, len(words), length):
        for number, (form, lemma, upos) in enumerate(words[start : start + length], 1):
            head, deprel = ("0", "root") if number == 1 else ("1", "dep")
            lines.append(
                "\t".join((str(number), form, lemma, upos, "_", "_", head, deprel, "_", "_"))
            )
        lines.append("")
    return "\n".join(lines) + "\n"


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("train", type=Path, help="the training file that prepare_ud wrote")
    options.add_argument("out", type=Path, help="file to write")
    chosen = options.parse_args()
    words = capped(read_words(chosen.train))
    chosen.out.write_text(as_conllu(words), encoding="utf-8")
    print(f"{chosen.out}: {len(set(words))} triples, {len(words)} words")


if __name__ == "__main__":
    try:
        main()
    except DataError as error:
        sys.exit(f"prepare_lemma: {error}")
