"""What the encoder says of each word in its sentence, for the tagger of attributions.

In: the words of sentences. Out: for each word the last layer and the mean of the three before it, over its pieces. Sentences that the parse
has just had read are not read again; those of a parse made elsewhere are.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor

from quotes.encoder.bert import LONGEST, load_encoder
from quotes.encoder.word_pieces import WordPieceTokenizer

SCALE = 0.2  # brings the states near to the size of the table of word pieces


class Encoder(Protocol):
    """What gives the states of rows of word pieces, and keeps them for a while (`PackedEncoder`, `SharedEncoder`)."""

    def remembered(self, rows: Sequence[Tensor]) -> list[Tensor]: ...


class WordStates:
    """The states of words from an encoder and what cuts words for it."""

    def __init__(self, encoder: Encoder, cutter: WordPieceTokenizer) -> None:
        self._encoder = encoder
        self.tokenizer = cutter

    @torch.no_grad()
    def of(self, sentences: Sequence[Sequence[str]]) -> Tensor:
        """Words of all sentences x units; zeros for words behind the longest row that the encoder reads."""
        cut = [pieces.shortened(LONGEST) for pieces in self.tokenizer.of(sentences)]
        states = torch.cat(self._encoder.remembered([torch.tensor(pieces.ids) for pieces in cut]))
        starts = accumulate(map(len, sentences), initial=0)
        words = [
            start + word if word is not None else -1
            for start, pieces in zip(starts, cut, strict=False)
            for word in pieces.words
        ]
        at = torch.tensor(words)
        states, at = states[at >= 0], at[at >= 0]
        count = sum(map(len, sentences))
        sums = torch.zeros(count, states.shape[1]).index_add_(0, at, states.float())
        return sums / torch.bincount(at, minlength=count).clamp(min=1)[:, None] * SCALE


def load_word_states(folder: Path) -> WordStates:
    """Load the encoder of a folder, and what cuts words for it."""
    encoder, tokenizer = load_encoder(folder)
    return WordStates(encoder, WordPieceTokenizer(tokenizer))
