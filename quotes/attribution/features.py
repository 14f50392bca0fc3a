"""What the scorer may know of a candidate.

In: `Analysis`, a candidate and the candidate around it, later what the tagger made of it. Out:
`features`, names of features that are present, and `signals`, named numbers that the tagger adds.
No weights, no thresholds. Labels and lemmas of the tree are used as they are, so that the code
knows no language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from quotes.analysis import Analysis, TokenRanges, token_numbers
from quotes.attribution.candidates import Candidate, TaggedCandidate
from quotes.attribution.quotation_sites import quote_type
from quotes.attribution.scoring import MAX_LOGIT, logit
from quotes.attribution.tagger.interface import TaggerOutput

LENGTHS = (1, 2, 3, 5, 8, 12, 18, 26, 40, 70)  # upper limits of the size classes of counts
# Features that are also combined with the rule.
WITH_RULE = frozenset(
    {
        "lemma", "nested", "skind", "cpos", "clen", "order", "type", "mark", "fact", "gap",
        "cuedep", "shead",
    }
)  # fmt: skip
PAIRS = (  # features that are also combined with each other
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


def size_class(n: int) -> str:
    """Return the size class of a count."""
    return str(next((limit for limit in LENGTHS if n <= limit), "more"))


def features(analysis: Analysis, candidate: Candidate, outer: Candidate | None) -> tuple[str, ...]:
    """Return the features of a candidate; `outer` is the one whose content it lies in."""
    rule = candidate.rule
    single = [
        *_cue_features(analysis, candidate),
        *_source_features(analysis, candidate),
        *_content_features(analysis, candidate),
        *_surrounding_features(analysis, candidate, outer),
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


def _cue_features(analysis: Analysis, c: Candidate) -> Iterator[str]:
    """Yield what is known of the cue."""
    word = analysis.words[c.anchor]
    yield f"lemma={word.lemma.lower()}"
    yield f"xpos={word.xpos or word.upos}"
    yield f"cuedep={word.deprel}"
    yield f"fact={c.factuality}"
    yield f"cuelen={size_class(len(token_numbers(c.cue)))}"
    for child in analysis.children(c.anchor):
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
    for number in analysis.ancestors(c.anchor)[:1]:
        yield f"cuehead={analysis.words[number].lemma.lower()}"
        yield f"cueheadpos={analysis.words[number].upos}"


def _source_features(analysis: Analysis, c: Candidate) -> Iterator[str]:
    """Yield what is known of the source."""
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
    yield f"slen={size_class(len(numbers))}"
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
    distance = max(numbers[0] - c.anchor - 1, c.anchor - numbers[-1] - 1, 0)
    yield f"sdist={size_class(distance) if distance else 0}"
    yield f"sside={'before' if numbers[0] < c.anchor else 'after'}"
    if analysis.marks_at[head] != analysis.marks_at[c.anchor]:
        yield "smarks"


def _content_features(analysis: Analysis, c: Candidate) -> Iterator[str]:
    """Yield what is known of the content."""
    numbers = sorted(token_numbers(c.content))
    words = [n for n in numbers if not analysis.is_punct(n)]
    yield f"type={quote_type(analysis, c)}"
    yield f"clen={size_class(len(words))}"
    yield f"parts={min(4, len(c.content))}"
    order = "before" if numbers[-1] < c.anchor else "after" if numbers[0] > c.anchor else "around"
    yield f"order={order}"
    gap = (
        numbers[0] - c.anchor - 1
        if order == "after"
        else c.anchor - numbers[-1] - 1
        if order == "before"
        else 0
    )
    yield f"gap={size_class(gap) if gap else 0}"
    head = c.head if c.head is not None else numbers[0]
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
    yield f"same={analysis.sentence_of[c.anchor] in sentences}"


def _surrounding_features(
    analysis: Analysis, c: Candidate, outer: Candidate | None
) -> Iterator[str]:
    """Yield what is known of the sentence and of the candidate around."""
    depth = len(analysis.marks_at[c.anchor])
    if outer is None:
        yield f"nested={'marked' if depth else 'no'}"
    else:
        inside = "marked" if analysis.mark_over(c.anchor, outer.anchor) >= 0 else "plain"
        yield f"nested=in-{inside}"
        yield f"outerlemma={analysis.words[outer.anchor].lemma.lower()}"
        yield f"outerrule={outer.rule}"
        yield f"outersame={outer.source == c.source}"
    low, high = analysis.sentence(c.anchor)
    yield f"sentlen={size_class(high - low)}"
    yield f"start={c.anchor - low < 4}"
    yield f"ends={analysis.words[high - 1].form[:1]}"
    root = c.anchor
    steps = analysis.ancestors(c.anchor)
    yield f"depth={min(5, len(steps))}"
    if steps:
        root = steps[-1]
        yield f"root={analysis.words[root].lemma.lower()}"


def signals(analysis: Analysis, entry: TaggedCandidate, ruled: float) -> Mapping[str, float]:
    """Return the numbers that the tagger's reading of a candidate adds, each about -1 to 1.

    Args:
        analysis: The analysis of the chunk.
        entry: The candidate with what the tagger made of it.
        ruled: The log odds that the scorer gives it from its features, 0 where it is new.
    """
    candidate, tagged = entry.candidate, entry.tagged
    if tagged is None:
        return {}
    new = entry.original is None
    type_ = quote_type(analysis, candidate)
    out = {
        "valid": logit(tagged.valid) / MAX_LOGIT,
        "likely": logit(tagged.likely) / MAX_LOGIT,
        "ruled": ruled / MAX_LOGIT,
        "new": float(new),
        "new & valid": new * logit(tagged.valid) / MAX_LOGIT,
        "direct": float(type_ == "direct"),
        "direct & valid": (type_ == "direct") * logit(tagged.valid) / MAX_LOGIT,
        "direct & ruled": (type_ == "direct") * ruled / MAX_LOGIT,
        "mixed": float(type_ == "mixed"),
        "no cue": float(not candidate.cue),
        "no source": float(not candidate.source),
        "content": _mean_probability(tagged, candidate.content, tagged.content),
        "source": _mean_probability(tagged, candidate.source, tagged.source),
        "source best": _largest_probability(tagged, candidate.source, tagged.source),
        "cue": _mean_probability(tagged, candidate.cue, tagged.cue),
        "content left out": _left_out(tagged, candidate.content, tagged.content),
        "source left out": _left_out(tagged, candidate.source, tagged.source),
        "nested in marks": float(bool(analysis.marks_at[candidate.anchor])),
    }
    return out | _agreement(candidate, entry.original)


def _agreement(candidate: Candidate, original: Candidate | None) -> dict[str, float]:
    """Return how far the rules and the tagger say the same."""
    if original is None:
        return {}
    own, other = token_numbers(candidate.content), token_numbers(original.content)
    same = len(own & other) / max(1, len(own | other))
    return {
        "content agreed": same,
        "source agreed": float(
            bool(token_numbers(candidate.source) & token_numbers(original.source))
        ),
    }


def _probabilities(
    tagged: TaggerOutput, runs: TokenRanges, given: tuple[float, ...]
) -> list[float]:
    """Return the probabilities of words that the tagger has read."""
    return [
        given[n - tagged.start] for n in token_numbers(runs) if 0 <= n - tagged.start < len(given)
    ]


def _mean_probability(tagged: TaggerOutput, runs: TokenRanges, given: tuple[float, ...]) -> float:
    """Return the mean probability of words, a half where there are none."""
    found = _probabilities(tagged, runs, given)
    return sum(found) / len(found) if found else 0.5


def _largest_probability(
    tagged: TaggerOutput, runs: TokenRanges, given: tuple[float, ...]
) -> float:
    """Return the largest probability of words, a half where there are none."""
    return max(_probabilities(tagged, runs, given), default=0.5)


def _left_out(tagged: TaggerOutput, runs: TokenRanges, given: Iterable[float]) -> float:
    """Return the largest probability of a word that is not among the words."""
    inside = token_numbers(runs)
    return max([p for n, p in enumerate(given, tagged.start) if n not in inside], default=0.0)
