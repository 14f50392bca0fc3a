"""Training and test data for the name tagger (PER, ORG, LOC).

In the JSON that Stanza and train_ner.py read.

Writes to OUT: uner.json (Universal NER's gold of EWT train, in the words of the treebank), gum.json
(GUM train, names_gum.py), world.json (news of the world, long sentences cut), news.json (6,000
sentences of PolNeAR train with the tags that CoreNLP gave it); and copies with other names, the
same ones each time: bodies.json (other organizations, from data/en/words/organization-names.txt),
people.json (persons of other countries, from Faker's lists), titles.json (a title before a name,
outside it, from data/en/words). For measuring only: world-dev, uner-dev, silver-dev.

    python -m training.prepare_ner --gold DATA --out ner
"""

from __future__ import annotations

import random
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from quotes.language import Language
from training import names_gum
from training.gold import (
    FORM,
    DataError,
    Row,
    Tagged,
    add_leave_out,
    arguments,
    folder,
    read_bio,
    read_words,
    spans,
    tag,
    write_stanza,
)
from training.people import FAMILY_FIRST, People, people

NEWS_WITH_NAMES, NEWS_WITHOUT = 5200, 800
BODIES, PEOPLE, TITLED = 2500, 5000, 2000
LONGEST_WHOLE = 110  # words of a sentence that is not cut
ENDS = frozenset((".", "?", "!", ";", ":", "”", '"', ","))
SHORTEST, LONGEST = 5, 59  # words of a sentence of news.json


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
        names = [name for name in spans([tag for _, tag in sentence]) if name[2] == "ORG"]
        if len(changed) < size and names:
            others = [draw.choice(bodies).replace("'s", " 's") for _ in names]
            changed.append(_replaced(sentence, list(zip(names, map(_words, others), strict=True))))
    return changed


def with_other_people(
    sentences: list[Tagged], countries: Sequence[People], size: int = PEOPLE
) -> list[Tagged]:
    """Sentences that name persons, with names of other countries; the same ones each time."""
    draw = random.Random(11)
    changed: list[Tagged] = []
    for sentence in draw.sample(sentences, len(sentences)):
        names = [name for name in spans([tag for _, tag in sentence]) if name[2] == "PER"]
        if len(changed) < size and names and all(end - start < 4 for start, end, _ in names):
            country = draw.choice(countries)
            changed.append(
                _replaced(
                    sentence, [(name, person(country, name[1] - name[0], draw)) for name in names]
                )
            )
    return changed


def person(country: People, words: int, draw: random.Random) -> list[str]:
    """Return a name of a person in as many words as another has, or about as many."""
    first = draw.choice(sorted(draw.choice([country.female, country.male]) or country.first))
    last = draw.choice(sorted(country.last))
    if words == 1:
        return _words(last if draw.random() < 0.8 else first)
    middle = [f"{draw.choice('ABCDEGHJKLMNPRST')}."] if words > 2 else []
    parts = [last, first] if country.locale in FAMILY_FIRST else [first, *middle, last]
    return [word for part in parts for word in _words(part)]


def _words(name: str) -> list[str]:
    """Return the words of a name as treebanks have them."""
    return name.replace("-", " - ").split()


def _replaced(sentence: Tagged, others: Sequence[tuple[tuple[int, int, str], list[str]]]) -> Tagged:
    """Return a sentence with other words in the place of some of its names."""
    out: Tagged = []
    done = 0
    for (start, end, kind), words in others:
        out += sentence[done:start]
        out += [(word, f"{'I' if place else 'B'}-{kind}") for place, word in enumerate(words)]
        done = end
    return out + sentence[done:]


def with_titles(sentences: list[Tagged], titles: Sequence[str], size: int = TITLED) -> list[Tagged]:
    """Sentences that name persons, with a title before a name, outside it; the same each time."""
    draw = random.Random(13)
    changed: list[Tagged] = []
    for sentence in draw.sample(sentences, len(sentences)):
        persons = [start for start, _, kind in spans([t for _, t in sentence]) if kind == "PER"]
        bare = [start for start in persons if not (start and sentence[start - 1][0][:1].isupper())]
        if len(changed) < size and bare:
            at, title = draw.choice(bare), draw.choice(titles)
            written = title if draw.random() < 0.2 else title[0].upper() + title[1:]
            own: Tagged = [(word, "O") for word in written.split()]
            changed.append([*sentence[:at], *own, *sentence[at:]])
    return changed


def parts(sentence: Tagged, longest: int = LONGEST_WHOLE) -> Iterator[Tagged]:
    """Yield a sentence, or pieces of one that is too long, cut after a mark outside names."""
    while len(sentence) > longest:
        ends = [
            place
            for place in range(20, longest)
            if sentence[place - 1][0] in ENDS and not sentence[place][1].startswith("I-")
        ]
        cut = ends[-1] if ends else longest
        yield sentence[:cut]
        sentence = sentence[cut:]
    if sentence:
        yield sentence


def aligned(tagged: Iterable[Tagged], words: Iterable[list[Row]]) -> list[Tagged]:
    """Return tagged sentences cut into the words of a treebank, whose letters are the same.

    A sentence that the treebank does not have stays as it is; a name that ends within one of its
    words takes the whole word in.
    """
    rows = {"".join(row[FORM] for row in own): [row[FORM] for row in own] for own in words}
    out = []
    for sentence in tagged:
        own = rows.get("".join(word for word, _ in sentence))
        out.append(sentence if own is None else _recut(sentence, own))
    return out


def _recut(sentence: Tagged, words: list[str]) -> Tagged:
    tags = ["O"] * len(words)
    ends = list(accumulate(map(len, words)))
    letters = [0, *accumulate(len(word) for word, _ in sentence)]
    for start, end, kind in spans([own for _, own in sentence]):
        first = bisect_right(ends, letters[start])
        tag(tags, first, bisect_left(ends, letters[end]) + 1, kind)
    return list(zip(words, tags, strict=True))


def prepare(data: Path, out: Path, leave_out: Sequence[str] = ()) -> None:
    """Write all files."""
    language = Language.load("en")
    trees = list(read_words(data / "treebanks" / "ewt-train.conllu"))
    uner = aligned(read_bio(data / "ner" / "uner-train.bio"), trees)
    gum = names_gum.tagged(
        read_words(data / "treebanks" / "gum-open-train.conllu", leave_out),
        names_gum.forms_of(uner),
    )
    world = [
        part for sentence in read_bio(data / "ner" / "ww-train.bio") for part in parts(sentence)
    ]
    news = sample_news(read_bio(data / "ner" / "polnear-silver-train.bio"))
    bodies = unmistakable(language.words("organization-names"), [*uner, *gum])
    titles = sorted(
        line.partition("\t")[0]
        for name in ("titles", "honorifics")
        for line in language.words(name)
    )
    countries = [own for own in people() if len(own.last) > 30 and (own.female or own.first)]
    named = [*world, *uner, *gum]
    sets = {
        "uner": uner,
        "gum": gum,
        "world": world,
        "news": news,
        "bodies": with_other_bodies(random.Random(3).sample([*world, *news], 9000), bodies),
        "people": with_other_people(named, countries),
        "titles": with_titles(named, titles),
        "world-dev": read_bio(data / "ner" / "ww-dev.bio"),
        "uner-dev": read_bio(data / "ner" / "uner-dev.bio"),
        "silver-dev": read_bio(data / "ner" / "polnear-silver-dev.bio"),
    }
    for name, sentences in sets.items():
        write_stanza(out / f"{name}.json", sentences)


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
