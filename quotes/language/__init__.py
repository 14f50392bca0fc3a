"""Everything that belongs to one language, as one value: rules, word lists, thresholds.

    Language.load("en")                    a language that comes with the package
    Language.from_folder(path, code="xx")  one of your own, in a folder laid out as `data/en`

Stages take a `Language`, never a code with a default, so that no stage can fall back to English
unnoticed. What a stage makes of the lists (a `Lexicon`, the words of time, ...) it caches by
language.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from quotes.errors import LanguageError, RuleError
from quotes.language.resources import data_folder, languages, read_word_list
from quotes.language.rules import RuleSet, read_rules
from quotes.language.thresholds import (
    ParserSettings,
    Thresholds,
    read_parser_settings,
    read_thresholds,
)

__all__ = ["REQUIRED_LISTS", "Language", "Thresholds", "data_folder", "languages"]

REQUIRED_LISTS = frozenset(
    {
        "asking-verbs",
        "denial-verbs",
        "determiners",
        "document-nouns",
        "frame-prepositions",
        "group-nouns",
        "honorifics",
        "issuing-verbs",
        "label-words",
        "modal-verbs",
        "negation",
        "occasion-nouns",
        "organization-nouns",
        "person-nouns",
        "pronouns",
        "refusal-verbs",
        "reporter-conjunctions",
        "role-nouns",
        "saying-prepositions",
        "speaking-verbs",
        "time-words",
        "titles",
    }
)
"""Word lists without which quotes come out wrong, and not only fewer: every language has them.

One that holds nothing but a comment says that the language has no such words. All other lists are
optional; docs/rules.md says what each adds.
"""


@dataclass(frozen=True)
class Language:
    """One language: its ISO 639-1 `code` and the `folder` of its rules and word lists.

    Two values of the same code and folder are equal, so that functions can be cached by language.
    """

    code: str
    folder: Path

    @classmethod
    def load(cls, code: str) -> Language:
        """Return a language that comes with the package.

        Raises:
            LanguageError: where there are no rules for it.
            RuleError: where a word list that every language needs is missing.
        """
        if code not in languages():
            raise LanguageError(
                f"no rules for the language {code!r}; rules exist for: {', '.join(languages())}"
            )
        return _checked(_known(code, data_folder() / code))

    @classmethod
    def of(cls, code: str) -> Language:
        """Return a language for a parser of Stanza's, whether there are rules for it or not."""
        return _known(code, data_folder() / code)

    @classmethod
    def from_folder(cls, folder: str | Path, *, code: str) -> Language:
        """Return a language from a folder laid out as `data/en`.

        Raises:
            LanguageError: where the folder has no `rules.toml`.
            RuleError: where a word list that every language needs is missing.
        """
        folder = Path(folder).resolve()
        if not (folder / "rules.toml").is_file():
            raise LanguageError(f"{folder}: no rules.toml: a language needs rules and word lists")
        return _checked(_known(code, folder))

    def words(self, name: str) -> frozenset[str]:
        """Return the entries of the word list `words/<name>.txt`.

        Raises:
            RuleError: where the list is missing, or its lines are not in order.
        """
        return read_word_list(self._list(name))

    def optional_words(self, name: str) -> frozenset[str]:
        """Return the entries of a word list that a language may lack: none then.

        Raises:
            RuleError: where the lines of the list are not in order.
        """
        path = self._list(name)
        return read_word_list(path) if path.is_file() else frozenset()

    @cached_property
    def rules(self) -> RuleSet:
        """The attribution rules, compiled (RuleError where the file is broken)."""
        return read_rules(self.folder / "rules.toml")

    @cached_property
    def thresholds(self) -> Thresholds:
        """The thresholds of the language (RuleError where `language.toml` is missing or broken)."""
        return read_thresholds(self.folder / "language.toml")

    @cached_property
    def parser_settings(self) -> ParserSettings:
        """The settings of the parser, defaults where there are none (RuleError where broken)."""
        return read_parser_settings(self.folder / "language.toml")

    def _list(self, name: str) -> Path:
        return self.folder / "words" / f"{name}.txt"


@cache
def _known(code: str, folder: Path) -> Language:
    """Return the one value of a language, so that what it loads is loaded once."""
    return Language(code, folder)


@cache
def _checked(language: Language) -> Language:
    """Return the language. Raises RuleError where it lacks a list that it must have."""
    for name in sorted(REQUIRED_LISTS):
        path = language.folder / "words" / f"{name}.txt"
        if not path.is_file():
            raise RuleError(
                f"{path}: no such word list; every language needs it (docs/rules.md): "
                "where the language has no such words, a file with a comment will do"
            )
    return language
