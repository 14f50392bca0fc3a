"""The errors of an evaluation as one self-contained HTML page: each in its sentence and its tree.

In: documents with their errors and parses. Out: the text of the page. All text of articles is
escaped; the page may load nothing, and run no script but its own (Content-Security-Policy).
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from quotes.evaluation.error_report import (
    Error,
    ErrorKind,
    excerpts,
    marked_html,
    sentence_of,
)
from quotes.output.charts.tree import span_kinds, tree_svg
from quotes.output.terminal.safe_text import replace_unprintable
from quotes.records import Document, Parse

KINDS: dict[ErrorKind, str] = {
    "miss": "misses",
    "false alarm": "false alarms",
    "wrong source": "wrong sources",
    "wrong speaker": "wrong speakers",
    "wrong role": "wrong roles",
    "wrong day": "wrong days",
    "wrong reporters": "wrong reporters",
}

STYLE = """
:root { color-scheme: light; --source: #14713d; --cue: #a8450d; --content: #1d5fae; }
body { font: 16px/1.5 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; color: #1b1b1b; }
body { margin: 0 auto; max-width: 76rem; padding: 0 1rem 4rem; }
header { position: sticky; top: 0; z-index: 1; padding: .6rem 0; }
header { background: #fff; border-bottom: 1px solid #bbb; }
h1 { font-size: 1.2rem; margin: 0 0 .3rem; }
header label { margin-right: 1rem; white-space: nowrap; }
article { border-bottom: 1px solid #ddd; padding: .8rem 0; }
article { content-visibility: auto; contain-intrinsic-size: auto 320px; }
article[hidden] { display: none; }
h2 { font-size: .85rem; font-weight: normal; color: #444; margin: 0; }
h2 b { color: #1b1b1b; }
p { margin: .3rem 0; white-space: pre-line; }
p b { display: inline-block; min-width: 6.5rem; }
p b { font-size: .8rem; font-weight: normal; color: #555; }
mark { background: none; color: inherit; border-bottom: 2px solid; }
mark.content { border-color: var(--content); background: #e8f1fc; }
mark.source { border-color: var(--source); background: #dff3e6; }
mark.cue { border-color: var(--cue); background: #fdeadf; }
.tree { overflow-x: auto; }
.no-trees .tree { display: none; }
svg text { font-size: 13px; text-anchor: middle; }
svg .label text { font-size: 9px; fill: #555; }
svg .pos text { font-size: 9px; fill: #777; }
svg text.root { font-weight: bold; }
svg path { fill: none; stroke: #999; }
svg line { stroke-width: 4; }
svg line.found { stroke-dasharray: 3 2; }
svg line.source { stroke: var(--source); }
svg line.cue { stroke: var(--cue); }
svg line.content { stroke: var(--content); }
"""

SCRIPT = """
const all = [...document.querySelectorAll("article")];
const form = document.querySelector("form");
function choose() {
  const kinds = [...form.querySelectorAll("[name=kind]:checked")].map(box => box.value);
  const rule = form.rule.value, type = form.type.value;
  let shown = 0;
  for (const one of all) {
    const fits = kinds.includes(one.dataset.kind) && (!rule || one.dataset.rule === rule)
      && (!type || one.dataset.type === type);
    one.hidden = !fits;
    shown += fits;
  }
  document.querySelector("output").textContent = shown + " of " + all.length + " shown";
  document.body.classList.toggle("no-trees", !form.trees.checked);
}
form.addEventListener("change", choose);
choose();
"""


def error_page(
    items: Iterable[tuple[Document, Sequence[Error], Parse]], *, title: str = "Errors"
) -> str:
    """Return the page of all errors, article by article."""
    cards = [
        (error, _card(document, error, parse))
        for document, errors, parse in items
        for error in errors
    ]
    counts = Counter(error.kind for error, _ in cards)
    rules = sorted({error.quote.rule for error, _ in cards if error.quote})
    return "".join(
        [
            _head(title),
            _filters(title, counts, rules),
            *(card for _, card in cards),
            f"<script>{SCRIPT}</script></body></html>\n",
        ]
    )


def _head(title: str) -> str:
    """Return the head of the page, with its style and its policy."""
    allowed = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{allowed}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{_escaped(title)}</title><style>{STYLE}</style></head><body>\n"
    )


def _filters(title: str, counts: Counter[ErrorKind], rules: Iterable[str]) -> str:
    """Return the header of the page, where a reader selects errors."""
    boxes = (
        f'<label><input type="checkbox" name="kind" value="{kind}" checked> '
        f"{counts[kind]} {plural}</label>"
        for kind, plural in KINDS.items()
        if counts[kind]
    )
    return (
        f"<header><h1>{_escaped(title)}</h1><form>{''.join(boxes)}"
        f"<label>rule {_choice('rule', rules)}</label>"
        f"<label>type {_choice('type', ('direct', 'mixed', 'indirect'))}</label>"
        '<label><input type="checkbox" name="trees" checked> trees</label> <output></output></form>'
        '<p><mark class="source">source</mark> <mark class="cue">cue</mark> '
        '<mark class="content">content</mark>; '
        "under a tree: the upper line as annotated, the lower one as found</p></header>\n"
    )


def _choice(name: str, values: Iterable[str]) -> str:
    """Return a selection of one value or all."""
    options = "".join(
        f'<option value="{_escaped(value)}">{_escaped(value)}</option>' for value in values
    )
    return f'<select name="{name}"><option value="">all</option>{options}</select>'


def _card(document: Document, error: Error, parse: Parse) -> str:
    """Return an error with its text and its tree."""
    text = document.text
    within = excerpts(text, error.spans(), parse)
    quote = error.quote
    rule = quote.rule if quote else ""
    lines = [
        f'<article data-kind="{error.kind}" data-rule="{_escaped(rule)}" data-type="{error.type}">',
        f"<h2>{_heading(document, error)}</h2>",
    ]
    if error.attribution:
        lines.append(f"<p><b>annotated</b>{marked_html(text, within, error.attribution)}</p>")
    if quote:
        label = "overlaps" if error.kind == "miss" else "found"
        lines.append(f"<p><b>{label}</b>{marked_html(text, within, quote)}</p>")
    if error.note:
        lines.append(f"<p>{_escaped(error.note)}</p>")
    return "".join([*lines, *_tree(error, parse), "</article>\n"])


def _heading(document: Document, error: Error) -> str:
    """Return kind, article, rule and confidence of an error."""
    parts = [f"<b>{error.kind}</b>", _escaped(document.id)]
    if error.quote:
        parts += [
            _escaped(error.quote.rule),
            f"{error.quote.confidence:.0%} sure",
            _escaped(error.quote.path),
        ]
    return " · ".join(part for part in parts if part)


def _tree(error: Error, parse: Parse) -> Iterator[str]:
    """Yield the tree of the sentence of an error, if there is a parse of it."""
    sentence = sentence_of(error, parse)
    if sentence is not None:
        drawn = tree_svg(
            sentence,
            annotated=span_kinds(sentence, error.attribution),
            found=span_kinds(sentence, error.quote),
        )
        yield f'<div class="tree">{drawn}</div>'


def _escaped(text: str) -> str:
    """Return a text as HTML."""
    return escape(replace_unprintable(text))
