"""Places of utterances that annotators gave in words."""

from __future__ import annotations

import pytest

from quotes.evaluation.utterances import find_utterance
from quotes.records import cut

TEXT = (
    "Ferry fares will go up. “The pier is not safe,” Ana Ruiz said on Monday, “and nobody has "
    "told the islanders when the work starts.” The pier is not safe in winter."
)


@pytest.mark.parametrize(
    ("utterance", "parts"),
    [
        ("The pier is NOT safe", ("The pier is not safe",)),
        (
            '"The pier is not safe and nobody has told the islanders when work starts."',
            (
                "The pier is not safe",
                "and nobody has told the islanders when the work starts",
            ),
        ),
        ("Ferry fares would go up", ("Ferry fares will go up",)),
        ("Nothing of this was ever printed anywhere", ()),
        ("…", ()),
    ],
)
def test_an_utterance_is_found_where_most_of_its_words_stand(
    utterance: str, parts: tuple[str, ...]
) -> None:
    assert cut(TEXT, find_utterance(TEXT, utterance)) == parts
