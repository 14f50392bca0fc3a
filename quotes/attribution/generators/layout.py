"""Candidates from layout: "Name:" before a paragraph, "– Name" after a quotation, embedded posts.

In: `Analysis` and the quotation sites. Out: candidates, and the sites that are left. Characters and
paragraphs decide, not the tree.
"""

from __future__ import annotations

import re

from quotes.analysis import Analysis, TokenRange, TokenRanges, token_numbers
from quotes.attribution.candidates import Candidate, Trait
from quotes.attribution.generators.dialogues import dialogue_turns
from quotes.attribution.generators.layout_candidates import (
    CREDIT_RULE,
    EMBED_RULE,
    LABEL,
    LABEL_RULE,
    layout_candidate,
    name_words,
    names_person,
)
from quotes.attribution.generators.transcripts import headline_label, transcript_turns
from quotes.attribution.quotation_sites import QuotationSite
from quotes.records import Span

CREDIT = re.compile(r"\s*[—–―‒⸺-]{1,2}\s*([^\W\d_a-z][\w.’'\-]*(?:[ ,]+[\w.’'\-]+){0,11})\s*$")


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
    turns = transcript_turns(analysis) or dialogue_turns(analysis)
    turns += headline_label(analysis, (*found, *turns))
    spoken = {n for c in turns if Trait.VERBATIM in c.traits for n in token_numbers(c.content)}
    found = [c for c in found if not token_numbers(c.content) & spoken]
    used |= {p.mark for p in marked if spoken & token_numbers(p.runs)}
    return tuple(p for p in marked if p.mark not in used), (*found, *turns)


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
    name = name_words(analysis, Span(*match.span(1)), not_names)
    if name is None:
        return None, set()
    content = tuple(run for site in inside for run in site.runs)
    colon = analysis.within(Span(match.end() - 1, match.end()))
    return layout_candidate(LABEL_RULE, name, colon, content), {p.mark for p in inside}


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
    run = analysis.trim(analysis.within(Span(*match.span(1))))
    if run[0] == run[1] or not (
        names_person(analysis, run) or _is_name_alone(analysis, run, match[1])
    ):
        return None, set()
    return layout_candidate(CREDIT_RULE, run, None, last.runs), {last.mark}


def _is_name_alone(analysis: Analysis, run: TokenRange, words: str) -> bool:
    """Return True if a credit is a name by its parts of speech, up to its first comma."""
    first = run[0] + len(words.split(",", 1)[0].split())
    parts = [analysis.words[n].upos for n in range(run[0], min(first, run[1]))]
    return "PROPN" in parts and "VERB" not in parts


def embedded_passages(analysis: Analysis) -> tuple[Candidate, ...]:
    """Return candidates for the passages that the markup of a page gives to somebody.

    Only those in the parsed chunk are found.
    """
    out = []
    for embed in analysis.document.embeds:
        content = _without_reply_marks(analysis, analysis.within(embed.content))
        source = analysis.trim(analysis.within(embed.source)) if embed.source else None
        if content:
            out.append(layout_candidate(EMBED_RULE, source, None, content))
    return tuple(out)


def not_embedded(
    analysis: Analysis, marked: tuple[QuotationSite, ...], embedded: tuple[Candidate, ...]
) -> tuple[QuotationSite, ...]:
    """Return the marks without those around the whole of an embedded passage."""
    passages = [token_numbers(c.content) - analysis.punctuation for c in embedded]
    return tuple(
        site
        for site in marked
        if not any(words and words <= token_numbers(site.runs) for words in passages)
    )


def _without_reply_marks(analysis: Analysis, run: TokenRange) -> TokenRanges:
    """Return the parts of a run between the marks of quoted lines (">"), as in an email."""
    marks = [n for n in range(*run) if set(analysis.words[n].form) == {">"}]
    ends = zip((run[0], *(n + 1 for n in marks)), (*marks, run[1]), strict=True)
    return tuple(part for part in ends if part[0] < part[1])
