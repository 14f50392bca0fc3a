"""Which language a text is in, and whether there are rules for it.

In: a text, and the language that its file gives, if any. Out: an ISO 639-1 code. It decides for the
text as a whole and tells no dialects apart; languages mixed within one text are not separated.
"""

from __future__ import annotations

import threading
from functools import cache
from importlib.resources import files
from typing import Any

from quotes.defaults import DEFAULT_LANGUAGE
from quotes.errors import LanguageError
from quotes.language import resources
from quotes.text.folding import fold_case

SAMPLE = 2_000  # characters; more changes no answer and costs time
ENOUGH_LETTERS = 40  # of the Latin alphabet; below that, names decide
ENOUGH_OTHER_LETTERS = 8
MIN_PROBABILITY = 0.5  # the least probability at which a text is refused
SURE = 0.95  # from which a text is in a language without doubt
POSSIBLE = 0.1  # a language with this probability is not ruled out

_LOADING = threading.Lock()


@cache
def language_names() -> dict[str, str]:
    """Return the languages told apart: code to English name."""
    lines = (
        files("quotes.readers").joinpath("languages.tsv").read_text(encoding="utf-8").splitlines()
    )
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


def language_code(text: str) -> str | None:
    """Return the ISO 639-1 code in "en-GB", "en_US", "EN" or "English", or None."""
    word = fold_case(text.strip())
    codes = {fold_case(name): code for code, name in language_names().items()}
    short = word.replace("_", "-").split("-")[0]
    return codes.get(word) or (
        short if len(short) == 2 and short.isascii() and short.isalpha() else None
    )


def detect(text: str) -> str:
    """Return the most probable language of a text; the default where it is too short to tell."""
    ranked = _rank(_middle(text))
    return ranked[0][0] if ranked else DEFAULT_LANGUAGE


def other_language(text: str, language: str) -> str | None:
    """Return the language of a text that is surely not in `language`, None for any other."""
    best, probability = next(iter(_rank(_middle(text))), (language, 0.0))
    return best if best != language and probability >= SURE else None


def check_language(text: str, *, name: str, given: str | None = None) -> str:
    """Return the language of a text that has rules.

    `given` decides where the words leave room for it.

    A text is refused only where its beginning, middle and end all are in a language without rules,
    so that long passages in another language do no harm.

    Raises:
        LanguageError: as above.
    """
    known = resources.languages()
    wanted = given and language_code(given)
    ranked = _rank(_middle(text))
    found = _choose(ranked, wanted, known)
    if found in known:
        return found
    elsewhere = (
        _choose(_rank(part), wanted, known)
        for part in (text[:SAMPLE], text[-SAMPLE:])
        if len(text) > 2 * SAMPLE
    )
    supported = next((language for language in elsewhere if language in known), None)
    if supported is None:
        label = language_names().get(found, "another language")
        error = LanguageError(
            f"{name}: text is in {label} ({found}); rules exist for: "
            f"{', '.join(known) or 'no language'}"
        )
        error.language = found
        raise error
    return supported


def _choose(ranked: list[tuple[str, float]], wanted: str | None, known: tuple[str, ...]) -> str:
    """Return the language to go by.

    The most probable one if it is sure, else the given one, else one with rules that is possible.
    """
    if not ranked:
        return wanted or DEFAULT_LANGUAGE
    best, probability = ranked[0]
    if best in known or (wanted is None and probability >= MIN_PROBABILITY):
        return best
    chances = dict(ranked)
    if wanted is not None and chances.get(wanted, 0.0) >= POSSIBLE:
        return wanted
    if probability >= MIN_PROBABILITY:
        return best
    possible = next(
        (language for language, chance in ranked if language in known and chance >= POSSIBLE), None
    )
    return wanted or possible or (DEFAULT_LANGUAGE if DEFAULT_LANGUAGE in known else best)


def _middle(text: str) -> str:
    start = max(0, (len(text) - SAMPLE) // 2)
    return text[start : start + SAMPLE]


def _rank(sample: str) -> list[tuple[str, float]]:
    """Rank languages by probability, best first; none where there are too few letters."""
    letters = [character for character in sample if character.isalpha()]
    latin = sum(character < "\u0250" or "\u1e00" <= character <= "\u1eff" for character in letters)
    other = len(letters) - latin
    if latin < ENOUGH_LETTERS and (other < ENOUGH_OTHER_LETTERS or other < latin):
        return []
    ranked: list[tuple[str, float]] = _identifier().rank(sample)
    return ranked


def load_in_background() -> None:
    """Begin to load the model that tells languages apart, which then is there when it is needed.

    It is a compressed file, which is read beside what else a process loads at its start.
    """
    threading.Thread(target=_identifier, daemon=True).start()


def _identifier() -> Any:
    """Return the model that tells languages apart; who comes while it is loaded waits for it."""
    with _LOADING:
        return _loaded_identifier()


@cache
def _loaded_identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted(set(language_names()) & set(identifier.labels)))
    return identifier
