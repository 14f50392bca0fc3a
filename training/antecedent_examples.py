"""Examples for the ranker of antecedents: evidence for each candidate, and which are right.

In: texts whose mentions are labelled (`coreference_texts`, GUM's trees, articles with speakers).
Each is read as the program reads it, so that the discourse before a mention holds the ranker's own
mistakes. Out: an `Example` for each mention that is labelled. Names take part by no word of theirs.
"""

from __future__ import annotations

import pickle
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from quotes.analysis import Analysis, analyse
from quotes.attribution import extract
from quotes.evaluation.annotated_quotes import AnnotatedArticle, AnnotatedQuote
from quotes.language import Language
from quotes.parsing.interface import Parser, Part, parse_each
from quotes.records import Attribution, Document, Parse, Span, Spans
from quotes.speakers import DocumentEntities, antecedents
from quotes.speakers.antecedent_features import (
    Evidence,
    MentionClass,
    candidates,
    class_of,
    nobody_evidence,
)
from quotes.speakers.antecedent_network import RankerInput, WordStateSource, ranker_input
from quotes.speakers.descriptions import is_open
from quotes.speakers.discourse import Discourse
from quotes.speakers.mentions import Mention
from quotes.speakers.resolution import read_discourse
from quotes.text.folding import fold_name
from quotes.text.quotation_marks import find_marks
from training.coreference_texts import GapPassage, LabelledText

ENGLISH = Language.load("en")
Extract = Callable[[Analysis], Sequence[Attribution]]
WeightsOf = Callable[[str], antecedents.Weights]
"""For the name of a document the weights that it is read with."""
TITLES = ENGLISH.words("honorifics")
WORD = re.compile(r"\w+")


class CachedParser:
    """A parser that keeps its parses in a folder, by the text."""

    def __init__(self, parser: Parser, folder: Path) -> None:
        self.parser, self.folder = parser, folder
        folder.mkdir(parents=True, exist_ok=True)

    def parse(self, document: Document, chunk: Span | None = None) -> Parse:
        """Return the parse of a document, from the folder where it is there."""
        path = self.folder / f"{document.sha256}.pickle"
        if path.is_file():
            known: Parse = pickle.loads(path.read_bytes())
            return known
        made = self.parser.parse(document, chunk)
        path.write_bytes(pickle.dumps(made))
        return made

    def parse_many(self, parts: Sequence[Part]) -> list[Parse]:
        """Return the parses of several documents."""
        return parse_each(self, parts)


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled mention.

    Attributes:
        group: The document, whose examples stay in one fold.
        corpus: Where it is from.
        name: The class of the mention.
        source: It is the source of an attribution.
        rows: The evidence for nobody, and for each candidate.
        right: Which of them are right.
        given: The words and places of the mention and of its candidates.
        states: The encoder's states of the words of the text, if they are read.
    """

    group: str
    corpus: str
    name: MentionClass
    source: bool
    rows: tuple[Evidence, ...]
    right: tuple[bool, ...]
    given: RankerInput
    states: NDArray[np.float16] | None = None


Check = Callable[[Discourse, int, Sequence[int]], Sequence[bool] | None]
"""For a mention and its candidates: whether nobody, and each of them, is right; None: no label."""


def by_rules(analysis: Analysis) -> Sequence[Attribution]:
    """Return the attributions that rules find, for texts that are not worth a tagger's time."""
    return extract(analysis)


def read(
    document: Document,
    parse: Parse,
    corpus: str,
    check: Check,
    weights: WeightsOf,
    extract: Extract = by_rules,
    states: WordStateSource | None = None,
) -> list[Example]:
    """Read a text as the program does, and return an example for each mention with a label."""
    of_words = states_of(parse, states)
    analysis = analyse(document, ENGLISH, parse, find_marks(document.text, ENGLISH))
    found: list[Example] = []

    def observe(discourse: Discourse, index: int) -> None:
        mention = discourse.mentions[index]
        if not (is_open(discourse, index) or _is_ranked(mention)):
            return
        known = candidates(discourse, index)
        right = check(discourse, index, list(known)) if known else None
        if right is None or not any(right):
            return
        given = (candidate.evidence for candidate in known.values())
        rows = (nobody_evidence(discourse, index, known), *given)
        source, read = index in discourse.of_source, ranker_input(discourse, index, known)
        found.append(
            Example(
                document.id, corpus, class_of(mention), source, rows, tuple(right), read, of_words
            )
        )

    with mock.patch.object(antecedents, "load_weights", return_value=weights(document.id)):
        read_discourse(analysis, extract(analysis), DocumentEntities(), observe=observe)
    return found


def states_of(parse: Parse, states: WordStateSource | None) -> NDArray[np.float16] | None:
    """Return the states of all words of a parse."""
    if states is None or not parse.sentences:
        return None
    words = [[word.form for word in sentence.words] for sentence in parse.sentences]
    return np.asarray(states.of(words)).astype(np.float16)


def _is_ranked(mention: Mention) -> bool:
    return mention.is_pronoun and mention.refers == "personal" and mention.person == 3


def gap_check(passage: GapPassage) -> Check:
    """Check the one pronoun of a passage of GAP by its two names."""

    def check(discourse: Discourse, index: int, found: Sequence[int]) -> Sequence[bool] | None:
        if discourse.mentions[index].span.start != passage.pronoun.start:
            return None
        first, second = (named_at(discourse, span) for span in passage.names)
        meant = {n for n, yes in zip((first, second), passage.meant, strict=True) if yes}
        if any(passage.meant):
            return [False, *(number in meant for number in found)]
        return [True, *(number not in (first, second) for number in found)]

    return check


def named_at(discourse: Discourse, span: Span) -> int | None:
    """Return the referent that is named in a span."""
    fits = [
        (min(span.end, other.span.end) - max(span.start, other.span.start), answer.referent)
        for at, answer in discourse.named.items()
        if (other := discourse.mentions[at]).span.overlaps(span)
    ]
    return max(fits)[1] if fits else None


def chain_check(chains: Mapping[str, Sequence[Span]]) -> Check:
    """Check all mentions of a text by what its labels say that they refer to."""
    spans = sorted((len(span), span, name) for name, own in chains.items() for span in own)
    known: dict[int, str | None] = {}

    def chain_of(discourse: Discourse, index: int) -> str | None:
        if index not in known:
            mention = discourse.mentions[index]
            sentence = discourse.sentences[mention.sentence]
            head = mention.span if mention.is_pronoun else sentence.words[mention.head].span
            exact = mention.is_pronoun
            known[index] = next(
                (name for _, span, name in spans if span == head)
                if exact
                else (name for _, span, name in spans if span.contains(head)),
                None,
            )
        return known[index]

    def check(discourse: Discourse, index: int, found: Sequence[int]) -> Sequence[bool] | None:
        chain = chain_of(discourse, index)
        pronoun = discourse.mentions[index].is_pronoun
        if chain is None and (pronoun and discourse.mentions[index].gender != "neuter"):
            return None
        right = [
            chain is not None and _main_chain(discourse, number, chain_of) == chain
            for number in found
        ]
        return [not any(right), *right]

    return check


def _main_chain(
    discourse: Discourse, number: int, chain_of: Callable[[Discourse, int], str | None]
) -> str | None:
    """Return what most of the names and descriptions of a referent refer to."""
    own = [
        seen.mention
        for seen in discourse.referents[number].referent_mentions
        if not discourse.mentions[seen.mention].is_pronoun
    ]
    own += [at for at, answer in discourse.named.items() if answer.referent == number]
    counts = Counter(chain_of(discourse, at) for at in own)
    counts.pop(None, None)
    return counts.most_common(1)[0][0] if counts else None


def speaker_check(quotes: Sequence[AnnotatedQuote]) -> Check:
    """Check the sources of an article whose speakers are labelled by hand."""
    by_source = [(span, quote) for quote in quotes for span in quote.source]

    def check(discourse: Discourse, index: int, found: Sequence[int]) -> Sequence[bool] | None:
        mention = discourse.mentions[index]
        quote = next((q for span, q in by_source if _is_source(mention, span)), None)
        if quote is None or not quote.names:
            return None
        right = [_is_named(discourse, number, quote.names) for number in found]
        if mention.form == "nominal" and quote.link == "described":
            unnamed = [discourse.referents[number].entity is None for number in found]
            return [True, *unnamed]
        return [not any(right), *right]

    return check


def utterance_check(quotes: Sequence[AnnotatedQuote]) -> Check:
    """Check the sources of an article by the speakers of the utterances that they say."""

    def check(discourse: Discourse, index: int, found: Sequence[int]) -> Sequence[bool] | None:
        speech = discourse.of_source.get(index)
        quote = next((q for q in quotes if speech and _is_same(q.content, speech.content)), None)
        if quote is None or not quote.names:
            return None
        right = [_is_named(discourse, number, quote.names) for number in found]
        if discourse.mentions[index].form == "nominal" and not any(right):
            return None  # an unnamed speaker has a label of the annotators there
        return [not any(right), *right]

    return check


def _is_same(gold: Spans, given: Spans) -> bool:
    """Return True if two contents share half of the letters of both."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in gold for b in given)
    return 2 * shared >= sum(map(len, gold)) + sum(map(len, given)) - shared > 0


def _is_source(mention: Mention, span: Span) -> bool:
    if mention.is_pronoun:
        return mention.span == span
    return (
        mention.form == "nominal"
        and mention.span.end <= span.end
        and (mention.span.start <= span.start + 4 and mention.span.start >= span.start)
    )


def _is_named(discourse: Discourse, number: int, names: Sequence[str]) -> bool:
    own = _words(discourse.referents[number].text)
    return any(
        own and other and (own <= other or other <= own or len(own & other) * 2 >= len(own | other))
        for other in map(_words, names)
    )


def _words(name: str) -> frozenset[str]:
    words = WORD.findall(fold_name(name))
    return frozenset(word for word in words if word not in TITLES and word not in ("the", "a"))


def examples_of_texts(
    texts: Iterable[LabelledText],
    corpus: str,
    parser: Parser,
    weights: WeightsOf,
    states: WordStateSource | None = None,
) -> Iterator[Example]:
    """Yield the examples of texts with labelled mentions."""
    for text in texts:
        parse = parser.parse(text.document)
        yield from read(
            text.document, parse, corpus, chain_check(text.chains), weights, states=states
        )


def examples_of_gap(
    passages: Iterable[GapPassage],
    parser: Parser,
    weights: WeightsOf,
    states: WordStateSource | None = None,
) -> Iterator[Example]:
    """Yield the examples of passages of GAP."""
    for passage in passages:
        parse = parser.parse(passage.document)
        yield from read(passage.document, parse, "gap", gap_check(passage), weights, states=states)


def examples_of_articles(
    articles: Iterable[AnnotatedArticle],
    corpus: str,
    check_of: Callable[[Sequence[AnnotatedQuote]], Check],
    parser: Parser,
    extract: Extract,
    weights: WeightsOf,
    states: WordStateSource | None = None,
) -> Iterator[Example]:
    """Yield the examples of articles whose speakers are labelled; `check_of` reads the labels."""
    for article in articles:
        document, check = article.document, check_of(article.quotes)
        yield from read(document, parser.parse(document), corpus, check, weights, extract, states)
