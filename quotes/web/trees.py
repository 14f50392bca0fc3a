"""The dependency tree of the sentence of a quote, as arcs in SVG: parsed again when somebody asks, and kept.

In: an article and a quote. Out: SVG text, or the reason why there is none. One sentence's paragraph is parsed, not the article; the model
is loaded with the first tree.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from quotes.errors import QuotesError
from quotes.records import Document, Parse, Quote, Sentence
from quotes.web.highlights import blocks

KEPT = 500  # trees
LONGEST = 6000  # characters of a paragraph that is parsed for a tree


@dataclass(frozen=True, slots=True)
class Tree:
    """The tree as SVG, or `reason` why it cannot be drawn."""

    svg: str = ""
    reason: str = ""


class TreeParser:
    """Draws trees, one at a time."""

    def __init__(self, parser: Callable[[str], Any]) -> None:
        self._parser, self._lock = parser, threading.Lock()
        self._drawn: OrderedDict[tuple[str, str], Tree] = OrderedDict()

    def of(self, document: Document, quote: Quote) -> Tree:
        """The tree of the sentence that holds the cue, else the content."""
        key = (document.sha256, quote.id)
        with self._lock:
            if key not in self._drawn:
                self._drawn[key] = self._draw(document, quote)
                while len(self._drawn) > KEPT:
                    self._drawn.popitem(last=False)
            return self._drawn[key]

    def _draw(self, document: Document, quote: Quote) -> Tree:
        place = (quote.cue or quote.content)[0].start
        region = next((b for b in blocks(document.text) if b.start <= place < b.end), None)
        if region is None or len(region) > LONGEST:
            return Tree(reason=f"the paragraph has more than {LONGEST:,} characters")
        try:
            parse = self._parser(document.language or "en").parse(
                replace(document, embeds=()), region
            )
        except (QuotesError, OSError) as error:
            return Tree(reason=f"there is no model here that could parse it ({error})")
        sentence = sentence_at(parse, place)
        if sentence is None:
            return Tree(reason="no sentence was found at this place")
        return Tree(svg=drawn(sentence, quote))


def sentence_at(parse: Parse, place: int) -> Sentence | None:
    """The sentence in which an offset lies."""
    return next((s for s in parse.sentences if s.span.start <= place < s.span.end), None)


def drawn(sentence: Sentence, quote: Quote) -> str:
    """The tree of a sentence with the words of the quote underlined."""
    from quotes.evaluation.error_report import roles
    from quotes.evaluation.tree_svg import tree

    return tree(sentence, annotated={}, found=roles(sentence, quote))
