"""The dateline of a report: the place, the day and the agency before its first sentence.

In: a text and the spans of its first paragraphs. Out: where the dateline stands, as "OSLO, May 3
(Reuters) — " or "Muscat: ". It is no part of the sentence that follows it, whose parse it spoils.

Before a colon may stand who speaks, too ("Roe: We stay"): then a dateline has a day or an agency,
or the text names a place by it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from quotes.language import Language
from quotes.records import Span
from quotes.text.folding import fold_word
from quotes.text.pull_quotes import SENTENCE_END

MAX_PARAGRAPHS = 4  # a headline, a byline and a day may stand before it
MAX_CHARS, MAX_WORDS = 80, 10  # of a dateline
MIN_WORDS_AFTER = 8  # of the paragraph that it opens; a headline has fewer or no full stop
MIN_CAPITALS = 3  # letters of a place in capitals
MAX_WORDS_JOINED = 2  # before a hyphen without a space
DASHED_CHARS = 80  # within which a second dash closes an insertion
LETTERS = r"[^\W_][\w.'’]*(?:-[^\W_][\w.'’]*)*"
WORD = re.compile(LETTERS)
PLACE = rf"{LETTERS}(?:[\s,/&]+{LETTERS}){{0,{MAX_WORDS - 1}}}"
AGENCY = rf"\(\s*{PLACE}\s*\)"
DASH = r"(?:—|–|--)"
DATELINE = re.compile(
    rf"({PLACE})[\s,]*({AGENCY})?(?:(\s*{DASH}+\s*|\s+-\s*|-\s+|\s*:\s+(?:{DASH}\s*)?)|(?<=\))\s+)"
)
OPENING = re.compile(r"[\"“'‘«„]*([^\W_])")
LABEL = re.compile(rf"{LETTERS}(?:\s+{LETTERS}){{0,3}}\s*:\s")  # of a turn in an interview


def dateline(text: str, paragraphs: Sequence[Span], language: Language) -> Span | None:
    """Return where the dateline of a text stands, with the dash or colon behind it, if it has one.

    Args:
        text: The text.
        paragraphs: The spans of its paragraphs, in order.
        language: Gives the words of the calendar, places, and small words of names.
    """
    for paragraph in islice(paragraphs, MAX_PARAGRAPHS):
        end = _dateline_end(text, paragraph, paragraphs, language)
        if end > paragraph.start:
            if ":" not in text[paragraph.start : end]:  # "CAIRO - 24 July 2022: The ..."
                end = _dateline_end(text, Span(end, paragraph.end), paragraphs, language)
            return Span(paragraph.start, end)
    return None


def _dateline_end(text: str, rest: Span, paragraphs: Sequence[Span], language: Language) -> int:
    """Return where a dateline ends that begins what is left of a paragraph, else its start."""
    match = DATELINE.match(text, rest.start, min(rest.end, rest.start + MAX_CHARS))
    if match is None or not _is_report(text[match.end() : rest.end]):
        return rest.start
    place, agency, mark = match.groups()
    words = WORD.findall(place)
    if not _is_name(words, language):
        return rest.start
    if mark is None:  # "OSLO (EFE) The court ..."
        found = len(place) >= MIN_CAPITALS and place.isupper()
    elif agency is not None or _has_day(words, language):
        found = True
    elif ":" in mark:
        found = (
            place.isupper() or _is_place(place.strip(" ,"), text[match.end() :], language)
        ) and not any(_is_label(text, other) for other in paragraphs if other.start != rest.start)
    elif mark[0] == "-" and len(words) > MAX_WORDS_JOINED:  # "Sheikh Sabah Al- Ahmad"
        found = False
    else:  # a dash may open an insertion
        found = not re.search(rf"\s-\s|{DASH}", text[match.end() : match.end() + DASHED_CHARS])
    return match.end() if found else rest.start


def _is_report(words: str) -> bool:
    """Return True if what follows a dateline in its paragraph are sentences of a report."""
    first = OPENING.match(words)
    return bool(
        first
        and (first[1].isdigit() or first[1].isupper())
        and SENTENCE_END.search(words)
        and len(words.split(maxsplit=MIN_WORDS_AFTER)) > MIN_WORDS_AFTER
    )


def _is_name(words: Sequence[str], language: Language) -> bool:
    """Return True if words may be the names of places and days: no word in small letters."""
    small = language.optional_words("name-connectors") | language.optional_words("name-particles")
    return not words[0][0].islower() and all(
        not word[0].islower() or word in small for word in words
    )


def _has_day(words: Sequence[str], language: Language) -> bool:
    calendar = language.optional_words("calendar")
    return any(word in calendar or word.title() in calendar for word in words)


def _is_place(name: str, rest: str, language: Language) -> bool:
    """Return True if a name is a known place, or the text goes on to name a place by it."""
    if name.title() in language.optional_words("places"):
        return True
    again = re.findall(rf"(?:\b([^\W_]+)\s+)?\b{re.escape(name)}\b", rest, re.IGNORECASE)
    prepositions = language.optional_words("place-prepositions")
    return not again or any(fold_word(word) in prepositions for word in again)


def _is_label(text: str, paragraph: Span) -> bool:
    """Return True if a paragraph begins with who speaks, as a turn of an interview does."""
    match = LABEL.match(text, paragraph.start, min(paragraph.end, paragraph.start + MAX_CHARS))
    return match is not None and all(word[0].isupper() for word in WORD.findall(match[0]))
