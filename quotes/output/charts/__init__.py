"""Charts as self-contained SVG, HTML and PNG: nothing is loaded, and the source has the figures.

In: figures, or a timeline. Out: the text of a file; `write_timeline` writes one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import InputError
from quotes.output.charts.page import timeline_page
from quotes.output.charts.png import png
from quotes.output.charts.reliability import reliability_plot
from quotes.output.charts.timeline import timeline_chart

if TYPE_CHECKING:
    from quotes.timeline import Timeline

__all__ = ["FORMATS", "reliability_plot", "timeline_chart", "timeline_page", "write_timeline"]

FORMATS = (".html", ".svg", ".png")


def write_timeline(path: Path, timeline: Timeline) -> None:
    """Draw a timeline into a file, in the format that its name ends in.

    Raises:
        InputError: The name ends in none of FORMATS, or the file cannot be written.
    """
    from quotes.output.tables.atomic_file import atomic_file

    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise InputError(f"{path}: unknown kind of chart: end the name in {', '.join(FORMATS)}")
    made = (
        timeline_page(timeline)
        if suffix == ".html"
        else timeline_chart(timeline, theme="light" if suffix == ".png" else "both")
    )
    with atomic_file(path) as stream:
        stream.write(png(made) if suffix == ".png" else made.encode())
