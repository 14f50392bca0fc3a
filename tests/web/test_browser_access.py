"""Every page in a real browser: no barrier for readers, none of it wider than a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from quotes.records import ReviewRequest
from tests.browser import WAIT, Newsroom, sign_in, verify_draft

PAGES = (
    "/search",
    "/search?q=Prices+will+rise+again+in+March",
    "/article?id=harbour",
    "/speakers",
    "/speaker/anna-lindqvist",
    "/speaker/anna-lindqvist/same",
    "/review",
    "/statements",
    "/clusters",
    "/guide",
    "/texts?q=prices",
    "/collection",
    "/articles",
    "/reviews",
    "/add",
    "/verify",
    "VERIFIED",
    "/failures",
    "/review/after",
    "/check?words=We+will+fight+it",
    "/search?since=x",
    "QUOTE",
    "STATEMENT",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_barrier_on_any_page(
    chromium: Any, newsroom: Newsroom, root: Path, scheme: str
) -> None:
    axe = (root / "tests" / "vendor" / "axe.min.js").read_text(encoding="utf-8")
    context = chromium.new_context(base_url=newsroom.address, color_scheme=scheme, bypass_csp=True)
    opened = context.new_page()
    opened.set_default_timeout(WAIT)
    quote = newsroom.store.quotes_of("harbour")[0].id
    newsroom.store.review(
        ReviewRequest(action="accept", by="Ada", quote=newsroom.store.quotes_of("harbour")[1].id)
    )
    signed_in = False
    for address in (*PAGES, "SIGN", *PAGES):
        if address == "SIGN":
            opened.goto(f"/quote/{quote}")
            sign_in(opened)
            signed_in = True
            continue
        if address == "VERIFIED":
            verify_draft(opened)
        else:
            named = {"QUOTE": f"/quote/{quote}", "STATEMENT": f"/statement/{quote}"}
            opened.goto(named.get(address, address))
        opened.wait_for_load_state("networkidle")
        opened.evaluate(axe)
        found = opened.evaluate("async () => axe.run(document)")
        assert len(found["passes"]) > 10  # it did look
        serious = [
            (v["id"], [n["html"][:160] for n in v["nodes"][:3]])
            for v in found["violations"]
            if v["impact"] in ("serious", "critical")
        ]
        assert serious == [], (address, scheme, signed_in)
    context.close()


def test_pages_fit_a_phone_and_do_not_jump(chromium: Any, newsroom: Newsroom) -> None:
    context = chromium.new_context(
        base_url=newsroom.address, viewport={"width": 360, "height": 740}
    )
    opened = context.new_page()
    opened.set_default_timeout(WAIT)
    opened.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => {"
        " for (const e of list.getEntries()) shift += e.hadRecentInput ? 0 : e.value;"
        "}).observe({type: 'layout-shift', buffered: true});"
    )
    for address in (
        "/search",
        "/article?id=harbour",
        "/speaker/anna-lindqvist",
        "/review",
        "/collection",
        "/add",
        "/verify",
    ):
        opened.goto(address)
        opened.wait_for_load_state("networkidle")
        assert opened.evaluate("document.documentElement.scrollWidth") <= 360, address
        assert opened.evaluate("window.shift") < 0.1, address  # what browsers call good
    context.close()


SMALL = """() => [...document.querySelectorAll(
    "a, button, summary, input:not([type=hidden]), select, textarea")]
  .filter(e => e.checkVisibility() && !e.closest("svg, #text, .skip, .visually-hidden"))
  .filter(e => { const box = e.getBoundingClientRect(); return box.height < 23.5 || box.width < 20})
  .map(e => e.outerHTML.slice(0, 120))"""


def test_what_is_tapped_on_a_phone_is_at_least_24_pixels_high(
    chromium: Any, newsroom: Newsroom
) -> None:
    context = chromium.new_context(
        base_url=newsroom.address, viewport={"width": 390, "height": 844}, has_touch=True,
        is_mobile=True,
    )  # fmt: skip
    opened = context.new_page()
    opened.set_default_timeout(WAIT)
    quote = newsroom.store.quotes_of("harbour")[0].id
    opened.goto("/review")
    sign_in(opened)
    newsroom.store.review(ReviewRequest(action="accept", by="Ada", quote=quote))
    small = list[tuple[str, str]]()
    for address in PAGES:
        if address != "VERIFIED":
            named = {"QUOTE": f"/quote/{quote}", "STATEMENT": f"/statement/{quote}"}
            opened.goto(named.get(address, address))
            small += [(address, each) for each in opened.evaluate(SMALL)]
    context.close()
    assert not small, "\n".join(f"{address} {each}" for address, each in small)
