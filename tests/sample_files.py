"""Small files made for the tests of readers: PDFs, and records of web archives."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Sequence

PlacedText = tuple[float, float, float, str]  # from the left, from the foot, size, words


def pdf_file(pages: Iterable[Sequence[PlacedText] | bytes], info: str = "") -> bytes:
    """Return a PDF with each piece of text at its place, in the order given.

    Bytes are a page's drawing instructions as they are.
    """
    contents = [page if isinstance(page, bytes) else b"".join(map(_show, page)) for page in pages]
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(contents)} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(contents):
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(
            (
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
                f"/Contents {4 + 2 * number} 0 R {resources} >>"
            ).encode()
        )
    objects.append(f"<< {info} >>".encode("cp1252"))
    return _written(objects)


def _show(piece: PlacedText) -> bytes:
    left, height, size, words = piece
    escaped = (
        words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    )
    return f"BT /F1 {size} Tf 1 0 0 1 {left} {height} Tm (".encode() + escaped + b") Tj ET\n"


def _written(objects: Sequence[bytes]) -> bytes:
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(
        b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, len(objects), table)
    )
    return out.getvalue()


def column(
    lines: Iterable[str], *, left: float = 72, top: float = 720, size: float = 10, step: float = 12
) -> list[PlacedText]:
    """Lines below each other.

    An empty one leaves a gap, one that begins with two spaces is indented.
    """
    found = []
    for number, line in enumerate(lines):
        if line:
            indent = 15 if line.startswith("  ") else 0
            found.append((left + indent, top - number * step, size, line.strip()))
    return found


def warc_record(
    url: str,
    body: bytes,
    *,
    kind: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    encoding: str = "",
    record: str = "response",
    date: str = "2024-09-01T10:00:00Z",
) -> bytes:
    """Return a record of a web archive, not compressed."""
    from fastwarc.warc import WarcRecord, WarcRecordType

    made = WarcRecord()
    made.init_headers(record_type=getattr(WarcRecordType, record))
    made.headers["WARC-Target-URI"] = url
    made.headers["WARC-Date"] = date
    if record == "response":
        made.headers["Content-Type"] = "application/http; msgtype=response"
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n" + (
            f"Content-Encoding: {encoding}\r\n" if encoding else ""
        )
        body = head.encode() + b"\r\n" + body
    else:
        made.headers["Content-Type"] = kind
    made.set_bytes_content(body)
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


def warc_gz(*records: bytes) -> bytes:
    """Records compressed one by one, as web archives are."""
    return b"".join(gzip.compress(record, mtime=0) for record in records)
