"""What is known of an article beside its text: from a person, from columns, from a page.

In: words in whatever form a file, a page or a command line gives them. Out: `Metadata`, and days as
`date`. Two `Metadata` are put together with `or_else`: the first one's values win. It guesses
nothing: a day that can be read in two ways (03/04/2016) is unknown.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime

from quotes.errors import InputError

DAY_YEAR = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
YEAR = re.compile(r"(?<!\d)(?:\d{4}|\d{8})(?!\d)|\d{8}T")  # of four digits: '16 may be a day
DATE_WORDS = re.compile(r"\d{4}|\d{1,2}(?:st|nd|rd|th)?\W", re.IGNORECASE)
FIRST_YEAR, LAST_YEAR = 1600, 2200
# Numbers that stand for a moment: seconds from 1973 on, milliseconds up to 2200. Smaller ones are
# years, days or row numbers.
EPOCH_SECONDS = range(100_000_000, 7_300_000_000)
EPOCH_MILLISECONDS = range(100_000_000_000, 7_300_000_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a document's text does not say itself.

    None is unknown; `language` is an ISO 639-1 code; `extra` are further columns of its source,
    names with values.
    """

    outlet: str | None = None
    author: str | None = None
    title: str | None = None
    published: date | None = None
    language: str | None = None
    url: str | None = None
    id: str | None = None
    extra: tuple[tuple[str, str], ...] = ()

    def or_else(self, other: Metadata) -> Metadata:
        """Return these values, and those of `other` where there is none."""
        names = [field.name for field in fields(self) if field.name != "extra"]
        mine = {name: getattr(self, name) for name in names}
        return Metadata(
            **{
                name: getattr(other, name) if value is None else value
                for name, value in mine.items()
            },
            extra=tuple((dict(other.extra) | dict(self.extra)).items()),
        )


UNKNOWN = Metadata()


def parse_date(text: str, *, day_first: bool | None = None) -> date | None:
    """Return the day that `text` names, or None where it names none or could name two.

    `day_first` says how to read figures such as 03/04/2016: as 3 April (True) or March 4 (False).

    The day is taken as it stands, without a change of time zone.

    ISO, RFC 2822, "3 March 2016", "March 3, 2016", day and month in figures where one of them is
    above 12, always with a year of four digits; seconds or milliseconds since 1970 are counted in
    UTC.
    """
    text = text.strip()
    if re.fullmatch(r"\d{9,13}(\.\d+)?", text):
        return from_epoch(float(text))
    if iso := DAY_YEAR.match(text):
        return _day(*(int(part) for part in iso.groups()))
    if len(text) > 80 or not DATE_WORDS.search(text) or not YEAR.search(text):
        return None
    days = {_loosely(text, dayfirst, day) for dayfirst in (False, True) for day in (1, 2)}
    if len(days) == 2 and None not in days and day_first is not None:
        days = {_loosely(text, day_first, day) for day in (1, 2)}
    return days.pop() if len(days) == 1 else None


def can_be_two_days(text: str) -> bool:
    """Return whether words name one day if its figure comes first and another if the month's does.

    True for 03/04/2016.
    """
    day = parse_date(text, day_first=True)
    return day is not None and day != parse_date(text, day_first=False)


def require_date(text: str) -> date:
    """Return the day that a person gives, as `parse_date` does.

    Raises:
        InputError: where the day cannot be told.
    """
    if (day := parse_date(text)) is None:
        if DAY_YEAR.fullmatch(text.strip()):
            raise InputError(f"{text!r}: there is no such day: write it as YYYY-MM-DD")
        raise InputError(f"{text!r} is ambiguous or not a date: write it as YYYY-MM-DD")
    return day


def from_epoch(number: float) -> date | None:
    """Return the day (UTC) of seconds or milliseconds since 1970; None for other numbers."""
    whole = int(number)
    if whole in EPOCH_MILLISECONDS:
        return datetime.fromtimestamp(whole / 1000, UTC).date()
    return datetime.fromtimestamp(whole, UTC).date() if whole in EPOCH_SECONDS else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def _loosely(text: str, dayfirst: bool, day: int) -> date | None:
    """Return the day by dateutil.

    Parts that the text lacks are taken from another year, month and `day` for each call, so that
    they show.
    """
    from dateutil import parser  # type: ignore[import-untyped]

    absent = datetime(1600 + day, day, day)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # dateutil warns of zones that it does not know; the zone is of no interest here
            found: datetime = parser.parse(text, default=absent, dayfirst=dayfirst, ignoretz=True)
    except (ValueError, OverflowError, TypeError):
        return None
    return found.date() if FIRST_YEAR + 3 <= found.year <= LAST_YEAR else None
