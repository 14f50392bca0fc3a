"""Who says "I" and "we" in no quotation: the author of a post, or of the article.

In: a pronoun and its document. Out: a `Narrator`. Inside an embedded post it is the author of the
post and never that of the page; elsewhere the author of the article, where there is one: as the
document's metadata has it, or as a byline in the text. "I" of an article without either is the
author all the same, as the list `narrators` of the language has it. Of several authors nobody can
tell who speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.language import Language
from quotes.records import Document, Kind
from quotes.speakers.mentions import Mention
from quotes.text.boilerplate import byline_authors

OF_POST, OF_ARTICLE, OF_BYLINE, UNKNOWN = 0.9, 0.8, 0.75, 0.7  # how sure
BYLINE_LINES = 12  # at the front, in which a byline is looked for


@dataclass(frozen=True, slots=True)
class Narrator:
    """Who speaks in their own text: a name or description, what it is, how sure, how found."""

    name: str
    kind: Kind
    confidence: float
    step: str


def narrator(mention: Mention, document: Document, language: Language) -> Narrator | None:
    """Return who says a pronoun of the first person that stands in no quotation, or None."""
    post = next((e for e in document.embeds if e.content.contains(mention.span)), None)
    if post is not None:
        if not post.author:
            return None
        return Narrator(post.author, "person", OF_POST, "pronoun: the author of the post")
    alone = mention.number == "sing"
    least = language.thresholds.speaker_name
    if document.authors:
        sure = OF_ARTICLE if alone else least
        return _only(document.authors, sure, "pronoun: the author")
    authors = [
        name
        for line in document.text.split("\n", BYLINE_LINES)[:BYLINE_LINES]
        for name in byline_authors(line, language)
    ]
    if authors:
        return _only(authors, OF_BYLINE if alone else least, "pronoun: the author in the byline")
    words = sorted(language.optional_words("narrators"))
    if not (words and alone):
        return None
    return Narrator(words[0], "unnamed", UNKNOWN, "pronoun: the author, who is not named")


def _only(authors: Sequence[str], sure: float, step: str) -> Narrator | None:
    return Narrator(authors[0], "person", sure, step) if len(set(authors)) == 1 else None
