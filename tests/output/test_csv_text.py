"""Lines of cells as CSV."""

from __future__ import annotations

import csv
import io

from quotes.output.csv_text import csv_text


def test_what_is_written_is_read_again() -> None:
    lines = [["speaker", "words"], ["Ida Falk", "“Close it,\nnow”, she said"], ["", 'a "roof"']]
    assert list(csv.reader(io.StringIO(csv_text(lines), newline=""))) == lines


def test_a_line_ends_with_a_line_feed_and_cells_with_the_delimiter() -> None:
    assert csv_text([["a", "b"], ["c,d", ""]]) == 'a,b\n"c,d",\n'
    assert csv_text([["a", "b"], ["c,d", "\t"]], delimiter="\t") == 'a\tb\nc,d\t"\t"\n'
    assert csv_text([]) == ""
