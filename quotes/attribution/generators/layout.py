"""Passages that layout gives to somebody: "Name:" at the start of a paragraph, "– Name" after a quotation, embedded posts.

In: `Analysis` and the marks. Out: candidates, and the marks that are left. Characters and paragraphs decide, not the tree.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from quotes.analysis import Analysis, TokenRange, token_numbers
from quotes.attribution.candidates import Candidate
from quotes.attribution.quoted import QuotationSite
from quotes.records import Span

LABEL = re.compile(
    r"[ \t]*([^\W\d_a-z][\w.’'()\-]*(?:[ ,]+[\w.’'()\-]+){0,7}?)[ \t]*:(?=\s|[\"“‘'«„])"
)
CREDIT = re.compile(r"\s*[—–―‒⸺-]{1,2}\s*([^\W\d_a-z][\w.’'\-]*(?:[ ,]+[\w.’'\-]+){0,11})\s*$")
OPENING = re.compile(r"[\"“”„«‘]*")
LABEL_RULE, HEADLINE_RULE, INTERVIEW_RULE, CREDIT_RULE, EMBED_RULE = (
    "label",
    "headline-label",
    "interview-label",
    "credit",
    "embedded-post",
)
BY_LAYOUT = frozenset(
    {INTERVIEW_RULE, CREDIT_RULE, EMBED_RULE}
)  # found by characters alone: their prior is their confidence
REPEATED = (
    2  # paragraphs that carry the same kind of label before one without quotation marks is believed
)


def labelled(
    analysis: Analysis, marked: tuple[QuotationSite, ...]
) -> tuple[tuple[QuotationSite, ...], tuple[Candidate, ...]]:
    """The marks that no label or credit explains, and candidates for the paragraphs that one does."""
    found: list[Candidate] = []
    used: set[int] = set()
    spans = sorted({(p.paragraph.start, p.paragraph.end): p.paragraph for p in marked}.values())
    not_names = analysis.language.words("label-words")
    for paragraph in spans:
        inside = [p for p in marked if p.paragraph == paragraph]
        for candidate, taken in (
            _label(analysis, paragraph, inside, not_names),
            _credit(analysis, paragraph, inside),
        ):
            if candidate is not None:
                found.append(candidate)
                used |= taken
                break
    blocks = _interview(analysis, not_names, {analysis.sentence_of[c.content[0][0]] for c in found})
    spoken = {n for c in blocks if c.verbatim for n in token_numbers(c.content)}
    used |= {p.mark for p in marked if spoken & token_numbers(p.runs)}
    found += blocks
    return tuple(p for p in marked if p.mark not in used), tuple(found)


def _name(analysis: Analysis, span: Span, not_names: frozenset[str]) -> TokenRange | None:
    """The words of a label, where they can name somebody: capitals on all words but small ones, and not a heading such as "Note"."""
    run = analysis.trim(analysis.within(span))
    words = analysis.words[run[0] : run[1]]
    if not words or len(words) > 10 or words[0].form.lower() in not_names:
        return None
    named = [w for w in words if w.upos == "PROPN" or w.form.isupper()]
    return run if named and not any(w.upos in ("VERB", "AUX") for w in words) else None


def _label(
    analysis: Analysis, paragraph: Span, inside: list[QuotationSite], not_names: frozenset[str]
) -> tuple[Candidate | None, set[int]]:
    match = LABEL.match(analysis.text, paragraph.start, paragraph.end)
    if (
        not match
        or not inside
        or analysis.text[match.end() : analysis.marks[inside[0].mark].start].strip()
    ):
        return None, set()
    name = _name(analysis, Span(*match.span(1)), not_names)
    if name is None:
        return None, set()
    content = tuple(run for place in inside for run in place.runs)
    colon = analysis.within(Span(match.end() - 1, match.end()))
    return _candidate(LABEL_RULE, 0.85, name, colon, content), {p.mark for p in inside}


def _line_after(text: str, start: int) -> int:
    """The end of the line that goes on at `start`; of the next line with words where nothing is left of this one."""
    while start < len(text) and text[start].isspace():
        start += 1
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _credit(
    analysis: Analysis, paragraph: Span, inside: list[QuotationSite]
) -> tuple[Candidate | None, set[int]]:
    last = inside[-1]
    start = analysis.marks[last.mark].end
    match = CREDIT.match(analysis.text, start, _line_after(analysis.text, start))
    if not match:
        return None, set()
    first = match[1].split(",", 1)[0]
    run = analysis.trim(analysis.within(Span(match.start(1), match.start(1) + len(first))))
    if (
        run[0] == run[1]
        or not any(analysis.words[n].upos == "PROPN" for n in range(*run))
        or any(analysis.words[n].upos == "VERB" for n in range(*run))
    ):
        return None, set()
    return _candidate(CREDIT_RULE, 0.85, run, (run[0], run[0]), last.runs), {last.mark}


def _interview(analysis: Analysis, not_names: frozenset[str], done: set[int]) -> list[Candidate]:
    """Paragraphs "Name: words" without quotation marks, where at least two of them stand in the text, or in the headline."""
    found: list[tuple[str, Candidate]] = []
    for at, sentence in enumerate(analysis.parse.sentences):
        begin = sentence.span.start
        opening = OPENING.match(
            analysis.text, begin
        )  # in a transcript that is quoted as a whole each paragraph has its mark
        start = opening.end() if opening else begin
        newline = analysis.text.find("\n", start)
        end = len(analysis.text) if newline < 0 else newline
        match = LABEL.match(analysis.text, start, end)
        before = analysis.text[max(0, begin - 40) : begin].rstrip(" \t")
        if not match or at in done or (before and before[-1] != "\n"):
            continue
        name = _name(analysis, Span(*match.span(1)), not_names)
        if name is None:
            continue
        low = analysis.within(Span(match.end() - 1, match.end()))[0]
        stop = analysis.within(Span(start, end))[1]
        content = (low + 1, stop)
        if content[0] < content[1] and any(
            analysis.words[n].upos in ("VERB", "AUX") for n in range(*content)
        ):
            found.append(
                (
                    match[1],
                    _candidate(
                        INTERVIEW_RULE, 0.8, name, (low, low + 1), ((content[0], content[1]),)
                    ),
                )
            )
    many = Counter(label.split()[-1] for label, _ in found)
    if len(found) > REPEATED or any(n >= REPEATED for n in many.values()):
        return [candidate for _, candidate in found]
    title = [
        c
        for _, c in found
        if not analysis.text[: analysis.words[c.source[0][0]].span.start].strip()
    ]
    return [replace(c, rule=HEADLINE_RULE, prior=0.5, verbatim=False) for c in title]


def embedded(analysis: Analysis) -> tuple[Candidate, ...]:
    """Candidates for the passages that the markup of a page gives to somebody, as far as they lie in the parsed stretch."""
    out = []
    for embed in analysis.document.embeds:
        content = analysis.within(embed.content)
        source = analysis.trim(analysis.within(embed.source)) if embed.source else (0, 0)
        if content[0] < content[1]:
            out.append(_candidate(EMBED_RULE, 0.95, source, (source[0], source[0]), (content,)))
    return tuple(out)


def _candidate(
    rule: str, prior: float, source: TokenRange, cue: TokenRange, content: tuple[TokenRange, ...]
) -> Candidate:
    return Candidate(
        rule=rule,
        prior=prior,
        cue=cue[0],
        cue_words=(cue,) if cue[0] < cue[1] else (),
        source=(source,) if source[0] < source[1] else (),
        content=content,
        head=content[0][0],
        path="by layout",
        verbatim=rule in (INTERVIEW_RULE, EMBED_RULE),
    )
