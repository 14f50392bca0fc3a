"""Speakers by a name that somebody types, and pairs of speakers that somebody may want to merge. The only door to rapidfuzz.

In: a name or a speaker, and all speakers. Out: speakers, suggestions, candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from quotes.identity.blocking import keys
from quotes.identity.pairwise import PairComparison, compare_profiles
from quotes.identity.profiles import Profile, profile
from quotes.language import Language
from quotes.names.transliteration import latin_key
from quotes.names.word_lists import load_words
from quotes.records import Alias, Kind, NameUsage, Speaker

Uses = dict[tuple[str, Kind | None], NameUsage]
ALIKE = 82  # of 100: least likeness of letters (rapidfuzz WRatio) for a pair to be shown that no rule of names connects
SUGGESTED = 60  # the same for a suggestion
FITS = 0.3  # least score of a name that fits another


@dataclass(frozen=True, slots=True)
class MergeCandidate:
    """Two speakers that may be one: how likely, and why it is thought so."""

    speaker: Speaker
    other: Speaker
    score: float
    reason: str


def find(name: str, speakers: Iterable[Speaker], *, language: Language) -> tuple[Speaker, ...]:
    """The speakers that a name can mean: those with this id or alias, else those whose names it fits (surname, spelling), by id."""
    speakers = tuple(speakers)
    wanted = latin_key(name)
    exact = [
        s
        for s in speakers
        if s.id == name or any(latin_key(alias.name) == wanted for alias in s.aliases)
    ]
    if exact or not wanted:
        return tuple(sorted(exact, key=lambda s: s.id))
    asked = [
        profile(NameUsage(name=name, kind=kind), language) for kind in ("person", "organization")
    ]
    fitting = [
        speaker for speaker in speakers if any(_fits(one, speaker, language) for one in asked)
    ]
    return tuple(sorted(fitting, key=lambda s: s.id))


def _fits(asked: Profile, speaker: Speaker, language: Language) -> bool:
    if speaker.kind not in (asked.kind, None):
        return False
    return any(
        _compared(asked, _profile(alias, speaker, {}, language), language)
        for alias in speaker.aliases
    )


def _compared(a: Profile, b: Profile, language: Language) -> PairComparison | None:
    """Two names compared, None where they cannot be one or share no key."""
    words = load_words(language)
    (tells, asks), (told, asked) = keys(a, words), keys(b, words)
    if not (tells & told or asks & told or tells & asked):
        return None
    comparison = compare_profiles(a, b, language)
    return comparison if comparison.decision != "different" and comparison.score >= FITS else None


def nearest(name: str, speakers: Iterable[Speaker], *, limit: int = 5) -> tuple[Speaker, ...]:
    """The speakers whose names look most like an unknown one, the likest first."""
    owners: dict[str, Speaker] = {}
    for speaker in sorted(speakers, key=lambda s: s.id):
        for alias in speaker.aliases:
            owners.setdefault(latin_key(alias.name), speaker)
    ranked = process.extract(
        latin_key(name), owners.keys(), scorer=fuzz.WRatio, limit=limit * 4, score_cutoff=SUGGESTED
    )
    found: dict[str, Speaker] = {}
    for fold, _, _ in sorted(ranked, key=lambda row: (-row[1], row[0])):
        found.setdefault(owners[fold].id, owners[fold])
    return tuple(found.values())[:limit]


def candidates(
    speaker: Speaker,
    speakers: Iterable[Speaker],
    *,
    uses: Iterable[NameUsage] = (),
    language: Language,
    limit: int = 20,
) -> tuple[MergeCandidate, ...]:
    """Other speakers that may be this one, the likeliest first. `uses` lend the evidence of roles, company and documents."""
    known: Uses = {(use.name, use.kind): use for use in uses}
    own = [_profile(alias, speaker, known, language) for alias in speaker.aliases]
    found = []
    for other in speakers:
        if other.id == speaker.id or {speaker.kind, other.kind} == {"person", "organization"}:
            continue
        candidate = _candidate(speaker, own, other, known, language)
        if candidate is not None:
            found.append(candidate)
    return tuple(sorted(found, key=lambda c: (-c.score, c.other.id))[:limit])


def _candidate(
    speaker: Speaker, own: Sequence[Profile], other: Speaker, known: Uses, language: Language
) -> MergeCandidate | None:
    theirs = [_profile(alias, other, known, language) for alias in other.aliases]
    best = max(
        (c for a in own for b in theirs if (c := _compared(a, b, language))),
        key=lambda c: c.score,
        default=None,
    )
    if best is not None:
        return MergeCandidate(speaker, other, best.score, best.reason)
    likeness = (
        fuzz.WRatio(latin_key(speaker.name), latin_key(other.name))
        if speaker.kind == other.kind
        else 0.0
    )
    if likeness < ALIKE:
        return None
    return MergeCandidate(speaker, other, round(likeness / 250, 3), "the letters are much alike")


def _profile(alias: Alias, speaker: Speaker, known: Uses, language: Language) -> Profile:
    use = known.get((alias.name, alias.kind)) or NameUsage(
        name=alias.name, kind=alias.kind or speaker.kind
    )
    return profile(use, language)
