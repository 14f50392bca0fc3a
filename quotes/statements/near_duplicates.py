"""Near-identical articles: wire copy under another headline, with another beginning, or cut short.

    signature(text) → Signature        similar(a, b) → share of the shorter that stands in the other
    bands(signature) → keys: articles that share one are worth comparing
    find_pairs(new, known) → pairs of articles, of which one is a near copy of the other
    originals(pairs, articles) → {id of a copy: id of the earliest article that it is a copy of}
    shares_text(a, b) → whether two texts may be versions of one

In: texts. Out: numbers that are the same on every machine. A signature is a sample of the article's
shingles, its runs of five words: those whose hash is small. The same shingles are sampled in every
article, so that the share of a short article that stands in a long one can be estimated, which
MinHash proper cannot do (FracMinHash: Irber et al. 2022, doi.org/10.1101/2022.01.11.475838).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from quotes.statements.tokens import forms

SHINGLE_WORDS = 5
SAMPLE = 4  # one shingle in so many is sampled: 600 words give 150 numbers
BAND = 8  # of those, one in so many is a key
MIN_SHARE = 0.8  # of an article's shingles that stand in another make it a copy
MIN_HASHES = 12  # of a signature: shorter articles (about fifty words) many may have written
MAX_SHARING = 200  # articles looked at that share a key: an agency prints some words everywhere
MIN_COMPARED_WORDS = 20  # of a text of which words in a row are compared
MIN_SHARED_RUNS = 0.1  # of its runs of three words that stand in another version of it
MIN_SHARED_WORDS = 0.4  # of the words of a shorter text
HASHES = 1 << 64  # how many hashes there are


@dataclass(frozen=True, slots=True)
class Signature:
    """The sampled hashes, smallest first, and the number of shingles, `runs`."""

    hashes: tuple[int, ...]
    runs: int


Age = tuple[bool, date, int, str]


@dataclass(frozen=True, slots=True)
class ArticleKey:
    """An article as far as copies are concerned."""

    id: str
    published: date | None
    signature: Signature

    @property
    def age(self) -> Age:
        """Where it stands among articles: the earliest first, on one day the longest.

        Articles of an unknown day come last.
        """
        return age(self.id, self.published, self.signature.runs)


def signature(text: str) -> Signature:
    """Return the signature of an article's text, headline left out."""
    words = forms(text)
    starts = range(len(words) - SHINGLE_WORDS + 1)
    shingles = {" ".join(words[at : at + SHINGLE_WORDS]) for at in starts}
    hashes = (
        int.from_bytes(
            hashlib.blake2b(shingle.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big"
        )
        for shingle in shingles
    )
    return Signature(
        tuple(sorted(number for number in hashes if number < HASHES // SAMPLE)), len(shingles)
    )


def similar(a: Signature, b: Signature) -> float:
    """Estimate the share of `a` that stands in `b`, between 0 and 1.

    From 150 sampled shingles it is right to about 0.03.
    """
    return len(set(a.hashes) & set(b.hashes)) / len(a.hashes) if a.hashes else 0.0


def bands(of: Signature) -> tuple[int, ...]:
    """Return the keys by which copies are found: a copy shares about all of its own.

    Short articles have all hashes as keys.
    """
    few = tuple(number for number in of.hashes if number < HASHES // (SAMPLE * BAND))
    return few if len(few) >= 3 else of.hashes


def find_pairs(
    new: Sequence[ArticleKey], known: Sequence[ArticleKey] = ()
) -> list[tuple[str, str]]:
    """Find the pairs of articles of which the later is a near copy of the earlier.

    Earlier is by `ArticleKey.age`. A pair does not depend on which of the two was known first, so
    that pairs found bit by bit are those found at once.

    Args:
        new: Articles that were never compared.
        known: Articles that were compared with each other before.

    Returns:
        Pairs of ids, the copy first, in each of which one article is new.
    """
    fresh = {article.id for article in new}
    articles = sorted({a.id: a for a in (*known, *new)}.values(), key=lambda a: a.age)
    found = list[tuple[str, str]]()
    holders: dict[int, list[int]] = defaultdict(list)
    hashes = [frozenset(article.signature.hashes) for article in articles]
    for place, article in enumerate(articles):
        if len(hashes[place]) < MIN_HASHES:
            continue
        older = {
            other
            for key in article.signature.hashes
            for other in holders.get(key, ())[:MAX_SHARING]
        }
        for other in sorted(older):
            if article.id not in fresh and articles[other].id not in fresh:
                continue
            if len(hashes[place] & hashes[other]) >= MIN_SHARE * len(hashes[place]):
                found.append((article.id, articles[other].id))
        for key in bands(article.signature):
            holders[key].append(place)
    return found


def originals(pairs: Iterable[tuple[str, str]], ages: Mapping[str, Age]) -> dict[str, str]:
    """Return the earliest article that each near copy, or what it is copied from, is a copy of.

    An extract that stands in two articles makes neither of them a copy of the other.

    Args:
        pairs: Pairs of `find_pairs`, in either order.
        ages: When each of them appeared (`age`); others are left out.
    """
    earliest: dict[str, str] = {}
    for pair in pairs:
        if pair[0] in ages and pair[1] in ages:
            original, copy = sorted(pair, key=ages.__getitem__)
            before = earliest.get(copy, original)
            earliest[copy] = min(before, original, key=ages.__getitem__)
    found: dict[str, str] = {}
    for copy in sorted(earliest, key=ages.__getitem__):  # an original is earlier than its copies
        found[copy] = found.get(earliest[copy], earliest[copy])
    return dict(sorted(found.items()))


def age(id: str, published: date | None, runs: int) -> Age:
    """Return what articles are sorted by: the day, then the number of shingles, then the id."""
    return (published is None, published or date.min, -runs, id)


def shares_text(one: str, other: str) -> bool:
    """Return whether two texts may be versions of one: they share words in a row.

    Of 3,000 pairs of newspaper articles none shares more than 2% of its runs of three words. Of
    very short texts single words are compared.
    """
    sides = (forms(one), forms(other))
    short = min(map(len, sides)) < MIN_COMPARED_WORDS
    length, share = (1, MIN_SHARED_WORDS) if short else (3, MIN_SHARED_RUNS)
    mine, theirs = (
        {side[at : at + length] for at in range(len(side) - length + 1)} for side in sides
    )
    return len(mine & theirs) >= share * min(len(mine), len(theirs))
