"""Charts as self-contained SVG, HTML and PNG: no font, script or picture is loaded, and a reader of the source finds the figures in it.

In: figures, or a timeline. Out: the text of a file; `write_timeline` alone writes one.
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
    """Draw a timeline into a file of the kind that its ending says. Raises InputError for another ending and where it cannot be written."""
    from quotes.output.tables.atomic_file import atomic_file

    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise InputError(f"{path}: no kind of chart: end the name in {', '.join(FORMATS)}")
    made = (
        timeline_page(timeline)
        if ending == ".html"
        else timeline_chart(timeline, theme="light" if ending == ".png" else "both")
    )
    with atomic_file(path) as stream:
        stream.write(png(made) if ending == ".png" else made.encode())
