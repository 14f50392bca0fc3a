"""A timeline as SVG: each quote a mark over the time it was said, a row of marks for each outlet, roles as bands above them.

In: a timeline. Out: an SVG file, or the same chart as an element of a page (`Inline`). Up to
MAX_MARKS quotes each is a mark of its own, and hovering shows the words; of more, bars are drawn. A
mark is hollow where only the week, month or year is known, and stands apart where the day is not
known at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from quotes.identity import RoleSpan
from quotes.output.charts.drawing import FONT, SVG, box, fitted, line, safe, text, titled, wide
from quotes.output.charts.scale import Scale, scale
from quotes.output.dates import UNKNOWN, date_text, period_text
from quotes.output.terminal.timeline import counted
from quotes.timeline.leading_roles import leading
from quotes.timeline.said import Said, when

if TYPE_CHECKING:
    from quotes.timeline import Timeline

Theme = Literal["light", "dark", "both"]

MAX_MARKS = 10_000  # quotes drawn as marks; more are drawn as bars
WIDTH, LEFT, RIGHT = 1000, 200, 24  # pixels
APART = 46  # for quotes of an unknown day
HIGH = 320  # of all lanes together, if the marks can be made small enough
SIZES = (14, 12, 10, 8, 7, 6, 5, 4, 3)  # of a mark, with the space to the next
ROLE, ROLES = 24, 8  # height of a role's band; how many
LANE, LANES = 20, 12  # space between lanes; how many
OTHERS, NOBODY = "other outlets", "outlet unknown"
TYPES = ("direct", "mixed", "indirect")
TYPE_NAMES = {"direct": "direct", "mixed": "partly direct", "indirect": "indirect"}

LIGHT = """
.paper { fill: #ffffff; }
.ink { fill: #1f2328; }
.dim { fill: #656d76; }
.grid { stroke: #e4e8ec; }
.axis { stroke: #8c959f; }
.role { fill: #dbe7f3; stroke: #b6cbe0; }
.direct { fill: #0b5cad; stroke: #0b5cad; }
.mixed { fill: #9a6fc4; stroke: #9a6fc4; }
.indirect { fill: #dc8a26; stroke: #dc8a26; }
"""
DARK = """
.paper { fill: #14181d; }
.ink { fill: #e6edf3; }
.dim { fill: #9aa4af; }
.grid { stroke: #2a3139; }
.axis { stroke: #6b7682; }
.role { fill: #22364b; stroke: #3b5877; }
.direct { fill: #5aa9f5; stroke: #5aa9f5; }
.mixed { fill: #c29bea; stroke: #c29bea; }
.indirect { fill: #f0a94b; stroke: #f0a94b; }
"""
ALWAYS = """
.mark { stroke-width: 0; }
.hollow { fill-opacity: 0.15; stroke-width: 1; }
"""


@dataclass(frozen=True, slots=True)
class Inline:
    """How a chart stands inside a page, which has a heading and the colours (`style`) of its own.

    `link` gives the address that a mark leads to, from the number of its quote and the quote. Marks
    are no stops of the Tab key: the page lists the quotes, too. `tooltips` says what hovering shows;
    a page may have a script for that instead.
    """

    link: Callable[[int, Said], str]
    tooltips: bool = True
    max_marks: int = MAX_MARKS

    def mark(self, number: int, said: Said, drawn: str) -> str:
        """Put the drawing of a mark into its link."""
        shown = f"<title>{titled(tip(said))}</title>" if self.tooltips else ""
        return f'<a href="{safe(self.link(number, said))}" tabindex="-1">{shown}{drawn}</a>'


@dataclass(frozen=True, slots=True)
class _Lane:
    """The quotes of one outlet, by step of the scale (None: day unknown)."""

    name: str
    steps: dict[int | None, list[tuple[int, Said]]]
    size: int

    @property
    def most(self) -> int:
        """The number of quotes in its fullest step."""
        return max(map(len, self.steps.values()), default=0)

    def high(self, fit: int, mark: int) -> int:
        """The height of its marks when `fit` of them stand side by side."""
        return max((-(-len(held) // fit) for held in self.steps.values()), default=0) * mark


def style(theme: Theme) -> str:
    """The colours: of a light page, a dark one, or whichever the reader has chosen."""
    if theme == "both":
        return f"{LIGHT}@media (prefers-color-scheme: dark) {{{DARK}}}\n{ALWAYS}"
    return (LIGHT if theme == "light" else DARK) + ALWAYS


def timeline_chart(
    timeline: Timeline, *, theme: Theme = "both", inline: Inline | None = None
) -> str:
    """Draw a timeline as an SVG file, or as an element of a page where `inline` says how."""
    said = timeline.said
    left_out = any(each.day is None for each in said)
    known = sorted(each.day for each in said if each.day) or [date(2000, 1, 1)]
    axis = scale(
        known[0], known[-1], left=LEFT, width=WIDTH - LEFT - RIGHT - (APART if left_out else 0)
    )
    lanes = _lanes(said, axis)
    parts = list[str]()
    at = 24 if inline else 84
    parts += _legend(said, at - 8 if inline else 76)
    at += 20
    top = at
    roles = _shown(timeline.roles, axis)
    if roles:
        parts += _roles(roles, len(timeline.roles) - len(roles), axis, at)
        at += 18 + ROLE * len(roles) + 14
    many = len(said) > (inline.max_marks if inline else MAX_MARKS)
    drawn, at = _drawn(lanes, axis, at, many=many, inline=inline)
    height = at + 52
    body = [*_grid(axis, top, at), *parts, *drawn, *_axis(axis, at, left_out=left_out)]
    head = [] if inline else _head(timeline, theme, height)
    titles = [
        f"<title>{safe(timeline.speaker.name)}: quotes over time</title>",
        f"<desc>{safe(_described(timeline, lanes))}</desc>",
    ]
    return "\n".join([_opening(height, inline=inline), *titles, *head, *body, "</svg>"]) + "\n"


def _opening(height: int, *, inline: Inline | None) -> str:
    """Return the opening tag: a picture as a file; a group in a page, since it holds links."""
    size = f'viewBox="0 0 {WIDTH} {height}"' + (
        "" if inline else f' width="{WIDTH}" height="{height}"'
    )
    return f'<svg xmlns="{SVG}" {size} role="{"group" if inline else "img"}" {FONT}>'


def _head(timeline: Timeline, theme: Theme, height: int) -> list[str]:
    """Return the colours, the background and the heading that a file has of its own."""
    return [
        f"<style>{style(theme)}</style>",
        f'<rect width="{WIDTH}" height="{height}" class="paper"/>',
        text(24, 34, fitted(timeline.speaker.name, 700, 22), size=22, weight="600"),
        text(24, 56, _about(timeline), style="dim"),
    ]


def tip(said: Said) -> str:
    """What hovering shows: when, where, how; the words; the article."""
    head = " · ".join(
        part
        for part in (when(said), said.outlet, said.role, TYPE_NAMES.get(said.type, said.type))
        if part
    )
    return "\n".join(part for part in (head, f"“{said.words}”", said.title, said.url) if part)


def _about(timeline: Timeline) -> str:
    known = [each.day for each in timeline.said if each.day]
    span = f" · {period_text(min(known), max(known))}" if known else ""
    return f"{timeline.speaker.kind or 'speaker'} · {counted(timeline)}{span}"


def _described(timeline: Timeline, lanes: Sequence[_Lane]) -> str:
    """The figures of the chart in words, for who cannot see it."""
    types = Counter(each.type for each in timeline.said)
    outlets = "; ".join(f"{lane.name}: {lane.size}" for lane in lanes)
    roles = "; ".join(
        f"{r.role}: {date_text(r.first)} to {date_text(r.last)}"
        for r in leading(timeline.roles, ROLES)
    )
    return ". ".join(
        part
        for part in (
            counted(timeline),
            ", ".join(f"{types[t]} {TYPE_NAMES[t]}" for t in TYPES if types[t]),
            f"By outlet: {outlets}" if outlets else "",
            f"Roles: {roles}" if roles else "",
        )
        if part
    )


def _lanes(said: Sequence[Said], axis: Scale) -> list[_Lane]:
    """The quotes by outlet, those of the most quotes first; small outlets of a large number share one lane."""
    sizes = Counter(each.outlet or NOBODY for each in said)
    order = sorted(sizes, key=lambda name: (-sizes[name], name))
    own = order if len(order) <= LANES else order[: LANES - 1]
    lanes = {name: _Lane(name, {}, sizes[name]) for name in own}
    if len(order) > len(own):
        lanes[OTHERS] = _Lane(
            f"{len(order) - len(own)} {OTHERS}",
            {},
            sum(sizes[name] for name in order if name not in lanes),
        )
    for number, each in enumerate(said):
        lane = lanes.get(each.outlet or NOBODY) or lanes[OTHERS]
        lane.steps.setdefault(axis.at(each.day) if each.day else None, []).append((number, each))
    return list(lanes.values())


def _shown(roles: Sequence[RoleSpan], axis: Scale) -> tuple[RoleSpan, ...]:
    """The roles seen within the time of the chart that the most articles print."""
    there = [
        r
        for r in roles
        if r.first and r.last and r.first < axis.starts[-1] and r.last >= axis.starts[0]
    ]
    return leading(there, ROLES)


def _roles(roles: Sequence[RoleSpan], more: int, axis: Scale, top: float) -> Iterator[str]:
    yield text(24, top + 13, "named as", style="dim")
    if more:
        yield text(24, top + 30, f"{more} more not shown", style="dim", size=11)
    for number, role in enumerate(roles):
        assert role.first is not None
        assert role.last is not None
        y = top + ROLE * number
        left, right = axis.x(role.first), max(axis.x(role.last), axis.x(role.first) + 5)
        right = min(max(right, left + 5), axis.left + axis.width)
        seen = f"{role.role}\n{period_text(role.first, role.last)} · in {role.documents} article{'' if role.documents == 1 else 's'}"
        yield box(
            min(left, right - 5),
            y,
            max(right - left, 5),
            ROLE - 6,
            style="role",
            round_=3,
            title=seen,
        )
        yield _band_text(role.role, left, right, y + 13, axis)


def _band_text(words: str, left: float, right: float, y: float, axis: Scale) -> str:
    """The words of a role inside its band, else beside it where there is more room."""
    after, before = axis.left + axis.width - right - 6, left - axis.left - 6
    if wide(words) <= right - left - 8 or right - left - 8 > max(after, before):
        return text(left + 5, y, fitted(words, right - left - 8))
    if wide(words) <= after or after >= before:
        return text(right + 6, y, fitted(words, after))
    return text(left - 6, y, fitted(words, before), anchor="end")


def _drawn(
    lanes: Sequence[_Lane], axis: Scale, top: int, *, many: bool, inline: Inline | None
) -> tuple[list[str], int]:
    """The lanes one below the other, and where they end."""
    mark = next(
        (
            size
            for size in SIZES
            if sum(lane.high(_fit(axis, size), size) for lane in lanes) <= HIGH
        ),
        SIZES[-1],
    )
    each = HIGH / max(1, sum(lane.most for lane in lanes))  # the height of a quote in a bar
    parts, at = list[str](), top
    for lane in lanes:
        high = max(16, round(lane.most * each) if many else lane.high(_fit(axis, mark), mark))
        at += high + (LANE if lane is not lanes[0] else 6)
        parts.append(line(LEFT, at, WIDTH - RIGHT, at))
        parts.append(text(24, at - 2, fitted(lane.name, LEFT - 80)))
        parts.append(text(LEFT - 14, at - 2, f"{lane.size:,}", anchor="end", style="dim"))
        for step, held in lane.steps.items():
            x, width = _place(axis, step)
            if many:
                parts += _bar(
                    held,
                    lane.name,
                    x,
                    width,
                    at,
                    each,
                    axis.name(step) if step is not None else UNKNOWN,
                )
            else:
                parts += _marks(held, x, width, at, mark, _fit(axis, mark), inline=inline)
    return parts, at


def _place(axis: Scale, step: int | None) -> tuple[float, float]:
    """Where a step begins and how wide it is."""
    return (
        (axis.left + axis.step * step, axis.step)
        if step is not None
        else (axis.left + axis.width + 8, APART - 8)
    )


def _fit(axis: Scale, mark: int) -> int:
    """How many marks stand side by side in a step."""
    return max(1, min(int((axis.step - 2) // mark), 12))


def _marks(
    held: Sequence[tuple[int, Said]],
    x: float,
    width: float,
    floor: float,
    mark: int,
    fit: int,
    *,
    inline: Inline | None,
) -> Iterator[str]:
    """A mark for each quote, heaped up from the floor, those of one type together."""
    ordered = sorted(
        held, key=lambda each: TYPES.index(each[1].type) if each[1].type in TYPES else len(TYPES)
    )
    begin = x + (width - min(fit, len(ordered)) * mark) / 2
    gap = 1 if mark <= 6 else 2
    for place, (number, said) in enumerate(ordered):
        named = f"mark {said.type}" + ("" if said.exact else " hollow")
        side, round_ = mark - gap, (mark - gap) / 2 if mark >= 7 else 0.5
        left, top = begin + place % fit * mark, floor - 2 - (place // fit + 1) * mark
        if inline:
            drawn = box(left, top, side, side, style=named, round_=round_)
            yield inline.mark(number, said, drawn)
        else:
            yield box(left, top, side, side, style=named, round_=round_, title=tip(said))


def _bar(
    held: Sequence[tuple[int, Said]],
    outlet: str,
    x: float,
    width: float,
    floor: float,
    each: float,
    name: str,
) -> Iterator[str]:
    """A bar for the quotes of each type, one upon the other."""
    types, top = Counter(said.type for _, said in held), floor
    for type_ in TYPES:
        if types[type_]:
            top -= types[type_] * each
            seen = f"{name} · {outlet}\n{types[type_]:,} {TYPE_NAMES[type_]} quotes"
            yield box(
                x + 1,
                top,
                max(1.0, width - 2),
                types[type_] * each,
                style=f"mark {type_}",
                title=seen,
            )


def _legend(said: Sequence[Said], y: float) -> Iterator[str]:
    """What the colours mean, with the numbers, at the right."""
    types = Counter(each.type for each in said)
    entries = [(f"mark {t}", f"{TYPE_NAMES[t]} {types[t]:,}") for t in TYPES if types[t]]
    if any(each.day is not None and not each.exact for each in said):
        entries.append(("mark indirect hollow", "day not exactly known"))
    x = WIDTH - RIGHT - sum(wide(words) + 30 for _, words in entries)
    for named, words in entries:
        yield box(x + 8, y - 9, 10, 10, style=named, round_=5)
        yield text(x + 23, y, words)
        x += wide(words) + 30


def _grid(axis: Scale, top: float, bottom: float) -> Iterator[str]:
    for x, _, _ in axis.labels():
        yield line(x, top, x, bottom)


def _axis(axis: Scale, floor: float, *, left_out: bool) -> Iterator[str]:
    yield line(LEFT, floor, axis.left + axis.width, floor, style="axis")
    for x, words, year in axis.labels():
        yield text(x, floor + 18, words, anchor="middle", style="dim")
        if year:
            yield text(x, floor + 34, year, anchor="middle", weight="600")
    if left_out:
        yield text(
            axis.left + axis.width + APART / 2 + 4, floor + 18, "day", anchor="middle", style="dim"
        )
        yield text(
            axis.left + axis.width + APART / 2 + 4,
            floor + 34,
            "unknown",
            anchor="middle",
            style="dim",
            size=11,
        )
    yield text(24, floor + 18, f"marks by {axis.unit}", style="dim", size=11)
