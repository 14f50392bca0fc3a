"""Words split into the word pieces that the encoder reads (WordPiece; Wu et al. 2016).

In: the tokenizer.json of the encoder, then sentences as words. Out: the pieces of each, and the
word that each belongs to. The latest sentences are cached: the tagger of attributions reads the
same ones as the parse. Sentences too long for the encoder are not shortened here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from quotes.encoder.state_cache import MAX_CACHED_PIECES
from quotes.errors import ModelError, first_line


@dataclass(frozen=True, slots=True)
class WordPieces:
    """The ids of a sentence's pieces, and for each the number of its word.

    The pieces that open and close the row have None for a word.
    """

    ids: list[int]
    words: list[int | None]

    def ends(self, count: int) -> list[int | None]:
        """Return for each of `count` words the position of its last piece, if it has any."""
        ends: list[int | None] = [None] * count
        for position, word in enumerate(self.words):
            if word is not None:
                ends[word] = position
        return ends

    def shortened(self, limit: int) -> WordPieces:
        """Return at most `limit` pieces, the one that closes the row among them."""
        if len(self.ids) <= limit:
            return self
        return WordPieces(
            [*self.ids[: limit - 1], self.ids[-1]], [*self.words[: limit - 1], self.words[-1]]
        )


class WordPieceTokenizer:
    """The tokenizer of an encoder, which neither pads nor truncates."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._known: dict[tuple[str, ...], WordPieces] = {}
        self._size = 0

    def split(self, sentences: Sequence[Sequence[str]]) -> list[WordPieces]:
        """Return the pieces of sentences, each a list of words."""
        wanted = [tuple(words) for words in sentences]
        found = {words: self._known[words] for words in wanted if words in self._known}
        new = [words for words in dict.fromkeys(wanted) if words not in found]
        if new:
            if self._size > MAX_CACHED_PIECES:
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
        return [found[words] for words in wanted]

    def split_words(self, forms: Sequence[str]) -> list[list[int]]:
        """Return the ids of the pieces of words that stand in no sentence."""
        encoded = self._tokenizer.encode_batch(list(forms), add_special_tokens=False)
        return [one.ids for one in encoded]


def load_tokenizer(folder: Path) -> WordPieceTokenizer:
    """Load the tokenizer of an encoder's folder.

    Raises:
        ModelError: where its file is missing or broken.
    """
    path = folder / "tokenizer.json"
    try:
        return WordPieceTokenizer(Tokenizer.from_file(str(path)))
    except Exception as error:  # tokenizers raises no narrower one
        raise ModelError(
            f"{path}: not a usable tokenizer ({first_line(error)}): install it again"
        ) from error
