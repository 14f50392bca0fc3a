"""A store as a source: the few quotes, among all, that may be the words of a claim.

In: a store and words. Out: `SourceText`s of one quote each, with its speaker, role and day as they
stand now, reviews applied. Found by the search index of statements.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from quotes.records import Document
from quotes.statements.check import OnProgress, find_statements
from quotes.statements.types import Statement
from quotes.store import Store
from quotes.verification.findings import SourceSpeaker
from quotes.verification.source_texts import SourceText

MAX_QUOTES = 12  # that are compared word by word


class StoreQuotes:
    """The quotes of a store, to be searched for the words of claims."""

    def __init__(
        self,
        store: Store,
        *,
        without: Collection[str] = (),
        on_progress: OnProgress | None = None,
    ) -> None:
        """Take all quotes but those of the documents `without`, such as the draft itself."""
        self._store, self._without, self._on_progress = store, without, on_progress

    def __call__(self, words: str) -> Sequence[SourceText]:
        """Return the quotes that may be the words, the likeliest first."""
        found = find_statements(self._store, words, limit=MAX_QUOTES, on_progress=self._on_progress)
        return [
            self._source(statement)
            for statement in found
            if statement.document not in self._without
        ]

    def _source(self, statement: Statement) -> SourceText:
        document = Document(
            id=statement.document,
            text=statement.words,
            outlet=statement.outlet,
            title=statement.title,
            published=statement.published,
        )
        said = SourceSpeaker(
            name=statement.speaker,
            role=statement.role,
            said_on=statement.said_on,
            said_by="store",
            indirect=statement.type == "indirect",
        )
        return SourceText(document, self._store.language, said_by=said)
