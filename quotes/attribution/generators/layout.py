"""Candidates from layout: "Name:" before a paragraph, "– Name" after a quotation, embedded posts.

In: `Analysis` and the quotation sites. Out: candidates, and the sites that are left. Characters and
paragraphs decide, not the tree.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from quotes.analysis import Analysis, TokenRange, TokenRanges, token_numbers
from quotes.attribution.candidates import AnchorKind, Candidate, Trait
from quotes.attribution.quotation_sites import QuotationSite
from quotes.records import Span
from quotes.text.folding import fold_word

LABEL = re.compile(
    r"[ \t]*([^\W\d_a-z][\w.’'()\-]*(?:[ ,]+[\w.’'()\-]+){0,7}?)[ \t]*:(?=\s|[\"“‘'«„])"
)
CREDIT = re.compile(r"\s*[—–―‒⸺-]{1,2}\s*([^\W\d_a-z][\w.’'\-]*(?:[ ,]+[\w.’'\-]+){0,11})\s*$")
OPENING = re.compile(r"[\"“”„«‘]*")
LABEL_RULE = "label"
HEADLINE_RULE = "headline-label"
INTERVIEW_RULE = "interview-label"
CREDIT_RULE = "credit"
EMBED_RULE = "embedded-post"
PRIORS = {
    LABEL_RULE: 0.85,
    CREDIT_RULE: 0.85,
    INTERVIEW_RULE: 0.8,
    HEADLINE_RULE: 0.5,
    EMBED_RULE: 0.95,
}
# Found by characters alone, and so neither scored nor tagged: the prior is the confidence.
BY_LAYOUT = frozenset({INTERVIEW_RULE, CREDIT_RULE, EMBED_RULE})
MIN_LABELS = 2  # paragraphs with a label of one name from which it is believed without marks
MAX_LABEL_WORDS = 10


def labelled_passages(
    analysis: Analysis, marked: tuple[QuotationSite, ...]
) -> tuple[tuple[QuotationSite, ...], tuple[Candidate, ...]]:
    """Return the marks that no label or credit explains, and candidates for what one does."""
    found: list[Candidate] = []
    used: set[int] = set()
    spans = sorted({(p.paragraph.start, p.paragraph.end): p.paragraph for p in marked}.values())
    not_names = analysis.language.words("label-words")
    for paragraph in spans:
        inside = [p for p in marked if p.paragraph == paragraph]
        for candidate, taken in (
            _label_before(analysis, paragraph, inside, not_names),
            _credit_after(analysis, paragraph, inside),
        ):
            if candidate is not None:
                found.append(candidate)
                used |= taken
                break
    blocks = _labelled_paragraphs(
        analysis, not_names, {analysis.sentence_of[c.content[0][0]] for c in found}
    )
    spoken = {n for c in blocks if Trait.VERBATIM in c.traits for n in token_numbers(c.content)}
    used |= {p.mark for p in marked if spoken & token_numbers(p.runs)}
    found += blocks
    return tuple(p for p in marked if p.mark not in used), tuple(found)


def _name_words(analysis: Analysis, span: Span, not_names: frozenset[str]) -> TokenRange | None:
    """Return the words of a label where they can name somebody.

    They have capitals but for small words, and are no heading such as "Note".
    """
    run = analysis.trim(analysis.within(span))
    words = analysis.words[run[0] : run[1]]
    if not words or len(words) > MAX_LABEL_WORDS or fold_word(words[0].form) in not_names:
        return None
    named = [w for w in words if w.upos == "PROPN" or w.form.isupper()]
    return run if named and not any(w.upos in ("VERB", "AUX") for w in words) else None


def _label_before(
    analysis: Analysis, paragraph: Span, inside: list[QuotationSite], not_names: frozenset[str]
) -> tuple[Candidate | None, set[int]]:
    """Return the candidate of a label right before the marks of a paragraph, and these marks."""
    match = LABEL.match(analysis.text, paragraph.start, paragraph.end)
    if (
        not match
        or not inside
        or analysis.text[match.end() : analysis.marks[inside[0].mark].start].strip()
    ):
        return None, set()
    name = _name_words(analysis, Span(*match.span(1)), not_names)
    if name is None:
        return None, set()
    content = tuple(run for site in inside for run in site.runs)
    colon = analysis.within(Span(match.end() - 1, match.end()))
    return _layout_candidate(LABEL_RULE, name, colon, content), {p.mark for p in inside}


def _line_after(text: str, start: int) -> int:
    """Return the end of the line that goes on at `start`.

    It is that of the next line with words where nothing is left of this one.
    """
    while start < len(text) and text[start].isspace():
        start += 1
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _credit_after(
    analysis: Analysis, paragraph: Span, inside: list[QuotationSite]
) -> tuple[Candidate | None, set[int]]:
    """Return the candidate of a credit right after the last mark of a paragraph, and the mark."""
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
    return _layout_candidate(CREDIT_RULE, run, None, last.runs), {last.mark}


def _labelled_paragraphs(
    analysis: Analysis, not_names: frozenset[str], done: set[int]
) -> list[Candidate]:
    """Return candidates for paragraphs "Name: words" without quotation marks.

    At least two of them must stand in the text, or one in the headline.
    """
    found: list[tuple[str, Candidate]] = []
    for at, sentence in enumerate(analysis.parse.sentences):
        begin = sentence.span.start
        # In a transcript that is quoted as a whole each paragraph has its mark.
        opening = OPENING.match(analysis.text, begin)
        start = opening.end() if opening else begin
        newline = analysis.text.find("\n", start)
        end = len(analysis.text) if newline < 0 else newline
        match = LABEL.match(analysis.text, start, end)
        before = analysis.text[max(0, begin - 40) : begin].rstrip(" \t")
        if not match or at in done or (before and before[-1] != "\n"):
            continue
        name = _name_words(analysis, Span(*match.span(1)), not_names)
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
                    _layout_candidate(
                        INTERVIEW_RULE, name, (low, low + 1), ((content[0], content[1]),)
                    ),
                )
            )
    repeated = Counter(label.split()[-1] for label, _ in found)
    if len(found) > MIN_LABELS or any(n >= MIN_LABELS for n in repeated.values()):
        return [candidate for _, candidate in found]
    title = [
        c
        for _, c in found
        if not analysis.text[: analysis.words[c.source[0][0]].span.start].strip()
    ]
    return [
        replace(c, rule=HEADLINE_RULE, prior=PRIORS[HEADLINE_RULE], traits=frozenset())
        for c in title
    ]


def embedded_passages(analysis: Analysis) -> tuple[Candidate, ...]:
    """Return candidates for the passages that the markup of a page gives to somebody.

    Only those in the parsed chunk are found.
    """
    out = []
    for embed in analysis.document.embeds:
        content = _without_reply_marks(analysis, analysis.within(embed.content))
        source = analysis.trim(analysis.within(embed.source)) if embed.source else None
        if content:
            out.append(_layout_candidate(EMBED_RULE, source, None, content))
    return tuple(out)


def _without_reply_marks(analysis: Analysis, run: TokenRange) -> TokenRanges:
    """Return the parts of a run between the marks of quoted lines (">"), as in an email."""
    marks = [n for n in range(*run) if set(analysis.words[n].form) == {">"}]
    ends = zip((run[0], *(n + 1 for n in marks)), (*marks, run[1]), strict=True)
    return tuple(part for part in ends if part[0] < part[1])


def _layout_candidate(
    rule: str, source: TokenRange | None, cue: TokenRange | None, content: tuple[TokenRange, ...]
) -> Candidate:
    """Return a candidate by layout.

    Its anchor is the cue, which is the colon of a label; without one the first word of the name;
    without a name the first word of the content.
    """
    cues, sources = _not_empty(cue), _not_empty(source)
    places = (
        (cues, AnchorKind.CUE),
        (sources, AnchorKind.LAYOUT),
        (content, AnchorKind.CONTENT),
    )
    anchor, kind = next((ranges[0][0], kind) for ranges, kind in places if ranges)
    return Candidate(
        rule=rule,
        anchor=anchor,
        anchor_kind=kind,
        cue=cues,
        source=sources,
        content=content,
        head=content[0][0],
        path="by layout",
        traits=frozenset({Trait.VERBATIM} if rule in (INTERVIEW_RULE, EMBED_RULE) else ()),
        prior=PRIORS[rule],
    )


def _not_empty(run: TokenRange | None) -> TokenRanges:
    return (run,) if run is not None and run[0] < run[1] else ()
