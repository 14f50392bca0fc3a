"""Stanza pipelines: the embedded one or one laid out like it, and Stanza's own by language and package.

In: a folder or a name. Out: a loaded `stanza.Pipeline`. Touches the network only for a name `stanza:...` whose models are not on this
machine yet. Nothing of a model is unpickled: Stanza loads `.pt` files with `weights_only`, the encoder is a safetensors file.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.errors import ModelError
from quotes.parsing.decoding import install
from quotes.parsing.encoder import SharedEncoder, load_encoder

PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
ENCODER = "quotes-encoder"  # the name under which the processors' files ask for it
ENCODER_FILES = ("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A pipeline; `encoder` is the shared one, or None where Stanza's processors bring their own."""

    nlp: Any
    encoder: SharedEncoder | None


def from_folder(folder: Path, language: str) -> Loaded:
    """The processors and the encoder of a folder. Raises ModelError naming the file that is missing or broken."""
    import stanza
    from stanza.models.common.foundation_cache import BertRecord, FoundationCache

    for name in (*(f"encoder/{name}" for name in ENCODER_FILES), *(f"{name}.pt" for name in PROCESSORS)):
        if not (folder / name).is_file():
            raise ModelError(f"{folder / name} is missing: install the package again, or name a folder that holds it")
    try:
        encoder, tokenizer = load_encoder(folder / "encoder")
    except Exception as error:
        raise ModelError(f"{folder / 'encoder'}: not a usable encoder ({error})") from error
    install()
    cache = FoundationCache()
    cache.bert[ENCODER] = BertRecord(encoder, tokenizer, {})
    paths = {f"{name}_model_path": str(folder / f"{name}.pt") for name in PROCESSORS}
    known = {language: {"lang_name": language, "packages": {"default": dict.fromkeys(PROCESSORS, "quotes")}}}
    with tempfile.TemporaryDirectory() as resources:  # Stanza wants a resources.json even when every model is given by its path
        (Path(resources) / "resources.json").write_text(json.dumps(known), encoding="utf-8")
        nlp = stanza.Pipeline(
            language,
            dir=resources,
            processors=",".join(PROCESSORS),
            download_method=None,
            foundation_cache=cache,
            use_gpu=False,
            verbose=False,
            **paths,
        )
    return Loaded(nlp, encoder)
