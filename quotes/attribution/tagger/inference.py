"""The tagger of attributions that comes with the embedded model: words and hints in, outputs out.

In: a folder with `tagger/` (`tagger.safetensors`, `tagger.json`) and `encoder/`, whose table of
word pieces and states give the vectors of words. Out: `TaggerOutput` records, which are
probabilities only. Any parse in UD terms will do.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor

from quotes.attribution.tagger.interface import RuleHint, TaggerInput, TaggerOutput
from quotes.attribution.tagger.network import REACH, TABLE, Network, NetworkSettings
from quotes.attribution.tagger.windows import (
    Range,
    TaggerTensors,
    anchors_of,
    build_tensors,
    windows_of,
)
from quotes.encoder.form_cache import FormVectorCache
from quotes.encoder.word_pieces import WordPieceTokenizer
from quotes.encoder.word_states import WordStates, load_word_states
from quotes.errors import ModelError, first_line

WEIGHTS, SETTINGS = "tagger.safetensors", "tagger.json"
VERSION = 2
WINDOW_WORDS = 480  # words read together; an article of the usual length is one window
OVERLAP_WORDS = 120  # words that two windows share
MIN_ANCHOR_PROBABILITY = 0.25  # of a word that no rule found, to be read as an anchor
MAX_WORD_PIECES = 40  # word pieces of a word that its vector is made of


class EmbeddedTagger:
    """The tagger with the vectors of its words, alone and in their sentences."""

    def __init__(self, network: Network, vectors: WordVectors, states: WordStates) -> None:
        self.network = network
        self._vectors = vectors
        self._states = states

    @torch.no_grad()
    def tag(self, words: TaggerInput, hints: Sequence[RuleHint]) -> tuple[TaggerOutput, ...]:
        """Return one output for each hint in order, then for other anchors in text order."""
        if not words.upos:
            return ()
        settings = self.network.settings
        table = self._vectors.of([form for sentence in words.sentences for form in sentence])
        vectors = torch.cat((table, self._states.of(words.sentences)), dim=1)
        item = build_tensors(words, vectors, hints, settings)
        anchors = {hint.anchor for hint in hints}
        found: dict[int, TaggerOutput] = {}
        for low, high, core in ranges(item.length):
            found |= self._window(item, (low, high), core, anchors)
        return (
            *(found[hint.anchor] for hint in hints),
            *(found[n] for n in sorted(found) if n not in anchors),
        )

    def _window(
        self, item: TaggerTensors, window: Range, core: Range, anchors: set[int]
    ) -> dict[int, TaggerOutput]:
        """Return the outputs of anchors in `core` by anchor."""
        parts = [(item, window)]
        windows = windows_of(parts)
        states = self.network.read(windows)
        likely = torch.sigmoid(self.network.likely(states))[0].tolist()
        numbers = [
            n
            for n in range(*core)
            if n in anchors or likely[n - window[0]] >= MIN_ANCHOR_PROBABILITY
        ]
        if not numbers:
            return {}
        valid, roles, _ = self.network.attribute(
            windows, states, anchors_of(parts, [(0, n) for n in numbers])
        )
        valid, roles = torch.sigmoid(valid), torch.sigmoid(roles)
        return {
            n: _output(n, likely[n - window[0]], float(valid[row]), roles[row], window)
            for row, n in enumerate(numbers)
        }


def _output(anchor: int, likely: float, valid: float, roles: Tensor, window: Range) -> TaggerOutput:
    low, high = max(window[0], anchor - REACH), min(window[1], anchor + REACH + 1)
    near = roles[low - anchor + REACH : high - anchor + REACH]
    cue, source, content = (tuple(near[:, column].tolist()) for column in range(3))
    return TaggerOutput(anchor, likely, valid, low, cue, source, content)


def ranges(length: int) -> list[tuple[int, int, Range]]:
    """Return windows over so many words.

    Returns:
        First and last word of each, and the range of words whose anchors it decides: those nearer
        to its middle than to that of another.
    """
    if length <= WINDOW_WORDS:
        return [(0, length, (0, length))]
    starts = list(range(0, length - OVERLAP_WORDS, WINDOW_WORDS - OVERLAP_WORDS))
    out = []
    for start in starts:
        low = 0 if start == 0 else start + OVERLAP_WORDS // 2
        high = length if start == starts[-1] else start + WINDOW_WORDS - OVERLAP_WORDS // 2
        out.append((start, min(length, start + WINDOW_WORDS), (low, high)))
    return out


class WordVectors:
    """The vectors of words: the mean over their pieces in the encoder's table."""

    def __init__(self, table: Tensor, tokenizer: WordPieceTokenizer) -> None:
        self._pieces = table
        self._tokenizer = tokenizer
        self._known = FormVectorCache(self._of_forms)

    def of(self, forms: Sequence[str]) -> Tensor:
        """Return the vectors of words: words x units."""
        return self._known(forms)

    def _of_forms(self, forms: list[str]) -> Tensor:
        made = torch.zeros(len(forms), TABLE)
        for row, ids in zip(made, self._tokenizer.split_words(forms), strict=True):
            if ids:
                row[:] = self._pieces[ids[:MAX_WORD_PIECES]].float().mean(0)
        return made


def save(network: Network, folder: Path) -> None:
    """Write the weights in bfloat16 and the settings beside them."""
    weights = {
        name: weight.to(torch.bfloat16).contiguous()
        for name, weight in network.state_dict().items()
    }
    save_file(weights, folder / WEIGHTS)
    content = {"version": VERSION, **asdict(network.settings)}
    (folder / SETTINGS).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def read_network(folder: Path) -> Network:
    """Read the network of a folder in float32.

    Raises:
        ModelError: naming the file that is missing or broken.
    """
    path = folder / SETTINGS
    try:
        network = Network(read_settings(path))
        path = folder / WEIGHTS
        network.load_state_dict({name: weight.float() for name, weight in load_file(path).items()})
    except Exception as error:
        raise ModelError(
            f"{path}: not a tagger ({first_line(error)}): install the package again, or train it "
            "with training/train_tagger.py"
        ) from error
    return network.eval()


def read_settings(path: Path) -> NetworkSettings:
    """Read the settings of a network; whatever reading raises is raised."""
    known = json.loads(path.read_text(encoding="utf-8"))
    if known["version"] != VERSION:
        raise ValueError(f"not version {VERSION}")
    return NetworkSettings(
        tuple(known["upos"]), tuple(known["deprel"]), tuple(known["lemmas"]), int(known["layers"])
    )


def load_vectors(folder: Path, tokenizer: WordPieceTokenizer) -> WordVectors:
    """Load the vectors of word pieces from the folder of an encoder.

    Raises:
        ModelError: where the folder holds none.
    """
    try:
        with safe_open(folder / "model.safetensors", framework="pt") as weights:
            table = weights.get_tensor("embeddings.word_embeddings.weight")
    except Exception as error:
        raise ModelError(
            f"{folder}: not a usable encoder ({error}): install the package again"
        ) from error
    return WordVectors(table, tokenizer)


def load_tagger(folder: Path, states: WordStates | None = None) -> EmbeddedTagger:
    """Load the tagger of a model's folder.

    Args:
        folder: The folder that holds `tagger/` and `encoder/`.
        states: The states of words that the parser computes, so that no sentence is read twice;
            without them the encoder of the folder is loaded once more.

    Raises:
        ModelError: naming the file that is missing or broken.
    """
    network = read_network(folder / "tagger")
    states = states or load_word_states(folder / "encoder")
    return EmbeddedTagger(network, load_vectors(folder / "encoder", states.tokenizer), states)
