"""Bytes to text.

In: the bytes of a file (or its first part). Out: the text with its line ends untouched and without
a byte-order mark, or the name of the encoding. Never a lone surrogate. It repairs one thing only:
single bytes of Windows-1252 inside UTF-8. Text that was decoded wrongly before it was stored stays
as it is.
"""

from __future__ import annotations

import codecs
import re

from quotes.errors import InputError

# The name of the error handler that takes bytes that are not UTF-8 for Windows-1252.
MIXED = "quotes-windows"
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
KINDS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an Office file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
    (b"{\\rtf", "a rich-text (RTF) file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\x89PNG\r\n", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"PAR1", "a Parquet table"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\x7fELF", "a program"),
)
TO_DO = "convert it to plain text or HTML first"
MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
WESTERN_UTF8 = re.compile(
    rb"\xc3[\x80-\xbf]|\xc2[\xa0-\xbf]|\xe2\x80[\x90-\xaf]"
)  # é, £, ” in UTF-8; in Windows-1252 hardly ever words
HIGH = re.compile(rb"[\x80-\xff]")
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
SURROGATE = re.compile("[\ud800-\udfff]")
SAMPLE = 1 << 16


def decode(data: bytes, name: str) -> str:
    """Return the text in `data`.

    `name` is used in messages.

    Raises:
        InputError: where the bytes are no text.
    """
    if kind := kind_of(data):
        raise InputError(f"{name}: looks like {kind}, not text: {TO_DO}")
    encoding, skip = guess_encoding(data, name)
    return decode_as(data[skip:], encoding, name)


def decode_as(data: bytes, encoding: str, name: str) -> str:
    """Return the text in `data`, in a known encoding.

    Raises:
        InputError: where it does not fit.
    """
    try:
        text = data.decode(encoding, MIXED if encoding == "utf-8" else "strict")
    except (UnicodeError, LookupError) as error:
        raise InputError(
            f"{name}: looks like {encoding} but cannot be decoded ({error}): save it as UTF-8"
        ) from error
    return without_surrogates(text)


def kind_of(data: bytes) -> str | None:
    """Return what the first bytes show the file to be, if it is a known kind that is no text."""
    return next((kind for magic, kind in KINDS if data.startswith(magic)), None)


def without_surrogates(text: str) -> str:
    """Return the text with each lone surrogate (half of a broken character) as U+FFFD.

    All offsets stay.
    """
    return SURROGATE.sub("\ufffd", text)


def guess_encoding(data: bytes, name: str) -> tuple[str, int]:
    """Return the codec for `data` (a file or its first part) and the length of its byte-order mark.

    UTF-8 stands for UTF-8 with stray bytes of Windows-1252: decode with the error handler `MIXED`.

    Raises:
        InputError: for binary data.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    if b"\x00" in data:
        return _wide(data, name), 0
    if len(CONTROL.findall(data[:SAMPLE])) > 2 + len(data[:SAMPLE]) // 100:
        raise InputError(
            f"{name}: looks like binary data, not text (too many control characters): {TO_DO}"
        )
    return _narrow(data, name), 0


def _wide(data: bytes, name: str) -> str:
    """Detect UTF-16 without a byte-order mark: most zero bytes lie on one side of the pairs.

    Anything else with zero bytes is binary.
    """
    sample = data[: SAMPLE & ~1]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    # A text in Cyrillic or Greek has its zero bytes with spaces and punctuation only, so a tenth
    # must do.
    if (
        max(even, odd) >= len(sample) // 20
        and min(even, odd) <= max(even, odd) // 20
        and _reads(sample, encoding)
    ):
        return encoding
    raise InputError(f"{name}: looks like binary data, not text (zero bytes): {TO_DO}")


def _reads(sample: bytes, encoding: str) -> bool:
    """Return whether nearly all of the sample is letters, spaces, punctuation in an encoding."""
    text = sample.decode(encoding, "replace")
    odd = sum(not (character.isprintable() or character in "\t\n\r\f\v") for character in text)
    return len(text) > 1 and odd + text.count("\ufffd") <= len(text) // 100


def _narrow(data: bytes, name: str) -> str:
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    high = len(HIGH.findall(data))
    valid = MULTIBYTE.findall(data)
    stray = high - sum(map(len, valid))
    if len(valid) >= stray or (max(map(len, valid), default=0) > 2 and high < len(data) // 20):
        return "utf-8"
    if high < len(data) / 4 and (encoding := _western(data)):
        return "utf-8" if encoding == "cp1252" and WESTERN_UTF8.search(data) else encoding
    return _statistics(data, name)


# In a text of the Latin alphabet: a small letter after a letter, a mark of punctuation in its
# place. An encoding that puts a capital or a sign into the middle of words is the wrong one.
PLAUSIBLE = re.compile(
    r"(?<=[^\W\d_])[à-öø-ÿšžœ]|\b[À-ÖØ-ÞŠŽŒ](?=[^\W\d_]|\s)|\B[“‘„«¡¿€£](?=\w)|(?<=\S)[”’»…](?=\W|s\b|$)|[–—\xa0]|(?<=\w)’(?=\w)"
)


def _western(data: bytes) -> str | None:
    """Choose Windows-1252 or Mac Roman, whichever gives more plausible letters and marks.

    The first where both do; None where neither does.
    """
    sample = data[: SAMPLE * 16]
    high = len(HIGH.findall(sample))
    fits = {
        encoding: len(PLAUSIBLE.findall(sample.decode(encoding, "replace")))
        for encoding in ("cp1252", "mac-roman")
    }
    best = max(fits, key=lambda encoding: fits[encoding])
    if fits[best] < high / 2:
        return None
    return best if best == "mac-roman" or _decodes(data, best) else None


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _statistics(data: bytes, name: str) -> str:
    """Guess by letter statistics (charset-normalizer) from the lines that are not plain ASCII."""
    from charset_normalizer import from_bytes

    found = from_bytes(data[: SAMPLE * 4]).best()
    if found is not None and _decodes(data, found.encoding):
        return found.encoding
    if _decodes(data, "cp1252") and _western(data):
        return "cp1252"
    raise InputError(f"{name}: the encoding cannot be told, or this is no text: save it as UTF-8")


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(MIXED, _as_windows)
