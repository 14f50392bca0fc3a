"""Near-identical articles: wire copy under another headline, with another beginning, or cut short.

    signature(text) → Signature        similar(a, b) → share of the shorter that stands in the other
    bands(signature) → keys: articles that share one are worth comparing
    find_copies(new, known) → {id of a copy: id of the earliest article that it is a copy of}

In: texts. Out: numbers that are the same on every machine. A signature is a sample of the article's
shingles, its runs of five words: those whose hash is small. The same shingles are sampled in every
article, so that the share of a short article that stands in a long one can be estimated, which
MinHash proper cannot do (FracMinHash: Irber et al. 2022, doi.org/10.1101/2022.01.11.475838).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from quotes.statements.tokens import forms

SHINGLE_WORDS = 5
SAMPLE = 4  # one shingle in so many is sampled: 600 words give 150 numbers
BAND = 8  # of those, one in so many is a key
MIN_SHARE = 0.8  # of an article's shingles that stand in another make it a copy
MIN_HASHES = 12  # of a signature: shorter articles (about fifty words) many may have written
MAX_SHARING = 200  # articles looked at that share a key: an agency prints some words everywhere
HASHES = 1 << 64  # how many hashes there are


@dataclass(frozen=True, slots=True)
class Signature:
    """The sampled hashes, smallest first, and the number of shingles, `runs`."""

    hashes: tuple[int, ...]
    runs: int


@dataclass(frozen=True, slots=True)
class ArticleKey:
    """An article as far as copies are concerned; `copy_of` is what an earlier run found."""

    id: str
    published: date | None
    signature: Signature
    copy_of: str | None = None


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


def find_copies(new: Sequence[ArticleKey], known: Sequence[ArticleKey] = ()) -> Mapping[str, str]:
    """Find the articles that are near copies of an earlier one.

    Earlier is by day; on one day the longer is the original, unknown days come last.

    Args:
        new: Articles that were never compared.
        known: Articles that were compared before.

    Returns:
        The id of the earliest original by the id of its copy, as far as it was not known before:
        also of known articles that are copies of a new one that was published before them.
    """
    articles = sorted({article.id: article for article in (*known, *new)}.values(), key=_age)
    fresh = {article.id for article in new}
    found: dict[str, str] = {
        article.id: article.copy_of
        for article in articles
        if article.copy_of and article.id not in fresh
    }
    before = dict(found)
    holders: dict[int, list[int]] = defaultdict(list)
    for place, article in enumerate(articles):
        if len(article.signature.hashes) < MIN_HASHES:
            continue
        older = {
            other
            for key in article.signature.hashes
            for other in holders.get(key, ())[:MAX_SHARING]
        }
        for other in sorted(older):
            original = articles[other]
            if (article.id in fresh or original.id in fresh) and similar(
                article.signature, original.signature
            ) >= MIN_SHARE:
                found[article.id] = original.id
                break
        for key in bands(article.signature):
            holders[key].append(place)
    rooted = {copy: _root(copy, found) for copy in found}
    return {copy: original for copy, original in rooted.items() if before.get(copy) != original}


def _root(copy: str, found: Mapping[str, str]) -> str:
    """Return the original of a copy of a copy."""
    seen = {copy}
    while found.get(copy, copy) not in seen:
        copy = found[copy]
        seen.add(copy)
    return copy


def _age(article: ArticleKey) -> tuple[bool, date, int, str]:
    return (
        article.published is None,
        article.published or date.min,
        -article.signature.runs,
        article.id,
    )
