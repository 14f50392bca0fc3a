"""Subtitles (WebVTT, SubRip) to Document.

In: the bytes of a file of cues, each with times and a few words. Out: a Document that reads as a
transcript: what one speaker says is one paragraph, with "Name:" before it where the file names the
speaker (`<v Name>`, or "NAME:" in a cue), and an embed for it where markup does. Cues that say
again what the one before said, as captions that roll do, are said once. `locations` has the times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import groupby

from quotes.errors import InputError
from quotes.readers.encoding import decode
from quotes.readers.metadata import Metadata
from quotes.readers.plain_text import document
from quotes.records import Document, Embed, Location, Span

TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
TIMING = re.compile(rf"\s*{TIME}\s+-->\s+{TIME}(?:\s.*)?$")
HEADERS = ("WEBVTT", "NOTE", "STYLE", "REGION")
VOICE = re.compile(r"<v(?:\.[^\s>]*)*\s+([^>]{1,100})>")
TAG = re.compile(r"<[^<>]{0,200}>|\{\\[^{}]{0,100}\}")
LABEL = re.compile(r"(?:>>\s*)?([^\W\d_a-z][\w.’' -]{0,60}?):\s+(?=\S)")
CHANGE = re.compile(r"\s*(?:>>+|[-–—])\s*(?=\S)")
MAX_LABEL_WORDS = 5
TERMINAL = (".", "!", "?", "…", ".”", '."', "?”", '?"', "!”", '!"')
PAUSE = 2.0  # seconds after the end of a sentence, with which a paragraph ends
MAX_CHARS = 700  # after which it ends with the next sentence
BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Caption:
    """A piece of a cue by one voice.

    Attributes:
        start: When it begins, in seconds.
        end: When it ends.
        text: The words, on one line.
        speaker: The name, as markup or a label gives it; None where nobody is named.
        marked: Whether markup names the speaker.
        turn: Whether another speaker than before begins.
    """

    start: float
    end: float
    text: str
    speaker: str | None = None
    marked: bool = False
    turn: bool = False


def read_subtitles(data: bytes, *, id: str, metadata: Metadata, source: str) -> Document:
    """Return a Document from a file of subtitles; `id` is used where `metadata` gives none.

    Raises:
        InputError: where the file holds no cues.
        LanguageError: where it is in a language without rules.
    """
    text, embeds, locations = _composed(list(captions(decode(data, source))))
    if not text:
        raise InputError(f"{source}: holds no cues with times and words: is it WebVTT or SubRip?")
    return document(
        text,
        id=id,
        metadata=metadata,
        name=source,
        source=source,
        embeds=embeds,
        locations=locations,
    )


def captions(text: str) -> Iterator[Caption]:
    """Yield what a file of cues says, voice by voice, without what is said again."""
    seen: list[str] = []  # the lines of the cue before
    lines = iter([*(line.strip() for line in text.splitlines()), ""])
    for line in lines:
        timing = TIMING.match(line)
        if not timing:
            continue
        start, end = _seconds(timing.groups()[:4]), _seconds(timing.groups()[4:])
        shown = []
        for each in lines:
            if not each:
                break
            shown.append(each)
        fresh = [each for each in shown if each not in seen]
        seen = shown
        yield from _voices("\n".join(fresh), start, end)


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole + float(f"0.{thousandths}")


def _voices(cue: str, start: float, end: float) -> Iterator[Caption]:
    """Yield the pieces of a cue by voice: `<v Name>`, "NAME:" or a dash at a line's beginning."""
    parts = VOICE.split(cue)  # words, then names and words in turn
    for speaker, words in zip([None, *parts[1::2]], parts[::2], strict=True):
        for line in _turns(words):
            text = " ".join(unescape(TAG.sub("", line)).split())
            changed = CHANGE.match(text)
            label = LABEL.match(text)
            if speaker is None and label and len(label[1].split()) <= MAX_LABEL_WORDS:
                yield Caption(start, end, text[label.end() :], label[1].strip(), turn=True)
            elif text:
                text = text[changed.end() :] if changed else text
                name = " ".join(unescape(speaker).split()) if speaker else None
                yield Caption(start, end, text, name, bool(name), bool(changed))


def _turns(words: str) -> Iterator[str]:
    """Yield the lines of a cue, joined where no other speaker begins."""
    joined: list[str] = []
    for line in words.split("\n"):
        plain = TAG.sub("", line)
        if joined and (CHANGE.match(plain) or LABEL.match(plain)):
            yield " ".join(joined)
            joined = []
        joined.append(line)
    yield " ".join(joined)


def _composed(
    found: list[Caption],
) -> tuple[str, tuple[Embed, ...], tuple[Location, ...]]:
    """Return the transcript, the embeds where markup names the speaker, and the times."""
    parts: list[str] = []
    locations: list[Location] = []
    embeds: list[Embed] = []
    length = 0
    for paragraph in _paragraphs(found):
        first = paragraph[0]
        words = " ".join(each.text for each in paragraph)
        label = f"{first.speaker}: " if first.speaker else ""
        start = length + (len(BETWEEN) if parts else 0)
        if first.speaker and first.marked:
            begin = start + len(label)
            name = Span(start, start + len(first.speaker))
            content = Span(begin, begin + len(words))
            embeds.append(Embed(content=content, source=name, author=first.speaker))
        at = start + len(label)
        for each in paragraph:
            locations.append(Location(at if locations else 0, time=each.start))
            at += len(each.text) + 1
        parts.append(label + words)
        length = start + len(parts[-1])
    return BETWEEN.join(parts), tuple(embeds), tuple(locations)


def _paragraphs(found: list[Caption]) -> Iterator[list[Caption]]:
    """Yield what belongs to one paragraph: of one speaker, up to a long pause without one."""
    numbers: list[int] = []
    number = chars = 0
    for n, caption in enumerate(found):
        before = found[n - 1] if n else None
        if before is not None and _begins(caption, before, chars):
            number, chars = number + 1, 0
        numbers.append(number)
        chars += len(caption.text)
    for _, group in groupby(zip(numbers, found, strict=True), key=lambda each: each[0]):
        yield [caption for _, caption in group]


def _begins(caption: Caption, before: Caption, chars: int) -> bool:
    """Return whether a caption begins a paragraph."""
    if caption.turn or (caption.marked and caption.speaker != before.speaker):
        return True
    if before.marked and not caption.marked:
        return True
    ended = before.text.endswith(TERMINAL) and not caption.marked
    return ended and (caption.start - before.end >= PAUSE or chars >= MAX_CHARS)
