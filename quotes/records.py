"""The frozen records that stages hand to each other. Data only: no parsing, no files, no printing.

Every offset is a code-point offset into `Document.text`, half-open; every index of a word is its
place in its sentence, counted from 0.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal, get_args

QuoteType = Literal["direct", "indirect", "mixed"]
Factuality = Literal["said", "denied", "not_said", "hypothetical", "question"]
Act = Literal["speech", "thought", "intention", "attitude"]
"""What kind of act a quote tells of.

speech: said, written, asked, ordered; thought: believed, known, expected, seen; intention: meant,
wanted, refused; attitude: an act, judgement or topic told of without words.
"""

Kind = Literal["person", "organization", "group", "unnamed", "document"]
EntityKind = Literal["PER", "ORG", "LOC", "MISC"]
Stage = Literal["read", "text", "parse", "extract", "resolve", "date", "context", "store"]
"""Where a document failed; "text" finds paragraphs, quotation marks and chunks."""

DatePrecision = Literal["day", "week", "month", "year"]
MetadataField = Literal["title", "outlet", "author", "published", "url"]
Action = Literal[
    "accept", "reject", "add", "speaker", "role", "type", "date", "span", "merge", "split",
    "title", "outlet", "author", "published", "url", "accept_finding", "undo",
]  # fmt: skip
METADATA: tuple[MetadataField, ...] = get_args(MetadataField)  # of a document, that a review gives


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, `text[start:end]`.

    Raises:
        ValueError: unless `0 <= start <= end`.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Cut the words of the span from `text`."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Return True if `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Return True if the two share at least one character."""
        return self.start < other.end and other.start < self.end


Spans = tuple[Span, ...]


def shared_chars(spans: Iterable[Span], others: Iterable[Span]) -> int:
    """Count the characters that spans share with others."""
    others = tuple(others)
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in spans for b in others)


def line_number(text: str, at: int) -> int:
    """Return the line of an offset, from 1."""
    return text.count("\n", 0, at) + 1


def text_of_spans(text: str, spans: Iterable[Span]) -> str:
    """Return the words of the spans on one line, with an ellipsis between two spans."""
    return " … ".join(" ".join(part.split()) for part in cut(text, spans))


def cut(text: str, spans: Iterable[Span]) -> tuple[str, ...]:
    """Cut the words of each span from `text`."""
    return tuple(span.of(text) for span in spans)


@dataclass(frozen=True, slots=True)
class Embed:
    """A passage that markup shows to be somebody's words.

    An embedded post, or a block quotation with its credit.
    """

    content: Span
    source: Span | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """The page or the time of a file at which its text stands, from `start` on.

    Attributes:
        start: The offset in the text.
        page: The page, from 1.
        time: The time in seconds.
    """

    start: int
    page: int | None = None
    time: float | None = None


@dataclass(frozen=True, kw_only=True)
class Document:
    """One article. `text` is what every offset counts in and is never changed after reading.

    Attributes:
        id: Its id.
        text: The article.
        source: The path or URL that it came from.
        outlet: Who published it.
        title: Its title.
        author: Its author; several stand with semicolons, commas or & between.
        published: The day of publication where known.
        language: An ISO 639-1 code.
        embeds: Passages that the markup of the source gives to somebody.
        extra: Further columns of its source, names with values.
        locations: Pages or times of its file, in order; not stored.
    """

    id: str
    text: str
    source: str | None = None
    outlet: str | None = None
    title: str | None = None
    author: str | None = None
    published: date | None = None
    language: str | None = None
    embeds: tuple[Embed, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    locations: tuple[Location, ...] = field(default=(), compare=False, repr=False)

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors one by one."""
        names = (name.strip() for name in re.split("[;,&]", self.author or ""))
        return tuple(name for name in names if name)

    def at(self, offset: int) -> str | None:
        """Return the time of the recording at an offset, as "1:02:03"; None where it has none."""
        begun = (each.time for each in self.locations if each.start <= offset)
        times = [time for time in begun if time is not None]
        if not times:
            return None
        minutes, seconds = divmod(int(times[-1]), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word; labels are those of Universal Dependencies.

    `form` is the word as parsed (quotation marks straightened, line breaks gone); `span` is where
    its letters stand in the text. `head` is the index of its head in the sentence, -1 for the root.
    The words of one multi-word token whose letters cannot be told apart share the span of the
    token.
    """

    form: str
    span: Span
    lemma: str
    upos: str
    head: int
    deprel: str
    xpos: str = ""
    feats: tuple[tuple[str, str], ...] = ()

    def feat(self, name: str) -> str | None:
        """Return the value of a feature (`Number`, `Person`, ...), or None."""
        for key, value in self.feats:
            if key == name:
                return value
        return None


@dataclass(frozen=True)
class Sentence:
    """One parsed sentence: at least one word, exactly one root."""

    words: tuple[Word, ...]

    @cached_property
    def span(self) -> Span:
        """From the first letter of the first word to the last of the last."""
        return Span(min(w.span.start for w in self.words), max(w.span.end for w in self.words))

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each word, the indices of its dependents in text order."""
        below: list[list[int]] = [[] for _ in self.words]
        for index, word in enumerate(self.words):
            if word.head >= 0:
                below[word.head].append(index)
        return tuple(tuple(b) for b in below)

    def subtree(self, index: int) -> tuple[int, ...]:
        """Return the indices of a word and of everything below it, in text order."""
        known = self._subtrees.get(index)
        if known is None:
            found, todo = [], [index]
            while todo:
                at = todo.pop()
                found.append(at)
                todo += self.children[at]
            known = self._subtrees[index] = tuple(sorted(found))
        return known

    @cached_property
    def _subtrees(self) -> dict[int, tuple[int, ...]]:
        return {}


@dataclass(frozen=True, slots=True)
class EntityMention:
    """A name that the name tagger found."""

    span: Span
    kind: EntityKind


@dataclass(frozen=True)
class Parse:
    """The sentences and names of a document or a chunk of it, in text order.

    `model` names what made it.
    """

    sentences: tuple[Sentence, ...]
    entities: tuple[EntityMention, ...] = ()
    model: str = ""


MarkStyle = Literal[
    "double",
    "single",
    "straight",
    "straight-single",
    "ticks",
    "guillemets",
    "single-guillemets",
    "german",
    "german-single",
]


@dataclass(frozen=True, slots=True)
class Mark:
    """A quoted region, found from characters alone.

    `parts` are the words inside, one span a paragraph, without the marks; `outer` the same with the
    marks. `level` counts from 0 for the outermost. `closed` is False where the closing mark is
    missing (the region then ends with its paragraph).
    """

    parts: Spans
    outer: Spans
    style: MarkStyle
    level: int = 0
    closed: bool = True

    @property
    def start(self) -> int:
        """Where the first mark begins."""
        return self.outer[0].start

    @property
    def end(self) -> int:
        """Where the last mark ends."""
        return self.outer[-1].end


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that matches a sentence.

    `at` gives for each name bound in the pattern the index of its word.
    """

    rule: str
    sentence: int
    at: tuple[tuple[str, int], ...]

    def get(self, name: str) -> int | None:
        """Return the index of the word bound to a name, or None."""
        return next((index for key, index in self.at if key == name), None)


@dataclass(frozen=True, slots=True)
class SaidOn:
    """When something was said, as exactly as the text says it.

    `date` is the first day of the week, month or year.
    """

    date: date
    precision: DatePrecision


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day of quotes, each with its precision; `undated` have no day."""

    first: date | None
    first_precision: str
    last: date | None
    last_precision: str
    undated: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who is said by which words to have said what, before the source is resolved.

    `source`, `cue` and `content` are the words of the text; `rule` names what found them, `path` is
    the dependency path from cue to source and content, `nested_in` the id of the attribution
    around this one, `act` whether it tells of a statement.
    """

    id: str
    document: str
    content: Spans
    cue: Spans
    source: Spans
    type: QuoteType
    rule: str
    confidence: float
    path: str = ""
    addressee: Span | None = None
    nested_in: str | None = None
    factuality: Factuality = "said"
    act: Act = "speech"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerResolution:
    """Who speaks in one attribution; `resolved_by` names the step that found it.

    `speaker` is None where nobody is named or too little is certain. `reported_by` are the speakers
    of the attributions around, the nearest first.
    """

    speaker: str | None = None
    kind: Kind | None = None
    role: str | None = None
    speaker_confidence: float = 0.0
    resolved_by: str = ""
    reported_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UtteranceDate:
    """When one attribution was said: the time expression, and the date it comes to."""

    when: Span | None = None
    said_on: SaidOn | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceContext:
    """The sentences before and after one attribution, where the parse has them."""

    before: Span | None = None
    after: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One attributed utterance: an `Attribution` with its speaker, its date and its context.

    The fields up to `act` are those of `Attribution`, then come those of `UtteranceDate`,
    `SpeakerResolution` and `SentenceContext`; `words` are the words of the content on one line as
    the article prints them (`quotes.text.printed_words`). The pipeline assembles it.
    """

    id: str
    document: str
    content: Spans
    cue: Spans
    source: Spans
    type: QuoteType
    rule: str
    confidence: float
    path: str = ""
    addressee: Span | None = None
    nested_in: str | None = None
    factuality: Factuality = "said"
    act: Act = "speech"
    when: Span | None = None
    said_on: SaidOn | None = None
    speaker: str | None = None
    kind: Kind | None = None
    role: str | None = None
    speaker_confidence: float = 0.0
    resolved_by: str = ""
    reported_by: tuple[str, ...] = ()
    before: Span | None = None
    after: Span | None = None
    at: str | None = None
    words: str = field(default="", compare=False)

    @property
    def probability(self) -> float:
        """The probability that words and speaker are right; without a speaker, that of the words.

        `confidence` times `speaker_confidence`, between 0 and 1.
        """
        return self.confidence * (self.speaker_confidence if self.speaker else 1.0)

    @property
    def text(self) -> str:
        """What was said: the same as `words`."""
        return self.words


@dataclass(frozen=True, slots=True)
class Failure:
    """One article that could not be processed; a batch goes on without it.

    With `partial` the article itself was processed, without what the message names.

    `language` is that of a text for whose language there are no rules.
    """

    id: str
    stage: Stage
    message: str
    source: str | None = None
    detail: str = field(default="", repr=False)
    language: str | None = field(default=None, repr=False)
    partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NameUsage:
    """How a collection uses one name for one kind of speaker, which identity is decided on.

    Attributes:
        name: The fullest form that its documents print.
        kind: What it is a name of.
        quotes: How often it speaks (0: only named).
        documents: The ids of documents that use it, the first few hundred of them in order.
        roles: What they call the speaker, with the number of times.
        others: The names that speak in the same documents.
        first: The first day of publication on which it stands.
        last: The last such day.
    """

    name: str
    kind: Kind | None
    quotes: int = 0
    documents: tuple[str, ...] = ()
    roles: tuple[tuple[str, int], ...] = ()
    others: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of a speaker.

    Attributes:
        name: The name as articles print it.
        kind: What it is a name of.
        score: How sure it is that it is the speaker's, between 0 and 1.
        reason: Why it is one, in words for people.
        by: Who said so: the program, the file of known people, or a person.
        split_by: The id of the review that gave it to this speaker in some documents only.
    """

    name: str
    kind: Kind | None
    score: float
    reason: str
    by: Literal["machine", "file", "person"] = "machine"
    split_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """One speaker over all documents.

    `id` is made from the name and usable in an address; the first alias is the name itself.
    """

    id: str
    name: str
    kind: Kind | None
    aliases: tuple[Alias, ...] = ()
    wikidata: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRequest:
    """A review that a person asks for, to be given to `Store.review`.

    Attributes:
        action: `accept`, `reject`, `speaker`, `role`, `type`, `date` or `span` (other words) for a
            quote; `add` for a missed one; `title`, `outlet`, `author`, `published` or `url` for a
            document; `merge` or `split` for speakers; `accept_finding` for a finding of
            `quotes.verify`; `undo` for a review.
        by: name of the reviewer.
        quote: id of the quote, for all actions about one.
        document: id of the document; needed for `add` and for what is about a document, else taken
            from the quote.
        value: new speaker, role, type, date ("2023-10", as exact as it is known), title, outlet,
            author, day of publication ("2023-10-27") or url; "" takes it away. The verdict
            (`accept_finding`).
        content: offsets of the content in the current revision, for `add` and `span`.
        cue: offsets of the cue, for `add` and `span`.
        source: offsets of the source, for `add` and `span`.
        names: names that are one speaker (`merge`, the first gives the name) or are speakers of
            their own (`split`); the speaker in the draft (`accept_finding`).
        documents: ids of the documents in which the first of `names` is a speaker of its own
            (`split`; none is all), or of the sources (`accept_finding`).
        undoes: id of the review to undo (`undo`).
        why: the reason, in words.
        words: the words of the draft, part by part (`accept_finding`).
        source_words: the words of the sources (`accept_finding`).
    """

    action: Action
    by: str
    quote: str | None = None
    document: str | None = None
    value: str | None = None
    content: Spans = ()
    cue: Spans = ()
    source: Spans = ()
    names: Sequence[str] = ()
    documents: Sequence[str] = ()
    undoes: str | None = None
    why: str = ""
    words: Sequence[str] = ()
    source_words: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A person's review, as it is stored. The latest about the same thing wins; all are stored.

    About a quote (`accept`, `reject`, `speaker`, `role`, `type`, `date`, `span`) or a missed one
    (`add`): `document` and `revision` say where, `quote` is the id it had, and `words` and
    `source_words` with `before` and `after` (the characters around them) find it again in a later
    revision or after another model. `content`, `cue` and `source` are offsets in that revision:
    those wanted, for `add` and `span`. About a document (METADATA): `document` and `value`. The
    other fields are those of `ReviewRequest`; about a finding (`accept_finding`) there is no other.
    """

    id: str
    action: Action
    by: str
    at: datetime
    why: str = ""
    document: str | None = None
    revision: int | None = None
    quote: str | None = None
    content: Spans = ()
    cue: Spans = ()
    source: Spans = ()
    words: tuple[str, ...] = ()
    source_words: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    value: str | None = None
    names: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    undoes: str | None = None
