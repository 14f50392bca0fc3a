"""The tree of a sentence as SVG, with the words of an attribution underlined."""

from xml.etree import ElementTree

from quotes.output.charts.tree import span_kinds, tree_svg
from quotes.records import Quote
from tests.builders import build_sentence

TABLE = """
    Anna      Anna  PROPN 2 nsubj
    said      say   VERB  0 root
    <yes>     yes   NOUN  2 obj
"""


def test_a_tree_shows_the_words_and_what_is_attributed() -> None:
    sentence = build_sentence(TABLE)
    anna, said, yes = (word.span for word in sentence.words)
    quote = Quote(
        id="q",
        document="d",
        content=(yes,),
        cue=(said,),
        source=(anna,),
        type="indirect",
        rule="a-rule",
        confidence=0.9,
    )
    assert span_kinds(sentence, quote) == {0: "source", 1: "cue", 2: "content"}
    assert span_kinds(sentence, None) == {}
    svg = tree_svg(sentence, annotated={}, found=span_kinds(sentence, quote))
    texts = {"".join(node.itertext()) for node in ElementTree.fromstring(svg).iter("text")}
    assert {"Anna", "said", "<yes>", "PROPN", "nsubj"} <= texts


def test_a_tree_is_one_image_with_one_sentence_for_those_who_hear_it() -> None:
    sentence = build_sentence(TABLE)
    anna, said, _ = (word.span for word in sentence.words)
    quote = Quote(
        id="q",
        document="d",
        content=(),
        cue=(said,),
        source=(anna,),
        type="indirect",
        rule="a-rule",
        confidence=0.9,
    )
    svg = tree_svg(sentence, annotated={}, found=span_kinds(sentence, quote))
    root = ElementTree.fromstring(svg)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == (
        "Dependency tree: the root is “said”, with subject “Anna”, object “<yes>”; "
        "reporting verb “said”, source “Anna”."
    )
