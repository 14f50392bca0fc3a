"""Lemmas equal those of Stanza's processor, and only those that need it are generated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from stanza.models.common.doc import Document as StanzaDocument

from quotes.parsing.lemmatizer import Lemmatizer

WORDS = [
    ("told", "VERB"),
    ("Ministers", "NOUN"),
    ("him", "PRON"),
    ("that", "SCONJ"),
    ("Zhvania", "PROPN"),
    ("Wickremesinghes", "PROPN"),
    ("MUNICIPALITY", "PROPN"),
    ("Unfulfilled", "ADJ"),
    ("grimmest", "ADJ"),
    ("re-tendered", "VERB"),
    ("teargassing", "VERB"),
    ("sub-committees", "NOUN"),
    ("Counterfeiters", "NOUN"),
    ("1,50,000", "NUM"),
    ("x" * 60, "X"),
    ("ãntennae", "NOUN"),
    ("東京", "PROPN"),
    ("_", "SYM"),
]


@pytest.fixture
def processor(parser: Any) -> Any:
    """Return the lemma processor of the embedded models."""
    return parser._loaded.nlp.processors["lemma"]


def by_stanza(processor: Any, words: Sequence[tuple[str, str]]) -> list[str]:
    """Return the lemmas that the processor gives by itself."""
    rows = [{"id": (n,), "text": form, "upos": tag} for n, (form, tag) in enumerate(words, 1)]
    return [
        word.lemma or "_" for word in processor.process(StanzaDocument([rows])).sentences[0].words
    ]


def test_lemmas_are_those_of_the_processor(processor: Any) -> None:
    forms, tags = zip(*WORDS, strict=True)
    found = Lemmatizer(processor)(forms, tags)
    assert found == by_stanza(processor, WORDS)
    assert found[:2] == ["tell", "minister"]


def test_a_lemma_that_is_the_form_is_not_generated(
    processor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processor, "process", lambda _: 1 / 0)
    assert Lemmatizer(processor)(["Zhvania", "told"], ["PROPN", "VERB"]) == ["Zhvania", "tell"]
    with pytest.raises(ZeroDivisionError):
        Lemmatizer(processor)(["counterfeiters"], ["NOUN"])


def test_each_word_is_looked_for_once(processor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Lemmatizer(processor)
    first = read(["counterfeiters", "told", "counterfeiters"], ["NOUN", "VERB", "NOUN"])
    monkeypatch.setattr(processor, "process", lambda _: 1 / 0)
    assert read(["counterfeiters", "told", "counterfeiters"], ["NOUN", "VERB", "NOUN"]) == first


@pytest.mark.parametrize("setting", ["edit", "ensemble_dict", "pos"])
def test_a_processor_without_classes_of_edits_does_all_itself(
    processor: Any, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    monkeypatch.setitem(processor.config, setting, False)
    monkeypatch.setattr(processor, "process", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Lemmatizer(processor)(["told"], ["VERB"])


def test_no_words_have_no_lemmas(processor: Any) -> None:
    assert Lemmatizer(processor)([], []) == []
