"""The tagger of attributions: its windows, its files, and what extraction does with its output."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.analysis import Analysis, token_numbers
from quotes.attribution import extract
from quotes.attribution.candidates import TaggedCandidate
from quotes.attribution.decoding import one_per_content
from quotes.attribution.features import signals
from quotes.attribution.generators.tagger import (
    TAGGER_RULE,
    new_candidate,
    tagged_candidates,
    tagger_input,
)
from quotes.attribution.scoring import Scorer
from quotes.attribution.tagger.interface import RuleHint, TaggerInput, TaggerOutput
from quotes.attribution.tagger_boundaries import apply_tagger_boundaries, likeliest_words
from quotes.errors import ModelError
from quotes.language import Language
from quotes.models import Models, load_tagger
from quotes.parsing import EMBEDDED
from quotes.parsing.conllu import read_conllu
from quotes.parsing.parser import StanzaParser
from quotes.pipeline import ReadyParse, process
from quotes.records import Document, Parse
from tests.builders import ENGLISH, analysis_of

torch = pytest.importorskip("torch")

from quotes.attribution.tagger.inference import (  # noqa: E402
    SETTINGS,
    WEIGHTS,
    load_vectors,
    ranges,
    read_network,
    save,
)
from quotes.attribution.tagger.network import (  # noqa: E402
    DISTANCES,
    STATES,
    Network,
    NetworkSettings,
    distance_classes,
)
from quotes.attribution.tagger.windows import shape, tree_order  # noqa: E402
from quotes.encoder.word_states import load_word_states  # noqa: E402

TREES = st.lists(st.integers(0, 30), min_size=1, max_size=30).map(
    lambda picks: [-1, *(pick % n for n, pick in enumerate(picks, 1))]
)


class Scripted:
    """A tagger that gives one output for its anchor, and finds nothing around all others."""

    def __init__(self, output: TaggerOutput) -> None:
        self.output = output
        self.heard: tuple[RuleHint, ...] = ()

    def tag(self, words: TaggerInput, hints: Sequence[RuleHint]) -> tuple[TaggerOutput, ...]:
        self.heard = tuple(hints)
        nothing = (0.0,) * len(words.upos)
        known = [
            self.output
            if g.anchor == self.output.anchor
            else TaggerOutput(g.anchor, 0.0, 0.01, 0, nothing, nothing, nothing)
            for g in hints
        ]
        return (*known, *([] if self.output in known else [self.output]))


def tagger_output(anchor: int, count: int, **roles: set[int]) -> TaggerOutput:
    """A record that is sure of these words."""
    rows = [
        tuple(0.99 if n in roles.get(role, set()) else 0.01 for n in range(count))
        for role in ("cue", "source", "content")
    ]
    return TaggerOutput(anchor, 0.9, 0.95, 0, *rows)


@pytest.fixture(scope="module")
def article(frozen: Path) -> tuple[Document, Parse]:
    """The first of the frozen articles."""
    return next(iter(read_conllu(frozen)))


def clear(analysis: Analysis) -> int:
    """Return a word with two words before and five after it in its sentence.

    None of them is punctuation or a preposition.
    """
    low = (
        n
        for n in range(2, len(analysis.words) - 5)
        if analysis.sentence(n - 2) == analysis.sentence(n + 5)
    )
    return next(
        n
        for n in low
        if all(analysis.words[k].upos not in ("PUNCT", "ADP") for k in range(n - 2, n + 6))
    )


@given(st.integers(1, 5000))
def test_every_word_is_answered_for_by_one_window(length: int) -> None:
    found = ranges(length)
    assert [n for _, _, core in found for n in range(*core)] == list(range(length))
    assert all(low <= core[0] < core[1] <= high for low, high, core in found)


@given(TREES)
def test_what_is_below_a_word_lies_between_its_first_and_last(heads: list[int]) -> None:
    first, last = tree_order(heads)
    assert sorted(first) == list(range(len(heads)))

    def above(number: int) -> set[int]:
        return set() if heads[number] < 0 else {heads[number]} | above(heads[number])

    for a in range(len(heads)):
        below = {n for n in range(len(heads)) if first[a] < first[n] < last[a]}
        assert below == {n for n in range(len(heads)) if a in above(n)}


def test_shapes_of_words() -> None:
    assert [shape(form) for form in ("bridge", "Ellen", "NATO", "I", "1,200", "“", "iPhone")] == [
        0,
        1,
        2,
        1,
        3,
        3,
        0,
    ]


def test_distances_are_exact_near_zero_and_signed() -> None:
    classes = distance_classes(torch.arange(-500, 501))
    assert len(set(classes[500 - 7 : 500 + 8].tolist())) == 15
    assert classes[500 + 3] != classes[500 - 3]
    assert set(classes.tolist()) <= set(range(DISTANCES))


@pytest.mark.parametrize(
    ("probabilities", "numbers"),
    [
        ((0.1, 0.9, 0.9, 0.1), {11, 12}),
        ((0.1, 0.9, 0.9, 0.4, 0.9, 0.9, 0.1), {11, 12, 13, 14, 15}),
        ((0.1, 0.6, 0.1), set()),
        ((0.1, 0.99, 0.001, 0.001, 0.99, 0.1), {11, 14}),
        ((), set()),
    ],
)
def test_words_are_chosen_in_few_pieces(
    probabilities: tuple[float, ...], numbers: set[int]
) -> None:
    assert likeliest_words(10, probabilities) == numbers


@given(st.lists(st.floats(0, 1), max_size=40), st.integers(0, 100))
def test_chosen_words_lie_where_probabilities_were_given(
    probabilities: list[float], start: int
) -> None:
    found = likeliest_words(start, probabilities)
    assert all(start <= n < start + len(probabilities) for n in found)
    if found:
        assert max(probabilities[n - start] for n in found) > 0.5


def test_an_attribution_that_no_rule_found_becomes_a_quote(
    article: tuple[Document, Parse], tmp_path: Path
) -> None:
    document, parse = article
    for name in ("words", "language.toml"):
        (tmp_path / name).symlink_to(ENGLISH.folder / name)
    (tmp_path / "rules.toml").write_text(
        """
        [[rule]]
        name = "never"
        match = "{lemma:no-such-verb}=cue"
        why = "matches nothing"
        yes = ["[c: yes]"]
        no = ["no"]
        """
    )
    analysis = analysis_of(document, parse, Language.from_folder(tmp_path, code="en"))
    anchor = clear(analysis)
    content = set(range(anchor + 1, anchor + 4))
    scorer = Scorer({}, 0.0, signals={"new": 1.5})
    record = tagger_output(
        anchor, len(analysis.words), cue={anchor}, source={anchor - 1}, content=content
    )
    found = extract(analysis, scorer=scorer, tagger=Scripted(record))
    assert [
        quote.rule for quote in found if quote.cue[0].start == analysis.words[anchor].span.start
    ] == [TAGGER_RULE]
    quote = next(quote for quote in found if quote.rule == TAGGER_RULE)
    assert quote.source[0].of(document.text) == analysis.words[anchor - 1].span.of(document.text)
    assert quote.confidence == pytest.approx(0.818, abs=0.001)
    assert quote.path


def test_boundaries_are_the_tagger_s_only_where_it_is_sure(article: tuple[Document, Parse]) -> None:
    document, parse = article
    analysis = analysis_of(document, parse)
    at, count = clear(analysis), len(analysis.words)
    record = tagger_output(
        at,
        count,
        cue={at},
        source={at - 2, at - 1},
        content={at + 1, at + 2, at + 3, at + 4, at + 5},
    )
    candidate = new_candidate(
        analysis,
        tagger_output(at, count, cue={at}, source={at - 1}, content={at + 1, at + 2, at + 3}),
    )
    assert candidate is not None
    assert token_numbers(apply_tagger_boundaries(analysis, candidate, record).source) == {
        at - 2,
        at - 1,
    }
    assert {at + 4, at + 5} <= token_numbers(
        apply_tagger_boundaries(analysis, candidate, record).content
    )
    unsure = TaggerOutput(at, 0.9, 0.1, 0, record.cue, record.source, record.content)
    assert apply_tagger_boundaries(analysis, candidate, unsure) == candidate


def test_nothing_is_made_of_a_record_without_content_or_cue(
    article: tuple[Document, Parse],
) -> None:
    document, parse = article
    analysis = analysis_of(document, parse)
    at, count = clear(analysis), len(analysis.words)
    assert new_candidate(analysis, tagger_output(at, count, cue={at}, source={at - 1})) is None
    assert (
        new_candidate(analysis, tagger_output(at, count, source={at - 1}, content={at + 2})) is None
    )


def test_one_attribution_found_at_two_words_is_kept_once(article: tuple[Document, Parse]) -> None:
    document, parse = article
    analysis = analysis_of(document, parse)
    at, count = clear(analysis), len(analysis.words)
    content = {at + 2, at + 3, at + 4}
    first = new_candidate(
        analysis, tagger_output(at, count, cue={at}, source={at - 2}, content=content)
    )
    assert first is not None
    found = tagged_candidates(
        analysis,
        [first],
        Scripted(tagger_output(at + 1, count, cue={at + 1}, source={at - 2}, content=content)),
    )
    assert [proposal.candidate.anchor for proposal in one_per_content(found)] == [
        at + 1
    ]  # the tagger finds the other one unlikely


def test_signals_name_what_is_new_and_stay_small(article: tuple[Document, Parse]) -> None:
    document, parse = article
    analysis = analysis_of(document, parse)
    at = clear(analysis)
    record = tagger_output(
        at, len(analysis.words), cue={at}, source={at - 1}, content={at + 2, at + 3, at + 4}
    )
    candidate = new_candidate(analysis, record)
    assert candidate is not None
    new = signals(analysis, TaggedCandidate(candidate, None, None, record), 0.0)
    known = signals(analysis, TaggedCandidate(candidate, 0, candidate, record), 3.0)
    assert new["new"] == 1.0
    assert known["new"] == 0.0
    assert known["content agreed"] == known["source agreed"] == 1.0
    assert known["ruled"] == pytest.approx(0.5)
    assert all(-1.0 <= value <= 1.0 for value in (*new.values(), *known.values()))
    assert signals(analysis, TaggedCandidate(candidate, 0, candidate, None), 3.0) == {}


def test_a_network_is_written_and_read_again(tmp_path: Path) -> None:
    network = Network(NetworkSettings(("NOUN", "VERB"), ("nsubj", "root"), ("say",), layers=1))
    save(network, tmp_path)
    read = read_network(tmp_path)
    assert read.settings == network.settings
    for name, weight in network.state_dict().items():
        assert torch.allclose(weight, read.state_dict()[name], atol=0.02), name


@pytest.mark.parametrize("name", [SETTINGS, WEIGHTS])
@pytest.mark.parametrize("content", [None, b"", b"{}", b"no tagger"])
def test_a_broken_file_is_named(name: str, content: bytes | None, tmp_path: Path) -> None:
    save(Network(NetworkSettings(("NOUN",), ("root",), (), layers=1)), tmp_path)
    (tmp_path / name).unlink() if content is None else (tmp_path / name).write_bytes(content)
    with pytest.raises(ModelError, match="not a tagger") as error:
        read_network(tmp_path)
    assert name in str(error.value)


def test_another_version_is_refused(tmp_path: Path) -> None:
    save(Network(NetworkSettings((), (), (), layers=1)), tmp_path)
    path = tmp_path / SETTINGS
    path.write_text(
        json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"version": 99}), encoding="utf-8"
    )
    with pytest.raises(ModelError, match="version"):
        read_network(tmp_path)


def test_vectors_need_an_encoder(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="encoder"):
        load_word_states(tmp_path)


def test_a_model_without_a_tagger_has_none(tmp_path: Path) -> None:
    assert load_tagger(str(tmp_path)) is None
    assert load_tagger("stanza:en") is None


def test_the_vector_of_a_word_does_not_depend_on_its_neighbours() -> None:
    folder = EMBEDDED / "encoder"
    vectors = load_vectors(folder, load_word_states(folder).tokenizer)
    alone, among = vectors.of(["minister"])[0], vectors.of(["the", "minister", "“", ""])[1]
    assert torch.equal(alone, among)
    assert float(alone.norm()) > 0


def test_the_embedded_tagger_finds_cue_source_and_content(models: Models) -> None:
    document = Document(
        id="a",
        text="“Prices will rise again next year,” Maria Keller, the finance minister, said on "
        "Tuesday.",
        language="en",
    )
    analysis = analysis_of(document, models.parser.parse(document))
    assert models.tagger is not None
    anchor = next(n for n, word in enumerate(analysis.words) if word.form == "said")
    found = {record.anchor: record for record in models.tagger.tag(tagger_input(analysis), [])}
    record = found[anchor]
    assert record.valid > 0.5
    assert "said" in {analysis.words[n].form for n in likeliest_words(record.start, record.cue)}
    assert {"Maria", "Keller"} <= {
        analysis.words[n].form for n in likeliest_words(record.start, record.source)
    }
    assert {"Prices", "rise", "year"} <= {
        analysis.words[n].form for n in likeliest_words(record.start, record.content)
    }


def test_what_the_parse_read_is_not_read_again(models: Models) -> None:
    document = Document(
        id="a",
        text="The harbour master called the plan “a gift to nobody.” Ellen Park said it was safe.",
        language="en",
    )
    assert isinstance(models.parser, StanzaParser)
    assert models.parser.word_states is not None
    encoder = models.parser.word_states.encoder
    assert encoder is not None
    analysis = analysis_of(document, models.parser.parse(document))
    rows = encoder.rows
    assert models.tagger is not None
    parsed = models.tagger.tag(tagger_input(analysis), ())
    assert encoder.rows == rows
    alone = load_tagger()
    assert alone is not None
    for here, there in zip(parsed, alone.tag(tagger_input(analysis), ()), strict=True):
        assert here.anchor == there.anchor
        assert here.valid == pytest.approx(there.valid, abs=0.02)


def test_the_state_of_a_word_depends_on_its_sentence() -> None:
    states = load_word_states(EMBEDDED / "encoder")
    found = states.of(
        [
            ("The", "bank", "lends", "money", "."),
            ("The", "river", "bank", "is", "wet", "."),
            ("",),
            ("bank",) * 600,
        ]
    )
    assert found.shape == (5 + 6 + 1 + 600, STATES)
    assert not torch.allclose(found[1], found[7], atol=0.01)
    assert found[5 + 6].abs().sum() == 0  # a word without pieces
    assert found[-1].abs().sum() == 0  # behind what the encoder reads
    assert torch.equal(found[:5], states.of([("The", "bank", "lends", "money", ".")]))


def test_states_of_long_texts_do_not_depend_on_what_is_cached(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sentences = [("The", "mayor", "spoke", f"{number}", ".") for number in range(300)]
    known = load_word_states(EMBEDDED / "encoder").of(sentences)
    monkeypatch.setattr("quotes.encoder.state_cache.MAX_CACHED_PIECES", 20)
    states = load_word_states(EMBEDDED / "encoder")
    assert torch.allclose(
        known,
        states.of([*sentences, *sentences])[: len(known)],
        atol=0.01,
    )


def test_hints_come_back_first_and_in_their_order(models: Models) -> None:
    document = Document(
        id="a", text="Ellen Park said the bridge was safe. The mayor denied it.", language="en"
    )
    analysis = analysis_of(document, models.parser.parse(document))
    hints = [RuleHint(n, frozenset({n}), frozenset(), frozenset({n + 1})) for n in (8, 2, 5)]
    assert models.tagger is not None
    assert [record.anchor for record in models.tagger.tag(tagger_input(analysis), hints)][:3] == [
        8,
        2,
        5,
    ]
    assert models.tagger.tag(TaggerInput((), (), (), (), (), (), (), ()), ()) == ()


@settings(max_examples=10)
@given(st.integers(2, 60))
def test_long_texts_are_read_in_windows(models: Models, repeat: int) -> None:
    sentence = ("The", "mayor", "said", "it", "was", "safe", ".")
    length = 7 * repeat
    reading = TaggerInput(
        (sentence,) * repeat,
        ("the", "mayor", "say", "it", "be", "safe", ".") * repeat,
        ("DET", "NOUN", "VERB", "PRON", "AUX", "ADJ", "PUNCT") * repeat,
        ("det", "nsubj", "root", "nsubj", "cop", "ccomp", "punct") * repeat,
        tuple(7 * n + h if h >= 0 else -1 for n in range(repeat) for h in (1, 2, -1, 5, 5, 2, 2)),
        (0,) * length,
        (0,) * length,
        (-1,) * length,
    )
    assert models.tagger is not None
    found = {record.anchor for record in models.tagger.tag(reading, ())}
    assert {7 * n + 2 for n in range(repeat)} <= found


def test_a_ready_parse_is_read_by_the_rules_alone(article: tuple[Document, Parse]) -> None:
    document, parse = article
    found = process(document, models=Models(ReadyParse(parse)), language=ENGLISH)
    assert found
    assert all(quote.rule != TAGGER_RULE for quote in found)


def test_a_copied_model_brings_its_tagger(tmp_path: Path) -> None:
    shutil.copytree(EMBEDDED / "tagger", tmp_path / "tagger")
    (tmp_path / "encoder").symlink_to(EMBEDDED / "encoder")
    assert load_tagger(str(tmp_path)) is not None
