"""The audit of a store, or of articles that are not stored, with its result.

In: what `quotes.audit` takes. Out: an `Audit`, which turns itself into a frame, CSV or JSON lines.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.api import models_of
from quotes.arguments import require, require_choice
from quotes.defaults import DEFAULT_LANGUAGE
from quotes.errors import InputError, QuotesWarning
from quotes.language import Language
from quotes.pipeline import Processed, run
from quotes.records import Failure
from quotes.source_audit import GROUPINGS, Grouping
from quotes.source_audit.collection_voices import Voices, voices_of_documents, voices_of_store
from quotes.source_audit.voices import Group
from quotes.source_audit.voices import audit as count_voices
from quotes.store import Store, open_store

if TYPE_CHECKING:
    import pandas

    from quotes.collection import Collection
    from quotes.models import Models
    from quotes.parsing.interface import Parser

NOTHING = "nothing to audit: give articles, or a store"


@dataclass(frozen=True)
class Audit:
    """Whom articles let speak.

    Attributes:
        by: What the groups are: article, author, outlet or month.
        groups: The groups with their voices, in order of their names or of time.
        facts: What people wrote of voices in an earlier audit, by folded name.
        failures: Articles that could not be processed.
    """

    by: Grouping
    groups: tuple[Group, ...]
    facts: Mapping[str, str] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()

    def to_frame(self) -> pandas.DataFrame:
        """Return a frame with a row a voice of a group, with the columns of docs/audit.md."""
        from quotes.output.audit_rows import to_frame

        return to_frame(self.groups, self.facts)

    def to_csv(self) -> str:
        """Return the CSV that `quotes audit --format csv` prints, a line a voice."""
        from quotes.output.audit_rows import to_csv

        return to_csv(self.groups, self.facts)

    def to_json(self) -> str:
        """Return the JSON lines that `quotes audit --format jsonl` prints, an object a voice."""
        from quotes.output.audit_rows import to_json_lines

        return to_json_lines(self.groups, self.facts)

    def __repr__(self) -> str:
        voices = sum(len(group.voices) for group in self.groups)
        return f"<audit by {self.by}: {len(self.groups)} groups, {voices} voices>"


def audit_collection(
    articles: Any,
    *,
    store: str | Path | Store | Collection | None,
    by: Grouping | None,
    columns: Mapping[str, str] | None,
    facts: str | Path | None,
    model: str,
    parser: Models | Parser | None,
) -> Audit:
    """Count the voices of a collection: see `quotes.audit`."""
    from quotes.output.audit_rows import read_facts

    require("facts", facts, str, Path, optional=True)
    require_choice("by", by, GROUPINGS)
    if articles is not None and store is not None:
        raise ValueError("give articles or a store, not both")
    if articles is None and store is None:
        raise InputError(NOTHING)
    known = read_facts(Path(facts)) if facts else {}
    failures: tuple[Failure, ...] = ()
    if store is not None:
        voices = _of_store(store)
    else:
        voices, failures = _of_articles(articles, columns, model, parser)
    grouping: Grouping = by or ("article" if store is None else "outlet")
    return count(voices, grouping, facts=known, failures=failures)


def count(
    voices: Voices,
    by: Grouping,
    *,
    facts: Mapping[str, str] | None = None,
    failures: tuple[Failure, ...] = (),
) -> Audit:
    """Return the audit of the voices of a collection."""
    groups = count_voices(voices.utterances, voices.mentions, by=by)
    return Audit(by, groups, facts or {}, failures)


def _of_store(store: Any) -> Voices:
    """Return the voices of a store given as such, as a collection or as a folder."""
    if isinstance(store, str | Path):
        with open_store(store) as opened:
            return voices_of_store(opened)
    own = store if isinstance(store, Store) else getattr(store, "store", None)
    require("store", own, Store)
    assert isinstance(own, Store)
    return voices_of_store(own)


def _of_articles(
    articles: Any,
    columns: Mapping[str, str] | None,
    model: str,
    parser: Models | Parser | None,
) -> tuple[Voices, tuple[Failure, ...]]:
    """Return the voices of articles, and those that failed."""
    from quotes.readers.in_memory import read_given

    done, failures = list[Processed](), list[Failure]()
    items = read_given(articles, columns=columns)
    for result in run(items, models=lambda language: models_of(model, parser, language)):
        if isinstance(result, Failure):
            failures.append(result)
            warnings.warn(result.message, QuotesWarning, stacklevel=4)
        else:
            done.append(result)
    if failures and not done:
        raise InputError(f"no article could be read: {failures[0].message}")
    return voices_of_documents(done, Language.load(DEFAULT_LANGUAGE)), tuple(failures)
