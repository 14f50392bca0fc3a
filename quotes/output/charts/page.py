"""A timeline as one self-contained HTML page: the chart, and below it each quote and its articles.

In: a timeline. Out: the text of the page. It works offline, and without its script, which adds
hovering and searching; it may load nothing, and run no script but its own
(Content-Security-Policy). All text of articles is escaped, and only web addresses are links.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from quotes.output.charts.drawing import safe
from quotes.output.charts.inline import MAX_MARKS, Inline
from quotes.output.charts.timeline import style, timeline_chart
from quotes.output.terminal.timeline import extras, heading, labelled, prints_text, reviewed
from quotes.text.folding import fold_case
from quotes.timeline.said import Said, when

if TYPE_CHECKING:
    from quotes.timeline import Timeline

LIGHT = """
  --paper: #fff; --ink: #1f2328; --dim: #656d76; --rule: #d8dee4; --shade: #f3f6f9;
  --link: #0b5cad; --direct: #0b5cad; --mixed: #9a6fc4; --indirect: #dc8a26;
"""
DARK = """
  --paper: #14181d; --ink: #e6edf3; --dim: #9aa4af; --rule: #2f3740; --shade: #1d232a;
  --link: #5aa9f5; --direct: #5aa9f5; --mixed: #c29bea; --indirect: #f0a94b;
"""
STYLE = (
    f":root {{ color-scheme: light dark; {LIGHT} }}\n"
    f"@media (prefers-color-scheme: dark) {{ :root {{ {DARK} }} }}"
    """
body { font: 16px/1.5 system-ui, "Segoe UI", "Liberation Sans", Helvetica, Arial, sans-serif; }
body { color: var(--ink); background: var(--paper); }
body { margin: 0 auto; max-width: 70rem; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0; }
header p { color: var(--dim); margin: .3rem 0 0; }
.chart { overflow-x: auto; margin: 1rem 0; }
.chart svg { display: block; min-width: 700px; width: 100%; height: auto; }
.chart a:hover rect, .chart a.chosen rect { stroke: var(--ink); stroke-width: 2; fill-opacity: 1; }
.chart a.faint { opacity: .12; }
form { position: sticky; top: 0; z-index: 1; display: none; padding: .5rem 0; }
form { background: var(--paper); border-bottom: 1px solid var(--rule); }
.live form { display: block; }
input { font: inherit; width: min(24rem, 60%); padding: .3rem .6rem; }
input { color: inherit; background: var(--shade); }
input { border: 1px solid var(--rule); border-radius: .4rem; }
output { color: var(--dim); margin-left: .6rem; }
ol { list-style: none; margin: 0; padding: 0; }
li { border-bottom: 1px solid var(--rule); padding: .8rem 0 .8rem .9rem; }
li { border-left: 4px solid transparent; scroll-margin-top: 4rem; }
li { content-visibility: auto; contain-intrinsic-size: auto 9rem; }
li:target { background: var(--shade); }
li[hidden] { display: none; }
li.direct, #tip.direct { border-left-color: var(--direct); }
li.mixed, #tip.mixed { border-left-color: var(--mixed); }
li.indirect, #tip.indirect { border-left-color: var(--indirect); }
p { margin: .15rem 0; overflow-wrap: anywhere; }
.about, .where, .around { color: var(--dim); font-size: .875rem; }
.about b { color: var(--ink); }
.words { font-size: 1.05rem; }
a { color: var(--link); }
#tip { position: fixed; z-index: 2; max-width: min(30rem, 90vw); max-height: 60vh; }
#tip { overflow: auto; padding: .5rem .8rem; background: var(--paper); }
#tip { border: 1px solid var(--rule); border-left: 4px solid; border-radius: .3rem; }
#tip { box-shadow: 0 4px 20px #0004; }
#tip .around { display: none; }
@media print { form, #tip { display: none; } li { break-inside: avoid; } }
"""
)

SCRIPT = """
const marks = [...document.querySelectorAll(".chart a")];
const list = [...document.querySelectorAll("li")];
const tip = document.getElementById("tip"), form = document.querySelector("form");
const typed = document.querySelector("input"), found = document.querySelector("output");
const quote = mark => document.getElementById(mark.getAttribute("href").slice(1));
let leaving;
function show(mark) {
  const item = quote(mark), at = mark.getBoundingClientRect();
  clearTimeout(leaving);
  tip.replaceChildren(...[...item.children].map(part => part.cloneNode(true)));
  tip.className = item.className;
  tip.hidden = false;
  const wide = tip.offsetWidth, high = tip.offsetHeight;
  tip.style.left = Math.max(8, Math.min(at.left, innerWidth - wide - 8)) + "px";
  const below = at.bottom + high + 8 < innerHeight;
  tip.style.top = (below ? at.bottom + 6 : Math.max(8, at.top - high - 6)) + "px";
}
function hide() {
  clearTimeout(leaving);
  leaving = setTimeout(() => { tip.hidden = true; }, 250);
}
for (const mark of marks) {
  mark.addEventListener("pointerenter", () => show(mark));
  mark.addEventListener("pointerleave", hide);
}
tip.addEventListener("pointerenter", () => clearTimeout(leaving));
tip.addEventListener("pointerleave", hide);
addEventListener("keydown", event => { if (event.key === "Escape") tip.hidden = true; });
addEventListener("scroll", () => { tip.hidden = true; });
const texts = list.map(item => item.textContent.toLowerCase());
const byId = new Map(list.map(item => [item.id, []]));
marks.forEach(mark => byId.get(mark.getAttribute("href").slice(1))?.push(mark));
function search() {
  const words = typed.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let shown = 0;
  list.forEach((item, number) => {
    item.hidden = !words.every(word => texts[number].includes(word));
    shown += !item.hidden;
    byId.get(item.id)?.forEach(mark => mark.classList.toggle("faint", item.hidden));
  });
  found.textContent = words.length ? shown + " of " + list.length : "";
}
form.addEventListener("input", search);
form.addEventListener("submit", event => event.preventDefault());
document.body.classList.add("live");
"""


def timeline_page(timeline: Timeline) -> str:
    """Return the page of a timeline.

    A statement that several articles print stands in the list once, as it was first printed, with
    the others below; the chart has all prints. Of more than MAX_MARKS statements the list has only
    the first, and the chart shows many quotes as bars.
    """
    prints = timeline.prints
    first = {each.id: key for key, others in prints.items() for each in others}
    name = safe(timeline.speaker.name)
    listed = [said for said in timeline.said if said.id not in first]
    css = STYLE + style("both")
    about = heading(timeline).partition(" · ")[2]  # without the name
    places = {said.id: number for number, said in enumerate(listed)}
    inline = Inline(lambda _, said: f"#q{places[first.get(said.id, said.id)]}", tooltips=False)
    more = (
        f"<p>Listed below: the first {MAX_MARKS:,} of {len(listed):,} quotes.</p>"
        if len(listed) > MAX_MARKS
        else ""
    )
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f'<meta http-equiv="Content-Security-Policy" content="{content_policy(css, SCRIPT)}">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{name}: quotes over time</title><style>{css}</style></head><body>",
        f"<header><h1>{name}</h1><p>{safe(about)}</p>{more}</header>",
        f'<div class="chart">{timeline_chart(timeline, inline=inline)}</div>',
        '<form><input type="search" aria-label="Find words" placeholder="Find words">',
        "<output></output></form>",
        "<ol>",
        *(_item(n, said, prints.get(said.id, ())) for n, said in enumerate(listed[:MAX_MARKS])),
        "</ol>",
        '<div id="tip" hidden></div>',
        f"<script>{SCRIPT}</script></body></html>",
    ]
    return "\n".join(parts) + "\n"


def _item(number: int, said: Said, others: Sequence[Said]) -> str:
    """Return the entry of a statement in the list, with its later prints."""
    parts = "".join((*_parts(said), *_also(said, others)))
    return f'<li id="q{number}" class="{escape(said.type)}">{parts}</li>'


def _also(said: Said, others: Sequence[Said]) -> Iterator[str]:
    """Yield where else a statement stands, each article with its outlet."""
    if not others:
        return
    count, reworded = prints_text(said, others)
    articles = (
        (f"{safe(each.outlet)}: " if each.outlet else "") + _article(each) for each in others
    )
    yield f'<p class="where">+ {safe(count)}: {", ".join(articles)}{safe(reworded)}</p>'


def _parts(said: Said) -> Iterator[str]:
    """Yield when and how a quote was said, its words in their context, and its article."""
    known = [
        said.outlet,
        said.role,
        said.cue,
        said.type,
        f"{said.probability:.0%} sure",
    ]
    known.append(reviewed(said) if said.review else None)
    how = " · ".join(safe(part) for part in known if part)
    yield f'<p class="about"><b>{safe(when(said))}</b> · {how}</p>'
    if said.before:
        yield f'<p class="around" dir="auto">{safe(said.before)}</p>'
    yield f'<p class="words" dir="auto">{safe(labelled(said))}</p>'
    if said.after:
        yield f'<p class="around" dir="auto">{safe(said.after)}</p>'
    more = extras(said)
    yield f'<p class="where">{_article(said)}{" · " + safe(more) if more else ""}</p>'


def _article(said: Said) -> str:
    """Return the title of the article, as a link to its web address or with its path."""
    title, url = said.title or said.document, said.url or ""
    if fold_case(url).startswith(("http://", "https://")):
        return f'<a href="{safe(url)}" rel="noreferrer noopener">{safe(title)}</a>'
    return safe(title) + (f" · {safe(url)}" if url and url != title else "")


def content_policy(css: str, script: str = "") -> str:
    """Return a policy that allows nothing but the page's own style and script.

    Styles that the script sets on elements need no permission.
    """
    scripts = f"script-src '{_digest(script)}'; " if script else ""
    return (
        f"default-src 'none'; style-src '{_digest(css)}'; {scripts}"
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    """Return the SHA-256 of a text as a policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
