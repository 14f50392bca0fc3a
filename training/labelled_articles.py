"""Articles with marked attributions, and what they say of candidates.

In: the folders of PolNeAR and of the labelled articles of other outlets, and the labels of
`training/labels/`, whose texts are in the gold folder. Out: `LabelledArticle`s; for candidates
whether they are right by the package's own measure (`quotes.evaluation.matching`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quotes.analysis import Analysis
from quotes.attribution.candidates import Candidate
from quotes.evaluation import read_gold
from quotes.evaluation.annotated_quotes import (
    AnnotatedArticle,
    annotated_articles,
    read_annotated_quotes,
)
from quotes.evaluation.matching import AttributionWordSets, pair, source_right
from quotes.evaluation.worded_text import WordedText, Words, read_words
from quotes.readers import read
from quotes.records import Document, Span
from training.gold import DataError

LABELS = Path(__file__).parent / "labels" / "news.jsonl"
HELD_OUT = LABELS.with_name("held-out.jsonl")  # only measured on
NEWS = ("worldwide", "wikinews.jsonl")
MIN_INSIDE = 0.8  # share of the words of a content that lie in a marked one: a piece of it


@dataclass(frozen=True)
class Marked:
    """An attribution as an annotator marked it.

    Attributes:
        words: Its content, source and cue.
        required: False where a candidate that finds it is neither right nor wrong: it names no
            source, or need not be found.
    """

    words: AttributionWordSets
    required: bool


@dataclass(frozen=True)
class LabelledArticle:
    """An article with its attributions.

    Attributes:
        document: The article.
        text: Its words.
        marked: The attributions.
        outlets: Whether it is one of the labelled articles of other outlets.
    """

    document: Document
    text: WordedText
    marked: tuple[Marked, ...]
    outlets: bool


def polnear(folder: Path) -> Iterator[LabelledArticle]:
    """Yield the articles of PolNeAR."""
    for article in read_gold(folder):
        text = read_words(article.document.text)
        found = (
            _word_sets(text, a.content, a.source, a.cue) for a in article.attributions if a.content
        )
        marked = tuple(Marked(item, bool(item.source)) for item in found if item.content)
        yield LabelledArticle(article.document, text, marked, outlets=False)


def news(gold: Path, labels: Path = LABELS) -> tuple[AnnotatedArticle, ...]:
    """Return the articles of `gold`/news whose quotes are labelled in this folder.

    Raises:
        DataError: A text is not there.
        InputError: A text is not the one that was labelled.
    """
    sources = [gold / "news" / name for name in NEWS]
    if missing := [str(source) for source in sources if not source.exists()]:
        raise DataError(f"{missing[0]}: not there; training/README.md says what the data are")
    documents = (found for found in read(sources) if isinstance(found, Document))
    return annotated_articles(labels, {f"{document.id}.txt": document for document in documents})


def labelled_quotes(gold: Path) -> tuple[AnnotatedArticle, ...]:
    """Return all articles of other outlets with labelled quotes that may be trained on."""
    return (*read_annotated_quotes(gold / "outlets" / "train"), *news(gold))


def other_outlets(articles: Iterable[AnnotatedArticle]) -> Iterator[LabelledArticle]:
    """Yield articles of other outlets with their quotes as attributions.

    What is optional, or was not said, is not required.
    """
    for article in articles:
        text = read_words(article.document.text)
        found = (
            (_word_sets(text, quote.content, quote.source, quote.cue), quote.required)
            for quote in article.quotes
        )
        marked = tuple(Marked(item, required) for item, required in found if item.content)
        yield LabelledArticle(article.document, text, marked, outlets=True)


def _word_sets(
    text: WordedText, content: Iterable[Span], source: Iterable[Span], cue: Iterable[Span]
) -> AttributionWordSets:
    """Return what matching needs of an attribution."""
    return AttributionWordSets(
        content=text.words(content),
        source=text.words(source),
        cue=text.words(cue),
        names=frozenset(),
        quoted=(),
        type="direct",
    )


def labels(
    article: LabelledArticle, analysis: Analysis, candidates: Sequence[Candidate]
) -> list[int | None]:
    """Return 1 or 0 for each candidate; None where the marks do not tell.

    A candidate is right when it is matched one to one with a required attribution and its source
    is right, or in PolNeAR when it finds one without a source and names none either. None are
    others that find one that is not required, and pieces of an attribution of other outlets, where
    parts of a long quotation are marked as one.
    """
    text = article.text
    found = [
        _word_sets(
            text,
            analysis.spans(c.content),
            [analysis.span(run) for run in c.source],
            [analysis.span(run) for run in c.cue],
        )
        for c in candidates
    ]
    required = [m.words for m in article.marked if m.required]
    free = [m.words for m in article.marked if not m.required]
    hit = {number: at for at, number in pair(text, required, found).items()}
    lucky = set(pair(text, free, found).values())
    out: list[int | None] = []
    for number, item in enumerate(found):
        if number in hit:
            out.append(int(source_right(text, required[hit[number]].source, item.source)))
        elif number in lucky and not article.outlets:
            out.append(None if item.source else 1)
        elif number in lucky or (article.outlets and _is_piece(item.content, article.marked)):
            out.append(None)
        else:
            out.append(0)
    return out


def _is_piece(content: Words, marked: Iterable[Marked]) -> bool:
    """Return True if most words of a content lie in a marked one."""
    return any(len(content & m.words.content) >= MIN_INSIDE * len(content) for m in marked)
