"""First and last names of persons of many countries, from Faker's lists.

In: the package `faker` (MIT; only here, not a dependency of the package): for each of its locales
the lists of its provider of persons. Out: names in Latin letters, Cyrillic ones romanized as
newspapers do. Names that a locale writes in other letters are left out, unless it romanizes them
itself (China, Taiwan, Japan).
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from training.gold import DataError

VERSION = "40.63.0"
LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ][A-Za-zÀ-ɏḀ-ỿʻʼ'’ .-]+")
CYRILLIC = str.maketrans(
    {
        **dict(zip("абвгґдеёзиіїйклмнопрстуўфыэјѕ", "abvggdeeziiiyklmnoprstuufyejz", strict=True)),
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ю": "yu",
        "я": "ya",
        "є": "ye",
        "ъ": "",
        "ь": "",
        "ѓ": "gj",
        "ќ": "kj",
        "љ": "lj",
        "њ": "nj",
        "џ": "dz",
    }
)
FAMILY_FIRST = ("zh_CN", "zh_TW", "hu_HU", "vi_VN")  # the last name stands first


@dataclass
class People:
    """The names of one locale."""

    locale: str
    female: set[str] = field(default_factory=set)
    male: set[str] = field(default_factory=set)
    first: set[str] = field(default_factory=set)  # of either sex, or not said which
    last: set[str] = field(default_factory=set)


def people() -> list[People]:
    """Return the names of all locales that have some in Latin letters.

    Raises:
        DataError: where the package is missing.
    """
    try:
        import faker.providers.person as persons  # type: ignore[import-not-found]
    except ImportError as error:
        raise DataError(
            f"names of persons need the package faker: pip install faker=={VERSION}"
        ) from error
    found = []
    for locale in sorted(module.name for module in pkgutil.iter_modules(persons.__path__)):
        provider = importlib.import_module(f"{persons.__name__}.{locale}").Provider
        own = People(locale)
        for name, value in sorted(vars(provider).items()):
            if (place := _place(name)) and isinstance(value, (tuple, list, dict)):
                getattr(own, place).update(_latin(value))
        own.first -= own.female | own.male
        if own.last or own.first or own.female:
            found.append(own)
    return found


def _place(attribute: str) -> str:
    """Return which names a list of a provider holds."""
    if not attribute.rstrip("s").rpartition("_")[2] or "name" not in attribute:
        return ""
    if attribute.startswith(("last_names", "last_romanized", "male_last", "unisex_last")):
        return "last"
    if not attribute.startswith(("first_names", "first_romanized")):
        return ""
    if "female" in attribute:
        return "female"
    return "male" if "male" in attribute else "first"


def _latin(names: Iterable[object]) -> set[str]:
    """Return the names of a list in Latin letters."""
    plain = {name for name in names if isinstance(name, str)}
    romanized = {name.lower().translate(CYRILLIC).title() for name in plain if not name.isascii()}
    return {name for name in plain | romanized if LATIN.fullmatch(name)}
