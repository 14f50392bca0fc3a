"""Subtitles as transcripts: voices, labels, captions that roll, pauses."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import InputError
from quotes.readers import Metadata, read
from quotes.readers.subtitles import read_subtitles
from quotes.records import Document


def document(text: str) -> Document:
    return read_subtitles(text.encode(), id="a", metadata=Metadata(), source="a.vtt")


def vtt(*cues: str) -> str:
    """Cues of a second each, one after the other."""
    shown = [
        f"00:0{n // 60}:{n % 60:02d}.000 --> 00:0{n // 60}:{n % 60:02d}.900\n{cue}\n"
        for n, cue in enumerate(cues)
    ]
    return "WEBVTT - The quay\n\nNOTE by hand\n\nSTYLE\n::cue {}\n\n" + "\n".join(shown)


def test_voices_have_a_paragraph_and_an_embed_each() -> None:
    found = document(
        vtt(
            "<v.loud Olga Strand>We never said that the quay\nwould close.</v>",
            "<v Olga Strand>It will be <i>repaired</i> &amp; painted.",
            "<v Per Lund>Who pays?</v> <v Olga Strand>The state.",
            "[Applause]",
        )
    )
    assert found.text.split("\n\n") == [
        "Olga Strand: We never said that the quay would close. It will be repaired & painted.",
        "Per Lund: Who pays?",
        "Olga Strand: The state.",
        "[Applause]",
    ]
    assert [
        (e.content.of(found.text), e.source and e.source.of(found.text), e.author)
        for e in found.embeds
    ][1:] == [
        ("Who pays?", "Per Lund", "Per Lund"),
        ("The state.", "Olga Strand", "Olga Strand"),
    ]


def test_the_time_of_each_cue_is_kept() -> None:
    found = document(
        vtt("<v Olga Strand>We never said so.", "<v Olga Strand>It is wrong.", "<v Per Lund>Who?")
        + "\n01:02:03.400 --> 01:02:04.000\n<v Per Lund>And when?\n"
    )
    times = {
        words: found.at(found.text.index(words))
        for words in ("Olga", "We never", "It is", "Who", "And when")
    }
    assert times == {
        "Olga": "0:00:00",
        "We never": "0:00:00",
        "It is": "0:00:01",
        "Who": "0:00:02",
        "And when": "1:02:03",
    }
    assert Document(id="a", text="Who?").at(0) is None


def test_labels_and_dashes_begin_turns(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_text(
        "1\n00:00:01,000 --> 00:00:04,000\nMS. STRAND: We never said\nthat it would close.\n\n"
        "2\n00:00:04,100 --> 00:00:06,000\n{\\an8}It will be painted.\n\n"
        "3\n00:00:06,000 --> 00:00:09,000\n>> PER LUND: Who pays?\n- The state.\n",
        encoding="utf-8",
    )
    (found,) = read(tmp_path)
    assert isinstance(found, Document)
    assert found.text.split("\n\n") == [
        "MS. STRAND: We never said that it would close. It will be painted.",
        "PER LUND: Who pays?",
        "The state.",
    ]


def test_captions_that_roll_are_read_once() -> None:
    rolled = vtt("We never said", "We never said\nthat the quay", "that the quay\nwould close.")
    assert document(rolled).text == "We never said that the quay would close."


def test_a_long_pause_after_a_sentence_ends_a_paragraph() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nIt is over.\n\n00:02.100 --> 00:03.000\nWe all\n\n"
        "00:09.000 --> 01:00:10.000\nknow it.\n\n01:00:20.000 --> 01:00:21.000\nGood night.\n"
    )
    assert document(text).text.split("\n\n") == ["It is over. We all know it.", "Good night."]


@pytest.mark.parametrize("text", ["", "WEBVTT\n\nNOTE x\n", "The mayor said no.", "0:00 --> 0:01"])
def test_a_file_without_cues_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"^a\.vtt: "):
        document(text)


@settings(max_examples=60)
@given(st.text("<v >&;:.-\nA{}\\", max_size=80))
def test_spans_lie_in_any_cue(cue: str) -> None:
    try:
        found = document(vtt(cue, "<v Olga Strand>No."))
    except InputError as error:
        assert str(error).startswith("a.vtt: ")  # noqa: PT017
        return
    assert all(each.content.of(found.text) for each in found.embeds)


def test_long_files_of_odd_cues_are_read_in_time() -> None:
    begin = time.monotonic()
    for cue in ("<v " * 50_000, "A" * 200_000, "<" * 100_000, "- x\n" * 50_000, "{\\" * 50_000):
        document(vtt(cue, "It is over."))
    assert time.monotonic() - begin < 20
