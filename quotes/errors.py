"""The exception tree.

    QuotesError
    ├── InputError          a file or text that cannot be read or holds nothing to read
    │   └── LanguageError   readable, but in a language that no rule file covers
    ├── EngineError         a cluster or a process that cannot be had, or cannot do the work
    ├── ModelError          no model, or a model that does not fit this program
    ├── ParseError          a text that could not be parsed, or a parse that does not fit it
    ├── RuleError           a mistake in a rule file, a pattern or a word list
    └── StoreError          a store that cannot be opened, read or written
        ├── SpeakerError    a name that no speaker of the store has, or that several have
        ├── SearchIndexError    a search index that is damaged, or that another process is updating
        └── StoreNotWritable    a store in which this user may not write

A message says where (file, line, rule, document), what was found and what to do. Nothing in the
library prints or exits.
"""

from __future__ import annotations


class QuotesError(Exception):
    """Anything that this package raises on purpose."""


class InputError(QuotesError):
    """A file or text that cannot be read, or that holds nothing to read.

    The message names it and the reason.
    """


class LanguageError(InputError):
    """A text in a language that no rule file covers; `language` is its ISO 639-1 code."""

    language: str | None = None


class EngineError(QuotesError):
    """A cluster or a process that cannot be had, or that cannot do the work.

    The message says what happened, and what to start or install.
    """


class ModelError(QuotesError):
    """No model under the name or path given, or one that does not fit this program."""


class ParseError(QuotesError):
    """A text that could not be parsed, or a parse that does not fit its text."""


class RuleError(QuotesError):
    """A mistake in a rule file, a pattern or a word list; the message names file, line or rule."""


class StoreError(QuotesError):
    """A store that cannot be opened, read or written.

    The message names the folder or file, and says what is safe.
    """


class SpeakerError(StoreError):
    """A name that no speaker of the store has, or that fits several.

    The message lists the nearest or all of them.
    """


class SearchIndexError(StoreError):
    """A search index that is damaged or missing, or that another process is updating.

    It is derived, and can be built again.
    """


class StoreNotWritable(StoreError):
    """A store in which this user may not write, or on a disk that is read-only."""


class QuotesWarning(UserWarning):
    """Something that a caller is likely not to want, such as a path given in place of a text."""


def first_line(error: Exception) -> str:
    """Return the type of an error and the first line of its message, at most 120 characters."""
    line = f"{type(error).__name__}: {str(error).strip()}".splitlines()[0]
    return line if len(line) <= 120 else f"{line[:119].rstrip()}…"
