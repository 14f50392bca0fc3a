"""A dependency tree as arcs over its words, in SVG.

In: a sentence, and for each word the roles that are to be underlined. Out: SVG text without style: its classes are those of `page`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from itertools import accumulate

from quotes.evaluation.error_report import harmless
from quotes.records import Sentence

LETTER, SMALL, TINY, SPACE = (
    8.0,
    6.2,
    5.0,
    14.0,
)  # pixels: the width of a letter of a word, of a part of speech, of a label; between words
STEP, HEAD = 17, 14  # the height of an arc over the one below it, and above the highest
FOOT = 46  # below the arcs: word, part of speech, two lines of roles

Roles = Mapping[int, str]  # the index of a word, and the class of its role


def tree(sentence: Sentence, *, annotated: Roles, found: Roles) -> str:
    """The tree of a sentence as an SVG element."""
    widths = [
        max(LETTER * len(w.form), SMALL * len(w.upos), TINY * len(w.deprel)) + SPACE
        for w in sentence.words
    ]
    starts = list(accumulate(widths, initial=0.0))
    middles = [start + width / 2 for start, width in zip(starts, widths, strict=False)]
    levels = _levels(sentence)
    floor = HEAD + STEP * max(levels.values(), default=1)
    arcs = [
        (middles[sentence.words[i].head], middles[i], level, sentence.words[i].deprel)
        for i, level in levels.items()
    ]
    words = zip(middles, sentence.words, strict=True)
    parts = [
        f'<svg viewBox="0 0 {starts[-1]:.0f} {floor + FOOT}" width="{starts[-1]:.0f}" height="{floor + FOOT}">',
        *(_arc(head, word, floor, level) for head, word, level, _ in arcs),
        '<g class="label">',
        *(
            _text((head + word) / 2, floor - STEP * level - 2, label)
            for head, word, level, label in arcs
        ),
        '</g><g class="pos">',
        *(
            _text(middle, floor + 27, word.upos)
            for middle, word in zip(middles, sentence.words, strict=True)
        ),
        "</g>",
        *(_text(middle, floor + 15, word.form, root=word.head < 0) for middle, word in words),
        *_underlines(starts, annotated, floor + 32, "annotated"),
        *_underlines(starts, found, floor + 39, "found"),
        "</svg>",
    ]
    return "".join(parts)


def _levels(sentence: Sentence) -> dict[int, int]:
    """For each word with a head, how high its arc runs: above all arcs that it spans."""
    ends = {
        i: (min(i, word.head), max(i, word.head))
        for i, word in enumerate(sentence.words)
        if word.head >= 0
    }
    levels: dict[int, int] = {}
    for index in sorted(ends, key=lambda i: ends[i][1] - ends[i][0]):
        low, high = ends[index]
        inside = (
            level
            for other, level in levels.items()
            if low <= ends[other][0] and ends[other][1] <= high
        )
        levels[index] = 1 + max(inside, default=0)
    return levels


def _arc(head: float, word: float, floor: int, level: int) -> str:
    """From a head to its word, with an arrow at the word."""
    top, way = floor - STEP * level, 4 if word > head else -4
    path = f"M{head + way:.0f} {floor}V{top + 6}Q{head + way:.0f} {top} {head + 2 * way:.0f} {top}H{word - 2 * way:.0f}"
    return f'<path d="{path}Q{word - way:.0f} {top} {word - way:.0f} {top + 6}V{floor}m-3 -5l3 5l3 -5"/>'


def _text(x: float, y: int, text: str, *, root: bool = False) -> str:
    strong = ' class="root"' if root else ""
    return f'<text x="{x:.0f}" y="{y}"{strong}>{escape(harmless(text))}</text>'


def _underlines(starts: list[float], roles: Roles, y: int, kind: str) -> Iterator[str]:
    for index, role in roles.items():
        yield f'<line x1="{starts[index]:.0f}" x2="{starts[index + 1]:.0f}" y1="{y}" y2="{y}" class="{kind} {role}"/>'
