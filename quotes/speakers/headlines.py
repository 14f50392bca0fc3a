"""Headlines: sentences in which capitals do not tell names from other words."""

from __future__ import annotations

from quotes.records import Sentence

# Shares of words from which a sentence is a headline, in which a capital says nothing.
MIN_UPPER_SHARE = 0.6  # of all words, in capitals
MIN_CAPITALISED_SHARE = 0.8  # of the longer words, with a capital
ENDINGS = frozenset({".", "!", "?"})


def is_headline(sentence: Sentence) -> bool:
    """Return True if capitals say nothing in a sentence.

    That is a line in capitals, or one without a full stop in which nearly every longer word has
    one.
    """
    if is_in_capitals(sentence):
        return True
    longer = [word.form for word in sentence.words if len(word.form) > 3 and word.form.isalpha()]
    ended = sentence.words[-1].form in ENDINGS or (
        len(sentence.words) > 1 and sentence.words[-2].form in ENDINGS
    )
    return (
        not ended
        and len(longer) > 3
        and sum(form[0].isupper() for form in longer) > MIN_CAPITALISED_SHARE * len(longer)
    )


def is_in_capitals(sentence: Sentence) -> bool:
    """Return True if most words of a sentence are in capitals."""
    letters = [word.form for word in sentence.words if len(word.form) > 1 and word.form.isalpha()]
    return len(letters) > 2 and sum(form.isupper() for form in letters) > MIN_UPPER_SHARE * len(
        letters
    )
