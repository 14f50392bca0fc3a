"""The one door to resvg: an SVG as PNG."""

from __future__ import annotations

from quotes.errors import InputError

ZOOM = 2.0  # so that it is sharp on screens of today


def png(svg: str) -> bytes:
    """The picture as PNG, twice as large. Raises InputError where the extra `charts` is not installed."""
    try:
        import resvg_py
    except ImportError as error:
        raise InputError(
            "a chart as .png needs a package that is not installed: pip install 'quotes-attribution[charts]', or draw an .svg or .html"
        ) from error
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=ZOOM))
