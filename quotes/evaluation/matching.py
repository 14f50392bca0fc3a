"""Which quote is which attribution, and whether its source is right.

In: attributions and quotes as sets of word numbers (`Side`). Out: pairs of indices, and judgements on a pair. Two contents fit when they
share at least half of the words that they have together (Jaccard); pairing is one to one, the best fit first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from quotes.evaluation.brat import Attribution
from quotes.evaluation.worded_text import WordedText, Words, low_words, word_list_of
from quotes.records import Quote, QuoteType

FIT = 0.5  # least share of common words
MOSTLY = 0.9  # share of quoted words from which a content is direct
FULL_NAME = re.compile(
    r"\b(?:said|[A-Z][a-z]+ (?:[A-Z]\.? )?[A-Z][a-z]+)\b"
)  # "said": the author of the measure left it in

SOURCE_KINDS = ("proper name", "pronoun", "organisation-like", "nominal")
CUE_PLACES = ("cue before content", "cue after content", "cue amid content", "no cue")


@dataclass(frozen=True)
class Side:
    """An attribution or a quote, in word numbers. `names` are the words that tell who speaks; `quoted` the quoted parts of the content."""

    content: Words
    source: Words
    cue: Words
    names: frozenset[str]
    quoted: tuple[Words, ...]
    type: QuoteType


def side(text: WordedText, item: Attribution | Quote) -> Side:
    """An attribution or a quote as the measure sees it. A quote's speaker is among its names."""
    content, source, cue = (text.words(spans) for spans in (item.content, item.source, item.cue))
    names = frozenset(text.low[number] for number in text.telling(source))
    speaker = item.speaker if isinstance(item, Quote) else None
    share = text.quoted_share(content)
    return Side(
        content=content,
        source=source,
        cue=cue,
        names=names | low_words(speaker or ""),
        quoted=text.quoted_parts(content),
        type="direct" if share >= MOSTLY else "mixed" if share > 0 else "indirect",
    )


def jaccard(one: Words, other: Words) -> float:
    """The share of common words among all words of two sets; 0 where one is empty."""
    return len(one & other) / len(one | other) if one and other else 0.0


def source_right(text: WordedText, gold: Words, found: Words) -> bool:
    """Whether a source shares a telling word with the gold one, at the same place; one of stop words only (he, they) must be equal."""
    telling = text.telling(gold)
    return bool(telling & found) if telling else gold == found


def name_right(text: WordedText, gold: Side, found: Side) -> bool:
    """As `source_right`, or a telling word of the gold source stands in the name that was found, wherever."""
    return source_right(text, gold.source, found.source) or bool(
        {text.low[n] for n in text.telling(gold.source)} & found.names
    )


def pair(text: WordedText, gold: Sequence[Side], found: Sequence[Side]) -> dict[int, int]:
    """One to one, the index of the quote for each index of an attribution that has one. Among equal fits a right source goes first."""
    fits = [
        (-fit, not source_right(text, g.source, f.source), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if (fit := jaccard(g.content, f.content)) >= FIT
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(fits):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def source_kind(text: WordedText, source: Words) -> str:
    """One of SOURCE_KINDS, by the look of the words. `source` must not be empty."""
    if all(text.low[number] in word_list_of("measure-pronouns") for number in source):
        return "pronoun"
    shown = " ".join(text.shown[number] for number in sorted(source))
    if _organizations().search(shown) and not FULL_NAME.search(_organizations().sub("", shown)):
        return "organisation-like"
    first = min(source)
    capitals = (number for number in text.telling(source) if text.shown[number][0].isupper())
    return (
        "proper name"
        if any(n != first or len(source) == 1 or _amid_sentence(text, n) for n in capitals)
        else "nominal"
    )


def cue_place(side: Side) -> str:
    """One of CUE_PLACES."""
    if not side.cue:
        return "no cue"
    if max(side.cue) < min(side.content):
        return "cue before content"
    return "cue after content" if min(side.cue) > max(side.content) else "cue amid content"


def one_sentence(text: WordedText, side: Side) -> bool:
    """Whether the source stands in a sentence of the content."""
    return bool(
        {text.sentences[n] for n in side.source} & {text.sentences[n] for n in side.content}
    )


def _amid_sentence(text: WordedText, number: int) -> bool:
    """Whether the capital of a word says that it is a name (the text's first word counts as one)."""
    return number == 0 or text.sentences[number] == text.sentences[number - 1]


@cache
def _organizations() -> re.Pattern[str]:
    known = "|".join(map(re.escape, sorted(word_list_of("measure-organizations"))))
    return re.compile(rf"\b(?:{known})\b", re.IGNORECASE)
