"""Preparation of training data, on small sentences in the formats of the treebanks.

Where the gold data is, that the scores hold.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.paths import ROOT

sys.path.insert(0, str(ROOT))  # training is not installed

from training import fine_tune, measure, names_gum, prepare_ner, prepare_ud
from training.export import read
from training.first_names import kind_of
from training.gold import (
    DataError,
    Row,
    blocks,
    folder,
    read_bio,
    read_words,
    spans,
    without_genres,
)
from training.people import People
from training.prepare_lemma import as_conllu, capped
from training.proper_nouns import runs

FIRST_OF_GUM = {"Tokens": 99.9, "UPOS": 95.5, "LAS": 82.3}
MODELS = ROOT / "quotes" / "parsing" / "english"


def sentence(text: str) -> list[Row]:
    """Return words from lines FORM UPOS XPOS HEAD DEPREL [MISC]."""
    rows = []
    for number, line in enumerate(text.strip().splitlines(), 1):
        form, upos, xpos, head, deprel, *misc = line.split()
        rows.append(
            [
                str(number),
                form,
                form.lower(),
                upos,
                xpos,
                "_",
                head,
                deprel,
                "_",
                misc[0] if misc else "_",
            ]
        )
    return rows


def named(tagged: list[tuple[str, str]]) -> list[str]:
    """Return the names of a sentence as "KIND words"."""
    return [
        f"{kind} {' '.join(word for word, _ in tagged[start:end])}"
        for start, end, kind in spans([tag for _, tag in tagged])
    ]


MINISTER = """
Minister PROPN NNP 2 compound Entity=(1-person-new-cf1-2-sgl
Olga PROPN NNP 4 nsubj _
Brandt PROPN NNP 2 flat Entity=1)
flew VERB VBD 0 root _
to ADP IN 6 case _
Santa PROPN NNP 4 obl Entity=(2-place-new-cf2-1-sgl
Rosa PROPN NNP 6 flat Entity=2)
with ADP IN 9 case _
Armenians PROPN NNPS 4 obl Entity=(3-person-new-cf3-1-sgl)
. PUNCT . 4 punct _
"""
BAR = """
A DET DT 4 det Entity=(5-place-new-cf2-4-sgl
Santa PROPN NNP 4 compound _
Rosa PROPN NNP 2 flat _
bar NOUN NN 0 root Entity=5)
. PUNCT . 4 punct _
"""


class TestNamesOfGum:
    def test_mentions_become_names_without_titles_and_peoples(self) -> None:
        (tagged,) = names_gum.tagged([sentence(MINISTER)])
        assert named(tagged) == ["PER Olga Brandt", "LOC Santa Rosa"]

    def test_a_run_that_heads_no_mention_takes_the_kind_it_has_elsewhere(self) -> None:
        assert named(names_gum.tagged([sentence(MINISTER), sentence(BAR)])[1]) == ["LOC Santa Rosa"]
        assert named(names_gum.tagged([sentence(BAR)])[0]) == []

    def test_nested_mentions_open_and_close_in_any_order(self) -> None:
        words = sentence(
            """
            The DET DT 3 det Entity=(7-organization-new-cf1-3-sgl
            Leeds PROPN NNP 3 compound Entity=(8-place-new-cf2-1-sgl)
            Institute PROPN NNP 4 nsubj Entity=7)
            closed VERB VBD 0 root _
            """
        )
        assert [(m.start, m.end, m.kind) for m in names_gum.mentions(words)] == [
            (1, 2, "place"),
            (0, 3, "organization"),
        ]


class TestProperNouns:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("The DET\nBank PROPN\nof ADP\nEngland PROPN\nwaits VERB", ["Bank of England"]),
            ("New ADJ\nYork PROPN\non ADP\nMonday PROPN", ["New York"]),
            (
                "Lunaria PROPN\n, PUNCT\nInc. PROPN\nand CCONJ\nMaris PROPN",
                ["Lunaria , Inc.", "Maris"],
            ),
            ("see VERB\nwww.lunaria.com PROPN\nor CCONJ\nann@maris.org PROPN", []),
            ("Ministry PROPN\nof ADP\nthe DET\nInterior PROPN", ["Ministry of the Interior"]),
        ],
    )
    def test_runs(self, text: str, expected: list[str]) -> None:
        words = sentence("\n".join(f"{line} X 1 dep" for line in text.splitlines()))
        assert [
            " ".join(row[1] for row in words[start:end]) for start, end in runs(words)
        ] == expected


class TestNamesOfUner:
    def test_names_go_over_to_the_words_of_the_treebank(self) -> None:
        tagged = [("Inter-", "B-ORG"), ("Port", "I-ORG"), ("of", "O"), ("Lima", "B-LOC")]
        forms = ("Inter", "-", "Port", "of", "Lima")
        words = [[str(number), form, *["_"] * 8] for number, form in enumerate(forms, 1)]
        (cut,) = prepare_ner.aligned([tagged], [words])
        assert [word for word, _ in cut] == ["Inter", "-", "Port", "of", "Lima"]
        assert named(cut) == ["ORG Inter - Port", "LOC Lima"]

    def test_a_sentence_that_the_treebank_lacks_stays_as_it_is(self) -> None:
        tagged = [("Lima", "B-LOC"), ("waits", "O")]
        assert prepare_ner.aligned([tagged], []) == [tagged]


class TestLongSentences:
    def test_they_are_cut_after_a_mark_and_no_name_is_cut(self) -> None:
        words = [("word", "O")] * 30 + [(",", "O"), ("Ines", "B-PER"), ("Roth", "I-PER")]
        cut = list(prepare_ner.parts(words + [("more", "O")] * 30, longest=33))
        assert [len(part) for part in cut] == [31, 32]
        assert [name for part in cut for name in named(part)] == ["PER Ines Roth"]

    def test_short_ones_stay_whole(self) -> None:
        assert list(prepare_ner.parts([("Yes", "O")])) == [[("Yes", "O")]]


class TestTreebanks:
    def test_parts_are_put_together_and_genres_left_out(self, tmp_path: Path) -> None:
        bank = tmp_path / "treebanks"
        bank.mkdir()
        for names in prepare_ud.PARTS.values():
            for name in names:
                (bank / f"{name}.conllu").write_text(
                    f"# newdoc id = GUM_letter_{name}\n1\tYes\n\n\n# newdoc id = GUM_news_x\n"
                    "1\tNo\n",
                    encoding="utf-8",
                )
        prepare_ud.prepare(bank, tmp_path / "ud", ["letter"])
        home = tmp_path / "ud" / "UD_English-News"
        assert (home / "en_news-ud-train.conllu").read_text(
            encoding="utf-8"
        ) == "# newdoc id = GUM_news_x\n1\tNo\n\n" * 2
        assert len(blocks((home / "en_news-ud-dev.conllu").read_text(encoding="utf-8"))) == 4
        assert len(blocks((tmp_path / "ud" / "dev-small.conllu").read_text(encoding="utf-8"))) == 4

    def test_a_genre_ends_where_the_next_document_begins(self) -> None:
        text = "# newdoc id = GUM_essay_a\n1\tA\n\n1\tB\n\n# newdoc id = GUM_bio_b\n1\tC\n\n"
        assert blocks(without_genres(text, ["essay"])) == ["# newdoc id = GUM_bio_b\n1\tC"]
        assert blocks(without_genres(text, [])) == blocks(text)

    def test_each_lemma_at_most_three_times(self) -> None:
        many = [sentence("walks VERB VBZ 0 root\nfar ADV RB 1 advmod")] * 7
        words = capped(many)
        assert sorted(words) == [("far", "far", "ADV")] * 3 + [("walks", "walks", "VERB")] * 3

    def test_lemmas_are_whole_conllu_sentences(self, tmp_path: Path) -> None:
        file = tmp_path / "lemma.conllu"
        file.write_text(as_conllu([("went", "go", "VERB")] * 45), encoding="utf-8")
        lengths = [len(words) for words in read_words(file)]
        assert lengths == [20, 20, 5]
        assert all(
            [row[6] for row in words] == ["0", *["1"] * (len(words) - 1)]
            for words in read_words(file)
        )


class TestData:
    def test_no_folder_is_an_error_that_says_what_to_do(self, tmp_path: Path) -> None:
        with pytest.raises(DataError, match="QUOTES_GOLD"):
            folder(None)
        with pytest.raises(DataError, match="nowhere"):
            folder(str(tmp_path / "nowhere"))

    def test_a_line_without_tag_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "names.bio").write_text("Oslo\tB-LOC\n\nslept\n", encoding="utf-8")
        with pytest.raises(DataError, match=r"names\.bio, sentence 2"):
            read_bio(tmp_path / "names.bio")

    @given(st.lists(st.sampled_from(["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]), max_size=12))
    def test_names_do_not_overlap_and_begin_with_b(self, tags: list[str]) -> None:
        found = spans(tags)
        assert all(
            tags[start] == f"B-{kind}" and set(tags[start + 1 : end]) <= {f"I-{kind}"}
            for start, end, kind in found
        )
        assert all(first[1] <= second[0] for first, second in pairwise(found))
        assert len(found) == sum(tag.startswith("B-") for tag in tags)


NEWS = [
    ("The", "O"),
    ("Port", "B-ORG"),
    ("Board", "I-ORG"),
    ("told", "O"),
    ("Ines", "B-PER"),
    ("Roth", "I-PER"),
]


class TestOtherBodies:
    def test_organizations_are_replaced_and_nothing_else(self) -> None:
        (changed,) = prepare_ner.with_other_bodies([NEWS, NEWS[3:]], ["Al-Jazeera"])
        assert [word for word, _ in changed] == [
            "The",
            "Al",
            "-",
            "Jazeera",
            "told",
            "Ines",
            "Roth",
        ]
        assert named(changed) == ["ORG Al - Jazeera", "PER Ines Roth"]

    def test_names_that_are_common_words_too_are_left_out(self) -> None:
        assert prepare_ner.unmistakable(
            ["Time", "Interfax", "Sun News"], [[("time", "O"), ("sun", "O")]]
        ) == ["Interfax", "Sun News"]


FARAWAY = People("xx_XX", female={"Ayaan"}, male={"Ayaan"}, last={"Abdi-Roth"})


class TestOtherPeople:
    def test_persons_are_replaced_and_nothing_else(self) -> None:
        (changed,) = prepare_ner.with_other_people([NEWS], [FARAWAY])
        assert named(changed) == ["ORG Port Board", "PER Ayaan Abdi - Roth"]
        assert [word for word, _ in changed[:4]] == ["The", "Port", "Board", "told"]

    def test_the_family_name_stands_first_where_it_does(self) -> None:
        own = People("hu_HU", female={"Ilka"}, male={"Ilka"}, last={"Roth"})
        (changed,) = prepare_ner.with_other_people([NEWS], [own])
        assert named(changed) == ["ORG Port Board", "PER Roth Ilka"]

    def test_a_title_is_put_before_a_name_and_stays_outside(self) -> None:
        (changed,) = prepare_ner.with_titles([NEWS], ["Tan Sri"])
        assert [word for word, _ in changed[4:]] == ["Tan", "Sri", "Ines", "Roth"]
        assert named(changed) == ["ORG Port Board", "PER Ines Roth"]


class TestFirstNames:
    def test_a_name_of_both_sexes_is_of_neither_list(self) -> None:
        assert kind_of(Counter(female=40, male=1)) == "female"
        assert kind_of(Counter(female=3, male=1)) == "either"
        assert kind_of(Counter(either=1)) == "either"


class TestQuick:
    @settings(max_examples=20)
    @given(st.lists(st.integers(1, 6), min_size=1, max_size=5))
    def test_padding_and_packing_are_those_of_torch(self, lengths: list[int]) -> None:
        torch = pytest.importorskip("torch")
        from torch.nn.utils.rnn import pack_sequence, pad_packed_sequence, pad_sequence

        from training.quick_ner import pack, pad, pad_packed

        parts = [torch.randn(length, 3) for length in sorted(lengths, reverse=True)]
        packed = pack_sequence(parts)
        assert torch.equal(pack(parts).data, packed.data)
        assert torch.equal(pack(parts).batch_sizes, packed.batch_sizes)
        assert torch.equal(pad(parts), pad_sequence(parts, batch_first=True))
        assert torch.equal(pad_packed(packed)[0], pad_packed_sequence(packed, batch_first=True)[0])
        assert torch.equal(pad_packed(packed)[1], pad_packed_sequence(packed, batch_first=True)[1])


@pytest.fixture(scope="class")
def joint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[fine_tune.Joint]:
    """The embedded models over two sentences with trees; Stanza's functions are put back."""
    import stanza.models.depparse.model as parser
    import stanza.models.ner.model as namer
    import stanza.models.pos.model as tagger

    bank = tmp_path_factory.mktemp("bank") / "bank.conllu"
    tables = [
        "\n".join("\t".join(row) for row in sentence(text)) + "\n\n" for text in (MINISTER, BAR)
    ]
    bank.write_text("".join(tables), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for module in (parser, tagger, namer):
            for name in ("extract_bert_embeddings", "pad_packed_sequence", "pad_sequence"):
                patch.setattr(module, name, getattr(module, name))
        yield fine_tune.load(MODELS, [bank], 0.0)


@pytest.mark.model
@pytest.mark.slow
class TestFineTuning:
    """Two sentences with trees and one with names only, two steps."""

    def test_each_sentence_gives_the_losses_that_it_can(self, joint: fine_tune.Joint) -> None:
        tagged = names_gum.tagged([sentence(MINISTER), sentence(BAR)])
        with_trees = [fine_tune.Example(own, number) for number, own in enumerate(tagged)]
        loss, parts = joint.loss(with_trees)
        assert set(parts) == {"names", "trees", "tags"}
        assert loss.item() == pytest.approx(sum(parts.values()), rel=1e-4)
        assert set(joint.loss([fine_tune.Example(NEWS)])[1]) == {"names"}

    def test_trees_that_the_parser_finds_cost_less_than_others(
        self, joint: fine_tune.Joint
    ) -> None:
        import torch

        for module in joint.modules().values():
            module.eval()
        joint.encoder.read(joint.bank.words())
        with torch.no_grad():
            assert joint.bank.tree_loss([1]) < 1.0 < 3.0 < untrained_loss(joint)

    def test_what_is_written_before_a_step_is_what_was_read(
        self, joint: fine_tune.Joint, tmp_path: Path
    ) -> None:
        from safetensors.torch import load_file

        fine_tune.save(joint, MODELS, tmp_path)
        for name in ("pos", "depparse", "ner"):
            now, before = (read(folder / f"{name}.pt")["model"] for folder in (tmp_path, MODELS))
            assert now.keys() == before.keys()
            assert all((now[key] == before[key]).all() for key in before)
        now, before = (
            load_file(folder / "encoder" / "model.safetensors") for folder in (tmp_path, MODELS)
        )
        assert all((now[key] == before[key]).all() for key in before)


def untrained_loss(joint: fine_tune.Joint) -> float:
    """Return the loss of a sentence whose words take the states of another's."""
    states = joint.encoder._states
    keys = list(states)
    joint.encoder._states = {keys[1]: states[keys[0]][: len(states[keys[1]])]}
    loss = joint.bank.tree_loss([1]).item()
    joint.encoder._states = states
    return loss


@pytest.mark.model
@pytest.mark.slow
class TestScores:
    def test_text_of_a_treebank_has_an_empty_line_between_paragraphs(self) -> None:
        conllu = (
            "# newdoc id = a\n# text = One. \n\n# text = Two.\n\n# newpar id = b\n# text = Three.\n"
        )
        assert measure.raw_text(conllu).split("\n\n") == ["One.  Two.", "Three."]

    def test_the_card_has_the_scores_of_the_file(self) -> None:
        scores = json.loads((MODELS / "scores.json").read_text(encoding="utf-8"))["scores"]
        assert measure.table(scores) in (MODELS / "MODEL_CARD.md").read_text(encoding="utf-8")

    def test_names_are_as_good_as_the_file_says(self, gold: Path) -> None:
        own = measure.names(MODELS, measure.last_fifth(read_bio(gold / "ner" / "uner-dev.bio")))
        assert own == pytest.approx(said("uner-dev, last fifth"), abs=0.5)

    def test_trees_are_as_good_as_they_were_on_some_sentences(self, gold: Path) -> None:
        """Return the first 120 sentences of gum-dev, harder than the whole (LAS 87.5)."""
        own = measure.trees(MODELS, gold / "treebanks" / "gum-dev.conllu", limit=120)
        assert own == pytest.approx(own | FIRST_OF_GUM, abs=0.5)


def said(data: str) -> dict[str, float]:
    """Return what scores.json says of one data set."""
    scores = json.loads((MODELS / "scores.json").read_text(encoding="utf-8"))["scores"]
    return {score["metric"]: score["value"] for score in scores if score["data"] == data}
