"""Parsed texts built by hand from readable tables, for tests that need no model.

A table has a line for each word, in columns: form, lemma, part of speech, head, label, and where a
test needs them features ("VerbForm=Fin|Tense=Past"). Heads count from 1 within the sentence, 0 is
the root, as in CoNLL-U. An empty line ends a sentence; a line "¶" ends a paragraph, too:

    “        “        PUNCT 3 punct
    It       it       PRON  3 nsubj
    rains    rain     VERB  6 ccomp
    ,        ,        PUNCT 3 punct
    ”        ”        PUNCT 3 punct
    said     say      VERB  0 root
    Park     Park     PROPN 6 nsubj

The text is made of the forms, with spaces where print has them (“It rains,” said Park), or it is
given and the forms are found in it, one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from quotes.analysis import Analysis, TokenRanges, analyse, token_numbers
from quotes.attribution.candidates import Candidate
from quotes.attribution.tagger.interface import TaggerOutput
from quotes.language import Language
from quotes.records import Document, EntityKind, EntityMention, Parse, Sentence, Span, Word
from quotes.text.quotation_marks import find_marks

ENGLISH = Language.load("en")
PARAGRAPH = "¶"
OPENING, CLOSING = "([{“‘«„", ")]}”’»,.;:?!%"
CLITICS = frozenset(
    {"'s", "’s", "n't", "n’t", "'re", "’re", "'ll", "’ll", "'m", "’m", "'ve", "’ve"}
)
STRAIGHT = str.maketrans("“”„«»‘’", '"""""\'\'')

Row = tuple[str, str, str, int, str, tuple[tuple[str, str], ...]]


def plain_table(text: str, *, verbs: Iterable[str] = ()) -> str:
    """Return a table of the words of a text without a tree, for what reads characters alone."""
    rows = [
        f"{form} {form} {_plain_upos(form, verbs)} {min(number, 1)} dep"
        for number, form in enumerate(re.findall(r"\w+|[^\w\s]", text))
    ]
    return "\n".join(rows)


def _plain_upos(form: str, verbs: Iterable[str]) -> str:
    if form in verbs:
        return "VERB"
    return "PUNCT" if not form[0].isalnum() else "PROPN" if form[0].isupper() else "X"


def build_document(
    table: str,
    *,
    text: str | None = None,
    entities: Mapping[str, EntityKind] | None = None,
    language: str = "en",
    **known: Any,
) -> tuple[Document, Parse]:
    """Build a document and its parse from a table.

    Args:
        table: The words, as the header of this module shows.
        text: The text in which the forms stand in this order; without it, it is made of them.
        entities: The names in the text, at their first place, with their kinds.
        language: The language of the document.
        **known: More fields of the document.
    """
    sentences, breaks = _read(table)
    text = _printed(sentences, breaks) if text is None else text
    names = ((text.index(name), name, kind) for name, kind in (entities or {}).items())
    parse = Parse(
        tuple(_placed(sentences, text)),
        tuple(EntityMention(Span(at, at + len(name)), kind) for at, name, kind in sorted(names)),
    )
    return Document(id="hand", text=text, language=language, **known), parse


def build_sentence(table: str, *, text: str | None = None) -> Sentence:
    """Build one sentence from a table."""
    (made,) = build_document(table, text=text)[1].sentences
    return made


def build_analysis(table: str, *, text: str | None = None, **known: Any) -> Analysis:
    """Build the analysis of a table, with the quotation marks that are found in its text."""
    return analysis_of(*build_document(table, text=text, **known))


def analysis_of(document: Document, parse: Parse, language: Language = ENGLISH) -> Analysis:
    """Analyse a parse as the pipeline does."""
    return analyse(document, language, parse, find_marks(document.text, language))


def _read(table: str) -> tuple[list[list[Row]], frozenset[int]]:
    """Read the rows of each sentence, and the numbers of the sentences that begin a paragraph."""
    sentences: list[list[Row]] = [[]]
    breaks: set[int] = set()
    for line in table.strip().splitlines():
        cells = line.split()
        if not cells or cells == [PARAGRAPH]:
            sentences += [[]] if sentences[-1] else []
            breaks |= {len(sentences) - 1} if cells else set()
            continue
        form, lemma, upos, head, deprel, *feats = cells
        sentences[-1].append((form, lemma, upos, int(head) - 1, deprel, _features(feats)))
    return [rows for rows in sentences if rows], frozenset(breaks)


def _features(cells: list[str]) -> tuple[tuple[str, str], ...]:
    pairs = (pair.partition("=") for cell in cells for pair in cell.split("|"))
    return tuple((name, value) for name, _, value in pairs)


def _printed(sentences: Iterable[list[Row]], breaks: frozenset[int]) -> str:
    """Print the words as a text."""
    text, inside = "", False  # inside straight quotation marks
    for number, rows in enumerate(sentences):
        if number in breaks:
            text, inside = text + "\n\n", False
        for form, *_ in rows:
            after_opening = text[-1:] in ("", "\n", "-", *OPENING) or (inside and text[-1] == '"')
            closes = form in CLITICS or form[0] in CLOSING + "-" or (form == '"' and inside)
            text += form if closes or after_opening else f" {form}"
            inside = inside != (form == '"')
    return text


def _placed(sentences: Iterable[list[Row]], text: str) -> Iterable[Sentence]:
    """Find the words in the text; their forms have straight quotation marks, as the parser's."""
    at = 0
    for rows in sentences:
        words = []
        for form, lemma, upos, head, deprel, feats in rows:
            start = text.index(form, at)
            at = start + len(form)
            plain, base = form.translate(STRAIGHT), lemma.translate(STRAIGHT)
            words.append(Word(plain, Span(start, at), base, upos, head, deprel, feats=feats))
        yield Sentence(tuple(words))


def ranges_of(analysis: Analysis, *passages: str) -> TokenRanges:
    """Return the ranges of words of passages, each found at its first place in the text."""
    starts = [(analysis.text.index(passage), len(passage)) for passage in passages if passage]
    return tuple(analysis.within(Span(start, start + size)) for start, size in starts)


def printed(analysis: Analysis, ranges: TokenRanges) -> list[str]:
    """Return the text of each range of words."""
    return [analysis.span(run).of(analysis.text) for run in ranges]


def build_candidate(
    analysis: Analysis, *, cue: str = "", source: str = "", content: str = "", **known: Any
) -> Candidate:
    """Build a candidate from passages of the text; " … " stands between parts of a content.

    Without more, its anchor is the first word of the cue, else of the source, else of the content.
    """
    ranges = {
        "cue": ranges_of(analysis, cue),
        "source": ranges_of(analysis, source),
        "content": ranges_of(analysis, *content.split(" … ")),
    }
    anchor = next(found[0][0] for found in ranges.values() if found)
    return Candidate(**{"rule": "hand", "anchor": anchor, **ranges, **known})


def build_tagged(
    analysis: Analysis,
    candidate: Candidate | None,
    *,
    anchor: int | None = None,
    valid: float = 0.95,
    cue: str = "",
    source: str = "",
    content: str = "",
) -> TaggerOutput:
    """Build what a tagger says that is sure of these passages, around a candidate or an anchor."""
    assert candidate is not None or anchor is not None
    passages = {"cue": cue, "source": source, "content": content}
    sure = {
        kind: token_numbers(ranges_of(analysis, *passage.split(" … ")))
        for kind, passage in passages.items()
    }
    probabilities = {
        kind: tuple(0.99 if n in numbers else 0.01 for n in range(len(analysis.words)))
        for kind, numbers in sure.items()
    }
    at = anchor if candidate is None or anchor is not None else candidate.anchor
    assert at is not None
    return TaggerOutput(anchor=at, likely=0.9, valid=valid, start=0, **probabilities)
