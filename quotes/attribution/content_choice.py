"""The choice between the contents that a candidate may have.

In: `Analysis`, candidates that the tagger has read, weights. Out: the candidates, each with the
content whose features score best among its options (`content_operators`). The weights are those of
a log-linear model over the options of one candidate, learned from what annotators marked
(`training/train_attribution.py`). Features are labels of the tree, lemmas of small words, places of
marks and probabilities of the tagger, all as they are, so that the code knows no language.

What no option may do is named in `CONSTRAINTS`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from quotes.analysis import Analysis, token_numbers, token_ranges
from quotes.attribution.act_words import act_words
from quotes.attribution.candidates import AnchorKind, TaggedCandidate, Trait
from quotes.attribution.content_operators import Site, Words, content_options
from quotes.attribution.content_ranges import content_ranges
from quotes.attribution.quotation_sites import MIN_DIRECT_SHARE, quote_type
from quotes.attribution.scoring import logistic, logit
from quotes.attribution.subjects import is_further_report
from quotes.attribution.tagger_boundaries import LEADING, content_head, likeliest_words
from quotes.text.folding import fold_word

Features = dict[str, float]
# Parts of speech of words whose lemma tells how a clause hangs on what stands before.
FUNCTION_WORDS = frozenset({"ADP", "ADV", "CCONJ", "PART", "PRON", "SCONJ"})

LIKELY = 0.5  # what the tagger must give an anchor for it to count beside an option
# What the tagger must give a further report for it to be left to a candidate of its own.
MIN_OWN_QUOTE = 0.5


@dataclass(frozen=True)
class Choice:
    """One candidate among the others, with all that its options are judged by."""

    analysis: Analysis
    entries: Sequence[TaggedCandidate]
    number: int

    @property
    def entry(self) -> TaggedCandidate:
        """The candidate."""
        return self.entries[self.number]

    @cached_property
    def site(self) -> Site:
        """The candidate in its place."""
        return Site(self.analysis, self.entry)

    @cached_property
    def current(self) -> Words:
        """The content that it has."""
        return self.site.words(token_numbers(self.entry.candidate.content))

    @cached_property
    def ruled(self) -> Words | None:
        """The content that the rules gave it."""
        original = self.entry.original
        return None if original is None else self.site.words(token_numbers(original.content))

    @cached_property
    def likeliest(self) -> Words:
        """The content that is likeliest for the tagger."""
        tagged = self.entry.tagged
        assert tagged is not None
        return self.site.words(likeliest_words(tagged.start, tagged.content))

    @cached_property
    def log_odds(self) -> Mapping[int, float]:
        """The log odds that the tagger gives each word of being content."""
        tagged = self.entry.tagged
        assert tagged is not None
        return {
            n: logit(p)
            for n, p in enumerate(tagged.content, tagged.start)
            if not self.analysis.is_punct(n)
        }

    @cached_property
    def likely(self) -> Mapping[int, float]:
        """Those that speak for a word."""
        return {n: x for n, x in self.log_odds.items() if x > 0}

    @cached_property
    def best_log_odds(self) -> float:
        """The sum of those that speak for a word."""
        return sum(self.likely.values())

    def gap(self, option: Words) -> float:
        """Return how far the log odds of an option are from the best that there could be."""
        return max(-4.0, (sum(self.inside(option)) - self.best_log_odds) / 10)

    def inside(self, option: Words) -> Sequence[float]:
        """Return the log odds of the words of an option, those out of reach left out."""
        known = self._inside.get(option)
        if known is None:
            log_odds = self.log_odds
            known = self._inside[option] = [log_odds[n] for n in option if n in log_odds]
        return known

    @cached_property
    def _inside(self) -> dict[Words, Sequence[float]]:
        return {}

    @cached_property
    def above(self) -> Words:
        """The anchor and the words above it in the tree."""
        anchor = self.entry.candidate.anchor
        return frozenset({anchor, *self.analysis.ancestors(anchor)})

    @cached_property
    def others(self) -> Words:
        """The words that belong to other candidates."""
        return frozenset[int]().union(
            *(
                token_numbers(runs)
                for i, entry in enumerate(self.entries)
                if i != self.number and self._is_beside(entry)
                for runs in (entry.candidate.cue, entry.candidate.source, entry.candidate.content)
            )
        )

    @cached_property
    def other_anchors(self) -> Sequence[int]:
        """The anchors of other candidates that the tagger holds for likely."""
        return [
            entry.candidate.anchor
            for i, entry in enumerate(self.entries)
            if i != self.number and _validity(entry) >= LIKELY
        ]

    def has_own_quote(self, cue: int) -> bool:
        """Return True if what a verb reports is a likely candidate's, or it only names a source."""
        citing = act_words(self.analysis.language).citing
        return fold_word(self.analysis.words[cue].lemma) in citing or any(
            entry.candidate.anchor == cue
            and (_validity(entry) >= MIN_OWN_QUOTE or Trait.CERTAIN in entry.candidate.traits)
            for entry in self.entries
        )

    def _is_beside(self, entry: TaggedCandidate) -> bool:
        """Return True if another likely candidate neither holds this one nor lies in it."""
        inner = token_numbers(entry.candidate.content)
        anchor = self.entry.candidate.anchor
        least = self.analysis.language.thresholds.tagger_boundaries
        return (
            (entry.tagged is None or entry.tagged.valid >= least)
            and anchor not in inner
            and entry.candidate.anchor not in self.current
            and not inner & self.current
        )


def takes_nothing_of_others(choice: Choice, option: Words) -> bool:
    """Return True if the words that an option adds belong to no other candidate."""
    return not (option - choice.current) & choice.others


def keeps_marks(choice: Choice, option: Words) -> bool:
    """Return True if an option holds the same words in marks as the content that there is."""
    analysis, anchor = choice.analysis, choice.entry.candidate.anchor
    changed = (option ^ choice.current) & analysis.marked
    return all(analysis.mark_over(n, anchor) < 0 for n in changed)


def keeps_verbs_whole(choice: Choice, option: Words) -> bool:
    """Return True if no auxiliary is left at the end without its verb."""
    analysis, last = choice.analysis, max(option)
    return (
        not analysis.words[last].deprel.startswith("aux")
        or analysis.head(last) < last
        or analysis.head(last) in choice.site.taken
    )


def keeps_clause_of_conjunction(choice: Choice, option: Words) -> bool:
    """Return True if the clause that a conjunction at the beginning opens is not left out.

    "that if the crisis lasted" alone is none where "that" opens what would happen then.
    """
    analysis, first = choice.analysis, min(option)
    word, head = analysis.words[first], analysis.head(first)
    opens = word.upos == "SCONJ" and word.deprel == "mark"
    return not opens or head in option or head in choice.site.taken


def leaves_out_further_reports(choice: Choice, option: Words) -> bool:
    """Return True if an option holds no participle that reports further words of the source.

    "It failed, *adding that it would be mended*": the parser hangs it on the content.
    """
    analysis, anchor = choice.analysis, choice.entry.candidate.anchor
    return not any(
        n > anchor
        and analysis.head(n) in option
        and analysis.mark_over(n, anchor) < 0
        and is_further_report(analysis, n)
        and choice.has_own_quote(n)
        for n in option
    )


CONSTRAINTS: Mapping[str, Callable[[Choice, Words], bool]] = {
    "takes nothing of others": takes_nothing_of_others,
    "keeps marks": keeps_marks,
    "keeps verbs whole": keeps_verbs_whole,
}


def options_of(choice: Choice, *, left_out: frozenset[str] = frozenset()) -> tuple[Words, ...]:
    """Return the options that break no constraint; the content that there is always is one.

    But not where it leaves out the clause of its conjunction, or holds a further report, and
    another option does not.
    """
    options = tuple(
        option
        for option in content_options(choice.site, left_out=left_out)
        if option == choice.current or all(keeps(choice, option) for keeps in CONSTRAINTS.values())
    )
    for keeps in (keeps_clause_of_conjunction, leaves_out_further_reports):
        options = tuple(option for option in options if keeps(choice, option)) or options
    return options


def can_choose(analysis: Analysis, entry: TaggedCandidate) -> bool:
    """Return True for candidates of cues that the tagger holds for likely."""
    candidate = entry.candidate
    return (
        entry.tagged is not None
        and entry.tagged.valid >= analysis.language.thresholds.tagger_boundaries
        and candidate.anchor_kind is AnchorKind.CUE
        and bool(candidate.cue)
        and quote_type(analysis, candidate) != "direct"
        and bool(Site(analysis, entry).words(token_numbers(candidate.content)))
    )


def choose_contents(
    analysis: Analysis, entries: Sequence[TaggedCandidate], weights: Mapping[str, float]
) -> tuple[TaggedCandidate, ...]:
    """Return the candidates with the contents that score best; likelier ones choose first."""
    out = list(entries)
    if not weights:
        return tuple(out)
    chosen = [n for n, entry in enumerate(out) if can_choose(analysis, entry)]
    for number in sorted(chosen, key=lambda n: (-_validity(out[n]), n)):
        choice = Choice(analysis, out, number)
        best = best_option(choice, weights)
        if best != choice.current:
            candidate = out[number].candidate
            content = content_ranges(analysis, best, candidate.anchor)
            out[number] = replace(
                out[number],
                candidate=replace(
                    candidate,
                    content=content,
                    head=content_head(analysis, content, candidate.head),
                ),
            )
    return tuple(out)


def best_option(choice: Choice, weights: Mapping[str, float]) -> Words:
    """Return the option that scores best, the content that there is in a tie."""
    return max(
        options_of(choice), key=lambda option: score(option_features(choice, option), weights)
    )


def score(found: Features, weights: Mapping[str, float]) -> float:
    """Return the score of an option by its features."""
    return sum(weights.get(name, 0.0) * value for name, value in found.items())


def _validity(entry: TaggedCandidate) -> float:
    return entry.tagged.valid if entry.tagged else 0.0


def option_features(choice: Choice, option: Words) -> Features:
    """Return the features of one option, each about -1 to 1."""
    found: Features = {}
    for group in (_tagger_features, _tree_features, _edge_features, _mark_features, _size_features):
        found.update(group(choice, option))
    return found


def _tagger_features(choice: Choice, option: Words) -> Iterator[tuple[str, float]]:
    """Yield how far tagger, rules and the content so far agree with an option."""
    log_odds = choice.log_odds
    inside = choice.inside(option)
    missed = sum([x for n, x in choice.likely.items() if n not in option])
    yield "log odds", choice.gap(option)
    yield "log odds missed", min(4.0, missed / 10)
    yield "log odds against", max(-4.0, sum([x for x in inside if x < 0]) / 10)
    yield "mean", sum(map(logistic, inside)) / len(inside) if inside else 0.5
    yield "out of reach", 1 - len(inside) / len(option)
    yield "first", log_odds.get(min(option), 0.0) / 3
    yield "last", log_odds.get(max(option), 0.0) / 3
    for name, words in (
        ("current", choice.current),
        ("ruled", choice.ruled),
        ("likeliest", choice.likeliest),
    ):
        if words:
            yield f"shared with {name}", len(words & option) / len(words | option)
            yield f"is {name}", float(words == option)


def _tree_features(choice: Choice, option: Words) -> Iterator[tuple[str, float]]:
    """Yield which words of the tree an option has for heads, and what below it is left out."""
    analysis, anchor = choice.analysis, choice.entry.candidate.anchor
    tops = [n for n in option if analysis.head(n) not in option]
    top = min(tops, key=lambda n: (len(analysis.ancestors(n)), n))
    yield "tops", min(len(tops) - 1, 5) / 3
    yield f"top={analysis.words[top].deprel}", 1.0
    yield f"top is {analysis.words[top].upos}", 1.0
    yield "top on anchor", float(analysis.head(top) == anchor)
    yield "anchor below", float(anchor in analysis.subtree(top))
    low, high = min(option), max(option)
    right, left = 0, 0
    below = frozenset[int]().union(*map(analysis.children, option)) - option
    for child in below - choice.site.taken - choice.above - analysis.punctuation:
        if child < low:
            left += 1
            continue
        right += 1
        label = analysis.words[child].deprel.split(":")[0] if child > high else "gap"
        yield f"left out={label}", 1.0
    yield "left out", min(3, right) / 3
    yield "left out before", min(2, left) / 2


def _edge_features(choice: Choice, option: Words) -> Iterator[tuple[str, float]]:
    """Yield what stands at both ends of an option and right beside them."""
    analysis, taken = choice.analysis, choice.site.taken
    words, low, high = analysis.words, min(option), max(option)
    stop = analysis.sentence(high)[1]
    following = next((n for n in range(high + 1, stop) if not analysis.is_punct(n)), None)
    if following is None:
        yield "ends sentence", 1.0
    elif following in taken or high + 1 in taken:
        yield "ends at cue or source", 1.0
    else:
        mark = words[high + 1].form if analysis.is_punct(high + 1) else "word"
        yield f"ends at {mark}", 1.0
        yield f"followed by {words[following].upos}", 1.0
        yield f"followed by={words[following].deprel.split(':')[0]}", 1.0
        if words[following].upos in FUNCTION_WORDS:
            yield f"followed by {words[following].lemma.lower()}", 1.0
        yield "followed by dependent", float(analysis.head(following) in option)
    yield f"ends with {words[high].upos}", 1.0
    yield "ends with leading word", float(words[high].upos in LEADING)
    start = analysis.sentence(low)[0]
    if all(analysis.is_punct(n) for n in range(start, low)):
        yield "begins sentence", 1.0
    elif low - 1 in taken:
        yield "begins at cue or source", 1.0
    elif analysis.is_punct(low - 1):
        yield f"begins at {words[low - 1].form}", 1.0
    else:
        yield f"begins behind {words[low - 1].lemma.lower()}", 1.0
    yield f"begins with {words[low].upos}", 1.0
    if words[low].upos in FUNCTION_WORDS:
        yield f"begins with {words[low].lemma.lower()}", 1.0


def _mark_features(choice: Choice, option: Words) -> Iterator[tuple[str, float]]:
    """Yield how many marks an option cuts or holds, and its type."""
    analysis, anchor = choice.analysis, choice.entry.candidate.anchor
    over = [analysis.mark_over(n, anchor) for n in option & analysis.marked]
    cut = whole = 0
    for mark in set(over) - {-1}:
        inside = choice.site.words(token_numbers(analysis.mark_runs[mark]))
        cut += not inside <= option
        whole += inside <= option
    quoted = sum(mark >= 0 for mark in over) / len(option)
    yield "marks cut", min(cut, 2) / 2
    yield "marks whole", min(whole, 3) / 3
    kind = "indirect" if not quoted else "direct" if quoted >= MIN_DIRECT_SHARE else "mixed"
    yield kind, 1.0
    yield f"{kind} by {choice.entry.candidate.rule}", 1.0
    yield f"{kind} ends sentence", float(_ends_sentence(analysis, max(option)))
    yield f"{kind} log odds", choice.gap(option)


def _ends_sentence(analysis: Analysis, last: int) -> bool:
    """Return True if nothing but punctuation follows a word in its sentence."""
    return all(analysis.is_punct(n) for n in range(last + 1, analysis.sentence(last)[1]))


def _size_features(choice: Choice, option: Words) -> Iterator[tuple[str, float]]:
    """Yield the size of an option and its place beside the anchor."""
    analysis, anchor = choice.analysis, choice.entry.candidate.anchor
    low, high = min(option), max(option)
    gaps = analysis.punctuation.intersection(range(low, high))
    yield "ranges", min(len(token_ranges(option, bridge=gaps)) - 1, 4) / 2
    place = "before" if high < anchor else "after" if low > anchor else "around"
    yield place, 1.0
    yield "distance", math.log1p(max(low - anchor - 1, anchor - high - 1, 0)) / 3
    yield "size", math.log1p(len(option)) / 4
    yield "at most 2 words", float(len(option) <= 2)
    yield "at most 4 words", float(len(option) <= 4)
    first, last = analysis.sentence_of[low], analysis.sentence_of[high]
    yield "sentences", min(last - first, 4) / 4
    yield "sentence of anchor", float(analysis.sentence_of[anchor] in (first, last))
    gap = analysis.text[analysis.words[low].span.start : analysis.words[high].span.end]
    yield "paragraphs", min(gap.count("\n\n"), 3) / 3
    yield "other anchors", min(3, sum([n in option for n in choice.other_anchors])) / 3
    yield "verb", float(not analysis.verbs.isdisjoint(option))
    yield "finite", float(not analysis.finite.isdisjoint(option))
