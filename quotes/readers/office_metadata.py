"""What an office program wrote into a PDF or Word file about it, where the text bears it out.

In: title, author and day of creation from the file's properties, and its text. Out: `Metadata`. The
properties are often another file's (a template's title, the name of an account) and the day is the
one on which the file was made, so each is believed only where the beginning or end of the text says
the same: a headline, a byline, a dateline.
"""

from __future__ import annotations

import re
from datetime import date

from quotes.readers.metadata import Metadata, parse_date
from quotes.text.folding import fold_case

BEGINNING, END = 3000, 1000  # characters in which a headline, a byline or a dateline stands
MAX_TITLE_CHARS = 300
FILE_NAME = re.compile(r"\.\w{2,5}$")
WORD = re.compile(r"[^\W\d_]+")
NAME = re.compile(r"[^\W\d_][\w.’'-]*(?:\s+[\w.’'-]+){1,4}")
DAY = re.compile(
    r"\b(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}(?:st|nd|rd|th)?\s+[^\W\d_]{3,9}\.?,?\s+\d{4}|[^\W\d_]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})\b"
)


def confirmed_properties(
    text: str, *, title: str | None = None, author: str | None = None, made: date | None = None
) -> Metadata:
    """Return those of the properties that stand in the text.

    `made` is the day on which the file was made, `published` in the result.
    """
    edges = " ".join((text[:BEGINNING] + "\n" + text[max(BEGINNING, len(text) - END) :]).split())
    return Metadata(
        title=_title(" ".join((title or "").split()), edges),
        author=_author(" ".join((author or "").split()), edges),
        published=made if made in {parse_date(found) for found in DAY.findall(edges)} else None,
    )


def without_title(paragraphs: list[str], title: str | None) -> list[str]:
    """Return the paragraphs without a first one that is the title and nothing else.

    As in HTML pages; a lone paragraph stays.
    """
    if title and len(paragraphs) > 1 and _key(paragraphs[0]) == _key(title):
        return paragraphs[1:]
    return paragraphs


def _title(title: str, text: str) -> str | None:
    words = len(WORD.findall(title))
    if words < 2 or len(title) > MAX_TITLE_CHARS or FILE_NAME.search(title):
        return None
    return title if _key(title) in _key(text) else None


def _author(author: str, text: str) -> str | None:
    return (
        author
        if NAME.fullmatch(author) and author[0].isupper() and fold_case(author) in fold_case(text)
        else None
    )


def _key(text: str) -> str:
    return fold_case(re.sub(r"\W+", "", text))
