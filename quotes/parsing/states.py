"""What the encoder says of each word in its sentence, for the tagger of attributions.

In: the words of sentences. Out: for each word the last layer and the mean of the three before it, over its pieces. Sentences that the parse
has just had read are not read again; those of a parse made elsewhere are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import torch
from torch import Tensor

from quotes.parsing.encoder import LONGEST

SCALE = 0.2  # brings the states near to the size of the table of word pieces


class Encoder(Protocol):
    """What gives the states of rows of word pieces, and keeps them for a while (`PackedEncoder`, `SharedEncoder`)."""

    def remembered(self, rows: Sequence[Tensor]) -> list[Tensor]: ...


class WordStates:
    """The states of words from an encoder and its tokenizer."""

    def __init__(self, encoder: Encoder, tokenizer: Any) -> None:
        self._encoder = encoder
        self._tokenizer = tokenizer

    @torch.no_grad()
    def of(self, sentences: Sequence[Sequence[str]]) -> Tensor:
        """Words of all sentences x units; zeros for words behind the longest row that the encoder reads."""
        pieces = self._tokenizer([list(words) for words in sentences], is_split_into_words=True, truncation=True, max_length=LONGEST)
        states = self._encoder.remembered([torch.tensor(ids) for ids in pieces["input_ids"]])
        parts = (_means(state, pieces.word_ids(row), len(words)) for row, (state, words) in enumerate(zip(states, sentences, strict=True)))
        return torch.cat(list(parts)) * SCALE


def _means(states: Tensor, words: Sequence[int | None], count: int) -> Tensor:
    """The mean over the pieces of each word."""
    places = [place for place, word in enumerate(words) if word is not None]
    at = torch.tensor([word for word in words if word is not None], dtype=torch.long)
    found = torch.zeros(count, states.shape[1]).index_add_(0, at, states[places].float())
    return found / torch.bincount(at, minlength=count).clamp(min=1)[:, None]
