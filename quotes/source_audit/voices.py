"""Voices: whom articles let speak, and whom they only name.

In: `Utterance`s and `Mention`s of a collection. Out: for each article, author, outlet or month its
voices, each with what it says and how much of all words that is. Nothing is guessed about a person:
gender, origin and the like are for people to add.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from quotes.records import Kind, QuoteType
from quotes.source_audit import Grouping

VoiceKind = Literal["person", "institution", "group", "document", "unnamed", "not resolved"]
KINDS: tuple[VoiceKind, ...] = (
    "person",
    "institution",
    "group",
    "document",
    "unnamed",
    "not resolved",
)
OF_KIND: Mapping[Kind | None, VoiceKind] = {
    "person": "person",
    "organization": "institution",
    "group": "group",
    "document": "document",
    "unnamed": "unnamed",
}
UNKNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article whose voices are counted."""

    id: str
    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One quote of an article.

    Attributes:
        article: Where it stands.
        voice: What names the speaker over all articles; None where nobody is identified.
        name: How the speaker is called.
        kind: What the speaker is.
        role: In which role.
        type: Direct, indirect or mixed.
        words: The number of its words.
        withheld: The words by which the article says why it withholds the name.
    """

    article: Article
    voice: str | None
    name: str
    kind: Kind | None = None
    role: str | None = None
    type: QuoteType = "direct"
    words: int = 0
    withheld: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Somebody whom an article names."""

    article: Article
    voice: str
    name: str
    kind: Kind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One voice in one group of articles.

    Attributes:
        name: How it is called.
        kind: What it is.
        role: The role that most of its quotes have.
        quoted: False for one that is only named.
        articles: The number of articles in which it is quoted, or else named.
        quotes: The number of its quotes, by type below.
        words: The number of their words.
        share: Their share of all quoted and reported words of the group.
        new: True if no article of an earlier day quotes it; None where days are unknown or it
            cannot be told from others.
        withheld: Why its name is withheld, in the words of the articles.
    """

    name: str
    kind: VoiceKind
    role: str | None = None
    quoted: bool = True
    articles: int = 0
    quotes: int = 0
    direct: int = 0
    indirect: int = 0
    mixed: int = 0
    words: int = 0
    share: float = 0.0
    new: bool | None = None
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The voices of an article, author, outlet or month, those with most words first."""

    name: str
    voices: tuple[Voice, ...]

    @property
    def quoted(self) -> tuple[Voice, ...]:
        """The voices that are quoted."""
        return tuple(voice for voice in self.voices if voice.quoted)

    def words(self, kind: VoiceKind) -> int:
        """Return the number of words of one kind of voice."""
        return sum(voice.words for voice in self.quoted if voice.kind == kind)

    def shares(self) -> Iterator[tuple[VoiceKind, int, float]]:
        """Yield each kind of voice that is quoted, its words, and their share of all."""
        words = {kind: self.words(kind) for kind in KINDS}
        whole = sum(words.values())
        yield from ((kind, count, count / whole) for kind, count in words.items() if count)


@dataclass
class _Tally:
    """What is counted of one voice in one group."""

    utterances: list[Utterance] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)


def audit(
    utterances: Iterable[Utterance], mentions: Iterable[Mention] = (), *, by: Grouping = "outlet"
) -> tuple[Group, ...]:
    """Count the voices of each group of articles.

    Args:
        utterances: The quotes of a collection.
        mentions: Whom its articles name, quoted or not.
        by: What the groups are; an article of several authors counts for each.

    Returns:
        The groups in order of their names (months, and articles by their day, in order of time).
    """
    quotes = tuple(utterances)
    first = first_days(quotes)
    spoken: dict[str, dict[str, _Tally]] = defaultdict(lambda: defaultdict(_Tally))
    named: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for quote in quotes:
        for group in group_names(quote.article, by):
            tally = spoken[group][_key(quote)]
            tally.utterances.append(quote)
            tally.articles.add(quote.article.id)
    for mention in mentions:
        for group in group_names(mention.article, by):
            if mention.voice not in spoken[group]:
                named[group][mention.voice].append(mention)
    return tuple(
        Group(group, tuple(_voices(spoken[group], named[group], first)))
        for group in sorted(spoken.keys() | named.keys())
        if spoken[group] or named[group]
    )


def group_names(article: Article, by: Grouping) -> tuple[str, ...]:
    """Return the groups that an article belongs to."""
    if by == "author":
        return article.authors or (UNKNOWN,)
    if by == "outlet":
        return (article.outlet or UNKNOWN,)
    day = article.published
    if by == "month":
        return (f"{day:%Y-%m}" if day else UNKNOWN,)
    return (f"{day.isoformat() if day else UNKNOWN} · {article.title or article.id}",)


def first_days(utterances: Iterable[Utterance]) -> dict[str, date]:
    """Return the first day on which each voice is quoted."""
    found: dict[str, date] = {}
    for quote in utterances:
        day = quote.article.published
        if quote.voice and day and day < found.get(quote.voice, date.max):
            found[quote.voice] = day
    return found


def _key(quote: Utterance) -> str:
    """Return what tells a voice from others of a group: unnamed ones by how they are called."""
    return quote.voice or f"{quote.kind}\t{quote.name}"


def _voices(
    spoken: Mapping[str, _Tally], named: Mapping[str, Sequence[Mention]], first: Mapping[str, date]
) -> Iterable[Voice]:
    """Yield the voices of a group, those with most words first, then those only named."""
    whole = sum(quote.words for tally in spoken.values() for quote in tally.utterances) or 1
    quoted = [_quoted(tally, whole, first) for tally in spoken.values()]
    yield from sorted(quoted, key=lambda voice: (-voice.words, voice.name))
    only = [
        Voice(
            name=each[0].name,
            kind=OF_KIND.get(each[0].kind, "not resolved"),
            quoted=False,
            articles=len({mention.article.id for mention in each}),
        )
        for each in named.values()
    ]
    yield from sorted(only, key=lambda voice: (-voice.articles, voice.name))


def _quoted(tally: _Tally, whole: int, first: Mapping[str, date]) -> Voice:
    quotes = tally.utterances
    words = sum(quote.words for quote in quotes)
    roles = [quote.role for quote in quotes if quote.role]
    count = {kind: sum(q.type == kind for q in quotes) for kind in ("direct", "indirect", "mixed")}
    kind = next((quote.kind for quote in quotes if quote.kind), None)
    named = any(quote.voice for quote in quotes) or kind in ("unnamed", "group", "document")
    return Voice(
        name=max((quote.name for quote in quotes), key=lambda name: (len(name.split()), name)),
        kind=OF_KIND.get(kind, "not resolved") if named else "not resolved",
        role=max(sorted(set(roles)), key=roles.count) if roles else None,
        articles=len(tally.articles),
        quotes=len(quotes),
        direct=count["direct"],
        indirect=count["indirect"],
        mixed=count["mixed"],
        words=words,
        share=round(words / whole, 4),
        new=_is_new(quotes, first),
        withheld=tuple(dict.fromkeys(quote.withheld for quote in quotes if quote.withheld)),
    )


def _is_new(quotes: Sequence[Utterance], first: Mapping[str, date]) -> bool | None:
    days = [quote.article.published for quote in quotes if quote.article.published]
    voice = next((quote.voice for quote in quotes if quote.voice), None)
    return min(days) <= first[voice] if voice and voice in first and days else None
