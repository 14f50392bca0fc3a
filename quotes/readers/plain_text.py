"""Plain text to Document.

In: bytes or a string. Out: a Document whose text is what was stored, code point by code point: line
ends, spaces and hard wraps are kept, only a byte-order mark goes. It looks for no title, author or
date in the text. Lines marked with ">" below the name of who wrote them are that person's words.
"""

from __future__ import annotations

import re

from quotes.errors import InputError
from quotes.readers.email_replies import email_replies
from quotes.readers.encoding import decode, without_surrogates
from quotes.readers.languages import check_language
from quotes.readers.metadata import UNKNOWN, Metadata
from quotes.records import Document, Embed, Location

LETTER = re.compile(r"[^\W\d_]")


def read_text(
    text: str, *, id: str = "text", metadata: Metadata = UNKNOWN, source: str | None = None
) -> Document:
    """Return a Document from a string; offsets count in `text` itself.

    Raises:
        InputError: without letters.
        LanguageError: without rules for it.
    """
    embeds = email_replies(text)
    return document(text, id=id, metadata=metadata, name=source or id, source=source, embeds=embeds)


def read_text_bytes(data: bytes, *, id: str, metadata: Metadata, source: str) -> Document:
    """Return a Document from the bytes of a text file.

    Raises:
        InputError: as above.
        LanguageError: as above.
    """
    return read_text(decode(data, source), id=id, metadata=metadata, source=source)


def document(
    text: str,
    *,
    id: str,
    metadata: Metadata,
    name: str,
    source: str | None,
    embeds: tuple[Embed, ...] = (),
    locations: tuple[Location, ...] = (),
) -> Document:
    """Return the checks that every format ends with: there are letters, and the language has rules.

    `id` is used where `metadata` gives neither an id nor an address, `name` in messages.
    """
    text = without_surrogates(text)
    if not text.strip():
        raise InputError(f"{name}: is empty: nothing to read")
    if not LETTER.search(text):
        raise InputError(f"{name}: holds no letters: nothing to read")
    return Document(
        id=metadata.id or metadata.url or id,
        text=text,
        source=metadata.url or source,
        outlet=metadata.outlet,
        title=metadata.title,
        author=metadata.author,
        published=metadata.published,
        language=check_language(text, name=name, given=metadata.language),
        embeds=embeds,
        extra=metadata.extra,
        locations=locations,
    )
