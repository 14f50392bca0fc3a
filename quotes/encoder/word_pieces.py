"""Words cut into the pieces that the encoder reads.

In: the encoder's tokenizer, then sentences as words. Out: the pieces of each, and of which word each is one. What the parse has had cut is
not cut again for the tagger of attributions: the latest sentences are kept. Will not shorten a sentence that is too long for the encoder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tokenizers import Tokenizer

KEPT = 20_000  # pieces, as many as the encoder keeps states of


@dataclass(frozen=True, slots=True)
class WordPieces:
    """The numbers of a sentence's pieces, and for each the number of its word (None for those that open and close the row)."""

    ids: list[int]
    words: list[int | None]

    def ends(self, count: int) -> list[int | None]:
        """For each of `count` words the place of its last piece, None where it has none."""
        ends: list[int | None] = [None] * count
        for place, word in enumerate(self.words):
            if word is not None:
                ends[word] = place
        return ends

    def shortened(self, longest: int) -> WordPieces:
        """The same with no more than `longest` pieces, the one that closes the row among them."""
        if len(self.ids) <= longest:
            return self
        return WordPieces(
            [*self.ids[: longest - 1], self.ids[-1]], [*self.words[: longest - 1], self.words[-1]]
        )


class WordPieceTokenizer:
    """The tokenizer of an encoder, given as transformers' tokenizer."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = Tokenizer.from_str(
            tokenizer.backend_tokenizer.to_str()
        )  # a copy: Stanza sets padding in the one that it has
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._known: dict[tuple[str, ...], WordPieces] = {}
        self._size = 0

    def of(self, sentences: Sequence[Sequence[str]]) -> list[WordPieces]:
        """The pieces of sentences, each a list of words."""
        asked = [tuple(words) for words in sentences]
        found = {words: self._known[words] for words in asked if words in self._known}
        new = [words for words in dict.fromkeys(asked) if words not in found]
        if new:
            if self._size > KEPT:
                self._known.clear()
                self._size = 0
            encoded = self._tokenizer.encode_batch(
                [list(words) for words in new], is_pretokenized=True
            )
            made = {
                words: WordPieces(one.ids, one.word_ids)
                for words, one in zip(new, encoded, strict=True)
            }
            self._known |= made
            self._size += sum(len(one.ids) for one in made.values())
            found |= made
        return [found[words] for words in asked]

    def alone(self, forms: Sequence[str]) -> list[list[int]]:
        """The pieces of words that stand in no sentence."""
        return [
            one.ids for one in self._tokenizer.encode_batch(list(forms), add_special_tokens=False)
        ]
