"""A chart of the source audit: for each group a bar of whose words it has, by kind of voice.

In: groups of voices. Out: the text of an SVG file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.output.charts.drawing import FONT, SVG, box, fitted, safe, text
from quotes.source_audit.voices import KINDS, Group, VoiceKind

LEFT, RIGHT, TOP, BELOW = 220, 24, 84, 24  # margins in pixels
BAR, GAP, WIDTH = 18, 10, 560
MAX_GROUPS = 60
COLOURS: dict[VoiceKind, str] = {
    "person": "#0b5cad",
    "institution": "#dc8a26",
    "group": "#9a6fc4",
    "document": "#4c9f70",
    "unnamed": "#c62828",
    "not resolved": "#9aa4af",
}
STYLE = (
    "".join(f".k{number} {{ fill: {COLOURS[kind]}; }} " for number, kind in enumerate(KINDS))
    + ".ink { fill: #222222; } .paper { fill: #ffffff; }"
)


def audit_chart(groups: Sequence[Group], *, title: str = "Whose words are printed") -> str:
    """Draw the share of all quoted and reported words by kind of voice, a bar a group."""
    shown = [group for group in groups if group.quoted][:MAX_GROUPS]
    height = TOP + len(shown) * (BAR + GAP) + BELOW
    width = LEFT + WIDTH + RIGHT
    parts = [
        f'<svg xmlns="{SVG}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" {FONT}>',
        f"<title>{safe(title)}</title><style>{STYLE}</style>",
        box(0, 0, width, height, style="paper"),
        text(16, 28, title, size=16, weight="600"),
        *_legend(),
    ]
    for number, group in enumerate(shown):
        y = TOP + number * (BAR + GAP)
        parts.append(text(LEFT - 8, y + 13, fitted(group.name, LEFT - 16), anchor="end"))
        parts += _bar(group, y)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _legend() -> Iterator[str]:
    for number, kind in enumerate(KINDS):
        x = 16 + number * 118
        yield box(x, 44, 12, 12, style=f"k{number}")
        yield text(x + 18, 54, kind)


def _bar(group: Group, y: float) -> Iterator[str]:
    x = float(LEFT)
    for kind, words, share in group.shares():
        label = f"{kind}: {words:,} words, {share:.0%}"
        yield box(x, y, WIDTH * share, BAR, style=f"k{KINDS.index(kind)}", title=label)
        x += WIDTH * share
