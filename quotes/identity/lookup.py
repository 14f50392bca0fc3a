"""Lookup: speakers by a name that somebody types, and pairs that somebody may want to merge.

In: a name or a speaker, and all speakers. Out: speakers, suggestions, candidates for merging.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from quotes.identity.blocking import blocking_keys
from quotes.identity.pairwise import PairComparison, compare_profiles
from quotes.identity.profiles import Profile, profile
from quotes.identity.role_keys import alike, role_key
from quotes.language import Language
from quotes.names.match_weights import MIN_LIKENESS, MIN_SUGGESTION, MIN_TYPED
from quotes.names.person import person_name
from quotes.names.transliteration import latin_key
from quotes.names.word_lists import load_words
from quotes.records import Alias, Kind, NameUsage, Speaker

Usages = Mapping[tuple[str, Kind | None], NameUsage]
LIKENESS_PER_SCORE = 250  # divides a likeness of letters (of 100): always below scores of names


@dataclass(frozen=True, slots=True)
class MergeCandidate:
    """Two speakers that may be one: how likely (0 to 1), and why, in words for people."""

    speaker: Speaker
    other: Speaker
    score: float
    reason: str


def find(name: str, speakers: Iterable[Speaker], *, language: Language) -> tuple[Speaker, ...]:
    """Return the speakers that a name can mean, by id.

    They are those with this id or alias, else those whose names it fits (surname, spelling).
    """
    speakers = tuple(speakers)
    exact = _exact(name, speakers)
    if exact or not latin_key(name):
        return exact
    return _fitting(name, speakers, language)


def meanings(name: str, speakers: Iterable[Speaker], *, language: Language) -> tuple[Speaker, ...]:
    """Return all speakers that a typed name may mean, by id.

    They are those with this id or alias, those whose names it fits beside them ("Trump" is a name
    of one speaker and may mean "Donald Trump"), and for one word persons of that first name.
    """
    speakers = tuple(speakers)
    wanted = latin_key(name)
    found = {*_exact(name, speakers), *_fitting(name, speakers, language)}
    if wanted and " " not in wanted:
        found |= {s for s in speakers if s.kind == "person" and _first_name(s) == wanted}
    return tuple(sorted(found, key=lambda s: s.id))


def holders(
    name: str,
    speakers: Iterable[Speaker],
    roles: Callable[[Speaker], Iterable[str]],
    *,
    language: Language,
) -> tuple[Speaker, ...]:
    """Return the speakers with the office in front of a typed name ("President Trump").

    None without an office there.

    Args:
        name: What somebody typed.
        speakers: The speakers whom it may mean.
        roles: Gives the roles of one of them.
        language: Their language.
    """
    words, parsed = name.split(), person_name(name, language)
    first = next((at for at, word in enumerate(words) if word in parsed.words[:1]), 0)
    office = role_key(" ".join(words[:first]), language)
    standings = load_words(language).role_standings
    return tuple(
        speaker
        for speaker in speakers
        if office.words
        and any(alike(office, role_key(role, language), standings) for role in roles(speaker))
    )


def _exact(name: str, speakers: Sequence[Speaker]) -> tuple[Speaker, ...]:
    """Return the speakers with this id or alias, by id."""
    wanted = latin_key(name)
    exact = [
        s
        for s in speakers
        if s.id == name or any(latin_key(alias.name) == wanted for alias in s.aliases)
    ]
    return tuple(sorted(exact, key=lambda s: s.id))


def _first_name(speaker: Speaker) -> str:
    """Return the first word of a name of at least two."""
    first, _, rest = latin_key(speaker.name).partition(" ")
    return first if rest else ""


def _fitting(name: str, speakers: Sequence[Speaker], language: Language) -> tuple[Speaker, ...]:
    """Return the speakers whose names a name fits, by id."""
    kinds: tuple[Kind, ...] = ("person", "organization")
    typed = [profile(NameUsage(name=name, kind=kind), language) for kind in kinds]
    fitting = [s for s in speakers if any(_fits(each, s, language) for each in typed)]
    return tuple(sorted(fitting, key=lambda s: s.id))


def _fits(typed: Profile, speaker: Speaker, language: Language) -> bool:
    if speaker.kind not in (typed.kind, None):
        return False
    return any(
        _compare(typed, _profile(alias, speaker, {}, language), language)
        for alias in speaker.aliases
    )


def _compare(a: Profile, b: Profile, language: Language) -> PairComparison | None:
    """Compare two names; None where they cannot be one or are not worth comparing."""
    words = load_words(language)
    if not blocking_keys(a, words).meet(blocking_keys(b, words)):
        return None
    found = compare_profiles(a, b, language)
    return found if found.outcome != "different" and found.score >= MIN_TYPED else None


def nearest(name: str, speakers: Iterable[Speaker], *, limit: int = 5) -> tuple[Speaker, ...]:
    """Return the speakers whose names look most like an unknown one, the most similar first."""
    owners: dict[str, Speaker] = {}
    for speaker in sorted(speakers, key=lambda s: s.id):
        for alias in speaker.aliases:
            owners.setdefault(latin_key(alias.name), speaker)
    wanted = latin_key(name)
    ranked = [(key, _similarity(wanted, key)) for key in owners]
    ranked = [row for row in ranked if row[1] >= MIN_SUGGESTION]
    found: dict[str, Speaker] = {}
    for key, _ in sorted(ranked, key=lambda row: (-row[1], row[0])):
        found.setdefault(owners[key].id, owners[key])
    return tuple(found.values())[:limit]


def _similarity(wanted: str, name: str) -> float:
    """Return how alike (0 to 100) a typed name is to a name, or a typed word to one of its words.

    Of a name of several words each is compared with the word most like it.
    """
    words = name.split()
    typed = wanted.split()
    by_word = [max((fuzz.ratio(word, other) for other in words), default=0.0) for word in typed]
    return max(fuzz.ratio(wanted, name), sum(by_word) / max(len(by_word), 1))


def candidates(
    speaker: Speaker,
    speakers: Iterable[Speaker],
    *,
    language: Language,
    usages: Iterable[NameUsage] = (),
    limit: int = 20,
) -> tuple[MergeCandidate, ...]:
    """Return other speakers that may be this one, the most likely first.

    Args:
        speaker: The one speaker.
        speakers: All speakers.
        language: Their language.
        usages: Usages of their names, for the evidence of roles, company and documents.
        limit: How many are returned at most.
    """
    known: Usages = {(usage.name, usage.kind): usage for usage in usages}
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
    speaker: Speaker, own: Sequence[Profile], other: Speaker, known: Usages, language: Language
) -> MergeCandidate | None:
    theirs = [_profile(alias, other, known, language) for alias in other.aliases]
    compared = (_compare(a, b, language) for a in own for b in theirs)
    best = max((c for c in compared if c), key=lambda c: c.score, default=None)
    if best is not None:
        return MergeCandidate(speaker, other, best.score, best.reason)
    if speaker.kind != other.kind:
        return None
    likeness = fuzz.WRatio(latin_key(speaker.name), latin_key(other.name))
    if likeness < MIN_LIKENESS:
        return None
    score = round(likeness / LIKENESS_PER_SCORE, 3)
    return MergeCandidate(speaker, other, score, "the letters are much alike")


def _profile(alias: Alias, speaker: Speaker, known: Usages, language: Language) -> Profile:
    usage = known.get((alias.name, alias.kind))
    return profile(usage or NameUsage(name=alias.name, kind=alias.kind or speaker.kind), language)
