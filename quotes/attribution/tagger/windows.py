"""The words of a chunk as tensors, whole and in windows, for training and use of the tagger.

In: `TaggerInput`, the vectors of its words, `RuleHint`s. Out: `Windows` and `Anchors`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import torch
from torch import Tensor, nn

from quotes.attribution.tagger.interface import RuleHint, TaggerInput
from quotes.attribution.tagger.network import REACH, Anchors, NetworkSettings, Windows

Range = tuple[int, int]


@dataclass(frozen=True)
class TaggerTensors:
    """The words of a chunk as one row of tensors, heads as numbers of words; hints by anchor."""

    windows: Windows
    hints: dict[int, RuleHint]

    @property
    def length(self) -> int:
        """The number of words."""
        return len(self.windows.known)


def build_tensors(
    chunk: TaggerInput, vectors: Tensor, hints: Sequence[RuleHint], settings: NetworkSettings
) -> TaggerTensors:
    """Return the tensors of the words of a chunk; `vectors` are words x units."""
    count = len(chunk.upos)
    forms = [form for sentence in chunk.sentences for form in sentence]
    upos, deprel, lemmas = settings.numbers
    first, last = tree_order(chunk.heads)
    roles = torch.zeros(count, 3)
    for hint in hints:
        for column, numbers in enumerate((hint.cue, hint.source, hint.content)):
            roles[sorted(numbers), column] = 1.0
    windows = Windows(
        vectors=vectors,
        known=torch.ones(count, dtype=torch.bool),
        lemmas=torch.tensor([lemmas.get(lemma, 0) for lemma in chunk.lemmas]),
        upos=torch.tensor([upos.get(tag, 0) for tag in chunk.upos]),
        deprel=torch.tensor([deprel.get(label, 0) for label in chunk.deprel]),
        heads=torch.tensor(chunk.heads),
        first=torch.tensor(first),
        last=torch.tensor(last),
        sentences=torch.tensor([n for n, sentence in enumerate(chunk.sentences) for _ in sentence]),
        paragraphs=torch.tensor(chunk.paragraphs),
        depths=torch.tensor(chunk.depths).clamp(max=2),
        marks=torch.tensor(chunk.marks),
        shapes=torch.tensor([shape(form) for form in forms]),
        roles=roles,
    )
    return TaggerTensors(windows, {hint.anchor: hint for hint in hints})


def shape(form: str) -> int:
    """Return the class of the shape of a word.

    0 stands for small letters, 1 for a first capital, 2 for capitals only, 3 for no letters.
    """
    if not any(character.isalpha() for character in form):
        return 3
    if form.isupper() and len(form) > 1:
        return 2
    return int(form[0].isupper())


def tree_order(heads: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return the order of words when trees are walked from the top.

    Returns:
        For each word its place, and the place behind the last word below it.
    """
    below: list[list[int]] = [[] for _ in heads]
    roots = []
    for number, head in enumerate(heads):
        if head < 0:
            roots.append(number)
        else:
            below[head].append(number)
    first, last = [0] * len(heads), [0] * len(heads)
    place = 0
    todo = [(root, False) for root in reversed(roots)]
    while todo:
        number, done = todo.pop()
        if done:
            last[number] = place
            continue
        first[number] = place
        place += 1
        todo.append((number, True))
        todo += [(child, False) for child in reversed(below[number])]
    return first, last


def windows_of(parts: Sequence[tuple[TaggerTensors, Range]]) -> Windows:
    """Return ranges of words as windows, padded to the longest."""
    made = {}
    for name in (field.name for field in fields(Windows)):
        rows = [getattr(item.windows, name)[a:b] for item, (a, b) in parts]
        if name == "heads":
            rows = [
                torch.where((row >= a) & (row < b), row - a, -1)
                for row, (_, (a, b)) in zip(rows, parts, strict=True)
            ]
        made[name] = nn.utils.rnn.pad_sequence(rows, batch_first=True)
    return Windows(**made)


def anchors_of(
    parts: Sequence[tuple[TaggerTensors, Range]], places: Sequence[tuple[int, int]]
) -> Anchors:
    """Return anchors with the hints of rules for them.

    Args:
        parts: The ranges of words that are the windows.
        places: The anchors as (window, word number in its chunk).
    """
    roles = torch.zeros(len(places), 2 * REACH + 1, 3)
    guessed = torch.zeros(len(places))
    for row, (window, number) in enumerate(places):
        hint = parts[window][0].hints.get(number)
        if hint is not None:
            guessed[row] = 1.0
            roles[row] = around(number, hint)
    words = [number - parts[window][1][0] for window, number in places]
    return Anchors(
        torch.tensor([window for window, _ in places], dtype=torch.long),
        torch.tensor(words, dtype=torch.long),
        roles,
        guessed,
    )


def around(anchor: int, roles: RuleHint) -> Tensor:
    """Return the parts of an attribution in the words around its anchor: words x 3, 0 or 1."""
    out = torch.zeros(2 * REACH + 1, 3)
    for column, numbers in enumerate((roles.cue, roles.source, roles.content)):
        near = [n - anchor + REACH for n in numbers if abs(n - anchor) <= REACH]
        out[near, column] = 1.0
    return out
