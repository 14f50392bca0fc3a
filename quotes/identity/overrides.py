"""Overrides: merges and splits by people, laid over what the program decided.

In: speakers and reviews, in any order. Out: speakers. Nothing is stored here: the same speakers and
reviews give the same again, also after a new run has made other speakers, because reviews speak of
names. The latest wins; of two at one moment the one with the greater id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from quotes.identity.canonical_names import assign_ids
from quotes.names.transliteration import latin_key
from quotes.records import Alias, Kind, Review, Speaker
from quotes.standing_reviews import standing


def with_reviews(speakers: Sequence[Speaker], reviews: Iterable[Review]) -> tuple[Speaker, ...]:
    """Return the speakers after all merges and splits that stand, with new ids, in order of these.

    A merge joins the speakers that have its names; a name that none has is added as an alias when
    one of the others is known. A split takes each of its names out into a speaker of its own; one
    that is for some documents only adds a speaker for these (`splits_by_document` says which).
    """
    found, standing_reviews = list(speakers), _merges_and_splits(reviews)
    if not standing_reviews and all(speaker.id for speaker in speakers):
        return tuple(sorted(speakers, key=lambda speaker: speaker.id))
    for review in standing_reviews:
        if review.action == "merge":
            found = _merge(found, review)
        elif review.documents:
            found = _split_in_documents(found, review)
        else:
            found = _split(found, review)
    return assign_ids(_without_superseded(found, standing_reviews))


def splits_by_document(
    speakers: Sequence[Speaker], reviews: Iterable[Review]
) -> Mapping[tuple[str, str], str]:
    """Return the ids of speakers that were split off in some documents.

    Args:
        speakers: Those that `with_reviews` gives for the same reviews.
        reviews: The reviews.

    Returns:
        The id by name (as `latin_key` has it) and document.
    """
    owners = {alias.split_by: s.id for s in speakers for alias in s.aliases if alias.split_by}
    found: dict[tuple[str, str], str] = {}
    for review in _merges_and_splits(reviews):
        if review.action == "split" and review.id in owners:
            name = latin_key(review.names[0])
            found |= {(name, document): owners[review.id] for document in review.documents}
    return found


def only_in_documents(speaker: Speaker) -> bool:
    """Tell whether a speaker was split off in some documents and has its name nowhere else."""
    return all(alias.split_by for alias in speaker.aliases)


def _merges_and_splits(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """Return the merges and splits that stand, the earliest first."""
    return tuple(
        review
        for review in standing(reviews)
        if review.action in ("merge", "split") and review.names
    )


def _has_name(alias: Alias, name: str) -> bool:
    return latin_key(alias.name) == latin_key(name)


def _owner(speakers: Sequence[Speaker], name: str, kind: Kind | None) -> Speaker | None:
    """Return the speaker that has a name everywhere, not only in some documents.

    Of several the one that has it exactly so written, before that one of the kind wanted.
    """
    holders = [
        speaker
        for speaker in speakers
        if any(_has_name(alias, name) and not alias.split_by for alias in speaker.aliases)
    ]

    def rank(speaker: Speaker) -> tuple[bool, bool, str, tuple[str, ...]]:
        names = tuple(alias.name for alias in speaker.aliases)
        return (kind is not None and speaker.kind != kind, name not in names, speaker.id, names)

    return min(holders, key=rank, default=None)


def _merge(speakers: list[Speaker], review: Review) -> list[Speaker]:
    """Make one speaker of those that have the names of a merge."""
    owners: list[Speaker] = []
    for name in review.names:
        owner = _owner(speakers, name, owners[0].kind if owners else None)
        if owner is not None and owner not in owners:
            owners.append(owner)
    if not owners:
        return speakers
    first = review.names[0]
    kind = next((owner.kind for owner in owners if owner.kind), None)
    wikidata = next((owner.wikidata for owner in owners if owner.wikidata), None)
    merged = Speaker(
        id=owners[0].id,
        name=first,
        kind=kind,
        aliases=_merged_aliases(owners, kind, review),
        wikidata=wikidata,
    )
    return [speaker for speaker in speakers if speaker not in owners] + [merged]


def _merged_aliases(
    owners: Sequence[Speaker], kind: Kind | None, review: Review
) -> tuple[Alias, ...]:
    """Return the aliases of all owners and the names of the merge, its first name first."""
    chosen = {latin_key(name): name for name in review.names}
    reason = _reason("merged by", review)

    def by_person(name: str, kind: Kind | None) -> Alias:
        return Alias(name, kind, 1.0, reason, "person")

    first = review.names[0]
    aliases: dict[tuple[str, Kind | None], Alias] = {(first, kind): by_person(first, kind)}
    for alias in (alias for owner in owners for alias in owner.aliases):
        if latin_key(alias.name) in chosen:
            alias = replace(alias, score=1.0, reason=reason, by="person", split_by="")
        aliases.setdefault((alias.name, alias.kind), alias)
    have = {latin_key(name) for name, _ in aliases}
    for key, name in chosen.items():
        if key not in have:
            aliases[name, kind] = by_person(name, kind)
    return tuple(aliases.values())


def _split(speakers: list[Speaker], review: Review) -> list[Speaker]:
    """Take each name out; where a speaker has only this name there is nothing to take out."""
    reason = _reason("split off by", review)
    for name in review.names:
        owner = _owner(speakers, name, None)
        if owner is None:
            continue
        out = [alias for alias in owner.aliases if _has_name(alias, name)]
        rest = [alias for alias in owner.aliases if not _has_name(alias, name)]
        if rest:
            own = tuple(replace(a, score=1.0, reason=reason, by="person", split_by="") for a in out)
            split_off = Speaker(id="", name=name, kind=out[0].kind, aliases=own)
            others = [speaker for speaker in speakers if speaker is not owner]
            speakers = [*others, _with_aliases(owner, rest), split_off]
    return speakers


def _with_aliases(owner: Speaker, rest: Sequence[Alias]) -> Speaker:
    """Return a speaker with some of its aliases, under its name or else the next one."""
    name = owner.name if any(alias.name == owner.name for alias in rest) else rest[0].name
    head = [alias for alias in rest if alias.name == name]
    others = [alias for alias in rest if alias.name != name]
    return replace(owner, name=name, aliases=(*head, *others))


def _reason(what: str, review: Review) -> str:
    return f"{what} {review.by}" + (f": {review.why}" if review.why else "")


def _split_in_documents(speakers: list[Speaker], review: Review) -> list[Speaker]:
    """Add a speaker for the documents of a split."""
    name = review.names[0]
    owner = _owner(speakers, name, None)
    if owner is None:
        return speakers
    reason = f"{_reason('split off in some articles by', review)} ({review.id})"
    alias = Alias(name, owner.kind, 1.0, reason, "person", split_by=review.id)
    return [*speakers, Speaker(id=review.id, name=name, kind=owner.kind, aliases=(alias,))]


def _without_superseded(speakers: Sequence[Speaker], reviews: Iterable[Review]) -> list[Speaker]:
    """Leave out speakers of splits whose documents a later split gave to another."""
    latest: dict[tuple[str, str], str] = {}
    for review in reviews:
        if review.action == "split":
            name = latin_key(review.names[0])
            latest |= {(name, document): review.id for document in review.documents}
    in_force = set(latest.values())
    return [
        speaker
        for speaker in speakers
        if not only_in_documents(speaker)
        or any(alias.split_by in in_force for alias in speaker.aliases)
    ]
