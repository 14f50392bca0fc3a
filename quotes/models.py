"""The models that read one language: a parser and, where one belongs to it, a tagger.

In: the name of a model and a language. Out: `Models`, which every way into the pipeline takes
(Python, the commands, workers, evaluation). Importing this loads neither torch nor Stanza.
"""

from __future__ import annotations

import gc
import logging
import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.attribution.tagger.interface import Tagger
from quotes.encoder.memory import COMPILED
from quotes.language import Language
from quotes.parsing import STANZA
from quotes.parsing.interface import Parser

if TYPE_CHECKING:
    from quotes.encoder.word_states import WordStates

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Models:
    """A parser, and the tagger of attributions that goes with it.

    Without a tagger, attributions are found by rules and scorer alone.
    """

    parser: Parser
    tagger: Tagger | None = None


def language_of_model(model: str, code: str) -> Language:
    """Return the language that a model is to read: one with rules, unless it is of Stanza's.

    Raises:
        LanguageError: where there are no rules for it.
    """
    return Language.of(code) if model.startswith(f"{STANZA}:") else Language.load(code)


def load_models(
    model: str = "embedded", *, language: Language, threads: int | None = None
) -> Models:
    """Load a parser and the tagger in its folder, over one encoder.

    Args:
        model: `embedded`, `stanza:LANGUAGE`, `stanza:LANGUAGE:PACKAGE` or a folder.
        language: The language of the texts, whose word lists mend sentences.
        threads: Threads that torch may use, in the whole process (by default torch decides).

    Raises:
        ModelError: where there is no such model, or it is broken.
    """
    from quotes import parsing

    start = time.monotonic()
    parser = parsing.load(model, language=language, threads=threads)
    models = Models(parser, load_tagger(model, parser.word_states))
    seconds = time.monotonic() - start
    LOG.info("model %s for %s loaded in %.1f s", model, language.code, seconds)
    return models


def load_tagger(model: str = "embedded", states: WordStates | None = None) -> Tagger | None:
    """Load the tagger of attributions in the folder of a model, None where it has none.

    Args:
        model: As for `load_models`; packages of Stanza have no tagger.
        states: The states of words that the parser computes; without them (for parses made
            elsewhere) the encoder of the folder is loaded.

    Raises:
        ModelError: where the tagger is broken.
    """
    from quotes import parsing

    folder = parsing.model_folder(model)
    if folder is None or not (folder / "tagger").is_dir():
        return None
    from quotes.attribution.tagger import inference

    return inference.load_tagger(folder, states)


def load_models_for_process(
    model: str = "embedded", *, language: Language, threads: int | None = None
) -> Models:
    """Load models as `load_models` does, for a process that only extracts quotations.

    The models are hidden from the garbage collector, which saves one part in forty of the time of
    extraction, and oneDNN's cache of kernels is bounded (`quotes.encoder.memory.COMPILED`).
    Not for a library's caller: other objects of the process would be hidden, too.
    """
    for name, value in COMPILED.items():
        os.environ.setdefault(name, value)  # read when the first matrices are multiplied
    models = load_models(model, language=language, threads=threads)
    gc.freeze()
    return models
