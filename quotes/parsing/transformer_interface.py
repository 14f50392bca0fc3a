"""The encoder's tokenizer with the small part of transformers' interface that Stanza calls.

In: sentences as words. Out: ids, masks and word numbers of their pieces, padded, as
`transformers.PreTrainedTokenizerFast` gives them (a test compares both). With it the embedded model
runs without transformers, whose import takes longer than loading the model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quotes.encoder.bert import MAX_ROW_PIECES
from quotes.encoder.word_pieces import WordPieceTokenizer

PADDING = 0  # an id that the attention mask hides


@dataclass(frozen=True, slots=True)
class Encoding:
    """The pieces of sentences, one row each."""

    input_ids: list[list[int]]
    attention_mask: list[list[int]]
    words: list[list[int | None]]

    def __getitem__(self, name: str) -> list[list[int]]:
        """Return `input_ids` or `attention_mask`."""
        return {"input_ids": self.input_ids, "attention_mask": self.attention_mask}[name]

    def word_ids(self, batch_index: int = 0) -> list[int | None]:
        """Return for each piece of a row the number of its word, None for all others."""
        return self.words[batch_index]


class TransformerTokenizer:
    """A tokenizer with the calls that `stanza.models.common.bert_embedding` makes."""

    model_max_length = MAX_ROW_PIECES

    def __init__(self, tokenizer: WordPieceTokenizer) -> None:
        self._tokenizer = tokenizer

    def __call__(
        self,
        texts: Any,
        *,
        is_split_into_words: bool = False,
        padding: str | bool = False,
        return_offsets_mapping: bool = False,
        return_attention_mask: bool = True,
    ) -> Encoding:
        """Return the pieces of sentences (lists of words), or of texts that are one word each."""
        sentences = texts if is_split_into_words else [[text] for text in texts]
        rows = self._tokenizer.split(sentences)
        longest = max((len(row.ids) for row in rows), default=0) if padding else 0
        ids, masks, words = [], [], []
        for row in rows:
            spare = max(0, longest - len(row.ids))
            ids.append([*row.ids, *[PADDING] * spare])
            masks.append([*[1] * len(row.ids), *[0] * spare])
            words.append([*row.words, *[None] * spare])
        return Encoding(ids, masks, words)
