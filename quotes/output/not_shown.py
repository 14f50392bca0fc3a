"""What extraction found and does not show, with the reason.

In: the quotes of a document, the probability and acts from which they are shown. Out: the others,
each with why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quotes.attribution.rejections import Rejection
from quotes.records import Act, Quote


@dataclass(frozen=True)
class NotShown:
    """What is not shown of a document.

    Attributes:
        quotes: Quotes, each with the reason.
        rejections: Matches of rules that are no quotes.
    """

    quotes: tuple[tuple[Quote, str], ...]
    rejections: tuple[Rejection, ...]

    def __bool__(self) -> bool:
        return bool(self.quotes or self.rejections)


def not_shown(
    quotes: Iterable[Quote], min_confidence: float, acts: Sequence[Act]
) -> Iterator[tuple[Quote, str]]:
    """Yield the quotes that are left out, with the reason and how far they are from being shown.

    Args:
        quotes: All quotes of a document.
        min_confidence: The probability from which quotes are shown.
        acts: The acts that are shown.
    """
    for quote in quotes:
        if quote.probability < min_confidence:
            missing = min_confidence - quote.probability
            yield (
                quote,
                f"probability {quote.probability:.0%}, {missing * 100:.0f} points too little",
            )
        elif quote.act not in acts:
            yield quote, f"act: {quote.act}"
