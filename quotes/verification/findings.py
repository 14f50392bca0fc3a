"""The records of verification: claims of a draft, evidence in sources, findings with a verdict.

A **claim** is what a draft says that somebody said, a **verdict** what checking it against the
sources comes to (as in FEVER: Thorne et al. 2018). Verdicts are ordered from the mildest to the
worst.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from quotes.records import Failure, Kind, QuoteType, SaidOn, Span, Spans
from quotes.statements.comparison import Piece

Verdict = Literal[
    "verbatim",
    "trimmed",
    "reworded",
    "other day",
    "altered",
    "spliced",
    "paraphrase",
    "other speaker",
    "not checkable",
    "not found",
]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""All verdicts, the mildest first."""

LABELS: dict[Verdict, str] = {
    "verbatim": "verbatim",
    "trimmed": "verbatim, trimmed",
    "reworded": "reworded (an indirect statement that a source bears out)",
    "other day": "other day or occasion",
    "altered": "altered",
    "spliced": "spliced",
    "paraphrase": "paraphrase in quotation marks",
    "other speaker": "other speaker",
    "not checkable": "not checkable",
    "not found": "not found",
}
"""The words in which a verdict is shown to people."""

ChangeKind = Literal["words", "spelling", "filler", "editor", "left out", "ellipsis", "cut off"]
"""words: they differ; spelling: another writing of the same; filler: a filler or false start of
speech that clean-verbatim transcription leaves out; editor: in brackets; left out: at an ellipsis
or between two parts; ellipsis: one of the source, which the draft does not show; cut off: words at
an end."""

Sense = Literal["negation", "number", "name", "comparison", "certainty", "condition"]
"""How a difference may change the sense."""

Match = Literal["same", "other", "unknown", "not given"]
"""How the speaker, role or day of a claim fits that of a source.

unknown: the source does not say; not given: the draft does not.
"""


def severity(verdict: Verdict) -> int:
    """Return the rank of a verdict, 0 for the mildest."""
    return VERDICTS.index(verdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a draft says that somebody said.

    Attributes:
        id: The id of the quote, with a number where it has several quoted parts of its own.
        document: The id of the draft.
        words: The words said to have been said, parts joined by an ellipsis.
        parts: The parts one by one.
        spans: Where they stand in the draft.
        line: The line of the draft, from 1.
        type: Direct, indirect or mixed.
        speaker: Who is said to have said them.
        kind: What the speaker is.
        role: The speaker's role.
        said_on: When they are said to have been said.
        frame: The whole content of a mixed quote, in which the quoted words stand.
    """

    id: str
    document: str
    words: str
    parts: tuple[str, ...]
    spans: Spans = ()
    line: int = 1
    type: QuoteType = "direct"
    speaker: str | None = None
    kind: Kind | None = None
    role: str | None = None
    said_on: SaidOn | None = None
    frame: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between the words of the draft and those of a source.

    Attributes:
        kind: What kind of difference it is.
        claim: The words of the draft; empty where it leaves some out.
        source: The words of the source; empty where the draft puts some in.
        senses: How it may change the sense.
    """

    kind: ChangeKind
    claim: str
    source: str
    senses: tuple[Sense, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSpeaker:
    """Who says a passage of a source.

    Attributes:
        name: The name, None where the source does not say.
        kind: What the speaker is.
        role: The role.
        said_on: When it was said.
        said_by: How that is known: "label" of a transcript, "quotation" of an article, "title" of a
            speech, "store", or "" where nothing is known.
        indirect: The source gives these words as indirect speech.
        own_text: The words are the source's own: nobody is quoted with them there.
        names: Other names of the same speaker.
    """

    name: str | None = None
    kind: Kind | None = None
    role: str | None = None
    said_on: SaidOn | None = None
    said_by: str = ""
    indirect: bool = False
    own_text: bool = False
    names: tuple[str, ...] = ()


NOBODY = SourceSpeaker()
"""Nothing is known of who speaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A passage of a source beside a claim; all words are cut from the source.

    Attributes:
        source: The id of the document.
        title: Its title.
        outlet: Its outlet.
        place: Its path or address.
        published: Its day of publication.
        speaker: Who says the passage.
        line: Its line in the text, from 1; None in a store.
        page: Its page, where the file has pages.
        time: Its time in seconds, where the file has times.
        words: The words that stand for those of the claim.
        before: The words before them in the same sentence or quotation.
        after: The words after them there.
        span: Where the words stand in the source; None in a store.
        pieces: The difference, word by word.
        score: The share of the claim's words that it has, by weight, between 0 and 1.
    """

    source: str
    title: str | None = None
    outlet: str | None = None
    place: str | None = None
    published: date | None = None
    speaker: SourceSpeaker = NOBODY
    line: int | None = None
    page: int | None = None
    time: float | None = None
    words: str = ""
    before: str = ""
    after: str = ""
    span: Span | None = None
    pieces: tuple[Piece, ...] = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """A person's acceptance of a finding.

    Attributes:
        review: The id of the review in the store, by which it is undone.
        by: Who accepted it.
        on: The day.
        why: The reason.
        verdict: The verdict that was accepted, with the others that held: "other day + altered".
    """

    review: str
    by: str
    on: date
    why: str
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What checking one claim comes to.

    Attributes:
        claim: The claim.
        verdict: The worst that is known of the passage that fits it best.
        also: Other verdicts that hold, such as "altered" beside "other speaker".
        evidence: The passage that fits best; the parts of a splice in the order of the draft; the
            nearest passages where nothing is found.
        changes: The differences from the first of them.
        speaker: How the speaker fits.
        role: How the role fits.
        day: How the day fits.
        notes: What a reader should know, in words.
        accepted: Who accepted just this finding.
        accepted_before: Who accepted a finding of the same words with another verdict or speaker,
            or against other sources; it accepts nothing of this one.
    """

    claim: Claim
    verdict: Verdict
    also: tuple[Verdict, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    changes: tuple[Change, ...] = ()
    speaker: Match = "unknown"
    role: Match = "unknown"
    day: Match = "unknown"
    notes: tuple[str, ...] = ()
    accepted: Acceptance | None = None
    accepted_before: Acceptance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft as it was checked: its text and what is known of it.

    Attributes:
        id: Its id.
        text: Its text.
        title: Its title.
        published: Its day of publication.
        unchecked: What stands in quotation marks and is no claim: nobody is found to have said it,
            and it reads like a name or a title, or is short.
    """

    id: str
    text: str
    title: str | None = None
    published: date | None = None
    unchecked: tuple[Spans, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCount:
    """What was searched.

    Attributes:
        documents: The number of documents.
        words: The number of their words.
        store: The folder of the store, if one was searched.
        quotes: The number of quotes in the store.
        failures: Documents that could not be read.
    """

    documents: int = 0
    words: int = 0
    store: str | None = None
    quotes: int = 0
    failures: tuple[Failure, ...] = ()
