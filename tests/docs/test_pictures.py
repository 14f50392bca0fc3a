"""The pictures of the web app: written as small PNG files, and all of them small."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from docs import pictures


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG file, type and data, each with the right checksum."""
    at = 8
    while at < len(png):
        length, kind = struct.unpack_from(">I4s", png, at)
        data = png[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", png, at + 8 + length) == (zlib.crc32(kind + data),)
        yield kind, data
        at += length + 12


def test_a_picture_of_few_colours_is_written_without_loss() -> None:
    rgb = np.random.default_rng(7).integers(0, 4, (5, 9, 3)).astype(np.uint8) * 60
    png = dict(chunks(pictures.palette_png(rgb)))
    assert struct.unpack(">II", png[b"IHDR"][:8]) == (9, 5)
    palette = np.frombuffer(png[b"PLTE"], np.uint8).reshape(-1, 3)
    rows = np.frombuffer(zlib.decompress(png[b"IDAT"]), np.uint8).reshape(5, 10)
    assert not rows[:, 0].any()  # no filter
    assert np.array_equal(palette[rows[:, 1:]], rgb)


def test_a_rare_colour_becomes_the_nearest_frequent_one() -> None:
    grey = np.repeat(np.arange(256, dtype=np.uint8), 2)
    rgb = np.stack([grey] * 3, axis=1)[None]
    rgb = np.concatenate([rgb, np.array([[[100, 100, 102]]], np.uint8)], axis=1)
    png = dict(chunks(pictures.palette_png(rgb)))
    palette = np.frombuffer(png[b"PLTE"], np.uint8).reshape(-1, 3)
    assert len(palette) == 256
    assert palette[zlib.decompress(png[b"IDAT"])[-1]].tolist() in ([100] * 3, [101] * 3)


def test_all_pictures_are_small(root: Path) -> None:
    found = list((root / "docs").glob("page-*.png"))
    assert found
    assert [p.name for p in found if p.stat().st_size > pictures.MAX_PICTURE_BYTES] == []


def test_without_chromium_nothing_is_taken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(pictures, "open_store", None)
    pictures.main()
    assert "skipped" in capsys.readouterr().err
