"""An email (.eml) to Document.

In: the bytes of a message (RFC 5322, MIME). Out: a Document with the text that the sender wrote and
quoted, the subject as title, the sender as author and the day of sending as that of publication.
The plain text is taken, else the HTML; attachments are not opened.
"""

from __future__ import annotations

from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr

from quotes.errors import InputError
from quotes.readers.email_replies import email_replies
from quotes.readers.metadata import Metadata, parse_date
from quotes.readers.plain_text import document
from quotes.records import Document, Embed


def read_email(data: bytes, *, id: str, metadata: Metadata, source: str) -> Document:
    """Return a Document from an email; `id` is used where `metadata` gives none.

    Raises:
        InputError: where the message holds no text, or cannot be read.
        LanguageError: where it is in a language without rules.
    """
    if not data.strip():
        raise InputError(f"{source}: is empty: nothing to read")
    try:
        message = message_from_bytes(data, policy=policy.default)
        assert isinstance(message, EmailMessage)
        known = metadata.or_else(_metadata(message))
        text, embeds = _body(message)
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError) as e:
        raise InputError(f"{source}: is a damaged email ({e}): get it again") from e
    if not text.strip():
        raise InputError(f"{source}: holds no text, attachments at most: nothing to read")
    return document(text, id=id, metadata=known, name=source, source=source, embeds=embeds)


def _metadata(message: EmailMessage) -> Metadata:
    """Return what the header says."""
    name, _ = parseaddr(str(message.get("From", "")))
    return Metadata(
        title=str(message.get("Subject", "")).strip() or None,
        author=name.strip() or None,
        published=parse_date(str(message.get("Date", ""))[:80]),
    )


def _body(message: EmailMessage) -> tuple[str, tuple[Embed, ...]]:
    """Return the text of a message with the passages of others in it; "" without any."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return "", ()
    content = part.get_content()
    if not isinstance(content, str):
        return "", ()
    if part.get_content_subtype() == "html":
        from quotes.readers.html import fragment

        return fragment(content)
    text = content.replace("\r\n", "\n")
    return text, email_replies(text)
