"""The tables of a store: every column with its type, unit and meaning.

Data only. A test compares `docs/store.md` with this file, and the Parquet files of a store with
both.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

FORMAT = 3  # of the layout below; a store of a higher one is not opened, of a lower one migrated
OLD_NAMES = {"reviews": "judgements"}  # tables that format 1 had under another name

# of rows written before format 3, which have no act: told by the rule that found the quote
ACT_BEFORE_FORMAT_3 = (
    "CASE WHEN contains(rule, 'intention') THEN 'intention' "
    "WHEN contains(rule, 'thought') THEN 'thought' ELSE 'speech' END"
)

SPANS = pa.list_(pa.struct([pa.field("start", pa.int64()), pa.field("end", pa.int64())]))
EMBEDS = pa.list_(
    pa.struct(
        [
            pa.field("start", pa.int64()),
            pa.field("end", pa.int64()),
            pa.field("author", pa.string()),
        ]
    )
)
NEAR_COPIES = pa.list_(
    pa.struct([pa.field("document", pa.string()), pa.field("version", pa.string())])
)
EXTRA = pa.list_(pa.struct([pa.field("name", pa.string()), pa.field("value", pa.string())]))
TEXTS = pa.list_(pa.string())
MOMENT = pa.timestamp("us", tz="UTC")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, type and meaning, with the unit where it has one."""

    name: str
    type: pa.DataType
    says: str


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A table: the meaning of a row, its columns, and those by which it is sorted (`order`)."""

    name: str
    row: str
    columns: tuple[Column, ...]
    order: tuple[str, ...] = ()

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema."""
        return pa.schema([pa.field(column.name, column.type) for column in self.columns])


def _columns(*rows: tuple[str, pa.DataType, str]) -> tuple[Column, ...]:
    """Make columns from rows of name, type and meaning."""
    return tuple(Column(*row) for row in rows)


KEY = _columns(
    ("document", pa.string(), "id of the document"),
    (
        "batch",
        pa.string(),
        "id of the commit that wrote the row, made of the run and a number; joins it to "
        "`documents`",
    ),
)

DOCUMENTS = TableSchema(
    "documents",
    "one revision of an article; written last, so that rows of other tables without it "
    "are not read",
    _columns(
        (
            "id",
            pa.string(),
            "what the input gives, else its address, else its path in the folder that was added",
        ),
        ("batch", pa.string(), "id of the commit that wrote the row"),
        (
            "added",
            MOMENT,
            "when it was added, UTC; of several rows of one id the last is the current revision",
        ),
        ("sha256", pa.string(), "SHA-256 of the text in UTF-8, hexadecimal"),
        ("text", pa.string(), "the text that all offsets count in, code points"),
        ("source", pa.string(), "path or address that it came from"),
        ("outlet", pa.string(), "who published it"),
        ("title", pa.string(), "its title"),
        ("author", pa.string(), "who wrote it"),
        ("published", pa.date32(), "day of publication; missing when unknown"),
        ("language", pa.string(), "ISO 639-1 code"),
        ("embeds", EMBEDS, "posts that its markup embeds: offsets and author"),
        ("extra", EXTRA, "further columns of the table that it came from: names and values"),
        (
            "copy_of",
            pa.string(),
            "id of an article of which this is a near copy, as older versions of the program noted "
            "it; the view `documents` has that of all",
        ),
        (
            "near_copies",
            NEAR_COPIES,
            "articles that share its text, such as wire copy: ids, with the first digits of the "
            "SHA-256 of their SHA-256 and day of publication when they were compared",
        ),
        ("signature", pa.binary(), "MinHash of its words, by which copies are found"),
        (
            "bands",
            pa.list_(pa.int64()),
            "keys of parts of the signature: copies share at least one",
        ),
        ("quotes", pa.int32(), "number of its rows in `quotes`"),
        ("made_by", pa.string(), "version of the program, model and rules that read it"),
    ),
    order=("id",),
)

QUOTES = TableSchema(
    "quotes",
    "one act of attributing, as the program found it",
    KEY
    + _columns(
        ("position", pa.int32(), "its place among the quotes of the document, from 0"),
        (
            "id",
            pa.string(),
            "16 hexadecimal digits: the same for the same words at the same place of the "
            "same document",
        ),
        ("speaker", pa.string(), "fullest name that the document knows; missing when unresolved"),
        ("kind", pa.string(), "person, organization, group, unnamed or document"),
        ("role", pa.string(), "what the text calls the speaker, such as a title or an office"),
        ("type", pa.string(), "direct, indirect or mixed"),
        (
            "words",
            pa.string(),
            "what was said, as the article prints it, with its quotation marks or without; between "
            "two parts the words between them in ⟨ ⟩",
        ),
        ("cue", pa.string(), "the words that say that it is said"),
        ("source", pa.string(), "the words that name the speaker in this sentence"),
        ("addressee", pa.string(), "to whom it was said"),
        ("reported_by", TEXTS, "who passed it on, nearest reporter first"),
        ("factuality", pa.string(), "said, denied, not_said, hypothetical or question"),
        ("act", pa.string(), "speech, thought, intention or attitude"),
        (
            "said_on",
            pa.date32(),
            "day on which it was said, or the first day of the week, month or year; "
            "missing when unknown",
        ),
        ("said_precision", pa.string(), "day, week, month or year"),
        ("when_text", pa.string(), "the words that say when"),
        ("at", pa.string(), "time in the recording of which the document is the transcript"),
        ("confidence", pa.float64(), "probability that content, cue and source are right"),
        ("speaker_confidence", pa.float64(), "probability that the speaker is right"),
        ("rule", pa.string(), "the rule that found it"),
        ("path", pa.string(), "dependency path from the cue to source and content"),
        ("resolved_by", pa.string(), "the step that found the speaker"),
        ("nested_in", pa.string(), "id of the quote around this one"),
        ("before", pa.string(), "the sentence before it"),
        ("after", pa.string(), "the sentence after it"),
        (
            "content_spans",
            SPANS,
            "offsets of the content in the document's text, code points, half-open",
        ),
        ("cue_spans", SPANS, "offsets of the cue"),
        ("source_spans", SPANS, "offsets of the source"),
        ("addressee_spans", SPANS, "offsets of the addressee"),
        ("when_spans", SPANS, "offsets of the words that say when"),
        ("before_spans", SPANS, "offsets of the sentence before"),
        ("after_spans", SPANS, "offsets of the sentence after"),
        ("outlet", pa.string(), "of the document"),
        ("title", pa.string(), "of the document"),
        ("author", pa.string(), "of the document"),
        ("published", pa.date32(), "day of publication of the document"),
        ("url", pa.string(), "path or address that the document came from"),
    ),
    order=("speaker", "published"),
)

ALIASES = TableSchema(
    "aliases",
    "somebody whom a document names, quoted or not",
    KEY
    + _columns(
        ("name", pa.string(), "the fullest form that the document prints"),
        ("kind", pa.string(), "person, organization, or missing when the text does not show it"),
        ("names", TEXTS, "all forms that the document prints"),
        ("mentioned", pa.int32(), "how often it is named"),
        ("published", pa.date32(), "day of publication of the document"),
    ),
    order=("name",),
)

ROLES = TableSchema(
    "roles",
    "a role in which a document names somebody",
    KEY
    + _columns(
        ("name", pa.string(), "the fullest form of the name that the document prints"),
        ("kind", pa.string(), "person or organization"),
        ("role", pa.string(), "the words of the role"),
        ("start", pa.int64(), "offset in the document's text at which they stand, code points"),
        ("end", pa.int64(), "offset at which they end"),
        ("published", pa.date32(), "day of publication of the document: when the role was seen"),
    ),
    order=("name", "published"),
)

SPEAKERS = TableSchema(
    "speakers",
    "one speaker over all documents, as the program sees it; reviews by people are "
    "applied when reading",
    _columns(
        ("id", pa.string(), "made from the name, usable in an address"),
        ("name", pa.string(), "the fullest form of the name"),
        ("kind", pa.string(), "person or organization"),
        ("wikidata", pa.string(), "Wikidata id, where a file of known people gives it"),
        (
            "aliases",
            pa.list_(
                pa.struct(
                    [
                        ("name", pa.string()),
                        ("kind", pa.string()),
                        ("score", pa.float64()),
                        ("reason", pa.string()),
                        ("by", pa.string()),
                    ]
                )
            ),
            "the names that are this speaker, each with a score between 0 and 1 and the reason",
        ),
    ),
    order=("name",),
)

REVIEWS = TableSchema(
    "reviews",
    "a review by a person; never changed or deleted",
    _columns(
        ("id", pa.string(), "of the review"),
        (
            "action",
            pa.string(),
            "accept, reject, add, speaker, role, type, date, span, merge, split, accept_finding "
            "(of a draft) or undo; of a document title, outlet, author, published or url",
        ),
        ("by", pa.string(), "who made it"),
        ("at", MOMENT, "when, UTC"),
        ("why", pa.string(), "the reason given"),
        ("document", pa.string(), "id of the document that it is about"),
        ("revision", pa.int32(), "revision of the document that was reviewed, from 1"),
        ("quote", pa.string(), "id of the quote that was reviewed"),
        ("content_spans", SPANS, "offsets of the content wanted (add, span), in that revision"),
        ("cue_spans", SPANS, "offsets of the cue wanted"),
        ("source_spans", SPANS, "offsets of the source wanted"),
        (
            "words",
            TEXTS,
            "the exact words of the content that was reviewed, or is wanted, or of the draft "
            "(accept_finding), one entry a part",
        ),
        (
            "source_words",
            TEXTS,
            "the exact words of the source; of a finding those in the sources of the draft",
        ),
        ("before", pa.string(), "characters before the content, by which it is found again"),
        ("after", pa.string(), "characters after it"),
        (
            "value",
            pa.string(),
            "the new speaker, role, type or date, or what the action says of a document, empty "
            "takes it away; or the verdict accepted",
        ),
        (
            "names",
            TEXTS,
            "names that are one speaker (merge) or are not (split); speaker in the draft",
        ),
        (
            "documents",
            TEXTS,
            "documents in which the first name is another speaker (split); sources of the draft",
        ),
        ("undoes", pa.string(), "id of the review undone"),
    ),
)

FAILURES = TableSchema(
    "failures",
    "an article that could not be processed in a run",
    _columns(
        ("id", pa.string(), "id of the document, or what stands for it"),
        ("run", pa.string(), "id of the run"),
        ("at", MOMENT, "when, UTC"),
        ("stage", pa.string(), "read, text, parse, extract, resolve, date, context or store"),
        ("message", pa.string(), "what was found and what to do"),
        ("source", pa.string(), "path or address"),
        ("detail", pa.string(), "details for developers"),
    ),
)

RUNS = TableSchema(
    "runs",
    "the beginning or the end of a run; the row with `ended` counts",
    _columns(
        ("id", pa.string(), "of the run"),
        ("started", MOMENT, "UTC"),
        ("ended", MOMENT, "UTC; missing while it runs, and where it was broken off"),
        ("made_by", pa.string(), "version of the program, model and rules"),
        ("added", pa.int64(), "number of documents that were new"),
        ("revised", pa.int64(), "number of documents whose text had changed"),
        ("unchanged", pa.int64(), "number of documents that were there already"),
        ("failed", pa.int64(), "number of documents that could not be processed"),
        ("quotes", pa.int64(), "number of quotes found"),
    ),
)

TABLES = {
    table.name: table
    for table in (DOCUMENTS, QUOTES, ALIASES, ROLES, SPEAKERS, REVIEWS, FAILURES, RUNS)
}
