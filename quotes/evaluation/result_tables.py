"""Results as tables for people: plain text for pipes and files, rich tables for a terminal.

In go results, out come tables of cells that are ready to print. Percentages are of 100 and without a sign; "95%" are intervals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.evaluation.metrics import METRICS, SCOPES, Count, Key
from quotes.evaluation.results import Results

if TYPE_CHECKING:
    from rich.console import RenderableType

SPAN = ("span found", "span source right", "span source right (name)", "source right | found")
EXACT = {"EXACT": "whole documents", "EXACT TOUCHED": "sentences with an attribution"}
GROUP_TITLES = {
    "type": "By type",
    "source": "By kind of source",
    "cue": "By place of the cue",
    "sentence": "By place of the source",
}


@dataclass(frozen=True)
class ResultTable:
    """A title, the headings of the columns, rows of cells, and what has to be known to read them. The first column is left-aligned."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def tables(results: Results) -> Iterator[ResultTable]:
    """Everything that was measured."""
    yield _main(results)
    yield _spans(results)
    yield _exact(results)
    for name, groups in results.groups.items():
        columns = ("", "gold", "content R", "attribution R", "found", "attribution P")
        rows = (
            (
                g.name,
                str(g.gold),
                _share(g.content, g.gold),
                _share(g.attribution, g.gold),
                str(g.found),
                _share(g.right, g.found),
            )
            for g in groups
        )
        note = "Recall by what is annotated, precision by what was found." if name == "type" else ""
        yield ResultTable(GROUP_TITLES.get(name, name), columns, tuple(rows), note)
    yield _rules(results)
    yield _speakers(results)
    yield _coverage(results)
    yield _calibration(results)


def plain(table: ResultTable) -> str:
    """A table as lines of text, its columns aligned."""
    widths = [
        max(len(row[n]) for row in (table.columns, *table.rows)) for n in range(len(table.columns))
    ]

    def line(cells: tuple[str, ...]) -> str:
        first, *others = zip(cells, widths, strict=True)
        return "  ".join(
            [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
        ).rstrip()

    lines = [table.title, *map(line, (table.columns, *table.rows))]
    return "\n".join([*lines, table.note] if table.note else lines) + "\n"


def rich(table: ResultTable) -> RenderableType:
    """A table for a terminal."""
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    shown = RichTable(
        title=Text(table.title, style="bold"),
        title_justify="left",
        caption=table.note or None,
        box=box.SIMPLE_HEAD,
    )
    shown.caption_justify = "left"
    for number, name in enumerate(table.columns):
        shown.add_column(name, justify="left" if number == 0 else "right", no_wrap=True)
    for row in table.rows:
        shown.add_row(*map(Text, row))
    return shown


def _main(results: Results) -> ResultTable:
    rows = (
        (
            f"{scope} {metric}",
            *_prf(results.counts[scope, metric]),
            _f1_interval(results, (scope, metric)),
            *_numbers(results.counts[scope, metric]),
        )
        for scope in SCOPES
        for metric in METRICS
    )
    note = (
        "Contents that share half their words fit. A source is right when it shares a telling word at its place; (name): or the speaker "
        "does.\nDIRECT: with three quoted words."
    )
    title = f"Attributions: {results.quotes} quotes in {results.articles} articles"
    return ResultTable(
        title, ("", "P", "R", "F1", "F1 95%", "right", "found", "gold"), tuple(rows), note
    )


def _spans(results: Results) -> ResultTable:
    rows = (
        (metric, _percent(n.recall), str(n.right), str(n.gold))
        for metric in SPAN
        if (n := results.counts.get(("SPAN", metric)))
    )
    return ResultTable("Given a quoted part", ("", "share", "right", "of"), tuple(rows))


def _exact(results: Results) -> ResultTable:
    rows = [
        (
            f"{role}, {where}",
            *_prf(results.counts[scope, role]),
            *_numbers(results.counts[scope, role]),
        )
        for scope, where in (EXACT | {"WORDS": "word by word"}).items()
        for role in ("source", "cue", "content")
    ]
    note = "Right: the same words. An attribution touches the sentences of its content, cue and source."
    return ResultTable(
        "Spans one by one, exact", ("", "P", "R", "F1", "right", "found", "gold"), tuple(rows), note
    )


def _rules(results: Results) -> ResultTable:
    rows = (
        (
            r.rule,
            str(r.fires),
            _share(r.content, r.fires),
            _share(r.attribution, r.fires),
            str(r.left_out),
        )
        for r in results.rules
    )
    note = "Fires: without the quotes that fit an attribution without a source, which are left out."
    return ResultTable(
        "By rule", ("", "fires", "content P", "attribution P", "left out"), tuple(rows), note
    )


def _speakers(results: Results) -> ResultTable:
    rows = (
        (
            s.kind,
            str(s.found),
            _share(s.resolved, s.found),
            _share(s.agrees, s.resolved) if s.kind == "proper name" else "",
        )
        for s in results.speakers
    )
    return ResultTable(
        "Speakers of attributions found with the right source",
        ("source", "number", "resolved", "name shares a word"),
        tuple(rows),
    )


def _coverage(results: Results) -> ResultTable:
    rows = (
        (
            f"{c.precision:.0%}",
            "none" if c.least is None else f"{c.least:.3f}",
            str(c.kept),
            _percent(c.share),
            _share(c.right, _gold(results)),
        )
        for c in results.coverage
    )
    note = "What can be kept at a precision of attributions: the quotes from that confidence on."
    return ResultTable(
        "Coverage", ("precision", "confidence", "quotes", "share kept", "recall"), tuple(rows), note
    )


def _calibration(results: Results) -> ResultTable:
    rows = (
        (f"{b.low:.1f} to {b.high:.1f}", str(b.size), f"{b.confidence:.3f}", f"{b.accuracy:.3f}")
        for b in results.bins
        if b.size
    )
    title = f"Calibration: expected error {results.calibration_error:.3f}"
    return ResultTable(title, ("confidence", "quotes", "mean", "right"), tuple(rows))


def _gold(results: Results) -> int:
    return results.counts["ALL", "attribution"].gold if results.counts else 0


def _prf(n: Count) -> tuple[str, str, str]:
    return _percent(n.precision), _percent(n.recall), _percent(n.f1)


def _numbers(n: Count) -> tuple[str, str, str]:
    return str(n.right), str(n.found), str(n.gold)


def _f1_interval(results: Results, key: Key) -> str:
    intervals: Mapping[Key, tuple[tuple[float, float], ...]] = results.intervals
    return "–".join(_percent(value) for value in intervals[key][-1]) if key in intervals else ""


def _share(part: int, whole: int) -> str:
    return _percent(part / whole) if whole else ""


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"
