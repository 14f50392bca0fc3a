"""Speakers by the names that people type: the one quoted by far the most, never a ghost."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from quotes.errors import SpeakerError
from quotes.store.speaker_names import SpeakerNames
from tests.builders import ENGLISH
from tests.identity.sample_usages import identify, use

QUOTES = {"donald-trump": 185, "volodymyr-zelenskiy": 41, "zelensky": 3, "keir-starmer": 9}
NAMES = SpeakerNames(
    identify(
        [
            use("Donald Trump"),
            use("Trump", documents=["a"]),
            use("Boss Trump", documents=["b"]),
            use("Volodymyr Zelenskiy", roles=["president"]),
            use("Zelensky", documents=["c"], roles=["president"]),
            use("Voldymyr Zelenskyy", documents=["d"], roles=["president"]),
            use("Keir Starmer"),
            use("Ida Falk"),
            use("Per Lund"),
            use("Nils Lund", documents=["e"]),
            use("Gina Moretto"),
        ]
    ),
    ENGLISH,
)


def meant(name: str, quotes: Mapping[str, int] = QUOTES) -> tuple[str, str]:
    found, note = NAMES.meant(name, store=Path("news"), quotes=lambda: quotes)
    return found.id, note


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("Trump", "donald-trump"),
        ("trump", "donald-trump"),
        ("Mr Trump", "donald-trump"),
        ("President Trump", "donald-trump"),
        ("President Donald Trump", "donald-trump"),
        ("Zelensky", "volodymyr-zelenskiy"),
        ("Zelenskyy", "volodymyr-zelenskiy"),
        ("Keir", "keir-starmer"),
        ("Sir Keir Starmer", "keir-starmer"),
        ("Ida", "ida-falk"),
    ],
)
def test_a_name_means_the_speaker_with_by_far_the_most_quotes(typed: str, id: str) -> None:
    assert meant(typed)[0] == id


def test_it_is_said_that_others_have_the_name() -> None:
    assert meant("Trump")[1] == (
        "Trump: Donald Trump (185 quotes); also Boss Trump (0; boss-trump), Trump (0; id:trump): "
        "give the id for another"
    )
    assert meant("Zelensky")[1] == meant("Keir")[1] == meant("Ida Falk")[1] == ""


def test_an_id_and_a_full_name_mean_just_their_speaker() -> None:
    assert meant("boss-trump") == ("boss-trump", "")
    assert meant("id:trump") == ("trump", "")
    assert meant("Boss Trump") == ("boss-trump", "")


def test_of_several_none_is_chosen_by_a_few_quotes() -> None:
    with pytest.raises(SpeakerError, match="fits 2 speakers") as caught:
        meant("Lund", {"per-lund": 9, "nils-lund": 1})
    listed = str(caught.value).splitlines()[1:]
    assert listed == ["  Per Lund (per-lund), 9 quotes", "  Nils Lund (nils-lund), 1 quote"]
    assert meant("Lund", {"per-lund": 10, "nils-lund": 1})[0] == "per-lund"
    with pytest.raises(SpeakerError, match="fits 2 speakers"):
        meant("Lund", {})


def test_of_several_the_one_with_the_office_typed_is_meant() -> None:
    counts = {"per-lund": 9, "nils-lund": 4}
    held = {"per-lund": ["island governor"], "nils-lund": ["former Governor", "teacher"]}

    def meant_of(name: str) -> tuple[str, str]:
        found, note = NAMES.meant(
            name, store=Path("news"), quotes=lambda: counts, roles=lambda s: held.get(s.id, [])
        )
        return found.id, note

    assert meant_of("Governor Lund") == (
        "per-lund",
        "Governor Lund: Per Lund (9 quotes); also Nils Lund (4; nils-lund): "
        "give the id for another",
    )
    with pytest.raises(SpeakerError, match="fits 2 speakers"):
        meant_of("Mr Lund")


def test_only_similar_names_are_suggested() -> None:
    with pytest.raises(SpeakerError, match="did you mean Keir Starmer\\?"):
        meant("Keir Stramer")
    with pytest.raises(SpeakerError, match="did you mean Ida Falk\\?"):
        meant("Falck Ida")
    with pytest.raises(SpeakerError, match="`quotes speakers` lists all"):
        meant("Nobody Nowhere")


def test_a_merge_takes_the_speaker_printed_so() -> None:
    assert NAMES.speaker("Trump", store=Path("news")).id == "trump"
    assert NAMES.speaker("Boss Trump", store=Path("news")).id == "boss-trump"
