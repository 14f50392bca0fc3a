"""Quotation marks: every style, nesting, paragraphs, apostrophes, inches; and any text at all."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.records import Mark, cut
from quotes.text.quotation_marks import find_marks
from tests.builders import ENGLISH


def shown(text: str) -> list[str]:
    """Each mark as its level, its parts joined by " / ", and "~" where it is not closed."""
    return [
        f"{mark.level} {' / '.join(cut(text, mark.parts))}{'' if mark.closed else ' ~'}"
        for mark in find_marks(text, ENGLISH)
    ]


PLAIN = [
    ("“We will leave,” the minister said. “Soon.”", ["0 We will leave,", "0 Soon."]),
    ('"We will leave," the minister said. "Soon."', ["0 We will leave,", "0 Soon."]),
    ("‘We will leave,’ the minister said. ‘Soon.’", ["0 We will leave,", "0 Soon."]),
    ("'We will leave,' the minister said. 'Soon.'", ["0 We will leave,", "0 Soon."]),
    ("``We will leave,'' the minister said. ``Soon.''", ["0 We will leave,", "0 Soon."]),
    ("''We will leave,'' the minister said. ''Soon.''", ["0 We will leave,", "0 Soon."]),
    ("‘‘We will leave,’’ the minister said.", ["0 We will leave,"]),
    ("`We will leave,' the minister said.", ["0 We will leave,"]),
    ("«Wir gehen», sagte sie. «Bald.»", ["0 Wir gehen", "0 Bald."]),
    ("« Nous partons », a dit la ministre.", ["0 Nous partons"]),
    ("«\u00a0Nous partons\u202f», a dit la ministre.", ["0 Nous partons"]),
    ("»Wir gehen«, sagte sie. »Bald.«", ["0 Wir gehen", "0 Bald."]),
    ("‹Wir gehen›, sagte sie.", ["0 Wir gehen"]),
    ("„Wir gehen“, sagte sie. „Bald.“", ["0 Wir gehen", "0 Bald."]),
    ("‚Wir gehen‘, sagte sie.", ["0 Wir gehen"]),
    ("„Odchodzimy” – powiedziała. „Wkrótce.”", ["0 Odchodzimy", "0 Wkrótce."]),
    ("”Vi går”, sade hon. ”Snart.”", ["0 Vi går", "0 Snart."]),
    ("»Vi går», sade hon. »Snart.»", ["0 Vi går", "0 Snart."]),
    ("„Wir gehen“, sagte sie, and the paper wrote: “They go.”", ["0 Wir gehen", "0 They go."]),
    ("“We go,“ he said. “Now.“", ["0 We go,", "0 Now."]),
    ("”We go,“ he said. He ”has to“ go.", ["0 We go,", "0 has to"]),
    ("“We go, ”he said.“ We stay.” Then he left.", ["0 We go,", "0 We stay."]),
    ('“We go," he said. "Now.”', ["0 We go,", "0 Now."]),
    ('“We go,” he said. "Now."', ["0 We go,", "0 Now."]),
    (
        "He spent “10 million” on (“mere”) “toys”—“no more”…",
        ["0 10 million", "0 mere", "0 toys", "0 no more"],
    ),
    (
        'The plan ("a mess") cost—"at least"—"10 million".',
        ["0 a mess", "0 at least", "0 10 million"],
    ),
    (
        '"... and then we left ..." he said, "...slowly"',
        ["0 ... and then we left ...", "0 ...slowly"],
    ),
    ('He called it "unfair," "wrong", and "sad".', ["0 unfair,", "0 wrong", "0 sad"]),
    ('"Did he?" she asked. "He did!"', ["0 Did he?", "0 He did!"]),
    ('"We go, " he said. " Now."', ["0 We go,", "0 Now."]),
    ('"We go."He said "now".', ["0 We go.", "0 now"]),
    ('he said:"We go."', ["0 We go."]),
    ("“We go. ”He left.", ["0 We go."]),
    ("‘THE HOUSE PARTY’“He gave it,” she said.", ["0 THE HOUSE PARTY", "0 He gave it,"]),
    ("“We go.’ The minister left.", ["0 We go."]),
    ("” … there is nobody,” she said.", ["0 … there is nobody,"]),
    ("He says,” there is nobody who listens.”", ["0 there is nobody who listens."]),
    ("\u202a”There is nobody,” he wrote.", ["0 There is nobody,"]),
]
NESTED = [
    ("“He told me ‘go home’ twice,” she said.", ["0 He told me ‘go home’ twice,", "1 go home"]),
    ("‘He told me “go home” twice,’ she said.", ["0 He told me “go home” twice,", "1 go home"]),
    ("\"He told me 'go home' twice,\" she said.", ["0 He told me 'go home' twice,", "1 go home"]),
    ("'He told me \"go home\" twice,' she said.", ['0 He told me "go home" twice,', "1 go home"]),
    ("“‘Go home,’ he said,” she said.", ["0 ‘Go home,’ he said,", "1 Go home,"]),
    ("“He said: ‘Go home.’” She left.", ["0 He said: ‘Go home.’", "1 Go home."]),
    ("\"He said: 'Go home.'\" She left.", ["0 He said: 'Go home.'", "1 Go home."]),
    ("''He said: 'Go home.''' She left.", ["0 He said: 'Go home.'", "1 Go home."]),
    (
        "“I heard ‘he told us “never again” in May’ there,” she said.",
        [
            "0 I heard ‘he told us “never again” in May’ there,",
            "1 he told us “never again” in May",
            "2 never again",
        ],
    ),
    ('"I told him "no way" and left," he said.', ['0 I told him "no way" and left,', "1 no way"]),
    ("« Il a dit “non” hier », dit-elle.", ["0 Il a dit “non” hier", "1 non"]),
    ("„Er sagte ‚nein‘ dazu“, sagte sie.", ["0 Er sagte ‚nein‘ dazu", "1 nein"]),
    (
        "“The ‘rebels’ and the ‘workers’ have gone,” he said.",
        ["0 The ‘rebels’ and the ‘workers’ have gone,", "1 rebels", "1 workers"],
    ),
]
APOSTROPHES = [
    ("‘The ministers’ view isn’t ours,’ he said.", ["0 The ministers’ view isn’t ours,"]),
    ("'The ministers' view isn't ours,' he said.", ["0 The ministers' view isn't ours,"]),
    ("He called them ‘thugs’ and the rest ‘fools’.", ["0 thugs", "0 fools"]),
    ("He called them 'thugs' and the rest 'fools'.", ["0 thugs", "0 fools"]),
    ("The ministers’ view of the ’90s, ’tis said, was rock ’n’ roll.", []),
    ("The ministers' view of the '90s, 'tis said, was rock 'n' roll and goin' home.", []),
    ("The ministers‘ view of the ‘90s, ‘tis said, was rock ‘n’ roll.", []),
    (
        "“Get ’em goin’ and don’t stop ’til Monday,” he said.",
        ["0 Get ’em goin’ and don’t stop ’til Monday,"],
    ),
    ("“Get ‘em goin’ and ‘cause trouble,” he said.", ["0 Get ‘em goin’ and ‘cause trouble,"]),
    ("‘We love rock ’n’ roll,’ he said.", ["0 We love rock ’n’ roll,"]),
    ("'I ain't tellin' 'em,' he said.", ["0 I ain't tellin' 'em,"]),
    ("The class of '16 met the boys' choir.", []),
    ("James' friend said 'no' to the girls' team.", ["0 no"]),
    ("‘Round the clock,’ he said.", ["0 Round the clock,"]),
    ("Hawai‘i and the O’Brien family don´t agree.", []),
    (
        "The ‘47 percent’ of it and '54 times more' are ‘.gov’ figures.",
        ["0 47 percent", "0 54 times more", "0 .gov"],
    ),
    ("He said,'Go home now.' She left.", ["0 Go home now."]),
    ("‘I am,’ he said. ‘You aren’t.’", ["0 I am,", "0 You aren’t."]),
]
INCHES = [
    ('He is 6\'2" tall and has a 27" screen.', []),
    ('"He is 6\'2" tall," she said.', ["0 He is 6'2\" tall,"]),
    ('A 55" television, he said, "is too big".', ["0 is too big"]),
    ('A board of 12" x 12" and 5 ft. 11" high, 40\' long.', []),
    ('He called it "Route 66" in "May".', ["0 Route 66", "0 May"]),
    ('"We won in 2016," he said. "And in 2012" too.', ["0 We won in 2016,", "0 And in 2012"]),
    ("“He is 6’2”,” she said. “I am 5’2” too.”", ["0 He is 6’2”,", "0 I am 5’2” too."]),
    ('It was "the summer of 69".', ["0 the summer of 69"]),
]
PARAGRAPHS = [
    ("“We came.\n\n“We saw.\n\n“We left,” he said.", ["0 We came. / We saw. / We left,"]),
    ('"We came.\n\n"We saw.\n\n"We left," he said.', ["0 We came. / We saw. / We left,"]),
    ("''We came.\n\n''We saw,'' he said. ''We left.''", ["0 We came. / We saw,", "0 We left."]),
    ("‘We came.\n\n‘We saw,’ he said.", ["0 We came. / We saw,"]),
    (
        "“He said: ‘We came.\n\n“‘We saw.’ And left,” she said.",
        ["0 He said: ‘We came. / ‘We saw.’ And left,", "1 We came. / We saw."],
    ),
    ("« Nous partons.\n\n» Bientôt », dit-elle.", ["0 Nous partons. / Bientôt"]),
    ("He left. 'We came.\n\n'We saw,' he said.", ["0 We came. / We saw,"]),
    ("He said: “We came.\n\nNobody saw it.", ["0 We came. ~"]),
    ("He said: “We came.\n\nNobody saw “it”.", ["0 We came. ~", "0 it"]),
    ("He said: “We came.\n\nAnd we saw,” he added. “Bye.”", ["0 We came. / And we saw,", "0 Bye."]),
    (
        "“We came, he said.“And saw,” he said. “Bye.”",
        ["0 We came, ~", "0 And saw,", "0 Bye."],
    ),
    # The ends of paragraphs are lost: marks are repeated within the line.
    ('She said: "We came. "We saw. "We left," and went.', ["0 We came. / We saw. / We left,"]),
    ('"We sang. "Amen" was last," she said.', ['0 We sang. "Amen" was last,', "1 Amen"]),
    # A closing mark is missing: the quotation ends before the clause that attributes it.
    ("“We came, sighed Bo Lund, who had walked.\n\nIt rained.", ["0 We came, ~"]),
    ("“We came, she says. It rained.\n\nThen it stopped.", ["0 We came, ~"]),
    ("“We came, tired Bo Lund and I.\n\nIt rained.", ["0 We came, tired Bo Lund and I. ~"]),
    # An opening mark is missing: the quotation begins behind the clause that attributes.
    ("“We came,” says Bo of it. We saw. And left.”", ["0 We came,", "0 We saw. And left."]),
    ("“We came,” says Bo of it. We saw. He left.", ["0 We came,"]),
    ("He is called “Bo” there. We saw. And left.”", ["0 Bo"]),
    ("‘We came” she says. It rained.", ["0 We came"]),
    # A pull quote between the paragraphs of a quotation is no part of it.
    (
        "Lund said: “We came on foot.\n\nNobody came to carry us Mayor Bo Lund\n\n"
        "“Nobody came to carry us. Nobody.”",
        ["0 We came on foot. / Nobody came to carry us. Nobody."],
    ),
    ("We came,” he said. “Bye.”", ["0 Bye."]),
    ('We came," he said. "Bye."', ["0 Bye."]),
    ("“We came.\n\nAdvertisement\n\n“We saw,” he said.", ["0 We came. / We saw,"]),
    ("“”  “ ” \"\" ''", []),
]


@pytest.mark.parametrize(("text", "expected"), PLAIN + NESTED + APOSTROPHES + INCHES + PARAGRAPHS)
def test_marks(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


def test_outer_holds_the_marks_and_parts_do_not() -> None:
    text = "« Nous partons », dit-elle. ``Soon.''"
    first, second = find_marks(text, ENGLISH)
    assert cut(text, first.outer) == ("« Nous partons »",)
    assert cut(text, second.outer) == ("``Soon.''",)
    assert (first.style, second.style) == ("guillemets", "ticks")


def test_each_part_of_a_continued_mark_has_its_opening_mark_outside() -> None:
    text = "“We came.\n\n“We left,” he said."
    (mark,) = find_marks(text, ENGLISH)
    assert cut(text, mark.outer) == ("“We came.", "“We left,”")


def test_wrapped_lines_do_not_end_a_mark() -> None:
    text = (
        "The minister told reporters at the airport that he would not be going to\n"
        "the summit after all. “There is no reason to travel now that the others\n"
        "have chosen to stay at home,” he said. He left without taking questions\n"
        "from the press.\n"
    )
    assert shown(text) == [
        "0 There is no reason to travel now that the others\nhave chosen to stay at home,"
    ]


def check(text: str, marks: tuple[Mark, ...]) -> None:
    assert list(marks) == sorted(marks, key=lambda mark: (mark.start, mark.level))
    for mark in marks:
        assert len(mark.parts) == len(mark.outer) >= 1
        assert all(
            outer.contains(part) and len(part)
            for part, outer in zip(mark.parts, mark.outer, strict=True)
        )
        assert all(left.end <= right.start for left, right in pairwise(mark.outer))
        assert mark.end <= len(text)
    for level in {mark.level for mark in marks}:
        here = [mark for mark in marks if mark.level == level]
        assert all(left.end <= right.start for left, right in pairwise(here))
        above = [mark for mark in marks if mark.level == level - 1]
        if level:
            assert all(
                any(all(any(p.contains(s) for p in up.parts) for s in mark.outer) for up in above)
                for mark in here
            )


@settings(max_examples=400)
@given(
    st.text(
        alphabet=st.one_of(
            st.sampled_from("“”\"'‘’`«»„‚‹› \n.,s1aA—(["), st.characters(exclude_categories=["Cs"])
        )
    )
)
def test_any_text(text: str) -> None:
    check(text, find_marks(text, ENGLISH))


@settings(max_examples=300)
@given(
    st.lists(
        st.sampled_from(
            [
                "“",
                "”",
                '"',
                "'",
                "''",
                "``",
                "‘",
                "’",
                "« ",
                " »",
                "the",
                "ministers",
                " ",
                ". ",
                ", ",
                "\n\n",
                "He said",
                "6",
            ]
        )
    )
)
def test_any_pieces(pieces: list[str]) -> None:
    text = "".join(pieces)
    check(text, find_marks(text, ENGLISH))


def test_a_text_may_end_with_an_opening_single_mark() -> None:
    find_marks("'6’‘", ENGLISH)


@pytest.mark.parametrize(
    "piece",
    ["“", "”", '"', "'", "''", "‘", "«", "“‘", "a “b ", '"a ', "'a ", "‘a “b «c ", "“a\n\n", '5" '],
)
def test_linear_time(piece: str) -> None:
    """Eight times the text takes about eight times as long; the rest is for a busy machine."""

    def seconds(size: int) -> float:
        text = (piece * size)[:size]
        began = time.process_time()
        find_marks(text, ENGLISH)
        return time.process_time() - began

    assert seconds(80_000) < 32 * max(seconds(10_000), 0.02)


def test_a_megabyte_of_marks_takes_seconds() -> None:
    began = time.process_time()
    find_marks("“" * 500_000 + '"' * 500_000, ENGLISH)
    assert time.process_time() - began < 3
