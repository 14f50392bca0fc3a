"""A reliability diagram: are nine in ten right of the quotes with a confidence of 90%?

In: bins of quotes (`quotes.evaluation.calibration`). Out: the text of an SVG file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from quotes.evaluation.calibration import Bin, calibration_error
from quotes.output.charts.drawing import FONT, SVG, short

# In pixels.
SIDE = 320  # of the square that holds the curve
LEFT, TOP, RIGHT, BELOW = 64, 56, 24, 140  # margins of the square
STRIP = 64  # height of the histogram below the square
GAP = 16  # between square and histogram
INK, GRID, LINE, FILL = "#222222", "#d9d9d9", "#0b5cad", "#9cc4ea"

Point = tuple[float, float]


def reliability_plot(bins: Sequence[Bin], *, title: str = "Reliability of the confidence") -> str:
    """Draw the share of right quotes in each bin over their mean confidence.

    Points on the diagonal are perfectly calibrated. Lines are 95% intervals; the histogram below
    shows how many quotes each bin has.
    """
    full = [b for b in bins if b.size]
    error, total = calibration_error(bins), sum(b.size for b in bins)
    width, height = LEFT + SIDE + RIGHT, TOP + SIDE + BELOW
    described = "; ".join(
        f"confidence {b.low:.1f} to {b.high:.1f}: {b.size} quotes, {b.accuracy:.0%} right"
        for b in full
    )
    parts = [
        f'<svg xmlns="{SVG}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" {FONT}>',
        f"<title>{escape(title)}</title>",
        f"<desc>{escape(described or 'no quotes')}</desc>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _text(LEFT, 24, title, size=16, anchor="start"),
        _text(
            LEFT, 43, f"{total:,} quotes, expected calibration error {error:.3f}", anchor="start"
        ),
        *_axes(),
        *_curve(full),
        *_histogram(bins),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _axes() -> Iterator[str]:
    """Yield the grid, its labels and the diagonal."""
    for tenth in range(0, 11, 2):
        share = tenth / 10
        (x, _), (_, y) = _at(share, 0), _at(0, share)
        yield _line((x, TOP), (x, TOP + SIDE), GRID)
        yield _line((LEFT, y), (LEFT + SIDE, y), GRID)
        yield _text(LEFT - 8, y + 4, f"{share:.0%}", anchor="end")
        yield _text(x, TOP + SIDE + GAP + STRIP + 18, f"{share:.1f}")
    yield _line(_at(0, 0), _at(1, 1), INK, dash="5 4")
    middle = TOP + SIDE / 2
    yield _text(18, middle, "share right", turn=f"rotate(-90 18 {short(middle)})")
    yield _text(LEFT + SIDE / 2, TOP + SIDE + GAP + STRIP + 42, "confidence")


def _curve(bins: Sequence[Bin]) -> Iterator[str]:
    """Yield the curve, its points and their intervals."""
    points = [_at(b.confidence, b.accuracy) for b in bins]
    if len(points) > 1:
        way = " ".join(f"{short(x)},{short(y)}" for x, y in points)
        yield f'<polyline points="{way}" fill="none" stroke="{LINE}" stroke-width="2"/>'
    for b, (x, y) in zip(bins, points, strict=True):
        low, high = b.interval()
        yield _line((x, _at(0, low)[1]), (x, _at(0, high)[1]), LINE)
        said = f"{b.size} quotes, mean confidence {b.confidence:.2f}, {b.accuracy:.1%} right"
        place = f'cx="{short(x)}" cy="{short(y)}" r="4" fill="{LINE}"'
        yield f"<circle {place}><title>{said}</title></circle>"


def _histogram(bins: Sequence[Bin]) -> Iterator[str]:
    """Yield the histogram of the quotes over their confidence."""
    most, floor = max((b.size for b in bins), default=0) or 1, TOP + SIDE + GAP + STRIP
    for b in bins:
        (left, _), (right, _) = _at(b.low, 0), _at(b.high, 0)
        high = (STRIP - 12) * b.size / most
        if b.size:
            place = f'x="{short(left + 1)}" y="{short(floor - high)}"'
            size = f'width="{short(right - left - 2)}" height="{short(high)}"'
            yield f'<rect {place} {size} fill="{FILL}"/>'
        yield _text((left + right) / 2, floor - high - 3, str(b.size), size=10)
    yield _line((LEFT, floor), (LEFT + SIDE, floor), INK)


def _at(x: float, y: float) -> Point:
    """Return where a pair of shares lies, in pixels."""
    return LEFT + SIDE * x, TOP + SIDE * (1 - y)


def _line(start: Point, end: Point, colour: str, *, dash: str = "") -> str:
    """Return a line between two points."""
    ends = " ".join(
        f'{name}="{short(value)}"'
        for name, value in zip(("x1", "y1", "x2", "y2"), (*start, *end), strict=True)
    )
    return (
        f'<line {ends} stroke="{colour}"' + (f' stroke-dasharray="{dash}"' if dash else "") + "/>"
    )


def _text(
    x: float, y: float, text: str, *, size: int = 12, anchor: str = "middle", turn: str = ""
) -> str:
    """Return a text at a point; `turn` is a transformation."""
    where = f'x="{short(x)}" y="{short(y)}" font-size="{size}" text-anchor="{anchor}"' + (
        f' transform="{turn}"' if turn else ""
    )
    return f'<text {where} fill="{INK}">{escape(text)}</text>'
