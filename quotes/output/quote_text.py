"""A quote in words for people, the same on a terminal, on pages, in charts and in files.

In: a quote or a row of a store's quotes. Out: short texts: the speaker with a question mark where
it is doubtful, the words of the article that stand for it, and what stands before the words of what
was not said, or was no statement.
"""

from __future__ import annotations

import re

from quotes.defaults import SURE_SPEAKER
from quotes.text.folding import fold_case

_WORD = re.compile(r"\w+")
NO_SPEAKER = "no speaker identified"
FACTUALITY_LABELS = {  # "said" needs none
    "denied": "DENIED",
    "not_said": "NOT SAID",
    "question": "QUESTION",
    "hypothetical": "HYPOTHETICAL",
}
ACT_LABELS = {  # "speech" needs none
    "thought": "THOUGHT",
    "intention": "INTENTION",
    "attitude": "ATTITUDE",
}


def label_of(factuality: str | None, act: str | None = None) -> str | None:
    """Return what must stand before the words of a quote that is no plain statement, else None.

    Args:
        factuality: said, denied, not_said, question or hypothetical.
        act: speech, thought, intention or attitude.
    """
    return FACTUALITY_LABELS.get(factuality or "said") or ACT_LABELS.get(act or "speech")


def labelled_words(words: str, factuality: str | None, act: str | None = None) -> str:
    """Return words with their label before them: "DENIED: that anyone had lied"."""
    label = label_of(factuality, act)
    return f"{label}: {words}" if label else words


def speaker_text(name: str | None, confidence: float) -> str:
    """Return the name of a speaker, with a question mark where it is not sure.

    Args:
        name: The name, None where nobody was identified.
        confidence: The probability that the name is right (`speaker_confidence`).
    """
    if not name:
        return NO_SPEAKER
    return name if confidence >= SURE_SPEAKER else f"{name}?"


def with_role(who: str, role: str | None) -> str:
    """Return a speaker with the role behind it in brackets, unless the speaker's words say it.

    "The leader of the council" needs no "(leader of the council)".
    """
    words = set(map(fold_case, _WORD.findall(role or "")))
    return who if words <= set(map(fold_case, _WORD.findall(who))) else f"{who} ({role})"


def source_text(name: str | None, source: str | None) -> str | None:
    """Return the words that stand for the speaker in the article where they are not the name.

    "he" or "the minister"; None for "Falk" or "Mayor Ida Falk", which need not stand beside
    "Ida Falk", and where nobody was identified.
    """
    words = " ".join((source or "").split())
    if not name or not words:
        return None
    parts = _WORD.findall(name)
    names = {fold_case(word) for word in parts if not word.islower()} or set(parts)
    return None if names & set(map(fold_case, _WORD.findall(words))) else words
