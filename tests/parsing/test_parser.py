"""The embedded model for real: offsets, one encoder pass, hostile text, broken models."""

from __future__ import annotations

import logging
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.encoder import form_cache, precision
from quotes.encoder.memory import COMPILED
from quotes.errors import ModelError, ParseError
from quotes.models import load_models_for_process
from quotes.parsing import EMBEDDED, lemmatizer, multitask
from quotes.parsing import load as load_parser
from quotes.parsing.normalization import normalize
from quotes.parsing.parser import StanzaParser
from quotes.parsing.tree_decoding import decoding_in_stanza, one_root_tree
from quotes.records import Document, Parse, Span
from quotes.text.chunking import chunks
from tests.builders import ENGLISH
from tests.paths import ROOT

ARTICLE = """Ministers meet in Lisbon

“We don’t expect a deal this week,” Foreign Minister Ana Lopez told reporters in Lisbon on \
Tuesday. “Why
would we?” Lopez said. ``It isn't over,'' she added…

The ministry’s spokesman, Karl Weber, declined to comment. He can't say more, \
according to Reuters."""


def load(model: str = "embedded") -> StanzaParser:
    return load_parser(model, language=ENGLISH)


def words(parse: Parse, text: str) -> list[str]:
    return [word.span.of(text) for sentence in parse.sentences for word in sentence.words]


def check(parse: Parse, text: str) -> None:
    """Check what holds of every parse: spans in order, forms of their letters, one root."""
    at = 0
    for sentence in parse.sentences:
        assert sum(word.head == -1 for word in sentence.words) == 1
        assert len(
            sentence.subtree(next(i for i, word in enumerate(sentence.words) if word.head < 0))
        ) == len(sentence.words)
        for word in sentence.words:
            letters = word.span.of(text)
            assert normalize(text, word.span).text == word.form
            assert letters.strip() == letters != ""
            assert word.span.start >= at
            at = word.span.start


def test_words_stand_where_they_say_and_names_are_found(parser: Any) -> None:
    parse = parser.parse(Document(id="a", text=ARTICLE))
    check(parse, ARTICLE)
    first = next(s for s in parse.sentences if "told" in words(Parse((s,)), ARTICLE))
    assert [word.form for word in first.words][:8] == [
        '"',
        "We",
        "do",
        "n't",
        "expect",
        "a",
        "deal",
        "this",
    ]
    assert {"“", "”", "``", "''", "…", "n’t", "n't"} <= set(words(parse, ARTICLE))
    found = {(name.kind, name.span.of(ARTICLE)) for name in parse.entities}
    assert {("PER", "Karl Weber"), ("LOC", "Lisbon")} <= found
    verb = next(word for word in first.words if word.form == "told")
    assert (verb.lemma, verb.upos, verb.head) == ("tell", "VERB", -1)
    assert parse.model == parser.name == "embedded"


def test_a_quotation_and_the_question_that_ends_it_are_one_sentence(parser: Any) -> None:
    parse = parser.parse(Document(id="a", text=ARTICLE))
    assert any(
        s.span.of(ARTICLE).startswith("“Why") and s.span.of(ARTICLE).endswith("Lopez said.")
        for s in parse.sentences
    )


def test_the_encoder_runs_once_a_sentence_and_forgets(parser: Any) -> None:
    by_stanza = StanzaParser(parser.name, parser.language, replace(parser._loaded, multitask=None))
    for reader, encoder in (
        (parser, parser.word_states.encoder),
        (by_stanza, parser.word_states.encoder),
    ):
        before = encoder.rows
        parse = reader.parse(Document(id="a", text=ARTICLE))
        assert encoder.rows - before == len(parse.sentences)
    assert not parser.word_states.encoder._layers._spans


SAMPLES = [
    *(path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))),
    "He said, "
    + "that prices and wages rose, " * 150
    + "twice.",  # more pieces than the encoder reads at once
    # words that the encoder's tokenizer reads as nothing
    "“What?!!!” she asked.\n\nThe \ue000 sign, \ue001, was \ufffd.",
    "No.",
]


def test_reading_together_gives_what_stanza_gives(exact: Any) -> None:
    by_stanza = StanzaParser(exact.name, exact.language, replace(exact._loaded, multitask=None))
    for text in SAMPLES:
        document = Document(id="a", text=text)
        assert exact.parse(document) == by_stanza.parse(document)


def test_half_the_precision_changes_few_words(exact: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        precision, "uses_bfloat16", lambda: True
    )  # slow where the processor has it not, but the same
    half = load()
    both = [
        (one.parse(Document(id="a", text=text)) for one in (exact, half)) for text in SAMPLES[:-3]
    ]
    compared = [
        (
            [word for s in one.sentences for word in s.words],
            [word for s in other.sentences for word in s.words],
        )
        for one, other in both
    ]
    assert [[word.span for word in own] for own, _ in compared] == [
        [word.span for word in own] for _, own in compared
    ]
    alike = [
        one == other for own, others in compared for one, other in zip(own, others, strict=True)
    ]
    assert len(alike) > 300
    assert sum(alike) > 0.98 * len(alike)


def test_documents_parsed_together_are_parsed_as_alone(parser: Any) -> None:
    documents = [
        Document(id=str(number), text=text)
        for number, text in enumerate([*SAMPLES, "", " \n", ARTICLE])
    ]
    start = ARTICLE.index("The ministry")
    parts = [
        *((document, None) for document in documents),
        (documents[-1], Span(start, len(ARTICLE))),
    ]
    together = parser.parse_many(parts)
    assert together == [parser.parse(document, region) for document, region in parts]
    assert [len(parse.sentences) for parse in together[4:]] == [1, 0, 0, 6, 2]


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("depparse", "use_upos", True),
        ("depparse", "resolve_head_constraints", True),
        ("ner", "charlm", True),
    ],
)
def test_models_laid_out_in_another_way_are_left_to_stanza(
    parser: Any, monkeypatch: pytest.MonkeyPatch, name: str, key: str, value: Any
) -> None:
    loaded = parser._loaded
    assert multitask.multitask_model(loaded.nlp, loaded.word_states) is not None
    monkeypatch.setitem(loaded.nlp.processors[name].config, key, value)
    assert multitask.multitask_model(loaded.nlp, loaded.word_states) is None


def test_what_is_remembered_of_words_is_bounded_and_changes_nothing(
    parser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_cache, "MAX_CACHED_FORMS", 12)
    monkeypatch.setattr(lemmatizer, "MAX_CACHED_LEMMAS", 12)
    document = Document(id="a", text=ARTICLE)
    before = parser.parse(document)
    for text in ("Prices rose.", "Wages fell on Friday, analysts said.", ARTICLE):
        parser.parse(Document(id="b", text=text))
    read = parser._loaded.multitask
    assert len(read._lemmatizer._known) <= len(set(words(before, ARTICLE)))
    assert parser.parse(document) == before


def test_sharing_the_encoder_changes_nothing(exact: Any) -> None:
    """Against transformers' own model, run by each processor for itself."""
    import torch
    from transformers import AutoModel

    plain = AutoModel.from_pretrained(
        EMBEDDED / "encoder", dtype=torch.float32, add_pooling_layer=False
    ).eval()
    long = Document(id="long", text="He said, " + "that prices and wages rose, " * 70 + "twice.")
    documents = [Document(id="a", text=ARTICLE), long]
    by_stanza = StanzaParser(exact.name, exact.language, replace(exact._loaded, multitask=None))
    shared = [exact.parse(document) for document in documents]
    encoder = exact.word_states.encoder
    processors = [
        exact._loaded.nlp.processors[name].trainer.model for name in ("pos", "depparse", "ner")
    ]
    for model in processors:
        model.bert_model = plain
    try:
        assert [by_stanza.parse(document) for document in documents] == shared
    finally:
        for model in processors:
            model.bert_model = encoder
    ids = torch.randint(1_000, 20_000, (3, 30))
    mask = torch.ones_like(ids)
    mask[1, 12:] = 0
    with torch.no_grad():
        theirs = plain(ids, attention_mask=mask, output_hidden_states=True).hidden_states[-4:]
        ours = encoder(ids, mask).hidden_states
        encoder.forget()
    for one, other in zip(ours, theirs, strict=True):
        assert torch.allclose(one[mask.bool()], other[mask.bool()], atol=1e-5)


def test_a_region_is_parsed_alone_with_places_in_the_whole(parser: Any) -> None:
    start = ARTICLE.index("The ministry")
    parse = parser.parse(Document(id="a", text=ARTICLE), Span(start, len(ARTICLE)))
    assert words(parse, ARTICLE)[:3] == ["The", "ministry", "’s"]
    assert parser.parse(Document(id="a", text=ARTICLE), Span(start, start)).sentences == ()


def test_boilerplate_is_not_parsed(parser: Any) -> None:
    text = "He resigned on Monday.\n\nhttps://example.org/story\n\nNobody knew why."
    assert "https://example.org/story" not in words(parser.parse(Document(id="a", text=text)), text)


def test_a_dateline_is_not_parsed(parser: Any) -> None:
    text = "Makkah: The board has stated that a team of 166 craftsmen will do the work."
    parse = parser.parse(Document(id="report", text=text))
    assert [sentence.span.of(text) for sentence in parse.sentences] == [text[8:]]
    assert [w.form for w in parse.sentences[0].words if w.head == -1] == ["stated"]


@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.sampled_from(
            [
                "“Yes,”",
                "he",
                "said.",
                "can’t",
                "New\u00a0York",
                "\n",
                "\n\n",
                "…",
                "``no''",
                "\u200b",
                "👍🏽",
                "\x07",
                "漢字",
                "gonna",
                "'",
            ]
        )
    )
)
def test_offsets_hold_for_any_text(parser: Any, pieces: list[str]) -> None:
    text = " ".join(pieces)
    check(parser.parse(Document(id="a", text=text)), text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "--- ... !!! ???",
        "1 2 3 4",
        "\x00\x01\u200b",
        "He \x00said\x07 yes \ue000 \ufffd \ud800 x\udc00y.",
        "👍🏽👨‍👩‍👧 yes 🇬🇧!",
        "The minister said السلام عليكم in Cairo. 你好世界,他说。 שלומך Привет мир.",
        "\u3164 \u115f x \u2800 y",
        "e\u0301" * 300 + " " + "\u0301" * 50 + " x",
        '"' * 300 + " x " + "'" * 300,
        "(" * 600,
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_odd_text_is_parsed_all_the_same(parser: Any, text: str) -> None:
    check(parser.parse(Document(id="odd", text=text)), text)


def test_a_sentence_of_two_thousand_words_loses_none(parser: Any) -> None:
    text = "He said " + ", ".join(["that the price of bread and of milk rose"] * 222) + "."
    parse = parser.parse(Document(id="long", text=text))
    check(parse, text)
    assert "".join(words(parse, text)) == text.replace(" ", "")
    assert max(len(sentence.words) for sentence in parse.sentences) <= 400


def test_a_word_of_a_hundred_thousand_letters_loses_none(parser: Any) -> None:
    text = "He said " + "a" * 100_000 + " twice."
    parse = parser.parse(Document(id="long", text=text))
    assert "".join(words(parse, text)) == text.replace(" ", "")


def test_a_long_text_goes_region_by_region(parser: Any) -> None:
    text = "\n\n".join(f"“Number {n} is right,” the {n}th speaker said." for n in range(60))
    found = [
        sentence
        for region in chunks(text, ENGLISH, size=500)
        for sentence in parser.parse(Document(id="a", text=text), region).sentences
    ]
    assert found == list(parser.parse(Document(id="a", text=text)).sentences)


def test_an_error_inside_the_model_names_the_document(
    parser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parser._loaded.multitask, "_parser", lambda *_, **__: 1 / 0)
    with pytest.raises(ParseError, match=r"document news/17: .*ZeroDivisionError"):
        parser.parse(Document(id="news/17", text="He said so."))
    assert not parser.word_states.encoder._layers._spans


# Models


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "model"
    shutil.copytree(EMBEDDED, copy)
    return copy


def test_a_folder_laid_out_as_the_embedded_model_is_loaded_and_leaves_nothing_behind(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    parse = load(str(folder)).parse(Document(id="a", text="He said so."))
    assert len(parse.sentences) == 1
    assert parse.model == str(folder)
    assert list(scratch.iterdir()) == []
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


@pytest.mark.parametrize(
    "name", ["depparse.pt", "encoder/model.safetensors", "encoder/tokenizer.json"]
)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match=rf"{name} is missing: install"):
        load(str(folder))


@pytest.mark.parametrize("name", ["lemma.pt", "encoder/model.safetensors", "encoder/config.json"])
def test_a_broken_file_is_named(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"not a model")
    with pytest.raises(ModelError, match=name.split("/")[0]):
        load(str(folder))


class Malicious:
    """What an attacker would pickle: loading it runs a command."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> Any:
        return os.system, (f"touch '{self.target}'",)


@pytest.mark.parametrize("name", ["tokenize", "mwt", "pos", "lemma", "depparse", "ner"])
@pytest.mark.parametrize("wrapped", [True, False])
def test_a_pickle_in_place_of_weights_is_refused_and_runs_nothing(
    folder: Path, tmp_path: Path, name: str, wrapped: bool
) -> None:
    import torch

    target = tmp_path / "ran"
    path = folder / f"{name}.pt"
    if wrapped:
        torch.save({"config": Malicious(target), "model": {}}, path)
    else:
        path.write_bytes(pickle.dumps(Malicious(target)))
    with pytest.raises(ModelError, match=rf"{name}\.pt"):
        load(str(folder))
    assert not target.exists()


def test_the_files_name_no_path_of_the_machine_that_made_them() -> None:
    import torch

    for path in EMBEDDED.glob("*.pt"):
        settings = torch.load(path, map_location="cpu", weights_only=True)["config"]
        named = {
            key: value
            for key, value in settings.items()
            if isinstance(value, str) and value.startswith(("/", "~"))
        }
        assert not named, path.name


@pytest.mark.parametrize("name", ["stanza:", "stanza", "stanza:en:", "stanza:en:default:more"])
def test_a_name_that_is_none_is_explained(name: str) -> None:
    with pytest.raises(ModelError, match="stanza:LANGUAGE"):
        load(name)


def test_a_folder_that_is_not_there_is_explained(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no such folder of a model"):
        load(str(tmp_path / "nowhere"))


# Stanza's own packages, from a resources folder made here


@pytest.fixture
def resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from stanza.resources import common

    folder = tmp_path / "resources"
    folder.mkdir()
    monkeypatch.setattr(common, "DEFAULT_MODEL_DIR", str(folder))
    return folder


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """No network; the addresses that were asked for."""
    import requests

    asked: list[str] = []

    def refuse(_: Any, method: str, url: str, **__: Any) -> None:
        asked.append(url)
        raise requests.ConnectionError("no route to host")

    monkeypatch.setattr(requests.Session, "request", refuse)
    yield asked
    logging.getLogger("stanza").setLevel(logging.CRITICAL)


def test_without_a_network_a_package_that_is_not_here_is_an_error(
    resources: Path, offline: list[str]
) -> None:
    with pytest.raises(ModelError, match=r"stanza:de:default: .*is there a network"):
        load("stanza:de")
    assert offline


def test_a_language_or_package_that_stanza_lacks_is_named(
    resources: Path, offline: list[str]
) -> None:
    (resources / "resources.json").write_text('{"de": {"packages": {"gsd": {"tokenize": "gsd"}}}}')
    with pytest.raises(ModelError, match="no models for the language 'xx'"):
        load("stanza:xx")
    with pytest.raises(ModelError, match="no such package; for de it has gsd"):
        load("stanza:de:hdt")
    with pytest.raises(ModelError, match="the package has no pos, lemma, depparse"):
        load("stanza:de:gsd")
    assert not offline


def test_a_package_that_is_here_is_used_without_the_network(
    resources: Path, offline: list[str], parser: Any
) -> None:
    """The embedded processors as a package of Stanza: each loads the encoder for itself."""
    import json

    import torch
    from safetensors.torch import load_file, save_file

    encoder = resources / "encoder"
    shutil.copytree(EMBEDDED / "encoder", encoder)
    weights = load_file(encoder / "model.safetensors")
    save_file(
        {name: weight.float() for name, weight in weights.items()},
        encoder / "model.safetensors",
        metadata={"format": "pt"},
    )
    names = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
    for name in names:
        state = torch.load(EMBEDDED / f"{name}.pt", map_location="cpu", weights_only=True)
        if "bert_model" in state["config"]:
            state["config"]["bert_model"] = str(encoder)
        (resources / "en" / name).mkdir(parents=True)
        torch.save(state, resources / "en" / name / "own.pt")
    described = {name: {"own": {"md5": ""}} for name in names}
    (resources / "resources.json").write_text(
        json.dumps({"en": {**described, "packages": {"own": dict.fromkeys(names, "own")}}})
    )
    other = load("stanza:en:own")
    parse = other.parse(Document(id="a", text=ARTICLE))
    check(parse, ARTICLE)
    assert parse.sentences == parser.parse(Document(id="a", text=ARTICLE)).sentences
    assert ("PER", "Karl Weber") in {(name.kind, name.span.of(ARTICLE)) for name in parse.entities}
    assert not offline


# What importing and threads touch


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return done.stdout


def test_importing_the_door_loads_neither_torch_nor_stanza() -> None:
    code = (
        "import sys, quotes.models, quotes.parsing.conllu\n"
        "print(sorted({'torch', 'stanza', 'transformers', 'numpy'} & set(sys.modules)))"
    )
    assert run(code) == "[]\n"


HOST = """
import torch
from stanza.models.depparse import head_constraints, model

def state():
    methods = dict(vars(torch.optim.Optimizer))
    wrapped = [method.__wrapped__ for method in methods.values() if hasattr(method, "__wrapped__")]
    attributes = [vars(function).copy() for function in wrapped]
    decoders = [module.chuliu_edmonds_one_root for module in (model, head_constraints)]
    return decoders, methods, attributes, torch.get_num_threads(), torch.get_default_dtype()

torch.set_num_threads(2)
before = state()
import quotes
loaded = quotes.load()
print(state() == before)
quotes.extract("“Prices rose,” Ruth Okafor said on Monday.", parser=loaded)
print(state() == before)
"""


@pytest.mark.slow
def test_stanza_and_torch_of_the_host_program_stay_as_they_are() -> None:
    assert run(HOST) == "True\nTrue\n"


def test_stanza_has_its_own_decoder_again_when_its_processors_have_run(exact: Any) -> None:
    from stanza.models.depparse import head_constraints, model

    modules = (model, head_constraints)
    originals = [module.chuliu_edmonds_one_root for module in modules]
    by_stanza = StanzaParser(exact.name, exact.language, replace(exact._loaded, multitask=None))
    processor = exact._loaded.nlp.processors["depparse"]
    within = []
    process = processor.process

    def watched(*arguments: Any, **options: Any) -> Any:
        within.append([module.chuliu_edmonds_one_root for module in modules])
        return process(*arguments, **options)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(processor, "process", watched)
        patched.setattr(processor, "bulk_process", watched)
        by_stanza.parse(Document(id="a", text="He said so."))
    assert within[0] == [one_root_tree, one_root_tree]
    assert [module.chuliu_edmonds_one_root for module in modules] == originals
    with pytest.raises(ZeroDivisionError), decoding_in_stanza():
        1 / 0  # noqa: B018
    assert [module.chuliu_edmonds_one_root for module in modules] == originals


@pytest.mark.slow
def test_the_embedded_model_runs_without_transformers() -> None:
    code = (
        "import sys\nsys.modules['transformers'] = None\nimport quotes\n"
        "loaded = quotes.load()\n"
        "found = quotes.extract('“Prices rose,” Ruth Okafor said on Monday.', parser=loaded)\n"
        "print(found[0].speaker)"
    )
    assert run(code) == "Ruth Okafor\n"


@pytest.mark.slow
def test_loading_is_quiet_keeps_to_the_threads_given_and_leaves_the_compiler_alone() -> None:
    code = (
        "import gc, sys\nfrom quotes import load\nfrom quotes.records import Document\n"
        "load(threads=1).parser.parse(Document(id='a', text='He said so.'))\nimport torch\n"
        "print(torch.get_num_threads(), 'torch._dynamo' in sys.modules, gc.get_freeze_count())\n"
        "print('transformers' in sys.modules)\nimport transformers"
    )
    assert run(code) == "1 False 0\nFalse\n"


def test_a_cached_model_is_hidden_from_the_garbage_collector(
    parser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def load(model: str, **_: Any) -> Any:
        done.append(model)
        return parser

    monkeypatch.setattr("quotes.models.load_models", load)
    monkeypatch.setattr("gc.freeze", lambda: done.append("hidden"))
    monkeypatch.setattr("os.environ", {})
    assert load_models_for_process("a folder", language=ENGLISH) is parser
    assert done == ["a folder", "hidden"]
    assert os.environ == COMPILED
    monkeypatch.setattr(
        "os.environ", own := dict.fromkeys(COMPILED, "7")
    )  # what somebody has set counts
    load_models_for_process("a folder", language=ENGLISH)
    assert own == dict.fromkeys(COMPILED, "7")
