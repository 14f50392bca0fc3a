"""The words of others in an email or a forum post: lines that begin with ">", and whole messages.

In: a text. Out: an `Embed` for each paragraph of such lines whose author is named in the line
before them ("On Monday Ann Roe <ann@roe.example> wrote:"), in order. Replies inside replies
(">>") have authors of their own. It knows no words of any language: the line ends with a colon, and
the name stands before the address in it, or before the words in small letters at its end. A message
that is passed on whole stands below its header: "From:" and other fields of RFC 5322, section 3.6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from quotes.records import Embed, Span

QUOTED = re.compile(r"[ \t]{0,3}((?:>[ \t]?)+)")
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
ADDRESS = re.compile(r"[ \t]*[<\[(]?(?:mailto:)?[^\s<>\[\]()@]{1,64}@[^\s<>\[\]()]{1,255}[>\])]*")
NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*")
WORD = re.compile(r"[^\s\"“”>]+")
HEADER = re.compile(
    r"^[ \t]*\*?From:\*?[ \t]*(?P<name>[^\r\n<\[(]+)[^\r\n]*(?:\r\n|\r|\n)"
    r"(?:[ \t]*\*?(?:Sent|Date|To|Cc|Reply-To|Subject|Importance):[^\r\n]*(?:\r\n|\r|\n|$)){2,8}",
    re.MULTILINE,
)
RULE = re.compile(r"\s*[-_=*]{3,}[^\r\n]*")  # a line between messages
QUOTES = "\"'“"
MAX_VERB_WORDS = 3  # after the name: "wrote:", "a écrit :"
MIN_NAME_WORDS = 2  # without an address beside it
MAX_SMALL_WORD = 3  # letters of a small word in a name: van, de
MAX_CREDIT_CHARS = 300
MAX_CREDIT_LINES = 3
MAX_NAME_WORDS = 5
MAX_LEVELS = 20


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Lines of one level (0: of the writer), without their marks and white space around them."""

    level: int
    span: Span
    lines: int


@dataclass(frozen=True, slots=True)
class _Author:
    """Where a name stands, and the name."""

    span: Span
    name: str


def email_replies(text: str) -> tuple[Embed, ...]:
    """Return the passages that a text gives to others by marks at the beginning of lines."""
    marked = "\n>" in text or text.lstrip().startswith(">")
    found = [*(_embeds(text) if marked else ()), *(_messages(text) if "From:" in text else ())]
    return tuple(sorted(found, key=lambda each: each.content))


def _messages(text: str) -> Iterator[Embed]:
    """Yield the paragraphs of messages that stand below their headers, but for lines with marks.

    A header at the very beginning of the text is that of the text itself.
    """
    headers = [found for found in HEADER.finditer(text) if text[: found.start()].strip()]
    for header, following in pairwise((*headers, None)):
        assert header is not None
        author = _sender(text, Span(*header.span("name")))
        if author is None:
            continue
        end = following.start() if following else len(text)
        for paragraph in _paragraphs(text[header.end() : end]):
            start = header.end()
            span = Span(start + paragraph.span.start, start + paragraph.span.end)
            if RULE.match(span.of(text)):
                break
            if not paragraph.level:
                yield Embed(content=span, source=author.span, author=author.name)


def _sender(text: str, place: Span) -> _Author | None:
    """Return the author that a header names; None where that is no name of a person."""
    written = place.of(text).strip().strip(QUOTES + "*”").strip()
    start = text.index(written, place.start)
    surname, comma, given = written.partition(", ")
    words = f"{given} {surname}".split() if comma else written.split()
    names = [word for word in words if NAME_WORD.fullmatch(word) and word[0].isupper()]
    small = [word for word in words if word.islower() and len(word) <= MAX_SMALL_WORD]
    if not MIN_NAME_WORDS <= len(names) <= MAX_NAME_WORDS or len(names) + len(small) != len(words):
        return None
    return _Author(Span(start, start + len(written)), " ".join(words))


def _embeds(text: str) -> Iterator[Embed]:
    authors: dict[int, _Author] = {}  # by level
    for paragraph, following in pairwise((*_paragraphs(text), None)):
        assert paragraph is not None
        level = paragraph.level
        before = following is not None and following.level > level
        if (
            before
            and paragraph.lines <= MAX_CREDIT_LINES
            and (credit := _credit(text, paragraph.span))
        ):
            authors = {each: author for each, author in authors.items() if each <= level}
            authors[level + 1] = credit
            continue
        if author := authors.get(level) if level else None:
            yield Embed(content=paragraph.span, source=author.span, author=author.name)


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    """Yield the paragraphs of a text, which end with a line without words or of another level."""
    level = first = last = lines = 0
    for line in LINE.finditer(text):
        quoted = QUOTED.match(line.group())
        begin = line.start() + (quoted.end() if quoted else 0)
        words = text[begin : line.end()].strip()
        own = min(quoted[1].count(">"), MAX_LEVELS) if quoted else 0
        if lines and (own != level or not words):
            yield _Paragraph(level, Span(first, last), lines)
            lines = 0
        if words:
            start = begin + text[begin : line.end()].index(words[0])
            first, lines = (first, lines + 1) if lines else (start, 1)
            level, last = own, start + len(words)
    if lines:
        yield _Paragraph(level, Span(first, last), lines)


def _credit(text: str, place: Span) -> _Author | None:
    """Return the author that the lines before quoted ones name."""
    line = place.of(text)
    if len(line) > MAX_CREDIT_CHARS or not line.endswith(":"):
        return None
    addresses = list(ADDRESS.finditer(line))
    end = addresses[-1].start() if addresses else len(line) - 1
    words = list(WORD.finditer(line, 0, end))
    for _ in range(0 if addresses else MAX_VERB_WORDS):
        if words and words[-1].group().islower():
            words.pop()
    name = _name_before(words)
    if len(name) < (1 if addresses else MIN_NAME_WORDS):
        return None
    span = Span(place.start + name[0].start(), place.start + name[-1].end())
    shown = " ".join(word.group() for word in name)
    surname, comma, given = shown.partition(", ")
    return _Author(span, f"{given} {surname}" if comma else shown)


def _name_before(words: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return the words of a name at the end of some words: with capitals but for small ones."""
    name: list[re.Match[str]] = []
    for n in range(len(words) - 1, max(-1, len(words) - 1 - MAX_NAME_WORDS), -1):
        word = words[n].group()
        after_number = n > 0 and any(map(str.isdigit, words[n - 1].group()))
        quoted = (
            word.endswith(",")
            and len(name) == 1
            and words[n].string[words[n].start() - 1 :][:1] in QUOTES
        )
        small = bool(name) and word.islower() and len(word) <= MAX_SMALL_WORD
        if not NAME_WORD.fullmatch(word.rstrip(",") if quoted else word):
            break
        if not (word[0].isupper() or small) or (after_number and word.isupper()):  # "9:14 AM"
            break
        name.insert(0, words[n])
    while name and name[0].group().islower():
        name.pop(0)
    return name
