"""Training and test data for the name tagger (PER, ORG, LOC).

In the JSON that Stanza and train_ner.py read.

Writes to OUT: ewt.json (EWT train, names_ewt.py), gum.json (GUM train, names_gum.py), silver.json
(PolNeAR train with the tags that CoreNLP gave it), news.json (6,000 sentences of it), bodies.json
(some of these with other organizations put in, from data/en/words/organization-names.txt: news of
the world names bodies that US news of 2015 does not), gold.json (the first four fifths of UNER EWT
dev); for measuring only: gold-test.json and gold-test.bio (its last fifth), silver-dev.json.

    python -m training.prepare_ner --gold DATA --out ner
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from quotes.language import Language
from training import names_ewt, names_gum
from training.gold import (
    DataError,
    Tagged,
    add_leave_out,
    arguments,
    folder,
    read_bio,
    read_words,
    spans,
    write_stanza,
)

NEWS_WITH_NAMES, NEWS_WITHOUT = 5200, 800
BODIES = 2500
SHORTEST, LONGEST = 5, 59  # words of a sentence of news.json


def split(sentences: list[Tagged]) -> tuple[list[Tagged], list[Tagged]]:
    """Return the first four fifths, which may be trained on, and the last, which may not."""
    cut = len(sentences) * 4 // 5
    return sentences[:cut], sentences[cut:]


def sample_news(silver: list[Tagged]) -> list[Tagged]:
    """Sentences of ordinary length, most of them with names; the same ones each time."""
    mixed = list(silver)
    random.Random(5).shuffle(mixed)
    mixed = [sentence for sentence in mixed if SHORTEST <= len(sentence) <= LONGEST]
    with_names = [s for s in mixed if any(tag != "O" for _, tag in s)]
    without = [s for s in mixed if all(tag == "O" for _, tag in s)]
    return with_names[:NEWS_WITH_NAMES] + without[:NEWS_WITHOUT]


def unmistakable(names: Iterable[str], sentences: Iterable[Tagged]) -> list[str]:
    """Return the names that are no common words as well ("Time", "Sun"), sorted."""
    common = {word for sentence in sentences for word, _ in sentence if word.islower()}
    return sorted(name for name in names if " " in name or name.lower() not in common)


def with_other_bodies(
    sentences: list[Tagged], bodies: list[str], size: int = BODIES
) -> list[Tagged]:
    """Sentences that name organizations, with others in their place; the same ones each time."""
    draw = random.Random(7)
    changed: list[Tagged] = []
    for sentence in sentences:
        names = spans([tag for _, tag in sentence])
        if len(changed) < size and any(kind == "ORG" for _, _, kind in names):
            changed.append(_swapped(sentence, names, bodies, draw))
    return changed


def _swapped(
    sentence: Tagged, names: list[tuple[int, int, str]], bodies: list[str], draw: random.Random
) -> Tagged:
    out: Tagged = []
    done = 0
    for start, end, kind in names:
        if kind == "ORG":
            words = draw.choice(bodies).replace("'s", " 's").replace("-", " - ").split()
            out += sentence[done:start] + [
                (word, "I-ORG" if place else "B-ORG") for place, word in enumerate(words)
            ]
            done = end
    return out + sentence[done:]


def write_bio(path: Path, sentences: list[Tagged]) -> None:
    """Tagged sentences as measure.py reads them."""
    path.write_text(
        "\n".join("".join(f"{word}\t{tag}\n" for word, tag in sentence) for sentence in sentences),
        encoding="utf-8",
    )


def prepare(data: Path, out: Path, leave_out: Sequence[str] = ()) -> None:
    """Write all files."""
    ewt = list(
        names_ewt.tagged(read_words(data / "treebanks" / "ewt-train.conllu"), names_ewt.read_list())
    )
    gum = names_gum.tagged(
        read_words(data / "treebanks" / "gum-open-train.conllu", leave_out), names_gum.forms_of(ewt)
    )
    silver = read_bio(data / "ner" / "polnear-silver-train.bio")
    train, test = split(read_bio(data / "ner" / "uner-dev.bio"))
    news = sample_news(silver)
    bodies = unmistakable(Language.load("en").words("organization-names"), [*ewt, *gum])
    parts = {
        "ewt": ewt,
        "gum": gum,
        "silver": silver,
        "news": news,
        "bodies": with_other_bodies(news, bodies),
        "gold": train,
        "gold-test": test,
        "silver-dev": read_bio(data / "ner" / "polnear-silver-dev.bio"),
    }
    for name, sentences in parts.items():
        write_stanza(out / f"{name}.json", sentences)
    write_bio(out / "gold-test.bio", test)


def main() -> None:
    options = arguments(__doc__)
    options.add_argument(
        "--out", type=Path, default=Path("ner"), help="folder to write (default: ner)"
    )
    add_leave_out(options)
    chosen = options.parse_args()
    prepare(folder(chosen.gold), chosen.out, chosen.leave_out)


if __name__ == "__main__":
    try:
        main()
    except DataError as error:
        sys.exit(f"prepare_ner: {error}")
