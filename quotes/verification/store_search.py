"""A store as a source: the few quotes, among all, that may be the words of a claim.

In: a store and words. Out: `SourceText`s of one quote each, with its speaker, role and day as they
stand now, reviews applied. Found by the search index of statements.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from quotes.records import Document
from quotes.statements.check import OnProgress, find_statements
from quotes.statements.types import Statement
from quotes.store import Store
from quotes.verification.findings import SourceSpeaker
from quotes.verification.source_texts import SourceText

MAX_QUOTES = 8  # that are compared word by word


class StoreQuotes:
    """The quotes of a store, to be searched for the words of claims."""

    def __init__(
        self,
        store: Store,
        asked: Iterable[str],
        *,
        without: Collection[str] = (),
        on_progress: OnProgress | None = None,
    ) -> None:
        """Search for the words of all claims at once.

        Args:
            store: The store.
            asked: The words of the claims.
            without: Documents that are no source, such as the draft itself.
            on_progress: Gets a line where an index must be built.
        """
        self._store, self._without = store, without
        words = list(dict.fromkeys(asked))
        found = find_statements(store, words, limit=MAX_QUOTES, on_progress=on_progress)
        self._found = dict(zip(words, found, strict=True))

    def __call__(self, words: str) -> Sequence[SourceText]:
        """Return the quotes that may be the words of a claim, the likeliest first."""
        return [
            self._source(statement)
            for statement in self._found[words]
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
