"""All statements of a collection: for pages, cards and filters.

In: the table of quotes in memory. Out: `Overview`, which `BackgroundValue` keeps up to date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow

from quotes.language import Language
from quotes.statements import group
from quotes.statements.check import statement_of_row
from quotes.statements.overview import StatementFacts, overview
from quotes.statements.weights import vocabulary
from quotes.store import Selection, Store, quote_search
from quotes.store.quote_table import QuoteTable
from quotes.web.background_value import BackgroundValue, Computation

MAX_AT_ONCE = 5000  # quotes that are grouped while a reader waits
MIN_PAUSE = 10.0  # times as long as grouping took, before a large collection is grouped again
PART_SIZE = 200  # statements that are received from another process at once
SAME_NAMES = (
    "id", "document", "words", "speaker_id", "role", "outlet", "title", "published", "type",
    "confidence", "copy_of",
)  # fmt: skip
SAID = ("speaker_name", "said_on", "said_precision")
GROUPED_BY = tuple(name for name in SAME_NAMES if name != "confidence")


@dataclass(frozen=True)
class Overview:
    """The statements of a collection; empty before they are grouped for the first time.

    Attributes:
        statements: Those with several prints, or with the same words under another speaker.
        alone: The ids of all other quotes: each is a statement of its own.
        ready: True if they are grouped.
    """

    statements: tuple[StatementFacts, ...] = ()
    alone: frozenset[str] = frozenset()
    ready: bool = False

    @cached_property
    def lists(self) -> dict[Any, Any]:
        """Sorted lists of the statements, made once for each order that is asked for."""
        return {}

    @cached_property
    def by_quote(self) -> Mapping[str, StatementFacts]:
        """The facts of the statement of each quote that is not alone."""
        return {each.id: facts for facts in self.statements for each in facts.group.statements}

    @cached_property
    def by_id(self) -> Mapping[str, StatementFacts]:
        """The facts of each statement by its id."""
        return {facts.group.id: facts for facts in self.statements}

    @cached_property
    def disputes(self) -> tuple[tuple[StatementFacts, ...], ...]:
        """The statements whose prints disagree on who said them, with those of the same words.

        Those with most outlets come first; each statement is in one of the tuples.
        """
        found, seen = list[tuple[StatementFacts, ...]](), set[str]()
        disputed = (facts for facts in self.statements if facts.disputed)
        for facts in sorted(disputed, key=lambda facts: (-facts.outlets, facts.group.id)):
            together, ahead = list[StatementFacts](), [facts.group.id]
            while ahead:
                name = ahead.pop(0)
                if name not in seen:
                    seen.add(name)
                    together.append(self.by_id[name])
                    ahead += self.by_id[name].elsewhere
            if together:
                found.append(tuple(together))
        return tuple(found)

    @cached_property
    def quotes_by_kind(self) -> Mapping[str, frozenset[str]]:
        """The ids of the quotes of statements of each kind (KINDS)."""
        return {
            kind: frozenset(
                each.id
                for facts in self.statements
                if test(facts)
                for each in facts.group.statements
            )
            for kind, test in KINDS.items()
        }


KINDS: dict[str, Callable[[StatementFacts], bool]] = {
    "outlets": lambda facts: facts.outlets > 1,
    "changed": lambda facts: facts.wordings > 1,
    "disputed": lambda facts: facts.disputed,
}


class StatementOverview:
    """The overview of a store, kept up to date."""

    def __init__(self, store: Store, table: QuoteTable) -> None:
        self.value = BackgroundValue(
            Computation(
                state=lambda: table.state().version,
                fingerprint=lambda: quote_search.fingerprint(table, GROUPED_BY),
                is_small=lambda: table.size() <= MAX_AT_ONCE,
                arguments=lambda: (
                    quote_search.columns(table, Selection(copies=True), (*SAME_NAMES, *SAID)),
                    store.language,
                ),
                compute=group_statements,
                assemble=_assemble,
                min_pause=lambda: MIN_PAUSE,
            ),
            on_change=table.invalidate_pages,
        )

    def current(self) -> Overview:
        """Return the overview: of now, or of a moment ago in a large collection."""
        return self.value.current() or Overview()


def group_statements(
    quotes: pyarrow.Table, language: Language
) -> Iterator[tuple[list[StatementFacts], list[str]]]:
    """Group quotes, and yield the facts of statements and the ids of quotes that are alone.

    Args:
        quotes: Rows with the columns SAME_NAMES and SAID.
        language: Their language.
    """
    statements = (statement_of_row(row, SAME_NAMES) for row in quotes.to_pylist())
    groups = group(statements, words=vocabulary(language), language=language)
    several, alone = list[StatementFacts](), list[str]()
    for facts in overview(groups):
        if len(facts.group.statements) > 1 or facts.elsewhere:
            several.append(facts)
        else:
            alone.append(facts.group.id)
    yield [], alone
    for at in range(0, len(several), PART_SIZE):
        yield several[at : at + PART_SIZE], []


def _assemble(parts: Iterable[tuple[list[StatementFacts], list[str]]]) -> Overview:
    statements, alone = list[StatementFacts](), set[str]()
    for some, ids in parts:
        statements += some
        alone.update(ids)
    return Overview(tuple(statements), frozenset(alone), ready=True)
