"""Small pieces of SVG that charts are made of, and how wide a text is.

In: places in pixels and texts. Out: elements as text, escaped and without control characters,
which XML does not allow.
"""

from __future__ import annotations

from html import escape
from unicodedata import east_asian_width

from quotes.output.terminal.safe_text import printable

SVG = "http://www.w3.org/2000/svg"
FONT = (
    "font-family=\"system-ui, 'Segoe UI', 'Liberation Sans', 'DejaVu Sans', Helvetica, Arial, "
    'sans-serif"'
)
MEAN_WIDTH = 0.56  # of a letter, in font sizes


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: int = 12,
    anchor: str = "start",
    style: str = "ink",
    weight: str = "",
) -> str:
    """Return words at a place; `style` is a class."""
    where = (
        f'x="{short(x)}" y="{short(y)}" font-size="{size}" text-anchor="{anchor}" class="{style}"'
    )
    heavy = f' font-weight="{weight}"' if weight else ""
    return f"<text {where}{heavy}>{safe(words)}</text>"


def line(x1: float, y1: float, x2: float, y2: float, *, style: str = "grid") -> str:
    """Return a line; `style` is a class."""
    ends = f'x1="{short(x1)}" y1="{short(y1)}" x2="{short(x2)}" y2="{short(y2)}"'
    return f'<line {ends} class="{style}"/>'


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    style: str,
    round_: float = 0,
    title: str = "",
) -> str:
    """Return a rectangle; `title` is what hovering shows."""
    where = f'x="{short(x)}" y="{short(y)}" width="{short(width)}" height="{short(height)}"' + (
        f' rx="{short(round_)}"' if round_ else ""
    )
    return f'<rect {where} class="{style}"' + (
        f"><title>{titled(title)}</title></rect>" if title else "/>"
    )


def safe(words: str) -> str:
    """Escape words for an element or an attribute."""
    return escape(printable(words))


def titled(words: str) -> str:
    """Escape a text of several lines."""
    return "\n".join(safe(part) for part in words.split("\n"))


def short(number: float) -> str:
    """Return a number of pixels, exact to a tenth."""
    return f"{number:.1f}".removesuffix(".0")


def wide(words: str, size: float = 12) -> float:
    """Estimate how wide words are, in pixels."""
    return size * sum(1.0 if east_asian_width(letter) in "WF" else MEAN_WIDTH for letter in words)


def fitted(words: str, pixels: float, size: float = 12) -> str:
    """Cut words with an ellipsis to what fits."""
    words = printable(words)
    if wide(words, size) <= pixels:
        return words
    while words and wide(words + "…", size) > pixels:
        words = words[:-1]
    return words.rstrip() + "…"
