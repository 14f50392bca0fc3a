"""What the scorer may know of a candidate, as names of features that are present.

In: `Table`, a candidate and the candidate around it. Out: a tuple of strings, the same for the same input. No weights, no thresholds.
Labels and lemmas of the tree are used as they are, so that the code knows no language.
"""

from __future__ import annotations

from collections.abc import Iterator

from quotes.analysis import Table, numbers_of
from quotes.attribution.candidates import Candidate
from quotes.attribution.quoted import quote_type

LENGTHS = (1, 2, 3, 5, 8, 12, 18, 26, 40, 70)


def bucket(n: int) -> str:
    """The size class of a count."""
    return str(next((limit for limit in LENGTHS if n <= limit), "more"))


def features(table: Table, candidate: Candidate, outer: Candidate | None) -> tuple[str, ...]:
    """The features of a candidate; `outer` is the candidate whose content it lies in."""
    rule = candidate.rule
    single = [*_cue(table, candidate), *_source(table, candidate), *_content(table, candidate), *_around(table, candidate, outer)]
    named = dict(feature.split("=", 1) for feature in single if "=" in feature)
    pairs = [f"{a}={named.get(a)}&{b}={named.get(b)}" for a, b in PAIRS if a in named and b in named]
    return (f"rule={rule}", *single, *(f"rule={rule}&{feature}" for feature in single if feature.split("=", 1)[0] in WITH_RULE), *pairs)


WITH_RULE = frozenset({"lemma", "nested", "skind", "cpos", "clen", "order", "type", "mark", "fact", "gap", "cuedep", "shead"})
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


def _cue(table: Table, c: Candidate) -> Iterator[str]:
    word = table.words[c.cue]
    yield f"lemma={word.lemma.lower()}"
    yield f"xpos={word.xpos or word.upos}"
    yield f"cuedep={word.deprel}"
    yield f"fact={c.factuality}"
    yield f"cuelen={bucket(len(numbers_of(c.cue_words)))}"
    for child in table.children(c.cue):
        label = table.words[child].deprel
        if label in ("mark", "aux", "advmod", "cop", "expl", "cc"):
            yield f"cue>{label}:{table.words[child].lemma.lower()}"
        elif label in ("obj", "iobj", "obl", "advcl", "conj", "xcomp", "ccomp", "nsubj:pass", "obl:unmarked"):
            yield f"cue>{label}"
    for number in table.ancestors(c.cue)[:1]:
        yield f"cuehead={table.words[number].lemma.lower()}"
        yield f"cueheadpos={table.words[number].upos}"


def _source(table: Table, c: Candidate) -> Iterator[str]:
    if not c.source:
        yield "skind=none"
        return
    numbers = sorted(numbers_of(c.source))
    inside = set(numbers)
    head = next((n for n in numbers if table.head(n) not in inside), numbers[0])
    word = table.words[head]
    person = word.feat("Person")
    kind = f"{word.lemma.lower()}" if word.upos in ("PRON", "DET") else word.upos + ("-plural" if word.feat("Number") == "Plur" else "")
    yield f"skind={kind}"
    yield f"sdep={word.deprel}"
    yield f"slen={bucket(len(numbers))}"
    if word.upos in ("NOUN", "PRON", "DET"):
        yield f"shead={word.lemma.lower()}"
    if person:
        yield f"sperson={person}"
    determiner = next((table.words[n].lemma.lower() for n in table.children(head) if table.words[n].deprel == "det"), None)
    yield f"sdet={determiner}"
    distance = max(numbers[0] - c.cue - 1, c.cue - numbers[-1] - 1, 0)
    yield f"sdist={bucket(distance) if distance else 0}"
    yield f"sside={'before' if numbers[0] < c.cue else 'after'}"
    if table.marks_at[head] != table.marks_at[c.cue]:
        yield "smarks"


def _content(table: Table, c: Candidate) -> Iterator[str]:
    numbers = sorted(numbers_of(c.content))
    words = [n for n in numbers if not table.is_punct(n)]
    yield f"type={quote_type(table, c)}"
    yield f"clen={bucket(len(words))}"
    yield f"parts={min(4, len(c.content))}"
    order = "before" if numbers[-1] < c.cue else "after" if numbers[0] > c.cue else "around"
    yield f"order={order}"
    gap = numbers[0] - c.cue - 1 if order == "after" else c.cue - numbers[-1] - 1 if order == "before" else 0
    yield f"gap={bucket(gap) if gap else 0}"
    head = c.head if c.head >= 0 else numbers[0]
    word = table.words[head]
    yield f"cpos={word.upos}"
    yield f"chead={word.lemma.lower()}"
    yield f"cdep={word.deprel}"
    marks = [table.words[n].lemma.lower() for n in table.children(head) if table.words[n].deprel == "mark"]
    yield f"mark={marks[0] if marks else None}"
    yield f"first={table.words[numbers[0]].lemma.lower()}"
    yield f"finite={any(table.words[n].feat('VerbForm') == 'Fin' for n in words)}"
    sentences = {table.sentence_of[n] for n in numbers}
    yield f"sentences={min(4, len(sentences))}"
    yield f"same={table.sentence_of[c.cue] in sentences}"


def _around(table: Table, c: Candidate, outer: Candidate | None) -> Iterator[str]:
    depth = len(table.marks_at[c.cue])
    if outer is None:
        yield f"nested={'marked' if depth else 'no'}"
    else:
        inside = "marked" if table.mark_over(c.cue, outer.cue) >= 0 else "plain"
        yield f"nested=in-{inside}"
        yield f"outerlemma={table.words[outer.cue].lemma.lower()}"
        yield f"outerrule={outer.rule}"
        yield f"outersame={outer.source == c.source}"
    low, high = table.sentence(c.cue)
    yield f"sentlen={bucket(high - low)}"
    yield f"start={c.cue - low < 4}"
    yield f"ends={table.words[high - 1].form[:1]}"
    root = c.cue
    steps = table.ancestors(c.cue)
    yield f"depth={min(5, len(steps))}"
    if steps:
        root = steps[-1]
        yield f"root={table.words[root].lemma.lower()}"
