"""What changed between two versions of an article, as lines of text.

In: changes. Out: lines of text. Words that only the older version has stand as [-old-], words that
only the newer one has as {+new+}. Nothing of an article reaches a terminal as a control character.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from quotes.output.numbers import count_of
from quotes.output.quote_text import labelled_words, speaker_text
from quotes.output.terminal.safe_text import printable
from quotes.output.terminal.statements import difference_text
from quotes.records import Quote
from quotes.statements.changes import Change, ChangeKind

SIGNS: dict[ChangeKind, str] = {"added": "+", "dropped": "-", "altered": "~", "reattributed": ">"}
NO_CHANGE = "the same quotes"


def change_lines(found: Sequence[Change]) -> Iterator[str]:
    """Yield how many quotes changed and how, then each of them."""
    counts = Counter(change.kind for change in found)
    parts = [f"{count_of(counts[kind], 'quote')} {kind}" for kind in SIGNS if counts[kind]]
    yield ", ".join(parts) or NO_CHANGE
    for change in found:
        quote = change.after or change.before
        assert quote is not None
        yield ""
        yield f"{SIGNS[change.kind]} {_who(change)} · {quote.type} · {change.kind}"
        words = (
            difference_text(change.comparison.pieces)
            if change.comparison
            else printable(quote.words)
        )
        yield "    " + labelled_words(words, quote.factuality, quote.act)


def _who(change: Change) -> str:
    """Return the speaker, or who it was and who it is now."""
    names = [_name(quote) for quote in (change.before, change.after) if quote]
    return " → ".join(dict.fromkeys(names))


def _name(quote: Quote) -> str:
    return printable(speaker_text(quote.speaker, quote.speaker_confidence))
