"""A chart of time inside a page: what its marks, rows and times lead to.

In: drawings of marks, names of outlets and steps of the scale. Out: the same as links.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from quotes.output.charts.drawing import safe, titled
from quotes.output.charts.scale import Scale
from quotes.timeline.said import Said

MAX_MARKS = 10_000  # quotes drawn as marks; more are drawn as bars

ListAddress = Callable[[str | None, date | None, date | None], str]
"""The address of a list of the quotes of an outlet, from a first to a last day; None is any."""


@dataclass(frozen=True, slots=True)
class Inline:
    """How a chart stands inside a page, which has a heading and the colours (`style`) of its own.

    Its links are no stops of the Tab key: the page lists the quotes, too.

    Attributes:
        link: The address that a mark leads to, from the number of its quote and the quote.
        tooltips: Let hovering show the quote; a page may have a script for that instead.
        max_marks: Draw bars of more quotes.
        only: The address that the name of an outlet and a step of time lead to, if any.
    """

    link: Callable[[int, Said], str]
    tooltips: bool = True
    max_marks: int = MAX_MARKS
    only: ListAddress | None = None

    def mark(self, number: int, said: Said, tip: str, drawn: str) -> str:
        """Put the drawing of a mark into its link."""
        return _link(self.link(number, said), tip if self.tooltips else "", drawn)

    def listed(
        self, drawn: str, tip: str, *, outlet: str | None, axis: Scale, step: int | None
    ) -> str:
        """Put a drawing into a link to the list of the quotes of an outlet, of a step of time."""
        if self.only is None:
            return drawn
        first = last = None
        if step is not None:
            first, last = axis.starts[step], axis.starts[step + 1] - timedelta(days=1)
        return _link(self.only(outlet, first, last), tip, drawn)


def _link(address: str, tip: str, drawn: str) -> str:
    title = f"<title>{titled(tip)}</title>" if tip else ""
    return f'<a href="{safe(address)}" tabindex="-1">{title}{drawn}</a>'
