"""Preparation of training data, on small sentences in the formats of the treebanks.

Where the gold data is, that the scores hold.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.paths import ROOT

sys.path.insert(0, str(ROOT))  # training is not installed

from training import measure, names_ewt, names_gum, prepare_ner, prepare_ud
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


class TestNamesOfEwt:
    def test_the_list_says_what_a_run_holds(self) -> None:
        words = sentence(
            "US PROPN NNP 3 compound\nSenator PROPN NNP 3 compound\nDale PROPN NNP 4 nsubj\n"
            "spoke VERB VBD 0 root"
        )
        (tagged,) = names_ewt.tagged([words], {"US Senator Dale": [(0, 1, "LOC"), (2, 3, "PER")]})
        assert named(tagged) == ["LOC US", "PER Dale"]

    def test_a_restaurant_keeps_its_s_but_a_possessor_does_not(self) -> None:
        forms = {"Morelli": [(0, 1, "LOC")], "Peru": [(0, 1, "LOC")]}
        at = sentence("at ADP IN 2 case\nMorelli PROPN NNP 0 root\n's PART POS 2 case")
        of = sentence("Peru PROPN NNP 3 nmod:poss\n's PART POS 1 case\ncoast NOUN NN 0 root")
        assert [named(tagged) for tagged in names_ewt.tagged([at, of], forms)] == [
            ["LOC Morelli 's"],
            ["LOC Peru"],
        ]

    def test_the_sender_of_a_mail_is_one_name(self) -> None:
        words = sentence(
            '" PUNCT `` 2 punct\nDale PROPN NNP 0 root\n, PUNCT , 4 punct\n'
            "Ruth PROPN NNP 2 flat\n\" PUNCT '' 2 punct"
        )
        (tagged,) = names_ewt.tagged([words], {"Dale": [(0, 1, "PER")], "Ruth": [(0, 1, "PER")]})
        assert named(tagged) == ["PER Dale , Ruth"]

    def test_every_line_of_the_list_is_within_its_form(self) -> None:
        forms = names_ewt.read_list()
        assert len(forms) > 4000
        assert all(
            0 <= start < end <= len(form.split(" "))
            for form, found in forms.items()
            for start, end, _ in found
        )

    def test_a_broken_line_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "list.tsv").write_text("Oslo\tplace\n", encoding="utf-8")
        with pytest.raises(DataError, match=r"list\.tsv, line 1"):
            names_ewt.read_list(tmp_path / "list.tsv")


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

    def test_the_last_fifth_is_not_trained_on(self) -> None:
        sentences = [[(str(number), "O")] for number in range(2001)]
        train, test = prepare_ner.split(sentences)
        assert (len(train), len(test)) == (1600, 401)
        assert train + test == sentences


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


class TestQuick:
    @settings(deadline=None, max_examples=20)
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
        own = measure.names(MODELS, prepare_ner.split(read_bio(gold / "ner" / "uner-dev.bio"))[1])
        assert own == pytest.approx(said("uner-dev, last fifth"), abs=0.5)

    def test_trees_are_as_good_as_they_were_on_some_sentences(self, gold: Path) -> None:
        """Return the first 120 sentences of gum-dev, harder than the whole (LAS 87.5)."""
        own = measure.trees(MODELS, gold / "treebanks" / "gum-dev.conllu", limit=120)
        assert own == pytest.approx(own | FIRST_OF_GUM, abs=0.5)


def said(data: str) -> dict[str, float]:
    """Return what scores.json says of one data set."""
    scores = json.loads((MODELS / "scores.json").read_text(encoding="utf-8"))["scores"]
    return {score["metric"]: score["value"] for score in scores if score["data"] == data}
