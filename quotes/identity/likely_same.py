"""Pairs of speakers that may be one, found without comparing each with all.

In: speakers. Out: those with alike names, and pairs that a person should look at.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from quotes.identity.lookup import MergeCandidate, candidates
from quotes.language import Language
from quotes.names.transliteration import latin_key
from quotes.records import Speaker
from quotes.text.folding import fold_word

MAX_COMPARED = 60  # speakers compared with one
MIN_SIMILARITY = 72.0  # of 100: letters that two names share, for them to be compared
PREFIX = 4  # letters that two words share, for their names to be compared
MIN_SCORE = 0.4  # of a pair: below, letters are alike and nothing else
MIN_LIKENESS = 88.0  # of 100: of letters alone, for a name that may be misspelt


def alike_names(speakers: Sequence[Speaker], speaker: Speaker) -> list[Speaker]:
    """Return speakers whose names share a word, its beginning or most letters.

    Comparing all of thousands would take seconds.
    """
    words = {
        fold_word(word[:PREFIX])
        for alias in speaker.aliases
        for word in alias.name.split()
        if len(word) >= PREFIX
    }
    near = [
        s
        for s in speakers
        if s.id != speaker.id
        and any(fold_word(w[:PREFIX]) in words for a in s.aliases for w in a.name.split())
    ]
    letters = process.extract(
        speaker.name,
        {s.id: s.name for s in speakers},
        scorer=fuzz.WRatio,
        limit=MAX_COMPARED,
        score_cutoff=MIN_SIMILARITY,
    )
    chosen = {s.id for s in near[:MAX_COMPARED]} | {name for _, _, name in letters}
    return [s for s in speakers if s.id in chosen and s.id != speaker.id]


def is_likely_same(score: float, name: str, other: str) -> bool:
    """Return True if two speakers are alike enough for a person to look at them.

    Args:
        score: That of the pair (`MergeCandidate.score`).
        name: The name of one.
        other: The name of the other.
    """
    return score >= MIN_SCORE or fuzz.ratio(latin_key(name), latin_key(other)) >= MIN_LIKENESS


def likely_pairs(
    speakers: Sequence[Speaker], among: Sequence[Speaker], *, language: Language
) -> tuple[MergeCandidate, ...]:
    """Return pairs of speakers that may be one, each pair once, in the order of `speakers`.

    Args:
        speakers: Those who are compared.
        among: Those with whom they are compared.
        language: Their language.
    """
    found: dict[frozenset[str], MergeCandidate] = {}
    for speaker in speakers:
        for pair in candidates(speaker, alike_names(among, speaker), language=language):
            if is_likely_same(pair.score, speaker.name, pair.other.name):
                found.setdefault(frozenset((speaker.id, pair.other.id)), pair)
    return tuple(found.values())
