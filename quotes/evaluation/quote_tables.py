"""Results on annotated quotes as tables for people, to be rendered by `result_tables`.

In: results. Out: tables of cells that are ready to print, shares in percent without a sign.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.evaluation.calibration import calibration_error
from quotes.evaluation.quote_results import TYPES, GroupScore, QuoteResults, ShownScore
from quotes.evaluation.result_tables import ResultTable, share_text
from quotes.output.numbers import count_of

LABELS = {
    "found": "found",
    "right": "found with the right speaker",
    "direct found": "direct ones found",
    "precision": "precision: shown quotes that are statements",
    "wrong speaker": "wrong speaker, of those named",
    "pronouns": "pronoun sources found with the right speaker",
    "role recall": "role right, of found ones with a role",
    "role precision": "role right, of the roles given there",
    "days": "day right, of found ones that have one",
    "chains": "reporters right, of found ones that have some",
    "kinds": "kind right, of found ones",
    "types": "type right, of found ones",
}
GROUP_TITLES = {"type": "By type", "link": "By what the source is", "tag": "By difficulty"}
CONFIDENCES = {
    "confidence": "confidence: a statement",
    "speaker_confidence": "speaker_confidence: the right speaker, of statements",
    "product": "product of both: a statement by the right speaker",
}


def quote_tables(results: QuoteResults) -> Iterator[ResultTable]:
    """Yield the tables of everything that was measured."""
    yield _main(results)
    for name, groups in results.groups.items():
        if groups:
            yield _groups(GROUP_TITLES[name], groups)
    yield _shown("By confidence", results.bands)
    yield _shown("By rule", results.rules)
    yield _errors(results)
    for of, title in CONFIDENCES.items():
        yield _calibration(title, results, of)


def _main(results: QuoteResults) -> ResultTable:
    """Return the table of all figures."""
    rows = (
        (
            LABELS[name],
            share_text(share.part, share.whole),
            "–".join(f"{100 * end:.1f}" for end in results.intervals.get(name, ())),
            str(share.part),
            str(share.whole),
        )
        for name, share in results.figures.items()
        if share.whole
    )
    quotes, articles = count_of(results.quotes, "quote"), count_of(results.articles, "article")
    unsaid = results.unflagged + results.flagged
    note = (
        "Found: half of the words are shared. A statement: the quote finds an annotated one, "
        "optional or not.\n"
        f"Not said or hypothetical: {unsaid} shown, {results.unflagged} of them as said. "
        f"Roles where the article gives none: {results.spurious_roles}."
    )
    return ResultTable(
        f"Annotated quotes: {quotes} in {articles}",
        ("", "share", "95%", "right", "of"),
        tuple(rows),
        note,
    )


def _groups(title: str, groups: Sequence[GroupScore]) -> ResultTable:
    """Return the table of annotated quotes by kind."""
    rows = (
        (g.name, str(g.gold), share_text(g.found, g.gold), share_text(g.right, g.gold))
        for g in groups
    )
    return ResultTable(title, ("", "gold", "found", "right speaker"), tuple(rows))


def _shown(title: str, scores: Sequence[ShownScore]) -> ResultTable:
    """Return a table of shown quotes."""
    rows = (
        (
            s.name,
            str(s.quotes),
            share_text(s.statements, s.quotes),
            share_text(s.right, s.quotes),
        )
        for s in scores
    )
    return ResultTable(title, ("", "shown", "statements", "right speaker, too"), tuple(rows))


def _errors(results: QuoteResults) -> ResultTable:
    """Return the table of calibration errors."""
    rows = (
        (
            title,
            *(f"{calibration_error(results.reliability[of, t]):.3f}" for t in ("all", *TYPES)),
        )
        for of, title in CONFIDENCES.items()
    )
    return ResultTable("Expected calibration error", ("", "all", *TYPES), tuple(rows))


def _calibration(title: str, results: QuoteResults, of: str) -> ResultTable:
    """Return the table of one confidence and its accuracy."""
    rows = (
        (f"{b.low:.1f} to {b.high:.1f}", str(b.size), f"{b.confidence:.3f}", f"{b.accuracy:.3f}")
        for b in results.reliability[of, "all"]
        if b.size
    )
    return ResultTable(f"Calibration of {title}", ("", "quotes", "mean", "accuracy"), tuple(rows))
