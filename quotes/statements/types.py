"""The records of statements: what was printed where, and which prints are one statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from quotes.records import Act, Factuality, QuoteType, SaidOn

Reason = Literal["same words", "part", "altered", "reworded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One quote as one document prints it.

    Attributes:
        id: The id of the quote.
        document: The id of the document.
        words: What is quoted.
        speaker_id: The id of the speaker over all documents.
        speaker: The speaker's name.
        role: The speaker's role.
        outlet: Who published the document.
        title: The document's headline.
        published: The document's day of publication.
        said_on: When it was said.
        type: Direct, indirect or mixed.
        factuality: Said, denied, not said, hypothetical or a question.
        act: Speech, thought, intention or attitude.
        cue: The words that say that it is said.
        source: The words of the article that name the speaker.
        confidence: How sure the attribution is, between 0 and 1.
        speaker_confidence: How sure the speaker is.
        probability: How sure words and speaker are (`Quote.probability`).
        url: Where the document came from.
        copy_of: The id of the document that its document is a copy of.
    """

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
    factuality: Factuality = "said"
    act: Act = "speech"
    cue: str | None = None
    source: str | None = None
    confidence: float = 1.0
    speaker_confidence: float = 1.0
    probability: float = 1.0
    url: str | None = None
    copy_of: str | None = None


def in_order(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return statements by day of publication, unknown days last.

    On one day originals stand before copies; then they are in order of document and id.
    """
    return tuple(sorted(statements, key=place_in_order))


def place_in_order(statement: Statement) -> tuple[bool, date, bool, str, str]:
    """Return what `in_order` sorts by."""
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
    """One statement over all documents: its wordings, the earliest first, and why they are one."""

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
        """Who printed it first, by day of publication.

        Several are a tie, none where no day is known; copies count with their original.
        """
        days = [s.published for s in self.statements if s.published]
        earliest = [s for s in self.statements if days and s.published == min(days)]
        return tuple(s for s in earliest if s.copy_of is None) or tuple(earliest)

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """The documents that print it, in order, without copies whose original prints it, too."""
        all_of_them = {s.document for s in self.statements}
        return tuple(
            dict.fromkeys(s.document for s in self.statements if s.copy_of not in all_of_them)
        )
