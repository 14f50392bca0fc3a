"""The chart of the source audit."""

from __future__ import annotations

from xml.etree import ElementTree

from quotes.output.charts.audit_chart import audit_chart
from quotes.source_audit.voices import Article, Utterance, audit
from tests.source_audit.test_voices import UTTERANCES


def test_each_group_has_a_bar_of_its_kinds() -> None:
    made = audit_chart(audit(UTTERANCES, by="outlet"))
    root = ElementTree.fromstring(made)
    titles = [e.text for e in root.iter("{http://www.w3.org/2000/svg}title")]
    assert "person: 60 words, 67%" in titles
    assert "document: 5 words, 50%" in titles


def test_names_are_escaped() -> None:
    article = Article(id="x", outlet="<b>Post</b>")
    quote = Utterance(article=article, voice="a", name="a", kind="person", words=3)
    made = audit_chart(audit([quote], by="outlet"))
    assert "<b>" not in made
    ElementTree.fromstring(made)
