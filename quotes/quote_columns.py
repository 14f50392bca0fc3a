"""The columns of a quote: one schema for CSV, sheets, JSON lines, Parquet, SQLite and frames.

Data only. What people read first stands first, ids and offsets last. A quote of a document that is
in no store (`quotes extract`, `Quotes.to_frame`) has the columns of IN_DOCUMENT, one of a store has
all; `quotes.output.json_schema` makes a JSON Schema of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, count
from typing import Literal, get_args

from quotes.records import Act, DatePrecision, Factuality, Kind, QuoteType

SCHEMA_VERSION = "1.0"
"""Version of the schema: the second number grows with a new column, the first with any other."""

ColumnKind = Literal["text", "number", "day", "list", "spans"]
"""Kind of value; a list is of text, spans are a list of [start, end]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteColumn:
    """A column of a quote.

    Attributes:
        name: Its name.
        kind: The kind of its values.
        says: Its meaning, with the unit where it has one.
        store_only: It is known of quotes of a store only.
        always: It is never missing.
        choices: Its only values.
    """

    name: str
    kind: ColumnKind
    says: str
    store_only: bool = False
    always: bool = False
    choices: tuple[str, ...] = ()


def _text(name: str, says: str, **more: object) -> QuoteColumn:
    return QuoteColumn(name=name, kind="text", says=says, **more)  # type: ignore[arg-type]


def _other(kind: ColumnKind, name: str, says: str, **more: object) -> QuoteColumn:
    return QuoteColumn(name=name, kind=kind, says=says, **more)  # type: ignore[arg-type]


QUOTE_COLUMNS: tuple[QuoteColumn, ...] = (
    _text(
        "speaker_name",
        "one name for all forms of the speaker's name that articles print",
        store_only=True,
    ),
    _text("speaker", "fullest name that the document knows; missing when unresolved"),
    _text("role", "what the text calls the speaker, such as a title or an office"),
    _text(
        "words",
        "what was said, as the article prints it, with its quotation marks or without",
        always=True,
    ),
    _text("type", "direct, indirect or mixed", always=True, choices=get_args(QuoteType)),
    _text(
        "factuality",
        "said, denied, not_said, hypothetical or question",
        always=True,
        choices=get_args(Factuality),
    ),
    _other(
        "day",
        "said_on",
        "day on which it was said; of a week its first day, of a month or year only these in text "
        "(2024-03, 2024), their first day where days are typed; missing when unknown",
    ),
    _text("said_precision", "day, week, month or year", choices=get_args(DatePrecision)),
    _other("day", "published", "day of publication of the document"),
    _text("outlet", "of the document"),
    _text("title", "of the document"),
    _text("url", "where the document came from: a path or an address"),
    _other(
        "number",
        "probability",
        "probability that words and speaker are right; of the words alone without a speaker",
        always=True,
    ),
    _text("cue", "the words that say that it is said"),
    _text("source", "the words that name the speaker in this sentence"),
    _text("kind", "person, organization, group, unnamed or document", choices=get_args(Kind)),
    _text("addressee", "to whom it was said"),
    _other("list", "reported_by", "who passed it on, nearest reporter first", always=True),
    _text("when_text", "the words that say when"),
    _text("at", "time in the recording of which the document is the transcript"),
    _text("act", "speech, thought, intention or attitude", always=True, choices=get_args(Act)),
    _text("before", "the sentence before it"),
    _text("after", "the sentence after it"),
    _text("author", "of the document"),
    _other(
        "number", "confidence", "probability that content, cue and source are right", always=True
    ),
    _other("number", "speaker_confidence", "probability that the speaker is right", always=True),
    _text(
        "review",
        "accepted, changed or added by a person; missing for most",
        store_only=True,
        choices=("accepted", "changed", "added"),
    ),
    _text("reviewed_by", "who reviewed it", store_only=True),
    _other(
        "day", "day", "for sorting: `said_on` where it is known, else `published`", store_only=True
    ),
    _text("rule", "the rule that found the quote", always=True),
    _text("path", "dependency path from the cue to source and content"),
    _text("resolved_by", "the step that found the speaker"),
    _text("nested_in", "id of the quote around this one"),
    _text("copy_of", "id of the document of which this one is a near copy", store_only=True),
    _text("document", "id of the document", always=True),
    _text("id", "id of the quote: the same for the same words at the same place", always=True),
    _text("speaker_id", "id of the speaker in the store", store_only=True),
    _other(
        "spans",
        "content_spans",
        "offsets of the content in the text, code points, half-open",
        always=True,
    ),
    _other("spans", "cue_spans", "offsets of the cue", always=True),
    _other("spans", "source_spans", "offsets of the source", always=True),
)

IN_DOCUMENT = tuple(column for column in QUOTE_COLUMNS if not column.store_only)
"""The columns that a quote has without a store."""


def own_name(name: str) -> str:
    """Return what a further column of the articles is called among the columns of a quote.

    That is its name, unless a column of a quote has it, in capitals or not: then `article_` stands
    before it.
    """
    return f"article_{name}" if name.lower() in _NAMES else name


def distinct_names(names: Iterable[str]) -> list[str]:
    """Return names with a number behind each that differs from an earlier one in capitals alone.

    A database takes "desk" and "Desk" for one column.
    """
    made, taken = list[str](), set[str]()
    for name in names:
        choices = chain([name], (f"{name}_{number}" for number in count(2)))
        distinct = next(each for each in choices if each.lower() not in taken)
        taken.add(distinct.lower())
        made.append(distinct)
    return made


_NAMES = frozenset(column.name for column in QUOTE_COLUMNS)
