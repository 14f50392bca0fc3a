"""Names by their keys: usages that differ in nothing that counts are one node.

In: usages, known people. Out: the key of the node of each, the joined usage of a node, the forms of
known people. Descriptions ("a senior official", "officials") have no node; groups and documents
have one where their name is a proper one ("Republicans", "the Mueller Report").
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from quotes.identity.canonical_names import canonical_name, form_of
from quotes.identity.known_people import KnownPerson
from quotes.identity.profiles import name_key
from quotes.language import Language
from quotes.names.word_lists import load_words
from quotes.records import NameUsage
from quotes.text.folding import fold_case

MAX_LISTED = 500  # documents and company of a node: more says nothing new
ONLY_IN_FILE = -1  # quotes of a known person's name: it is there without an article

NodeKey = tuple[str, str]  # kind ("" where unknown) and key of a name


def node_key(usage: NameUsage, language: Language) -> NodeKey:
    """Return the key of the node of a usage."""
    return usage.kind or "", name_key(usage.name, usage.kind, language)


def has_identity(usage: NameUsage, language: Language) -> bool:
    """Tell whether the name can be one speaker's in several articles."""
    if not any(char.isalpha() for char in usage.name) or usage.kind == "unnamed":
        return False
    if usage.kind in ("person", "organization", None):
        return True
    connectors = load_words(language).lexicon.connectors
    words = [word for word in usage.name.split() if fold_case(word) not in connectors]
    return bool(words) and all(word[0].isupper() for word in words)


def usages_of_known(
    known: Sequence[KnownPerson], language: Language
) -> Mapping[NodeKey, list[NameUsage]]:
    """Return a usage for each name of known people, by node."""
    nodes: dict[NodeKey, list[NameUsage]] = defaultdict(list)
    for person in known:
        roles = tuple((role, 1) for role in person.roles)
        for name in (person.name, *person.aliases):
            usage = NameUsage(name=name, kind="person", roles=roles, quotes=ONLY_IN_FILE)
            nodes[node_key(usage, language)].append(usage)
    return nodes


def numbers_of_known(known: Sequence[KnownPerson], language: Language) -> Mapping[str, int]:
    """Return the number of the known person by key; a name that two have belongs to neither."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, person in enumerate(known):
        for name in (person.name, *person.aliases):
            found[name_key(name, "person", language)].add(number)
    return {key: numbers.pop() for key, numbers in found.items() if len(numbers) == 1}


def joined_usage(usages: Sequence[NameUsage], language: Language) -> NameUsage:
    """Return the usages of one node as one, under the name to show."""
    roles: Counter[str] = Counter()
    for usage in usages:
        roles.update(dict(usage.roles))
    documents = {document for usage in usages for document in usage.documents}
    others = {other for usage in usages for other in usage.others}
    return NameUsage(
        name=canonical_name([form_of(usage) for usage in usages], language),
        kind=usages[0].kind,
        quotes=sum(max(0, usage.quotes) for usage in usages),
        documents=tuple(sorted(documents)[:MAX_LISTED]),
        roles=tuple(sorted(roles.items())),
        others=tuple(sorted(others)[:MAX_LISTED]),
        first=min((usage.first for usage in usages if usage.first), default=None),
        last=max((usage.last for usage in usages if usage.last), default=None),
    )
