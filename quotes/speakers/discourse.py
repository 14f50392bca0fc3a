"""The state of resolution while a chunk is read: its referents, and who has said what.

In: mentions, attributions and entities, as prepared by `resolution`. Out: nothing; the state that
`coreference` fills and `antecedents` reads. It lives as long as one call of `resolve` and is never
handed on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from quotes.analysis import Analysis
from quotes.language.lexicon import Lexicon
from quotes.records import Document, Sentence, Span, Spans
from quotes.speakers.mentions import Mention, by_sentence
from quotes.speakers.referents import Referent, ReferentMention, named_in_title
from quotes.speakers.role_match import Description, Match, describe, match
from quotes.text.folding import fold_word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from quotes.speakers.antecedent_network import AntecedentRanker

    Array = NDArray[np.float32]

TurnsBefore = tuple[int | None, dict[int, list[int]]]
"""Who spoke last, and by referent the sentences in which they spoke."""

MIN_GENDER_CONFIDENCE = 0.6  # of a pronoun, from which it tells the gender of its referent


@dataclass(frozen=True, slots=True)
class Antecedent:
    """The referent of a mention, by its place among the referents."""

    referent: int
    step: str
    confidence: float


@dataclass(frozen=True, slots=True)
class QuotedSpeech:
    """What coreference needs of an attribution.

    Attributes:
        content: Its spans.
        marked: It stands in quotation marks.
        source: The mention of its source.
        turn: It is its source's turn (`turns`).
        confidence: How sure the attribution is.
    """

    content: Spans
    marked: bool
    source: int | None
    turn: bool = True
    confidence: float = 1.0


@dataclass(slots=True)
class Discourse:
    """The state of reading a chunk.

    `narrated` counts for each sentence those up to it that are not wholly quoted. `speaking` are
    the mentions that are sources whose turn it is, `turns` what has been noted of them: offset,
    sentence and referent.
    """

    document: Document
    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    speeches: Sequence[QuotedSpeech]
    marked: Spans
    lexicon: Lexicon
    referents: list[Referent]
    paragraphs: list[int]
    narrated: list[int]
    texts: dict[int, str] = field(default_factory=dict)
    of_source: dict[int, QuotedSpeech] = field(default_factory=dict)
    named: dict[int, Antecedent] = field(
        default_factory=dict
    )  # what names name, known before the text is gone through
    antecedents: dict[int, Antecedent] = field(default_factory=dict)
    named_in: dict[int, list[int]] = field(default_factory=dict)  # the same, by sentence
    speaker: int | None = None
    ranker: AntecedentRanker | None = None
    speaking: frozenset[int] = frozenset()
    turns: list[tuple[int, int, int]] = field(default_factory=list)
    joint: dict[int, str] = field(default_factory=dict)  # several speakers by their offset
    of_sentence: dict[int, list[int]] = field(init=False)  # mentions by sentence
    said_by: dict[int, list[QuotedSpeech]] = field(init=False)  # by the mention of the source
    first_words: list[int] = field(init=False)  # of each sentence, counted from the first
    titled: frozenset[int] = field(init=False)  # the referents that the document's title names
    _states: Array | None = None
    evidence_of: dict[int, dict[str, float]] = field(
        default_factory=dict
    )  # what a mention tells of its referent (`antecedent_features`), by mention
    _descriptions: dict[int, Description] = field(default_factory=dict)  # by mention
    _matches: dict[tuple[int, int], Match] = field(default_factory=dict)
    _starts: list[int] = field(init=False)
    _reach: list[int] = field(init=False)  # how far the marks up to each reach

    def __post_init__(self) -> None:
        self.of_sentence = by_sentence(self.mentions)
        self.said_by = {}
        for speech in self.speeches:
            if speech.source is not None:
                self.said_by.setdefault(speech.source, []).append(speech)
        lengths = (len(sentence.words) for sentence in self.sentences)
        self.first_words = list(accumulate(lengths, initial=0))[:-1]
        self.titled = named_in_title(self.document.title, self.referents)
        parts = sorted(self.marked)
        self._starts = [part.start for part in parts]
        self._reach = list(accumulate((part.end for part in parts), max))

    @property
    def states(self) -> Array | None:
        """The encoder's states of all words (words x units), None without a ranker."""
        if self._states is None and self.ranker is not None:
            import numpy as np

            words = [[word.form for word in sentence.words] for sentence in self.sentences]
            self._states = np.asarray(self.ranker.states.of(words), dtype=np.float32)
        return self._states

    def is_marked(self, span: Span) -> bool:
        """Return True if a span stands inside quotation marks."""
        before = bisect_right(self._starts, span.start)
        return before > 0 and self._reach[before - 1] >= span.end

    def note(self, index: int, answer: Antecedent) -> None:
        """Record the antecedent of a mention, and that its referent has been mentioned."""
        mention, referent = self.mentions[index], self.referents[answer.referent]
        self.antecedents[index] = answer
        if (
            mention.is_pronoun
            and mention.gender in ("female", "male")
            and referent.gender is None
            and answer.confidence >= MIN_GENDER_CONFIDENCE
        ):
            referent.gender = mention.gender
            referent.kind = referent.kind or "person"
        referent.referent_mentions.append(
            ReferentMention(index, mention.sentence, mention.span.start, answer.confidence)
        )
        if index in self.speaking and not self.is_marked(mention.span):
            self.turns.append((mention.span.start, mention.sentence, answer.referent))

    def learn(self, index: int, number: int) -> None:
        """Add a description to the roles of the referent that it means."""
        mention, referent = self.mentions[index], self.referents[number]
        words = self.sentences[mention.sentence].words[mention.start : mention.end]
        said = frozenset(fold_word(word.form) for word in words) - set(self.lexicon.determiners)
        referent.offices = (*referent.offices, said | {mention.noun})
        referent.words |= referent.offices[-1]
        self._matches = {key: known for key, known in self._matches.items() if key[1] != number}

    def introduce_group(self, text: str) -> int:
        """Return the referent of a group of this description, a new one where there is none."""
        for number, referent in enumerate(self.referents):
            if referent.entity is None and referent.text == text:
                return number
        self.referents.append(Referent(None, text, "group", number="plur"))
        return len(self.referents) - 1

    def turns_before(self, start: int) -> TurnsBefore:
        """Return who spoke last before an offset, and by referent in which sentences they spoke."""
        times: dict[int, list[int]] = {}
        speaker = self.speaker
        for at, sentence, referent in self.turns:
            if at < start:
                times.setdefault(referent, []).append(sentence)
                speaker = referent
        return speaker, times

    def match(self, index: int, number: int) -> Match:
        """Return how a description fits a referent."""
        known = self._matches.get((index, number))
        if known is None:
            known = match(self._description(index), self.referents[number], self.lexicon)
            self._matches[index, number] = known
        return known

    def _description(self, index: int) -> Description:
        known = self._descriptions.get(index)
        if known is None:
            mention = self.mentions[index]
            words = self.sentences[mention.sentence].words[mention.start : mention.end]
            known = self._descriptions[index] = describe(mention, words, self.lexicon)
        return known

    def distance(self, earlier: int, later: int) -> int:
        """Return the number of sentences from one to another.

        What stands wholly in quotation marks between them does not count.
        """
        return 0 if earlier == later else max(1, self.narrated[later] - self.narrated[earlier])


def paragraph_numbers(analysis: Analysis) -> list[int]:
    """Return for each sentence the number of its paragraph, counted in line ends before it.

    The weights of antecedents were fitted to this count. In a text with wrapped lines it is larger
    than that of `Analysis.paragraphs`.
    """
    sentences = analysis.parse.sentences
    numbers, count, at = [], 0, sentences[0].span.start if sentences else 0
    for sentence in sentences:
        count += "\n" in analysis.text[at : sentence.span.start]
        numbers.append(count)
        at = sentence.span.end
    return numbers


def narrated_numbers(sentences: Sequence[Sentence], marked: Spans) -> list[int]:
    """Return for each sentence how many up to it are not wholly inside quotation marks."""
    numbers, count = [], 0
    for sentence in sentences:
        letters = [word.span for word in sentence.words if word.form[0].isalnum()]
        quoted = bool(letters) and any(
            part.start <= letters[0].start and letters[-1].end <= part.end for part in marked
        )
        count += not quoted
        numbers.append(count)
    return numbers
