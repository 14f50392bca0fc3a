"""Which lines belong to the page and not to the article.

In: one line or paragraph of text. Out: whether it is boilerplate: a bare address, a link to another
article, a byline, a date, a caption with its credit, a copyright or contact line, a button. Words
come from the lists of the language; one without these lists still has what characters alone show.
When in doubt the answer is no: a line wrongly left out takes its quotations with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from quotes.language import Language
from quotes.text.folding import fold_case

MAX_LINE_CHARS = 400  # more than any headline, caption or legal line seen
MAX_HEADLINE_CHARS = 220
MAX_BYLINE_CHARS = 160
QUOTED = re.compile(
    r"[“\"«„][^“”\"«»]*?\w\W+\w+\W+\w+\W+\w[^“”\"«»]*[”\"»“]"
)  # four words or more in quotation marks
ADDRESS = r"(?:https?://|www\.)\S+"
BARE_ADDRESS = re.compile(
    rf"[\W_]*{ADDRESS}(?:[\s|,;]+{ADDRESS})*[\W_]*|pic\.twitter\.com/\w+|[\w.-]+\.(?:com|org|net|co\.uk)/[\w/.-]+"
)
CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w+|(?<!\w)@\w{2,}|\(?\+?\d[\d() .–-]{6,}\d|" + ADDRESS)
SENTENCE_INSIDE = re.compile(r"[^\W\d_]{3,}[.!?][”\"’')]*\s+[“\"‘'(]?[^\W\d_a-z]\w*\s+\w")
NAME = r"(?:[^\W\d_a-z][\w’'.-]*)"
CREDIT = re.compile(
    r"(?:[(\[](?P<bracket>[^()\[\]]{2,80})[)\]]|\s[|/]\s*(?P<bar>[^|()\[\]]{2,60}))\.?$"
)

Answer = Literal["line", "block"]


@dataclass(frozen=True)
class BoilerplateWords:
    """The word lists of one language; empty where it has none."""

    labels: frozenset[str]
    lines: frozenset[str]
    phrases: frozenset[str]
    bylines: re.Pattern[str]
    contacts: re.Pattern[str]
    openers: re.Pattern[str]
    credits: re.Pattern[str]
    agencies: frozenset[str]
    dates: frozenset[str]
    copyright: re.Pattern[str]
    caption_names: re.Pattern[str]
    byline_names: re.Pattern[str]
    between_names: re.Pattern[str]


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first.

    Without words the pattern never matches.
    """
    return (
        "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w))) or r"(?!)"
    )


def _copyright(words: frozenset[str]) -> re.Pattern[str]:
    """Return a pattern for the beginning of a line about copyright."""
    entries = [line.partition("\t") for line in words]
    alone = alternatives(word for word, _, how in entries if how == "alone")
    dated = alternatives(word for word, _, how in entries if not how)
    return re.compile(
        rf"©|\(c\)\s*(?:\d{{4}}|{dated})|(?:{dated})\s+(?:©|\(c\)|\d{{4}})|(?:{alone})\b",
        re.IGNORECASE,
    )


@lru_cache(maxsize=8)
def boilerplate_words(language: Language) -> BoilerplateWords:
    """Return the lists of a language, read once."""

    def opening(name: str) -> re.Pattern[str]:
        return re.compile(
            rf"(?:{alternatives(language.optional_words(name))})(?!\w)", re.IGNORECASE
        )

    labels = language.optional_words("boilerplate-labels")
    particles = alternatives(language.optional_words("name-particles"))
    names = rf"{NAME}(?:\s+(?:(?:{particles})\s+)*{NAME}){{1,4}}"
    joiners = alternatives(language.optional_words("byline-joiners"))
    return BoilerplateWords(
        labels=labels,
        lines=labels | language.optional_words("boilerplate-lines"),
        phrases=language.optional_words("boilerplate-phrases"),
        bylines=opening("byline-openers"),
        contacts=opening("contact-openers"),
        openers=opening("caption-openers"),
        credits=re.compile(
            rf"(?<!\w)(?:{alternatives(language.optional_words('caption-credits'))})(?!\w)",
            re.IGNORECASE,
        ),
        agencies=language.optional_words("photo-agencies"),
        dates=language.optional_words("date-words"),
        copyright=_copyright(language.optional_words("copyright-words")),
        caption_names=re.compile(rf"{names}\s*(?:$|[|/,(–—-])"),
        byline_names=re.compile(
            rf"(?P<names>{names}(?:(?:\s*,\s*(?:(?:{joiners})\s+)?|\s+(?:{joiners})\s+){names})*)"
            rf"(?P<rest>.*)",
            re.DOTALL,
        ),
        between_names=re.compile(rf"\s*,\s*(?:(?:{joiners})\s+)?|\s+(?:{joiners})\s+"),
    )


def boilerplate(line: str, language: Language) -> Answer | None:
    """Tell whether a line is boilerplate.

    Returns:
        "line" if it is so on its own, "block" if the rest of its paragraph belongs to it, None if
            not.
    """
    line = line.strip()
    if not line or len(line) > MAX_LINE_CHARS:
        return None
    words = boilerplate_words(language)
    if BARE_ADDRESS.fullmatch(line) or is_page_control(line, words) or is_date(line, words):
        return "line"
    if is_link(line, words):
        return "block"
    if QUOTED.search(line):
        return None
    if is_byline(line, words) or is_contact(line, words):
        return "line"
    if is_copyright_line(line, words) or is_caption(line, words):
        return "block"
    return None


def is_page_control(line: str, words: BoilerplateWords) -> bool:
    """Return True for a button or a heading of the page: "Advertisement", "Share this"."""
    return (
        len(line) <= 60 and fold_case(line.strip(" \t\u00a0.:…»>«<|[](){}*-–—•#!")) in words.lines
    )


def is_link(line: str, words: BoilerplateWords) -> bool:
    """Return True for a label and the headline or address of something else.

    "Related article: ...", "ALSO READ ...".
    """
    line = line.lstrip("[({*>»•▪■►▶→–—- \u00a0")
    if len(line) > MAX_HEADLINE_CHARS:
        return False
    label, colon, rest = line.partition(":")
    if colon and fold_case(label.strip()) in words.labels:
        return not SENTENCE_INSIDE.search(rest)
    label, bar, rest = line.partition("|")
    if bar and fold_case(label.strip()) in words.labels:
        return True
    return capital_label(line, words)


def capital_label(line: str, words: BoilerplateWords) -> bool:
    """Return True for a label in capitals before a headline that is not in capitals.

    A label of several words: "ALSO READ Minister quits".
    """
    head = re.match(r"[^\W\d_a-z]+(?:\s+[^\W\d_a-z]+)+(?=\s)", line)
    if not head or not head[0].isupper():
        return False
    run = head[0].split()
    if any(fold_case(" ".join(run[:count])) in words.labels for count in range(2, len(run) + 1)):
        return not SENTENCE_INSIDE.search(line) and not line.endswith(".")
    return False


def is_byline(line: str, words: BoilerplateWords) -> bool:
    """Return True for a byline, with the outlet or the day after the names.

    "By Jane Doe", "Reporting by Jane Doe; Editing by John Roe".
    """
    inner = line.strip("()[] \u00a0")
    opener = words.bylines.match(inner)
    if len(line) > MAX_BYLINE_CHARS or not opener:
        return False
    names = words.byline_names.match(inner[opener.end() :].lstrip(" :\t\u00a0"))
    if not names:
        return False
    rest = names["rest"].strip()
    if rest in {"", "."} or rest[0] == ";" or (line[0] in "([" and line[-1] in ")]"):
        return True
    return rest[0] in ",|-–—/(•@" and not has_sentence(rest, words)


def byline_authors(line: str, language: Language) -> list[str]:
    """Return the names of a byline, none of a line that is no byline."""
    words = boilerplate_words(language)
    if not is_byline(line, words):
        return []
    inner = line.strip("()[] \u00a0")
    opener = words.bylines.match(inner)
    names = words.byline_names.match(inner[opener.end() :].lstrip(" :\t\u00a0")) if opener else None
    if names is None:
        return []
    return [name.strip() for name in words.between_names.split(names["names"]) if name.strip()]


def has_sentence(rest: str, words: BoilerplateWords) -> bool:
    """Return True if the words after the names of a byline go on as a sentence.

    A sentence has words in lower case that no date has.
    """
    plain = [
        word for word in re.findall(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*", rest) if word[0].islower()
    ]
    return sum(fold_case(word) not in words.dates for word in plain) > 2


def is_date(line: str, words: BoilerplateWords) -> bool:
    """Return True for a line of a day, an hour, a place in capitals and nothing else.

    "WASHINGTON, March 3 —", "Updated 10:34 a.m. ET March 3, 2016".
    """
    if len(line) > 120 or not words.dates:
        return False
    tokens = re.findall(r"[^\W\d_]+(?:\.[^\W\d_]+)*|\d+", line)
    days = [fold_case(token) in words.dates or token.isdigit() for token in tokens]
    if not any(days):
        return False
    if all(days):
        return any(token.isdigit() for token in tokens) and any(
            not token.isdigit() for token in tokens
        )
    place = days.index(True)
    return (
        line[-1] in "—–-" and all(days[place:]) and all(token.isupper() for token in tokens[:place])
    )


def is_contact(line: str, words: BoilerplateWords) -> bool:
    """Return True for an address, handle or number and little else.

    A line with a word such as "Follow" or "E-mail" in front may be longer.
    """
    places = CONTACT.findall(line)
    if not places or len(line) > MAX_HEADLINE_CHARS:
        return False
    if words.contacts.match(line) and (
        re.match(r"[\w-]+(?:\s+\w+)?\s*:", line) or not SENTENCE_INSIDE.search(line)
    ):
        return (
            any(not place[0].isdigit() or len(place) > 8 for place in places)
            and len(line.split()) <= 25
        )
    return any("@" in place[1:] for place in places) and 2 * sum(map(len, places)) >= len(line)


def is_copyright_line(line: str, words: BoilerplateWords) -> bool:
    """Return True for a line about who owns the text or helped with it."""
    if words.copyright.match(line):
        return True
    lowered = fold_case(line)
    return any(phrase in lowered for phrase in words.phrases)


def is_caption(line: str, words: BoilerplateWords) -> bool:
    """Return True for a photo caption with its credit.

    "(Photo: AP)", "Photo by Jane Doe / Getty Images", "FILE - In this ... file photo".
    """
    inner = line.strip("()[] \u00a0")
    opener = words.openers.match(inner)
    if opener and opens_caption(inner, opener.end(), words):
        return True
    credit = CREDIT.search(line)
    if not credit:
        return False
    holder = credit["bracket"] or credit["bar"]
    if words.credits.search(holder):
        return len(holder.split()) <= 10
    return any(fold_case(part.strip(" .")) in words.agencies for part in holder.split("/")[1:])


def opens_caption(line: str, end: int, words: BoilerplateWords) -> bool:
    """Return True if the caption word that ends at `end` stands as a label.

    That is before a colon or dash, or before the name of the photographer.
    """
    word, rest = line[:end], line[end:].lstrip()
    if rest[:1] in {":", "–", "—", "-", "|"} and not rest[1:2].isalnum():
        return word[0].isupper()
    return " " in word and word[0].isupper() and bool(words.caption_names.match(rest))
