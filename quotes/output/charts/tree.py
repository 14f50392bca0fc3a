"""A dependency tree as arcs over its words, in SVG.

In: a sentence, and the words of content, source and cue, which are underlined. Out: SVG without
style; the pages that show it have a style for its classes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from itertools import accumulate
from typing import Protocol

from quotes.output.terminal.safe_text import replace_unprintable
from quotes.records import Sentence, Spans

# In pixels.
FORM_LETTER, POS_LETTER, LABEL_LETTER = 8.0, 6.2, 5.0  # widths of a letter
SPACE = 14.0  # between words
STEP, HEAD = 17, 14  # the height of an arc over the one below it, and above the highest
FOOT = 46  # below the arcs: word, part of speech, two underlines

# Labels of Universal Dependencies in words
RELATIONS = {
    "nsubj": "subject",
    "nsubj:pass": "passive subject",
    "obj": "object",
    "iobj": "indirect object",
    "obl": "oblique",
    "ccomp": "clause",
    "xcomp": "open clause",
    "advcl": "adverbial clause",
    "advmod": "adverb",
    "aux": "auxiliary",
    "conj": "conjunct",
}
SPAN_LABELS = {"cue": "reporting verb", "source": "source", "content": "content"}

SpanKinds = Mapping[int, str]  # the index of a word, and "content", "source" or "cue"


class Attributed(Protocol):
    """Somebody's words in a text, as annotated or as extracted."""

    @property
    def content(self) -> Spans:
        """The spans of the words said."""

    @property
    def source(self) -> Spans:
        """The spans that name who said them."""

    @property
    def cue(self) -> Spans:
        """The spans that say that they were said."""


def span_kinds(sentence: Sentence, item: Attributed | None) -> dict[int, str]:
    """Return the span kind of each word of a sentence that has one.

    Cue and source go before content, where a word is in both.
    """
    if item is None:
        return {}
    found: dict[int, str] = {}
    for kind, spans in (("content", item.content), ("source", item.source), ("cue", item.cue)):
        found |= {
            i: kind
            for i, word in enumerate(sentence.words)
            if any(span.overlaps(word.span) for span in spans)
        }
    return found


def tree_svg(sentence: Sentence, *, annotated: SpanKinds, found: SpanKinds) -> str:
    """Return the tree of a sentence as an SVG element, with two underlines below its words."""
    widths = [
        SPACE
        + max(FORM_LETTER * len(w.form), POS_LETTER * len(w.upos), LABEL_LETTER * len(w.deprel))
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
        f'<svg viewBox="0 0 {starts[-1]:.0f} {floor + FOOT}" width="{starts[-1]:.0f}" '
        f'height="{floor + FOOT}" role="img" aria-label="{_description(sentence, found)}">',
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


def _description(sentence: Sentence, found: SpanKinds) -> str:
    """Return one sentence that says what the tree shows: its root, what depends on it, the spans.

    It is read out in place of the drawing, and stands between quotation marks of an attribute.
    """
    root = next(i for i, word in enumerate(sentence.words) if word.head < 0)
    parts = [
        f"{RELATIONS.get(word.deprel, word.deprel)} “{word.form}”"
        for word in (sentence.words[i] for i in sentence.children[root])
        if word.upos != "PUNCT"
    ]
    spans = [
        f"{label} “{words}”"
        for kind, label in SPAN_LABELS.items()
        if (words := " ".join(sentence.words[i].form for i in sorted(found) if found[i] == kind))
    ]
    listed = f", with {', '.join(parts)}" if parts else ""
    marked = f"; {', '.join(spans)}" if spans else ""
    text = f"Dependency tree: the root is “{sentence.words[root].form}”{listed}{marked}."
    return escape(replace_unprintable(text))


def _levels(sentence: Sentence) -> dict[int, int]:
    """Return the level of the arc of each word with a head: above all arcs that it spans."""
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
    """Return the arc from a head to its word, with an arrow at the word."""
    top, way = floor - STEP * level, 4 if word > head else -4
    start, end = head + way, word - way
    path = (
        f"M{start:.0f} {floor}V{top + 6}Q{start:.0f} {top} {head + 2 * way:.0f} {top}"
        f"H{word - 2 * way:.0f}Q{end:.0f} {top} {end:.0f} {top + 6}V{floor}m-3 -5l3 5l3 -5"
    )
    return f'<path d="{path}"/>'


def _text(x: float, y: int, text: str, *, root: bool = False) -> str:
    """Return a text centred at x."""
    strong = ' class="root"' if root else ""
    return f'<text x="{x:.0f}" y="{y}"{strong}>{escape(replace_unprintable(text))}</text>'


def _underlines(starts: list[float], kinds: SpanKinds, y: int, class_: str) -> Iterator[str]:
    """Yield a line below each word of a span."""
    for index, kind in kinds.items():
        left, right = starts[index], starts[index + 1]
        yield (
            f'<line x1="{left:.0f}" x2="{right:.0f}" y1="{y}" y2="{y}" class="{class_} {kind}"/>'
        )
