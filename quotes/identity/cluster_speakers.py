"""Speakers from clusters: the name, the kind and the aliases of each, with score and reason.

In: `Clusters` of nodes, and the forms of each node. Out: `Speaker`s without ids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from quotes.identity.canonical_names import NameForm, canonical_name
from quotes.identity.clustering import Clusters, MergeReason
from quotes.identity.known_people import KnownPerson
from quotes.identity.name_nodes import ONLY_IN_FILE
from quotes.language import Language
from quotes.records import Alias, Kind, Speaker

SAME_KEY = MergeReason(0.97, "the same name but for accents, hyphens, capitals, titles or articles")
IN_FILE = MergeReason(1.0, "known person")


def speakers_of_clusters(
    clusters: Clusters,
    forms: Sequence[Sequence[NameForm]],
    known: Sequence[KnownPerson],
    language: Language,
) -> Iterator[tuple[Speaker, tuple[int, ...]]]:
    """Yield each cluster as a speaker with the indexes of its nodes.

    A known person whom no article names is none.
    """
    for members in clusters.members.values():
        speaker = _speaker(clusters, members, forms, known, language)
        if speaker is not None:
            yield speaker, tuple(members)


def _speaker(
    clusters: Clusters,
    members: Sequence[int],
    forms: Sequence[Sequence[NameForm]],
    known: Sequence[KnownPerson],
    language: Language,
) -> Speaker | None:
    """Return one cluster as a speaker; None where it is a known person whom no article names."""
    used = [
        (index, form) for index in members for form in forms[index] if form.uses != ONLY_IN_FILE
    ]
    if not used:
        return None
    numbers = (clusters.known[index] for index in sorted(members) if index in clusters.known)
    person = next((known[number] for number in numbers), None)
    own = [form for _, form in used]
    name = person.name if person else canonical_name(own, language)
    kind = _most_frequent_kind(own)
    head = next((index for index, form in used if form.name == name), used[0][0])
    kinds = [form.kind for form in own if form.name == name]
    first = (
        _alias_in_file(name)
        if person
        else Alias(name, kind if kind in kinds else kinds[0], 1.0, "its name")
    )
    aliases = {(name, first.kind): first}
    for index, form in sorted(used, key=lambda row: (-row[1].uses, row[1].name)):
        if person is not None and form.name in person.aliases:
            alias = _alias_in_file(form.name)
        else:
            why = _merge_reason(clusters, index, head)
            alias = Alias(form.name, form.kind, why.score, why.reason)
        aliases.setdefault((form.name, form.kind), alias)
    for other in person.aliases if person else ():
        aliases.setdefault((other, "person"), _alias_in_file(other))
    wikidata = person.wikidata if person else None
    return Speaker(id="", name=name, kind=kind, aliases=tuple(aliases.values()), wikidata=wikidata)


def _alias_in_file(name: str) -> Alias:
    return Alias(name, "person", IN_FILE.score, IN_FILE.reason, "file")


def _most_frequent_kind(forms: Iterable[NameForm]) -> Kind | None:
    kinds = Counter(form.kind for form in forms if form.kind)
    return kinds.most_common(1)[0][0] if kinds else None


def _merge_reason(clusters: Clusters, index: int, head: int) -> MergeReason:
    """Return why a name belongs to the speaker of the name `head`.

    It is what joined it, else how it compares with the speaker's name, else with its nearest name.
    """
    if index == head:
        return SAME_KEY
    if index in clusters.joined:
        return clusters.joined[index]
    members = clusters.members[clusters.cluster_of[index]]
    others = [head, *(other for other in members if other not in (index, head))]
    compared = [clusters.comparison(index, other) for other in others]
    ranked = [comparison for comparison in compared if comparison.outcome != "different"]
    if not ranked:
        return IN_FILE
    same = ranked[0].outcome == "same"
    best = ranked[0] if same else max(ranked, key=lambda comparison: comparison.score)
    return MergeReason(best.score, best.reason)
