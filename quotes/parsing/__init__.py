"""Document → Parse: the only door to Stanza.

In: a `Document`. Out: a `Parse`. Three ways in: the embedded English model, any model of Stanza's own (`stanza:LANGUAGE[:PACKAGE]`), and
texts parsed elsewhere (`quotes.parsing.conllu`). Importing this loads neither torch nor Stanza; `load` does.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.encoder.memory import COMPILED
from quotes.errors import ModelError
from quotes.text.chunking import chunks

if TYPE_CHECKING:
    from quotes.attribution.tagger.interface import Tagger
    from quotes.encoder.word_pieces import WordPieceTokenizer
    from quotes.encoder.word_states import Encoder
    from quotes.parsing.parser import Parser

EMBEDDED = Path(__file__).resolve().parent / "english"

__all__ = ["EMBEDDED", "chunks", "load", "load_to_keep", "tagger_of"]


def load(model: str = "embedded", *, language: str = "en", threads: int | None = None) -> Parser:
    """A parser over the embedded model, over one of Stanza's own or over a folder laid out as the embedded one.

    `model` is `embedded`, `stanza:LANGUAGE`, `stanza:LANGUAGE:PACKAGE` or a path; a model of Stanza's that is not on this machine is
    downloaded. `threads` bounds what torch uses (it decides itself by default). Raises ModelError.
    """
    import torch

    from quotes.parsing.parser import Parser
    from quotes.parsing.stanza_pipelines import from_folder, from_stanza

    if threads is not None:
        torch.set_num_threads(threads)
    source, *rest = model.split(":")
    if source == "stanza":
        if len(rest) not in (1, 2) or not all(rest):
            raise ModelError(
                f"{model}: a model of Stanza's is named stanza:LANGUAGE or stanza:LANGUAGE:PACKAGE"
            )
        return Parser(model, rest[0], from_stanza(*rest))
    folder = EMBEDDED if model == "embedded" else Path(model)
    if not folder.is_dir():
        raise ModelError(
            f"{folder}: no such folder of a model: use embedded, stanza:LANGUAGE or a folder laid out as {EMBEDDED}"
        )
    loaded = from_folder(folder, language)
    together = loaded.together
    tagger = (
        tagger_of(folder, together.encoder, together.cutter)
        if together
        else tagger_of(folder, loaded.encoder)
    )
    return Parser(model, language, loaded, tagger)


def load_to_keep(
    model: str = "embedded", *, language: str = "en", threads: int | None = None
) -> Parser:
    """As `load`, for a program that does nothing else and perhaps reads articles all day.

    The model is hidden from the search for garbage, which saves one part in forty of the time of extraction, and what oneDNN keeps of what
    it compiles is bounded (`quotes.encoder.memory.COMPILED`). Not for a library's caller: other objects would be hidden with it.
    """
    for name, value in COMPILED.items():
        os.environ.setdefault(name, value)  # read when the first matrices are multiplied
    parser = load(model, language=language, threads=threads)
    gc.freeze()
    return parser


def tagger_of(
    folder: Path = EMBEDDED,
    encoder: Encoder | None = None,
    cutter: WordPieceTokenizer | None = None,
) -> Tagger | None:
    """The tagger of attributions in a model's folder, None where it has none. Raises ModelError where it is broken.

    `encoder` is that of the loaded model and `cutter` what cuts words for it; without them (for parses made elsewhere), the folder's are
    loaded.
    """
    if not (folder / "tagger").is_dir():
        return None
    from quotes.attribution.tagger.inference import load_tagger

    return load_tagger(folder, encoder, cutter)
