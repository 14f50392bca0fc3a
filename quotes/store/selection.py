"""Selections of quotes, and the SQL condition that finds them.

In: a `Selection`. Out: a WHERE condition over the view `quotes` of a store or over its table in
memory, with its parameters. What a person typed never becomes part of the SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from quotes.arguments import require, require_acts, require_choice, require_confidence, require_list
from quotes.defaults import ACTS, MIN_CONFIDENCE, SHOWN_ACTS
from quotes.quote_columns import QUOTE_COLUMNS
from quotes.records import Factuality, Kind, QuoteType

COLUMNS = tuple(column.name for column in QUOTE_COLUMNS)
"""What a frame or an export of quotes holds, in this order."""
SORTED = ("day", "published", "document", "position", "id")
ORDER = ", ".join(f"{name} NULLS LAST" for name in SORTED)

MAX_SEARCH_WORDS = 40  # of a word search; more are not looked at
NOT_REVIEWED = "machine"  # as a review: quotes as the program found them
CONFIDENCE_BANDS = ("90", "70", "50", "30", "0")  # lowest probability of each band, in per cent
CHOICES = {  # the values of conditions that have few
    "type": get_args(QuoteType),
    "kind": get_args(Kind),
    "factuality": get_args(Factuality),
    "review": (NOT_REVIEWED, "accepted", "changed", "added"),
    "confidence_band": CONFIDENCE_BANDS,
}

ONE_OR_SEVERAL = ("year", "outlet", "rule", *CHOICES)  # conditions with one value or several

# Each is an expression or a condition over the view `quotes` and over the table in memory alike.
CONFIDENCE_BAND = (
    "CASE "
    + " ".join(
        f"WHEN probability >= {int(band) / 100} THEN '{band}'" for band in CONFIDENCE_BANDS[:-1]
    )
    + f" ELSE '{CONFIDENCE_BANDS[-1]}' END"
)
REVIEW = f"coalesce(review, '{NOT_REVIEWED}')"
YEAR = "CAST(year(day) AS VARCHAR)"
WORDS_SAID = (  # without the article's words between two parts (`quotes.text.printed_words`)
    "CASE WHEN contains(words, '⟨') THEN regexp_replace(words, '⟨[^⟩]*⟩', ' ', 'g') ELSE words END"
)
HAS_CONFIDENCE = "(probability >= ? OR review IS NOT NULL)"  # rejected quotes are in neither
HAS_ACT = "(act IN ({}) OR review IS NOT NULL)"
IS_SAID = HAS_ACT.format(", ".join(f"'{act}'" for act in SHOWN_ACTS))
IS_SHOWN = f"{HAS_CONFIDENCE.replace('?', str(MIN_CONFIDENCE))} AND {IS_SAID}"  # by default
IS_COUNTED = f"copy_of IS NULL AND {IS_SHOWN}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Quotes that meet all of these conditions; None is no condition. Lists become tuples.

    Where several values are given for a property, such as two outlets, a quote has one of them.

    Attributes:
        speaker_ids: Ids of speakers.
        names: Names under which quotes stand in their articles (with them the database finds the
            rows of a speaker faster).
        without_speaker: Only quotes of nobody known by name, and of `speaker_ids` if given.
        since: First day on which it was said, else published.
        until: Last day on which it was said, else published.
        year: Year in which it was said, else published, as "2024".
        about: Words, in any order, each of which must be a word of the quote or the beginning of
            one. Case, accents and punctuation do not count; parts that an apostrophe, a hyphen or
            other punctuation joins ("don't", "cease-fire") must follow each other.
        about_or_by: Words like those of `about`, each with ids of speakers: a quote must have the
            word or be by one of these speakers; with None in place of the word, be by one of them.
        role: Words that the role must have, in the same sense.
        roles: Roles, as they are written.
        review: "accepted", "changed" or "added" by a person; "machine": not reviewed.
        min_confidence: Probability from which a quote counts. A quote that a person accepted,
            changed or added is never left out for its confidence.
        acts: Acts of which a quote counts; "all" for all. Reviewed quotes as for confidence.
        confidence_band: One of `CONFIDENCE_BANDS`: reviewed quotes are no exception.
        copies: Keep near copies of articles, which otherwise count once.

    Raises:
        TypeError: For a value of another type, such as a text in place of a list.
        ValueError: For a type, kind, ... that does not exist, or a confidence outside of 0 to 1.
    """

    speaker_ids: Sequence[str] | None = None
    names: Sequence[str] | None = None
    without_speaker: bool = False
    since: date | None = None
    until: date | None = None
    year: str | Sequence[str] | None = None
    about: str | None = None
    about_or_by: Sequence[tuple[str | None, Sequence[str]]] | None = None
    role: str | None = None
    roles: Sequence[str] | None = None
    type: str | Sequence[str] | None = None
    kind: str | Sequence[str] | None = None
    factuality: str | Sequence[str] | None = None
    outlet: str | Sequence[str] | None = None
    documents: Sequence[str] | None = None
    ids: Sequence[str] | None = None
    rule: str | Sequence[str] | None = None
    review: str | Sequence[str] | None = None
    min_confidence: float = MIN_CONFIDENCE
    acts: Sequence[str] | str = SHOWN_ACTS
    confidence_band: str | Sequence[str] | None = None
    copies: bool = False

    def __post_init__(self) -> None:
        for name in ("speaker_ids", "names", "roles", "documents", "ids"):
            several = getattr(self, name)
            if several is not None:
                object.__setattr__(self, name, require_list(name, several))
        for name in ("since", "until"):
            require(name, getattr(self, name), date, optional=True)
        for name in ("without_speaker", "copies"):
            require(name, getattr(self, name), bool)
        for name in ("about", "role"):
            require(name, getattr(self, name), str, optional=True)
        for name in ONE_OR_SEVERAL:
            object.__setattr__(self, name, _one_or_several(name, getattr(self, name)))
        if self.about_or_by is not None:
            parts = tuple((word, require_list("ids", ids)) for word, ids in self.about_or_by)
            object.__setattr__(self, "about_or_by", parts)
        require_confidence("min_confidence", self.min_confidence)
        object.__setattr__(self, "acts", require_acts("acts", self.acts))


def _one_or_several(name: str, value: Any) -> str | tuple[str, ...] | None:
    """Return a text, or several as a tuple, each of which must be a value of a condition.

    Raises:
        TypeError: for a value that is neither.
        ValueError: for a value that the condition cannot have.
    """
    if value is not None and not isinstance(value, str):
        value = require_list(name, value)
    for each in (value,) if isinstance(value, str) else value or ():
        if name in CHOICES:
            require_choice(name, each, CHOICES[name])
    return value  # type: ignore[no-any-return]  # checked above


EVERYTHING = Selection(min_confidence=0.0, acts=ACTS, copies=True)


def fold_words(text: str) -> str:
    """Return the SQL expression that folds a text for word search.

    Words are in lower case, without accents, each with one space before it; all that is neither
    letter nor digit separates words.
    """
    separated = rf"regexp_replace({fold_letters(text)}, '[^\pL\pN]+', ' ', 'g')"
    return f"' ' || trim({separated})"


def has_word(text: str) -> str:
    """Return the SQL condition that a text has the word of a search (`?`), or one that begins so.

    A regular expression says the same as a search in folded words (`fold_words`), in a fraction of
    the time that folding each text would take.
    """
    pattern = rf"replace({fold_words('?')}, ' ', '[^\pL\pN]+')"
    return f"regexp_matches(' ' || {fold_letters(text)}, {pattern})"


def fold_letters(text: str) -> str:
    """Return the SQL expression of a text in lower case, without accents."""
    return f"strip_accents(lower({text}))"


def _among(column: str, values: Sequence[str]) -> str:
    """Return the SQL condition that a column has one of so many values (`?`), never of none."""
    return f"{column} IN ({', '.join('?' * len(values)) or 'NULL'})"


def condition(selection: Selection, *, words: str | None = None) -> tuple[str, list[Any]]:
    """Return the WHERE condition of a selection ("TRUE" for everything) and its parameters.

    Args:
        selection: What is wanted.
        words: The column with folded words, where there is one (`fold_words`).
    """
    parts, values = list[str](), list[Any]()

    def add(part: str, *given: Any) -> None:
        parts.append(part)
        values.extend(given)

    for column, several in (
        ("document", selection.documents),
        ("id", selection.ids),
        ("speaker", selection.names),
        ("speaker_id", selection.speaker_ids),
        ("role", selection.roles),
    ):
        if several is not None:
            among = _among(column, several)
            if column == "speaker_id" and selection.without_speaker:
                among = f"({among} OR speaker_id IS NULL)"
            add(among, *several)
    if selection.without_speaker and selection.speaker_ids is None:
        add("speaker_id IS NULL")
    for column, value in (
        ("type", selection.type),
        ("kind", selection.kind),
        ("factuality", selection.factuality),
        ("outlet", selection.outlet),
        ("rule", selection.rule),
        (YEAR, selection.year),
        (REVIEW, selection.review),
        (CONFIDENCE_BAND, selection.confidence_band),
    ):
        if isinstance(value, str):
            add(f"{column} = ?", value)
        elif value is not None:
            add(_among(column, value), *value)
    if selection.since is not None:
        add("day >= ?", selection.since)
    if selection.until is not None:
        add("day <= ?", selection.until)
    said = has_word(WORDS_SAID) if words is None else f"contains({words}, {fold_words('?')})"
    for text, has in ((selection.about, said), (selection.role, has_word("role"))):
        for word in (text or "").split()[:MAX_SEARCH_WORDS]:
            add(has, word)
    for word_or_none, ids in (selection.about_or_by or ())[:MAX_SEARCH_WORDS]:
        by = _among("speaker_id", ids)
        if word_or_none is None:
            add(by, *ids)
        else:
            add(f"({said} OR {by})", word_or_none, *ids)
    if selection.min_confidence > 0:
        add(HAS_CONFIDENCE, selection.min_confidence)
    if not set(ACTS) <= set(selection.acts):
        add(HAS_ACT.format(", ".join("?" * len(selection.acts))), *selection.acts)
    if not selection.copies:
        add("copy_of IS NULL")
    return " AND ".join(parts) or "TRUE", values
