"""The reliability diagram: well-formed SVG that loads nothing, with its points in place."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from quotes.evaluation.calibration import reliability
from quotes.output.charts.reliability import LEFT, SIDE, TOP, reliability_plot

SVG = "{http://www.w3.org/2000/svg}"
REVIEWED = [(0.95, True)] * 9 + [(0.95, False)] + [(0.25, True)] + [(0.25, False)] * 3


def circles(svg: str) -> list[tuple[float, float]]:
    """The points as mean confidence and share right."""
    found = ElementTree.fromstring(svg).iter(f"{SVG}circle")
    return [
        ((float(c.attrib["cx"]) - LEFT) / SIDE, 1 - (float(c.attrib["cy"]) - TOP) / SIDE)
        for c in found
    ]


def test_points_stand_at_confidence_and_share_right() -> None:
    assert circles(reliability_plot(reliability(REVIEWED))) == [
        pytest.approx((0.25, 0.25), abs=0.01),
        pytest.approx((0.95, 0.9), abs=0.01),
    ]


def test_the_figures_can_be_read_without_seeing() -> None:
    root = ElementTree.fromstring(reliability_plot(reliability(REVIEWED), title="R & D <news>"))
    assert root.attrib["role"] == "img"
    assert root.findtext(f"{SVG}title") == "R & D <news>"
    assert (
        root.findtext(f"{SVG}desc")
        == "confidence 0.2 to 0.3: 4 quotes, 25% right; confidence 0.9 to 1.0: 10 quotes, 90% right"
    )


def test_without_quotes_there_is_an_empty_plot() -> None:
    svg = reliability_plot(reliability([]))
    assert circles(svg) == []
    assert "no quotes" in svg


def test_nothing_is_loaded() -> None:
    svg = reliability_plot(reliability(REVIEWED))
    assert "href" not in svg
    assert "url(" not in svg
    assert svg.count("http") == 1
