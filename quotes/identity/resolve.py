"""From uses of names to speakers, for a whole collection.

In: uses, if wanted known people. Out: `Speaker`s with ids, the best name and all aliases, each with score and reason. Pure: the same uses
in any order give the same. Descriptions ("a senior official", "officials") get no identity over documents and are left out: nothing says
that the official of one article is the official of the next. Groups and documents count where their name is a proper one ("Republicans",
"the Mueller Report"), each under this name alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from quotes.identity.canonical_names import best_name, with_ids
from quotes.identity.clustering import Clusters, MergeReason, cluster
from quotes.identity.known_people import KnownPerson
from quotes.identity.profiles import key_of, profile
from quotes.language import Language
from quotes.names.word_lists import load_words
from quotes.records import Alias, Kind, NameUsage, Speaker
from quotes.text.folding import fold_case

MOST = 500  # documents and company of a name: more says nothing new


def identify(
    uses: Sequence[NameUsage], *, known: Sequence[KnownPerson] = (), language: Language
) -> tuple[Speaker, ...]:
    """The speakers of a collection, in order of their ids."""
    nodes = _nodes([use for use in uses if _has_identity(use, language)], known, language)
    keys = sorted(nodes)
    joined = [_joined_use(nodes[key], language) for key in keys]
    people = _known_keys(known, language)
    numbered = {
        at: people[key[1]]
        for at, key in enumerate(keys)
        if key[0] in ("person", "") and key[1] in people
    }
    found = cluster([profile(use, language) for use in joined], language, numbered)
    forms = [nodes[key] for key in keys]
    speakers = [
        _speaker(found, members, forms, known, language) for members in found.members.values()
    ]
    return with_ids([speaker for speaker in speakers if speaker is not None])


def _has_identity(use: NameUsage, language: Language) -> bool:
    """Whether the name can be one speaker's in several articles."""
    if not any(char.isalpha() for char in use.name) or use.kind == "unnamed":
        return False
    if use.kind in ("person", "organization", None):
        return True
    connectors = load_words(language).lexicon.connectors
    words = [word for word in use.name.split() if fold_case(word) not in connectors]
    return bool(words) and all(word[0].isupper() for word in words)


def _nodes(
    uses: Iterable[NameUsage], known: Sequence[KnownPerson], language: Language
) -> dict[tuple[str, str], list[NameUsage]]:
    """The uses by kind and key; the names of known people are there without a document."""
    nodes: dict[tuple[str, str], list[NameUsage]] = defaultdict(list)
    for use in uses:
        nodes[use.kind or "", key_of(use.name, use.kind, language)].append(use)
    for person in known:
        roles = tuple((role, 1) for role in person.roles)
        for name in (person.name, *person.aliases):
            nodes["person", key_of(name, "person", language)].append(
                NameUsage(name=name, kind="person", roles=roles, quotes=-1)
            )
    return nodes


def _known_keys(known: Sequence[KnownPerson], language: Language) -> dict[str, int]:
    """The number of the known person by key; a name that two of them have belongs to neither."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, person in enumerate(known):
        for name in (person.name, *person.aliases):
            found[key_of(name, "person", language)].add(number)
    return {key: numbers.pop() for key, numbers in found.items() if len(numbers) == 1}


def _joined_use(uses: Sequence[NameUsage], language: Language) -> NameUsage:
    """Uses of one key as one."""
    roles: Counter[str] = Counter()
    for use in uses:
        roles.update(dict(use.roles))
    return NameUsage(
        name=best_name(uses, language),
        kind=uses[0].kind,
        quotes=sum(max(0, use.quotes) for use in uses),
        documents=tuple(sorted({document for use in uses for document in use.documents})[:MOST]),
        roles=tuple(sorted(roles.items())),
        others=tuple(sorted({other for use in uses for other in use.others})[:MOST]),
        first=min((use.first for use in uses if use.first), default=None),
        last=max((use.last for use in uses if use.last), default=None),
    )


def _speaker(
    found: Clusters,
    members: Sequence[int],
    nodes: Sequence[Sequence[NameUsage]],
    known: Sequence[KnownPerson],
    language: Language,
) -> Speaker | None:
    """One group as a speaker; None where it is a known person whom no article names."""
    used = [(at, use) for at in members for use in nodes[at] if use.quotes >= 0]
    if not used:
        return None
    person = next((known[found.known[at]] for at in sorted(members) if at in found.known), None)
    name = person.name if person else best_name([use for _, use in used], language)
    kind = _kind(use for _, use in used)
    head = next((at for at, use in used if use.name == name), used[0][0])
    kinds = [use.kind for _, use in used if use.name == name]
    first = (
        _from_file(name)
        if person
        else Alias(name, kind if kind in kinds else kinds[0], 1.0, "its name")
    )
    aliases = {(name, first.kind): first}
    order = sorted(used, key=lambda row: (-(row[1].quotes + len(row[1].documents)), row[1].name))
    for at, use in order:
        how = _how(found, at, head)
        by_file = person is not None and use.name in person.aliases
        aliases.setdefault(
            (use.name, use.kind),
            _from_file(use.name) if by_file else Alias(use.name, use.kind, how.score, how.reason),
        )
    for other in person.aliases if person else ():
        aliases.setdefault((other, "person"), _from_file(other))
    return Speaker(
        id="",
        name=name,
        kind=kind,
        aliases=tuple(aliases.values()),
        wikidata=person.wikidata if person else None,
    )


def _from_file(name: str) -> Alias:
    return Alias(name, "person", 1.0, "known person", "file")


def _kind(uses: Iterable[NameUsage]) -> Kind | None:
    kinds = Counter(use.kind for use in uses if use.kind)
    return kinds.most_common(1)[0][0] if kinds else None


def _how(found: Clusters, at: int, head: int) -> MergeReason:
    """How a name belongs to the speaker: by what joined it, else as compared with the speaker's name, else with its nearest name."""
    if at == head:
        return MergeReason(
            0.97, "the same name but for accents, hyphens, capitals, titles or articles"
        )
    if at in found.joined:
        return found.joined[at]
    others = [head, *(y for y in found.members[found.group[at]] if y not in (at, head))]
    ranked = [
        found.comparison(at, y) for y in others if found.comparison(at, y).decision != "different"
    ]
    best = (
        ranked[0]
        if ranked and ranked[0].decision == "same"
        else max(ranked, key=lambda c: c.score, default=None)
    )
    return MergeReason(best.score, best.reason) if best else MergeReason(1.0, "known person")
