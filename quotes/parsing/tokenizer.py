"""Tokens in sentences straight from the network of a pipeline's tokenizer.

In: the tokenizer and the splitter of multi-word tokens of a loaded Stanza pipeline, then normalized
texts. Out: the tokens that they find, one for one the same, in half the time: each character that
the network reads has its place in the text, so that nothing is searched for in the text; all
paragraphs are read in one run; and a multi-word token is split once, since how it is split depends
on its letters alone. Tokenizers that are laid out in another way are not served: for those,
`fast_tokenizer` gives None, and Stanza's own processors do the work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from stanza.models.common.doc import Document as StanzaDocument
from stanza.models.tokenization.data import (
    NEWLINE_WHITESPACE_RE,
    PER_CHAR_FEAT_FUNCS,
    WHITESPACE_RE,
)
from stanza.models.tokenization.utils import update_pred_regex
from stanza.pipeline.tokenize_processor import TOKEN_TOO_LONG_REPLACEMENT
from torch import Tensor
from torch.nn import functional

from quotes.encoder.batching import batches_by_size
from quotes.encoder.lstm import Layout, Recurrent
from quotes.parsing.sentence_repair import Token, token

MAX_ROW_CHARS = 1_000  # characters that Stanza's tokenizer reads in one row
BATCH_CHARS = 20_000  # characters in one run
STEPS = 64  # characters of each row that the network reads together
MAX_CACHED_SPLITS = 5_000  # multi-word tokens
# The network's classes: inside a token, its end, a sentence's end, a multi-word token's, both.
SENTENCE_ENDS, MULTI_WORD = (2, 4), (3, 4)
# Features of a character; two more say whether it is the last and the first of its paragraph.
FEATURES = ("space_before", "capitalized", "numeric")

Classes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The characters that the network reads, spaces single, and the offset of each in the text."""

    units: str
    offsets: Sequence[int]


@dataclass(frozen=True, slots=True)
class TextRow:
    """A span of a paragraph (by its number) that the network reads as one row.

    With padding (if any) it is `length` long.
    """

    paragraph: int
    start: int
    end: int
    length: int


@dataclass(frozen=True, slots=True)
class FoundToken:
    """A token: its span, its letters if it has several words, and whether it ends its sentence."""

    start: int
    end: int
    letters: str | None
    last: bool


class FastTokenizer:
    """The tokenizer and the splitter of multi-word tokens of a pipeline."""

    def __init__(self, nlp: Any) -> None:
        tokenizer = nlp.processors["tokenize"]
        self._model, self._vocab = tokenizer.trainer.model.eval(), tokenizer.vocab
        self._paragraphs_together = tokenizer.trainer.args["batch_size"]
        self._max_letters = tokenizer.config["max_seqlen"]
        # Ends of sentences matter more than the little time that bfloat16 would save.
        self._first, self._second = (
            Recurrent(network, precision=torch.float32)
            for network in (self._model.rnn, self._model.rnn2)
        )
        self._splitter = nlp.processors["mwt"]
        self._splits: dict[str, list[str]] = {}

    @torch.no_grad()
    def tokenize(self, text: str) -> list[list[Token]]:
        """Return the tokens of a text, a list for each sentence."""
        own = list(paragraphs(text))
        found = [
            list(tokens_found(one, classes))
            for one, classes in zip(own, self._classes(own), strict=True)
        ]
        self._split({one.letters for part in found for one in part if one.letters is not None})
        return [
            [self._token(one, text) for one in sentence]
            for part in found
            for sentence in _sentences(part)
        ]

    def _token(self, found: FoundToken, text: str) -> Token:
        letters = found.letters
        words = () if letters is None else self._splits[self._shortened(letters)]
        return token(found.start, found.end, words, text)

    def _shortened(self, letters: str) -> str:
        """Return the letters of a multi-word token as the splitter reads them."""
        return letters if len(letters) <= self._max_letters else TOKEN_TOO_LONG_REPLACEMENT

    def _split(self, letters: Iterable[str]) -> None:
        """Split multi-word tokens into their words, and cache them."""
        wanted = sorted({self._shortened(one) for one in letters})
        if len(self._splits) + len(wanted) > MAX_CACHED_SPLITS:
            self._splits.clear()
        new = [one for one in wanted if one not in self._splits]
        if new:
            rows = [
                {"id": (number,), "text": one, "misc": "MWT=Yes"}
                for number, one in enumerate(new, 1)
            ]
            made = self._splitter.process(StanzaDocument([rows])).sentences[0].tokens
            self._splits.update(
                (one, [word.text for word in its.words]) for one, its in zip(new, made, strict=True)
            )

    def _classes(self, own: Sequence[Paragraph]) -> list[Classes]:
        """Return for each paragraph the class of each of its characters.

        A paragraph that is longer than a row is read on from the last sentence that ended in the
        row. How much padding its further rows get depends on the paragraphs beside it,
        `_paragraphs_together` at a time in falling length, as in Stanza.
        """
        out = [np.empty(len(one.units), dtype=np.int64) for one in own]
        vectors = self._vectors(own)
        order = sorted(range(len(own)), key=lambda number: -len(own[number].units))
        lengths = {number: len(own[number].units) for number in order}
        groups = [
            order[start : start + self._paragraphs_together]
            for start in range(0, len(order), self._paragraphs_together)
        ]
        rows = [
            TextRow(number, 0, min(length, MAX_ROW_CHARS), min(length + 1, MAX_ROW_CHARS))
            for number, length in lengths.items()
        ]
        while rows:
            read: dict[int, int] = {}
            for row, found in zip(rows, self._read(vectors, rows), strict=True):
                end = _end_of_reading(row, found, lengths[row.paragraph])
                out[row.paragraph][row.start : end] = found[: end - row.start]
                read[row.paragraph] = end
            rows = [
                row
                for group in groups
                for row in _next_rows(
                    {number: read[number] for number in group if number in read}, lengths
                )
            ]
        return out

    def _vectors(self, own: Sequence[Paragraph]) -> list[Tensor]:
        """Return the input of the network for each paragraph: characters, one padding x units."""
        units = "".join(one.units for one in own)
        known = {unit: number for number, unit in enumerate(sorted(set(units)))}
        ids = torch.tensor(
            [self._vocab.unit2id(unit) for unit in known] + [self._vocab.unit2id("<PAD>")]
        )
        features = torch.zeros((len(ids), len(FEATURES) + 2))
        for unit, row in known.items():
            features[row, : len(FEATURES)] = torch.tensor(
                [PER_CHAR_FEAT_FUNCS[name](unit) for name in FEATURES]
            )
        table = torch.cat((self._model.embeddings(ids), features), dim=1)
        out = []
        for one in own:
            vectors = table[[*map(known.__getitem__, one.units), len(known)]]
            vectors[-2, -2] = vectors[0, -1] = 1.0
            out.append(vectors)
        return out

    def _read(self, vectors: Sequence[Tensor], rows: Sequence[TextRow]) -> list[Classes]:
        """Return the classes of the characters of each row."""
        out: list[Classes] = []
        for batch in batches_by_size(rows, lambda row: row.length, BATCH_CHARS):
            layout = Layout.of([row.length for row in batch], steps=STEPS)
            inputs = torch.cat([_padded(vectors[row.paragraph], row) for row in batch])
            out += np.split(self._run(inputs, layout), layout.starts[1:])
        return out

    def _run(self, inputs: Tensor, layout: Layout) -> Classes:
        """Return the classes of characters that are laid end to end."""
        model = self._model
        first = self._first(inputs, layout)
        inside = torch.sigmoid(-model.tok_clf(first) * model.args["hier_invtemp"])
        second = self._second(first * (1 - inside), layout)
        ends, sentences, several = (
            getattr(model, f"{name}_clf")(first) + getattr(model, f"{name}_clf2")(second)
            for name in ("tok", "sent", "mwt")
        )
        end = functional.logsigmoid(ends)
        kinds = [
            end + functional.logsigmoid(last) + functional.logsigmoid(many)
            for many in (-several, several)
            for last in (-sentences, sentences)
        ]
        found: Classes = torch.cat([functional.logsigmoid(-ends), *kinds], dim=1).numpy().argmax(1)
        return found


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a text as the network reads them: what stands between empty lines."""
    plain = WHITESPACE_RE.sub(" ", text)
    gaps = [
        (0, 0),
        *(gap.span() for gap in NEWLINE_WHITESPACE_RE.finditer(text)),
        (len(text), len(text)),
    ]
    for (_, start), (end, _) in pairwise(gaps):
        units = plain[start : start + len(text[start:end].rstrip())]
        codes = np.frombuffer(units.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        spaces = codes == ord(" ")
        single = np.flatnonzero(~(spaces[1:] & spaces[:-1])) + 1
        if units:
            offsets = [0, *single.tolist()]
            yield Paragraph(
                "".join(map(units.__getitem__, offsets)), [start + offset for offset in offsets]
            )


def tokens_found(paragraph: Paragraph, classes: Classes) -> Iterator[FoundToken]:
    """Yield the tokens of a paragraph.

    Its last character ends a sentence whatever the network says, and addresses are not split.
    """
    units, offsets = paragraph.units, paragraph.offsets
    classes[-1] = 4 if classes[-1] in MULTI_WORD else 2
    update_pred_regex(units, classes)
    ends = np.flatnonzero(classes)
    start = 0
    for end, kind in zip(ends.tolist(), classes[ends].tolist(), strict=True):
        first = start + (units[start] == " ")
        start = end + 1
        if first <= end:  # else a space alone, which is no token and ends nothing
            yield FoundToken(
                offsets[first],
                offsets[end] + 1,
                units[first:start] if kind in MULTI_WORD else None,
                kind in SENTENCE_ENDS,
            )


def fast_tokenizer(nlp: Any) -> FastTokenizer | None:
    """Return the tokenizer of a pipeline, None where it is not laid out as the embedded one is."""
    for name, wanted in REQUIRED_SETTINGS.items():
        config = nlp.processors[name].config if name in nlp.processors else {}
        if any((config.get(key) or False) != value for key, value in wanted.items()):
            return None
    vocab = nlp.processors["tokenize"].vocab
    return None if vocab.lang_replaces_spaces else FastTokenizer(nlp)


# Settings that the configuration of a processor must have; what it lacks counts as False.
REQUIRED_SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "tokenize": {
        "feat_funcs": [*FEATURES, "end_of_para", "start_of_para"],
        "use_mwt": True,
        "hierarchical": True,
        "rnn_layers": 1,
        "conv_res": False,
        "charlm": False,
        "use_dictionary": False,
        "skip_newline": False,
        "no_ssplit": False,
        "pretokenized": False,
        "postprocessor": False,
        "speaker_delim": False,
    },
    "mwt": {"force_exact_pieces": True, "dict_only": False},
}


def _end_of_reading(row: TextRow, classes: Classes, length: int) -> int:
    """Return up to which character of its paragraph a row counts as read.

    Where the paragraph goes on, that is the last end of a sentence in the row.
    """
    if length - row.start > MAX_ROW_CHARS:
        ends = np.flatnonzero(np.isin(classes[: row.end - row.start], SENTENCE_ENDS))
        if len(ends):
            return row.start + int(ends[-1]) + 1
    return row.end


def _next_rows(read: Mapping[int, int], lengths: Mapping[int, int]) -> list[TextRow]:
    """Return the next rows of paragraphs that are read so far, padded to the longest of them."""
    lengths_left = {
        number: min(lengths[number] - end, MAX_ROW_CHARS)
        for number, end in read.items()
        if end < lengths[number]
    }
    longest = max(lengths_left.values(), default=0)
    return [
        TextRow(number, read[number], read[number] + rest, longest)
        for number, rest in lengths_left.items()
    ]


def _padded(vectors: Tensor, row: TextRow) -> Tensor:
    own = vectors[row.start : row.end]
    return torch.cat((own, vectors[-1:].expand(row.length - len(own), -1)))


def _sentences(found: Iterable[FoundToken]) -> Iterator[list[FoundToken]]:
    sentence: list[FoundToken] = []
    for one in found:
        sentence.append(one)
        if one.last:
            yield sentence
            sentence = []
    if sentence:
        yield sentence
