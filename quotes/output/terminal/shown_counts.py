"""How much of what extraction found is shown, and how to see the rest, on one line.

In: the quotes of each document that are shown, and those that are not. Out: a line of text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from quotes.defaults import ACTS, ALL_ACTS, SURE_SPEAKER
from quotes.output.numbers import count_of
from quotes.records import Act, Quote, QuoteType


def is_marked_unsure(quote: Quote) -> bool:
    """Return True if a question mark stands beside the speaker of a quote."""
    if not quote.speaker:
        return bool(quote.source)
    return quote.speaker_confidence < SURE_SPEAKER


@dataclass(slots=True, kw_only=True)
class ShownCounts:
    """Counts over documents.

    Attributes:
        min_confidence: The probability from which quotes are shown.
        acts: The acts of which quotes are shown.
        documents: Number of documents.
        types: Number of shown quotes by type.
        marked: Number of shown quotes with a question mark beside the speaker.
        unsure: Number of quotes left out because of their probability.
        other_acts: Number of the other quotes left out, by act.
        acts_left_out: Acts of all quotes left out that are not among `acts`.
    """

    min_confidence: float
    acts: Sequence[Act]
    documents: int = 0
    types: Counter[QuoteType] = field(default_factory=Counter)
    marked: int = 0
    unsure: int = 0
    other_acts: Counter[Act] = field(default_factory=Counter)
    acts_left_out: set[Act] = field(default_factory=set)

    def add(self, shown: Iterable[Quote], hidden: Iterable[Quote]) -> None:
        """Count the quotes of a document."""
        self.documents += 1
        for quote in shown:
            self.types[quote.type] += 1
            self.marked += is_marked_unsure(quote)
        for quote in hidden:
            if quote.act not in self.acts:
                self.acts_left_out.add(quote.act)
            if quote.probability < self.min_confidence:
                self.unsure += 1
            else:
                self.other_acts[quote.act] += 1

    def line(self) -> str:
        """Return the counts, what a question mark means, and the options that show the rest.

        "17 quotes (6 direct, 8 mixed, 3 indirect) · 3 with a “?”: speaker less than 80% sure · 7
        not shown (5 below 30%, 2 of another act: thought): --min-confidence 0 --acts all".
        """
        return " · ".join(part for part in (self._shown(), self._marked(), self._hidden()) if part)

    def _shown(self) -> str:
        """Return how many quotes are shown, of which types, and in how many articles."""
        counts = (f"{self.types[each]:,} {each}" for each in _TYPES if self.types[each])
        types = ", ".join(counts)
        articles = f" in {count_of(self.documents, 'article')}" if self.documents > 1 else ""
        return count_of(self.types.total(), "quote") + articles + (f" ({types})" if types else "")

    def _marked(self) -> str:
        """Return how many have a question mark, and what it means."""
        if not self.marked:
            return ""
        return f"{self.marked:,} with a “?”: speaker less than {SURE_SPEAKER:.0%} sure, or no name"

    def _hidden(self) -> str:
        """Return how many are not shown, why, and the options that show them."""
        others, why, options = self.other_acts.total(), list[str](), list[str]()
        if self.unsure:
            why.append(f"{self.unsure:,} below {self.min_confidence:.0%}")
            options.append("--min-confidence 0")
        if others:
            acts = ", ".join(act for act in ACTS if act in self.other_acts)
            why.append(f"{others:,} of another act: {acts}")
        if self.acts_left_out:
            options.append(f"--acts {ALL_ACTS}")
        if not why:
            return ""
        return f"{self.unsure + others:,} not shown ({', '.join(why)}): {' '.join(options)}"


_TYPES: tuple[QuoteType, ...] = ("direct", "mixed", "indirect")
