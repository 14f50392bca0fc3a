"""Document → Parse: the only door to Stanza.

In: a `Document`. Out: a `Parse`. Three ways in: the embedded English model, any model of Stanza's
own (`stanza:LANGUAGE[:PACKAGE]`), and texts parsed elsewhere (`quotes.parsing.conllu`). Importing
this loads neither torch nor Stanza; `load` does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import ModelError
from quotes.language import Language
from quotes.text.chunking import chunks

if TYPE_CHECKING:
    from quotes.parsing.parser import StanzaParser

EMBEDDED = Path(__file__).resolve().parent / "english"
STANZA = "stanza"  # begins the names of Stanza's own packages

__all__ = ["EMBEDDED", "chunks", "load", "model_folder"]


def load(
    model: str = "embedded", *, language: Language, threads: int | None = None
) -> StanzaParser:
    """Load the embedded model, one of Stanza's own or a folder laid out as the embedded one.

    A package of Stanza that is not on this machine is downloaded.

    Args:
        model: `embedded`, `stanza:LANGUAGE`, `stanza:LANGUAGE:PACKAGE` or a folder.
        language: The language of the texts, whose word lists mend sentences. A package of Stanza is
            used with the lists of its own language.
        threads: Threads that torch may use, in the whole process (by default torch decides).

    Raises:
        ModelError: where there is no such model, or it is broken.
    """
    import torch

    with _without_transformers():
        from quotes.parsing.parser import StanzaParser
        from quotes.parsing.stanza_pipelines import from_folder, from_stanza

    folder = model_folder(model)
    if threads is not None:
        torch.set_num_threads(threads)
    if folder is not None:
        return StanzaParser(model, language, from_folder(folder, language.code))
    _, code, *package = model.split(":")
    own = language if language.code == code else Language.of(code)
    return StanzaParser(model, own, from_stanza(code, *package))


@contextmanager
def _without_transformers() -> Iterator[None]:
    """Import Stanza as if transformers were not installed, unless it is loaded already.

    Stanza imports it where it is there and uses it for models with an encoder of their own, which
    import it again. The import takes as long as loading the embedded model.
    """
    if "transformers" in sys.modules:
        yield
        return
    sys.modules["transformers"] = None  # type: ignore[assignment]  # refuses the import
    try:
        yield
    finally:
        del sys.modules["transformers"]


def model_folder(model: str) -> Path | None:
    """Return the folder of a model, None for a package of Stanza.

    Raises:
        ModelError: where there is no such folder, or the name of a package is not complete.
    """
    source, *rest = model.split(":")
    if source == STANZA:
        if len(rest) not in (1, 2) or not all(rest):
            raise ModelError(
                f"{model}: a model of Stanza's is named stanza:LANGUAGE or stanza:LANGUAGE:PACKAGE"
            )
        return None
    folder = EMBEDDED if model == "embedded" else Path(model)
    if not folder.is_dir():
        raise ModelError(
            f"{folder}: no such folder of a model: use embedded, stanza:LANGUAGE or a folder laid "
            f"out as {EMBEDDED}"
        )
    return folder
