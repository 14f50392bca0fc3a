"""Stanza pipelines: the embedded one or one laid out like it, and Stanza's own by language and package.

In: a folder or a name. Out: a loaded `stanza.Pipeline`. Touches the network only for a name `stanza:...` whose models are not on this
machine yet. Nothing of a model is unpickled: Stanza loads `.pt` files with `weights_only`, the encoder is a safetensors file.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import stanza
import torch
from stanza.models.common.foundation_cache import BertRecord, FoundationCache
from stanza.resources import common as resources
from torch.optim import Optimizer

from quotes.encoder.bert import SharedEncoder, load_encoder
from quotes.encoder.word_pieces import WordPieceTokenizer
from quotes.encoder.word_states import WordStates
from quotes.errors import ModelError, first_line
from quotes.parsing import multitask
from quotes.parsing import tokenizer as stanza_tokenizer
from quotes.parsing.multitask import MultiTaskModel
from quotes.parsing.tokenizer import Tokens
from quotes.parsing.tree_decoding import install

PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
NEEDED = ("tokenize", "pos", "lemma", "depparse")
ENCODER = "quotes-encoder"  # the name under which the processors' files ask for it
ENCODER_FILES = ("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")
UNCOMPILED = "__dynamo_disable"  # where torch keeps the uncompiled form of a function


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A pipeline with the names of its processors.

    `encoder` is the one that they share, None where Stanza's processors bring their own; `together` reads with all of them at once, and
    `tokens` cuts texts into tokens with the first of them; they are None where only Stanza itself can run them.
    """

    nlp: Any
    processors: tuple[str, ...]
    encoder: SharedEncoder | None = None
    together: MultiTaskModel | None = None
    tokens: Tokens | None = None
    word_states: WordStates | None = None


def from_folder(folder: Path, language: str) -> LoadedModel:
    """The processors and the encoder of a folder. Raises ModelError naming the file that is missing or broken."""
    for name in (
        *(f"encoder/{name}" for name in ENCODER_FILES),
        *(f"{name}.pt" for name in PROCESSORS),
    ):
        if not (folder / name).is_file():
            raise ModelError(
                f"{folder / name} is missing: install the package again, or name a folder that holds it"
            )
    encoder, tokenizer = load_encoder(folder / "encoder")
    cache = FoundationCache()
    cache.bert[ENCODER] = BertRecord(encoder, tokenizer, {})
    paths = {f"{name}_model_path": str(folder / f"{name}.pt") for name in PROCESSORS}
    known = {
        language: {
            "lang_name": language,
            "packages": {"default": dict.fromkeys(PROCESSORS, "quotes")},
        }
    }
    with (
        tempfile.TemporaryDirectory() as made
    ):  # Stanza wants a resources.json even when every model is given by its path
        (Path(made) / "resources.json").write_text(json.dumps(known), encoding="utf-8")
        try:
            nlp = _pipeline(
                language,
                PROCESSORS,
                dir=made,
                download_method=None,
                foundation_cache=cache,
                **paths,
            )
        except Exception as error:
            broken = _broken(folder) or folder
            raise ModelError(
                f"{broken}: not a model that Stanza {stanza.__version__} can load ({first_line(error)}): install it again"
            ) from error
    together = multitask.of(nlp, encoder, tokenizer)
    states = (
        WordStates(together.encoder, together.cutter)
        if together
        else WordStates(encoder, WordPieceTokenizer(tokenizer))
    )
    return LoadedModel(nlp, PROCESSORS, encoder, together, stanza_tokenizer.of(nlp), states)


def from_stanza(language: str, package: str = "default") -> LoadedModel:
    """A package of Stanza's for a language, from its resources folder; what is not there is downloaded. Raises ModelError."""
    folder = Path(resources.DEFAULT_MODEL_DIR)
    name = f"stanza:{language}:{package}"
    packages = _packages(name, language, folder)
    if package not in packages:
        raise ModelError(
            f"{name}: Stanza has no such package; for {language} it has {', '.join(sorted(packages))}"
        )
    processors = tuple(processor for processor in PROCESSORS if processor in packages[package])
    missing = [processor for processor in NEEDED if processor not in processors]
    if missing:
        raise ModelError(
            f"{name}: the package has no {', '.join(missing)}: choose another of {', '.join(sorted(packages))}"
        )
    options = {"package": package, "dir": str(folder)}
    try:
        return LoadedModel(
            _pipeline(language, processors, download_method=None, **options), processors
        )
    except OSError:  # a file is not here yet
        pass
    try:
        return LoadedModel(
            _pipeline(language, processors, download_method="reuse_resources", **options),
            processors,
        )
    except Exception as error:
        raise ModelError(
            f"{name}: could not be loaded or downloaded into {folder} ({first_line(error)}): is there a network?"
        ) from error


def _packages(name: str, language: str, folder: Path) -> Mapping[str, Mapping[str, Any]]:
    path = folder / "resources.json"
    try:
        if not path.is_file():
            resources.download_resources_json(str(folder))
        known = json.loads(path.read_text(encoding="utf-8"))
    except Exception as error:
        raise ModelError(
            f"{name}: Stanza's list of models could not be had for {path} ({first_line(error)}): is there a network?"
        ) from error
    known_language = known.get(known.get(language, {}).get("alias", language), {})
    packages: Mapping[str, Mapping[str, Any]] = known_language.get("packages", {})
    if not packages:
        raise ModelError(
            f"{name}: Stanza {stanza.__version__} has no models for the language {language!r}"
        )
    return packages


def _pipeline(language: str, processors: tuple[str, ...], **options: Any) -> Any:
    install()
    with _without_compiler():
        return stanza.Pipeline(
            language,
            processors=",".join(processors),
            use_gpu=False,
            logging_level="CRITICAL",
            **options,
        )


@contextmanager
def _without_compiler() -> Iterator[None]:
    """Keep torch's compiler from being imported, which takes longer than loading the model.

    Stanza's trainers make an optimizer even where nothing is trained, and torch wraps optimizers so that they are not compiled.
    """
    wrapped = [
        method.__wrapped__ for method in vars(Optimizer).values() if hasattr(method, "__wrapped__")
    ]
    fresh = [function for function in wrapped if not hasattr(function, UNCOMPILED)]
    for function in fresh:
        setattr(function, UNCOMPILED, function)
    try:
        yield
    finally:
        for function in fresh:
            delattr(function, UNCOMPILED)


def _broken(folder: Path) -> Path | None:
    """The first processor's file that is not plain data in torch's format."""
    for name in PROCESSORS:
        path = folder / f"{name}.pt"
        try:
            torch.load(path, map_location="cpu", weights_only=True)
        except Exception:  # noqa: BLE001 (whatever it is, this is the file)
            return path
    return None
