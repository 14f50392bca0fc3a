"""The records of statements: what was printed where, and which prints are one statement. Data only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from quotes.records import QuoteType, SaidOn

Reason = Literal["same words", "part", "altered", "reworded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One quote as one document prints it. `id` is the quote's, `speaker_id` the identity over documents, `copy_of` the id of the document
    that its document is a copy of."""

    id: str
    document: str
    words: str
    speaker_id: str | None = None
    speaker: str | None = None
    role: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: date | None = None
    said_on: SaidOn | None = None
    type: QuoteType = "direct"
    confidence: float = 1.0
    copy_of: str | None = None


def in_order(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """By day of publication, unknown days last; on one day originals before copies; then by document and id."""
    return tuple(sorted(statements, key=place_in_order))


def place_in_order(statement: Statement) -> tuple[bool, date, bool, str, str]:
    """What `in_order` sorts by."""
    return (
        statement.published is None,
        statement.published or date.min,
        statement.copy_of is not None,
        statement.document,
        statement.id,
    )


@dataclass(frozen=True)
class Variant:
    """One wording of a statement, as first printed, and who printed it so, in order."""

    words: str
    printed: tuple[Statement, ...]


@dataclass(frozen=True)
class Group:
    """One statement over all documents: its wordings, the earliest first, and why they are taken for one."""

    variants: tuple[Variant, ...]
    reasons: tuple[Reason, ...] = ()

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """All prints, in order."""
        return in_order(statement for variant in self.variants for statement in variant.printed)

    @property
    def id(self) -> str:
        """The id of the earliest quote; another one where an earlier print is added."""
        return self.statements[0].id

    @cached_property
    def first(self) -> tuple[Statement, ...]:
        """Who printed it first, by day of publication: several are a tie, none where no day is known. Copies count with their original."""
        days = [s.published for s in self.statements if s.published]
        earliest = [s for s in self.statements if days and s.published == min(days)]
        return tuple(s for s in earliest if s.copy_of is None) or tuple(earliest)

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """The documents that print it, in order, copies left out where their original prints it too."""
        all_of_them = {s.document for s in self.statements}
        return tuple(
            dict.fromkeys(s.document for s in self.statements if s.copy_of not in all_of_them)
        )
