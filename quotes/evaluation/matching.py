"""Matching of quotes to annotated attributions, and whether the source of a match is right.

In: attributions and quotes as sets of word numbers. Out: pairs of indices, and what is right about
a pair. Two contents match when they share at least half of the words that they have together
(Jaccard); matching is one to one, the best first. This is the measure of `score.py`, which is
published with the gold (`polnear/score.py` in the folder that QUOTES_GOLD names);
tests/evaluation/test_evaluation.py holds the figures of both to be equal.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from quotes.evaluation.brat import Attribution
from quotes.evaluation.worded_text import WordedText, Words, name_words, word_list_of
from quotes.records import Quote, QuoteType

MIN_JACCARD = 0.5  # of the words of two contents, for a match
MIN_DIRECT_SHARE = 0.9  # of the words of a content that are quoted, for type "direct"
FULL_NAME = re.compile(
    r"\b(?:said|[A-Z][a-z]+ (?:[A-Z]\.? )?[A-Z][a-z]+)\b"
)  # "said": the author of the measure left it in

SOURCE_KINDS = ("proper name", "pronoun", "organisation-like", "nominal")
CUE_POSITIONS = ("cue before content", "cue after content", "cue inside content", "no cue")


@dataclass(frozen=True)
class AttributionWordSets:
    """An attribution or a quote, in word numbers.

    Attributes:
        content: The words of the content.
        source: The words of the source.
        cue: The words of the cue.
        names: The words that identify the speaker, in lower case.
        quoted: The words of the content in each quoted passage.
        type: The type, by the share of quoted words.
    """

    content: Words
    source: Words
    cue: Words
    names: frozenset[str]
    quoted: tuple[Words, ...]
    type: QuoteType


def words_of(text: WordedText, item: Attribution | Quote) -> AttributionWordSets:
    """Return an attribution or a quote in word numbers; `names` includes a speaker's name."""
    content, source, cue = (text.words(spans) for spans in (item.content, item.source, item.cue))
    names = frozenset(text.lowercased[number] for number in text.without_stop_words(source))
    speaker = item.speaker if isinstance(item, Quote) else None
    share = text.quoted_share(content)
    return AttributionWordSets(
        content=content,
        source=source,
        cue=cue,
        names=names | name_words(speaker or ""),
        quoted=text.quoted_parts(content),
        type="direct" if share >= MIN_DIRECT_SHARE else "mixed" if share > 0 else "indirect",
    )


def jaccard(one: Words, other: Words) -> float:
    """Return the share of common words among all words of two sets; 0 if one is empty."""
    return len(one & other) / len(one | other) if one and other else 0.0


def source_right(text: WordedText, gold: Words, found: Words) -> bool:
    """Tell whether a source shares a word with the gold source, at the same place.

    Stop words do not count; a gold source of stop words only (he, they) must be equal.
    """
    identifying = text.without_stop_words(gold)
    return bool(identifying & found) if identifying else gold == found


def name_right(text: WordedText, gold: AttributionWordSets, found: AttributionWordSets) -> bool:
    """Tell whether `source_right`, or the speaker's name has a word of the gold source."""
    return source_right(text, gold.source, found.source) or bool(
        {text.lowercased[n] for n in text.without_stop_words(gold.source)} & found.names
    )


def pair(
    text: WordedText, gold: Sequence[AttributionWordSets], found: Sequence[AttributionWordSets]
) -> dict[int, int]:
    """Match attributions and quotes one to one, the best Jaccard index first, then a right source.

    Returns:
        The index of the quote for each index of an attribution that has one.
    """
    candidates = [
        (-score, not source_right(text, g.source, f.source), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if (score := jaccard(g.content, f.content)) >= MIN_JACCARD
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(candidates):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def source_kind(text: WordedText, source: Words) -> str:
    """Return one of SOURCE_KINDS, by the form of the words; `source` must not be empty."""
    if all(text.lowercased[number] in word_list_of("measure-pronouns") for number in source):
        return "pronoun"
    source_text = " ".join(text.forms[number] for number in sorted(source))
    if _organizations().search(source_text) and not FULL_NAME.search(
        _organizations().sub("", source_text)
    ):
        return "organisation-like"
    first = min(source)
    capitals = (
        number for number in text.without_stop_words(source) if text.forms[number][0].isupper()
    )
    return (
        "proper name"
        if any(n != first or len(source) == 1 or _inside_sentence(text, n) for n in capitals)
        else "nominal"
    )


def cue_position(item: AttributionWordSets) -> str:
    """Return one of CUE_POSITIONS."""
    if not item.cue:
        return "no cue"
    if max(item.cue) < min(item.content):
        return "cue before content"
    return "cue after content" if min(item.cue) > max(item.content) else "cue inside content"


def one_sentence(text: WordedText, item: AttributionWordSets) -> bool:
    """Tell whether the source stands in a sentence of the content."""
    return bool(
        {text.sentences[n] for n in item.source} & {text.sentences[n] for n in item.content}
    )


def _inside_sentence(text: WordedText, number: int) -> bool:
    """Tell whether a word does not begin a sentence, or begins the text."""
    return number == 0 or text.sentences[number] == text.sentences[number - 1]


@cache
def _organizations() -> re.Pattern[str]:
    """Return a pattern of words that organizations are called by."""
    known = "|".join(map(re.escape, sorted(word_list_of("measure-organizations"))))
    return re.compile(rf"\b(?:{known})\b", re.IGNORECASE)
