"""Near-identical articles: wire copy under another headline, with another beginning, or cut short.

    signature(text) → Signature        similar(a, b) → share of the shorter that stands in the other
    bands(signature) → keys: articles that share one are worth comparing
    find_copies(new, known) → {id of a copy: id of the earliest article that it is a copy of}

In: texts. Out: numbers that are the same on every machine. A signature is a sample of the article's runs of five words: those whose hash is
small. The same runs are sampled in every article, so that the share of a short article that stands in a long one can be told, which
MinHash proper cannot (FracMinHash: Irber et al. 2022, doi.org/10.1101/2022.01.11.475838).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from quotes.statements.tokens import forms

RUN = 5  # words
SAMPLE = 4  # one run in so many is kept: 600 words give 150 numbers
BAND = 8  # of those, one in so many is a key
LEAST = 0.8  # of an article's runs in another make it a copy
SHORTEST = (
    12  # numbers: what is shorter than about fifty words is a note that many may have written
)
CROWD = (
    200  # articles that share a key: it stands for words that the agency prints under everything
)
_SPACE = 1 << 64


@dataclass(frozen=True, slots=True)
class Signature:
    """The sampled hashes, smallest first, and how many runs of words there are."""

    hashes: tuple[int, ...]
    runs: int


@dataclass(frozen=True, slots=True)
class ArticleKey:
    """What is known of an article here. `copy_of` is what an earlier run found."""

    id: str
    published: date | None
    signature: Signature
    copy_of: str | None = None


def signature(text: str) -> Signature:
    """The signature of an article's text, headline left out."""
    words = forms(text)
    runs = {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    hashes = (
        int.from_bytes(
            hashlib.blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big"
        )
        for run in runs
    )
    return Signature(
        tuple(sorted(number for number in hashes if number < _SPACE // SAMPLE)), len(runs)
    )


def similar(a: Signature, b: Signature) -> float:
    """The share of `a` that stands in `b`, by estimate: 1 where all of it does. Of 150 sampled runs it is right to about 0.03."""
    return len(set(a.hashes) & set(b.hashes)) / len(a.hashes) if a.hashes else 0.0


def bands(of: Signature) -> tuple[int, ...]:
    """Keys: a copy shares about every one of its own with the article that it is a copy of. Short articles have all hashes as keys."""
    few = tuple(number for number in of.hashes if number < _SPACE // (SAMPLE * BAND))
    return few if len(few) >= 3 else of.hashes


def find_copies(new: Sequence[ArticleKey], known: Sequence[ArticleKey] = ()) -> Mapping[str, str]:
    """For each article that is a near copy of an earlier one, the earliest. A known article that turns out to be a copy of a new one, which
    was published before it, is named too. Earlier is by day; on one day the longer is the original, unknown days come last."""
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
        if len(article.signature.hashes) < SHORTEST:
            continue
        older = {
            other for key in article.signature.hashes for other in holders.get(key, ())[:CROWD]
        }
        for other in sorted(older):
            original = articles[other]
            if (article.id in fresh or original.id in fresh) and similar(
                article.signature, original.signature
            ) >= LEAST:
                found[article.id] = original.id
                break
        for key in bands(article.signature):
            holders[key].append(place)
    rooted = {copy: _root(copy, found) for copy in found}
    return {copy: original for copy, original in rooted.items() if before.get(copy) != original}


def _root(copy: str, found: Mapping[str, str]) -> str:
    """The original of a copy of a copy."""
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
