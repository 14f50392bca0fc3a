"""Near-duplicate articles: wire copy with small changes, not articles about the same event."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from itertools import permutations

import pytest

from quotes.statements.near_duplicates import (
    ArticleKey,
    bands,
    find_pairs,
    originals,
    shares_text,
    signature,
    similar,
)

WIRE = """The regional council of Velm voted late on Tuesday to close the old harbour bridge for at
least two years, after engineers found cracks in four of its nine piers. The decision was taken by
a majority of one, and the vote was delayed twice by fishermen who had blocked the entrance of the
town hall with nets. “Nobody will drive over this bridge before every pier has been looked at from
the river bed up,” Mayor Ilse Kranich told reporters after the meeting. “We owe that to the
children whose school bus crosses it each morning.” The bridge, built in 1931 and widened in 1974,
carries about forty thousand vehicles a day and is the only road between the northern districts and
the hospital. Engineers from the technical institute in Karsk had warned the previous council in a
report of 210 pages that the river was washing out the sand beneath the foundations. The report was
never published. Opposition leader Tomas Brandt said that the closure would ruin the market. “You
cannot ask a fishmonger to wait two years for his customers,” he said. “The council knew of the
cracks and slept.” A ferry for pedestrians and cyclists is to start on Monday, and ambulances will
use the railway bridge, which belongs to the state and has been closed to cars since the war. The
cost of the repair is estimated at 84 million crowns, of which the government in the capital has
promised to pay a third. Trade unions called for a meeting of all workers of the port on Friday
evening. The council will decide in spring whether a tunnel would be cheaper."""
OTHER = """Shops near the harbour of Velm are preparing for a hard winter. At the fish market on
the northern side, where most stalls were empty on Wednesday morning, the talk was of the bridge
and of nothing else. For three generations the Ahlmann family has sold eels a few steps from the
first pier. “My grandfather saw them pour the concrete,” says Rike Ahlmann, who has counted her
customers since the barriers went up. On a normal Wednesday there are two hundred of them; this
time nineteen came, most on bicycles. “Nobody will drive over this bridge before every pier has
been looked at from the river bed up,” Mayor Ilse Kranich had said the night before, and the
stallholders believe her. What they do not believe is the ferry. It holds sixty people, does not
run in fog, and fog is what Velm has from October to March. Tomas Brandt, who leads the opposition,
walked from stall to stall and shook hands. “You cannot ask a fishmonger to wait two years for his
customers,” he said, and bought a smoked trout. The institute in Karsk, whose engineers wrote about
sand and currents years ago, did not answer questions. In the town hall a clerk said that copies of
the report would be laid out for reading next week, all 210 pages of it, in the room beside the
stairs."""
ONE, TWO, THREE = date(2024, 3, 5), date(2024, 3, 6), date(2024, 3, 7)
HEADED = (
    "Bridge shut!\n\nBy our own correspondent in Velm. It is the talk of the town, "
    "and of every kitchen in it.\n\n"
)
CUT = HEADED + WIRE[: len(WIRE) * 3 // 4]


def key(name: str, text: str, day: date | None) -> ArticleKey:
    return ArticleKey(name, day, signature(text))


def find_copies(articles: Sequence[ArticleKey]) -> dict[str, str]:
    return originals(find_pairs(articles), {article.id: article.age for article in articles})


def test_another_headline_and_a_cut_end_is_a_copy() -> None:
    assert find_copies([key("cut", CUT, TWO), key("wire", WIRE, ONE)]) == {"cut": "wire"}


def test_another_article_with_the_same_quotes_is_none() -> None:
    assert find_copies([key("wire", WIRE, ONE), key("other", OTHER, TWO)]) == {}
    assert 0 < similar(signature(OTHER), signature(WIRE)) < 0.3


def test_of_an_article_twice_as_long_the_wire_is_a_copy_and_not_the_reverse() -> None:
    both = WIRE + "\n\n" + OTHER
    assert find_copies([key("wire", WIRE, ONE), key("both", both, TWO)]) == {}
    assert find_copies([key("wire", WIRE, TWO), key("both", both, ONE)]) == {"wire": "both"}


def test_marks_case_and_wraps_make_no_difference() -> None:
    assert signature(WIRE) == signature(
        WIRE.replace("“", '"').replace("”", '"').replace("\n", " ").upper()
    )


def test_the_earliest_is_the_original_of_all() -> None:
    articles = [key("c", WIRE, THREE), key("b", CUT, TWO), key("a", WIRE, ONE), key("d", CUT, None)]
    assert find_copies(articles) == {"b": "a", "c": "a", "d": "a"}


def test_on_one_day_the_longer_is_the_original() -> None:
    assert find_copies([key("a", CUT, ONE), key("z", WIRE, ONE)]) == {"a": "z"}


def test_pairs_found_bit_by_bit_are_those_found_at_once_in_any_order() -> None:
    articles = [
        key("short", CUT, None), key("wire", WIRE, None), key("early", CUT, ONE),
        key("late", WIRE + " " + OTHER, THREE), key("other", OTHER, TWO),
    ]  # fmt: skip
    at_once = sorted(find_pairs(articles))
    assert ("short", "wire") in at_once
    assert ("early", "late") not in at_once  # of the longer, later one it is only a part
    for order in permutations(articles):
        found = list[tuple[str, str]]()
        for number, article in enumerate(order):
            found += find_pairs([article], order[:number])
        assert sorted(found) == at_once


def test_pairs_among_known_articles_are_not_found_again() -> None:
    known = [key("b", WIRE, TWO), key("c", CUT, THREE)]
    assert find_pairs([key("x", OTHER, ONE)], known) == []
    assert find_pairs([key("a", WIRE, ONE)], known) == [("b", "a"), ("c", "a")]


def test_an_extract_of_two_articles_makes_neither_a_copy() -> None:
    both = key("both", WIRE + "\n\n" + OTHER, TWO)
    articles = [key("wire", WIRE, ONE), both, key("extract", CUT, THREE)]
    assert find_copies(articles) == {"extract": "wire"}


def test_an_original_that_is_gone_leaves_its_copies_to_each_other() -> None:
    articles = [key("a", WIRE, ONE), key("b", WIRE, TWO), key("c", CUT, THREE)]
    ages = {article.id: article.age for article in articles}
    pairs = find_pairs(articles)
    assert originals(pairs, ages) == {"b": "a", "c": "a"}
    del ages["a"]
    assert originals(pairs, ages) == {"c": "b"}


def test_a_revision_shares_its_text_and_another_article_does_not() -> None:
    assert shares_text(WIRE, CUT)
    assert shares_text(CUT, WIRE)
    assert shares_text(WIRE, OTHER)  # their quotes, of the same day
    assert not shares_text(WIRE, " ".join(reversed(OTHER.split())))
    assert shares_text("The mayor said yes.", "The mayor said no.")
    assert not shares_text("The mayor said yes.", "Eels are sold by weight here.")


def test_short_notes_are_no_copies() -> None:
    note = "The regional council of Velm voted late on Tuesday to close the bridge."
    assert find_copies([key("a", note, ONE), key("b", note, TWO)]) == {}
    assert signature("").hashes == ()
    assert similar(signature(""), signature(WIRE)) == 0


def test_copies_share_keys_and_others_hardly_any() -> None:
    assert len(set(bands(signature(CUT))) & set(bands(signature(WIRE)))) >= 3
    assert len(bands(signature(WIRE))) < len(signature(WIRE).hashes)


@pytest.mark.parametrize("seed", ["0", "1"])
def test_signatures_are_the_same_in_every_process(seed: str) -> None:
    code = (
        "from tests.statements.test_near_duplicates import WIRE\n"
        "from quotes.statements.near_duplicates import signature\n"
        "print(signature(WIRE))"
    )
    environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": "."}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(signature(WIRE))


def test_a_signature_is_the_one_it_has_always_been() -> None:
    counted = "one two three four five six seven eight nine ten eleven twelve"
    assert signature(counted).hashes == (4322731170382286266, 4475916206259131367)
