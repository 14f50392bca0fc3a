"""Whose turn it is: which attributions make their source the one who spoke last.

In: the attributions of a chunk with their sources. Out: for each whether its source takes the turn.
Only what is shown counts, and of each sentence only the outermost source: neither the subject of a
relative clause ("Roe, whom Park called lazy") nor who speaks inside the words of another.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.defaults import MIN_CONFIDENCE
from quotes.records import Attribution, Parse, Sentence
from quotes.speakers.source_phrases import Source


def turns(
    parse: Parse, attributions: Sequence[Attribution], sources: Sequence[Source | None]
) -> list[bool]:
    """Return for each attribution whether its source takes the turn."""
    shown = [attribution.confidence >= MIN_CONFIDENCE for attribution in attributions]
    known = {a.id for a, one in zip(attributions, shown, strict=True) if one}
    heads: dict[int, set[int]] = {}
    paths: dict[int, tuple[int, list[int]]] = {}
    for number, (attribution, source) in enumerate(zip(attributions, sources, strict=True)):
        if not shown[number] or source is None or attribution.nested_in in known:
            continue
        sentence = parse.sentences[source.sentence]
        cue = cue_head(sentence, attribution)
        path = _above(sentence, cue if cue is not None else source.words[0])
        paths[number] = source.sentence, path
        if cue is not None:
            heads.setdefault(source.sentence, set()).add(cue)
    return [
        number in paths and _is_outermost(parse, *paths[number], heads)
        for number in range(len(attributions))
    ]


def _is_outermost(
    parse: Parse, number: int, path: Sequence[int], heads: dict[int, set[int]]
) -> bool:
    """Return True if no relative clause and no other cue stands above a cue."""
    words = parse.sentences[number].words
    if any(words[i].deprel.startswith("acl") for i in path):
        return False
    return not any(i in heads.get(number, ()) for i in path[1:])


def cue_head(sentence: Sentence, attribution: Attribution) -> int | None:
    """Return the highest word of the cue in a sentence, None where it has none there."""
    own = {
        i
        for i, word in enumerate(sentence.words)
        if any(span.overlaps(word.span) for span in attribution.cue)
    }
    return next((i for i in sorted(own) if sentence.words[i].head not in own), None)


def _above(sentence: Sentence, index: int) -> list[int]:
    """Return a word and those above it, up to the root."""
    path = []
    while index >= 0 and index not in path:
        path.append(index)
        index = sentence.words[index].head
    return path
