"""Answers to "who said this?", from the statements that may be the words asked for.

    answer(asked, hits) → Answer

In: words and the statements that the index found for them. Out: what is verbatim, altered or a
part, with every wording and who printed it first. That nothing is found says something about the
collection, and nothing about whether the words were ever said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from quotes.defaults import MIN_CONFIDENCE
from quotes.language import Language
from quotes.statements.comparison import MIN_PARTIAL_WEIGHT, MatchKind, WordComparison
from quotes.statements.grouping import group
from quotes.statements.tokens import forms
from quotes.statements.types import Group, Statement, in_order
from quotes.statements.verbatim import compare_asked
from quotes.statements.weights import Vocabulary, vocabulary

if TYPE_CHECKING:
    from quotes.statements.running_text import Passage

Verdict = Literal["verbatim", "part", "altered", "similar"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""How words stand in a quotation, the best first.

verbatim: they are all of it; part: word for word a part of it; altered: words differ; similar: some
words are the same.
"""

WORD_FOR_WORD: tuple[Verdict, ...] = ("verbatim", "part")
NOT_FOUND = "not found in this collection"
TOO_COMMON = "these words are short or common: only a statement of just these words would be found"
MAX_ANSWERS = 10  # statements; the best are enough to answer


@dataclass(frozen=True)
class Found:
    """A statement that is, or holds, the words asked for.

    Attributes:
        statement: The earliest print of the wording that fits best.
        comparison: The difference of the words asked for from it.
        group: All wordings and prints.
        verdicts: How the words stand in each wording; those in which they do not are left out.
    """

    statement: Statement
    comparison: WordComparison
    group: Group
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)

    @property
    def kind(self) -> MatchKind:
        """Verbatim, altered or partial."""
        assert self.comparison.kind
        return self.comparison.kind

    @property
    def verdict(self) -> Verdict:
        """How the words stand in the wording that fits best."""
        return verdict_of(self.comparison)

    def prints(self, *verdicts: Verdict) -> tuple[Statement, ...]:
        """Return the prints in which the words stand in one of these ways, in order."""
        return in_order(
            statement
            for variant in self.group.variants
            if self.verdicts.get(variant.words) in verdicts
            for statement in variant.printed
        )

    @property
    def score(self) -> float:
        """How well it fits, between 0 and 1."""
        return self.comparison.score


@dataclass(frozen=True)
class Answer:
    """The answer to words asked for.

    Attributes:
        asked: The words.
        found: Statements that fit, verbatim ones first.
        total: How many fit, those left out of `found` among them.
        note: What a reader should know.
        passages: Where the words stand in running text, looked for where no quotation has them
            word for word.
        articles: How many articles were searched, where that is known.
    """

    asked: str
    found: tuple[Found, ...]
    total: int
    note: str = ""
    passages: tuple[Passage, ...] = ()
    articles: int | None = None

    @property
    def verdict(self) -> Verdict | None:
        """How the words stand in the quotation that fits best; None where no quotation does."""
        return self.found[0].verdict if self.found else None

    def prints(self) -> tuple[Statement, ...]:
        """Return the prints that answer: those word for word, else those of the best verdict."""
        best = self.verdict
        wanted: tuple[Verdict, ...] = WORD_FOR_WORD if best in WORD_FOR_WORD else (best,)  # type: ignore[assignment]
        return in_order(each for found in self.found for each in found.prints(*wanted))


@dataclass(frozen=True, slots=True)
class Reading:
    """Who speaks, in some of the prints of a statement: the speaker, and the prints."""

    speaker: str | None
    prints: tuple[Statement, ...]

    @property
    def articles(self) -> int:
        """The number of articles."""
        return len({statement.document for statement in self.prints})


def readings(prints: Sequence[Statement]) -> tuple[Reading, ...]:
    """Return who speaks in prints of one statement, the speaker of most articles first.

    More than one speaker is a disagreement between articles, or a mistake of the program. Prints
    that are less sure than what is shown by default count only where there are no others.
    """
    by_speaker: dict[str, list[Statement]] = {}
    for statement in [own for own in prints if not _is_unsure(own)] or prints:
        by_speaker.setdefault(statement.speaker_id or statement.speaker or "", []).append(statement)
    found = [Reading(own[0].speaker, tuple(own)) for own in by_speaker.values()]
    return tuple(sorted(found, key=lambda each: (not each.speaker, -each.articles)))


def verdict_of(comparison: WordComparison) -> Verdict:
    """Return how words stand in a quotation that they were compared with."""
    if comparison.kind == "verbatim":
        return "verbatim"
    if comparison.kind == "partial":
        return "part" if comparison.word_for_word else "similar"
    return "altered"


def answer(
    asked: str,
    hits: Sequence[Statement],
    *,
    words: Vocabulary | None = None,
    language: Language,
    limit: int = MAX_ANSWERS,
    compared: Mapping[str, WordComparison] | None = None,
) -> Answer:
    """Answer who said some words.

    Args:
        asked: The words.
        hits: Statements that may be them, in any order.
        language: Their language.
        words: The index's vocabulary, so that words rare in the collection count for more.
        limit: How many statements are answered at most.
        compared: Comparisons with texts that were made already, with the same vocabulary.
    """
    words, made = words or vocabulary(language), compared or {}
    compared = {
        text: made.get(text) or compare_asked(asked, text, words=words)
        for text in {hit.words for hit in hits}
    }
    found = []
    for one in (
        group(hits, words=words, language=language)
        if any(c.kind for c in compared.values())
        else ()
    ):
        fitting = [variant for variant in one.variants if compared[variant.words].kind]
        if fitting:
            best = min(fitting, key=lambda v: _order(compared[v.words], v.printed[0]))
            verdicts = {each.words: verdict_of(compared[each.words]) for each in fitting}
            found.append(Found(best.printed[0], compared[best.words], one, verdicts))
    found.sort(
        key=lambda f: _order(f.comparison, f.statement)
    )  # stable: of equals the earliest first
    note = TOO_COMMON if words.content_weight(forms(asked)) < MIN_PARTIAL_WEIGHT else ""
    return Answer(asked, tuple(found[:limit]), len(found), note)


def _is_unsure(statement: Statement) -> bool:
    return statement.probability < MIN_CONFIDENCE


def _order(comparison: WordComparison, statement: Statement) -> tuple[int, bool, float]:
    """Return what answers are sorted by: how the words stand, then the surer ones first."""
    verdict = VERDICTS.index(verdict_of(comparison))
    return verdict, _is_unsure(statement), -comparison.score
