"""Merges and splits by people, laid over what the program decided.

In: speakers and judgements, in any order. Out: speakers. Nothing is stored here: the same speakers and judgements give the same again,
also after a new run has made other speakers, because judgements speak of names. The latest wins; of two at one moment the one with the
greater id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from quotes.identity.canonical_names import with_ids
from quotes.names.transliteration import latin_key
from quotes.records import Alias, Kind, Review, Speaker
from quotes.standing_reviews import standing


def with_judgements(
    speakers: Sequence[Speaker], judgements: Iterable[Review]
) -> tuple[Speaker, ...]:
    """The speakers after all merges and splits that stand, with ids anew, in order of these.

    A merge joins the speakers that have its names; a name that none has is added as an alias when one of the others is known. A split takes
    each of its names out into a speaker of its own; one that is for some documents only adds a speaker for these (`splits_by_document` says
    which).
    """
    found, judgements = list(speakers), tuple(judgements)
    for judgement in _about_names(judgements):
        if judgement.action == "merge":
            found = _merged(found, judgement)
        elif judgement.documents:
            found = _split_in_documents(found, judgement)
        else:
            found = _split(found, judgement)
    return with_ids(_superseded(found, judgements))


def _about_names(judgements: Iterable[Review]) -> tuple[Review, ...]:
    """Return the merges and splits that stand, the earliest first."""
    return tuple(
        judgement
        for judgement in standing(judgements)
        if judgement.action in ("merge", "split") and judgement.names
    )


def splits_by_document(
    speakers: Sequence[Speaker], judgements: Iterable[Review]
) -> Mapping[tuple[str, str], str]:
    """For names that a person split off in some documents: (name as `latin_key` has it, document) → id of the speaker there.

    `speakers` are those of `with_judgements` over the same judgements.
    """
    found: dict[tuple[str, str], str] = {}
    for judgement in _about_names(judgements):
        if judgement.action == "split" and judgement.documents:
            name = judgement.names[0]
            reason = _document_reason(judgement)
            owner = next(
                (
                    s.id
                    for s in speakers
                    if any(
                        _is(a, name) and a.reason == reason and a.by == "person" for a in s.aliases
                    )
                ),
                None,
            )
            if owner is not None:
                found |= {(latin_key(name), document): owner for document in judgement.documents}
    return found


def only_in_documents(speaker: Speaker) -> bool:
    """Whether a speaker is somebody whom a person split off in some documents, and has its name nowhere else."""
    return all(alias.reason.startswith(IN_DOCUMENTS) for alias in speaker.aliases)


def _is(alias: Alias, name: str) -> bool:
    return latin_key(alias.name) == latin_key(name)


def _holds(speaker: Speaker, name: str) -> bool:
    """Whether a speaker has the name everywhere, not only in some documents."""
    return any(
        _is(alias, name) and not alias.reason.startswith(IN_DOCUMENTS) for alias in speaker.aliases
    )


def _owner(speakers: Sequence[Speaker], name: str, kind: Kind | None) -> Speaker | None:
    """The speaker that has a name: exactly so written before otherwise, of the kind wanted before others."""
    holders = [speaker for speaker in speakers if _holds(speaker, name)]

    def rank(speaker: Speaker) -> tuple[bool, bool, str, tuple[str, ...]]:
        names = tuple(alias.name for alias in speaker.aliases)
        return (kind is not None and speaker.kind != kind, name not in names, speaker.id, names)

    return min(holders, key=rank, default=None)


def _merged(speakers: list[Speaker], judgement: Review) -> list[Speaker]:
    owners: list[Speaker] = []
    for name in judgement.names:
        owner = _owner(speakers, name, owners[0].kind if owners else None)
        if owner is not None and owner not in owners:
            owners.append(owner)
    if not owners:
        return speakers
    first = judgement.names[0]
    kind = next((owner.kind for owner in owners if owner.kind), None)
    said = {latin_key(name): name for name in judgement.names}
    reason = f"merged by {judgement.by}" + (f": {judgement.why}" if judgement.why else "")
    aliases: dict[tuple[str, Kind | None], Alias] = {
        (first, kind): Alias(first, kind, 1.0, reason, "person")
    }
    for alias in (alias for owner in owners for alias in owner.aliases):
        chosen = latin_key(alias.name) in said
        aliases.setdefault(
            (alias.name, alias.kind),
            replace(alias, score=1.0, reason=reason, by="person") if chosen else alias,
        )
    have = {latin_key(name) for name, _ in aliases}
    for fold, name in said.items():
        if fold not in have:
            aliases[name, kind] = Alias(name, kind, 1.0, reason, "person")
    wikidata = next((owner.wikidata for owner in owners if owner.wikidata), None)
    whole = Speaker(
        id=owners[0].id, name=first, kind=kind, aliases=tuple(aliases.values()), wikidata=wikidata
    )
    return [speaker for speaker in speakers if speaker not in owners] + [whole]


def _split(speakers: list[Speaker], judgement: Review) -> list[Speaker]:
    """Each name taken out; where nothing but one name is left there is nothing to take out."""
    for name in judgement.names:
        owner = _owner(speakers, name, None)
        if owner is None:
            continue
        out = [alias for alias in owner.aliases if _is(alias, name)]
        rest = [alias for alias in owner.aliases if not _is(alias, name)]
        if rest:
            reason = f"split off by {judgement.by}" + (
                f": {judgement.why}" if judgement.why else ""
            )
            own = Speaker(
                id="",
                name=name,
                kind=out[0].kind,
                aliases=tuple(replace(a, score=1.0, reason=reason, by="person") for a in out),
            )
            speakers = [speaker for speaker in speakers if speaker is not owner] + [
                _renamed(owner, rest),
                own,
            ]
    return speakers


def _renamed(owner: Speaker, rest: Sequence[Alias]) -> Speaker:
    """What is left of a speaker: under its name if it still has it, else under its next one."""
    name = owner.name if any(alias.name == owner.name for alias in rest) else rest[0].name
    head = [alias for alias in rest if alias.name == name]
    return replace(
        owner, name=name, aliases=(*head, *(alias for alias in rest if alias.name != name))
    )


IN_DOCUMENTS = "split off in some articles by "


def _document_reason(judgement: Review) -> str:
    return (
        f"{IN_DOCUMENTS}{judgement.by}"
        + (f": {judgement.why}" if judgement.why else "")
        + f" ({judgement.id})"
    )


def _superseded(speakers: list[Speaker], judgements: Iterable[Review]) -> list[Speaker]:
    """Without those split off in documents that a later decision gave to another."""
    latest: dict[tuple[str, str], str] = {}
    for judgement in _about_names(judgements):
        if judgement.action == "split":
            latest |= {
                (latin_key(judgement.names[0]), document): _document_reason(judgement)
                for document in judgement.documents
            }
    in_force = set(latest.values())
    return [
        s
        for s in speakers
        if not only_in_documents(s) or any(alias.reason in in_force for alias in s.aliases)
    ]


def _split_in_documents(speakers: list[Speaker], judgement: Review) -> list[Speaker]:
    name = judgement.names[0]
    owner = _owner(speakers, name, None)
    if owner is None:
        return speakers
    alias = Alias(name, owner.kind, 1.0, _document_reason(judgement), "person")
    return [*speakers, Speaker(id=judgement.id, name=name, kind=owner.kind, aliases=(alias,))]
