"""Names (PER, ORG, LOC) in GUM.

Boundaries come from its gold tags, kinds from its annotation of entities.

In: the sentences of a CoNLL-U file whose last column carries GUM's `Entity=` brackets. Out: tagged
sentences. A run of proper nouns takes the kind of the smallest mention whose head it holds (person,
organization, place; other kinds are no names). Runs that head no mention, as "New York" in "a New
York bar", take the kind they have elsewhere. Peoples ("Armenians") are no names; titles stay
outside.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from training.gold import FORM, MISC, UPOS, XPOS, Row, Tagged, spans, tag
from training.proper_nouns import TITLES, runs, without_titles

KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}
BRACKET = re.compile(r"\(\d+-[^()]*\)?|\d+\)")
HEADS = re.compile(r"-(\d+(?:,\d+)*)-(?:coref|ana|sgl|appos|disc|pred|cata|bridge)")
NOT_PLACES = frozenset(("Country", "Earth", "Member", "State", "States"))
EDGES = frozenset(("ADP", "PUNCT", "DET", "CCONJ", "PART"))


@dataclass(frozen=True)
class Mention:
    """Words `start` to `end` (after the last) with the positions of the head words.

    `entity` is the number of what is mentioned.
    """

    start: int
    end: int
    kind: str
    heads: tuple[int, ...]
    entity: str = ""


def mentions(words: list[Row]) -> list[Mention]:
    """Return the entity mentions that open and close in a sentence."""
    found = []
    still_open: dict[str, list[tuple[int, str, tuple[int, ...]]]] = defaultdict(list)
    for index, row in enumerate(words):
        note = next((part[7:] for part in row[MISC].split("|") if part.startswith("Entity=")), "")
        for piece in BRACKET.findall(note):
            if piece[0] == "(":
                number, kind, rest = piece[1:].rstrip(")").split("-", 2)
                head = HEADS.search("-" + rest)
                heads = tuple(int(n) - 1 + index for n in head[1].split(",")) if head else (index,)
                still_open[number].append((index, kind, heads))
            if piece[-1] == ")" and still_open[number := piece[:-1].lstrip("(").split("-")[0]]:
                start, kind, heads = still_open[number].pop()
                found.append(Mention(start, index + 1, kind, heads, number))
    return found


def tagged(
    sentences: Iterable[list[Row]], known: Mapping[str, Counter[str]] | None = None
) -> list[Tagged]:
    """Return the sentences with their names tagged.

    `known` counts kinds of forms in other data, for runs that head no mention.
    """
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for form, counts in (known or {}).items():
        kinds[form].update(counts)
    found = [(words, *_by_mentions(words)) for words in sentences]
    for words, tags, _ in found:
        for start, end, kind in spans(tags):
            kinds[_form(words, start, end)][kind] += 1
    for words, tags, rest in found:
        for start, end in rest:
            if common := kinds[_form(words, start, end)].most_common(1):
                tag(tags, start, end, common[0][0])
    return [
        [(row[FORM], own) for row, own in zip(words, tags, strict=True)] for words, tags, _ in found
    ]


def forms_of(sentences: Iterable[Tagged]) -> dict[str, Counter[str]]:
    """Return how often each form is a name of each kind."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for start, end, kind in spans([own for _, own in sentence]):
            kinds[" ".join(word for word, _ in sentence[start:end])][kind] += 1
    return kinds


def _form(words: list[Row], start: int, end: int) -> str:
    return " ".join(row[FORM] for row in words[start:end])


def _by_mentions(words: list[Row]) -> tuple[list[str], list[tuple[int, int]]]:
    """Tags from the mentions, and the runs that head none."""
    tags = ["O"] * len(words)
    rest = []
    all_mentions = mentions(words)
    for start, end in runs(words):
        own = sorted(
            (m for m in all_mentions if any(start <= h < end for h in m.heads)),
            key=lambda m: m.end - m.start,
        )
        if not own:
            rest.append((start, end))
        taken: set[int] = set()
        for mention in own:
            _tag_mention(words, tags, mention, (start, end), taken)
    return tags, rest


def _tag_mention(
    words: list[Row], tags: list[str], mention: Mention, run: tuple[int, int], taken: set[int]
) -> None:
    head = next(h for h in mention.heads if run[0] <= h < run[1])
    if head in taken:
        return
    start, end = max(run[0], mention.start), min(run[1], mention.end)
    start = max([start, *(i + 1 for i in taken if i < head)])
    end = min([end, *(i for i in taken if i > head)])
    while (
        end - 1 > head and words[end - 1][UPOS] in EDGES and not words[end - 1][FORM].endswith(".")
    ):
        end -= 1
    while start < head and words[start][UPOS] in EDGES:
        start += 1
    taken.update(range(start, end))
    kind = KINDS.get(mention.kind, "")
    if kind == "PER":
        start = without_titles(words, start, end)
    if start < end and _is_name(words, start, end, kind):
        tag(tags, start, end, kind)


def _is_name(words: list[Row], start: int, end: int, kind: str) -> bool:
    first = words[start][FORM]
    if kind == "PER":
        return words[end - 1][XPOS] != "NNPS" and not (
            end - start == 1 and first.lower().rstrip(".") in TITLES | {"god"}
        )
    return bool(kind) and not (kind == "LOC" and first in NOT_PLACES)
