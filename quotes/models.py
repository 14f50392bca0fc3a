"""The models that read one language: a parser and, where they belong to it, tagger and ranker.

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
from quotes.speakers.antecedent_network import AntecedentRanker, load_ranker

if TYPE_CHECKING:
    from quotes.encoder.word_states import WordStates

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Models:
    """A parser, with the tagger of attributions and the ranker of antecedents that go with it.

    Without a tagger, attributions are found by rules and scorer alone; without a ranker, who is
    meant is told by evidence alone, without the encoder's states.
    """

    parser: Parser
    tagger: Tagger | None = None
    ranker: AntecedentRanker | None = None


def language_of_model(model: str, code: str) -> Language:
    """Return the language that a model is to read: one with rules, unless it is of Stanza's.

    Raises:
        LanguageError: where there are no rules for it.
    """
    return Language.of(code) if model.startswith(f"{STANZA}:") else Language.load(code)


def load_models(
    model: str = "embedded", *, language: Language, threads: int | None = None
) -> Models:
    """Load a parser, and the tagger and ranker in its folder, over one encoder.

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
    tagger, ranker = load_tagger(model, parser.word_states), _ranker(model, parser.word_states)
    models = Models(parser, tagger, ranker)
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


def _ranker(model: str, states: WordStates | None) -> AntecedentRanker | None:
    """Load the ranker of antecedents in the folder of a model, None where it has none.

    Raises:
        ModelError: where the ranker is broken.
    """
    from quotes import parsing

    folder = parsing.model_folder(model)
    return load_ranker(folder / "ranker", states) if folder is not None and states else None


def models_for_parses(parser: Parser, model: str = "embedded") -> Models:
    """Load the tagger and the ranker in the folder of a model, for parses made elsewhere.

    Args:
        parser: Gives the parses.
        model: As for `load_models`; it must have an encoder of its own.

    Raises:
        ModelError: where a file is missing or broken.
    """
    from quotes import parsing
    from quotes.encoder.word_states import load_word_states

    folder = parsing.model_folder(model)
    states = load_word_states(folder / "encoder") if folder is not None else None
    return Models(parser, load_tagger(model, states), _ranker(model, states))


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
