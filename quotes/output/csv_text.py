"""Lines of cells as CSV.

In: cells that are text already. Out: one text, in which a line feed ends each line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence


def csv_text(lines: Iterable[Sequence[str]], *, delimiter: str = ",") -> str:
    """Return lines of cells as CSV, with quotation marks around cells that need them."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(lines)
    return text.getvalue()
