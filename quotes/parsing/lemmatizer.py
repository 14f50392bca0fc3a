"""Lemmas of words by form and part of speech: by dictionary, by edit, letter by letter.

In: the lemma processor of a loaded Stanza pipeline, then words with their tags. Out: the lemmas
that the processor finds. A word that its dictionary lacks is classified by how the lemma differs
from the form: not at all, by small letters, or otherwise. Stanza generates the lemma of every such
word letter by letter and drops it where the class tells the lemma; here it is generated only where
it is needed, for one word in five.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import torch
from stanza.models.common.doc import Document as StanzaDocument
from stanza.models.common.seq2seq_constant import EOS_ID, SOS_ID
from stanza.models.common.utils import unsort
from stanza.models.lemma.edit import EDIT_TO_ID, edit_word
from torch.nn.utils.rnn import pad_sequence

MAX_CACHED_LEMMAS = 15_000
BATCH_WORDS = 512  # classified at once
GENERATED = EDIT_TO_ID["none"]  # the class of words whose lemma is generated
NO_LEMMA = "_"

TaggedForm = tuple[str, str]  # a form and its part of speech (UPOS)


class Lemmatizer:
    """The lemma processor of a pipeline. What it has found is cached, for a bounded number."""

    def __init__(self, processor: Any) -> None:
        self._processor = processor
        self._classifies_edits = _classifies_edits(processor)
        self._known: dict[TaggedForm, str] = {}
        if self._classifies_edits:
            processor.trainer.model.eval()

    @torch.no_grad()
    def __call__(self, forms: Sequence[str], upos: Sequence[str]) -> list[str]:
        """Return the lemma of each word, "_" where there is none."""
        words = list(zip(forms, upos, strict=True))
        new = [word for word in dict.fromkeys(words) if word not in self._known]
        if len(self._known) + len(new) > MAX_CACHED_LEMMAS:
            self._known.clear()
            new = list(dict.fromkeys(words))
        self._known.update(self._lemmas_of(new))
        return [self._known[word] for word in words]

    def _lemmas_of(self, words: Sequence[TaggedForm]) -> dict[TaggedForm, str]:
        """Return the lemmas of different words."""
        if not self._classifies_edits:
            return self._generated(words)
        lookup = self._processor.trainer.predict_dict
        skipped = self._processor.trainer.skip_seq2seq(words)
        listed = [word for word, is_listed in zip(words, skipped, strict=True) if is_listed]
        found = {
            word: lemma or NO_LEMMA for word, lemma in zip(listed, lookup(listed), strict=True)
        }
        others = [word for word in words if word not in found]
        edits = dict(zip(others, self._edits(others), strict=True))
        found |= {
            word: edit_word(word[0], None, edit)
            for word, edit in edits.items()
            if edit != GENERATED
        }
        return found | self._generated([word for word in others if edits[word] == GENERATED])

    def _edits(self, words: Sequence[TaggedForm]) -> Iterator[int]:
        """Yield for each word the class of how its lemma differs from its form."""
        trainer = self._processor.trainer
        model, tag_id = trainer.model, trainer.vocab["pos"].unit2id
        letter_id = cache(trainer.vocab["char"].unit2id)
        for start in range(0, len(words), BATCH_WORDS):
            batch = words[start : start + BATCH_WORDS]
            order = sorted(range(len(batch)), key=lambda number: -len(batch[number][0]))
            rows = [[SOS_ID, *map(letter_id, batch[number][0]), EOS_ID] for number in order]
            letters = pad_sequence(list(map(torch.tensor, rows)), batch_first=True)
            tags = torch.tensor([[tag_id(batch[number][1])] for number in order])
            vectors = torch.cat((model.pos_embedding(tags), model.embedding(letters)), dim=1)
            _, (states, _) = model.encode(vectors, [1 + len(row) for row in rows])
            yield from unsort(model.edit_clf(states).argmax(dim=1).tolist(), order)

    def _generated(self, words: Sequence[TaggedForm]) -> dict[TaggedForm, str]:
        """Return the lemmas as the processor itself finds them."""
        if not words:
            return {}
        made = self._processor.process(_document(words)).sentences[0].words
        return {word: own.lemma or NO_LEMMA for word, own in zip(words, made, strict=True)}


def _document(words: Sequence[TaggedForm]) -> StanzaDocument:
    """Return words as one sentence of Stanza's."""
    rows = [
        {"id": (number,), "text": form, "upos": tag} for number, (form, tag) in enumerate(words, 1)
    ]
    return StanzaDocument([rows])


def _classifies_edits(processor: Any) -> bool:
    """Return True for a dictionary beside a model that classifies edits from letters alone."""
    if processor.use_identity:
        return False
    settings = {**processor.trainer.args, **processor.config}
    return (
        all(settings.get(name) for name in ("edit", "ensemble_dict", "pos"))
        and not any(settings.get(name) for name in ("dict_only", "caseless", "charlm"))
        and not processor.trainer.has_contextual_lemmatizers()
    )
