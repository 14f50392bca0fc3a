"""A verification as one self-contained page: the draft on the left, the evidence on the right.

In: a `Verification`. Out: the text of the page. It works offline, runs no script, loads nothing and
prints well. All text of documents is escaped, and only web addresses are links.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from quotes.output.charts.drawing import safe
from quotes.output.charts.page import DARK, LIGHT, content_policy
from quotes.output.dates import date_text
from quotes.output.terminal.statements import difference_parts
from quotes.output.terminal.verification_report import (
    notes_of,
    summary,
    unchecked_line,
    where,
)
from quotes.text.folding import fold_case
from quotes.verification.findings import LABELS, Draft, Evidence, Finding, severity
from quotes.verification.wording import compared_pieces

if TYPE_CHECKING:
    from quotes.verification.verification import Verification

CONTEXT = 160  # characters of the draft before and behind the words
STYLE = (
    f":root {{ color-scheme: light dark; {LIGHT} --good: #1a7f37; --bad: #c62828;"
    " --mid: #9a6700; }\n"
    f"@media (prefers-color-scheme: dark) {{ :root {{ {DARK} --good: #57c26b; --bad: #ff7b72;"
    " --mid: #e3b341; } }"
    """
body { font: 16px/1.5 system-ui, "Segoe UI", "Liberation Sans", Helvetica, Arial, sans-serif; }
body { color: var(--ink); background: var(--paper); }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
header p, .where, .note { color: var(--dim); font-size: .9rem; margin: .2rem 0; }
section { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.5rem; }
section { border-top: 1px solid var(--rule); padding: .8rem 0; break-inside: avoid; }
section > h3 { grid-column: 1 / -1; font-size: 1rem; margin: 0 0 .3rem; }
.good h3 b { color: var(--good); } .mid h3 b { color: var(--mid); } .bad h3 b { color: var(--bad); }
p { margin: .2rem 0; overflow-wrap: anywhere; }
.around, .cut { color: var(--dim); }
mark { background: var(--shade); color: inherit; font-weight: 600; }
del { color: var(--bad); margin-right: .25em; } ins { color: var(--good); }
a { color: var(--link); }
@media (max-width: 45rem) { section { grid-template-columns: 1fr; } }
@media print { body { font-size: 10.5pt; max-width: none; padding: 0; } a { color: inherit; } }
"""
)
TAGS = {"old": "del", "new": "ins", "left out": "ins"}


def page(verification: Verification) -> str:
    """Return the page: the findings of each draft in its order, and a list of the worst first."""
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f'<meta http-equiv="Content-Security-Policy" content="{content_policy(STYLE)}">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>Quotations checked</title><style>{STYLE}</style></head><body>",
        f"<header><h1>Quotations checked</h1><p>{safe(summary(verification))}</p>",
        *(f"<p>not read: {safe(f.message)}</p>" for f in verification.sources.failures),
        *(f"<p>{safe(line)}</p>" for line in (unchecked_line(verification),) if line),
        "<p>“Not found” says that these sources do not have the words, and nothing more.</p>",
        "</header>",
        *_worst(verification),
    ]
    for draft in verification.drafts:
        day = f" · {date_text(draft.published)}" if draft.published else ""
        parts.append(f"<h2>{safe(draft.title or draft.id)}{safe(day)}</h2>")
        for number, finding in enumerate(verification.findings, start=1):
            if finding.claim.document == draft.id:
                parts.append(section(number, finding, draft))
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _worst(verification: Verification) -> Iterator[str]:
    """Yield links to the findings that are worse than trimmed, the worst first."""
    worse = [f for f in verification.worst_first if severity(f.verdict) > severity("reworded")]
    if not worse:
        return
    numbers = {id(finding): n for n, finding in enumerate(verification.findings, start=1)}
    yield "<ol>"
    for finding in worse:
        label, words = LABELS[finding.verdict], safe(finding.claim.words)
        label += ", accepted" if finding.accepted else ""
        words = words if finding.claim.type == "indirect" else f"“{words}”"
        yield f'<li><a href="#f{numbers[id(finding)]}">{safe(label)}</a>: {words}</li>'
    yield "</ol>"


def place_address(evidence: Evidence) -> str | None:
    """Return the place of a source where it is a web address."""
    place = evidence.place or ""
    return place if fold_case(place).startswith(("http://", "https://")) else None


def section(
    number: int,
    finding: Finding,
    draft: Draft,
    *,
    address_of: Callable[[Evidence], str | None] = place_address,
) -> str:
    """Return a finding as HTML: the words in the draft, and the evidence beside them.

    Args:
        number: The number of the finding, from 1, of which its anchor is made.
        finding: The finding.
        draft: The draft that it is of.
        address_of: Gives the address to which a source is linked, None for no link.
    """
    rank = severity(finding.verdict)
    level = "good" if rank <= severity("reworded") else "mid"
    level = "bad" if rank >= severity("altered") else level
    claim = finding.claim
    who = " · ".join(part for part in (claim.speaker, claim.role) if part) or "no speaker"
    also = "".join(f" + {LABELS[verdict]}" for verdict in finding.also)
    also += ", accepted" if finding.accepted else ""
    head = f"<h3><b>{safe(LABELS[finding.verdict])}</b>{safe(also)} · line {claim.line}</h3>"
    left = (
        f'<div><p class="where">{safe(who)}</p><p dir="auto">{_in_draft(finding, draft)}</p></div>'
    )
    right = "".join(
        _evidence(finding, evidence, address_of(evidence)) for evidence in finding.evidence
    )
    notes = "".join(f'<p class="note">{safe(note)}</p>' for note in notes_of(finding))
    nothing = "" if right else "<p>no passage comes near</p>"
    return (
        f'<section id="f{number}" class="{level}">{head}{left}<div>{right}{nothing}{notes}</div>'
        "</section>"
    )


def _in_draft(finding: Finding, draft: Draft) -> str:
    """Return the words in the draft with some characters around them, the words marked."""
    spans, text = finding.claim.spans, draft.text
    if not spans:
        return f"<mark>{safe(finding.claim.words)}</mark>"
    start, end = max(0, spans[0].start - CONTEXT), min(len(text), spans[-1].end + CONTEXT)
    start = text.rfind("\n", start, spans[0].start) + 1 or start
    stop = text.find("\n", spans[-1].end, end)
    found, at = "", start
    for span in spans:
        around = safe(text[at : span.start])
        found += f'<span class="around">{around}</span><mark>{safe(span.of(text))}</mark>'
        at = span.end
    rest = text[at : stop if stop >= 0 else end]
    return f'{found}<span class="around">{safe(rest)}</span>'


def _evidence(finding: Finding, evidence: Evidence, address: str | None) -> str:
    """Return a passage: where it stands, and its words with the difference from the draft."""
    changed = finding.verdict not in ("paraphrase", "reworded", "spliced")
    words = safe(evidence.words)
    if changed and evidence.pieces:
        own = difference_parts(compared_pieces(evidence.pieces))
        words = "".join(_marked(part, how) for part, how in own)
    before = f'<span class="cut">{safe(evidence.before)}</span> ' if evidence.before else ""
    after = f' <span class="cut">{safe(evidence.after)}</span>' if evidence.after else ""
    near = "nearest: " if finding.verdict in ("not found", "not checkable") else ""
    return (
        f'<p class="where">{near}{_where(evidence, address)}</p>'
        f'<p dir="auto">{before}{words}{after}</p>'
    )


def _marked(words: str, how: str) -> str:
    escaped = words if words.isspace() else safe(words)
    return f"<{TAGS[how]}>{escaped}</{TAGS[how]}>" if how else escaped


def _where(evidence: Evidence, address: str | None) -> str:
    """Return where a passage stands, with a link to its address."""
    if address:
        return f'<a href="{safe(address)}" rel="noreferrer noopener">{safe(where(evidence))}</a>'
    return safe(where(evidence))
