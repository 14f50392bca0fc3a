"""Dependency trees of the sentences of quotes, as arcs in SVG: parsed on request, and cached.

In: an article and a quote. Out: SVG, or the reason why there is none. Only the paragraph of the
sentence is parsed; the model is loaded with the first tree.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from quotes.defaults import DEFAULT_LANGUAGE
from quotes.errors import QuotesError
from quotes.output.charts.tree import span_kinds, tree_svg
from quotes.records import Document, Parse, Quote, Sentence
from quotes.web.highlights import blocks

MAX_CACHED_TREES = 500
MAX_PARAGRAPH_CHARS = 6000  # of a paragraph that is parsed for a tree


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree as SVG, or the `reason` why it cannot be drawn."""

    svg: str = ""
    reason: str = ""


class TreeParser:
    """A parser that draws trees, one at a time; `load_parser` gives the parser of a language."""

    def __init__(self, load_parser: Callable[[str], Any]) -> None:
        self._load_parser, self._lock = load_parser, threading.Lock()
        self._cached: OrderedDict[tuple[str, str], Tree] = OrderedDict()

    def tree_of(self, document: Document, quote: Quote) -> Tree:
        """Return the tree of the sentence that holds the cue, else the content."""
        key = (document.sha256, quote.id)
        with self._lock:
            if key not in self._cached:
                self._cached[key] = self._draw(document, quote)
                while len(self._cached) > MAX_CACHED_TREES:
                    self._cached.popitem(last=False)
            return self._cached[key]

    def _draw(self, document: Document, quote: Quote) -> Tree:
        offset = (quote.cue or quote.content)[0].start
        block = next((b for b in blocks(document.text) if b.start <= offset < b.end), None)
        if block is None or len(block) > MAX_PARAGRAPH_CHARS:
            return Tree(reason=f"the paragraph has more than {MAX_PARAGRAPH_CHARS:,} characters")
        try:
            parser = self._load_parser(document.language or DEFAULT_LANGUAGE)
            parse = parser.parse(replace(document, embeds=()), block)
        except (QuotesError, OSError) as error:
            return Tree(reason=f"no model here can parse it ({error})")
        sentence = sentence_at(parse, offset)
        if sentence is None:
            return Tree(reason="no sentence was found at this place")
        return Tree(svg=draw_tree(sentence, quote))


def sentence_at(parse: Parse, offset: int) -> Sentence | None:
    """Return the sentence in which an offset lies."""
    return next((s for s in parse.sentences if s.span.start <= offset < s.span.end), None)


def draw_tree(sentence: Sentence, quote: Quote) -> str:
    """Draw the tree of a sentence with the words of the quote underlined."""
    return tree_svg(sentence, annotated={}, found=span_kinds(sentence, quote))
