"""A store for people who work with pandas: every answer is a typed frame.

    with quotes.open("quotes-store") as store:
        store.quotes(speaker="Maria Zakharova", since="2023-10-01")

In: the folder of a store. Out: frames, whose columns docs/store.md describes. What is not for frames (records, decisions) is in
`Collection.store`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.defaults import MIN_CONFIDENCE
from quotes.readers.metadata import require_date
from quotes.store import Selection, Store, open_store

if TYPE_CHECKING:
    import pandas

DAYS = ("since", "until")


class Collection:
    """A store as frames. Text is `str`, days `datetime64[s]`, moments `datetime64[us, UTC]`, lists are lists."""

    def __init__(self, path: str | Path) -> None:
        self.store: Store = open_store(path)

    def documents(self) -> pandas.DataFrame:
        """One row a document, without its text."""
        return self.store.documents()

    def quotes(
        self,
        speaker: str | None = None,
        *,
        min_confidence: float = MIN_CONFIDENCE,
        limit: int | None = None,
        **conditions: Any,
    ) -> pandas.DataFrame:
        """One row a quote, by day. `conditions` are those of `quotes.store.Selection`; days may be "YYYY-MM-DD".

        Near copies of articles are left out unless `copies=True`. Raises SpeakerError for a name that is nobody's or several's.
        """
        given: dict[str, Any] = {
            name: _day(value) if name in DAYS else value for name, value in conditions.items()
        }
        wanted = Selection(min_confidence=min_confidence, **given)
        if speaker is not None:
            own = self.store.selection_of(self.store.speaker(speaker))
            wanted = replace(wanted, speaker_ids=own.speaker_ids, names=own.names)
        return self.store.quotes(wanted, limit=limit)

    def speakers(self, *, kind: str | None = None) -> pandas.DataFrame:
        """One row a speaker, the most quoted first: numbers of quotes and documents, first and last day of publication."""
        from quotes.store.speakers import listed_frame

        return listed_frame(self.store, kind=kind)

    def timeline(
        self, name: str, *, min_confidence: float = MIN_CONFIDENCE, **conditions: Any
    ) -> pandas.DataFrame:
        """What a speaker said, in order of time: the columns of `quotes`. Raises SpeakerError."""
        return self.quotes(name, min_confidence=min_confidence, **conditions)

    def roles(self, name: str) -> pandas.DataFrame:
        """The roles of a speaker, each with the days of publication on which it was first and last seen. Raises SpeakerError."""
        import pandas

        from quotes.store.speakers import roles

        spans = roles(self.store, self.store.speaker(name))
        columns = {
            "role": "str",
            "first": "datetime64[s]",
            "last": "datetime64[s]",
            "times": "int64",
            "documents": "int64",
        }
        return pandas.DataFrame(
            {
                c: pandas.Series([getattr(span, c) for span in spans], dtype=kind)
                for c, kind in columns.items()
            }
        )

    def check(self, words: str, *, limit: int = 10) -> pandas.DataFrame:
        """Who said this: one row for each print of each statement found, the best first.

        `statement` counts the statements; `match` is verbatim, altered or partial, `score` how much of the words it is; `first` says who
        printed the statement first. No row: not found in this collection.
        """
        import pandas

        from quotes.statements.check import check

        kinds = {
            "statement": "int64", "match": "str", "score": "float64", "words": "str", "speaker_id": "str", "speaker": "str", "role": "str",
            "document": "str", "outlet": "str", "published": "datetime64[s]", "said_on": "datetime64[s]", "type": "str",
            "confidence": "float64", "first": "bool", "id": "str",
        }  # fmt: skip
        rows = []
        for number, found in enumerate(check(self.store, words, limit=limit).found, start=1):
            first = {statement.id for statement in found.group.first}
            for s in found.group.statements:
                own = {name: getattr(s, name) for name in kinds if hasattr(s, name)}
                said = s.said_on.date if s.said_on else None
                more = {
                    "statement": number,
                    "match": found.kind,
                    "score": found.score,
                    "said_on": said,
                    "first": s.id in first,
                }
                rows.append(own | more)
        return pandas.DataFrame(
            {
                name: pandas.Series([row[name] for row in rows], dtype=kind)
                for name, kind in kinds.items()
            }
        )

    def sql(self, query: str, parameters: Sequence[Any] = ()) -> pandas.DataFrame:
        """The outcome of a SELECT (DuckDB) over the views of docs/store.md. Raises StoreError."""
        return self.store.sql(query, parameters)

    def close(self) -> None:
        """Give the memory back."""
        self.store.close()

    def __enter__(self) -> Collection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<quotes collection {str(self.store.path)!r}>"


def _day(value: date | str | None) -> date | None:
    return require_date(value) if isinstance(value, str) else value
