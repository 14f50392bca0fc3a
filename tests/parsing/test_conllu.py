"""CoNLL-U: what is written reads back the same, and broken files are refused with their line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import ParseError
from quotes.parsing.conllu import align, read_conllu, write_conllu
from quotes.records import Document, EntityMention, Parse, Sentence, Span, Word

ARTICLE = (
    "“We won’t sign it,” said Minister Ana Lopez…\nhttp://example.org/a\n\n"
    "\t‘Never!’ she\nadded in New\u00a0York.\n"
)


def row(
    number: str,
    form: str,
    head: str,
    deprel: str,
    *,
    lemma: str = "_",
    upos: str = "X",
    feats: str = "_",
    misc: str = "_",
) -> str:
    return "\t".join([number, form, lemma, upos, "_", feats, head, deprel, "_", misc])


def file(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "given.conllu"
    path.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    return path


def test_what_the_parser_gives_reads_back_the_same(parser: Any, tmp_path: Path) -> None:
    document = Document(id="a/b c", text=ARTICLE)
    parse = parser.parse(document)
    path = tmp_path / "out.conllu"
    path.write_text(write_conllu(document, parse), encoding="utf-8")
    [(read, again)] = read_conllu(path)
    assert (read.id, read.text) == (document.id, document.text)
    assert again == parse
    assert align(document, again) == parse


FORMS = st.text(st.sampled_from("abé\"'.\u200d漢"), min_size=1, max_size=5)
GAPS = st.sampled_from(["", " ", "  ", "\n", "\u00a0", " [ad] "])


@st.composite
def parsed(draw: Any) -> tuple[Document, Parse]:
    text, sentences, entities = draw(GAPS), [], []
    for _ in range(draw(st.integers(1, 3))):
        words: list[Word] = []
        for index in range(draw(st.integers(1, 5))):
            form = draw(FORMS)
            span = Span(len(text), len(text) + len(form))
            text += form + draw(GAPS)
            feats = draw(
                st.sampled_from([(), (("Gender", "Fem"),), (("Case", "Nom"), ("Number", "Sing"))])
            )
            words.append(
                Word(
                    form,
                    span,
                    draw(FORMS),
                    "X",
                    index - 1,
                    "root" if not index else "dep",
                    draw(st.sampled_from(["", "NN"])),
                    feats,
                )
            )
        if draw(st.booleans()):
            first = draw(st.integers(0, len(words) - 1))
            last = draw(st.integers(first, len(words) - 1))
            entities.append(
                EntityMention(
                    Span(words[first].span.start, words[last].span.end),
                    draw(st.sampled_from(["PER", "ORG"])),
                )
            )
        sentences.append(Sentence(tuple(words)))
    return Document(id="d", text=text), Parse(tuple(sentences), tuple(entities), "made")


@given(parsed())
def test_any_parse_reads_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, made: tuple[Document, Parse]
) -> None:
    document, parse = made
    path = tmp_path_factory.getbasetemp() / "any.conllu"
    path.write_text(write_conllu(document, parse), encoding="utf-8", newline="")
    [(read, again)] = read_conllu(path)
    assert read.text == document.text
    assert again == parse


def test_a_word_split_off_without_letters_of_its_own_shares_the_token(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        "# text = Er ging zum Haus.",
        row("1", "Er", "2", "nsubj"),
        row("2", "ging", "0", "root", lemma="gehen"),
        row("3-4", "zum", "_", "_"),
        row("3", "zu", "5", "case"),
        row("4", "dem", "5", "det"),
        row("5", "Haus", "2", "obl", misc="SpaceAfter=No"),
        row("5.1", "leer", "_", "_"),
        row("6", ".", "2", "punct"),
    )
    [(document, parse)] = read_conllu(path)
    assert document.text == "Er ging zum Haus."
    words = parse.sentences[0].words
    assert [word.span.of(document.text) for word in words] == [
        "Er",
        "ging",
        "zum",
        "zum",
        "Haus",
        ".",
    ]
    path.write_text(write_conllu(document, parse), encoding="utf-8")
    [(_, again)] = read_conllu(path)
    assert again.sentences == parse.sentences
    moved = align(Document(id="x", text="Ja!\n\nEr  ging zum\nHaus."), parse)
    assert [w.span.of("Ja!\n\nEr  ging zum\nHaus.") for w in moved.sentences[0].words] == [
        "Er",
        "ging",
        "zum",
        "zum",
        "Haus",
        ".",
    ]


def test_documents_paragraphs_names_and_spaces_of_other_tools(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        "# newdoc id = one",
        "# newpar",
        row("1", "Ana", "2", "nsubj", misc="ner=B-PERSON"),
        row("2", "spoke", "0", "root", misc="SpaceAfter=No"),
        row("3", ".", "2", "punct", misc="SpacesAfter=\\n\\n"),
        "",
        row("1", "Rome", "2", "nsubj", misc="NER=S-GPE"),
        row("2", "listened", "0", "root"),
        "",
        "# newpar id = p2",
        row("1", "Today", "0", "root", misc="ner=S-DATE"),
        "",
        "# newdoc id = two",
        row("1", "New", "2", "compound", misc="ner=B-LOC"),
        row("2", "York", "0", "root", misc="ner=I-LOC"),
    )
    (first, parse), (second, other) = read_conllu(path)
    assert first.text == "Ana spoke.\n\nRome listened\n\nToday"
    assert [(name.kind, name.span.of(first.text)) for name in parse.entities] == [
        ("PER", "Ana"),
        ("LOC", "Rome"),
    ]
    assert (second.id, second.text) == ("two", "New York")
    assert [name.span.of(second.text) for name in other.entities] == ["New York"]


def test_a_parse_is_carried_over_to_a_text_with_other_spaces_and_marks(parser: Any) -> None:
    text = 'He said: "No."\n\n"Never," she added.'
    parse = parser.parse(Document(id="a", text=text))
    fancy = "Advertisement\n\nHe  said: “No.”\n\n—\n\n“Never,”\nshe added."
    moved = align(Document(id="b", text=fancy), parse)
    assert [word.form for s in moved.sentences for word in s.words] == [
        word.form for s in parse.sentences for word in s.words
    ]
    assert [w.span.of(fancy) for w in moved.sentences[-1].words] == [
        "“",
        "Never",
        ",",
        "”",
        "she",
        "added",
        ".",
    ]


def test_a_parse_of_another_text_is_refused(parser: Any) -> None:
    parse = parser.parse(Document(id="a", text="Nobody came. He said so."))
    with pytest.raises(
        ParseError, match=r"p\.conllu: sentence 2 \(He said so \.\) is not in the text of b"
    ):
        align(Document(id="b", text="Nobody came. She said so."), parse, source="p.conllu")


GOOD = row("1", "Yes", "0", "root")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([GOOD, "2\tno"], r"line 2: 2 columns where CoNLL-U has 10"),
        ([GOOD, row("x", "no", "1", "dep")], r"line 2: the first column must be a word's number"),
        ([GOOD, row("3", "no", "1", "dep")], r"line 2: word number 3 where 2 is due"),
        ([GOOD, row("2", "no", "7", "dep")], r"line 2: head '7' is not a number from 0 to 2"),
        ([GOOD, row("2", "no", "_", "dep")], r"line 2: head '_'"),
        (
            [GOOD, row("2", "no", "0", "root")],
            r"line 1: a sentence has exactly one root, found roots on lines 1, 2",
        ),
        (
            [row("1", "no", "2", "dep"), row("2", "no", "1", "dep")],
            r"exactly one root, found no root",
        ),
        (
            [GOOD, row("2", "no", "3", "dep"), row("3", "no", "2", "dep")],
            r"line \d: the heads run in a circle",
        ),
        ([GOOD, row("2", "no", "2", "dep")], r"line 2: the heads run in a circle"),
        (
            ["# text = No", GOOD],
            r"line 2: 'Yes' does not fit the sentence's text, which goes on 'No'",
        ),
        (["# document_text = 3x", GOOD], r"document_text is not a JSON string"),
        (
            [
                '# document_text = "Yes"',
                row("1", "Yes", "0", "root", misc="start_char=0|end_char=9"),
            ],
            r"line 2: start_char and end_char",
        ),
        ([row("1-4", "Yes", "_", "_"), GOOD], r"line 1: 1-4 reaches beyond the sentence's 1 words"),
        ([row("1", "Yes", "0", "root", misc="ner=Q")], r"line 1: the name tag"),
        (["# only a comment"], r"holds no sentence"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(
    tmp_path: Path, lines: list[str], message: str
) -> None:
    path = file(tmp_path, *lines)
    with pytest.raises(ParseError, match=message) as caught:
        list(read_conllu(path))
    assert str(path) in str(caught.value)


def test_a_file_that_is_not_utf8_or_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "latin.conllu"
    path.write_bytes(f"{GOOD}\n".encode() + b"\n# text = caf\xe9\n")
    with pytest.raises(ParseError, match=r"latin\.conllu, line 3: not UTF-8"):
        list(read_conllu(path))
    with pytest.raises(ParseError, match=r"nowhere\.conllu: cannot be read"):
        list(read_conllu(tmp_path / "nowhere.conllu"))
