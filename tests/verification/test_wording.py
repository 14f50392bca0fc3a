"""How the words of a claim differ from a passage."""

from __future__ import annotations

import pytest

from quotes.verification.wording import WordingKind, compare_wording
from tests.verification.sources import ENGLISH

SAID = "We will not close the library in May, whatever the council of Velm says about it."


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        (SAID, "verbatim"),
        ("We will not close the library", "trimmed"),
        ("We will close the library in May", "altered"),
        ("We will not close the library in June", "altered"),
        ("close the library in May", "altered"),
        ("We will ... close the library in May", "altered"),
        ("We will not close [it] in May", "altered"),
        ("We will not close the library ... whatever the council of Velm says", "trimmed"),
        ("Dogs are not allowed", None),
    ],
)
def test_the_kind_of_a_wording(claim: str, kind: WordingKind | None) -> None:
    assert compare_wording(claim, SAID, language=ENGLISH).kind == kind


def test_what_is_cut_off_is_a_change_of_its_own() -> None:
    found = compare_wording("close the library", SAID, language=ENGLISH, frame="would not close")
    assert found.kind == "trimmed"
    assert {c.kind for c in found.changes} == {"cut off"}
    assert found.changes[0].source.startswith("We will")
    assert found.changes[-1].source == "in May, whatever the council of Velm says about it."


def test_what_limits_the_sense_of_what_is_before_it_is_named() -> None:
    def senses(said: str) -> list[str]:
        found = compare_wording("I would vote for the budget", said, language=ENGLISH)
        assert found.kind == "trimmed"
        return [sense for change in found.changes for sense in change.senses]

    assert senses("I would vote for the budget, but I can't.") == ["negation"]
    assert senses("I would vote for the budget unless the mayor leaves.") == ["condition"]
    assert senses("I would vote for the budget, and nobody would mind.") == []


def test_whole_sentences_left_out_without_a_mark_are_apart() -> None:
    said = "The bridge is closed. Nobody knows when it opens. The ferry runs every hour."
    claim = "The bridge is closed. The ferry runs every hour."
    assert compare_wording(claim, said, language=ENGLISH).kind == "apart"


def kinds(claim: str, said: str, *, strict: bool = False) -> list[tuple[str, str]]:
    found = compare_wording(claim, said, language=ENGLISH, strict=strict)
    return [(change.kind, change.source) for change in found.changes]


def test_an_ellipsis_of_the_source_is_no_filler() -> None:
    said = "We must go, because the ships must leave [...] by October."
    claim = "We must go, because the ships must leave by October."
    assert kinds(claim, said) == [("ellipsis", "[...]")]
    assert kinds(claim.replace("leave", "leave …"), said) == []
    assert compare_wording(claim, said, language=ENGLISH).kind == "trimmed"


def test_fillers_between_two_parts_are_fillers() -> None:
    said = "We will not raise the fee. I mean, the council — the council decided that."
    claim = "We will not raise the fee, … the council decided that."
    assert compare_wording(claim, said, language=ENGLISH).kind == "verbatim"
    assert compare_wording(claim, said, language=ENGLISH, strict=True).kind == "trimmed"


@pytest.mark.parametrize("inside", ["the honest way", "the lawyer Samoan way", "the way"])
def test_other_words_in_the_brackets_of_a_source_are_altered(inside: str) -> None:
    said = "It would harm the fa'a Samoa [the Samoan way] of the islands."
    claim = f"It would harm the fa'a Samoa [{inside}] of the islands."
    assert compare_wording(claim, said, language=ENGLISH).kind == "altered"
    assert compare_wording(said, said, language=ENGLISH).kind == "verbatim"


def test_what_is_matched_holds_the_words_that_differ_at_its_ends() -> None:
    found = compare_wording(
        "Twenty people wrote to us", "Twelve people wrote to us.", language=ENGLISH
    )
    assert (found.matched.start, found.kind) == (0, "altered")
    assert [change.senses for change in found.changes] == [("number",)]


BRACKETED = [
    ("There will be those [who] vote for the levy.", "would"),
    ("There will be those [who] vote for the levy.", "very"),
    ("They did not want to address the [matter] in Velm.", "people"),
    ("I urge [Lam] to leave the office in May.", "her"),
    ("We won [the] hearts of everyone in Velm.", "must"),
    ("I met [the accused's] sister in Velm.", "some accused's"),
    ("We [must] close the library in May.", "may"),
    ("We [may] close the library in May.", "must"),
]


@pytest.mark.parametrize(("said", "word"), BRACKETED)
def test_plain_words_for_words_in_brackets_of_a_source_are_altered(said: str, word: str) -> None:
    inside = said[said.index("[") : said.index("]") + 1]
    found = compare_wording(said.replace(inside, word), said, language=ENGLISH)
    assert found.kind == "altered"
    assert "words" in {change.kind for change in found.changes}
    same = compare_wording(said.replace(inside, inside.strip("[]")), said, language=ENGLISH)
    assert same.kind == "verbatim"


@pytest.mark.parametrize("word", ["who", "matter", "the", "Name", "sic"])
def test_words_in_brackets_of_a_source_may_be_left_out(word: str) -> None:
    said = f"There will be those [{word}] for the levy in Velm."
    assert (
        compare_wording(said.replace(f" [{word}]", ""), said, language=ENGLISH).kind == "verbatim"
    )


@pytest.mark.parametrize("word", ["not", "must", "may", "only", "if", "nearly"])
def test_words_in_brackets_that_limit_what_is_said_are_not_left_out_or_put_in(word: str) -> None:
    said = f"They will [{word}] close the library in May."
    without = said.replace(f" [{word}]", "")
    assert compare_wording(without, said, language=ENGLISH).kind == "altered"
    assert compare_wording(said, without, language=ENGLISH).kind == "altered"


@pytest.mark.parametrize(
    ("claim", "said", "kind"),
    [
        ("[Lam] will close the library.", "She will close the library.", "verbatim"),
        ("[The council] will close the library.", "It will close the library.", "verbatim"),
        ("She will close the library.", "[Lam] will close the library.", "altered"),
        (
            "[W]e will close the library [sic] in May.",
            "We will close the library in May.",
            "verbatim",
        ),
        ("Close the library.", "[C]lose the library.", "verbatim"),
        ("We [must] close the library.", "We may close the library.", "altered"),
        ("We [may] close the library.", "We must close the library.", "altered"),
        ("We would [...] close the library.", "We will soon close the library.", "altered"),
        ("We met the committee.", "We met [the arms committee].", "altered"),
        ("We met million people.", "We met [two million] people.", "altered"),
        ("We met engineers.", "We met [two million] engineers.", "verbatim"),
        ("We will [...] open the library.", "We will [...] close the library.", "altered"),
    ],
)
def test_brackets_of_a_draft(claim: str, said: str, kind: WordingKind) -> None:
    assert compare_wording(claim, said, language=ENGLISH).kind == kind


def test_a_condition_cut_off_before_the_claim_is_named() -> None:
    said = "And if the state pays its share, fares will not rise before 2026."
    found = compare_wording("fares will not rise before 2026", said, language=ENGLISH)
    assert found.kind == "trimmed"
    assert [change.senses for change in found.changes] == [("condition",)]


@pytest.mark.parametrize(
    ("inside", "instead_of", "kind"),
    [
        ("any", "further", "altered"),
        ("small", "important", "altered"),
        ("twenty", "several", "altered"),
        ("the harbour", "it", "verbatim"),
        ("is", "was", "verbatim"),
        ("on Friday", "today", "verbatim"),
    ],
)
def test_for_what_words_brackets_may_stand(inside: str, instead_of: str, kind: WordingKind) -> None:
    said = f"The ferry took {instead_of} people home, the captain of the Velm said."
    claim = said.replace(instead_of, f"[{inside}]")
    assert compare_wording(claim, said, language=ENGLISH).kind == kind


@pytest.mark.parametrize("name", ["Mr. Orlov", "J. Orlov", "Orlov", "Dr. P. Orlov"])
def test_a_not_before_an_abbreviation_is_no_other_sentence(name: str) -> None:
    said = f"Nobody in Velm believes that {name} paid for the bridge."
    claim = said.removeprefix("Nobody in Velm believes that ")
    assert compare_wording(claim, said, language=ENGLISH).kind == "altered"
    said = f"Nobody told {name} that the council had closed the library."
    claim = "the council had closed the library"
    assert compare_wording(claim, said, language=ENGLISH).kind == "altered"
    said = f"Nobody came. {name} paid for the bridge."
    assert compare_wording(f"{name} paid for the bridge", said, language=ENGLISH).kind != "altered"


def test_a_that_put_before_the_words_is_a_word() -> None:
    said = "The council was clear about the library."
    assert compare_wording("that council was clear", said, language=ENGLISH).kind == "altered"
    assert compare_wording("that the council was clear", said, language=ENGLISH).kind == "altered"
    indirect = "that the council was clear about the library"
    assert compare_wording(said, indirect, language=ENGLISH).kind == "verbatim"
    assert compare_wording(indirect, indirect, language=ENGLISH).kind == "verbatim"
    longer = f"She said {indirect}."
    assert compare_wording(indirect, longer, language=ENGLISH).kind == "trimmed"
