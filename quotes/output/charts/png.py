"""The one door to resvg: an SVG as PNG."""

from __future__ import annotations

ZOOM = 2.0  # so that it is sharp on screens of today


def png(svg: str) -> bytes:
    """Draw an SVG as PNG, twice as large."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=ZOOM))
