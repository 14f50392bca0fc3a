"""Everything that belongs to one language, as one value: rules, word lists, thresholds.

    Language.load("en")                    a language that comes with the package
    Language.from_folder(path, code="xx")  one of your own: a folder with `rules.toml` and `words/`

Stages take a `Language`, never a code with a default, so that no stage can fall back to English
unasked. What a stage makes of the lists (a `Lexicon`, the words of time, ...) it caches by language.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from quotes.errors import LanguageError
from quotes.language.resources import data_folder, languages, read_word_list
from quotes.language.rules import RuleSet, load_rules

__all__ = ["Language", "data_folder", "languages"]


@dataclass(frozen=True)
class Language:
    """One language: its ISO 639-1 `code` and the `folder` of its rules and word lists.

    Two values of the same code and folder are equal, so that functions can be cached by language.
    """

    code: str
    folder: Path

    @classmethod
    def load(cls, code: str) -> Language:
        """Give a language that comes with the package.

        Raises:
            LanguageError: where there are no rules for it.
        """
        if code not in languages():
            raise LanguageError(
                f"no rules for the language {code!r}; rules exist for: {', '.join(languages())}"
            )
        return _known(code, data_folder() / code)

    @classmethod
    def of(cls, code: str) -> Language:
        """Give a language whether there are rules for it or not; one without has no words."""
        return _known(code, data_folder() / code)

    @classmethod
    def from_folder(cls, folder: str | Path, *, code: str) -> Language:
        """Give a language from a folder laid out as `data/en`.

        Raises:
            LanguageError: where the folder has no `rules.toml`.
        """
        folder = Path(folder).resolve()
        if not (folder / "rules.toml").is_file():
            raise LanguageError(f"{folder}: no rules.toml: a language needs rules and word lists")
        return _known(code, folder)

    def words(self, name: str) -> frozenset[str]:
        """Give the entries of the word list `words/<name>.txt`.

        Raises:
            RuleError: where the list is missing, or its lines are not in order.
        """
        return read_word_list(self.folder / "words" / f"{name}.txt")

    def optional_words(self, name: str) -> frozenset[str]:
        """Give the entries of a word list that a language may lack: none then."""
        path = self.folder / "words" / f"{name}.txt"
        return read_word_list(path) if path.is_file() else frozenset()

    @cached_property
    def rules(self) -> RuleSet:
        """The attribution rules, compiled (RuleError where the file is broken)."""
        return load_rules(self.code, path=self.folder / "rules.toml")


@cache
def _known(code: str, folder: Path) -> Language:
    """Give the one value of a language, so that what it loads is loaded once."""
    return Language(code, folder)
