"""An SVG as PNG. The only place that imports resvg.

In: the text of an SVG. Out: bytes of a PNG.
"""

from __future__ import annotations

ZOOM = 2.0  # sharp on screens with two pixels per point


def png(svg: str) -> bytes:
    """Draw an SVG as PNG, twice as large."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=ZOOM))
