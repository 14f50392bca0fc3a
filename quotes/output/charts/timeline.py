"""A timeline as SVG: quotes as marks over time, a row for each outlet, and roles as bands above.

In: a timeline. Out: an SVG file, or the same chart as an element of a page (`Inline`). Up to
MAX_MARKS quotes each is a mark of its own, and hovering shows the words; of more, bars are drawn. A
mark is hollow where only the week is known, and stands apart where not even that is
known at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from quotes.identity import RoleSpan
from quotes.output.charts.drawing import FONT, SVG, box, fitted, line, safe, text, wide
from quotes.output.charts.inline import MAX_MARKS, Inline
from quotes.output.charts.scale import Scale, scale
from quotes.output.dates import UNKNOWN, period_text
from quotes.output.numbers import count_of
from quotes.output.terminal.timeline import counted, labelled, period_words
from quotes.timeline.leading_roles import leading
from quotes.timeline.said import Said, when

if TYPE_CHECKING:
    from quotes.timeline import Timeline

Theme = Literal["light", "dark", "both"]

MAX_ROLES, MAX_LANES = 8, 12  # small outlets share the last lane
# In pixels.
WIDTH, LEFT, RIGHT = 1000, 200, 24  # of the chart; its margins
UNDATED_WIDTH = 46  # for quotes of an unknown date
LANES_HEIGHT = 320  # of all lanes together, if marks can be made small enough
MARK_SIZES = (14, 12, 10, 8, 7, 6, 5, 4, 3)  # with the space to the next mark
ROLE_HEIGHT = 24
LANE_GAP = 20

OTHER_OUTLETS, UNKNOWN_OUTLET = "other outlets", "outlet unknown"
TYPES = ("direct", "mixed", "indirect")

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
.step { fill: transparent; }
.step:hover { fill: #8883; }
.hollow { fill-opacity: 0.15; stroke-width: 1; }
"""


@dataclass(frozen=True, slots=True)
class _Lane:
    """The quotes of one outlet, by step of the scale (None: date unknown).

    `outlet` is None for a lane of several outlets, and of quotes without one.
    """

    name: str
    outlet: str | None
    steps: dict[int | None, list[tuple[int, Said]]]
    size: int

    @property
    def most(self) -> int:
        """The number of quotes in its fullest step."""
        return max(map(len, self.steps.values()), default=0)

    def high(self, fit: int, mark: int) -> int:
        """Return the height of its marks when `fit` of them stand side by side."""
        return max((-(-len(held) // fit) for held in self.steps.values()), default=0) * mark


def style(theme: Theme) -> str:
    """Return the colours of a light page, a dark one, or the one that the reader chose."""
    if theme == "both":
        return f"{LIGHT}@media (prefers-color-scheme: dark) {{{DARK}}}\n{ALWAYS}"
    return (LIGHT if theme == "light" else DARK) + ALWAYS


def timeline_chart(
    timeline: Timeline, *, theme: Theme = "both", inline: Inline | None = None
) -> str:
    """Draw a timeline as an SVG file, or as an element of a page where `inline` says how."""
    said = timeline.said
    undated = any(each.drawn_day is None for each in said)
    known = sorted(each.drawn_day for each in said if each.drawn_day) or [date(2000, 1, 1)]
    axis = scale(
        known[0],
        known[-1],
        left=LEFT,
        width=WIDTH - LEFT - RIGHT - (UNDATED_WIDTH if undated else 0),
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
        at += 18 + ROLE_HEIGHT * len(roles) + 14
    many = len(said) > (inline.max_marks if inline else MAX_MARKS)
    drawn, at = _drawn(lanes, axis, at, many=many, inline=inline)
    height = at + 52
    body = [
        *_grid(axis, top, at),
        *_axis(axis, at, undated=undated),
        *(_steps(lanes, axis, top, at, inline) if inline and inline.only else ()),
        *parts,
        *drawn,
    ]
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
    """Return what hovering shows: when, where and how; the words; the article."""
    head = " · ".join(part for part in (when(said), said.outlet, said.role, said.type) if part)
    return "\n".join(part for part in (head, labelled(said), said.title, said.url) if part)


def _about(timeline: Timeline) -> str:
    """Return the kind of speaker, the number of quotes, and the time."""
    period = timeline.whole().period
    span = f" · {period_words(period)}" if period else ""
    return f"{timeline.speaker.kind or 'speaker'} · {counted(timeline)}{span}"


def _described(timeline: Timeline, lanes: Sequence[_Lane]) -> str:
    """Return the figures of the chart in words, for those who cannot see it."""
    types = Counter(each.type for each in timeline.said)
    outlets = "; ".join(f"{lane.name}: {lane.size}" for lane in lanes)
    roles = "; ".join(
        f"{r.role}: {period_text(r.first, r.last) if r.first and r.last else UNKNOWN}"
        for r in leading(timeline.roles, MAX_ROLES)
    )
    return ". ".join(
        part
        for part in (
            counted(timeline),
            ", ".join(f"{types[t]} {t}" for t in TYPES if types[t]),
            f"By outlet: {outlets}" if outlets else "",
            f"Roles: {roles}" if roles else "",
        )
        if part
    )


def _lanes(said: Sequence[Said], axis: Scale) -> list[_Lane]:
    """Return a lane for each outlet, the most quoted first; the smallest may share one."""
    sizes = Counter(each.outlet or UNKNOWN_OUTLET for each in said)
    order = sorted(sizes, key=lambda name: (-sizes[name], name))
    own = order if len(order) <= MAX_LANES else order[: MAX_LANES - 1]
    lanes = {
        name: _Lane(name, None if name == UNKNOWN_OUTLET else name, {}, sizes[name]) for name in own
    }
    if len(order) > len(own):
        lanes[OTHER_OUTLETS] = _Lane(
            f"{len(order) - len(own)} {OTHER_OUTLETS}",
            None,
            {},
            sum(sizes[name] for name in order if name not in lanes),
        )
    for number, each in enumerate(said):
        lane = lanes.get(each.outlet or UNKNOWN_OUTLET) or lanes[OTHER_OUTLETS]
        lane.steps.setdefault(axis.at(each.drawn_day) if each.drawn_day else None, []).append(
            (number, each)
        )
    return list(lanes.values())


def _shown(roles: Sequence[RoleSpan], axis: Scale) -> tuple[RoleSpan, ...]:
    """Return the most printed roles that are seen within the time of the chart."""
    there = [
        r
        for r in roles
        if r.first and r.last and r.first < axis.starts[-1] and r.last >= axis.starts[0]
    ]
    return leading(there, MAX_ROLES)


def _roles(roles: Sequence[RoleSpan], more: int, axis: Scale, top: float) -> Iterator[str]:
    """Yield the bands of roles; `more` roles are not shown."""
    yield text(24, top + 13, "named as", style="dim")
    if more:
        yield text(24, top + 30, f"{more} more not shown", style="dim", size=11)
    for number, role in enumerate(roles):
        assert role.first is not None
        assert role.last is not None
        y = top + ROLE_HEIGHT * number
        left, right = axis.x(role.first), max(axis.x(role.last), axis.x(role.first) + 5)
        right = min(max(right, left + 5), axis.left + axis.width)
        articles = count_of(role.documents, "article")
        seen = f"{role.role}\n{period_text(role.first, role.last)} · in {articles}"
        yield box(
            min(left, right - 5),
            y,
            max(right - left, 5),
            ROLE_HEIGHT - 6,
            style="role",
            round_=3,
            title=seen,
        )
        yield _band_text(role.role, left, right, y + 13, axis)


def _band_text(words: str, left: float, right: float, y: float, axis: Scale) -> str:
    """Return the words of a role inside its band, else beside it where there is more room."""
    after, before = axis.left + axis.width - right - 6, left - axis.left - 6
    if wide(words) <= right - left - 8 or right - left - 8 > max(after, before):
        return text(left + 5, y, fitted(words, right - left - 8))
    if wide(words) <= after or after >= before:
        return text(right + 6, y, fitted(words, after))
    return text(left - 6, y, fitted(words, before), anchor="end")


def _drawn(
    lanes: Sequence[_Lane], axis: Scale, top: int, *, many: bool, inline: Inline | None
) -> tuple[list[str], int]:
    """Return the lanes one below the other, and where they end."""
    mark = next(
        (
            size
            for size in MARK_SIZES
            if sum(lane.high(_fit(axis, size), size) for lane in lanes) <= LANES_HEIGHT
        ),
        MARK_SIZES[-1],
    )
    each = LANES_HEIGHT / max(1, sum(lane.most for lane in lanes))  # the height of a quote in a bar
    parts, at = list[str](), top
    for lane in lanes:
        high = max(16, round(lane.most * each) if many else lane.high(_fit(axis, mark), mark))
        at += high + (LANE_GAP if lane is not lanes[0] else 6)
        parts.append(line(LEFT, at, WIDTH - RIGHT, at))
        name = text(24, at - 2, fitted(lane.name, LEFT - 80))
        if inline and lane.outlet:
            name = inline.listed(
                name, f"only {lane.outlet}", outlet=lane.outlet, axis=axis, step=None
            )
        parts.append(name)
        parts.append(text(LEFT - 14, at - 2, f"{lane.size:,}", anchor="end", style="dim"))
        for step, held in lane.steps.items():
            x, width = _place(axis, step)
            if many:
                period = axis.name(step) if step is not None else UNKNOWN
                bar = "".join(_bar(held, lane.name, x, width, at, each, period))
                if inline and step is not None:
                    shown = f"{period} · {lane.name}"
                    bar = inline.listed(bar, shown, outlet=lane.outlet, axis=axis, step=step)
                parts.append(bar)
            else:
                parts += _marks(held, x, width, at, mark, _fit(axis, mark), inline=inline)
    return parts, at


def _place(axis: Scale, step: int | None) -> tuple[float, float]:
    """Return where a step begins and how wide it is."""
    return (
        (axis.left + axis.step * step, axis.step)
        if step is not None
        else (axis.left + axis.width + 8, UNDATED_WIDTH - 8)
    )


def _fit(axis: Scale, mark: int) -> int:
    """Return how many marks stand side by side in a step."""
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
    """Yield a mark for each quote, stacked up from the floor, those of one type together."""
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
            yield inline.mark(number, said, tip(said), drawn)
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
    """Yield a bar for the quotes of each type, stacked."""
    types, top = Counter(said.type for _, said in held), floor
    for type_ in TYPES:
        if types[type_]:
            top -= types[type_] * each
            seen = f"{name} · {outlet}\n{types[type_]:,} {type_} quotes"
            yield box(
                x + 1,
                top,
                max(1.0, width - 2),
                types[type_] * each,
                style=f"mark {type_}",
                title=seen,
            )


def _legend(said: Sequence[Said], y: float) -> Iterator[str]:
    """Yield the legend of the types, with their numbers, at the right."""
    types = Counter(each.type for each in said)
    entries = [(f"mark {t}", f"{t} {types[t]:,}") for t in TYPES if types[t]]
    if any(each.drawn_day is not None and not each.exact for each in said):
        entries.append(("mark indirect hollow", "day of the week unknown"))
    x = WIDTH - RIGHT - sum(wide(words) + 30 for _, words in entries)
    for named, words in entries:
        yield box(x + 8, y - 9, 10, 10, style=named, round_=5)
        yield text(x + 23, y, words)
        x += wide(words) + 30


def _steps(
    lanes: Sequence[_Lane], axis: Scale, top: float, floor: float, inline: Inline
) -> Iterator[str]:
    """Yield an area for each step of time with quotes, which leads to the list of these."""
    counts = Counter[int]()
    for lane in lanes:
        counts.update({s: len(held) for s, held in lane.steps.items() if s is not None})
    for step, count in sorted(counts.items()):
        x, width = _place(axis, step)
        area = box(x, top, width, floor - top + 22, style="step")
        shown = f"{axis.name(step)}: {count_of(count, 'quote')}"
        yield inline.listed(area, shown, outlet=None, axis=axis, step=step)


def _grid(axis: Scale, top: float, bottom: float) -> Iterator[str]:
    """Yield the vertical lines."""
    for x, _, _ in axis.labels():
        yield line(x, top, x, bottom)


def _axis(axis: Scale, floor: float, *, undated: bool) -> Iterator[str]:
    """Yield the axis of time with its labels."""
    yield line(LEFT, floor, axis.left + axis.width, floor, style="axis")
    for x, words, year in axis.labels():
        yield text(x, floor + 18, words, anchor="middle", style="dim")
        if year:
            yield text(x, floor + 34, year, anchor="middle", weight="600")
    if undated:
        x = axis.left + axis.width + UNDATED_WIDTH / 2 + 4
        yield text(x, floor + 18, "date", anchor="middle", style="dim")
        yield text(x, floor + 34, "unknown", anchor="middle", style="dim", size=11)
    yield text(24, floor + 18, f"by {axis.unit}", style="dim", size=11)
