"""What the scorer may know of a candidate, as names of features that are present.

In: `Analysis`, a candidate and the candidate around it. Out: a tuple of strings, the same for the same input. No weights, no thresholds.
Labels and lemmas of the tree are used as they are, so that the code knows no language.
"""

from __future__ import annotations

from collections.abc import Iterator

from quotes.analysis import Analysis, token_numbers
from quotes.attribution.candidates import Candidate
from quotes.attribution.quoted import quote_type

LENGTHS = (1, 2, 3, 5, 8, 12, 18, 26, 40, 70)


def bucket(n: int) -> str:
    """The size class of a count."""
    return str(next((limit for limit in LENGTHS if n <= limit), "more"))


def features(analysis: Analysis, candidate: Candidate, outer: Candidate | None) -> tuple[str, ...]:
    """The features of a candidate; `outer` is the candidate whose content it lies in."""
    rule = candidate.rule
    single = [
        *_cue(analysis, candidate),
        *_source(analysis, candidate),
        *_content(analysis, candidate),
        *_around(analysis, candidate, outer),
    ]
    named = dict(feature.split("=", 1) for feature in single if "=" in feature)
    pairs = [
        f"{a}={named.get(a)}&{b}={named.get(b)}" for a, b in PAIRS if a in named and b in named
    ]
    return (
        f"rule={rule}",
        *single,
        *(f"rule={rule}&{feature}" for feature in single if feature.split("=", 1)[0] in WITH_RULE),
        *pairs,
    )


WITH_RULE = frozenset(
    {
        "lemma",
        "nested",
        "skind",
        "cpos",
        "clen",
        "order",
        "type",
        "mark",
        "fact",
        "gap",
        "cuedep",
        "shead",
    }
)
PAIRS = (
    ("lemma", "mark"),
    ("lemma", "cpos"),
    ("lemma", "skind"),
    ("lemma", "type"),
    ("lemma", "xpos"),
    ("nested", "type"),
    ("nested", "lemma"),
    ("nested", "skind"),
    ("nested", "fact"),
    ("type", "order"),
    ("type", "clen"),
    ("clen", "order"),
    ("skind", "type"),
    ("cpos", "clen"),
    ("fact", "type"),
    ("outerlemma", "lemma"),
)


def _cue(analysis: Analysis, c: Candidate) -> Iterator[str]:
    word = analysis.words[c.cue]
    yield f"lemma={word.lemma.lower()}"
    yield f"xpos={word.xpos or word.upos}"
    yield f"cuedep={word.deprel}"
    yield f"fact={c.factuality}"
    yield f"cuelen={bucket(len(token_numbers(c.cue_words)))}"
    for child in analysis.children(c.cue):
        label = analysis.words[child].deprel
        if label in ("mark", "aux", "advmod", "cop", "expl", "cc"):
            yield f"cue>{label}:{analysis.words[child].lemma.lower()}"
        elif label in (
            "obj",
            "iobj",
            "obl",
            "advcl",
            "conj",
            "xcomp",
            "ccomp",
            "nsubj:pass",
            "obl:unmarked",
        ):
            yield f"cue>{label}"
    for number in analysis.ancestors(c.cue)[:1]:
        yield f"cuehead={analysis.words[number].lemma.lower()}"
        yield f"cueheadpos={analysis.words[number].upos}"


def _source(analysis: Analysis, c: Candidate) -> Iterator[str]:
    if not c.source:
        yield "skind=none"
        return
    numbers = sorted(token_numbers(c.source))
    inside = set(numbers)
    head = next((n for n in numbers if analysis.head(n) not in inside), numbers[0])
    word = analysis.words[head]
    person = word.feat("Person")
    kind = (
        f"{word.lemma.lower()}"
        if word.upos in ("PRON", "DET")
        else word.upos + ("-plural" if word.feat("Number") == "Plur" else "")
    )
    yield f"skind={kind}"
    yield f"sdep={word.deprel}"
    yield f"slen={bucket(len(numbers))}"
    if word.upos in ("NOUN", "PRON", "DET"):
        yield f"shead={word.lemma.lower()}"
    if person:
        yield f"sperson={person}"
    determiner = next(
        (
            analysis.words[n].lemma.lower()
            for n in analysis.children(head)
            if analysis.words[n].deprel == "det"
        ),
        None,
    )
    yield f"sdet={determiner}"
    distance = max(numbers[0] - c.cue - 1, c.cue - numbers[-1] - 1, 0)
    yield f"sdist={bucket(distance) if distance else 0}"
    yield f"sside={'before' if numbers[0] < c.cue else 'after'}"
    if analysis.marks_at[head] != analysis.marks_at[c.cue]:
        yield "smarks"


def _content(analysis: Analysis, c: Candidate) -> Iterator[str]:
    numbers = sorted(token_numbers(c.content))
    words = [n for n in numbers if not analysis.is_punct(n)]
    yield f"type={quote_type(analysis, c)}"
    yield f"clen={bucket(len(words))}"
    yield f"parts={min(4, len(c.content))}"
    order = "before" if numbers[-1] < c.cue else "after" if numbers[0] > c.cue else "around"
    yield f"order={order}"
    gap = (
        numbers[0] - c.cue - 1
        if order == "after"
        else c.cue - numbers[-1] - 1
        if order == "before"
        else 0
    )
    yield f"gap={bucket(gap) if gap else 0}"
    head = c.head if c.head >= 0 else numbers[0]
    word = analysis.words[head]
    yield f"cpos={word.upos}"
    yield f"chead={word.lemma.lower()}"
    yield f"cdep={word.deprel}"
    marks = [
        analysis.words[n].lemma.lower()
        for n in analysis.children(head)
        if analysis.words[n].deprel == "mark"
    ]
    yield f"mark={marks[0] if marks else None}"
    yield f"first={analysis.words[numbers[0]].lemma.lower()}"
    yield f"finite={any(analysis.words[n].feat('VerbForm') == 'Fin' for n in words)}"
    sentences = {analysis.sentence_of[n] for n in numbers}
    yield f"sentences={min(4, len(sentences))}"
    yield f"same={analysis.sentence_of[c.cue] in sentences}"


def _around(analysis: Analysis, c: Candidate, outer: Candidate | None) -> Iterator[str]:
    depth = len(analysis.marks_at[c.cue])
    if outer is None:
        yield f"nested={'marked' if depth else 'no'}"
    else:
        inside = "marked" if analysis.mark_over(c.cue, outer.cue) >= 0 else "plain"
        yield f"nested=in-{inside}"
        yield f"outerlemma={analysis.words[outer.cue].lemma.lower()}"
        yield f"outerrule={outer.rule}"
        yield f"outersame={outer.source == c.source}"
    low, high = analysis.sentence(c.cue)
    yield f"sentlen={bucket(high - low)}"
    yield f"start={c.cue - low < 4}"
    yield f"ends={analysis.words[high - 1].form[:1]}"
    root = c.cue
    steps = analysis.ancestors(c.cue)
    yield f"depth={min(5, len(steps))}"
    if steps:
        root = steps[-1]
        yield f"root={analysis.words[root].lemma.lower()}"
