"""Stanza pipelines: the embedded one, others laid out like it, and Stanza's own packages.

In: a folder or a name. Out: a loaded `stanza.Pipeline`. A package of Stanza (`stanza:...`) that is
not on this machine is downloaded, which together with `quotes.readers.http` is all that uses the
network. Nothing of a model is unpickled: Stanza loads `.pt` files with `weights_only`, the encoder
is a safetensors file.

What loading changes in torch is put back before it returns.
"""

from __future__ import annotations

import json
import tempfile
import threading
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

from quotes.encoder.word_states import WordStates, load_word_states
from quotes.errors import ModelError, first_line
from quotes.parsing.multitask import MultiTaskModel, multitask_model
from quotes.parsing.tokenizer import FastTokenizer, fast_tokenizer
from quotes.parsing.transformer_interface import TransformerTokenizer

PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
REQUIRED_PROCESSORS = ("tokenize", "pos", "lemma", "depparse")
ENCODER = "quotes-encoder"  # the name under which the processors' files ask for it
ENCODER_FILES = ("config.json", "model.safetensors", "tokenizer.json")
UNCOMPILED = "__dynamo_disable"  # where torch keeps the uncompiled form of a function

_OPTIMIZER_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A Stanza pipeline with the names of its processors, and what runs in place of them.

    `word_states` has the encoder that they share, None where Stanza's processors bring their own.
    `multitask` does the work of all processors after the tokenizer in one pass, and `tokenizer`
    that of the first ones; they are None where only Stanza itself can run the models.
    """

    nlp: Any
    processors: tuple[str, ...]
    word_states: WordStates | None = None
    multitask: MultiTaskModel | None = None
    tokenizer: FastTokenizer | None = None


def from_folder(folder: Path, language: str) -> LoadedModel:
    """Load the processors and the encoder of a folder.

    Raises:
        ModelError: naming the file that is missing or broken.
    """
    for name in (
        *(f"encoder/{name}" for name in ENCODER_FILES),
        *(f"{name}.pt" for name in PROCESSORS),
    ):
        if not (folder / name).is_file():
            raise ModelError(
                f"{folder / name} is missing: install the package again, or name a folder that "
                "has it"
            )
    states = load_word_states(folder / "encoder")
    cache = FoundationCache()
    tokenizer = TransformerTokenizer(states.tokenizer)
    cache.bert[ENCODER] = BertRecord(states.encoder, tokenizer, {})
    paths = {f"{name}_model_path": str(folder / f"{name}.pt") for name in PROCESSORS}
    known = {
        language: {
            "lang_name": language,
            "packages": {"default": dict.fromkeys(PROCESSORS, "quotes")},
        }
    }
    # Stanza wants a resources.json even when every model is given by its path
    with tempfile.TemporaryDirectory() as made:
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
                f"{broken}: not a model that Stanza {stanza.__version__} can load "
                f"({first_line(error)}): install it again"
            ) from error
    return LoadedModel(nlp, PROCESSORS, states, multitask_model(nlp, states), fast_tokenizer(nlp))


def from_stanza(language: str, package: str = "default") -> LoadedModel:
    """Load a package of Stanza for a language from its resources folder.

    Files that are not there are downloaded.

    Raises:
        ModelError: where there is no such package, or it can neither be loaded nor downloaded.
    """
    folder = Path(resources.DEFAULT_MODEL_DIR)
    name = f"stanza:{language}:{package}"
    packages = _packages(name, language, folder)
    if package not in packages:
        raise ModelError(
            f"{name}: Stanza has no such package; for {language} it has "
            f"{', '.join(sorted(packages))}"
        )
    processors = tuple(processor for processor in PROCESSORS if processor in packages[package])
    missing = [processor for processor in REQUIRED_PROCESSORS if processor not in processors]
    if missing:
        raise ModelError(
            f"{name}: the package has no {', '.join(missing)}: choose another of "
            f"{', '.join(sorted(packages))}"
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
            f"{name}: could not be loaded or downloaded into {folder} ({first_line(error)}): "
            "is there a network?"
        ) from error


def _packages(name: str, language: str, folder: Path) -> Mapping[str, Mapping[str, Any]]:
    """Return the packages of a language by name, each with its processors."""
    path = folder / "resources.json"
    try:
        if not path.is_file():
            resources.download_resources_json(str(folder))
        known = json.loads(path.read_text(encoding="utf-8"))
    except Exception as error:
        raise ModelError(
            f"{name}: Stanza's list of models could not be had for {path} ({first_line(error)}): "
            "is there a network?"
        ) from error
    known_language = known.get(known.get(language, {}).get("alias", language), {})
    packages: Mapping[str, Mapping[str, Any]] = known_language.get("packages", {})
    if not packages:
        raise ModelError(
            f"{name}: Stanza {stanza.__version__} has no models for the language {language!r}"
        )
    return packages


def _pipeline(language: str, processors: tuple[str, ...], **options: Any) -> Any:
    """Load a pipeline on the processor, without messages."""
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

    Stanza's trainers make an optimizer even where nothing is trained, and torch wraps optimizers so
    that they are not compiled. The wrapped functions get an attribute that is taken off again.
    """
    with _OPTIMIZER_LOCK:
        methods = vars(Optimizer).values()
        wrapped = [method.__wrapped__ for method in methods if hasattr(method, "__wrapped__")]
        fresh = [function for function in wrapped if not hasattr(function, UNCOMPILED)]
        for function in fresh:
            setattr(function, UNCOMPILED, function)
        try:
            yield
        finally:
            for function in fresh:
                delattr(function, UNCOMPILED)


def _broken(folder: Path) -> Path | None:
    """Return the first processor's file that is not plain data in torch's format."""
    for name in PROCESSORS:
        path = folder / f"{name}.pt"
        try:
            torch.load(path, map_location="cpu", weights_only=True)
        except Exception:  # noqa: BLE001 (whatever it is, this is the file)
            return path
    return None
