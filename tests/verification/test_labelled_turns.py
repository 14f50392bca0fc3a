"""Who speaks in a transcript, from its characters alone."""

from __future__ import annotations

from pathlib import Path

import docx

from quotes.readers import read
from quotes.readers.metadata import Metadata
from quotes.readers.subtitles import read_subtitles
from quotes.records import Document, Span
from quotes.verification.labelled_turns import labelled_turns
from quotes.verification.source_texts import SourceText
from tests.verification.sources import ARTICLE, ENGLISH, TRANSCRIPT


def test_a_short_label_is_the_full_name_of_before_with_its_role() -> None:
    turns = labelled_turns(TRANSCRIPT, ENGLISH)
    assert [(turn.name, turn.role) for turn in turns] == [
        ("Anna Park", "MAYOR"),
        ("Q", None),
        ("John Brandt", None),
        ("Anna Park", "MAYOR"),
    ]
    assert [turn.time for turn in turns] == [5.0, 70.0, 74.0, 120.0]


def test_a_turn_ends_where_the_next_begins() -> None:
    text = "Park: We stay.\nAnd we fight.\nRuiz: I go.\n"
    turns = labelled_turns(Document(id="t", text=text), ENGLISH)
    assert [turn.span.of(text).split() for turn in turns] == [
        ["We", "stay.", "And", "we", "fight."],
        ["I", "go."],
    ]


def test_an_article_is_no_transcript() -> None:
    assert labelled_turns(ARTICLE, ENGLISH) == ()
    text = "Note: the day is open.\n\nThe mayor spoke.\n\nShe left.\n\nContact: the council.\n"
    assert labelled_turns(Document(id="t", text=text), ENGLISH) == ()


def test_subtitles_keep_the_time_of_each_cue() -> None:
    data = b"""WEBVTT

00:00:01.000 --> 00:00:04.000
<v Ann Roe>Good evening. We will stay.

00:01:12.500 --> 00:01:17.000
<v Ann Roe>Nobody will go.

00:02:00.000 --> 00:02:03.000
<v Bob Lee>I will.
"""
    document = read_subtitles(data, id="t", metadata=Metadata(), source="t.vtt")
    source = SourceText(document, ENGLISH)
    at = document.text.index("Nobody")
    assert source.page_and_time(at) == (None, 72.5)
    assert [turn.name for turn in source.turns] == ["Ann Roe", "Bob Lee"]


def test_a_word_transcript_has_its_speakers(tmp_path: Path) -> None:
    made = docx.Document()
    for line in ("ANN ROE, MAYOR: We will stay.", "Nobody will go.", "BOB LEE: I will."):
        made.add_paragraph(line)
    made.save(str(tmp_path / "talk.docx"))
    (document,) = read(tmp_path / "talk.docx")
    assert isinstance(document, Document)
    source = SourceText(document, ENGLISH)
    at = document.text.index("Nobody")
    said = source.speaker(Span(at, at + 6))
    assert (said.name, said.role, said.said_by) == ("Ann Roe", "MAYOR", "label")


def test_the_title_of_a_speech_names_who_speaks() -> None:
    text = "Remarks by President Elena Ruiz at the harbour\n\nWe will stay. I promise you that.\n"
    source = SourceText(Document(id="t", text=text), ENGLISH)
    at = text.index("We will")
    said = source.speaker(Span(at, at + 7))
    assert (said.name, said.said_by) == ("President Elena Ruiz", "title")


INTERVIEW = """The town has a new harbour master, who was never at sea. Nobody minds.

“The harbour is safe,” said the mayor, Anna Park. The council was not asked.

Interviewer: How many ships came in?

Ida Falk: We counted 412 ships.

Interviewer: Is it safe?

Ida Falk: It is.
"""


def test_the_article_before_an_interview_has_sentences_and_quotations() -> None:
    asked = []

    def extract(document: Document) -> tuple[()]:
        asked.append(document.id)
        return ()

    source = SourceText(Document(id="i", text=INTERVIEW), ENGLISH, extract=extract)
    first = source.streams[0]
    start = INTERVIEW.index("The harbour")
    assert first.unit(start, start + 10).of(INTERVIEW) == "The harbour is safe,"
    speaker = source.speaker(Span(start, start + 19))
    assert (speaker.said_by, asked) == ("quotation", ["i"])
    at = INTERVIEW.index("The council")
    assert source.speaker(Span(at, at + 10)).said_by == ""
    at = INTERVIEW.index("We counted")
    assert source.speaker(Span(at, at + 10)).name == "Ida Falk"
