"""Words in the running text of articles, whether anybody is quoted with them or not.

In: a store and words. Out: `Passage`s, by day. All texts of the store are read, so
it is asked where no quotation has the words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice

from quotes.records import Span
from quotes.statements.tokens import cut_tokens, forms
from quotes.statements.verbatim import places_of, some_words_pattern, text_pattern
from quotes.store import Store
from quotes.store.statement_rows import texts_with

MIN_WORDS = 4  # of a passage: fewer stand anywhere
MAX_ARTICLES = 50  # that are read for the words
MAX_PLACES = 5  # of the words in one article
CONTEXT_CHARS = 90  # shown before and behind


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in the running text of an article.

    Attributes:
        document: Its id.
        span: Where the words stand in its text.
        words: The words as printed.
        before: Some of the text before them, from the beginning of a word.
        after: Some of the text behind them, to the end of a word.
    """

    document: str
    span: Span
    words: str
    before: str = ""
    after: str = ""
    outlet: str | None = None
    title: str | None = None
    published: date | None = None
    url: str | None = None
    copy_of: str | None = None


def find_passages(store: Store, asked: str) -> tuple[Passage, ...]:
    """Return where the words stand in articles, in order of publication."""
    pattern = text_pattern(asked)
    if pattern is None or len(forms(asked)) < MIN_WORDS:
        return ()
    found = list[Passage]()
    some = some_words_pattern(asked)
    for row in texts_with(store, pattern, some=some, limit=MAX_ARTICLES):
        text = str(row["text"])
        cut = cut_tokens(text)
        for span in islice(places_of(asked, cut), MAX_PLACES):
            found.append(
                Passage(
                    document=row["id"],
                    span=span,
                    words=span.of(text),
                    before=_before(text, span.start),
                    after=_after(text, span.end),
                    outlet=row["outlet"],
                    title=row["title"],
                    published=row["published"],
                    url=row["source"],
                    copy_of=row["copy_of"],
                )
            )
    return tuple(found)


def _before(text: str, start: int) -> str:
    """Return some of the text before a place, from the beginning of its paragraph at most."""
    part = text[max(0, start - CONTEXT_CHARS) : start].split("\n")[-1]
    cut = start - len(part) > 0 and text[start - len(part) - 1] != "\n"
    return part.partition(" ")[2] if cut and " " in part else part


def _after(text: str, end: int) -> str:
    """Return some of the text behind a place, to the end of its paragraph at most."""
    part = text[end : end + CONTEXT_CHARS].split("\n")[0]
    cut = end + len(part) < len(text) and text[end + len(part)] != "\n"
    return part.rpartition(" ")[0] if cut and " " in part else part
