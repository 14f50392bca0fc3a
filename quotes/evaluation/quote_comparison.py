"""An article with annotated quotes beside the quotes that were found in it.

In: an `AnnotatedArticle` and quotes. Out: which quote is the reading of an annotated quote, whether
its speaker, role, day and reporters are right, and what each quote found.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from quotes.evaluation.annotated_quotes import AnnotatedArticle, AnnotatedQuote
from quotes.evaluation.quote_matching import (
    MIN_JACCARD,
    NumberedWords,
    find_quotes,
    overlap,
    same_name,
    same_role,
)
from quotes.evaluation.worded_text import Words
from quotes.output.dates import iso_text
from quotes.records import Quote


@dataclass(frozen=True)
class QuoteComparison:
    """An article with the quotes that were found in it."""

    article: AnnotatedArticle
    quotes: tuple[Quote, ...]

    @cached_property
    def _words(self) -> tuple[list[Words], list[Words]]:
        """The words of the annotated contents, and of the contents found."""
        words = NumberedWords(self.article.document.text)
        return (
            [words.of(quote.content) for quote in self.article.quotes],
            [words.of(quote.content) for quote in self.quotes],
        )

    @cached_property
    def found_by(self) -> list[tuple[int, ...]]:
        """For each annotated quote the indices of the quotes that find it, the best first."""
        return find_quotes(*self._words)

    @cached_property
    def readings(self) -> tuple[Quote | None, ...]:
        """For each annotated quote the quote that is read as it; None where it is missed.

        Of several that each share half of its words it is one with the right speaker, if any.
        """
        return tuple(map(self._reading, range(len(self.article.quotes))))

    @cached_property
    def finds(self) -> tuple[AnnotatedQuote | None, ...]:
        """For each quote the annotated one, of those it finds, that it shares most words with."""
        gold, found = self._words
        best: dict[int, int] = {}
        for i, numbers in enumerate(self.found_by):
            for j in numbers:
                if j not in best or overlap(gold[i], found[j]) > overlap(gold[best[j]], found[j]):
                    best[j] = i
        return tuple(
            self.article.quotes[best[j]] if j in best else None for j in range(len(self.quotes))
        )

    def _reading(self, number: int) -> Quote | None:
        """Return the quote that is read as an annotated one."""
        indices, wanted = self.found_by[number], self.article.quotes[number]
        if not indices:
            return None
        gold, found = self._words
        if overlap(gold[number], found[indices[0]]) >= MIN_JACCARD and wanted.names:
            right = (j for j in indices if speaker_right(wanted, self.quotes[j]))
            return self.quotes[next(right, indices[0])]
        return self.quotes[indices[0]]


def speaker_right(gold: AnnotatedQuote, quote: Quote) -> bool:
    """Tell whether the speaker is the annotated one; None where nobody is named."""
    if not gold.names:
        return not quote.speaker
    return bool(quote.speaker) and same_name(quote.speaker or "", gold.names)


def role_right(gold: AnnotatedQuote, quote: Quote) -> bool:
    """Tell whether the role is an annotated one."""
    return bool(quote.role) and same_role(quote.role or "", gold.roles or ())


def day_right(gold: AnnotatedQuote, quote: Quote) -> bool:
    """Tell whether the day or period is the annotated one, as exactly as it is known."""
    return quote.said_on is not None and iso_text(quote.said_on) == gold.said_on


def chain_right(gold: AnnotatedQuote, quote: Quote) -> bool:
    """Tell whether the same reporters passed the quote on, in the same order."""
    return len(quote.reported_by) == len(gold.reported_by) and all(
        same_name(name, [wanted])
        for name, wanted in zip(quote.reported_by, gold.reported_by, strict=True)
    )
