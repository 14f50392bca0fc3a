"""Results as tables: aligned plain text, the same cells on a terminal."""

from __future__ import annotations

import io

from quotes.evaluation import (
    DocumentComparison,
    evaluate,
)
from quotes.evaluation.result_tables import plain_text, renderable, result_tables


def test_plain_tables_are_aligned_and_hold_the_figures(mixed: DocumentComparison) -> None:
    shown = [plain_text(table) for table in result_tables(evaluate([mixed], draws=10))]
    first = shown[0].splitlines()
    assert first[0] == "Attributions: 4 quotes in 1 article"
    assert next(line.split()[2:5] for line in first if line.startswith("ALL attribution ")) == [
        "33.3",
        "50.0",
        "40.0",
    ]
    assert len({len(line) for line in first[1:14]}) == 1
    assert not any("\x1b" in text for text in shown)


def test_tables_for_a_terminal_show_the_same_cells(mixed: DocumentComparison) -> None:
    from rich.console import Console

    for table in result_tables(evaluate([mixed], draws=10)):
        file = io.StringIO()
        console = Console(file=file, width=200)
        console.print(renderable(table))
        shown = file.getvalue()
        assert table.title in shown
        assert all(cell in shown for row in table.rows for cell in row)
