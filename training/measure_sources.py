"""Measure the resolution of pronouns, descriptions and short names in PolNeAR dev.

Against those that are labelled by hand.

    python -m training.measure_sources --gold DATA [--parsed FOLDER] [--wrong]

Takes six minutes, seconds with ready parses.

The rows are tests/gold/sources-dev.tsv (how they were made: README.md there). Attributions come
from the annotation, so that only the speaker is measured: `resolve` is given a quote for each. Each
row has one outcome:

right a name is given that fits the label: both spell one full name (`names.fit` says "same"), or
the words are the same wrong another name or description; a short name left short though the article
has the long one; any name where the label is empty silent no name is given: none at all, or the
description itself, as printed; where the label is empty, also another description, since that names
nobody

Coverage is the share of the rows with a label that are not silent, and right the share of right
ones among right and wrong ones, with those where the label is empty. `--raise` raises the floors in
data/floors-sources.json, which tests/speakers/test_gold_sources.py compares, to what is reached.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from quotes import records
from quotes.analysis import analyse
from quotes.errors import QuotesError
from quotes.evaluation import Article, Attribution, digest, read_gold
from quotes.evaluation.frozen_parses import FolderParser
from quotes.language import Language
from quotes.language.lexicon import Lexicon, load_lexicon
from quotes.models import Models, load_models, models_for_parses
from quotes.names.person import person_name
from quotes.names.short_forms import ShortForm, short_form_of
from quotes.records import Span, Spans, SpeakerResolution
from quotes.speakers import resolve
from quotes.text.folding import fold_name
from quotes.text.quotation_marks import find_marks
from training.gold import DataError, arguments, folder, text_of

Outcome = Literal["right", "wrong", "silent"]
ROOT = Path(__file__).resolve().parent.parent
LABELS = ROOT / "tests" / "gold" / "sources-dev.tsv"
FLOORS = ROOT / "data" / "floors-sources.json"
SPLIT, EVERY = (
    Path("polnear", "dev"),
    6,
)  # the slice that the test measures: each sixth article, as for the other floors
WORD = re.compile(r"\w+")
HEADER = ("document", "start", "end", "form", "name")
MOSTLY = 0.9  # of what is said stands in marks: it is direct
SLACK = 0.5  # points between what was measured and the floor


@dataclass(frozen=True, slots=True)
class Label:
    """A source and the name of who is meant, "" where the article names nobody."""

    document: str
    span: Span
    form: str
    name: str


@dataclass(frozen=True, slots=True)
class LabelResult:
    """A label, the answer to it and its outcome."""

    label: Label
    speaker: SpeakerResolution
    outcome: Outcome


def read_labels(path: Path = LABELS) -> tuple[Label, ...]:
    """Return the rows of a file of labels.

    Raises:
        DataError: as above.
    """
    header, *lines = text_of(path).splitlines()
    if tuple(header.split("\t")) != HEADER:
        raise DataError(f"{path}: the first line must be {' '.join(HEADER)}, with tabs between")
    rows = [line.split("\t") for line in lines]
    for number, row in enumerate(rows, 2):
        if len(row) != len(HEADER) or not (row[1].isdigit() and row[2].isdigit()):
            raise DataError(f"{path}, line {number}: not {' '.join(HEADER)} with tabs between")
    return tuple(
        Label(document, Span(int(start), int(end)), form, name)
        for document, start, end, form, name in rows
    )


def gold_attributions(article: Article) -> tuple[records.Attribution, ...]:
    """Return one record for each attribution as annotated, in text order.

    Which one lies in which is told by the contents.
    """
    marked = tuple(
        part
        for mark in find_marks(article.document.text, Language.load("en"))
        if mark.level == 0
        for part in mark.outer
    )
    order = sorted(set(article.attributions), key=lambda a: (a.content, a.source, a.cue))
    return tuple(
        records.Attribution(
            id=str(number),
            document=article.document.id,
            content=own.content,
            cue=own.cue,
            source=own.source,
            type="direct" if _is_direct(own.content, marked) else "indirect",
            rule="gold",
            confidence=1.0,
            nested_in=_around(own, order),
        )
        for number, own in enumerate(order)
    )


def _is_direct(content: Spans, marked: Spans) -> bool:
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in content for b in marked)
    return shared >= MOSTLY * sum(len(span) for span in content)


def _around(own: Attribution, others: Sequence[Attribution]) -> str | None:
    """Return the smallest other attribution whose content holds the whole of this one."""
    parts = (*own.content, *own.source, *own.cue)
    holding = [
        (sum(map(len, other.content)), number)
        for number, other in enumerate(others)
        if other is not own
        and all(any(span.contains(part) for span in other.content) for part in parts)
    ]
    return str(min(holding)[1]) if holding else None


def grade(label: Label, speaker: SpeakerResolution, text: str, lexicon: Lexicon) -> Outcome:
    """Return what became of a row."""
    given = speaker.speaker
    if given is None:
        return "silent"
    if label.name and same_name(given, label.name, lexicon):
        return "right"
    own = WORD.findall(fold_name(label.span.of(text)))
    if label.form == "nominal" and all(word in own for word in WORD.findall(fold_name(given))):
        return "silent"
    if not label.name and (
        speaker.kind not in ("person", "organization", None) or not given.split()[-1][:1].isupper()
    ):
        return "silent"
    return "wrong"


def same_name(given: str, gold: str, lexicon: Lexicon) -> bool:
    """Return whether two names are the same words or two spellings of one person's full name.

    "the" and titles are left out.
    """
    bare = [fold_name(name).removeprefix("the ") for name in (given, gold)]
    a, b = (person_name(name, lexicon.language) for name in (given, gold))
    return (
        bare[0] == bare[1]
        or a.key == b.key
        or (
            a.several_words
            and b.several_words
            and ShortForm.SAME in (short_form_of(a, b), short_form_of(b, a))
        )
    )


def measure(
    articles: Iterable[Article], labels: Iterable[Label], models: Models
) -> Iterator[LabelResult]:
    """Yield the rows of the articles with their results.

    Raises:
        DataError: where a row is no source of its article.
        ParseError: as above.
    """
    lexicon = load_lexicon(english := Language.load("en"))
    by_document: dict[str, list[Label]] = {}
    for label in labels:
        by_document.setdefault(label.document, []).append(label)
    for article in articles:
        own = by_document.get(article.document.id, [])
        if not own:
            continue
        document, attributions = article.document, gold_attributions(article)
        marks = find_marks(document.text, english)
        analysis = analyse(document, english, models.parser.parse(document), marks)
        found, _ = resolve(analysis, attributions, ranker=models.ranker)
        by_source = {a.source: s for a, s in reversed(list(zip(attributions, found, strict=True)))}
        for label in own:
            speaker = by_source.get((label.span,))
            if speaker is None:
                raise DataError(
                    f"{label.document}: no attribution has the source "
                    f"{label.span.start}..{label.span.end}: is it the same gold?"
                )
            yield LabelResult(label, speaker, grade(label, speaker, document.text, lexicon))


def figures(results: Iterable[LabelResult]) -> dict[str, float]:
    """Right and coverage, in points."""
    known = list(results)
    seen = Counter(one.outcome for one in known)
    named = [one for one in known if one.label.name]
    spoken = sum(one.outcome != "silent" for one in named)
    return {
        "right": 100 * seen["right"] / max(1, seen["right"] + seen["wrong"]),
        "coverage": 100 * spoken / max(1, len(named)),
    }


def raised(
    known: Mapping[str, Any], gold: str, rows: int, measured: Mapping[str, float]
) -> dict[str, Any]:
    """Return the content of the file with floors raised.

    Raises:
        DataError: where the floors there belong to other gold.
    """
    if known and known["gold"] != gold:
        raise DataError(
            f"{FLOORS}: the floors are of gold {known['gold'][:12]}, this is {gold[:12]}: compare "
            "with the same gold"
        )
    old: Mapping[str, float] = known.get("floors", {})
    floors = {
        name: max(old.get(name, 0.0), math.floor(10 * (value - SLACK)) / 10)
        for name, value in measured.items()
    }
    return {
        "command": "python -m training.measure_sources --raise",
        "rows": rows,
        "gold": gold,
        "floors": floors,
    }


def _shown(results: Sequence[LabelResult]) -> Iterator[str]:
    """Yield a line for each form and for all: rows, outcomes, figures."""
    for form in (*sorted({one.label.form for one in results}), "all"):
        own = [one for one in results if form in (one.label.form, "all")]
        seen = Counter(one.outcome for one in own)
        counts = ", ".join(f"{seen[outcome]} {outcome}" for outcome in get_args(Outcome))
        value = figures(own)
        yield (
            f"{form}: {len(own)} rows, {counts}; right {value['right']:.1f}, coverage "
            f"{value['coverage']:.1f}"
        )


def main(given: Sequence[str] | None = None) -> None:
    options = arguments(__doc__)
    options.add_argument(
        "--parsed", help="folder of ready parses, <id>.conllu, in place of the embedded model"
    )
    options.add_argument(
        "--labels",
        type=Path,
        default=LABELS,
        help="file of labels (default: tests/gold/sources-dev.tsv)",
    )
    options.add_argument(
        "--split",
        type=Path,
        default=SPLIT,
        help="folder of the articles in the gold folder (default: polnear/dev)",
    )
    options.add_argument(
        "--wrong",
        action="store_true",
        help="show every row that is wrong, and every one with a label that is silent",
    )
    options.add_argument(
        "--raise",
        dest="raising",
        action="store_true",
        help="measure the slice of the test, and raise the floors",
    )
    a = options.parse_args(given)
    articles = read_gold(folder(a.gold) / a.split, every=EVERY if a.raising else 1)
    results = list(measure(articles, read_labels(a.labels), _models(a.parsed)))
    print("\n".join(_shown(results)))
    if a.wrong:
        for one in (
            one
            for one in results
            if one.outcome == "wrong" or (one.outcome == "silent" and one.label.name)
        ):
            label, speaker = one.label, one.speaker
            where = f"{label.document} {label.span.start} {label.form}"
            print(
                f"{one.outcome}: {where}: {speaker.speaker} for {label.name or 'nobody'} "
                f"({speaker.resolved_by}, {speaker.speaker_confidence})"
            )
    if a.raising:
        known = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
        made = raised(known, digest(articles), len(results), figures(results))
        FLOORS.write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")


def _models(parsed: str | None) -> Models:
    english = Language.load("en")
    return models_for_parses(FolderParser(parsed)) if parsed else load_models(language=english)


if __name__ == "__main__":
    try:
        main()
    except (DataError, QuotesError) as error:
        sys.exit(f"measure_sources: {error}")
