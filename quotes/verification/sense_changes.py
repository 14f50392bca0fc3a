"""How a difference of words may change the sense: a not, a number, a name, a comparison.

In: the words of both sides. Out: `Sense`s. It looks at the words alone and claims no understanding:
two numbers that differ are shown, whatever they count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from quotes.language import Language
from quotes.statements.reversals import REVERSING_REACH
from quotes.statements.tokens import Token, word_tokens
from quotes.statements.weights import Vocabulary, vocabulary
from quotes.verification.findings import Sense

MIN_SPELLED_CHARS = 6  # letters of a word that may be spelled in two ways
LIMITING: tuple[Sense, ...] = ("negation", "comparison", "certainty", "condition")


@dataclass(frozen=True)
class SenseWords:
    """The words of a language by which a difference changes the sense, and writings of numbers."""

    vocabulary: Vocabulary
    comparing: frozenset[str]
    certainty: frozenset[str]
    conditional: frozenset[str]
    numbers: dict[str, str]
    spoken: dict[str, str]
    spellings: tuple[tuple[str, str], ...]


@cache
def sense_words(language: Language) -> SenseWords:
    """Return the words of a language."""
    return SenseWords(
        vocabulary(language),
        language.optional_words("comparison-words"),
        language.optional_words("certainty-words"),
        language.optional_words("conditional-conjunctions"),
        _table(language, "number-words"),
        _table(language, "spoken-forms"),
        tuple(_table(language, "spelling-variants").items()),
    )


def _table(language: Language, name: str) -> dict[str, str]:
    rows = (line.partition("\t") for line in language.optional_words(name))
    return {key: value for key, _, value in rows}


def same_in_writing(claim: str, source: str, language: Language) -> bool:
    """Tell whether two texts are the same words, written otherwise: "20%", "twenty per cent"."""
    known = sense_words(language)
    ours, theirs = plain_words(claim, known), plain_words(source, known)
    if not ours or len(ours) != len(theirs):
        return False
    return all(a == b or _spelled(a, b, known) for a, b in zip(ours, theirs, strict=True))


def plain_words(text: str, known: SenseWords) -> list[str]:
    """Return the words of a text, with numbers in figures and forms of speech written out."""
    found = list[str]()
    for token in word_tokens(text):
        if token.form == "%":
            found.append("percent")
        elif token.form == "cent" and found[-1:] == ["per"]:
            found[-1] = "percent"
        elif token.form in known.spoken:
            found += known.spoken[token.form].split()
        else:
            _append_number(found, known.numbers.get(token.form, token.form))
    return found


def _append_number(found: list[str], word: str) -> None:
    """Append a word; "twenty" and "five" are one number, "three" and "million", too."""
    before = found[-1] if found else ""
    if before.replace(".", "").isdigit() and word.isdigit():
        first, second = float(before), float(word)
        if first >= 20 > second * 2 and first % 10 == 0 and 0 < second < 10 and first < 100:
            found[-1] = f"{first + second:g}"
            return
        if second >= 100 and first < second:
            found[-1] = f"{first * second:.12g}"
            return
    found.append(word)


def _spelled(a: str, b: str, known: SenseWords) -> bool:
    """Tell whether two words are one, as American and British print spell it."""
    if min(len(a), len(b)) < MIN_SPELLED_CHARS - 1 or max(len(a), len(b)) < MIN_SPELLED_CHARS:
        return False
    return any(
        one.replace(british, american) == other.replace(british, american)
        for british, american in known.spellings
        for one, other in ((a, b),)
        if british in one or british in other
    )


def senses(claim: str, source: str, language: Language) -> tuple[Sense, ...]:
    """Return how the sense may change where the claim has `claim` and the source `source`."""
    known = sense_words(language)
    ours, theirs = word_tokens(claim), word_tokens(source)
    found = list[Sense]()
    if _reversals(ours, known) % 2 != _reversals(theirs, known) % 2:
        found.append("negation")
    if _numbers(claim, known) != _numbers(source, known):
        found.append("number")
    if _names(claim, ours, known) - {word.form for word in theirs} or _names(
        source, theirs, known
    ) - {word.form for word in ours}:
        found.append("name")
    kinds: tuple[tuple[frozenset[str], Sense], ...] = (
        (known.comparing, "comparison"),
        (known.certainty, "certainty"),
        (known.conditional, "condition"),
    )
    for words, sense in kinds:
        if _of(words, ours) != _of(words, theirs):
            found.append(sense)
    return tuple(found)


def limits(claim: str, source: str, language: Language) -> bool:
    """Tell whether a difference changes how far a statement goes, whoever wrote it."""
    return not set(senses(claim, source, language)).isdisjoint(LIMITING)


def adds_number(claim: str, source: str, language: Language) -> bool:
    """Tell whether a claim has a number that the source has not, in figures or in words."""
    known = sense_words(language)
    return bool(_numbers(claim, known) - _numbers(source, known))


def reverses(text: str, language: Language) -> bool:
    """Tell whether a word of a text reverses what it stands with."""
    return bool(_reversals(word_tokens(text), sense_words(language)))


def cut_senses(text: str, language: Language, *, before: bool = False) -> tuple[Sense, ...]:
    """Return how words cut off may limit a claim: a condition, or, behind it, "but ... not".

    Args:
        text: The words, of the sentence of the claim.
        language: Their language.
        before: True where they stand before the claim.
    """
    known = sense_words(language)
    words = word_tokens(text)
    forms = [word.form for word in words]
    if before and len(forms) > 1 and forms[1] in known.conditional:
        del forms[0]  # "and if", "only if"
    first = forms[0] if forms else ""
    if first in known.conditional:
        return ("condition",)
    if before:
        return ()
    reach = words[:REVERSING_REACH]
    turned = first in known.vocabulary.contrasts and known.vocabulary.any_reverses(reach)
    return ("negation",) if turned else ()


def _reversals(words: Iterable[Token], known: SenseWords) -> int:
    return sum(known.vocabulary.reverses(word.form) for word in words)


def _numbers(text: str, known: SenseWords) -> Counter[str]:
    return Counter(word for word in plain_words(text, known) if any(c.isdigit() for c in word))


def _names(text: str, words: Iterable[Token], known: SenseWords) -> set[str]:
    """Return the words with a capital letter that are not common ones."""
    found = (word for word in words if text[word.start : word.end].lstrip("[")[:1].isupper())
    return {word.form for word in found} - known.vocabulary.common - known.numbers.keys()


def _of(known: frozenset[str], words: Iterable[Token]) -> Counter[str]:
    return Counter(word.form for word in words if word.form in known)
