"""Results as tables for people: plain text for pipes and files, rich tables for a terminal.

In: results. Out: tables of cells that are ready to print. P, R and F1 are precision, recall and
their harmonic mean, in percent without a sign; "95%" marks intervals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.evaluation.metrics import METRICS, OUTERMOST, SCOPES, Count, Key
from quotes.evaluation.results import Results
from quotes.output.numbers import count_of

if TYPE_CHECKING:
    from rich.console import RenderableType

SPAN_METRICS = (
    "span found",
    "span source right",
    "span source right (name)",
    "source right | found",
)
EXACT_SCOPES = {"EXACT": "whole documents", "EXACT TOUCHED": "sentences with an attribution"}
GROUP_TITLES = {
    "type": "By type",
    "source": "By kind of source",
    "cue": "By position of the cue",
    "sentence": "By position of the source",
}


@dataclass(frozen=True)
class ResultTable:
    """A table of cells. The first column is left-aligned, the others right-aligned.

    Attributes:
        title: The title.
        columns: The headings of the columns.
        rows: The rows of cells.
        note: An explanation, printed below.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def result_tables(results: Results) -> Iterator[ResultTable]:
    """Yield the tables of everything that was measured."""
    yield _main(results)
    yield _spans(results)
    yield _exact(results)
    for name, groups in results.groups.items():
        columns = ("", "gold", "content R", "attribution R", "found", "attribution P")
        rows = (
            (
                g.name,
                str(g.gold),
                share_text(g.content, g.gold),
                share_text(g.attribution, g.gold),
                str(g.found),
                share_text(g.right, g.found),
            )
            for g in groups
        )
        note = (
            "Recall: by the kind of the annotated one. Precision: by that of the found one."
            if name == "type"
            else ""
        )
        yield ResultTable(GROUP_TITLES.get(name, name), columns, tuple(rows), note)
    yield _rules(results)
    yield _speakers(results)
    yield _coverage(results)
    yield _calibration(results)


def plain_text(table: ResultTable) -> str:
    """Return a table as lines of text with aligned columns."""
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


def renderable(table: ResultTable) -> RenderableType:
    """Return a table for a terminal."""
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
    """Return the table of attributions."""
    rows = (
        (
            f"{scope} {metric}",
            *_prf(results.counts[scope, metric]),
            _f1_interval(results, (scope, metric)),
            *_numbers(results.counts[scope, metric]),
        )
        for suffix, metrics in (("", METRICS), (OUTERMOST, METRICS[:2]))
        for scope in (name + suffix for name in SCOPES)
        for metric in metrics
    )
    note = (
        "A content matches when it shares half of its words. A source is right when it shares a "
        "word\n(no stop word) at the same place; (name): or when the speaker's name shares one.\n"
        "DIRECT: only attributions with three quoted words. OUTERMOST: without quotes inside "
        "others,\nwhich annotators do not mark."
    )
    quotes, articles = count_of(results.quotes, "quote"), count_of(results.articles, "article")
    title = f"Attributions: {quotes} in {articles}"
    return ResultTable(
        title, ("", "P", "R", "F1", "F1 95%", "right", "found", "gold"), tuple(rows), note
    )


def _spans(results: Results) -> ResultTable:
    """Return the table of quoted parts."""
    rows = (
        (metric, _percent(n.recall), str(n.right), str(n.gold))
        for metric in SPAN_METRICS
        if (n := results.counts.get(("SPAN", metric)))
    )
    return ResultTable("Quoted parts", ("", "R", "right", "gold"), tuple(rows))


def _exact(results: Results) -> ResultTable:
    """Return the table of exact spans."""
    rows = [
        (
            f"{kind}, {where}",
            *_prf(results.counts[scope, kind]),
            *_numbers(results.counts[scope, kind]),
        )
        for scope, where in (EXACT_SCOPES | {"WORDS": "word by word"}).items()
        for kind in ("source", "cue", "content")
    ]
    note = (
        "Right: the same words. An attribution is in the sentences of its content, cue and source."
    )
    return ResultTable(
        "Exact spans", ("", "P", "R", "F1", "right", "found", "gold"), tuple(rows), note
    )


def _rules(results: Results) -> ResultTable:
    """Return the table of rules."""
    rows = (
        (
            r.rule,
            str(r.quotes),
            share_text(r.content, r.quotes),
            share_text(r.attribution, r.quotes),
            str(r.ignored),
        )
        for r in results.rules
    )
    note = "Ignored: quotes that match an attribution without a source; they are not counted."
    return ResultTable(
        "By rule", ("", "quotes", "content P", "attribution P", "ignored"), tuple(rows), note
    )


def _speakers(results: Results) -> ResultTable:
    """Return the table of speakers."""
    rows = (
        (
            s.kind,
            str(s.found),
            share_text(s.resolved, s.found),
            share_text(s.name_matches, s.resolved) if s.kind == "proper name" else "",
        )
        for s in results.speakers
    )
    return ResultTable(
        "Speakers of attributions found with the right source",
        ("source", "attributions", "resolved", "name shares a word"),
        tuple(rows),
    )


def _coverage(results: Results) -> ResultTable:
    """Return the table of coverage at a precision."""
    rows = (
        (
            f"{c.precision:.0%}",
            "none" if c.min_confidence is None else f"{c.min_confidence:.3f}",
            str(c.quotes),
            _percent(c.share),
            share_text(c.right, _gold(results)),
        )
        for c in results.coverage
    )
    note = "The quotes from a confidence on whose attributions reach a precision."
    return ResultTable(
        "Coverage", ("precision", "confidence", "quotes", "share", "recall"), tuple(rows), note
    )


def _calibration(results: Results) -> ResultTable:
    """Return the table of confidence and accuracy."""
    rows = (
        (f"{b.low:.1f} to {b.high:.1f}", str(b.size), f"{b.confidence:.3f}", f"{b.accuracy:.3f}")
        for b in results.bins
        if b.size
    )
    title = f"Calibration: expected error {results.calibration_error:.3f}"
    return ResultTable(title, ("confidence", "quotes", "mean", "accuracy"), tuple(rows))


def _gold(results: Results) -> int:
    """Return the number of annotated attributions."""
    return results.counts["ALL", "attribution"].gold if results.counts else 0


def _prf(n: Count) -> tuple[str, str, str]:
    """Return precision, recall and F1 in percent."""
    return _percent(n.precision), _percent(n.recall), _percent(n.f1)


def _numbers(n: Count) -> tuple[str, str, str]:
    """Return the numbers of right, found and gold ones."""
    return str(n.right), str(n.found), str(n.gold)


def _f1_interval(results: Results, key: Key) -> str:
    """Return the interval of F1 in percent, "" where it was not computed."""
    intervals: Mapping[Key, tuple[tuple[float, float], ...]] = results.intervals
    return "–".join(_percent(value) for value in intervals[key][-1]) if key in intervals else ""


def share_text(part: int, whole: int) -> str:
    """Return a share in percent, "" where there is no whole."""
    return _percent(part / whole) if whole else ""


def _percent(share: float) -> str:
    """Return a share in percent."""
    return f"{100 * share:.1f}"
