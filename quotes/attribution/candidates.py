"""The records that passes of attribution hand to each other.

A `Candidate` is a possible attribution in numbers of words; a `TaggedCandidate` is one with what
the tagger made of it; `AttributionWords` are the word lists that passes read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cache

from quotes.analysis import TokenRanges
from quotes.attribution.tagger.interface import TaggerOutput
from quotes.language import Language
from quotes.records import Factuality

DEFAULT_PRIOR = 0.5  # the confidence of a candidate about which nothing is known


class AnchorKind(Enum):
    """What kind of word a candidate is anchored at."""

    CUE = "cue"  # the main word of the cue
    CONTEXT = "context"  # the root of the sentence before, whose subject is taken for the source
    LAYOUT = "layout"  # the first word of the name that layout shows
    CONTENT = "content"  # the first word of the content: there is nothing else


class Trait(Enum):
    """A property of a candidate that passes treat in their own way.

    All but `VERBATIM` come from rules, where an option of that name sets them
    (`quotes.language.rules.OPTIONS`); `CERTAIN` comes with the option `confidence`.

    Attributes:
        LOOSE: The content is a phrase, and quotation marks beside the cue come before it. Read when
            one candidate is chosen for a cue (`decoding`), when marks are given to cues
            (`generators.quoted_passages`) and when contents run on (`quotation_boundaries`).
        CITING: The source is cited by another source, whose content it shares. Such a candidate is
            chosen before others (`decoding`), keeps its words (`conflicts`) and lies in the other
            (`nesting`).
        INHERITS: The source is shared with another verb, so that it may stand far away: it is found
            over the tree (`generators.rule_matches`, `boundaries`) and does not count for the place
            of the cue (`quotation_sites`) or for a clause that is attributed anew (`conflicts`).
        INVERTED: The cue stands right behind the quotation, so that no other mark is given to it
            (`generators.quoted_passages`).
        CHAIN: Inside another statement it is as sure as outside: X reported that Y said Z. Read by
            `nesting`, `decoding` and, for detached participles, `boundaries`.
        PASSES_ON: The source passes on what a citing candidate below its cue attributes: Y quotes X
            as saying Z. It has that one's content (`boundaries.share_contents`) and gets no mark of
            its own (`generators.quoted_passages`).
        CERTAIN: The form alone tells cue, source and content, so that `prior` is the confidence:
            neither scorer nor tagger is asked, and it comes before others (`decoding`,
            `generators.tagger`).
        VERBATIM: Layout shows that all of the content is somebody's own words (`assembly`).
    """

    LOOSE = "loose"
    CITING = "citing"
    INHERITS = "inherits"
    INVERTED = "inverted"
    CHAIN = "chain"
    PASSES_ON = "passes_on"
    CERTAIN = "certain"
    VERBATIM = "verbatim"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible attribution: cue, source and content as ranges of words.

    Attributes:
        rule: The name of the rule or generator that found it.
        anchor: The word that stands for the candidate, of the kind that `anchor_kind` tells; a mark
            counts as quotation marks of the content where the anchor lies outside of it.
        cue: The words that attribute; none where context or layout alone does.
        source: The words that name who is said to have said it.
        content: What is said; empty as long as the quotation marks nearby have to give it.
        head: The head of the content in the tree, where there is one.
        path: The dependency path from the cue to the others, as people read it.
        prior: The confidence where no scorer has learned any: by layout, of a certain rule, or
            without a scorer.
    """

    rule: str
    anchor: int
    cue: TokenRanges
    source: TokenRanges
    content: TokenRanges
    anchor_kind: AnchorKind = AnchorKind.CUE
    head: int | None = None
    addressee: TokenRanges = ()
    factuality: Factuality = "said"
    path: str = ""
    traits: frozenset[Trait] = frozenset()
    prior: float = DEFAULT_PRIOR


@dataclass(frozen=True, slots=True)
class TaggedCandidate:
    """A candidate as the passes leave it, with what the tagger made of it.

    Attributes:
        candidate: The candidate as it is now.
        number: The place of the candidate that it came from among those of the rules, marks and
            layout; None where the tagger alone found it.
        original: That candidate.
        tagged: What the tagger said of it; None where it was not asked.
    """

    candidate: Candidate
    number: int | None
    original: Candidate | None
    tagged: TaggerOutput | None


# Lists of nouns for people and institutions, who can say something.
SAYERS = ("group-nouns", "organization-nouns", "person-nouns", "role-nouns")


@dataclass(frozen=True, slots=True)
class AttributionWords:
    """The words of a language that change what an attribution means."""

    negation: frozenset[str] = frozenset()
    modal: frozenset[str] = frozenset()
    witnessing: frozenset[str] = frozenset()
    denial: frozenset[str] = frozenset()
    refusal: frozenset[str] = frozenset()
    asking: frozenset[str] = frozenset()
    frame_prepositions: frozenset[str] = frozenset()
    reporter_conjunctions: frozenset[str] = frozenset()
    sayers: frozenset[str] = frozenset()


@cache
def attribution_words(language: Language) -> AttributionWords:
    """Return the words of a language that change what an attribution means."""
    return AttributionWords(
        negation=language.words("negation"),
        modal=language.words("modal-verbs"),
        witnessing=language.optional_words("witnessing-verbs"),
        denial=language.words("denial-verbs"),
        refusal=language.words("refusal-verbs"),
        asking=language.words("asking-verbs"),
        frame_prepositions=language.words("frame-prepositions"),
        reporter_conjunctions=language.words("reporter-conjunctions"),
        sayers=sayers(language.words),
    )


def sayers(words: Callable[[str], frozenset[str]]) -> frozenset[str]:
    """Return the nouns of `SAYERS`; `words` gives the entries of a list."""
    return frozenset(line.split("\t")[0] for name in SAYERS for line in words(name))
