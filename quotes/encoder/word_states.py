"""The encoder's states of each word in its sentence, for the tagger of attributions.

In: the words of sentences. Out: for each word the last layer and the mean of the three before it,
averaged over its pieces. Sentences that the parse has just read are not read again; those of a
parse made elsewhere are.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import torch
from torch import Tensor

from quotes.encoder.bert import MAX_ROW_PIECES
from quotes.encoder.shared import SharedEncoder, load_encoder
from quotes.encoder.word_pieces import WordPieceTokenizer, load_tokenizer

SCALE = 0.2  # brings the states near to the size of the table of word pieces


class WordStates:
    """The states of words from an encoder and its tokenizer."""

    def __init__(self, encoder: SharedEncoder, tokenizer: WordPieceTokenizer) -> None:
        self.encoder = encoder
        self.tokenizer = tokenizer

    @torch.no_grad()
    def of(self, sentences: Sequence[Sequence[str]]) -> Tensor:
        """Return the states of all words: words of all sentences x units.

        Words behind the longest row that the encoder reads have zeros.
        """
        rows = [pieces.shortened(MAX_ROW_PIECES) for pieces in self.tokenizer.split(sentences)]
        states = torch.cat(self.encoder.summaries([row.ids for row in rows]))
        starts = accumulate(map(len, sentences), initial=0)
        words = [
            start + word if word is not None else -1
            for start, row in zip(starts, rows, strict=False)
            for word in row.words
        ]
        at = torch.tensor(words)
        states, at = states[at >= 0], at[at >= 0]
        count = sum(map(len, sentences))
        sums = torch.zeros(count, states.shape[1]).index_add_(0, at, states.float())
        return sums / torch.bincount(at, minlength=count).clamp(min=1)[:, None] * SCALE


def load_word_states(folder: Path) -> WordStates:
    """Load the encoder of a folder with its tokenizer.

    Raises:
        ModelError: where a file is missing or broken.
    """
    return WordStates(load_encoder(folder), load_tokenizer(folder))
