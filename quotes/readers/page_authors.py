"""Who wrote a page, by name.

In: the tree of a page and what it states in JSON-LD. Out: the names of persons, in order; none
where the page gives none. Asked in this order: the article's JSON-LD, the head, the byline that the
page shows. Bylines hold more than names: days, jobs, places, mail addresses, agencies, buttons.
What is no name of a person is left out; a name is never put together from parts that the page
keeps apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from quotes.defaults import DEFAULT_LANGUAGE
from quotes.language import Language
from quotes.readers.linked_data import Object, is_organization, texts
from quotes.readers.page_tree import LINE_BREAK, Element
from quotes.text.boilerplate import alternatives
from quotes.text.folding import fold_case, fold_word

# fmt: off
NAMES_OF_HEAD = (
    "author", "byl", "article:author", "article:author_name", "parsely-author", "sailthru.author",
    "dc.creator", "dcterms.creator", "citation_author", "og:author", "rbauthors",
)
# fmt: on
BYLINE = re.compile(
    r"(?:^|[\s_-])(?:by-?line|authors?|writers?|reporters?|journalists?|posted-?by|submitted-?by"
    r"|written-?by|vcard|contributors?)(?:[_-]*(?:names?|links?|list|info|wrap(?:per)?|block))?"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
NO_BYLINE = re.compile(
    r"bio|about|avatar|image|photo|social|comment|related|share|follow|caption|credit",
    re.IGNORECASE,
)
BESIDE = ("aside", "nav", "footer", "blockquote", "figure", "form")
MAX_CHARS = 300  # of a byline
MAX_ELEMENTS = 100  # of a page that are looked at
MAX_AUTHORS = 10
MIN_WORDS, MAX_WORDS = 2, 5  # of a name
SEPARATOR = re.compile(rf"[|•·;/,:\n\t{LINE_BREAK}]|\s[–—-]+\s|[()\[\]]")
CONTACT = re.compile(r"\S*@\S*|(?:https?://|www\.)\S+")
NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*")


@dataclass(frozen=True)
class BylineWords:
    """The words of bylines in one language, folded."""

    openers: re.Pattern[str]
    joiners: re.Pattern[str]
    particles: frozenset[str]
    calendar: frozenset[str]
    jobs: frozenset[str]
    placeholders: frozenset[str]
    organizations: frozenset[str]
    organization_words: frozenset[str]
    first_names: frozenset[str]
    titles: frozenset[str]


def page_authors(tree: Element, stated: Iterable[Object]) -> tuple[str, ...]:
    """Return the authors that a page names, from the first place that names a person."""
    outlet = frozenset(map(fold_case, _outlets(tree)))
    for pieces in _places(tree, stated):
        if names := person_names(pieces, others=outlet):
            return names
    return ()


def person_names(pieces: Iterable[str], *, others: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the names of persons in the pieces of a byline, each once.

    Args:
        pieces: Those of a byline; no name goes over the end of one.
        others: Names, folded, that are no person's: that of the outlet.
    """
    found: dict[str, str] = {}
    for piece in pieces:
        for part in _parts(piece[:MAX_CHARS]):
            name = _person(part)
            if name and fold_case(name) not in others:
                found.setdefault(fold_case(name), name)
    return tuple(found.values())[:MAX_AUTHORS]


# Where names stand


def _places(tree: Element, stated: Iterable[Object]) -> Iterator[list[str]]:
    """Yield the pieces of text of each place that may name the authors."""
    for each in stated:
        for field in ("author", "creator"):
            yield _stated_names(each.get(field))
    by_name: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        for attribute in ("name", "property", "itemprop"):
            if name := element.get(attribute):
                by_name.setdefault(fold_case(name.strip()), []).append(element.get("content") or "")
    for name in NAMES_OF_HEAD:
        yield by_name.get(name, [])
    marked = list(islice(filter(_is_byline, tree.iter()), MAX_ELEMENTS))
    for element in marked:
        if not any(parent in marked for parent in element.iterancestors()):
            pieces = [text for each in element.itertext() if (text := " ".join(each.split()))]
            yield pieces if sum(map(len, pieces)) <= MAX_CHARS else []


def _stated_names(value: Any) -> list[str]:
    """Return the names that JSON-LD gives as text, person or list."""
    values = value if isinstance(value, list) else [value]
    people = [each for each in values if not (isinstance(each, dict) and is_organization(each))]
    names = [each.get("name") if isinstance(each, dict) else each for each in people]
    return [name for each in names for name in texts(each)]


def _is_byline(element: Element) -> bool:
    """Tell whether an element shows a byline."""
    if not isinstance(element.tag, str) or element.tag in ("meta", "link", "html", "body"):
        return False
    named = f"{element.get('class', '')} {element.get('id', '')}"
    marked = (
        fold_case(element.get("rel", "")) == "author"
        or "author" in fold_case(element.get("itemprop", ""))
        or bool(BYLINE.search(named))
    )
    return (
        marked
        and not NO_BYLINE.search(named)
        and next(element.iterancestors(*BESIDE), None) is None
    )


def _outlets(tree: Element) -> Iterator[str]:
    """Yield what the page calls its outlet."""
    for element in tree.iter("meta"):
        if fold_case(element.get("property", "")) == "og:site_name":
            yield (element.get("content") or "").strip()


# What is a name


def _parts(text: str) -> Iterator[str]:
    """Yield the parts of a text that may each be a name."""
    words = _words()
    for piece in SEPARATOR.split(CONTACT.sub("|", text)):
        for part in words.joiners.split(piece):
            rest = part.strip()
            while opener := words.openers.match(rest):
                rest = rest[opener.end() :].strip()
            yield rest


def _person(part: str) -> str | None:
    """Return the name of a person with which a part begins; None where there is none."""
    words = _words()
    tokens = part.split()
    while tokens and fold_word(tokens[0]).rstrip(".") in words.titles:
        tokens = tokens[1:]
    name: list[str] = []
    for token in tokens:
        capital = token[0].isupper() or token[:2] in ("d'", "d’")
        if not NAME_WORD.fullmatch(token) or not (capital or fold_word(token) in words.particles):
            break
        name.append(token)
    if len(name) < len(tokens) and any(map(str.isdigit, tokens[len(name)])):
        while name and fold_word(name[-1]) in words.calendar:  # "Ann Roe May 20"
            name.pop()
    while len(name) > MIN_WORDS and fold_word(name[-1]) in words.jobs:
        name.pop()
    while name and not name[-1][0].isupper():
        name.pop()
    if not MIN_WORDS <= len(name) <= MAX_WORDS or _is_no_person(name):
        return None
    shown = " ".join(name)
    return shown.title() if shown.isupper() and len(shown) > MAX_WORDS else shown


def _is_no_person(name: list[str]) -> bool:
    """Tell whether words are a job, a day or an organisation, or stand for no name."""
    words = _words()
    folded = [fold_word(word) for word in name]
    whole = " ".join(folded)
    if whole in words.placeholders or whole in words.organizations:
        return True
    if folded[0] in words.calendar and folded[0] not in words.first_names:
        return True
    if all(word in words.calendar or word in words.jobs for word in folded):
        return True
    odd = words.jobs | words.organization_words | words.placeholders | words.organizations
    return folded[0] not in words.first_names and bool(odd & {folded[0], folded[-1]})


@cache
def _words() -> BylineWords:
    language = Language.load(DEFAULT_LANGUAGE)

    def folded(*names: str) -> frozenset[str]:
        entries = (entry for name in names for entry in language.optional_words(name))
        return frozenset(fold_word(entry.partition("\t")[0]) for entry in entries)

    openers = alternatives(
        language.optional_words("byline-openers") | language.optional_words("marked-byline-openers")
    )
    joiners = alternatives(language.optional_words("byline-joiners"))
    calendar = folded("calendar")
    return BylineWords(
        openers=re.compile(rf"(?:{openers})(?!\w)", re.IGNORECASE),
        joiners=re.compile(rf"\s(?:{joiners})(?:\s|$)|^(?:{joiners})\s", re.IGNORECASE),
        particles=folded("name-particles"),
        calendar=calendar | {word.rstrip(".") for word in calendar},
        jobs=folded("byline-jobs"),
        placeholders=folded("byline-placeholders"),
        organizations=folded("organization-names", "photo-agencies"),
        organization_words=folded("organization-nouns", "company-forms"),
        first_names=folded("first-names-female", "first-names-male", "first-names-either"),
        titles=folded("honorifics"),
    )
