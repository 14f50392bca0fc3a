"""Entity resolution: from usages of names to speakers, for a whole collection.

In: usages, if wanted known people. Out: `Speaker`s with ids, the canonical name and all aliases,
each with score and reason. Pure: the same usages in any order give the same. Descriptions ("a
senior official", "officials") get no identity over documents and are left out: nothing says that
the official of one article is the official of the next. Groups and documents count where their name
is a proper one ("Republicans", "the Mueller Report"), each under this name alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from quotes.identity.canonical_names import assign_ids, canonical_name
from quotes.identity.clustering import Clusters, MergeReason, cluster
from quotes.identity.known_people import KnownPerson
from quotes.identity.profiles import name_key, profile
from quotes.language import Language
from quotes.names.word_lists import load_words
from quotes.records import Alias, Kind, NameUsage, Speaker
from quotes.text.folding import fold_case

MAX_LISTED = 500  # documents and company of a name: more says nothing new
ONLY_IN_FILE = -1  # quotes of a known person's name: it is there without an article
SAME_KEY = MergeReason(0.97, "the same name but for accents, hyphens, capitals, titles or articles")
IN_FILE = MergeReason(1.0, "known person")

NodeKey = tuple[str, str]  # kind ("" where unknown) and key of a name


def identify(
    usages: Sequence[NameUsage], *, language: Language, known: Sequence[KnownPerson] = ()
) -> tuple[Speaker, ...]:
    """Resolve the usages of a collection into speakers, in order of their ids."""
    named = [usage for usage in usages if _has_identity(usage, language)]
    nodes = _nodes(named, known, language)
    keys = sorted(nodes)
    joined = [_joined_usage(nodes[key], language) for key in keys]
    people = _numbers_of_known(known, language)
    numbered = {
        index: people[key]
        for index, (kind, key) in enumerate(keys)
        if kind in ("person", "") and key in people
    }
    clusters = cluster([profile(usage, language) for usage in joined], language, numbered)
    forms = [nodes[key] for key in keys]
    speakers = [
        _speaker(clusters, members, forms, known, language) for members in clusters.members.values()
    ]
    return assign_ids([speaker for speaker in speakers if speaker is not None])


def _has_identity(usage: NameUsage, language: Language) -> bool:
    """Tell whether the name can be one speaker's in several articles."""
    if not any(char.isalpha() for char in usage.name) or usage.kind == "unnamed":
        return False
    if usage.kind in ("person", "organization", None):
        return True
    connectors = load_words(language).lexicon.connectors
    words = [word for word in usage.name.split() if fold_case(word) not in connectors]
    return bool(words) and all(word[0].isupper() for word in words)


def _nodes(
    usages: Iterable[NameUsage], known: Sequence[KnownPerson], language: Language
) -> dict[NodeKey, list[NameUsage]]:
    """Return the usages by kind and key, the names of known people among them."""
    nodes: dict[NodeKey, list[NameUsage]] = defaultdict(list)
    for usage in usages:
        nodes[usage.kind or "", name_key(usage.name, usage.kind, language)].append(usage)
    for person in known:
        roles = tuple((role, 1) for role in person.roles)
        for name in (person.name, *person.aliases):
            nodes["person", name_key(name, "person", language)].append(
                NameUsage(name=name, kind="person", roles=roles, quotes=ONLY_IN_FILE)
            )
    return nodes


def _numbers_of_known(known: Sequence[KnownPerson], language: Language) -> dict[str, int]:
    """Return the number of the known person by key; a name that two have belongs to neither."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, person in enumerate(known):
        for name in (person.name, *person.aliases):
            found[name_key(name, "person", language)].add(number)
    return {key: numbers.pop() for key, numbers in found.items() if len(numbers) == 1}


def _joined_usage(usages: Sequence[NameUsage], language: Language) -> NameUsage:
    """Return the usages of one key as one."""
    roles: Counter[str] = Counter()
    for usage in usages:
        roles.update(dict(usage.roles))
    documents = {document for usage in usages for document in usage.documents}
    others = {other for usage in usages for other in usage.others}
    return NameUsage(
        name=canonical_name(usages, language),
        kind=usages[0].kind,
        quotes=sum(max(0, usage.quotes) for usage in usages),
        documents=tuple(sorted(documents)[:MAX_LISTED]),
        roles=tuple(sorted(roles.items())),
        others=tuple(sorted(others)[:MAX_LISTED]),
        first=min((usage.first for usage in usages if usage.first), default=None),
        last=max((usage.last for usage in usages if usage.last), default=None),
    )


def _speaker(
    clusters: Clusters,
    members: Sequence[int],
    nodes: Sequence[Sequence[NameUsage]],
    known: Sequence[KnownPerson],
    language: Language,
) -> Speaker | None:
    """Return one cluster as a speaker; None where it is a known person whom no article names."""
    used = [
        (index, usage)
        for index in members
        for usage in nodes[index]
        if usage.quotes != ONLY_IN_FILE
    ]
    if not used:
        return None
    numbers = (clusters.known[index] for index in sorted(members) if index in clusters.known)
    person = next((known[number] for number in numbers), None)
    usages = [usage for _, usage in used]
    name = person.name if person else canonical_name(usages, language)
    kind = _most_frequent_kind(usages)
    head = next((index for index, usage in used if usage.name == name), used[0][0])
    kinds = [usage.kind for usage in usages if usage.name == name]
    first = (
        _alias_in_file(name)
        if person
        else Alias(name, kind if kind in kinds else kinds[0], 1.0, "its name")
    )
    aliases = {(name, first.kind): first}
    for index, usage in sorted(used, key=_most_used_first):
        if person is not None and usage.name in person.aliases:
            alias = _alias_in_file(usage.name)
        else:
            why = _merge_reason(clusters, index, head)
            alias = Alias(usage.name, usage.kind, why.score, why.reason)
        aliases.setdefault((usage.name, usage.kind), alias)
    for other in person.aliases if person else ():
        aliases.setdefault((other, "person"), _alias_in_file(other))
    wikidata = person.wikidata if person else None
    return Speaker(id="", name=name, kind=kind, aliases=tuple(aliases.values()), wikidata=wikidata)


def _most_used_first(row: tuple[int, NameUsage]) -> tuple[int, str]:
    _, usage = row
    return -(usage.quotes + len(usage.documents)), usage.name


def _alias_in_file(name: str) -> Alias:
    return Alias(name, "person", IN_FILE.score, IN_FILE.reason, "file")


def _most_frequent_kind(usages: Iterable[NameUsage]) -> Kind | None:
    kinds = Counter(usage.kind for usage in usages if usage.kind)
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
