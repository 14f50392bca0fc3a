"""Options and small habits that several commands share."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from quotes.defaults import MIN_CONFIDENCE
from quotes.errors import InputError
from quotes.readers.metadata import require_date

FAILED = 2
STORE = "quotes-store"


class Day(click.ParamType[date]):
    """A day, best written as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else require_date(value)
        except InputError as error:
            self.fail(str(error), param, ctx)


store_option = click.option(
    "--store",
    default=STORE,
    show_default=True,
    envvar="QUOTES_STORE",
    metavar="FOLDER",
    type=click.Path(),
    help="The store.  [env: QUOTES_STORE]",
)
confidence_option = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=MIN_CONFIDENCE,
    show_default=True,
    help="Leave out what is less sure.",
)
