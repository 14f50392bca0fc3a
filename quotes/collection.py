"""A store for people who work with pandas: every answer is a typed frame.

    with quotes.open("quotes-store", create=True) as store:
        store.add("articles/", outlet="The Daily")
        store.quotes(speaker="Maria Zakharova", since="2023-10-01")

In: the folder of a store. Out: frames, whose columns docs/store.md describes. What is not for
frames (records, steps of a long run) is in `Collection.store`.
"""

from __future__ import annotations

import getpass
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from dataclasses import replace as replaced
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from quotes.api import given_metadata, to_date
from quotes.arguments import (
    require,
    require_callable,
    require_choice,
    require_list,
    require_number,
    require_texts,
)
from quotes.conditions import Conditions
from quotes.defaults import MIN_CONFIDENCE
from quotes.errors import QuotesWarning
from quotes.records import Action, Document, Failure, Review, ReviewRequest
from quotes.store import Selection, Store, open_store
from quotes.store.known_names import find_outlet
from quotes.store.row_batches import add_own_columns

if TYPE_CHECKING:
    import pandas

    from quotes.store.ingest import Step
    from quotes.verification.findings import Finding

DAYS = ("since", "until")
SPEAKER_KINDS = ("person", "organization")
CONDITIONS = tuple(
    field.name for field in fields(Selection) if field.name not in ("min_confidence",)
)
CHECK_COLUMNS = {
    "statement": "int64",
    "match": "str",
    "score": "float64",
    "words": "str",
    "speaker_id": "str",
    "speaker": "str",
    "role": "str",
    "document": "str",
    "outlet": "str",
    "published": "datetime64[s]",
    "said_on": "datetime64[s]",
    "type": "str",
    "confidence": "float64",
    "first": "bool",
    "id": "str",
}


@dataclass(frozen=True, slots=True)
class Added:
    """What `Collection.add` did: numbers of documents, of quotes found, and what failed."""

    added: int = 0
    revised: int = 0
    unchanged: int = 0
    quotes: int = 0
    failures: tuple[Failure, ...] = ()


class Collection:
    """A store as frames.

    Text is `str`, days are `datetime64[s]`, moments `datetime64[us, UTC]`, lists are lists.
    """

    def __init__(self, path: str | Path, *, create: bool = False) -> None:
        def warn(message: str) -> None:  # from open_store, __init__ and quotes.open
            warnings.warn(message, QuotesWarning, stacklevel=5)

        self.store: Store = open_store(
            path, create=create, made_by="quotes.open" if create else "", on_message=warn
        )
        if create:
            self.store.ensure_identified(lambda message: None)

    # Reading

    def document(self, id: str, *, revision: int | None = None) -> Document:
        """Return a document with its text, in its newest revision or an earlier one (from 1).

        Raises:
            StoreError: where there is none.
        """
        require("id", id, str)
        require_number("revision", revision, at_least=1, optional=True)
        return self.store.document(id, revision=revision)

    def documents(self) -> pandas.DataFrame:
        """Return one row a document, without its text."""
        return self.store.documents()

    def quotes(
        self,
        speaker: str | None = None,
        *,
        min_confidence: float = MIN_CONFIDENCE,
        limit: int | None = None,
        **conditions: Unpack[Conditions],
    ) -> pandas.DataFrame:
        """Return one row a quote, by day; near copies of articles only with `copies=True`.

        Args:
            speaker: A name or id of a speaker.
            min_confidence: Quotes below it are left out (0 to 1).
            limit: Most rows.
            **conditions: Those of `quotes.store.Selection` (about, since, until, outlet, type ...);
                days may be "YYYY-MM-DD", `outlet` a part of a name in any case.

        Raises:
            StoreError: for an outlet that fits none or several.
            SpeakerError: for a name that is nobody's or several's.
            TypeError: for an unknown condition, or a value of another type.
            ValueError: for a value that cannot be, such as a type of quote that does not exist.
        """
        require("speaker", speaker, str, optional=True)
        require_number("limit", limit, at_least=0, optional=True)
        for name in conditions:
            if name not in CONDITIONS:
                raise TypeError(
                    f"there is no condition {name!r}: there are {', '.join(sorted(CONDITIONS))}"
                )
        given: dict[str, Any] = {
            name: to_date(value, name) if name in DAYS else value  # type: ignore[arg-type]
            for name, value in conditions.items()
        }
        if isinstance(given.get("outlet"), str):
            given["outlet"] = find_outlet(self.store, given["outlet"])
        wanted = Selection(min_confidence=min_confidence, **given)
        if speaker is not None:
            own = self.store.selection_of(self.store.speaker(speaker))
            wanted = replaced(wanted, speaker_ids=own.speaker_ids, names=own.names)
        return add_own_columns(self.store, self.store.quotes(wanted, limit=limit))

    def speakers(self, *, kind: str | None = None) -> pandas.DataFrame:
        """Return one row a speaker, the most quoted first.

        With its most printed role, numbers of quotes and documents, and the first and last day of
        its quotes with the precision of each.

        Args:
            kind: Only "person" or only "organization".

        Raises:
            ValueError: for another kind.
        """
        from quotes.store.speakers import listed_frame

        require_choice("kind", kind, SPEAKER_KINDS)
        return listed_frame(self.store, kind=kind)

    def timeline(
        self, name: str, *, min_confidence: float = MIN_CONFIDENCE, **conditions: Unpack[Conditions]
    ) -> pandas.DataFrame:
        """Return what a speaker said, in order of time, with the columns of `quotes`.

        Raises:
            SpeakerError: for a name that is nobody's or several's.
        """
        require("name", name, str)
        return self.quotes(name, min_confidence=min_confidence, **conditions)

    def roles(self, name: str) -> pandas.DataFrame:
        """Return the roles of a speaker, each with the first and last day on which it was printed.

        Raises:
            SpeakerError: for a name that is nobody's or several's.
        """
        import pandas

        from quotes.store.speakers import roles

        require("name", name, str)

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
        """Find who said this: one row for each print of each statement found, the best first.

        Args:
            words: What is said to have been said.
            limit: Most statements.

        Returns:
            `statement` counts the statements; `match` is verbatim, altered or partial, `score` how
            much of the words it is; `first` marks who printed the statement first. No row: not
            found in this collection.
        """
        import pandas

        from quotes.statements.check import check

        require("words", words, str)
        require_number("limit", limit, at_least=1)
        rows = []
        for number, found in enumerate(check(self.store, words, limit=limit).found, start=1):
            first = {statement.id for statement in found.group.first}
            for s in found.group.statements:
                own = {name: getattr(s, name) for name in CHECK_COLUMNS if hasattr(s, name)}
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
                for name, kind in CHECK_COLUMNS.items()
            }
        )

    def reviews(self) -> pandas.DataFrame:
        """Return one row a review, the oldest first, undone ones too."""
        return self.sql('SELECT * FROM reviews ORDER BY "at", id')

    def unanchored(self) -> pandas.DataFrame:
        """Return the reviews whose words are not in their article any more."""
        ids = [review.id for review in self.store.unanchored()]
        reviews = self.reviews()
        return reviews[reviews["id"].isin(ids)].reset_index(drop=True)

    def failures(self) -> pandas.DataFrame:
        """Return one row a document that could not be processed: stage and message."""
        return self.sql('SELECT * FROM failures ORDER BY "at", id')

    def sql(self, query: str, parameters: Sequence[Any] = ()) -> pandas.DataFrame:
        """Return the outcome of a SELECT (DuckDB) over the views of docs/store.md.

        Raises:
            StoreError: for a query that cannot be run.
        """
        require("query", query, str)
        return self.store.sql(query, parameters)

    # Adding and removing

    def add(
        self,
        articles: Any,
        *,
        columns: Mapping[str, str] | None = None,
        published: date | str | None = None,
        outlet: str | None = None,
        author: str | None = None,
        language: str | None = None,
        model: str = "embedded",
        workers: int = 1,
        again: bool = False,
        replace: bool = False,
        on_progress: Callable[[Step], None] | None = None,
    ) -> Added:
        """Add articles; new and changed ones are processed, the others left as they are.

        Interrupted, it keeps what is done, and the same call goes on from there.

        Args:
            articles: Paths or addresses (one or several, as for `quotes.read`), a Document or
                several, or a pandas frame with an article a row.
            columns: Names of columns that are called otherwise, such as `{"text": "body"}`.
            published: Day of publication of those that do not say, as a date or "YYYY-MM-DD".
            outlet: The outlet of those that do not say.
            author: The author of those that do not say.
            language: An ISO 639-1 code; detected in each text unless given.
            model: "embedded", "stanza:en" or a folder of Stanza models.
            workers: Processes that work at once, each with a model of its own.
            again: Process unchanged articles, too, as after a new model.
            replace: Overwrite a stored article of the same id, though the texts share almost
                nothing; else such an article fails.
            on_progress: Called with each `Step`, once it is stored.

        Returns:
            Numbers, and the articles that failed; each of them is also warned of (`QuotesWarning`)
            and stored with its reason.

        Raises:
            InputError: for an unknown field in `columns`, or a frame without a text column.
            ModelError: without a model.
            StoreError: where the store cannot be written.
            TypeError: for articles, or another value, of another type.
            ValueError: for less than one worker.
        """
        require("columns", columns, Mapping, optional=True)
        require("model", model, str)
        require_number("workers", workers, at_least=1)
        require_callable("on_progress", on_progress)
        from quotes.readers.in_memory import read_given

        defaults = given_metadata(
            published=published, outlet=outlet, author=author, language=language
        )
        items = read_given(articles, defaults=defaults, columns=columns)
        failures, counts = list[Failure](), None
        for step in self.store.add(
            items, workers=workers, model=model, again=again, replace=replace
        ):
            counts = step.counts
            if step.failure:
                failures.append(step.failure)
                warnings.warn(step.failure.message, QuotesWarning, stacklevel=2)
            if on_progress:
                on_progress(step)
        if counts is None:
            return Added()
        return Added(counts.added, counts.revised, counts.unchanged, counts.quotes, tuple(failures))

    def remove(self, *documents: str, purge: bool = False) -> None:
        """Remove documents by id; `purge` deletes them from old files and their reviews, too.

        Raises:
            StoreError: for an unknown id; nothing is removed then.
            ValueError: without an id.
        """
        if not documents:
            raise ValueError("remove needs the id of a document")
        require_list("documents", documents)
        self.store.remove(documents, purge=purge)

    # Reviewing

    def review(
        self,
        quote: str,
        action: Action = "accept",
        value: str | None = None,
        *,
        by: str | None = None,
        why: str = "",
    ) -> Review:
        """Store a review of a quote; it counts at once and outlives new models and revisions.

        Args:
            quote: The id of the quote.
            action: "accept", "reject", "speaker", "role", "type" or "date".
            value: The right speaker, role, type or date; "" where there is none.
            by: Who reviews; by default the user of this computer.
            why: The reason.

        Raises:
            StoreError: for an unknown quote or action, or a missing value.
        """
        require("quote", quote, str)
        return self.review_many([quote], action, value, by=by, why=why)[0]

    def review_many(
        self,
        quotes: Iterable[str],
        action: Action = "accept",
        value: str | None = None,
        *,
        by: str | None = None,
        why: str = "",
    ) -> tuple[Review, ...]:
        """Store one review of each of these quotes (ids), all of them or, with an error, none.

        Arguments and errors are those of `review`.
        """
        ids = require_list("quotes", quotes)
        require("action", action, str)
        require_texts(value=value, by=by)
        require("why", why, str)
        who = by or getpass.getuser()
        reviews = self.store.review_many(
            ReviewRequest(action=action, by=who, quote=quote, value=value, why=why) for quote in ids
        )
        if action == "speaker" and value and not self.store.has_name(value):
            with self.store.writing():
                self.store.identify()  # so that the new name is a speaker
        return reviews

    def accept_finding(self, finding: Finding, *, why: str, by: str | None = None) -> Review:
        """Store that a finding of `quotes.verify` is accepted, with the reason.

        It is shown as accepted when the same words of a draft meet the same source again.

        Raises:
            StoreError: without a reason.
        """
        from quotes.verification.acceptances import acceptance_request
        from quotes.verification.findings import Finding

        require("finding", finding, Finding)
        require_texts(why=why, by=by)
        return self.store.review(acceptance_request(finding, by=by or getpass.getuser(), why=why))

    def merge(self, *names: str, by: str | None = None, why: str = "") -> Review:
        """Store that names are one speaker; the first gives the name.

        Raises:
            SpeakerError: for a name that is nobody's or several's.
            ValueError: for fewer than two names.
        """
        if len(names) < 2:
            raise ValueError("merge needs two names or more")
        require_list("names", names)
        require_texts(by=by, why=why)
        known = [self.store.speaker(name, printed=True).name for name in names]
        request = ReviewRequest(action="merge", names=known, by=by or getpass.getuser(), why=why)
        return self.store.review(request)

    def split(
        self,
        *names: str,
        documents: Sequence[str] = (),
        by: str | None = None,
        why: str = "",
    ) -> Review:
        """Store that names are speakers of their own; with `documents`, one name, only there.

        Raises:
            SpeakerError: for a name that no speaker has.
            StoreError: where there is nothing to split.
            ValueError: without a name.
        """
        if not names:
            raise ValueError("split needs a name")
        require_list("names", names)
        require_texts(by=by, why=why)
        request = ReviewRequest(
            action="split",
            names=names,
            documents=require_list("documents", documents),
            by=by or getpass.getuser(),
            why=why,
        )
        return self.store.review(request)

    def undo(self, review: Review | str, *, by: str | None = None, why: str = "") -> Review:
        """Undo a review, given as it was returned or by its id.

        Raises:
            StoreError: for an unknown review.
        """
        require("review", review, Review, str)
        require_texts(by=by, why=why)
        id = review.id if isinstance(review, Review) else review
        return self.store.undo_reviews([id], by=by or getpass.getuser(), why=why)[0]

    def close(self) -> None:
        """Release the memory and the files."""
        self.store.close()

    def __enter__(self) -> Collection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<quotes collection {str(self.store.path)!r}>"
