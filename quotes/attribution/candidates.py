"""From rule matches to candidates: which words are the cue, the source and the content.

In: `Analysis`, the rules and their matches. Out: `Candidate`s, one for each match. The tree gives heads; here they become ranges of words.
Nothing is decided between candidates yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from quotes.analysis import Analysis, TokenRanges, token_numbers, token_ranges
from quotes.language.rules import Rule, RuleSet
from quotes.records import Factuality, Match

CUE_PARTS = frozenset({"aux", "aux:pass", "compound:prt", "fixed", "cop"})
BETWEEN_CUE_PARTS = frozenset(
    {"advmod", "aux", "aux:pass", "mark", "compound:prt", "fixed", "discourse"}
)
SHARING = frozenset(
    {"conj", "advcl", "xcomp", "parataxis"}
)  # labels over which a verb shares the subject of its head
FACTUALITIES: dict[str, Factuality] = {
    "said": "said",
    "denied": "denied",
    "not_said": "not_said",
    "hypothetical": "hypothetical",
    "question": "question",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible attribution. `cue` is the number of the cue's main word; `content` is empty where marks have to give it.

    `head` is the head of the content, or -1; `path` the dependency path as people read it;
    `verbatim` tells that layout shows the content to be somebody's own words, all of them.
    """

    rule: str
    prior: float
    cue: int
    cue_words: TokenRanges
    source: TokenRanges
    content: TokenRanges
    head: int = -1
    addressee: TokenRanges = ()
    factuality: Factuality = "said"
    path: str = ""
    loose: bool = False
    citing: bool = False
    inherits: bool = False
    inverted: bool = False
    chain: bool = False
    verbatim: bool = False

    @property
    def marked(self) -> bool:
        """Whether the content is left to the quotation marks around."""
        return not self.content


@dataclass(frozen=True, slots=True)
class AttributionWords:
    """The words of a language that change what an attribution means."""

    negation: frozenset[str] = frozenset()
    modal: frozenset[str] = frozenset()
    denial: frozenset[str] = frozenset()
    refusal: frozenset[str] = frozenset()
    asking: frozenset[str] = frozenset()
    frame_prepositions: frozenset[str] = frozenset()
    reporter_conjunctions: frozenset[str] = frozenset()


def propose(
    analysis: Analysis, rules: RuleSet, matches: Iterable[Match], words: AttributionWords
) -> tuple[Candidate, ...]:
    """A candidate for each match, in the order of the matches; those without any word of content or mark to look for are left out."""
    found = (_candidate(analysis, rules.by_name[match.rule], match, words) for match in matches)
    return tuple(c for c in found if c is not None)


def _candidate(
    analysis: Analysis, rule: Rule, match: Match, words: AttributionWords
) -> Candidate | None:
    base = analysis.base[match.sentence]
    at = {name: base + index for name, index in match.at}
    cue = at["cue"]
    if rule.option("inherits") and "source" not in at:
        subject = shared_subject(analysis, cue)
        if subject is None:
            return None
        at["source"] = subject
    source = _source(analysis, at, words) if "source" in at else frozenset()
    cue_words = cue_group(
        analysis, cue, [n for name, n in at.items() if name.startswith("cue")], source | _heads(at)
    )
    content, head = _content(analysis, rule, at, cue_words, source)
    if (not content and rule.option("content") != "marked") or ("source" in at and not source):
        return None
    if rule.option("quoted") and all(analysis.mark_over(n, cue) < 0 for n in content):
        return None
    addressee = _phrase(analysis, at["addressee"], set()) if "addressee" in at else frozenset()
    if addressee & source:
        addressee = frozenset()
    content -= addressee
    return Candidate(
        rule=rule.name,
        prior=rule.prior,
        cue=cue,
        cue_words=token_ranges(cue_words),
        source=token_ranges(source),
        content=_content_runs(analysis, content, cue_words | source),
        head=head,
        addressee=token_ranges(addressee),
        factuality=factuality(analysis, rule, cue, cue_words, words),
        path=_path(analysis, at),
        loose=bool(rule.option("loose")),
        citing=bool(rule.option("citing")),
        inherits=bool(rule.option("inherits")),
        inverted=bool(rule.option("inverted")),
        chain=bool(rule.option("chain")),
    )


def _source(analysis: Analysis, at: dict[str, int], words: AttributionWords) -> frozenset[int]:
    """The words of the source; empty where it lies in a quotation that the cue is outside of and no other phrase can take its place.

    Parsers like to make the first name inside a quotation the subject of the verb after it ("Adams is in Oslo," said the ministry).
    """
    cue, head = at["cue"], at["source"]
    if analysis.mark_over(head, cue) >= 0:
        beside = beside_cue(analysis, cue)
        if beside is None:
            return frozenset()
        head = beside
    found = _phrase(analysis, head, {n for name, n in at.items() if name != "source"})
    return found - _framing(analysis, head, words, inverted=head > cue)


def _participle(analysis: Analysis, number: int) -> bool:
    return analysis.words[number].feat("VerbForm") in ("Part", "Ger")


def _active(analysis: Analysis, cue: int) -> bool:
    """Not a past participle that describes something ("praise voiced by critics")."""
    word = analysis.words[cue]
    past = word.feat("VerbForm") == "Part" and word.feat("Tense") == "Past"
    return (
        not past
        or word.deprel == "conj"
        or any(analysis.words[c].deprel == "aux" for c in analysis.children(cue))
    )


def shared_subject(analysis: Analysis, cue: int) -> int | None:
    """The subject that a verb without one shares: of the verb it is joined to or hangs on, or the noun that it describes.

    A sentence that begins with a small letter was cut off from the one before, whose subject is then taken.
    """
    if not _active(analysis, cue):
        return None
    at = cue
    for _ in range(len(analysis.ancestors(cue)) + 1):
        label, head = analysis.words[at].deprel, analysis.head(at)
        if head < 0:
            low, _ = analysis.sentence(cue)
            previous = low - 1
            if previous < 0 or not analysis.words[low].form[:1].islower():
                return None
            head = (previous, *analysis.ancestors(previous))[-1]
        elif label.startswith("acl") and analysis.words[head].upos in ("NOUN", "PROPN", "PRON"):
            return head
        elif label not in SHARING and not (label == "ccomp" and _participle(analysis, at)):
            return None
        subject = next(
            (
                c
                for c in analysis.children(head)
                if analysis.words[c].deprel in ("nsubj", "nsubj:pass")
            ),
            None,
        )
        if subject is not None:
            return subject
        if analysis.sentence_of[head] != analysis.sentence_of[cue]:
            return None
        at = head
    return None


def beside_cue(analysis: Analysis, cue: int) -> int | None:
    """The head of a noun phrase that hangs on the cue and stands right after or right before it, outside of the quotation."""
    for child in analysis.children(cue):
        if (
            analysis.words[child].upos not in ("NOUN", "PROPN", "PRON")
            or analysis.mark_over(child, cue) >= 0
        ):
            continue
        below = analysis.subtree(child)
        if min(below) == cue + 1 or max(below) == cue - 1:
            return child
    return None


def _framing(
    analysis: Analysis, head: int, words: AttributionWords, *, inverted: bool
) -> frozenset[int]:
    """What hangs on a source but belongs to the verb: "said the ministry in a statement", "the mayor, in a statement, said"."""
    out: frozenset[int] = frozenset()
    for child in analysis.children(head):
        cases = {
            analysis.words[c].lemma.lower()
            for c in analysis.children(child)
            if analysis.words[c].deprel == "case"
        }
        if (
            child > head
            and analysis.words[child].deprel in ("nmod", "obl")
            and cases & words.frame_prepositions
        ):
            start = min(analysis.subtree(child))
            if inverted or analysis.is_punct(start - 1):
                out |= frozenset(range(start - (not inverted), max(analysis.subtree(head)) + 1))
    return out


def _heads(at: dict[str, int]) -> frozenset[int]:
    return frozenset(n for name, n in at.items() if not name.startswith("cue"))


def _phrase(analysis: Analysis, head: int, others: set[int]) -> frozenset[int]:
    """The words of a noun phrase: its subtree in one piece around the head, without what belongs to the other bound words.

    A preposition or possessive ending of the phrase is not part of it.
    """
    found = set(analysis.subtree(head))
    for other in others:
        if other in found and other != head:
            found -= analysis.subtree(other)
    drop: set[int] = set()
    for child in analysis.children(head):
        if analysis.words[child].deprel in ("case", "mark", "cc") or (
            analysis.words[child].deprel == "parataxis" and child > head
        ):
            drop |= analysis.subtree(child)
    found -= drop
    low = high = head
    while low - 1 in found:
        low -= 1
    while high + 1 in found:
        high += 1
    while low < head and analysis.is_punct(low) and analysis.words[low].form not in "([\"'":
        low += 1
    while high > head and analysis.is_punct(high) and analysis.words[high].form not in ")]\"'":
        high -= 1
    return frozenset(range(low, high + 1))


def cue_group(
    analysis: Analysis, cue: int, parts: Iterable[int], taken: frozenset[int]
) -> frozenset[int]:
    """The cue with its auxiliaries, particle and what stands between them, as far as no word of it is `taken`."""
    found = {cue, *parts}
    for part in tuple(found):
        found |= {
            c
            for c in analysis.children(part)
            if analysis.words[c].deprel in CUE_PARTS and c not in taken
        }
    for n in range(min(found), max(found)):
        if (
            n not in found
            and n not in taken
            and analysis.words[n].deprel in BETWEEN_CUE_PARTS
            and analysis.head(n) in found
        ):
            found |= analysis.subtree(n) - taken
    first = {c for c in analysis.children(cue) if analysis.words[c].feat("Polarity") == "Neg"}
    return frozenset(found | first)


def _content(
    analysis: Analysis, rule: Rule, at: dict[str, int], cue: frozenset[int], source: frozenset[int]
) -> tuple[frozenset[int], int]:
    kind = rule.option("content") or "clause"
    heads = [n for name, n in at.items() if name.startswith("content")]
    if kind == "marked" or (not heads and kind != "matrix"):
        return frozenset(), -1
    zone = cue | source
    if kind == "matrix":
        low, high = analysis.sentence(at["cue"])
        return frozenset(range(low, high)) - _frame(analysis, at, zone), -1
    found: frozenset[int] = frozenset()
    for head in heads:
        below = analysis.subtree(head)
        if at["cue"] in below:
            below -= analysis.subtree(_below(analysis, at["cue"], head))
        found |= below
    if len(heads) == 1 and heads[0] > at["cue"]:
        found |= _joined(analysis, at["cue"], heads[0]) | _lost_subject(analysis, at, zone, found)
    head = at.get("content", heads[0])
    if head < at["cue"] and len(heads) == 1 and min(zone) > head:
        if analysis.mark_over(head, at["cue"]) >= 0:
            found = frozenset(
                n for n in found if n < min(zone) or analysis.mark_over(n, at["cue"]) >= 0
            )
        else:
            found |= _lead(analysis, at, zone, found)
    return found - zone, head


def _lost_subject(
    analysis: Analysis, at: dict[str, int], zone: frozenset[int], found: frozenset[int]
) -> frozenset[int]:
    """What stands between a cue and a finite clause without subject: the parser has hung the subject elsewhere."""
    head = at.get("content", -1)
    if head < 0 or not found or "addressee" in at:
        return frozenset()
    children = analysis.children(head)
    if any(
        analysis.words[c].deprel.startswith(("nsubj", "csubj", "expl", "mark")) for c in children
    ):
        return frozenset()
    finite = [
        n
        for n in (head, *children)
        if analysis.words[n].feat("VerbForm") == "Fin"
        and analysis.words[n].deprel in ("aux", "cop", "ccomp", "aux:pass")
    ]
    start = (
        max(n for n in zone if n < min(found)) + 1
        if any(n < min(found) for n in zone)
        else min(found)
    )
    gap = range(start, min(found))
    inside = any(
        analysis.words[n].deprel in ("iobj", "obj", "obl:unmarked")
        and analysis.head(n) == at["cue"]
        for n in gap
    )
    return (
        frozenset()
        if not finite or inside or any(analysis.mark_over(n, at["cue"]) >= 0 for n in gap)
        else frozenset(gap)
    )


def _joined(analysis: Analysis, cue: int, head: int) -> frozenset[int]:
    """What the parser joins to the cue although it goes on with the content: "says they are “right,” but also hungry for more"."""
    out: frozenset[int] = frozenset()
    for child in analysis.children(cue):
        if (
            analysis.words[child].deprel == "conj"
            and child > head
            and analysis.words[child].upos in ("ADJ", "NOUN", "PROPN")
        ):
            out |= analysis.subtree(child)
    return out


def _lead(
    analysis: Analysis, at: dict[str, int], zone: frozenset[int], found: frozenset[int]
) -> frozenset[int]:
    """What stands before a clause whose cue comes after it, back to the start of the sentence, outside of quotation marks."""
    low = analysis.sentence(at["cue"])[0]
    if not found or any(analysis.mark_over(n, at["cue"]) >= 0 for n in found):
        return frozenset()
    stop = min(found)
    inside = [n for n in range(low, stop) if n in zone or analysis.mark_over(n, at["cue"]) >= 0]
    return frozenset(range(max(inside, default=low - 1) + 1, stop)) if not inside else frozenset()


def _below(analysis: Analysis, number: int, top: int) -> int:
    """The dependent of `top` over which `number` hangs under it."""
    while analysis.head(number) not in (top, -1):
        number = analysis.head(number)
    return number


def _frame(analysis: Analysis, at: dict[str, int], zone: frozenset[int]) -> frozenset[int]:
    """All words of the clause or phrase that attributes: the subtrees of cue and source."""
    found = set(zone)
    for name in ("cue", "source", "frame"):
        if name in at and at.get("content") not in analysis.subtree(at[name]):
            found |= analysis.subtree(at[name])
    return frozenset(found)


def _content_runs(analysis: Analysis, content: frozenset[int], zone: frozenset[int]) -> TokenRanges:
    """The content in as few pieces as possible: gaps are closed unless a word of the cue or the source stands in them."""
    if not content:
        return ()
    outside = frozenset(
        n for n in range(min(content), max(content)) if n not in content and n not in zone
    )
    pieces = token_ranges(content, bridge=outside)
    return tuple(run for run in (analysis.trim(piece) for piece in pieces) if run[0] < run[1])


def factuality(
    analysis: Analysis, rule: Rule, cue: int, group: frozenset[int], words: AttributionWords
) -> Factuality:
    """How the attribution is put: from the rule, else from the words of the cue."""
    fixed = rule.option("factuality")
    if isinstance(fixed, str) and fixed in FACTUALITIES:
        return FACTUALITIES[fixed]
    return meaning(analysis, cue, group, words, asking=rule.option("question") is True)


def meaning(
    analysis: Analysis,
    cue: int,
    group: frozenset[int],
    words: AttributionWords,
    *,
    asking: bool = False,
) -> Factuality:
    """How the words of a cue put an attribution; `asking` allows for a question."""
    near = [analysis.words[n] for n in group] + [
        analysis.words[c]
        for c in analysis.children(cue)
        if analysis.words[c].deprel in ("advmod", "aux")
    ]
    lemmas = {w.lemma.lower() for w in near}
    refused = bool(lemmas & words.refusal) or analysis.words[cue].lemma.lower() in words.refusal
    if refused or any(
        w.feat("Polarity") == "Neg" or w.lemma.lower() in words.negation for w in near
    ):
        return "not_said"
    if analysis.words[cue].lemma.lower() in words.denial:
        return "denied"
    if any(w.deprel == "aux" and w.lemma.lower() in words.modal for w in near):
        return "hypothetical"
    if asking and analysis.words[cue].lemma.lower() in words.asking:
        return "question"
    return "said"


def _path(analysis: Analysis, at: dict[str, int]) -> str:
    """`said >nsubj Peskov >ccomp continue`: cue, then each bound word with the labels that lead to it."""
    cue = at["cue"]
    steps = [analysis.words[cue].form]
    for name, number in at.items():
        if name != "cue":
            steps.append(f"{_labels(analysis, cue, number)} {analysis.words[number].form}")
    return " ".join(steps)


def _labels(analysis: Analysis, start: int, end: int) -> str:
    chain = (start, *analysis.ancestors(start))
    down: list[str] = []
    at = end
    while at not in chain and at >= 0:
        down.append(f">{analysis.words[at].deprel}")
        at = analysis.head(at)
    up = [f"<{analysis.words[n].deprel}" for n in chain[: chain.index(at)]] if at in chain else []
    return "".join(up + down[::-1]) or "="


def without(candidate: Candidate, numbers: frozenset[int], analysis: Analysis) -> Candidate:
    """The candidate with these words out of its content."""
    left = token_numbers(candidate.content) - numbers
    runs = tuple(run for run in (analysis.trim(r) for r in token_ranges(left)) if run[0] < run[1])
    return replace(candidate, content=runs)
