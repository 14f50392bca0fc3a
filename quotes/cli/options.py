"""Options that several commands share, and exit codes."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar

import click
from click.core import ParameterSource

from quotes.arguments import require_acts
from quotes.defaults import ACTS, MIN_CONFIDENCE, SHOWN_ACTS, STORE_FOLDER
from quotes.errors import InputError
from quotes.output.formats import format_of_ending
from quotes.records import Act

EXIT_NOT_FOUND = 1
EXIT_FAILED = 2
EXIT_STOPPED = 130

F = TypeVar("F", bound=Callable[..., Any])


PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2}))?")


class Day(click.ParamType[date]):
    """A parameter that is a day, best written as YYYY-MM-DD.

    Args:
        period: "first" or "last" also takes a year or a month (2024, 2024-03): its first or its
            last day.
    """

    name = "date"

    def __init__(self, period: Literal["first", "last"] | None = None) -> None:
        self._period = period

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day that the text of a parameter names."""
        if isinstance(value, date):
            return value
        try:
            period = PERIOD.fullmatch(value.strip()) if self._period else None
            if period:
                return _day_of_period(int(period[1]), period[2], last=self._period == "last")
            from quotes.readers.metadata import require_date

            return require_date(value)
        except InputError as error:
            self.fail(str(error), param, ctx)


class Share(click.ParamType[float]):
    """A parameter from 0 to 1, or in per cent: 0.7 or 70%."""

    name = "share"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the share that the text of a parameter names."""
        given = str(value).strip()
        try:
            share = float(given.removesuffix("%")) / (100 if given.endswith("%") else 1)
        except ValueError:
            share = -1.0
        if not 0 <= share <= 1:  # not a number, too
            percent = f", or {given}%" if 1 < share <= 100 else ""
            self.fail(f"{given!r}: is not a share: write 0.7 or 70%{percent}", param, ctx)
        return share


def _day_of_period(year: int, month: str | None, *, last: bool) -> date:
    """Return the first or the last day of a year or of a month of it."""
    at = int(month) if month else 12 if last else 1
    try:
        return date(year, at, calendar.monthrange(year, at)[1] if last else 1)
    except ValueError as error:
        raise InputError(f"'{year:04d}-{at:02d}' is not a month: write it as YYYY-MM") from error


store_option = click.option(
    "--store",
    default=STORE_FOLDER,
    show_default=True,
    envvar="QUOTES_STORE",
    metavar="FOLDER",
    type=click.Path(),
    help="Folder of the store.  [env: QUOTES_STORE]",
)
model_option = click.option(
    "--model",
    default="embedded",
    show_default=True,
    metavar="MODEL",
    help="embedded, a Stanza package (stanza:en, downloaded if missing) or a folder of Stanza "
    "models.",
)
output_option = click.option(
    "--output",
    callback=lambda _ctx, _param, value: None if value == "-" else value,
    type=click.Path(),
    metavar="FILE",
    help="Write to FILE instead of standard output (-).",
)


def unless_the_output_tells(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> str | None:
    """Return the format; None where a file of settings gives it, and --output ends as another.

    What the command line gives counts before such a file, and so does the name of the output.
    """
    by_file = context.get_parameter_source(parameter.name or "") is ParameterSource.DEFAULT_MAP
    output = context.params.get("output")
    own_format = output and format_of_ending(Path(output).suffix.lower())
    return None if by_file and own_format else value


def format_option(
    formats: Sequence[str] = ("table", "csv", "jsonl"),
    *,
    default: str | None = "table",
    help: str = "Output format.",
) -> Callable[[F], F]:
    """Return the option `--format`; None as default leaves the choice to the command."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(formats),
        callback=unless_the_output_tells,
        default=default,
        show_default=default is not None,
        help=help,
    )


def limit_option(help: str, *, default: int | None = None) -> Callable[[F], F]:
    """Return the option `--limit`; None as default leaves the number to the command."""
    return click.option(
        "--limit",
        type=click.IntRange(min=1),
        metavar="N",
        default=default,
        show_default=default is not None,
        help=help,
    )


def min_confidence_option(default: float | None = MIN_CONFIDENCE) -> Callable[[F], F]:
    """Return the option `--min-confidence`; None as default leaves the choice to the command."""
    return click.option(
        "--min-confidence",
        type=Share(),
        metavar="SHARE",
        default=default,
        show_default=default is not None,
        help="Leave out quotes whose words and speaker are less likely right: 0.7 or 70%."
        + (f"  [default: {MIN_CONFIDENCE}]" if default is None else ""),
    )


class Acts(click.ParamType[tuple[Act, ...]]):
    """Acts of quotes, with commas between them."""

    name = "acts"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Act, ...]:
        """Return the acts; an unknown one is an error of use."""
        try:
            return require_acts("acts", value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def acts_option(default: str | None = ",".join(SHOWN_ACTS)) -> Callable[[F], F]:
    """Return the option `--acts`; None as default leaves the choice to the command."""
    return click.option(
        "--acts",
        type=Acts(),
        default=default,
        show_default=default is not None,
        metavar="ACTS",
        help=f"Quotes of these acts: {', '.join(ACTS)}, with commas between them, or all."
        + (f"  [default: {','.join(SHOWN_ACTS)}]" if default is None else ""),
    )


class Columns(click.ParamType[tuple[str, ...]]):
    """Names of columns, with commas between them."""

    name = "columns"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Return the names; none is an error of use."""
        if isinstance(value, tuple):
            return value
        names = tuple(name.strip() for name in value.split(",") if name.strip())
        if not names:
            self.fail("names no column", param, ctx)
        return names


columns_option = click.option(
    "--columns",
    "column_names",
    type=Columns(),
    metavar="NAMES",
    help="Write these columns only, in this order, with commas between them: speaker,words,url.",
)
bom_option = click.option(
    "--bom",
    is_flag=True,
    help="Begin CSV and TSV with a byte order mark, without which Excel garbles “ and é.",
)


_SELECTION = (
    click.option(
        "--since",
        type=Day("first"),
        help="Only quotes said (or, if that is unknown, published) on or after this day "
        "(YYYY-MM-DD), or from this month (YYYY-MM) or year on.",
    ),
    click.option(
        "--until",
        type=Day("last"),
        help="Only quotes said (or, if that is unknown, published) on or before this day, or until "
        "the end of this month or year.",
    ),
    click.option(
        "--about",
        metavar="WORDS",
        help="Only quotes that contain all these words, or words that begin with them.",
    ),
    click.option("--role", metavar="WORDS", help="Only quotes said in a role with these words."),
    click.option(
        "--type",
        type=click.Choice(("direct", "indirect", "mixed")),
        help="Only quotes of this type.",
    ),
    click.option(
        "--copies",
        is_flag=True,
        help="Include quotes in near-duplicate articles, such as wire copy.",
    ),
)


def selection_options(command: F) -> F:
    """Add the options that select quotes of a store by time, words, role and type."""
    for option in reversed(_SELECTION):
        command = option(command)
    return command
